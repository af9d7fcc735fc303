#!/usr/bin/env bats
# problem-log: a problem for the ledger, from a visit, a walkthrough or another record, or by itself

load common

at=2024-04-18T10:00:00+08:00

make_more() {
	folder
	as jingchuan 张某
}

# visit APPEAL ARGUMENTS...: a visit of Jingchuan with that appeal; its path
visit() {
	local appeal=$1
	shift
	visit-add --indicator-type 政务服务 --enterprise 示例甲商贸有限公司 --appeal "$appeal" --visitor 张某 \
		--at 2024-04-18T09:00:00+08:00 "$@" 2>/dev/null
}

# walkthrough FINDING...: one with these findings; its id
walkthrough() {
	local id
	id=w-20240417-abcde$(ls jingchuan/walkthroughs/2024-04 2>/dev/null | wc -l)
	mkdir -p jingchuan/walkthroughs/2024-04
	{
		printf '%s\n' 'kind: walkthrough' "id: $id" 'unit: jingchuan' "date: '2024-04-17'" \
			'experiencer: 王某' 'position: 首席代表' 'matter: 开办餐馆' 'method: window' 'findings:'
		printf -- '- %s\n' "$@"
		[ -z "$suggestions" ] || echo "suggestions: $suggestions"
		printf '%s\n' 'focus: [16]' \
			"entered: {at: '2024-04-17T18:00:00+08:00', by: 王某, unit: jingchuan, to: recorded}"
	} >jingchuan/walkthroughs/2024-04/$id.yaml
	echo "$id"
}

# log ARGUMENTS...: logs one problem; its YAML in $record, its id in $id
log() {
	status 0 problem-log --at $at "$@" || return 1
	[ "$(wc -l <<<"$output")" = 1 ] && [ -f "$output" ] || return 1
	path=$output
	record=$(cat "$output")
	id=$(basename "$output" .yaml)
}

# refused CODE ARGUMENTS...: with this code, and nothing is written
refused() {
	local code=$1 before
	shift
	before=$(find . -type f | sort)
	status 1 problem-log --at $at "$@" || return 1
	has "$err" "[$code]"
	[ "$output" = "" ] && [ "$(find . -type f | sort)" = "$before" ]
}

whole=(--lead jingchuan --responsible jingchuan --track 限期整改 --due 2024-05-31)
plain=(--title 窗口指引不清 --description 窗口指引不清，群众往返 --origin 自查)

@test "a problem by itself: the record, its place and its name" {
	log "${plain[@]}" --pain 堵点 --viewpoint 群众 --cause 未更新 --remark 备注 --owner 赵某
	[[ $path == jingchuan/problems/2024-04/p-20240418-??????.yaml ]]
	[ "$record" = "kind: problem
id: $id
unit: jingchuan
date: '2024-04-18'
title: 窗口指引不清
description: 窗口指引不清，群众往返
cause: 未更新
viewpoint: public
origin: self-check
pain: blockage
owner: 赵某
note: 备注
entered: {at: '2024-04-18T10:00:00+08:00', by: 张某, unit: jingchuan, to: registered}" ]
	has "$err" "[registered]" --lead --responsible --track --due
	status 0 record-check --strict
}

@test "from a visit: unit, date, focus and finding are taken over" {
	v=$(visit 办理食品经营许可证时重复提交营业执照复印件 --focus 15 --focus 16 --date 2024-04-17)
	log --source "$v" --unit pingliang
	has "$record" "unit: jingchuan" "date: '2024-04-17'" "title: 办理食品经营许可证时重复提交营业执照复印件" \
		"description: 办理食品经营许可证时重复提交营业执照复印件" "origin: visit" \
		"sources: [$(basename "$v" .yaml)]" "focus: [15, 16]" "by: 张某, unit: pingliang, to: registered"
	[[ $path == jingchuan/problems/2024-04/p-20240417-??????.yaml ]]
	status 0 record-check --strict
}

@test "what is given wins over what would be taken" {
	v=$(visit 办理食品经营许可证时重复提交营业执照复印件 --focus 15)
	log --source "$v" --title 重复提交 --description 窗口未调用 --origin 好差评 --focus 3 --date 2024-04-18 --for lingtai
	has "$record" "unit: lingtai" "title: 重复提交" "description: 窗口未调用" "origin: review" "focus: [3]"
}

@test "the title is the first line's first 60 characters of the finding" {
	long=$(printf '长%.0s' {1..75})
	log --source "$(visit "$long")"
	[ "$(grep title: "$path")" = "title: $(printf '长%.0s' {1..60})" ]
	[ "$(grep description: "$path")" = "description: $long" ]
	log --source "$(visit "第一行
第二行")"
	[ "$(grep title: "$path")" = "title: 第一行" ]
	has "$record" 第二行
	log --source "$(visit 诉求)" --description "$long"
	[ "$(grep title: "$path")" = "title: $(printf '长%.0s' {1..60})" ]
}

@test "an appeal of 无 is no problem, unless it is described" {
	for none in 无 暂无 没有 无诉求 — ' 无 '; do
		refused no-finding --source "$(visit "$none")"
		has "$err" --description
	done
	v=$(visit 无)
	log --source "$v" --description 现场看到排队过长
	has "$record" "title: 现场看到排队过长" "sources: [$(basename "$v" .yaml)]"
}

@test "a record argument: id, its end, the path of the record or of an event" {
	v=$(visit 重复提交)
	source=$(basename "$v" .yaml)
	event=$(rectify-status "$v" --note 补记 --at 2024-04-18T09:30:00+08:00)
	for name in "$source" "${source: -6}" "$v" "$event"; do
		log --source "$name" --again
		has "$record" "sources: [$source]"
	done
	refused no-record --source zzzzzz
	refused no-record --source v-20240418-zzzzzz
	refused finding --source p-20240410-000001
	has "$err" p-20240410-000001
}

@test "a correction of the source counts, a withdrawn source does not" {
	v=$(visit 重复提交)
	rectify-status "$v" --set appeal=排队过长 --set focus=7 --note 更正 --at 2024-04-18T09:30:00+08:00 >/dev/null
	log --source "$v"
	has "$record" "description: 排队过长" "focus: [7]"
	rectify-status "$v" --to 撤回 --note 录错 --at 2024-04-18T09:40:00+08:00 >/dev/null
	refused finding --source "$v" --again
}

@test "a walkthrough: its one finding, one of several, or its suggestions" {
	w=$(walkthrough 自助终端不支持电子营业执照登录)
	log --source "$w"
	has "$record" "date: '2024-04-17'" "origin: walkthrough" "sources: [$w]" "description: 自助终端不支持电子营业执照登录" "focus: [16]"
	w=$(walkthrough 排队过长 指引不清 材料重复)
	refused finding --source "$w"
	has "$err" --finding
	log --source "$w" --finding 2
	has "$record" "description: 指引不清" "sources: [$w/2]"
	log --source "$w/3"
	has "$record" "description: 材料重复" "sources: [$w/3]"
	refused finding --source "$w" --finding 4
	has "$err" 'the last finding is number'
	suggestions=升级终端
	w=$(walkthrough 无)
	log --source "$w"
	has "$record" "description: 升级终端" "sources: [$w]"
	suggestions=
	refused no-finding --source "$(walkthrough 无)"
	status 0 record-check --strict
}

@test "--finding wants a source and a number" {
	status 2 problem-log "${plain[@]}" --finding 1
	for n in 0 -1 x 1x ''; do
		status 2 problem-log --source "$(walkthrough 排队过长)" --finding "$n"
	done
	refused finding --source "$(visit 重复提交)" --finding 2
}

@test "a second problem from the same finding wants --again" {
	v=$(visit 重复提交)
	log --source "$v"
	first=$id
	refused has-problem --source "$v"
	has "$err" "$first" --again
	log --source "$v" --again
	w=$(walkthrough 排队过长 指引不清)
	log --source "$w/1"
	log --source "$w/2"
	refused has-problem --source "$w" --finding 1
	refused has-problem --source "$w/2"
}

@test "a problem that was withdrawn does not count" {
	v=$(visit 重复提交)
	log --source "$v"
	rectify-status "$id" --to withdrawn --note 录错 --at 2024-04-18T11:00:00+08:00 >/dev/null
	log --source "$v"
}

@test "--source - makes one problem for each name read" {
	a=$(visit 重复提交 --focus 1)
	b=$(visit 排队过长 --focus 2)
	w=$(walkthrough 指引不清 材料重复)
	status 0 bash -c "printf '%s\r\n\n' '$a' '$b' '$w/1' '$w/2' | problem-log --source - --at $at"
	[ "$(wc -l <<<"$output")" = 4 ]
	[ "$(grep -h description: $output | cut -d' ' -f2 | xargs)" = "重复提交 排队过长 指引不清 材料重复" ]
	[ "$(grep -h sources: $output | tail -1)" = "sources: [$w/2]" ]
	status 0 record-check --strict
	# a pipe from the visit
	status 0 bash -c "visit-add --indicator-type 政务服务 --enterprise 示例乙 --appeal 网上材料多 --visitor 张某 --at 2024-04-18T09:00:00+08:00 | problem-log --source - --at $at"
	has "$(cat "$output")" "description: 网上材料多"
}

@test "--source -: all or none, and none twice" {
	a=$(visit 重复提交)
	b=$(visit 无)
	before=$(files)
	status 1 bash -c "printf '%s\n' '$a' '$b' | problem-log --source - --at $at"
	has "$err" "[no-finding]"
	status 1 bash -c "printf '%s\n' '$a' zzzzzz | problem-log --source - --at $at"
	status 1 bash -c "printf '%s\n' '$a' '$a' | problem-log --source - --at $at"
	has "$err" "[has-problem]"
	status 1 bash -c "problem-log --source - --at $at </dev/null"
	has "$err" "[empty]"
	lacks "$err" registered
	[ "$(files)" = "$before" ]
	[ "$output" = "" ]
}

@test "--source -: what is wrong with each name is told" {
	a=$(visit 重复提交)
	b=$(visit 无)
	c=$(visit 暂无)
	log --source "$a"
	status 1 bash -c "printf '%s\n' '$a' '$b' '$c' '$b' | problem-log --source - --at $at"
	has "$err" "$(basename "$a" .yaml): the finding has a problem already, $id" \
		"$(basename "$b" .yaml): the record names no problem" "$(basename "$c" .yaml): the record names no problem" \
		"$(basename "$b" .yaml) is named twice"
	status 1 bash -c "printf '%s\n' zzzzzz yyyyyy | problem-log --source - --at $at"
	has "$err" "'zzzzzz'" "'yyyyyy'"
	c=$(walkthrough 指引不清 排队)
	status 1 bash -c "printf '%s\n' $c $c/3 $c/4 | problem-log --source - --at $at"
	has "$err" "$c has 2 findings"
	[ "$(grep -c 'the last finding is number 2' <<<"$err")" = 2 ]
}

@test "--source repeated makes one problem with all" {
	a=$(visit 重复提交 --focus 1 --focus 2)
	b=$(visit 排队过长 --focus 2 --focus 3)
	log --source "$a" --source "$b"
	has "$record" "description: 重复提交" "sources: [$(basename "$a" .yaml), $(basename "$b" .yaml)]" "focus: [1, 2, 3]"
	refused has-problem --source "$b"
	refused unique-items --source "$a" --source "$a" --again
}

@test "an inspection's point is the focus, its suggestion the finding" {
	mkdir -p jingchuan/inspections/2024-04
	cat >jingchuan/inspections/2024-04/i-20240418-abcdef.yaml <<-'EOF'
		kind: inspection
		id: i-20240418-abcdef
		unit: jingchuan
		date: '2024-04-18'
		point: 18
		inspector: 赵某
		values: {cert_name: 居住证明, absurd: true, suggestion: 取消居住证明}
		entered: {at: '2024-04-18T09:00:00+08:00', by: 赵某, unit: jingchuan, to: recorded}
	EOF
	log --source abcdef
	has "$record" "origin: inspection" "focus: [18]" "description: 取消居住证明"
}

@test "listed when lead, responsible, track and due are there and the unit may list" {
	log "${plain[@]}" "${whole[@]}" --measure 更新指引 --measure 培训
	[ "$err" = "" ]
	has "$record" "to: listed}" "track: scheduled" "- {id: M1, text: 更新指引}" "- {id: M2, text: 培训}"
	for missing in 0 2 4 6; do
		rest=("${whole[@]:0:missing}" "${whole[@]:missing+2}")
		log "${plain[@]}" "${rest[@]}"
		has "$record" "to: registered}"
		has "$err" "${whole[missing]}"
		lacks "$record" milestones
	done
	log "${plain[@]}" "${whole[@]}" --for lingtai
	# its lead may list
	has "$record" "unit: lingtai" "to: listed}"
	log "${plain[@]}" "${whole[@]}" --for lingtai --unit kongtong
	has "$record" "to: registered}"
	has "$err" kongtong
	log "${plain[@]}" "${whole[@]}" --for lingtai --unit 市政务服务中心
	has "$record" "to: listed}"
	status 0 record-check
}

# domain 2.8
@test "the plan's milestones count back from the due date; own ones stay; 立行立改 has none" {
	log "${plain[@]}" "${whole[@]}"
	has "$record" "milestones:
- {id: N1, name: 任务分解到人, date: '2024-04-23'}" "{id: N3, name: 自查自验, date: '2024-05-24'}" \
		"{id: N4, name: 申请销号, date: '2024-05-28'}" "{id: N5, name: 审核验收, date: '2024-05-30'}" \
		"{id: N6, name: 销号, date: '2024-05-31'}"
	log "${plain[@]}" "${whole[@]}" --milestone 2024-05-10=换牌 --milestone 2024-05-20=验收
	has "$record" "milestones:
- {id: N1, name: 换牌, date: '2024-05-10'}
- {id: N2, name: 验收, date: '2024-05-20'}
entered"
	log "${plain[@]}" --lead jingchuan --responsible jingchuan --track immediate --due 2024-04-25
	lacks "$record" milestones
	# a due date on a Sunday: the last step on the workday before
	log "${plain[@]}" --lead jingchuan --responsible jingchuan --track scheduled --due 2024-06-30
	has "$record" "name: 销号, date: '2024-06-28'" "due: '2024-06-30'"
	# too short for more than the last step
	log "${plain[@]}" --lead jingchuan --responsible jingchuan --track scheduled --due 2024-04-18
	[ "$(grep -c 'name:' <<<"$record")" = 1 ]
	has "$record" "name: 销号, date: '2024-04-18'"
}

@test "milestones in order, none behind the due date; a year without a calendar is named" {
	refused required "${plain[@]}" "${whole[@]}" --milestone 2024-05-20
	has "$err" "--milestone: error: 节点名称: 'name' is missing" 'hint: --milestone DATE=NAME'
	refused milestone-after-due "${plain[@]}" "${whole[@]}" --milestone 2024-06-01=换牌
	refused milestone-order "${plain[@]}" "${whole[@]}" --milestone 2024-05-20=换牌 --milestone 2024-05-20=验收
	refused due-before-listing "${plain[@]}" --lead jingchuan --responsible jingchuan --track scheduled --date 2024-04-16 --due 2024-04-17
	refused unknown-year "${plain[@]}" --lead jingchuan --responsible jingchuan --track scheduled --due 2031-05-31
	has "$err" "year 20"
	log "${plain[@]}" --lead jingchuan --responsible jingchuan --track scheduled --due 2031-05-31 --milestone 2031-05-01=换牌
	has "$record" "to: listed}"
}

@test "a due date in words is a date, and the words are kept" {
	while read -r words date; do
		log "${plain[@]}" --lead jingchuan --responsible jingchuan --track immediate --due "$words"
		has "$record" "due: '$date'" "due_text: $words"
	done <<-'EOF'
		5月底前 2024-05-31
		6月底 2024-06-30
		8月中旬前 2024-08-10
		7月15日前 2024-07-15
	EOF
	log "${plain[@]}" --lead jingchuan --responsible jingchuan --track immediate --due 2024-05-31
	lacks "$record" due_text
	# the words of the paper beside a date or other words
	log "${plain[@]}" --due 5月底前 --due-text 5月底前（视接口而定）
	has "$record" "due: '2024-05-31'" "due_text: 5月底前（视接口而定）"
	log "${plain[@]}" --due 2024-05-31 --set due_text=五月底
	has "$record" "due_text: 五月底"
	refused format "${plain[@]}" --due 下周
	refused format "${plain[@]}" --due ''
	lacks "$err" due_text
}

@test "labels, aliases, groups and codes; doubles and strangers are refused" {
	log "${plain[@]}" --lead 泾川 --responsible counties --responsible 大数据中心 --track 立行立改 --due 2024-04-26 --indicator seal-rate --needs-policy 是
	has "$record" "lead: jingchuan" "responsible: [counties, bigdata-center]" "track: immediate" "indicators: [seal-rate]" "needs_policy: true"
	refused unknown-word "${plain[@]}" --lead 天水
	refused unknown-word "${plain[@]}" --indicator seal
	refused enum "${plain[@]}" --pain 痛
	refused unique-items "${plain[@]}" --responsible jingchuan --responsible 泾川
	refused maximum "${plain[@]}" --focus 19
	status 2 problem-log "${plain[@]}" --lead jingchuan --lead lingtai
	status 2 problem-log "${plain[@]}" --phase 一
	status 2 problem-log "${plain[@]}" operand
}

@test "all faults are told at once, with label and option" {
	refused required --title "$(printf '长%.0s' {1..61})" --pain 痛
	has "$err" 问题描述 问题来源 "[max-length]" "--title" "[enum]" "--pain"
	refused required --title 甲 --description 乙 --origin 走访
	has "$err" 来源记录
}

@test "dates: the record's not after the day of entry, entry not in the future" {
	log "${plain[@]}" --date 2024-04-16
	[[ $path == jingchuan/problems/2024-04/p-20240416-??????.yaml ]]
	refused future "${plain[@]}" --date 2024-04-19
	at=2034-04-18T10:00:00+08:00 refused future "${plain[@]}"
	at=2024-04-18 refused format "${plain[@]}"
	# the day is that of the plan's offset
	at=2024-04-30T16:00:00Z log "${plain[@]}"
	[[ $path == jingchuan/problems/2024-05/p-20240501-??????.yaml ]]
	has "$record" "at: '2024-05-01T00:00:00+08:00'" "date: '2024-05-01'"
}

@test "who: a name and a unit are needed" {
	unset DUBAN_BY
	refused required "${plain[@]}"
	has "$err" --by
	log "${plain[@]}" --by 王某 --unit 泾川县政务服务中心
	has "$record" "by: 王某, unit: jingchuan"
	refused unknown-word "${plain[@]}" --by 王某 --unit 天水
}

@test "a dry run prints the record and writes nothing" {
	before=$(files)
	status 0 problem-log "${plain[@]}" "${whole[@]}" --at $at -n
	has "$output" "kind: problem" "to: listed}" 任务分解到人
	[ "$(files)" = "$before" ]
}

@test "--file: documents, checked before the first is written; id and entered are not theirs" {
	cat >many.yaml <<-'EOF'
		title: 指引不清
		description: 窗口指引不清
		origin: 自查发现
		measures:
		- {id: M1, text: 更新指引, units: [jingchuan]}
		---
		title: 排队过长
		description: 上午排队过长
		origin: hotline
		date: '2024-04-17'
		lead: 泾川
		responsible: [jingchuan]
		track: immediate
		due: '2024-04-26'
	EOF
	status 0 problem-log --file many.yaml --at $at
	[ "$(wc -l <<<"$output")" = 2 ]
	has "$(cat $output)" "origin: self-check" "units: [jingchuan]" "to: registered}" "lead: jingchuan" "to: listed}"
	status 0 bash -c "problem-log --file - --at $at <many.yaml"
	status 0 record-check
	printf -- '---\ntitle: 缺描述\norigin: other\n' >>many.yaml
	refused required --file many.yaml
	has "$err" many.yaml:
	printf 'title: 甲\ndescription: 乙\norigin: other\nid: p-20240418-abcdef\n' >one.yaml
	refused not-yours --file one.yaml
	printf 'title: 甲\ndescription: 乙\norigin: other\nentered: {}\n' >one.yaml
	refused not-yours --file one.yaml
	status 2 problem-log --file many.yaml --title 甲
	status 3 problem-log --file none.yaml
}

@test "--edit: a form with the choices; it opens again with what is wrong" {
	cat >"$work/editor" <<-'EOF'
		#!/bin/sh
		n=$(cat "$0.n" 2>/dev/null || echo 0)
		n=$((n + 1))
		echo $n >"$0.n"
		cp "$1" "$0.$n"
		if [ $n = 1 ]; then
			printf 'title: 甲\ndescription: 乙\norigin: 街上\n' >"$1"
		else
			sed 's/^origin:.*/origin: other/' "$1" >"$1.new" && cat "$1.new" >"$1" && rm "$1.new"
		fi
	EOF
	chmod +x "$work/editor"
	EDITOR=$work/editor log --edit
	[ "$(cat "$work/editor.n")" = 2 ]
	has "$(cat "$work/editor.1")" 问题来源 self-check 自查发现 时限要求
	has "$(cat "$work/editor.2")" "title: 甲" "街上" "#"
	has "$record" "title: 甲" "origin: other"
}

@test "ids do not collide, and creating takes no lock" {
	mkdir -p jingchuan/problems/2024-04
	exec 9<jingchuan/problems/2024-04
	flock 9
	for i in {1..20}; do
		problem-log "${plain[@]}" --at $at >"$work/out.$i" 2>/dev/null --wait 0 &
	done
	wait
	[ "$(cat "$work"/out.* | sort -u | wc -l)" = 20 ]
	status 0 record-check --strict
}

@test "a field that the folder's schema adds is an option at once" {
	mkdir -p schemas
	cat >schemas/problem.yaml <<-'EOF'
		$schema: https://json-schema.org/draft/2020-12/schema
		properties:
		  window_no:
		    title: 窗口号
		    x-en: Window
		    type: integer
		    minimum: 1
	EOF
	status 0 problem-log --help
	has "$output" --window-no 窗口号
	log "${plain[@]}" --window-no 12
	has "$record" "window_no: 12"
	refused minimum "${plain[@]}" --window-no 0
}

@test "without a folder, or with one that cannot be written" {
	cd /
	status 3 problem-log "${plain[@]}"
	status 0 problem-log -C "$work/rf" "${plain[@]}" --at $at
	[ -f "$output" ]
}
