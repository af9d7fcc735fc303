# examples/cron: the reports that are due, written as cron and systemd would: no language, no terminal, next to no PATH.
load common

cron=$BATS_TEST_DIRNAME/../../examples/cron

make_more() {
	plan-init rf >/dev/null
}

# run_at TIME [OPTION...]: as cron does
run_at() {
	env -i HOME=/ LOGNAME=nobody SHELL=/bin/sh PATH="$bin:/usr/bin:/bin" sh -c '"$@" </dev/null' sh \
		"$cron/dispatch-reports" --now "$@" "$work/rf"
}

# names: of the files that are there, in one line
names() {
	(cd rf/reports && LC_ALL=C ls -A | tr '\n' ' ')
}

add_visit() { # AT
	visit-add -C rf --by 张某 --unit 泾川 --at "$1" --indicator-type 政务服务 --enterprise 示例甲商贸有限公司 --appeal "$1" \
		--visitor 张某 >/dev/null
}

@test "which week is over is decided by the plan's clock, not by the host's" {
	local zone
	status 0 run_at 2024-04-14T15:59:59Z
	[ "$output" = 'dispatch-reports: written: nothing; as they were: 0' ]
	[ -z "$(names)" ]
	for zone in UTC America/New_York Pacific/Kiritimati; do
		rm -rf rf/reports
		TZ=$zone status 0 run_at 2024-04-14T16:00:00Z --formats json
		[ "$output" = 'dispatch-reports: written: 2024-W15.json; as they were: 0' ]
		[ -z "$err" ]
	done
	# the same moment is still Sunday where a plan is further west
	sed -i "s/^utc_offset: .*/utc_offset: \"+07:30\"/" rf/plan.yaml
	rm -rf rf/reports
	status 0 run_at 2024-04-14T16:00:00Z --formats json
	[ -z "$(names)" ]
}

@test "what it writes is what the command prints, as of the day it is due; three forms, no more files" {
	add_visit 2024-04-15T10:00:00+08:00
	status 0 run_at 2024-04-15T08:30:00+08:00
	[ "$(names)" = '2024-W15.fodt 2024-W15.html 2024-W15.xlsx ' ]
	for format in html fodt xlsx; do
		dispatch-report -C rf --week 2024-W15 --as-of 2024-04-15 --format $format | cmp - rf/reports/2024-W15.$format
	done
	lacks "$(cat rf/reports/2024-W15.html)" 张某
}

@test "again: nothing is touched; missed weeks and months are made up for; the last is the summary" {
	status 0 run_at 2024-04-22T08:30:00+08:00 --formats json
	touch -d 2020-01-01 rf/reports/*
	status 0 run_at 2024-04-22T09:30:00+08:00 --formats json
	[ "$output" = 'dispatch-reports: written: nothing; as they were: 2' ]
	[ -z "$(find rf/reports -newermt 2020-01-02 -name '*.json')" ]
	# nobody was there for two weeks
	status 0 run_at 2024-05-06T08:30:00+08:00 --formats json
	[ "$output" = 'dispatch-reports: written: 2024-W17.json 2024-W18.json 2024-04.json; as they were: 2' ]
	status 0 run_at 2025-02-03T08:30:00+08:00 --formats json
	has "$output" 'as they were: 5'
	[ "$(names | wc -w)" = 25 ] # 20 weeks, 4 months and the summary
	has "$(names)" 2024-W34.json 2024-07.json 2024-final.json
	lacks "$(names)" 2024-W35 2024-08 2024-W14 2024-03
	[ "$(jq -r .period rf/reports/2024-W34.json)" = 2024-W34 ]
}

@test "what was entered in time and came later changes its issue, and the line says so" {
	status 0 run_at 2024-04-22T08:30:00+08:00 --formats json
	add_visit 2024-04-19T10:00:00+08:00 # another clone had it
	status 0 run_at 2024-04-29T08:30:00+08:00 --formats json
	[ "$output" = 'dispatch-reports: written: 2024-W16.json 2024-W17.json; as they were: 1' ]
	[ "$(jq '.overall[0].period' rf/reports/2024-W16.json)" = 1 ]
}

@test "a failure says so, leaves the old file and no other, and what comes after works" {
	status 0 run_at 2024-04-22T08:30:00+08:00 --formats json
	cp rf/reports/2024-W16.json old
	add_visit 2024-04-19T10:00:00+08:00
	mkdir -p rf/lingtai/visits/2024-04
	echo 'kind: [' >rf/lingtai/visits/2024-04/v-20240418-000000.yaml
	status 1 run_at 2024-04-22T08:30:00+08:00 --formats json
	has "$err" 'v-20240418-000000.yaml' 'dispatch-reports: 2024-W15.json could not be made; written: nothing'
	cmp old rf/reports/2024-W16.json
	[ "$(names)" = '2024-W15.json 2024-W16.json ' ]
	rm -r rf/lingtai/visits
	status 0 run_at 2024-04-22T08:30:00+08:00 --formats json
	[ "$output" = 'dispatch-reports: written: 2024-W16.json; as they were: 1' ]
}

@test "no room on the disk: status 3, nothing half-written" {
	status 0 run_at 2024-04-15T08:30:00+08:00 --formats json
	cp rf/reports/2024-W15.json old
	add_visit 2024-04-14T10:00:00+08:00
	# a file may not grow beyond 512 bytes; the signal would end the program before it can say anything
	trap '' XFSZ
	(ulimit -f 1 && status 3 run_at 2024-04-15T08:30:00+08:00 --formats json && has "$err" '2024-W15.json could not be made')
	trap - XFSZ
	cmp old rf/reports/2024-W15.json
	[ "$(names)" = '2024-W15.json ' ]
}

@test "a folder that cannot be written: status 3, and the line says what was written" {
	status 0 run_at 2024-04-15T08:30:00+08:00 --formats json
	mkdir rf/reports/.duban-2024-W16.json # root may write everywhere, but not into this
	status 3 run_at 2024-04-22T08:30:00+08:00 --formats 'md json'
	has "$err" 'dispatch-reports: 2024-W16.json could not be written; written: 2024-W15.md 2024-W16.md'
	rmdir rf/reports/.duban-2024-W16.json
	mkdir rf/reports/2024-W16.json
	status 3 run_at 2024-04-22T08:30:00+08:00 --formats json
	has "$err" 'dispatch-reports: 2024-W16.json could not be written; written: nothing'
	rmdir rf/reports/2024-W16.json
	[ "$(names)" = '2024-W15.json 2024-W15.md 2024-W16.md ' ]
	rm -r rf/reports
	: >rf/reports
	status 3 run_at 2024-04-22T08:30:00+08:00
	has "$err" "cannot make $work/rf/reports"
}

@test "two at a time: one is busy, and neither harms the other" {
	mkdir rf/reports
	status 75 flock rf/reports -c "$(declare -f run_at); bin=$bin cron=$cron work=$work; run_at 2024-04-15T08:30:00+08:00"
	[ "$err" = "dispatch-reports: busy: another run writes to $work/rf/reports" ]
	[ -z "$(names)" ]
	for i in 1 2 3 4; do
		run_at 2024-06-03T08:30:00+08:00 --formats json >"out$i" 2>&1 &
	done
	wait
	status 0 run_at 2024-06-03T08:30:00+08:00 --formats json
	has "$output" 'written: nothing'
	[ "$(names | wc -w)" = 10 ]
}

@test "what cannot work is told: no folder, a plan without a clock, wrong words" {
	status 3 "$cron/dispatch-reports" nowhere
	has "$err" 'cannot read nowhere/plan.yaml'
	status 2 "$cron/dispatch-reports"
	status 2 "$cron/dispatch-reports" --then rf rf
	has "$err" usage
	status 1 "$cron/dispatch-reports" --now someday rf
	has "$err" "'someday' is no date or time" 'dispatch-reports: which issues are due in rf is not known'
	sed -i '/^utc_offset/d' rf/plan.yaml
	status 3 run_at 2024-04-22T08:30:00+08:00
	has "$err" plan.yaml utc_offset 'is not known'
	[ ! -e rf/reports ]
}

@test "systemd has nothing to say against the service and the timer, and 08:30 is 00:30" {
	command -v systemd-analyze >/dev/null || skip 'systemd-analyze is not here: apt-get install systemd'
	for unit in service timer; do
		sed "s|/usr/local/share/duban/examples/cron|$(cd "$cron" && pwd)|" "$cron/dispatch-reports.$unit" >"dispatch-reports.$unit"
	done
	status 0 systemd-analyze verify --man=no ./dispatch-reports.service ./dispatch-reports.timer
	[ -z "$output$err" ]
	sed -n 's/^OnCalendar=//p' dispatch-reports.timer >calendars
	while read -r calendar; do
		TZ=UTC systemd-analyze calendar --base-time='2024-04-30 12:00 UTC' "$calendar" | sed -n 's/^ *Next elapse: //p'
	done <calendars >elapses
	[ "$(cat elapses)" = 'Mon 2024-05-06 00:30:00 UTC
Wed 2024-05-01 00:30:00 UTC' ]
	# the lines of the crontab name the same minutes
	[ "$(sed -n 's/^\([0-9* ]*\)\tduban\t.*/\1/p' "$cron/crontab" | tr '\n' ';')" = '30 0 * * 1;30 0 1 * *;' ]
}
