#!/bin/bash
# An old register and its PDFs come into the archive whole or not at all; what stands
# in the way is told by line.
set -u
. tests/lib.sh
cd "$TMP" || exit 2
fast=$(mktemp -d -p /dev/shm 2>/dev/null || mktemp -d -p "$TMP")
trap 'rm -rf "$fast"' EXIT
export VANTHU_RECORDS=$fast/kho

# a PDF with words of its own, made by the program
pdf() { # name words
	cat >v.xml <<XML
<?xml version="1.0" encoding="UTF-8"?>
<document xmlns="urn:vanthu:document:1" system="state" type="cong-van">
  <issuer abbr="UBND"><name>Ủy ban nhân dân<br/>xã Vực Tròn</name></issuer>
  <number unit="VP"/>
  <place>Vực Tròn</place>
  <date>2023-04-01</date>
  <subject>việc đã qua</subject>
  <to><recipient>Trưởng các xóm</recipient></to>
  <body><p>$2</p></body>
  <copies><as-above/><archive>VT</archive></copies>
  <signature><capacity kind="TM">Ủy ban nhân dân</capacity><position>Chủ tịch</position><name>Hà Thị Nhài</name></signature>
</document>
XML
	"$VANTHU_FAST" render v.xml -o "scan/$1" >/dev/null 2>&1 || not_ok "a PDF: $1"
}
mkdir -p scan/2023
pdf "1-QĐ-UBND.pdf" "Giao Ban Quản lý bến đò kiểm đếm áo phao"
pdf "2023/02_UBND-VP_dap Hon Lap.pdf" "Đập Hòn Lấp cần gia cố trước mùa lũ"
pdf "2023-3.signed.pdf" "Xóm Bãi Dâu trồng lại hàng phi lao"
cat >so.csv <<'CSV'
"SỔ ĐĂNG KÝ VĂN BẢN ĐI, NĂM 2023",,,,,
,,,,,
"Số,
ký hiệu",Ngày tháng văn bản,Tên loại và trích yếu nội dung,Người ký,Nơi nhận văn bản,Ghi chú
(1),(2),(3),(4),(5),(6)
01/QĐ-UBND,5/1/2023,Quyết định về việc thành lập Tổ kiểm tra bến đò,Hà Thị Nhài,Các xóm; Công an xã,bản giấy ở tủ 2
02/UBND-VP,09/01/2023,V/v gia cố đập trước mùa mưa,Hà Thị Nhài,UBND huyện Tả Giang,
03/KH-UBND,2023-02-14,Kế hoạch trồng cây đầu xuân,Lê Văn Mộc,Các xóm,
CSV
"$VANTHU" init >/dev/null
before=$(sha256sum "$VANTHU_RECORDS/records.db")
yes "a dry run" "$VANTHU" import-register so.csv --files scan --issuer "Ủy ban nhân dân xã Vực Tròn" --book van-ban --dry-run --json
is "tells what would come" "3 0" '"\(.imported) \(.voided)"'
same "and changes nothing" "0 $before" "$("$VANTHU" search --json | jq '.records | length') $(sha256sum "$VANTHU_RECORDS/records.db")"
yes "the register, with titles above its header" "$VANTHU" import-register so.csv --files scan --issuer "Ủy ban nhân dân xã Vực Tròn" --book van-ban --json
is "three documents, three PDFs found by their names, with words" "3 3 3" '"\(.imported) \(.pdf) \(.with_words)"'
yes "register and files agree" "$VANTHU" fsck
yes "by number" "$VANTHU" show 1/QĐ-UBND --json
is "type, date, subject, signer" "quyet-dinh 2023-01-05 về việc thành lập Tổ kiểm tra bến đò Hà Thị Nhài" '"\(.type) \(.date) \(.subject) \(.signers[0].name)"'
is "marked as imported" import '.events[-1].act'
"$VANTHU" search '"Hòn Lấp"' --json >out
is "words inside a PDF are found" "02/UBND-VP cong-van" '.records | map("\(.designation) \(.type)") | join(",")'
"$VANTHU" search 'phi lao' --json >out
is "also where the file has the number alone" "03/KH-UBND" '.records[0].designation'
"$VANTHU" file 3/KH-UBND -o ra.pdf >/dev/null && cmp -s ra.pdf scan/2023-3.signed.pdf && ok "the file is handed out as it was" || not_ok "the file"
yes "again" "$VANTHU" import-register so.csv --files scan --book van-ban --json
is "brings nothing twice" "0 3" '"\(.imported) \(.already)"'

# numbering goes on
"$VANTHU" series set van-ban --types '*' >/dev/null || not_ok "series set"
sed -e 's/2023-04-01/2023-12-05/' v.xml >w.xml
"$VANTHU" issue w.xml --json >out 2>err
is "the series goes on behind the register's last number" 4 .number

# conflicts, each with its line; nothing is taken
conflict() { # what needle line rows [options...]
	printf 'Số,Ký hiệu,Ngày,Loại văn bản,Trích yếu\n%b' "$4" >c.csv
	local what=$1 needle=$2 line=$3
	shift 4
	refuses "$what" 1 "c.csv:$line.*$needle" "$VANTHU" import-register c.csv "$@"
	same "$what: nothing is taken" 4 "$("$VANTHU" search --json | jq '.records | length')"
}
conflict "a number twice" "NK-05" 3 '5,UBND-VP,06/12/2023,Công văn,họp dân\n5,UBND-VP,07/12/2023,Công văn,họp xóm\n'
grep -q 'đã có ở dòng 2' err && ok "names the other line" || not_ok "names the other line"
conflict "a row twice" "NK-05" 3 '5,UBND-VP,06/12/2023,Công văn,họp dân\n5,UBND-VP,06/12/2023,Công văn,họp dân\n'
conflict "a number twice, once on a day that runs back" "NK-05" 4 \
	'5,UBND-VP,08/12/2023,Công văn,họp dân\n6,UBND-VP,07/12/2023,Công văn,họp xóm\n6,UBND-VP,09/12/2023,Công văn,họp bản\n'
grep -q 'c.csv:3.*SO-03' err && ok "neither hides the other" || not_ok "neither hides the other"
conflict "a number that the archive has" "SO-17" 2 '4,UBND-VP,06/12/2023,Công văn,họp dân\n'
conflict "dates that run back" "SO-03" 3 '5,UBND-VP,08/12/2023,Công văn,họp dân\n6,UBND-VP,07/12/2023,Công văn,họp xóm\n'
conflict "an unknown type" "NK-04" 2 '5,UBND-VP,08/12/2023,Giấy bướm,họp dân\n'
conflict "a date that is none" "NK-03" 2 '5,UBND-VP,31/11/2023,Công văn,họp dân\n'
conflict "what cannot be read" "NK-03" 2 '5,UBND-VP,31/11/2023,Công văn,họp dân\n4,UBND-VP,06/12/2023,Công văn,họp xóm\n'
grep -q 'c.csv:3.*SO-17' err && ok "hides nothing that stands below" || not_ok "hides nothing that stands below"
conflict "no number" "NK-02" 3 '5,UBND-VP,08/12/2023,Công văn,họp dân\nkhông số,UBND-VP,08/12/2023,Công văn,họp dân\n'
conflict "a missing PDF" "NK-06" 2 '5,UBND-VP,08/12/2023,Công văn,họp dân\n' --files scan
printf 'Số,Ký hiệu,Ngày,Loại văn bản,Trích yếu\n5,UBND-VP,06/12/2023,Công văn,họp dân\nSố,Ký hiệu,Ngày,Loại văn bản,Trích yếu\n6,UBND-VP,07/12/2023,Công văn,họp xóm\n' >c.csv
yes "the header again, above another book, is no row" "$VANTHU" import-register c.csv --dry-run --json
is "of two" 2 .imported
printf 'Số,Ký hiệu,Ngày,Loại văn bản,Trích yếu\n7,UBND-VP,08/12/2023,Công văn,họp dân\n' >c.csv
refuses "numbers that are missing between" 1 'không có số 5' "$VANTHU" import-register c.csv
yes "are void with a reason" "$VANTHU" import-register c.csv --gaps "sổ cũ bỏ trống" --json
is "two of them" 2 .voided
yes "and all agrees" "$VANTHU" fsck
printf 'Số,Ký hiệu,Ngày,Loại văn bản,Trích yếu\n8,UBND-VP,01/12/2023 08:30:00,Công văn,họp ngược\n' >c.csv
yes "dates that did run back, answered for; a time of day is none of the register's" "$VANTHU" import-register c.csv --backwards "ghi muộn trong sổ cũ"
yes "stand with their reason" "$VANTHU" fsck
printf 'Cột A,Cột B,Cột C\n9/UBND-VP,09/12,họp cuối năm\n' >c.csv
refuses "headers that say nothing" 1 NK-01 "$VANTHU" import-register c.csv
yes "are named by hand, the year, too" "$VANTHU" import-register c.csv --year 2023 --columns "so-ky-hieu=cot-a,ngay=cot-b,trich-yeu=cot-c"
mkdir hai && cp scan/1-QĐ-UBND.pdf "hai/10-UBND-VP.pdf" && cp scan/1-QĐ-UBND.pdf "hai/10_UBND-VP ban 2.pdf"
printf 'Số,Ký hiệu,Ngày,Loại văn bản,Trích yếu\n10,UBND-VP,10/12/2023,Công văn,họp\n' >c.csv
refuses "two files that might be it" 1 NK-07 "$VANTHU" import-register c.csv --files hai
rm hai/*2.pdf && echo "không phải PDF" >hai/10-UBND-VP.pdf
refuses "a file that is no PDF" 1 NK-08 "$VANTHU" import-register c.csv --files hai
printf '%%PDF-1.7\nrác' >hai/10-UBND-VP.pdf
cp scan/1-QĐ-UBND.pdf "hai/11-QĐ-UBND.pdf"
yes "a PDF without words is kept" "$VANTHU" import-register c.csv --files hai
grep -q NK-10 err && grep -q 'NK-09' err && ok "and told, as is a file that is no row's" || not_ok "warnings"
# pdftotext is a program that may do anything: it is stopped, the PDF is kept
mkdir bin && printf '#!/bin/sh\nexec yes\n' >bin/pdftotext && chmod +x bin/pdftotext
printf 'Số,Ký hiệu,Ngày,Loại văn bản,Trích yếu\n11,UBND-VP,11/12/2023,Công văn,họp\n' >c.csv
rm -r hai && mkdir hai && cp scan/1-QĐ-UBND.pdf "hai/11-UBND-VP.pdf"
yes "words without end are cut off" env PATH="$TMP/bin:$PATH" "$VANTHU" import-register c.csv --files hai
grep -q NK-10 err && ok "and told" || not_ok "and told"
sed -i 's/^11/12/' c.csv && mv hai/11-UBND-VP.pdf hai/12-UBND-VP.pdf
yes "without pdftotext" env PATH=/nonexistent "$VANTHU" import-register c.csv --files hai --json
is "the PDF is kept all the same" "1 0" '"\(.pdf) \(.with_words)"'

printf 'Số,Ký hiệu,"Ngày, tháng",Loại văn bản,Trích yếu,Nơi nhận,"Đơn vị, người nhận bản lưu",Ngày chuyển\n13,UBND-VP,12/12/2023,Công văn,họp,Các xóm,VT; VP,14/12/2023\n' >c.csv
yes "who keeps a copy" "$VANTHU" import-register c.csv
"$VANTHU" register --year 2023 -o so-in.csv >/dev/null
same "is in the register printed later, the day of the import is not" '13/UBND-VP,12/12/2023,Công văn: họp,,Các xóm,"VT; VP",,,,' \
	"$(grep '^13/' so-in.csv | tr -d '\r')"

# ------------------------------------------------------------ numbers given up --
# A register has a row for each of them too: void, for the reason that stands there.
void_of() { # year: numbers and reasons
	"$VANTHU" register --year "$1" --json | jq -r '.parts[] | .book as $b | .rows[] | select(.state == "void") | "\($b) \(.number) \(.reason)"' | paste -sd'|'
}
cat >bo.csv <<'CSV'
Số,Ký hiệu,Ngày,Loại văn bản,Trích yếu,Ghi chú
1,UBND-VP,05/01/2022,Công văn,họp dân,
2,,,,,"Số huỷ: đánh nhầm (huong)"
3,,,,Bỏ số,
4,UBND-VP,07/01/2022,,Hủy,viết sai ngày
5,UBND-VP,08/01/2022,Công văn,họp xóm,
6,,,,,không dùng
CSV
yes "numbers an old register gave up, in a dry run" "$VANTHU" import-register bo.csv --book van-ban --dry-run --json
is "two documents, four void numbers" "2 4" '"\(.imported) \(.voided)"'
yes "come in" "$VANTHU" import-register bo.csv --book van-ban --json
is "beside the documents" "2 4" '"\(.imported) \(.voided)"'
same "void, each for its reason; what else the row tells is in it" \
	"van-ban 2 đánh nhầm (huong)|van-ban 3 Bỏ số|van-ban 4 Hủy; viết sai ngày (sổ ghi số 4/UBND-VP, ngày 07/01/2022)|van-ban 6 không dùng" "$(void_of 2022)"
yes "log and register agree" "$VANTHU" fsck
yes "the log verifies" "$VANTHU" audit verify
refuses "no document is shown by such a number" 1 KHO-10 "$VANTHU" show 4/UBND-VP --year 2022
yes "again" "$VANTHU" import-register bo.csv --book van-ban --json
is "nothing is made twice" "0 6 0" '"\(.imported) \(.already) \(.voided)"'
"$VANTHU" register --year 2022 -o bo-in.csv -q >/dev/null
"$VANTHU_FAST" init --records bo-lai -q
yes "the register printed of it comes back" "$VANTHU" import-register bo-in.csv --records bo-lai --issuer 'Ủy ban nhân dân xã Vực Tròn' --book van-ban --json
is "with its void numbers" "2 4" '"\(.imported) \(.voided)"'
VANTHU_RECORDS=bo-lai yes "and agrees" "$VANTHU" fsck
printf 'Số,Ký hiệu,Ngày,Loại văn bản,Trích yếu,Ghi chú\n1,QĐ-UBND,05/01/2021,,lập tổ,\n1,KH-UBND,06/01/2021,,trồng cây,\n2,,,,,hủy\n' >c.csv
"$VANTHU_FAST" init --records hai-loai -q
refuses "of two books that may have it" 1 'c.csv:4.*NK-12' "$VANTHU" import-register c.csv --records hai-loai --issuer 'Ủy ban nhân dân xã Vực Tròn'
sed -i 's/^2,,/2,KH-UBND,/' c.csv
yes "the ký hiệu says which" "$VANTHU" import-register c.csv --records hai-loai --issuer 'Ủy ban nhân dân xã Vực Tròn'
VANTHU_RECORDS=hai-loai same "of its type" "ke-hoach 2 hủy (sổ ghi số 2/KH-UBND)" "$(VANTHU_RECORDS=hai-loai void_of 2021)"
printf 'Số,Ký hiệu,Ngày,Loại văn bản,Trích yếu,Ghi chú\n7,UBND-VP,05/02/2022,Công văn,họp,\n8,,,,,Giữ chỗ cho VP đến ngày 31/12/2022: chờ ký\n' >c.csv
refuses "a number still held in it" 1 'c.csv:3.*NK-11' "$VANTHU" import-register c.csv
printf 'Số,Ký hiệu,Ngày,Loại văn bản,Trích yếu,Ghi chú\n7,UBND-VP,05/02/2022,Công văn,họp,\n7,,,,,hủy\n' >c.csv
refuses "void and a document's" 1 'c.csv:3.*NK-05.*dòng 2' "$VANTHU" import-register c.csv
printf 'Số,Ký hiệu,Ngày,Loại văn bản,Trích yếu,Ghi chú\n7,UBND-VP,05/02/2022,Công văn,Huỷ bỏ Quyết định số 5,\n8,,,,Huỷ bỏ Quyết định số 6,\n' >c.csv
refuses "a trích yếu that begins so is a document's" 1 'c.csv:3.*NK-03' "$VANTHU" import-register c.csv

# all that stands in the way is told at once
printf 'Số,Ký hiệu,Ngày,Loại văn bản,Trích yếu,Ghi chú\n7,UBND-VP,05/02/2022,Công văn,họp,\n8,UBND-VP,31/02/2022,Công văn,họp,\nIX,UBND-VP,07/02/2022,Công văn,họp,\n12,UBND-VP,08/02/2022,Công văn,họp,\n' >c.csv
refuses "a row that cannot be read" 1 'c.csv:3.*NK-03' "$VANTHU" import-register c.csv --dry-run
same "hides no number that is missing, and is none" "10 11" "$(grep -o 'không có số [0-9]*' err | grep -o '[0-9]*' | paste -sd' ')"

yes "a backup has it all" "$VANTHU" backup -o "$fast/sao"
# ------------------------------------------------------------- a spreadsheet --
# what the register prints as XLSX comes back in as it was; as CSV, too
"$TOOLS_FAST/make_archive" made 300 >/dev/null
told() { jq -r '[.records[] | [.designation, .date, .type, .subject, .signer] | join("|")] | sort | .[]' "$1"; }
"$VANTHU_FAST" search --records made --series van-ban --issuer 'xã thạch bình' --from 2021 --to 2021 --json -n 1000 >was.json
for form in xlsx csv; do
	"$VANTHU_FAST" register --records made --series van-ban/2021 --issuer 'xã thạch bình' -o "back.$form" -q
	"$VANTHU_FAST" init --records "in-$form" -q
	if "$VANTHU" import-register "back.$form" --records "in-$form" --issuer 'Ủy ban nhân dân xã Thạch Bình' \
		--new-issuer --book van-ban >out 2>err && "$VANTHU" search --records "in-$form" --json -n 1000 >is.json &&
		[ "$(told was.json)" ] && [ "$(told was.json)" = "$(told is.json)" ]; then
		ok "a register comes back from $form"
		grep -q 'DL-07.*A1:' err && not_ok "its cover is no matter" || ok "its cover is no matter"
	else
		not_ok "a register comes back from $form"
	fi
done
# of several books, each with its header
"$VANTHU_FAST" init --records hai-so -q
printf 'Số,Ký hiệu,Ngày,Loại văn bản,Trích yếu\n1,UBND-VP,06/12/2023,Công văn,họp dân\n1,KH-UBND,07/12/2023,Kế hoạch,trồng cây\n' >c.csv
"$VANTHU_FAST" import-register c.csv --records hai-so --issuer 'Ủy ban nhân dân xã Vực Tròn' -q
"$VANTHU_FAST" register --records hai-so -o hai-so.xlsx -q
yes "a register of two books is read" "$VANTHU" import-register hai-so.xlsx --records in-csv --issuer 'Ủy ban nhân dân xã Vực Tròn' --new-issuer --dry-run --json
is "whole" 2 .imported
echo 'PK' >spoilt.xlsx
"$VANTHU" import-register spoilt.xlsx --records in-xlsx --issuer a >out 2>err
[ $? -eq 1 ] && grep -q 'Không đọc được bảng tính' err && ok "no spreadsheet" || not_ok "no spreadsheet"

plan
