#!/bin/bash
# Every type of every system, from its model and its data set: made without a
# word, nothing for the checker to find, the words as another program reads them
# and the place of every line as kept beside the data (NAME.txt, NAME.layout).
# VT_ACCEPT=1 keeps what is found: read the difference.
set -u
. tests/lib.sh

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
count=$(ls tests/gallery/*/*.{json,csv,xml} 2>/dev/null | grep -vc '/goc-')
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

# What the decree's templates print, word for word and in their order.
missing() { # text file, "a | b | c": the first that does not follow the ones before
	awk -v list="$2" '{ text = text " " $0 } END {
		gsub(/ +/, " ", text)
		n = split(list, words, / \| /)
		for (i = 1; i <= n; i++) {
			at = index(text, words[i])
			if (!at) { print words[i]; exit }
			text = substr(text, at + length(words[i]))
		}
	}' "$1"
}
while IFS= read -r line; do
	name=${line%%: *} list=${line#*: }
	[ -f "tests/gallery/$name.txt" ] || { not_ok "$name is in the gallery"; continue; }
	miss=$(missing "tests/gallery/$name.txt" "$list")
	[ -z "$miss" ] && ok "$name: the template's words in their order" || not_ok "$name: not (there) “$miss”"
done < <(grep -v '^#' tests/gallery/strings.txt)

# No type without its model and its data set.
types=$VT_SHARED/rules/doc-types.csv
if [ -f "$types" ]; then
	while IFS=, read -r system slug model rest; do
		[ "$system" = system ] || grep -qx "$system $model" "$made/list" || not_ok "$system/$model is in the gallery"
	done <"$types"
	ok "every type of the table is in the gallery"
else
	ok "every type of the table is in the gallery # SKIP no table of types (VT_SHARED=$VT_SHARED)"
fi

for kept in tests/gallery/*/*.txt tests/gallery/*/*.layout; do
	grep -qx "$(basename "$(dirname "$kept")") $(basename "${kept%.*}")" "$made/list" || not_ok "$kept belongs to a type"
done
plan
