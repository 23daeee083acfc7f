#!/bin/bash
# The register of outgoing documents: printed, as a spreadsheet, closed.
set -u
. tests/lib.sh
cd "$TMP" || exit 2
an_archive
a_letter && sed -i 's/<recipient>/&=1+1, /' good.xml
change() { sed "$1" good.xml >"$2"; }
text() { pdftotext -layout "$1" - | tr -s ' \n\f' ' ' >out; }
"$VANTHU" init >/dev/null
refuses "an empty archive has no register" 1 'không có sổ nào' "$VANTHU" register
"$VANTHU" issue good.xml >/dev/null
"$VANTHU" void cong-van 2 --reason 'Chủ tịch không ký' >/dev/null
"$VANTHU" reserve cong-van --for 'Văn phòng' --until 2999-01-20 --reason 'chờ ký' >/dev/null
change 's/đọc sách/trồng cây/; s/2026-03-16/2026-03-18/' b.xml
"$VANTHU" issue b.xml >/dev/null
yes "printed" "$VANTHU" register -o so.pdf
says "with its numbers" 'từ số 01 đến số 04: 2 số đã cấp cho văn bản, 1 số đang giữ chỗ, 1 số huỷ'
yes "a sound PDF" qpdf --check so.pdf
pdffonts so.pdf >out
[ "$(tail -n +3 out | awk '{print $(NF-4)}' | sort -u)" = yes ] && ok "all faces embedded" || not_ok "faces"
text so.pdf
for words in 'SỔ ĐĂNG KÝ VĂN BẢN ĐI' 'Năm: 2026' 'Từ ngày 16/03/2026 đến ngày 18/03/2026' 'Từ số 01 đến số 04' 'Quyển số:'; do
	says "the cover says $words" "$words"
done
says "the columns are numbered" '(1) (2) (3) (4) (5) (6) (7) (8) (9) (10)'
head=$(pdftotext so.pdf - | tr -d '\n' | grep -o '[0-9a-f]\{64\}' | tail -1)
yes "the log's head" "$VANTHU" register --json
is "stands at the foot" "$head" '.log.hash'
yes "the same archive" "$VANTHU" register -o lai.pdf
cmp -s so.pdf lai.pdf && ok "gives the same bytes" || not_ok "other bytes"

# more than a file holds: parts, the pages of which go on
yes "in parts" "$VANTHU" register -o phan.pdf --per-file 2 --json
is "are told" "phan-tap-1.pdf phan-tap-2.pdf" '.files | join(" ")'
text phan-tap-2.pdf
says "the cover says which" 'Từ số 03 đến số 04 Quyển số: .* Tập 2: từ số 03 đến số 04 4 '
says "and counts its own" 'Có 2 số, từ số 03 đến số 04: 1 số đã cấp cho văn bản, 1 số đang giữ chỗ, 0 số huỷ'
[ ! -e phan.pdf ] && ok "no file has the whole" || not_ok "phan.pdf"
touch phan-tap-3.pdf phan-tap-4.pdf
yes "in parts again" "$VANTHU" register -o phan.pdf --per-file 2
grep -q 'SO-26.*“phan-tap-3.pdf”, “phan-tap-4.pdf”' err && ok "what is left of a longer one is named" || not_ok "what is left of a longer one is named"
[ -e phan-tap-3.pdf ] && ok "and stays" || not_ok "and stays"
yes "in one file" "$VANTHU" register -o phan.pdf
grep -q 'SO-26.*Còn 4 tệp.*“phan-tap-1.pdf”' err && ok "then all of them" || not_ok "then all of them"
rm -f phan-tap-*.pdf
yes "nothing is left" "$VANTHU" register -o phan.pdf
[ -s err ] && not_ok "nothing is told" || ok "nothing is told"
yes "in parts where it was one" "$VANTHU" register -o phan.pdf --per-file 2
grep -q 'SO-26.*“phan.pdf”' err && ok "the one is named" || not_ok "the one is named"
refuses "not to standard output" 1 SO-24 "$VANTHU" register --per-file 3 -o -
yes "a spreadsheet" "$VANTHU" register -o phan.xlsx --per-file 3
[ -s phan-tap-2.xlsx ] && ok "in parts" || not_ok "no second part"
yes "CSV in parts" "$VANTHU" register -o phan.csv --per-file 1
yes "CSV" "$VANTHU" register -o so.csv
cmp -s so.csv phan.csv && ok "is one file whatever its length" || not_ok "other lines"

[ "$(head -c3 so.csv | od -An -tx1 | tr -d ' ')" = efbbbf ] && ok "begins with a BOM, for Excel" || not_ok "no BOM"
tail -c +4 so.csv | head -1 | tr -d '\r' >out
says "the ten lawful columns in their order" '^"Số, ký hiệu văn bản",Ngày tháng văn bản,Tên loại và trích yếu nội dung văn bản,Người ký,Nơi nhận văn bản,"Đơn vị, người nhận bản lưu",Số lượng bản,Ngày chuyển,Ký nhận,Ghi chú$'
[ "$(wc -l <so.csv)" = 5 ] && ok "a line for each number" || not_ok "$(wc -l <so.csv) lines"
cp so.csv out
says "void with reason and person" '^02,.*Số huỷ: Chủ tịch không ký ('
says "reserved for whom, until when, why" '^03,.*Giữ chỗ cho Văn phòng đến ngày 20/01/2999: chờ ký'

says "nothing that a spreadsheet would compute" ",\"'=1+1, Trưởng các thôn\","

yes "XLSX" "$VANTHU" register -o so.xlsx
"$VANTHU" register -o lai.xlsx >/dev/null
cmp -s so.xlsx lai.xlsx && ok "of the same bytes each time" || not_ok "other bytes"
unzip -p so.xlsx xl/sharedStrings.xml >out
says "with the lawful columns" 'Đơn vị, người nhận bản lưu'
unzip -p so.xlsx xl/worksheets/sheet1.xml >out
grep -q '<f>' out && not_ok "a formula" || ok "without a formula"
says "dates are dates" '<v>46097</v>' # 2026-03-16
cp out sheet.xml
yes "sound XML" xmllint --noout sheet.xml

refuses "a format nobody knows" 1 'pdf, csv hoặc xlsx' "$VANTHU" register --format doc -o a.doc
refuses "a series nobody knows" 1 'SO-16' "$VANTHU" register --series quyet-dinh
refuses "days without numbers" 1 'SO-21' "$VANTHU" register --from 2026-06-01
refuses "not into the archive" 1 'CLI-14' "$VANTHU" register -o "$VANTHU_RECORDS/records.db"
refuses "held numbers keep it open" 1 'SO-18' "$VANTHU" register --series cong-van --close
"$VANTHU" void cong-van 3 --reason 'thôi' >/dev/null
yes "closed" "$VANTHU" register --series cong-van --close -o quyen.pdf
says "as a volume" 'quyển số 1 đã khoá, mã băm'
hash=$(grep -o '[0-9a-f]\{64\}' out | head -1)
text quyen.pdf
says "whose hash is printed" "$hash"
yes "the volumes" "$VANTHU" register --volumes --json
is "are listed" "cong-van 1 1 4 $hash" '.volumes[0] | "\(.book) \(.volume) \(.first) \(.last) \(.sha256)"'
yes "printed again" "$VANTHU" register --series cong-van --volume 1 -o lai.pdf
refuses "nothing new to close" 1 'SO-21' "$VANTHU" register --series cong-van --close
"$VANTHU" replace 1/UBND-VP --by 4/UBND-VP --reason 'đã khác' >/dev/null
"$VANTHU" register -o so.csv >/dev/null
cp so.csv out
says "what put it out of force is told once, with its reason" ',Bị thay thế bởi 04/UBND-VP ngày 18/03/2026: đã khác'
grep -q 'Đã bị thay thế' out && not_ok "told twice" || ok "not twice"
yes "register and files agree" "$TOOLS_FAST/verify" "$VANTHU_RECORDS"
plan
