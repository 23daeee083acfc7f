#!/bin/bash
# Every type of every system, from its model and its data set: made without a
# word, nothing for the checker to find, the words as another program reads them
# and the place of every line as kept beside the data (NAME.txt, NAME.layout).
# VT_ACCEPT=1 keeps what is found: read the difference.
set -u
n=0
ok() { n=$((n + 1)); echo "ok $n - $*"; }
not_ok() { n=$((n + 1)); echo "not ok $n - $*"; }

golden() { # what kept found
	[ -z "${VT_ACCEPT:-}" ] || cp "$3" "$2"
	if diff "$2" "$3" >"$TMP/diff" 2>&1; then
		ok "$1"
	else
		not_ok "$1"
		sed 's/^/# /' "$TMP/diff" | head -20
	fi
}

made=$TMP/made
if tests/gallery/gallery.sh "$VANTHU" "$made" >"$TMP/out" 2>"$TMP/err" && [ ! -s "$TMP/err" ]; then
	ok "the gallery is made without a word"
else
	not_ok "the gallery is made without a word"
	sed 's/^/# /' "$TMP/err" | head -40
fi
count=$(ls tests/gallery/*/*.{json,csv,xml} 2>/dev/null | wc -l)
[ "$(grep -c '<figure' "$made/index.html")" -eq "$count" ] && ok "the sheet shows all $count types" || not_ok "the sheet shows all $count types"
for png in $(sed -n 's/src="\([^"]*\)"/\n\1\n/gp' "$made/index.html" | grep '^png/'); do
	[ -s "$made/$png" ] || not_ok "the sheet's $png is there"
done

while read -r system name; do
	file=$made/$system-$name what="$system/$name" kept=tests/gallery/$system/$name
	"$VANTHU_FAST" check "$file.xml" --json >"$TMP/check" 2>"$TMP/err"
	if [ "$(jq -c '[.ok, .findings]' "$TMP/check" 2>/dev/null)" = '[true,[]]' ] && [ ! -s "$TMP/err" ]; then
		ok "$what: nothing for the checker to find"
	else
		not_ok "$what: nothing for the checker to find"
		sed 's/^/# /' "$TMP/check" "$TMP/err" | head -20
	fi
	pdftotext -raw "$file.pdf" - 2>"$TMP/err" | tr -d '\f' >"$TMP/text"
	[ -s "$TMP/err" ] && not_ok "$what: pdftotext is silent"
	golden "$what: words" "$kept.txt" "$TMP/text"
	"$TOOLS_FAST/layout" "$file.xml" >"$TMP/layout" 2>&1
	golden "$what: places" "$kept.layout" "$TMP/layout"
done <"$made/list"
for kept in tests/gallery/*/*.txt tests/gallery/*/*.layout; do
	grep -qx "$(basename "$(dirname "$kept")") $(basename "${kept%.*}")" "$made/list" || not_ok "$kept belongs to a type"
done
echo "1..$n"
