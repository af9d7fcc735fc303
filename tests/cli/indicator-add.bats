# indicator-add: figures of indicators. What all writers share is in writer.bats.
load common

make_more() {
	folder
	as jingchuan 张某
}

figure() {
	indicator-add --at 2024-05-31T17:40:00+08:00 "$@"
}

refused() {
	status 1 figure "$@" || return 1
	[ -z "$output" ] && [ -z "$(find . -name 'o-*')" ]
}

@test "the record of the contract" {
	status 0 figure --indicator seal-rate --numerator 24999 --denominator 25000 --data-source 统一审批平台
	[[ $output =~ ^jingchuan/observations/2024-05/(o-20240531-[0-9a-hjkmnp-tv-z]{6})\.yaml$ ]]
	diff "$output" - <<-END
		kind: observation
		id: ${BASH_REMATCH[1]}
		unit: jingchuan
		date: '2024-05-31'
		indicator: seal-rate
		numerator: 24999
		denominator: 25000
		data_source: 统一审批平台
		entered: {at: '2024-05-31T17:40:00+08:00', by: 张某, unit: jingchuan, to: recorded}
	END
	status 0 record-check --strict
	status 0 indicator-report --indicator seal-rate --by-unit --as-of 2024-05-31 --format json
	[ "$(jq -r '.units[] | select(.unit == "jingchuan") | "\(.numerator)/\(.denominator) \(.value)"' <<<"$output")" = '24999/25000 99.99' ]
}

@test "an indicator is taken by id or name; what it is not is named with the nearest" {
	status 0 figure -n --indicator 证照电子签章率 --numerator 1 --denominator 2
	has "$output" 'indicator: seal-rate'
	refused --indicator seal-rat --numerator 1 --denominator 2
	has "$err" "--indicator: error: 指标: 'indicator': 'seal-rat' is no indicator of the plan [unknown-word]" "did you mean 'seal-rate' 证照电子签章率?"
	refused --indicator ../seal-rate --numerator 1 --denominator 2
	refused --numerator 1 --denominator 2
	has "$err" "指标: 'indicator' is missing [required]"
}

@test "the numerator is at most the denominator" {
	refused --indicator seal-rate --numerator 25001 --denominator 25000
	has "$err" "--numerator: error: 分子: 'numerator' is more than 'denominator': 25001 and 25000 [not-after]"
	status 0 figure -n --indicator seal-rate --numerator 25000 --denominator 25000
	printf 'indicator: seal-rate\nnumerator: 2\ndenominator: 1\n' >"$work/in.yaml"
	refused --file "$work/in.yaml"
	has "$err" "in.yaml:2:12: error: 分子:"
}

@test "figures are whole numbers from 0 to 10^15" {
	local bad
	for bad in -1 1.5 1e3 0x10 一 '' ' 1' 99999999999999999999 1000000000000001; do
		refused --indicator seal-rate --numerator="$bad" --denominator 1000000000000000
		has "$err" '--numerator: error: 分子:'
	done
	status 0 figure -n --indicator seal-rate --numerator 1000000000000000 --denominator 1000000000000000
	status 0 figure -n --indicator seal-rate --numerator 0 --denominator 0
	status 0 figure -n --indicator seal-rate --numerator 007 --denominator 10
	has "$output" 'numerator: 7'
}

@test "parts, a count or a published value: exactly one, and the one that fits" {
	refused --indicator seal-rate
	has "$err" "needs one of: 'numerator'; 'count'; 'value' [one-of]"
	refused --indicator seal-rate --numerator 1
	has "$err" "分母: 'denominator' is missing, which 'numerator' needs"
	refused --indicator seal-rate --denominator 1
	has "$err" "分子: 'numerator' is missing, which 'denominator' needs"
	refused --indicator seal-rate --numerator 1 --denominator 2 --value 50.00
	has "$err" "may have only one of: 'numerator'; 'value'"
	refused --indicator seal-rate --count 3
	has "$err" '--count: error: the indicator is a share, not a count [indicator-kind]' 'give numerator and denominator'
	refused --unit pingliang --indicator e-licence-domains --numerator 9 --denominator 11
	has "$err" 'the indicator is a number, not a share' 'give count'
}

@test "a published value is a decimal of the indicator's precision, at most 100" {
	status 0 figure -n --indicator hotline-satisfaction --value 85.20
	has "$output" "value: '85.20'"
	has "$err" 'note: a published value alone is shown' '[published-only]'
	status 0 figure -n --unit pingliang --indicator hotline-satisfaction --value 85.20
	[ -z "$err" ]
	status 0 figure -n --indicator hotline-satisfaction --value 100
	local bad
	for bad in 85.205 85.20% -1 .5 1e1 八五 100.01 085; do
		refused --indicator hotline-satisfaction --value="$bad"
		has "$err" '--value: error:'
	done
	# a YAML number is no decimal text
	printf 'indicator: hotline-satisfaction\nvalue: 85.20\n' >"$work/in.yaml"
	refused --file "$work/in.yaml"
	has "$err" "in.yaml:2:8: error: 公布值:"
}

@test "the whole city's figures are the owner's alone" {
	refused --indicator e-licence-domains --count 9
	has "$err" "only the plan's owner reports this figure, for the whole city [city-level]" 'hint: the owner is pingliang 平凉市政务服务中心'
	status 0 figure --unit 数字政府建设平凉项目组 --indicator seal-rate --numerator 1 --denominator 2
	has "$err" 'warning: the plan expects no figure of this unit: no sum and no table has it [not-expected]'
	status 0 figure --unit pingliang --indicator e-licence-domains --count 9
	has "$output" pingliang/observations/
	status 0 figure --for 平凉市政务服务中心 --indicator provincial-rank --count 1
	has "$(cat "$output")" 'unit: pingliang'
}

@test "a rank starts at 1" {
	refused --unit pingliang --indicator provincial-rank --count 0
	has "$err" '--count: error: a rank is 1 at least [minimum]'
}

@test "a count is at most what there is" {
	refused --unit pingliang --indicator e-licence-domains --count 12
	has "$err" '--count: error: there are only 11 in all [maximum]'
	status 0 figure -n --unit pingliang --indicator e-licence-domains --count 11
}

@test "a figure that comes from inspections is not entered here" {
	refused --indicator f05-gkb-items --count 3
	has "$err" '--indicator: error: this figure comes from the inspections of a focus point alone [from-inspections]' \
		'inspect-add --point 5'
}

@test "two of the same day are both kept; the later one counts" {
	status 0 figure --indicator seal-rate --numerator 1 --denominator 4
	status 0 indicator-add --at 2024-05-31T18:00:00+08:00 --indicator seal-rate --numerator 3 --denominator 4
	status 0 indicator-report --indicator seal-rate --by-unit --as-of 2024-05-31 --format json
	[ "$(jq -r '.units[] | select(.unit == "jingchuan") | .value' <<<"$output")" = 75.00 ]
	status 0 record-check
	has "$output" warning: 'the same unit, indicator and date'
}
