#!/bin/bash
# Several processes issue at once, in two years and for two issuers, and all of them in
# one series: no number twice, none left out, nothing acknowledged and lost.  A second
# time the same keys give the records that are there.
. "$(dirname "$0")/lib.sh"
each=${SOAK:+200}
each=${each:-15}
"$TOOLS_FAST/hammer" init "$TMP/kho" || not_ok "init"
total=0
race() { # KEY PROCESSES
	if out=$("$TOOLS_FAST/hammer" race "$TMP/kho" "$1" "$each" "$2" "$TMP/acks"); then
		ok "$1: $out"
	else
		not_ok "$1: $2 processes at once"
	fi
	total=$((total + $2 * each))
}
for p in 2 4 8 ${SOAK:+64}; do race "r$p" "$p"; done
many=${SOAK:+64}
race one "${many:-8}"
check "numbers are dense" "$TMP/kho" "$TMP/acks"
[ "$(documents "$TMP/kho")" = "$total" ] && ok "$total documents" || not_ok "$total documents"
"$TOOLS_FAST/hammer" race "$TMP/kho" r4 "$each" 4 >/dev/null || not_ok "the same again"
[ "$(documents "$TMP/kho")" = "$total" ] && ok "none issued a second time" || not_ok "issued a second time"
if "$TOOLS/hammer" race "$TMP/kho" san 5 3 "$TMP/acks" >"$TMP/out" 2>&1; then
	ok "clean under the sanitizers"
else
	not_ok "clean under the sanitizers"
	sed 's/^/# /' "$TMP/out" | head -40
fi
check "still dense" "$TMP/kho" "$TMP/acks"
agrees "$TMP/kho"
plan
