#!/bin/bash
# An archive in PostgreSQL from the command line: what it says, what it refuses,
# that a password is never shown; libpq is not loaded by who does not want it.
set -u
. tests/lib.sh
. tests/tools/postgres.sh
tables=$(sed -n 's/^#define VT_SCHEMA_VERSION //p' records/store.h)
cd "$TMP" || exit 2

same "libpq is not linked" 0 "$(ldd "$VANTHU_FAST" | grep -c libpq)"
refuses "no server there" 2 KHO-62 "$VANTHU" search --records "postgresql://an:bi-mat@/kho?host=$TMP"
grep -q bi-mat err && not_ok "the password is not shown" || ok "the password is not shown"
refuses "no such schema can be" 1 KHO-61 "$VANTHU" search --records "postgresql:///kho?schema=x;y"
if ! pg_found; then
	ok "with a server # SKIP gói postgresql chưa được cài"
	plan
	exit 0
fi

fast=$(mktemp -d -p /dev/shm 2>/dev/null || mktemp -d -p "$TMP")
chmod 755 "$fast"
trap 'pg_stop "$fast/pg" immediate 2>/dev/null; rm -rf "$fast"' EXIT
pg_make "$fast/pg" || { not_ok "a PostgreSQL is started"; plan; exit 1; }
url=$(pg_url "$fast/pg")
export VANTHU_RECORDS="$url&schema=xa_thach_binh"
cat >good.xml <<'XML'
<?xml version="1.0" encoding="UTF-8"?>
<document xmlns="urn:vanthu:document:1" system="state" type="cong-van">
  <issuer abbr="UBND"><name>Ủy ban nhân dân<br/>xã Thạch Bình</name></issuer>
  <number unit="VP"/>
  <place>Thạch Bình</place>
  <date>2026-11-16</date>
  <subject>chuẩn bị họp thôn</subject>
  <to><recipient>Trưởng các thôn</recipient></to>
  <body><p>Đề nghị các thôn gửi danh sách người dự họp trước ngày 20 tháng 11 năm 2026</p></body>
  <copies><as-above/><archive>VT</archive></copies>
  <signature><capacity kind="TM">Ủy ban nhân dân</capacity><position>Chủ tịch</position><name>Lê Thị Mai</name></signature>
</document>
XML

refuses "no archive yet" 1 'vanthu init' "$VANTHU" issue good.xml
yes "init" "$VANTHU" init --any-issuer
refuses "init where one is" 1 KHO-03 "$VANTHU" init
yes "issue" "$VANTHU" issue good.xml -o a.pdf --json
same "number 1" 1 "$(jq -r .number out)"
yes "once more" "$VANTHU" issue good.xml -o a.pdf --json
same "is the same" "1 true" "$(jq -r '"\(.number) \(.existing)"' out)"
yes "search" "$VANTHU" search 'hop thon' --json
same "finds it" 1 "$(jq '.records | length' out)"
yes "file" "$VANTHU" file 1/UBND-VP -o b.pdf
cmp -s a.pdf b.pdf && ok "the same PDF" || not_ok "the same PDF"
yes "show" "$VANTHU" show 1/UBND-VP
yes "register" "$VANTHU" register -o so.csv
yes "fsck" "$VANTHU" fsck
yes "audit" "$VANTHU" audit verify
refuses "backup is the server's" 1 'pg_dump' "$VANTHU" backup -o bk
[ ! -e bk ] && ok "and leaves nothing" || not_ok "and leaves nothing"
refuses "restore goes to a folder" 1 KHO-56 "$VANTHU" restore /nowhere
yes "another agency in the same database" "$VANTHU" init --any-issuer --records "$url&schema=dang_uy"
yes "has numbers of its own" "$VANTHU" issue good.xml --records "$url&schema=dang_uy" --json
same "from 1 on" 1 "$(jq -r .number out)"
yes "and vanthu is the name of one without" "$VANTHU" init --records "$url"
same "as a schema" 1 "$(pg_sql "$fast/pg" "SELECT count(*) FROM pg_namespace WHERE nspname = 'vanthu'" vanthu)"

# files in a folder
export VANTHU_RECORDS="$url&schema=tep"
mkdir "$fast/tep"
yes "files in a shared folder" "$VANTHU" init --any-issuer --files-folder "$fast/tep"
yes "issue into it" "$VANTHU" issue good.xml --json
same "there it is" "%PDF" "$(head -c 4 "$(jq -r .file out)")"
yes "fsck sees it" "$VANTHU" fsck
rm -f "$(jq -r .file out 2>/dev/null)" "$fast"/tep/files/*/*
refuses "and misses it" 1 KHO-30 "$VANTHU" fsck
refuses "a folder's archive has its files inside" 1 files-in-folder "$VANTHU" init --records "$fast/kho" --files-folder "$fast/tep"

# who may only read
pg_sql "$fast/pg" "CREATE ROLE doc LOGIN; GRANT USAGE ON SCHEMA xa_thach_binh TO doc; GRANT SELECT ON ALL TABLES IN SCHEMA xa_thach_binh TO doc" vanthu
export VANTHU_RECORDS="postgresql://doc@/vanthu?host=$fast/pg&schema=xa_thach_binh"
yes "a reader finds" "$VANTHU" search 'hop thon' --json
same "as much" 1 "$(jq '.records | length' out)"
sed 's/họp thôn/họp xã/' good.xml >two.xml
refuses "and does not write" 2 KHO-06 "$VANTHU" issue two.xml
pg_sql "$fast/pg" "BEGIN; SELECT FROM xa_thach_binh.setting WHERE name = 'archive' FOR UPDATE; SELECT pg_sleep(30)" vanthu >/dev/null &
sleep 0.5
yes "a reader proves it, while another writes" timeout 20 "$VANTHU" fsck --json
is "with its index" "0 true" '"\(.wrong) \(.indexCompared)"'
is "but its tables" KHO-68 '.findings[].id'
pg_sql "$fast/pg" "SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE wait_event = 'PgSleep'" >/dev/null
wait
refuses "and repairs nothing" 2 KHO-06 "$VANTHU" fsck --repair
pg_sql "$fast/pg" "UPDATE xa_thach_binh.setting SET value = '5' WHERE name = 'tables'" vanthu
refuses "old tables are brought forward by who may" 1 KHO-09 "$VANTHU" fsck
grep -q 'Nhờ người được ghi vào kho' err && ok "as the reader is told" || not_ok "as the reader is told"
pg_sql "$fast/pg" "UPDATE xa_thach_binh.setting SET value = '$tables' WHERE name = 'tables'" vanthu

# servers on which "done" would be a lie
export VANTHU_RECORDS="$url&schema=xa_thach_binh"
pg_sql "$fast/pg" "ALTER SYSTEM SET fsync TO off"
pg_sql "$fast/pg" "SELECT pg_reload_conf()" >/dev/null
sleep 0.3
refuses "no fsync: nothing is issued" 1 KHO-65 "$VANTHU" issue two.xml
yes "but found" "$VANTHU" search thon
yes "and proved" "$VANTHU" fsck
pg_sql "$fast/pg" "ALTER SYSTEM RESET fsync"
pg_sql "$fast/pg" "ALTER SYSTEM SET full_page_writes TO off"
pg_sql "$fast/pg" "ALTER SYSTEM SET synchronous_commit TO off"
pg_sql "$fast/pg" "SELECT pg_reload_conf()" >/dev/null
sleep 0.3
yes "no full pages: a warning" "$VANTHU" issue two.xml
grep -q KHO-66 err && ok "which is told" || not_ok "which is told"
pg_sql "$fast/pg" "ALTER SYSTEM RESET full_page_writes"
pg_sql "$fast/pg" "CREATE DATABASE cu OWNER vanthu ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0"
refuses "a database without UTF-8" 1 KHO-65 "$VANTHU" init --records "postgresql://vanthu@/cu?host=$fast/pg"
plan
