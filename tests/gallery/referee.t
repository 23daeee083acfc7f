#!/bin/bash
# The documents of the gallery as PDF/A part 1 on paper, which Preflight judges
# to the letter, and as electronic files with their source: the referees have
# nothing against any of them.
set -u
n=0
ok() { n=$((n + 1)); echo "ok $n - $*"; }
not_ok() { n=$((n + 1)); echo "not ok $n - $*"; sed 's|^|# |' "$TMP/out" | head -20; }

tests/gallery/gallery.sh "$VANTHU_FAST" "$TMP/made" >"$TMP/out" 2>&1 || not_ok "the gallery is made"
mkdir "$TMP/pdf"
for xml in "$TMP"/made/*.xml; do
	"$TOOLS_FAST/variants" "$xml" "$TMP/pdf" >"$TMP/out" 2>&1 || not_ok "$(basename "$xml" .xml) in six kinds"
done
tests/referee/run.sh "$TMP"/pdf/*-1-paper.pdf "$TMP"/pdf/*-3-electronic.pdf >"$TMP/out" 2>&1 &&
	ok "$(tail -1 "$TMP/out")" || not_ok "referees"
echo "1..$n"
