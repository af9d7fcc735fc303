# What --help of a program tells, and what its sources can say.

# help_options COMMAND [ARG...]: its options, one a line: --name and -letter
help_options() {
	local name=$1 text
	shift
	text=$(cd "$scratch" && LC_ALL=C.UTF-8 LANGUAGE= ARGP_HELP_FMT= "$DUBAN_BIN/$name" "$@" \
		--help </dev/null) || return 1
	sed -nE 's/^ {2,6}(-(.), )?(--[a-z0-9-]+).*/\3 -\2/p; s/^ {2,6}(-[A-Za-z])( .*)?$/\1/p' \
		<<<"$text" | tr ' ' '\n' | grep -vx -- '-'
}

# option_sets COMMAND: the arguments on which its options depend, one set a line: an inspection's come from the
# schema of its point
option_sets() {
	echo
	[ "$1" != inspect-add ] || printf -- '--point %d\n' {1..18}
}

# every_option COMMAND: those of all sets
every_option() {
	local arguments
	option_sets "$1" | while read -r arguments; do
		help_options "$1" $arguments || return 1
	done
}

# codes_of FILE...: the codes of findings that stand in the sources
codes_of() {
	tr '\n\t' '  ' <<<"$(cat "$@")" | sed 's/  */ /g; s/( /(/g' |
		grep -oE '((code|\[FAULT_[A-Z_]+\]) = |is_key \? |(report|refuse|say|say_at|fail|fault|set_report|compile_refuse|cli_error|check_say)\(([^"();]*, )?)"[a-z]+(-[a-z]+)*"' |
		sed 's/.*"\(.*\)"$/\1/' | LC_ALL=C sort -u
}
