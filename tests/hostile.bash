# Hostile texts, and what every command has to bear with them. After tests/cli/common.bash.

# hostile_texts: those of tests/hostile.txt, decoded, in the list `texts`
hostile_texts() {
	local line text
	texts=()
	while IFS= read -r line; do
		[[ $line != '#'* ]] || continue
		printf -v text -- "${line//'%'/%%}"
		texts+=("$text")
	done <"$(dirname "${BASH_SOURCE[0]}")/hostile.txt"
	# what is harmful by its length
	for text in a '[' '{"a":' '- ' '../' '中' $'\xcc\x81' '(' '\n'; do
		printf -v line '%9000s' ''
		texts+=("${line// /"$text"}")
	done
}

# in_words FILE...: what is printed of records and words: UTF-8, no escape, bell, backspace, DEL
in_words() {
	! LC_ALL=C grep -a $'[\x01-\x08\x0b\x0c\x0e-\x1f\x7f]' "$@" | cat -v | grep . || return 1
	cat "$@" | iconv -f UTF-8 -t UTF-8 >/dev/null
}

# tame COMMAND...: ends in time, by itself, within memory, and tells with visible characters; not a pipe with others
tame() {
	local got=0
	(little_memory 1000000 && exec timeout -k 1 20 "$@") </dev/null >"$work/out" 2>"$work/err" || got=$?
	case $got in
	0 | 1 | 2 | 3) ;;
	*)
		echo "status $got: $*"
		cat "$work/err"
		return 1
		;;
	esac
	in_words "$work/err" || {
		echo "with: $*"
		return 1
	}
}
