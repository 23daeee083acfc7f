#!/bin/bash
# Bad input, each with its case: a clear Vietnamese message, the right exit
# status (1: the document or request is at fault, 2: the program could not
# work), and nothing changed: no output file, no half file.
set -u
cd "$TMP" || exit 2
n=0
ok() { n=$((n + 1)); echo "ok $n - $*"; }
not_ok() {
	n=$((n + 1))
	echo "not ok $n - $*"
	sed 's/^/# /' err 2>/dev/null | head -8
}
refuses() { # what status needle command...
	local what=$1 status=$2 needle=$3
	shift 3
	rm -f out.pdf
	"$@" >out 2>err </dev/null
	local got=$?
	if [ $got -ne "$status" ]; then
		not_ok "$what: exit status $got, not $status"
	elif ! grep -q -- "$needle" err; then
		not_ok "$what: the message lacks “$needle”"
	elif [ -e out.pdf ]; then
		not_ok "$what: an output file was left"
	elif ls -A . | grep -q '^\..*pdf\|\.tmp'; then
		not_ok "$what: a temporary file was left: $(ls -A)"
	else
		ok "$what"
	fi
}
render() { refuses "$1" "$2" "$3" "$VANTHU" render "$4" -o out.pdf; }

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
change() { sed "$1" good.xml >"$2"; }

"$VANTHU" render good.xml -o out.pdf >out 2>err && [ -s out.pdf ] && ok "the good document renders" || not_ok "the good document renders"

head -c 300 good.xml >cut.xml
render "malformed XML" 1 'cut.xml:' cut.xml
change 's/urn:vanthu:document:1/urn:vanthu:document:9/' ns.xml
render "wrong namespace" 1 "urn:vanthu:document:9" ns.xml
change 's/type="cong-van"/type="cong-vam"/' type.xml
render "unknown type" 1 'cong-vam' type.xml
change 's/<subject>/<subjekt>/; s/<\/subject>/<\/subjekt>/' element.xml
render "unknown element" 1 'subjekt' element.xml
cat >bomb.xml <<'XML'
<?xml version="1.0"?>
<!DOCTYPE document [<!ENTITY a "aaaaaaaaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">
<!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;"><!ENTITY e "&d;&d;&d;&d;&d;&d;&d;&d;"><!ENTITY f "&e;&e;&e;&e;&e;&e;&e;&e;">]>
<document xmlns="urn:vanthu:document:1" system="state" type="cong-van"><issuer><name>&f;</name></issuer></document>
XML
render "entity bomb" 1 'DOCTYPE' bomb.xml
cat >xxe.xml <<'XML'
<?xml version="1.0"?>
<!DOCTYPE document SYSTEM "file:///etc/passwd">
<document xmlns="urn:vanthu:document:1" system="state" type="cong-van"/>
XML
render "external DTD" 1 'DOCTYPE' xxe.xml
truncate -s 1G big.xml
render "1 GB file" 1 'big.xml' big.xml
rm -f big.xml
{
	echo '<document xmlns="urn:vanthu:document:1" system="state" type="cong-van"><body>'
	for _ in $(seq 5000); do printf '<clause>'; done
} >deep.xml
render "deep nesting" 1 'deep.xml' deep.xml
printf '\xff\xfe<\0d\0' >utf16.xml
render "UTF-16" 1 'UTF-8' utf16.xml
: >empty.xml
render "empty file" 1 'empty.xml' empty.xml
render "missing file" 1 'khong-co.xml' khong-co.xml
mkdir folder
render "a folder instead of a file" 1 'folder' folder
change 's/họp thôn/h䷀p thôn/' glyph.xml
render "a character the face lacks" 1 'U+4DC0' glyph.xml
change 's/2026-11-16/2026-02-30/' date.xml
render "a day that does not exist" 1 '2026-02-30' date.xml

refuses "missing font" 2 'fonts-trong' "$VANTHU" render good.xml -o out.pdf --fonts fonts-trong
refuses "unwritable output" 2 'khong/co/out.pdf' "$VANTHU" render good.xml -o khong/co/out.pdf
refuses "full disk" 2 '/dev/full' "$VANTHU" render good.xml -o /dev/full
refuses "missing installation" 1 'khong-co' "$VANTHU" render good.xml -o out.pdf --data khong-co
refuses "unknown command" 1 'vẽ' "$VANTHU" vẽ
refuses "unknown option" 1 '--dẹp' "$VANTHU" render good.xml --dẹp
refuses "bad date on the command line" 1 '2026-13-01' "$VANTHU" render good.xml --date 2026-13-01
refuses "no operand" 1 'VĂN-BẢN.xml' "$VANTHU" render

printf 'noi-dung,ngay\nmột,2026-01-01\n' >data.csv
refuses "model that is missing" 1 'khong/co' "$VANTHU" merge khong/co data.csv -o ra
refuses "merge without -o" 1 '-o' "$VANTHU" merge state/giay-moi data.csv
refuses "unknown field" 1 'noi-dung' "$VANTHU" merge state/giay-moi data.csv -o ra
[ -z "$(ls ra 2>/dev/null)" ] && ok "no half-made letter" || not_ok "no half-made letter"

# a target that exists stays whole when the run fails
echo 'bản cũ' >cu.pdf
"$VANTHU" render glyph.xml -o cu.pdf >out 2>err
[ "$(cat cu.pdf)" = 'bản cũ' ] && ok "an existing file survives a failed run" || not_ok "an existing file survives a failed run"

"$VANTHU" render cut.xml --json >out 2>err
[ $? -eq 1 ] && jq -e '.status == 1 and (.findings | length) > 0 and .findings[0].line > 0' out >/dev/null &&
	ok "--json carries findings and status" || not_ok "--json carries findings and status"
echo "1..$n"
