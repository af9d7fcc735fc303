# The inputs of the fuzz targets, given to them without libFuzzer: what broke something once stays
# repaired. And what `make fuzz` needs of each target: inputs to start from, and dictionaries.
. tests/structure/tap.bash

programs=${DUBAN_BIN%/bin}/fuzz

replayed() { # NAME
	local count
	count=$("$programs/$1" "tests/fuzz/corpus/$1" 2>"$scratch/files") || {
		tail -n 3 "$scratch/files"
		return 1
	}
	echo "$count inputs"
	[ "$count" -gt 0 ] && [ "$count" = "$(find "tests/fuzz/corpus/$1" -type f | wc -l)" ]
}

# as libFuzzer reads them: a comment, or one word in quotes with \\, \" and \xNN
dictionaries_of() { # NAME
	local name names
	names=$(sed -n 's/^ \* Dictionaries: //p' "tests/fuzz/fuzz_$1.c" | tr -d ,)
	[ -n "$names" ] || { echo "fuzz_$1.c names no dictionary"; return 1; }
	for name in $names; do
		! LC_ALL=C grep -Evn '^(#.*)?$|^"([ !#-[]|\]|[\^-~]|\\["\\]|\\x[0-9a-f]{2})+"$' \
			"tests/fuzz/$name.dict" || return 1
	done
}

for target in tests/fuzz/fuzz_*.c; do
	target=${target#tests/fuzz/fuzz_}
	target=${target%.c}
	check "$target: every input is replayed" replayed "$target"
	check "$target: its dictionaries can be read" dictionaries_of "$target"
done
printf '{"a": 1, "a": 2}' >"$scratch/input"
check "a file that cannot be read is told" eval '! "$programs/json" "$scratch/none"'
check "so is one that cannot be opened beside others" eval \
	'! "$programs/json" "$scratch/input" "$scratch/none"'
finish
