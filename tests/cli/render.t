#!/bin/bash
# What `render` makes is what the result's name says, or --format; options that
# would change nothing are refused.
set -u
. tests/lib.sh
src=$PWD/tests/regress/compose/quy-che.xml
cd "$TMP" || exit 2
cp "$src" quy-che.xml

begins() { # what file magic
	[ "$(head -c ${#3} "$2" 2>/dev/null)" = "$3" ] && ok "$1" || not_ok "$1"
}
run() { "$VANTHU" render quy-che.xml "$@" >out 2>err; }
run && begins "no name: a PDF beside the source" quy-che.pdf '%PDF-'
run -o a.svg && begins "a.svg" a.svg '<svg xmlns='
run -o a.html && begins "a.html" a.html '<!DOCTYPE html>'
run -o A.HTM && begins "A.HTM" A.HTM '<!DOCTYPE html>'
run -o a.xyz && begins "another name: a PDF" a.xyz '%PDF-'
run --format html && begins "--format html: beside the source" quy-che.html '<!DOCTYPE html>'
run --format svg -o a.dat && begins "--format where the name says nothing" a.dat '<svg xmlns='
run --format html -o a2.htm && begins "--format and the name agree" a2.htm '<!DOCTYPE html>'
run -o - --format svg && begins "standard output" out '<svg xmlns='
cmp -s out a.svg && ok "the same bytes there" || not_ok "the same bytes there"

pages=$(pdfinfo quy-che.pdf | sed -n 's/^Pages: *//p')
[ "$(grep -c '<section id="trang-' a.html)" -eq "$pages" ] && ok "HTML has all $pages pages" || not_ok "HTML has all $pages pages"
run -o b.svg --page "$pages" && grep -q "(trang $pages/$pages)</title>" b.svg && ok "the last page" || not_ok "the last page"
grep -q "b.svg: trang $pages trong $pages trang" out && ok "it says which page that is" || not_ok "it says which page that is"
cmp -s a.svg b.svg && not_ok "another page than the first" || ok "another page than the first"
run -o a.html --json && jq -e ".pages == $pages and .file == \"a.html\"" out >/dev/null && ok "--json" || not_ok "--json"

refused() { # words of the message, arguments ...
	local needle=$1
	shift
	rm -f c.svg c.html c.pdf
	run "$@"
	[ $? -eq 1 ] && grep -q -- "$needle" err && ! ls c.* >out 2>&1 && ok "refused: $*" || not_ok "refused: $*"
}
refused "không có trang $((pages + 1))" -o c.svg --page $((pages + 1))
refused 'Không có trang -1' -o c.svg --page -1
refused 'phải là số nguyên' -o c.svg --page một
refused '--page chỉ dùng khi làm SVG' -o c.html --page 2
refused '--page chỉ dùng khi làm SVG' -o c.pdf --page 2
refused '--profile và --no-source chỉ dùng khi làm PDF' -o c.html --profile 2a
refused '--profile và --no-source chỉ dùng khi làm PDF' -o c.svg --no-source
refused 'mang đuôi .pdf mà --format là html' -o c.pdf --format html
refused 'mang đuôi .svg mà --format là pdf' -o c.svg --format pdf
refused '“doc”' -o c.html --format doc
refused 'trùng với tệp nguồn' -o quy-che.xml --format html
cmp -s quy-che.xml "$src" && ok "the source is as it was" || not_ok "the source is as it was"
plan
