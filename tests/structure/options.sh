# Long options: no command has the same one twice, whichever schemas and tables they come from
# (contract 3). What --help lists is what the parser knows: both are made from one table.
. tests/structure/tap.bash
. tests/structure/help.bash

# unique COMMAND [ARG...]: no long option and no letter twice in its --help
unique() {
	local options doubles
	options=$(help_options "$@") || return 1
	[ -n "$options" ] || { echo "no options in --help: $*"; return 1; }
	grep -qx -- '--help' <<<"$options" || { echo "--help is missing: $*"; return 1; }
	doubles=$(LC_ALL=C sort <<<"$options" | uniq -d)
	[ -z "$doubles" ] || { echo "$*: twice:" $doubles; return 1; }
}

all_unique() {
	local name=$1 arguments
	option_sets "$name" | while read -r arguments; do
		unique "$name" $arguments || exit 1
	done
}

# narrow LANGUAGE COMMAND [ARG...]: --help is at most 80 columns wide. Where there are no spaces, as in
# Chinese, nothing is wrapped: the translation breaks the line. Characters of three bytes are two wide.
narrow() {
	local language=$1
	shift
	LC_ALL=$language "$DUBAN_BIN/$1" "${@:2}" --help | LC_ALL=C awk '{
		line = $0
		bytes = gsub(/[\200-\377]/, "")
		if (length($0) + int(bytes / 3) * 2 > 80) { print line; wide = 1 }
	}
	END { exit wide }'
}
all_narrow() {
	local name=$1 arguments language
	option_sets "$name" | while read -r arguments; do
		for language in C zh_CN.UTF-8; do narrow $language "$name" $arguments || exit 1; done
	done
}
for program in "$DUBAN_BIN"/*; do
	check "${program##*/}: 80 columns" all_narrow "${program##*/}"
done

for program in "$DUBAN_BIN"/*; do
	check "${program##*/}" all_unique "${program##*/}"
done

# the test itself: a folder whose schema adds a field with an option that is there already
sees_a_double() {
	local OPTION=$1
	rm -rf "$scratch/rf"
	"$DUBAN_BIN/plan-init" "$scratch/rf" >/dev/null || return 1
	mkdir -p "$scratch/rf/schemas"
	cat >"$scratch/rf/schemas/visit.yaml" <<-END
		\$schema: https://json-schema.org/draft/2020-12/schema
		properties:
		  weather: {title: 天气, x-en: Weather, type: string, x-option: $OPTION}
	END
	unique visit-add -C "$scratch/rf"
}
check "a field of the folder is an option" sees_a_double weather
for option in by dry-run visitor; do
	check "sees a second --$option" eval '! sees_a_double $option && unique visit-add'
done
finish
