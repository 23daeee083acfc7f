#!/bin/bash
# The five-minute tour as a program: demo.sh PROGRAM [FOLDER]
# An invented commune sets up its archive, issues a letter, a plan and twenty
# invitations, and finds them again.
set -euo pipefail
vanthu=$(realpath "$1")
home=${2:-demo}
cd "$(dirname "$0")/.."
rm -rf "$home" && mkdir -p "$home"
export VANTHU_RECORDS=$home/kho
examples=templates/examples
say() { printf '\n\033[1m%s\033[0m\n' "$*"; }
run() {
	printf '  $ vanthu'
	for word in "$@"; do
		case $word in *' '*) printf " '%s'" "$word" ;; *) printf ' %s' "$word" ;; esac
	done
	echo
	"$vanthu" "$@" 2>&1 | sed 's/^/    /'
}

say "1. Văn thư lập kho văn bản của UBND xã Thạch Bình"
run init

say "2. Soạn một công văn và một kế hoạch từ số liệu, cấp số và lưu trong một lần"
run merge state/cong-van $examples/cong-van.csv -o "$home/cong-van" --issue --date 2026-11-16
run merge state/ke-hoach $examples/ke-hoach.json -o "$home/ke-hoach" --issue --date 2026-11-17

say "3. Hai mươi giấy mời từ một bảng tính"
run merge state/giay-moi $examples/giay-moi.csv -o "$home/giay-moi" --issue --date 2026-11-18

say "4. Lãnh đạo xem đúng tờ giấy mình ký; văn thư kiểm tra thể thức trước khi trình"
first=$(ls "$home"/cong-van/*.pdf | head -1)
printf '  %s\n' "$first"

say "5. Người làm lưu trữ tìm lại: gõ không dấu, hoặc gõ số"
run search 'giay moi' --limit 3
run search '01/GM-UBND'

say "Xong. Hãy mở các tệp PDF sau bằng trình xem bất kỳ:"
ls "$home"/cong-van/*.pdf "$home"/ke-hoach/*.pdf | sed 's/^/  /'
ls "$home"/giay-moi/*.pdf | head -2 | sed 's/^/  /'
printf '  ... và %s giấy mời khác trong %s/giay-moi\n' "$(($(ls "$home"/giay-moi/*.pdf | wc -l) - 2))" "$home"
printf '\nTiếp theo: đọc README.md, hoặc sửa %s/giay-moi.csv rồi chạy lại.\n' "$examples"
