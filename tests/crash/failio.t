#!/bin/bash
# Every write, sync, rename ... of issuing fails in turn: nothing half done is
# seen, the same document issued once more gets its number.
. "$(dirname "$0")/lib.sh"
shim=$SHIMS/failio.so

# sweep WHAT ERRNO ALL ACT COUNT STEP
sweep() {
	local kho=$TMP_FAST/kho-$1 total step=${SOAK:+1} bad=0 runs=0 at
	"$TOOLS_FAST/hammer" init "$kho" || not_ok "init"
	"$TOOLS_FAST/hammer" issue "$kho" first 1
	LD_PRELOAD=$shim FAILIO_UNDER=$kho FAILIO_COUNT=$TMP/count "$TOOLS_FAST/hammer" "$4" "$kho" count "$5"
	total=$(cat "$TMP/count")
	rm -f "$TMP_FAST/acks"
	step=${step:-$6}
	for at in $(seq $((1 + seed % step)) "$step" "$total"); do
		env LD_PRELOAD="$shim" FAILIO_UNDER="$kho" FAILIO="$at" ${3:+FAILIO_ALL=1} FAILIO_ERRNO="$2" \
			"$TOOLS_FAST/hammer" "$4" "$kho" "n$at" "$5" "$TMP_FAST/acks" >"$TMP/out" 2>&1
		status=$?
		runs=$((runs + 1))
		[ $status -le 2 ] || { bad=1; echo "# call $at: status $status"; cat "$TMP/out"; }
		"$TOOLS_FAST/verify" "$kho" "$TMP_FAST/acks" >"$TMP/verify.log" 2>&1 || {
			bad=1
			echo "# call $at:"
			sed 's/^/# /' "$TMP/verify.log" | head
			break
		}
		"$TOOLS_FAST/hammer" "$4" "$kho" "n$at" "$5" "$TMP_FAST/acks" || { bad=1; echo "# call $at: not finished afterwards"; }
	done
	[ $bad -eq 0 ] && ok "$1: $runs of $total calls failed" || not_ok "$1: calls of $total failed"
	check "$1: register and files agree" "$kho" "$TMP_FAST/acks"
	[ "$(documents "$kho")" = $((1 + $5 + $5 * runs)) ] && ok "$1: every document once" ||
		not_ok "$1: every document once: $(documents "$kho"), not $((1 + $5 + $5 * runs))"
}

sweep full-once 28 '' issue 1 2
sweep full-for-good 28 all issue 1 5
sweep device 5 '' issue 1 5
sweep batch-full 28 all batch 3 7

# init: every call fails, and init once more makes the archive
kho=$TMP_FAST/moi
LD_PRELOAD=$shim FAILIO_UNDER=$kho FAILIO_COUNT=$TMP/count "$TOOLS_FAST/hammer" init "$kho"
total=$(cat "$TMP/count")
bad=0
for at in $(seq 1 "$([ -n "${SOAK:-}" ] && echo 1 || echo 41)" $((total - 60))) $(seq $((total - 59)) 3 "$total"); do
	rm -rf "$kho"
	LD_PRELOAD=$shim FAILIO_UNDER=$kho FAILIO=$at "$TOOLS_FAST/hammer" init "$kho" >/dev/null 2>&1
	[ -e "$kho/records.db" ] || "$TOOLS_FAST/hammer" init "$kho" || bad=1
	"$TOOLS_FAST/hammer" issue "$kho" a 1 && "$TOOLS_FAST/verify" "$kho" >"$TMP/verify.log" || {
		bad=1
		echo "# call $at"
	}
done
[ $bad -eq 0 ] && ok "init: calls of $total failed" || not_ok "init: calls of $total failed"
plan
