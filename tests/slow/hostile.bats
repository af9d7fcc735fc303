# Hostile texts (tests/hostile.txt) as every option and operand of every command, in records, documents, tables, forms,
# schemas, plans, names of files and trees that are pushed, and the environment: see hostile.sh.
load ../cli/common
load ../hostile

@test "every text in every place" {
	[ ! -e /tmp/duban-hostile ]
	run bash "$BATS_TEST_DIRNAME/hostile.sh" "$work"
	echo "$output"
	[ "$status" = 0 ]
	[[ ${lines[-1]} =~ ^texts\ ([0-9]+),\ places\ ([0-9]+),\ runs\ ([0-9]+)$ ]]
	# for tests/fault
	[ -z "${HOSTILE_COUNTS:-}" ] || printf '%s %d\n' texts "${BASH_REMATCH[1]}" places "${BASH_REMATCH[2]}" \
		runs "${BASH_REMATCH[3]}" >>"$HOSTILE_COUNTS"
}

@test "the judge: what is not tame is seen" {
	printf 'a\x1b[31m' >bad
	status 1 in_words bad
	printf 'a\xff' >bad
	status 1 in_words bad
	printf '中\t\n' >bad
	in_words bad
	printf '#!/bin/sh\nkill -SEGV $$\n' >crash
	printf '#!/bin/sh\nprintf "\\033c" >&2\n' >loud
	chmod +x crash loud
	status 1 tame ./crash
	status 1 tame ./loud
	tame true
}
