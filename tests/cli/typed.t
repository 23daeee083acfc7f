#!/bin/bash
# Text typed for an act is held to the rule of documents' text: what no page and no terminal can
# bear is refused with the field, the character and the remedy, before anything is written.
set -u
. tests/lib.sh
. tests/tools/postgres.sh
cd "$TMP" || exit 2
an_archive
a_letter

# --------------------------------------------------------------- what is refused
names=(escape bytes zero-width direction private delete c1 newline tab mark old long)
texts=($'xin\e[2Jnghỉ' $'xin\xffnghỉ' $'xin\u200bnghỉ' $'xin\u202enghỉ' $'xin\uE000nghỉ' $'xin\x7fnghỉ'
	$'xin\u0085nghỉ' $'xin\nnghỉ' $'xin\tnghỉ' $'\u0301xin nghỉ' 'Uyû ban nhaân daân xaõ'
	"$(printf 'x%.0s' {1..2100})")
told=('U+001B (ký tự điều khiển) ở ký tự thứ 4' 'byte FF ở chỗ thứ 4' 'U+200B (ký tự ẩn) ở ký tự thứ 4' 'U+202E (ký tự ẩn)'
	'U+E000 (ký tự riêng' 'U+007F (ký tự điều khiển)' 'U+0085 (ký tự điều khiển)' 'U+000A (xuống dòng)' 'U+0009 (tab)'
	'U+0301 (dấu rời' 'bảng mã VNI' 'dài 2100 ký tự, nhiều nhất là')

# Field, then the command; @ is the text.
acts() {
	cat <<'ACTS'
tên sổ|series set van-ban --types giay-moi --name @
lý do|series close cong-van/2026 --void a --reason @
lý do huỷ số|series close cong-van/2026 --reason a --void @
lý do|series open cong-van --date 2026-03-01 --first 9 --reason @
lý do huỷ số|series carry --date 2027-01-01 --void @
lý do|series carry --date 2029-01-01 --void a --override SO-25 --reason @
tên nhiệm kỳ|series term @ --from 2025-01-01
người giữ số|reserve cong-van --reason a --for @
lý do|reserve cong-van --for a --reason @
lý do|void cong-van/2026 3 --reason @
lý do|recall 1/UBND-VP --reason @
lý do|step 1/UBND-VP archive --reason @
lý do cấp số lần nữa|issue good.xml --again @
lý do|issue sau.xml --override SO-03 --reason @
từ khoá|set 1/UBND-VP --keywords @
ghi chú|set 1/UBND-VP --note @
tên người dùng|user set @
họ tên|user set os:lan --name @
chức vụ|user set os:lan --position @
số và ký hiệu hồ sơ|dossier open @ --title a --year 2026
tiêu đề hồ sơ|dossier open 09.VP --year 2026 --title @
đề mục|dossier open 09.VP --year 2026 --title a --heading @
đề mục nhỏ|dossier open 09.VP --year 2026 --title a --heading a --subheading @
người lập hồ sơ|dossier open 09.VP --year 2026 --title a --keeper @
ghi chú|dossier set 01.VP --note @
tờ số|dossier add 02.VP 1/UBND-VP --sheets @
ghi chú|dossier add 02.VP 1/UBND-VP --note @
lý do|dossier remove 01.VP 1 --reason @
lý do|dossier lock 01.VP --reason @
lý do|dossier close 01.VP --reason @
nơi gửi|dossier receive 01.VP den.pdf --subject a --sender @
trích yếu|dossier receive 01.VP den.pdf --sender a --subject @
số, ký hiệu văn bản|dossier receive 01.VP den.pdf --sender a --subject a --number @
tên loại|dossier receive 01.VP den.pdf --sender a --subject a --type @
người ký|dossier receive 01.VP den.pdf --sender a --subject a --signer @
chức vụ người ký|dossier receive 01.VP den.pdf --sender a --subject a --signer-position @
đơn vị hoặc người nhận|dossier receive 01.VP den.pdf --sender a --subject a --to @
mã định danh nơi gửi|dossier receive 01.VP den.pdf --sender a --subject a --organ @
lý do|dossier receive 01.VP den.pdf --sender a --subject a --again @
ghi chú|dossier receive 01.VP den.pdf --sender a --subject a --note @
bên giao|dossier hand-over 03.VP --giver @
bên nhận|dossier hand-over 03.VP --giver a --taker @
người giao|dossier hand-over 03.VP --giver a --giver-name @
người nhận|dossier hand-over 03.VP --giver a --taker-name @
căn cứ|dossier hand-over 03.VP --giver a --basis @
tên khối tài liệu|dossier hand-over 03.VP --giver a --bundle @
tình trạng tài liệu|dossier hand-over 03.VP --giver a --condition @
địa danh|dossier hand-over 03.VP --giver a --place @
người lập mục lục|dossier inventory 03.VP --maker @
quyết định|dossier list --decision @
quyết định (số, ký hiệu, ngày)|dossier dispose 03.VP --reason a --decision @
lý do|dossier dispose 03.VP --decision a --reason @
tên lần tìm|search kenh --save @
câu tìm|search --save a -- @
tên cơ quan|import-register so.csv --new-issuer --issuer @
cơ quan chủ quản|import-register so.csv --new-issuer --issuer Xã --superior @
lý do|import-register so.csv --gaps @
lý do ngày lùi|import-register so.csv --gaps a --backwards @
ACTS
}

an_office() {
	"$VANTHU" init >/dev/null
	"$VANTHU" issue good.xml >/dev/null # number 1
	"$VANTHU" reserve cong-van --for 'Văn phòng' --reason 'chờ ký' --until 2999-01-01 >/dev/null
	for code in 01 02 03; do
		"$VANTHU" dossier open $code.VP --title "Hồ sơ $code" --year 2026 --retention '1 năm' >/dev/null
	done
	"$VANTHU" dossier add 01.VP 1/UBND-VP >/dev/null
	"$VANTHU" dossier add 03.VP 1/UBND-VP >/dev/null
	"$VANTHU" dossier close 03.VP --sheets 1 >/dev/null
}
sed 's/đọc sách/trồng cây/; s/2026-03-16/2026-03-18/' good.xml >sau.xml
printf '%%PDF-1.4\n' >den.pdf
cat >so.csv <<'CSV'
Số;Ký hiệu;Ngày tháng;Tên loại;Trích yếu;Người ký;Nơi nhận;Ghi chú
1;QĐ-UBND;05/01/2023;Quyết định;về việc thành lập tổ đọc sách;Vừ A Páo;Văn phòng;
3;QĐ-UBND;06/01/2023;Quyết định;về việc thành lập tổ trồng cây;Vừ A Páo;Văn phòng;
CSV

# A byte that a terminal would act on, in what was told.
controls() { LC_ALL=C grep -aqP '[\x00-\x08\x0b-\x1f\x7f]|\xc2[\x80-\x9f]|\xe2\x80[\xaa-\xae]' "$@"; }

# The command of one line with one text: refused as it should be?  What is wrong is left in $wrong.
try() { # program line text-number
	local program=$1 field=${2%%|*} i=$3 word
	local -a command=()
	for word in ${2#*|}; do
		[ "$word" = @ ] && word=${texts[i]}
		command+=("$word")
	done
	"$program" "${command[@]}" >out 2>err </dev/null
	local got=$? said=$(<err)
	if [ $got -ne 1 ]; then
		wrong="$wrong ${names[i]}: status $got;"
	elif [[ $said != *'[KHO-15] Phần '"$field "*"${told[i]}"*'cách sửa: '* ]]; then
		wrong="$wrong ${names[i]}: ${said:0:300};"
	elif controls err out; then
		wrong="$wrong ${names[i]}: a control byte is shown;"
	fi
}

an_office
rows() { sqlite3 "$VANTHU_RECORDS/records.db" .dump | sha256sum; }
before=$(rows)
count=0
while read -r line; do
	wrong=
	for i in "${!texts[@]}"; do
		program=$VANTHU_FAST
		[ $((count % ${#texts[@]})) -eq "$i" ] && program=$VANTHU
		try "$program" "$line" "$i"
	done
	[ "$(rows)" = "$before" ] || wrong="$wrong the archive is another;"
	if [ -z "$wrong" ]; then ok "${line#*|}"; else not_ok "${line#*|}:$wrong"; fi
	count=$((count + 1))
done < <(acts)

# ------------------------------------------------------------- what is taken
nfd=$(printf 'Nghi\xcc\x89 o\xcc\x82\xcc\x81m') # Nghỉ ốm, each mark by itself
yes "a text of loose marks is taken" "$VANTHU" void cong-van/2026 3 --reason "$nfd"
same "and kept as documents keep it" 'Nghỉ ốm' "$(sqlite3 "$VANTHU_RECORDS/records.db" "SELECT reason FROM number WHERE number = 3")"
same "in the log, too" 1 "$("$VANTHU" audit export | grep -c 'Nghỉ ốm')"
yes "a dossier by the same" "$VANTHU" dossier set 01.VP --note "$nfd" --json
is "is the same" 'Nghỉ ốm' .note
yes "a search is kept by it" "$VANTHU" search 'trong cay' --save "$nfd"
yes "found by it" "$VANTHU" search --saved "$nfd"
yes "and forgotten" "$VANTHU" search --forget "$nfd"
yes "keywords, too" "$VANTHU" set 1/UBND-VP --keywords "$nfd"
yes "and found" "$VANTHU" search 'nghi om' --json
is "by them" 1 '.records | length'
yes "500 letters are a reason" "$VANTHU" reserve cong-van --for a --reason "$(printf 'ế%.0s' {1..500})"
refuses "501 are none" 1 'dài 501 ký tự, nhiều nhất là 500' "$VANTHU" reserve cong-van --for a --reason "$(printf 'ế%.0s' {1..501})"
cp so.csv $'so\ecũ.csv'
refuses "the name of a register is kept, too" 1 'Phần tên tệp của sổ có U+001B' "$VANTHU" import-register $'so\ecũ.csv' --gaps a
sed $'3s/Văn phòng;/Văn phòng;"hai\u200bdòng"/' so.csv >an.csv
refuses "a cell is held to it by line" 1 'an.csv:3: .*U+200B' "$VANTHU" import-register an.csv --gaps a
sed '3s/Văn phòng;$/Văn phòng;"hai\ndòng"/; 3s/tổ trồng/"\&/' so.csv | sed 's/"&/tổ trồng/' >hai.csv
yes "a cell of two lines is one of one" "$VANTHU" import-register hai.csv --gaps 'sổ cũ bỏ trống' --without-pdf
same "with a space between" 'hai dòng' "$(sqlite3 "$VANTHU_RECORDS/records.db" "SELECT note FROM document WHERE note LIKE 'hai%'")"

# --------------------------------------------------------------- names of books
long=$(printf 's%.0s' {1..65})
refuses "a book is called by 64 letters at most" 1 'SO-20.*dài 65 chữ, nhiều nhất là 64' "$VANTHU" series set "$long" --types '*'
refuses "also when it is opened" 1 'SO-20' "$VANTHU" series open "$long" --date 2026-01-01 --first 2
refuses "and for an old register" 1 'SO-20' "$VANTHU" import-register so.csv --gaps a --book "$long"
refuses "whose book has a name like any" 1 'SO-20' "$VANTHU" import-register so.csv --gaps a --book $'Sổ\e1'
yes "64 are a name" "$VANTHU" series set "${long#s}" --types to-trinh

# ---------------------------------------------- what older archives have
# No byte of the archive's, of a file's name, of an argument reaches a terminal as it is.
shown() { # what command...: status 0 or 1, and no control among what it says
	local what=$1
	shift
	"$@" >out 2>err </dev/null
	if [ $? -gt 1 ]; then
		not_ok "$what: status"
	elif tr -d '\r' <out | controls - err; then # a line of CSV ends with one
		not_ok "$what: a control byte is shown"
	else
		ok "$what"
	fi
}
change() { # column, hexadecimal bytes
	sqlite3 "$VANTHU_RECORDS/records.db" "UPDATE number SET $1 = CAST(x'$2' AS TEXT) WHERE number = 2 AND state = 'reserved'"
}
hex() { printf %s "$1" | od -An -tx1 -v | tr -d ' \n'; }
for name in $(sqlite3 "$VANTHU_RECORDS/records.db" "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'number'"); do
	sqlite3 "$VANTHU_RECORDS/records.db" "DROP TRIGGER $name"
done
change reason "$(hex $'chờ\e[2J\x7f\u009b\u202e\u200bký')"
change holder "$(hex $'Văn\nphòng \U1F600')ff"
shown "held numbers are listed" "$VANTHU" reserve
says "each such character as one" 'chờ�\[2J����ký'
says "a name on its line, a byte that is no letter, too" 'Văn�phòng 😀�'
shown "as JSON" "$VANTHU" reserve --json
grep -q '\\u007f\\u009b\\u202e\\u200bk' out && ok "they are escaped" || not_ok "they are escaped"
same "and the same for who reads it" "$(printf 'chờ\e[2J\x7f\u009b\u202e\u200bký' | od -An -tx1)" "$(jq -j '.held[0].reason' out | od -An -tx1)"
yes "their year's register is printed" "$VANTHU" register --series cong-van -o so.pdf
same "with a mark for each" 1 "$(pdftotext -layout so.pdf - 2>/dev/null | tr -d '\n' | grep -c 'chờ?\[2J')"
yes "also where the faces lack a letter" pdftotext so.pdf so.txt
grep -q '😀' so.txt && not_ok "which is one, too" || ok "which is one, too"
yes "a spreadsheet keeps that letter" "$VANTHU" register --series cong-van -o so.csv.csv
grep -q '😀' so.csv.csv && ok "as it is" || not_ok "as it is"
shown "to the terminal" "$VANTHU" register --series cong-van --format csv -o -
change reason "$(hex 'Uyû ban nhaân daân xaõ')"
yes "letters of VNI do not keep it back" "$VANTHU" register --series cong-van -o so.pdf
shown "statistics" "$VANTHU" stats
shown "a name that is looked for" "$VANTHU" show $'1\e[2J/UBND'
shown "a search" "$VANTHU" search $'kenh\e[2J'
shown "a file that is not there" "$VANTHU" check $'a\e[31m\x7f.xml'
shown "a command nobody knows" "$VANTHU" $'\e[2J'
shown "an option" "$VANTHU" show $'--\e[2J' 1
shown "a place" "$VANTHU" show 1 --records $'kho\e[2J\u009b'
shown "a book" "$VANTHU" series close $'s\e[2J' --reason a
shown "an agency" "$VANTHU" series --json --quiet
shown "where a file went" "$VANTHU" file 1/UBND-VP -o $'a\e[2J\nb.pdf'
[ -s $'a\e[2J\nb.pdf' ] && ok "which is there" || not_ok "which is there"
shown "the log" "$VANTHU" audit export

# --------------------------------------------------- the other store
if pg_found; then
	chmod 755 "$fast"
	trap 'pg_stop "$fast/pg" immediate 2>/dev/null; rm -rf "$fast"' EXIT
	pg_make "$fast/pg" || { not_ok "a PostgreSQL is started"; plan; exit 1; }
	export VANTHU_RECORDS="$(pg_url "$fast/pg")&schema=xa"
	an_office
	rows() { pg_as "$pg_bin/pg_dump" -h "$fast/pg" -U vanthu --data-only vanthu 2>/dev/null | grep -v '^\\\|setval' | sha256sum; }
	before=$(rows)
	count=0 wrong=
	while read -r line; do
		try "$VANTHU_FAST" "$line" $((count % ${#texts[@]}))
		count=$((count + 1))
	done < <(acts)
	if [ -z "$wrong" ]; then ok "PostgreSQL takes none of it"; else not_ok "PostgreSQL:$wrong"; fi
	same "and stays as it was" "$before" "$(rows)"
	yes "it takes loose marks" "$VANTHU" void cong-van/2026 3 --reason "$nfd"
	same "as one letter each" 'Nghỉ ốm' "$(pg_sql "$fast/pg" "SELECT reason FROM xa.number WHERE number = 3" vanthu)"
else
	echo "# PostgreSQL not tried: gói postgresql chưa được cài"
fi
plan
