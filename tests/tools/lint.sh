#!/bin/bash
# What can be said of the source without running it: form, banned calls, who
# may include whom, words that have no place in the tree, clang's opinion.
set -u
cd "$(dirname "$0")/../.." || exit 2
bad=0
say() { echo "lint: $*" >&2; bad=1; }

# The tree as git has it, or as it was unpacked.
tree() {
	git -c core.quotePath=off ls-files 2>/dev/null ||
		find . -type f ! -path './build*' ! -path './demo/*' ! -path './vanthu-records/*' | sed 's|^\./||'
}
all=$(tree)
files() { grep -E "$1" <<<"$all"; } # a pattern
words() { # a pattern no line holds, but in files of another one
	files . | grep -vE "$2" | tr '\n' '\0' | xargs -0 grep -nIE -- "$1"
}

clang-format --dry-run -Werror $(files '\.[ch]$') 2>&1 | grep -m5 'error:' && say "chạy clang-format -i trên các tệp trên"

# Calls that overflow, truncate silently, or depend on global state.
if grep -nE '\b(strcpy|strcat|sprintf|vsprintf|gets|strtok|strncpy|atoi|atol|alloca|system|popen|tmpnam|mktemp|localtime|gmtime|rand|srand)[[:space:]]*\(' $(files '^(base|fonts|gen|records|cli)/.*\.[ch]$'); then
	say "hàm bị cấm"
fi
# Only cli/ speaks to people or ends the program.
if grep -nE '\b(printf|puts|putchar|exit|abort|setlocale|getenv)[[:space:]]*\(' $(files '^(base|fonts|gen|records)/.*\.c$'); then
	say "in ra, thoát hay đọc môi trường dưới cli/"
fi
# Rooms: base uses none, fonts base, gen base+fonts, records base+gen.h.
allowed() { # room, pattern of headers it may include
	grep -nE '^#include "' $(files "^$1/.*\.[ch]\$") | grep -vE "#include \"($2)\"" && say "phòng $1 dùng phòng khác"
}
allowed base 'base/[a-z_0-9]+\.h'
allowed fonts 'base/base\.h|fonts/[a-z_0-9]+\.h'
allowed gen 'base/base\.h|fonts/fonts\.h|gen/[a-z_0-9]+\.h'
allowed records 'base/base\.h|gen/gen\.h|records/[a-z_0-9]+\.h'
allowed cli 'base/base\.h|fonts/fonts\.h|gen/gen\.h|records/records\.h|cli/[a-z_0-9]+\.h'

if words '\b(TODO|FIXME|XXX)\b' '^tests/tools/lint\.sh$|\.cff$'; then
	say "việc để dở"
fi
if words '(/root|/home/[a-z]+|/work)/' '^tests/tools/lint\.sh$'; then
	say "đường dẫn của một máy"
fi

[ $bad -eq 0 ] && command -v clang-tidy >/dev/null && {
	flags="-std=c11 -D_POSIX_C_SOURCE=200809L -D_DEFAULT_SOURCE -I. $(pkg-config --cflags libxml-2.0 icu-uc sqlite3 nettle jansson libdeflate libpq)"
	files '^(base|fonts|gen|records|cli)/.*\.c$' |
		xargs -P "$(nproc)" -n 4 sh -c 'clang-tidy --quiet "$@" -- '"$flags"' 2>/dev/null' sh >build-tidy.log || say "clang-tidy"
	grep -E 'warning:|error:' build-tidy.log | head -20
	rm -f build-tidy.log
}
[ $bad -eq 0 ]
