#!/bin/bash
# Allocation failure swept through one render: each of the process's
# allocations fails once; the program must end with a status of its own and a
# message, never with a signal, and must leave no file.  The sweep steps
# through all allocations so that a run takes some 150 programs; SOAK=1 takes
# every one.
set -u
cd "$TMP" || exit 2
export VANTHU_RECORDS=$TMP/none
src=$OLDPWD/tests/bench/short.xml
FAILMALLOC_COUNT=$TMP/count LD_PRELOAD=$SHIMS/failmalloc.so "$VANTHU_FAST" render -q "$src" -o a.pdf >/dev/null 2>&1
total=$(cat count)
echo "# $total allocations in one render"
[ "$total" -gt 100 ] || { echo "not ok 1 - the shim counts"; exit 1; }
echo "ok 1 - the shim counts"
step=1
[ -n "${SOAK:-}" ] || step=$((total / 150 + 1))
bad=0 runs=0 survived=0
for mode in "" 1; do
	for ((i = 1; i <= total; i += step)); do
		rm -f b.pdf
		if [ -n "$mode" ]; then export FAILMALLOC_ALL=1; else unset FAILMALLOC_ALL; fi
		FAILMALLOC=$i LD_PRELOAD=$SHIMS/failmalloc.so timeout 20 "$VANTHU_FAST" render -q "$src" -o b.pdf >out 2>err
		status=$?
		runs=$((runs + 1))
		if [ $status -eq 0 ]; then
			survived=$((survived + 1))
			cmp -s a.pdf b.pdf || { bad=$((bad + 1)); echo "# allocation $i: other bytes, status 0"; }
		elif [ $status -gt 2 ]; then
			bad=$((bad + 1))
			echo "# allocation $i${mode:+ and all after}: status $status"
		elif [ -e b.pdf ]; then
			bad=$((bad + 1))
			echo "# allocation $i: a file was left"
		fi
	done
done
echo "# $runs runs, $survived survived the failure"
[ $bad -eq 0 ] && echo "ok 2 - no crash, no half file, no false success" || echo "not ok 2 - $bad of $runs runs went wrong"
echo "1..2"
