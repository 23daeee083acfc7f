#!/bin/bash
# Bad input, each with its case: a clear Vietnamese message, the right exit
# status (1: the document or request is at fault, 2: the program could not
# work), and nothing changed: no output file, no half file.
set -u
. tests/lib.sh
cd "$TMP" || exit 2
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
refuses "back pages where the law knows none" 1 'không quy định lề riêng cho mặt sau' "$VANTHU" render good.xml --two-sided -o out.pdf
refuses "back pages of an electronic file" 1 'không có mặt sau' "$VANTHU" render good.xml --two-sided --for electronic -o out.pdf
refuses "bad date on the command line" 1 '2026-13-01' "$VANTHU" render good.xml --date 2026-13-01
change 's/<date>[^<]*<\/date>/<date>2026-11-05<\/date>/' dated.xml
refuses "another day than the document's" 1 'SO-12.*05.11.2026' "$VANTHU" render dated.xml --date 2026-11-06 -o out.pdf
refuses "a folder of the agency's rules that is not there" 1 'khong-co: LỖI \[CLI-21\]' "$VANTHU" render good.xml -o out.pdf --local khong-co
refuses "page 0" 1 'Không có trang 0' "$VANTHU" render good.xml --page 0 -o out.svg
change 's/<body>/<body><figure href="ho.png" title="Hồ"\/>/' figure.xml
render "a picture that is not there, where it is named" 1 'figure.xml:9: LỖI \[TEP-01\].*ho.png' figure.xml
ln -s /etc/hostname ho.png
render "a picture that is a link to somewhere else" 1 'figure.xml:9: LỖI \[TEP-09\].*ho.png.*liên kết' figure.xml
rm ho.png
change 's/<\/document>/<enclosure href="ke-hoach.xml" title="Kế hoạch"\/><\/document>/' enclosure.xml
render "an enclosure that is not there, where it is named" 1 'enclosure.xml:12: LỖI \[TEP-01\].*ke-hoach.xml' enclosure.xml
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

# a PDF sent along must be one, whole
change 's|</document>|<enclosure href="kem.pdf" title="Biểu tổng hợp"/></document>|' kem.xml
"$VANTHU" render good.xml -o kem.pdf >out 2>err
"$VANTHU" render kem.xml -o out.pdf >out 2>err && ok "a PDF sent along" || not_ok "a PDF sent along"
head -c 3000 kem.pdf >cut.pdf && mv cut.pdf kem.pdf
render "a PDF that is cut off" 1 'bị cắt cụt' kem.xml

# nor is a source ever the target, by whatever name
cp good.xml nguon.xml && ln -s nguon.xml lien-ket.xml
for to in nguon.xml ./nguon.xml lien-ket.xml; do
	refuses "the source as target: $to" 1 'trùng với tệp nguồn' "$VANTHU" render nguon.xml -o "$to"
done
cmp -s good.xml nguon.xml && ok "the source is whole" || not_ok "the source is whole"

# a PDF on standard output is alone there
"$VANTHU" render good.xml -o out.pdf >out 2>err
for to in - /dev/stdout; do
	"$VANTHU" render good.xml -o "$to" 2>err | cmp -s - out.pdf && ok "-o $to" || not_ok "-o $to"
done
[ ! -e ./- ] && ok "no file named -" || not_ok "no file named -"
rm -f out.pdf

# a name that is no UTF-8, and one that would move the cursor
printf 'x' >"$(printf 'b\377.xml')"
"$VANTHU" render "$(printf 'b\377.xml')" --json >out 2>err
jq -e '.findings[0] | .file == "b\ufffd.xml" and .message != null' out >/dev/null && ok "a name that is no UTF-8" || not_ok "a name that is no UTF-8"
"$VANTHU" check "$(printf 'a\033[2J.xml')" >out 2>err
grep -q "$(printf '\033')" err && not_ok "controls in a name are shown" || ok "controls in a name are shown"

# a model that is not there: which there are
printf 'a\n1\n' >one.csv
merge() { refuses "$1" 1 "$2" "$VANTHU" merge "$3" one.csv -o made; [ ! -e made ] || not_ok "$1: a folder was left"; }
merge "a misspelt model: those of its system" 'state/giay-moi, state/giay-nghi-phep' state/giay-moii
merge "a model of no system: the systems that have it" 'party/giay-moi, ' giay-moi
merge "a model of nothing: what a name looks like" 'tên như state/giay-moi' la-gi
merge "a model's file that is not there" 'không có tệp' mau/giay-moi.xml
merge "a name that leads away" 'tên như state/giay-moi' ../state/giay-moix

# --json is one object whatever happens, with the exit status in it
object() { # what status filter command...
	local what=$1 status=$2 filter=$3
	shift 3
	"$@" >out 2>err </dev/null
	local got=$?
	[ $got -eq "$status" ] && [ ! -s err ] && jq -es "length == 1 and .[0].status == $status and (.[0] | $filter)" out >/dev/null &&
		ok "JSON: $what" || not_ok "JSON: $what: $got, $(head -c 200 out)"
}
for c in render check merge init issue search show file; do
	object "$c --help" 0 '.help | test("Cách dùng")' "$VANTHU" $c --help --json
	object "$c, unknown option first" 1 '.findings[0].id == "CLI-01"' "$VANTHU" $c --dẹp --json
	"$VANTHU" $c --help >out 2>err && grep -q -- --json out && ok "$c --help" || not_ok "$c --help"
done
object "no command" 1 '.findings | length == 1' "$VANTHU" --json
object "unknown command" 1 '.findings[0].message | test("vẽ")' "$VANTHU" vẽ --json
object "the version" 0 '.version | test("vanthu")' "$VANTHU" --version --json
object "help" 0 '.help | test("render")' "$VANTHU" help --json
refuses "an unknown letter in a cluster" 1 '“-z”' "$VANTHU" render -zq good.xml
# what the command line says is said like the rest: capital first, one full stop
for args in 'render --dẹp' 'render' 'render a b' 'render -o' 'render a --date x' 'render good.xml --for x' 'render good.xml --profile x' 'render good.xml --format x' \
	'render good.xml --page 2' 'render good.xml --page 9 -o x.svg' 'render good.xml --no-source -o x.html' \
	'merge state/không one.csv -o made' 'search -n x' 'search -n 0' 'merge a b' 'merge a b -o x --date 2026-01-01' 'issue a --reason x' 'issue a --override x' 'vẽ' ''; do
	"$VANTHU" $args --json >out 2>err
	jq -es '.[0].findings | length > 0 and all(.[]; (.message, .remedy | test("^\\p{Lu}")) and (.message, .remedy | test("[^.]\\.$")))' out >/dev/null &&
		ok "a sentence: $args" || not_ok "a sentence: $args: $(cat out)"
done

"$VANTHU" render cut.xml --json >out 2>err
[ $? -eq 1 ] && jq -e '.status == 1 and (.findings | length) > 0 and .findings[0].line > 0' out >/dev/null &&
	ok "--json carries findings and status" || not_ok "--json carries findings and status"
plan
