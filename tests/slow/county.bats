# The campaign of one county, April to August, as its clerk lives it: what the manual says one does, one after
# the other, in commands alone. What must come of it are the states, dates, lights and figures of its days.

load ../cli/common

make_more() {
	folder
	git init -q . && git config user.name 张某 && git config user.email clerk@example.invalid
	git add -A && git commit -qm 平政服发〔2024〕11号
	as 泾川 张某
	echo 现场照片 >"$work/photo.png"
	echo 接口截图 >"$work/screen.png"
	echo 登记表 >"$work/form.pdf"
	echo 工作总结 >"$work/summary.docx"
}

# done_on DAY TIME COMMAND...: at that time; what it printed in $output, the id of what it added in $id
done_on() {
	local day=$1 time=$2 name
	shift 2
	status 0 "$@" --at "${day}T$time:00+08:00" || return 1
	name=$(basename "$output" .yaml)
	id=${name%%_*}
}

# on DAY TIME RECORD PART...: an event, which is allowed; refused...: one that is not, by this guard alone
on() {
	local day=$1 time=$2 record=$3
	shift 3
	done_on "$day" "$time" rectify-status "$record" "$@"
}

refused() {
	local guard=$1 day=$2 time=$3 record=$4
	shift 4
	status 1 rectify-status "$record" --at "${day}T$time:00+08:00" "$@" || return 1
	[ "$(grep -o '\[[a-z-]*\]$' <<<"$err" | sort -u)" = "[$guard]" ] || { echo "$err" && return 1; }
}

# city ...: the same by the city's centre
city() {
	local DUBAN_UNIT=平凉市政务服务中心 DUBAN_BY=周某
	export DUBAN_UNIT DUBAN_BY
	"$@"
}

# light RECORD DAY: state, light and its reason as of that day
light() {
	rectify-status --format json --as-of "$2" |
		jq -r --arg id "$1" '.problems[] | select(.id == $id) | "\(.state) \(.light) \(.light_reason)"'
}

# commit MESSAGE: nothing is wrong, nothing that was there has changed
commit() {
	status 0 record-check --strict || return 1
	git add -A && git commit -qm "$1"
	[ -z "$(git log --diff-filter=MD --format= --name-only)" ]
}

april() {
	done_on 2024-04-12 09:00 visit-plan --period 2024-04 --target 2024-04-18=示例甲商贸有限公司 --target 示例乙食品有限公司 \
		--target 示例戊公司 --matter 开办餐馆“一件事” --approved-by 陈某
	done_on 2024-04-18 17:40 visit-add --indicator-type 政务服务 --enterprise 示例甲商贸有限公司 \
		--appeal 办理食品经营许可证时重复提交营业执照复印件 --visitor 张某 --visitor 李某 --focus 15
	visit=$id
	done_on 2024-04-19 17:40 visit-add --indicator-type 市场准入 --enterprise '示例乙 食品有限公司' --appeal 暂无 --visitor 张某
	done_on 2024-04-22 16:00 walk-add --experiencer 王某 --position 首席代表 --matter 开办餐馆“一件事” --method 线下窗口 \
		--finding 自助终端不支持电子营业执照登录 --finding 叫号屏字小 --focus 16
	walk=$id
	status 0 visit-plan --status --unit 泾川 --as-of 2024-04-30 --format json
	[ "$(jq -c '[.units[0] | .planned, .done, .open]' <<<"$output")" = '[4,3,1]' ]
	[ "$(jq -r '.targets[] | select(.done | not).name' <<<"$output")" = 示例戊公司 ]

	# from the visit: on the list at once; from the walkthrough: one of both findings is registered first
	done_on 2024-04-18 18:12 problem-log --source "$visit" --title 食品经营许可重复提交营业执照 --lead 泾川 --responsible 泾川 \
		--track 限期整改 --due 5月底前 --measure 接入电子营业执照调用 --measure 修订办事指南
	first=$id
	done_on 2024-04-22 18:00 problem-log --source "$walk" --finding 1
	terminal=$id
	done_on 2024-04-22 18:05 problem-log --source "$walk" --finding 2 --lead 泾川 --responsible 泾川 --track 立行立改 --due 2024-04-26
	screen=$id
	on 2024-04-23 09:00 "$terminal" --to 已列清单 --set lead=泾川 --set responsible=泾川 --set responsible=大数据中心 \
		--set track=限期整改 --due 5月底前 --set measures=终端升级 --set measures=培训引导员
	[ "$(rectify-status "$terminal" --format json | jq -r '[.milestones[].date[5:]] | join(" ")')" = \
		'04-26 05-14 05-24 05-28 05-30 05-31' ]

	# 立行立改: three persons, within three days
	refused needs-evidence 2024-04-25 09:00 "$screen" --to 待验收
	on 2024-04-25 09:00 "$screen" --to 待验收 --evidence "$work/photo.png" --type 活动照片
	refused second-person 2024-04-25 10:00 "$screen" --to 销号 --by 周某
	on 2024-04-25 10:00 "$screen" --review 通过 --by 孙某
	refused separation 2024-04-25 11:00 "$screen" --to 销号
	on 2024-04-25 11:00 "$screen" --to 销号 --by 周某
	[ "$(light "$screen" 2024-04-25)" = 'closed closed null' ]
	# the other two are put to work, and the first step of one is over
	on 2024-04-23 10:00 "$first" --to 整改中
	on 2024-04-23 11:00 "$terminal" --to 整改中
	[ "$(light "$first" 2024-04-24)" = 'rectifying yellow milestone-missed' ]
	commit 四月
}

# answer POINT OPTION...: to a focus point, on 24 April
answer() {
	local point=$1
	shift
	done_on "${day:-2024-04-24}" "$((10 + point / 10)):$((10 + point))" inspect-add --inspector 赵某 --point "$point" "$@"
}

points() {
	answer 1 --compiled 是 --published 是 --publish-date 2024-04-20
	answer 2 --channel 官网 --channel 大厅公示栏
	answer 3 --status 全部公布 --items-published 800 --guide-count 800 --flowchart-count 790
	answer 4 --fee-items 30 --online-pay-items 27
	answer 5 --gkb-items-cumulative 900
	answer 6 --state-deployed 148 --realised 140
	answer 7 --nearby-items 60
	answer 8 --cert-free-items 12
	answer 9 --provided 是 --description 咨询台一处
	answer 10 --has-complaint-window 否 --has-stuck-matter-window 是
	answer 11 --disclosed 是 --channel 大厅屏幕
	answer 12 --windows-total 42 --windows-covered 40
	answer 13 --mechanism 督办 --mechanism 办结回访 --supervision-doc 泾政办发〔2024〕3号
	answer 14 --subject-count 99
	answer 15 --used 是 --domain 食品经营
	answer 16 --item-name 开办餐馆 --materials 6 --time-limit-days 3 --steps 4 --trips 1 --online 部分网办 \
		--minimal-materials 否 --optimal-process 是 --room-for-improvement 是 --experience-note 材料可再减两件
	answer 17 --assist 好 --online-query 好 --guidance 好 --guide 一般 --self-service 差 --first-contact 好 --full-notice 好 \
		--single-window 好 --tolerant-acceptance 好 --home-service 未体验 --rating 好 --order 好 --civility 好 \
		--complaints 好 --business-friendly 是
	answer 18 --cert-name 居住证明 --basis 县级文件 --necessary 否 --obtainable 是 --absurd 否 --circular 是 --duplicate 否 \
		--suggestion 通过信息共享核验
	proof=$id
	[ "$(record-list inspection --unit 泾川 --fields point --format tsv | sed 1d | sort -n | xargs)" = "$(seq -s ' ' 18)" ]
	# a month later: better, and what is counted up to a date falls only with a reason
	day=2024-05-24 answer 12 --windows-total 42 --windows-covered 42
	status 1 inspect-add --point 5 --inspector 赵某 --gkb-items-cumulative 880 --date 2024-05-24 --at 2024-05-24T12:00:00+08:00
	has "$err" '[fell]'
	day=2024-05-24 answer 5 --gkb-items-cumulative 880 --decrease-reason 事项合并
	share() {
		indicator-report --indicator f12-review-device-share --as-of "$1" --format json | jq -r '.indicators[0].latest'
	}
	[ "$(share 2024-04-30)" = 95.24 ]
	[ "$(share 2024-05-31)" = 100.00 ]
	commit 排查重点
}

# problems of the other origins, and those that go no whole way
may() {
	local lists=(--lead 泾川 --responsible 泾川)
	done_on 2024-05-06 09:00 problem-log --title 热线工单超期 --description 两件超期 --origin 12345热线 "${lists[@]}" \
		--track 限期整改 --due 7月底前 --indicator 12345热线满意率 --measure 逐件督办
	hotline=$id
	done_on 2024-05-06 09:10 problem-log --title 窗口被差评 --description 态度生硬 --origin 好差评 "${lists[@]}" --track 立行立改 --due 2024-05-10
	review=$id
	done_on 2024-05-06 09:20 problem-log --title 台账不全 --description 台账不全 --origin 自查 "${lists[@]}" --track 限期整改 \
		--due 2024-06-14 --measure 补齐台账
	ledger=$id
	done_on 2024-05-06 09:30 problem-log --title 台账不全 --description 台账缺页 --origin 其他
	double=$id
	done_on 2024-05-06 09:40 problem-log --title 省级系统卡顿 --description 省级系统卡顿 --origin 评价反馈
	away=$id
	done_on 2024-05-06 09:50 problem-log --title 要求免交材料 --description 要求免交法定材料 --origin 其他
	none=$id
	done_on 2024-05-06 10:00 problem-log --title 重复录入 --description 重复录入 --origin 其他
	mistake=$id
	done_on 2024-05-06 10:10 problem-log --source "$proof" "${lists[@]}" --responsible 公积金 --track 限期整改 --due 6月底前 \
		--needs-policy 是 --measure 取消居住证明
	proof_problem=$id
	refused needs-unit 2024-05-07 09:00 "$away" --to 已转办 --note 省级系统
	on 2024-05-07 09:00 "$away" --to 已转办 --note 省级系统 --to-unit 大数据中心
	refused needs-master 2024-05-07 09:00 "$double" --to 已合并 --note 重复 --master "$double"
	on 2024-05-07 09:00 "$double" --to 已合并 --note 重复 --master "$ledger"
	on 2024-05-07 09:00 "$none" --to 不予列账 --note 于法无据，已告知企业
	on 2024-05-07 09:00 "$mistake" --to 已撤回 --note 重复录入

	# the review: a failed one bars, a later one lets; those who complained are asked
	on 2024-05-07 11:00 "$review" --to 待验收 --evidence "$work/photo.png" --type 其他
	on 2024-05-07 12:00 "$review" --review 未通过 --note 未见记录 --by 孙某
	refused review-failed 2024-05-07 13:00 "$review" --to 销号 --by 周某 --follow-up 电话,2024-05-07,满意
	on 2024-05-07 14:00 "$review" --to 退回整改 --note 补记录 --by 孙某
	on 2024-05-08 09:00 "$review" --to 整改中
	on 2024-05-08 10:00 "$review" --to 待验收 --note 已补齐
	on 2024-05-08 11:00 "$review" --review 通过 --by 孙某
	refused follow-up 2024-05-08 12:00 "$review" --to 销号 --by 周某
	on 2024-05-08 12:00 "$review" --to 销号 --by 周某 --follow-up 电话,2024-05-08,基本满意

	on 2024-05-08 13:00 "$hotline" --to 整改中

	# the visit's problem: measures, one of them waived, evidence for what is done, three persons
	refused measure-open 2024-05-12 09:00 "$first" --to 待验收 --note 自查通过
	on 2024-05-12 09:00 "$first" --done M1 --evidence "$work/screen.png" --type 截图
	on 2024-05-12 10:00 "$first" --waive M2 --note 指南由市里统一修订
	on 2024-05-13 09:00 "$first" --to 待验收 --note 自查通过 --by 李某
	on 2024-05-13 10:00 "$first" --review 通过 --by 孙某
	on 2024-05-13 11:00 "$first" --to 销号 --by 周某 --follow-up 电话,2024-05-13,满意

	# the other unit did its part; the city extends and closes, for the county may not
	on 2024-05-14 09:00 "$terminal" --done M1 --unit 大数据中心 --by 吴某 --evidence "$work/screen.png" --type 截图
	refused right 2024-05-20 09:00 "$terminal" --due 2024-06-14 --note 厂家延期
	city on 2024-05-20 09:00 "$terminal" --due 2024-06-14 --note 厂家延期
	[ "$(light "$terminal" 2024-06-01)" != 'rectifying red overdue' ]
	on 2024-05-22 09:00 "$terminal" --to 待验收 --note 已完成 --done M2 --evidence "$work/photo.png" --type 培训记录
	status 1 rectify-status "$terminal" --at 2024-05-22T10:00:00+08:00 --to 销号 --by 孙某
	has "$err" '[right]' 'may: pingliang 平凉市政务服务中心'
	city on 2024-05-22 10:00 "$terminal" --to 销号
	commit 五月
}

# it came back; the county is supervised, answers, and works on it again
june() {
	city refused needs-evidence 2024-06-10 09:00 "$terminal" --to 反弹 --note 二楼终端仍不支持
	city on 2024-06-10 09:00 "$terminal" --to 反弹 --note 二楼终端仍不支持 --evidence "$work/photo.png" --type 其他
	refused needs-due 2024-06-11 09:00 "$terminal" --to 整改中
	city on 2024-06-11 10:00 "$terminal" --due 2024-06-25 --note 限期再改
	on 2024-06-11 11:00 "$terminal" --to 整改中 --undone M1 --note 二楼未升级
	city done_on 2024-06-11 12:00 supervise-log --form 督办单 --subject 泾川 --trigger 发现问题整改不彻底 --problem "$terminal" \
		--requirement 三日内报送进展 --due 2024-06-14
	on 2024-06-13 09:00 "$id" --reply 已派专人更换
	[ "$(rectify-status "$id" --format json | jq -r '.events[-1] | "\(.unit) \(.what)"')" = 'jingchuan 回复：已派专人更换' ]
	on 2024-06-20 09:00 "$terminal" --to 待验收 --note 二楼已升级 --done M1 --evidence "$work/screen.png" --type 截图
	city on 2024-06-21 09:00 "$terminal" --to 销号
	[ "$(rectify-status "$terminal" --format json | jq -c '[.state, .due, .due_original]')" = '["closed","2024-06-25","2024-05-31"]' ]

	# a needless proof is gone by a rule, and two units had a part in it
	on 2024-05-27 09:00 "$proof_problem" --to 整改中
	on 2024-06-03 09:00 "$proof_problem" --done M1 --evidence "$work/form.pdf" --type 制度文件
	on 2024-06-04 09:00 "$proof_problem" --to 待验收 --note 已取消
	city refused policy 2024-06-05 09:00 "$proof_problem" --to 销号
	city on 2024-06-05 09:00 "$proof_problem" --to 销号 --policy 证明清理办法,泾政服发〔2024〕7号,2024-06-03
	[ "$(light "$ledger" 2024-06-17)" = 'listed red overdue' ]
	refused due-passed 2024-06-17 09:00 "$ledger" --due 2024-06-28 --note 延期
	commit 六月
}

july() {
	on 2024-06-18 09:00 "$ledger" --to 整改中
	on 2024-07-01 09:00 "$ledger" --to 待验收 --note 已补齐 --done M1 --evidence "$work/form.pdf" --type 登记表
	on 2024-07-02 09:00 "$ledger" --review 通过 --by 孙某
	on 2024-07-02 10:00 "$ledger" --to 销号 --by 周某

	on 2024-07-20 09:00 "$hotline" --done M1 --evidence "$work/screen.png" --type 截图
	on 2024-07-22 09:00 "$hotline" --to 待验收 --note 逐件办结
	on 2024-07-22 10:00 "$hotline" --review 通过 --by 孙某
	# its application had a note; the closing asks for the figure all the same
	refused observation 2024-07-23 09:00 "$hotline" --to 销号 --by 周某 --follow-up 电话,2024-07-22,满意
	done_on 2024-07-22 17:00 indicator-add --indicator 12345热线满意率 --numerator 90 --denominator 100
	on 2024-07-23 09:00 "$hotline" --to 销号 --by 周某 --follow-up 电话,2024-07-22,满意
	done_on 2024-07-31 17:00 indicator-add --indicator 证照电子签章率 --numerator 24999 --denominator 25000
	status 0 indicator-report --indicator 证照电子签章率 --by-unit --unit 泾川 --as-of 2024-07-31 --format json
	[ "$(jq -c '.units[0] | [.numerator, .denominator, .value]' <<<"$output")" = '[24999,25000,"99.99"]' ]
	# corrected and taken back; the original stays
	on 2024-07-31 18:00 "$visit" --set solution=窗口已调用电子营业执照 --note 补填方案
	[ "$(record-list visit --where "id=$visit" --fields solution --format tsv | sed 1d)" = 窗口已调用电子营业执照 ]
	[ "$(record-list visit --where "id=$visit" --as-of 2024-07-30 --fields solution --format tsv | sed 1d)" = "" ]
	commit 七月
}

august() {
	status 1 submission-check --unit 泾川 --as-of 2024-08-05
	has "$output" 大走访缺 走流程缺 未登记报送
	done_on 2024-08-06 09:00 evidence-add "$visit" "$work/form.pdf" "$work/photo.png" --type 登记表 --type 活动照片
	done_on 2024-08-06 09:10 evidence-add "$walk" "$work/form.pdf" "$work/photo.png" --type 登记表 --type 活动照片
	done_on 2024-08-08 10:00 submission-add --period 2024-final --item 登记表
	done_on 2024-08-08 10:30 evidence-add "$id" "$work/summary.docx" --type 工作总结
	status 0 submission-check --unit 泾川 --as-of 2024-08-08 --format json
	[ "$(jq -c '.units[0] | [.state, .handed_in, .late, .owes]' <<<"$output")" = '["complete","2024-08-08",false,null]' ]
	commit 八月
	status 0 record-export --submission --unit 泾川 --as-of 2024-08-08 "$work/报送"
	(cd "$work/报送" && sha256sum --quiet -c SHA256SUMS)
	status 0 record-export --form annex-1 --unit 泾川
	has "$output" 示例甲商贸有限公司 窗口已调用电子营业执照
}

@test "the campaign of one county, April to August, by what the manual says" {
	april
	points
	may
	june
	july
	august

	# each problem is where it belongs
	local id state
	while read -r id state; do
		[ "$(rectify-status "$id" --format json | jq -r .state)" = "$state" ]
	done <<-END
		$first closed
		$screen closed
		$terminal closed
		$hotline closed
		$review closed
		$ledger closed
		$proof_problem closed
		$away transferred
		$double merged
		$none declined
		$mistake withdrawn
	END
	# seven were listed and are closed; the one closed late and the one that came back were not in time
	status 0 rectify-status --summary --unit 泾川 --as-of 2024-08-10 --format json
	[ "$(jq -c '.flow[0] | [.listed, .reopened, .closed, .open_after, .registered_transferred, .registered_merged, .registered_declined]' <<<"$output")" = \
		'[7,1,8,0,1,1,1]' ]
	[ "$(jq -c '.rates[0] | [.closing_rate, .on_time, .punctuality_rate, .ever_reopened, .withdrawn]' <<<"$output")" = \
		'["100.00",5,"71.43",1,1]' ]
	status 0 record-check --strict --evidence
	status 0 record-check --against HEAD~6
	lacks "$output" changed gone
	# what was known at the end of May is what the clone of that day says
	git worktree add -q "$work/then" ":/五月" 2>/dev/null
	diff <(rectify-status --unit 泾川 --as-of 2024-05-26) <(rectify-status -C "$work/then" --unit 泾川 --as-of 2024-05-26)
}
