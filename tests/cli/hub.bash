# What tests with a server of git share: a bare repository `hub.git` with a hook of ours, made once for a
# file from the plan, and clones of it. git sees no configuration but that of the test.

hooks=$(cd "$BATS_TEST_DIRNAME/../../examples/hooks" && pwd)
export GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL=/dev/null GIT_AUTHOR_NAME=示例 GIT_AUTHOR_EMAIL=clerk@example.invalid \
	GIT_COMMITTER_NAME=示例 GIT_COMMITTER_EMAIL=clerk@example.invalid GIT_TERMINAL_PROMPT=0
export GIT_CONFIG_COUNT=4 GIT_CONFIG_KEY_0=init.defaultBranch GIT_CONFIG_VALUE_0=main GIT_CONFIG_KEY_1=advice.detachedHead \
	GIT_CONFIG_VALUE_1=false GIT_CONFIG_KEY_2=gc.auto GIT_CONFIG_VALUE_2=0 GIT_CONFIG_KEY_3=pull.rebase GIT_CONFIG_VALUE_3=false

# the hub as every test finds it, and a clone of it
setup_file() {
	local folder=$BATS_FILE_TMPDIR/rf
	plan-init "$folder" >/dev/null
	git -C "$folder" init -q
	git -C "$folder" add .
	git -C "$folder" commit -qm '方案'
	git clone -q --bare "$folder" "$BATS_FILE_TMPDIR/hub.git"
	rm -f "$BATS_FILE_TMPDIR"/hub.git/hooks/*
}

# hub [HOOK]: a fresh hub with that hook, and in a clone of it
hub() {
	cp -r "$BATS_FILE_TMPDIR/hub.git" "$work/hub.git"
	cp "$hooks/${1:-pre-receive}" "$work/hub.git/hooks/"
	git clone -q "$work/hub.git" "$work/rf"
	cd "$work/rf" || return 1
}

# commit [MESSAGE]: all there is
commit() {
	git add -A && git commit -qm "${1:-登记}"
}

# push UNIT [ARG...]: what git says in $output
push() {
	local unit=$1
	shift
	[ $# -gt 0 ] || set -- origin HEAD:main
	if output=$(DUBAN_UNIT=$unit git push "$@" 2>&1); then
		count_push taken
	else
		count_push refused
		return 1
	fi
}

# for tests/fault/git.sh
count_push() {
	[ -z "${GIT_COUNTS:-}" ] || echo "$1 1" >>"$GIT_COUNTS"
}

tips() {
	git -C "$work/hub.git" for-each-ref
}

# taken UNIT [ARG...]: the push is taken, and nothing is said
taken() {
	push "$@" || {
		echo "refused: $output"
		return 1
	}
	lacks "$output" error: warning:
}

# refused UNIT CODE PATH [ARG...]: the push is refused for that, names the path and a commit, says what to do,
# and changes nothing on the server. Then the clone is again as the server is.
refused() {
	local unit=$1 code=$2 path=$3 before
	shift 3
	before=$(tips)
	if push "$unit" "$@"; then
		echo "taken: $output"
		return 1
	fi
	[ "$(tips)" = "$before" ] || {
		echo "the server has changed"
		return 1
	}
	grep -E "^remote: [0-9a-f]{12}:$path:.*error: .*\[$code\]" <<<"$output" >/dev/null || {
		echo "wanted $code of $path, got:"
		echo "$output"
		return 1
	}
	[ "$keep" ] || undo
}
keep=

undo() {
	git reset -q --hard origin/main && git clean -qfdx && git checkout -q main 2>/dev/null && git reset -q --hard origin/main
}

# add_visit UNIT [ENTERPRISE [ARG...]]: prints its path
add_visit() {
	visit-add --by 张某 --unit "$1" --date 2024-04-18 --indicator-type 政务服务 --enterprise "${2:-示例甲商贸有限公司}" \
		--appeal 无 --visitor 张某 "${@:3}"
}

# add_problem UNIT RESPONSIBLE... : a listed problem, led by the unit; prints its path
add_problem() {
	local unit=$1 arguments=() one
	shift
	for one; do arguments+=(--responsible "$one"); done
	problem-log --by 张某 --unit "$unit" --at 2024-04-18T18:00:00+08:00 --title 重复提交材料 --description 未调用 \
		--lead "$unit" "${arguments[@]}" --track 限期整改 --due 2024-05-31 --origin self-check --pain blockage \
		--measure 接入 --focus 15
}

# act UNIT NAME RECORD AT [ARG...]: an event; prints its path
act() {
	rectify-status --unit "$1" --by "$2" "$3" --at "$4" "${@:5}"
}
