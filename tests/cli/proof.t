#!/bin/bash
# Proof from the command line: register and files agree, the log is what it was.
set -u
. tests/lib.sh
cd "$TMP" || exit 2
an_archive
a_letter
change() { sed "$1" good.xml >"$2"; }
"$VANTHU" init --files-in-folder >/dev/null
for d in 'họp thôn' 'trồng rừng' 'sửa đường'; do
	change "s/ngày hội đọc sách/$d/" v.xml
	"$VANTHU" issue v.xml >/dev/null
done
yes "a whole archive" "$VANTHU" fsck
says "is said to be whole" '3 văn bản, 6 tệp'
yes "its log" "$VANTHU" audit
says "and what a chain cannot prove" '--against'
"$VANTHU" audit head >moc.txt
yes "against a head kept elsewhere" "$VANTHU" audit verify --against moc.txt
says "is said" 'Khớp với 1 mã băm'
yes "exported" "$VANTHU" audit export -o log.jsonl
[ "$(jq -rs 'map(.serial | tostring) | join(" ")' log.jsonl)" = "1 2 3 4 5 6" ] && ok "as lines" || not_ok "as lines"
change "s/ngày hội đọc sách/khơi mương/" v.xml
"$VANTHU" issue v.xml >/dev/null
yes "the export is an anchor, too" "$VANTHU" audit verify --against log.jsonl --json
is "for a log that went on" 7 .serial
echo 'không phải mã băm' >hong.txt
refuses "what is no anchor" 1 'hong.txt:1' "$VANTHU" audit verify --against hong.txt
cp -a "$VANTHU_RECORDS" "$fast/truoc"
"$TOOLS_FAST/spoil" "$VANTHU_RECORDS" "DROP TRIGGER event_kept; DELETE FROM event WHERE serial > 5"
yes "a log that was cut is whole in itself" "$VANTHU" audit
refuses "but not against what was kept" 1 'KHO-42' "$VANTHU" audit verify --against moc.txt
refuses "nor against the export" 1 'KHO-42' "$VANTHU" audit verify --against log.jsonl

refuses "fsck misses its lines" 1 'nhật ký không ghi' "$VANTHU" fsck
refuses "and what kept them there" 1 'Sổ thiếu: trigger event_kept' "$VANTHU" fsck

"$TOOLS_FAST/spoil" "$VANTHU_RECORDS" "DROP TRIGGER event_fixed; UPDATE event SET actor = CAST(x'9B33316D' AS TEXT) WHERE serial = 2"
refuses "a line of other bytes is named" 1 'KHO-40' "$VANTHU" audit
yes "and exported, as far as it is text" "$VANTHU" audit export
same "with nothing a terminal would act on" '�31m' "$(jq -rs '.[1].actor' out)"

rm -rf "$VANTHU_RECORDS" && mv "$fast/truoc" "$VANTHU_RECORDS"
yes "as it was before" "$VANTHU" fsck

# what stands in the archive and is none of it: told, and nothing wrong
touch "$VANTHU_RECORDS/ghi-chu.txt" "$VANTHU_RECORDS/files/ab/rac"
yes "strays are told" "$VANTHU" fsck --json
is "as warnings" "2 0" '"\(.strange) \(.wrong)"'
is "by name" "ghi-chu.txt rac" '[.findings[].path | split("/") | last] | sort | join(" ")'
rm "$VANTHU_RECORDS/ghi-chu.txt" "$VANTHU_RECORDS/files/ab/rac"
mv "$VANTHU_RECORDS/records.db" "$fast/cho-khac.db" && ln -s "$fast/cho-khac.db" "$VANTHU_RECORDS/records.db"
yes "a register that stands elsewhere" "$VANTHU" fsck --json
is "too" records.db '[.findings[].path | split("/") | last] | join(" ")'
rm "$VANTHU_RECORDS/records.db" && mv "$fast/cho-khac.db" "$VANTHU_RECORDS/records.db"

# bytes behind a deflated file: it unpacks to what it was, and is longer than its row says
cp -a "$VANTHU_RECORDS" "$fast/dai"
"$TOOLS_FAST/spoil" "$fast/dai" "DROP TRIGGER blob_fixed; DROP TRIGGER file_fixed;
	UPDATE blob SET data = CAST(data || x'0000' AS BLOB) WHERE sha256 IN (SELECT sha256 FROM file WHERE packing = 'deflate');
	UPDATE file SET kept = kept + 2 WHERE packing = 'deflate'"
refuses "bytes behind a file" 1 'đúng mã băm và độ dài' "$VANTHU" fsck --records "$fast/dai"
# what stands in the register comes back with the register only
"$VANTHU" init --records "$fast/nho" >/dev/null
yes "an archive with its files in the register" "$VANTHU" issue good.xml --records "$fast/nho"
"$TOOLS_FAST/spoil" "$fast/nho" "DROP TRIGGER blob_fixed; UPDATE blob SET data = CAST(data || x'0000' AS BLOB)"
refuses "a file of it that is another is named" 1 'Tệp trong sổ mất' "$VANTHU" fsck --records "$fast/nho"
grep -q 'fsck --repair' err && not_ok "no file of another copy mends it" || ok "no file of another copy mends it"
cp -a "$VANTHU_RECORDS" "$fast/sao"
f=$VANTHU_RECORDS/$("$VANTHU" show 2/UBND-VP --json | jq -r .archived)
rm -f "$f"
refuses "a file gone is named" 1 'KHO-30' "$VANTHU" fsck
refuses "and not made up" 1 'KHO-30' "$VANTHU" fsck --repair
refuses "nor from a folder that is not there" 1 'KHO-01' "$VANTHU" fsck --repair --from "$fast/khong-co"
mkdir "$fast/sao-khac"
refuses "nor from a copy without it: another one is asked for" 1 'tìm ở bản sao khác' "$VANTHU" fsck --repair --from "$fast/sao-khac"
yes "but brought back from a copy" "$VANTHU" fsck --repair --from "$fast/sao" --json
is "one" "1 0" '"\(.repaired) \(.wrong)"'
yes "so that it is handed out" "$VANTHU" file 2/UBND-VP -o x.pdf
plan
