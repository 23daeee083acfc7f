#!/bin/bash
# Every type of document of every system, made from its model and an invented
# data set, and a sheet of them all: gallery.sh PROGRAM [FOLDER]
#
# tests/gallery/SYSTEM/NAME.{json,csv,xml} is one record for templates/SYSTEM/NAME.xml; what stands
# between a dot and the ending tells data sets of one model apart (to-trinh.hd36.json).
# goc-NAME.xml is a document that a copy copies.
# Made: FOLDER/SYSTEM-NAME.pdf and .xml, FOLDER/png/SYSTEM-NAME-PAGE.png and
# FOLDER/index.html.  Status 1 if one of them could not be made.
set -u
program=$(realpath "$1")
out=${2:-build/gallery}
cd "$(dirname "$0")/../.." || exit 2
rm -rf "$out" && mkdir -p "$out/png" || exit 2
faults=0

make_one() { # system name data
	work=$out/work
	rm -rf "$work"
	"$program" merge -q "$1/${2%%.*}" "$3" --data . --xml -o "$work" >&2 || return
	[ "$(ls "$work"/*.pdf | wc -l)" -eq 1 ] || { echo "$3: more than one record" >&2; return 1; }
	mv "$work"/*.pdf "$out/$1-$2.pdf" && mv "$work"/*.xml "$out/$1-$2.xml"
	pdftoppm -q -png -r 50 "$out/$1-$2.pdf" "$out/png/$1-$2"
}

escaped() { sed 's/&/\&amp;/g; s/</\&lt;/g; s/>/\&gt;/g'; }

figure() { # system name: its pages, the type and the subject below
	title=$(pdfinfo "$out/$1-$2.pdf" | sed -n 's/^Title: *//p' | escaped)
	type=${title%%: *} subject=${title#"${title%%: *}"}
	printf '<figure id="%s-%s"><a href="%s-%s.pdf">' "$1" "$2" "$1" "$2"
	for png in "$out/png/$1-$2"-*.png; do
		printf '<img src="png/%s" alt="%s">' "${png##*/}" "$type"
	done
	printf '</a><figcaption><b>%s</b>%s <i>%s/%s</i></figcaption></figure>\n' "$type" "$subject" "$1" "$2"
}

sheet() { # the made documents' "system name" lines
	cat <<-'END'
	<!DOCTYPE html>
	<html lang="vi"><meta charset="utf-8"><title>vanthu: các loại văn bản</title>
	<style>
	body { font: 14px/1.4 "Liberation Sans", sans-serif; margin: 2em; background: #f4f4f2 }
	section { display: flex; flex-wrap: wrap; gap: 1.5em; align-items: flex-start }
	figure { margin: 0; max-width: 100% }
	img { width: 220px; margin-right: 6px; background: #fff; box-shadow: 0 1px 4px #999 }
	figcaption { max-width: 440px } i { color: #666 }
	</style>
	END
	for system in state party youth; do
		grep -q "^$system " "$1" || continue
		case $system in state) name="Nhà nước" ;; party) name="Đảng" ;; youth) name="Đoàn Thanh niên" ;; esac
		printf '<h2>%s (%s)</h2>\n<section>\n' "$name" "$(grep -c "^$system " "$1")"
		grep "^$system " "$1" | while read -r s n; do figure "$s" "$n"; done
		echo '</section>'
	done
	echo '</html>'
}

for data in tests/gallery/*/*.json tests/gallery/*/*.csv tests/gallery/*/*.xml; do
	[ -f "$data" ] || continue
	case ${data##*/} in goc-*) cp "$data" "$out/"; continue ;; esac # what a copy copies
	system=$(basename "$(dirname "$data")") name=$(basename "${data%.*}")
	if make_one "$system" "$name" "$data"; then
		echo "$system $name"
	else
		echo "gallery: $system/$name could not be made" >&2
		faults=$((faults + 1))
	fi
done >"$out/list.new"
sort "$out/list.new" >"$out/list" && rm -rf "$out/list.new" "$out/work"
sheet "$out/list" >"$out/index.html"
echo "$(wc -l <"$out/list") văn bản trong $out/index.html"
[ -s "$out/list" ] && [ "$faults" -eq 0 ]
