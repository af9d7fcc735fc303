# What all command tests share: the programs that were built, a scratch folder of their own, a folder made
# from the plan. The environment is bare on purpose: cron has no more.

bin=${DUBAN_BIN:?set it to the folder of the programs, or run make check}
PATH=$bin:$PATH
unset DUBAN_DIR DUBAN_BY DUBAN_UNIT DUBAN_SCHEMAS DUBAN_SEED NO_COLOR VISUAL EDITOR LANGUAGE
export LC_ALL=${LC_ALL:-C}
# what is shown in colour does not hang on the terminal that the tests run in
export TERM=xterm

setup() {
	work=$(mktemp -d "${TMPDIR:-/tmp}/duban-test.XXXXXX")
	cd "$work" || return 1
	make_more
}

teardown() {
	cd / && chmod -R u+w "$work" && rm -rf "$work"
}

# what a file adds to setup
make_more() { :; }

# folder: a fresh record folder `rf` from the plan, and go into it
folder() {
	plan-init rf >/dev/null
	cd rf || return 1
}

# as UNIT NAME: who acts from here on
as() {
	export DUBAN_UNIT=$1 DUBAN_BY=$2
}

# status N COMMAND...: runs it and wants that exit status; stdout in $output, stderr in $err
status() {
	local want=$1 got=0
	shift
	output=$("$@" 2>"$work/err") || got=$?
	err=$(cat "$work/err")
	if [ "$got" != "$want" ]; then
		echo "wanted exit status $want, got $got: $*"
		echo "$output"
		echo "$err"
		return 1
	fi
}

# fault NAME=VALUE... COMMAND...: runs it in a system in which calls fail (tests/fault/preload.c)
fault() {
	env LD_PRELOAD="$bin/../fault/preload.so" "$@"
}

# need_fault: skips a test of programs that want to be loaded first
need_fault() {
	! grep -q __asan_init "$bin/visit-add" && ! grep -q __tsan_init "$bin/visit-add" || skip 'the programs hold a sanitizer'
}

# has TEXT PART...: every part stands in the text
has() {
	local text=$1 part
	shift
	for part; do
		case $text in
		*"$part"*) ;;
		*)
			echo "missing: $part"
			echo "in: $text"
			return 1
			;;
		esac
	done
}

# lacks TEXT PART...: no part stands in the text
lacks() {
	local text=$1 part
	shift
	for part; do
		case $text in
		*"$part"*)
			echo "should not be there: $part"
			echo "in: $text"
			return 1
			;;
		esac
	done
}

# files: how many files lie under the folder
files() {
	find "${1:-.}" -type f | wc -l
}

# little_memory KIB: from here on; a sanitizer's own address space is far larger
little_memory() {
	grep -qa __asan_init "$bin/plan-init" || ulimit -v "$1"
}
