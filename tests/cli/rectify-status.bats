#!/usr/bin/env bats
# rectify-status as a reader: the ledger as a table, one record as a story. What it writes: moves.bats

load common

make_more() {
	folder
	as jingchuan 张某
}

# ledger ARGUMENTS...: the table as JSON
ledger() {
	rectify-status --format json "$@"
}

# tails ARGUMENTS...: the last six characters of the ids of the table, in its order
tails() {
	ledger "$@" | jq -r '[.problems[].id[-6:]] | join(" ")'
}

# log ARGUMENTS...: a problem of Jingchuan; its id
log() {
	local path
	path=$(problem-log --origin self-check --description 窗口指引不清 "$@" 2>/dev/null) || return 1
	basename "$path" .yaml
}

# listed DUE ARGUMENTS...: the same, on the list from 2024-04-18
listed() {
	local due=$1
	shift
	log --title 窗口指引不清 --lead jingchuan --responsible jingchuan --track scheduled --due "$due" \
		--measure 更新指引 --at 2024-04-18T10:00:00+08:00 "$@"
}

# light ID DAY: the light and its reason on that day
light() {
	ledger --as-of "$2" | jq -r --arg id "$1" '.problems[] | select(.id == $id) | "\(.light) \(.light_reason)"'
}

plan=p-20240410-00000

@test "the plan's six problems, the first overdue by one day on 1 May" {
	status 0 ledger --as-of 2024-05-01
	[ "$(jq '.problems | length' <<<"$output")" = 6 ]
	[ "$(jq -c '[.problems[] | select(.overdue) | [.id, .days_left]]' <<<"$output")" = "[[\"${plan}1\",-1]]" ]
	[ "$(jq -c '[.problems[] | [.id, .due, .days_left]]' <<<"$output")" = "$(jq -nc --arg p "$plan" '
		[["1", "2024-04-30", -1], ["2", "2024-05-31", 30], ["4", "2024-05-31", 30],
		 ["3", "2024-06-30", 60], ["5", "2024-07-31", 91], ["6", "2024-07-31", 91]]
		| map([$p + .[0], .[1], .[2]])')" ]
}

@test "none is overdue on 30 April, the last day of the first" {
	status 0 ledger --as-of 2024-04-30 --overdue
	[ "$output" = '{"version":1,"as_of":"2024-04-30","problems":[]}' ]
	[ "$(ledger --as-of 2024-04-30 | jq -c '.problems[0] | [.id[-1:], .days_left, .overdue]')" = '["1",0,false]' ]
}

@test "T061 T074 T084 T093 T103 T115 each of the plan's due dates: the day itself is in time, the next is overdue" {
	local row id due next
	while read -r id due next; do
		lacks "$(tails --as-of "$due" --overdue)" "00000$id"
		has "$(tails --as-of "$next" --overdue)" "00000$id"
	done <<-'EOF'
		1 2024-04-30 2024-05-01
		2 2024-05-31 2024-06-01
		3 2024-06-30 2024-07-01
		4 2024-05-31 2024-06-01
		5 2024-07-31 2024-08-01
		6 2024-07-31 2024-08-01
	EOF
}

@test "the JSON has the keys that tests rely on, in this order" {
	status 0 ledger --as-of 2024-05-01
	[ "$(jq -c 'keys_unsorted' <<<"$output")" = '["version","as_of","problems"]' ]
	[ "$(jq -c '[.problems[] | keys_unsorted] | unique' <<<"$output")" = \
		'[["id","title","unit","lead","state","due","due_original","days_left","overdue","light","light_reason","measures_done","measures_total"]]' ]
	[ "$(jq -c '.problems[0]' <<<"$output")" = '{"id":"p-20240410-000001","title":"电子营业执照应用领域有待进一步拓展","unit":"pingliang","lead":"bigdata-center","state":"listed","due":"2024-04-30","due_original":"2024-04-30","days_left":-1,"overdue":true,"light":"red","light_reason":"overdue","measures_done":0,"measures_total":2}' ]
	[ "$(jq -c '[.problems[] | .measures_total]' <<<"$output")" = '[2,4,3,3,4,7]' ]
}

@test "what is not there is null: a registered problem has no lead, date or light" {
	id=$(log --title 指引 --at 2024-04-18T10:00:00+08:00)
	[ "$(ledger --unit jingchuan --as-of 2024-05-01)" = "{\"version\":1,\"as_of\":\"2024-05-01\",\"problems\":[{\"id\":\"$id\",\"title\":\"指引\",\"unit\":\"jingchuan\",\"lead\":null,\"state\":\"registered\",\"due\":null,\"due_original\":null,\"days_left\":null,\"overdue\":false,\"light\":null,\"light_reason\":null,\"measures_done\":0,\"measures_total\":0}]}" ]
}

@test "plan-init's records have the milestones that count back from their dates" {
	local n dates
	while read -r n dates; do
		[ "$(ledger "${plan}$n" | jq -r '[.milestones[].date[5:]] | join(" ")')" = "$dates" ]
		[ "$(ledger "${plan}$n" | jq -r '[.milestones[].name] | join(" ")')" = \
			"任务分解到人 中期进度 自查自验 申请销号 审核验收 销号" ]
		[ "$(ledger "${plan}$n" | jq -r '[.milestones[].id] | join(" ")')" = "N1 N2 N3 N4 N5 N6" ]
	done <<-'EOF'
		1 04-15 04-22 04-24 04-26 04-29 04-30
		2 04-15 05-08 05-24 05-28 05-30 05-31
		3 04-15 05-21 06-21 06-25 06-27 06-28
		4 04-15 05-08 05-24 05-28 05-30 05-31
		5 04-15 06-05 07-24 07-26 07-30 07-31
		6 04-15 06-05 07-24 07-26 07-30 07-31
	EOF
}

@test "as of before the plan there is no problem" {
	[ "$(tails --as-of 2024-04-09)" = "" ]
	[ "$(ledger --as-of 2024-04-10T00:00:00+08:00 | jq '.problems | length')" = 6 ]
	[ "$(ledger --as-of 2024-04-09T23:59:59+08:00 | jq '.problems | length')" = 0 ]
	# the same moment, told in another zone
	[ "$(ledger --as-of 2024-04-09T16:00:00Z | jq '.problems | length')" = 6 ]
	[ "$(ledger --as-of 2024-04-09T16:00:00Z | jq -r .as_of)" = 2024-04-10T00:00:00+08:00 ]
}

@test "without --as-of dates are judged as of today at the plan's offset" {
	local before after told
	before=$(TZ=CST-8 date +%F)
	told=$(ledger | jq -r .as_of)
	after=$(TZ=CST-8 date +%F)
	[ "$told" = "$before" ] || [ "$told" = "$after" ]
	[ "$(ledger --overdue | jq '.problems | length')" = 6 ]
}

@test "the same bytes in any zone, under any locale, with any environment" {
	rectify-status --as-of 2024-05-01 --explain >"$work/a"
	TZ=America/New_York LC_ALL=C.UTF-8 COLUMNS=40 DUBAN_UNIT=lingtai rectify-status --as-of 2024-05-01 --explain >"$work/b"
	cmp "$work/a" "$work/b"
	env -i PATH="$PATH" "$(command -v rectify-status)" --as-of 2024-05-01 --explain >"$work/b"
	cmp "$work/a" "$work/b"
	[ "$(wc -l <"$work/a")" -gt 20 ]
}

@test "the text has the six rows in Chinese and fits 80 columns" {
	status 0 rectify-status --as-of 2024-05-01
	has "$output" 问题整改情况 截至：2024年5月1日 编号 牵头单位 余天 "红 逾期" 已列清单 "${plan}6" 2024-07-31
	[ "$(LC_ALL=C.UTF-8 wc -L <<<"$output")" -le 80 ]
	[ "$err" = "" ]
}

@test "CSV: a mark, Chinese headers, every column; --encoding gb18030" {
	rectify-status --as-of 2024-05-01 --format csv >"$work/a.csv"
	[ "$(head -c 3 "$work/a.csv" | od -An -tx1 | tr -d ' \n')" = efbbbf ]
	head -1 "$work/a.csv" | grep -q '"编号","问题","归属单位","牵头单位","状态","时限","原定时限","余天","逾期","灯","原因","措施已完成","措施"'
	grep -q '^"p-20240410-000001","电子营业执照应用领域有待进一步拓展","平凉市政务服务中心","市大数据中心","已列清单","2024-04-30","2024-04-30","-1","是",' "$work/a.csv"
	rectify-status --as-of 2024-05-01 --format csv --encoding gb18030 | iconv -f gb18030 -t utf-8 >"$work/b.csv"
	tail -c +4 "$work/a.csv" | cmp - "$work/b.csv"
}

@test "filters: unit, lead, state" {
	id=$(listed 2024-05-31)
	[ "$(tails --unit 泾川 --as-of 2024-05-01)" = "${id: -6}" ]
	[ "$(tails --unit jingchuan --unit pingliang --as-of 2024-05-01 | wc -w)" = 7 ]
	[ "$(tails --lead 市大数据中心 --as-of 2024-05-01)" = "000001 000003" ]
	[ "$(tails --lead bigdata-center --lead jingchuan --as-of 2024-05-01)" = "000001 ${id: -6} 000003" ]
	rectify-status "$id" --to 整改中 --at 2024-04-19T09:00:00+08:00 >/dev/null
	[ "$(tails --state rectifying --as-of 2024-05-01)" = "${id: -6}" ]
	[ "$(tails --state 整改中 --as-of 2024-05-01)" = "${id: -6}" ]
	[ "$(tails --state 整改中 --as-of 2024-04-18)" = "" ]
	[ "$(tails --state rectifying --state listed --as-of 2024-05-01 | wc -w)" = 7 ]
}

@test "the acting unit in the environment is no filter" {
	DUBAN_UNIT=lingtai status 0 ledger --as-of 2024-05-01
	[ "$(jq '.problems | length' <<<"$output")" = 6 ]
}

@test "filters: overdue, due within days, lights" {
	[ "$(tails --overdue --as-of 2024-06-01)" = "000001 000002 000004" ]
	[ "$(tails --due-within 29 --as-of 2024-05-01)" = "000001" ]
	[ "$(tails --due-within 30 --as-of 2024-05-01)" = "000001 000002 000004" ]
	[ "$(tails --due-within 0 --as-of 2024-04-30)" = "000001" ]
	[ "$(tails --light yellow --as-of 2024-04-16)" = "000001 000002 000004 000003 000005 000006" ]
	[ "$(tails --light red,green --as-of 2024-04-16)" = "" ]
	[ "$(tails --light 绿 --as-of 2024-04-12 | wc -w)" = 6 ]
	[ "$(tails --light yellow --light 红 --as-of 2024-05-01 | wc -w)" = 6 ]
}

@test "a word that is no state, light, unit or date is refused with what is allowed" {
	status 1 rectify-status --state 完了
	has "$err" "[enum]" 'registered 已登记, listed 已列清单' 'reopened 反弹重启'
	lacks "$err" recorded
	status 1 rectify-status --light blue
	has "$err" "[enum]" 'allowed: red 红, yellow 黄, green 绿, closed 已销号'
	status 1 rectify-status --unit 天水
	has "$err" "[unknown-word]"
	status 1 rectify-status --lead 天水
	has "$err" "[unknown-word]"
	status 1 rectify-status --as-of 2024-02-30
	has "$err" "[format]"
	status 2 rectify-status --sort age
	status 2 rectify-status --due-within soon
	status 2 rectify-status --due-within -1
	status 2 rectify-status --format docx
	status 2 rectify-status --stat listed
}

@test "sorting by each key" {
	id=$(listed 2024-05-31)
	own=${id: -6}
	rectify-status "$id" --to rectifying --at 2024-04-19T09:00:00+08:00 >/dev/null
	[ "$(tails --as-of 2024-05-01)" = "000001 000002 000004 $own 000003 000005 000006" ]
	[ "$(tails --sort due --as-of 2024-05-01)" = "$(tails --as-of 2024-05-01)" ]
	[ "$(tails --sort days --as-of 2024-05-01)" = "$(tails --as-of 2024-05-01)" ]
	[ "$(tails --sort id --as-of 2024-05-01)" = "000001 000002 000003 000004 000005 000006 $own" ]
	[ "$(tails --sort unit --as-of 2024-05-01)" = "$own 000001 000002 000004 000003 000005 000006" ]
	[ "$(tails --sort lead --as-of 2024-05-01)" = "000001 000003 $own 000002 000004 000005 000006" ]
	[ "$(tails --sort state --as-of 2024-05-01)" = "000001 000002 000003 000004 000005 000006 $own" ]
	# 17 April: the first is red, the others yellow
	[ "$(tails --sort light --as-of 2024-04-17)" = "000001 000002 000004 000003 000005 000006" ]
}

@test "--exit-code tells whether there is a row" {
	status 1 rectify-status --overdue --as-of 2024-05-01 --exit-code
	has "$output" "${plan}1"
	status 0 rectify-status --overdue --as-of 2024-04-30 --exit-code
}

@test "--explain says why, which dates count, what is next, what is missing and who may close" {
	local story
	status 0 rectify-status --explain --as-of 2024-05-01 --format csv
	has "$output" '已逾期1天。时限2024-04-30（4月底前）。' '下一步：开始整改（市大数据中心、'
	status 0 rectify-status 000003 --explain --as-of 2024-06-25
	story=${output//[$'\n' ]/}
	# a Sunday, so people are reminded on Friday; the group of the plan is not spelt out
	has "$story" '时限2024-06-30（6月底前），前一工作日2024-06-28提醒。' '已过节点：2024-04-15任务分解到人、2024-05-21中期进度' \
		'下一节点：2024-06-25申请销号。' '销号前还须：M1完成、M2完成、M3完成、第二人审核通过、佐证资料、' \
		'指标达到目标（或说明）。' '可销号单位：平凉市政务服务中心。'
	# what was done is missing no more
	as bigdata-center 王某
	echo 示例 >"$work/proof.txt"
	rectify-status 000003 --to 整改中 --at 2024-06-03T09:00:00+08:00 >/dev/null
	rectify-status 000003 --done M1 --done M2 --evidence "$work/proof.txt" --type 其他 --at 2024-06-03T10:00:00+08:00 >/dev/null
	rectify-status 000003 --done M3 --note 已办 --at 2024-06-04T10:00:00+08:00 >/dev/null
	status 0 rectify-status 000003 --explain --as-of 2024-06-25
	story=${output//[$'\n' ]/}
	has "$story" '下一步：申请销号（市大数据中心、数字政府建设平凉项目组）。' '销号前还须：M3佐证、第二人审核通过、'
	[[ $story != *M1完成* && $story != *、佐证资料、* ]]
	# a measure that is neither done nor shown, where others are
	rectify-status 000003 --undone M3 --at 2024-06-05T10:00:00+08:00 >/dev/null
	status 0 rectify-status 000003 --explain --as-of 2024-06-25
	has "${output//[$'\n' ]/}" '销号前还须：M3完成并附佐证、第二人审核通过、'
}

@test "--explain: a visit's problem asks for a call back, one that needs a rule for the rule" {
	as jingchuan 张某
	problem-log --title 示例 --description 示例 --origin 大走访 --source "$(visit-add --at 2024-04-18T09:00:00+08:00 \
		--indicator-type 政务服务 --enterprise 示例甲 --visitor 张某 --appeal 慢)" --needs-policy 是 \
		--at 2024-04-18T10:00:00+08:00 >p
	status 0 rectify-status "$(cat p)" --explain --as-of 2024-04-19
	has "${output//[$'\n' ]/}" '下一步：列入清单（'
	rectify-status "$(cat p)" --to 已列清单 --set lead=泾川 --set responsible=泾川 --set track=立行立改 --set due=2024-04-30 \
		--at 2024-04-19T10:00:00+08:00 >/dev/null
	status 0 rectify-status "$(cat p)" --explain --as-of 2024-04-20
	has "${output//[$'\n' ]/}" '销号前还须：' '回访诉求人' '制度措施（或说明）'
}

@test "--explain: 立行立改 goes straight to review, and one file speaks for its measures" {
	log --title 窗口指引不清 --lead jingchuan --responsible jingchuan --track immediate --due 2024-04-26 \
		--measure 更新指引 --at 2024-04-18T10:00:00+08:00 >id
	status 0 rectify-status "$(cat id)" --explain --as-of 2024-04-19
	has "${output//[$'\n' ]/}" '下一步：申请销号（' '销号前还须：佐证资料。' \
		'可销号单位：平凉市政务服务中心、泾川县政务服务中心（须先经第二人审核）。'
	echo 示例 >"$work/proof.txt"
	rectify-status "$(cat id)" --to 待验收 --evidence "$work/proof.txt" --type 其他 --at 2024-04-19T10:00:00+08:00 >/dev/null
	status 0 rectify-status "$(cat id)" --explain --as-of 2024-04-20
	lacks "$output" 销号前还须
	# a review that was passed is asked for no more
	rectify-status "$(cat id)" --review 通过 --by 孙某 --at 2024-04-20T10:00:00+08:00 >/dev/null
	status 0 rectify-status "$(cat id)" --explain --as-of 2024-04-20
	has "${output//[$'\n' ]/}" '可销号单位：平凉市政务服务中心、泾川县政务服务中心。'
}

# domain 2.9
@test "lights: green, yellow for a missed step, red when far behind" {
	[ "$(light ${plan}1 2024-04-15)" = "green null" ]
	# 6 of 20 days: behind by 30 points, not more
	[ "$(light ${plan}1 2024-04-16)" = "yellow milestone-missed" ]
	[ "$(light ${plan}1 2024-04-17)" = "red behind" ]
	[ "$(light ${plan}1 2024-05-01)" = "red overdue" ]
	[ "$(light ${plan}3 2024-04-28)" = "yellow milestone-missed" ]
	# two closed weeks without an entry; nothing else is red
	[ "$(light ${plan}3 2024-04-29)" = "red silent" ]
}

@test "lights: due soon until it is submitted, silence of one week, two returns" {
	id=$(log --title 指引 --lead jingchuan --responsible jingchuan --track immediate --due 2024-05-20 \
		--at 2024-04-18T10:00:00+08:00)
	[ "$(light "$id" 2024-04-28)" = "green null" ]
	[ "$(light "$id" 2024-04-29)" = "yellow silent" ]
	rectify-status "$id" --note 已联系厂家 --at 2024-04-29T09:00:00+08:00 >/dev/null
	[ "$(light "$id" 2024-04-29)" = "green null" ]
	rectify-status "$id" --note 已换指引牌 --at 2024-05-12T09:00:00+08:00 >/dev/null
	[ "$(light "$id" 2024-05-12)" = "green null" ]
	[ "$(light "$id" 2024-05-13)" = "yellow due-soon" ]
	echo x >a.txt
	rectify-status "$id" --to submitted --evidence a.txt --type other --at 2024-05-13T09:00:00+08:00 >/dev/null
	[ "$(light "$id" 2024-05-13)" = "green null" ]
	rectify-status "$id" --to returned --note 不清楚 --at 2024-05-14T09:00:00+08:00 >/dev/null
	[ "$(light "$id" 2024-05-14)" = "yellow due-soon" ]
	rectify-status "$id" --set measures=换牌 --note 补措施 --at 2024-05-14T09:10:00+08:00 >/dev/null
	rectify-status "$id" --to rectifying --at 2024-05-14T09:20:00+08:00 >/dev/null
	rectify-status "$id" --to submitted --note 已换 --done M1 --evidence a.txt --type other \
		--at 2024-05-14T10:00:00+08:00 >/dev/null
	rectify-status "$id" --to returned --note 仍不清楚 --at 2024-05-14T11:00:00+08:00 >/dev/null
	[ "$(light "$id" 2024-05-14)" = "red returned-twice" ]
	[ "$(light "$id" 2024-05-21)" = "red overdue" ]
	rectify-status "$id" --to transferred --note 移交 --to-unit 市大数据中心 --at 2024-05-21T09:00:00+08:00 >/dev/null
	[ "$(light "$id" 2024-05-21)" = "null null" ]
	[ "$(ledger --unit jingchuan --as-of 2024-05-21 | jq -c '.problems[0] | [.overdue, .days_left]')" = '[false,null]' ]
}

@test "what was withdrawn is left out and counted, and can be asked for" {
	id=$(log --title 指引 --at 2024-04-18T10:00:00+08:00)
	[ "$(tails --unit jingchuan)" = "${id: -6}" ]
	rectify-status "$id" --to 撤回 --note 录错 --at 2024-04-18T11:00:00+08:00 >/dev/null
	[ "$(tails --unit jingchuan)" = "" ]
	status 0 rectify-status --unit jingchuan
	has "$output" 另有已撤回1件
	[ "$(tails --unit jingchuan --state 已撤回)" = "${id: -6}" ]
	[ "$(tails --unit jingchuan --as-of 2024-04-18T10:30:00+08:00)" = "${id: -6}" ]
}

@test "a unit's folder that is not here is named, and can be left out" {
	rm -r lingtai
	status 3 rectify-status --as-of 2024-05-01
	has "$err" lingtai "[not-here]"
	[ "$output" = "" ]
	[ "$(tails --unit pingliang --as-of 2024-05-01 | wc -w)" = 6 ]
	status 0 rectify-status 000001
	status 1 rectify-status q4z7aa
	has "$err" "not here"
}

@test "a record argument is an id, its end, a path of the record or of an event, or -" {
	event=$(rectify-status ${plan}3 --to rectifying --unit bigdata-center --at 2024-04-18T10:00:00+08:00)
	folder=pingliang/problems/2024-04
	for name in ${plan}3 003 0410-000003 $folder/${plan}3.yaml ./$folder/${plan}3.yaml "$event"; do
		[ "$(ledger "$name" | jq -r .id)" = ${plan}3 ]
	done
	[ "$(echo 003 | ledger - | jq -r .id)" = ${plan}3 ]
	[ "$(printf '%s\r\n\n' "$event" | ledger - | jq -r .id)" = ${plan}3 ]
	(cd $folder && [ "$(ledger ${plan}3.yaml | jq -r .id)" = ${plan}3 ])
	cd /
	status 3 rectify-status 003
	[ "$(ledger "$work/rf/$folder/${plan}3.yaml" | jq -r .id)" = ${plan}3 ]
	[ "$(ledger -C "$work/rf" 003 | jq -r .id)" = ${plan}3 ]
	[ "$(DUBAN_DIR=$work/rf ledger 003 | jq -r .id)" = ${plan}3 ]
	plan-init "$work/other" >/dev/null
	rm "$work"/other/$folder/${plan}3.yaml
	# the folder of a path comes before $DUBAN_DIR
	[ "$(DUBAN_DIR=$work/other ledger "$work/rf/$folder/${plan}3.yaml" | jq -r .id)" = ${plan}3 ]
}

@test "a record that is not there, ambiguous or too short a name" {
	for name in p-20240410-000009 p-20240230-000001 03 q4z7aa 000 no/such/p-20240410-000001.yaml; do
		status 1 rectify-status "$name"
		has "$err" "[no-record]" "$name"
		[ "$output" = "" ]
	done
}

@test "a name that two records share is ambiguous, and both are named" {
	visit() { # UNIT ID
		printf '%s\n' 'kind: visit' "id: $2" "unit: $1" "date: '2024-04-18'" \
			'indicator_type: government-services' 'enterprise: 示例甲' 'appeal: 无' 'visitors: [王某]' \
			"entered: {at: '2024-04-20T10:00:00+08:00', by: 王某, unit: $1, to: recorded}"
	}
	mkdir -p lingtai/visits/2024-04 huating/visits/2024-04
	visit lingtai v-20240418-aabcde >lingtai/visits/2024-04/v-20240418-aabcde.yaml
	visit huating v-20240418-babcde >huating/visits/2024-04/v-20240418-babcde.yaml
	status 1 rectify-status bcde
	has "$err" "[ambiguous]" v-20240418-aabcde v-20240418-babcde
	[ "$(ledger aabcde | jq -r .id)" = v-20240418-aabcde ]
	[ "$(ledger babcde | jq -r .id)" = v-20240418-babcde ]
}

@test "one story at a time, and no options of the table with it" {
	status 2 rectify-status 000001 000002
	status 2 rectify-status 000001 --overdue
	status 2 rectify-status 000001 --state listed
	status 1 rectify-status 000001 --as-of 2024-04-09
	has "$err" "[no-record]" 2024-04-09
}

@test "the story as JSON: head and events" {
	rectify-status 000001 --to rectifying --note 已部署 --unit bigdata-center --by 孙某 --at 2024-04-18T10:00:00+08:00 >/dev/null
	rectify-status 000001 --done M1 --unit kongtong --by 李某 --at 2024-04-19T10:00:00+08:00 >/dev/null
	status 0 ledger 000001 --as-of 2024-05-01
	[ "$(jq -c '[.version, .id, .kind, .state]' <<<"$output")" = "[1,\"${plan}1\",\"problem\",\"rectifying\"]" ]
	[ "$(jq -c 'keys_unsorted[:4]' <<<"$output")" = '["version","id","kind","state"]' ]
	[ "$(jq -c '[.events[] | [.at, .by, .unit, .to, .note]]' <<<"$output")" = \
		'[["2024-04-10T00:00:00+08:00","方案","pingliang","listed","平政服发〔2024〕11号"],["2024-04-18T10:00:00+08:00","孙某","bigdata-center","rectifying","已部署"],["2024-04-19T10:00:00+08:00","李某","kongtong",null,null]]' ]
	[ "$(jq -c '.events[0] | keys_unsorted[:5]' <<<"$output")" = '["at","by","unit","to","note"]' ]
	[ "$(jq -c '[.measures[] | [.id, .done]]' <<<"$output")" = '[["M1",true],["M2",false]]' ]
	[ "$(jq -c '.due' <<<"$output")" = '"2024-04-30"' ]
	[ "$(jq -c '[.events[].done]' <<<"$output")" = '[[],[],["M1"]]' ]
	echo x >a.txt
	event=$(rectify-status 000001 --due 2024-05-15 --note 延期 --evidence a.txt --type other --unit pingliang \
		--at 2024-04-20T10:00:00+08:00)
	status 0 ledger 000001
	[ "$(jq -c '.events[-1] | [.due, .review, .skipped, .file]' <<<"$output")" = "[\"2024-05-15\",null,false,\"$(basename "$event")\"]" ]
	[ -f "$(jq -r '.events[-1].evidence[0]' <<<"$output")" ]
	[ "$(jq -c '[.due, .due_original]' <<<"$output")" = '["2024-05-15","2024-04-30"]' ]
}

@test "milestones that a move brings are done by it: applied, reviewed, closed" {
	id=$(listed 2024-05-31)
	done_now() { ledger "$id" | jq -r '[.milestones[] | select(.done) | .name] | join(" ")'; }
	echo x >a.txt
	rectify-status "$id" --to rectifying --at 2024-04-19T09:00:00+08:00 >/dev/null
	rectify-status "$id" --done M1 --done N2 --evidence a.txt --type other --at 2024-04-19T10:00:00+08:00 >/dev/null
	[ "$(done_now)" = 中期进度 ]
	rectify-status "$id" --to submitted --note 已换 --by 李某 --at 2024-04-19T11:00:00+08:00 >/dev/null
	[ "$(done_now)" = "中期进度 申请销号" ]
	rectify-status "$id" --review passed --by 孙某 --at 2024-04-19T12:00:00+08:00 >/dev/null
	[ "$(done_now)" = "中期进度 申请销号 审核验收" ]
	[ "$(ledger "$id" | jq -r '.events[-1].review')" = passed ]
	rectify-status "$id" --to closed --by 周某 --at 2024-04-19T13:00:00+08:00 >/dev/null
	[ "$(done_now)" = "中期进度 申请销号 审核验收 销号" ]
}

@test "the story as of a moment knows nothing that came later" {
	rectify-status 000001 --to rectifying --note 已部署 --unit bigdata-center --at 2024-04-18T10:00:00+08:00 >/dev/null
	rectify-status 000001 --note 以后的事 --unit bigdata-center --at 2024-04-20T10:00:00+08:00 >/dev/null
	[ "$(ledger 000001 --as-of 2024-04-17 | jq -r '.state, (.events | length)' | xargs)" = "listed 1" ]
	[ "$(ledger 000001 --as-of 2024-04-18T09:59:59+08:00 | jq -r '.state, (.events | length)' | xargs)" = "listed 1" ]
	[ "$(ledger 000001 --as-of 2024-04-18T10:00:00+08:00 | jq -r '.state, (.events | length)' | xargs)" = "rectifying 2" ]
	[ "$(ledger 000001 --as-of 2024-04-20 | jq -r '.events | length')" = 3 ]
	status 0 rectify-status 000001 --as-of 2024-04-19
	lacks "$output" 以后的事
	has "$output" 已部署
}

@test "the story in text tells fields, measures, milestones and what happened, in Chinese" {
	rectify-status 000001 --to rectifying --note 已部署 --unit bigdata-center --by 孙某 --at 2024-04-18T10:00:00+08:00 >/dev/null
	status 0 rectify-status 000001 --as-of 2024-04-19
	has "$output" 电子营业执照应用领域有待进一步拓展 状态：整改中 整改措施 M2 倒排工期 任务分解到人 2024-04-15 \
		过程记录 孙某 已部署 '2024-04-18 10:00 ' 市大数据中心
	[ "$(LC_ALL=C.UTF-8 wc -L <<<"$output")" -le 80 ]
	# no field is left with its ASCII name
	! sed '/^整改措施/,$d' <<<"$output" | grep '^[a-z]'
	status 0 rectify-status 000001 --as-of 2024-04-19 --format csv
	has "$output" '"M2"' '"N6","销号","2024-04-30"' '"2024-04-18 10:00","孙某","市大数据中心","整改中","已部署"'
}

@test "any kind of record has a story" {
	visit=$(visit-add --indicator-type 政务服务 --enterprise 示例甲商贸有限公司 --appeal 无 --visitor 张某 \
		--at 2024-04-18T17:40:00+08:00)
	status 0 rectify-status "$visit"
	has "$output" 示例甲商贸有限公司 张某
	[ "$(ledger "$visit" | jq -r '.kind, .state' | xargs)" = "visit recorded" ]
	rectify-status "$visit" --note 补记 --at 2024-04-18T18:00:00+08:00 >/dev/null
	[ "$(ledger "$visit" | jq -r '.events[1].note')" = 补记 ]
	# words of the plan by their names, what people wrote as they wrote it
	visit=$(visit-add --indicator-type 政务服务 --enterprise kongtong --appeal counties --visitor 张某 --at 2024-04-18T17:40:00+08:00)
	status 0 rectify-status "$visit"
	has "$output" "走访指标类型  政务服务" "走访企业名称  kongtong" "企业反馈诉求  counties" 泾川县政务服务中心
}

@test "where the plan lists no people, reports say that names are as entered" {
	local said=方案未列人员名册，姓名以填报为准，未经核对。
	has "$(rectify-status)" "$said"
	has "$(rectify-status p-20240410-000001)" "$said"
	echo 'people: [{name: 张某, unit: jingchuan, may: [list]}]' >>plan.yaml
	lacks "$(rectify-status)" "$said"
	lacks "$(rectify-status p-20240410-000001)" "$said"
}

@test "values of the wrong sort do not end the program" {
	local file=jingchuan/problems/2024-04/p-20240418-000001.yaml
	mkdir -p ${file%/*}
	cat >$file <<-'EOF'
		kind: problem
		id: p-20240418-000001
		unit: [jingchuan]
		date: 7
		title: {a: b}
		lead: jingchuan
		responsible: [[lingtai], 7, null, kongtong]
		track: null
		due: [2024-05-31]
		measures: [1, {id: 2}, {id: M1, units: {a: b}}]
		milestones: {N1: x}
		indicators: [[seal-rate], null]
		sources: [[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17]]
		entered: {at: '2024-04-18T10:00:00+08:00', by: 张某, unit: jingchuan, to: listed}
	EOF
	status 0 rectify-status --explain
	status 0 rectify-status $file --explain
	has "$output" 崆峒区政务服务中心
	status 0 rectify-status $file --format json
	visit=$(visit-add --indicator-type 政务服务 --enterprise 示例甲商贸有限公司 --appeal 排队 --visitor 张某 --at 2024-04-18T17:40:00+08:00)
	status 0 problem-log --source "$visit" --at 2024-04-18T18:00:00+08:00
	status 1 record-check
}

@test "an unreadable file is an error, never skipped in silence" {
	printf 'kind: problem\nkind: problem\n' >pingliang/problems/2024-04/p-20240411-000007.yaml
	status 1 rectify-status --as-of 2024-05-01
	has "$err" p-20240411-000007.yaml
	[ "$output" = "" ]
	rm pingliang/problems/2024-04/p-20240411-000007.yaml
	echo ': [' >pingliang/problems/2024-04/${plan}1_20240418T100000_0000.yaml
	status 1 rectify-status 000001
	has "$err" ${plan}1_20240418T100000_0000.yaml
}

@test "a link or pipe in the place of a record, an event or a month is never passed over in silence" {
	local place dir=pingliang/problems/2024-04
	for place in $dir/p-20240411-000007.yaml $dir/p-20240410-000001_20240418T100000_0000.yaml pingliang/problems/2024-05; do
		ln -s "$PWD/$dir/p-20240410-000002.yaml" $place
		status 3 rectify-status --as-of 2024-05-01
		[ -z "$output" ]
		has "$err" "$place: error: no regular file or folder has this name [odd-name]"
		status 3 record-list problem --format ids
		rm $place
	done
	mkfifo $dir/p-20240410-000001_20240418T100000_0000.yaml
	status 3 rectify-status 000001
	status 3 rectify-status 000001 --note x
	has "$err" "$dir/p-20240410-000001_20240418T100000_0000.yaml: error: no regular file or folder"
	rm $dir/p-20240410-000001_20240418T100000_0000.yaml
	cd lingtai
	ln -s $PWD/x ../$dir/p-20240410-000001_20240418T100000_0000.yaml
	status 3 rectify-status 000001
	has "$err" "../$dir/p-20240410-000001_20240418T100000_0000.yaml: error:"
}

@test "a full disk is an error" {
	[ -w /dev/full ] || skip "no /dev/full"
	status 3 bash -c 'rectify-status >/dev/full'
	status 3 bash -c 'rectify-status --help >/dev/full'
}
