#!/bin/bash
# Every corpus once more through its fuzzer's target, under the sanitizers; the
# inputs of the other fuzzers too, since a parser meets anything.
set -u
n=0
for target in build/san/tests/fuzz/fuzz_*; do
	[ -x "$target" ] && [ "${target%.[od]}" = "$target" ] || continue
	name=${target##*/fuzz_}
	n=$((n + 1))
	files=$(find tests/fuzz/corpus tests/regress/bad tests/regress/import -type f -size -200k 2>/dev/null)
	if "$target" $files >"$TMP/log" 2>&1; then
		echo "ok $n - $name: $(grep -c '^ok' "$TMP/log") inputs replayed"
	else
		echo "not ok $n - $name: $(grep -E 'SUMMARY|ERROR' "$TMP/log" | head -1)"
		tail -30 "$TMP/log" | sed 's/^/# /'
	fi
done
[ $n -gt 0 ] || echo "not ok 1 - no fuzz target was built"
echo "1..$n"
