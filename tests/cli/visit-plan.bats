# visit-plan: plans of visits and walkthroughs (plan L69), and what was done of them. What all writers share is in
# writer.bats.
load common

make_more() {
	folder
	as jingchuan 张某
}

plan() {
	visit-plan --at 2024-04-28T10:00:00+08:00 "$@"
}

visit() { # UNIT DATE ENTERPRISE
	visit-add --at 2024-08-01T10:00:00+08:00 --for "$1" --date "2024-$2" --enterprise "$3" --appeal "无$2" \
		--indicator-type 政务服务 --visitor 张某 2>/dev/null
}

walk() { # UNIT DATE MATTER
	walk-add --at 2024-08-01T10:00:00+08:00 --for "$1" --date "2024-$2" --matter "$3" --experiencer 王某 --method 网上 \
		--finding 无 2>/dev/null
}

# units FILTER: of the units in $output, one a line
units() {
	jq -r ".units[] | select(.unit != null) | $1" <<<"$output"
}

@test "T118 the record of the contract" {
	status 0 plan --period 2024-05 --target 2024-05-10=示例乙食品有限公司 --matter 开办旅馆“一件事” --approved-by 陈某
	[[ $output =~ ^jingchuan/visit-plans/2024-04/(t-20240428-[0-9a-hjkmnp-tv-z]{6})\.yaml$ ]]
	diff "$output" - <<-END
		kind: visit-plan
		id: ${BASH_REMATCH[1]}
		unit: jingchuan
		date: '2024-04-28'
		period: '2024-05'
		targets:
		- {enterprise: 示例乙食品有限公司, date: '2024-05-10'}
		- {matter: 开办旅馆“一件事”}
		approved_by: 陈某
		entered: {at: '2024-04-28T10:00:00+08:00', by: 张某, unit: jingchuan, to: recorded}
	END
	status 0 record-check --strict
}

@test "targets: an enterprise with or without a day, a matter with or without one, others by --set or --file" {
	status 0 plan -n --period 2024-W19 --target =示例甲 --target 示例丙 --matter 2024-05-07=开办餐馆 --matter a=b --matter 开办旅馆
	has "$output" '- {enterprise: 示例甲}' '- {enterprise: 示例丙}' "- {matter: 开办餐馆, date: '2024-05-07'}" '- {matter: a=b}' '- {matter: 开办旅馆}'
	status 0 plan -n --period 2024 --set targets=2024-05-10=示例丙 --matter 开办旅馆
	has "$output" "- {enterprise: 示例丙, date: '2024-05-10'}" '- {matter: 开办旅馆}'
	printf '%s\n' "period: '2024-05'" 'targets:' "- {role: 科室负责人, date: '2024-05-10', enterprise: 示例丙}" >"$work/in.yaml"
	status 0 visit-plan --file "$work/in.yaml"
	has "$(cat "$output")" "- {enterprise: 示例丙, date: '2024-05-10', role: 科室负责人}"
	status 1 plan --period 2024-05
	has "$err" "走访对象: 'targets' is missing [required]"
	status 1 plan --period 2024-05 --target 2024-05-32=示例丙
	has "$err" "--target: error: 计划日期: 'date' is not a date: '2024-05-32'"
	status 1 plan --period 2024-05 --target 2024-05-10
	has "$err" one-of
	status 1 plan --period 2024-05 --target 2024-05-10=示例丙 --target 2024-05-10=示例丙
	has "$err" '[unique-items]'
	status 1 plan --period 2024-05 --matter ' '
	has "$err" 'is blank'
	status 2 visit-plan --file "$work/in.yaml" --matter 开办旅馆
	has "$err" '--file and options for fields exclude each other'
}

@test "a target's day outside the period is warned of, its first and last day are not" {
	status 0 plan --period 2024-05 --target 2024-05-01=示例甲 --target 2024-06-01=示例丙 --matter 2024-05-31=开办旅馆
	[ "$(grep -c 'outside-period' <<<"$err")" -eq 1 ]
	has "$err" "--target: warning: the day lies outside the plan's period [outside-period]"
	status 0 record-check
	has "$err$output" ':8:27: warning:' '[outside-period]'
}

@test "what --matter says stands in the form" {
	printf '#!/bin/sh\ncp "$1" "%s"\n' "$work/form" >"$work/look"
	chmod +x "$work/look"
	VISUAL=$work/look status 1 plan --period 2024-05 --matter 开办旅馆 --edit
	has "$(cat "$work/form")" "period: '2024-05'" '- {matter: 开办旅馆}'
}

@test "a period is a month, a week or a year" {
	local period
	for period in 2024-05 2024-W19 2024; do
		status 0 plan -n --period $period --target =示例丙
	done
	for period in 2024-13 2024-W54 五月 2024-05-06 24-05 2024-final; do
		status 1 plan --period $period --target =示例丙
		has "$err" '--period: error: 计划时段:'
	done
	status 1 plan --period 2024-W53 --target =示例丙
	has "$err" 'the year has no such week [period]'
}

# a month of three units: jingchuan with a plan, lingtai with visits and none, others with nothing
month() {
	plan --period 2024-05 --target 2024-05-10=示例甲商贸有限公司 --target 2024-05-20=示例乙 --matter 开办餐馆“一件事” >/dev/null
	visit jingchuan 05-11 '示例甲 商贸　有限公司' >/dev/null
	visit jingchuan 05-12 示例丁 >/dev/null
	visit jingchuan 06-02 示例乙 >/dev/null
	walk jingchuan 05-13 开办餐馆“一件事” >/dev/null
	walk lingtai 05-13 开办餐馆“一件事” >/dev/null
}

@test "T118 planned against done: by the same enterprise or matter, in the period of the plan" {
	month
	status 0 visit-plan --status --period 2024-05 --as-of 2024-08-01 --format json
	[ "$(jq -c '[.version, .as_of, .period]' <<<"$output")" = '[1,"2024-08-01","2024-05"]' ]
	[ "$(units 'select(.unit == "jingchuan") | [.planned, .done, .open, .visits_beside, .walkthroughs_beside] | @csv')" = 3,2,1,1,0 ]
	[ "$(units 'select(.unit == "lingtai") | [.planned, .done, .open, .visits_beside, .walkthroughs_beside] | @csv')" = 0,0,0,0,1 ]
	[ "$(jq -r '.targets[] | [.name, .kind, .done, (.record // "-")[:10]] | @tsv' <<<"$output")" = \
		"$(printf '%s\t%s\t%s\t%s\n' 示例甲商贸有限公司 visit true v-20240511 示例乙 visit false - 开办餐馆“一件事” walkthrough true w-20240513)" ]
	[ "$(jq -c '.units[-1] | [.unit, .planned, .done, .visits_beside, .walkthroughs_beside]' <<<"$output")" = '[null,3,2,1,1]' ]
	# the visit in June is one beside the plans of June
	status 0 visit-plan --status --period 2024-06 --as-of 2024-08-01 --format json
	[ "$(units 'select(.unit == "jingchuan") | [.planned, .visits_beside] | @csv')" = 0,1 ]
}

@test "T118 units that report and have no plan are named" {
	month
	status 0 visit-plan --status --period 2024-05 --as-of 2024-08-01 --format json
	[ "$(jq -c .units_without_plan <<<"$output")" = '["pingliang","kongtong","lingtai","chongxin","huating","zhuanglang","jingning","industrial-park","bigdata-center"]' ]
	status 0 visit-plan --status --period 2024-05 --as-of 2024-08-01
	has "$output" '未制定走访计划的单位：平凉市政务服务中心、崆峒区政务服务中心、灵台县政务服务中'
	lacks "$(sed -n '/未制定/,/。/p' <<<"$output")" 泾川
	status 0 visit-plan --status --period 2024-06 --as-of 2024-08-01 --format json
	has "$(jq -c .units_without_plan <<<"$output")" '"jingchuan"'
	# one that need not report is shown when it did something
	[ -z "$(units 'select(.unit == "city-hall")')" ]
	visit city-hall 06-03 示例戊 >/dev/null
	status 0 visit-plan --status --period 2024-06 --as-of 2024-08-01 --format json
	[ "$(units 'select(.unit == "city-hall") | .visits_beside')" = 1 ]
}

@test "a unit chooses rows, and is never taken from the environment" {
	month
	status 0 visit-plan --status --as-of 2024-08-01 --format json
	[ "$(units .unit | wc -l)" = 10 ]
	status 0 visit-plan --status --as-of 2024-08-01 --format json --unit 灵台 --unit 泾川
	[ "$(units .unit | xargs)" = "jingchuan lingtai" ]
	rm -r kongtong
	status 3 visit-plan --status
	has "$err" "the folder of unit 'kongtong' is not here"
	status 0 visit-plan --status --unit 泾川
	status 1 visit-plan --status --unit 泾州
}

@test "withdrawn records are left out, and told" {
	month
	rectify-status "$(ls jingchuan/visits/2024-05/v-20240511-*)" --to withdrawn --note 误录 >/dev/null
	status 0 visit-plan --status --as-of 2030-01-01 --format json --unit 泾川
	[ "$(units '[.planned, .done] | @csv')" = 3,1 ]
	status 0 visit-plan --status --as-of 2030-01-01 --unit 泾川
	has "$output" 另有已撤回记录1条，不计入。
	status 0 visit-plan --status --as-of 2024-08-01 --unit 泾川 --format json
	[ "$(units '[.planned, .done] | @csv')" = 3,2 ]
	rectify-status "$(ls jingchuan/visit-plans/*/t-*.yaml)" --to withdrawn --note 重拟 >/dev/null
	status 0 visit-plan --status --as-of 2030-01-01 --format json --unit 泾川
	[ "$(jq -c '[.units[0].planned, .units_without_plan]' <<<"$output")" = '[0,["jingchuan"]]' ]
}

@test "as of a day: what was entered by then" {
	month
	status 0 visit-plan --status --as-of 2024-05-31 --format json --unit 泾川
	[ "$(units '[.planned, .done] | @csv')" = 3,0 ]
	status 0 visit-plan --status --as-of 2024-04-27 --format json --unit 泾川
	[ "$(units '[.planned, .done] | @csv')" = 0,0 ]
}

@test "in every form the same figures" {
	month
	status 0 visit-plan --status --period 2024-05 --as-of 2024-08-01 --unit 泾川
	has "$output" 走访计划完成情况 截至：2024年8月1日 时段：2024-05 计划与完成 \
		'泾川县政务服务中心     3       2       1           1             0'
	grep -Eq '示例乙 +2024-05-20 +否' <<<"$output"
	status 0 visit-plan --status --period 2024-05 --as-of 2024-08-01 --unit 泾川 --format csv
	has "$output" '"泾川县政务服务中心","3","2","1","1","0"'
	status 0 visit-plan --status --period 2024-05 --as-of 2024-08-01 --unit 泾川 --format csv --encoding gb18030
	status 2 visit-plan --status --format md5
	local utf gbk
	utf=$(TZ=UTC LC_ALL=C visit-plan --status --as-of 2024-08-01 | sha256sum)
	gbk=$(TZ=America/New_York LC_ALL=C.UTF-8 visit-plan --status --as-of 2024-08-01 | sha256sum)
	[ "$utf" = "$gbk" ]
}

@test "what goes with the table and what with a plan" {
	local option
	for option in --target=a=b --matter=a --approved-by=陈某 --by=张某 --at=2024-04-28T10:00:00+08:00 --date=2024-04-28 \
		--set=note=x --edit --dry-run --for=lingtai --wait=3; do
		status 2 visit-plan --status $option
		has "$err" '--status goes with --period, --unit and the options of a report'
	done
	status 2 visit-plan --status --file x
	for option in --as-of=2024-05-01 --format=json --encoding=gb18030 --redact; do
		status 2 plan --period 2024-05 --target =示例丙 $option
	done
	status 2 plan --period 2024-05 --target =示例丙 --unit 泾川 --unit 灵台
	status 1 visit-plan --status --period 五月
	has "$err" "--period: '五月' is no period"
	# the acting unit as with every writer
	status 0 plan --period 2024-05 --target =示例丙 --unit 灵台
	has "$(cat "$output")" 'unit: lingtai'
	unset DUBAN_UNIT
	status 1 plan --period 2024-05 --target =示例丙
	has "$err" 'the unit one acts for is missing'
}
