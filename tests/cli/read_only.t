#!/bin/bash
# An archive nobody can write: a DVD, a medium mounted for reading, a folder of others.  It is
# read and proved as it stands, it is never changed, and where it cannot be read whole it is not
# read at all.
set -u
. tests/lib.sh
here=$PWD/tests/records/archives
cd "$TMP" || exit 2
an_archive
chmod 755 "$fast"
a_letter
kho=$fast/kho lone=$fast/le

# ------------------------------------------------------------- the two ways --
# reader COMMAND...: as one who may not write here
reader() {
	if [ "$(id -u)" = 0 ]; then
		setpriv --reuid 65534 --regid 65534 --clear-groups "$@"
	else
		"$@"
	fi
}
# disc COMMAND...: with $fast mounted so that nobody writes into it, the administrator neither
own=-m
[ "$(id -u)" = 0 ] || own=-rm
disc() {
	unshare $own sh -c 'mount --bind "$0" "$0" && mount -o remount,bind,ro "$0" && exec "$@"' "$fast" "$@"
}
# a program started by another one, and what is loaded into it: where the other user may look,
# wherever this tree stands
open=$fast/open
mkdir -m 755 "$open" && cp "$VANTHU_FAST" "$SHIMS/hurry.so" "$open"
ways=reader
if disc true 2>"$TMP/err" && ! disc touch "$fast/x" 2>/dev/null; then
	ways="reader disc"
else
	echo "# a medium mounted for reading: not tried: $(head -1 "$TMP/err")"
fi
# every name, size, right, time and byte below the place
state() { (cd "$fast" && find . -printf '%p %y %m %U %s %T@ %C@\n' | sort && find . -type f -print0 | sort -z | xargs -0 sha256sum); }
unchanged() { # what
	local now
	now=$(state)
	[ "$now" = "$before" ] && ok "$1: not a byte, not a time has changed" || {
		diff <(echo "$before") <(echo "$now") >"$TMP/out"
		not_ok "$1: something was written"
	}
}
seal() { chmod -R a-w "$fast" && before=$(state); }
unseal() { chmod -R u+w "$fast"; }
# a copy in a place of its own is written into: what the remedies say
copied() { rm -rf "$TMP/chep" && cp -a "$kho" "$TMP/chep" && chmod -R u+w "$TMP/chep"; }

# ----------------------------------------------------------------- the archive --
yes "an archive" "$VANTHU" init --any-issuer --files-in-folder
yes "with a letter" "$VANTHU" issue good.xml --json
id=$(jq -r .id out)
file=$(jq -r .file out)
sed 's/ngày hội đọc sách/đại hội thể dục/; s/2026-03-16/2026-03-17/' good.xml >two.xml
yes "and one that is not for everybody" "$VANTHU" issue two.xml --json
secret=$(jq -r .id out)
yes "which is told" "$VANTHU" set "$secret" --access '03'

# proves WAY WHAT
proves() {
	yes "$1: $2 is proved" "$1" "$VANTHU" fsck --json
	is "$1: all of it but the index" "2 4 0 false" '"\(.documents) \(.files) \(.wrong) \(.indexCompared)"'
	unchanged "$1"
}
yes "fsck of who may write" "$VANTHU" fsck --json
is "compares the index, too" true .indexCompared
yes "and says no more" "$VANTHU" fsck
grep -q 'chỉ mục' out && not_ok "than there is to say" || ok "than there is to say"
rm -f "$kho"/records.db-wal "$kho"/records.db-shm
seal
for way in $ways; do
	proves "$way" "what was burnt without SQLite's files"
	yes "$way: people are told" "$way" "$VANTHU" fsck
	says "$way: what was not compared" 'chỉ cho đọc nên chỉ mục tìm kiếm chưa được đối chiếu'
	says "$way: and that the rest agrees" 'Sổ và tệp khớp nhau'
	yes "$way: search" "$way" "$VANTHU" search 'ngay hoi' --json
	is "$way: finds" "$id" '.records[0].id'
	yes "$way: the log is whole" "$way" "$VANTHU" audit verify
	refuses "$way: nothing is repaired" 2 KHO-06 "$way" "$VANTHU" fsck --repair
	refuses "$way: nothing is issued" 2 KHO-06 "$way" "$VANTHU" issue "$TMP/good.xml"
	refuses "$way: no view without its line" 2 KHO-14 "$way" "$VANTHU" show "$secret"
	unchanged "$way"
done
for way in $ways; do
	case $way in
	reader) word='Xin quyền ghi vào thư mục kho' ;;
	*) word='Chép cả thư mục kho sang ổ đĩa ghi được rồi xem ở đó' ;;
	esac
	refuses "$way: what would help" 2 "$word" "$way" "$VANTHU" show "$secret"
done
copied
yes "a copy can be shown" "$VANTHU" show "$secret" --records "$TMP/chep"
yes "and compared whole" "$VANTHU" fsck --json --records "$TMP/chep"
is "with its index" true .indexCompared
unseal

# with the files SQLite keeps, as an archive in use has them
yes "somebody looks in" "$VANTHU" search
seal
for way in $ways; do proves "$way" "what was burnt with SQLite's files"; done
unseal

# ------------------------------------------------------------------- damage --
stray=$(sqlite3 "$kho/records.db" "SELECT hex(designation) FROM document LIMIT 1" 2>/dev/null)
[ -n "$stray" ] && ok "the register can be read" || not_ok "the register can be read"
cp -a "$file" "$TMP/kept"
chmod u+w "$file"
printf 'X' | dd of="$file" bs=1 seek=100 conv=notrunc status=none
rm -f "$kho"/records.db-wal "$kho"/records.db-shm
seal
hash=$(basename "$(dirname "$file")")$(basename "$file")
for way in $ways; do
	refuses "$way: a file that is not what it was is named" 1 "KHO-30.*" "$way" "$VANTHU" fsck
	grep -q "$hash" err && ok "$way: by its hash" || not_ok "$way: by its hash"
	case $way in
	reader) word='Nhờ người có quyền ghi vào kho chạy: vanthu fsck --repair --from' ;;
	*) word='chép cả thư mục kho sang ổ đĩa ghi được rồi chạy ở đó: vanthu fsck --repair --from' ;;
	esac
	grep -q "$word" err && ok "$way: who or where can mend it" || not_ok "$way: who or where can mend it"
	refuses "$way: and not mended, where nothing can be written" 2 KHO-06 "$way" "$VANTHU" fsck --repair --from "$TMP/chep"
	unchanged "$way"
done
unseal
chmod u+w "$file" && cat "$TMP/kept" >"$file" && chmod a-w "$file"

# --------------------------------------------------------------- who writes --
# Without SQLite's files the archive's own lock is what keeps a writer out.
seal
flock -x -F "$kho/records.lock" sleep 1.5 &
sleep 0.3
from=$(date +%s%N)
yes "who reads waits for who writes" reader "$VANTHU" search
[ $((($(date +%s%N) - from) / 1000000)) -gt 800 ] && ok "until it is done" || not_ok "until it is done"
wait
flock -x -F "$kho/records.lock" sleep 30 &
writer=$!
sleep 0.3
refuses "but not for ever" 2 KHO-07 reader env LD_PRELOAD="$open/hurry.so" "$open/vanthu" search
kill $writer
wait 2>/dev/null
if [ "$(id -u)" = 0 ]; then
	chmod 600 "$kho/records.lock"
	refuses "no lock to be had: not read" 2 'records.lock' reader "$VANTHU" fsck
	refuses "nor searched" 2 KHO-06 reader "$VANTHU" search
else
	echo "# a lock that only another may read: not tried: not root"
fi
unseal
mv "$kho/records.lock" "$TMP/lock"
seal
for way in $ways; do
	case $way in
	reader) refuses "$way: there is none: not read" 2 'sang nơi ghi được' "$way" "$VANTHU" search ;;
	*) yes "$way: there is none: the medium is enough" "$way" "$VANTHU" fsck ;;
	esac
	unchanged "$way"
done
unseal
mkfifo "$kho/records.lock"
seal
yes "a pipe in its place holds nobody up" reader timeout 20 "$open/vanthu" search
unseal
rm "$kho/records.lock" && mv "$TMP/lock" "$kho/records.lock"

# ------------------------------------------------------- a log left behind --
# Who reads an older state keeps what comes later in SQLite's log.
coproc older { sqlite3 "$kho/records.db" 2>/dev/null; }
echo "BEGIN; SELECT count(*) FROM document;" >&"${older[1]}"
read -r seen <&"${older[0]}"
same "somebody reads" 2 "$seen"
sed 's/ngày hội đọc sách/tết trồng cây/; s/2026-03-16/2026-03-18/' good.xml >three.xml
yes "while another issues" "$VANTHU" issue three.xml --json
cp -a "$kho" "$lone"
echo .quit >&"${older[1]}"
wait "$older_PID" 2>/dev/null
[ "$(stat -c %s "$lone/records.db-wal")" -gt 32 ] && ok "the copy has a log" || not_ok "the copy has a log"
rm -rf "$kho" && mv "$lone" "$kho"
seal
for way in $ways; do
	yes "$way: SQLite's files are all there" "$way" "$VANTHU" fsck --json
	is "$way: so nothing is missing" "3 false" '"\(.documents) \(.indexCompared)"'
	unchanged "$way"
done
unseal
rm "$kho/records.db-shm"
seal
for way in $ways; do
	refuses "$way: the log cannot be read: that is told" 2 'records.db-wal' "$way" "$VANTHU" fsck
	refuses "$way: by search, too" 2 KHO-06 "$way" "$VANTHU" search 'trong cay'
	unchanged "$way"
done
copied
yes "a copy is whole" "$VANTHU" fsck --json --records "$TMP/chep"
is "with the last letter" "3 true" '"\(.documents) \(.indexCompared)"'
unseal

# ---------------------------------------------------------------- old tables --
rm -rf "$kho"
tar -xzf "$here/v4.tar.gz" -C "$fast"
seal
for way in $ways; do
	case $way in
	reader) word='Nhờ người có quyền ghi vào kho' ;;
	*) word='Chép cả thư mục kho sang ổ đĩa ghi được' ;;
	esac
	for act in fsck search; do
		refuses "$way: old tables: $act" 1 KHO-09 "$way" "$VANTHU" "$act"
		refuses "$way: what would help" 1 "$word" "$way" "$VANTHU" "$act"
	done
	unchanged "$way"
done
copied
yes "a copy is brought forward" "$VANTHU" search --records "$TMP/chep"
yes "and proved" "$VANTHU" fsck --records "$TMP/chep"
unseal
flock -x -F "$kho/records.lock" sleep 30 &
writer=$!
sleep 0.3
refuses "who might bring them forward waits for who does" 2 KHO-07 env LD_PRELOAD="$SHIMS/hurry.so" "$VANTHU_FAST" search
kill $writer
wait 2>/dev/null
yes "and then does it" "$VANTHU" search
plan
