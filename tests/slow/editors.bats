load ../cli/common

# The installed schemas in an editor: what yaml-language-server, set up as CONTRIBUTING.md says,
# tells of a file is what our commands tell of it. Without npm, or where it cannot bring the server,
# there is nothing to test.

server_version=1.25.0
# beside the programs, so that it is brought once for each build folder
server_dir=$bin/../yaml-language-server-$server_version
server=$server_dir/node_modules/yaml-language-server/out/server/src/server.js
schemas=$(cd "$bin/../share/duban/schemas" && pwd -P)
here=$BATS_TEST_DIRNAME

setup_file() {
	command -v node >/dev/null && command -v npm >/dev/null && [ ! -e "$server" ] || return 0
	mkdir -p "$server_dir"
	timeout 300 npm install --prefix "$server_dir" --cache "$BATS_FILE_TMPDIR/npm" --no-save \
		--no-audit --no-fund --no-update-notifier --ignore-scripts --omit=dev --omit=optional \
		--fetch-retries=1 "yaml-language-server@$server_version" >&2 || rm -rf "$server_dir"
}

make_more() {
	command -v node >/dev/null && { [ -e "$server" ] || command -v npm >/dev/null; } ||
		skip "there is no node or no npm: apt-get install nodejs npm"
	[ -e "$server" ] || skip "npm could not bring yaml-language-server $server_version"
	folder
}

# the settings of Visual Studio Code that CONTRIBUTING.md shows, with the schemas of this build
settings() {
	sed -n '/^## Editors/,$p' "$here/../../CONTRIBUTING.md" | sed -n '/^    {$/,/^    }$/p' |
		sed "s|/usr/local/share/duban/schemas|$schemas|"
}

# in_editor QUESTION OPERAND...: see editors.js
in_editor() {
	node "$here/editors.js" "$server" "${settings-$(settings)}" "$@"
}

# lines: FILE:LINE of each finding on standard input, once
lines() {
	cut -d: -f1,2 | sort -u
}

# findings COMMAND...: the same of a command's findings. What is left out an editor does not know: other
# forms that may have been meant (notes), the rules of our vocabulary, how many days a month has.
findings() {
	"$@" --format json | jq -r '.findings[] | select(.level != "note") |
		select(.code | IN("not-after", "not-before", "unknown-word") | not) |
		select(.message | test("is not a date:") | not) | "\(.file):\(.line)"' | sort -u
}

# the records and events of the tests that are YAML, where such files may lie
fixtures() {
	local kind
	for kind in "$here"/../fixtures/records/*; do
		mkdir -p "jingchuan/${kind##*/}/2024-04"
		cp "$kind"/*.yaml "jingchuan/${kind##*/}/2024-04"
	done
	rm jingchuan/visit/2024-04/bad-{duplicate,gbk}.yaml
}

V=jingchuan/visits/2024-04/v-20240418-7k3fq2.yaml

# bad_visit [LINE]: a visit with a fault of every sort, after a first line
bad_visit() {
	mkdir -p "${V%/*}"
	cat >$V <<-END
		${1:-# by hand}
		kind: visit
		id: v-20240418-7k3fq2
		unit: jingchuan
		date: 2024
		indicator_type: government-services
		enterprise: 示例甲商贸有限公司
		visitors: [张某, 张某]
		method: 走访
		street: 东街
		focus:
		- 15
		- 19
		entered:
		  at: '2024-04-18T17:40:00+08:00'
		  by: 张某
		  unit: jingchuan
		  state: recorded
	END
}

@test "a bad record is marked at the lines that record-check names" {
	bad_visit
	in_editor diagnostics $V >told
	has "$(cat told)" ":5: Incorrect type" ":10: Property street is not allowed"
	findings record-check $V >ours
	printf "$V:%s\n" 2 5 8 9 10 13 14 18 | sort | diff - ours
	lines <told | diff ours -
}

@test "so is one whose first line names the schema" {
	settings='{"yaml.schemaStore.enable": false}'
	bad_visit "# yaml-language-server: \$schema=$schemas/record.yaml"
	in_editor diagnostics $V | lines >theirs
	findings record-check $V | diff - theirs
	bad_visit
	in_editor diagnostics $V | diff /dev/null -
}

@test "all records and events of the tests, good and bad" {
	fixtures
	in_editor diagnostics jingchuan/*/2024-04/*.yaml | lines >theirs
	findings schema-check --assert-format --schema-dir "$schemas" "$schemas/record.yaml" \
		jingchuan/*/2024-04/*.yaml >ours
	[ "$(wc -l <ours)" -gt 40 ]
	diff ours theirs
}

@test "a plan, good and bad" {
	in_editor diagnostics plan.yaml | diff /dev/null -
	sed -i '/^owner:/s/:.*/: [pingliang]/' plan.yaml
	in_editor diagnostics plan.yaml | lines >theirs
	findings schema-check --schema-dir "$schemas" "$schemas/plan.yaml" plan.yaml | diff - theirs
	[ -s theirs ]
}

@test "a field that is missing is offered with its label" {
	mkdir -p "${V%/*}"
	printf '%s\n' 'kind: visit' '' "date: '2024-04-18'" >$V
	in_editor completion $V 2 >told
	grep -q '^enterprise: 走访企业名称：' told
	grep -q '^method: 走访方式：' told
	lacks "$(cat told)" $'\ndate:' $'\nexperiencer:'
}

@test "a field tells its label under the pointer" {
	local file kind line key title fields=0
	fixtures
	in_editor hover jingchuan/*/2024-04/good-*.yaml >told
	for file in jingchuan/*/2024-04/good-*.yaml; do
		kind=${file#*/} kind=${kind%%/*}
		while IFS=: read -r line key _; do
			title=$(awk -v key="  $key:" '$0 == key { on = 1 } on && sub(/^    title: /, "") { print; exit }' \
				"$schemas/$kind.yaml")
			grep -q "^$file:$line: #### ${title:?of $key} " told || {
				echo "not $title but"
				grep "^$file:$line:" told
				return 1
			}
			fields=$((fields + 1))
		done < <(grep -n '^[a-z_]*:' "$file")
	done
	[ $fields -gt 100 ]
}
