#!/bin/bash
# `check` tells line, words, rule and remedy; --list and --explain tell of the rules.
set -u
. tests/lib.sh
holds() { # what words file
	grep -qF -- "$2" "$3" && ok "$1" || not_ok "$1"
}
is() { # what status
	[ "$status" -eq "$2" ] && ok "$1" || not_ok "$1 (status $status)"
}
cd "$TMP" || exit 2
check() {
	"$VANTHU" check "$@" >out 2>err
	status=$?
}

cat >sai.xml <<'XML'
<?xml version="1.0" encoding="UTF-8"?>
<document xmlns="urn:vanthu:document:1" system="state" type="cong-van">
  <issuer abbr="UBND"><name>Ủy ban nhân dân xã Thạch Bình</name></issuer>
  <number unit="VHXH"/>
  <place>Thạch Bình</place>
  <date>2026-11-18</date>
  <subject>mời họp giao ban.</subject>
  <to><recipient>Trạm Y tế xã Thạch Bình</recipient></to>
  <body><p>Ủy ban nhân dân xã mời Trạm Y tế dự họp lúc ... giờ ngày 20 tháng 11 năm 2026.</p></body>
  <copies><archive>VT, VHXH</archive></copies>
  <signature><position>Chủ tịch</position><name>Lương Thị Hoà</name></signature>
</document>
XML
check sai.xml
is "an error: status 1" 1
holds "file, line and rule" "sai.xml:7: cảnh báo [HD-30]" err
holds "the words in question" "trích:" err
holds "the remedy" "cách sửa:" err
holds "the law" "NĐ 30" err
check sai.xml --json
jq -e '.ok == false and ([.findings[] | select(.id == "RC-06" and .severity == "error" and .line == 10)] | length) == 1' \
	out >/dev/null && ok "--json: the same for programs" || not_ok "--json: the same for programs"
sed -e 's/giao ban\./giao ban/' -e 's/lúc \.\.\. giờ/lúc 08 giờ/' -e 's/<copies>/<copies><as-above\/>/' sai.xml >dung.xml
check dung.xml
is "mended: status 0" 0
[ -s err ] && not_ok "and nothing is left to say" || ok "and nothing is left to say"

check --list
is "--list" 0
rules=$(wc -l <out)
[ "$rules" -gt 100 ] && ok "--list: a line each" || not_ok "--list: a line each ($rules)"
check --list --json
jq -e ".rules | length == $rules" out >/dev/null && ok "--list --json: as many" || not_ok "--list --json: as many"
bad=
for id in $(jq -r '.rules[].id' out); do
	check --explain "$id"
	[ "$status" -eq 0 ] && [ "$(grep -cE '^  (Mức|Hệ thống|Căn cứ|Tin cậy|Đọc|Vì sao|Sai|Đúng|Cách sửa): +[^ ]' out)" -eq 9 ] || bad="$bad $id"
done
[ -z "$bad" ] && ok "--explain: all of every rule" || not_ok "--explain: all of every rule:$bad"
grep -qE '[;,] *$' out && not_ok "--explain: no list ends in a comma" || ok "--explain: no list ends in a comma"
check --explain XX-99
is "a rule that is not there: status 1" 1
holds "and where they stand" "vanthu check --list" err
check
is "nothing to check: status 1" 1
plan
