# The test runner itself: a runner is trusted after it has been seen to fail. It runs here in a
# small tree of its own, with programs that pass, fail, crash, lie and hang.
. tests/structure/tap.bash

tree=$scratch
mkdir -p "$tree"/tests/{unit,cli,structure,slow} "$tree/unit" "$tree/bin"
cp tests/run "$tree/tests/run"

# program NAME: a unit test whose script is stdin
program() {
	: >"$tree/tests/unit/$1.c"
	{ echo '#!/bin/sh' && cat; } >"$tree/unit/$1"
	chmod +x "$tree/unit/$1"
}

# run STATUS [ARG...]: runs the runner; its output in $told
run() {
	local want=$1 got=0
	shift
	told=$(cd / && TMPDIR=$tree/tmp JOBS=2 "$tree/tests/run" --unit "$tree/unit" \
		--bin "$tree/bin" "$@" 2>&1) || got=$?
	[ "$got" = "$want" ] || { echo "# status $got, not $want"; return 1; }
}

ends() { # LINE
	[ "${told##*$'\n'}" = "$1" ]
}

mkdir "$tree/tmp"
program test_a <<<'sleep 0.3; printf "1..2\nok 1 - x\nok 2 - y\n"'
program test_b <<<'printf "1..1\nok 1 - z # SKIP no reason\n"'
cat >"$tree/tests/cli/c.bats" <<'END'
@test "sees the programs" { [ "$DUBAN_BIN" = "${BATS_TEST_DIRNAME%/tests/cli}/bin" ]; }
END
cat >"$tree/tests/structure/d.sh" <<'END'
printf '1..1\nok 1 - d\n'
END
echo '@test "slow" { false; }' >"$tree/tests/slow/e.bats"

check "what passes is told in one line a file" \
	eval 'run 0 && ends "4 passed, 0 failed" && [ "$(grep -c " tests " <<<"$told")" = 4 ]'
order=$(sed -n 's/^tests\/[a-z]*\/\([a-z_]*\).*/\1/p' <<<"$told" | tr '\n' ' ')
check "in a fixed order, the slow one first too" eval '[ "$order" = "test_a test_b d c " ]'
check "slow files only when asked" eval 'run 1 --all && ends "4 passed, 1 failed"'
check "a name chooses files" eval 'run 0 cli/c && ends "1 passed, 0 failed"'
check "nothing that ran is a failure" eval 'run 1 nosuch && ends "0 passed, 0 failed"'
check "all skipped is a failure" eval 'run 1 test_b && ends "0 passed, 0 failed"'

program test_f <<<'printf "1..3\nok 1 - x\nnot ok 2 - y\n# because\nnot ok 3 - z\n"; exit 2'
check "failed tests, and why" \
	eval 'run 1 test_ && ends "3 passed, 2 failed" && grep -q "^    # because" <<<"$told"'
program test_f <<<'printf "1..3\nok 1 - x\n"; kill -SEGV $$'
check "a crash" eval 'run 1 test_f && ends "1 passed, 1 failed"'
program test_f <<<'printf "1..3\nok 1 - x\n"'
check "fewer tests than planned" eval 'run 1 test_f && ends "1 passed, 1 failed"'
program test_f <<<'printf "ok 1 - x\n"'
check "no plan" eval 'run 1 test_f && ends "1 passed, 1 failed"'
program test_f <<<'printf "1..1\nok 1 - x\n"; exit 3'
check "a status of its own" eval 'run 1 test_f && ends "1 passed, 1 failed"'
program test_f <<<'printf "1..0\n"'
check "no test" eval 'run 1 test_f && ends "0 passed, 1 failed"'
program test_f <<<'printf "1..1\nok 1 - x\n"; mkdir "$TMPDIR/duban-test.1"'
check "what is left behind" \
	eval 'run 1 test_f && ends "1 passed, 1 failed" && grep -q "left.*duban-test.1" <<<"$told"'
program test_f <<<'printf "1..1\nok 1 - x\n"; sleep 100'
check "what hangs" eval 'TEST_TIMEOUT=1 run 1 test_f && grep -q "stopped after 1 s" <<<"$told"'

interrupted() {
	local pid status=0
	TMPDIR=$tree/tmp "$tree/tests/run" --unit "$tree/unit" --bin "$tree/bin" test_f &
	pid=$!
	sleep 0.5
	kill "$pid"
	wait "$pid" || status=$?
	[ $status = 143 ]
}
check "a signal ends it" interrupted

rm "$tree/tests/unit/test_f.c"
check "a program without its source is not run" eval 'run 0 test_ && ends "2 passed, 0 failed"'
: >"$tree/tests/unit/test_f.c"
rm "$tree/unit/test_f"
check "a source without its program fails" eval 'run 1 test_f && ends "0 passed, 1 failed"'
check "usage" eval 'run 2 --nosuch && run 2 --unit /nosuch'
check "leaves nothing behind" eval '[ -z "$(ls -A "$tree/tmp")" ]'
finish
