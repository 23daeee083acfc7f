#!/bin/bash
# The power goes off at every write and sync of issuing; of what was not synced
# the disk holds nothing, or any part: what was acknowledged is there, whole.
. "$(dirname "$0")/lib.sh"
shim=$SHIMS/powercut.so

# sweep WHAT HOW-MANY ACT [folder]
sweep() {
	local kho=$TMP_FAST/kho-$1 total step at runs=0 bad=0
	rm -f "$TMP_FAST/acks"
	"$TOOLS_FAST/hammer" init "$kho" $4 || not_ok "init"
	LD_PRELOAD=$shim POWERCUT_UNDER=$kho POWERCUT_COUNT=$TMP/count "$TOOLS_FAST/hammer" "$3" "$kho" count "$2" "$TMP_FAST/acks"
	total=$(cat "$TMP/count")
	step=$([ -n "${SOAK:-}" ] && echo 1 || echo $((total / 60 + 1)))
	for at in $(seq $((1 + seed % step)) "$step" "$total"); do
		for s in 0 $((seed + at)); do
			LD_PRELOAD=$shim POWERCUT_UNDER=$kho POWERCUT=$at POWERCUT_SEED=$s \
				"$TOOLS_FAST/hammer" "$3" "$kho" "n$at-$s" "$2" "$TMP_FAST/acks" >"$TMP/out" 2>&1
			status=$?
			runs=$((runs + 1))
			[ $status -eq 137 ] || [ $status -eq 0 ] || { bad=1; echo "# call $at: status $status"; cat "$TMP/out"; }
			"$TOOLS_FAST/verify" "$kho" "$TMP_FAST/acks" >"$TMP/verify.log" 2>&1 || {
				bad=1
				echo "# call $at, seed $s:"
				sed 's/^/# /' "$TMP/verify.log" | head
				break 2
			}
		done
	done
	[ $bad -eq 0 ] && ok "$1: cut off $runs times in $total calls" || not_ok "$1: cut off in $total calls"
	"$TOOLS_FAST/hammer" issue "$kho" after 2 "$TMP_FAST/acks" && check "$1: issuing goes on" "$kho" "$TMP_FAST/acks" || not_ok "$1: issuing goes on"
}

sweep register 4 issue
sweep folder 2 issue folder
sweep batch 12 batch

# a disk that lies about its syncs loses what was acknowledged: the test sees it
kho=$TMP_FAST/doi
"$TOOLS_FAST/hammer" init "$kho"
seen=0
for at in 30 45 60 75 90; do
	rm -f "$TMP_FAST/acks"
	LD_PRELOAD=$shim POWERCUT_UNDER=$kho POWERCUT=$at POWERCUT_LIE=1 \
		"$TOOLS_FAST/hammer" issue "$kho" "doi$at" 40 "$TMP_FAST/acks" >/dev/null 2>&1
	[ -s "$TMP_FAST/acks" ] || continue
	"$TOOLS_FAST/verify" "$kho" "$TMP_FAST/acks" >/dev/null 2>&1 || seen=1
done
[ $seen -eq 1 ] && ok "a disk that lies is found out" || not_ok "a disk that lies is found out"
plan
