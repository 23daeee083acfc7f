#!/bin/bash
# Copies (bản sao): the register and the search know them by what they copy; the copy of a
# secret is one.
set -u
. tests/lib.sh
cd "$TMP" || exit 2
an_archive

original() { # file type number day subject marks
	cat >"$1" <<XML
<?xml version="1.0" encoding="UTF-8"?>
<document xmlns="urn:vanthu:document:1" system="state" type="$2">
  <issuer abbr="UBND"><name>Ủy ban nhân dân<br/>xã Suối Trầu</name></issuer>
  <number value="$3"/>
  <place>Suối Trầu</place>
  <date>$4</date>
  $6
  <subject>$5</subject>
  <body><p>Đề nghị các thôn dọn vệ sinh đường làng trước ngày 20 tháng 3 năm 2026</p></body>
  <copies amount="12"><recipient>Trưởng các thôn</recipient><archive>VT</archive></copies>
  <signature><capacity kind="TM">Ủy ban nhân dân</capacity><position>Chủ tịch</position><name>Vừ A Páo</name></signature>
</document>
XML
	sed -i '/^  $/d' "$1"
}
copy() { # file type enclosure day [system attributes of the enclosure]
	cat >"$1" <<XML
<?xml version="1.0" encoding="UTF-8"?>
<document xmlns="urn:vanthu:document:1" system="state" type="$2">
  <issuer abbr="UBND"><name>Ủy ban nhân dân<br/>xã Suối Trầu</name></issuer>
  <number/>
  <place>Suối Trầu</place>
  <date>$4</date>
  <copies><recipient>Trưởng các thôn</recipient><archive>VT</archive></copies>
  <signature><capacity kind="TL">Chủ tịch</capacity><position>Chánh Văn phòng</position><name>Giàng Thị Mỷ</name></signature>
  <enclosure href="$3"${5:-}/>
</document>
XML
}

original ke-hoach.xml ke-hoach 7 2026-03-05 'Tổng vệ sinh đường làng năm 2026' ''
copy sao-y.xml sao-y ke-hoach.xml 2026-03-12
cited='Kế hoạch số 07/KH-UBND ngày 05 tháng 3 năm 2026 của Ủy ban nhân dân xã Suối Trầu về việc tổng vệ sinh đường làng năm 2026'
"$VANTHU" init >/dev/null
yes "a copy is issued" "$VANTHU" issue sao-y.xml --json
is "its trích yếu is what it copies" "$cited" .subject
yes "seen as such" "$VANTHU" show 1/SY-UBND
says "by people" 'tổng vệ sinh đường làng'
yes "found by the words of what it copies" "$VANTHU" search 'tong ve sinh duong lang' --json
is "the copy" 1 '.records | length'
yes "in the register" "$VANTHU" register --year 2026 --format csv -o so.csv
grep -q 'tổng vệ sinh đường làng năm 2026' so.csv && ok "with that trích yếu" || not_ok "no trích yếu in the register"

sed 's|<number/>|<number value="1"/>|' sao-y.xml >da-sao.xml
copy sao-luc.xml sao-luc da-sao.xml 2026-03-13
yes "a sao lục is made from the sao y" "$VANTHU" issue sao-luc.xml --json
is "it has the trích yếu of what that one copies" "$cited" .subject

original ha-noi.xml ke-hoach 8 2026-12-15 'Hà Nội trong trái tim em' ''
copy sao-ten.xml sao-y ha-noi.xml 2026-03-14
"$VANTHU" issue sao-ten.xml --override CO-02 --reason 'thử tên riêng' --json >out 2>err
case $(jq -r .subject out) in
*'ngày 15 tháng 12 năm 2026'*'về việc Hà Nội trong trái tim em') ok "a name keeps its capital, a day of two digits its own" ;;
*) not_ok "a name within a sentence: $(jq -r .subject out)" ;;
esac
original quyet-dinh.xml ke-hoach 9 2026-02-15 'Về việc trồng cây' ''
copy sao-viec.xml sao-y quyet-dinh.xml 2026-03-14
yes "“Về việc” does not stand twice" "$VANTHU" issue sao-viec.xml --json
is "once, in small letters; months 1 and 2 have a nought" \
	'Kế hoạch số 09/KH-UBND ngày 15 tháng 02 năm 2026 của Ủy ban nhân dân xã Suối Trầu về việc trồng cây' .subject

# a PDF tells nothing of itself but what the copy says of it
"$VANTHU" render ke-hoach.xml -o goc.pdf >/dev/null 2>&1
copy sao-pdf.xml sao-y goc.pdf 2026-03-15 ' title="Kế hoạch 07/KH-UBND, bản chụp"'
yes "of a PDF" "$VANTHU" issue sao-pdf.xml --json
is "its title is the trích yếu" 'Kế hoạch 07/KH-UBND, bản chụp' .subject
copy sao-pdf2.xml sao-y goc.pdf 2026-03-15
yes "of a PDF without a title" "$VANTHU" issue sao-pdf2.xml --again 'bản thứ hai' --json
is "there is none" '' '.subject // ""'

# the file that is copied must be there, and be a file
copy sao-mat-tep.xml sao-y khong-co.xml 2026-03-16
refuses "what is copied is not there" 1 'khong-co.xml' "$VANTHU" issue sao-mat-tep.xml
refuses "nor is a draft of it taken" 1 'TRANG-10' "$VANTHU" draft sao-mat-tep.xml
ln -s ke-hoach.xml lien-ket.xml
copy sao-lk.xml sao-y lien-ket.xml 2026-03-16
refuses "a link is not followed" 1 'lien-ket.xml' "$VANTHU" draft sao-lk.xml
copy vong.xml sao-y vong.xml 2026-03-16
refuses "a copy of itself" 1 '' "$VANTHU" issue vong.xml
copy vong-1.xml sao-y vong-2.xml 2026-03-16
copy vong-2.xml sao-y vong-1.xml 2026-03-16
refuses "nor round in a ring, also as a draft" 1 'TRANG-13' "$VANTHU" draft vong-1.xml
echo '<a>' >hong.xml
copy sao-hong.xml sao-y hong.xml 2026-03-16
refuses "what is copied is no document" 1 'hong.xml' "$VANTHU" draft sao-hong.xml

# secrets
original mat.xml ke-hoach 3 2026-03-02 'Diễn tập phòng thủ' '<marks secrecy="mat"/>'
original tuyet-mat.xml ke-hoach 4 2026-03-02 'Kho dự trữ' '<marks secrecy="tuyet-mat"/>'
sed '/<number/s/ value="[0-9]*"//' mat.xml >nhap-mat.xml
copy sao-mat.xml sao-y mat.xml 2026-03-16
copy sao-tm.xml sao-y tuyet-mat.xml 2026-03-17
sed -i 's|<number/>|<number notation="SY-UBND-M"/>|' sao-mat.xml sao-tm.xml # the ký hiệu of the other book is taken
before=$("$VANTHU" audit --json | sha256sum)
refuses "no secret draft on a machine of the network" 1 MK-02 "$VANTHU" draft nhap-mat.xml
refuses "nor the draft of a secret's copy" 1 MK-02 "$VANTHU" draft sao-mat.xml
refuses "nor its number" 1 MK-02 "$VANTHU" issue sao-mat.xml
same "and nothing came of it" "$before" "$("$VANTHU" audit --json | sha256sum)"
mkdir -p rieng && echo 'Máy số 3, phòng cơ yếu; người khai: Giàng Thị Mỷ' >rieng/may-doc-lap.txt
yes "on a declared machine" "$VANTHU" draft --local rieng nhap-mat.xml
yes "the copy of a secret is numbered" "$VANTHU" issue --local rieng sao-mat.xml --json
is "as a secret" 'mat' .secrecy
yes "in the book of secret copies" "$VANTHU" series --json
is "apart from the others" 'ban-sao ban-sao-mat' '[.series[].book] | unique | join(" ")'
yes "of the highest degree" "$VANTHU" issue --local rieng sao-tm.xml --json
is "no trích yếu is kept" 'tuyet-mat ' '"\(.secrecy) \(.subject // "")"'
yes "nor found" "$VANTHU" search 'kho du tru' --json
is "by its words" 0 '.records | length'

# a file's name has words, too
printf '%%PDF-1.4\n%%%%EOF\n' >vi-tri-kho.pdf
sed 's|</document>|<enclosure href="vi-tri-kho.pdf" title="Vị trí kho"/></document>|; /<number/s/ value="[0-9]*"//' tuyet-mat.xml >kem-tm.xml
yes "of the highest degree with a PDF" "$VANTHU" issue --local rieng kem-tm.xml --json
id=$(jq -r .id out)
yes "seen" "$VANTHU" show "$id" --json
is "whose name is not kept" 'gui-kem-1.pdf' '[.files[].name // empty] | join(" ")'
yes "which is handed out all the same" "$VANTHU" file "$id" --attachment gui-kem-1.pdf
cmp -s gui-kem-1.pdf vi-tri-kho.pdf && ok "byte for byte" || not_ok "byte for byte"
grep -q 'vi-tri-kho' <("$VANTHU" audit export) && not_ok "nor does the log have it" || ok "nor does the log have it"
sed 's|</document>|<enclosure href="vi-tri-kho.pdf" title="Vị trí kho"/></document>|; /<number/s/ value="[0-9]*"//' mat.xml >kem-mat.xml
yes "of a lower one" "$VANTHU" issue --local rieng kem-mat.xml --json
yes "seen" "$VANTHU" show "$(jq -r .id out)" --json
is "the name is" 'vi-tri-kho.pdf' '[.files[].name // empty] | join(" ")'

# what holds a secret is one
original thu.xml ke-hoach 5 2026-03-18 'Gửi kế hoạch' ''
sed -i '/<number/s/ value="[0-9]*"/ notation="KH-UBND-G"/; s|</document>|<enclosure href="tuyet-mat.xml" title="Kế hoạch"/></document>|' thu.xml
refuses "a letter that nobody may read with a secret in it" 1 MK-05 "$VANTHU" issue --local rieng thu.xml
refuses "nor shown so" 1 MK-05 "$VANTHU" render --local rieng thu.xml -o thu.pdf
sed 's|<subject>|<marks secrecy="toi-mat"/><subject>|' thu.xml >thu-tm.xml
refuses "of a lower degree" 1 MK-05 "$VANTHU" issue --local rieng thu-tm.xml
sed -i 's|"toi-mat"|"tuyet-mat"|' thu-tm.xml
yes "of the same one it may" "$VANTHU" render --local rieng thu-tm.xml -o thu.pdf
sed '/<number/s| notation| value="9" notation|' sao-mat.xml >sao-mat-9.xml
sed 's|tuyet-mat.xml|sao-mat-9.xml|' thu.xml >thu-sao.xml
refuses "nor the copy of a secret" 1 MK-05 "$VANTHU" issue --local rieng thu-sao.xml

# the Party has one type for all forms: the form is said
cat >dang.xml <<'XML'
<?xml version="1.0" encoding="UTF-8"?>
<document xmlns="urn:vanthu:document:1" system="party" type="quyet-dinh">
  <issuer abbr="ĐU"><superior>Đảng bộ tỉnh Lam Giang</superior><name>Đảng ủy xã Suối Trầu</name></issuer>
  <number value="21"/>
  <place>Suối Trầu</place>
  <date>2026-02-01</date>
  <subject>Về việc khen thưởng</subject>
  <body><p>Khen thưởng chi bộ thôn Nà Lơi</p></body>
  <copies><recipient>Các chi bộ</recipient><archive>Văn phòng Đảng ủy</archive></copies>
  <signature><capacity kind="TM">Ban Thường vụ</capacity><position>Phó Bí thư</position><name>Lò Văn Inh</name></signature>
</document>
XML
cat >dang-sao.xml <<'XML'
<?xml version="1.0" encoding="UTF-8"?>
<document xmlns="urn:vanthu:document:1" system="party" type="ban-sao">
  <issuer abbr="ĐU"><superior>Đảng bộ tỉnh Lam Giang</superior><name>Đảng ủy xã Suối Trầu</name></issuer>
  <number/>
  <place>Suối Trầu</place>
  <date>2026-02-03</date>
  <title>Sao lục</title>
  <copies><recipient>Các chi bộ</recipient><archive>Văn phòng Đảng ủy</archive></copies>
  <signature><capacity kind="TL">Ban Thường vụ</capacity><position>Chánh Văn phòng</position><name>Lò Văn Inh</name></signature>
  <enclosure href="dang.xml"/>
</document>
XML
yes "a copy of the Party" "$VANTHU" issue dang-sao.xml --new-issuer --json
is "says its form first" 'Sao lục Quyết định số 21-QĐ/ĐU ngày 01 tháng 02 năm 2026 của Đảng ủy xã Suối Trầu về việc khen thưởng' .subject
yes "all that agrees" "$VANTHU" fsck
plan
