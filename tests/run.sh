#!/bin/bash
# Runs every test and adds them up: run.sh [NAME-PART ...]
#
# A test is a program that speaks TAP ("ok 1 - what", "not ok 2 - what",
# "ok 3 - what # SKIP why"): the cmocka programs build/san/tests/*/test_*, and
# the scripts tests/*/*.t.  Those whose path holds one of the parts are run.
# Environment for scripts: VANTHU (sanitized program), VANTHU_FAST (optimized),
# TOOLS, TOOLS_FAST, SHIMS, VT_SHARED (real cases), TMP (a folder of their own).
set -u
cd "$(dirname "$0")/.." || exit 2
export VANTHU=$PWD/build/san/vanthu VANTHU_FAST=$PWD/build/vanthu
export TOOLS=$PWD/build/san/tests/tools TOOLS_FAST=$PWD/build/tests/tools SHIMS=$PWD/build/tests/shim
export VT_SHARED=${VT_SHARED:-$PWD/../shared} CMOCKA_MESSAGE_OUTPUT=TAP
export ASAN_OPTIONS=detect_leaks=1:abort_on_error=1 UBSAN_OPTIONS=print_stacktrace=1
export LC_ALL=C.UTF-8
unset VANTHU_DATA VANTHU_LOCAL VANTHU_FONTS VANTHU_RECORDS
logs=build/logs
rm -rf "$logs" && mkdir -p "$logs"

one() {
	name=$(echo "${1#build/san/}" | tr '/' '-')
	log=$logs/$name.log
	TMP=$(mktemp -d) && chmod 755 "$TMP" && export TMP
	start=$(date +%s%N)
	timeout "${LIMIT:-900}" "$1" >"$log" 2>&1 </dev/null
	status=$?
	rm -rf "$TMP"
	# cmocka calls a skipped test "not ok ... # SKIP"
	sed -i 's/^not ok \([0-9]* *-\?.*# [Ss][Kk][Ii][Pp]\)/ok \1/' "$log"
	# a program that died says less than it planned: that is a failure of its own
	if [ $status -ne 0 ] && ! grep -q '^not ok' "$log"; then
		echo "not ok 0 - $1 ended with status $status" >>"$log"
	fi
	grep -q '^\(not \)\?ok' "$log" || echo "not ok 0 - $1 ran no test" >>"$log"
	ms=$((($(date +%s%N) - start) / 1000000))
	printf '%-52s %4d ok %3d failed %3d skipped %7d ms\n' "$1" "$(grep -c '^ok' "$log")" \
		"$(grep -c '^not ok' "$log")" "$(grep -ci '^ok.*# skip' "$log")" "$ms"
	grep '^not ok' "$log" | sed 's/^/    /'
}
export -f one
export logs

list=$(ls build/san/tests/*/test_* 2>/dev/null | grep -v '\.[a-z]*$'; ls tests/*/*.t 2>/dev/null)
for part in "$@"; do
	list=$(echo "$list" | grep -- "$part")
done
echo "$list" | xargs -r -P "$(nproc)" -I{} bash -c 'one {}'

passed=$(cat "$logs"/*.log | grep -c '^ok')
failed=$(cat "$logs"/*.log | grep -c '^not ok')
skipped=$(cat "$logs"/*.log | grep -ci '^ok.*# skip')
if [ "$failed" -gt 0 ]; then
	for log in $(grep -l '^not ok' "$logs"/*.log); do
		echo "--- $log"
		tail -40 "$log"
	done
fi
[ "$skipped" -eq 0 ] || grep -hi '^ok.*# skip' "$logs"/*.log
if [ -n "${CI:-}" ] && [ "$skipped" -gt 0 ]; then
	echo "not ok - continuous integration skips nothing"
	failed=$((failed + skipped))
fi
echo
echo "$((passed - skipped)) passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
