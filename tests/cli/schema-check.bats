load common

# What is said of each fault, to the letter, is in tests/cases.

make_more() {
	cat >schema.yaml <<-'EOF'
		$schema: https://json-schema.org/draft/2020-12/schema
		type: object
		properties:
		  name: {type: string, title: 名称}
		  day: {type: string, format: date}
		required: [name]
	EOF
	echo 'name: 甲' >good.yaml
	echo 'name: 1' >bad.yaml
	echo '{"name": 1}' >bad.json
}

@test "valid is 0, not valid is 1, all files are told" {
	status 0 schema-check schema.yaml good.yaml
	[ "$output" = '1 file: 0 errors, 0 warnings' ]
	status 1 schema-check schema.yaml bad.json good.yaml bad.yaml
	has "$output" "bad.json:1:10: error: 名称: 'name' must be a string, not 1 [type]" \
		"bad.yaml:1:7: error: 名称" "3 files: 2 errors, 0 warnings"
	[ -z "$err" ]
}

@test "the schema may be JSON" {
	echo '{"required": ["name"]}' >schema.json
	status 0 schema-check schema.json good.yaml bad.json
	echo 'x: 1' >bad.yaml
	status 1 schema-check schema.json bad.yaml
	has "$output" "bad.yaml:1:1: error: 'name' is missing [required]"
}

@test "standard input: YAML, and JSON when asked for; also the schema" {
	status 1 schema-check schema.yaml - <bad.yaml
	has "$output" '(standard input):1:7: error'
	# JSON that is no YAML
	printf '{"name"\n:"a"}' >odd
	status 1 schema-check schema.yaml - <odd
	status 0 schema-check --json schema.yaml - <odd
	# a name that says what it is wins
	status 0 schema-check --json schema.yaml good.yaml
	status 1 schema-check - bad.yaml <schema.yaml
}

@test "every document of a stream is checked" {
	printf 'name: a\n---\nname: 2\n---\n{}\n' >many.yaml
	status 1 schema-check schema.yaml many.yaml
	has "$output" "many.yaml:3:7: error: 名称: 'name' must be a string, not 2 [type]
    in document 2" "many.yaml:5:1: error: 名称: 'name' is missing [required]
    in document 3"
}

@test "JSON output" {
	status 1 schema-check --format json schema.yaml good.yaml bad.json
	[ "$(jq -c '[.version, .files, .errors, .warnings]' <<<"$output")" = '[1,2,1,0]' ]
	[ "$(jq -r '.findings[] | "\(.file):\(.line):\(.column) \(.level) \(.code) \(.pointer)"' <<<"$output")" = \
		'bad.json:1:10 error type /name' ]
	status 2 schema-check --format xml schema.yaml good.yaml
}

@test "format asserts when asked" {
	echo '{name: a, day: 2024-02-30}' >day.yaml
	status 0 schema-check schema.yaml day.yaml
	status 1 schema-check --assert-format schema.yaml day.yaml
	has "$output" 'day.yaml:1:16: error' '[format]'
}

@test "unknown keywords are warnings when asked, before any file" {
	echo '{"requierd": ["name"], "x-mine": 1}' >slip.json
	status 0 schema-check slip.json bad.yaml
	status 0 schema-check --warn-unknown slip.json bad.yaml
	has "$output" "slip.json:1:2: warning: unknown keyword 'requierd' [unknown-keyword]" \
		"did you mean 'required'?" '1 file: 0 errors, 1 warning'
}

@test "folders of schemas, by URI and by path" {
	mkdir -p lib/deep
	echo '{"$id": "https://example.com/name", "type": "string"}' >lib/deep/name.json
	echo 'maxLength: 1' >lib/short.yml
	echo 'not a schema' >lib/README
	echo 'properties: {name: {$ref: https://example.com/name}}' >by-uri.yaml
	echo 'properties: {name: {$ref: lib/short.yml}}' >by-path.yaml
	status 3 schema-check by-uri.yaml bad.yaml
	has "$err" 'by-uri.yaml:1:27: error' '[bad-reference]'
	status 1 schema-check --schema-dir lib by-uri.yaml bad.yaml
	echo 'name: 甲乙' >long.yaml
	status 1 schema-check --schema-dir lib by-path.yaml long.yaml
	has "$output" 'long.yaml:1:7: error' '[max-length]'
	# the schema may be one of the folder's
	status 0 schema-check --schema-dir lib lib/deep/name.json /dev/fd/3 3<<<'a'
	status 3 schema-check --schema-dir none by-uri.yaml bad.yaml
	has "$err" 'none: error: cannot read the folder'
	printf 'type: 1\n' >lib/wrong.yaml
	status 0 schema-check --schema-dir lib by-uri.yaml good.yaml
	echo 'properties: {name: {$ref: lib/wrong.yaml}}' >by-path.yaml
	status 3 schema-check --schema-dir lib by-path.yaml good.yaml
	has "$err" 'lib/wrong.yaml:1:7: error'
}

@test "what cannot be read is 3, and the rest is told" {
	status 3 schema-check schema.yaml none.yaml bad.yaml
	has "$output" 'none.yaml: error: cannot read the file: No such file or directory [io]' \
		'bad.yaml:1:7: error' '2 files: 2 errors, 0 warnings'
	status 3 schema-check none.yaml bad.yaml
	has "$err" 'none.yaml: error: cannot read the file'
	status 3 schema-check schema.yaml .
	status 3 schema-check . bad.yaml
}

@test "all faults of a schema at once" {
	printf 'type: strng\nminLength: -1\npattern: "("\n$ref: "#/none"\n' >faults.yaml
	status 3 schema-check faults.yaml good.yaml
	has "$err" 'faults.yaml:1:7: error' 'faults.yaml:2:12: error' 'faults.yaml:3:10: error' \
		'faults.yaml:4:7: error'
	[ -z "$output" ]
}

@test "no record folder is needed, and none is looked for" {
	export DUBAN_DIR=/nonexistent DUBAN_SCHEMAS=/nonexistent
	status 0 schema-check schema.yaml good.yaml
}

@test "usage, and a full disk" {
	status 2 schema-check
	status 2 schema-check schema.yaml
	status 2 schema-check --form json schema.yaml good.yaml
	status 3 eval 'schema-check schema.yaml good.yaml >/dev/full'
}

@test "a terminal shows the line and a caret" {
	script -qec "schema-check --color always schema.yaml bad.yaml" /dev/null >shown </dev/null || true
	grep -q 'name: 1' shown
	grep -q '\^' shown
}
