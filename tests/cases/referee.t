#!/bin/bash
# Real documents and those of tests/regress/compose as every kind of PDF the
# painter makes (parts 1, 2, 3; paper and electronic): the referees agree with
# all of them, and the embedded source is the canonical one.
set -u
. tests/lib.sh

files=$(ls tests/regress/compose/*.xml)
if [ -d "$VT_SHARED/cases" ]; then
	files="$files $(ls "$VT_SHARED"/cases/*.xml)"
elif [ -n "${CI:-}" ]; then
	n=$((n + 1)); echo "not ok $n - cases are missing"
else
	n=$((n + 1)); echo "ok $n - referees on the real documents # SKIP no folder of cases (VT_SHARED=$VT_SHARED)"
fi
mkdir "$TMP/pdf"
for xml in $files; do
	name=$(basename "$xml" .xml)
	"$TOOLS_FAST/variants" "$xml" "$TMP/pdf" >"$TMP/out" 2>&1 && ok "$name in six kinds" || not_ok "$name in six kinds"
done
tests/referee/run.sh "$TMP"/pdf/*.pdf >"$TMP/out" 2>&1 && ok "$(tail -1 "$TMP/out")" || not_ok "referees"
for xml in "$TMP"/pdf/*.xml; do
	name=$(basename "$xml" .xml)
	pdfdetach -save 1 -o "$TMP/source.xml" "$TMP/pdf/$name-3-paper.pdf" >"$TMP/out" 2>&1
	cmp -s "$xml" "$TMP/source.xml" && ok "$name carries its source" || not_ok "$name carries its source"
done
plan
