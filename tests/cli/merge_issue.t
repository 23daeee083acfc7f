#!/bin/bash
# A merge that issues works in acts of many documents: a row at fault is passed
# over and takes no number; what broke an act off gave no number, no copy and no
# word of either; and the same merge again issues what is left, once.
set -u
. tests/lib.sh
cd "$TMP" || exit 2
fast=$(mktemp -d -p /dev/shm 2>/dev/null || mktemp -d -p "$TMP")
trap 'rm -rf "$fast"' EXIT
cat >mau.xml <<'XML'
<?xml version="1.0" encoding="UTF-8"?>
<document xmlns="urn:vanthu:document:1" xmlns:m="urn:vanthu:merge:1" system="state" type="cong-van">
  <m:fields><m:field name="ho" label="Họ tên chủ hộ" required="yes"/>
    <m:field name="thon" label="Thôn" required="yes"/></m:fields>
  <issuer abbr="UBND"><name>Ủy ban nhân dân<br/>xã Thạch Bình</name></issuer>
  <number unit="VP"/>
  <place>Thạch Bình</place>
  <date>2026-11-16</date>
  <subject>mời họp về tu sửa đường thôn</subject>
  <to><recipient>Gia đình {{ho}}, {{thon}}</recipient></to>
  <body><p>Ủy ban nhân dân xã mời đại diện gia đình dự họp tại nhà văn hóa thôn.</p></body>
  <copies><as-above/><archive>VT</archive></copies>
  <signature><capacity kind="TM">Ủy ban nhân dân</capacity><position>Chủ tịch</position><name>Lê Thị Mai</name></signature>
</document>
XML
rows() { # count, row: households, that one without a name
	echo ho,thon
	for ((i = 1; i <= $1; i++)); do
		[ "$i" = "${2:-}" ] && echo ',Thôn Đoài' || echo "ông Trần Văn Hộ $i,Thôn Đoài"
	done
}
new() { # a fresh archive
	rm -rf "$fast/kho" ra
	VANTHU_RECORDS=$fast/kho "$VANTHU_FAST" init >/dev/null
}
export VANTHU_RECORDS=$fast/kho
merge() { "$VANTHU_FAST" merge mau.xml ho.csv -o ra --issue --json "$@"; }
# every number once and none left out, register and files agree, each copy is the file that was issued
whole() { # what count
	local got
	got=$(sqlite3 "$fast/kho/records.db" "SELECT count(*) || ' ' || min(number) || ' ' || max(number) || ' ' || count(DISTINCT number) FROM number")
	same "$1: numbers" "$2 1 $2 $2" "$got"
	if "$VANTHU_FAST" fsck >"$TMP/out" 2>"$TMP/err"; then ok "$1: fsck"; else not_ok "$1: fsck"; fi
}

rows 300 77 >ho.csv
new
merge >out 2>err
same "a row at fault: status" 1 $?
grep -q 'bản ghi 77 (dòng 78)' out err && ok "it is named" || not_ok "it is named"
is "the others are issued" "299 1" '"\(.made) \(.failed)"'
is "in the order of the rows" true '[.issued[].number | tonumber] == [range(1; 300)]'
same "each has its copy" 299 "$(ls ra/*.pdf | wc -l)"
whole "with a row at fault" 299
sed -i 's/^,/bà Lê Thị Hộ,/' ho.csv
yes "the row mended" merge
is "one more" "300 1" '"\(.made) \([.issued[] | select(.existing | not)] | length)"'
is "it gets the next number" 300 '.issued[76].number'
whole "mended" 300

# Documents are made ahead with the number they will most likely get.  Two series by turns, where no guess holds, a
# row at fault, rows issued before and numbers held among them: each paper bears the number the register gave it.
{
	echo ho,thon,ngay
	for ((i = 1; i <= 60; i++)); do
		case $((i % 4)) in
		0 | 1) echo "ông Lò Văn Hộ $i,Thôn Thượng,2025-12-30" ;;
		*) echo "ông Lò Văn Hộ $i,Thôn Hạ,2026-11-16" ;;
		esac
	done
} >lan-luot.csv
sed -e 's|<date>2026-11-16</date>|<date>{{ngay}}</date>|' -e 's|</m:fields>|<m:field name="ngay" label="Ngày" kind="date"/></m:fields>|' mau.xml >mau-ngay.xml
new
head -7 lan-luot.csv >dau.csv
"$VANTHU_FAST" merge mau-ngay.xml dau.csv -o truoc --issue >/dev/null 2>err || cat err
"$VANTHU_FAST" reserve cong-van/2026 --for "ông Đào Văn Giữ" --reason "chờ ký" >/dev/null 2>err || cat err
sed -i '20s/^[^,]*/ /' lan-luot.csv
"$VANTHU_FAST" merge mau-ngay.xml lan-luot.csv -o ra --issue --json >out 2>err
same "by turns: status" 1 $?
is "by turns: those of one year" true '[.issued[] | select(.date == "2025-12-30") | .number | tonumber] == [range(1; 31)]'
is "by turns: those of the other" true '[.issued[] | select(.date == "2026-11-16") | .number | tonumber] == ([range(1; 4)] + [range(5; 31)])'
for f in ra/*.pdf; do
	echo "$(basename "$f" .pdf) $(pdftotext "$f" - | sed -n 's/^Số: 0*\([0-9]*\).*/\1/p')"
done >tren-giay
jq -r '.issued[] | "\(.file | split("/")[-1] | rtrimstr(".pdf")) \(.number)"' out >trong-so
if [ "$(wc -l <trong-so)" = 59 ] && cmp -s tren-giay trong-so; then ok "each paper bears its number"; else not_ok "$(diff tren-giay trong-so | head -5)"; fi

# A call that fails at any place: what was said to be issued is, and nothing else.
rows 40 >ho.csv
bad=
for at in 1 2 4 8 12 20 30 45 70 100 150 220 400; do
	new
	LD_PRELOAD=$SHIMS/failio.so FAILIO_UNDER=$fast/kho FAILIO=$at FAILIO_ALL=1 \
		"$VANTHU_FAST" merge mau.xml ho.csv -o ra --issue --json >out 2>err
	status=$?
	said=$(jq '[.issued[]?] | length' out 2>/dev/null)
	copies=$(ls ra/*.pdf 2>/dev/null | wc -l)
	[ "${said:-0}" = "$copies" ] || bad="$bad $at: said $said, copies $copies;"
	[ $status -eq 0 ] || [ "$copies" -lt 40 ] || bad="$bad $at: status $status;"
	merge >out 2>err || bad="$bad $at: again fails;"
	known=$(jq '[.issued[] | select(.existing)] | length' out)
	[ "$known" -ge "$copies" ] || bad="$bad $at: $copies copies, $known issued;"
	[ "$(sqlite3 "$fast/kho/records.db" 'SELECT count(*) || max(number) FROM number')" = 4040 ] || bad="$bad $at: numbers;"
	[ $status -eq 0 ] && break
done
[ -z "$bad" ] && ok "failing calls, up to number $at" || not_ok "failing calls:$bad"

# Killed anywhere.
rows 400 >ho.csv
new
for ms in 010 030 060 090 120 150; do
	"$VANTHU_FAST" merge mau.xml ho.csv -o ra --issue >/dev/null 2>&1 &
	job=$!
	sleep 0.$ms
	kill -9 $job 2>/dev/null
	wait $job 2>/dev/null
done
for f in ra/*.pdf; do # a copy that was made is of what was issued
	[ -e "$f" ] || continue
	sha=$(sha256sum "$f" | cut -d' ' -f1)
	[ "$(sqlite3 "$fast/kho/records.db" "SELECT count(*) FROM document_file WHERE sha256 = '$sha'")" = 1 ] || echo "$f"
done >odd
[ ! -s odd ] && ok "copies are of what was issued" || not_ok "copies of nothing: $(head -3 odd)"
yes "after kills" merge
same "all" 400 "$(jq .made out)"
whole "after kills" 400

# Two at once, one series.
rows 150 >ho.csv
sed 's/ông/bà/' ho.csv >ba.csv
new
"$VANTHU_FAST" merge mau.xml ba.csv -o rb --issue >/dev/null 2>&1 &
merge >out 2>err && wait $! && ok "two at once" || not_ok "two at once"
whole "two at once" 300
# the same words with another file beside them keep their numbers, and that is said once
new
printf '%%PDF-1.4\nmột\n%%%%EOF\n' >so-do.pdf
sed -i 's|</document>|<enclosure href="so-do.pdf" title="Sơ đồ"/></document>|' mau.xml
rows 3 >ho.csv
yes "a merge with a file sent along" merge
yes "once more" merge
is "has nothing to tell" 0 '[.findings[] | select(.id == "SO-27")] | length'
printf '%%PDF-1.4\nhai\n%%%%EOF\n' >so-do.pdf
yes "and with another file" merge
is "that one is not sent" 'Có 3 văn bản đã ban hành' '.findings[] | select(.id == "SO-27") | .message[:24]'
plan
