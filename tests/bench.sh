#!/bin/bash
# What a document costs, printed as a table: bench.sh BUILD-FOLDER
# Instruction counts (callgrind) repeat to the unit; CPU times are medians of
# nine batches on a machine that may be busy, so trust counts and ratios.
set -eu
cd "$(dirname "$0")/.."
bench=$1/tests/tools/bench
model=tests/bench/cong-van.xml data=tests/bench/cong-van.csv
"$bench" machine
echo "== two-page công văn, every feature, merged from one model, warm"
for how in "" "--paper" "--shared" "--paper --shared"; do
	"$bench" merge $model $data $how --docs 200
done
echo "== instructions a document (callgrind, mean of 185 documents, the first included)"
for how in "" "--paper" "--shared"; do
	valgrind --tool=callgrind --callgrind-out-file=/dev/null --toggle-collect=bench_one \
		"$bench" merge $model $data $how --docs 20 2>&1 |
		awk -v how="${how:-electronic}" '/Collected/ {printf "%-14s %.2f M instructions\n", how, $NF / 185 / 1e6}'
done
issue=$1/tests/tools/issue_bench
kho=$(mktemp -d -p .)
trap 'rm -rf "$kho"' EXIT
echo "== issued end to end, durable: two pages; eight processes, one, one act for 1,000; then files in files/; then the disk alone, with as many bytes as an act writes"
"$issue" one "$kho/a" tests/bench/long.xml 8 60
"$issue" one "$kho/b" tests/bench/long.xml 1 60
"$issue" batch "$kho/c" tests/bench/long.xml 1000
"$issue" one "$kho/d" tests/bench/long.xml 8 30 folder
"$issue" sync "$kho" 8 60 378000
"$issue" sync "$kho" 1 60 378000
"$bench" machine
echo "== finding, among 10,000 and 100,000 invented documents: milliseconds of CPU"
for count in 10000 100000; do
	"$1/tests/tools/make_archive" "$kho/$count" $count
	"$1/tests/tools/search_bench" "$kho/$count" || true
	rm -rf "${kho:?}/$count"
done
"$bench" machine
echo "== the rules of a long text"
"$bench" check tests/bench/long.xml
echo "== one text grown to many pages"
"$bench" pages tests/bench/long.xml
echo "== pages for the screen: one page, two pages, and instructions for the two"
"$bench" preview tests/bench/short.xml
"$bench" preview tests/bench/long.xml
valgrind --tool=callgrind --callgrind-out-file=/dev/null --toggle-collect=bench_preview \
	"$bench" preview tests/bench/long.xml 2>&1 |
	awk '/Collected/ {printf "%.2f M instructions: HTML of both and an SVG of each\n", $NF / 180 / 1e6}'
echo "== one table of six columns grown to many pages"
"$bench" rows tests/bench/table.xml
echo "== plain text in, one draft grown to many pages"
"$bench" import tests/bench/ban-nhap.txt
echo "== cold start of one render"
"$bench" cold "$1/vanthu" render -q tests/bench/long.xml -o /dev/null
echo "== 10,000 documents: peak memory"
"$bench" merge $model $data --docs 1112
"$bench" machine
