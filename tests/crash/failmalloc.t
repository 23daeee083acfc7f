#!/bin/bash
# Memory runs out at every point of issuing: an error like another.
. "$(dirname "$0")/lib.sh"
shim=$SHIMS/failmalloc.so
kho=$TMP_FAST/kho
"$TOOLS_FAST/hammer" init "$kho" || not_ok "init"
LD_PRELOAD=$shim FAILMALLOC_COUNT=$TMP/count "$TOOLS_FAST/hammer" issue "$kho" count 1
total=$(cat "$TMP/count")
step=$([ -n "${SOAK:-}" ] && echo 1 || echo $((total / 150 + 1)))
bad=0 runs=0
# the line of the log is written last: what has no memory must not be left out of it
for at in $(seq $((1 + seed % step)) "$step" "$total") $(seq $((total - 500 + seed % 3)) 3 "$total"); do
	for all in '' 1; do
		env LD_PRELOAD="$shim" FAILMALLOC="$at" ${all:+FAILMALLOC_ALL=1} \
			"$TOOLS_FAST/hammer" issue "$kho" "m$at$all" 1 "$TMP_FAST/acks" >"$TMP/out" 2>&1
		status=$?
		runs=$((runs + 1))
		[ $status -le 2 ] || {
			bad=1
			echo "# allocation $at${all:+ and all later}: status $status"
			tail -3 "$TMP/out"
		}
	done
done
[ $bad -eq 0 ] && ok "$runs runs over $total allocations ended with a status" || not_ok "memory missing"
check "register and files agree" "$kho" "$TMP_FAST/acks"
"$VANTHU_FAST" fsck --records "$kho" >"$TMP/out" 2>&1 && ok "and the log with both" || not_ok "the log: $(head -3 "$TMP/out" | tr '\n' ' ')"
"$TOOLS_FAST/hammer" issue "$kho" after 1 "$TMP_FAST/acks" && check "issuing goes on" "$kho" "$TMP_FAST/acks" || not_ok "issuing goes on"
plan
