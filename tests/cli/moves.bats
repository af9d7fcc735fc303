#!/usr/bin/env bats
# The life of a problem, written with rectify-status: every move, and every guard refused and passed
# once (domain 2.3, 2.4; contract 2). What others wrote, and how files fold: fold.bats

load common

make_more() {
	folder
	as jingchuan 张某
	clock=1713405600 # 2024-04-18T10:00:00+08:00
	echo 整改前后对照 >"$work/photo.txt"
	show=(--evidence "$work/photo.txt" --type photo)
}

# tick: the next hour, in $at
tick() {
	clock=$((clock + ${1:-3600}))
	at=$(date -u -d "@$((clock + 28800))" +%Y-%m-%dT%H:%M:%S+08:00)
}

# on DAY: the clock goes to ten o'clock of that day
on() {
	clock=$(($(date -u -d "$1T10:00:00" +%s) - 28800))
}

# log ARGUMENTS...: sets $id to a new problem of Jingchuan, registered unless the arguments list it
log() {
	tick
	id=$(problem-log --title 窗口指引不清 --description 窗口指引不清，群众往返 --at "$at" "$@" 2>"$work/err") || {
		cat "$work/err"
		return 1
	}
	id=$(basename "$id" .yaml)
}

# listed ARGUMENTS...: the same on the list, with one measure; the arguments win
listed() {
	local default=(--origin self-check --lead jingchuan --track scheduled --due 2024-05-31) i
	for ((i = 0; i < ${#default[@]}; i += 2)); do
		case " $* " in *" ${default[i]} "*) ;; *) set -- "${default[@]:i:2}" "$@" ;; esac
	done
	log --responsible jingchuan --measure 更新指引 "$@"
}

# go ARGUMENTS...: adds an event to $id, which must be allowed; its path in $path
go() {
	local before
	before=$(files)
	tick
	status 0 rectify-status "$id" --at "$at" "$@" || return 1
	path=$output
	[ -f "$path" ] && [ "$(files)" -gt "$before" ]
}

# refused GUARDS ARGUMENTS...: these guards and no others refuse the event, and nothing is written
refused() {
	local want=$1 before got
	shift
	before=$(find . -type f | sort)
	tick
	status 1 rectify-status "$id" --at "$at" "$@" || return 1
	got=$(grep error: <<<"$err" | grep -o '\[[a-z-]*\]$' | tr -d '[]' | sort -u | xargs)
	if [ "$got" != "$want" ]; then
		echo "wanted guards: $want; got: $got"
		echo "$err"
		return 1
	fi
	[ "$output" = "" ] && [ "$(find . -type f | sort)" = "$before" ]
}

# by UNIT NAME COMMAND...: one act of another
by() {
	local DUBAN_UNIT=$1 DUBAN_BY=$2
	shift 2
	export DUBAN_UNIT DUBAN_BY
	"$@"
}

story() {
	rectify-status --format json "$id"
}

state() {
	story | jq -r .state
}

# work: $id is rectified and its first measure done, with evidence
work() {
	go --to rectifying
	go --done M1 "${show[@]}"
}

# apply, reviewed, close: the three persons of a closing
apply() {
	by jingchuan 李某 go --to submitted --note 已更新 "$@"
}

reviewed() {
	by jingchuan 孙某 go --review passed "$@"
}

close() {
	by jingchuan 周某 go --to closed "$@"
}

# --- on the list -------------------------------------------------------------------------------

@test "T051 T121 registered to listed: lead, responsible, track and due must be there" {
	log --origin self-check
	[ "$(state)" = registered ]
	refused needs-field --to listed
	has "$err" "'lead'" "'responsible'" "'track'" "'due'"
	refused needs-field --to listed --set lead=jingchuan --set responsible=jingchuan --set track=限期整改
	lacks "$err" "'lead'"
	has "$err" "'due'"
	go --to listed --set lead=jingchuan --set responsible=jingchuan --set track=限期整改 --due 5月底前
	[ "$(state)" = listed ]
	# the plan's milestones are written as `set`
	has "$(cat "$path")" "name: 任务分解到人, date: '2024-04-23'" "name: 销号, date: '2024-05-31'"
	[ "$(story | jq -c '[.due, .due_original, (.milestones | length)]')" = '["2024-05-31","2024-05-31",6]' ]
}

@test "registered to listed: own milestones stay, a problem set right at once has none" {
	log --origin self-check --lead jingchuan --responsible jingchuan --track scheduled --milestone 2024-05-10=换牌
	go --to listed --due 2024-05-31
	[ "$(story | jq -c '[.milestones[].name]')" = '["换牌"]' ]
	log --origin self-check --lead jingchuan --responsible jingchuan --track immediate
	go --to listed --due 2024-04-26
	[ "$(story | jq -c .milestones)" = '[]' ]
}

@test "registered to listed: only its unit, lead or the plan's owner" {
	log --origin self-check --lead lingtai --responsible jingchuan --responsible kongtong --track immediate --due 2024-05-31 --unit kongtong --for jingchuan
	[ "$(state)" = registered ]
	by kongtong 吴某 refused right --to listed
	has "$err" jingchuan lingtai pingliang
	by bigdata-center 孙某 refused "no-part right" --to listed
	by lingtai 郑某 go --to listed
	[ "$(state)" = listed ]
}

@test "registered to listed: not with a due date that lies before the day" {
	log --origin self-check --lead jingchuan --responsible jingchuan --track scheduled
	on 2024-05-02
	refused "due-before-listing due-past" --to listed --due 2024-05-01
	go --to listed --due 2024-05-02
	[ "$(story | jq -c '[.milestones[] | [.name, .date]]')" = '[["销号","2024-05-02"]]' ]
}

@test "transferred: by who may list, with a note and the unit that receives it" {
	log --origin self-check
	refused needs-note --to transferred --to-unit bigdata-center
	refused needs-unit --to transferred --note 不属本级
	refused needs-unit --to transferred --note 不属本级 --to-unit 泾川
	has "$err" 'not transferred to the unit that has it'
	by lingtai 郑某 refused "no-part right" --to transferred --note 不属本级 --to-unit bigdata-center
	go --to 转办 --note 不属本级 --to-unit 大数据中心
	[ "$(state)" = transferred ]
	has "$(cat "$path")" "to_unit: bigdata-center"
	# from every open state, also to a unit that the plan does not know
	for step in listed rectifying submitted returned reopened; do
		listed
		case $step in
		rectifying) go --to rectifying ;;
		submitted) work && apply ;;
		returned) work && apply && go --to returned --note 不全 ;;
		reopened) work && apply && reviewed && close &&
			by pingliang 周某 go --to reopened --note 又有 "${show[@]}" ;;
		esac
		[ "$(state)" = "$step" ]
		go --to transferred --note 不属本级 --to-unit 省政务服务中心
		has "$err" "[unknown-word]" warning
		[ "$(state)" = transferred ]
	done
	[ "$(rectify-status --unit jingchuan --format json | jq -c '[.problems[].light] | unique')" = '[null]' ]
}

@test "merged: with a note and the problem that goes on, another one that is there" {
	listed
	master=$id
	listed
	refused needs-note --to merged --master "$master"
	refused needs-master --to merged --note 重复
	refused needs-master --to merged --note 重复 --master "$id"
	refused unknown-record --to merged --note 重复 --master p-20240418-zzzzzz
	refused no-record --to merged --note 重复 --master zzzzzz
	go --to merged --note 重复 --master "jingchuan/problems/2024-04/$master.yaml"
	[ "$(state)" = merged ]
	has "$(cat "$path")" "master: $master"
	listed
	go --to rectifying
	go --to merged --note 重复 --master "${master: -6}"
	log --origin other
	go --to 合并 --note 重复 --master "$master"
}

@test "merged: not into what is merged into it, however many steps away" {
	local a b c
	listed && a=$id
	listed && b=$id
	listed && c=$id
	id=$a go --to merged --note 重复 --master "$b"
	id=$b go --to merged --note 重复 --master "$c"
	id=$c
	refused needs-master --to merged --note 重复 --master "$a"
	has "$err" 'itself merged into this problem'
	# nor where nothing goes on
	listed && master=$id
	go --to declined --note 不属实
	id=$c refused needs-master --to merged --note 重复 --master "$master"
	has "$err" 'is declined 不予列账: nothing goes on there'
	listed && master=$id
	go --to withdrawn --note 误录
	id=$c refused needs-master --to merged --note 重复 --master "$master"
	listed && master=$id
	go --to transferred --note 不属本级 --to-unit 大数据中心
	id=$c refused needs-master --to merged --note 重复 --master "$master"
	listed
	master=$id id=$c
	go --to merged --note 重复 --master "$master"
}

@test "declined: from the register or the list, with a note" {
	log --origin other
	refused needs-note --to declined
	go --to 不予列账 --note 与政策不符，已告知企业
	[ "$(state)" = declined ]
	listed
	go --to declined --note 与政策不符
	listed
	go --to rectifying
	refused move-not-allowed --to declined --note 与政策不符
}

# --- rectifying --------------------------------------------------------------------------------

@test "T017 listed to rectifying: a lead or responsible unit, with a measure" {
	log --origin self-check --lead jingchuan --responsible lingtai --track scheduled --due 2024-05-31
	[ "$(state)" = listed ]
	refused needs-measure --to rectifying
	by pingliang 周某 refused "needs-measure responsible-unit" --to rectifying
	by huating 吴某 refused "needs-measure no-part responsible-unit" --to rectifying
	by lingtai 郑某 refused right --to rectifying --set measures=更新指引 --note 补措施
	go --set measures=更新指引 --note 补措施
	by lingtai 郑某 go --to rectifying
	[ "$(state)" = rectifying ]
}

@test "T122 listed to rectifying: 限期整改 needs a milestone, none after the due date" {
	listed --milestone 2024-05-10=换牌 --milestone 2024-05-20=验收
	refused milestone-after-due --set milestones=2024-06-01=换牌 --note 调整
	refused milestone-order --set milestones=2024-05-20=换牌 --set milestones=2024-05-10=验收 --note 调整
	go --set milestones= --note 调整
	refused needs-milestone --to rectifying
	go --set milestones=2024-05-30=换牌 --note 重排
	go --due 2024-05-29 --note 提前
	refused milestone-after-due --to rectifying
	go --to rectifying --set milestones=2024-05-29=换牌 --note 重排
	[ "$(state)" = rectifying ]
}

@test "listed to rectifying: 立行立改 needs no milestone" {
	listed --track immediate --due 2024-04-26
	[ "$(story | jq -c .milestones)" = '[]' ]
	go --to rectifying
}

@test "done, undone, waived: by a party, of what the problem has, waiving with a note" {
	listed --measure 培训导办员 --responsible lingtai
	go --to rectifying
	refused unknown-step --done M3
	refused unknown-step --done N9
	refused step-twice --done M1 --undone M1
	refused step-twice --done M1 --done N1 --waive N1 --note 不再需要
	by pingliang 周某 refused responsible-unit --done M1
	refused needs-note --waive M2
	by lingtai 郑某 go --done M1 --done N1
	[ "$(story | jq -c '[.measures[].done, .milestones[0].done]')" = '[true,false,true]' ]
	go --undone M1
	[ "$(story | jq -c '[.measures[].done]')" = '[false,false]' ]
	go --waive M2 --note 导办员已配齐
	[ "$(story | jq -c '[.measures[].waived]')" = '[false,true]' ]
	[ "$(rectify-status --unit jingchuan --format json | jq -c '.problems[0] | [.measures_done, .measures_total]')" = '[1,2]' ]
	apply "${show[@]}" --done M1
	refused move-not-allowed --undone M1
	refused move-not-allowed --done M2
}

# --- submitted ---------------------------------------------------------------------------------

@test "rectifying to submitted: the result of the self-check, every measure done or waived" {
	listed --measure 培训导办员
	go --to rectifying
	refused "measure-open needs-note" --to submitted
	refused measure-open --to submitted --note 已更新 --done M1 "${show[@]}"
	has "$err" "'M2'"
	lacks "$err" "'M1'"
	by pingliang 周某 refused "measure-open responsible-unit" --to submitted --note 已更新
	go --waive M2 --note 导办员已配齐
	go --to submitted --note 已更新 --done M1 "${show[@]}"
	[ "$(state)" = submitted ]
}

@test "evidence counts for what its own event says done, else for what was done before" {
	listed --measure 培训导办员 --measure 公示
	go --to rectifying
	go "${show[@]}" --note 现场原貌
	go --done M1
	refused measure-open --to submitted --note 已更新 "${show[@]}"
	go --done M2 "${show[@]}"
	[ "$(story | jq -c '[.measures[].evidence]')" = '[0,1,0]' ]
	go --done M3
	refused measure-evidence --to submitted --note 已更新
	has "$err" "'M1'" "'M3'"
	lacks "$err" "'M2'"
	go "${show[@]}" --evidence-for M3
	[ "$(story | jq -c '[.measures[].evidence]')" = '[0,1,1]' ]
	refused measure-evidence --to submitted --note 已更新
	lacks "$err" "'M3'"
	go "${show[@]}"
	[ "$(story | jq -c '[.measures[].evidence]')" = '[1,2,2]' ]
	go --to submitted --note 已更新
}

@test "a measure that names units is done when each of them said so" {
	tick
	id=$(problem-log --at "$at" --file - <<-'EOF'
		title: 窗口指引不清
		description: 窗口指引不清
		origin: self-check
		track: scheduled
		lead: jingchuan
		responsible: [jingchuan, lingtai]
		due: '2024-05-31'
		measures: [{id: M1, text: 更新指引, units: [jingchuan, lingtai]}]
	EOF
	)
	id=$(basename "$id" .yaml)
	go --to rectifying
	go --done M1 "${show[@]}"
	refused measure-open --to submitted --note 已更新
	# who has said so is not asked again
	has "$err" "measure 'M1' is not done; yet to say so: lingtai 灵台县政务服务中心 [measure-open]" 'each of its units adds --done'
	status 0 rectify-status --explain --as-of 2024-12-31 "$id"
	has "${output//[$'\n' ]/}" '销号前还须：M1完成（灵台县政务服务中心）。'
	by lingtai 郑某 go --done M1
	# each takes back its own word, not the other's
	by lingtai 郑某 go --undone M1
	refused measure-open --to submitted --note 已更新
	has "$err" "yet to say so: lingtai 灵台县政务服务中心 [measure-open]"
	by lingtai 郑某 go --done M1
	go --to submitted --note 已更新
}

@test "立行立改 goes from the list to review, with evidence; 限期整改 does not" {
	listed --track immediate --due 2024-04-26
	refused needs-evidence --to submitted
	go --to submitted "${show[@]}"
	[ "$(state)" = submitted ]
	[ "$(story | jq -c '[.measures[].done]')" = '[true]' ]
	# the application speaks for the measure, until it is sent back
	by jingchuan 孙某 go --to returned --note 未见实效
	[ "$(story | jq -c '[.measures[].done]')" = '[false]' ]
	go --to rectifying
	refused measure-open --to submitted --note 已更新
	listed --track immediate --due 2024-04-26
	go --to submitted "${show[@]}"
	reviewed
	close
	listed
	refused immediate-only --to submitted --note 已更新 --done M1 "${show[@]}"
}

@test "立行立改 that was put to work needs its measures like any other" {
	listed --track immediate --due 2024-04-26
	go --to rectifying
	refused measure-open --to submitted --note 已更新 "${show[@]}"
	refused measure-evidence --to submitted --note 已更新 --done M1
	go --to submitted --note 已更新 --done M1 "${show[@]}"
}

@test "an indicator of the problem: its target is met, or a figure since listing, or a note" {
	# 一件事 has a target of 100, 电子营业执照 has none
	as pingliang 张某
	id=$(problem-log --title 一件事 --description 数量不足 --origin self-check --lead pingliang --responsible pingliang \
		--track immediate --due 2024-04-30 --indicator one-matter-packages --at 2024-04-18T09:00:00+08:00)
	id=$(basename "$id" .yaml)
	refused target --to submitted "${show[@]}"
	indicator-add --indicator one-matter-packages --count 99 --date 2024-04-18 --data-source 甘肃政务服务网 \
		--at 2024-04-18T09:30:00+08:00 >/dev/null
	refused target --to submitted "${show[@]}"
	first=$id
	tick
	indicator-add --indicator one-matter-packages --count 100 --date 2024-04-18 --data-source 甘肃政务服务网 --at "$at" >/dev/null
	go --to submitted "${show[@]}"
	id=$(problem-log --title 电子营业执照 --description 领域不足 --origin self-check --lead pingliang --responsible pingliang \
		--track immediate --due 2024-04-30 --indicator e-licence-domains --at 2024-04-18T09:00:00+08:00)
	id=$(basename "$id" .yaml)
	refused observation --to submitted "${show[@]}"
	by pingliang 李某 go --to submitted "${show[@]}" --note 公共资源交易领域由省上统一接入
	# every application has a note, so that of the closing says why it is closed nevertheless
	by pingliang 孙某 go --review passed
	by pingliang 周某 refused observation --to closed
	by pingliang 周某 go --to closed --note 由省上统一接入，转入长期跟踪
	[ "$first" != "$id" ]
}

@test "a target that was met before the listing lets apply, but closing wants a figure since" {
	as pingliang 张某
	indicator-add --indicator one-matter-packages --count 100 --date 2024-04-17 --at 2024-04-17T09:00:00+08:00 >/dev/null
	id=$(problem-log --title 一件事 --description 数量不足 --origin self-check --lead pingliang --responsible pingliang \
		--track immediate --due 2024-04-30 --indicator one-matter-packages --at 2024-04-18T09:00:00+08:00)
	id=$(basename "$id" .yaml)
	go --to submitted "${show[@]}"
	by pingliang 孙某 go --review passed
	by pingliang 周某 refused observation --to closed
	has "$err" "'one-matter-packages' has no figure since"
	indicator-add --indicator one-matter-packages --count 100 --date 2024-04-18 --at "$at" >/dev/null
	by pingliang 周某 go --to closed
}

@test "taken back: submitted to rectifying, by a party" {
	listed
	work
	apply
	by pingliang 周某 refused responsible-unit --to rectifying
	go --to rectifying
	[ "$(state)" = rectifying ]
	apply
	[ "$(state)" = submitted ]
}

@test "returned: by who reviews or closes, with a note, and back to work" {
	listed --responsible lingtai
	work
	apply
	refused needs-note --to returned
	by lingtai 郑某 refused right --to returned --note 不全
	by huating 吴某 refused "no-part right" --to returned --note 不全
	by pingliang 周某 go --to returned --note 佐证不全
	[ "$(state)" = returned ]
	refused move-not-allowed --to submitted --note 已补
	by pingliang 周某 refused responsible-unit --to rectifying
	go --to rectifying
	apply
	by jingchuan 孙某 go --to 退回 --note 仍不全
	[ "$(state)" = returned ]
}

# --- closed ------------------------------------------------------------------------------------

@test "T050 T112 each origin from the list to the end; visit, review and hotline ask those who raised it" {
	visit=$(visit-add --indicator-type 政务服务 --enterprise 示例甲商贸有限公司 --appeal 指引不清 --visitor 张某 --at 2024-04-18T09:00:00+08:00)
	for origin in evaluation self-check evaluation-or-self-check visit walkthrough inspection supervision hotline review other; do
		case $origin in
		visit | walkthrough | inspection | supervision) listed --origin $origin --source "$visit" --again ;;
		*) listed --origin $origin ;;
		esac
		[ "$(state)" = listed ]
		work
		apply
		reviewed
		case $origin in
		visit | review | hotline)
			by jingchuan 周某 refused follow-up --to closed
			close --follow-up "电话,2024-04-18,满意"
			;;
		*) close ;;
		esac
		[ "$(state)" = closed ]
		[ "$(rectify-status --format json | jq -r --arg id "$id" '.problems[] | select(.id == $id) | .light')" = closed ]
	done
	status 0 record-check
}

@test "a follow-up may come before the closing; dissatisfied needs a note; none from the future" {
	listed --origin hotline
	work
	apply
	refused needs-note --follow-up phone,2024-04-18,dissatisfied
	refused future --follow-up phone,2024-04-28,satisfied
	go --follow-up phone,2024-04-18,不满意 --note 仍需排队
	reviewed
	close
	listed --origin hotline
	work
	apply
	reviewed
	refused enum --follow-up 短信,2024-04-18,满意
	status 1 rectify-status "$id" --follow-up phone
	has "$err" "[required]"
}

@test "the closer is none of those who submitted, however the name is spaced" {
	listed
	work
	apply
	reviewed
	for name in 李某 '李 某' '李　某' ' 李某'; do
		refused separation --to closed --by "$name"
	done
	close
	listed
	work
	by jingchuan 'Ｗang某' go --to submitted --note 已更新
	reviewed
	refused separation --to closed --by Wang某
}

@test "all who submitted since the reopening are barred, also before it was taken back" {
	listed
	work
	apply
	go --to rectifying
	by jingchuan 王某 go --to submitted --note 已更新
	reviewed
	refused separation --to closed --by 李某
	refused separation --to closed --by 王某
	close
	by pingliang 吴某 go --to reopened --note 又有 "${show[@]}" --due 2024-05-31
	go --to rectifying
	by jingchuan 王某 go --to submitted --note 已更新
	reviewed
	# before the reopening it was 李某
	by jingchuan 李某 go --to closed
}

@test "a party that closes its own problem needs a second person's review" {
	listed
	work
	apply
	by jingchuan 周某 refused second-person --to closed
	# by one who submitted, or who then closes
	by jingchuan 李某 go --review passed
	by jingchuan 周某 refused second-person --to closed
	by jingchuan '周　某' go --review passed
	by jingchuan 周某 refused second-person --to closed
	reviewed
	close
	[ "$(state)" = closed ]
}

@test "a review counts after the last application only" {
	listed
	work
	apply
	reviewed
	go --to rectifying
	apply
	by jingchuan 周某 refused second-person --to closed
	reviewed
	close
}

@test "the owner, where it has no part, closes a county's problem without a second person" {
	listed
	work
	apply
	by pingliang 周某 go --to closed
}

@test "a failed review bars closing until a later one passed, also after a new application" {
	listed
	work
	apply
	by jingchuan 孙某 go --review 未通过
	by pingliang 周某 refused review-failed --to closed
	go --to rectifying
	apply
	by pingliang 周某 refused review-failed --to closed
	reviewed
	by pingliang 周某 go --to closed
}

@test "a review: in submitted only, without a move, by unit, lead or owner" {
	listed --responsible lingtai
	work
	by jingchuan 孙某 refused move-not-allowed --review passed
	has "$err" 'a review is an event of its own'
	apply
	by jingchuan 孙某 refused move-not-allowed --review passed --to closed
	has "$err" 'two events' 'first --review alone, then --to'
	by lingtai 郑某 refused right --review passed
	by huating 吴某 refused "no-part right" --review passed
	by pingliang 吴某 go --review passed
}

@test "a problem of the plan is closed by the owner alone, with a review" {
	on 2024-04-19
	id=p-20240410-000003
	by bigdata-center 李某 go --to rectifying
	by bigdata-center 李某 go --done M1 --done M2 --done M3 "${show[@]}"
	by digital-gov-team 王某 go --to submitted --note 待省上批量签章
	by bigdata-center 周某 refused "observation right second-person target" --to closed
	has "$err" 平凉市政务服务中心
	by pingliang 周某 refused second-person --to closed --note 省上六月底完成
	by bigdata-center 孙某 go --review passed
	by pingliang 孙某 refused second-person --to closed --note 省上六月底完成
	by pingliang 周某 refused "observation target" --to closed
	by pingliang 周某 go --to closed --note 省上六月底完成
	[ "$(state)" = closed ]
	by pingliang 周某 refused plan-problem --to withdrawn --note 录错
}

@test "a problem with a part of another unit is closed by the owner" {
	listed --responsible lingtai
	work
	apply
	reviewed
	by jingchuan 周某 refused right --to closed
	by lingtai 郑某 refused right --to closed
	by pingliang 周某 go --to closed
	# a group counts as its units
	listed --responsible counties
	work
	apply
	reviewed
	by jingchuan 周某 refused right --to closed
	# the owner as a responsible unit acts for itself: a second person is needed
	listed --responsible pingliang
	work
	apply
	by pingliang 周某 refused second-person --to closed
	by jingchuan 孙某 go --review passed
	by pingliang 周某 go --to closed
}

@test "closing looks at the files of evidence" {
	listed
	work
	file=$(ls jingchuan/evidence/*.txt)
	apply
	reviewed
	by jingchuan 李某 go --evidence "$file" --type screenshot
	mv "$file" "$work/away"
	by jingchuan 周某 refused evidence-missing --to closed
	# a file that two events name is told of once, with what to do
	[ "$(grep -c "'$file' is missing" <<<"$err")" -eq 1 ]
	has "$err" 'hint: put it back as it was added: git has kept it'
	echo 别的 >"$file"
	by jingchuan 周某 refused evidence-changed --to closed
	mv "$work/away" "$file"
	close
}

@test "closing needs evidence also where every measure was waived" {
	listed
	go --to rectifying
	go --waive M1 --note 已由省上统一更新
	apply
	reviewed
	by jingchuan 周某 refused needs-evidence --to closed
	go "${show[@]}"
	close
}

@test "T124 a problem that needs a policy closes with one, or with a note" {
	local number
	listed --needs-policy 是
	work
	apply
	reviewed
	by jingchuan 周某 refused policy --to closed
	refused future --policy 指引更新办法,泾政服发〔2024〕7号,2024-05-02
	# its number has the year in 〔〕, no 第 and no zero (GB/T 9704); an order has no year
	for number in '泾政服发[2024]7号' '泾政服发（2024）7号' '泾政服发【2024】7号' 泾政服发〔2024〕第7号 泾政服发〔2024〕07号; do
		refused pattern --policy "指引更新办法,$number,2024-04-18"
		has "$err" 文号 'for example 泾政服发〔2024〕7号'
	done
	go --policy 指引更新办法,市政府令第7号,2024-04-18
	go --policy 指引更新办法,泾政服发〔2024〕7号,2024-04-18
	close
	listed --needs-policy 是
	work
	apply
	reviewed
	close --note 已有办法
	listed --needs-policy 是
	work
	apply
	reviewed
	close --policy 指引更新办法,,2024-04-18
	[ "$(state)" = closed ]
}

@test "T123 closing is one problem at a time" {
	listed
	first=$id
	listed
	before=$(files)
	status 2 rectify-status "$first" "$id" --to closed
	status 2 bash -c "printf '%s\n' $first $id | rectify-status - --to 销号"
	[ "$(files)" = "$before" ]
	# other things go for many
	status 0 bash -c "printf '%s\n' $first $id | rectify-status - --to rectifying"
	[ "$(wc -l <<<"$output")" = 2 ]
	[ "$(files)" = $((before + 2)) ]
}

@test "of several records each is named, and one that is refused keeps no other back" {
	log --origin self-check
	first=$id
	listed --indicator seal-rate
	tick
	# figures are read, and a field set, after the first was refused
	status 1 rectify-status "$first" "$id" --to submitted --at "$at"
	has "$err" "$(basename "$first").yaml: error: $first is registered" "/$id.yaml: error: only a problem that is set right at once"
	lacks "$err" "rectify-status: error"
	status 1 rectify-status "$first" "$id" --set note=x --to rectifying --at "$at"
	has "$err" "/$first.yaml: error:"
	has "$output" "/${id}_"
	# the same where the time is wrong
	status 1 rectify-status "$first" "$id" --note x --at 2024-04-18T09:00:00+08:00
	has "$err" "/$first.yaml: error: --at:" "/$id.yaml: error: --at:"
	# the names came, but there were none
	status 1 rectify-status - --note x </dev/null
	has "$err" 'no record was named on standard input [empty]'
	status 1 bash -c 'printf "a\0b\n" | rectify-status - --note x'
	has "$err" '-: error: this is not a text but binary data [binary]'
	status 3 rectify-status - --note x </dev/zero
	has "$err" '-: error: cannot read: File too large'
	status 1 bash -c 'head -c 100000 /dev/zero | tr "\0" x | rectify-status - --note x'
	[ "${#err}" -lt 3000 ]
}

@test "options of the table go with no event, those of an event with none of a table" {
	listed
	before=$(files)
	for option in --overdue --explain '--as-of 2024-05-01' '--format json' '--encoding utf-8' '--sort id'; do
		status 2 rectify-status "$id" --note x $option
		has "$err" 'do not go with what happened'
	done
	for option in --dry-run '--at 2024-05-01T00:00:00+08:00' '--wait 1' '--by 李某'; do
		status 2 rectify-status "$id" $option
		has "$err" '--by, --at, --wait and --dry-run go with what happened'
	done
	[ "$(files)" = "$before" ]
}

# --- reopened, withdrawn -----------------------------------------------------------------------

@test "reopened: by the owner, with a note and evidence; back to work with a new due date" {
	listed
	work
	apply
	reviewed
	close
	refused right --to reopened --note 又有 "${show[@]}"
	by pingliang 吴某 refused needs-note --to reopened "${show[@]}"
	by pingliang 吴某 refused needs-evidence --to reopened --note 又有
	on 2024-06-03
	by pingliang 吴某 go --to 反弹 --note 又有 "${show[@]}"
	[ "$(state)" = reopened ]
	refused needs-due --to rectifying
	by pingliang 吴某 go --due 2024-06-20 --note 重排
	go --to rectifying
	[ "$(story | jq -c '[.state, .due, .due_original]')" = '["rectifying","2024-06-20","2024-05-31"]' ]
	[ "$(rectify-status --unit jingchuan --as-of 2024-06-21 --overdue --format json | jq -c '.problems[0] | [.days_left, .due_original]')" = '[-1,"2024-05-31"]' ]
}

@test "reopened with the due date in the same event; the review starts anew" {
	listed
	work
	apply
	reviewed
	close
	by pingliang 吴某 go --to reopened --note 又有 "${show[@]}" --due 2024-05-20
	[ "$(story | jq -c '[.state, .due, .due_original]')" = '["reopened","2024-05-20","2024-05-31"]' ]
	# the milestones of before are told of, and may lie behind it
	status 0 record-check
	has "$output$err" milestone-after-due
	go --to rectifying
	apply
	by jingchuan 周某 refused second-person --to closed
	reviewed
	close
	[ "$(state)" = closed ]
}

@test "withdrawn: with a note, from the register by its unit, later by who may close" {
	log --origin other
	refused needs-note --to withdrawn
	go --to withdrawn --note 录错
	[ "$(state)" = withdrawn ]
	refused move-not-allowed --to listed
	refused move-not-allowed --note 补记
	refused move-not-allowed --to withdrawn --note 再撤
	listed --responsible lingtai
	refused right --to withdrawn --note 录错
	by lingtai 郑某 refused right --to withdrawn --note 录错
	by pingliang 周某 go --to withdrawn --note 录错
	listed
	go --to withdrawn --note 录错
	id=p-20240410-000001
	by pingliang 周某 refused plan-problem --to withdrawn --note 录错
}

@test "other kinds are recorded or withdrawn, and have no moves of a problem" {
	tick
	id=$(visit-add --indicator-type 政务服务 --enterprise 示例甲商贸有限公司 --appeal 无 --visitor 张某 --at "$at")
	[ "$(state)" = recorded ]
	refused move-not-allowed --to closed
	refused move-not-allowed --done M1
	refused move-not-allowed --review passed
	refused move-not-allowed --reply 好
	refused needs-note --to withdrawn
	by lingtai 郑某 refused no-part --to withdrawn --note 录错
	go --set appeal=指引不清 --note 更正
	[ "$(record-list visit --fields appeal --format tsv | tail -1)" = 指引不清 ]
	go --to withdrawn --note 录错
	[ "$(state)" = withdrawn ]
	refused move-not-allowed --note 又想起一事
	has "$err" 'is withdrawn 已撤回, and nothing more is added'
}

# --- due dates and corrections -----------------------------------------------------------------

@test "an extension: by who may close, with a note, before the date is over; the original stays" {
	listed
	refused needs-note --due 2024-06-14
	listed --responsible lingtai
	refused right --due 2024-06-14 --note 厂家延期
	by pingliang 周某 go --due 6月中旬 --note 厂家延期
	[ "$(story | jq -c '[.due, .due_original]')" = '["2024-06-20","2024-05-31"]' ]
	# the words stay with the date, and those of an older one are not told as the new one's
	has "$(cat "$path")" 'set: {due_text: 6月中旬}'
	has "$(rectify-status --explain --as-of 2024-05-01 "$id")" '时限2024-06-20（6月中旬），原定2024-05-31'
	by pingliang 周某 go --due 2024-06-19 --note 厂家延期
	lacks "$(cat "$path")" due_text
	has "$(rectify-status --explain --as-of 2024-05-01 "$id")" '时限2024-06-19，原定2024-05-31'
	by pingliang 周某 refused due-past --due 2024-04-17 --note 厂家延期
	on 2024-06-21
	by pingliang 周某 refused due-passed --due 2024-06-28 --note 厂家延期
	[ "$(rectify-status --unit jingchuan --overdue --as-of 2024-06-21 --format json | jq '.problems | length')" = 2 ]
}

@test "the first due date is no extension" {
	log --origin self-check --lead jingchuan --responsible jingchuan --track immediate
	go --due 2024-04-26
	go --due 2024-04-29
	go --set due=2024-04-30
	go --to listed
	[ "$(story | jq -c '[.due, .due_original]')" = '["2024-04-30","2024-04-30"]' ]
	refused needs-note --due 2024-05-06
	refused move-not-allowed --set due=2024-05-06 --note 改期
	has "$err" 'changed with --due DATE'
	go --due 2024-05-06 --note 改期
	[ "$(story | jq -c '[.due, .due_original]')" = '["2024-05-06","2024-04-30"]' ]
}

@test "a return may give a new due date, also when the old one is over" {
	listed
	work
	apply
	on 2024-06-03
	by pingliang 周某 go --to returned --note 不全 --due 2024-06-14
	[ "$(story | jq -c '[.state, .due, .due_original]')" = '["returned","2024-06-14","2024-05-31"]' ]
}

@test "guarded fields of a listed problem: the right to list, a note, not under review nor closed" {
	guarded=(origin=other track=immediate lead=pingliang responsible=jingchuan indicators=seal-rate needs_policy=是
		milestones=2024-05-10=换牌 measures=更新指引)
	listed --responsible lingtai
	for set in "${guarded[@]}"; do
		by lingtai 郑某 refused right --set "$set" --note 更正
		refused needs-note --set "$set"
	done
	go --set origin=other --set needs_policy=否 --set track=限期整改 --note 更正
	work
	go --set indicators=seal-rate --note 更正
	apply
	for set in "${guarded[@]}"; do
		refused move-not-allowed --set "$set" --note 更正
		has "$err" 'stay as they are under review and after closing'
	done
	by pingliang 周某 go --to closed --note 省上六月底完成
	for set in "${guarded[@]}"; do
		refused move-not-allowed --set "$set" --note 更正
	done
	# the others are free, whoever has a part
	by lingtai 郑某 go --set title=窗口指引 --set pain=堵点 --set focus=15 --set focus=16
	[ "$(record-list problem --unit jingchuan --fields title,pain --format tsv | tail -1)" = "窗口指引	blockage" ]
	# and so are all of one that was never listed
	log --origin other
	go --set origin=hotline --set lead=jingchuan
	[ "$(story | jq -r .lead)" = jingchuan ]
}

@test "who, what and when a record is cannot be set; a wrong value is refused" {
	listed
	for set in id=p-20240418-zzzzzz kind=visit unit=lingtai date=2024-04-17 sources=v-20240418-zzzzzz entered.by=王某; do
		tick
		status 1 rectify-status "$id" --at "$at" --set "$set" --note 更正
		has "$err" 'enter it anew'
	done
	refused unknown-field --set titel=x
	has "$err" "title"
	refused enum --set pain=痛
	refused max-length --set title="$(printf '字%.0s' {1..61})"
	status 2 rectify-status "$id" --set title
	[ "$(story | jq '.events | length')" = 1 ]
}

@test "a measure that was done stays, and so do the plan's own; others may change" {
	listed --measure 培训导办员
	go --to rectifying
	go --done M1 "${show[@]}"
	refused measure-kept --set measures=换牌 --note 调整
	go --set measures=更新指引 --set measures=公示 --note 调整
	[ "$(story | jq -c '[.measures[] | [.id, .text, .done, .evidence]]')" = '[["M1","更新指引",true,1],["M2","公示",false,0]]' ]
	id=p-20240410-000001
	old=()
	while read -r text; do old+=(--set "measures=$text"); done < <(story | jq -r '.measures[].text')
	by pingliang 周某 refused measure-kept --set measures=公示 --note 加措施
	by pingliang 周某 go "${old[@]}" --set measures=公示 --note 加措施
	[ "$(story | jq '.measures | length')" = 3 ]
	# with what the shorthand cannot say
	has "$(cat "$path")" "basis_docs: [平大数据函〔2023〕1号]"
}

@test "a whole event or nothing: one part that is not allowed refuses all" {
	listed
	work
	apply
	refused move-not-allowed --note 补记 --done M1
	refused move-not-allowed --to returned --note 不全 --undone M1
	[ "$(state)" = submitted ]
}

# --- who ---------------------------------------------------------------------------------------

@test "without a name or a unit nothing is written" {
	listed
	unset DUBAN_BY
	refused required --note 补记
	has "$err" --by
	go --note 补记 --by 王某
	has "$(cat "$path")" "by: 王某" "unit: jingchuan"
	unset DUBAN_UNIT
	refused required --note 补记 --by 王某
	refused unknown-word --note 补记 --by 王某 --unit 天水
	go --note 补记 --by 王某 --unit 泾川
}

@test "a plan that lists people believes no others, and each for what they may" {
	cat >>plan.yaml <<-'EOF'
		people:
		  - {name: 张某, unit: jingchuan, may: [list]}
		  - {name: 李某, unit: jingchuan, may: [list]}
		  - {name: 吴某, unit: jingchuan, may: []}
		  - {name: 周某, unit: pingliang, may: [close]}
		  - {name: 孙某, unit: pingliang, may: [review]}
	EOF
	listed
	# the one who may not is named, not the unit
	status 0 problem-log --title 无权 --description 无权 --origin 自查 --lead 泾川 --responsible 泾川 --track 立行立改 \
		--due 2024-06-28 --by 吴某 --unit 泾川 --at 2024-04-18T10:00:00+08:00
	has "$err" '[registered]' "the plan's list of people does not let '吴某' list a problem"
	refused person --note 补记 --by 王某
	refused person --note 补记 --unit pingliang
	by jingchuan '李　某' go --note 补记
	work
	by jingchuan 李某 go --to submitted --note 已更新
	by jingchuan 李某 refused person --review passed
	by pingliang 周某 refused person --review passed
	by pingliang 孙某 go --review passed
	by pingliang 孙某 refused person --to closed
	by pingliang 周某 go --to closed
}

# --- when --------------------------------------------------------------------------------------

@test "--at: after the newest event, not in the future" {
	listed
	go --to rectifying
	clock=$((clock - 3600))
	refused not-newest --note 补记
	# the same second
	clock=$((clock - 3600))
	refused not-newest --note 补记
	go --note 补记
	status 1 rectify-status "$id" --note 补记 --at "$(date -u -d '20 minutes' +%Y-%m-%dT%H:%M:%SZ)"
	has "$err" "[future]"
	status 1 rectify-status "$id" --note 补记 --at 2024-04-18
	has "$err" "[format]"
	status 0 rectify-status "$id" --note 补记 --at "$(date -u -d '5 minutes' +%Y-%m-%dT%H:%M:%SZ)"
	# now lies before that: one second later
	status 0 rectify-status "$id" --note 补记
	[ "$(story | jq -r '[.events[-2:][].at | .[:19] + "Z" | fromdate] | .[1] - .[0]')" = 1 ]
}

@test "the time is written at the plan's offset, and names the file" {
	listed
	status 0 rectify-status "$id" --note 补记 --at 2024-04-30T16:30:05Z
	[[ $output == jingchuan/problems/2024-04/${id}_20240501T003005_[0-9a-z][0-9a-z][0-9a-z][0-9a-z].yaml ]]
	has "$(cat "$output")" "at: '2024-05-01T00:30:05+08:00'" "record: $id"
	[ "$(head -2 "$output")" = "record: $id
at: '2024-05-01T00:30:05+08:00'" ]
}

@test "two events in one second stand in the order in which they were written" {
	listed
	for note in 一 二 三 四; do
		rectify-status "$id" --note $note >/dev/null
	done
	[ "$(story | jq -r '[.events[].note] | join("")')" = 一二三四 ]
	[ "$(story | jq '[.events[].at] | unique | length')" = 5 ]
	[ "$(basename -a jingchuan/problems/2024-04/"$id"_* | LC_ALL=C sort | while read -r f; do grep -h note: jingchuan/problems/2024-04/"$f"; done | cut -c7- | tr -d '\n')" = 一二三四 ]
	status 0 record-check
}

@test "a dry run prints the event and writes nothing" {
	listed
	before=$(find . -type f | sort)
	tick
	status 0 rectify-status "$id" --at "$at" --to rectifying "${show[@]}" -n
	has "$output" "record: $id" "to: rectifying" "file: jingchuan/evidence/" "name: photo.txt"
	first=$id
	listed
	before=$(find . -type f | sort)
	tick
	status 0 rectify-status "$first" "$id" --at "$at" --note x -n
	[ "$(grep -c -x -e --- <<<"$output")" = 1 ]
	[ "$(find . -type f | sort)" = "$before" ]
	tick
	status 1 rectify-status "$id" --at "$at" --to closed -n
	has "$err" "[move-not-allowed]"
}

# --- many at once ------------------------------------------------------------------------------

@test "of twenty that start rectifying at once exactly one does" {
	listed
	for i in {1..20}; do
		(
			got=0
			rectify-status "$id" --to rectifying --by "王$i" --wait 60 >"$work/out.$i" 2>"$work/err.$i" || got=$?
			echo $got >"$work/rc.$i"
		) &
	done
	wait
	[ "$(cat "$work"/rc.* | sort | uniq -c | awk '{print $1 "x" $2}' | xargs)" = "1x0 19x1" ]
	[ "$(cat "$work"/err.* | grep -c 'error: .*\[move-not-allowed\]')" = 19 ]
	[ "$(ls jingchuan/problems/2024-04/"${id}"_* | wc -l)" = 1 ]
	[ "$(state)" = rectifying ]
	status 0 record-check --strict
}

@test "twenty notes at once are all kept, each with a time of its own" {
	listed
	for i in {1..20}; do
		rectify-status "$id" --note "第$i条" --wait 60 >/dev/null &
	done
	wait
	[ "$(story | jq '.events | length')" = 21 ]
	[ "$(story | jq '[.events[].at] | unique | length')" = 21 ]
}

@test "a lock that is held: 75 at once or after the wait; readers and new records do not mind" {
	listed
	exec 9<jingchuan/problems/2024-04
	flock 9
	before=$(files)
	status 75 rectify-status "$id" --to rectifying --wait 0
	has "$err" "[busy]" --wait
	[ "$output" = "" ]
	start=$(date +%s)
	status 75 rectify-status "$id" --to rectifying --wait 1
	[ $(($(date +%s) - start)) -ge 1 ]
	[ "$(files)" = "$before" ]
	status 0 rectify-status "$id"
	status 0 rectify-status "$id" --to rectifying --wait 0 -n
	log --origin other
	[ "$(files)" = $((before + 1)) ]
	(sleep 1; flock -u 9) &
	status 0 rectify-status "$id" --note 等到了 --wait 30
	wait
	status 2 rectify-status "$id" --note 等 --wait soon
}

@test "a full disk or a folder that cannot be written is exit 3" {
	[ "$(id -u)" != 0 ] || skip "root writes everywhere"
	listed
	chmod a-w jingchuan/problems/2024-04
	status 3 rectify-status "$id" --note 补记
	chmod u+w jingchuan/problems/2024-04
}
