#!/bin/sh
# embed.sh NAME FILE.sql ... - the files as a table of C strings on stdout:
# NAME[i] brings tables of version i to version i + 1.
set -eu
name=$1
shift
echo '/* Made from records/schema by embed.sh. */'
echo '#include "records/store.h"'
echo "const char *const $name[] = {"
for f; do
	sed 's/\\/\\\\/g; s/"/\\"/g; s/^/    "/; s/$/\\n"/' "$f"
	echo '    ,'
done
echo '};'
echo "const int ${name}_count = sizeof $name / sizeof *$name;"
