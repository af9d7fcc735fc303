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

# codes_of FILE...: the codes of findings that stand in the sources
codes_of() {
	tr '\n\t' '  ' <<<"$(cat "$@")" | sed 's/  */ /g; s/( /(/g' |
		grep -oE '((code|\[FAULT_[A-Z_]+\]) = |is_key \? |(report|refuse|say|fail|fault|set_report|compile_refuse|cli_error|check_say)\(([^"();]*, )?)"[a-z]+(-[a-z]+)*"' |
		sed 's/.*"\(.*\)"$/\1/' | LC_ALL=C sort -u
}
