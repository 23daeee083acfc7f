#!/bin/bash
# Annexes of an electronic document in files of their own: made, archived with
# it, handed out, proved by fsck (NĐ 30, PL I III.1.d).
set -u
. tests/lib.sh
check() { # what command ...
	local what=$1
	shift
	if "$@" >"$TMP/out" 2>"$TMP/err"; then ok "$what"; else not_ok "$what"; fi
}
cd "$TMP" || exit 2
cat >kh.xml <<'END'
<document xmlns="urn:vanthu:document:1" system="state" type="ke-hoach">
  <issuer abbr="SNN"><name>Sở Nông nghiệp</name></issuer>
  <number/><place>Lam Giang</place><date>2026-04-02</date>
  <subject>Trồng cây phân tán năm 2026</subject>
  <body><p>Các phòng thực hiện theo Phụ lục I và Phụ lục II kèm theo.</p></body>
  <copies><recipient>Các phòng</recipient><archive>VT</archive></copies>
  <signature><position>Giám đốc</position><name>Lê Thị Hạnh</name></signature>
  <annex><title>Loài cây</title><p>Lim.</p></annex>
  <annex><title>Số lượng</title><p>Một nghìn cây.</p></annex>
</document>
END
"$VANTHU" init >out 2>err
issue() { "$VANTHU" issue kh.xml "$@"; }

issue --annexes separate -o a.pdf >out 2>err
[ $? -eq 1 ] && grep -q XEM-06 err && ok "paper has one file" || not_ok "paper has one file"
issue --for electronic --annexes separate -o - >out 2>err
[ $? -eq 1 ] && grep -q XEM-06 err && ok "several files are no standard output" || not_ok "several files are no standard output"
mkdir a-kem-theo-2.pdf
issue --for electronic --annexes separate -o a.pdf >out 2>err
[ $? -ne 0 ] && [ ! -e a.pdf ] && ok "an annex that cannot be written stops it before the number" ||
	not_ok "an annex that cannot be written stops it before the number"
rmdir a-kem-theo-2.pdf

check "issued" issue --for electronic --annexes separate -o a.pdf
grep -q 'kem-theo-2.pdf' out && ok "it says where they are" || not_ok "it says where they are"
pdftotext a.pdf main.txt && ! grep -q 'Một nghìn cây' main.txt && ok "the main file has no annex" || not_ok "the main file has no annex"
pdftotext a-kem-theo-2.pdf 2.txt && grep -q 'Một nghìn cây' 2.txt && ok "the second annex's file" || not_ok "the second annex's file"
"$VANTHU" show 01/KH-SNN --json >out 2>err
[ "$(jq -c '[.files[].role] | sort' out)" = '["annex-1","annex-2","pdf","source"]' ] && ok "the record names them" || not_ok "the record names them"
[ "$(pdfinfo a-kem-theo-2.pdf | sed -n 's/^Title: *//p')" = "Phụ lục II: Số lượng (Kế hoạch số 01/KH-SNN: Trồng cây phân tán năm 2026)" ] &&
	ok "an annex's file has its own title" || not_ok "an annex's file has its own title"
check "an annex handed out" "$VANTHU" file 01/KH-SNN --annex 2 -o b.pdf
cmp -s b.pdf a-kem-theo-2.pdf && ok "byte for byte" || not_ok "byte for byte"
"$VANTHU" file 01/KH-SNN --annex 0 -o c.pdf >out 2>err
case $?:$(cat err) in
1:*KHO-13*) ok "there is no annex 0" ;;
*) not_ok "annex 0" ;;
esac
"$VANTHU" file 01/KH-SNN --annex 3 -o c.pdf >out 2>err
[ $? -eq 1 ] && grep -q KHO-13 err && [ ! -e c.pdf ] && ok "there is no third" || not_ok "there is no third"
check "fsck agrees" "$VANTHU" fsck

"$VANTHU" dossier open 01.KH --year 2026 --title 'Hồ sơ trồng cây' >out 2>err
"$VANTHU" dossier add 01.KH 01/KH-SNN >out 2>err
check "a dossier with it as a folder" "$VANTHU" dossier export 01.KH -o ho-so
cmp -s b.pdf ho-so/001_2026-04-02_01-kh-snn_kem-theo-2.pdf && ok "has the annexes" || not_ok "has the annexes"
check "hashed" sh -c 'cd ho-so && sha256sum --strict --quiet -c manifest.txt && grep -c kem-theo manifest.txt | grep -qx 2'
[ "$(xmllint --xpath 'count(//*[local-name()="Outgoing"]/*[local-name()="Annex"])' ho-so/ho-so.xml)" = 2 ] && ok "and named" || not_ok "and named"

check "issued already: the same files again" issue --for electronic --annexes separate -o d.pdf
cmp -s d-kem-theo-1.pdf a-kem-theo-1.pdf && cmp -s d.pdf a.pdf && ok "the same bytes" || not_ok "the same bytes"
check "issued again, in one file" issue --for electronic --again "gộp phụ lục" -o e.pdf
pdftotext e.pdf e.txt && grep -q 'Một nghìn cây' e.txt && [ ! -e e-kem-theo-1.pdf ] && ok "all in one" || not_ok "all in one"

# the log says which annexes there were
sqlite3 vanthu-records/*.db "DROP TRIGGER document_file_kept; DELETE FROM document_file WHERE role = 'annex-2'" 2>err
"$VANTHU" fsck >out 2>err
[ $? -ne 0 ] && grep -q KHO-32 err && ok "fsck misses a lost annex" || not_ok "fsck misses a lost annex"
plan
