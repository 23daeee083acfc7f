#!/bin/bash
# Every fuzzer for some seconds, one after the other: fuzz.sh SECONDS [NAME ...]
# A corpus in tests/fuzz/corpus/NAME is where it starts; what it finds on the
# way is kept in build/fuzz/NAME, a crash in build/fuzz/crash-NAME-*.
set -eu
cd "$(dirname "$0")/.."
seconds=${1:-60}
shift || true
flags="-fsanitize=fuzzer-no-link"
make --no-print-directory -s -j"$(nproc)" B=build/fuzz SAN=1 CC=clang CFLAGS="$flags" archives
failed=0
for source in tests/fuzz/fuzz_*.c; do
	name=$(basename "$source" .c)
	name=${name#fuzz_}
	[ $# -eq 0 ] || [[ " $* " == *" $name "* ]] || continue
	make --no-print-directory -s B=build/fuzz SAN=1 CC=clang CFLAGS="$flags" FUZZ_ENGINE=-fsanitize=fuzzer \
		"build/fuzz/tests/fuzz/fuzz_$name"
	mkdir -p "build/fuzz/$name"
	# from nothing a face with all its letters is not found, and none is kept here
	[ "$name" != font ] || cp -n /usr/share/fonts/truetype/liberation2/LiberationSerif-*.ttf build/fuzz/font/
	dict=$(ls "tests/fuzz/$name.dict" 2>/dev/null || true)
	echo "== $name, $seconds s"
	"build/fuzz/tests/fuzz/fuzz_$name" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -print_final_stats=1 \
		${dict:+-dict="$dict"} -artifact_prefix="build/fuzz/crash-$name-" "build/fuzz/$name" \
		$(ls -d "tests/fuzz/corpus/$name" "tests/regress/$name" 2>/dev/null || echo tests/regress/bad) 2>&1 |
		grep -E 'stat::number_of_executed|ERROR|SUMMARY|crash-' || true
	ls "build/fuzz/crash-$name-"* >/dev/null 2>&1 && failed=1
done
exit $failed
