#!/bin/bash
# Positions, sizes, styles and line lengths, read back from the PDF by another
# program and held against the rule pack.
set -u
n=0
judge() { # name pack pdf
	mutool trace "$3" 2>/dev/null | "$TOOLS_FAST/geometry" "$2" >"$TMP/tap"
	while read -r verdict rest; do
		case "$verdict $rest" in
		ok\ *) n=$((n + 1)); echo "ok $n - $1: ${rest#* - }" ;;
		not\ ok*) n=$((n + 1)); echo "not ok $n - $1: ${rest#* - }" ;;
		\#*) echo "# $rest" ;;
		esac
	done <"$TMP/tap"
	[ -s "$TMP/tap" ] || { n=$((n + 1)); echo "not ok $n - $1: nothing was read back"; }
}
for pair in long:state-nd30; do
	"$VANTHU_FAST" render -q "tests/bench/${pair%%:*}.xml" -o "$TMP/a.pdf" >/dev/null 2>&1
	judge "${pair%%:*}" "${pair##*:}" "$TMP/a.pdf"
done
if [ -d "$VT_SHARED/cases" ]; then
	for pair in 000:party-hd36 001:state-nd30 002b:party-hd36 003:state-nd30 004:party-hd36; do
		xml=$(ls "$VT_SHARED"/cases/seed-"${pair%%:*}"-*.xml)
		"$VANTHU_FAST" render -q "$xml" -o "$TMP/a.pdf" >/dev/null 2>&1
		judge "seed-${pair%%:*}" "${pair##*:}" "$TMP/a.pdf"
	done
elif [ -n "${CI:-}" ]; then
	n=$((n + 1)); echo "not ok $n - cases are missing"
else
	n=$((n + 1)); echo "ok $n - geometry of the real documents # SKIP no folder of cases (VT_SHARED=$VT_SHARED)"
fi
echo "1..$n"
