#!/bin/bash
# kill -9 at random moments: what was acknowledged stands, numbers are dense,
# every record has its files; the next process goes on as if nothing had been.
. "$(dirname "$0")/lib.sh"
runs=${SOAK:+1000}
runs=${runs:-200}
"$TOOLS_FAST/hammer" init "$TMP_FAST/kho" || not_ok "init"
if out=$("$TOOLS_FAST/hammer" kill "$TMP_FAST/kho" "$seed" "$runs" 3 "$TMP_FAST/acks"); then
	ok "$out"
else
	not_ok "a process met an error instead of its end"
fi
check "after $runs kills" "$TMP_FAST/kho" "$TMP_FAST/acks"
agrees "$TMP_FAST/kho"
before=$(documents "$TMP_FAST/kho")
"$TOOLS_FAST/hammer" issue "$TMP_FAST/kho" after 3 "$TMP_FAST/acks" && ok "issuing goes on" || not_ok "issuing goes on"
check "and stays dense" "$TMP_FAST/kho" "$TMP_FAST/acks"
[ "$(documents "$TMP_FAST/kho")" = $((before + 3)) ] && ok "three more" || not_ok "three more"

# the same with every file in files/
"$TOOLS_FAST/hammer" init "$TMP_FAST/folder" folder || not_ok "init"
if out=$("$TOOLS_FAST/hammer" kill "$TMP_FAST/folder" "$seed" $((runs / 4)) 3 "$TMP_FAST/acks-folder"); then
	ok "$out, files in the folder"
else
	not_ok "a process met an error instead of its end"
fi
check "after these, too" "$TMP_FAST/folder" "$TMP_FAST/acks-folder"
agrees "$TMP_FAST/folder"

# one big act: all of it or nothing
for i in 1 2 3 4 5; do
	"$TOOLS_FAST/hammer" batch "$TMP_FAST/kho" "batch-$i" 40 >/dev/null 2>&1 &
	sleep "0.$((RANDOM % 4))$((RANDOM % 10))"
	kill -9 $! 2>/dev/null
	wait $! 2>/dev/null
	count=$(($(documents "$TMP_FAST/kho") - before - 3))
	[ $((count % 40)) -eq 0 ] || break
done
[ $((count % 40)) -eq 0 ] && ok "a batch is whole or not there" || not_ok "half a batch: $count"
check "after killed batches" "$TMP_FAST/kho" "$TMP_FAST/acks"

# an old register on its way in: all of its rows or none
rows=300
{
	echo 'Số ký hiệu,Ngày tháng,Tên loại và trích yếu nội dung,Người ký,Nơi nhận'
	for i in $(seq $rows); do echo "$i/QĐ-UBND,$(printf '%02d/%02d/2021' $((1 + (i - 1) % 25)) $((1 + (i - 1) / 25))),Quyết định về việc thứ $i,Hà Thị Nhài,Các xóm"; done
} >"$TMP/so.csv"
part=0 whole=0 kho=$TMP_FAST/cu
for i in $(seq "$([ -n "${SOAK:-}" ] && echo 60 || echo 12)"); do
	[ -e "$kho/records.db" ] || "$VANTHU_FAST" init --records "$kho" -q
	"$VANTHU_FAST" import-register "$TMP/so.csv" --issuer 'Ủy ban nhân dân xã Vực Tròn' --records "$kho" >/dev/null 2>&1 &
	sleep "0.$((RANDOM % 4))$((RANDOM % 10))"
	kill -9 $! 2>/dev/null
	wait $! 2>/dev/null
	count=$(documents "$kho")
	case $count in
	0) ;;
	$rows) whole=$((whole + 1)) ;;
	*) part=$count ;;
	esac
	"$TOOLS_FAST/verify" "$kho" >"$TMP/verify.log" 2>&1 || part="$count: $(head -1 "$TMP/verify.log")"
	[ "$count" = 0 ] || rm -rf "$kho"
done
[ "$part" = 0 ] && ok "an old register is in or not ($whole times in)" || not_ok "part of an old register: $part"

# killed while an archive is made: init can be repeated until it is one
for i in $(seq 20); do
	"$TOOLS_FAST/hammer" init "$TMP_FAST/moi" >/dev/null 2>&1 &
	sleep "0.0$((RANDOM % 3))$((RANDOM % 10))"
	kill -9 $! 2>/dev/null
	wait $! 2>/dev/null
done
[ -e "$TMP_FAST/moi/records.db" ] || "$TOOLS_FAST/hammer" init "$TMP_FAST/moi"
"$TOOLS_FAST/hammer" issue "$TMP_FAST/moi" a 2 && check "an archive whose init was killed" "$TMP_FAST/moi"
plan
