# visit-add: visits to enterprises (annex 1). What all writers share is in writer.bats.
load common

make_more() {
	folder
	as jingchuan 张某
}

visit() {
	visit-add --at 2024-04-18T17:40:00+08:00 --indicator-type 政务服务 --visitor 张某 "$@"
}

@test "the record of the contract" {
	status 0 visit --enterprise 示例甲商贸有限公司 --appeal 办理食品经营许可证时重复提交营业执照复印件 \
		--solution 已协调窗口调用电子营业执照，现场办结 --visitor 李某 --method 现场 --focus 15 --focus 16
	[[ $output =~ ^jingchuan/visits/2024-04/(v-20240418-[0-9a-hjkmnp-tv-z]{6})\.yaml$ ]]
	diff "$output" - <<-END
		kind: visit
		id: ${BASH_REMATCH[1]}
		unit: jingchuan
		date: '2024-04-18'
		indicator_type: government-services
		enterprise: 示例甲商贸有限公司
		appeal: 办理食品经营许可证时重复提交营业执照复印件
		solution: 已协调窗口调用电子营业执照，现场办结
		visitors: [张某, 李某]
		method: on-site
		focus: [15, 16]
		entered: {at: '2024-04-18T17:40:00+08:00', by: 张某, unit: jingchuan, to: recorded}
	END
	status 0 record-check --strict
}

@test "T139 what must be there is asked for by its label" {
	status 1 visit-add --date 2024-04-18
	has "$err" "走访指标类型: 'indicator_type' is missing [required]" "走访企业名称: 'enterprise' is missing" \
		"企业反馈诉求: 'appeal' is missing" "走访人: 'visitors' is missing"
	[ -z "$(find . -name 'v-*')" ]
}

@test "an empty or blank field is as good as none" {
	local blank
	for blank in '' ' ' '　' $'\n'; do
		status 1 visit --enterprise "$blank" --appeal 无
		has "$err" '--enterprise: error: 走访企业名称:'
		status 1 visit --enterprise 示例甲 --appeal "$blank"
		has "$err" "--appeal: error: 企业反馈诉求: 'appeal' is blank"
		status 1 visit --enterprise 示例甲 --appeal 无 --visitor "$blank"
		has "$err" '--visitor: error: 走访人:'
	done
	status 1 visit --enterprise 甲 --appeal 无
	has "$err" --enterprise
	[ -z "$(find . -name 'v-*')" ]
}

@test "the same visit again is a warning that names the first; spaces and widths do not matter" {
	status 0 visit --enterprise '示例甲（泾川）公司' --appeal 无
	local first=$output
	[ -z "$err" ]
	status 0 visit --enterprise '示例甲　(泾川) 公司' --appeal ' 无'
	has "$err" 'visit-add: warning: the same visit is there already [same-visit]' "$first"
	[ -f "$output" ] && [ "$output" != "$first" ]
	status 0 visit --enterprise '示例甲（泾川）公司' --appeal 另一诉求
	lacks "$err" same-visit
	status 0 visit --enterprise '示例甲（泾川）公司' --appeal 无 --date 2024-04-17
	lacks "$err" same-visit
	status 0 visit --enterprise '示例甲（泾川）公司' --appeal 无 --for lingtai
	lacks "$err" same-visit
}

@test "T140 all words for nothing are 无, as an option, in a document, in a correction" {
	local word
	for word in 暂无 没有 无诉求 — / ' 无 '; do
		status 0 visit -n --enterprise 示例甲 --appeal "$word"
		grep -qx 'appeal: 无' <<<"$output"
	done
	status 0 visit-add -n --at 2024-04-18T17:40:00+08:00 --file - <<<'{indicator_type: 政务服务, enterprise: 示例甲, appeal: 暂无, visitors: [张某]}'
	grep -qx 'appeal: 无' <<<"$output"
	status 0 visit --enterprise 示例甲 --appeal 办理慢
	status 0 rectify-status -n "$output" --set appeal=没有诉求
	grep -qx "set: {appeal: 无}" <<<"$output"
	# it is a word for nothing, not its beginning; what may be left out is kept as it is said
	status 0 visit -n --enterprise 示例甲 --appeal 没有窗口 --solution 暂无
	grep -qx 'appeal: 没有窗口' <<<"$output"
	grep -qx 'solution: 暂无' <<<"$output"
}

@test "T141 an appeal without a solution belongs on the list of problems, unless it is said why not" {
	status 0 visit --enterprise 示例甲 --appeal 办理慢
	has "$err" 'visit-add: note: the appeal has no solution: it belongs on the list' \
		"problem-log --source $(basename "$output" .yaml)"
	status 0 problem-log --source "$(basename "$output" .yaml)"
	status 0 visit --enterprise 示例乙 --appeal 办理慢 --solution 已增设窗口
	[ -z "$err" ]
	status 0 visit --enterprise 示例丙 --appeal 办理慢 --no-problem-reason 属政策咨询，已答复
	[ -z "$err" ]
	status 0 visit --enterprise 示例丁 --appeal 暂无
	[ -z "$err" ]
}

@test "a visit that was withdrawn is none to repeat" {
	status 0 visit --enterprise 示例甲 --appeal 无
	status 0 rectify-status "$output" --to withdrawn --note 录入有误
	status 0 visit --enterprise 示例甲 --appeal 无
	[ -z "$err" ]
}

@test "the same visit twice in one file is a warning with both places" {
	cat >"$work/in.yaml" <<-END
		indicator_type: 政务服务
		enterprise: 示例甲
		appeal: 无
		visitors: [张某]
		date: 2024-04-18
		---
		{indicator_type: 政务服务, enterprise: 示例乙, appeal: 无, visitors: [张某], date: 2024-04-18}
		---
		{indicator_type: 政务服务, enterprise: 示例 甲, appeal: 无, visitors: [李某], date: 2024-04-18}
	END
	status 0 visit-add --file "$work/in.yaml"
	[ "$(wc -l <<<"$output")" = 3 ]
	has "$err" 'in.yaml:9:1: warning: the same visit is given twice [same-visit]' 'it stands first at line 1'
	[ "$(grep -c warning <<<"$err")" = 1 ]
}

@test "many visits of one day: those that are there are read once" {
	mkdir -p jingchuan/visits/2024-04
	seq -f %06g 2000 | awk '{
		text = "indicator_type: government-services\nenterprise: 示例" $1 "\nappeal: 无\nvisitors: [张某]\n"
		file = "jingchuan/visits/2024-04/v-20240418-" $1 ".yaml"
		printf "kind: visit\nid: v-20240418-%s\nunit: jingchuan\ndate: \0472024-04-18\047\n%s", $1, text >file
		print "entered: {at: \0472024-04-18T17:40:00+08:00\047, by: 张某, unit: jingchuan, to: recorded}" >file
		close(file)
		printf "---\ndate: 2024-04-18\n%s", text
	}' >"$work/in.yaml"
	status 0 timeout 60 visit-add -n --file "$work/in.yaml"
	[ "$(grep -c 'the same visit is there already' <<<"$err")" = 2000 ]
	has "$err" jingchuan/visits/2024-04/v-20240418-001234.yaml
}

@test "T026 T027 a day outside the campaign, or one without work, is a warning" {
	status 0 visit-add -n --at 2024-04-10T09:00:00+08:00 --indicator-type 政务服务 --visitor 张某 --enterprise 示例甲 --appeal 无
	has "$err" '--date: warning: the day lies before the campaign (活动期前) [before-campaign]'
	status 0 visit -n --enterprise 示例甲 --appeal 无 --date 2024-04-11
	[ -z "$err" ]
	status 0 visit-add -n --at 2024-08-21T09:00:00+08:00 --indicator-type 政务服务 --visitor 张某 --enterprise 示例甲 --appeal 无
	has "$err" '活动期后' '[after-campaign]'
	status 0 visit-add -n --at 2024-05-02T09:00:00+08:00 --indicator-type 政务服务 --visitor 张某 --enterprise 示例甲 --appeal 无
	has "$err" 'the day is no working day [no-workday]'
	# 28 April, a Sunday, was worked
	status 0 visit-add -n --at 2024-04-28T09:00:00+08:00 --indicator-type 政务服务 --visitor 张某 --enterprise 示例甲 --appeal 无
	[ -z "$err" ]
}

@test "T013 T138 an indicator type that the plan does not know is kept with a warning" {
	status 0 visit -n --enterprise 示例甲 --appeal 无 --set note=x
	status 0 visit-add -n --at 2024-04-18T17:40:00+08:00 --visitor 张某 --enterprise 示例甲 --appeal 无 --indicator-type 获得信贷
	has "$output" 'indicator_type: 获得信贷'
	has "$err" "--indicator-type: warning: 走访指标类型:" 'allowed: market-access 市场准入, government-services 政务服务'
	status 0 visit-add -n --at 2024-04-18T17:40:00+08:00 --visitor 张某 --enterprise 示例甲 --appeal 无 --indicator-type 市场准入
	has "$output" 'indicator_type: market-access'
	[ -z "$err" ]
	# one that the plan's vocabulary takes up is a word like the two
	sed -i 's/^    - {code: market-access/    - {code: credit, name: 获得信贷}\n&/' plan.yaml
	status 0 visit-add -n --at 2024-04-18T17:40:00+08:00 --visitor 张某 --enterprise 示例甲 --appeal 无 --indicator-type 获得信贷
	has "$output" 'indicator_type: credit'
	[ -z "$err" ]
}

@test "a focus point, a problem or a credit code that there is not is refused" {
	status 1 visit --enterprise 示例甲 --appeal 无 --focus 19 --focus 0 --focus 一
	has "$err" "item 1 of 'focus' is more than 18: 19 [maximum]" "item 2 of 'focus' is less than 1: 0" "item 3 of 'focus' must be an integer, not '一'"
	status 1 visit --enterprise 示例甲 --appeal 无 --focus 15 --focus 15
	has "$err" "item 2 of 'focus' is the same as item 1"
	status 1 visit --enterprise 示例甲 --appeal 无 --problem p-20240410-000009
	has "$err" "there is no record 'p-20240410-000009' of the right kind"
	status 1 visit --enterprise 示例甲 --appeal 无 --problem ../../etc/passwd
	status 1 visit --enterprise 示例甲 --appeal 无 --credit-code 12345
	status 0 visit --enterprise 示例甲 --appeal 无 --problem p-20240410-000001
	has "$(cat "$output")" 'problems: [p-20240410-000001]'
}

@test "T030 there is no phase, no telephone and no address: unknown fields are refused" {
	local field
	for field in phase stage phone address; do
		status 1 visit --enterprise 示例甲 --appeal 无 --set $field=x
		has "$err" "there is no field '$field' [unknown-field]"
		status 2 visit --enterprise 示例甲 --appeal 无 --$field x
	done
	[ -z "$(find . -name 'v-*')" ]
}
