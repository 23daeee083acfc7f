#!/bin/bash
# The referees say yes to what the painter makes, and no to each of the ways in
# which a file can be wrong.
set -u
. tests/lib.sh
here=tests/referee

mkdir "$TMP/good"
if "$TOOLS/paint_samples" "$TMP/good" >"$TMP/out" 2>&1; then
	ok "samples are painted"
else
	not_ok "samples are painted"
	sed 's/^/# /' "$TMP/out"
fi
if $here/run.sh -s "$TMP/good/source.xml" "$TMP"/good/*.pdf >"$TMP/out" 2>&1; then
	ok "$(tail -1 "$TMP/out")"
else
	not_ok "referees against the samples"
	sed "s|^|# |" "$TMP/out" | head -40
fi
"$TOOLS_FAST/paint_samples" "$TMP" >/dev/null 2>&1
for pdf in "$TMP"/good/*.pdf; do
	cmp -s "$pdf" "$TMP/$(basename "$pdf")" || not_ok "same bytes again: $(basename "$pdf")"
done

# -- mutants: one rule broken each --------------------------------------------

good=$TMP/good/part3-electronic.pdf
qpdf --qdf --object-streams=disable --no-original-object-ids "$good" "$TMP/plain.pdf" || not_ok "qpdf --qdf"
# qpdf leaves no trace that the tag check would mind
"$TOOLS_FAST/ua_check" "$TMP/plain.pdf" >"$TMP/out" && ok "uncompressed, the tags are still good" || not_ok "uncompressed: $(head -3 "$TMP/out")"

mutant() { # rule, what is broken, perl
	perl -0pe "$3" "$TMP/plain.pdf" >"$TMP/broken.qdf"
	if cmp -s "$TMP/plain.pdf" "$TMP/broken.qdf"; then
		not_ok "$2: the mutation did not take"
		return
	fi
	fix-qdf "$TMP/broken.qdf" >"$TMP/broken.pdf" 2>/dev/null
	if "$TOOLS_FAST/ua_check" "$TMP/broken.pdf" >"$TMP/out" 2>&1; then
		not_ok "$2: nothing was told"
	elif grep -q ": $1 " "$TMP/out"; then
		ok "$1 $2"
	else
		not_ok "$2: $1 was not told, but $(head -2 "$TMP/out")"
	fi
}

mutant UA-01 "not marked" 's{/Marked true}{/Marked false}'
mutant UA-02 "no structure tree" 's{/StructTreeRoot }{/StructTreeRooX }'
mutant UA-03 "no language" 's{/Lang \(vi-VN\)}{/Lang ()}'
mutant UA-04 "file name as title" 's{/DisplayDocTitle true}{/DisplayDocTitle false}'
mutant UA-05 "no title" 's{<dc:title>.*?</dc:title>}{}s'
mutant UA-05 "empty title" 's{(<dc:title><rdf:Alt><rdf:li[^>]*>)[^<]*}{$1}'
mutant UA-06 "not called PDF/UA" 's{<pdfuaid:part>1}{<pdfuaid:part>2}'
mutant UA-07 "lines neither tagged nor artifact" 's{/Artifact<</Type/Layout>>BDC\n(.*?)EMC\n}{$1}s'
mutant UA-07 "text neither tagged nor artifact" 's{/P<</MCID 0>>BDC\n(BT.*?ET\n)EMC\n}{$1}s'
mutant UA-07 "marked content not ended" 's{ET\nEMC\n}{ET\n}'
mutant UA-08 "an MCID twice" 's{/MCID 1>>BDC}{/MCID 0>>BDC}'
mutant UA-08 "a page outside the parent tree" 's{/StructParents 0}{/StructParentX 0}'
mutant UA-08 "content of no element" 's{(/Nums \[\s+0\s+\[\s+)\d+ 0 R}{$1null}'
mutant UA-09 "an element's content is not there" 's{/K 3\n}{/K 999\n}'
mutant UA-09 "two elements change content" 's{(/Nums \[\s+0\s+\[\s+)(\d+ 0 R)(\s+)(\d+ 0 R)}{$1$4$3$2}'
mutant UA-10 "an element of its own" 's{/S /Sect}{/S /Chuong}'
mutant UA-11 "a heading level left out" 's{/S /H1}{/S /H3}'
mutant UA-12 "a field outside the structure" 's{/Type /OBJR}{/Type /OBJX}'
mutant UA-12 "a field in a paragraph" 's{/S /Form}{/S /P}'
mutant UA-12 "a field of another element" 's{/StructParent (\d+)}{/StructParent 9$1}'
mutant UA-13 "a field without a name to hear" 's{/TU }{/TX }'
mutant UA-14 "tab order not by structure" 's{/Tabs /S}{/Tabs /R}'
mutant UA-15 "a font without text" 's{/ToUnicode}{/ToUnicodX}'
mutant UA-15 "a character without text" 's{<0020>(?=<|\])}{<0000>}g'
mutant UA-16 "a figure without words" 's{/Alt }{/Alx }'
mutant UA-17 "cells outside rows" 's{/S /TR}{/S /Div}'
mutant UA-17 "an item outside its list" 's{/S /L\n}{/S /Div\n}'
mutant UA-18 "an element with another parent" 's{(/P )(\d+)( 0 R\s+/Pg)}{$1 . ($2 + 3) . $3}e'
mutant UA-19 "a note without ID" 's{/ID \(note}{/IX (note}'
mutant UA-20 "a header cell of nothing" 's{/Scope /Column}{/ScopX /Column}'
mutant UA-21 "an artifact inside a paragraph" 's{(/P<</MCID 0>>BDC\n)(BT.*?ET\n)}{$1/Artifact BMC\n$2EMC\n}s'

# -- mutants of a table with spans ----------------------------------------------

"$VANTHU_FAST" render -q tests/regress/compose/bang-gop-o.xml -o "$TMP/table.pdf" || not_ok "a table is rendered"
qpdf --qdf --object-streams=disable --no-original-object-ids "$TMP/table.pdf" "$TMP/plain.pdf" || not_ok "qpdf --qdf"
"$TOOLS_FAST/ua_check" "$TMP/plain.pdf" >"$TMP/out" && ok "a table with spans is regular" || not_ok "a table with spans: $(head -3 "$TMP/out")"
mutant UA-22 "a column span lost" 's{/ColSpan 2\b}{/ColSpaX 2}'
mutant UA-22 "a row span lost" 's{/RowSpan 2\b}{/RowSpaX 2}'
mutant UA-22 "a cell over another" 's{/ColSpan 2\b}{/ColSpan 3}'
mutant UA-22 "a cell beyond the table's end" 's{(.*)/RowSpan \d+}{$1/RowSpan 99}s'
mutant UA-22 "a billion columns" 's{/ColSpan 2\b}{/ColSpan 1000000000}'
mutant UA-22 "a span of nothing" 's{/RowSpan 2\b}{/RowSpan 0}'
mutant UA-22 "the header behind the rows" 's{/S /THead}{/S /TXBody}; s{/S /TBody}{/S /THead}; s{/S /TXBody}{/S /TBody}'
mutant UA-17 "header rows outside the table" 's{/S /Table\n}{/S /Div\n}'

# -- mutants of a file with pictures

"$TOOLS_FAST/variants" tests/regress/compose/hinh.xml "$TMP" >"$TMP/out" 2>&1 || not_ok "pictures: $(head -1 "$TMP/out")"
qpdf --qdf --object-streams=disable --no-original-object-ids "$TMP/hinh-3-paper.pdf" "$TMP/plain.pdf"
mutant UA-07 "a picture neither tagged nor artifact" 's{/Figure<</MCID \d+>>BDC\n(q .*? Do Q\n)EMC\n}{$1}s'
mutant UA-16 "a picture without words" 's{/Alt }{/Alx }'
mutant UA-09 "a picture of no element" 's{(/K \[\s+)0(\s+\d+ 0 R\s+\]\s+/P \d+ 0 R\s+/Pg \d+ 0 R\s+/S /Figure)}{${1}77$2}s'

# -- mutants of the other referees ----------------------------------------------

# Made first, judged together: Preflight starts once.
mkdir "$TMP/wrong"
: >"$TMP/expected"
wrong() { # who must tell ("nobody": control), what is broken, base file, perl
	name=$TMP/wrong/$(wc -l <"$TMP/expected").pdf
	qpdf --qdf --object-streams=disable --no-original-object-ids "$TMP/good/$3" "$TMP/plain.pdf"
	perl -0pe "$4" "$TMP/plain.pdf" >"$TMP/broken.qdf"
	cmp -s "$TMP/plain.pdf" "$TMP/broken.qdf" && not_ok "$2: the mutation did not take"
	# written once more without what --qdf adds: Preflight minds it
	fix-qdf "$TMP/broken.qdf" >"$TMP/fixed.pdf" 2>/dev/null
	qpdf --warning-exit-0 --stream-data=preserve --newline-before-endstream "$TMP/fixed.pdf" "$name" 2>/dev/null
	printf '%s\t%s\t%s\n' "$name" "$1" "$2" >>"$TMP/expected"
}

wrong nobody "a part 1 file rewritten" part1-electronic.pdf 's{/Type /Catalog}{/Type /Catalog % ca}'
wrong nobody "a part 3 file rewritten" part3-plain.pdf 's{/Type /Catalog}{/Type /Catalog % ca}'
wrong Preflight "a missing colour profile" part1-letter.pdf 's{/OutputIntents}{/OutputIntentX}'
wrong Preflight "a missing appearance" part1-electronic.pdf 's{/AP }{/AX }'
wrong Preflight "widths that are not the font's" part1-letter.pdf 's{/DW \d+}{/DW 1}g'
wrong XMP "a part that does not exist" part1-letter.pdf 's{<pdfaid:part>1}{<pdfaid:part>4}'
wrong XMP "files in a part that has none" part3-plain.pdf 's{<pdfaid:part>3}{<pdfaid:part>2}'
wrong XMP "a part it was not made for" part3-sourceless.pdf 's{<pdfaid:part>3}{<pdfaid:part>1}'
wrong "mutool draw" "an unknown operator" part3-plain.pdf 's{\nBT\n}{\nhuyen\nBT\n}'
wrong pdffonts "a font left outside" part3-plain.pdf 's{/FontFile2}{/FontFileX}'
wrong "embedded source" "a changed source" part3-plain.pdf 's{(<subject>)}{<!-- -->$1}'
head -c 30000 "$TMP/good/part3-plain.pdf" >"$TMP/wrong/half.pdf"
printf '%s\tqpdf\thalf a file\n' "$TMP/wrong/half.pdf" >>"$TMP/expected"

$here/run.sh -s "$TMP/good/source.xml" "$TMP"/wrong/*.pdf >"$TMP/out" 2>&1 && not_ok "broken files: status 0"
while IFS=$'\t' read -r name who what; do
	if [ "$who" = nobody ]; then
		grep -q "^$name: " "$TMP/out" && not_ok "$what: $(grep -m1 "^$name: " "$TMP/out")" || ok "nobody minds $what"
	elif grep -q "^$name: .*$who" "$TMP/out"; then
		ok "$who tells of $what"
	else
		not_ok "$what: $who does not tell, but $(grep -m1 "^$name: " "$TMP/out")"
	fi
done <"$TMP/expected"
plan
