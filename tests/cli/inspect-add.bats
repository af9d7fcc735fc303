# inspect-add: a unit's answers to the 18 focus points. What all writers share is in writer.bats.
load common

make_more() {
	folder
	as jingchuan 张某
}

# inspect POINT [OPTION...]
inspect() {
	inspect-add --at 2024-05-20T16:00:00+08:00 --point "$@"
}

# refused TEXT... -- OPTION...: the answer is refused, the message has these parts, nothing is written
refused() {
	local parts=() before
	before=$(files)
	while [ "$1" != -- ]; do
		parts+=("$1")
		shift
	done
	shift
	status 1 inspect "$@" && has "$err" "${parts[@]}" && [ "$(files)" = "$before" ]
}

# answers YAML OPTION...: the record holds these values, is right, and tells so by all means
answers() {
	local values=$1
	shift
	status 0 inspect "$@" && has "$(cat "$output")" "values: $values" && status 0 record-check --strict
}

# derived RECORD KEY: what is computed, as JSON
derived() {
	record-list inspection --format jsonl | jq -c --arg id "$(basename "$1" .yaml)" \
		"select(.id == \$id).derived.$2"
}

@test "T042 the record of the contract" {
	status 0 inspect 12 --inspector 赵某 --windows-covered 40 --windows-total 42
	[[ $output =~ ^jingchuan/inspections/2024-05/(i-20240520-[0-9a-hjkmnp-tv-z]{6})\.yaml$ ]]
	diff "$output" - <<-END
		kind: inspection
		id: ${BASH_REMATCH[1]}
		unit: jingchuan
		date: '2024-05-20'
		point: 12
		inspector: 赵某
		values: {windows_total: 42, windows_covered: 40}
		entered: {at: '2024-05-20T16:00:00+08:00', by: 张某, unit: jingchuan, to: recorded}
	END
	status 0 record-check --strict
}

@test "the point decides which options there are" {
	status 0 inspect-add --point 12 --help
	has "$output" --windows-total --windows-covered
	lacks "$output" --fee-items
	status 0 inspect-add --help
	has "$output" --point --inspector
	lacks "$output" --windows-total
	status 2 inspect 4 --windows-total 42
	has "$err" "unknown option '--windows-total'; which options there are depends on --point"
	status 2 inspect-add --windows-total 42
	has "$err" "depends on --point"
	status 2 inspect 12 --windows-totl 42
	has "$err" "did you mean '--windows-total'?"
	# --set and its way to say it
	answers '{windows_total: 42, windows_covered: 40}' 12 --set values.windows_total=42 --set values.windows_covered=40
	refused "there is no field 'values.fee_items'" -- 12 --set values.fee_items=3
	status 2 inspect 12 --windows-total 42 --set values.windows_total=42 --windows-covered 4
	has "$err" "given by both --windows-total and --set"
}

@test "T049 there are 18 points, and one is chosen" {
	refused "--point: error: 排查重点: 'point' is more than 18: 19" -- 19
	refused "'point' is less than 1: 0" -- 0
	refused "'point' must be an integer, not '十二'" -- 十二
	status 1 inspect-add
	has "$err" "排查重点: 'point' is missing" "排查情况: 'values' is missing"
	local point
	for point in $(seq 18); do
		refused "is missing in 'values' [required]" -- "$point"
	done
}

@test "T031 point 1: what is published has been compiled" {
	answers "{compiled: true, published: true, publish_url: 'https://example.org/qingdan', publish_date: '2024-05-06'}" \
		1 --compiled 是 --published 是 --publish-url https://example.org/qingdan --publish-date 2024-05-06
	answers '{compiled: true, published: false}' 1 --compiled 有 --published 无
	refused "--compiled: error: 已编制: 'compiled' must be true, not false [const]" -- 1 --compiled 否 --published 是
	refused '--published: error:' -- 1 --compiled 是 --published 否 --publish-url https://example.org/
	refused '--publish-url: error: 发布网址:' -- 1 --compiled 是 --published 是 --publish-url 大厅
	refused '--compiled: error:' "must be true or false, not '大概'" -- 1 --compiled 大概 --published 否
}

@test "T032 point 2: the channels; none says that it is not published; twice the same is refused" {
	answers '{channels: [甘肃政务服务网, 大厅电子屏]}' 2 --channel 甘肃政务服务网 --channel 大厅电子屏
	status 0 inspect 2 --channel 甘肃政务服务网
	[ "$(derived "$output" published)" = true ]
	status 0 inspect 2 --channel ''
	has "$(cat "$output")" 'values: {channels: []}'
	[ "$(derived "$output" published)" = false ]
	status 0 rectify-status "$output"
	has "$output" '已公布' '否'
	refused '--channel: error: 公布途径:' 'unique-items' -- 2 --channel 网站 --channel 网站
}

@test "T033 point 3: guides and flowcharts are not more than the items" {
	answers '{status: 均已公布, items_published: 1200, guide_count: 1200, flowchart_count: 1150}' \
		3 --status 均已公布 --items-published 1200 --guide-count 1200 --flowchart-count 1150
	answers '{status: 正在补充}' 3 --status 正在补充
	refused "--guide-count: error: 有办事指南事项数: 'guide_count' is more than 'items_published': 1201 and 1200" -- \
		3 --status a --items-published 1200 --guide-count 1201
	refused '--flowchart-count: error:' -- 3 --status a --items-published 1200 --flowchart-count 1201
	refused "'items_published' is missing" -- 3 --status a --guide-count 3
	refused '--items-published: error:' 'must be an integer' -- 3 --status a --items-published 约1200
}

@test "T034 point 4: the share is computed, never typed; nothing to pay is not applicable" {
	answers '{fee_items: 30, online_pay_items: 26}' 4 --fee-items 30 --online-pay-items 26
	status 0 inspect 4 --fee-items 30 --online-pay-items 26
	[ "$(derived "$output" online_pay_share)" = '"86.67"' ]
	refused "'online_pay_items' is more than 'fee_items': 31 and 30" -- 4 --fee-items 30 --online-pay-items 31
	status 2 inspect 4 --fee-items 30 --online-pay-items 26 --online-pay-share 86.67
	printf '%s\n' 'point: 4' 'values: {fee_items: 30, online_pay_items: 26, online_pay_share: "86.67"}' >"$work/in.yaml"
	status 1 inspect-add --file "$work/in.yaml"
	has "$err" "unknown field 'online_pay_share'"
	status 0 inspect 4 --fee-items 0 --online-pay-items 0
	[ "$(derived "$output" online_pay_share)" = null ]
	status 0 rectify-status "$output"
	has "$output" '网上支付占比（%）' '不适用'
	# a share that is not whole never prints as whole
	status 0 inspect 4 --fee-items 25000 --online-pay-items 24999
	[ "$(derived "$output" online_pay_share)" = '"99.99"' ]
}

# on DAY VALUE [OPTION...]: an answer to point 5
on() {
	local day=$1 value=$2
	shift 2
	inspect-add --at "${at:-2024-06-30T09:00:00+08:00}" --date "2024-$day" --point 5 --gkb-items-cumulative "$value" "$@"
}

@test "T035 V78 point 5: what is counted up to a date does not fall, unless it is said why" {
	status 0 on 05-10 860
	# of one day the last one entered counts
	at=2024-06-30T09:00:01+08:00 status 0 on 05-10 850
	status 0 on 05-20 850
	local before
	before=$(files)
	status 1 on 05-25 849
	has "$err" 'error: the figure has fallen: it was 850 on 2024-05-20 [fell]' '--decrease-reason TEXT'
	[ "$(files)" = "$before" ]
	status 1 on 05-25 849 -n
	status 0 on 05-25 840 --decrease-reason 事项合并
	has "$(cat "$output")" 'values: {gkb_items_cumulative: 840, decrease_reason: 事项合并}'
	# the reasoned fall is the new measure
	status 0 on 05-26 840
	status 1 on 05-27 839
	# another unit has its own count
	status 0 on 05-27 3 --for lingtai
	status 0 record-check --strict
}

@test "T035 point 5: an answer that comes in late fits between its neighbours" {
	status 0 on 05-10 100
	status 0 on 05-20 120
	local after=$output
	status 1 on 05-15 99
	has "$err" 'it was 100 on 2024-05-10'
	status 1 on 05-15 121
	has "$err" 'the figure falls afterwards: it is 120 on 2024-05-20 [fell]' \
		"rectify-status $(basename "$after" .yaml) --set values.decrease_reason=TEXT"
	status 0 on 05-15 120
	# the reason is the later answer's
	status 0 rectify-status "$after" --set values.decrease_reason=清理重复事项
	status 0 on 05-16 125
	# withdrawn answers do not count
	status 0 rectify-status "$output" --to withdrawn --note 误录
	status 0 on 05-17 121
	status 0 on 05-09 100
	status 1 on 05-08 101
	has "$err" 'it is 100 on 2024-05-09'
}

@test "T035 point 5: several in one run are measured with each other" {
	cat >"$work/in.yaml" <<-END
		{point: 5, date: '2024-05-10', values: {gkb_items_cumulative: 100}}
		---
		{point: 5, date: '2024-05-11', values: {gkb_items_cumulative: 90}}
	END
	status 1 inspect-add --file "$work/in.yaml"
	has "$err" 'in.yaml:3:40: error: the figure has fallen: it was 100 on 2024-05-10'
	[ "$(grep -c error: <<<"$err")" = 1 ]
	printf '%s\n' --- "{point: 5, date: '2024-05-12', values: {gkb_items_cumulative: 80}}" >>"$work/in.yaml"
	status 1 inspect-add --file "$work/in.yaml"
	[ "$(grep -c 'has fallen' <<<"$err")" = 2 ]
	[ -z "$(find . -name 'i-*')" ]
}

@test "T036 point 6: not more realised than deployed; the rate is computed" {
	answers '{state_deployed: 163, realised: 150}' 6 --state-deployed 163 --realised 150
	status 0 inspect 6 --state-deployed 163 --realised 150
	[ "$(derived "$output" rate)" = '"92.02"' ]
	refused "'realised' is more than 'state_deployed': 164 and 163" -- 6 --state-deployed 163 --realised 164
}

@test "T037 point 7: a count, not less than nothing" {
	answers '{nearby_items: 120}' 7 --nearby-items 120
	answers '{nearby_items: 0}' 7 --nearby-items 0
	refused "'nearby_items' is less than 0: -1" -- 7 --nearby-items -1
	refused 'must be an integer' -- 7 --nearby-items 1.5
}

@test "T038 point 8: a count, not less than nothing" {
	answers '{cert_free_items: 80}' 8 --cert-free-items 80
	refused "'cert_free_items' is less than 0: -3" -- 8 --cert-free-items -3
	refused "'cert_free_items' is more than" -- 8 --cert-free-items 1000000000000001
}

@test "T039 point 9: what is offered is described" {
	answers '{provided: true, description: 设综合咨询台，配导办员2名}' 9 --provided 是 --description 设综合咨询台，配导办员2名
	answers '{provided: false}' 9 --provided 否
	refused "服务情况: 'description' is missing" -- 9 --provided 是
}

@test "T040 point 10: either window is enough" {
	answers '{has_complaint_window: false, has_stuck_matter_window: true, window_count: 1}' \
		10 --has-complaint-window 否 --has-stuck-matter-window 是 --window-count 1
	status 0 inspect 10 --has-complaint-window 否 --has-stuck-matter-window 是
	[ "$(derived "$output" satisfied)" = true ]
	status 0 inspect 10 --has-complaint-window 是 --has-stuck-matter-window 否
	[ "$(derived "$output" satisfied)" = true ]
	status 0 inspect 10 --has-complaint-window 否 --has-stuck-matter-window 否
	[ "$(derived "$output" satisfied)" = false ]
	refused "'window_count' is more than 0: 2" -- 10 --has-complaint-window 否 --has-stuck-matter-window 否 --window-count 2
}

@test "T041 point 11: what is disclosed is disclosed somewhere" {
	answers "{disclosed: true, channels: [大厅公示栏], last_disclosed: '2024-05-06'}" \
		11 --disclosed 是 --channel 大厅公示栏 --last-disclosed 2024-05-06
	answers '{disclosed: false}' 11 --disclosed 否
	refused "公开渠道: 'channels' is missing" -- 11 --disclosed 是
	refused '--channel: error:' 'min-items' -- 11 --disclosed 是 --channel ''
	refused '--last-disclosed: error:' -- 11 --disclosed 是 --channel 网站 --last-disclosed 五月
}

@test "T042 point 12: full coverage is all windows of some" {
	status 0 inspect 12 --windows-total 42 --windows-covered 40
	[ "$(derived "$output" full)" = false ]
	[ "$(derived "$output" covered_share)" = '"95.24"' ]
	status 0 inspect 12 --windows-total 42 --windows-covered 42
	[ "$(derived "$output" full)" = true ]
	status 0 rectify-status "$output"
	has "$output" '覆盖率（%）' '100.00' '全覆盖'
	status 0 inspect 12 --windows-total 0 --windows-covered 0
	[ "$(derived "$output" full)" = false ]
	[ "$(derived "$output" covered_share)" = null ]
	refused "'windows_covered' is more than 'windows_total': 43 and 42" -- 12 --windows-total 42 --windows-covered 43
}

@test "T043 point 13: four mechanisms and no other; a document is one of a mechanism that exists" {
	answers '{mechanisms: [supervision, callback], doc_refs: {callback: 示例县回访办法}}' \
		13 --mechanism 督办 --mechanism 办结回访 --callback-doc 示例县回访办法
	status 0 inspect 13 --mechanism 督办 --mechanism 回访 --mechanism 考核 --mechanism 问责
	has "$(cat "$output")" 'values: {mechanisms: [supervision, callback, assessment, accountability]}'
	[ "$(derived "$output" mechanisms_count)" = 4 ]
	status 0 rectify-status "$output"
	has "$output" '已建立机制数（共4项）'
	status 0 inspect 13 --mechanism ''
	[ "$(derived "$output" mechanisms_count)" = 0 ]
	refused '--mechanism: error:' 'supervision 督办, callback 办结回访, assessment 考核, accountability 问责' -- 13 --mechanism 奖励
	refused '--mechanism: error: 已建立机制:' -- 13 --mechanism 督办 --callback-doc 示例县回访办法
}

@test "T044 point 14: 100 meets it, 99 does not" {
	answers '{subject_count: 91}' 14 --subject-count 91
	status 0 inspect 14 --subject-count 99
	[ "$(derived "$output" met)" = false ]
	status 0 inspect 14 --subject-count 100
	[ "$(derived "$output" met)" = true ]
	refused 'must be an integer' -- 14 --subject-count 100以上
}

@test "T045 point 15: 是 否 有 无 are all taken; what is not used is used for nothing" {
	answers '{used: true, domains: [不动产登记, 缴纳税费]}' 15 --used 有 --domain 不动产登记 --domain 缴纳税费
	local word
	for word in 是 有 true yes; do
		status 0 inspect 15 -n --used $word
		has "$output" 'values: {used: true}'
	done
	for word in 否 无 false no; do
		status 0 inspect 15 -n --used $word
		has "$output" 'values: {used: false}'
	done
	refused '--domain: error: 应用领域:' -- 15 --used 否 --domain 缴纳税费
}

# experience [OPTION...]: point 16
experience() {
	inspect 16 --item-name 食品经营许可证核发（新办） --online 部分网办 --minimal-materials 否 --optimal-process 是 "$@"
}

@test "T046 point 16: five elements or 未体验, three judgements" {
	status 0 experience --materials 3 --time-limit-days 0.5 --steps 4 --trips 未体验 --room-for-improvement 否
	has "$(cat "$output")" "item_name: 食品经营许可证核发（新办）, materials: 3, time_limit_days: '0.5', steps: 4, trips: not-tried, online: partial, minimal_materials: false, optimal_process: true, room_for_improvement: false"
	lacks "$err" room
	status 0 record-check --strict
	status 1 experience --materials 3 --room-for-improvement 否
	has "$err" "办理时限（天）: 'time_limit_days' is missing" "办理环节: 'steps' is missing" "跑动次数: 'trips' is missing"
	status 1 experience --materials 三 --time-limit-days 5 --steps 4 --trips 1 --room-for-improvement 否
	has "$err" '--materials: error:'
	status 1 experience --materials 3 --time-limit-days 5天 --steps -1 --trips 1 --room-for-improvement 否
	has "$err" '--time-limit-days: error:' '--steps: error:'
}

@test "T046 point 16: room for improvement offers a problem" {
	status 0 experience --materials 3 --time-limit-days 5 --steps 4 --trips 2 --room-for-improvement 是 --experience-note 网上预审未启用
	local id
	id=$(basename "$output" .yaml)
	has "$err" 'note: there is room for improvement' "problem-log --source $id"
	status 0 problem-log --source "$id"
	has "$(cat "$output")" 'description: 网上预审未启用' 'origin: inspection' 'focus: [16]'
}

# service GRADE [OPTION...]: point 17, each element with the grade
service() {
	local grade=$1 element options=()
	shift
	for element in assist online-query guidance guide self-service first-contact full-notice single-window \
		tolerant-acceptance home-service rating order civility complaints; do
		options+=("--$element" "$grade")
	done
	inspect 17 "${options[@]}" "$@"
}

@test "T047 point 17: a grade for each of fourteen elements" {
	status 0 service 好 --business-friendly 是 --suggestion 公示预约上门电话
	has "$(cat "$output")" 'values: {elements: {assist: good, online-query: good, guidance: good, guide: good, self-service: good, first-contact: good, full-notice: good, single-window: good, tolerant-acceptance: good, home-service: good, rating: good, order: good, civility: good, complaints: good}, business_friendly: true, suggestion: 公示预约上门电话}'
	local word
	for word in 一般 差 未体验 较好; do
		status 0 service $word --business-friendly 否
	done
	status 0 record-check --strict
	status 1 service 优秀 --business-friendly 是
	has "$err" '--assist: error: 帮办代办:' '--complaints: error: 投诉监督:' 'good 好, fair 一般, poor 差, not-tried 未体验'
	refused "咨询引导: 'guidance' is missing in 'elements'" -- 17 --assist 好 --business-friendly 是
	printf '%s\n' 'point: 17' 'values: {business_friendly: true, elements: {toilets: good}}' >"$work/in.yaml"
	status 1 inspect-add --file "$work/in.yaml"
	has "$err" "unknown field 'toilets'"
}

# proof [OPTION...]: point 18
proof() {
	inspect 18 --cert-name 居住证明 --basis 无 --necessary 否 --obtainable 是 "$@"
}

@test "T048 point 18: a fault of a proof leads to a suggestion or to a problem" {
	status 0 proof --absurd 无 --circular 无 --duplicate 无
	has "$(cat "$output")" 'values: {cert_name: 居住证明, basis: 无, necessary: false, obtainable: true, absurd: false, circular: false, duplicate: false}'
	local fault
	for fault in absurd circular duplicate; do
		status 1 proof $(printf -- '--%s 无 ' absurd circular duplicate | sed "s/$fault 无/$fault 有/")
		has "$err" "'values' needs one of: 'suggestion'; 'problem' [any-of]"
	done
	status 1 proof --absurd 有 --circular 无 --duplicate 无 --suggestion 无
	has "$err" '[not]'
	status 0 proof --absurd 有 --circular 无 --duplicate 无 --suggestion 共享核验
	status 0 proof --absurd 有 --circular 无 --duplicate 无 --problem p-20240410-000001
	has "$(cat "$output")" 'problem: p-20240410-000001'
	status 1 proof --absurd 有 --circular 无 --duplicate 无 --problem p-20240410-000009
	has "$err" '[unknown-record]'
	status 0 record-check --strict
}

@test "an inspection's finding is its suggestion, note or description, else the remark" {
	status 0 proof --absurd 有 --circular 无 --duplicate 无 --suggestion 共享核验 --remark 备注
	status 0 problem-log --source "$output"
	has "$(cat "$output")" 'description: 共享核验' 'origin: inspection' 'focus: [18]' "date: '2024-05-20'"
	status 0 inspect 9 --provided 是 --description 咨询台无人值守
	status 0 problem-log --source "$output" --finding 1
	has "$(cat "$output")" 'description: 咨询台无人值守'
	status 0 inspect 12 --windows-total 3 --windows-covered 1 --remark 两个窗口无评价器
	local record=$output
	status 1 problem-log --source "$record" --finding 2
	has "$err" 'the last finding is number 1'
	status 0 problem-log --source "$record"
	has "$(cat "$output")" 'description: 两个窗口无评价器' 'focus: [12]'
	status 0 inspect 12 --windows-total 3 --windows-covered 1
	status 1 problem-log --source "$output"
	has "$err" '[no-finding]' '--description TEXT'
}

@test "the figures of the indicators are those of inspections, the latest of each unit and point" {
	local at=2024-06-30T09:00:00+08:00
	inspect-add --at $at --date 2024-05-20 --point 4 --fee-items 10 --online-pay-items 2 >/dev/null
	inspect-add --at $at --date 2024-06-20 --point 4 --fee-items 10 --online-pay-items 5 >/dev/null
	inspect-add --at $at --date 2024-06-10 --point 4 --fee-items 10 --online-pay-items 9 >/dev/null
	inspect-add --at $at --date 2024-06-10 --point 4 --fee-items 30 --online-pay-items 20 --for lingtai >/dev/null
	inspect-add --at $at --date 2024-06-10 --point 6 --state-deployed 10 --realised 10 >/dev/null
	status 0 indicator-report --indicator f04-online-pay-share --as-of 2024-06-30 --format json
	# (5 + 20) of (10 + 30)
	[ "$(jq -r '.indicators[0].latest' <<<"$output")" = 62.50 ]
	status 0 indicator-report --indicator f04-online-pay-share --by-unit --as-of 2024-06-30 --format json
	[ "$(jq -c '[.units[] | select(.value != null) | [.unit, .numerator, .denominator]]' <<<"$output")" = \
		'[["lingtai",20,30],["jingchuan",5,10]]' ]
	status 0 indicator-report --indicator f06-cross-province-rate --as-of 2024-06-30 --format json
	[ "$(jq -r '.indicators[0].latest' <<<"$output")" = 100.00 ]
	# the threshold is the city's: the owner's answer alone
	inspect-add --at $at --point 14 --subject-count 30 >/dev/null
	inspect-add --at $at --point 14 --subject-count 100 --unit pingliang >/dev/null
	status 0 indicator-report --indicator f14-one-matter-subjects --as-of 2024-06-30 --format json
	[ "$(jq -c '.indicators[0] | [.latest, .met]' <<<"$output")" = '["100",true]' ]
}

@test "a correction is held to the point's schema" {
	status 0 inspect 12 --windows-total 42 --windows-covered 40
	local record=$output
	status 1 rectify-status "$record" --set values.windows_covered=43
	has "$err" 'not-after'
	status 1 rectify-status "$record" --set values.fee_items=3
	has "$err" "there is no field 'values.fee_items'"
	status 0 rectify-status "$record" --set values.windows_covered=42
	[ "$(derived "$record" full)" = true ]
	status 0 record-check --strict
}
