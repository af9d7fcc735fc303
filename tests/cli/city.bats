#!/usr/bin/env bats
# The main job on a plan that has nothing in common with Pingliang 2024 (tests/fixtures/city.yaml): units,
# words, indicators, calendar, steps, lights and rights are data, and no rebuild is needed.

load common

fixture=$BATS_TEST_DIRNAME/../fixtures/city.yaml

make_more() {
	plan-init --plan "$fixture" rf >/dev/null
	cd rf || return 1
	echo 新窗口 >"$work/photo.txt"
}

# at TIME UNIT NAME COMMAND...: done then by that person
at() {
	local time=$1 unit=$2 name=$3
	shift 3
	"$@" --at "$time-03:30" --unit "$unit" --by "$name"
}

# steps ID: its milestones
steps() {
	rectify-status "$1" --format json | jq -c '[.milestones[] | [.name, .date]]'
}

# light DAY: problem, light and reason, in one line each
lights() {
	rectify-status --as-of "$1" --sort id --format json | jq -r '.problems[] | "\(.id[-1:]) \(.light) \(.light_reason)"'
}

# figure INDICATOR FILTER DAY
figure() {
	indicator-report --indicator "$1" --as-of "$3" --format json | jq -c ".indicators[0] | $2"
}

@test "its problems are listed at its own midnight, with its own steps over its own calendar" {
	status 0 record-check --strict
	[ "$(steps p-20201102-000001)" = '[["启动","2020-11-03"],["三日","2020-11-05"],["过半","2020-12-02"],["自查","2020-12-29"],["办结","2020-12-31"]]' ]
	# W is Saturday 2 January, worked; the first is a holiday
	[ "$(steps p-20201102-000002)" = '[["启动","2020-11-03"],["三日","2020-11-05"],["过半","2020-12-02"],["自查","2020-12-30"],["办结","2021-01-02"]]' ]
	# what is set right at once has no steps
	[ "$(steps p-20201102-000003)" = '[]' ]
	has "$(cat hub/problems/2020-11/p-20201102-000001.yaml)" "entered: {at: '2020-11-02T00:00:00-03:30', by: 方案, unit: hub"
	[ "$(rectify-status --as-of 2020-11-02T03:29:59Z --format json | jq '.problems | length')" = 0 ]
	[ "$(rectify-status --as-of 2020-11-02T03:30:00Z --format json | jq '.problems | length')" = 3 ]
	[ ! -e mayor ] && [ ! -e auditors ] && [ -e lab/.keep ]
}

@test "from a visit through a pipe to the end, by its own rights" {
	local problem
	problem=$(at 2020-11-10T23:45:00 东区 甲某 visit-add --indicator-type 提速 --enterprise 示例丁商行 --appeal 等候过长 --visitor 甲某 |
		at 2020-11-11T09:00:00 东区 甲某 problem-log --source - --lead 东区 --responsible 东区 --track 限期整改 \
			--due 2020年12月31日前 --measure 加开窗口)
	[[ $problem == east/problems/2020-11/p-20201110-* ]]
	at 2020-11-12T09:00:00 东区 甲某 rectify-status "$problem" --to 整改中
	at 2020-11-20T09:00:00 东区 甲某 rectify-status "$problem" --to 待验收 --done M1 --note 已加开 --evidence "$work/photo.txt" --type photo
	# close.own is the unit alone, and needs another's review; any county centre may review
	status 1 at 2020-11-21T09:00:00 枢纽 乙某 rectify-status "$problem" --to closed --follow-up phone,2020-11-21,satisfied
	has "$err" '[right]' 'may: east'
	status 1 at 2020-11-21T09:00:00 东区 丙某 rectify-status "$problem" --to closed --follow-up phone,2020-11-21,satisfied
	has "$err" '[second-person]'
	status 1 at 2020-11-21T09:00:00 港务局 丁某 rectify-status "$problem" --review passed
	has "$err" '[no-part]'
	status 0 at 2020-11-21T09:00:00 西区 丁某 rectify-status "$problem" --review passed
	status 0 at 2020-11-21T10:00:00 东区 丙某 rectify-status "$problem" --to closed --follow-up phone,2020-11-21,satisfied
	# a responsible unit may reopen
	status 0 at 2020-11-30T10:00:00 东区 丙某 rectify-status "$problem" --to reopened --note 又排队 --evidence "$work/photo.txt" --type photo
	[ "$(rectify-status "$problem" --format json | jq -r .state)" = reopened ]
	status 0 record-check
	[ -z "$(grep guard-not-met <<<"$output$err")" ]
}

@test "a body without a folder closes the plan's problem, by its kind" {
	local id=p-20201102-000003
	echo 'people: [{name: 戊某, unit: lab, may: []}, {name: 己某, unit: mayor, may: [close]}, {name: 庚某, unit: auditors, may: []}]' >>plan.yaml
	at 2020-11-03T09:00:00 改进实验室 戊某 rectify-status $id --to submitted --evidence "$work/photo.txt" --type photo
	status 1 at 2020-11-04T09:00:00 审计组 庚某 rectify-status $id --to closed
	has "$err" '[no-part]'
	status 0 at 2020-11-04T09:00:00 港湾市政府办公室 己某 rectify-status $id --to closed
	[ "$(lights 2020-11-04 | tail -1)" = '3 closed null' ]
	status 0 record-check --strict
}

@test "less is better: ranks in three groups, targets from above, gaps that the plan gives" {
	local row='[.units[] | select(.status == "ranked") | [.unit, .group, .value, .rank]]'
	for figure in hub:90 east:120 west:120 south:30 north:31 isle:29 port:7; do
		at 2020-12-01T09:00:00 "${figure%:*}" 甲某 indicator-add --indicator wait-minutes --count "${figure#*:}" --date 2020-12-01 >/dev/null
	done
	[ "$(indicator-report --indicator wait-minutes --by-unit --as-of 2020-12-02 --format json | jq -c "$row")" = \
		'[["hub","core","90",1],["east","coast","120",1],["west","coast","120",1],["isle","inland","29",1],["south","inland","30",2],["north","inland","31",3]]' ]
	[ "$(figure wait-minutes '[.baseline, .latest, .change, .target_op, .met]' 2020-12-02)" = '["400","427","27","<=",false]' ]
	at 2020-12-02T09:00:00 hub 甲某 indicator-add --indicator complaint-rate --numerator 1 --denominator 200 --date 2020-12-02 >/dev/null
	[ "$(figure complaint-rate '[.baseline, .latest, .frontier, .frontier_derived, .mean, .met, .target_strength]' 2020-12-02)" = \
		'["4.500","0.500","0.375",true,"3.500",true,"strive"]' ]
	# ten days, not the plan's twenty
	[ "$(figure complaint-rate .latest 2020-12-12)" = '"0.500"' ]
	[ "$(figure complaint-rate .latest 2020-12-13)" = null ]
	[ "$(figure wait-minutes .latest 2020-12-21)" = '"427"' ]
	[ "$(figure wait-minutes .latest 2020-12-22)" = null ]
	# the first place is below the third
	at 2020-12-02T09:00:00 hub 甲某 indicator-add --indicator place --count 4 --date 2020-12-02 >/dev/null
	[ "$(figure place '[.change, .met]' 2020-12-02)" = '["-3",false]' ]
}

@test "only the units that an indicator names are expected and summed" {
	local unit
	for unit in east west south port; do
		at 2020-12-01T09:00:00 $unit 甲某 indicator-add --indicator online-rate --numerator 999999 --denominator 1000000 --date 2020-12-01 >/dev/null
	done
	[ "$(figure online-rate '[.latest, .met, .units_missing]' 2020-12-01)" = '["99.9999",true,[]]' ]
	[ "$(indicator-report --indicator online-rate --by-unit --as-of 2020-12-01 --format json | jq -c '[.units[] | [.unit, .status]]')" = \
		'[["east","ranked"],["west","ranked"],["port","unranked"]]' ]
}

@test "lights by its own thresholds, across the year and week 53" {
	# 11 of 59 days are 18.6 percent of the time, 13 are 22.0
	[ "$(lights 2020-11-13)" = $'1 yellow milestone-missed\n2 yellow milestone-missed\n3 red overdue' ]
	[ "$(lights 2020-11-15)" = $'1 red behind\n2 red behind\n3 red overdue' ]
	at 2020-12-31T20:00:00 港务局 戊某 rectify-status p-20201102-000002 --done N1 --done N2 --done N3 --done N4 --note 已回访
	# 28 December to 3 January is week 53, which holds the entry
	[ "$(lights 2021-01-03 | sed -n 2p)" = '2 yellow due-soon' ]
	[ "$(lights 2021-01-04 | sed -n 2p)" = '2 red overdue' ]
	at 2021-01-03T20:00:00 hub 乙某 rectify-status p-20201102-000002 --due 2021-02-28 --note 延期
	[ "$(lights 2021-01-17 | sed -n 2p)" = '2 green null' ]
	[ "$(lights 2021-01-18 | sed -n 2p)" = '2 yellow silent' ]
	[ "$(lights 2021-01-25 | sed -n 2p)" = '2 red silent' ]
}
