#!/bin/bash
# A PostgreSQL of one's own for a test, by Debian's package: sourced.
#
#   pg_found              is there one on this machine?
#   pg_make FOLDER [OPTION ...]   a new cluster; options as in postgresql.conf (name=value)
#   pg_start FOLDER       pg_stop FOLDER [MODE]   pg_kill FOLDER (all its processes, -9)
#   pg_sql FOLDER SQL     as the superuser
#   pg_url FOLDER         of the database "vanthu" as its owner, who is no superuser
#
# It listens on a socket in FOLDER only.  initdb refuses to run as root: then
# it all belongs to the user of Debian's package.

pg_bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1)
pg_found() { [ -x "$pg_bin/initdb" ]; }

# As the one who owns the cluster; its locale is not the test's.
pg_as() {
	if [ "$(id -u)" = 0 ]; then
		(cd / && exec runuser -u postgres -- env -u LD_PRELOAD LC_ALL=C.UTF-8 "$@")
	else
		(cd / && exec env -u LD_PRELOAD LC_ALL=C.UTF-8 "$@")
	fi
}

pg_folder() {
	mkdir -p "$1" && chmod 700 "$1" || return 1
	[ "$(id -u)" != 0 ] || chown postgres "$1"
	chmod 711 "$1"
}

pg_make() {
	local folder=$1 option
	shift
	pg_folder "$folder" || return 1
	pg_as "$pg_bin/initdb" -D "$folder/data" -A trust -U postgres -E UTF8 --locale=C.UTF-8 -N \
		>"$folder.log" 2>&1 || { cat "$folder.log"; return 1; }
	for option in "listen_addresses=''" "unix_socket_directories='$folder'" shared_buffers=32MB \
		max_connections=80 autovacuum_naptime=5s "$@"; do
		echo "$option" | pg_as tee -a "$folder/data/postgresql.conf" >/dev/null
	done
	pg_start "$folder" || return 1
	pg_sql "$folder" "CREATE ROLE vanthu LOGIN" && pg_sql "$folder" "CREATE DATABASE vanthu OWNER vanthu"
}

pg_start() { pg_as "$pg_bin/pg_ctl" -s -w -t 60 -D "$1/data" -l "$1/data/server.log" start; }
pg_stop() { pg_as "$pg_bin/pg_ctl" -s -w -D "$1/data" -m "${2:-fast}" stop; }
pg_sql() { pg_as "$pg_bin/psql" -X -q -A -t -v ON_ERROR_STOP=1 -h "$1" -U postgres -d "${3:-postgres}" -c "$2"; }
pg_url() { echo "postgresql://vanthu@/vanthu?host=$1"; }

# The whole of it at once, as a power cut would: postmaster and children.
pg_kill() {
	local master
	master=$(pg_as head -1 "$1/data/postmaster.pid") || return 1
	kill -9 "$master" $(ps -o pid= --ppid "$master") 2>/dev/null
	while kill -0 "$master" 2>/dev/null; do sleep 0.05; done
}
