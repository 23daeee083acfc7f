#!/bin/bash
# Drafts and their steps, rights of people, what is asked in vain.
set -u
cd "$TMP" || exit 2
n=0
ok() { n=$((n + 1)); echo "ok $n - $*"; }
not_ok() {
	n=$((n + 1))
	echo "not ok $n - $*"
	sed 's/^/# /' err out 2>/dev/null | head -12
}
yes() { # what command...
	local what=$1
	shift
	if "$@" >out 2>err </dev/null; then ok "$what"; else not_ok "$what: status $?"; fi
}
refuses() { # what needle command...
	local what=$1 needle=$2
	shift 2
	"$@" >out 2>err </dev/null
	local got=$?
	if [ $got -ne 1 ]; then
		not_ok "$what: exit status $got, not 1"
	elif ! grep -q -- "$needle" err; then
		not_ok "$what: the message lacks “$needle”"
	else
		ok "$what"
	fi
}
is() { # what wanted jq-filter
	local got
	got=$(jq -r "$3" out)
	[ "$got" = "$2" ] && ok "$1" || not_ok "$1: $got, not $2"
}
says() { grep -q -- "$2" out && ok "$1" || not_ok "$1: “$2” is not said"; }
fast=$(mktemp -d -p /dev/shm 2>/dev/null || mktemp -d -p "$TMP")
trap 'rm -rf "$fast"' EXIT
export VANTHU_RECORDS=$fast/kho
me=os:$(id -un)
cat >a.xml <<'XML'
<?xml version="1.0" encoding="UTF-8"?>
<document xmlns="urn:vanthu:document:1" system="state" type="cong-van">
  <issuer abbr="UBND"><name>Ủy ban nhân dân<br/>xã Suối Trầu</name></issuer>
  <number unit="VP"/>
  <place>Suối Trầu</place>
  <date>2026-03-16</date>
  <subject>chuẩn bị ngày hội đọc sách</subject>
  <to><recipient>Trưởng các thôn</recipient></to>
  <body><p>Đề nghị các thôn gửi danh sách học sinh dự ngày hội trước ngày 20 tháng 3 năm 2026</p></body>
  <copies><as-above/><archive>VT</archive></copies>
  <signature><capacity kind="TM">Ủy ban nhân dân</capacity><position>Chủ tịch</position><name>Vừ A Páo</name></signature>
</document>
XML
sed 's/đọc sách/trồng cây/' a.xml >b.xml
sed 's/đọc sách/hát ru/' a.xml >c.xml
"$VANTHU" init >/dev/null

# ---------------------------------------------------------------- drafts --
yes "no draft yet" "$VANTHU" draft
yes "a draft comes in" "$VANTHU" draft a.xml --json
is "without a number" "draft null" '"\(.state) \(.number)"'
id=$(jq -r .id out)
refuses "once" 'DOI-06' "$VANTHU" draft a.xml
refuses "not numbered before it is signed" 'DOI-01' "$VANTHU" issue a.xml
yes "submitted" "$VANTHU" step "$id" submit
refuses "not returned without a reason" 'DOI-02' "$VANTHU" step "$id" return
yes "returned" "$VANTHU" step "$id" return --reason 'thiếu căn cứ'
yes "submitted again" "$VANTHU" step "$id" submit
yes "listed" "$VANTHU" draft --json
is "with its state" "$id submitted" '.records[] | "\(.id) \(.state)"'
yes "signed" "$VANTHU" step "$id" sign
yes "numbered" "$VANTHU" issue a.xml --json
is "the same record" "$id numbered 1" '"\(.id) \(.state) \(.number)"'
yes "sealed" "$VANTHU" step "$id" seal
yes "released" "$VANTHU" step "$id" release --json
is "issued" issued .state
yes "shown" "$VANTHU" show "$id"
says "numbered before it was released" ': cấp số$'
grep -q ': ban hành$' out && not_ok "issued by no act of its own" || ok "issued by no act of its own"
says "the source it came with is an older one" 'nguồn XML (bản trước), '
same "only that" 1 "$(grep -c 'bản trước' out)"
yes "no draft any more" "$VANTHU" draft
says "so it says" 'không có dự thảo nào'
yes "a draft of what was issued is told" "$VANTHU" fsck

# ---------------------------------------------------------------- rights --
refuses "nobody locks everybody out" 'DOI-03' "$VANTHU" user roles on
refuses "no such role" 'NG-01' "$VANTHU" user set "$me" --roles vua
yes "a head" "$VANTHU" user set "$me" --name 'Vừ A Páo' --position 'Chủ tịch' --roles head,signer
yes "a clerk" "$VANTHU" user set os:sua --name 'Giàng Thị Sua' --roles clerk
yes "rights are asked for" "$VANTHU" user roles on
refuses "by the program" 'DOI-03' "$VANTHU" issue b.xml
for act in 'dossier open 01.VP --year 2026 --title a' 'set 1/UBND-VP --note a'; do
	refuses "no head's act: $act" 'DOI-03' "$VANTHU" $act
	! "$VANTHU" audit export | tail -1 | grep -q "$me.*$(echo "$act" | cut -d' ' -f1)" && ok "and none in the log" || not_ok "$act stands in the log"
done
refuses "the last head stays" 'NG-02' "$VANTHU" user set "$me" --roles clerk
refuses "in office" 'NG-02' "$VANTHU" user set "$me" --inactive
yes "more roles" "$VANTHU" user set "$me" --roles head,drafter,signer,clerk
yes "one may issue now" "$VANTHU" issue b.xml
refuses "acts that are none" 'NG-03' "$VANTHU" user separate an ngu
yes "who drafts does not sign" "$VANTHU" user separate submit sign
yes "a draft" "$VANTHU" draft c.xml --json
id=$(jq -r .id out)
yes "submitted" "$VANTHU" step "$id" submit
refuses "signed by another" 'DOI-04' "$VANTHU" step "$id" sign
yes "who is who" "$VANTHU" user
for words in 'Kho hỏi quyền' "$me, Vừ A Páo, Chủ tịch: văn thư, người soạn thảo, lãnh đạo, người ký" \
	'os:sua, Giàng Thị Sua: văn thư' 'Một người không vừa trình vừa ký một văn bản' \
	'gia hạn nộp lưu: lãnh đạo' 'nhận văn bản đến: văn thư'; do
	says "says: $words" "$words"
done
yes "for programs" "$VANTHU" user --json
is "with the duties" 'clerk,head head' '"\(.duties["series-close"]) \(.duties.book)"'
is "too" 'true 2 submit sign' '"\(.roles) \(.users | length) \(.separations[0] | join(" "))"'
yes "the rule goes" "$VANTHU" user join sign submit
yes "and it is signed" "$VANTHU" step "$id" sign
yes "rights are not asked for any more" "$VANTHU" user roles off
yes "all of it is in the log, and nothing else" "$VANTHU" fsck
"$TOOLS_FAST/spoil" "$VANTHU_RECORDS" "INSERT INTO actor_role VALUES ('os:sua', 'head')"
refuses "a right given beside the program is named" 'người dùng, quyền' "$VANTHU" fsck
"$TOOLS_FAST/spoil" "$VANTHU_RECORDS" "DELETE FROM actor_role WHERE name = 'os:sua' AND role = 'head'"

# --------------------------------------------------- what is asked in vain --
refuses "options of user set" 'CLI-16' "$VANTHU" user roles off --name x
refuses "head has no file" 'CLI-16' "$VANTHU" audit head -o x
refuses "nor anything against it" 'CLI-16' "$VANTHU" audit head --against x
refuses "fsck from without repair" 'CLI-16' "$VANTHU" fsck --from .
refuses "a backup is a folder" 'CLI-16' "$VANTHU" backup -o -
refuses "from behind to" 'CLI-16' "$VANTHU" search --from 2026-05 --to 2026-04
yes "a month in its year" "$VANTHU" search --from 2026-05 --to 2026
refuses "a number for what has one" 'SO-09' "$VANTHU" issue b.xml --number 9
refuses "held until yesterday" 'SO-20' "$VANTHU" reserve cong-van --for x --reason y --until 2020-01-01
refuses "a number below none" 'SO-20' "$VANTHU" reserve cong-van --for x --reason y --number -5
refuses "what is neither held nor next is not made void" 'không đang giữ, cũng không phải số kế tiếp (3)' "$VANTHU" void cong-van 9 --reason x
refuses "types that are none" 'Không có loại văn bản “thu-tinh”' "$VANTHU" series set chung --types ke-hoach,thu-tinh
refuses "the one that was meant is named" 'Có phải là “Kế hoạch”' "$VANTHU" series set chung --types ke-hoahc
refuses "they are parted by commas" 'dấu phẩy' "$VANTHU" series set chung --types 'ke-hoach bao-cao thong-bao'
refuses "no types at all" 'SO-20' "$VANTHU" series set chung --types ' , '
yes "closed" "$VANTHU" series close cong-van --reason 'hết năm'
refuses "once" 'đã khoá từ trước' "$VANTHU" series close cong-van --reason 'hết năm'
yes "opened again" "$VANTHU" series open cong-van --date 2026-05-01 --reason 'khoá nhầm'
before=$("$VANTHU" audit head)
yes "open already" "$VANTHU" series open cong-van --date 2026-05-01
[ "$("$VANTHU" audit head)" = "$before" ] && ok "is not logged" || not_ok "logged"

# a volume is closed only when it can be printed
mkdir -p rieng/books && echo '<hong' >rieng/books/so-dang-ky-van-ban-di.xml
"$VANTHU" register --series cong-van --close -o q.pdf --local rieng >out 2>err && not_ok "printed from nothing" || ok "not to be printed"
yes "no volume" "$VANTHU" register --volumes
says "is closed" 'Chưa có quyển nào'
yes "printed" "$VANTHU" register --series cong-van --close -o q.pdf
says "with a head to be kept" 'ghi lại ở ngoài kho'
yes "which the archive knows" "$VANTHU" fsck
pdftotext q.pdf - | tr -d '\n' >out
says "and the paper has" "$("$VANTHU" audit head | cut -d' ' -f2)"
says "the day is that of Viet Nam" "khoá ngày $(TZ=Asia/Ho_Chi_Minh date +%d/%m/%Y)"
"$VANTHU" show 1/UBND-VP >out
says "hours are those of Viet Nam" "$(TZ=UTC-7 date +%d/%m/%Y) .* (UTC+7)"
echo "1..$n"
