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
