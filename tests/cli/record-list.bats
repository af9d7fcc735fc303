load common

# Records with known ids, written as the programs write them.

visit() { # visit ID UNIT DATE EXTRA: a visit file
	local dir=$2/visits/${3%-*}
	mkdir -p "$dir"
	printf '%s\n' "kind: visit" "id: $1" "unit: $2" "date: '$3'" \
		"indicator_type: government-services" "$4" \
		"entered: {at: '$3T17:40:00+08:00', by: 张某, unit: $2, to: recorded}" >"$dir/$1.yaml"
}

# event RECORD-FILE AT EXTRA: an event beside it; AT as 2024-05-20T16:20:00
event() {
	local id=${1##*/} stamp=${2//[-:]/}
	id=${id%.yaml}
	printf '%s\n' "record: $id" "at: '$2+08:00'" "by: 李某" "unit: ${DUBAN_UNIT:-jingchuan}" "$3" \
		>"${1%/*}/${id}_${stamp}_0000.yaml"
}

A=v-20240418-000001 B=v-20240420-000002 C=v-20240507-000003 D=v-20240507-000004

make_more() {
	folder
	as jingchuan 张某
	visit $A jingchuan 2024-04-18 "enterprise: 示例甲公司
appeal: 重复提交材料
solution: 现场办结
visitors: [张某, 李某]
method: on-site
focus: [15, 16]"
	visit $B jingchuan 2024-04-20 "enterprise: 示例乙公司
appeal: =1+1
visitors: [王某]
method: phone
form_seq: 9"
	visit $C lingtai 2024-05-07 "enterprise: 示例丙公司
appeal: 无
visitors: [赵某]
focus: [16]
form_seq: 10"
	visit $D lingtai 2024-05-07 "enterprise: 录入错误
appeal: 无
visitors: [赵某]"
	event lingtai/visits/2024-05/$D.yaml 2024-05-08T09:00:00 "to: withdrawn
note: 录入错误"
}

# ids WHERE...: the ids of the visits for which all conditions hold, in one line, without the date
ids() {
	local args=() text
	for text; do
		args+=(--where "$text")
	done
	record-list visit --format ids "${args[@]}" | sed 's/.*-0*//' | tr '\n' ' '
}

# want EXPECTED WHERE...
want() {
	local expected=$1 got
	shift
	got=$(ids "$@")
	[ "$got" = "$expected${expected:+ }" ] || {
		echo "wanted '$expected', got '$got': $*"
		return 1
	}
}

@test "ids, in the order of paths, withdrawn ones left out" {
	status 0 record-list visit --format ids
	[ "$output" = "$A
$B
$C" ]
}

@test "a kind by its label; an unknown one with the allowed names" {
	status 0 record-list 走访记录 --format ids
	has "$output" $A
	status 1 record-list visits
	has "$err" "'visits' is no kind" "visit 走访记录" "submission 佐证资料报送"
	[ -z "$output" ]
	status 2 record-list
	status 2 record-list visit problem
	status 2 record-list visit --fromat ids
}

@test "= and !=" {
	want "1" enterprise=示例甲公司
	want "2 3" enterprise!=示例甲公司
	want "" enterprise=示例
	want "2" appeal==1+1
	want "1 2" unit=jingchuan
	want "1 2" unit=泾川
	want "3" unit!=泾川县政务服务中心
	want "1" unit=jingchuan method=on-site
	want "1" "method = 现场"
	want "2" method=电话走访
	want "1 2 3" state=recorded
	want "1 2 3" state=已登记
	want "1 2 3" kind=visit
	want "1 2 3" indicator_type=政务服务
	want "" indicator_type=市场准入
}

@test "< > <= >= on dates, times and numbers" {
	want "1" "date<2024-04-20"
	want "1 2" "date<=2024-04-20"
	want "3" "date>2024-04-20"
	want "2 3" "date>=2024-04-20"
	want "1" "entered.at<=2024-04-18"
	want "2 3" "entered.at>2024-04-18"
	want "2 3" "entered.at>2024-04-18T09:40:00Z"
	want "1 2 3" "entered.at>=2024-04-18T09:40:00Z"
	want "3" "form_seq>9"
	want "2" "form_seq<10"
	want "2 3" "form_seq<=10.0"
	want "1 2" "id<v-20240507"
}

@test "~ finds a part of the text, of a code also of its label" {
	want "1 2 3" enterprise~示例
	want "1" enterprise~甲
	want "2" appeal~1+1
	want "" "enterprise~示.*"
	want "1 2" date~2024-04
	want "1 2" unit~泾川
	want "1 2" unit~chuan
	want "1 2" path~jingchuan/visits/
	want "1 2 3" state~登记
}

@test "lists match by any element, != when none is equal" {
	want "1" focus=15
	want "1 3" focus=16
	want "2 3" focus!=15
	want "1" focus=15 focus=16
	want "1" visitors=李某
	want "1" visitors~李
}

@test "absent fields" {
	want "" solution=无此
	want "1 2 3" solution!=无此
	want "" "credit_code>0"
	want "2 3" solution=
	want "1" solution!=
	want "2" focus=
}

@test "labels of fields instead of names" {
	want "1 2" 走访单位=泾川
	want "3" "走访日期>=2024-05-01"
	want "1 2 3" 填报.填报人=张某
	want "1 2 3" 状态=已登记
}

@test "withdrawn records, when asked for by name" {
	want "4" state=withdrawn
	want "4" state=已撤回
	want "" state=withdrawn unit=jingchuan
	want "1 2 3" state!=closed
	want "" state~withdrawn
}

@test "--since, --until, --unit" {
	status 0 record-list visit --format ids --since 2024-04-20 --until 2024-04-20
	[ "$output" = $B ]
	status 0 record-list visit --format ids --since 2024-05-01
	[ "$output" = $C ]
	status 0 record-list visit --format ids --until 2024-04-30
	[ "$output" = "$A
$B" ]
	status 0 record-list visit --format ids --since 2024-05-01 --until 2024-04-01
	[ -z "$output" ]
	status 0 record-list visit --format ids --unit 灵台
	[ "$output" = $C ]
	DUBAN_UNIT=lingtai status 0 record-list visit --format ids
	has "$output" $A
	status 1 record-list visit --since 2024-4-1 --until tomorrow
	has "$err" "--since: '2024-4-1'" "--until: 'tomorrow'"
	status 1 record-list visit --unit atlantis
}

@test "tsv: header, codes, escapes" {
	visit v-20240601-00000a jingchuan 2024-06-01 'enterprise: "=cmd|''制表\t符"
appeal: "一行\n两行 \\ 反斜杠, 逗号; \"引号\""
visitors: ["a;b", c]'
	record-list visit --since 2024-06-01 --fields id,enterprise,appeal,visitors,solution >out
	printf '%s\n' $'id\tenterprise\tappeal\tvisitors\tsolution' \
		'v-20240601-00000a	=cmd|制表\t符	一行\n两行 \\ 反斜杠, 逗号; "引号"	a;b;c	' >want
	cmp out want
	# default: not a terminal
	record-list visit --since 2024-06-01 --fields id,enterprise,appeal,visitors,solution --format tsv | cmp - want
}

@test "csv: RFC 4180 with LF, no BOM, values unaltered" {
	visit v-20240601-00000a jingchuan 2024-06-01 'enterprise: "=cmd|''制表\t符"
appeal: "一行\n两行 \\ 反斜杠, 逗号; \"引号\""
visitors: ["a;b", c]'
	record-list visit --since 2024-06-01 --fields id,enterprise,appeal,visitors,solution --format csv >out
	printf '%s\n' 'id,enterprise,appeal,visitors,solution' \
		$'v-20240601-00000a,=cmd|制表\t符,"一行' '两行 \ 反斜杠, 逗号; ""引号""",a;b;c,' >want
	cmp out want
	# an empty cell alone in its line is quoted: readers skip empty lines
	status 0 record-list visit --unit lingtai --fields solution --format csv
	[ "$output" = 'solution
""' ]
}

@test "jsonl: typed, all fields or the chosen ones" {
	record-list visit --format jsonl >out
	[ "$(wc -l <out)" = 3 ]
	[ "$(jq -r 'select(.focus == [15,16]) | .id' out)" = $A ]
	grep $A out | jq -e '.kind == "visit" and .state == "recorded" and .events == 0 and
		.entered.by == "张某" and (has("form_seq") | not) and
		.path == "jingchuan/visits/2024-04/'$A'.yaml"'
	record-list visit --format jsonl --fields id,form_seq,entered.by,focus --where form_seq=9 >out
	[ "$(cat out)" = '{"id":"'$B'","form_seq":9,"entered.by":"张某","focus":null}' ]
}

@test "paths can be used from where one is" {
	record-list visit --format paths | xargs -r ls >/dev/null
	cd jingchuan/visits
	[ "$(record-list visit --format paths | head -n 1)" = ../../jingchuan/visits/2024-04/$A.yaml ]
	record-list visit --format paths | xargs -r ls >/dev/null
	cd ../../..
	[ "$(record-list visit -C rf --format paths | head -n 1)" = rf/jingchuan/visits/2024-04/$A.yaml ]
	[ "$(record-list visit -C rf --fields path | sed -n 2p)" = jingchuan/visits/2024-04/$A.yaml ]
}

@test "table: labels, and the page's width" {
	status 0 record-list visit --format table --where form_seq=9
	has "$output" 编号 走访单位 已登记 =1+1 $B
	lacks "$output" jingchuan recorded $A
	while IFS= read -r line; do
		[ "$(printf %s "$line" | iconv -t GB18030 | wc -c)" -le 80 ]
	done <<<"$output"
	status 0 record-list visit --format table --where form_seq=99
	has "$output" 无
	status 0 record-list problem --format table --color always --fields id,light
	has "$output" $'\e[31m红'
	status 0 record-list problem --format table --fields id,light
	lacks "$output" $'\e'
}

@test "a table on a terminal, with colour where there is any" {
	script -qc "record-list visit --color never" /dev/null >out </dev/null || skip "no script"
	has "$(cat out)" 走访单位
	TERM=xterm script -qc "record-list problem --fields id,light" /dev/null >out </dev/null
	has "$(cat out)" $'\e['
	for setting in TERM=dumb NO_COLOR=1; do
		env TERM=xterm $setting script -qc "record-list problem --fields id,light" /dev/null >out </dev/null
		lacks "$(cat out)" $'\e['
	done
}

@test "--fields: columns, order, dotted names, computed ones" {
	status 0 record-list visit --fields entered.at,id --fields "state, 走访人" --where focus=15
	[ "$output" = $'entered.at\tid\tstate\tvisitors
2024-04-18T17:40:00+08:00\t'$A$'\trecorded\t张某;李某' ]
	status 0 record-list problem --fields id,milestones.name,measures --where id~000001
	has "$output" "任务分解到人;中期进度;自查自验" '[{"id":"M1","text":"'
	status 2 record-list visit --fields id,,date
	status 2 record-list visit --fields id,date,编号
	has "$err" "'id' twice"
	status 2 record-list visit --fields id --format ids
	status 2 record-list visit --fields id --format paths
	status 2 record-list visit --format xml
	has "$err" "jsonl"
}

@test "unknown fields and values: all told, with the nearest name" {
	status 1 record-list visit --where unti=x --where entered.bye=x --where unit=jinchuan \
		--where statee=x --fields id,dat
	[ -z "$output" ]
	has "$err" "no field 'unti'" "'unit'?" "'entered.by'?" "'jingchuan'?" "'state'?" \
		"no field 'dat'" "'date'?"
	status 1 record-list visit --where 天气=晴
	has "$err" "known are: state, path"
	status 1 record-list visit --where state=finished
	has "$err" "recorded 已登记" "withdrawn 已撤回"
	status 1 record-list visit --where date=2024-5-1
	status 1 record-list visit --where "form_seq>many"
	status 1 record-list visit --where entered=张某
	has "$err" "entered.NAME"
	status 1 record-list visit --where method=飞
	has "$err" "on-site 现场"
	status 1 record-list problem --where overdue=maybe
	has "$err" 是
	status 1 record-list visit --where light=red # of problems only
	status 2 record-list visit --where unit
	has "$err" "FIELD=VALUE"
	status 2 record-list visit --where "date<"
	status 2 record-list visit --where =x
}

@test "problems: state, due, overdue, light" {
	local p=pingliang/problems/2024-04/p-20240410-000001.yaml
	as pingliang 周某
	event $p 2024-04-20T09:00:00 "due: '2024-05-20'
note: 延期"
	event $p 2024-04-21T09:00:00 "to: rectifying"
	status 0 record-list problem --as-of 2024-05-01 --where state=整改中 \
		--fields id,state,due,due_original,days_left,overdue
	[ "$output" = $'id\tstate\tdue\tdue_original\tdays_left\toverdue
p-20240410-000001\trectifying\t2024-05-20\t2024-04-30\t19\tfalse' ]
	status 0 record-list problem --as-of 2024-05-21 --where overdue=是 --format ids
	[ "$output" = p-20240410-000001 ]
	status 0 record-list problem --as-of 2024-05-01 --where overdue=true --format ids
	[ -z "$output" ]
	status 0 record-list problem --as-of 2024-05-21 --where "days_left<0" --format ids
	[ "$output" = p-20240410-000001 ]
	status 0 record-list problem --as-of 2024-05-21 --where due_original=2024-04-30 --format ids
	[ "$output" = p-20240410-000001 ]
	status 0 record-list problem --as-of 2024-05-21 --where light=红 --where light_reason=逾期 --format ids
	[ "$output" = p-20240410-000001 ]
	status 0 record-list problem --as-of 2024-05-21 --where measures.id=M7 --format ids
	[ "$output" = p-20240410-000006 ]
	status 0 record-list problem --as-of 2024-04-10 --format jsonl --where light=green
	[ "$(echo "$output" | jq -r .light | sort -u)" = green ]
	status 0 record-list problem --where responsible=各县（市、区）政务服务中心 --format ids
	has "$output" p-20240410
	# a unit is meant by its groups too, a group not by its units
	status 0 record-list problem --where responsible=泾川 --format ids
	[ "$(tr '\n' ' ' <<<"$output")" = "p-20240410-000001 p-20240410-000004 p-20240410-000005 p-20240410-000006 " ]
	status 0 record-list problem --where responsible!=泾川 --format ids
	[ "$(tr '\n' ' ' <<<"$output")" = "p-20240410-000002 p-20240410-000003 " ]
	status 0 record-list problem --where responsible=residents --format ids
	[ "$output" = p-20240410-000001 ]
}

@test "T120 appeals without a problem and without a reason, and how long a problem took to be listed" {
	local p q first second
	visit v-20240421-000005 jingchuan 2024-04-21 "enterprise: 示例戊公司
appeal: 往返多次
no_problem_reason: 属政策咨询，已答复
visitors: [张某]"
	visit v-20240422-000006 jingchuan 2024-04-22 "enterprise: 示例己公司
appeal: 系统卡顿
visitors: [张某]"
	left() {
		record-list visit --unit 泾川 --where appeal!=无 --where led_to= --where no_problem_reason= --format ids "$@" | xargs
	}
	[ "$(left)" = "$A $B v-20240422-000006" ]
	p=$(problem-log --source $A --at 2024-04-22T09:00:00+08:00 --lead 泾川 --responsible 泾川 --track 立行立改 --due 2024-04-26)
	[ "$(left)" = "$B v-20240422-000006" ]
	# in another unit's ledger too, and of two problems both, in their order
	q=$(problem-log --source $A --again --for lingtai --at 2024-04-23T09:00:00+08:00)
	problem-log --source v-20240422-000006 --source $B --at 2024-04-23T09:00:00+08:00 >/dev/null
	[ "$(left)" = "" ]
	first=$(basename "$p" .yaml) second=$(basename "$q" .yaml)
	[ "$(record-list visit --where id=$A --fields led_to --format jsonl)" = "{\"led_to\":[\"$first\",\"$second\"]}" ]
	[ "$(record-list visit --where "led_to=$second" --format ids)" = $A ]
	# known later, or a mistake
	[ "$(left --as-of 2024-04-22)" = "$B v-20240422-000006" ]
	rectify-status "$q" --unit pingliang --to withdrawn --note 误填 >/dev/null
	[ "$(record-list visit --where id=$A --fields led_to --format jsonl)" = "{\"led_to\":[\"$first\"]}" ]
	[ "$(record-list problem --where "id=$first" --fields date,days_to_list --format jsonl)" = '{"date":"2024-04-18","days_to_list":4}' ]
	[ "$(record-list problem --where days_to_list=0 --format ids | wc -l)" = 6 ]
}

@test "lights follow the figures" {
	light() {
		record-list problem --as-of 2024-04-20 --where id=p-20240410-000002 --fields light \
			| sed -n 2p
	}
	[ "$(light)" = yellow ]
	as pingliang 周某
	indicator-add --indicator one-matter-packages --count 100 --date 2024-04-19 \
		--at 2024-04-19T10:00:00+08:00
	[ "$(light)" = green ]
	status 0 record-list problem --as-of 2024-04-20 --where light=绿 --format ids
	[ "$output" = p-20240410-000002 ]
	status 0 record-list problem --as-of 2024-04-20 --format jsonl --where id~000002
	[ "$(echo "$output" | jq -r .light)" = green ]
}

@test "an inspection's values, of whatever point" {
	mkdir -p jingchuan/inspections/2024-05
	printf '%s\n' "kind: inspection" "id: i-20240510-000001" "unit: jingchuan" "date: '2024-05-10'" \
		"point: 12" "values: {windows_total: 42, windows_covered: 40}" \
		"entered: {at: '2024-05-10T17:40:00+08:00', by: 张某, unit: jingchuan, to: recorded}" \
		>jingchuan/inspections/2024-05/i-20240510-000001.yaml
	status 0 record-list inspection --where "values.windows_total>9" --fields point,values.windows_covered,values
	[ "$output" = $'point\tvalues.windows_covered\tvalues
12\t40\t{"windows_total":42,"windows_covered":40}' ]
	status 0 record-list inspection --where "values.windows_total>100" --format ids
	[ -z "$output" ]
	status 0 record-list inspection --where values.materials=未体验 --format ids
	status 0 record-list inspection --where values.elements.online-query=较好 --format ids
	status 0 record-list inspection --where values.mechanisms=办结回访 --format ids
	status 1 record-list inspection --where values.window_total=1
	has "$err" "values.windows_total"
}

@test "--as-of: what was there then" {
	status 0 record-list visit --format ids --as-of 2024-04-19
	[ "$output" = $A ]
	status 0 record-list visit --format ids --as-of 2024-04-20T17:39:59+08:00
	[ "$output" = $A ]
	status 0 record-list visit --format ids --as-of 2024-04-20T17:40:00+08:00
	[ "$output" = "$A
$B" ]
	# not yet withdrawn
	status 0 record-list visit --format ids --as-of 2024-05-07 --unit lingtai
	[ "$output" = "$C
$D" ]
	status 1 record-list visit --as-of yesterday
	# corrections are laid over from then on
	event jingchuan/visits/2024-04/$A.yaml 2024-04-25T09:00:00 "set: {enterprise: 示例甲集团}"
	want "1" enterprise~集团
	status 0 record-list visit --as-of 2024-04-24 --where enterprise~集团 --format ids
	[ -z "$output" ]
	status 0 record-list visit --where events=1 --format ids
	[ "$output" = $A ]
}

@test "a field of the folder's own schema is a field here too" {
	mkdir -p schemas
	cat >schemas/visit.yaml <<-'END'
		$schema: https://json-schema.org/draft/2020-12/schema
		$ref: 'duban:visit'
		properties:
		  weather: {title: 天气, type: string, enum: [sun, rain], x-labels: {sun: 晴, rain: 雨}}
	END
	visit v-20240601-00000b jingchuan 2024-06-01 "enterprise: 示例丁公司
appeal: 无
visitors: [张某]
weather: rain"
	status 0 record-list visit --where 天气=雨 --fields id,weather
	[ "$output" = $'id\tweather\nv-20240601-00000b\train' ]
	want "1 2 3" weather=
	status 1 record-list visit --where weather=snow
}

@test "awkward values come out as they are" {
	local long
	long=$(printf '企%.0s' $(seq 10000))
	visit v-20240601-00000c jingchuan 2024-06-01 "enterprise: $long
appeal: '+1 ''x'' \"y\" 🚀 é　全角'
visitors: ['-', '@a', 'null', '1', 'true']"
	[ "$(record-list visit --since 2024-06-01 --fields enterprise | sed -n 2p)" = "$long" ]
	[ "$(record-list visit --since 2024-06-01 --fields enterprise --format csv | sed -n 2p)" = "$long" ]
	[ "$(record-list visit --since 2024-06-01 --format jsonl | jq -r .enterprise)" = "$long" ]
	[ "$(record-list visit --since 2024-06-01 --fields appeal,visitors --format csv | sed -n 2p)" = \
		"\"+1 'x' \"\"y\"\" 🚀 é　全角\",-;@a;null;1;true" ]
	[ "$(record-list visit --since 2024-06-01 --format jsonl | jq -c .visitors)" = '["-","@a","null","1","true"]' ]
	[ "$(record-list visit --where "enterprise=$long" --format ids)" = v-20240601-00000c ]
}

@test "pipelines: what others print goes in, what it prints goes on" {
	local path
	path=$(visit-add --indicator-type 政务服务 --enterprise 示例戊公司 --appeal 无法网上预约 --visitor 张某 \
		--date 2024-06-03 --at 2024-06-03T09:00:00+08:00)
	[ "$(record-list visit --where enterprise=示例戊公司 --format paths)" = "$path" ]
	record-list visit --where enterprise=示例戊公司 --format ids | rectify-status - --note 已回访 \
		--at 2024-06-04T09:00:00+08:00
	[ "$(record-list visit --where events=1 --unit jingchuan --format paths)" = "$path" ]
	record-list visit --where enterprise=示例戊公司 --format ids | problem-log --source - \
		--at 2024-06-05T09:00:00+08:00
	[ "$(record-list problem --where sources~v-20240603 --fields title | sed -n 2p)" = 无法网上预约 ]
	[ "$(record-list problem --where sources~v-20240603 --fields state | sed -n 2p)" = registered ]
}

@test "nothing there: a header, and 0" {
	status 0 record-list supervision
	[ "$output" = $'id\tunit\tdate\tform\tsubject\tproblem\tdue\tstate' ]
	status 0 record-list supervision --format ids
	[ -z "$output" ]
	status 0 record-list supervision --format jsonl
	[ -z "$output" ]
	status 0 record-list supervision --format csv --fields id
	[ "$output" = id ]
}

@test "a broken file: the others are printed, the fault has its position, 1" {
	printf 'kind: visit\nid: v-20240422-00000x\nunit: [jingchuan\n' >jingchuan/visits/2024-04/v-20240422-00000x.yaml
	status 1 record-list visit --format ids
	[ "$output" = "$A
$B
$C" ]
	has "$err" "jingchuan/visits/2024-04/v-20240422-00000x.yaml:" ":4:1: error"
	status 1 record-list visit --format table
	has "$err" v-20240422-00000x
	status 0 record-list visit --format ids --unit lingtai
	# also where the light needs the figures
	mkdir -p jingchuan/observations/2024-05
	printf 'a: \xff\n' >jingchuan/observations/2024-05/o-20240501-000001.yaml
	status 0 record-list problem --format ids
	status 1 record-list problem --where light=red --format ids
	has "$err" o-20240501-000001.yaml
}

@test "no record folder, a unit's folder that is not here" {
	rm -r lingtai
	status 3 record-list visit
	has "$err" lingtai
	status 0 record-list visit --unit jingchuan --format ids
	[ "$output" = "$A
$B" ]
	# without all figures lights are judged by milestones, and that is said
	status 0 record-list problem --unit pingliang --where light=red --format ids
	has "$err" milestones
	cd "$work"
	status 3 record-list visit
	has "$err" plan-init
}

@test "a closed pipe and a full disk" {
	for ((i = 100; i < 400; i++)); do
		visit v-20240701-000$i jingchuan 2024-07-01 "enterprise: 示例公司$i
appeal: 无
visitors: [张某]"
	done
	[ "$(record-list visit --format jsonl 2>err | head -n 1 | jq -r .id)" = $A ]
	[ ! -s err ]
	(
		trap '' PIPE
		got=0
		record-list visit --format jsonl 2>err || got=$?
		echo "$got" >got
	) | true
	[ "$(cat got)" = 3 ]
	local format
	for format in tsv csv jsonl ids paths table; do
		got=0
		record-list visit --format $format >/dev/full 2>err || got=$?
		[ $got = 3 ]
		has "$(cat err)" "standard output"
	done
	got=0
	record-list --help >/dev/full 2>err || got=$?
	[ $got = 3 ]
}

@test "a long table is printed in parts" {
	for ((i = 0; i < 1001; i++)); do
		visit v-20240701-00$((1000 + i)) jingchuan 2024-07-01 "enterprise: 示例公司
appeal: 无
visitors: [张某]"
	done
	status 0 record-list visit --since 2024-07-01 --format table --fields id,date
	[ "$(echo "$output" | grep -c ^v-)" = 1001 ]
	[ "$(echo "$output" | grep -c ^编号)" = 2 ]
	rm jingchuan/visits/2024-07/v-20240701-002000.yaml
	status 0 record-list visit --since 2024-07-01 --format table --fields id,date
	[ "$(echo "$output" | grep -c ^v-)" = 1000 ]
	[ "$(echo "$output" | grep -c ^编号)" = 1 ]
}

@test "the same bytes in any locale and zone" {
	local format want got
	for format in tsv csv jsonl ids paths table; do
		want=$(record-list visit --format $format --where "date>=2024-04-18")
		for locale in C C.UTF-8 zh_CN.UTF-8 tr_TR.UTF-8; do
			for zone in UTC Asia/Shanghai America/New_York; do
				got=$(LC_ALL=$locale TZ=$zone COLUMNS=40 record-list visit --format $format \
					--where "date>=2024-04-18" 2>/dev/null)
				[ "$got" = "$want" ]
			done
		done
	done
}

@test "help names all options" {
	status 0 record-list --help
	has "$output" --where --since --until --fields --format --as-of --unit visit
}
