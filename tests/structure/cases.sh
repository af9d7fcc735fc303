# tests/cases: what is told of a fault, to the letter. A folder holds the input, the `command` that
# is run beside it, and `expected`: what it says and its status.
. tests/structure/tap.bash
. tests/structure/help.bash

# told FOLDER: what its command says, in a copy of the folder
told() {
	local copy=$scratch/case
	rm -rf "$copy"
	cp -r "$1" "$copy"
	(
		export PATH=$DUBAN_BIN:$PATH LC_ALL=C
		cd "$copy" && bash ./command 2>&1
		echo "exit $?"
	)
}

as_expected() { # FOLDER
	told "$1" | diff -u "$1/expected" -
}

has_case() { # CODE
	grep -qF "[$1]" tests/cases/*/expected || { echo "no case of $1 in tests/cases"; false; }
}

for case in tests/cases/*/; do
	check "$(basename "$case")" as_expected "${case%/}"
done
# no memory is no fault of a file
for code in $(codes_of lib/yaml/*.c lib/schema/*.c | grep -vx no-memory); do
	check "the code $code" has_case "$code"
done

mkdir "$scratch/lie"
echo 'echo one; exit 1' >"$scratch/lie/command"
printf 'one\nexit 0\n' >"$scratch/lie/expected"
check "another status is told" eval '! as_expected "$scratch/lie"'
check "a code without a case is told" eval '! has_case no-such-code'
finish
