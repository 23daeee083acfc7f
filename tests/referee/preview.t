#!/bin/bash
# The preview shows what the PDF shows: another program draws the SVG with the
# fonts it carries and no others, and the pictures of both are compared pixel by
# pixel; its text is the PDF's. Then a good preview is broken in many ways, and
# each must be seen.
set -u
. tests/lib.sh

# Twice 100 dpi, so that what one program rounds to whole pixels weighs half.
# Equal pages differ by 33 to 44 of 255 (how edges are softened), a comma moved by
# half a millimetre by 94, a grey word or a missing mark over a letter by 80.
square=2 limit=52 dpi=200
export FONTCONFIG_FILE=$TMP/fonts.conf
cat >"$FONTCONFIG_FILE" <<XML
<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>$TMP/fonts</dir><cachedir>$TMP/cache</cachedir>
<match target="font"><edit name="hinting" mode="assign"><bool>false</bool></edit></match>
</fontconfig>
XML

draw() { # svg png: the fields, which a PDF does not show, left out
	rm -rf "$TMP/fonts" "$TMP/cache" && mkdir "$TMP/fonts" || return 1
	[ "$("$TOOLS_FAST/unwoff" "$1" "$TMP/fonts")" -gt 0 ] || return 1
	sed '/<g class="fields"/,/<\/g>/d' "$1" >"$TMP/plain.svg"
	rsvg-convert -d $dpi -p $dpi "$TMP/plain.svg" -o "$2"
}
raster() { pdftocairo -png -r $dpi -f "$2" -l "$2" -singlefile "$1" "${3%.png}"; } # pdf page png
words() { tr -s ' \n\f' '\n' | sed '/^$/d'; }
text_of() { # svg
	sed '1,/<\/style>/d; /<rect/d; s/<[^>]*>//g; s/&lt;/</g; s/&gt;/>/g; s/&amp;/\&/g' "$1"
}

page() { # what source page pdf [option ...]
	local what=$1 source=$2 page=$3 pdf=$4 seen='not drawn'
	shift 4
	if ! "$VANTHU" render -q "$source" -o "$TMP/a.svg" --page "$page" "$@" >/dev/null 2>"$TMP/err"; then
		not_ok "$what is drawn: $(head -1 "$TMP/err")"
		return
	fi
	xmllint --noout "$TMP/a.svg" 2>/dev/null || not_ok "$what is well-formed"
	diff <(pdftotext -raw -f "$page" -l "$page" "$pdf" - | words) <(text_of "$TMP/a.svg" | words) >"$TMP/diff" &&
		ok "$what: the words" || { not_ok "$what: the words"; head -9 "$TMP/diff" | sed 's/^/# /'; }
	draw "$TMP/a.svg" "$TMP/a.png" && raster "$pdf" "$page" "$TMP/b.png" &&
		seen=$("$TOOLS_FAST/pixels" -s $square -l $limit "$TMP/a.png" "$TMP/b.png") &&
		ok "$what: the picture ($seen)" || not_ok "$what: the picture ($seen)"
}
document() { # source last-page [option ...]
	local source=$1 last=$2 name
	name=$(basename "$source" .xml)
	shift 2
	"$VANTHU_FAST" render -q "$source" -o "$TMP/a.pdf" "$@" >/dev/null 2>&1
	[ "$last" -gt 0 ] || last=$(pdfinfo "$TMP/a.pdf" | sed -n 's/^Pages: *//p')
	for ((p = 1; p <= last; p++)); do
		page "$name, page $p" "$source" "$p" "$TMP/a.pdf" "$@"
	done
}

for xml in tests/regress/compose/*.xml; do
	document "$xml" 0
done
document tests/regress/compose/cong-van-dien-tu.xml 1 --for electronic --number 152 --date 2026-03-05
if [ -d "$VT_SHARED/cases" ]; then
	for xml in "$VT_SHARED"/cases/*.xml; do
		document "$xml" 1
	done
elif [ -n "${CI:-}" ]; then
	not_ok "cases are missing"
else
	ok "the real documents # SKIP no folder of cases (VT_SHARED=$VT_SHARED)"
fi

# -- mutants: a good preview, spoilt -------------------------------------------

good=tests/regress/compose/lien-tich.xml
"$VANTHU_FAST" render -q $good -o "$TMP/good.pdf" >/dev/null 2>&1
"$VANTHU_FAST" render -q $good -o "$TMP/good.svg" >/dev/null 2>&1
raster "$TMP/good.pdf" 1 "$TMP/good.png"
mutant() { # what perl
	perl -Mutf8 -CSD -0pe "$2" "$TMP/good.svg" >"$TMP/bad.svg"
	if cmp -s "$TMP/good.svg" "$TMP/bad.svg"; then
		not_ok "$1: the mutation did not take"
	elif ! draw "$TMP/bad.svg" "$TMP/bad.png"; then
		not_ok "$1: it is not drawn"
	elif seen=$("$TOOLS_FAST/pixels" -s $square -l $limit "$TMP/bad.png" "$TMP/good.png"); then
		not_ok "$1: not seen ($seen)"
	else
		ok "seen: $1 ($seen)"
	fi
}
mutant "a word half a millimetre to the right" 's{(<tspan x=")([\d.]+)(">\w\w+ )}{$1 . ($2 + 1.42) . $3}e'
mutant "the last word of a line half a millimetre to the left" 's{(<tspan x=")([\d.]+)(">\w+</tspan></text>)}{$1 . ($2 - 1.42) . $3}e'
mutant "a full stop half a millimetre to the right" 's{\.(</tspan></text>)}{<tspan dx="1.42">.</tspan>$1}'
mutant "a line of text half a millimetre lower" 's{(<text x="[\d.]+" y=")([\d.]+)}{$1 . ($2 + 1.42)}e'
mutant "a rule left out" 's{(<path stroke="#000000"[^>]*d=")M[^M"]*}{$1}'
mutant "a rule half a millimetre lower" 's{(<path stroke="#000000"[^>]*d="M[\d.]+ )([\d.]+)(L[\d.]+ )([\d.]+)}{$1 . ($2 + 1.42) . $3 . ($4 + 1.42)}e'
mutant "a rule twice as thick" 's{stroke-width="([\d.]+)"}{"stroke-width=\"" . $1 * 2 . "\""}e'
mutant "bold type that is not" 's{ font-weight="700"}{}'
mutant "type that is bold" 's{(<text x="[\d.]+" y="[\d.]+" font-size="14")>}{$1 font-weight="700">}'
mutant "italics that are not" 's{ font-style="italic"}{}'
mutant "a size of half a point less" 's{font-size="14"}{font-size="13.5"}'
mutant "red words" 's{(<text [^>]*)>}{$1 fill="#c00000">}'
mutant "grey words" 's{(<text [^>]*)>}{$1 fill="#666666">}'
mutant "a mark over a letter left out" 's{(<text.*?)ế}{$1ê}s'
mutant "a comma left out" 's{(<text.*?\w), }{$1 }s'
mutant "a word twice" 's{(<tspan x="[\d.]+">\w+ </tspan>)}{$1$1<tspan dx="9">x</tspan>}'
mutant "no fonts but regular" 's{\@font-face\{font-family:vt\w+;font-[^\n]*\n}{}g'
mutant "one page for another" 's{(<text .*</text>\n)}{}'
plan
