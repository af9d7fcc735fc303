# What --help of a program tells.

# help_options COMMAND [ARG...]: its options, one a line: --name and -letter
help_options() {
	local name=$1 text
	shift
	text=$(cd "$scratch" && LC_ALL=C.UTF-8 LANGUAGE= ARGP_HELP_FMT= "$DUBAN_BIN/$name" "$@" \
		--help </dev/null) || return 1
	sed -nE 's/^ {2,6}(-(.), )?(--[a-z0-9-]+).*/\3 -\2/p; s/^ {2,6}(-[A-Za-z])( .*)?$/\1/p' \
		<<<"$text" | tr ' ' '\n' | grep -vx -- '-'
}
