# plan-init: the record folder that it makes, from Pingliang's plan and from others.
load common

plan() {
	sed "$@" "$bin/../share/duban/plans/pingliang-2024/plan.yaml" >"$work/plan.yaml"
}

# fault SED PART...: a plan so changed is refused with 3, and no folder is made
fault() {
	plan "$1"
	shift
	status 3 plan-init --plan "$work/plan.yaml" rf || return 1
	has "$err" "$work/plan.yaml:" "$@" || return 1
	[ -z "$output" ] && [ ! -e rf ]
}

@test "the folder holds the plan, the six problems, a folder for each unit, and git's files" {
	status 0 plan-init rf
	[ "$(wc -l <<<"$output")" = 21 ]
	ls $output >/dev/null
	has "$output" rf/plan.yaml rf/.gitattributes rf/.gitignore rf/jingchuan/.keep rf/industrial-park/.keep \
		rf/pingliang/problems/2024-04/p-20240410-000001.yaml rf/pingliang/problems/2024-04/p-20240410-000006.yaml
	cmp rf/plan.yaml "$bin/../share/duban/plans/pingliang-2024/plan.yaml"
	[ "$(cat rf/.gitattributes)" = $'*.yaml text eol=lf\n/*/evidence/** -text -merge' ]
	[ "$(cat rf/.gitignore)" = '.duban-*' ]
	[ "$(cd rf && echo */.keep)" = 'bigdata-center/.keep chongxin/.keep city-hall/.keep digital-gov-team/.keep huating/.keep industrial-park/.keep jingchuan/.keep jingning/.keep kongtong/.keep lingtai/.keep pingliang/.keep zhuanglang/.keep' ]
	cd rf
	status 0 record-check --strict
}

@test "the problems start listed on the day of the plan, with its words and milestones" {
	folder
	local record
	record=$(cat pingliang/problems/2024-04/p-20240410-000001.yaml)
	has "$record" 'lead: bigdata-center' 'responsible: [pingliang, residents, counties, industrial-park]' \
		"due: '2024-04-30'" 'due_text: 4月底前' 'note: 方案未设定目标值' \
		"entered: {at: '2024-04-10T00:00:00+08:00', by: 方案, unit: pingliang, to: listed, note: 平政服发〔2024〕11号}"
	lacks "$record" target title_by_editor
	has "$record" "N1, name: 任务分解到人, date: '2024-04-15'" "N2, name: 中期进度, date: '2024-04-22'" \
		"N3, name: 自查自验, date: '2024-04-24'" "N4, name: 申请销号, date: '2024-04-26'" \
		"N5, name: 审核验收, date: '2024-04-29'" "N6, name: 销号, date: '2024-04-30'"
	has "$(cat pingliang/problems/2024-04/p-20240410-000003.yaml)" "due: '2024-06-30'" "name: 销号, date: '2024-06-28'"
	status 0 rectify-status --as-of 2024-04-11 --format csv
	[ "$(grep -c 已列清单 <<<"$output")" = 6 ]
}

@test "the same plan makes the same bytes, whoever runs it, when and where" {
	status 0 plan-init a
	DUBAN_BY=李某 DUBAN_UNIT=lingtai DUBAN_DIR=/nonexistent TZ=America/New_York LC_ALL=C.UTF-8 status 0 plan-init "$work/b/"
	status 0 plan-init --plan a/plan.yaml c
	diff -r a b
	diff -r a c
	cd a
	mkdir sub
	status 0 plan-init "$work/d"
	rm -r sub
	diff -r "$work/a" "$work/d"
}

@test "paths on stdout are usable from the working directory" {
	mkdir x
	cd x
	status 0 plan-init ../rf/
	ls $output >/dev/null
	mkdir rf
	cd rf
	status 0 plan-init .
	ls $output >/dev/null
	has "$output" $'\nplan.yaml'
}

@test "a folder that holds a plan is left as it is" {
	status 0 plan-init rf
	rm rf/pingliang/problems/2024-04/p-20240410-000006.yaml rf/.gitignore
	status 1 plan-init rf
	has "$err" "plan-init: error: 'rf' holds a plan already [exists]" 'choose another folder'
	[ -z "$output" ]
	[ ! -e rf/.gitignore ]
	ln -s rf link
	status 1 plan-init link
	rm rf/plan.yaml
	ln -s /nonexistent rf/plan.yaml
	status 1 plan-init rf
}

@test "a folder that is there is used; what git's files say already stays" {
	mkdir rf
	printf '*.txt text\r\n/*/evidence/** -text -merge\r\n*.yaml text eol=lf' >rf/.gitattributes
	printf 'mine\n' >rf/.gitignore
	cp -r rf before
	status 0 plan-init rf
	cmp rf/.gitattributes before/.gitattributes
	cmp rf/.gitignore before/.gitignore
	has "$err" 'rf/.gitignore: warning: the file was there already and was left as it is [git-files]' \
		'it should hold the line: .duban-*'
	lacks "$err" .gitattributes
}

@test "what a run that was cut short left is made whole" {
	status 0 plan-init rf
	cp -r rf whole
	rm rf/plan.yaml rf/pingliang/problems/2024-04/p-20240410-000004.yaml
	status 0 plan-init rf
	[ "$output" = $'rf/pingliang/problems/2024-04/p-20240410-000004.yaml\nrf/plan.yaml' ]
	diff -r rf whole
}

@test "a record of other content in the way is refused, and no plan is written" {
	mkdir -p rf/pingliang/problems/2024-04
	echo 'kind: problem' >rf/pingliang/problems/2024-04/p-20240410-000002.yaml
	status 1 plan-init rf
	has "$err" "'rf/pingliang/problems/2024-04/p-20240410-000002.yaml' is there already [exists]"
	[ "$(cat rf/pingliang/problems/2024-04/p-20240410-000002.yaml)" = 'kind: problem' ]
	[ ! -e rf/plan.yaml ]
}

@test "links in the way are not followed" {
	mkdir rf out
	ln -s "$work/out" rf/pingliang
	status 3 plan-init rf
	has "$err" 'rf/pingliang/.keep: error: cannot write: Not a directory [io]' 'links are not followed'
	[ -z "$(ls out)" ]
	[ ! -e rf/plan.yaml ]
}

@test "a folder that cannot be made, or a file in its place, is status 3" {
	: >file
	status 3 plan-init file
	has "$err" 'file: error: cannot open the folder: Not a directory [io]'
	status 3 plan-init a/b/c
	has "$err" 'a/b/c: error: cannot make the folder: No such file or directory [io]'
	[ ! -e a ]
}

@test "a plan that is not there, no file, too large or junk is status 3, and no folder is made" {
	status 3 plan-init --plan none rf
	has "$err" 'none: error: cannot read the plan: No such file or directory [io]'
	status 3 plan-init --plan . rf
	has "$err" '.: error: cannot read the plan: Is a directory [io]'
	truncate -s 100M large
	status 3 plan-init --plan large rf
	has "$err" 'large: error: the file is larger than 16777216 bytes [too-large]'
	yes 'a: b' | head -c 15M >large || :
	status 3 plan-init --plan large rf
	has "$err" 'large:'
	head -c 5000 /dev/urandom >junk
	status 3 plan-init --plan junk rf
	has "$err" 'junk:'
	: >empty
	status 3 plan-init --plan empty rf
	has "$err" 'empty:1:1: error: the file is empty [empty]'
	{
		printf 'a: '
		printf '[%.0s' $(seq 600)
	} >deep
	status 3 plan-init --plan deep rf
	has "$err" 'deep:1:' '[too-deep]'
	[ ! -e rf ]
}

@test "a broken plan is refused with all its faults and their places" {
	fault 's/^duban: 1/duban: 2/' 'the folder has format 2, newer than 1 [newer-format]' :13:8:
	fault 's/^owner:.*/ownr: pingliang/; s/^stale_days:.*/stale_days: viele/' "unknown field 'ownr'" \
		"方案管理单位: 'owner' is missing" "'stale_days' must be an integer"
	fault "s/^\( *due: '2024-04\)-30'/\1-31'/" "not a date: '2024-04-31' [format]"
	fault 's/^\( *\)lead: bigdata-center/\1lead: bigdata-centre/' "'bigdata-centre'"
	fault '0,/id: jingchuan/s//id: lingtai/' "'lingtai'"
	fault '0,/id: p-20240410-000002/s//id: p-20240410-000001/' "p-20240410-000001"
	fault 's/id: seal-rate /id: seal-type-share /' 'seal-type-share'
	fault 's/^title:.*/&\n&/' "duplicate key 'title'"
	# words of the plan, wherever they stand; faults of its parts against each other
	fault 's/^    indicator: provincial-rank/    indicator: rank/' "'rank' is no indicator of the plan [unknown-word]" :56:16:
	fault 's/^issuer:.*/issuer: nobody/; s/^  recipient_unit:.*/  recipient_unit: noone/' "'nobody' is no unit" "'noone' is no unit"
	fault 's/^owner:.*/owner: discipline/' "'discipline' is no unit with a folder of its own"
	fault 's/escalate_to: .three-grasps/escalate_to: [four-grasps/' "'four-grasps'"
	fault 's/- {id: 2, kind: channels/- {id: 1, kind: channels/' "'1' stands here twice [plan]"
	# what only the records made from it show is told of the file that was given
	plan "s/^\( *due: '2024-04\)-30'/\1-09'/"
	status 1 plan-init --plan "$work/plan.yaml" rf
	has "$err" "$work/plan.yaml:" "'due' is before 'date'"
}

@test "a calendar that lacks the year of a deadline is refused before anything is written" {
	plan "s/^\( *due: '\)2024-07-31'/\12025-07-31'/"
	status 1 plan-init --plan "$work/plan.yaml" rf
	has "$err" "the plan's calendar does not hold the year 2025 [unknown-year]" 'add its holidays to plan.yaml'
	[ ! -e rf ]
}

@test "another city's plan works without a rebuild" {
	cat >"$work/plan.yaml" <<-'END'
		duban: 1
		id: example-city-2025
		title: 示例市2025年优化服务专项活动方案
		doc_no: 示政服发〔2025〕3号
		issuer: center
		owner: center
		issue_date: '2025-03-03'
		campaign: {name: 优化服务专项活动, parts: [大走访]}
		start: '2025-03-10'
		end: '2025-06-30'
		utc_offset: '+05:30'
		units:
		- {id: center, name: 示例市政务服务中心, kind: city-center, reporting: true}
		- {id: north, name: 北区政务服务中心, aliases: [北区], kind: county-center, parent: center, reporting: true}
		- {id: inspectors, name: 督查室, kind: oversight, folder: false}
		groups: [{id: districts, name: 各区, units: [north]}]
		vocab: {indicator_type: [{code: services, name: 政务服务}]}
		focus_points: []
		indicators:
		- {id: satisfied, name: 满意率, unit_of_measure: '%', kind: share, level: units, direction: up, precision: 1, numerator: 满意件, denominator: 评价件}
		problems:
		- {id: p-20250303-000001, title: 满意率偏低, description: 满意率低于全省平均, origin: evaluation, track: scheduled, lead: north, responsible: [districts], due: '2025-04-30', due_text: 4月底前, measures: [{id: M1, text: 回访}], indicators: [satisfied], target: null}
		rights: {list: [unit, owner], review: [owner], close: {plan: [owner], cross-unit: [owner], own: [unit]}, second: [plan], supervise: [owner], reopen: [owner]}
		lights: {behind_red: 20, silent_red_weeks: 2, silent_yellow_weeks: 1, due_soon_days: 5, returned_red: 2}
		milestones: [{name: 销号, before_due: 0, done_by: closed}]
		time_limits: {immediate_workdays: 3, listing_workdays: 3}
		ranking: {small_denominator: 5, low_rank_last: 1, low_rank_months: 2}
		stale_days: 14
		calendar: [{year: 2025, source: 国办发明电〔2024〕12号, holidays: ['2025-04-04'], workdays: ['2025-04-27']}]
		submission: {due: '2025-06-20', recipient_unit: center, kinds: [summary]}
	END
	status 0 plan-init --plan "$work/plan.yaml" rf
	cd rf
	status 0 record-check
	has "$(cat center/problems/2025-03/p-20250303-000001.yaml)" "entered: {at: '2025-03-03T00:00:00+05:30', by: 方案, unit: center"
	[ ! -e inspectors ]
	as 北区 王某
	status 0 indicator-add --indicator 满意率 --numerator 9 --denominator 10 --date 2025-04-01 --at 2025-04-01T09:00:00+05:30
	has "$output" north/observations/2025-04/
	status 0 visit-add --indicator-type 政务服务 --enterprise 示例丙 --appeal 无 --visitor 王某 --at 2025-04-01T23:30:00Z
	has "$(cat "$output")" "date: '2025-04-02'"
}

@test "operands and options that it does not know are usage errors" {
	status 2 plan-init
	has "$err" 'an operand is missing: DIR'
	status 2 plan-init a b
	has "$err" "too many operands: 'b'"
	status 2 plan-init --plan
	status 2 plan-init --dry-run rf
	status 2 plan-init --by 张某 rf
	status 2 plan-init --plna x rf
	has "$err" "did you mean '--plan'?"
	[ "$(ls | wc -l)" = 1 ] # err
}

@test "a full disk behind stdout is an error" {
	run bash -c 'plan-init rf >/dev/full'
	[ "$status" = 3 ]
	has "$output" 'cannot write to standard output: No space left on device'
}
