#!/bin/bash
# What a message tells people to type is there to be typed: every command a string of the
# program names, and every act of a command that has acts.
set -u
. tests/lib.sh
commands=$("$VANTHU" --help)
told=$(perl -CSD -0777 -ne 's/"\s*\n\s*"//g;
	print "$1 $2\n" while /vanthu ([a-z][a-z-]*)(?![\pL])(?: ([a-z][a-z-]*)(?![\pL]))?/g' \
	{cli,gen,records}/*.c | sort -u)
[ "$(echo "$told" | wc -l)" -gt 30 ] && ok "messages name commands" || not_ok "messages name commands: none were found"
while read -r command act; do
	case $command in help | version) continue ;; esac
	if ! grep -qE "^ +$command( |$)" <<<"$commands"; then
		not_ok "vanthu $command is told and is not there"
	elif [ -n "$act" ] && [[ $command =~ ^(series|user|dossier|audit)$ ]]; then
		grep -qE "(^|[ |,])$act([ |,:]|$)" <<<"$("$VANTHU" "$command" --help)" && ok "vanthu $command $act" || not_ok "vanthu $command $act is told and is not there"
	else
		ok "vanthu $command"
	fi
done <<<"$told"
plan
