#!/bin/bash
# Series and numbers from the command line: seen, decided, held, given up.
set -u
. tests/lib.sh
cd "$TMP" || exit 2
an_archive
a_letter
change() { sed "$1" good.xml >"$2"; }
"$VANTHU" init >/dev/null
yes "an archive without series" "$VANTHU" series
says "says so" 'chưa có sổ nào'
refuses "no book is decided on for nobody" 1 'series issuer' "$VANTHU" series set van-ban --types '*'
yes "an agency is recorded before its first number" "$VANTHU" series issuer good.xml
says "by its name" 'Đã ghi cơ quan vào kho: Ủy ban nhân dân xã Suối Trầu'
yes "once" "$VANTHU" series issuer good.xml
says "as it says" 'Kho đã có'
yes "a book is decided on in time" "$VANTHU" series set van-ban --types giay-moi
"$VANTHU" issue good.xml >/dev/null
yes "the last number and date are seen" "$VANTHU" series
says "of each series" 'cong-van/2026 (năm 2026): số cuối 1, ngày cuối 16/03/2026'
yes "also by a program" "$VANTHU" series --json
is "with its counts" "cong-van 2026 1 0 0" '.series[0] | "\(.book) \(.period) \(.used) \(.reserved) \(.void)"'

refuses "a number is not held without a reason" 1 '--reason' "$VANTHU" reserve cong-van --for 'Văn phòng'
yes "held" "$VANTHU" reserve cong-van --count 2 --for 'Văn phòng' --reason 'chờ ký' --until 2999-01-01 --json
is "are the next two" "2,3" '.numbers | join(",")'
change 's/đọc sách/trồng cây/; s/2026-03-16/2026-03-18/' b.xml
yes "issue goes on behind them" "$VANTHU" issue b.xml --json
is "with 4" 4 .number
change 's/đọc sách/bơi lội/; s/2026-03-16/2026-03-17/' c.xml
refuses "an earlier day does not follow" 1 'SO-03' "$VANTHU" issue c.xml
yes "but has the number held for it" "$VANTHU" issue c.xml --number 2 --json
is "number 2" "2 2026-03-17" '"\(.number) \(.date)"'
refuses "void wants a reason" 1 'lý do' "$VANTHU" void cong-van/2026 3
refuses "white space is none" 1 'lý do' "$VANTHU" void cong-van/2026 3 --reason $' \t\u00a0'
refuses "nor for issuing again" 1 'lý do' "$VANTHU" issue good.xml --again ' '
refuses "nor for a rule passed over" 1 'lý do' "$VANTHU" issue good.xml --override SO-03 --reason ' '
refuses "nor for a recall" 1 'lý do' "$VANTHU" recall 1/UBND-VP --reason ' '
refuses "more numbers than a book has are asked for in vain" 1 'đến 500' "$VANTHU" reserve cong-van --for A --reason B --count 2000000000
refuses "one number by name is one" 1 'bỏ --count' "$VANTHU" reserve cong-van --for A --reason B --number 3 --count 2
yes "void" "$VANTHU" void cong-van/2026 3 --reason 'không ký nữa'
refuses "is for ever" 1 'đã huỷ' "$VANTHU" issue c.xml --again 'thử' --number 3
change 's/đọc sách/leo núi/; s/2026-03-16/2026-03-17/' d.xml
yes "a date backwards, answered for" "$VANTHU" issue d.xml --override SO-03 --reason 'vào sổ muộn một ngày' --json
is "has its number" 5 .number
yes "and its reason in the log" "$VANTHU" show "$(jq -r .id out)" --json
is "with the rule" "SO-03 vào sổ muộn một ngày" '[.events[] | select(.act == "override")][0].detail | "\(.rule) \(.reason)"'
change 's/đọc sách/kéo co/; s/2026-03-16/2026-03-17/' e.xml
refuses "no suffix where the series has none" 1 'suffixes' "$VANTHU" issue e.xml --number 2a
yes "allowed" "$VANTHU" series set cong-van --suffixes
yes "between two numbers" "$VANTHU" issue e.xml --number 2a --json
is "2a" 2a .number
"$VANTHU" file "$(jq -r .id out)" -o e.pdf 2>err && pdftotext e.pdf - | grep -q '2a/UBND-VP' && ok "is printed" || not_ok "is printed"
refuses "recall wants a reason" 1 '--reason' "$VANTHU" recall 1/UBND-VP
refuses "replace wants the other" 1 '--by' "$VANTHU" replace 1/UBND-VP --reason 'đã khác'
yes "corrected by a letter" "$VANTHU" correct 1/UBND-VP --by 4/UBND-VP --reason 'sai chính tả'
yes "replaced" "$VANTHU" replace 1/UBND-VP --by 4/UBND-VP --reason 'nội dung đã khác'
says "and said so" 'đã bị thay thế'
refuses "once" 1 'chỉ có thể: lưu trữ' "$VANTHU" recall 1/UBND-VP --reason 'thôi'
yes "recalled" "$VANTHU" recall 2a/UBND-VP --reason 'sai thẩm quyền' --json
is "keeps its number" "2a recalled" '"\(.number) \(.state)"'
yes "shown with what became of it" "$VANTHU" show 1/UBND-VP
says "by whom" 'bị thay thế bởi 04/UBND-VP ngày 18/03/2026, lý do: nội dung đã khác'
yes "archived" "$VANTHU" step 1/UBND-VP archive
refuses "no step that is none" 1 'chỉ có thể' "$VANTHU" step 4/UBND-VP sign
yes "carried over" "$VANTHU" series carry --date 2027-01-01
says "which, where to and after what" '^  cong-van: 2026 → 2027; số cuối [0-9]*$'
yes "nothing is over twice" "$VANTHU" series carry --date 2027-01-01
says "which is said" 'Không có sổ nào hết kỳ'
refuses "closed is closed" 1 'đã khoá' "$VANTHU" issue d.xml --again 'thử'
refuses "void of what is held wants a reason" 1 'phải có lý do' "$VANTHU" series carry --date 2028-01-01 --void ' '
refuses "a far year is asked about" 1 'SO-25' "$VANTHU" series carry --date 2206-01-01
refuses "with a reason" 1 'lý do' "$VANTHU" series carry --date 2206-01-01 --override SO-25
refuses "of nothing else" 1 CLI-16 "$VANTHU" series carry --date 2027-01-01 --override SO-04 --reason 'thử'
refuses "opened again only with a reason" 1 'lý do' "$VANTHU" series open cong-van --date 2026-12-31
refuses "blanks are none" 1 'lý do' "$VANTHU" series open cong-van --date 2026-12-31 --reason ' '
refuses "a book is named without its period" 1 'không kèm kỳ' "$VANTHU" series open cong-van/2026 --date 2026-12-31 --reason 'sót'
yes "no other book came of it" "$VANTHU" series --json
is "two periods of one" "cong-van cong-van" '[.series[].book] | join(" ")'
yes "the one open is meant where the others are closed" "$VANTHU" reserve cong-van --for 'Văn phòng' --reason 'chờ ký' --json
is "that of the new year" 2027 .period
yes "and is given up" "$VANTHU" void cong-van "$(jq -r '.numbers[0]' out)" --reason 'thôi'
yes "opened again" "$VANTHU" series open cong-van --date 2026-12-31 --reason 'sót văn bản'
refuses "an act nobody knows" 1 'series --help' "$VANTHU" series xoa cong-van
refuses "a series nobody knows" 1 'vanthu series' "$VANTHU" reserve quyet-dinh --for A --reason B
yes "a term" "$VANTHU" series term 2025-2030 --from 2025-09-16
yes "a group of types, by their names" "$VANTHU" series set chung --types 'Kế hoạch, bao cao' --name 'Sổ chung' --suffixes
refuses "a name of no letters at all is none" 1 CLI-19 "$VANTHU" series set chung --types "$(printf '\xff\xfe\xff\xfe\xff\xfe\xff\xfe')"
yes "its secret ones" "$VANTHU" series set chung --types '*' --secret
refuses "both at once" 1 CLI-16 "$VANTHU" series set chung --suffixes --no-suffixes
yes "what was decided" "$VANTHU" series
for words in 'chung “Sổ chung” (theo năm, có chữ kèm): Báo cáo, Kế hoạch' 'chung “Sổ chung” (theo năm, có chữ kèm): văn bản mật: mọi loại còn lại' \
	'2025-2030 (nhiệm kỳ): từ 16/09/2025'; do
	says "is told: $words" "$words"
done
yes "for programs" "$VANTHU" series --json
is "too" 'chung,chung,cong-van,van-ban 2025-09-16' '"\([.books[].book] | join(",")) \(.terms[0].opens)"'

# the list of numbers held
day() { date -u -d "+7 hours $1" +%F; }
yes "nothing is held" "$VANTHU" reserve
says "says so" 'Không có số nào'
"$VANTHU" reserve cong-van/2027 --for 'Phòng Văn hoá' --reason 'chờ ý kiến' --until "$(day '40 days')" >/dev/null
"$VANTHU" reserve cong-van/2027 --for 'Văn phòng' --reason 'chờ ký' >/dev/null
"$VANTHU" reserve cong-van/2027 --for 'Phòng Kinh tế' --reason 'họp, rồi ký' --until "$(day '2 days')" >/dev/null
yes "listed" "$VANTHU" reserve
same "soonest first, without end last" "4 2 3" "$(awk '/cong-van/ { printf "%s%s", s, $1; s = " " }' out)"
says "of whom" "^Ủy ban nhân dân xã Suối Trầu$"
says "with the days left" 'còn 2 ngày  *Phòng Kinh tế  *họp, rồi ký'
says "and a sum" 'Tính đến ngày [0-9/]*: 3 số đang giữ, không số nào quá hạn'
yes "for programs" "$VANTHU" reserve --json
is "too" "4 Phòng Kinh tế 2 false 0" '.over as $n | .held[0] | "\(.number) \(.for) \(.daysLeft) \(.over) \($n)"'
yes "as a spreadsheet" "$VANTHU" reserve --series cong-van/2027 -o giu.csv
same "with its columns" 'Số,Sổ,Giữ cho,Giữ đến hết ngày,Hạn giữ,Lý do,Người ghi vào sổ' "$(tail -c +4 giu.csv | head -1 | tr -d '\r')"
same "and rows" '4 2 3' "$(sed 1d giu.csv | cut -d, -f1 | paste -sd' ')"
yes "in print" "$VANTHU" reserve -o giu.pdf
pdftotext -layout giu.pdf - | grep -q 'CÁC SỐ ĐANG GIỮ' && ok "under its name" || not_ok "under its name"
yes "none is over" "$VANTHU" reserve --over --json
is "yet" 0 '.held | length'
refuses "held or listed" 1 CLI-01 "$VANTHU" reserve cong-van/2027 --for A --reason B --over
refuses "where?" 1 'ở sổ nào' "$VANTHU" reserve --for A --reason B
yes "register and files agree" "$TOOLS_FAST/verify" "$VANTHU_RECORDS"

# Two of one name are told apart by whom they stand under; what is told can be typed.
change 's|<name>Ủy|<superior>Ủy ban nhân dân tỉnh Lam Giang</superior>&|' duoi.xml
yes "an agency of the same name, under another" "$VANTHU" series issuer duoi.xml
refuses "which of them?" 1 '“Ủy ban nhân dân xã Suối Trầu”, “Ủy ban nhân dân tỉnh Lam Giang, Ủy ban nhân dân xã Suối Trầu”' \
	"$VANTHU" series set van-ban --types '*'
for name in 'Ủy ban nhân dân xã Suối Trầu' 'Ủy ban nhân dân tỉnh Lam Giang, Ủy ban nhân dân xã Suối Trầu'; do
	yes "“$name” is one of them" "$VANTHU" series set van-ban --types bao-cao --issuer "$name"
done
plan
