#!/bin/bash
# Is each of our PDFs what it says it is?   run.sh [-s SOURCE.xml] FILE ...
#
# Syntax (qpdf), what readers say to it (poppler, MuPDF), fonts, the embedded
# source (equal to SOURCE.xml, when given), PDF/A (PDFBox Preflight knows part
# 1 only: a part 1 file must be valid, another may show exactly the messages
# that its part and its embedded files explain), PDF/UA (ua_check).
# One line per file or per fault; status 1 if there is any fault.
set -u
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
tools=${TOOLS_FAST:-$root/build/tests/tools}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
source=
if [ "${1:-}" = -s ]; then
	source=$2
	shift 2
fi
[ $# -gt 0 ] || { echo "run.sh [-s SOURCE.xml] FILE ..." >&2; exit 2; }
fault() { echo "$1: $2"; touch "$work/bad"; }

# -- PDF/A ---------------------------------------------------------------

jars=$(printf '%s:' /usr/share/java/{pdfbox2,preflight,xmpbox,fontbox2,commons-logging,commons-io,javax.activation,jaxb-api}.jar)
classes=$root/build/tests/referee
compile() {
	[ "$classes/Preflight.class" -nt "$here/Preflight.java" ] && return
	mkdir -p "$classes" && javac -cp "$jars" -d "$work" "$here/Preflight.java" &&
		mv "$work/Preflight.class" "$classes/"
}

part_of() { grep -ao '<pdfaid:part>[0-9]' "$1" | head -1 | tail -c 2; }
claim() { # what the file says of itself, beyond what Preflight knows
	grep -aq '<pdfaid:conformance>A<' "$1" || fault "$1" "XMP: conformance is not A"
	[ "$(part_of "$1")" != 1 ] || [ "$(head -c 8 "$1")" = %PDF-1.4 ] || fault "$1" "XMP: part 1 in a file beyond PDF 1.4"
	case "$(part_of "$1")" in
	1 | 2) grep -aq '/EmbeddedFile' "$1" && fault "$1" "XMP: embedded files in this part" ;;
	3) ;;
	*) fault "$1" "XMP: no part of PDF/A" ;;
	esac
}

# What Preflight must say: nothing to part 1; that the part is not 1; and that
# files are embedded, pictures see-through, where they are.
expected() {
	[ "$(part_of "$1")" != 1 ] || { echo VALID; return; }
	echo $(grep -aq '/EmbeddedFiles' "$1" && echo 1.2.9 1.4.7) $(grep -aq '/SMask' "$1" && echo 2.2.2) 7.11.2
}

preflight() {
	compile || { fault Preflight "javac"; return; }
	java -Xshare:auto -cp "$classes:$jars" Preflight "$@" >"$work/preflight" 2>"$work/java" ||
		fault Preflight "$(head -3 "$work/java")"
	while IFS=$'\t' read -r name said; do
		codes=$(echo "$said" | sed 's/; /\n/g' | cut -d' ' -f1 | uniq | tr '\n' ' ' | sed 's/ $//')
		[ "$codes" = "$(expected "$name")" ] || fault "$name" "Preflight: $said"
	done <"$work/preflight"
	[ "$(wc -l <"$work/preflight")" -eq $# ] || fault Preflight "some files were not judged"
}

# -- readers -------------------------------------------------------------

silent() { # file what command ...
	name=$1 what=$2
	shift 2
	"$@" >"$work/out" 2>"$work/err" || fault "$name" "$what: status $?"
	# Debian's MuPDF is built without colour management and says so of every file
	sed -i '/^warning: ICC support is not available$/d' "$work/err"
	[ -s "$work/err" ] && fault "$name" "$what: $(head -2 "$work/err" | tr '\n' ' ')"
}

embedded() {
	grep -aq '/AFRelationship */Source' "$1" || return
	rm -rf "$work/files" && mkdir "$work/files"
	silent "$1" pdfdetach pdfdetach -saveall -o "$work/files" "$1"
	if [ ! -f "$work/files/van-ban.xml" ]; then
		fault "$1" "pdfdetach: no van-ban.xml"
	elif [ -n "$source" ]; then
		cmp -s "$source" "$work/files/van-ban.xml" || fault "$1" "the embedded source is not the document"
	else
		silent "$1" xmllint xmllint --noout --nonet "$work/files/van-ban.xml"
	fi
}

for file in "$@"; do
	qpdf --check "$file" >"$work/out" 2>&1 || fault "$file" "qpdf: $(grep -iE 'warn|error' "$work/out" | head -2 | tr '\n' ' ')"
	silent "$file" pdftotext pdftotext "$file" "$work/text"
	silent "$file" "mutool draw" mutool draw -q -r 40 -F pgm -o "$work/page%d.pgm" "$file"
	silent "$file" "mutool info" mutool info "$file"
	silent "$file" pdffonts pdffonts "$file"
	# columns from the right: object (two), uni, sub, emb
	tail -n +3 "$work/out" | awk '$(NF-2) != "yes" || $(NF-3) != "yes" || $(NF-4) != "yes" { print $1 }' >"$work/fonts"
	[ -s "$work/fonts" ] && fault "$file" "pdffonts: $(tr '\n' ' ' <"$work/fonts")"
	[ "$(wc -l <"$work/out")" -gt 2 ] || fault "$file" "pdffonts: no fonts"
	embedded "$file"
	claim "$file"
	"$tools/ua_check" "$file" >"$work/ua" || { cat "$work/ua"; touch "$work/bad"; }
done
preflight "$@"
[ -e "$work/bad" ] && exit 1
echo "$# files: qpdf, poppler, MuPDF, Preflight and the tag check have nothing against them"
