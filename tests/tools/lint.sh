#!/bin/bash
# What can be said of the source without running it: form, banned calls, who
# may include whom, words that have no place in the tree, clang's opinion.
set -u
cd "$(dirname "$0")/../.." || exit 2
bad=0
say() { echo "lint: $*" >&2; bad=1; }

code=$(git ls-files '*.c' '*.h')
clang-format --dry-run -Werror $code 2>&1 | grep -m5 'error:' && say "chạy clang-format -i trên các tệp trên"

# Calls that overflow, truncate silently, or depend on global state.
if grep -nE '\b(strcpy|strcat|sprintf|vsprintf|gets|strtok|strncpy|atoi|atol|alloca|system|popen|tmpnam|mktemp|localtime|gmtime|rand|srand)[[:space:]]*\(' $(git ls-files 'base/*.[ch]' 'fonts/*.[ch]' 'gen/*.[ch]' 'records/*.[ch]' 'cli/*.[ch]'); then
	say "hàm bị cấm"
fi
# Only cli/ speaks to people or ends the program.
if grep -nE '\b(printf|puts|putchar|exit|abort|setlocale|getenv)[[:space:]]*\(' $(git ls-files 'base/*.c' 'fonts/*.c' 'gen/*.c' 'records/*.c'); then
	say "in ra, thoát hay đọc môi trường dưới cli/"
fi
# Rooms: base uses none, fonts base, gen base+fonts, records base+gen.h.
allowed() { # room, pattern of headers it may include
	grep -nE '^#include "' $(git ls-files "$1/*.[ch]") | grep -vE "#include \"($2)\"" && say "phòng $1 dùng phòng khác"
}
allowed base 'base/[a-z_0-9]+\.h'
allowed fonts 'base/base\.h|fonts/[a-z_0-9]+\.h'
allowed gen 'base/base\.h|fonts/fonts\.h|gen/[a-z_0-9]+\.h'
allowed records 'base/base\.h|gen/gen\.h|records/[a-z_0-9]+\.h'
allowed cli 'base/base\.h|fonts/fonts\.h|gen/gen\.h|records/records\.h|cli/[a-z_0-9]+\.h'

if git grep -nIE '\b(TODO|FIXME|XXX)\b' -- ':!tests/tools/lint.sh' ':!*.cff'; then
	say "việc để dở"
fi
if git grep -nIE '(/root|/home/[a-z]+|/work)/' -- ':!tests/tools/lint.sh'; then
	say "đường dẫn của một máy"
fi

[ $bad -eq 0 ] && command -v clang-tidy >/dev/null && {
	flags="-std=c11 -D_POSIX_C_SOURCE=200809L -D_DEFAULT_SOURCE -I. $(pkg-config --cflags libxml-2.0 icu-uc sqlite3 nettle jansson libdeflate libpq)"
	git ls-files 'base/*.c' 'fonts/*.c' 'gen/*.c' 'records/*.c' 'cli/*.c' |
		xargs -P "$(nproc)" -n 4 sh -c 'clang-tidy --quiet "$@" -- '"$flags"' 2>/dev/null' sh >build-tidy.log || say "clang-tidy"
	grep -E 'warning:|error:' build-tidy.log | head -20
	rm -f build-tidy.log
}
[ $bad -eq 0 ]
