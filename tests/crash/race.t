#!/bin/bash
# Several processes issue at once, in two years and for two issuers: no number
# twice, none left out, nothing acknowledged and lost.  A second time the same
# keys give the records that are there.
. "$(dirname "$0")/lib.sh"
each=${SOAK:+200}
each=${each:-15}
"$TOOLS_FAST/hammer" init "$TMP/kho" || not_ok "init"
total=0
for p in 2 4 8 ${SOAK:+64}; do
	if out=$("$TOOLS_FAST/hammer" race "$TMP/kho" "r$p" "$each" "$p" "$TMP/acks"); then
		ok "$out"
	else
		not_ok "$p processes at once"
	fi
	total=$((total + p * each))
done
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
plan
