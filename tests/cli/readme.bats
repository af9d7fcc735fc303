# The README: every command of the tour runs, in order, in an empty folder.

load common

@test "the five-minute tour runs as it is written" {
	awk '/^## A five-minute tour/ { tour = 1 } /^## Another/ { tour = 0 }
		tour && /^```sh$/ { code = 1; next } /^```$/ { code = 0 } code' \
		"$BATS_TEST_DIRNAME/../../README.md" >tour
	[ "$(wc -l <tour)" -gt 25 ]
	status 0 bash -eu -o pipefail tour
	has "$output" 'p-20240410-000001' '红 逾期' '99.99' '已销号' '0 errors, 0 warnings'
}

@test "the excerpt at the top is what the program prints" {
	plan-init campaign >/dev/null
	for page in README.md README.zh-CN.md; do
		awk '/^```$/ { if (code) exit; code = 1; next } code' "$BATS_TEST_DIRNAME/../../$page" >excerpt
		command=$(sed -n '1s/^\$ //p' excerpt)
		[ -n "$command" ]
		sed 1d excerpt | diff - <(cd campaign && eval "$command")
	done
}

@test "the programs that the README names exist" {
	for name in $(grep -o '`[a-z]*-[a-z]*`' "$BATS_TEST_DIRNAME/../../README.md" | tr -d '`' | sort -u); do
		case $name in
		*-dev | *-client | pkg-config | apt-get) continue ;;
		esac
		command -v "$name"
	done
}

@test "the demo runs to its end and names its folder" {
	ln -s "$bin" "the programs"
	status 0 "$BATS_TEST_DIRNAME/../../examples/demo" "the programs"
	# its first line can be pasted
	eval "$(echo "$output" | sed -n 's/^\$ \(export PATH=.*\)/\1/p')"
	[ "$(command -v plan-init)" = "$work/the programs/plan-init" ]
	last=$(echo "$output" | tail -n 1)
	has "$last" 'the weekly page: /tmp/duban-demo.'
	page=${last#the weekly page: }
	dir=$(echo "$output" | sed -n 's/^the folder: //p')
	[ "${page%/*}/campaign" = "$dir" ]
	[ -f "$dir/plan.yaml" ]
	has "$(cat "$page")" '<!DOCTYPE html>' 专项活动周调度 第7期 食品经营许可重复提交营业执照
	status 0 record-check -C "$dir"
	rm -rf "${dir%/campaign}"
	has "$output" '0 errors, 0 warnings'
}
