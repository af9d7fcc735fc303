load common
load ../structure/help.bash

# Every finding is wanted with its exact place, level and code, and nothing beside it.

V=jingchuan/visits/2024-04/v-20240418-000001.yaml
P=jingchuan/problems/2024-04/p-20240418-000001.yaml

visit() { # visit [FILE]: a visit without fault
	mkdir -p "$(dirname "${1:-$V}")"
	cat >"${1:-$V}" <<-'EOF'
		kind: visit
		id: v-20240418-000001
		unit: jingchuan
		date: '2024-04-18'
		indicator_type: government-services
		enterprise: 示例甲公司
		appeal: 重复提交材料
		visitors: [张某]
		entered: {at: '2024-04-18T17:40:00+08:00', by: 张某, unit: jingchuan, to: recorded}
	EOF
}

problem() { # a problem without fault
	mkdir -p "$(dirname $P)"
	cat >$P <<-'EOF'
		kind: problem
		id: p-20240418-000001
		unit: jingchuan
		date: '2024-04-18'
		title: 重复提交营业执照
		description: 窗口未调用电子营业执照
		origin: self-check
		track: scheduled
		lead: jingchuan
		responsible: [jingchuan, bigdata-center]
		due: '2024-05-31'
		measures:
		- {id: M1, text: 接入电子营业执照}
		milestones:
		- {id: N1, name: 自查自验, date: '2024-05-24'}
		entered: {at: '2024-04-18T18:12:33+08:00', by: 张某, unit: jingchuan, to: listed}
	EOF
}

observation() { # observation DIGIT UNIT LINE...: of 31 May
	local file=$2/observations/2024-05/o-20240531-00000$1.yaml unit=$2
	mkdir -p "$(dirname "$file")"
	printf '%s\n' "kind: observation" "id: o-20240531-00000$1" "unit: $2" "date: '2024-05-31'" \
		"${@:3}" \
		"entered: {at: '2024-05-31T17:40:00+08:00', by: 张某, unit: $unit, to: recorded}" >"$file"
}

# record FOLDER ID LINE...: a record of pingliang, entered on 20 May
record() {
	local file=pingliang/$1/2024-05/$2.yaml
	mkdir -p "$(dirname "$file")"
	printf '%s\n' "kind: ${1%s}" "id: $2" "unit: pingliang" "date: '2024-05-20'" "${@:3}" \
		"entered: {at: '2024-05-20T17:40:00+08:00', by: 周某, unit: pingliang, to: recorded}" >"$file"
}

# event FILE TIME LINE...: an event beside the record, by 李某 of jingchuan; LINEs from the fifth on
event() {
	local id=${1##*/} stamp=${2//[-:]/}
	id=${id%.yaml}
	printf '%s\n' "record: $id" "at: '$2+08:00'" "by: 李某" "unit: jingchuan" "${@:3}" \
		>"${1%.yaml}_${stamp}_0000.yaml"
}

# what was found, a line for each: WHERE LEVEL CODE
found() {
	sed -nE 's/^(\S+): (error|warning|note): .*\[([a-z-]+)\]$/\1 \2 \3/p' <<<"$output"
}

# check STATUS [ARGUMENT...] -- [FINDING...]: these are found, in that order, and nothing else
check() {
	local want=$1 arguments=() wanted
	shift
	while [ "$1" != -- ]; do
		arguments+=("$1")
		shift
	done
	shift
	wanted=$(printf '%s\n' "$@")
	status "$want" record-check "${arguments[@]}"
	[ "$(found)" = "$wanted" ] || {
		echo "wanted:"
		echo "$wanted"
		echo "found:"
		echo "$output$err"
		return 1
	}
}

# wrong SED WHERE LEVEL CODE [PART...]: the visit, changed that way, has that fault alone, and the
# message or the hint holds the parts
wrong() {
	visit
	sed -i -E "$1" $V
	check "$([ "$3" = error ] && echo 1 || echo 0)" $V -- "$V$2 $3 $4"
	has "$output" "${@:5}"
}

make_more() {
	folder
	as jingchuan 张某
}

@test "a clean folder" {
	check 0 --
	[ "$output" = "6 files: 0 errors, 0 warnings" ]
	visit
	event $V 2024-04-19T10:00:00 "note: 已回访"
	problem
	check 0 --evidence --strict --
	[ "$output" = "9 files: 0 errors, 0 warnings" ]
	[ -z "$err" ]
}

@test "V87 bytes: encoding, binary, byte order mark, line ends, tabs, control characters" {
	wrong '1s/^/\xef\xbb\xbf/' :1:1 error bom "without BOM"
	wrong '6s/$/\r/' :6:18 error line-end "CR LF"
	wrong '8s/.*/visitors:\n\t- 张某/' :9:1 error tab "spaces"
	wrong '6s/.*/enterprise: 甲\x1b[31m甲/' :6:14 error control-character "cannot be seen"
	wrong '6s/.*/enterprise: "示例\\e[31m"/' :6:13 error control-character
	wrong '6s/.*/enterprise: "示例\\0甲"/' :6:13 error control-character
	wrong $'6s/.*/enterprise: 示例\xe2\x80\xae甲/' :6:15 error control-character
	wrong '6s/.*/enterprise: "示例\\u2066甲"/' :6:13 error control-character
	wrong $'6s/.*/enterprise: 示例\xe2\x80\xa8甲/' :6:15 error control-character
	wrong '6s/.*/enterprise: 示例\x0甲/' :6:15 error binary
	wrong '6s/.*/enterprise: \xff甲/' :6:13 error encoding
	visit
	iconv -f UTF-8 -t GB18030 $V >t && mv t $V
	check 1 -- "$V:6:14 error encoding"
	has "$output" "GB18030 (GBK)" "iconv -f GB18030 -t UTF-8"
	visit
	iconv -f UTF-8 -t UTF-16 $V >t && mv t $V
	check 1 -- "$V:1:1 error encoding"
	has "$output" "UTF-16" "iconv"
	printf '\177ELF\2\1\1\0\0\377\376\375' >$V
	check 1 -- "$V:1:10 error binary"
	visit
	head -c 124 $V >t && mv t $V
	check 1 -- "$V:6:15 error encoding"
	has "$output" "cut off"
}

@test "V87 YAML: syntax, duplicate keys, anchors, tags, merge keys, numbers, documents" {
	wrong '6s/.*/enterprise: 甲: 乙/' :6:14 error yaml-syntax "put the text in quotes"
	wrong '6s/.*/enterprise: @甲/' :6:13 error yaml-syntax "must be in quotes"
	wrong '6s/.*/enterprise: "甲/' :10:1 error yaml-syntax "starts in line 6" "cut off"
	wrong '6a enterprise: 又一家' :7:1 error duplicate-key "'enterprise'" "line 6, column 1"
	wrong "9s/unit: jingchuan/by: 李某/" :9:52 error duplicate-key "line 9, column 44"
	wrong '6s/.*/enterprise: \&a 示例甲/' :6:13 error anchor "write the value out"
	wrong '6s/.*/enterprise: *a/' :6:13 error anchor
	wrong '6s/.*/enterprise: !!str 示例甲/' :6:13 error tag
	wrong '6s/.*/<<: {enterprise: 示例甲}/' :6:1 error merge-key
	wrong '6s/.*/? [a]\n: b/' :6:3 error key
	wrong '6s/.*/enterprise: .inf/' :6:13 error number "in quotes"
	wrong '$a ---\na: b' :11:1 error second-document "one document"
	wrong '1,9d' :1:1 error empty
	wrong '1,9s/.*/# nothing/' :1:1 error empty
	for marker in '<<<<<<< HEAD' ======= '>>>>>>> theirs' '|||||||'; do
		wrong "8a $marker" :9:1 error conflict-marker "restore the file"
	done
}

@test "size, depth and number of values" {
	wrong "7s/.*/appeal: $(printf '[%.0s' {1..31})$(printf ']%.0s' {1..31})/" :7:9 error type
	wrong "7s/.*/appeal: $(printf '[%.0s' {1..32})$(printf ']%.0s' {1..32})/" :7:40 error too-deep
	# 28 names and values; one name, one list and its items make 10000, then 10001
	wrong "7s/.*/&\nx: [$(printf 'a,%.0s' {1..9970})]/" :8:1 error unknown-field
	wrong "7s/.*/&\nx: [$(printf 'a,%.0s' {1..9971})]/" :10:73 error too-large "too many values"
	visit
	{
		cat $V
		head -c 1048400 /dev/zero | tr '\0' '#'
	} >t && mv t $V
	[ "$(stat -c %s $V)" -gt 1048576 ]
	check 1 $V -- "$V error too-large"
	visit
	{
		cat $V
		head -c $((1048576 - $(stat -c %s $V))) /dev/zero | tr '\0' '#'
	} >t && mv t $V
	check 0 $V --
	visit
	truncate -s 100M $V
	check 1 -- "$V error too-large"
	has "$output" "1048576 bytes"
	status 1 timeout 5 record-check
}

@test "schema: types, choices, sizes, forms, fields" {
	wrong '8s/.*/visitors: 张某/' :8:11 error type "走访人" "[张某]"
	wrong '8s/.*/visitors: []/' :8:11 error min-items
	wrong '8s/.*/visitors: [张某, 张某]/' :8:16 error unique-items
	wrong '8a method: walking' :9:9 error enum "走访方式" "on-site 现场"
	visit
	sed -i '1s/visit/visits/' $V
	check 1 $V -- "$V:1:7 error const" "$V:1:7 error name"
	has "$output" "did you mean 'visit'?"
	wrong '6s/.*/enterprise: 甲/' :6:13 error min-length
	wrong "6s/.*/enterprise: $(printf '甲%.0s' {1..61})/" :6:13 error max-length
	wrong '7s/.*/appeal: "  "/' :7:9 error pattern "blank"
	wrong "8a credit_code: '123'" :9:14 error pattern
	wrong '8a form_seq: 0' :9:11 error minimum
	wrong '8a focus: [19]' :9:9 error maximum
	wrong "4s/.*/date: '2024-02-30'/" :4:7 error format "走访日期" "not a date"
	wrong 7d :1:1 error required "企业反馈诉求"
	wrong '8a appeel: x' :9:1 error unknown-field "did you mean 'appeal' 企业反馈诉求?"
	wrong '8a stray: x' :9:1 error unknown-field "known fields: kind 类别, id 编号, unit 走访单位"
	wrong '9s/recorded/recorded, x: y/' :9:83 error unknown-field "known fields: to, at 填报时间, by 填报人"
	wrong '5s/.*/indicator_type: nonsense/' :5:17 warning unknown-word "market-access 市场准入"
	wrong '8a focus: [3.0]' :9:9 error unknown-word "18 focus points"
	problem
	sed -i "s/^due: .*/due: '2024-04-17'/" $P
	check 1 $P -- "$P:11:6 error not-before"
	has "$output" "时限要求" "before 'date'"
	observation 1 jingchuan "indicator: seal-rate" "numerator: 3" "denominator: 2"
	observation 2 jingchuan "indicator: hotline-resolution" "numerator: 3"
	observation 3 jingchuan "indicator: review-coverage" "count: 3" "value: '3'"
	observation 4 jingchuan "indicator: seal-rat" "count: 3"
	check 1 jingchuan/observations -- \
		"jingchuan/observations/2024-05/o-20240531-000001.yaml:6:12 error not-after" \
		"jingchuan/observations/2024-05/o-20240531-000002.yaml:1:1 error dependent-required" \
		"jingchuan/observations/2024-05/o-20240531-000003.yaml:1:1 error one-of" \
		"jingchuan/observations/2024-05/o-20240531-000004.yaml:5:12 error unknown-word"
	has "$output" "did you mean 'seal-rate' 证照电子签章率?"
}

@test "all faults of a file are told, in order of line and column" {
	visit
	sed -i -E "4s/.*/date: '2024-02-30'/; 5s/.*/focus: [0, 19]/; 8s/.*/visitors: []/" $V
	event $V 2024-04-19T10:00:00 "to: nowhere" "done: [x]"
	check 1 -- \
		"$V:1:1 error required" \
		"$V:4:7 error format" \
		"$V:5:9 error minimum" \
		"$V:5:12 error maximum" \
		"$V:8:11 error min-items" \
		"${V%.yaml}_20240419T100000_0000.yaml:5:5 error enum" \
		"${V%.yaml}_20240419T100000_0000.yaml:6:8 error pattern"
	has "$output" "8 files: 7 errors, 0 warnings"
}

@test "a file that cannot be read hides nothing of the others" {
	local e=${V%.yaml}_20240419T1
	visit
	event $V 2024-04-19T10:00:00
	printf 'a: [' >${e}00000_0000.yaml
	event $V 2024-04-19T11:00:00 "note: 5"
	event $V 2024-04-19T12:00:00 "bogus: 1" "note: x"
	sed -i 3d ${e}20000_0000.yaml
	event $V 2024-04-19T13:00:00 "note: x"
	sed -i 's/000001/000002/' ${e}30000_0000.yaml
	sed -i "5s/.*/method: walking/" $V
	check 1 -- \
		"$V:1:1 error required" \
		"$V:5:9 error enum" \
		"${e}00000_0000.yaml:2:1 error yaml-syntax" \
		"${e}10000_0000.yaml:5:7 error type" \
		"${e}20000_0000.yaml:1:1 error unreadable" \
		"${e}20000_0000.yaml:1:1 error required" \
		"${e}20000_0000.yaml:4:1 error unknown-field" \
		"${e}30000_0000.yaml:1:9 error name"
	# without a record the events are orphans, and still looked at
	rm $V
	check 1 -- \
		"${e}00000_0000.yaml error orphan-event" \
		"${e}00000_0000.yaml:2:1 error yaml-syntax" \
		"${e}10000_0000.yaml error orphan-event" \
		"${e}10000_0000.yaml:5:7 error type" \
		"${e}20000_0000.yaml error orphan-event" \
		"${e}20000_0000.yaml:1:1 error required" \
		"${e}20000_0000.yaml:4:1 error unknown-field" \
		"${e}30000_0000.yaml error orphan-event" \
		"${e}30000_0000.yaml:1:9 error name"
	# a record that cannot be read has its events looked at too
	rm $e*
	event $V 2024-04-19T11:00:00 "note: 5"
	echo '- list' >$V
	check 1 -- "$V:1:1 error unreadable" "$V:1:1 error type" "${e}10000_0000.yaml:5:7 error type"
	: >$V
	check 1 -- "$V:1:1 error empty" "${e}10000_0000.yaml:5:7 error type"
}

@test "events of no use do not end the program" {
	problem
	for part in "set: 5" "set: [a]" "set: {measures: [5]}" "set: {measures: {a: 1}}" \
		"set: {milestones: [{id: 5, date: 7}]}" "set: {responsible: {a: 1}}" "set: {lead: [1]}" \
		"set: {indicators: [[1]]}" "done: [[1], {a: 1}, null, 5]" "done: {a: 1}" "to: [a]" \
		"due: [1]" "evidence: [5]" "evidence: [{file: {a: 1}, sha256: 5, for: {a: 1}}]" \
		"follow_up: 5" "policy: [a]" "review: {a: 1}" "master: {a: 1}" "unit: [a]" "record: {a: 1}" \
		"set: {id: x, unit: lingtai, entered: 5}"; do
		event $P 2024-04-19T10:00:00 "$part" "to: rectifying"
		case $part in
		to:*) sed -i '$d' ${P%.yaml}_* ;;
		unit:*) sed -i 4d ${P%.yaml}_* ;;
		record:*) sed -i 1d ${P%.yaml}_* ;;
		esac
		status 1 record-check
		has "$output" "${P%.yaml}"
	done
}

@test "names against content" {
	wrong '2s/1$/2/' :2:5 error name "id"
	wrong '3s/jingchuan/lingtai/' :3:7 error name "'lingtai'" "'jingchuan'"
	wrong "4s/18/17/" :4:7 error name "date"
	visit
	sed -i '1s/visit/problem/' $V
	check 1 $V -- "$V:1:7 error const" "$V:1:7 error name"
	has "$output" "the kind is not that of the folder, 'visit'"
	visit
	mkdir jingchuan/visits/2024-05
	mv $V jingchuan/visits/2024-05/
	check 1 -- "jingchuan/visits/2024-05/v-20240418-000001.yaml error name"
	has "$output" "another month"
	rm -r jingchuan/visits
	visit
	event $V 2024-04-19T10:00:00 "note: x"
	mv ${V%.yaml}_20240419T10{0000,0001}_0000.yaml
	check 1 -- "${V%.yaml}_20240419T100001_0000.yaml:2:5 error name"
	has "$output" "the time is not that of the file's name"
	# the same moment at another offset is the same
	event $V 2024-04-19T10:00:00 "note: x"
	rm ${V%.yaml}_20240419T100001_0000.yaml
	sed -i "s/T10:00:00+08:00/T02:00:00Z/" ${V%.yaml}_*
	check 0 --
}

@test "odd names" {
	local m=jingchuan/visits/2024-04
	visit
	touch jingchuan/x jingchuan/visits/x $m/x $m/.v-20240418-000001.yaml.swp $m/v-20240418-000002.yml
	cp $V $m/v-20240418-00000i.yaml
	cp $V $m/p-20240418-000003.yaml
	cp $V $m/v-20240230-000001.yaml
	cp $V ${V%.yaml}_20240419T100000.yaml
	mkdir -p jingchuan/visits/2024-13 jingchuan/visits/2024-5 jingchuan/evidence elsewhere schemas
	touch jingchuan/evidence/photo.jpg schemas/visits.yaml README.md
	check 1 -- \
		"elsewhere warning odd-name" \
		"jingchuan/evidence/photo.jpg error odd-name" \
		"$m/.v-20240418-000001.yaml.swp error odd-name" \
		"$m/p-20240418-000003.yaml error odd-name" \
		"$m/v-20240230-000001.yaml error odd-name" \
		"${V%.yaml}_20240419T100000.yaml error odd-name" \
		"$m/v-20240418-000002.yml error odd-name" \
		"$m/v-20240418-00000i.yaml error odd-name" \
		"$m/x error odd-name" \
		"jingchuan/visits/2024-13 error odd-name" \
		"jingchuan/visits/2024-5 error odd-name" \
		"jingchuan/visits/x error odd-name" \
		"jingchuan/x error odd-name" \
		"schemas/visits.yaml warning odd-name"
	check 1 $m/x -- "$m/x error odd-name"
	# what has the name of an event but for the end is looked at with its record
	check 1 $V -- "${V%.yaml}_20240419T100000.yaml error odd-name"
	# a name is made visible, whatever it holds
	rm -r elsewhere schemas jingchuan
	mkdir -p $m
	touch $m/$'a\e[31mb' $m/$'\xff'
	status 1 record-check
	lacks "$output" $'\e' $'\xff'
	status 1 record-check --format json
	[ "$(jq '.findings | length' <<<"$output")" = 2 ]
}

@test "links are not followed" {
	local m=jingchuan/visits/2024-04
	visit
	mkdir ../other
	visit ../other/v-20240418-000002.yaml
	sed -i 's/000001/000002/' ../other/*
	ln -s "$PWD/../other/v-20240418-000002.yaml" $m/
	ln -s v-20240418-000001.yaml $m/v-20240418-000003.yaml
	ln -s nowhere $m/v-20240418-000004.yaml
	mkdir $m/v-20240418-000005.yaml
	ln -s 2024-04 jingchuan/visits/2024-05
	ln -s visits jingchuan/walkthroughs
	ln -s ../../other jingchuan/evidence
	check 1 -- \
		"jingchuan/evidence error odd-name" \
		"$m/v-20240418-000002.yaml error odd-name" \
		"$m/v-20240418-000003.yaml error odd-name" \
		"$m/v-20240418-000004.yaml error odd-name" \
		"$m/v-20240418-000005.yaml error odd-name" \
		"jingchuan/visits/2024-05 error odd-name" \
		"jingchuan/walkthroughs error odd-name"
	has "$output" "links are not followed" "7 files:"
	# a link that is named is not followed either
	check 1 $m/v-20240418-000003.yaml -- "$m/v-20240418-000003.yaml error odd-name"
	check 1 jingchuan/visits/2024-05 -- "jingchuan/visits/2024-05 error odd-name"
	check 1 jingchuan/walkthroughs -- "jingchuan/walkthroughs error odd-name"
	has "$output" "0 files:"
	rm -rf jingchuan
	ln -s pingliang jingchuan
	status 3 record-check
	has "$err" "jingchuan: error: cannot read the folder" "[io]"
	status 3 record-check jingchuan
	rm jingchuan
	mv plan.yaml ../other
	ln -s ../other/plan.yaml plan.yaml
	status 3 record-check
	has "$err" "[no-record-folder]"
	rm plan.yaml
	mv ../other/plan.yaml .
	mkdir schemas
	ln -s ../plan.yaml schemas/visit.yaml
	status 3 record-check
	has "$err" "schemas/visit.yaml: error:" "[no-file]"
}

@test "left-over temporary files, and --tidy" {
	visit
	mkdir -p jingchuan/evidence
	touch .duban-1 jingchuan/.duban-2 jingchuan/visits/.duban-3 jingchuan/visits/2024-04/.duban-4 \
		jingchuan/evidence/.duban-5
	check 0 -- ".duban-1 warning left-over" "jingchuan/.duban-2 warning left-over" \
		"jingchuan/evidence/.duban-5 warning left-over" \
		"jingchuan/visits/.duban-3 warning left-over" \
		"jingchuan/visits/2024-04/.duban-4 warning left-over"
	has "$output" "record-check --tidy removes it"
	check 1 --strict jingchuan/visits -- "jingchuan/visits/.duban-3 warning left-over" \
		"jingchuan/visits/2024-04/.duban-4 warning left-over"
	check 0 --strict --tidy -- ".duban-1 note removed" "jingchuan/.duban-2 note removed" \
		"jingchuan/evidence/.duban-5 note removed" "jingchuan/visits/.duban-3 note removed" \
		"jingchuan/visits/2024-04/.duban-4 note removed"
	[ -z "$(find . -name '.duban-*')" ]
	[ -f $V ]
	check 0 --strict --tidy --
	# what no command made is not removed
	mkdir jingchuan/.duban-6
	status 3 record-check --tidy
	has "$output" "jingchuan/.duban-6: error: cannot remove" "[io]"
}

@test "V88 one id in two places" {
	visit
	visit lingtai/visits/2024-04/v-20240418-000001.yaml
	visit pingliang/visits/2024-04/v-20240418-000001.yaml
	check 1 -- "$V error duplicate-id" "lingtai/${V#*/}:3:7 error name" "pingliang/${V#*/}:3:7 error name"
	has "$output" "the id is also that of lingtai/${V#*/}, pingliang/${V#*/}"
	rm -r lingtai/visits pingliang/visits
	visit jingchuan/visits/2024-05/v-20240418-000001.yaml
	check 1 -- "$V error duplicate-id" "${V/2024-04/2024-05} error name"
	has "$output" "the id is also that of ${V/2024-04/2024-05} ["
}

@test "references" {
	wrong '8a problems: [p-20240418-00000a]' :9:12 error unknown-record "p-20240418-00000a"
	wrong '8a problems: [v-20240418-000001]' :9:12 error pattern
	visit
	sed -i '8a problems: [p-20240410-000001]' $V
	check 0 --
	problem
	sed -i 's/^origin: .*/origin: visit\nsources: [v-20240418-000001\/2]/' $P
	check 0 --
	# to a kind that the field may not name, by a schema that adds a field
	mkdir schemas
	cat >schemas/visit.yaml <<-'EOF'
		$schema: https://json-schema.org/draft/2020-12/schema
		properties:
		  after: {type: string, x-record: [walkthrough, visit]}
	EOF
	sed -i '9i after: p-20240410-000001' $V
	check 1 -- "$V:9:8 error unknown-record"
	has "$output" "of the right kind"
	sed -i '9s/.*/after: v-20240418-000001/' $V
	sed -i '10d' $V
	rm $P
	visit
	problem
	sed -i 's/^origin: .*/origin: visit\nsources: [v-20240418-00000a]/' $P
	check 1 -- "$P:8:11 error unknown-record"
	# in a sparse checkout it may lie elsewhere
	rm -r kongtong
	check 0 -- "$P:8:11 warning record-not-here"
	check 1 --strict -- "$P:8:11 warning record-not-here"
	# a record is in its own unit's folder, so an event's record is never elsewhere
	event $V 2024-04-19T10:00:00 "note: x"
	rm $V
	check 1 jingchuan/visits -- "${V%.yaml}_20240419T100000_0000.yaml error orphan-event"
	# a reference that a correction made
	visit
	event $V 2024-04-19T10:00:00 "set: {problems: [p-20240418-00000a]}"
	check 0 jingchuan/visits -- "${V%.yaml}_20240419T100000_0000.yaml:5:18 warning record-not-here"
}

@test "moves that are not allowed name the event that came first" {
	local e=${V%.yaml}_20240419T1
	visit
	event $V 2024-04-19T10:00:00 "done: [M1]"
	event $V 2024-04-19T11:00:00 "to: listed"
	event $V 2024-04-19T12:00:00 "to: withdrawn" "note: 录入错误"
	event $V 2024-04-19T13:00:00 "note: x"
	event $V 2024-04-19T14:00:00 "to: withdrawn" "note: x"
	check 0 -- "${e}00000_0000.yaml:5:7 warning move-not-allowed" \
		"${e}10000_0000.yaml:5:5 warning move-not-allowed" \
		"${e}30000_0000.yaml:1:1 warning move-not-allowed" \
		"${e}40000_0000.yaml:5:5 warning move-not-allowed"
	has "$output" "v-20240418-000001.yaml came first" "v-20240418-000001_20240419T120000_0000.yaml came first" \
		"recorded 已登记"
	check 1 --strict -- "${e}00000_0000.yaml:5:7 warning move-not-allowed" \
		"${e}10000_0000.yaml:5:5 warning move-not-allowed" \
		"${e}30000_0000.yaml:1:1 warning move-not-allowed" \
		"${e}40000_0000.yaml:5:5 warning move-not-allowed"
	# two offices decided offline: the later one is told, with the earlier one's name
	rm -r jingchuan/visits
	problem
	event $P 2024-04-19T10:00:00 "to: rectifying"
	event $P 2024-04-19T11:00:00 "to: declined" "note: 不属实"
	check 0 -- "${P%.yaml}_20240419T110000_0000.yaml:5:5 warning move-not-allowed"
	has "$output" "the record was rectifying 整改中 and could not become 'declined'" \
		"p-20240418-000001_20240419T100000_0000.yaml came first"
}

@test "guards and rights of what was applied" {
	local e=${P%.yaml}_20240419T1
	problem
	event $P 2024-04-19T10:00:00 "to: rectifying"
	sed -i 's/^unit: .*/unit: lingtai/' ${e}00000_0000.yaml
	event $P 2024-04-19T11:00:00 "due: '2024-06-30'"
	event $P 2024-04-19T12:00:00 "to: submitted" "note: x"
	event $P 2024-04-19T13:00:00 "note: x" "to: closed"
	check 0 -- "${e}00000_0000.yaml:5:5 warning guard-not-met" \
		"${e}00000_0000.yaml:5:5 warning guard-not-met" \
		"${e}10000_0000.yaml:1:1 warning guard-not-met" \
		"${e}10000_0000.yaml:1:1 warning guard-not-met" \
		"${e}20000_0000.yaml:5:5 warning guard-not-met" \
		"${e}30000_0000.yaml:6:5 warning guard-not-met" \
		"${e}30000_0000.yaml:6:5 warning guard-not-met" \
		"${e}30000_0000.yaml:6:5 warning guard-not-met" \
		"${e}30000_0000.yaml:6:5 warning guard-not-met" \
		"${e}30000_0000.yaml:6:5 warning guard-not-met"
	has "$output" "(guard no-part)" "(guard responsible-unit)" "(guard needs-note)" "(guard right)" \
		"(guard measure-open)" "(guard separation)" "(guard second-person)" "(guard needs-evidence)" \
		"may: pingliang 平凉市政务服务中心"
	# a problem entered as listed by a unit that may not list it
	rm ${P%.yaml}_*
	sed -i '$s/unit: jingchuan/unit: lingtai/' $P
	check 0 -- "$P:16:71 warning guard-not-met"
	has "$output" "(guard right)"
}

@test "who entered a record, and who may supervise" {
	# the plan's own problems were entered by the plan, whoever is on its list
	echo 'people: [{name: 周某, unit: pingliang, may: [supervise]}]' >>plan.yaml
	check 0 --
	visit
	check 0 -- "$V:9:73 warning guard-not-met"
	has "$output" "'张某' is not a person of unit 'jingchuan 泾川县政务服务中心' (guard person)"
	rm $V
	record supervisions s-20240520-000001 "form: order" "subject: lingtai"
	check 0 --
	sed -i 's/\[supervise\]/[close]/' plan.yaml
	check 0 -- "pingliang/supervisions/2024-05/s-20240520-000001.yaml:7:73 warning guard-not-met"
	has "$output" "'周某' of unit 'pingliang 平凉市政务服务中心' may not supervise"
	sed -i 's/^people:.*//; s/^  supervise:.*/  supervise: [resident]/' plan.yaml
	check 0 -- "pingliang/supervisions/2024-05/s-20240520-000001.yaml:7:73 warning guard-not-met"
	has "$output" "unit 'pingliang 平凉市政务服务中心' may not supervise (guard right)"
}

@test "before-entered and future" {
	visit
	event $V 2024-04-17T10:00:00 "note: x"
	event $V 2099-01-01T10:00:00 "note: x"
	check 1 -- "${V%.yaml}_20240417T100000_0000.yaml:2:5 error before-entered" \
		"${V%.yaml}_20990101T100000_0000.yaml:2:5 warning future"
	rm ${V%.yaml}_*
	sed -i "9s/2024-04-18T/2099-04-18T/" $V
	check 0 -- "$V:9:15 warning future"
}

@test "what corrections make of a record; a fault stands where the value does" {
	local e
	visit
	event $V 2024-04-19T10:00:00 "note: x" "set: {focus: [1, 99], method: walking}"
	e=${V%.yaml}_20240419T100000_0000.yaml
	check 1 -- "$e:6:18 error maximum" "$e:6:31 error enum"
	# a later correction mends it
	event $V 2024-04-20T10:00:00 "set: {focus: [1], method: phone}"
	check 0 --
	# so does one mend a fault of the record itself: its file cannot be changed
	sed -i -e '/^appeal/d' -e 's/^visitors: .*/visitors: []/' $V
	check 1 -- "$V:1:1 error required" "$V:7:11 error min-items"
	event $V 2024-04-20T11:00:00 "set: {appeal: 重复提交材料}"
	check 1 -- "$V:7:11 error min-items"
	event $V 2024-04-20T12:00:00 "set: {visitors: [张某]}"
	check 0 --
	visit
	event $V 2024-04-21T10:00:00 "set: {id: x}"
	check 1 -- "${V%.yaml}_20240421T100000_0000.yaml:5:7 error property-names" \
		"${V%.yaml}_20240421T100000_0000.yaml:5:11 error pattern"
	rm -r jingchuan/visits
	problem
	event $P 2024-04-19T10:00:00 "note: x" "due: '2024-04-10'"
	e=${P%.yaml}_20240419T100000_0000.yaml
	status 1 record-check
	has "$output" "$e:6:6: error: 时限要求: 'due' is before 'date'"
	event $P 2024-04-19T10:00:00 "note: x" "set:" \
		"  milestones: [{id: N1, name: 甲, date: '2024-05-24'}, {id: N1, name: 乙, date: '2024-05-24'}]"
	check 1 -- "$e:7:15 error duplicate-id" "$e:7:15 error milestone-order"
	event $P 2024-04-19T10:00:00 "note: x" "set:" \
		"  milestones: [{id: N1, name: 甲, date: '2024-06-24'}]"
	check 0 -- "$e:7:15 warning milestone-after-due"
	rm $e
	sed -i 's/^- {id: M1.*/&\n- {id: M1, text: 再一项}/' $P
	check 1 -- "$P:13:1 error duplicate-id"
	problem
	sed -i "s/^- {id: N1.*/- {id: N1, name: 甲, date: '2024-06-01'}/" $P
	check 1 -- "$P:15:1 error milestone-after-due"
}

@test "dates of the campaign and working days" {
	local v=jingchuan/visits
	day() { # day DATE: a visit of that day
		local f=$v/${1%-*}/v-${1//-/}-000001.yaml
		visit "$f"
		sed -i "s/2024-04-18/$1/; s/20240418/${1//-/}/" "$f"
		echo "$f"
	}
	local before after holiday weekend
	before=$(day 2024-04-09) after=$(day 2024-08-21) holiday=$(day 2024-05-01)
	weekend=$(day 2024-04-20)
	day 2024-04-28 # a Sunday on which people work
	check 0 -- "$before:4:7 warning before-campaign" "$weekend:4:7 warning no-workday" \
		"$holiday:4:7 warning no-workday" "$after:4:7 warning after-campaign"
}

@test "observations: figures that fit their indicator, and the same one twice" {
	local o=jingchuan/observations/2024-05/o-20240531-00000
	observation 1 jingchuan "indicator: seal-rate" "count: 2"
	observation 2 jingchuan "indicator: hotline-resolution" "value: '100.01'"
	observation 3 jingchuan "indicator: one-matter-packages" "value: '91.25'"
	observation 4 jingchuan "indicator: f04-online-pay-share" "value: '90'"
	check 1 -- "${o}1.yaml:6:8 error indicator-kind" "${o}2.yaml:6:8 error maximum" \
		"${o}3.yaml:3:7 error city-level" "${o}3.yaml:6:8 error precision" \
		"${o}4.yaml:5:12 error from-inspections"
	has "$output" "inspect-add --point 4" "give numerator and denominator"
	rm ${o}*
	observation 1 jingchuan "indicator: seal-rate" "numerator: 1" "denominator: 2"
	observation 2 jingchuan "indicator: seal-rate" "numerator: 1" "denominator: 3"
	observation 3 jingchuan "indicator: hotline-resolution" "numerator: 1" "denominator: 3"
	observation 4 lingtai "indicator: seal-rate" "numerator: 1" "denominator: 3"
	check 0 -- "${o}2.yaml:5:12 warning same-observation"
	has "$output" "as ${o}1.yaml" "entered later counts"
	check 0 jingchuan -- "${o}2.yaml:5:12 warning same-observation"
	# a unit of which the plan expects nothing
	observation 5 city-hall "indicator: seal-rate" "numerator: 1" "denominator: 2"
	check 0 city-hall -- "city-hall/observations/2024-05/o-20240531-000005.yaml:3:7 warning not-expected"
	rm -r city-hall/observations
	# one that was withdrawn is in no figure
	event ${o}1.yaml 2024-06-01T10:00:00 "to: withdrawn" "note: 录入错误"
	check 0 --
}

@test "T035 what is counted up to a date falls by a correction or by what another clone added" {
	local i=jingchuan/inspections/2024-05/i-202405
	answer() { # answer UNIT DAY DIGIT COUNT [TIME]: to point 5, of that day of May, entered on the 21st
		mkdir -p "$1/inspections/2024-05"
		printf '%s\n' "kind: inspection" "id: i-202405$2-00000$3" "unit: $1" "date: '2024-05-$2'" "point: 5" \
			"values: {gkb_items_cumulative: $4}" \
			"entered: {at: '2024-05-21T${5:-17:40}:00+08:00', by: 张某, unit: $1, to: recorded}" \
			>"$1/inspections/2024-05/i-202405$2-00000$3.yaml"
	}
	answer jingchuan 02 1 902
	answer jingchuan 10 1 910
	answer jingchuan 20 1 920
	answer lingtai 01 1 1902
	check 0 --
	# the one behind a correction has fallen
	event ${i}10-000001.yaml 2024-05-24T10:00:00 "set: {values.gkb_items_cumulative: 930}"
	check 0 -- "${i}20-000001.yaml:6:9 warning fell"
	has "$output" 'the figure has fallen: it was 930 on 2024-05-10' values.decrease_reason
	event ${i}20-000001.yaml 2024-05-24T10:00:00 "set: {values.decrease_reason: 事项合并}"
	check 0 --
	# of one day that answer counts which was entered last, and none that was withdrawn
	answer jingchuan 02 2 931 17:39
	check 0 --
	answer jingchuan 02 2 931 17:41
	check 0 -- "${i}10-000001.yaml:6:9 warning fell"
	check 0 jingchuan -- "${i}10-000001.yaml:6:9 warning fell"
	event ${i}02-000002.yaml 2024-05-24T10:00:00 "to: withdrawn" "note: 录入错误"
	check 0 --
}

@test "what is counted or ranked has its bounds, also as a published value" {
	local o=pingliang/observations/2024-05/o-20240531-00000
	observation 1 pingliang "indicator: e-licence-domains" "count: 11"
	observation 2 pingliang "indicator: provincial-rank" "value: '1'"
	check 0 --
	observation 1 pingliang "indicator: e-licence-domains" "count: 12"
	observation 2 pingliang "indicator: provincial-rank" "value: '0'"
	observation 3 pingliang "indicator: e-licence-domains" "value: '12'"
	observation 4 pingliang "indicator: provincial-rank" "count: 0"
	check 1 -- "${o}1.yaml:6:8 error maximum" "${o}2.yaml:6:8 error minimum" "${o}3.yaml:5:12 warning same-observation" \
		"${o}3.yaml:6:8 error maximum" "${o}4.yaml:5:12 warning same-observation" "${o}4.yaml:6:8 error minimum"
}

@test "what the plan and the calendar say of other kinds" {
	# the day of entry at the plan's offset is the last one
	visit
	sed -i "s/T17:40:00+08:00/T02:00:00-14:00/" $V
	check 0 --
	sed -i "s/'2024-04-18T02:00:00-14:00'/'2024-04-17T17:40:00+08:00'/" $V
	check 1 -- "$V:4:7 error future"
	has "$output" "'2024-04-18' lies after the day of entry, 2024-04-17"
	visit
	sed -i "/^appeal/i credit_code: 91350100M000100Y43" $V
	check 0 --
	sed -i "s/0Y43/0Y44/" $V
	check 1 -- "$V:7:14 error credit-code"
	rm $V
	record walkthroughs w-20240520-000001 "experiencer: 王某" "position: 首席 代表" "matter: 开办餐馆" "method: window" "findings: [无]"
	check 0 -- "pingliang/walkthroughs/2024-05/w-20240520-000001.yaml:6:11 warning role"
	sed -i 's/首席 代表/科长/' pingliang/walkthroughs/2024-05/w-20240520-000001.yaml
	record supervisions s-20240520-000001 "form: escalation" "subject: lingtai" "escalate_to: discipline" "approved_by: 陈某"
	record visit-plans t-20240520-000001 "period: 2020-W53" "targets: [{matter: 开办旅馆}]"
	check 0 --
	record supervisions s-20240520-000001 "form: escalation" "subject: lingtai" "escalate_to: jingning" "approved_by: 陈某"
	record visit-plans t-20240520-000001 "period: 2024-W53" "targets: [{matter: 开办旅馆}]"
	check 1 -- "pingliang/supervisions/2024-05/s-20240520-000001.yaml:7:14 error escalate-to" \
		"pingliang/visit-plans/2024-05/t-20240520-000001.yaml:5:9 error period"
	rm pingliang/*/2024-05/s-*
	record visit-plans t-20240520-000001 "period: '2024-05'" "targets: [{matter: 开办旅馆, date: '2024-06-01'}]"
	check 0 -- "pingliang/visit-plans/2024-05/t-20240520-000001.yaml:6:32 warning outside-period"
	rm pingliang/*/2024-05/[st]-*
	problem
	sed -i "s/^- {id: M1, /&due: '2024-05-31', /" $P
	check 0 --
	sed -i "s/^- {id: M1, due: '2024-05-31'/- {id: M1, due: '2024-06-01'/" $P
	check 1 -- "$P:13:1 error measure-after-due"
}

@test "supervisions: who may, to whom it may be reported, and who answers" {
	local s=pingliang/supervisions/2024-05/s-20240521-8cy2kn
	mkdir -p ${s%/*}
	printf '%s\n' "kind: supervision" "id: ${s##*/}" "unit: pingliang" "date: '2024-05-21'" "form: escalation" \
		"subject: lingtai" "escalate_to: sys-tax" "approved_by: 陈某" \
		"entered: {at: '2024-05-21T10:00:00+08:00', by: 张某, unit: jingchuan, to: recorded}" >$s.yaml
	event $s.yaml 2024-05-22T10:00:00 "reply: 已完成"
	check 1 -- "$s.yaml:7:14 error escalate-to" "$s.yaml:9:73 warning guard-not-met" \
		"${s}_20240522T100000_0000.yaml:1:1 warning guard-not-met" \
		"${s}_20240522T100000_0000.yaml:1:1 warning guard-not-met"
}

@test "hand-ins: the files that they name" {
	local m=jingchuan/submissions/2024-08/m-20240809-1r4jzs.yaml
	mkdir -p "${m%/*}"
	printf '%s\n' "kind: submission" "id: m-20240809-1r4jzs" "unit: jingchuan" "date: '2024-08-09'" "period: 2024-final" \
		"items:" "- {type: photo, evidence: jingchuan/evidence/3f9a6c01d2e4.jpg}" \
		"- {type: photo, evidence: lingtai/evidence/3f9a6c01d2e4.jpg}" \
		"entered: {at: '2024-08-09T10:00:00+08:00', by: 张某, unit: jingchuan, to: recorded}" >"$m"
	check 1 -- "$m:7:27 error evidence-missing" \
		"$m:8:27 error evidence-place" "$m:8:27 error evidence-missing"
}

@test "evidence" {
	local e f
	problem
	echo 照片 >../photo.txt
	e=$(evidence-add p-20240418-000001 ../photo.txt --type photo --at 2024-04-20T10:00:00+08:00)
	f=$(echo jingchuan/evidence/*)
	check 0 --evidence --
	# other content of the same size is found by its digest alone
	echo 相片 >$f
	check 0 --
	check 1 --evidence -- "$e:6:10 error evidence-changed"
	echo longer >>$f
	check 1 -- "$e:6:10 error evidence-changed"
	rm $f
	check 1 -- "$e:6:10 error evidence-missing"
	ln -s ../../../photo.txt $f
	check 1 -- "$f error odd-name" "$e:6:10 error evidence-missing"
	rm $f
	cp ../photo.txt $f
	cp ../photo.txt jingchuan/evidence/0123456789ab.txt
	check 0 -- "jingchuan/evidence/0123456789ab.txt warning evidence-unnamed"
	check 0 jingchuan -- "jingchuan/evidence/0123456789ab.txt warning evidence-unnamed"
	check 0 jingchuan/problems --
	rm jingchuan/evidence/0123456789ab.txt
	# a file is named although another event of the record cannot be read
	event $P 2024-04-21T10:00:00 "note: ["
	check 1 -- "${P%.yaml}_20240421T100000_0000.yaml:6:1 error yaml-syntax"
	rm ${P%.yaml}_20240421*
	cp "$e" ../event
	sed -i 's|jingchuan/evidence/............|jingchuan/evidence/0123456789ab|' "$e"
	check 1 -- "$e:6:10 error evidence-name"
	cp ../event "$e"
	sed -i 's|file: jingchuan|file: lingtai|' "$e"
	check 1 -- "$e:6:10 error evidence-place"
	cp ../event "$e"
	# a size that is not that of the file is known without reading it
	truncate -s 3G $f
	status 1 timeout 5 record-check --evidence
}

@test "paths: unit, kind, month, record, event, the folder itself, from elsewhere" {
	visit
	event $V 2024-04-19T10:00:00 "note: 5"
	visit lingtai/visits/2024-04/v-20240418-000002.yaml
	sed -i 's/000001/000002/; s/unit: jingchuan/unit: lingtai/' lingtai/visits/2024-04/*
	local e=${V%.yaml}_20240419T100000_0000.yaml
	local finding="$e:5:7 error type"
	for path in jingchuan jingchuan/ jingchuan/visits jingchuan/visits/2024-04 $V $e; do
		check 1 $path -- "$finding"
		has "$output" "2 files:"
	done
	check 0 lingtai --
	has "$output" "1 file:"
	check 0 kongtong --
	has "$output" "0 files:"
	check 1 lingtai jingchuan -- "$finding"
	has "$output" "3 files:"
	# what is named twice, or lies in something named, is checked once
	check 1 $V $e jingchuan/visits jingchuan $V -- "$finding"
	has "$output" "2 files:"
	check 1 . -- "$finding"
	has "$output" "9 files:"
	check 1 $V . -- "$finding"
	has "$output" "9 files:"
	# what is printed can be used from where one is
	cd jingchuan/visits
	check 1 2024-04 -- "../../$finding"
	check 1 -- "../../$finding"
	cd /
	check 1 "$work/rf/$V" -- "$work/rf/$finding"
	check 1 "$work/rf" -- "$work/rf/$finding"
	has "$output" "9 files:"
	DUBAN_DIR=$work/rf check 1 -- "$work/rf/$finding"
	check 1 -C "$work/rf" -- "$work/rf/$finding"
	cd "$work/rf"
	ln -s rf ../link
	check 1 ../link -- "../link/$finding"
	check 1 ../link/$V -- "../link/$finding"
}

@test "paths that are not in the folder" {
	for path in /etc .. nothing jingchuan/nothing plan.yaml schemas jingchuan/.keep jingchuan/evidence \
		sys-tax jingchuan/visits/2024-04/v-20240418-000009.yaml ../link; do
		ln -sfn /etc ../link
		status 1 record-check $path
		has "$err" "'$path' is no record, month, kind or unit" "[no-record]"
		[ -z "$output" ]
	done
	status 1 record-check nothing nowhere
	has "$err" "'nothing'" "'nowhere'"
	cd ..
	status 3 record-check
	has "$err" "[no-record-folder]"
	status 3 record-check nothing
	status 3 record-check -C /etc
}

@test "options" {
	status 2 record-check --format xml
	has "$err" "text or json"
	status 2 record-check --stric
	status 2 record-check --against
	status 0 record-check --help
	has "$output" "--evidence" "--strict" "--tidy" "--against=REV" "--format=FORMAT"
}

@test "--format json" {
	visit
	sed -i -e '5s/.*/indicator_type: x/' -e '8s/.*/visitors: []/' $V
	sed -i '8a a/b: 1' $V
	touch jingchuan/.duban-1
	status 1 record-check --format json
	jq -e . <<<"$output" >/dev/null
	[ "$(jq -c 'keys_unsorted' <<<"$output")" = '["version","files","errors","warnings","findings"]' ]
	[ "$(jq -c '[.version,.files,.errors,.warnings]' <<<"$output")" = '[1,7,2,2]' ]
	[ "$(jq -c '.findings | map(keys_unsorted) | unique' <<<"$output")" = \
		'[["file","line","column","level","code","pointer","message","hint"]]' ]
	[ "$(jq -c '.findings[] | [.file,.line,.column,.level,.code,.pointer]' <<<"$output")" = \
		"[\"jingchuan/.duban-1\",null,null,\"warning\",\"left-over\",null]
[\"$V\",5,17,\"warning\",\"unknown-word\",\"/indicator_type\"]
[\"$V\",8,11,\"error\",\"min-items\",\"/visitors\"]
[\"$V\",9,1,\"error\",\"unknown-field\",\"/a~1b\"]" ]
	has "$(jq -r '.findings[1].hint' <<<"$output")" "market-access 市场准入"
	[ "$(jq -c '.findings[2].hint' <<<"$output")" = null ]
	has "$(jq -r '.findings[2].message' <<<"$output")" "'visitors' is empty"
	rm -r jingchuan/visits jingchuan/.duban-1
	status 0 record-check --format json
	[ "$(jq -c . <<<"$output")" = '{"version":1,"files":6,"errors":0,"warnings":0,"findings":[]}' ]
	status 0 record-check --format text
	[ "$output" = "6 files: 0 errors, 0 warnings" ]
}

@test "--strict counts warnings" {
	wrong '5s/.*/indicator_type: x/' :5:17 warning unknown-word
	check 1 --strict -- "$V:5:17 warning unknown-word"
	has "$output" "7 files: 0 errors, 1 warning"
	status 1 record-check --strict --format json
	[ "$(jq -c '[.errors,.warnings]' <<<"$output")" = '[0,1]' ]
}

@test "a schema of the folder tightens and adds" {
	mkdir schemas
	cat >schemas/visit.yaml <<-'EOF'
		$schema: https://json-schema.org/draft/2020-12/schema
		required: [method]
		properties:
		  enterprise: {maxLength: 4}
		  score: {title: 评分, type: integer, exclusiveMinimum: 0, exclusiveMaximum: 10, multipleOf: 2}
		  tags: {maxItems: 1, contains: {const: a}}
		  pair: {prefixItems: [{type: string}], items: false}
		  extra: {type: object, minProperties: 1, maxProperties: 1, propertyNames: {pattern: '^[a-z]$'}}
		  either: {anyOf: [{required: [a]}, {required: [b]}]}
		  never: {not: {const: x}}
		  slow: {pattern: '^(a|aa)+$'}
		  twice: {$anchor: twice, items: {allOf: [{$ref: '#twice'}, {$ref: '#twice'}]}}
		  many: {items: {maximum: 0, multipleOf: 2}}
	EOF
	visit
	check 1 $V -- "$V:1:1 error required" "$V:6:13 error max-length"
	has "$output" "'method' is missing"
	local base='6s/示例甲公司/示例甲/; 8a method: phone'
	sed -i "$base" $V
	check 0 $V --
	add() { # add LINE COLUMN CODE
		wrong "$base\\n$1" ":10:$2" error "$3"
	}
	add "score: 0" 8 exclusive-minimum
	add "score: 10" 8 exclusive-maximum
	add "score: 3" 8 multiple-of
	has "$output" 评分
	add "tags: [b]" 7 contains
	add "tags: [a, b]" 7 max-items
	add "pair: [a, b]" 11 unknown-item
	add "extra: {}" 1 min-properties
	add "extra: {a: 1, b: 1}" 1 max-properties
	add "extra: {A: 1}" 9 property-names
	add "either: {c: 1}" 1 any-of
	add "never: x" 8 not
	add "slow: $(printf 'a%.0s' {1..60})b" 7 pattern-too-expensive
	local nested=$(printf '[%.0s' {1..30})$(printf ']%.0s' {1..30})
	wrong "$base\\ntwice: $nested" :1:1 error schema-too-expensive
	visit
	sed -i -E "$base" $V
	echo "many: [$(printf '1,%.0s' {1..5001})]" >>$V
	status 1 record-check $V
	has "$output" ":11:10008: error: too many faults: more of them are not told [too-many-faults]"
}

@test "a wrong schema of the folder" {
	mkdir schemas
	wrong_schema() { # wrong_schema LINE WHERE CODE
		printf '%s\n' '$schema: https://json-schema.org/draft/2020-12/schema' "$1" >schemas/visit.yaml
		status 3 record-check
		has "$err" "schemas/visit.yaml:$2: error:" "[$3]"
		[ -z "$output" ]
	}
	wrong_schema 'properties: {a: {type: strin}}' 2:24 bad-keyword
	wrong_schema 'properties: {a: {pattern: "("}}' 2:27 bad-pattern
	wrong_schema "properties: {a: {\$ref: 'duban:none'}}" 2:24 bad-reference
	wrong_schema 'properties: {a: 5}' 2:17 bad-schema
	wrong_schema 'properties: {a: {$anchor: x}, b: {$anchor: x}}' 2:44 duplicate-id
	wrong_schema 'properties: {a: *x}' 2:17 alias
	printf '$schema: http://example.com/none\n' >schemas/visit.yaml
	status 3 record-check
	has "$err" "schemas/visit.yaml:1:10: error:" "[bad-dialect]"
	rm -r schemas
	mkdir ../empty
	DUBAN_SCHEMAS=$work/empty status 3 record-check
	has "$err" "[no-schema]" "make install"
}

@test "the plan: newer, broken in several places, gone" {
	cp plan.yaml ../kept
	sed -i 's/^duban: 1$/duban: 2/' plan.yaml
	status 3 record-check
	has "$err" "plan.yaml:$(grep -n ^duban: plan.yaml | cut -d: -f1):8: error: the folder has format 2" "[newer-format]" "install a newer duban"
	cp ../kept plan.yaml
	local lead
	# faults against the schema
	sed -i -e "s/^utc_offset: .*/utc_offset: eight/" -e "s/^stale_days: .*/stale_days: -1/" plan.yaml
	status 3 record-check
	has "$err" "plan.yaml:$(grep -n ^utc_offset: plan.yaml | cut -d: -f1):13: error:" \
		"plan.yaml:$(grep -n ^stale_days: plan.yaml | cut -d: -f1):13: error:"
	[ -z "$output" ]
	# faults that only the plan as a whole shows
	cp ../kept plan.yaml
	sed -i -e 's/^    lead: pingliang$/    lead: nobody/' -e 's/^    lead: bigdata-center$/    lead: noone/' plan.yaml
	status 3 record-check
	lead=$(grep -n '^    lead: nobody' plan.yaml | head -1 | cut -d: -f1)
	has "$err" "plan.yaml:$lead:11: error: 牵头单位: 'lead': 'nobody' is no unit of the plan [unknown-word]"
	[ "$(grep -c '\[unknown-word\]' <<<"$err")" = 6 ]
	cp ../kept plan.yaml
	sed -i 's/- {id: 2, kind: channels/- {id: 1, kind: channels/' plan.yaml
	status 3 record-check
	has "$err" "plan.yaml:$(grep -n 'kind: channels' plan.yaml | cut -d: -f1):10: error: '1' stands here twice [plan]"
	printf 'a: [' >plan.yaml
	status 3 record-check
	has "$err" "plan.yaml:2:1: error:" "[yaml-syntax]"
	status 3 record-check --format json
	[ -z "$output" ]
	rm plan.yaml
	status 3 record-check
	has "$err" "[no-record-folder]" "plan-init DIR"
}

@test "what cannot be read or written" {
	status 3 sh -c 'record-check >/dev/full'
	has "$err" "cannot write to standard output"
	status 3 sh -c 'record-check --format json >/dev/full'
	status 3 sh -c 'record-check --help >/dev/full'
	visit
	chmod 0 $V
	local nobody=
	if [ -r $V ]; then
		command -v setpriv >/dev/null || skip "root may read everything"
		nobody="setpriv --reuid=65534 --clear-groups"
		chmod 755 "$work"
		$nobody test -x "$(command -v record-check)" || skip "the programs are root's own"
	fi
	status 3 $nobody record-check
	has "$output" "$V: error: cannot read" "[io]" "7 files: 1 error"
}

@test "the same in any locale, zone and with any number of threads" {
	visit
	sed -i -e '5s/.*/indicator_type: x/' -e '8s/.*/visitors: []/' $V
	local unit i id
	for unit in jingchuan lingtai kongtong; do
		mkdir -p $unit/visits/2024-04
		for i in $(seq 100 299); do
			id=v-20240418-${unit:0:1}00$i
			id=${id/-l/-m}
			sed -e "s/v-20240418-000001/$id/; s/jingchuan/$unit/; $((i % 4 + 4))d" $V \
				>$unit/visits/2024-04/$id.yaml
		done
	done
	status 1 record-check
	local first=$output
	[ "$(found | wc -l)" -gt 900 ]
	[ "$(found)" = "$(found | sed -E 's/^([^: ]+):([0-9]+):([0-9]+) /\1 \2 \3 /' | LC_ALL=C sort -s -k1,1 -k2,2n -k3,3n |
		sed -E 's/^(\S+) ([0-9]+) ([0-9]+) /\1:\2:\3 /')" ]
	for locale in C C.UTF-8 POSIX; do
		for zone in UTC Asia/Shanghai America/New_York; do
			LC_ALL=$locale TZ=$zone status 1 record-check
			[ "$output" = "$first" ]
		done
	done
	command -v taskset >/dev/null || return 0
	status 1 taskset -c "$(taskset -cp $$ | sed 's/.*: //; s/[-,].*//')" record-check
	[ "$output" = "$first" ]
}

@test "on a terminal: the source line and a caret" {
	script --version >/dev/null 2>&1 || skip "no script(1)"
	visit
	sed -i '8s/.*/visitors: []/' $V
	sed -i "2s/1$/2/" $V
	event $V 2024-04-19T10:00:00 "to: listed"
	on_terminal() {
		script -qec "$*" /dev/null </dev/null | tr -d '\r'
	}
	NO_COLOR=1 on_terminal record-check $V >../plain
	has "$(cat ../plain)" "    visitors: []
              ^
" "    id: v-20240418-000002
        ^
" "    to: listed
        ^
"
	rm ${V%.yaml}_*
	visit
	sed -i '6s/.*/enterprise: 示例甲公司, x: 甲/' $V
	NO_COLOR=1 on_terminal record-check $V >../plain
	# the caret stands below its character, although some are two columns wide
	has "$(cat ../plain)" "    enterprise: 示例甲公司, x: 甲
                             ^
"
	has "$(on_terminal record-check $V)" $'\e[31merror\e[0m'
	lacks "$(on_terminal record-check --color=never $V)" $'\e'
	status 1 record-check $V
	lacks "$output" "^" $'\e'
	status 1 record-check --color=always $V
	has "$output" $'\e[31merror\e[0m'
}

# repository: a work tree whose commit of 20 April 2024 holds the folder
repository() {
	export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@b \
		GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@b
	git init -q -b main "${1:-.}"
	commit 2024-04-20T12:00:00+08:00
}

commit() {
	git add -A .
	GIT_AUTHOR_DATE=$1 GIT_COMMITTER_DATE=$1 git commit -qm x
}

@test "--against: nothing of the commit changed or gone, what was dated back" {
	visit
	visit jingchuan/visits/2024-04/v-20240418-000002.yaml
	sed -i '2s/1$/2/' jingchuan/visits/2024-04/v-20240418-000002.yaml
	repository
	check 0 --against HEAD --
	touch -d 2030-01-01 $V
	check 0 --against HEAD --
	# additions are fine; plan, schemas and reports may change
	event $V 2024-04-21T10:00:00 "note: x"
	echo '# x' >>plan.yaml
	mkdir schemas reports
	echo '$schema: https://json-schema.org/draft/2020-12/schema' >schemas/visit.yaml
	echo x >reports/2024-W17.md
	check 0 --against HEAD --
	commit 2024-04-22T12:00:00+08:00
	check 0 --against HEAD~1 --
	rm schemas/visit.yaml reports/2024-W17.md
	check 0 --against HEAD --
	# not yet added, added or committed: what is dated before the commit is told
	event $V 2024-04-19T10:00:00 "note: x"
	local late=${V%.yaml}_20240419T100000_0000.yaml
	check 0 --against HEAD -- "$late warning backdated"
	check 1 --strict --against HEAD -- "$late warning backdated"
	git add -A .
	check 0 --against HEAD -- "$late warning backdated"
	commit 2024-04-22T13:00:00+08:00
	check 0 --against HEAD~1 -- "$late warning backdated"
	check 0 --against HEAD~2 -- "$late warning backdated"
	check 0 --against HEAD --
	# so is a record
	visit lingtai/visits/2024-04/v-20240418-000003.yaml
	sed -i 's/000001/000003/; s/unit: jingchuan/unit: lingtai/' lingtai/visits/2024-04/*
	check 0 --against main -- "lingtai/visits/2024-04/v-20240418-000003.yaml warning backdated"
	rm -r lingtai/visits
	# changed and gone
	sed -i '6s/示例甲/示例乙/' $V
	rm jingchuan/visits/2024-04/v-20240418-000002.yaml lingtai/.keep
	check 1 --against HEAD -- "$V error changed" \
		"jingchuan/visits/2024-04/v-20240418-000002.yaml error gone" "lingtai/.keep error gone"
	has "$output" "restore it: nothing is ever deleted"
	commit 2024-04-23T12:00:00+08:00
	check 0 --against HEAD --
	check 1 --against HEAD~1 -- "$V error changed" \
		"jingchuan/visits/2024-04/v-20240418-000002.yaml error gone" "lingtai/.keep error gone"
	# a file that became a link, a renamed one
	git checkout -q HEAD~1 .
	commit 2024-04-24T12:00:00+08:00
	cp $V ../copy
	ln -sf ../../../../copy $V
	status 1 record-check --against HEAD
	has "$output" "$V: error: the file of the commit was changed [changed]"
	rm $V
	cp ../copy $V
	git mv $V kongtong/moved.yaml
	status 1 record-check --against HEAD
	has "$output" "$V: error: the file of the commit is gone [gone]"
	status 1 record-check --against HEAD --format json
	[ "$(jq -r '.findings[] | select(.code == "gone") | .file' <<<"$output")" = $V ]
}

@test "--against: the folder is a part of the work tree" {
	visit
	cd ..
	mkdir other
	echo x >other/file
	repository
	cd rf
	check 0 --against HEAD --
	rm ../other/file
	mkdir -p ../jingchuan
	echo x >../jingchuan/x
	check 0 --against HEAD --
	sed -i '6s/示例甲/示例乙/' $V
	check 1 --against HEAD -- "$V error changed"
	cd ..
	check 1 --against HEAD rf -- "rf/$V error changed"
	# git's habits do not change the answer
	git config color.ui always
	git config diff.noprefix true
	git config diff.relative false
	git config core.quotePath true
	git config diff.renames copies
	git config log.showSignature true
	git config diff.external false
	git mv rf/$V rf/jingchuan/visits/2024-04/甲.yaml
	status 1 record-check -C rf --against HEAD
	has "$output" "rf/$V: error: the file of the commit is gone [gone]"
	[ "$(git status --porcelain | wc -l)" -gt 0 ]
}

@test "--against: what git is told to overlook is not overlooked, and nothing is run" {
	visit
	mkdir jingchuan/evidence
	echo x >jingchuan/evidence/73cb3858a687.txt
	repository
	local evil="$work/evil"
	printf '#!/bin/sh\ntouch "%s/ran"\n' "$work" >"$evil"
	chmod +x "$evil"
	git config core.fsmonitor "$evil"
	git config diff.external "$evil"
	git config filter.evil.clean "$evil"
	git config filter.evil.smudge "$evil"
	git config core.pager "$evil"
	echo '* filter=evil diff=evil' >.git/info/attributes
	sed -i '6s/示例甲/示例乙/' $V
	rm lingtai/.keep
	echo y >jingchuan/evidence/73cb3858a687.txt
	git update-index --assume-unchanged $V
	git update-index --skip-worktree lingtai/.keep jingchuan/evidence/73cb3858a687.txt
	rm -f "$work/ran"
	status 1 record-check --against HEAD
	has "$output" "$V: error: the file of the commit was changed [changed]" "lingtai/.keep: error: the file of the commit is gone [gone]" \
		"jingchuan/evidence/73cb3858a687.txt: error: the file of the commit was changed [changed]"
	[ ! -e "$work/ran" ]
}

@test "--against: a unit that the plan has no more" {
	sed -i '/^units:/a\  - {id: huaxia, name: 示例中心, kind: county-center, folder: true, reporting: false}' plan.yaml
	mkdir huaxia
	: >huaxia/.keep
	repository
	check 0 --against HEAD --
	sed -i '/id: huaxia/d' plan.yaml
	rm -r huaxia
	check 1 --against HEAD -- "huaxia/.keep error gone"
}

@test "--against a revision that is none, and no repository" {
	local rev
	status 3 record-check --against HEAD
	has "$err" "git could not say" "[git]"
	repository
	for rev in nothing HEAD~9 '' -- --upload-pack=x --output=../written -p HEAD..HEAD "HEAD:plan.yaml" ^HEAD; do
		status 3 record-check --against="$rev"
		has "$err" "'$rev' is not the name of one commit [git]"
		lacks "$err" fatal
		[ -z "$output" ]
	done
	[ ! -e ../written ] && [ ! -e '../written^{commit}' ]
	[ -z "$(git status --porcelain)" ]
	check 0 --against "main@{0}" --
	git tag -a -m x v1
	check 0 --against v1 --
	# without git
	status 3 env PATH=/nowhere "$(command -v record-check)" --against HEAD
	has "$err" "[git]"
}

@test "a sparse checkout: what is not here is not gone" {
	visit
	problem
	sed -i 's/^origin: .*/origin: visit\nsources: [v-20240418-00000a]/' $P
	visit lingtai/visits/2024-04/v-20240418-00000a.yaml
	sed -i 's/000001/00000a/; s/unit: jingchuan/unit: lingtai/' lingtai/visits/2024-04/*
	check 0 --
	repository
	git sparse-checkout set jingchuan pingliang schemas
	[ ! -e lingtai ]
	[ -f plan.yaml ]
	check 0 --against HEAD -- "$P:8:11 warning record-not-here"
	check 0 jingchuan -- "$P:8:11 warning record-not-here"
	status 1 record-check lingtai
}

# the codes of the page; those of `Ss Guards` are names of guards
page_codes() {
	awk -v guards="$1" '
		/^\.Ss / { inside = guards ? $2 == "Guards" : $2 != "Guards" }
		/^\.Sh / { inside = 0 }
		inside && /^\.It Cm / && (guards || / Pq /) {
			sub(/ Pq .*/, "")
			gsub(/^\.It Cm | ,/, "")
			gsub(/ /, "\n")
			print
		}' "$root/man/record-check.1" | LC_ALL=C sort -u
}

@test "every code is in the page, and back, and has a test" {
	local root=$BATS_TEST_DIRNAME/../.. code
	# added, busy, edit and evidence-taken are said by commands that write, former-name of options, json-syntax
	# of other files than records, unknown-keyword when schema-check asks for it
	codes_of "$root"/lib/{base,yaml,schema,store}/*.c "$root"/lib/model/{plan,record,rules}.c \
		"$root"/lib/cli/{across,check,check_story,checker,id_set,sweep,against,cli,plan,schemas}.c \
		"$root"/cmd/record-check.c | grep -vxE "added|busy|edit|evidence-taken|former-name|json-syntax|unknown-keyword" >../sources
	[ "$(wc -l <../sources)" -gt 90 ]
	page_codes '' >../page
	diff ../sources ../page
	codes_of "$root"/lib/model/guard*.c >../sources
	[ "$(wc -l <../sources)" -gt 30 ]
	page_codes 1 >../page
	diff ../sources ../page
	# what no file can bring about: no memory, evidence of a unit that is away in its own folder, a
	# network share (durable.bats)
	for code in $(page_codes ''); do
		case $code in
		no-memory | evidence-not-here | network-share) continue ;;
		esac
		grep -qE "(error|warning|note|:[0-9]+|\[) ?$code\b|[0-9]+ $code$" "$BATS_TEST_FILENAME" || {
			echo "no test of $code"
			return 1
		}
	done
}
