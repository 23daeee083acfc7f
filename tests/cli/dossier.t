#!/bin/bash
# Dossiers: the list of a year, documents put in and taken out, closed, locked, handed over.
set -u
. tests/lib.sh
cd "$TMP" || exit 2
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
refuses "an empty archive knows no agency" 1 SO-16 hs open 01.VP --title x --year 2026
"$VANTHU" issue good.xml >/dev/null
sed 's/đọc sách/trồng cây/; s/2026-03-16/2026-04-18/' good.xml >b.xml
"$VANTHU" issue b.xml >/dev/null

# the list
refuses "a list says of which year" 1 'Chưa nói danh mục của năm nào' hs open --csv danh-muc.csv
sed 's/3 năm/ba năm/; s/^01.KT/01.VP/' danh-muc.csv >sai.csv
refuses "each wrong row is told with its line" 1 'sai.csv:7: LỖI \[HS-04\]' hs open --csv sai.csv --year 2026
sed 's/^01.KT/01.VP/' danh-muc.csv >trung.csv
refuses "a code twice" 1 'trung.csv:7: LỖI \[HS-03\]' hs open --csv trung.csv --year 2026
yes "and nothing came of it" hs --json
is "at all" 0 '.dossiers | length'
printf 'a;b\n1;2\n' >la.csv
refuses "columns nobody knows" 1 'HS-17' hs open --csv la.csv --year 2026
yes "a whole list" hs open --csv danh-muc.csv --year 2026
says "is told" 'danh mục hồ sơ năm 2026: 3 hồ sơ'
yes "as JSON" hs list --year 2026 --json
is "with headings, titles, periods, keepers" \
	'01.VP|VĂN PHÒNG|Tổng hợp|20 năm|Lò Thị Mai 02.VP|VĂN PHÒNG|Tổng hợp|Vĩnh viễn|Văn thư 01.KT|KINH TẾ||03 năm|Phòng Kinh tế' \
	'[.dossiers[] | [.code, .heading, .subheading // "", .retention, .keeper] | join("|")] | join(" ")'
refuses "a code is given once" 1 HS-03 hs open 01.VP --title khác --year 2026
yes "for people" hs
says "one below the other" '  KINH TẾ'
yes "changed" hs set 01.KT --retention '5 năm' --json
is "while it is open" '05 năm' .retention
refuses "an act nobody knows" 1 CLI-17 hs burn
yes "help" hs --help
says "names the acts" 'hand-over  Giao nộp'
yes "of each" hs close --help
says "in Vietnamese" 'vanthu dossier close MÃ'

# documents
yes "two at once" hs add 01.VP 1/UBND-VP 2/UBND-VP --json
is "get ordinals" '1 2' '.ordinals | join(" ")'
refuses "all or none" 1 HS-06 hs add 02.VP 1/UBND-VP 1/UBND-VP
same "nothing is told as done that is not" "" "$(cat out)"
yes "none" hs show 02.VP --json
is "it was" 0 '.entries | length'
yes "one document in two dossiers" hs add 02.VP 1/UBND-VP --sheets 1-2
refuses "taken out only with a reason" 1 HS-10 hs remove 01.VP 2
yes "taken out" hs remove 01.VP 2 --reason 'thuộc hồ sơ 01.KT'
yes "it leaves" hs show 01.VP
says "a trace" 'ĐÃ BỎ RA: thuộc hồ sơ 01.KT'
yes "search" "$VANTHU" search --dossier 01.VP --json
is "does not find it any more" '01/UBND-VP' '[.records[].designation] | join(" ")'

# closed, locked, handed over
refuses "an empty dossier is not closed" 1 HS-08 hs close 01.KT
yes "closed" hs close 01.VP --sheets 1 --json
is "with its days and counts" '2026-03-16 2026-03-16 2027-03-16 1 1' \
	'"\(.starts) \(.ends) \(.handoverDue) \(.pages) \(.sheets)"'
refuses "nothing goes in" 1 'đã kết thúc nên không đưa văn bản vào được' hs add 01.VP 2/UBND-VP
yes "locked" hs lock 01.VP --reason 'phục vụ thanh tra'
refuses "a locked one is not handed over" 1 'đang khoá (phục vụ thanh tra)' hs hand-over 01.VP --giver 'Văn phòng' --date 2026-11-20
refuses "nor opened again" 1 HS-05 hs reopen 01.VP --reason x
yes "unlocked" hs unlock 01.VP --reason 'đã xong'
refuses "who hands over?" 1 'Thiếu bên giao' hs hand-over 01.VP --date 2026-11-20
refuses "when?" 1 HS-15 hs hand-over 01.VP --giver 'Văn phòng'
refuses "with an open one: neither" 1 'Hồ sơ 02.VP/2026 đang mở' hs hand-over 01.VP 02.VP --giver 'Văn phòng' --date 2026-11-20
yes "handed over" hs hand-over 01.VP --giver 'Văn phòng' --date 2026-11-20 --json
is "to the archive" 'Lưu trữ cơ quan 01.VP handed-over' '"\(.taker) \(.dossiers[0].code) \(.dossiers[0].state)"'
refuses "not before its time" 1 HS-14 hs dispose 01.VP --decision '12/QĐ-UBND' --reason 'hết hạn' --date 2026-11-20
refuses "a closed one stays with it" 1 HS-05 hs set 01.VP --title khác
hs close 02.VP >/dev/null
hs list --due --json >out
is "what is to be handed over within 30 days" 0 '.dossiers | length'
yes "fsck" "$VANTHU" fsck
yes "the log" "$VANTHU" audit
yes "says each act" "$VANTHU" audit export -o log.jsonl
grep -o '"act":"dossier-[a-z-]*"' log.jsonl | sort -u | wc -l >out
says "of eight kinds" '^8$'
"$TOOLS_FAST/verify" "$VANTHU_RECORDS" >out && ok "register and files agree" || not_ok "register and files agree"
yes "a backup" "$VANTHU" backup -o "$fast/sao-luu"
yes "restored" "$VANTHU" restore "$fast"/sao-luu/vanthu-* --records "$fast/kho-moi"
yes "holds them" "$VANTHU" dossier show 01.VP --records "$fast/kho-moi" --json
is "as they were" 'handed-over 2' '"\(.state) \(.entries | length)"'
plan
