#!/bin/bash
# vanthu import at the command line: where results go, several documents in one
# draft, what cannot be done, and memory that fails.
set -u
. tests/lib.sh
here=$PWD
cd "$TMP" || exit 2
export VANTHU_RECORDS=$TMP/none
is() { if [ "$2" = "$3" ]; then ok "$1"; else not_ok "$1: “$2”, not “$3”"; fi; }
run() { "$VANTHU" "$@" >out 2>err </dev/null; status=$?; }

letter='ỦY BAN NHÂN DÂN
XÃ PHÚ LÂM
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 21/UBND-VP
Phú Lâm, ngày 20 tháng 01 năm 2026
V/v triển khai Kế hoạch số 37-KH/ĐU

Kính gửi: Trưởng các thôn.

Ủy ban nhân dân xã gửi Kế hoạch số 37-KH/ĐU để các thôn thực hiện./.

Nơi nhận:
- Như trên;
- Lưu: VT.

CHỦ TỊCH

Đoàn Văn Hậu
'
printf '%s' "$letter" >mot.txt
{ printf '%s\n' "$letter"; cat "$here/tests/regress/import/ke-hoach-dang-ngat-dong.txt"; } >hai.txt

run import mot.txt
is "without -o the document stands beside the draft" "$status $(ls mot.xml)" "0 mot.xml"
is "and is sound" "$("$VANTHU" check mot.xml 2>&1 | grep -c LỖI)" 0
run import mot.txt -o -
is "-o - is standard output, alone" "$(head -c 5 out) $(cmp -s out mot.xml && echo same)" "<?xml same"
run import hai.txt -o cap.xml
is "two documents are two files" "$status $(ls cap*.xml | tr '\n' ' ')" "0 cap-1.xml cap-2.xml "
is "the second is enclosed in the letter that names its number" "$(grep -o 'enclosure href="[^"]*"' cap-1.xml)" \
	'enclosure href="cap-2.xml"'
run render cap-1.xml -o cap.pdf
is "and is set behind it" "$status $(pdftotext cap.pdf - | grep -c 'KẾ HOẠCH')" "0 1"
run import hai.txt -o -
is "two documents do not go to standard output" "$status $(grep -o CLI-18 err)" "1 CLI-18"
cp mot.txt nguon.xml
run import nguon.xml
is "the draft is never written over" "$status $(cmp -s nguon.xml mot.txt && echo whole)" "1 whole"
run import khong-co.txt
is "no such draft" "$status $(grep -c TEP-01 err)" "1 1"
printf 'PK\003\004 word/document.xml' >vb.docx
run import vb.docx
is "a Word file is refused by name" "$status $(grep -c 'Word (.docx)' err) $(ls vb.xml 2>/dev/null)" "1 1 "
run import mot.txt --system dang -o sai.xml
is "a system that is none" "$status $(ls sai.xml 2>/dev/null)" "1 "
run import mot.txt --type van-ban-la -o sai.xml
is "a type that is none" "$status $(ls sai.xml 2>/dev/null)" "1 "
run import mot.txt --type thong-bao -o tb.xml
is "the type can be given" "$status $(grep -o 'type="[^"]*"' tb.xml)" '0 type="thong-bao"'
run import mot.txt --type 'Thông báo' -o tb2.xml
is "by its name, too" "$status $(cmp -s tb.xml tb2.xml && echo same)" '0 same'
"$VANTHU" import --json mot.txt -o j.xml >out 2>err
is "--json says what was made" "$(python3 -c 'import json,sys; d=json.load(open("out"))["documents"][0]; print(d["file"], d["system"], d["type"])' 2>&1)" \
	"j.xml state cong-van"

# The words a draft is read by are data: an agency adds its own.
mkdir -p rieng/words
printf '[nháp: cơ quan]\nNông trường\n[nháp: viết hoa ở tên]\nNông trường\nCao su\n' >rieng/words/don-vi.txt
sed 's/^ỦY BAN NHÂN DÂN$/SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG/; s/^XÃ PHÚ LÂM$/NÔNG TRƯỜNG CAO SU PHÚ LÂM/' mot.txt >ba.txt
run import ba.txt -o ba.xml
is "a word no list has goes on with the line above" "$(grep -c '<superior>' ba.xml)" 0
run import ba.txt --local rieng -o ba.xml
is "a list of the agency's own makes it a body, written as it wants" \
	"$(sed -n 's/ *<superior>\(.*\)<.superior>/\1/p; s/ *<name>\(Nông.*\)<.name>/\1/p' ba.xml | tr '\n' '|')" \
	"Sở Nông nghiệp và Môi trường|Nông trường Cao su Phú Lâm|"
printf '[nháp: cơ quan]\n  Nông trường\n' >rieng/words/don-vi.txt
rm -f ba.xml
run import ba.txt --local rieng -o ba.xml
is "a list that cannot be read is told by file and line" "$status $(grep -c 'don-vi.txt:2:.*TU-02' err) $(ls ba.xml 2>/dev/null)" "1 1 "

# Every allocation fails once (some 120 of them; SOAK=1: all).
src=$here/tests/regress/import/quyet-dinh-quy-che-phu-luc.txt
FAILMALLOC_COUNT=$TMP/count LD_PRELOAD=$SHIMS/failmalloc.so "$VANTHU_FAST" import -q "$src" -o a.xml >/dev/null 2>&1
total=$(cat count) bad=0
[ "$total" -gt 100 ] && ok "the shim counts" || not_ok "the shim counts"
step=1
[ -n "${SOAK:-}" ] || step=$((total / 120 + 1))
for mode in "" 1; do
	for ((i = 1; i <= total; i += step)); do
		rm -f b.xml
		if [ -n "$mode" ]; then export FAILMALLOC_ALL=1; else unset FAILMALLOC_ALL; fi
		FAILMALLOC=$i LD_PRELOAD=$SHIMS/failmalloc.so timeout 20 "$VANTHU_FAST" import -q "$src" -o b.xml >out 2>err
		status=$?
		if [ $status -gt 2 ] || { [ $status -ne 0 ] && [ -e b.xml ]; } ||
			{ [ $status -eq 0 ] && ! cmp -s a.xml b.xml; }; then
			bad=$((bad + 1))
			echo "# allocation $i${mode:+ and all after}: status $status"
		fi
	done
done
unset FAILMALLOC_ALL
is "failing memory: no crash, no half file, no other document" "$bad" 0
plan
