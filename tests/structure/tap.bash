# TAP for the structure tests: `check` or `skip` for every test, `finish` at the end. They run from
# the root of the repository, with $DUBAN_BIN set to the folder of the programs; $scratch is a
# folder that goes away with them.

unset DUBAN_DIR DUBAN_BY DUBAN_UNIT DUBAN_SCHEMAS DUBAN_SEED NO_COLOR
tests=0
scratch=$(mktemp -d "${TMPDIR:-/tmp}/duban-test.XXXXXX") || exit 1
trap 'chmod -R u+w "$scratch"; rm -rf "$scratch"' EXIT

# check NAME COMMAND...: fails by its status; what it prints says why
check() {
	local name=$1
	shift
	tests=$((tests + 1))
	if "$@" >"$scratch/.said" 2>&1; then
		echo "ok $tests - $name"
	else
		echo "not ok $tests - $name"
		sed 's/^/# /' "$scratch/.said"
	fi
}

# skip NAME WHY
skip() {
	tests=$((tests + 1))
	echo "ok $tests - $1 # skip $2"
}

finish() {
	echo "1..$tests"
}
