# What the test scripts share: TAP, and what a run of a program came to.
#
#   set -u
#   . tests/lib.sh        # from the tree's root, where tests/run.sh starts them
#   cd "$TMP" || exit 2
#   ...
#   plan
#
# Programs that are run here leave what they say in $TMP/out and $TMP/err; a test
# that fails shows the beginning of both.
n=0
ok() { n=$((n + 1)); echo "ok $n - $*"; }
not_ok() {
	n=$((n + 1))
	echo "not ok $n - $*"
	sed 's/^/# /' "$TMP/err" "$TMP/out" 2>/dev/null | head -12
}
plan() { echo "1..$n"; }

yes() { # what command...
	local what=$1
	shift
	if "$@" >"$TMP/out" 2>"$TMP/err" </dev/null; then ok "$what"; else not_ok "$what: status $?"; fi
}
refuses() { # what status needle command...
	local what=$1 status=$2 needle=$3
	shift 3
	"$@" >"$TMP/out" 2>"$TMP/err" </dev/null
	local got=$?
	if [ $got -ne "$status" ]; then
		not_ok "$what: exit status $got, not $status"
	elif ! grep -q -- "$needle" "$TMP/err"; then
		not_ok "$what: the message lacks “$needle”"
	else
		ok "$what"
	fi
}
same() { # what wanted have
	if [ "$2" = "$3" ]; then ok "$1"; else not_ok "$1: “$3”, not “$2”"; fi
}
is() { # what wanted jq-filter: of the JSON in out
	same "$1" "$2" "$(jq -r "$3" "$TMP/out")"
}
says() { # what words: among what was told
	if grep -q -- "$2" "$TMP/out"; then ok "$1"; else not_ok "$1: “$2” is not said"; fi
}

# A place for an archive, in memory where there is one; it goes with the test.
an_archive() {
	fast=$(mktemp -d -p /dev/shm 2>/dev/null || mktemp -d -p "$TMP")
	trap 'rm -rf "$fast"' EXIT
	export VANTHU_RECORDS=$fast/kho
}
# good.xml: a công văn of a commune that does not exist.
a_letter() {
	cat >"$TMP/good.xml" <<'XML'
<?xml version="1.0" encoding="UTF-8"?>
<document xmlns="urn:vanthu:document:1" system="state" type="cong-van">
  <issuer abbr="UBND"><name>Ủy ban nhân dân<br/>xã Suối Trầu</name></issuer>
  <number unit="VP"/>
  <place>Suối Trầu</place>
  <date>2026-03-16</date>
  <subject>chuẩn bị ngày hội đọc sách</subject>
  <to><recipient>Trưởng các thôn</recipient></to>
  <body><p>Đề nghị các thôn gửi danh sách học sinh dự ngày hội trước ngày 20 tháng 3 năm 2026</p></body>
  <copies amount="12"><as-above/><archive>VT</archive></copies>
  <signature><capacity kind="TM">Ủy ban nhân dân</capacity><position>Chủ tịch</position><name>Vừ A Páo</name></signature>
</document>
XML
}
