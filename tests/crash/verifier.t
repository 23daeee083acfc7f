#!/bin/bash
# The verifier the crash tests rely on sees each kind of damage.
. "$(dirname "$0")/lib.sh"
whole=$TMP_FAST/whole
"$TOOLS_FAST/hammer" init "$whole" folder && "$TOOLS_FAST/hammer" issue "$whole" a 12 "$TMP_FAST/acks"
check "a whole archive passes" "$whole" "$TMP_FAST/acks"

# sees WHAT NEEDLE COMMAND...: run in a copy, the verifier must object
sees() {
	local what=$1 needle=$2
	shift 2
	rm -rf "$TMP_FAST/kho" && cp -a "$whole" "$TMP_FAST/kho"
	(cd "$TMP_FAST/kho" && "$@") || { not_ok "$what: could not be done"; return; }
	if "$TOOLS_FAST/verify" "$TMP_FAST/kho" "$TMP_FAST/acks" >"$TMP/verify.log" 2>&1; then
		not_ok "$what: not seen"
	elif ! grep -q "wrong: $needle" "$TMP/verify.log"; then
		not_ok "$what: seen as $(head -1 "$TMP/verify.log")"
	else
		ok "$what"
	fi
}
sql() { "$TOOLS_FAST/spoil" . "$1"; }
pick() { find files -type f | sort | head -1; }
flip() { f=$(pick) && chmod 644 "$f" && printf 'X' | dd of="$f" bs=1 count=1 conv=notrunc 2>/dev/null; }
lose() { rm -f "$(pick)"; }
swap() { sed -i 's/^\([^ ]*\) \([^ ]*\) .*/\1 \2 999/;q' "$TMP_FAST/acks"; }

sees "a changed file" file flip
sees "a missing file" file lose
sees "a gap" series sql "DROP TRIGGER number_kept; DELETE FROM number WHERE number = 1"
sees "a number moved" series sql "DROP TRIGGER number_fixed; UPDATE number SET number = 99 WHERE number = 1"
sees "a document gone" "number without" sql "DROP TRIGGER document_kept; DELETE FROM document WHERE document_id = 3"
sees "a file row gone" "document without its two" sql "DROP TRIGGER document_file_kept; DELETE FROM document_file WHERE role = 'source'"
sees "a date backwards" "date backwards" sql "DROP TRIGGER number_state; UPDATE number SET date = '1999-01-01' WHERE number = 2"
sees "a log line changed" log sql "DROP TRIGGER event_fixed; UPDATE event SET actor = 'os:khac' WHERE serial = 4"
sees "a log line gone" log sql "DROP TRIGGER event_kept; DELETE FROM event WHERE serial = 5"
sees "log lines exchanged" log sql "DROP TRIGGER event_fixed; UPDATE event SET serial = -1 WHERE serial = 4; UPDATE event SET serial = 4 WHERE serial = 5; UPDATE event SET serial = 5 WHERE serial = -1"
sees "words not indexed" "words not" sql "DELETE FROM document_fts_docsize WHERE id IN (SELECT sort_key FROM document WHERE document_id = 2)"
swap
rm -rf "$whole" && "$TOOLS_FAST/hammer" init "$whole" && "$TOOLS_FAST/hammer" issue "$whole" a 2 "$TMP_FAST/more"
sees "a changed file in the register" file sql "DROP TRIGGER blob_fixed; UPDATE blob SET data = x'00' WHERE blob_id = 3"
sees "a file gone from the register" file sql "DROP TRIGGER blob_kept; DELETE FROM blob WHERE blob_id = 3"
sees "an acknowledged number that is not there" acknowledged true
plan
