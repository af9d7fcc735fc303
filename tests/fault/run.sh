#!/usr/bin/env bash
# tests/fault/run.sh FOLDER [SCENE...]: what `make fault` does with the build in FOLDER, see README.md here.
set -eu
out=$(cd "$1" && pwd -P)
shift
cd "$(dirname "${BASH_SOURCE[0]}")"
# in memory where there is some: what is tried is what the command asks of the disk
tmp=${TMPDIR:-/tmp}
[ -n "${TMPDIR:-}" ] || [ ! -w /dev/shm ] || tmp=/dev/shm
work=$(mktemp -d "$tmp/duban-fault.XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM HUP
./base "$out/bin" "$work/base"
mkdir "$work/scenes"
status=0
"$out/fault/run" "$out/bin" "$out/fault/preload.so" "$work/base" "$work/scenes" "$@" >"$work/table" || status=$?
# the rows of scenes in which all was tried, and nothing broke
[ "${FAULT_ALLOCATIONS:-}" != all ] || {
	awk -F '|' -v table="$work/table" '
	BEGIN { while ((getline line <table) > 0) if (line ~ /^\|.*\| 0 \|$/ && line !~ /skipped/) { split(line, part); row[part[2]] = line } }
	/^\|/ && $2 in row { print row[$2]; next }
	{ print }' README.md >"$work/README.md"
	cmp -s "$work/README.md" README.md || cat "$work/README.md" >README.md
}
cat "$work/table"
exit $status
