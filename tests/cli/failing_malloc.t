#!/bin/bash
# Allocation failure swept through one render, to PDF and to pages for the
# screen: each of the process's allocations fails once; the program must end with
# a status of its own and a message, never with a signal, and must leave no file.
# The sweep steps through all allocations so that a run takes some 150 and 50
# programs; SOAK=1 takes every one.
set -u
cd "$TMP" || exit 2
export VANTHU_RECORDS=$TMP/none
src=$OLDPWD/tests/bench/short.xml
n=0
sweep() { # suffix programs
	local suffix=$1 total step=1 bad=0 runs=0 survived=0
	FAILMALLOC_COUNT=$TMP/count LD_PRELOAD=$SHIMS/failmalloc.so "$VANTHU_FAST" render -q "$src" -o "a.$suffix" >/dev/null 2>&1
	total=$(cat count)
	n=$((n + 1))
	echo "# $total allocations in one render to $suffix"
	[ "$total" -gt 100 ] || { echo "not ok $n - the shim counts"; return; }
	echo "ok $n - the shim counts"
	[ -n "${SOAK:-}" ] || step=$((total / $2 + 1))
	for mode in "" 1; do
		for ((i = 1; i <= total; i += step)); do
			rm -f "b.$suffix"
			if [ -n "$mode" ]; then export FAILMALLOC_ALL=1; else unset FAILMALLOC_ALL; fi
			FAILMALLOC=$i LD_PRELOAD=$SHIMS/failmalloc.so timeout 20 "$VANTHU_FAST" render -q "$src" -o "b.$suffix" >out 2>err
			status=$?
			runs=$((runs + 1))
			if [ $status -eq 0 ]; then
				survived=$((survived + 1))
				cmp -s "a.$suffix" "b.$suffix" || { bad=$((bad + 1)); echo "# allocation $i: other bytes, status 0"; }
			elif [ $status -gt 2 ]; then
				bad=$((bad + 1))
				echo "# allocation $i${mode:+ and all after}: status $status"
			elif [ -e "b.$suffix" ]; then
				bad=$((bad + 1))
				echo "# allocation $i: a file was left"
			fi
		done
	done
	unset FAILMALLOC_ALL
	n=$((n + 1))
	echo "# $runs runs, $survived survived the failure"
	[ $bad -eq 0 ] && echo "ok $n - $suffix: no crash, no half file, no false success" || echo "not ok $n - $suffix: $bad of $runs runs went wrong"
}
sweep pdf 150
sweep html 50
echo "1..$n"
