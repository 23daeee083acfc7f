#!/bin/bash
# An archive of thousands of invented documents: whole, searched, listed.
set -u
. tests/lib.sh
fast=$(mktemp -d -p /dev/shm 2>/dev/null || mktemp -d -p "$TMP")
trap 'rm -rf "$fast"' EXIT
export VANTHU_RECORDS=$fast/kho
count() { "$VANTHU_FAST" search "$@" --json -n 1000 | jq '.records | length'; }

"$TOOLS_FAST/make_archive" "$fast/kho" 6000 >"$TMP/out" 2>"$TMP/err" && ok "made" || not_ok "made"
"$VANTHU_FAST" fsck >"$TMP/out" 2>"$TMP/err" && ok "whole" || not_ok "whole"
same "three documents of a type" 3 "$(count --type 'Công điện')"
all=$("$VANTHU_FAST" search 'phong chay' --json -n 1000 | jq -r '.records[].id' | wc -l)
page() { "$VANTHU_FAST" search 'phong chay' --json -n 7 ${1:+--after "$1"}; }
next= ids=
while :; do
	page $next >"$TMP/page"
	ids="$ids $(jq -r '.records[].id' "$TMP/page")"
	next=$(jq -r '.next // empty' "$TMP/page")
	[ "$next" ] || break
done
same "page by page there are as many" "$all" "$(echo $ids | tr ' ' '\n' | sort -u | wc -l)"
facets() { "$VANTHU_FAST" search "$@" --facets --json >"$TMP/out"; }
facets
same "more than are counted are estimated" true "$(jq .facets.estimated "$TMP/out")"
total=$(jq .facets.total "$TMP/out")
[ "$total" -ge 5800 ] && [ "$total" -le 6200 ] && ok "and about as many as there are" || not_ok "and about as many as there are: $total"
facets --from 2015
same "what is not more is counted" "false" "$(jq .facets.estimated "$TMP/out")"
"$TOOLS_FAST/search_bench" "$fast/kho" >"$TMP/out" 2>"$TMP/err"
[ $? -le 1 ] && ! grep -q 'not done' "$TMP/out" && ok "every measure is made" || not_ok "every measure is made"
plan
