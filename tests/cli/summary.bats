# rectify-status --summary: figures that cannot flatter (domain 2.10); record-list suspect (T119).
load common

make_more() {
	folder
	as jingchuan 张某
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

row() { # UNIT TABLE KEY...: of $output
	jq -c --arg unit "$1" --arg table "$2" '.[$table][] | select(.unit == (if $unit == "" then null else $unit end)) |
		[.[$ARGS.positional[]]]' <<<"$output" --args "${@:3}"
}

summary() {
	status 0 rectify-status --summary --format json "$@"
}

life() {
	local a b c d
	a=$(problem 04-15 05-31)
	b=$(problem 04-16 05-10)
	c=$(problem 04-17 05-31)
	d=$(problem 04-18 05-31)
	problem 04-19 06-30 >/dev/null
	close_it "$a" 05-20
	close_it "$b" 05-21
	event "$c" 05-22 --to 合并 --master "$d" --note 重复
}

@test "what came in, what went out, and the rates" {
	life
	summary --period 2024-04 --as-of 2024-06-30
	[ "$(row jingchuan flow open_before listed reopened closed merged open_after)" = '[0,5,0,0,0,5]' ]
	[ "$(row "" flow open_before listed closed open_after)" = '[0,11,0,11]' ]
	summary --period 2024-05 --as-of 2024-06-30
	[ "$(row jingchuan flow open_before listed reopened closed merged open_after)" = '[5,0,0,2,1,2]' ]
	# two of four that stayed on the list; one of them in time, nothing open beyond its date
	[ "$(row jingchuan rates listed closed closing_rate on_time punctuality_rate)" = '[5,2,"50.00",1,"50.00"]' ]
	# two weeks later one is open beyond it
	summary --period 2024-W24 --as-of 2024-06-30
	[ "$(row jingchuan flow open_before closed open_after)" = '[2,0,2]' ]
	[ "$(row jingchuan rates closed on_time punctuality_rate overdue overdue_original)" = '[2,1,"33.33",1,1]' ]
}

@test "an extension makes nothing punctual" {
	local a
	a=$(problem 04-15 05-10)
	event "$a" 05-09 --due 2024-05-31 --note 需再协调
	summary --as-of 2024-05-20
	[ "$(row jingchuan rates overdue overdue_original closing_rate punctuality_rate)" = '[0,1,"0.00","0.00"]' ]
	close_it "$a" 05-21
	summary --as-of 2024-05-22
	[ "$(row jingchuan rates closed on_time closing_rate punctuality_rate)" = '[1,0,"100.00","0.00"]' ]
}

@test "what was declined before it was listed is apart; what was withdrawn is nowhere" {
	local a b
	a=$(problem-log --title 示例 --description 示例 --origin 自查发现 --date 2024-04-15 --at 2024-04-15T08:00:00+08:00)
	b=$(problem-log --title 示例 --description 示例 --origin 自查发现 --date 2024-04-15 --at 2024-04-15T08:00:00+08:00)
	event "$a" 04-16 --to 不予列账 --note 不属本系统
	event "$b" 05-16 --to withdrawn --note 误填
	summary --period 2024-04 --as-of 2024-04-30
	[ "$(row jingchuan flow registered listed declined registered_declined open_after)" = '[2,0,0,1,0]' ]
	[ "$(row jingchuan rates listed closing_rate withdrawn)" = '[0,null,0]' ]
	# known later: it was a mistake
	summary --period 2024-04 --as-of 2024-05-31
	[ "$(row jingchuan flow registered)" = '[1]' ]
	[ "$(row jingchuan rates withdrawn)" = '[1]' ]
}

@test "in words, for one unit, in 80 columns; not with what belongs to the table" {
	life
	status 0 rectify-status --summary --unit 泾川 --period 2024-05 --as-of 2024-06-30
	has "$output" '起：2024-05-01' '止：2024-05-31' 泾川县政务服务中心 合计 50.00
	[[ $output != *灵台* ]]
	status 2 rectify-status --summary --overdue
	status 2 rectify-status --summary p-20240410-000001
	status 2 rectify-status --period 2024-05
	status 1 rectify-status --summary --period 2024-13
	has "$err" '2024-W18'
}

visit() { # DAY ENTERPRISE APPEAL VISITOR...
	visit-add --at "2024-$1T17:00:00+08:00" --indicator-type 政务服务 --enterprise "$2" --appeal "$3" "${@:4}" >/dev/null
}

suspects() {
	status 0 record-list visit --where 'suspect!=' --fields enterprise,suspect --format tsv "$@"
	output=$(tail -n +2 <<<"$output" | LC_ALL=C sort)
}

@test "T119 visits that went through the motions are an answer, not an entry" {
	local i
	visit 04-18 示例甲 无 --visitor 张某
	visit 04-18 示例乙 无 --visitor 张某 --solution 宣传政策
	visit 04-18 示例丙 办事慢 --visitor 张某
	visit 04-19 示例丁 '办 事 慢' --visitor 李某
	suspects
	[ "$output" = $'示例甲\tempty' ]
	visit 04-22 示例戊 办事慢 --visitor 李某
	suspects
	[ "$(grep -c copied <<<"$output")" = 3 ]
	for i in 1 2 3 4 5 6 7 8; do visit 04-23 "示例$i号" "诉求$i" --visitor 王某 --visitor "赵$i"; done
	suspects
	[ "$(grep -c crowded <<<"$output")" = 0 ]
	visit 04-23 示例9号 诉求9 --visitor 王某
	suspects
	[ "$(grep -c crowded <<<"$output")" = 9 ]
	# masked names do not make one person of two
	visit 04-23 示例10号 诉求10 --visitor 赵某
	suspects --redact
	[ "$(grep -c crowded <<<"$output")" = 9 ]
	! grep -rq suspect jingchuan
	status 0 record-list visit --where suspect=内容雷同 --format ids
	[ "$(wc -l <<<"$output")" = 3 ]
	status 1 record-list visit --where suspect=x
}

@test "T119 a plan without thresholds suspects nobody" {
	sed -i '/^suspect_visits/,/visitor_per_day/d' plan.yaml
	visit 04-18 示例甲 无 --visitor 张某
	suspects
	[ -z "$output" ]
}
