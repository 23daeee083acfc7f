#!/bin/bash
# Archives that earlier programs made (tests/records/archives/vN.tar.gz) are
# brought forward by whoever opens them, wholly or not at all, and lose nothing.
set -u
. tests/lib.sh
here=$(cd "$(dirname "$0")" && pwd)
fast=$(mktemp -d -p /dev/shm 2>/dev/null || mktemp -d -p "$TMP")
trap 'rm -rf "$fast"' EXIT
kho=$fast/kho
export VANTHU_RECORDS=$kho
version() { od -An -tu4 --endian=big -j60 -N4 "$kho/records.db" | tr -d ' '; }
unpack() { rm -rf "$kho" && tar -xzf "$here/archives/v$1.tar.gz" -C "$fast"; }

# ---------------------------------------------------------------- version 1 --
unpack 1
same "tables of version 1" 1 "$(version)"
"$VANTHU" search --json >"$TMP/out" 2>"$TMP/err" || not_ok "search in an old archive"
same "every document is found" "01-KH/ĐU 02/UBND-VP 01/UBND-VP 02/UBND-VP 01/UBND-VP" \
	"$(jq -r '[.records[].designation] | join(" ")' "$TMP/out")"
same "and words in them" "02/UBND-VP" "$("$VANTHU" search 'thon van hoa' --json | jq -r '.records[].designation')"
same "series are filters now" "02/UBND-VP 01/UBND-VP" \
	"$("$VANTHU" search --series 'Công văn/2025' --json | jq -r '[.records[].designation] | join(" ")')"
today=$(sed -n 's/^#define VT_SCHEMA_VERSION //p' "$here/../../records/store.h")
same "its tables are now of today" "$today" "$(version)"
"$TOOLS_FAST/verify" "$kho" >"$TMP/out" 2>"$TMP/err" && ok "register and files agree" || not_ok "register and files agree"
"$VANTHU" fsck >"$TMP/out" 2>"$TMP/err" && ok "so says fsck" || not_ok "so says fsck"
"$VANTHU" show 01-KH/ĐU --json >"$TMP/out" 2>"$TMP/err"
same "people and files are there" "1 2" "$(jq -r '"\(.signers | length) \(.files | length)"' "$TMP/out")"
"$VANTHU" file 02/UBND-VP --year 2025 -o "$TMP/x.pdf" >"$TMP/out" 2>"$TMP/err" && pdftotext "$TMP/x.pdf" - | grep -q 'thôn văn hóa' &&
	ok "files are handed out" || not_ok "files are handed out"
"$VANTHU" file 02/UBND-VP --year 2025 --source -o "$TMP/x.xml" >"$TMP/out" 2>"$TMP/err"
sed -i 's/<number [^>]*>/<number unit="VP"\/>/; s/2025-12-31/2026-01-07/' "$TMP/x.xml"
"$VANTHU" issue "$TMP/x.xml" --json >"$TMP/out" 2>"$TMP/err"
same "numbers go on" "3" "$(jq -r .number "$TMP/out")"
"$TOOLS_FAST/verify" "$kho" >"$TMP/out" 2>"$TMP/err" && ok "and still agree" || not_ok "and still agree"

# who may only read is told what to do
unpack 1
chmod -R a-w "$kho"
if [ "$(id -u)" = 0 ]; then
	chmod 755 "$fast"
	setpriv --reuid 65534 --regid 65534 --clear-groups "$VANTHU_FAST" search >"$TMP/out" 2>"$TMP/err"
else
	"$VANTHU_FAST" search >"$TMP/out" 2>"$TMP/err"
fi
status=$?
[ $status -eq 1 ] && grep -q KHO-09 "$TMP/err" && ok "who only reads is told" || not_ok "who only reads is told: $status"

# ---------------------------------------------------------------- version 2 --
unpack 2
same "tables of version 2" 2 "$(version)"
"$VANTHU" search --json >"$TMP/out" 2>"$TMP/err" || not_ok "search in an archive of version 2"
same "every document is found" \
	"02/BC-UBND 01/KH-UBND 06/UBND-VP 05/UBND-VP 02/UBND-VP 01/UBND-VP 08/QĐ-UBND 07/QĐ-UBND" \
	"$(jq -r '[.records[].designation] | join(" ")' "$TMP/out")"
same "its tables are now of today" "$today" "$(version)"
"$TOOLS_FAST/verify" "$kho" >"$TMP/out" 2>"$TMP/err" && ok "register and files agree" || not_ok "register and files agree"
"$VANTHU" fsck >"$TMP/out" 2>"$TMP/err" && ok "so says fsck" || not_ok "so says fsck"
"$VANTHU" audit >"$TMP/out" 2>"$TMP/err" && ok "the log is whole" || not_ok "the log is whole"
for state in 02/BC-UBND:recalled 01/KH-UBND:archived 01/UBND-VP:replaced; do
	"$VANTHU" show "${state%%:*}" --json >"$TMP/out" 2>"$TMP/err"
	same "${state%%:*} is what it was" "${state#*:}" "$(jq -r .state "$TMP/out")"
done
"$VANTHU" register --series chung --volume 1 -o "$TMP/q.csv" >"$TMP/out" 2>"$TMP/err" &&
	ok "a closed volume has its hash" || not_ok "a closed volume has its hash"
"$VANTHU" recall 01/KH-UBND --reason 'hết căn cứ' --json >"$TMP/out" 2>"$TMP/err"
same "what is in the archive can be recalled now" recalled "$(jq -r .state "$TMP/out")"
"$VANTHU" fsck >"$TMP/out" 2>"$TMP/err" && ok "and all still agrees" || not_ok "and all still agrees"

# a backup of its day
rm -rf "$kho"
"$VANTHU" restore "$fast"/sao-luu/vanthu-* >"$TMP/out" 2>"$TMP/err" && ok "a backup of version 2 is restored" || not_ok "restored"
same "with tables of today" "$today" "$(version)"
same "whole" 8 "$("$VANTHU" search --json | jq '.records | length')"
"$TOOLS_FAST/verify" "$kho" >"$TMP/out" 2>"$TMP/err" && ok "agreeing" || not_ok "agreeing"

# ---------------------------------------------------------------- version 3 --
unpack 3
same "tables of version 3" 3 "$(version)"
received() { "$VANTHU" dossier received "$@" --json | jq -r '[.received[].arrivalNumber] | join(" ")'; }
same "received documents are found by words" 1 "$(received 'so van hoa')"
same "each" 2 "$(received 'tiem chung')"
same "all of them" "1 2" "$(received)"
same "its tables are now of today" "$today" "$(version)"
"$TOOLS_FAST/verify" "$kho" >"$TMP/out" 2>"$TMP/err" && ok "register and files agree" || not_ok "register and files agree"
"$VANTHU" fsck >"$TMP/out" 2>"$TMP/err" && ok "so says fsck" || not_ok "so says fsck"
"$VANTHU" audit >"$TMP/out" 2>"$TMP/err" && ok "the log is whole" || not_ok "the log is whole"
"$VANTHU" dossier received --year 2026 --close -o "$TMP/den.csv" >"$TMP/out" 2>"$TMP/err" &&
	ok "their register is closed now" || not_ok "their register is closed now"
"$VANTHU" fsck >"$TMP/out" 2>"$TMP/err" && ok "and all still agrees" || not_ok "and all still agrees"

# ---------------------------------------------------------------- version 4 --
unpack 4
same "tables of version 4" 4 "$(version)"
designations() { "$VANTHU" search "$@" --json 2>"$TMP/err" | jq -r '[.records[].designation] | join(" ")'; }
same "words side by side are found" 02/UBND-VP "$(designations '"sách và học sinh"')"
same "whatever their accents" "02/UBND-VP 01/UBND-VP" "$(designations '"hoc sinh du"')"
same "but not words that are not" "" "$(designations '"học sinh sách"')"
same "a signer is found as one" 02/UBND-VP "$(designations --signer 'lò thị mai')"
same "a recipient, too" 02/UBND-VP "$(designations --recipient 'trung hoc')"
same "and not the other way round" "" "$(designations --signer 'trung hoc')"
same "its tables are now of today" "$today" "$(version)"
"$TOOLS_FAST/verify" "$kho" >"$TMP/out" 2>"$TMP/err" && ok "register and files agree" || not_ok "register and files agree"
"$VANTHU" fsck >"$TMP/out" 2>"$TMP/err" && ok "so says fsck" || not_ok "so says fsck"
sed -i 's/2026-01-07/2026-05-04/' "$TMP/x.xml"
"$VANTHU" issue "$TMP/x.xml" --new-issuer >"$TMP/out" 2>"$TMP/err" &&
	ok "what is issued comes beside what was" || not_ok "what is issued comes beside what was"
"$VANTHU" fsck >"$TMP/out" 2>"$TMP/err" && ok "and all still agrees" || not_ok "and all still agrees"

# ---------------------------------------------------------------- version 5 --
unpack 5
same "tables of version 5" 5 "$(version)"
same "words side by side are found" 02/UBND-VP "$(designations '"hoa anh đào"')"
same "names, too" "02/UBND-VP 01/UBND-VP" "$(designations --signer 'quàng thị hương')"
same "its tables are now of today" "$today" "$(version)"
"$VANTHU" fsck >"$TMP/out" 2>"$TMP/err" && ok "so says fsck" || not_ok "so says fsck"
sed -i 's/2026-05-04/2026-05-11/' "$TMP/x.xml"
"$VANTHU" issue "$TMP/x.xml" --new-issuer >"$TMP/out" 2>"$TMP/err" &&
	ok "what is issued comes beside what was" || not_ok "what is issued comes beside what was"
"$VANTHU" fsck >"$TMP/out" 2>"$TMP/err" && ok "and all still agrees" || not_ok "and all still agrees"

# ---------------------------------------------------------------- version 6 --
unpack 6
same "tables of version 6" 6 "$(version)"
same "words side by side are found" "02/UBND-VP 01/UBND-VP" "$(designations '"chòi canh lửa"')"
same "but not words that are not" "" "$(designations '"lửa canh chòi"')"
same "its tables are now of today" "$today" "$(version)"
"$VANTHU" file 02/UBND-VP --attachment phieu.xml -o "$TMP/phieu.xml" >"$TMP/out" 2>"$TMP/err" && grep -q 'giờ giao ca' "$TMP/phieu.xml" &&
	ok "attachments are handed out" || not_ok "attachments are handed out"
"$VANTHU" fsck >"$TMP/out" 2>"$TMP/err" && ok "so says fsck" || not_ok "so says fsck"
sed -i 's/2026-05-11/2026-05-18/' "$TMP/x.xml"
"$VANTHU" issue "$TMP/x.xml" --new-issuer >"$TMP/out" 2>"$TMP/err" &&
	ok "what is issued comes beside what was" || not_ok "what is issued comes beside what was"
"$VANTHU" fsck >"$TMP/out" 2>"$TMP/err" && ok "and all still agrees" || not_ok "and all still agrees"

# ------------------------------------------------------------- on the way --
for old in 1:5 2:8 3:2 4:2 5:3 6:3; do
	count=${old#*:} old=${old%%:*}
	# each call of a migration fails once: the archive is old or new, never between
	unpack "$old"
	LD_PRELOAD=$SHIMS/failio.so FAILIO_UNDER=$kho FAILIO_COUNT=$TMP/count "$VANTHU_FAST" search >/dev/null
	total=$(cat "$TMP/count")
	bad=0
	for at in $(seq 1 "$([ -n "${SOAK:-}" ] && echo 1 || echo 11)" "$total"); do
		unpack "$old"
		LD_PRELOAD=$SHIMS/failio.so FAILIO_UNDER=$kho FAILIO=$at FAILIO_ALL=1 "$VANTHU_FAST" search >"$TMP/out" 2>"$TMP/err"
		"$VANTHU_FAST" search --json >"$TMP/out" 2>"$TMP/err"
		[ "$(jq '.records | length' "$TMP/out")" = "$count" ] && "$TOOLS_FAST/verify" "$kho" >"$TMP/out" || { bad=1; echo "# call $at"; break; }
	done
	[ $bad -eq 0 ] && ok "version $old: calls of $total failed on the way" || not_ok "version $old: calls of $total failed on the way"
	for i in 1 2 3 4 5 6 7 8; do
		unpack "$old"
		"$VANTHU_FAST" search >/dev/null 2>&1 &
		sleep "0.00$((RANDOM % 10))$((RANDOM % 10))"
		kill -9 $! 2>/dev/null
		wait $! 2>/dev/null
		[ "$("$VANTHU_FAST" search --json | jq '.records | length')" = "$count" ] && "$TOOLS_FAST/verify" "$kho" >"$TMP/out" || bad=1
	done
	[ $bad -eq 0 ] && ok "version $old: killed on the way" || not_ok "version $old: killed on the way"
done
plan
