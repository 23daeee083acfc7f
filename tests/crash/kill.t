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
