# What the crash tests share: TAP, an archive of their own, a seed that is told.
. tests/lib.sh

# A seed that can be given again: SEED=123 tests/run.sh crash
seed=${SEED:-$(date +%s)}
echo "# SEED=$seed"

# check WHAT FOLDER [ACKS]: the independent verifier's word
check() {
	if "$TOOLS_FAST/verify" "$2" ${3:+"$3"} >"$TMP/verify.log" 2>&1; then
		ok "$1 ($(tail -1 "$TMP/verify.log"))"
	else
		not_ok "$1"
		sed 's/^/# /' "$TMP/verify.log" | head -20
	fi
}

# agrees FOLDER: the program's own word on its register and files
agrees() { yes "register and files agree" "$VANTHU_FAST" fsck --records "$1"; }

# documents FOLDER: how many there are
documents() { "$TOOLS_FAST/verify" "$1" 2>/dev/null | sed -n 's/ documents.*//p'; }

# Being killed and failing calls are the same on any disk: a disk of memory
# lets more happen in the time.
TMP_FAST=$(mktemp -d -p /dev/shm 2>/dev/null || mktemp -d -p "$TMP")
trap 'rm -rf "$TMP_FAST"' EXIT
