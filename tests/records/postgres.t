#!/bin/bash
# Every test of the archive once more, with the archive in a PostgreSQL.
. "$(dirname "$0")/../tools/postgres.sh"
n=0
if ! pg_found; then
	echo "ok 1 - the archive in PostgreSQL # SKIP gói postgresql chưa được cài"
	echo "1..1"
	exit 0
fi
fast=$(mktemp -d -p /dev/shm 2>/dev/null || mktemp -d -p "$TMP")
chmod 755 "$fast"
trap 'pg_stop "$fast/pg" immediate 2>/dev/null; rm -rf "$fast"' EXIT
pg_make "$fast/pg" || { echo "not ok 1 - a PostgreSQL is started"; cat "$fast/pg.log"; echo "1..1"; exit 1; }
VT_POSTGRES=$(pg_url "$fast/pg")
export VT_POSTGRES

# Three know no archive, and test_rows puts a file of SQLite back again and again.
for program in "$(dirname "$0")"/../../build/san/tests/records/test_*; do
	name=$(basename "$program")
	case $name in *.* | test_query | test_words | test_log | test_rows) continue ;; esac
	"$program" >"$TMP/out" 2>&1
	status=$?
	while IFS= read -r line; do
		case $line in
		"ok "* | "not ok "*)
			n=$((n + 1))
			echo "${line%%ok *}ok $n - $name: ${line#*- }"
			;;
		1..*) ;;
		*) echo "# ${line#\# }" ;;
		esac
	done <"$TMP/out"
	if [ $status -ne 0 ] && ! grep -q '^not ok' "$TMP/out"; then
		n=$((n + 1))
		echo "not ok $n - $name ended with status $status"
	fi
done

# An archive that the program of version 3 made, as pg_dump wrote it, is brought forward.
gunzip -c "$(dirname "$0")/archives/v3-postgresql.sql.gz" | pg_as "$pg_bin/psql" -X -q -v ON_ERROR_STOP=1 -h "$fast/pg" -U vanthu -d vanthu >"$TMP/out" 2>&1
kho="$VT_POSTGRES&schema=kho"
check() { # what wanted have
	n=$((n + 1))
	[ "$2" = "$3" ] && echo "ok $n - $1" || echo "not ok $n - $1: “$3”, not “$2”"
}
tables() { pg_sql "$fast/pg" "SELECT value FROM kho.setting WHERE name = 'tables'" vanthu; }
check "tables of version 3" 3 "$(tables)"
check "received documents are found by words" 2 \
	"$("$VANTHU" dossier received 'tiem chung' --records "$kho" --json | jq -r '[.received[].arrivalNumber] | join(" ")')"
today=$(sed -n 's/^#define VT_SCHEMA_VERSION //p' "$(dirname "$0")/../../records/store.h")
check "its tables are now of today" "$today" "$(tables)"
"$VANTHU" fsck --records "$kho" >"$TMP/out" 2>&1
check "register and files agree, tables are those of a new archive" 0 $?
"$VANTHU" dossier received --year 2026 --close --records "$kho" >"$TMP/out" 2>&1
check "the register of received documents is closed" 0 $?

# So is one of version 5, whose words side by side the index did not have.
pg_sql "$fast/pg" 'DROP SCHEMA kho CASCADE' vanthu >"$TMP/out" 2>&1
gunzip -c "$(dirname "$0")/archives/v5-postgresql.sql.gz" | pg_as "$pg_bin/psql" -X -q -v ON_ERROR_STOP=1 -h "$fast/pg" -U vanthu -d vanthu >"$TMP/out" 2>&1
check "tables of version 5" 5 "$(tables)"
check "words side by side are found" 02/UBND-VP \
	"$("$VANTHU" search '"hoa anh đào"' --records "$kho" --json | jq -r '[.records[].designation] | join(" ")')"
check "its tables are now of today" "$today" "$(tables)"
"$VANTHU" fsck --records "$kho" >"$TMP/out" 2>&1
check "register and files agree, tables and index are those of a new archive" 0 $?

# And one of version 6, which looked for words in a row otherwise.
pg_sql "$fast/pg" 'DROP SCHEMA kho CASCADE' vanthu >"$TMP/out" 2>&1
gunzip -c "$(dirname "$0")/archives/v6-postgresql.sql.gz" | pg_as "$pg_bin/psql" -X -q -v ON_ERROR_STOP=1 -h "$fast/pg" -U vanthu -d vanthu >"$TMP/out" 2>&1
check "tables of version 6" 6 "$(tables)"
found() { "$VANTHU" search "$@" --records "$kho" --json | jq -r '[.records[].designation] | join(" ")'; }
check "words side by side are found" "02/UBND-VP 01/UBND-VP" "$(found '"chòi canh lửa"')"
check "but not words that are not" "" "$(found '"lửa canh chòi"')"
check "nor words that stand so and are not wanted" 03/UBND-VP "$(found 'lửa -"chòi canh lửa"')"
check "its tables are now of today" "$today" "$(tables)"
"$VANTHU" fsck --records "$kho" >"$TMP/out" 2>&1
check "register and files agree, tables and index are those of a new archive" 0 $?
echo "1..$n"
