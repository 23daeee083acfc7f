#!/bin/bash
# Installs what is missing of Debian's packages: deps.sh run|test ...
# As root or through sudo, quietly, once; says nothing when all is there.
set -eu

packages() {
	case "$1" in
	run) echo gcc libc6-dev pkg-config libhpdf-dev libxml2-dev libicu-dev libsqlite3-dev nettle-dev \
		libjansson-dev libdeflate-dev zlib1g-dev libpng-dev libjpeg62-turbo-dev libxlsxwriter-dev libzip-dev libpq-dev fonts-liberation2 icc-profiles-free poppler-utils ;;
	test) echo clang clang-format clang-tidy libclang-rt-14-dev libcmocka-dev libssl-dev valgrind qpdf \
		mupdf-tools libxml2-utils jq git default-jdk-headless libpdfbox2-java libcommons-logging-java \
		libcommons-io-java libactivation-java libjaxb-api-java librsvg2-bin unzip python3 sqlite3 postgresql ;;
	*) echo "deps.sh: run|test" >&2; exit 2 ;;
	esac
}

missing=
for set in "$@"; do
	for p in $(packages "$set"); do
		dpkg-query -W -f='${Status}' "$p" 2>/dev/null | grep -q '^install ok installed' || missing="$missing $p"
	done
done
[ -n "$missing" ] || exit 0

as_root=
if [ "$(id -u)" != 0 ]; then
	command -v sudo >/dev/null || {
		echo "Cần cài các gói:$missing" >&2
		echo "Hãy chạy lại bằng quyền root, hoặc cài sudo." >&2
		exit 1
	}
	as_root=sudo
fi
echo "Cài các gói còn thiếu:$missing" >&2
log=$(mktemp)
trap 'rm -f "$log"' EXIT
export DEBIAN_FRONTEND=noninteractive
{ $as_root apt-get update && $as_root apt-get install -y --no-install-recommends $missing; } >"$log" 2>&1 || {
	tail -20 "$log" >&2
	exit 1
}
