#!/bin/bash
# The documents of the gallery as PDF/A part 1 on paper, which Preflight judges
# to the letter, and as electronic files with their source: the referees have
# nothing against any of them.  Places, sizes, faces and lines, read back by
# another program, are those of the rule pack.
set -u
. tests/lib.sh

tests/gallery/gallery.sh "$VANTHU_FAST" "$TMP/made" >"$TMP/out" 2>&1 || not_ok "the gallery is made"
mkdir "$TMP/pdf"
for xml in "$TMP"/made/*.xml; do
	[ -f "${xml%.xml}.pdf" ] || continue # what a copy copies
	"$TOOLS_FAST/variants" "$xml" "$TMP/pdf" >"$TMP/out" 2>&1 || not_ok "$(basename "$xml" .xml) in six kinds"
done
tests/referee/run.sh "$TMP"/pdf/*-1-paper.pdf "$TMP"/pdf/*-3-electronic.pdf >"$TMP/out" 2>&1 &&
	ok "$(tail -1 "$TMP/out")" || not_ok "referees"
for xml in "$TMP"/made/*.xml; do
	[ -f "${xml%.xml}.pdf" ] || continue # what a copy copies
	name=$(basename "$xml" .xml)
	pack=$("$VANTHU_FAST" check "$xml" --json | jq -r .pack)
	mutool trace "${xml%.xml}.pdf" 2>/dev/null | "$TOOLS_FAST/geometry" "$pack" sparse >"$TMP/out" &&
		ok "$name: $(grep -c '^ok' "$TMP/out") measures of $pack" || not_ok "$name: measures of $pack"
done
plan
