#!/bin/bash
# Statistics: on the terminal, as JSON, in print (words kept in tests/regress/books;
# VT_ACCEPT=1 keeps what is found), as CSV and XLSX.
set -u
. tests/lib.sh
kept=$(cd "$(dirname "$0")/../regress/books" && pwd)
cd "$TMP" || exit 2
an_archive
a_letter
make() { sed "$1" good.xml >"$2" && "$VANTHU" issue "$2" >/dev/null 2>err || not_ok "issue $2"; }
"$VANTHU" init >/dev/null
refuses "nothing was issued" 1 SO-21 "$VANTHU" stats
make '' a.xml
make 's/đọc sách/trồng cây/; s/2026-03-16/2026-03-18/; s/<archive>VT</<archive>VT, KT</' b.xml
make 's/đọc sách/văn hóa/; s/2026-03-16/2026-04-02/; s/Vừ A Páo/Lò Thị Mai/' c.xml
"$VANTHU" recall 3/UBND-VP --reason 'sai ngày' >/dev/null
yes "on the terminal" "$VANTHU" stats
says "with heads" 'Văn bản   Tỷ lệ %     Trang   Thu hồi  Thay thế$'
says "by month" '^  03/2026  *2  *66,7  *2  *0  *0$'
says "by signer" '^  Lò Thị Mai  *1  *33,3  *1  *1  *0$'
yes "as JSON" "$VANTHU" stats --by unit,month,time --json
is "by unit: Lưu first, then the ký hiệu" 'VP 2 KT 1' '[.unit[] | "\(.name) \(.documents)"] | join(" ")'
is "in time or not" 'late 3' '[.time[] | "\(.name) \(.documents)"] | join(" ")'
is "and nothing else" 'null' '.type'
yes "a month" "$VANTHU" stats --from 2026-04 --to 2026-04 --json
is "alone" 1 .documents
yes "printed" "$VANTHU" stats --year 2026 -o tk.pdf
yes "a sound PDF" qpdf --check tk.pdf
pdftotext -layout tk.pdf - | tr -d '\f' | sed 's/ *$//' >out
[ -z "${VT_ACCEPT:-}" ] || cp out "$kept/thong-ke-van-ban-di.txt"
diff "$kept/thong-ke-van-ban-di.txt" out >err && ok "the words" || not_ok "the words"
yes "CSV" "$VANTHU" stats -o tk.csv
tail -c +4 tk.csv | head -1 | tr -d '\r' >out
says "with its columns" '^Số TT,Nội dung,Số văn bản,Tỷ lệ (%),Số trang,Đã thu hồi,Bị thay thế$'
yes "XLSX" "$VANTHU" stats -o tk.xlsx
unzip -p tk.xlsx xl/sharedStrings.xml >out
says "with the same words" 'Theo người ký'
refuses "a group nobody knows" 1 SO-20 "$VANTHU" stats --by moon
refuses "a year and days" 1 CLI-01 "$VANTHU" stats --year 2026 --from 2026-03
refuses "a year without documents" 1 SO-21 "$VANTHU" stats --year 2024
refuses "an issuer nobody knows" 1 SO-16 "$VANTHU" stats --issuer 'xã khác'
refuses "not into the archive" 1 CLI-14 "$VANTHU" stats -o "$VANTHU_RECORDS/records.db"
yes "help" "$VANTHU" stats --help
says "says what is in time" 'ngày làm việc tiếp theo là đúng hạn'
plan
