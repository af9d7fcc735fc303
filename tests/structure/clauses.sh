# Every clause of the plan that a command keeps has a test that carries its number: the column
# `proof` of tests/traceability.tsv says which, the names of the tests in tests/cli and tests/slow
# say where.
. tests/structure/tap.bash
export LC_ALL=C

table=tests/traceability.tsv

# clauses PROOF: the numbers of those with that proof
clauses() {
	awk -F'\t' -v proof="$1" '/^T[0-9]/ && index(";" $2 ";", ";" proof ";") { print $1 }' "$table"
}

# numbers FILE...: those in the names of tests
numbers() {
	sed -n 's/^@test "\(.*\)" {$/\1/p' "$@" | grep -oE '\bT[0-9]{3}\b' | sort -u
}

# missing LIST LIST: what stands in the first alone
missing() {
	comm -23 <(tr ' ' '\n' <<<"$1" | sort -u) <(tr ' ' '\n' <<<"$2" | sort -u) | xargs
}

# none WHY LIST
none() {
	[ -z "$2" ] || { echo "$1: $2"; false; }
}

shopt -s nullglob
reports=(tests/cli/dispatch-report*.bats tests/slow/dispatch-report*.bats)
commands=()
for file in tests/cli/*.bats tests/slow/*.bats; do
	case $file in */dispatch-report*) ;; *) commands+=("$file") ;; esac
done
of_reports=$([ ${#reports[@]} = 0 ] || numbers "${reports[@]}")
of_commands=$(numbers "${commands[@]}")

behaviour_is_tested() {
	local behaviour
	behaviour=$(clauses behaviour)
	[ -n "$behaviour" ] && none "without a test" "$(missing "$behaviour" "$of_commands")"
}
check "behaviour" behaviour_is_tested

reports_are_tested() {
	local report
	report=$(clauses report)
	[ -n "$report" ] && none "without a test of dispatch-report" "$(missing "$report" "$of_reports")"
}
check "reports" reports_are_tested

# a number in a test's name is one of a clause that somebody must keep
numbers_are_clauses() {
	none "no such clause, or nothing to test in it" \
		"$(missing "$of_commands $of_reports" "$(clauses behaviour) $(clauses report)")"
}
check "the numbers in names" numbers_are_clauses

# the test itself
sees_what_is_missing() {
	local table=$scratch/table
	sed 's/^T001\tdata/T001\tbehaviour/' tests/traceability.tsv >"$table"
	! behaviour_is_tested && ! table=$scratch/none behaviour_is_tested &&
		! of_reports= reports_are_tested &&
		! of_commands=T001 table=tests/traceability.tsv numbers_are_clauses
}
check "a clause without a test is seen" sees_what_is_missing
finish
