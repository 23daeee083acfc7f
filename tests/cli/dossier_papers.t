#!/bin/bash
# Dossiers on paper, received documents, a dossier as a folder.  The words of each list
# are kept in tests/regress/books (VT_ACCEPT=1 keeps what is found: read the difference).
set -u
. tests/lib.sh
kept=$(cd "$(dirname "$0")/../regress/books" && pwd)
cd "$TMP" || exit 2
golden() { # name file.pdf
	pdftotext -layout "$2" - 2>err | tr -d '\f' | sed 's/ *$//' >out
	[ -z "${VT_ACCEPT:-}" ] || cp out "$kept/$1.txt"
	if diff "$kept/$1.txt" out >err; then ok "$1: the words"; else not_ok "$1: the words"; fi
	qpdf --check "$2" >out 2>err && ok "$1: a sound PDF" || not_ok "$1: a sound PDF"
}
an_archive
hs() { "$VANTHU" dossier "$@"; }
a_letter
cat >danh-muc.csv <<'CSV'
Số và ký hiệu hồ sơ;Tên đề mục và tiêu đề hồ sơ;Thời hạn bảo quản;Người lập hồ sơ;Ghi chú
;I. VĂN PHÒNG;;;
;1. Tổng hợp;;;
01.VP;Hồ sơ Ngày hội đọc sách năm 2026;20 năm;Lò Thị Mai;
02.VP;Tập lưu công văn đi năm 2026;Vĩnh viễn;Văn thư;quý I
;II. KINH TẾ;;;
01.KT;Hồ sơ trồng cây mùa xuân năm 2026;3 năm;Phòng Kinh tế;
CSV
"$VANTHU" init >/dev/null
"$VANTHU" issue good.xml >/dev/null
sed 's/đọc sách/trồng cây/; s/2026-03-16/2026-04-18/' good.xml >b.xml
"$VANTHU" issue b.xml >/dev/null
hs open --csv danh-muc.csv --year 2026 >/dev/null
sed 's/2026-03-16/2026-04-02/; s/ngày hội đọc sách/áo mưa/' good.xml >den.xml
"$VANTHU_FAST" render -q den.xml -o den.pdf

# received
hs add 01.VP 2/UBND-VP >/dev/null
refuses "a received document has a sender and a subject" 1 'Thiếu nơi gửi' hs receive 01.VP den.pdf --subject x
refuses "and is a PDF" 1 HS-11 hs receive 01.VP good.xml --sender 'Phòng A' --subject x
refuses "that is there" 1 'khong-co.pdf' hs receive 01.VP khong-co.pdf --sender 'Phòng A' --subject x
yes "received" hs receive 01.VP den.pdf --sender 'Phòng Văn hóa - Xã hội' --number 25/GM-VHXH --date 2026-04-02 \
	--type 'Giấy mời' --subject 'Họp bàn ngày hội đọc sách' --arrived 2026-04-03 --signer 'Lường Văn Phúc' --json
is "gets the next number of the year, and its place" '1 2 1' '"\(.arrivalNumber) \(.ordinal) \(.pages)"'
refuses "the same again is told" 1 'đã nhận, số đến 1' hs receive 01.VP den.pdf --sender 'Phòng Văn hóa - Xã hội' \
	--number 25/GM-VHXH --date 2026-04-02 --subject x
printf '%%PDF-1.7\n%%\xe2\xe3\xcf\xd3\n1 0 obj <</Length 99999999999>> stream\n' >ac.pdf
head -c 3000 /dev/urandom >>ac.pdf
yes "a hostile PDF is only kept" hs receive 02.VP ac.pdf --sender 'Nơi lạ' --subject 'tệp hỏng' --arrived 2026-04-04
grep -q HS-20 err && ok "without words" || not_ok "without words"
refuses "a degree of secrecy nobody knows" 1 HS-16 hs receive 02.VP den.pdf --sender 'Nơi lạ' --subject x --secrecy 'hơi mật'
yes "a top secret" hs receive 01.KT den.pdf --sender 'Ban Chỉ huy quân sự' --number 3 --subject 'chuyện kín' --secrecy 'Tuyệt mật' --arrived 2026-04-05
"$VANTHU" audit export -o log >/dev/null
strings -a "$VANTHU_RECORDS"/records.db* log >out
grep -q 'chuyện kín' out && not_ok "leaves no trích yếu" || ok "leaves no trích yếu"
hs remove 01.KT 1 --reason 'của hồ sơ mật' >/dev/null
yes "its words" hs received 'tep hong' --json
is "are what was said of it" 'Nơi lạ' '.received[0].sender'
yes "words in the PDF" hs received 'chuan bi ao mua' --json
is "are found" 25/GM-VHXH '.received[0].designation'
yes "others" hs received 'không ở đâu cả' --json
is "are not" 0 '.received | length'
hs add 01.VP 1/UBND-VP --note 'bản gốc' >/dev/null
yes "a received one in a second dossier" hs add 01.KT --received 1

# printed
yes "the register of arrivals" hs received --year 2026 -o den-so.pdf
golden so-dang-ky-van-ban-den den-so.pdf
hs received --year 2026 -o den-so.csv >/dev/null
tail -c +4 den-so.csv | head -1 | tr -d '\r' >out
says "with the ten lawful columns" '^Ngày đến,Số đến,Tác giả,"Số, ký hiệu văn bản",Ngày tháng văn bản,Tên loại và trích yếu nội dung văn bản,Đơn vị hoặc người nhận,Ngày chuyển,Ký nhận,Ghi chú$'
yes "in parts" hs received --year 2026 -o den-phan.pdf --per-file 2
says "both are told" 'den-phan-tap-2.pdf (2 trang)'
pdftotext -raw den-phan-tap-2.pdf - | tr '\n\f' '  ' >out
says "the second says which" 'Từ số 03 đến số 03 Quyển số: .* Tập 2: từ số 03 đến số 03 .* quân sự 3 4 '
yes "CSV goes on in one file" hs received --year 2026 -o den-phan.csv --per-file 2
cmp -s den-so.csv den-phan.csv && ok "the same as without parts" || not_ok "the same as without parts"
refuses "a part has a number at least" 1 SO-24 hs received --year 2026 -o den-phan.pdf --per-file 0
refuses "an empty one is not printed" 1 HS-01 hs received --year 2025 -o x.pdf
yes "a document" "$VANTHU" show 2/UBND-VP --json
is "says which dossiers it is in" '01.VP 2026 1' '.dossiers[] | "\(.code) \(.year) \(.ordinal)"'
yes "the list of the year" hs list --year 2026 -o danh-muc.pdf
golden danh-muc-ho-so danh-muc.pdf
yes "with its decision" hs list --year 2026 -o b.pdf --decision 'Quyết định số 15/QĐ-UBND ngày 05 tháng 01 năm 2026'
pdftotext b.pdf - | tr '\n' ' ' >out
says "as it is named" '(Kèm theo Quyết định số 15/QĐ-UBND'
yes "as CSV" hs list --year 2026 -o danh-muc-2.csv
cp danh-muc-2.csv out
says "with the lawful columns" '^.\?Số và ký hiệu hồ sơ,Tên đề mục và tiêu đề hồ sơ,Thời hạn bảo quản,Người lập hồ sơ,Ghi chú'
yes "which is the list of the next year" hs open --csv danh-muc-2.csv --year 2027
hs add 01.VP/2027 1/UBND-VP >/dev/null
yes "search by code" "$VANTHU" search --dossier 01.VP/2027 --json
is "and year" '01/UBND-VP' '[.records[].designation] | join(" ")'
hs remove 01.VP/2027 1 --reason 'chỉ để thử' >/dev/null
hs list --year 2027 --json | jq -c '[.dossiers[] | [.code, .title, .heading, .subheading, .retention, .keeper, .note]]' >sau
hs list --year 2026 --json | jq -c '[.dossiers[] | [.code, .title, .heading, .subheading, .retention, .keeper, .note]]' >truoc
cmp -s truoc sau && ok "word for word" || not_ok "word for word"
refuses "two years are two lists" 1 HS-02 hs list -o c.pdf
yes "as XLSX" hs list --year 2026 -o danh-muc.xlsx
unzip -p danh-muc.xlsx xl/sharedStrings.xml >out
says "with its headings" 'II. KINH TẾ'
yes "the documents of a dossier" hs show 01.VP/2026 -o muc-luc.pdf
golden muc-luc-van-ban muc-luc.pdf
yes "as CSV" hs show 01.VP/2026 -o muc-luc.csv
[ "$(wc -l <muc-luc.csv)" = 4 ] && ok "a line each" || not_ok "a line each"
refuses "a format nobody knows" 1 CLI-20 hs show 01.VP/2026 --format doc -o x.doc
refuses "not into the archive" 1 CLI-14 hs show 01.VP/2026 -o "$VANTHU_RECORDS/records.db"
hs close 01.VP/2026 --sheets 5 >/dev/null
hs close 02.VP/2026 >/dev/null
yes "handed over, with its papers" hs hand-over 01.VP/2026 02.VP/2026 --giver 'Văn phòng' --giver-name 'Lò Thị Mai' \
	--giver-position 'Chuyên viên' --taker-name 'Đèo Văn Sương' --taker-position 'Công chức văn thư - lưu trữ' \
	--date 2026-11-20 --basis 'Danh mục hồ sơ năm 2026' --bundle 'Hồ sơ của Văn phòng' --boxes 1 --metres '0,1' \
	--condition 'nguyên vẹn' --place 'Suối Trầu' -o bien-ban.pdf --inventory nop-luu.pdf
golden bien-ban-giao-nhan bien-ban.pdf
golden muc-luc-ho-so nop-luu.pdf
yes "printed again" hs record 02.VP/2026 -o lai.pdf --place 'Suối Trầu'
cmp -s bien-ban.pdf lai.pdf && ok "it is the same" || not_ok "it is the same"
yes "the inventory as CSV" hs inventory 01.VP/2026 -o nop-luu.csv
cp nop-luu.csv out
says "has the seven columns" 'Số TT,"Số, ký hiệu hồ sơ",Tiêu đề hồ sơ,Thời gian tài liệu,Thời hạn bảo quản,Số tờ/ Số trang,Ghi chú'
refuses "what was never handed over has no record" 1 HS-15 hs record 01.KT/2026

# a folder
"$VANTHU" set 1/UBND-VP --keywords 'ngày hội; đọc sách' --retention '20 năm' >/dev/null
"$VANTHU" show 1/UBND-VP --json | jq .metadata >goc.json
yes "exported" hs export 01.VP/2026 -o ho-so/
ls ho-so >out
[ "$(tr '\n' ' ' <out)" = '001_2026-03-16_01-ubnd-vp.pdf 001_2026-03-16_01-ubnd-vp.xml 002_2026-04-02_den-25-gm-vhxh.pdf 003_2026-04-18_02-ubnd-vp.pdf 003_2026-04-18_02-ubnd-vp.xml ho-so.xml manifest.txt muc-luc.pdf ' ] &&
	ok "in the order of time" || not_ok "in the order of time"
yes "whole" sh -c 'cd ho-so && sha256sum --strict --quiet -c manifest.txt'
cmp -s den.pdf ho-so/002_2026-04-02_den-25-gm-vhxh.pdf && ok "what came in is what goes out" || not_ok "what came in is what goes out"
"$VANTHU" file 1/UBND-VP -o goc.pdf >/dev/null
cmp -s goc.pdf ho-so/001_2026-03-16_01-ubnd-vp.pdf && ok "what was issued, too" || not_ok "what was issued, too"
yes "sound XML" xmllint --noout ho-so/ho-so.xml
xmllint --xpath 'string(//*[local-name()="FileNotation"])' ho-so/ho-so.xml >out
says "under the names of the law" '^01.VP$'
of() { xmllint --xpath "string(//*[local-name()='$1'][1]/*[local-name()='$2'])" ho-so/ho-so.xml; }
same "each field of what was issued: pages" "$(jq -r .PageAmount goc.json)" "$(of Outgoing PageAmount)"
same "copies" "$(jq -r .IssuedAmount goc.json)" "$(of Outgoing IssuedAmount)"
same "urgency" "$(jq -r .Priority goc.json)" "$(of Outgoing Priority)"
same "keywords" 'ngày hội; đọc sách' "$(of Outgoing Keyword)"
same "period" "$(jq -r .Maintenance goc.json)" "$(of Outgoing Maintenance)"
same "who signed, in which office" "$(jq -r .SignerInfo.Position goc.json)" "$(of SignerInfo Position)"
same "who it went to" "$(jq -r '.To[0].OrganName' goc.json)" "$(of To OrganName)"
same "its place in this dossier" "$(hs show 01.VP/2026 --json | jq -r '.entries[] | select(.designation == "01/UBND-VP") | .ordinal')" \
	"$(of Outgoing DocOrdinal)"
same "and of what came in: urgency" 0 "$(of Incoming Priority)"
same "who signed" 'Lường Văn Phúc' "$(xmllint --xpath 'string(//*[local-name()="Incoming"]//*[local-name()="FullName"])' ho-so/ho-so.xml)"
refuses "never over what is there" 1 'đã có' hs export 01.VP/2026 -o ho-so
refuses "nor nowhere" 1 CLI-01 hs export 01.VP/2026

# one file
yes "exported as one file" hs export 01.VP/2026 -o ho-so.zip --json
is "as it says" "ho-so.zip 8" '"\(.file) \(.files)"'
yes "whole" unzip -tq ho-so.zip
unzip -Z1 ho-so.zip | tr '\n' ' ' >out
says "the list first, documents by their time, the manifest last" '^muc-luc.pdf 001_2026-03-16_01-ubnd-vp.pdf 001_2026-03-16_01-ubnd-vp.xml 002_2026-04-02_den-25-gm-vhxh.pdf 003_2026-04-18_02-ubnd-vp.pdf 003_2026-04-18_02-ubnd-vp.xml ho-so.xml manifest.txt $'
mkdir giai-nen && unzip -q ho-so.zip -d giai-nen
diff -r ho-so giai-nen >err && ok "the same as in the folder" || not_ok "the same as in the folder"
(umask 077; TZ=America/New_York hs export 01.VP/2026 -o ho-so-2.ZIP >/dev/null)
cmp ho-so.zip ho-so-2.ZIP >err && ok "the same bytes each time" || not_ok "the same bytes each time"
unzip -ZT ho-so.zip '002*' >out
says "with the days of its documents" '20260402'
refuses "never over what is there" 1 'đã có' hs export 01.VP/2026 -o ho-so.zip
refuses "not into what is no folder" 2 CLI-08 hs export 01.VP/2026 -o khong-co/ho-so.zip
ls -d ho-so*dang* 2>/dev/null && not_ok "nothing is left over" || ok "nothing is left over"
yes "fsck" "$VANTHU" fsck
"$TOOLS_FAST/verify" "$VANTHU_RECORDS" >out && ok "register and files agree" || not_ok "register and files agree"
plan
