# record-export --sql, loaded into a PostgreSQL of its own and asked again what the reports say.
load ../cli/common

server=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1)

# the server does not run as root
as_user() {
	if [ "$(id -u)" = 0 ]; then
		setpriv --reuid=nobody --regid=nogroup --clear-groups "$@"
	else
		"$@"
	fi
}

q() { # q SQL: the rows, columns with | between
	psql -XqAt -v ON_ERROR_STOP=1 -h "$work/pg" -U test -d postgres -c "$1"
}

load_sql() { # load_sql ARG...: what record-export prints goes in
	record-export --sql "$@" >"$work/a.sql"
	psql -Xq -v ON_ERROR_STOP=1 -h "$work/pg" -U test -d postgres -f "$work/a.sql"
}

make_more() {
	[ -n "$server" ] && command -v psql >/dev/null || skip "PostgreSQL is not here: apt-get install postgresql"
	chmod 711 "$work"
	mkdir "$work/pg"
	[ "$(id -u)" != 0 ] || chown nobody:nogroup "$work/pg"
	# a socket's path holds at most 107 bytes
	(cd / && as_user "$server/initdb" -D "$work/pg/data" -U test -E UTF8 --locale=C -A trust >/dev/null)
	(cd / && as_user "$server/pg_ctl" -D "$work/pg/data" -w -l "$work/pg/log" \
		-o "-k $work/pg -c listen_addresses='' -c fsync=off" start >/dev/null 3>&-)
	folder
	as jingchuan 张某
	printf "%s\n" x >"$work/x.txt"
	problem-log --at 2024-04-18T09:00:00+08:00 --title "重复提交'\\" --description "=1+1; '); drop table x; --
第二行" --origin 自查发现 --lead 泾川 --responsible 泾川 --track 限期整改 --due 5月底前 --measure 接入 >one
	rectify-status "$(cat one)" --to 整改中 --at 2024-04-22T09:00:00+08:00 >/dev/null
	rectify-status "$(cat one)" --due 2024-06-10 --note 延期 --at 2024-05-20T09:00:00+08:00 --unit pingliang --by 李某 >/dev/null
	visit-add --at 2024-04-18T17:40:00+08:00 --indicator-type 政务服务 --enterprise 示例甲公司 --appeal 无 \
		--visitor 张某 --focus 15 --focus 16 >/dev/null
	visit=$(visit-add --at 2024-04-19T17:40:00+08:00 --indicator-type 政务服务 --enterprise 误录 --appeal 无 --visitor 张某)
	rectify-status "$visit" --to withdrawn --note 误录 --at 2024-04-20T09:00:00+08:00 >/dev/null
	DUBAN_UNIT=kongtong indicator-add --indicator seal-rate --numerator 24999 --denominator 25000 --at 2024-05-20T10:00:00+08:00 >/dev/null
	indicator-add --indicator seal-rate --numerator 7 --denominator 9 --at 2024-05-21T10:00:00+08:00 >/dev/null
	indicator-add --indicator seal-rate --numerator 8 --denominator 9 --at 2024-05-22T10:00:00+08:00 >/dev/null
	DUBAN_UNIT=lingtai indicator-add --indicator seal-rate --numerator 16 --denominator 18 --at 2024-05-22T10:00:00+08:00 >/dev/null
	DUBAN_UNIT=huating indicator-add --indicator seal-rate --numerator 0 --denominator 0 --at 2024-05-22T10:00:00+08:00 >/dev/null
	DUBAN_UNIT=lingtai inspect-add --point 12 --inspector 赵某 --windows-total 42 --windows-covered 40 --at 2024-05-22T10:00:00+08:00 >/dev/null
}

teardown() {
	[ ! -e "$work/pg/data/postmaster.pid" ] || (cd / && as_user "$server/pg_ctl" -D "$work/pg/data" -m immediate stop >/dev/null)
	cd / && rm -rf "$work"
}

# each unit's last figure on or before the day and not too old, of the units that are expected
latest="(select distinct on (o.plan, o.unit) o.* from duban.observation o
	join duban.indicator i on i.plan = o.plan and i.id = o.indicator
	join duban.indicator_unit e on e.plan = o.plan and e.indicator = o.indicator and e.unit = o.unit
	where o.plan = 'pingliang-2024' and o.indicator = 'seal-rate' and o.state = 'recorded' and o.date <= '2024-06-12'
		and o.date >= date '2024-06-12' - i.stale_days::int
	order by o.plan, o.unit, o.date desc, (o.entered->>'at')::timestamptz desc, o.path desc)"

@test "states, sums, ranks and what is overdue are those of the reports; loaded twice is loaded once" {
	plan=$(q "select 1" && sed -n 's/^id: //p' plan.yaml)
	plan=${plan##*$'\n'}
	latest=${latest/pingliang-2024/$plan}
	load_sql --as-of 2024-06-12
	before=$(q "select count(*), (select count(*) from duban.event), (select count(*) from duban.unit) from duban.problem")
	load_sql --as-of 2024-06-12
	[ "$(q "select count(*), (select count(*) from duban.event), (select count(*) from duban.unit) from duban.problem")" = "$before" ]

	rectify-status --as-of 2024-06-12 --format json >"$work/r.json"
	[ "$(q "select state, count(*) from duban.problem group by 1 order by 1")" = \
		"$(jq -r '.problems | group_by(.state)[] | "\(.[0].state)|\(length)"' "$work/r.json")" ]
	[ "$(q "select id from duban.problem where due < '2024-06-12' and state in ('listed', 'rectifying', 'submitted', 'returned', 'reopened') order by 1")" = \
		"$(jq -r '[.problems[] | select(.overdue).id] | sort[]' "$work/r.json")" ]
	[ "$(q "select id, due, due_original, days_left, overdue, light, coalesce(light_reason, '') from duban.problem order by 1")" = \
		"$(jq -r '.problems | sort_by(.id)[] | "\(.id)|\(.due)|\(.due_original)|\(.days_left)|\(if .overdue then "t" else "f" end)|\(.light)|\(.light_reason // "")"' "$work/r.json")" ]
	[ "$(q "select count(*) from duban.problem where due <> due_original")" = 1 ]

	indicator-report --indicator seal-rate --by-unit --as-of 2024-06-12 --format json >"$work/u.json"
	[ "$(q "select unit, numerator, denominator from $latest t order by 1")" = \
		"$(jq -r '[.units[] | select(.numerator != null)] | sort_by(.unit)[] | "\(.unit)|\(.numerator)|\(.denominator)"' "$work/u.json")" ]
	[ "$(q "select t.unit, rank() over (partition by u.ranking_group order by t.numerator::numeric / t.denominator desc)
		from $latest t join duban.unit u on u.plan = t.plan and u.id = t.unit
		where u.ranking_group is not null and t.denominator > 0 order by 1")" = \
		"$(jq -r '[.units[] | select(.rank != null)] | sort_by(.unit)[] | "\(.unit)|\(.rank)"' "$work/u.json")" ]
	[ "$(q "select trunc(sum(numerator) * 100.0 / sum(denominator), 2) from $latest t")" = \
		"$(indicator-report --indicator seal-rate --as-of 2024-06-12 --format json | jq -r '.indicators[0].latest')" ]
}

@test "texts come through as they are; lists, maps and events; withdrawn ones are there as such" {
	load_sql --as-of 2024-06-12
	[ "$(q "select title, description from duban.problem where unit = 'jingchuan'")" = "重复提交'\\|=1+1; '); drop table x; --
第二行" ]
	[ "$(q "select state, focus->>1, enterprise from duban.visit order by date")" = "recorded|16|示例甲公司
withdrawn||误录" ]
	[ "$(q "select \"to\", applied, content->>'note' from duban.event where record like 'p-20240418-%' order by at")" = "listed|t|
rectifying|t|
|t|延期" ]
	[ "$(q "select values->>'windows_total', derived is not null from duban.inspection")" = "42|t" ]
	[ "$(q "select count(*) from duban.unit_group where id = 'counties'")" = 8 ]
	[ "$(q "select baseline, target from duban.indicator where id = 'gkb-online-share'" | cut -d'|' -f1)" = 75.82 ]
}

@test "another city beside it, with a field of its own; what comes later is laid over" {
	load_sql --as-of 2024-06-12
	count=$(q "select count(*) from duban.problem")
	plan-init "$work/city" --plan "$BATS_TEST_DIRNAME/../fixtures/city.yaml" >/dev/null
	cd "$work/city"
	mkdir -p schemas
	# some called as columns of ours
	printf '%s\n' 'properties:' '  guide: {title: 陪同人, type: string}' '  plan: {title: 计划, type: integer}' \
		'  events: {title: 活动, type: string}' >schemas/visit.yaml
	visit-add --unit hub --at 2020-11-03T10:00:00-03:30 --indicator-type "$(sed -n '/^vocab:/,/^[a-u]/p' plan.yaml | grep -o 'code: [a-z-]*' | head -1 | cut -c7-)" \
		--enterprise 港湾公司 --appeal 无 --visitor 张某 --guide 李某 --plan 7 --events 活动 >/dev/null
	load_sql --as-of 2020-12-01
	[ "$(q "select plan, count(*) from duban.visit group by 1 order by 1" | wc -l)" = 2 ]
	[ "$(q "select guide, events from duban.visit where plan = 'harbour-2020'")" = '李某|0' ]
	[ "$(q "select count(*) from duban.problem where plan <> 'harbour-2020'")" = "$count" ]
	cd "$work/rf"
	rectify-status "$(cat one)" --to 待验收 --done M1 --evidence "$work/x.txt" --type 其他 --note 完成 --at 2024-06-01T09:00:00+08:00 >/dev/null
	load_sql --as-of 2024-06-12
	[ "$(q "select state from duban.problem where unit = 'jingchuan' and plan <> 'harbour-2020'")" = submitted ]
}

@test "two cities loaded at once into an empty database" {
	plan-init "$work/city" --plan "$BATS_TEST_DIRNAME/../fixtures/city.yaml" >/dev/null
	record-export --sql >"$work/a.sql"
	record-export -C "$work/city" --sql >"$work/b.sql"
	for i in 1 2 3; do
		psql -Xq -h "$work/pg" -U test -d postgres -c 'set client_min_messages = error; drop schema if exists duban cascade'
		psql -Xq -v ON_ERROR_STOP=1 -h "$work/pg" -U test -d postgres -f "$work/b.sql" 3>&- &
		psql -Xq -v ON_ERROR_STOP=1 -h "$work/pg" -U test -d postgres -f "$work/a.sql"
		wait $!
		[ "$(q "select count(*) from duban.plan")" = 2 ]
	done
}
