#!/bin/bash
# What a search tells: pieces of text with marks, counts, lists as files, searches kept.
set -u
cd "$TMP" || exit 2
n=0
ok() { n=$((n + 1)); echo "ok $n - $*"; }
not_ok() {
	n=$((n + 1))
	echo "not ok $n - $*"
	sed 's/^/# /' err out 2>/dev/null | head -12
}
yes() { # what command...
	local what=$1
	shift
	if "$@" >out 2>err </dev/null; then ok "$what"; else not_ok "$what: status $?"; fi
}
refuses() { # what status needle command...
	local what=$1 status=$2 needle=$3
	shift 3
	"$@" >out 2>err </dev/null
	local got=$?
	if [ $got -ne "$status" ]; then
		not_ok "$what: exit status $got, not $status"
	elif ! grep -q -- "$needle" err; then
		not_ok "$what: the message lacks “$needle”"
	else
		ok "$what"
	fi
}
is() { # what wanted got
	[ "$2" = "$3" ] && ok "$1" || not_ok "$1: “$3”, not “$2”"
}
says() { grep -q -- "$2" out && ok "$1" || not_ok "$1: “$2” is not said"; }
fast=$(mktemp -d -p /dev/shm 2>/dev/null || mktemp -d -p "$TMP")
trap 'rm -rf "$fast"' EXIT
export VANTHU_RECORDS=$fast/kho
yes "an archive" "$TOOLS_FAST/make_archive" "$fast/kho" 400

# --------------------------------------------------------- pieces and counts --
yes "a search" "$VANTHU" search 'van phong' -n 2
says "words are marked" '«Văn» «phòng»'
yes "for programs" "$VANTHU" search 'phong chay' -n 2 --json
is "marks are characters of the text" "phòng" \
	"$(jq -r '[.records[].snippet[] | .text as $t | .marks[] | $t[.[0]:.[0] + .[1]] | ascii_downcase] | map(select(. == "phòng"))[0]' out)"
yes "counts" "$VANTHU" search 'van phong' --facets --json -n 1000
is "are of all that is found" "true" "$(jq '.facets.total == (.records | length)' out)"
is "and add up" "true" "$(jq '([.facets.type.values[].count] | add) == .facets.total' out)"
is "by year, too" "true" "$(jq '([.facets.year.values[].count] | add) == .facets.total' out)"
is "none is estimated" "false" "$(jq .facets.estimated out)"
yes "for people" "$VANTHU" search 'van phong' --facets
says "with the names of types" '^ *[0-9]*  Công văn$'
says "and of states" 'đã ban hành'

# --------------------------------------------------------------------- files --
yes "as CSV" "$VANTHU" search 'van phong' --type cong-van -o list.csv
is "a row for each" "$("$VANTHU" search 'van phong' --type cong-van --json -n 1000 | jq '.records | length')" \
	"$(($(wc -l <list.csv) - 1))"
yes "as XLSX" "$VANTHU" search 'van phong' -o list.xlsx --json
is "it tells how many" "true" "$(jq '.count > 50 and .file == "list.xlsx"' out)"
unzip -p list.xlsx xl/sharedStrings.xml 2>/dev/null | grep -q 'Điều kiện tìm: van phong' &&
	ok "with what was asked" || not_ok "with what was asked"
yes "as PDF" "$VANTHU" search 'van phong' --from 2020 -n 30 -o list.pdf
pdftotext -layout list.pdf - | grep -q 'KẾT QUẢ TÌM KIẾM' && ok "composed" || not_ok "composed"
pdftotext list.pdf - | grep -q '30 văn bản mới nhất; còn nữa' && ok "says what is left out" || not_ok "says what is left out"
yes "on standard output" "$VANTHU" search 'van phong' --format csv -o - -n 5
is "nothing but the list" 6 "$(wc -l <out)"
refuses "a format without a file" 1 'ghi vào đâu' "$VANTHU" search --format csv
refuses "no such format" 1 'không nhận giá trị' "$VANTHU" search --format doc -o x
refuses "not into the archive" 1 'kho' "$VANTHU" search -o "$fast/kho/records.db"
refuses "too many" 1 'nhận giá trị' "$VANTHU" search -n 100001 -o x.csv

# ------------------------------------------------------------------ searches --
yes "kept" "$VANTHU" search 'van phong' --type cong-van --from 2020-03 --save 'Công văn mới' --json
kept=$(jq -r '[.records[].id] | join(" ")' out)
yes "again" "$VANTHU" search --saved 'Công văn mới' --json
is "the same is found" "$kept" "$(jq -r '[.records[].id] | join(" ")' out)"
yes "with more conditions" "$VANTHU" search --saved 'Công văn mới' --to 2021 --json
is "fewer are found" "true" "$(jq '[.records[].date | .[0:4] | tonumber] | max <= 2021' out)"
yes "listed" "$VANTHU" search --searches
says "in words" 'Công văn mới: van phong; loại: cong-van; từ ngày 2020-03'
refuses "another name" 1 'Không có lần tìm nào' "$VANTHU" search --saved khac
yes "forgotten" "$VANTHU" search --forget 'Công văn mới'
refuses "it is gone" 1 TIM-03 "$VANTHU" search --saved 'Công văn mới'
# ------------------------------------------------------------------ metadata --
id=$("$VANTHU" search 'van phong' --type cong-van --json -n 1 | jq -r '.records[0].id')
refuses "nothing to set" 1 'đặt gì' "$VANTHU" set "$id"
yes "keywords, retention, access, note" "$VANTHU" set "$id" --keywords 'cầu phao; quân y' --retention 'Vĩnh viễn' --access 'công khai' --note 'xem cả bản giấy'
yes "are shown" "$VANTHU" show "$id"
says "keywords" 'Từ khoá: *cầu phao; quân y$'
says "access" 'Mức độ tiếp cận: *công khai$'
says "and in the log" 'đặt thông tin lưu trữ'
yes "and found" "$VANTHU" search 'cau phao' --json
is "by keyword" "$id" "$(jq -r '.records[0].id' out)"
yes "by the names of the law" "$VANTHU" show "$id" --json
is "fields, who keeps the file copy not among the receivers" "01 01 cầu phao; quân y Chủ tịch 2" \
	"$(jq -r '.metadata | "\(.Maintenance) \(.Mode) \(.Keyword) \(.SignerInfo.Position) \(.To | length)"' out)"
yes "the archive is whole" "$VANTHU" fsck
echo "1..$n"
