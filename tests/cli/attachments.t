#!/bin/bash
# What a document is issued with is kept as it was: enclosed documents and PDFs, figures.  From
# source and attachments the same pages can be made again.
set -u
. tests/lib.sh
pictures=$PWD/tests/regress/compose
cd "$TMP" || exit 2
an_archive
a_letter
"$VANTHU" init >/dev/null

# a PDF, a document that itself encloses one, a figure in that
sed 's/đọc sách/trồng cây/; s|<number unit="VP"/>|<number value="3" unit="VP"/>|' good.xml >con.xml
sed 's/đọc sách/bơi lội/; s|<number unit="VP"/>|<number value="2" unit="VP"/>|; s|</document>|<enclosure href="con.xml" title="Công văn số 3"/></document>|; s|</body>|<figure href="so-do.png" title="Sơ đồ"/></body>|' good.xml >'kế hoạch.xml'
base64 -d >so-do.png <<'PNG'
iVBORw0KGgoAAAANSUhEUgAAAAQAAAAECAIAAAAmkwkpAAAAEElEQVR4nGP4z8AARwzEcQCukw/x0F8jngAAAABJRU5ErkJggg==
PNG
"$VANTHU" render con.xml -o ban-do.pdf >out 2>&1 || not_ok "a PDF to enclose"
sed 's|</document>|<enclosure href="kế hoạch.xml" title="Kế hoạch"/><enclosure href="ban-do.pdf" title="Bản đồ"/></document>|' good.xml >thu.xml
yes "issued" "$VANTHU" issue thu.xml -o thu.pdf --json
id=$(jq -r .id out)
yes "shown" "$VANTHU" show "$id" --json
is "all of them are kept, in the order they were read" 'kế hoạch.xml so-do.png con.xml ban-do.pdf' \
	'[.files[] | select(.name)] | sort_by(.role) | map(.name) | join(" ")'
for name in 'kế hoạch.xml' so-do.png con.xml ban-do.pdf; do
	same "$name under its hash" "$(sha256sum <"$name" | cut -d' ' -f1)" \
		"$(jq -r --arg n "$name" '.files[] | select(.name == $n).sha256' out)"
done
is "the log says which, by their hashes" "$(for name in 'kế hoạch.xml' so-do.png con.xml ban-do.pdf; do sha256sum <"$name" | cut -d' ' -f1; done | tr '\n' ' ' | sed 's/ $//')" \
	'[.events[] | select(.act == "issue")][0].detail | (if type == "string" then fromjson else . end).attachments | join(" ")'
yes "seen" "$VANTHU" show "$id"
says "by name" 'gửi kèm “kế hoạch.xml”'

mkdir lai && cd lai || exit 2
yes "handed out under its own name" "$VANTHU" file "$id" --attachment 'kế hoạch.xml'
cmp -s 'kế hoạch.xml' '../kế hoạch.xml' && ok "byte for byte" || not_ok "byte for byte"
rm 'kế hoạch.xml'
yes "typed in loose marks" "$VANTHU" file "$id" --attachment "$(printf 'ke\314\202\314\201 hoa\314\243ch.xml')"
same "it has the name by which the source calls for it" 'kế hoạch.xml' "$(ls | grep -v '^so-do')"
ln -s nowhere con.xml
refuses "nor through a link that leads nowhere" 1 'không ghi đè' "$VANTHU" file "$id" --attachment con.xml
rm con.xml
echo 'bản mới hơn' >con.xml
refuses "a file that is there is not written over" 1 'không ghi đè' "$VANTHU" file "$id" --attachment con.xml
same "it stays" 'bản mới hơn' "$(cat con.xml)"
rm con.xml
for name in so-do.png con.xml ban-do.pdf; do "$VANTHU" file "$id" --attachment "$name" >/dev/null; done
"$VANTHU" file "$id" --source -o thu.xml >/dev/null
yes "source and attachments are enough" "$VANTHU" render thu.xml -o lai.pdf
pdftotext -layout lai.pdf lai.txt && pdftotext -layout ../thu.pdf thu.txt
cmp -s lai.txt thu.txt && ok "for the same pages" || not_ok "for the same pages"
cd ..
refuses "no other file" 1 'Các tệp gửi kèm: kế hoạch.xml, ' "$VANTHU" file "$id" --attachment nhu-the.pdf
refuses "no file elsewhere" 1 KHO-13 "$VANTHU" file "$id" --attachment ../thu.xml
refuses "no nameless one" 1 KHO-13 "$VANTHU" file "$id" --attachment ''
refuses "one at a time" 1 CLI-16 "$VANTHU" file "$id" --attachment con.xml --source

# the same words with another file beside them: the old number, and that is said
yes "issued before" "$VANTHU" issue thu.xml
grep -q SO-27 err && not_ok "with the same files" || ok "with the same files"
cp ban-do.pdf giu.pdf && "$VANTHU" render good.xml -o ban-do.pdf >/dev/null
yes "and with another" "$VANTHU" issue thu.xml --json
is "it is the first one" "$id true" '"\(.id) \(.existing)"'
is "which is told" 'SO-27 Tệp “ban-do.pdf”' '.findings[] | select(.id == "SO-27") | "\(.id) \(.message[:16])"'
mv giu.pdf ban-do.pdf

# once, however often it is sent
files=$(sqlite3 "$fast/kho/records.db" 'SELECT count(*) FROM file')
sed 's/ngày hội/tháng/' thu.xml >thu2.xml
yes "sent again with another letter" "$VANTHU" issue thu2.xml --json
same "only letter and source are new" $((files + 2)) "$(sqlite3 "$fast/kho/records.db" 'SELECT count(*) FROM file')"

# a picture of a signature is in the PDF; loose, it would serve whoever forges
cp "$pictures/chu-ky.png" .
sed 's/ngày hội/tuần lễ/; s|<signature>|<signature image="chu-ky.png">|' good.xml >ky.xml
yes "with a picture of the signature" "$VANTHU" issue ky.xml --json
"$VANTHU" show "$(jq -r .id out)" --json >out
is "which is not handed out" 'pdf source' '[.files[].role] | sort | join(" ")'

"$VANTHU" dossier open 01.VP --year 2026 --title 'Ngày hội đọc sách' >/dev/null
"$VANTHU" dossier add 01.VP "$id" >/dev/null
yes "a dossier hands them on" "$VANTHU" dossier export 01.VP -o ho-so
same "plainly named" 'gui-kem-1_ke-hoach.xml gui-kem-2_so-do.png gui-kem-3_con.xml gui-kem-4_ban-do.pdf' \
	"$(ls ho-so | sed -n 's/.*_\(gui-kem.*\)/\1/p' | sort | tr '\n' ' ' | sed 's/ $//')"
same "with their own names in the list" 'kế hoạch.xml' "$(xmllint --xpath 'string(//*[local-name()="AttachmentName"][1])' ho-so/ho-so.xml)"
yes "hashed" sh -c 'cd ho-so && sha256sum --strict --quiet -c manifest.txt'
yes "register and files agree" "$VANTHU" fsck
sqlite3 "$fast/kho/records.db" "DROP TRIGGER document_file_fixed; UPDATE document_file SET name = 'khac.xml' WHERE role = 'attachment-1'" 2>/dev/null
refuses "an attachment under another name is told" 1 'KHO-3' "$VANTHU" fsck
plan
