# supervise-log: what is done to see that work is done (plan L59, L64, L71). What all writers share is in writer.bats.
load common

make_more() {
	folder
	as pingliang 周某
}

supervise() {
	supervise-log --at 2024-05-21T10:00:00+08:00 --subject 灵台 "$@"
}

@test "T129 the record of the contract" {
	status 0 supervise --form 督办单 --problem p-20240410-000001 --trigger 整改不彻底 --requirement 三日内报送整改进展 --due 2024-05-24
	[[ $output =~ ^pingliang/supervisions/2024-05/(s-20240521-[0-9a-hjkmnp-tv-z]{6})\.yaml$ ]]
	diff "$output" - <<-END
		kind: supervision
		id: ${BASH_REMATCH[1]}
		unit: pingliang
		date: '2024-05-21'
		form: order
		subject: lingtai
		problem: p-20240410-000001
		trigger: incomplete
		requirement: 三日内报送整改进展
		due: '2024-05-24'
		entered: {at: '2024-05-21T10:00:00+08:00', by: 周某, unit: pingliang, to: recorded}
	END
	# null says that it goes to nobody else
	printf '%s\n' 'form: order' 'subject: lingtai' 'escalate_to: null' >"$work/in.yaml"
	status 0 supervise-log --file "$work/in.yaml"
	has "$(cat "$output")" 'escalate_to: null'
	status 0 record-check --strict
}

@test "T098 T113 every form, by code and label" {
	local form
	for form in 督导检查:inspection 督办单:order 专题协调:coordination 约谈提醒:interview 通报:circular; do
		status 0 supervise -n --form "${form%:*}"
		has "$output" "form: ${form#*:}"
		status 0 supervise -n --form "${form#*:}"
	done
	status 1 supervise --form 处分
	has "$err" '--form: error: 督导形式:' 'inspection 督导检查, order 督办单' 'escalation 移送'
	status 1 supervise-log
	has "$err" "督导形式: 'form' is missing" "督导对象: 'subject' is missing"
}

@test "T130 four grounds, and each rests on a problem or on what was found" {
	local ground
	for ground in 制度落实不到位:not-implemented 活动参与不积极:inactive 指标排名靠后:low-rank 发现问题整改不彻底:incomplete; do
		status 0 supervise -n --form 约谈 --trigger "${ground%:*}" --finding 四月未走访
		has "$output" "trigger: ${ground#*:}" 'findings: [四月未走访]'
		status 0 supervise -n --form 约谈 --trigger "${ground#*:}" --problem 000001
		status 1 supervise --form 约谈 --trigger "${ground%:*}"
		has "$err" "needs one of: 'problem'; 'findings'"
		status 1 supervise --form 约谈 --trigger "${ground%:*}" --finding ''
	done
	status 1 supervise --form 约谈 --trigger 态度不好 --finding a
	has "$err" '--trigger: error: 督导情形:' 'not-implemented 制度落实不到位, inactive 活动参与不积极, low-rank 指标排名靠后, incomplete 发现问题整改不彻底'
	# a step without one of the grounds needs nothing
	status 0 supervise -n --form 督导检查
	status 1 supervise --form 督办 --problem p-20240410-000009
	has "$err" '[unknown-record]'
	# later it cannot be taken away either
	status 0 supervise --form 约谈 --trigger 活动参与不积极 --finding 四月未走访
	status 1 rectify-status "$output" --set findings= --at 2024-05-22T10:00:00+08:00
}

@test "T131 a report to another body has the name of who approved it, and is one of the plan's bodies" {
	status 1 supervise --form 移送
	has "$err" "移送单位: 'escalate_to' is missing" "批准人: 'approved_by' is missing"
	status 1 supervise --form 移送 --escalate-to 纪检监察部门
	has "$err" "批准人: 'approved_by' is missing"
	status 1 supervise --form 督办 --escalate-to 纪检监察部门
	has "$err" "批准人: 'approved_by' is missing"
	status 1 supervise --form 移送 --escalate-to 监察 --approved-by 陈某
	has "$err" 'hint: perhaps: discipline 纪检监察部门'
	status 1 supervise --form 移送 --escalate-to 泾川 --approved-by 陈某
	has "$err" '--escalate-to: error: the plan does not have this body told [escalate-to]' \
		'allowed: three-grasps “三抓三促”, discipline 纪检监察部门'
	[ -z "$(find . -name 's-*')" ]
	status 0 supervise --form 移送 --escalate-to 纪检监察部门 --approved-by 陈某
	has "$(cat "$output")" 'escalate_to: discipline' 'approved_by: 陈某'
	status 0 supervise --form 移送 --escalate-to three-grasps --approved-by 陈某
	local record=$output
	status 0 record-check --strict
	# neither by a correction
	status 1 rectify-status "$record" --set escalate_to=jingchuan --at 2024-05-22T10:00:00+08:00
	has "$err" '[escalate-to]'
	# a file that says so all the same is told
	sed -i 's/escalate_to: three-grasps/escalate_to: sys-tax/' "$record"
	status 1 record-check
	has "$output" '7:14: error: the plan does not have this body told [escalate-to]'
}

@test "only a unit with the right supervises; record-check warns of others" {
	as jingchuan 张某
	status 1 supervise --form 督导检查
	has "$err" "error: unit 'jingchuan 泾川县政务服务中心' may not supervise [right]" 'may: pingliang 平凉市政务服务中心'
	[ -z "$(find . -name 's-*')" ]
	status 0 supervise --form 督导检查 --unit pingliang
	sed -i 's/unit: pingliang, to/unit: jingchuan, to/' "$output"
	status 0 record-check
	has "$output" "warning: unit 'jingchuan 泾川县政务服务中心' may not supervise (guard right) [guard-not-met]"
	status 1 record-check --strict
}

@test "with a list of people it is one who may supervise" {
	printf '%s\n' 'people:' '- {name: 周某, unit: pingliang, may: [supervise]}' '- {name: 吴某, unit: pingliang, may: [close]}' >>plan.yaml
	status 0 supervise --form 督导检查
	status 1 supervise --form 督导检查 --by 吴某
	has "$err" "'吴某' of unit 'pingliang 平凉市政务服务中心' may not supervise [person]"
}

@test "the supervised unit replies, nobody else, and changes nothing of it" {
	status 0 supervise --form 督办 --requirement 三日内报送
	local order=$output
	as lingtai 李某
	status 0 rectify-status "$order" --reply 已报送进展 --at 2024-05-22T10:00:00+08:00
	has "$(cat "$output")" 'unit: lingtai' 'reply: 已报送进展'
	status 0 rectify-status "$order"
	has "$output" '回复：已报送进展' 督办单
	status 1 rectify-status "$order" --to withdrawn --note 不认可 --at 2024-05-23T10:00:00+08:00
	has "$err" "unit 'lingtai 灵台县政务服务中心' may not change what was supervised [right]"
	status 1 rectify-status "$order" --set requirement=无 --at 2024-05-23T10:00:00+08:00
	has "$err" '[right]'
	as jingchuan 张某
	status 1 rectify-status "$order" --reply 已报送 --at 2024-05-23T10:00:00+08:00
	has "$err" '[no-part]'
	as pingliang 周某
	status 1 rectify-status "$order" --reply 已报送 --at 2024-05-23T10:00:00+08:00
	has "$err" "unit 'pingliang 平凉市政务服务中心' is not the one that is supervised, so it may not reply [reply]" 'with --unit'
	status 0 rectify-status "$order" --set requirement=两日内报送 --at 2024-05-23T10:00:00+08:00
	status 0 rectify-status "$order" --to withdrawn --note 误发 --at 2024-05-24T10:00:00+08:00
	status 0 record-check --strict
}

@test "the answer of a visit is no reply: only a supervision has one" {
	status 0 visit-add --at 2024-05-20T10:00:00+08:00 --indicator-type 政务服务 --visitor 周某 --enterprise 示例甲 --appeal 无
	status 1 rectify-status "$output" --reply 好 --at 2024-05-21T10:00:00+08:00
	has "$err" "'reply' is not allowed now"
}

@test "a due date is not before the step" {
	status 1 supervise --form 督办 --due 2024-05-20
	has "$err" '--due: error: 办理时限:' '[not-before]'
	status 0 supervise -n --form 督办 --due 5月底前
	has "$output" "due: '2024-05-31'"
}

@test "what was found becomes a problem, one by one; else what is required" {
	status 0 supervise --form 督导检查 --finding 未公示办事指南 --finding 评价器未启用
	local record=$output
	status 1 problem-log --source "$record"
	has "$err" 'has 2 findings' 'choose one with --finding N'
	status 0 problem-log --source "$record" --finding 2 --for lingtai
	has "$(cat "$output")" 'unit: lingtai' 'description: 评价器未启用' 'origin: supervision' \
		"sources: [$(basename "$record" .yaml)/2]"
	status 1 problem-log --source "$record" --finding 2
	has "$err" '[has-problem]'
	status 0 supervise --form 督办 --requirement 三日内报送整改进展
	status 0 problem-log --source "$output"
	has "$(cat "$output")" 'description: 三日内报送整改进展' 'unit: pingliang'
	status 0 supervise --form 通报
	status 1 problem-log --source "$output"
	has "$err" '[no-finding]'
	status 0 record-check --strict
}
