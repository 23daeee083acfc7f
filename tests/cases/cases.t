#!/bin/bash
# The real documents render to their expected text, word for word: as the page
# reads (pdftotext -raw, the page numbers of the top margin left out) and as
# the structure tree reads (what a screen reader hears).
set -u
. tests/lib.sh
words() { tr '\n\f\t' '   ' | tr -s ' ' '\n' | sed '/^$/d'; }

compare() { # what expected actual
	if diff <(words <"$2") <(words <"$3") >"$TMP/diff"; then
		ok "$1"
	else
		not_ok "$1"
		sed 's/^/# /' "$TMP/diff" | head -20
	fi
}

cases=$VT_SHARED/cases
if [ ! -d "$cases" ]; then
	[ -z "${CI:-}" ] || { echo "not ok 1 - cases are missing"; exit 1; }
	echo "ok 1 - real documents # SKIP no folder of cases (VT_SHARED=$VT_SHARED)"
	exit 0
fi

for xml in "$cases"/*.xml; do
	name=$(basename "$xml" .xml)
	pdf=$TMP/$name.pdf
	if ! "$VANTHU" render -q "$xml" -o "$pdf" >"$TMP/out" 2>&1; then
		not_ok "$name renders"
		sed 's/^/# /' "$TMP/out" | head -20
		continue
	fi
	ok "$name renders"
	pdftotext -raw -r 72 -x 0 -y 50 -W 596 -H 800 "$pdf" "$TMP/text" 2>"$TMP/err"
	compare "$name: page text" "$cases/$name.expected.txt" "$TMP/text"
	[ -s "$TMP/err" ] && not_ok "$name: pdftotext complains" || ok "$name: pdftotext is silent"
	pdfinfo -struct-text "$pdf" 2>"$TMP/err" |
		sed -n 's/^ *"\(.*\)"$/\1/p' >"$TMP/struct"
	compare "$name: structure text" "$cases/$name.expected.txt" "$TMP/struct"
	"$VANTHU_FAST" render -q "$xml" -o "$TMP/again.pdf" >/dev/null 2>&1
	cmp -s "$pdf" "$TMP/again.pdf" && ok "$name: same input, same bytes" || not_ok "$name: same input, same bytes"
done
plan
