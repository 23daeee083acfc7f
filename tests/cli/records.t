#!/bin/bash
# The archive from the command line: issue, find, show, hand out; every refusal
# leaves the numbers as they were.
set -u
. tests/lib.sh
cd "$TMP" || exit 2
# a disk of memory: there is much syncing here and nothing that depends on it
fast=$(mktemp -d -p /dev/shm 2>/dev/null || mktemp -d -p "$TMP")
trap 'rm -rf "$fast"' EXIT
export VANTHU_RECORDS=$fast/kho
cat >good.xml <<'XML'
<?xml version="1.0" encoding="UTF-8"?>
<document xmlns="urn:vanthu:document:1" system="state" type="cong-van">
  <issuer abbr="UBND"><name>Ủy ban nhân dân<br/>xã Thạch Bình</name></issuer>
  <number unit="VP"/>
  <place>Thạch Bình</place>
  <date>2026-11-16</date>
  <subject>chuẩn bị họp thôn</subject>
  <to><recipient>Trưởng các thôn</recipient></to>
  <body><p>Đề nghị các thôn gửi danh sách người dự họp trước ngày 20 tháng 11 năm 2026</p></body>
  <copies><as-above/><archive>VT</archive></copies>
  <signature><capacity kind="TM">Ủy ban nhân dân</capacity><position>Chủ tịch</position><name>Lê Thị Mai</name></signature>
</document>
XML
change() { sed "$1" good.xml >"$2"; }
issue() { "$VANTHU" issue "$@"; }

# ------------------------------------------------------------------ archive --
refuses "no archive yet" 1 'vanthu init' issue good.xml
yes "init" "$VANTHU" init --files-in-folder
refuses "init where one is" 1 'đã có kho' "$VANTHU" init
refuses "init nowhere" 2 "không có tệp hoặc thư mục này" "$VANTHU" init --records khong/co/kho
mkdir khac && echo x >khac/anh.jpg
refuses "init among other things" 1 'anh.jpg' "$VANTHU" init --records khac
mkdir gia && echo 'không phải sổ' >gia/records.db
refuses "not an archive" 1 'không phải là sổ' "$VANTHU" search --records gia
"$VANTHU" init --records moi >/dev/null && "$TOOLS_FAST/spoil" moi 'PRAGMA user_version = 99'
refuses "archive of a newer version" 1 'mới hơn' issue good.xml --records moi

# -------------------------------------------------------------------- issue --
yes "the first issuer needs no word" issue good.xml -o mot.pdf --json
is "number" 1 .number
is "designation" 01/UBND-VP .designation
is "notation" UBND-VP .notation
is "date" 2026-11-16 .date
is "file" mot.pdf .file
id=$(jq -r .id out)
[ "$(jq -r .sha256 out)" = "$(sha256sum mot.pdf | cut -d' ' -f1)" ] && ok "sha256 is the file's" || not_ok "sha256 is the file's"
pdftotext mot.pdf - | grep -q 'Số: 01/UBND-VP' && ok "the number is printed" || not_ok "the number is printed"
yes "issued once more" issue good.xml -o lai.pdf --json
is "it is the same record" "$id true" '"\(.id) \(.existing)"'
cmp -s mot.pdf lai.pdf && ok "and the same bytes" || not_ok "and the same bytes"
refuses "again without a reason" 1 'lý do' issue good.xml --again ''
yes "again with a reason" issue good.xml --again 'gửi thêm đợt hai' --json
is "gets a number" 2 .number

change 's/<number /<number value="7" /' co-so.xml
refuses "a number already" 1 'đã mang số 7' issue co-so.xml
change 's/2026-11-16//; s/họp thôn/họp xã/' khong-ngay.xml
refuses "no date" 1 '--date' issue khong-ngay.xml
change 's/2026-11-16/2026-11/; s/họp thôn/họp xã/' nua-ngay.xml
refuses "half a date" 1 '--date' issue nua-ngay.xml
refuses "dates that differ" 1 '11/2026' issue nua-ngay.xml --date 2026-10-30
refuses "a date backwards" 1 'số 2, ngày 16/11/2026' issue nua-ngay.xml --date 2026-11-15
refuses "a date to come" 1 'SO-04' issue khong-ngay.xml --date 2999-01-01
change 's/xã Thạch Bình/xã Thạch Bính/' la.xml
refuses "an issuer unknown" 1 '--new-issuer' issue la.xml
refuses "a folder as output" 2 'chưa cấp số' issue nua-ngay.xml --date 2026-11-17 -o khac
refuses "output nowhere" 2 'chưa cấp số' issue nua-ngay.xml --date 2026-11-17 -o khong/co/a.pdf
refuses "output onto a full disk" 2 "vanthu file" issue nua-ngay.xml --date 2026-11-17 -o /dev/full
yes "the number was kept for it" issue nua-ngay.xml --date 2026-11-17 -o ba.pdf --json
is "number 3" "3 true" '"\(.number) \(.existing)"'
yes "a new issuer, announced" issue la.xml --new-issuer --json
is "starts at 1" 1 .number

change 's/chuẩn bị họp thôn/V\/v họp chợ/; s/2026-11-16/2026-11-17/' loi.xml
"$VANTHU" check loi.xml --json >out 2>err
rule=$(jq -r '[.findings[] | select(.severity == "error")][0].id' out)
refuses "an error of form stops" 1 "$rule" issue loi.xml
refuses "override without a reason" 1 'lý do' issue loi.xml --override "$rule"
yes "override with a reason" issue loi.xml --override "$rule" --reason 'lãnh đạo đồng ý' --json
is "goes on with 4" 4 .number
yes "show" "$VANTHU" show "$(jq -r .id out)" --json
is "the log says why" "$rule lãnh đạo đồng ý" '.events[] | select(.act == "override") | "\(.detail.rule) \(.detail.reason)"'
is "and who" "os:$(id -un)" '.events[0].actor'

# ------------------------------------------------------- search, show, file --
yes "search without accents" "$VANTHU" search '"bi hop thon"' --json
is "finds" "chuẩn bị họp thôn" '[.records[].subject] | unique | join(",")'
yes "search by number" "$VANTHU" search 3/UBND-VP --json
is "finds it first" 3 '.records[0].number'
yes "search with accents" "$VANTHU" search 'họp chợ'
grep -q '04/UBND-VP' out && ok "for people" || not_ok "for people"
yes "accents nobody wrote" "$VANTHU" search 'hóp chò'
grep -q 'không xét dấu' out && ok "are left out, and it is said" || not_ok "are left out, and it is said"
yes "nothing found is no error" "$VANTHU" search 'tàu vũ trụ'
grep -q 'Không tìm thấy' out && ok "and it is said" || not_ok "and it is said"
yes "filters" "$VANTHU" search --type 'Công văn' --from 2026-11-17 --signer mai --recipient 'truong thon' --issuer 'thach binh' --json
is "both of that day" 4,3 '[.records[].number] | join(",")'
yes "a page" "$VANTHU" search --limit 2 --json
next=$(jq -r .next out)
yes "the next" "$VANTHU" search --limit 100 --after "$next" --json
is "has the rest" 3 '.records | length'
yes "garbage" "$VANTHU" search -- '"(* -- NEAR( AND' '-x"'
yes "many words" "$VANTHU" search $(seq 3000)
refuses "a limit of nonsense" 1 '1000' "$VANTHU" search --limit 0
yes "show by number" "$VANTHU" show '3/UBND-VP'
grep -q 'Lê Thị Mai' out && grep -q 'Trưởng các thôn' out && ok "with people" || not_ok "with people"
refuses "show what is not there" 1 'vanthu search' "$VANTHU" show 99/UBND-VP
refuses "show what is several" 1 '--year' "$VANTHU" show 1
yes "file" "$VANTHU" file 3/UBND-VP -o lay.pdf
cmp -s lay.pdf ba.pdf && ok "is what was issued" || not_ok "is what was issued"
"$VANTHU" file 3/UBND-VP -o - 2>err | cmp -s - ba.pdf && ok "also on standard output" || not_ok "also on standard output"
"$VANTHU" issue nua-ngay.xml -o - 2>err | cmp -s - ba.pdf && ok "issue too" || not_ok "issue too"
ln -s "$VANTHU_RECORDS/records.db" lien-ket.pdf
for to in "$VANTHU_RECORDS/records.db" "$VANTHU_RECORDS/records.db-wal" "$VANTHU_RECORDS/files/x.pdf" lien-ket.pdf; do
	refuses "into the archive: $to" 1 'thuộc kho' "$VANTHU" file 3/UBND-VP -o "$to"
	refuses "render into the archive: $to" 1 'thuộc kho' "$VANTHU" render good.xml -o "$to"
done
refuses "a merge into the archive" 1 'thuộc kho' "$VANTHU" merge state/giay-moi x.csv -o "$VANTHU_RECORDS/files"
"$VANTHU" issue nua-ngay.xml --date 2026-11-17 >out 2>err && [ ! -s err ] && ok "the same date again" || not_ok "the same date again"
"$VANTHU" issue nua-ngay.xml --date 2026-11-18 >out 2>err && grep -q SO-14 err && ok "another date is not passed over" || not_ok "another date is not passed over"
yes "source" "$VANTHU" file 3/UBND-VP --source -o nguon.xml
yes "which renders to the same" "$VANTHU" render nguon.xml -o nguon.pdf
cmp -s nguon.pdf ba.pdf && ok "bytes" || not_ok "bytes"
f=$VANTHU_RECORDS/$("$VANTHU" show 3/UBND-VP --json | jq -r .archived)
mv "$f" giu.pdf
refuses "a file that is gone" 2 'không còn trong kho' "$VANTHU" file 3/UBND-VP -o hong.pdf
mv giu.pdf "$f"
f=$VANTHU_RECORDS/$("$VANTHU" show 4/UBND-VP --json | jq -r .archived)
chmod u+w "$f" && printf X >>"$f"
refuses "a file that was changed" 2 'mã băm' "$VANTHU" file 4/UBND-VP -o hong.pdf
[ ! -e hong.pdf ] && ok "is not handed out" || not_ok "is not handed out"

# ------------------------------------------------------- merge, at once, full --
cat >moi.csv <<'CSV'
noi-nhan
Thôn Đoài
Thôn Đông
Thôn Đoài
CSV
sed 's/<document /<document xmlns:m="urn:vanthu:merge:1" /; s/họp thôn/họp {{noi-nhan}}/; s/2026-11-16//
	s/<issuer/<m:fields><m:field name="noi-nhan" label="Nơi nhận" required="yes"\/><\/m:fields><issuer/' good.xml >mau.xml
merge() { "$VANTHU" merge mau.xml moi.csv -o ra --issue --date 2026-11-18 --json; }
if merge >out 2>err; then
	is "merge issues each row" "5,6,7" '[.issued[].number] | join(",")'
	merge >out 2>err
	is "once" "5,6,7 true" '"\([.issued[].number] | join(",")) \([.issued[].existing] | all)"'
	"$VANTHU" merge mau.xml moi.csv -o ra --issue --date 2026-11-19 >out 2>err
	[ "$(grep -c SO-14 err)" = 1 ] && grep -q 'Có 3 văn bản' err && ok "another date is told once" || not_ok "another date is told once"
else
	echo "# $(head -c 600 out)"
	not_ok "merge issues each row"
fi

for i in 1 2 3 4 5 6; do
	change "s/họp thôn/việc thứ $i/; s/2026-11-16/2026-11-19/" "v$i.xml"
	"$VANTHU_FAST" issue "v$i.xml" --json >"v$i.json" 2>&1 &
done
wait
got=$(jq -rs '[.[].number | tonumber] | sort | map(tostring) | join(",")' v?.json)
[ "$got" = 8,9,10,11,12,13 ] && ok "six at once: $got" || not_ok "six at once: $got"

change 's/họp thôn/đĩa đầy/; s/2026-11-16/2026-11-20/' day.xml
bad=0
for at in 1 3 6 9 12 15 20 25 30; do
	LD_PRELOAD=$SHIMS/failio.so FAILIO_UNDER=$VANTHU_RECORDS FAILIO=$at FAILIO_ALL=1 \
		"$VANTHU_FAST" issue day.xml >out 2>err
	status=$?
	if [ $status -eq 0 ]; then break; fi
	[ $status -eq 2 ] && grep -q 'đầy' err || { bad=1; break; }
done
[ $bad -eq 0 ] && ok "a full disk is named" || not_ok "a full disk, call $at: status $status"
yes "and nothing is lost when there is room again" issue day.xml --json
is "number 14" 14 .number

for i in $(seq 12); do
	change "s/họp thôn/giữa chừng $i/; s/2026-11-16/2026-11-20/" "k.xml"
	"$VANTHU_FAST" issue k.xml -o k.pdf >/dev/null 2>&1 &
	sleep "0.0$((RANDOM % 8))$((RANDOM % 10))"
	kill -9 $! 2>/dev/null
	wait $! 2>/dev/null
	"$VANTHU_FAST" issue k.xml -o "k$i.pdf" >out 2>err || bad=1
	[ -s "k$i.pdf" ] || bad=1
done
[ $bad -eq 0 ] && ok "killed and issued again: each has its number" || not_ok "killed and issued again"
# the file spoilt on purpose above
"$TOOLS_FAST/verify" "$VANTHU_RECORDS" >out 2>err
[ "$(grep -c '^wrong' out)" -eq 1 ] && grep -q "$(basename "$f")" out && grep -q '^27 documents' out &&
	ok "register and files agree" || not_ok "register and files agree"
plan
