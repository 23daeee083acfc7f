#!/bin/bash
# An archive in PostgreSQL: clients killed, the server killed, the server killed for
# good with a standby behind it.  What was acknowledged stands, numbers are dense, none
# is there twice.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/../tools/postgres.sh"
if ! pg_found; then
	ok "an archive in PostgreSQL # SKIP gói postgresql chưa được cài"
	plan
	exit 0
fi
chmod 755 "$TMP_FAST"
one=$TMP_FAST/one two=$TMP_FAST/two
trap 'pg_stop "$one" immediate 2>/dev/null; pg_stop "$two" immediate 2>/dev/null; rm -rf "$TMP_FAST"' EXIT
acks=$TMP_FAST/acks
touch "$acks"
hammer=$TOOLS_FAST/hammer
pg_make "$one" || { not_ok "a PostgreSQL is started"; plan; exit 1; }
url=$(pg_url "$one")

# check_pg WHAT CLUSTER: the tables as psql finds them, and fsck
check_pg() {
	local found
	found=$({
		echo "SET search_path TO vanthu; CREATE TEMP TABLE acks(line text);"
		echo "COPY acks FROM STDIN;"
		sort -u "$acks"
		echo '\.'
		cat "$(dirname "$0")/../tools/verify_postgres.sql"
	} | pg_as "$pg_bin/psql" -X -q -A -t -v ON_ERROR_STOP=1 -h "$2" -U postgres -d vanthu 2>&1)
	if [ -z "$found" ] && "$VANTHU_FAST" fsck --records "$(pg_url "$2")" >"$TMP/fsck" 2>&1; then
		ok "$1 ($(documents_pg "$2") documents, $(sort -u "$acks" | wc -l) acknowledged)"
	else
		not_ok "$1"
		{ echo "$found"; cat "$TMP/fsck"; } | sed 's/^/# /' | head -20
	fi
}
documents_pg() { pg_sql "$1" "SELECT count(*) FROM vanthu.document" vanthu; }

"$hammer" init "$url" && ok "init" || not_ok "init"
"$hammer" race "$url" race 12 6 "$acks" >"$TMP/out" 2>&1 && ok "$(cat "$TMP/out")" || not_ok "six at once"
many=${SOAK:+64} each=${SOAK:+50}
"$hammer" race "$url" one "${each:-6}" "${many:-8}" "$acks" >"$TMP/out" 2>&1 &&
	ok "in one series: $(cat "$TMP/out")" || not_ok "${many:-8} at once in one series"
check_pg "after a race" "$one"

runs=${SOAK:+1000}
runs=${runs:-25}
if out=$("$hammer" kill "$url" "$seed" "$runs" 3 "$acks" 250 2>"$TMP/out"); then
	ok "kill -9 of clients: $out"
else
	not_ok "a client met an error instead of its end: $(head -3 "$TMP/out" | tr '\n' ' ')"
fi
check_pg "after $runs kills" "$one"

# Allocations of an act fail, one each time, libpq's among them: an error, and no wait without end.
# Where it is the memory for thread-local data of a library opened on the way, the C library itself
# ends the program: as a kill does.
LD_PRELOAD=$SHIMS/failmalloc.so FAILMALLOC_COUNT=$TMP/count "$hammer" issue "$url" count 1 "$acks" >"$TMP/out" 2>&1
total=$(cat "$TMP/count") bad= step=${SOAK:+1}
step=${step:-3}
for at in $(seq $((total - 160)) "$step" "$total"); do
	LD_PRELOAD=$SHIMS/failmalloc.so FAILMALLOC=$at timeout 20 "$hammer" issue "$url" "memory-$at" 1 "$acks" >"$TMP/out" 2>&1
	[ $? -le 2 ] || grep -q 'memory for thread-local data: ABORT' "$TMP/out" || bad="$bad $at"
done
[ -z "$bad" ] && ok "failing allocations near the end of $total" || not_ok "failing allocations:$bad"
check_pg "after failing allocations" "$one"

# until WHAT COUNT: the same documents again and again until they are all there
until_done() {
	local i
	for i in $(seq 400); do
		"$hammer" issue "$3" "$1" "$2" "$acks" >>"$TMP/$1.out" 2>&1 && return 0
		sleep 0.2
	done
	return 1
}

# the server dies in the midst of issuing, and comes back
count=${SOAK:+300}
count=${count:-25}
rounds=${SOAK:+10}
for round in $(seq "${rounds:-2}"); do
	for i in 1 2 3 4; do until_done "crash-$round-$i" "$count" "$url" & done
	sleep "1.$((RANDOM % 10))"
	pg_kill "$one"
	pg_start "$one" >/dev/null || not_ok "the server comes back"
	wait
done
check_pg "the server was killed in the midst of issuing" "$one"
[ "$(pg_sql "$one" "SELECT count(*) FROM vanthu.document WHERE key LIKE 'crash-%'" vanthu)" = $((4 * count * ${rounds:-2})) ] &&
	ok "every document once" || not_ok "every document once"

# a standby, and acts that wait for it
pg_folder "$two"
pg_as "$pg_bin/pg_basebackup" -h "$one" -U postgres -D "$two/data" -R -X stream -c fast >"$TMP/out" 2>&1 || not_ok "a standby"
pg_as chmod 700 "$two/data"
echo "unix_socket_directories='$two'" | pg_as tee -a "$two/data/postgresql.conf" >/dev/null
pg_start "$two" >/dev/null && ok "a standby follows" || not_ok "a standby follows"
pg_sql "$one" "ALTER SYSTEM SET synchronous_standby_names TO '*'"
pg_sql "$one" "SELECT pg_reload_conf()" >/dev/null
for i in $(seq 50); do
	[ "$(pg_sql "$one" "SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'sync'")" = 1 ] && break
	sleep 0.2
done
"$hammer" issue "$url" sync 1 "$acks" && ok "issued on both" || not_ok "issued on both"
"$hammer" issue "$(pg_url "$two")" standby 1 2>"$TMP/out"
grep -q KHO-63 "$TMP/out" && ok "a standby takes no act, and says so" || not_ok "a standby takes no act: $(cat "$TMP/out")"

# replayed: what the primary has is on the standby
replayed() {
	local at
	at=$(pg_sql "$one" "SELECT pg_current_wal_flush_lsn()")
	for i in $(seq 100); do
		[ "$(pg_sql "$two" "SELECT pg_last_wal_replay_lsn() >= '$at'")" = t ] && return 0
		sleep 0.1
	done
	return 1
}
# on_one SQL: what no program does, and the standby has it
on_one() { pg_sql "$one" "$1" vanthu && replayed || not_ok "$1"; }
# the standby is proved as it stands; nothing on it can be written, and others issue meanwhile
replayed
yes "the standby is proved" "$VANTHU_FAST" fsck --records "$(pg_url "$two")" --json
is "whole" "$(documents_pg "$one") 0 true" '"\(.documents) \(.wrong) \(.indexCompared)"'
is "but its tables, which the primary can compare" true '.findings[] | select(.id == "KHO-68") | .remedy | contains("máy chủ chính")'
refuses "nothing is repaired there" 2 KHO-63 "$VANTHU_FAST" fsck --repair --records "$(pg_url "$two")"
on_one "CREATE TEMP TABLE kept AS SELECT * FROM vanthu.document_index ORDER BY sort_key LIMIT 1; CREATE TABLE public.kept AS TABLE kept; DELETE FROM vanthu.document_index x USING kept k WHERE x.sort_key = k.sort_key"
refuses "an index that lacks words is named there" 1 KHO-33 "$VANTHU_FAST" fsck --records "$(pg_url "$two")"
grep -q 'Chạy trên máy chủ chính: vanthu fsck --repair' "$TMP/err" && ok "and made anew on the primary" || not_ok "and made anew on the primary"
on_one "INSERT INTO vanthu.document_index TABLE public.kept; DROP TABLE public.kept"
yes "and is right again" "$VANTHU_FAST" fsck --records "$(pg_url "$two")"
on_one "UPDATE vanthu.setting SET value = '5' WHERE name = 'tables'"
for act in fsck search; do
	refuses "old tables: $act there says where they are brought forward" 1 'KHO-09' "$VANTHU_FAST" "$act" --records "$(pg_url "$two")"
	grep -q 'máy chủ chính trước' "$TMP/err" && ok "on the primary" || not_ok "on the primary"
done
on_one "UPDATE vanthu.setting SET value = '$(sed -n 's/^#define VT_SCHEMA_VERSION //p' records/store.h)' WHERE name = 'tables'"

# the standby is away: nobody is told "done", also when the server stops waiting
pg_stop "$two" fast
"$hammer" issue "$url" alone 1 "$TMP/no-acks" >"$TMP/out" 2>&1 &
for i in $(seq 100); do
	[ "$(pg_sql "$one" "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'SyncRep'")" = 1 ] && break
	sleep 0.1
done
pg_sql "$one" "SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE wait_event = 'SyncRep'" >/dev/null
wait $!
[ $? -eq 2 ] && [ ! -s "$TMP/no-acks" ] && grep -q KHO-64 "$TMP/out" && ok "what only one of two has is not told as done" ||
	not_ok "what only one of two has: $(cat "$TMP/out")"
# found by its key once more: told when both have it, and not before
"$hammer" issue "$url" alone 1 "$acks" >"$TMP/out" 2>&1 &
sleep 1
kill -0 $! 2>/dev/null && ok "the same once more waits for the standby" || not_ok "it does not wait: $(cat "$TMP/out")"
pg_start "$two" >/dev/null
wait $! && ok "and is done when it is back" || not_ok "and is done when it is back: $(cat "$TMP/out")"

# the primary dies for good in the midst of issuing; the standby takes over
both="postgresql://vanthu@/vanthu?host=$one,$two"
for i in 1 2 3 4; do until_done "over-$i" "$count" "$both" & done
sleep "1.$((RANDOM % 10))"
pg_kill "$one"
mv "$one/data" "$one/fenced" # never again
yes "but what is there is proved" "$VANTHU_FAST" fsck --records "$both"
pg_as "$pg_bin/pg_ctl" -s -w -D "$two/data" promote >/dev/null 2>&1 && ok "the standby is promoted" || not_ok "promote"
wait
check_pg "after the failover: no number twice, none acknowledged and lost" "$two"
[ "$(pg_sql "$two" "SELECT count(*) FROM vanthu.document WHERE key LIKE 'over-%'" vanthu)" = $((4 * count)) ] &&
	ok "every document once" || not_ok "every document once"
plan
