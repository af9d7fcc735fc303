#!/usr/bin/env bats
# What the plan asks for, clause by clause, where no other test proves it: the numbers are those of
# tests/traceability.tsv, and tests/structure/clauses.sh looks for them in the names.

load common

make_more() {
	folder
	as jingchuan 张某
}

plan=p-20240410-00000

# figure UNIT INDICATOR OPTION...: an observation of 20 May 2024, each entered a minute after the last
figure() {
	local unit=$1 indicator=$2
	shift 2
	minute=$((${minute:-9} + 1))
	indicator-add --by 张某 --unit "$unit" --indicator "$indicator" --date 2024-05-20 --at "2024-05-20T17:$minute:00+08:00" "$@"
}

# report INDICATOR [OPTION...]: in $output, in one line, so that a text is found wherever the page broke it
report() {
	local indicator=$1
	shift
	status 0 indicator-report --as-of 2024-05-20 --indicator "$indicator" "$@" || return 1
	output=$(tr -s '\n ' ' ' <<<"$output")
}

# problem OPTION...: the document of a new problem, not written
problem() {
	problem-log -n --at 2024-04-18T10:00:00+08:00 --title 指引不清 --description 指引不清 --origin self-check "$@"
}

# broken SED TEXT: a plan with that change is refused with that text
broken() {
	sed "$1" plan.yaml >"$work/plan.yaml"
	! cmp -s plan.yaml "$work/plan.yaml" || return 1
	status 3 plan-init --plan "$work/plan.yaml" "$work/other"
	has "$err" "$2"
	[ ! -e "$work/other/plan.yaml" ]
}

# --- the document and who takes part -------------------------------------------------------------

@test "T002 the number of the document has its year in 〔〕 and no 第 and no zero before it" {
	local number
	for number in '平政服发[2024]11号' '平政服发(2024)11号' '平政服发（2024）11号' 平政服发〔2024〕第11号 平政服发〔2024〕011号 平政服发〔2024〕11; do
		broken "s/^doc_no:.*/doc_no: '$number'/" "文号: 'doc_no' has the wrong form: '$number'"
	done
	# that of another document in the plan too
	broken 's/平营商领办发〔2024〕1号/平营商领办发[2024]1号/' 文号
}

@test "T005 who issued the plan is a unit of it" {
	broken 's/^issuer:.*/issuer: nobody/' "'nobody' is no unit"
}

@test "T022 units are data: one that joins the plan takes part, one that leaves it does not" {
	sed -i "s/^  - id: bigdata-center/  - {id: new-area, name: 示例新区政务服务中心, aliases: [新区], kind: county-center, parent: pingliang, reporting: true, group: counties}\n&/" plan.yaml
	mkdir new-area
	status 0 visit-add --unit 新区 --at 2024-04-18T17:40:00+08:00 --indicator-type 政务服务 --enterprise 示例甲 --appeal 无 --visitor 张某
	has "$output" new-area/visits/2024-04/v-20240418-
	report seal-rate --by-unit
	has "$output" 示例新区政务服务中心
	sed -i '/^  - {id: new-area/d' plan.yaml
	status 1 visit-add -n --unit 新区 --at 2024-04-18T17:40:00+08:00 --indicator-type 政务服务 --enterprise 示例甲 --appeal 无 --visitor 张某
	has "$err" "'新区'"
}

@test "T023 the park has no code of a region and takes part like any other" {
	sed -n '/^  - id: industrial-park/,/^  - id: b/p' plan.yaml | grep -qx '    region_code: null'
	as 平凉工业园区 张某
	status 0 walk-add --at 2024-04-18T17:40:00+08:00 --experiencer 王某 --matter 开办餐馆 --method 窗口 --finding 无
	has "$output" industrial-park/walkthroughs/2024-04/
	figure 平凉工业园区 seal-rate --numerator 10 --denominator 20
	report seal-rate --by-unit
	has "$output" '1 平凉工业园区企业服务中心 10 20 50.00'
	status 0 record-check --strict
}

@test "T024 heads of centres and of their sections try the services themselves" {
	local position
	for position in 负责人 科室负责人 股室负责人; do
		status 0 walk-add -n --at 2024-04-18T17:40:00+08:00 --experiencer 王某 --position $position --matter 开办餐馆 --method 窗口 --finding 无
		has "$output" "position: $position"
		[ -z "$err" ]
	done
}

@test "T029 one visit may serve several parts of the campaign" {
	status 0 visit-add -n --at 2024-04-18T17:40:00+08:00 --indicator-type 政务服务 --enterprise 示例甲 --appeal 无 --visitor 张某 \
		--part 大走访 --part 大排查 --part 大提升
	has "$output" 'parts: [visit-drive, check-drive, improve-drive]'
	status 1 visit-add -n --at 2024-04-18T17:40:00+08:00 --indicator-type 政务服务 --enterprise 示例甲 --appeal 无 --visitor 张某 --part 第一阶段
	has "$err" "'第一阶段'" 大提升
}

# --- what a problem is ---------------------------------------------------------------------------

@test "T015 whose eyes saw it may be said, and need not" {
	status 0 problem --viewpoint 群众
	has "$output" 'viewpoint: public'
	status 0 problem
	lacks "$output" viewpoint
	status 1 problem --viewpoint 领导
	has "$err" "'领导'" 企业 群众
}

@test "T016 堵点, 难点 and 痛点, and nothing else" {
	local code label
	while read -r code label; do
		status 0 problem --pain "$label"
		has "$output" "pain: $code"
	done <<-'END'
		blockage 堵点
		difficulty 难点
		pain-point 痛点
	END
	status 1 problem --pain 疑点
	has "$err" "'疑点'" 堵点 难点 痛点
}

@test "T060 the groups that a problem names are its units: each may tell what it did" {
	local unit
	rectify-status ${plan}1 --unit bigdata-center --by 孙某 --to rectifying --at 2024-04-12T09:00:00+08:00 >/dev/null
	for unit in pingliang city-hall kongtong jingchuan lingtai chongxin huating zhuanglang jingning industrial-park; do
		status 0 rectify-status ${plan}1 --unit "$unit" --by 李某 --note "$unit 已申领"
	done
	status 1 rectify-status ${plan}1 --unit digital-gov-team --by 吴某 --note 已申领
	has "$err" no-part
	status 0 rectify-status ${plan}1 --format json
	[ "$(jq '[.events[] | select(.note // "" | endswith("已申领")) | .unit] | unique | length' <<<"$output")" = 10 ]
	[ "$(record-list problem --where id=${plan}1 --fields responsible --format jsonl)" = '{"responsible":["pingliang","residents","counties","industrial-park"]}' ]
}

@test "T084 a due date on a Sunday stays, and is reminded of on the Friday before" {
	status 0 rectify-status ${plan}3 --explain --as-of 2024-06-20
	has "$(tr -d '\n ' <<<"$output")" 时限2024-06-30（6月底前），前一工作日2024-06-28提醒
}

@test "T114 a rule about the reviews is recorded, and nobody is given a score" {
	rectify-status ${plan}6 --unit jingchuan --by 孙某 --to rectifying --at 2024-04-12T09:00:00+08:00 >/dev/null
	status 0 rectify-status ${plan}6 --by 李某 --at 2024-05-06T09:00:00+08:00 --policy 窗口评价考核办法,泾政服发〔2024〕7号,2024-05-06
	has "$(cat "$output")" 'policy: {title: 窗口评价考核办法, doc_no: 泾政服发〔2024〕7号'
	status 1 rectify-status ${plan}6 --by 李某 --at 2024-05-06T10:00:00+08:00 --set score=95
	has "$err" "'score'"
	status 1 visit-add -n --at 2024-05-06T17:40:00+08:00 --indicator-type 政务服务 --enterprise 示例甲 --appeal 无 --visitor 张某 --set score=95
	has "$err" "'score'"
}

# --- the figures ---------------------------------------------------------------------------------

@test "T020 first place of the province is the goal; a place that nobody reported is none" {
	report provincial-rank
	has "$output" '无基线 未报送 — 第1位 —'
	figure pingliang provincial-rank --count 2 >/dev/null
	report provincial-rank
	has "$output" '第2位 — 第1位 未达标' 差1位
	figure pingliang provincial-rank --count 1 >/dev/null
	report provincial-rank
	has "$output" '第1位 — 第1位 达标' 已达到
}

@test "T055 T062 the nine domains are not the nine cities, and there is no target" {
	report e-licence-domains
	has "$output" '9/11 未报送 — 方案未设定目标值' '11个 低2个' （9个市州） 前沿值不作目标
	figure pingliang e-licence-domains --count 10 >/dev/null
	report e-licence-domains
	has "$output" '9/11 10/11' +1个 低1个 方案未设定目标值
}

@test "T064 T065 T066 T067 91 packages against the mean and the best; 100 of them are enough" {
	report one-matter-packages
	has "$output" '91项 未报送 — 100项以上' '100项 低9项 均值87项 差9项' 高4项
	figure pingliang one-matter-packages --count 99 >/dev/null
	report one-matter-packages
	has "$output" '99项 +8项 100项以上 未达标' 差1项
	figure pingliang one-matter-packages --count 100 >/dev/null
	report one-matter-packages
	has "$output" '100项 +9项 100项以上 达标' 已达到
}

@test "T076 T077 T078 a share of 73.50, 2.2 points below the best and 1.9 above the middle" {
	report seal-type-share
	has "$output" '73.50% 未报送' '75.70% 低2.2个百分点 中位数71.60%' '（推算） （推算）' 高1.9个百分点 方案未设定目标值 \
		方案的100%目标属证照电子签章率
}

@test "T081 T082 all that was collected is sealed, or it is not" {
	figure jingchuan seal-rate --numerator 24999 --denominator 25000 >/dev/null
	figure lingtai seal-rate --numerator 10 --denominator 10 >/dev/null
	report seal-rate
	has "$output" '无基线 99.99%' '100.00% 未达标' 口径：已归集证照中完成电子签章数÷已归集证照数 全市合计：25009÷25010
	report seal-rate --by-unit
	has "$output" '泾川县政务服务中心 24999 25000 99.99' '灵台县政务服务中心 10 10 100.00'
	figure jingchuan seal-rate --numerator 25000 --denominator 25000 >/dev/null
	report seal-rate
	has "$output" '100.00% 达标' 已达到
}

@test "T085 T086 T087 a share of 75.82, 18.18 points below the best and 2.7 above the middle" {
	report gkb-online-share
	has "$output" '75.82% 未报送' '94.00% 低18.18个百分点 中位数73.12%' '（推算） （推算）' 高2.7个百分点
}

@test "T088 what is online is a part of what is handled" {
	status 1 figure jingchuan gkb-online-share --numerator 101 --denominator 100
	has "$err" 'more than' '101 and 100'
	status 0 figure jingchuan gkb-online-share --numerator 100 --denominator 100
}

@test "T091 100 per cent are striven for: short of it is no breach" {
	figure jingchuan gkb-usable-share --numerator 99 --denominator 100 >/dev/null
	report gkb-usable-share
	has "$output" '99.00%' '力争100.00% 未达力争目标'
	lacks "$output" 未达标
	figure jingchuan gkb-usable-share --numerator 100 --denominator 100 >/dev/null
	report gkb-usable-share
	has "$output" '力争100.00% 达标'
}

@test "T092 what each county has, and its place among them" {
	figure jingchuan gkb-online-share --numerator 90 --denominator 100 >/dev/null
	figure lingtai gkb-online-share --numerator 91 --denominator 100 >/dev/null
	report gkb-online-share --by-unit
	has "$output" '1 灵台县政务服务中心 91 100 91.00' '2 泾川县政务服务中心 90 100 90.00' '— 静宁县政务服务中心 — — — — 未报送'
}

@test "T094 T095 T104 a hotline that satisfies 85.20, 4.4 points below the best; no middle, no target" {
	report hotline-satisfaction
	has "$output" '85.20% 未报送 — 方案未设定目标值' '89.60% 低4.4个百分点 未提供' （推算）
}

@test "T096 T097 T104 done at once in 99.20; some have 100, which the plan says itself" {
	report hotline-first-time-completion
	has "$output" '99.20% 未报送 — 方案未设定目标值' '100.00% 低0.80个百分点 处于中游' （部分市（州）区） 办结率较高但还有提升空间
	lacks "$output" 推算
}

@test "T106 T107 22.71 of the cases are reviewed, 71.01 points below the best" {
	report review-coverage
	has "$output" '22.71% 未报送 — 方案未设定目标值' '93.72% 低71.01个百分点 未提供' （推算） 至少有一次评价的办件数÷办件总数
}

@test "T108 a figure that the plan names and does not define is registered, without a baseline" {
	report review-match
	has "$output" '无基线 未报送' 方案未给出定义和数值，仅作登记
	figure pingliang review-match --value 60.00 >/dev/null
	report review-match
	has "$output" '无基线 60.00%' 方案未设定目标值
}

@test "T109 cases and reviews are told by each unit; what was sent back is measured against all" {
	figure jingchuan review-coverage --numerator 30 --denominator 100 >/dev/null
	figure lingtai review-coverage --numerator 50 --denominator 300 >/dev/null
	report review-coverage --by-unit
	has "$output" 全市：20.00%（80÷400） '泾川县政务服务中心 30 100 30.00' '灵台县政务服务中心 50 300 16.67'
	figure jingchuan case-return-rate --numerator 100 --denominator 100 >/dev/null
	figure lingtai case-return-rate --numerator 299 --denominator 300 >/dev/null
	report case-return-rate
	has "$output" '99.75%' '100.00% 未达标'
	# the six systems are bodies that a problem can name
	status 0 problem --lead jingchuan --responsible 交通（运政） --responsible sys-tax --track 立行立改 --due 2024-04-26
	has "$output" 'responsible: [sys-transport, sys-tax]'
}
