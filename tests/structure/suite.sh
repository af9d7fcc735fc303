# Our own cases in the form of the official JSON Schema test suite, and that suite itself, where
# $JSON_SCHEMA_TEST_SUITE says it is: every file, from JSON and from YAML. The program that runs them
# is seen to fail on a small suite of lies.
. tests/structure/tap.bash

program=${DUBAN_BIN%/bin}/suite

# files of $scratch/report: name and number of failures
rows() {
	awk '$1 ~ /\.json$/ && NF == 6 { print $1, $5 }' "$scratch/report"
}

told_lies() {
	local suite=$scratch/lies
	mkdir -p "$suite/tests/draft2020-12" "$suite/remotes/a"
	echo '{"type": "integer"}' >"$suite/remotes/a/b.json"
	cat >"$suite/tests/draft2020-12/lies.json" <<-'END'
	[{"description": "g", "schema": {"$ref": "http://localhost:1234/a/b.json"}, "tests": [
	  {"description": "right", "data": 1, "valid": true},
	  {"description": "wrong", "data": 1, "valid": false},
	  {"description": "wrong too", "data": "\ud83d\ude00", "valid": true},
	  {"description": "listed", "data": 1.5, "valid": true}]},
	 {"description": "broken", "schema": {"$ref": "#/none"}, "tests": [
	  {"description": "any", "data": 1, "valid": false}]}]
	END
	printf 'lies.json\tg\tlisted\tit is a lie\n' >"$scratch/list"
	"$program" "$suite" "$scratch/list" >"$scratch/report" && return 1
	cat "$scratch/report"
	grep -q '^lies.json: g: wrong: is not, was let pass (JSON)$' "$scratch/report" &&
		grep -q '^lies.json: g: wrong too: is valid, was refused (JSON)$' "$scratch/report" &&
		grep -q '^lies.json: broken: any: .*no such place' "$scratch/report" &&
		grep -q '^lies.json  *5  *1  *1  *3  *4$' "$scratch/report"
}

no_failures() { # FILE FAILURES
	[ "$2" = 0 ] || grep -F "$1: " "$scratch/report"
	[ "$2" = 0 ]
}

run_suite() { # NAME FOLDER [LIST]
	local file failures
	"$program" "${@:2}" >"$scratch/report"
	check "$1 holds cases" eval '[ -n "$(rows)" ]'
	while read -r file failures; do
		check "$1: $file" no_failures "$file" "$failures"
	done < <(rows)
}

check "a wrong verdict is told" told_lies
check "a folder without cases is no success" eval \
	'mkdir -p "$scratch/none/tests/draft2020-12" "$scratch/none/remotes"; ! "$program" "$scratch/none"'
run_suite "our own suite" tests/suite/own
if [ -z "${JSON_SCHEMA_TEST_SUITE:-}" ]; then
	skip "the official suite" "JSON_SCHEMA_TEST_SUITE is not set"
else
	run_suite "the official suite" "$JSON_SCHEMA_TEST_SUITE" tests/suite/may-fail.tsv
fi
finish
