#!/bin/bash
# Backups while others issue, killed, without room: what bears a backup's name is
# whole, what bears an archive's name is whole, and nothing else is left.
. "$(dirname "$0")/lib.sh"
cd "$TMP_FAST" || exit 2
shim=$SHIMS/failio.so
kho=$TMP_FAST/kho
"$TOOLS_FAST/hammer" init "$kho" folder
"$TOOLS_FAST/hammer" issue "$kho" first 30 "$TMP_FAST/acks"
backup() { "$VANTHU_FAST" backup --records "$kho" -o "$1" "${@:2}"; }

# whole FOLDER: every backup in it is
whole() {
	local b
	for b in "$1"/vanthu-*; do
		[ -e "$b" ] || continue
		"$VANTHU_FAST" restore --check "$b" >"$TMP/out" 2>&1 || {
			sed 's/^/# /' "$TMP/out"
			return 1
		}
	done
}

# while four issue
for i in 1 2 3 4; do "$TOOLS_FAST/hammer" issue "$kho" "busy-$i" 250 "$TMP_FAST/acks-$i" >/dev/null & done
bad=0
made=0
while [ -n "$(jobs -r)" ] && [ $made -lt 8 ]; do
	backup "$TMP_FAST/busy" >"$TMP/out" 2>&1 || { bad=1; sed 's/^/# /' "$TMP/out"; }
	made=$((made + 1))
done
wait
[ $bad -eq 0 ] && [ $made -gt 0 ] && ok "$made backups while four issued" || not_ok "backups while four issued"
whole "$TMP_FAST/busy" && ok "each is what it was" || not_ok "each is what it was"
bad=0
for b in "$TMP_FAST"/busy/vanthu-*; do
	rm -rf "$TMP_FAST/again"
	"$VANTHU_FAST" restore "$b" --records "$TMP_FAST/again" >"$TMP/out" 2>&1 &&
		"$TOOLS_FAST/verify" "$TMP_FAST/again" >"$TMP/out" 2>&1 || { bad=1; sed 's/^/# /' "$TMP/out"; }
done
[ $bad -eq 0 ] && ok "each becomes an archive: dense numbers, every file" || not_ok "each becomes an archive"
before=$(documents "$TMP_FAST/again")
"$TOOLS_FAST/hammer" issue "$TMP_FAST/again" after 3 && check "which goes on" "$TMP_FAST/again"
[ "$(documents "$TMP_FAST/again")" = $((before + 3)) ] && ok "three more" || not_ok "three more"
cat "$TMP_FAST"/acks-* >>"$TMP_FAST/acks"
check "the archive itself" "$kho" "$TMP_FAST/acks"

# killed at random while backing up (a smaller archive: more happens in the time)
kho=$TMP_FAST/small
"$TOOLS_FAST/hammer" init "$kho" folder
"$TOOLS_FAST/hammer" issue "$kho" first 20
kills=${SOAK:+200}
for i in $(seq "${kills:-15}"); do
	"$VANTHU_FAST" backup --records "$kho" -o "$TMP_FAST/killed" --keep 2 >/dev/null 2>&1 &
	sleep "0.$((RANDOM % 2))$((RANDOM % 10))$((RANDOM % 10))"
	kill -9 $! 2>/dev/null
	wait $! 2>/dev/null
	whole "$TMP_FAST/killed" || break
done
whole "$TMP_FAST/killed" && ok "killed while backing up: what has a name is whole" || not_ok "half a backup"
backup "$TMP_FAST/killed" --keep 2 >/dev/null && [ -z "$(ls -A "$TMP_FAST/killed" | grep -v '^vanthu-')" ] &&
	ok "the next one clears what was left" || not_ok "left: $(ls -A "$TMP_FAST/killed")"
b=$(ls -d "$TMP_FAST"/killed/vanthu-* | tail -1)

# killed while restoring
for i in $(seq "${kills:-15}"); do
	rm -rf "$TMP_FAST/back"
	"$VANTHU_FAST" restore "$b" --records "$TMP_FAST/back" >/dev/null 2>&1 &
	sleep "0.$((RANDOM % 2))$((RANDOM % 10))$((RANDOM % 10))"
	kill -9 $! 2>/dev/null
	wait $! 2>/dev/null
	[ ! -e "$TMP_FAST/back" ] || "$TOOLS_FAST/verify" "$TMP_FAST/back" >/dev/null || break
done
[ ! -e "$TMP_FAST/back" ] || "$TOOLS_FAST/verify" "$TMP_FAST/back" >/dev/null &&
	ok "killed while restoring: an archive or none" || not_ok "half an archive"
rm -rf "$TMP_FAST/back"
"$VANTHU_FAST" restore "$b" --records "$TMP_FAST/back" >/dev/null && check "and restored after that" "$TMP_FAST/back"
[ -z "$(ls -A "$TMP_FAST" | grep '\.restore$')" ] && ok "nothing is left beside it" || not_ok "something is left beside it"

# every change fails in turn; the disk stays full
LD_PRELOAD=$shim FAILIO_UNDER=$TMP_FAST/full FAILIO_COUNT=$TMP/count backup "$TMP_FAST/full" >/dev/null
total=$(cat "$TMP/count")
step=${SOAK:+1}
step=${step:-$((total / 20 + 1))}
bad=0
for at in $(seq $((1 + seed % step)) "$step" "$total"); do
	rm -rf "$TMP_FAST/full"
	mkdir "$TMP_FAST/full"
	env LD_PRELOAD="$shim" FAILIO_UNDER="$TMP_FAST/full" FAILIO="$at" FAILIO_ALL=1 \
		"$VANTHU_FAST" backup --records "$kho" -o "$TMP_FAST/full" >"$TMP/out" 2>&1
	status=$?
	if [ $status -eq 0 ]; then # only what follows the name may fail unseen
		whole "$TMP_FAST/full" || bad=1
	elif [ $status -gt 2 ] || ! grep -q 'KHO-\|TEP-' "$TMP/out"; then
		bad=1
	fi
	whole "$TMP_FAST/full" || bad=1
	[ $bad -eq 0 ] || { echo "# call $at: status $status"; sed 's/^/# /' "$TMP/out"; break; }
done
[ $bad -eq 0 ] && ok "full disk at calls of $total: no half backup" || not_ok "full disk"

LD_PRELOAD=$shim FAILIO_UNDER=$TMP_FAST/.f.restore FAILIO_COUNT=$TMP/count "$VANTHU_FAST" restore "$b" --records "$TMP_FAST/f" >/dev/null
total=$(cat "$TMP/count")
step=${SOAK:+1}
step=${step:-$((total / 20 + 1))}
for at in $(seq $((1 + seed % step)) "$step" "$total"); do
	rm -rf "$TMP_FAST/f"
	env LD_PRELOAD="$shim" FAILIO_UNDER="$TMP_FAST/.f.restore" FAILIO="$at" FAILIO_ALL=1 \
		"$VANTHU_FAST" restore "$b" --records "$TMP_FAST/f" >"$TMP/out" 2>&1
	status=$?
	if [ $status -eq 0 ]; then
		"$TOOLS_FAST/verify" "$TMP_FAST/f" >/dev/null 2>&1
	else
		[ $status -le 2 ] && [ ! -e "$TMP_FAST/f" ]
	fi || {
		bad=1
		echo "# call $at: status $status"
		sed 's/^/# /' "$TMP/out"
		break
	}
done
[ $bad -eq 0 ] && ok "full disk at calls of $total while restoring: no half archive" || not_ok "full disk while restoring"
rm -rf "$TMP_FAST/f"
"$VANTHU_FAST" restore "$b" --records "$TMP_FAST/f" >/dev/null && check "restored when there is room" "$TMP_FAST/f"
plan
