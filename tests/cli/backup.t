#!/bin/bash
# A backup is made while others work, bears its name only when it is whole, and
# becomes an archive again that goes on numbering.
set -u
. tests/lib.sh
cd "$TMP" || exit 2
fast=$(mktemp -d -p /dev/shm 2>/dev/null || mktemp -d -p "$TMP")
trap 'chmod -R u+w "$fast"; rm -rf "$fast"' EXIT
export VANTHU_RECORDS=$fast/kho
document() {
	cat <<XML
<?xml version="1.0" encoding="UTF-8"?>
<document xmlns="urn:vanthu:document:1" system="state" type="cong-van">
  <issuer abbr="UBND"><name>Ủy ban nhân dân<br/>xã Khe Nghiến</name></issuer>
  <number unit="VP"/>
  <place>Khe Nghiến</place>
  <date>2026-04-$1</date>
  <subject>$2</subject>
  <to><recipient>Trưởng các bản</recipient></to>
  <body><p>Đề nghị các bản báo cáo trước ngày 20 tháng 5 năm 2026</p></body>
  <copies><as-above/><archive>VT</archive></copies>
  <signature><capacity kind="TM">Ủy ban nhân dân</capacity><position>Chủ tịch</position><name>Lò Văn Inh</name></signature>
</document>
XML
}
issue() { document "$1" "$2" >v.xml && "$VANTHU" issue v.xml --json; }
"$VANTHU" init --files-in-folder >/dev/null
issue 01 "phát quang hành lang lưới điện" >/dev/null
issue 02 "kiểm tra hồ chứa nước trước mùa mưa" >/dev/null

refuses "not into the archive itself" 1 CLI-14 "$VANTHU" backup -o "$VANTHU_RECORDS"
refuses "nor below it" 1 CLI-14 "$VANTHU" backup -o "$VANTHU_RECORDS/sao"
yes "an archive is backed up" "$VANTHU" backup -o "$fast/sao" --json
is "with its documents and files" "2 4" '"\(.documents) \(.files)"'
b=$(jq -r .backup out)
same "sha256sum agrees with the manifest" 0 "$(cd "$b" && sha256sum --quiet -c manifest.txt >&2 2>/dev/null; echo $?)"
same "nothing but the backup is there" "$(basename "$b")" "$(ls -A "$fast/sao")"
refuses "a backup is no archive to issue into" 1 KHO-01 "$VANTHU" search --records "$b"
"$VANTHU" audit export -o log.jsonl
same "the archive's log tells of it" backup "$(tail -1 log.jsonl | jq -r .act)"
same "and the head in the manifest is the row before" "$(sed -n 's/^# log //p' "$b/manifest.txt")" "$(tail -2 log.jsonl | head -1 | jq -r '"\(.serial) \(.hash)"')"

issue 03 "họp bản về nước sạch" >/dev/null
refuses "an archive is not written over" 1 KHO-03 "$VANTHU" restore "$b"
mkdir "$fast/khac" && touch "$fast/khac/ghi-chu.txt"
refuses "nor anything else" 1 KHO-04 "$VANTHU" restore "$b" --records "$fast/khac"
yes "a new archive from the backup" "$VANTHU" restore "$b" --records "$fast/moi"
yes "register and files agree" "$VANTHU" fsck --records "$fast/moi"
same "two documents" 2 "$("$VANTHU" search --records "$fast/moi" --json | jq '.records | length')"
sed -n 's/^# log //p' "$b/manifest.txt" >moc.txt
yes "its log goes on from the head in the manifest" "$VANTHU" audit verify --against moc.txt --records "$fast/moi"
same "and says so" restore "$("$VANTHU" audit export --records "$fast/moi" | tail -1 | jq -r .act)"
document 05 "sửa đường vào bản" >v.xml
"$VANTHU" issue v.xml --records "$fast/moi" --json >out
is "numbers go on behind the last one" 3 .number
yes "and all is well there" "$VANTHU" fsck --records "$fast/moi"
mkdir "$fast/trong"
yes "an empty folder will do" "$VANTHU" restore "$b/" --records "$fast/trong/"

# damage is named
damage() { # what file needle
	rm -rf "$fast/hong"
	cp -a "$b" "$fast/hong" && chmod -R u+w "$fast/hong"
	eval "$2"
	refuses "$1" 1 "$3" "$VANTHU" restore "$fast/hong" --records "$fast/x"
	[ ! -e "$fast/x" ] && [ -z "$(ls -A "$fast" | grep restore)" ] || not_ok "$1: something is left"
	refuses "$1: --check says so, too" 1 "$3" "$VANTHU" restore --check "$fast/hong"
}
one=$(sed -n 's/^[0-9a-f]\{64\}  \(files.*\)/\1/p' "$b/manifest.txt" | head -1)
damage "a changed file" 'printf x >>"$fast/hong/$one"' "$one"
damage "a missing file" 'rm "$fast/hong/$one"' "$one"
damage "a changed register" 'printf x | dd of="$fast/hong/register.backup" bs=1 seek=9000 conv=notrunc status=none' 'register.backup'
damage "a manifest with a line less" 'sed -i "\|$one|d" "$fast/hong/manifest.txt"' 'manifest.txt'
damage "a manifest cut short" 'truncate -s -70 "$fast/hong/manifest.txt"' 'manifest.txt'
damage "a manifest that leads elsewhere" 'sed -i "s|files/|../iles/|" "$fast/hong/manifest.txt"' 'manifest.txt'
damage "no manifest" 'rm "$fast/hong/manifest.txt"' 'KHO-50'
yes "what is whole is said to be so" "$VANTHU" restore --check "$b"

# retention
for i in 1 2 3; do "$VANTHU" backup -o "$fast/sao" --keep 2 >/dev/null || not_ok "backup $i"; done
same "--keep 2 leaves two" 2 "$(ls -A "$fast/sao" | wc -l)"
[ ! -e "$b" ] && ok "the older one is gone" || not_ok "the older one is gone"
new=$(ls -d "$fast"/sao/vanthu-* | tail -1)
file=$(sed -n 's/^[0-9a-f]\{64\}  \(files.*\)/\1/p' "$new/manifest.txt" | head -1)
same "backups share what did not change" 2 "$(stat -c %h "$new/$file")"
yes "and each is whole" "$VANTHU" restore --check "$new"
VANTHU_RECORDS=$fast/moi "$VANTHU" backup -o "$fast/sao" --keep 1 >/dev/null
same "another life of the same archive counts among its backups" 1 "$(ls -A "$fast/sao" | wc -l)"
"$VANTHU" init --records "$fast/la" >/dev/null
"$VANTHU" backup -o "$fast/sao" --keep 1 --records "$fast/la" >/dev/null
same "another archive's are left alone" 2 "$(ls -A "$fast/sao" | wc -l)"

# an archive that is damaged: the old backup stays, the new one is not kept
before=$(ls -A "$fast/sao")
file=$VANTHU_RECORDS/$("$VANTHU" show 2/UBND-VP --json | jq -r .archived)
chmod u+w "$file" && printf x >>"$file"
refuses "a damaged archive makes no backup" 1 KHO-54 "$VANTHU" backup -o "$fast/sao" --keep 1
same "and takes none away" "$before" "$(ls -A "$fast/sao")"

"$VANTHU" backup -o "$fast/sao2" --records "$fast/moi" >/dev/null
old=$(ls "$fast/sao2")
touch "$fast/sao2/$old/ghi-chu.txt"
yes "an old backup in which somebody put something" "$VANTHU" backup -o "$fast/sao2" --keep 1 --records "$fast/moi"
grep -q KHO-55 err && [ -e "$fast/sao2/.$old.old/ghi-chu.txt" ] && ok "keeps that, and it is told" || not_ok "keeps that"

refuses "where to is to be said" 1 CLI-16 "$VANTHU" backup
touch tep
refuses "into a file" 2 'tep' "$VANTHU" backup -o tep --records "$fast/moi"
plan
