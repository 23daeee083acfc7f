#!/bin/bash
# Dossiers in hands that are careless or ill-willed: codes typed otherwise, lists from strange
# spreadsheets, the same document twice, acts on what was altered behind the program.
set -u
. tests/lib.sh
cd "$TMP" || exit 2
warns() { grep -q -- "$2" err && ok "$1" || not_ok "$1: “$2” is not told"; }
an_archive
hs() { "$VANTHU" dossier "$@"; }
sql() { # trigger statement: as who owns the file can
	python3 - "$VANTHU_RECORDS/records.db" "$@" <<'PY'
import sqlite3, sys
db = sqlite3.connect(sys.argv[1])
made = db.execute("SELECT sql FROM sqlite_master WHERE name = ?", (sys.argv[2],)).fetchone()[0]
db.executescript("DROP TRIGGER %s; %s; %s;" % (sys.argv[2], sys.argv[3], made))
db.commit()
PY
}
cat >good.xml <<'XML'
<?xml version="1.0" encoding="UTF-8"?>
<document xmlns="urn:vanthu:document:1" system="state" type="cong-van">
  <issuer abbr="UBND"><name>Ủy ban nhân dân<br/>xã Bản Phiệt</name></issuer>
  <number unit="VP"/>
  <place>Bản Phiệt</place>
  <date>2020-03-16</date>
  <subject>dọn kênh mương trước mùa mưa</subject>
  <to><recipient>Trưởng các thôn</recipient></to>
  <body><p>Đề nghị các thôn dọn kênh mương xong trước ngày 20 tháng 3 năm 2020</p></body>
  <copies amount="12"><as-above/><archive>VT</archive></copies>
  <signature><capacity kind="TM">Ủy ban nhân dân</capacity><position>Chủ tịch</position><name>Lù A Sáng</name></signature>
</document>
XML
"$VANTHU" init >/dev/null
"$VANTHU" issue good.xml >/dev/null
"$VANTHU_FAST" render -q good.xml -o den.pdf

# a list that went through spreadsheets
cat >danh-muc.csv <<'CSV'
STT,Số và ký hiệu hồ sơ,Tên đề mục và tiêu đề hồ sơ,Thời hạn bảo quản,Người lập hồ sơ,Ghi chú,Số hộp
,(1),(2),(3),(4),(5),
1,,I. VĂN PHÒNG,,,,
2,,1. Tổng hợp,,,,
3,01.VP,"- Kế hoạch, báo cáo năm 2020",2 năm,Giàng Thị Sao,-,12
4,,II. KINH TẾ,,,,
5,01.KT,=Hồ sơ kênh mương,20 năm,,+,
CSV
yes "a list with a column that is none of it" hs open --csv danh-muc.csv --year 2020
says "the numbers of its columns are no dossier" 'năm 2020: 2 hồ sơ'
warns "names it" 'HS-22.*“Số hộp”'
grep -q STT err && not_ok "but not the ordinals" || ok "but not the ordinals"
yes "a dossier below no heading" hs open 09.X --year 2020 --title 'Hồ sơ không đề mục' --retention '5 năm'
yes "one below a heading alone" hs open 02.VP --year 2020 --title 'Hồ sơ chung' --heading 'VĂN PHÒNG'
hs list --year 2020 -o lai.csv >/dev/null
yes "the list as CSV" hs open --csv lai.csv --year 2021
of() { hs list --year "$1" --json | jq -r '.dossiers[] | [.code, .heading // "", .subheading // "", .title, .note // ""] | join("|")'; }
of 2020 >truoc
of 2021 >out
cmp -s truoc out && ok "is the same list again, headings and signs and all" || not_ok "is the same list again, headings and signs and all"

# codes
refuses "a code in small letters is the same code" 1 'HS-03.*“01.VP”' hs open 01.vp --year 2020 --title x
refuses "and with spaces" 1 HS-03 hs open '01. VP ' --year 2020 --title x
yes "a code with accents" hs open "$(printf '01.\xc4\x90\xc6\xaf')" --year 2020 --title x
refuses "and in parts" 1 HS-03 hs open "$(printf '01.\xc4\x90U\xcc\x9b')" --year 2020 --title x
yes "found" hs show "$(printf '01.\xc4\x91u\xcc\x9b/2020')" --json
is "however it is typed" "$(printf '01.\xc4\x90\xc6\xaf')" .code
refuses "a code point that is no character" 1 KHO-15 hs set 09.X/2020 --note "$(printf 'a\xef\xbf\xbe')"
refuses "nor a line end of Unicode" 1 KHO-15 hs set 09.X/2020 --note "$(printf 'a\xe2\x80\xa8b')"
refuses "a change of nothing" 1 'Chưa nói sửa gì' hs set 09.X/2020
refuses "is none" 1 'Chưa nói sửa gì' hs set 09.X/2020 --retention ' '

# received
receive() { hs receive 01.KT/2020 den.pdf --subject 'Tiêm phòng gia súc' --arrived 2020-03-20 "$@"; }
yes "received" receive --sender 'Trạm Thú y' --number 12/TTY --date 2020-03-17
refuses "the same in other letters" 1 'HS-12.*số đến 1' receive --sender 'TRẠM THÚ Y' --number '12 / tty' --date 2020-03-17
yes "another sender" receive --sender 'Trạm Thủ y' --number 12/TTY --date 2020-03-17
warns "but the very same file" 'cảnh báo \[HS-12\].*số đến 1 năm 2020'
yes "with a reason" receive --sender 'Trạm Thú y' --number 12/TTY --date 2020-03-17 --again 'gửi lại bản có dấu'
grep -q HS-12 err && not_ok "is not told twice" || ok "is not told twice"
head -c 2000 den.pdf >hong.pdf
yes "a broken PDF" hs receive 01.KT/2020 hong.pdf --sender 'Nơi lạ' --subject x --arrived 2020-03-21
warns "is called so" 'có thể tệp hỏng'
yes "in the list" hs received
says "one without a number says so" '(không số), x'
refuses "the register is not chosen by words" 1 CLI-01 hs received gia suc -o den-so.pdf
yes "the whole one" hs received --year 2020 -o den-so.PDF
grep -q TRANG- err && not_ok "has room for the dossier" || ok "has room for the dossier"
refuses "a name that lies" 1 CLI-20 hs received --year 2020 -o den-so.docx
yes "a name in capitals" hs received --year 2020 -o DEN.CSV
head -c 3 DEN.CSV | od -An -tx1 >out
says "means what it says" 'ef bb bf'

# altered behind the program
hs add 01.VP/2020 1/UBND-VP >/dev/null
yes "closed" hs close 01.VP/2020
sql dossier_fixed "UPDATE dossier SET title = 'Tráo' WHERE code = '01.VP' AND year = 2020"
refuses "an altered one is not handed over" 1 HS-18 hs hand-over 01.VP/2020 --giver 'Văn phòng' --date 2020-12-01
refuses "nor opened again, to be closed as if nothing was" 1 HS-18 hs reopen 01.VP/2020 --reason 'sửa'
refuses "nor disposed of" 1 HS-18 hs dispose 01.VP/2020 --decision '1/QĐ' --reason 'hết hạn' --date 2024-01-02
yes "only locked" hs lock 01.VP/2020 --reason 'chờ xác minh'
hs unlock 01.VP/2020 --reason 'đã xác minh' >/dev/null
sql dossier_fixed "UPDATE dossier SET title = '- Kế hoạch, báo cáo năm 2020' WHERE code = '01.VP' AND year = 2020"

# papers
refuses "two papers in one file" 1 CLI-13 hs hand-over 01.VP/2020 --giver 'Văn phòng' --date 2020-12-01 -o bb.pdf --inventory bb.pdf
refuses "nothing was handed over" 1 HS-15 hs record 01.VP/2020
refuses "not before its end, in words of people" 1 '(16/03/2020)' hs hand-over 01.VP/2020 --giver 'Văn phòng' --date 2020-01-01
yes "handed over" hs hand-over 01.VP/2020 --giver 'Văn phòng' --date 2020-12-01
yes "its time ran out" hs dispose 01.VP/2020 --decision '1/QĐ-UBND' --reason 'hết hạn' --date 2023-01-02
yes "the decision" hs record 01.VP/2020
says "is told" '1/QĐ-UBND'
yes "its record is still printed" hs record 01.VP/2020 -o bb.pdf
pdftotext bb.pdf - >out
says "as it was handed over" 'BÊN GIAO: Văn phòng'
yes "a folder whose name is no UTF-8" hs export 01.KT/2020 -o "$(printf 'ho-so-\xff')" --json
is "is told" 01.KT .code

# searches
refuses "a name of two lines" 1 KHO-15 "$VANTHU" search kenh --save $'hai\ndòng'
refuses "a name that is no UTF-8" 1 KHO-15 "$VANTHU" search kenh --save "$(printf 'a\xff')"
yes "the days of its log" hs show 01.VP/2020
says "are those of Viet Nam" '(UTC+7), os:'
yes "found by its dossier" "$VANTHU" search --dossier '01.vp' --json
is "however its code is typed" 1/UBND-VP '.records[].designation | ltrimstr("0")'
yes "nothing is found in a dossier that is not there" "$VANTHU" search --dossier 77.X
warns "which is told" 'TIM-05.*số và ký hiệu'
yes "nor in a state nobody knows" "$VANTHU" search --state abc --facets
same "told once" 1 "$(grep -c TIM-05 err)"
yes "nor of a type that is misspelt" "$VANTHU" search --type 'cogn-van' --facets
warns "with what was meant" 'Có phải “cong-van”'
yes "a state in words" "$VANTHU" search --state 'đã ban hành' --json
is "is that state" 1 '.records | length'
refuses "no volume has the number nought" 1 SO-22 "$VANTHU" register --volume 0 -o so.pdf
hs open 90.D --year 2020 --title "$(printf 'kênh%.0s' {1..60})" >/dev/null
yes "a word wider than its column" hs list --year 2020 -o danh-muc.pdf
[ -s err ] && not_ok "is nobody's mistake" || ok "is nobody's mistake"
refuses "a list has no counts" 1 CLI-01 "$VANTHU" search kenh --facets -o ds.pdf
yes "the archive" "$VANTHU" fsck
plan
