#!/bin/bash
# The raw texts of real documents (../shared/seeds) import to the trees of
# ../shared/cases.  Every difference that is allowed is listed here, word by
# word, with its reason:
#   LOST   the text does not have it
#   OCR    damage by character recognition, kept as it stands: no word is guessed
#   NAME   a file's name
# and the checker says of the imported document what it says of the case, but
# for what is lost.
set -u
. tests/lib.sh

seeds=$VT_SHARED/seeds cases=$VT_SHARED/cases
if [ ! -d "$seeds" ] || [ ! -d "$cases" ]; then
	[ -z "${CI:-}" ] || { echo "not ok 1 - seeds are missing"; exit 1; }
	echo "ok 1 - raw texts of real documents # SKIP no folder of seeds (VT_SHARED=$VT_SHARED)"
	exit 0
fi

words() { tr -s ' \n' '\n\n' <"$1" | sed '/^$/d'; }

# One line a difference: "-words of the case +words of the import".
differences() {
	diff <(words "$1") <(words "$2") | awk '
		/^[0-9]/ { if (seen) print out(); a = b = ""; seen = 1; next }
		/^</ { a = a (a ? " " : "") substr($0, 3) }
		/^>/ { b = b (b ? " " : "") substr($0, 3) }
		function out() { return (a ? "-" a : "") (a && b ? " " : "") (b ? "+" b : "") }
		END { if (seen) print out() }'
}

# What the checker says, without lines and paths: "LỖI [RC-06] ...".
verdict() { "$VANTHU" check "$1" 2>&1 | sed -n 's/^[^ ]*:[0-9]*: //p' | sed 's/dòng [0-9]*/dòng N/' | sort; }

# compare CASE IMPORTED: the allowed differences come on standard input,
# "# REASON" behind each; "check:" lines are verdicts that only the import has.
compare() {
	grep -v '^check:' >"$TMP/allowed" <<<"$(cat | tee "$TMP/all")"
	sed 's/ *# [A-Z]*$//' "$TMP/allowed" | sed '/^$/d' | sort >"$TMP/want"
	differences "$cases/$1.xml" "$2" | sort >"$TMP/have"
	if diff "$TMP/want" "$TMP/have" >"$TMP/diff"; then
		ok "$1: differs only where the raw text does"
	else
		not_ok "$1: differs only where the raw text does"
		sed 's/^/# /' "$TMP/diff"
	fi
	sed -n 's/^check: //p' "$TMP/all" | sed 's/ *# [A-Z]*$//' >"$TMP/extra"
	if diff <(verdict "$cases/$1.xml") <(verdict "$2" | grep -vxF -f "$TMP/extra") >"$TMP/diff"; then
		ok "$1: the checker finds the same"
	else
		not_ok "$1: the checker finds the same"
		sed 's/^/# /' "$TMP/diff"
	fi
}

for seed in "$seeds"/seed-*.txt; do
	name=$(basename "$seed" .txt)
	if "$VANTHU" import -q "$seed" -o "$TMP/$name.xml" >"$TMP/out" 2>&1; then
		ok "$name imports"
	else
		not_ok "$name imports"
		sed 's/^/# /' "$TMP/out"
	fi
done

compare seed-000-cong-van-tinh-uy "$TMP/seed-000.xml" <<'END'
-<name>Tỉnh ủy Lai Châu</name> +<name>......</name>                                   # LOST
check: LỖI [BD-20] Còn chỗ chờ điền.                                                 # LOST
check: LỖI [HD-06] Chưa ghi tên cơ quan ban hành.                                    # LOST
END
compare seed-001-cong-van-ubnd-tinh "$TMP/seed-001.xml" <<'END'
-<name>Ủy ban nhân dân<br/>tỉnh Thanh Hóa</name> +<name>......</name>                 # LOST
check: LỖI [BD-20] Còn chỗ chờ điền.                                                 # LOST
check: LỖI [HD-06] Chưa ghi tên cơ quan ban hành.                                    # LOST
-để +đề                                                                               # OCR
-kiện +kiên                                                                           # OCR
-phường +phùng                                                                        # OCR
-<name>Đầu +<name>Đâu                                                                 # OCR
END
compare seed-002a-cong-van-ubnd-thi-tran "$TMP/seed-002-1.xml" <<'END'
-href="seed-002b-ke-hoach-huyen-uy.xml"/> +href="seed-002-2.xml"/>                    # NAME
END
compare seed-002b-ke-hoach-huyen-uy "$TMP/seed-002-2.xml" <<'END'
-<item>Củng +<item>Cùng                                                               # OCR
-vận.</p> +vận. <i>k</i></p>                                                          # OCR
-ủy</archive> +ủy. anh</archive>                                                      # OCR
check: cảnh báo [BD-17] Câu cuối của nội dung thiếu dấu chấm.                        # OCR
check: cảnh báo [CP-01] Đầu câu chưa viết hoa.                                       # OCR
END
compare seed-003-ke-hoach-so-cong-thuong "$TMP/seed-003.xml" <<'END'
-<superior>UBND tỉnh Lai Châu</superior> <name>Sở Công Thương</name> +<name>......</name>  # LOST
check: LỖI [BD-20] Còn chỗ chờ điền.                                                 # LOST
check: LỖI [HD-06] Chưa ghi tên cơ quan ban hành.                                    # LOST
END
compare seed-004-chuong-trinh-hanh-dong-tinh-uy "$TMP/seed-004.xml" <<'END'
-<issuer abbr="TU"> <name>Tỉnh ủy Lai Châu</name> +<issuer> <name>......</name>       # LOST
check: LỖI [BD-20] Còn chỗ chờ điền.                                                 # LOST
check: LỖI [HD-06] Chưa ghi tên cơ quan ban hành.                                    # LOST
check: LỖI [HD-11] Chưa có chữ viết tắt tên cơ quan để ghép ký hiệu.                 # LOST
check: LỖI [HD-18] Thiếu địa danh.                                                   # LOST
-<number value="48"/> <place>Lai Châu</place> <date>2024-04-17</date> +<number/> <date/>   # LOST
-bổn phận +bốn phật                                                                   # OCR
-<signature> <capacity kind="TM">Ban Thường vụ</capacity> <position>Phó Bí thư</position> </signature>  # LOST
END

for xml in "$TMP"/seed-*.xml; do
	"$VANTHU" render -q "$xml" -o "$TMP/out.pdf" >"$TMP/out" 2>&1 && ok "$(basename "$xml") renders" ||
		{ not_ok "$(basename "$xml") renders"; sed 's/^/# /' "$TMP/out"; }
done
plan
