# dispatch-report: the issues of a plan's reports (domain 2.10, 2.11).
load common

make_more() {
	folder
	as jingchuan 张某
}

visit() { # DATE AT ENTERPRISE [OPTION...]
	visit-add --date "2024-$1" --at "2024-$2T17:00:00+08:00" --indicator-type 政务服务 --enterprise "$3" --visitor 张某 "${@:4}"
}

problem() { # DATE DUE [OPTION...]
	problem-log --title 示例问题 --description 示例描述 --origin 自查发现 --date "2024-$1" --at "2024-$1T08:00:00+08:00" \
		--lead 泾川 --responsible 泾川 --track 立行立改 --due "2024-$2" --measure 示例措施 "${@:3}"
}

event() { # RECORD DAY OPTION...
	rectify-status "$1" --at "2024-$2T09:00:00+08:00" "${@:3}" >/dev/null
}

close_it() { # RECORD DAY
	echo 示例 >"$work/proof.txt"
	event "$1" "$2" --by 李某 --to 待验收 --note 已办 --evidence "$work/proof.txt" --type 其他
	rectify-status "$1" --at "2024-$2T10:00:00+08:00" --by 孙某 --review 通过 >/dev/null
	rectify-status "$1" --at "2024-$2T11:00:00+08:00" --by 周某 --to 已销号 >/dev/null
}

json() { # OPTION...
	status 0 dispatch-report --format json "$@"
}

# of KEY ITEM COLUMN...: of the row of a table of $output whose item it is
of() {
	jq -c --arg table "$1" --arg item "$2" '.[$table][] | select(.item == $item) | [.[$ARGS.positional[]]]' \
		<<<"$output" --args "${@:3}"
}

sections() { # OPTION...: the headings of the second level
	dispatch-report --format md "$@" | sed -n 's/^## //p'
}

@test "a week: every section in order, none left out when nothing happened" {
	[ "$(sections --week 2024-W18 --as-of 2024-05-06)" = "数据说明
一、总体情况
二、六项反馈问题
三、证照电子签章率专项调度
四、走访排查重点18项
五、县（市、区）进度
六、红黄灯清单
七、临期与逾期
八、上期议定事项落实
九、需协调解决事项与督办
十、下周重点
十一、更正
附表" ]
	status 0 dispatch-report --week 2024-W18 --as-of 2024-05-06
	has "$output" 专项活动周调度 第4期 2024年4月29日至5月5日 数据截止：2024年5月6日 内部资料 '本期发出
无'
	# a note below a figure is on a line of its own, not behind a newline made visible
	has "$output" （推算）
	! grep -F '\n' <<<"$output"
}

@test "a month and the summary: every section in order" {
	[ "$(sections --month 2024-05 --as-of 2024-06-01)" = "数据说明
一、总体完成情况
二、六项反馈问题
三、指标排名
四、证照电子签章率月通报
五、“好差评”情况
六、12345热线情况
七、督导检查情况
八、做得好的和存在问题的单位
九、下月要求
十、更正
附件" ]
	[ "$(sections --final --as-of 2024-08-09)" = "数据说明
一、活动开展基本情况
二、六项反馈问题整改结果
三、自查发现问题清单与销号
四、立行立改与限期整改
五、建章立制清单
六、企业诉求办理
七、成效
八、目标完成情况
九、督导问责情况
十、存在问题与下一步
十一、更正
附件" ]
}

@test "the issue: number, default, what is none" {
	json --week 2024-W15 --as-of 2024-04-15
	[ "$(jq -c '[.report,.issue,.period,.from,.until]' <<<"$output")" = '["weekly",1,"2024-W15","2024-04-08","2024-04-14"]' ]
	json --month 2024-07 --as-of 2024-08-01
	[ "$(jq -c '[.report,.issue,.from,.until]' <<<"$output")" = '["monthly",4,"2024-07-01","2024-07-31"]' ]
	json --final --as-of 2024-08-09
	[ "$(jq -c '[.report,.issue,.from,.until,.state_on]' <<<"$output")" = '["final",null,"2024-04-10","2024-08-20","2024-08-09"]' ]
	# the last week that is over; on a Sunday it is not yet; after the campaign its last
	json --as-of 2024-05-06
	[ "$(jq -r .period <<<"$output")" = 2024-W18 ]
	json --as-of 2024-05-05
	[ "$(jq -r .period <<<"$output")" = 2024-W17 ]
	json
	[ "$(jq -r .period <<<"$output")" = 2024-W34 ]
	status 1 dispatch-report --week 2024-W14
	has "$err" 2024-W15 2024-W34
	status 1 dispatch-report --week 2024-05
	status 1 dispatch-report --month 2024-08
	has "$err" 2024-04 2024-07
	status 1 dispatch-report --week 2024-W18 --as-of 2024-04-20
	status 2 dispatch-report --week 2024-W18 --final
	status 2 dispatch-report --redact --no-redact
}

@test "which are due: their names and days, by the plan's clock, in the plan's bounds" {
	status 0 dispatch-report --due --as-of 2024-05-06
	[ "$output" = '2024-W15	2024-04-15
2024-W16	2024-04-22
2024-W17	2024-04-29
2024-W18	2024-05-06
2024-04	2024-05-01' ]
	status 0 dispatch-report --due --as-of 2024-04-14T15:59:59Z
	[ -z "$output$err" ]
	status 0 dispatch-report --due --as-of 2024-04-14T16:00:00Z
	[ "$output" = '2024-W15	2024-04-15' ]
	status 0 dispatch-report --due
	[ "$(wc -l <<<"$output")" = 25 ] # 20 weeks, 4 months and the summary
	[ "$(tail -n 2 <<<"$output")" = '2024-07	2024-08-01
2024-final	2024-08-21' ]
	for option in --final --week=2024-W18 --unit=泾川 --format=json --redact --no-redact; do
		status 2 dispatch-report --due "$option"
	done
	status 3 sh -c 'dispatch-report --due >/dev/full'
}

@test "records count by date, moves by their time, enterprises once" {
	local a
	visit 04-30 04-30 示例甲商贸有限公司 --appeal 办事慢 >/dev/null
	visit 05-02 05-02 '示例甲 商贸有限公司' --appeal 无 >/dev/null
	visit 05-06 05-06 示例乙食品有限公司 --appeal 无 >/dev/null
	walk-add --date 2024-04-29 --at 2024-04-29T12:00:00+08:00 --experiencer 王某 --matter 开办餐馆 --method 线下窗口 --finding 无 >/dev/null
	a=$(problem 04-15 05-31)
	problem 04-30 05-31 >/dev/null
	close_it "$a" 05-03
	json --week 2024-W18 --as-of 2024-05-06
	[ "$(of overall visits period before total)" = '[2,0,2]' ]
	[ "$(of overall enterprises period total)" = '[1,1]' ]
	[ "$(of overall appeals period)" = '[1]' ]
	[ "$(of overall walkthroughs period total)" = '[1,1]' ]
	# the plan's six were listed before
	[ "$(of overall listed period total)" = '[1,8]' ]
	[ "$(of overall closed period total)" = '[1,1]' ]
	[ "$(of stock open start end)" = '[7,7]' ]
	[ "$(of rates_overall closing numerator denominator rate)" = '[1,8,"12.50"]' ]
	# the same share in both tables, and both with its sign
	[ "$(dispatch-report --format md --week 2024-W18 --as-of 2024-05-06 | grep -c '12.50%')" = 2 ]
	has "$(dispatch-report --week 2024-W18 --as-of 2024-05-06)" ' +12.50个百分点'
	[ "$(jq -c '[.list_added[].unit]' <<<"$output")" = '["jingchuan"]' ]
	[ "$(jq -c '[.list_closed[].closed]' <<<"$output")" = '["2024-05-03"]' ]
	[ "$(jq '.list_open | length' <<<"$output")" = 7 ]
	json --week 2024-W19 --as-of 2024-05-13
	[ "$(of overall visits period before total)" = '[1,2,3]' ]
	[ "$(of overall enterprises period before total)" = '[1,1,2]' ]
}

@test "T080 the certificates in each brief: missing weeks, ranks, increase, what is left" {
	indicator-add --indicator seal-rate --numerator 8 --denominator 10 --date 2024-04-26 --at 2024-04-26T09:00:00+08:00 >/dev/null
	indicator-add --indicator seal-rate --numerator 9 --denominator 10 --date 2024-05-02 --at 2024-05-02T09:00:00+08:00 >/dev/null
	indicator-add --indicator seal-rate --numerator 99 --denominator 100 --unit 灵台 --date 2024-05-02 --at 2024-05-02T09:00:00+08:00 >/dev/null
	json --week 2024-W18 --as-of 2024-05-06
	[ "$(jq -c '.required[] | select(.unit == "jingchuan") | [.indicator,.numerator,.denominator,.value,.increase,.rank,.missed]' <<<"$output")" = \
		'["seal-rate",9,10,"90.00","10.00",2,["第15周","第16周"]]' ]
	[ "$(jq -c '.required[] | select(.unit == "lingtai") | [.rank,.missed]' <<<"$output")" = '[1,["第15周","第16周","第17周"]]' ]
	[ "$(jq -c '.required[] | select(.unit == "jingning") | [.rank,.status,.missed]' <<<"$output")" = \
		'[null,"not-reported",["第15周","第16周","第17周","第18周"]]' ]
	status 0 dispatch-report --week 2024-W18 --as-of 2024-05-06
	has "$output" '+10.00个百分点' '分子108，分母110，尚差2。' '还有56天（8周）。' 漏调度
	json --month 2024-05 --as-of 2024-06-01
	[ "$(jq -c '.required[] | select(.unit == "jingchuan") | .missed' <<<"$output")" = '["第19周","第20周","第21周"]' ]
}

@test "T049 the 18 points by unit, none missing" {
	inspect-add --point 12 --windows-total 42 --windows-covered 40 --inspector 赵某 --date 2024-05-02 --at 2024-05-02T09:00:00+08:00 >/dev/null
	inspect-add --point 7 --nearby-items 3 --inspector 赵某 --date 2024-05-02 --at 2024-05-02T09:00:00+08:00 >/dev/null
	json --week 2024-W18 --as-of 2024-05-06
	[ "$(jq -c '[.points[].point]' <<<"$output")" = '[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18]' ]
	[ "$(jq -c '[.points[] | select(.answered > 0) | [.point,.jingchuan,.lingtai]]' <<<"$output")" = '[[7,"answered",null],[12,"short",null]]' ]
	status 0 dispatch-report --week 2024-W18 --as-of 2024-05-06
	has "$output" '12  评价设备' '无一单位填报的重点：1.进驻事项负面清单'
}

@test "T118 planned against done, and who has no plan" {
	visit-plan --period 2024-W18 --target 2024-04-30=示例甲商贸有限公司 --target 2024-05-02=示例乙食品有限公司 \
		--approved-by 陈某 --at 2024-04-28T09:00:00+08:00 --date 2024-04-28 >/dev/null
	visit 04-30 04-30 示例甲商贸有限公司 --appeal 无 >/dev/null
	json --week 2024-W18 --as-of 2024-05-06
	[ "$(jq -c '.units_progress[] | select(.unit == "jingchuan") | [.planned,.done,.visits]' <<<"$output")" = '[2,1,1]' ]
	[ "$(jq -c '.units_progress[] | select(.unit == "lingtai") | [.planned,.done]' <<<"$output")" = '[null,null]' ]
	status 0 dispatch-report --week 2024-W18 --as-of 2024-05-06
	output=$(sed -n '/^未制定/,/^$/p' <<<"$output" | tr -d '\n')
	has "$output" 灵台县政务服务中心
	lacks "$output" 泾川县
}

@test "T014 the four parts by name" {
	status 0 dispatch-report --week 2024-W18 --as-of 2024-05-06
	has "$(tr -d '\n' <<<"$output")" '“走流程、找堵点、解难题、优服务”活动'
}

@test "T113 a circular names a unit in the month once a person approved it" {
	as pingliang 周某
	supervise-log --form 通报 --subject 灵台 --problem p-20240410-000006 --trigger incomplete --requirement 限期整改 \
		--date 2024-05-20 --at 2024-05-20T09:00:00+08:00 >/dev/null
	supervise-log --form 通报 --subject 静宁 --problem p-20240410-000006 --trigger incomplete --requirement 限期整改 \
		--approved-by 陈某 --date 2024-05-21 --at 2024-05-21T09:00:00+08:00 >/dev/null
	status 0 dispatch-report --month 2024-05 --as-of 2024-06-01
	output=$(sed -n '/^通报整改/,/^$/p' <<<"$output" | tr -d '\n')
	has "$output" '静宁县政务服务中心（5月21日）' '未记批准人的通报1件'
	lacks "$output" 灵台
}

@test "T018 four headings of the summary, what nobody wrote is flagged" {
	status 0 dispatch-report --final --as-of 2024-08-09 --format md
	has "$output" '（一）政务服务更规范' '（四）场景应用更丰富'
	[ "$(grep -c 待填写 <<<"$output")" = 5 ]
	sed -i 's/^  final: {name: 工作总结}/  final:\n    name: 工作总结\n    effects: [示例成效]\n    outlook: 示例下一步/' plan.yaml
	status 0 dispatch-report --final --as-of 2024-08-09 --format md
	has "$output" 示例成效 示例下一步
	[ "$(grep -c 待填写 <<<"$output")" = 3 ]
}

@test "T020 the goal: not reported, reached, missed" {
	status 0 dispatch-report --final --as-of 2024-08-09
	has "$output" '指标位次：未报送'
	as pingliang 张某
	indicator-add --indicator provincial-rank --count 1 --date 2024-08-01 --at 2024-08-01T09:00:00+08:00 >/dev/null
	status 0 dispatch-report --final --as-of 2024-08-09
	has "$output" '第1位，达成'
	indicator-add --indicator provincial-rank --count 2 --date 2024-08-02 --at 2024-08-02T09:00:00+08:00 >/dev/null
	status 0 dispatch-report --final --as-of 2024-08-09
	has "$output" '第2位，未达成'
}

@test "corrections: what came late, was set or withdrawn, and the figures then and now" {
	local a b
	a=$(visit 05-02 05-02 示例甲商贸有限公司 --appeal 无)
	b=$(visit 05-02 05-02 示例乙食品有限公司 --appeal 办事慢)
	visit 05-01 05-08 示例丙建材有限公司 --appeal 办事慢 >/dev/null
	visit 05-01 05-09 示例戊农机有限公司 --appeal 办事慢 >/dev/null
	# known by the end of Monday
	visit 05-01 05-06 示例丁物流有限公司 --appeal 无 >/dev/null
	event "$a" 05-07 --to withdrawn --note 误填
	event "$b" 05-08 --set appeal=无 --note 更正
	indicator-add --indicator seal-rate --numerator 9 --denominator 10 --date 2024-05-02 --at 2024-05-09T09:00:00+08:00 >/dev/null
	json --week 2024-W19 --as-of 2024-05-13
	[ "$(jq -c '[.changes[] | [.item,.issued,.now,.difference]]' <<<"$output")" = \
		'[["visits","3","4","+1"],["enterprises","3","4","+1"],["appeals","1","2","+1"],["seal-rate",null,"90.00",null]]' ]
	[ "$(jq -c '[.corrections[] | [.unit,.kind,.what,.count]]' <<<"$output")" = \
		'[["jingchuan","visit","late",2],["jingchuan","visit","set",1],["jingchuan","visit","withdrawn",1],["jingchuan","observation","late",1]]' ]
	[ "$(of overall visits before)" = '[4]' ]
	[ "$(jq -c '[.corrections[].fields]' <<<"$output")" = '[null,"appeal",null,null]' ]
	# people read what clerks call the field, and the week and day in words
	status 0 dispatch-report --week 2024-W19 --as-of 2024-05-13
	has "$output" 企业反馈诉求 '上期（2024年第18周）按截至2024年5月6日掌握的情况编发'
	lacks "$output" appeal
	# as the issue of that week said it, and as it says it now
	json --week 2024-W18 --as-of 2024-05-06
	[ "$(of overall appeals period)" = '[1]' ]
	json --week 2024-W19 --as-of 2024-05-06
	[ "$(jq -c '[.changes,.corrections]' <<<"$output")" = '[[],[]]' ]
}

@test "a change of a share is in points for people, bare for programs; a spreadsheet says % in the header" {
	local day
	for day in 05-02 05-08; do
		indicator-add --indicator seal-rate --numerator 8${day#*-0} --denominator 100 --date 2024-05-02 --at "2024-${day}T09:00:00+08:00" >/dev/null
	done
	json --week 2024-W19 --as-of 2024-05-13
	[ "$(jq -c '[.changes[] | [.item,.issued,.now,.difference]]' <<<"$output")" = '[["seal-rate","82.00","88.00","+6.00"]]' ]
	has "$(dispatch-report --week 2024-W19 --as-of 2024-05-13)" ' +6.00个百分点'
	problem 04-30 05-31 >/dev/null
	close_it "$(problem 04-15 05-31)" 05-03
	dispatch-report --week 2024-W18 --as-of 2024-05-06 --format csv >brief.csv
	grep -q '^"项目","分子","分母","期末（%）","上期末（%）","较上期末（百分点）"' brief.csv
	grep -q '^"单位","列账","已销号","销号率（%）","按期","按期率（%）",' brief.csv
	grep -q '^"销号率","1","8","12.50","' brief.csv
	# elsewhere the sign stands with the figure
	lacks "$(dispatch-report --week 2024-W18 --as-of 2024-05-06)" '销号率（%）' '期末（%）'
}

@test "a unit wants something when it is behind in more than it leads, or has a fault" {
	local indicator unit n=0
	for unit in kongtong jingchuan lingtai chongxin huating; do
		visit-plan --unit "$unit" --period 2024-05 --at 2024-05-02T09:00:00+08:00 --target 2024-05-10=示例甲商贸有限公司 --approved-by 陈某 >/dev/null
		n=$((n + 1))
		for indicator in seal-rate gkb-online-share gkb-usable-share; do
			# of the three, kongtong leads two and is last in the third
			[ $indicator != gkb-usable-share ] || [ $unit != kongtong ] || n=9
			indicator-add --unit "$unit" --indicator $indicator --numerator $((90 - n)) --denominator 100 --date 2024-05-20 \
				--at 2024-05-20T09:00:00+08:00 >/dev/null
			[ $n != 9 ] || n=1
		done
	done
	json --month 2024-05 --as-of 2024-06-01
	[ "$(jq -c '[.standing[] | select(.unit == ("kongtong", "huating", "zhuanglang")) | [.unit,.front,.behind,.assessment]]' <<<"$output")" = \
		'[["kongtong",2,1,"even"],["huating",0,3,"wanting"],["zhuanglang",0,0,"wanting"]]' ]
}

@test "red for silence stands apart from red for lateness" {
	problem 04-15 04-20 >/dev/null
	problem 04-15 08-30 >/dev/null
	json --week 2024-W20 --as-of 2024-05-20
	[ "$(jq -c '[.lights[] | select(.unit == "jingchuan") | [.light,.light_reason]]' <<<"$output")" = '[["red","overdue"]]' ]
	[ "$(jq -c '[.silent[] | select(.unit == "jingchuan") | [.light,.light_reason]]' <<<"$output")" = '[["red","silent"]]' ]
	[ "$(jq -c '[.due[] | select(.unit == "jingchuan") | [.when,.days_left]]' <<<"$output")" = '[["overdue",-29]]' ]
	# yellow for the same reason is no less without a report: counted, too
	problem 05-17 08-30 >/dev/null
	json --month 2024-05 --as-of 2024-06-01
	[ "$(jq -c '[.standing[] | select(.unit == "jingchuan") | .silent]' <<<"$output")" = '[2]' ]
}

@test "what is due on the last day of the week is not for the next one" {
	json --week 2024-W18 --as-of 2024-04-29
	[ "$(jq -r '.plan_progress[0].next' <<<"$output")" = '4月30日销号
4月30日到期' ]
	json --week 2024-W18 --as-of 2024-04-30
	[ "$(jq -r '.plan_progress[0].next' <<<"$output")" = null ]
}

@test "an indicator that two problems are linked to has one course" {
	as pingliang 周某
	event pingliang/problems/2024-04/p-20240410-000006.yaml 04-11 --set indicators=review-coverage --set indicators=seal-rate --note 示例
	as jingchuan 张某
	for day in 12 19 26; do
		indicator-add --indicator seal-rate --numerator 9 --denominator 10 --date 2024-04-$day --at 2024-04-${day}T09:00:00+08:00 >/dev/null
	done
	json --week 2024-W17 --as-of 2024-04-29
	[ "$(jq -c '[.trend[] | .indicator + " " + .date]' <<<"$output")" = \
		'["seal-rate 2024-04-14","seal-rate 2024-04-21","seal-rate 2024-04-28"]' ]
}

@test "corrections name each field once" {
	local a b
	a=$(visit 05-02 05-02 示例甲商贸有限公司 --appeal 无)
	b=$(visit 05-03 05-03 示例乙食品有限公司 --appeal 办事慢)
	event "$a" 05-07 --set solution=已办 --set appeal=办事慢 --note 更正
	event "$b" 05-08 --set appeal=无 --set enterprise=示例丁物流有限公司 --note 更正
	json --week 2024-W19 --as-of 2024-05-13
	[ "$(jq -r '.corrections[] | select(.what == "set") | .fields | split("、") | sort | join(" ")' <<<"$output")" = 'appeal enterprise solution' ]
}

@test "what was asked last time comes back with its answer" {
	local s
	as pingliang 周某
	s=$(supervise-log --form 督办单 --subject 泾川 --trigger incomplete --requirement 三日内报送 --finding 未报进展 --due 2024-04-26 \
		--date 2024-04-23 --at 2024-04-23T09:00:00+08:00)
	supervise-log --form 约谈提醒 --subject 灵台 --trigger inactive --requirement 说明情况 --finding 未走访 --date 2024-04-30 --at 2024-04-30T09:00:00+08:00 >/dev/null
	json --week 2024-W18 --as-of 2024-05-06
	[ "$(jq -c '[.followed_up[] | [.form,.subject,.reply]]' <<<"$output")" = '[["order","jingchuan",null]]' ]
	[ "$(jq -c '[.oversight[] | [.form,.subject]]' <<<"$output")" = '[["interview","lingtai"]]' ]
	as jingchuan 张某
	event "$s" 05-03 --reply 已完成
	json --week 2024-W18 --as-of 2024-05-06
	[ "$(jq -c '[.followed_up[] | [.reply,.replied]]' <<<"$output")" = '[["已完成","2024-05-03"]]' ]
	# answered before the period and older than the last: done
	json --week 2024-W19 --as-of 2024-05-13
	[ "$(jq -c '[.followed_up[] | .form]' <<<"$output")" = '["interview"]' ]
}

@test "one unit's own: nothing of the others is counted; elsewhere only its folder is needed" {
	visit 05-02 05-02 示例甲商贸有限公司 --appeal 无 >/dev/null
	visit 05-02 05-02 示例乙食品有限公司 --appeal 无 --unit 灵台 >/dev/null
	json --week 2024-W18 --as-of 2024-05-06 --unit 泾川
	[ "$(of overall visits period)" = '[1]' ]
	[ "$(jq -c '[.units_progress[].unit]' <<<"$output")" = '["jingchuan",null]' ]
	[ "$(jq '.plan_problems | length' <<<"$output")" = 6 ]
	[ "$(jq -c '[.required[].unit]' <<<"$output")" = '["jingchuan"]' ]
	rm -r lingtai
	status 3 dispatch-report --week 2024-W18 --as-of 2024-05-06
	has "$err" lingtai
	json --week 2024-W18 --as-of 2024-05-06 --unit 泾川
	[ "$(of overall visits period)" = '[1]' ]
	status 0 dispatch-report --week 2024-W18 --as-of 2024-05-06 --unit 泾川 --format md
	has "$output" '不在本地' 数据不全
}

@test "names of persons stay out of a page unless the office wants them" {
	visit 05-02 05-02 示例甲商贸有限公司 --appeal 无 >/dev/null
	status 0 dispatch-report --final --as-of 2024-08-09 --format html
	has "$output" '张*'
	lacks "$output" 张某
	status 0 dispatch-report --final --as-of 2024-08-09 --format html --no-redact
	has "$output" 张某
	status 0 dispatch-report --final --as-of 2024-08-09 --format md
	has "$output" 张某
	status 0 dispatch-report --final --as-of 2024-08-09 --format md --redact
	lacks "$output" 张某
}

@test "the same bytes in any zone and locale" {
	local form
	visit 05-02 05-02 示例甲商贸有限公司 --appeal 无 >/dev/null
	for form in text md html fodt csv json; do
		dispatch-report --week 2024-W18 --as-of 2024-05-06 --format $form >"$work/a"
		TZ=America/New_York LC_ALL=C.UTF-8 COLUMNS=40 dispatch-report --week 2024-W18 --as-of 2024-05-06 --format $form >"$work/b"
		cmp "$work/a" "$work/b"
	done
}

@test "T006 T009 the summary names the plan by number and day, and its three aims" {
	status 0 dispatch-report --final --as-of 2024-08-09 --format md
	has "$output" '平凉市政务服务中心2024年4月10日印发的《平凉市政务服务系统2024年优化营商环境' '（平政服发〔2024〕11号）' 标准化规范化便利化
}

@test "T098 orders, meetings and interviews are counted; what has no baseline says so" {
	local form
	as pingliang 周某
	for form in 督办单 专题协调 约谈提醒; do
		supervise-log --form $form --subject 灵台 --problem p-20240410-000005 --trigger incomplete --requirement 提高满意率 \
			--date 2024-04-30 --at 2024-04-30T09:00:00+08:00 >/dev/null
	done
	json --week 2024-W18 --as-of 2024-05-06
	[ "$(jq -c '[.oversight_counts[] | select(.issued > 0) | [.form,.issued,.answered,.unanswered]]' <<<"$output")" = \
		'[["order",1,0,1],["coordination",1,0,1],["interview",1,0,1]]' ]
	status 0 dispatch-report --month 2024-04 --as-of 2024-05-01 --format md
	[[ $(grep '^| 12345热线问题解决率 .* 无基线 ' <<<"$output") ]]
}

@test "T109 the even pace is a straight line; volumes by unit" {
	as pingliang 张某
	indicator-add --indicator case-return-rate --numerator 30 --denominator 100 --date 2024-05-17 --at 2024-05-17T09:00:00+08:00 >/dev/null
	json --week 2024-W20 --as-of 2024-05-20
	# 39 of 112 days
	[ "$(jq -c '.pace[] | select(.id == "case-return-rate") | [.due,.days_left,.planned,.planned_gap,.per_week]' <<<"$output")" = \
		'["2024-07-31",73,"34.82","-4.82","6.72"]' ]
	json --month 2024-05 --as-of 2024-06-01
	[ "$(jq -c '.ranking[] | select(.indicator == "case-return-rate" and .unit == "pingliang") | [.numerator,.denominator]' <<<"$output")" = '[30,100]' ]
	[ "$(jq -c '.topics[] | select(.indicator == "case-return-rate") | [.numerator,.denominator,.value]' <<<"$output")" = '[30,100,"30.00"]' ]
}

@test "T125 a unit's evidence is complete with every kind for what it ran" {
	local v
	v=$(visit 05-02 05-02 示例甲商贸有限公司 --appeal 无)
	echo 示例 >"$work/a.txt"
	evidence-add "$v" "$work/a.txt" --type 登记表 --at 2024-05-02T18:00:00+08:00 >/dev/null
	json --final --as-of 2024-08-09
	[ "$(jq -c '.units[] | select(.unit == "jingchuan") | [.state,.missing]' <<<"$output")" = '["incomplete",["visit/photo","visit/summary"]]' ]
	echo 示例二 >"$work/b.txt"
	echo 示例三 >"$work/c.txt"
	evidence-add "$v" "$work/b.txt" --type 活动照片 --at 2024-05-02T18:01:00+08:00 >/dev/null
	evidence-add "$v" "$work/c.txt" --type 工作总结 --at 2024-05-02T18:02:00+08:00 >/dev/null
	json --final --as-of 2024-08-09
	[ "$(jq -c '.units[] | select(.unit == "jingchuan") | .state' <<<"$output")" = '"complete"' ]
	[ "$(jq -c '[.evidence[] | [.unit,.type,.name,.record]]' <<<"$output" | grep -c photo)" = 1 ]
	[ "$(jq -r '.photos[].sha256' <<<"$output")" = "$(sha256sum "$work/b.txt" | cut -d' ' -f1)" ]
	status 0 dispatch-report --final --as-of 2024-08-09
	has "$output" 政务服务管理科 plzwfwzx@163.com
}

@test "T129 the month tells when which unit was inspected and what was found" {
	as pingliang 周某
	supervise-log --form 督导检查 --subject 灵台 --trigger not-implemented --finding 窗口未公示办事指南 \
		--date 2024-05-20 --at 2024-05-20T09:00:00+08:00 >/dev/null
	json --month 2024-05 --as-of 2024-06-01
	[ "$(jq -c '[.duty[] | [.date,.form,.subject,.trigger,.findings]]' <<<"$output")" = \
		'[["2024-05-20","inspection","lingtai","not-implemented","窗口未公示办事指南"]]' ]
	[ "$(jq -c '.triggers[] | select(.trigger == "not-implemented") | .steps' <<<"$output")" = 1 ]
}

@test "units of two groups are ranked apart, each group in a table of its own" {
	sed -i '/^  - id: industrial-park/,/group: counties/s/group: counties/group: parks/; s/^  - {id: counties, name: 县（市、区）与园区}/&\n  - {id: parks, name: 园区}/' plan.yaml
	local unit
	for unit in 泾川 灵台 园区; do
		indicator-add --indicator seal-rate --numerator 9 --denominator 10 --unit $unit --date 2024-05-20 --at 2024-05-20T09:00:00+08:00 >/dev/null
	done
	json --month 2024-05 --as-of 2024-06-01
	[ "$(jq -c '[.ranking[] | select(.indicator == "seal-rate" and .rank) | [.unit,.rank]]' <<<"$output")" = \
		'[["jingchuan",1],["lingtai",1],["industrial-park",1]]' ]
	status 0 dispatch-report --month 2024-05 --as-of 2024-06-01 --format md
	has "$output" '**证照电子签章率（县（市、区）与园区）**' '**证照电子签章率（园区）**'
	[ "$(grep -c '^\*\*证照电子签章率（' <<<"$output")" = 2 ]
}

@test "the manifest of the summary holds what closed problems, too" {
	local a
	a=$(problem 04-15 05-31)
	close_it "$a" 05-03
	json --final --as-of 2024-08-09
	[ "$(jq -c --arg id "$(basename "$a" .yaml)" '[.evidence[] | select(.record == $id) | [.unit,.type,.name]]' <<<"$output")" = \
		'[["jingchuan","other","proof.txt"]]' ]
	[ "$(jq -r '.evidence[0].sha256' <<<"$output")" = "$(sha256sum "$work/proof.txt" | cut -d' ' -f1)" ]
	# and what shows any other record
	a=$(indicator-add --indicator seal-rate --numerator 9 --denominator 10 --date 2024-05-02 --at 2024-05-02T09:00:00+08:00)
	event "$a" 05-03 --evidence "$work/proof.txt" --type 截图
	json --final --as-of 2024-08-09
	[ "$(jq -c --arg id "$(basename "$a" .yaml)" '[.evidence[] | select(.record == $id) | .type]' <<<"$output")" = '["screenshot"]' ]
}

@test "T131 escalation is listed as candidates, never decided" {
	problem 04-15 04-20 >/dev/null
	json --month 2024-04 --as-of 2024-05-01
	[ "$(jq -c '.triggers[] | select(.trigger == "incomplete") | .candidates' <<<"$output")" = '["泾川县政务服务中心"]' ]
	[ "$(jq -c '.duty' <<<"$output")" = '[]' ]
	status 0 dispatch-report --month 2024-04 --as-of 2024-05-01
	has "$(tr -d '\n' <<<"$output")" 由负责人决定
	! find . -path '*/supervisions/*' -name '*.yaml' | grep -q .
}

@test "a text document: columns of figures are never narrower than a figure, and all fit the page" {
	local id
	for id in seal-rate gkb-online-share gkb-usable-share review-coverage case-return-rate hotline-satisfaction; do
		indicator-add --indicator $id --numerator 7341 --denominator 10000 --at 2024-05-02T09:00:00+08:00 >/dev/null
	done
	status 0 dispatch-report --week 2024-W18 --as-of 2024-05-06 --format fodt
	[ "$(grep -c '^<text:p text:style-name="Facts">' <<<"$output")" -gt 1 ] # a line for each
	# the widths of the table of indicators, in tenths of a millimetre
	table=$(grep -o '>指标<.*\|T[0-9]*C1"' <<<"$output" | sed -n '/^>指标</,$p' | grep -o 'T[0-9]*C1"' | head -n 1)
	table=${table%C1\"}
	widths=$(sed -n "s/.*style:name=\"${table}C[0-9]*\".*column-width=\"\([0-9]*\)\.\([0-9]\)mm.*/\1\2/p" <<<"$output")
	[ "$(wc -l <<<"$widths")" = 7 ]
	[ $(($(paste -sd+ <<<"$widths"))) -le 1560 ]
	for column in 2 3; do # 22.71%, 9/11
		[ "$(sed -n ${column}p <<<"$widths")" -ge 150 ]
	done
}
