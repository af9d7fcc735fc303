#!/usr/bin/env bats
# indicator-report: every indicator, one by unit, one over time

load common

make_more() {
	folder
	as jingchuan 张某
}

# observe UNIT INDICATOR DATE OPTION...: a figure, entered that day unless --at is given
observe() {
	local unit=$1 indicator=$2 date=$3 at=(--at "$3T17:00:00+08:00")
	shift 3
	[[ " $* " == *" --at "* ]] && at=()
	indicator-add --by 张某 --unit "$unit" --indicator "$indicator" --date "$date" "${at[@]}" "$@"
}

# parts UNIT DATE N D: a figure of seal-rate
parts() {
	observe "$1" seal-rate "$2" --numerator "$3" --denominator "$4"
}

# one INDICATOR FILTER [OPTION...]: what jq finds in the indicator's object
one() {
	local indicator=$1 filter=$2
	shift 2
	indicator-report --format json --indicator "$indicator" "$@" | jq -c ".indicators[0] | $filter"
}

# units FILTER [OPTION...]: what jq finds in the rows of seal-rate by unit
units() {
	local filter=$1
	shift
	indicator-report --format json --indicator seal-rate --by-unit "$@" | jq -c "$filter"
}

# want TEXT COMMAND...: prints just this
want() {
	local text=$1 got
	shift
	got=$("$@")
	[ "$got" = "$text" ] || {
		echo "wanted: $text"
		echo "got:    $got"
		return 1
	}
}

# row NAME: the first lines of the text report's rows that start so
row() {
	indicator-report --as-of "${asof:-2024-05-20}" | grep "^$1"
}

# prose: $output in one line, so that a text is found wherever the page broke it
prose() {
	tr -d '\n ' <<<"$output"
}

@test "the plan alone: figures in text" {
	status 0 indicator-report --as-of 2024-04-30
	has "$output" 截至：2024年4月30日 一、进展 二、差距 三、节奏 四、未报送单位 五、说明
	asof=2024-04-30
	has "$(row 电子营业执照应用领域数)" "9/11" 未报送 方案未设定目标值
	has "$(row 电子证照签章类型占比)" 73.50% 未报送 方案未设定目标值
	has "$(row '“甘快办”上线事项占比')" 75.82% 94.00% 低18.18个百分点 中位数73.12%
	has "$(row 12345热线满意率)" 85.20% 89.60% 低4.4个百分点 未提供
	has "$(row 12345热线省级转办一次办结率)" 99.20% 方案未设定目标值
	has "$(row '“好差评”覆盖率')" 22.71% 93.72% 低71.01个百分点
	grep -Eq '^电子证照签章类型占比 +75.70% +低2.2个百分点 +中位数71.60% +—$' <<<"$output"
	# computed ones are marked: frontier and median
	[ "$(grep -Ec '^ +（推算） +（推算）$' <<<"$output")" = 2 ]
	[ "$(grep -Ec '^ +（推算）$' <<<"$output")" = 2 ]
	has "$output" 高1.9个百分点 高2.7个百分点 11个 （9个市州） 低2个 （部分市（州） \
		低0.80个百分点 处于中游 91项 100项以上 均值87项 低9项 高4项 差9项 力争100.00% 第1位 \
		方案的100%目标属证照电子签章率，不属本指标 前沿值不作目标
	lacks "$output" 未达标 未达力争目标 已达到 公布值 撤回 缺
	# nobody has reported: all are named, once
	has "$(prose)" （1个单位）：平凉市政务服务中心 \
		（10个单位）：平凉市政务服务中心、崆峒区政务服务中心、泾川县政务服务中心、灵台县政务服务中心、崇信县政务服务中心、华亭市政务服务中心、庄浪县政务服务中心、静宁县政务服务中心、平凉工业园区企业服务中心、市大数据中心五、说明
	[ "$(prose | grep -o 灵台县 | wc -l)" = 1 ]
	# a distance that the plan gives is quoted, one that is computed has the indicator's precision
	observe pingliang seal-type-share 2024-04-30 --value 73.50
	has "$(indicator-report --as-of 2024-04-30)" 低2.20个百分点 高1.90个百分点 低4.4个百分点
}

@test "the plan alone: the same figures in JSON" {
	status 0 indicator-report --as-of 2024-04-30 --format json
	want 22 jq '.indicators | length' <<<"$output"
	want '[1,"2024-04-30"]' jq -c '[.version, .as_of]' <<<"$output"
	want '["as_of","indicators","version"]' jq -c keys <<<"$output"
	while read -r id expected; do
		want "$expected" jq -c --arg id "$id" '.indicators[] | select(.id == $id) |
			[.baseline, .frontier, .frontier_derived, .frontier_gap, .median, .median_derived,
			.mean, .target, .target_op, .target_strength]' <<<"$output"
	done <<-'END'
		e-licence-domains ["9","11",false,"2",null,null,null,null,null,null]
		one-matter-packages ["91","100",false,"9",null,null,"87","100",">=","must"]
		seal-type-share ["73.50","75.70",true,"2.20","71.60",true,null,null,null,null]
		seal-rate [null,null,null,null,null,null,null,"100.00",">=","must"]
		gkb-online-share ["75.82","94.00",true,"18.18","73.12",true,null,null,null,null]
		gkb-usable-share [null,null,null,null,null,null,null,"100.00",">=","strive"]
		hotline-satisfaction ["85.20","89.60",true,"4.40",null,null,null,null,null,null]
		hotline-first-time-completion ["99.20","100.00",false,"0.80",null,null,null,null,null,null]
		review-coverage ["22.71","93.72",true,"71.01",null,null,null,null,null,null]
		case-return-rate [null,null,null,null,null,null,null,"100.00",">=","must"]
		provincial-rank [null,null,null,null,null,null,null,"1","<=","must"]
		f14-one-matter-subjects [null,null,null,null,null,null,null,"100",">=","must"]
	END
	want true jq 'all(.indicators[]; .latest == null and .latest_date == null and .change == null and
		.met == null and (.units_missing | length) > 0)' <<<"$output"
	want '["pingliang"]' jq -c '.indicators[0].units_missing' <<<"$output"
	want 10 jq '.indicators[3].units_missing | length' <<<"$output"
}

@test "the keys of contract 4, no more and no less" {
	want '["id","name","unit_of_measure","level","baseline","latest","latest_date","change","frontier","frontier_derived","frontier_gap","median","median_derived","mean","target","target_op","target_strength","met","units_missing"]' \
		one seal-rate keys_unsorted
	want '["unit","name","group","numerator","denominator","value","rank","status"]' \
		units '.units[0] | keys_unsorted'
	want '["version","as_of","indicator","units"]' units keys_unsorted
	want '["电子证照签章类型占比","%","city"]' one seal-type-share '[.name, .unit_of_measure, .level]'
}

@test "CSV: one table, a byte order mark, bare figures, words in Chinese" {
	observe pingliang hotline-satisfaction 2024-05-10 --value 84.90
	status 0 indicator-report --as-of 2024-05-20 --format csv
	printf '\xef\xbb\xbf"编号","指标","单位","层级","基线","最新",' >head
	[ "$(head -c "$(wc -c <head)" <<<"$output")" = "$(cat head)" ]
	[ "$(wc -l <<<"$output")" = 23 ]
	has "$output" \
		'"电子证照签章类型占比","%","市级","73.50","未报送","","","75.70","是","2.20","71.60","是"' \
		'"12345热线满意率","%","各单位","85.20","84.90","2024-05-10","-0.30","89.60","是","4.70"' \
		'"方案未设定目标值"' '"公布值"' '"100.00",">=","力争"'
	status 0 indicator-report --as-of 2024-05-20 --format csv --encoding gb18030
	has "$(iconv -f gb18030 -t utf-8 <<<"$output")" '"12345热线满意率","%","各单位","85.20","84.90"'
	parts jingchuan 2024-05-18 10 12
	status 0 indicator-report --as-of 2024-05-20 --format csv --indicator seal-rate --by-unit
	has "$output" '"jingchuan","泾川县政务服务中心","县（市、区）与园区","10","12","83.33","1","参与排名","2024-05-18"' \
		'"lingtai","灵台县政务服务中心","县（市、区）与园区","","","","","未报送",""'
}

@test "text keeps within 80 columns" {
	observe pingliang hotline-satisfaction 2024-05-10 --value 11.11
	observe jingchuan review-coverage 2024-05-10 --numerator 95000 --denominator 99999
	observe jingchuan gkb-usable-share 2024-05-10 --numerator 1 --denominator 100000
	parts jingchuan 2024-05-18 123456789012345 999999999999999
	indicator-report --as-of 2024-05-20 >all
	indicator-report --as-of 2024-05-20 --indicator seal-rate --by-unit >units
	for i in all units; do
		[ "$(LC_ALL=C.UTF-8 wc -L <$i)" -le 80 ]
	done
	has "$(cat all)" -74.09个百分点 +72.29个百分点 力争100.00% 未达力争目标 差99.99个百分点
}

@test "V77 a share that is not whole is not 100, and not met" {
	parts jingchuan 2024-05-20 24999 25000
	want '["99.99","2024-05-20",false,null]' one seal-rate '[.latest, .latest_date, .met, .change]' --as-of 2024-05-20
	has "$(row 证照电子签章率)" 99.99% 100.00% 未达标 差0.01个百分点
	parts jingchuan 2024-05-21 25000 25000
	want '["100.00",true]' one seal-rate '[.latest, .met]' --as-of 2024-05-21
	asof=2024-05-21
	has "$(row 证照电子签章率)" 达标 已达到
	lacks "$(row 证照电子签章率)" 未达标
	# a share that is not nothing is not 0
	parts jingchuan 2024-05-22 1 25000
	want '"0.01"' one seal-rate .latest --as-of 2024-05-22
}

@test "the city is the sum of numerators over the sum of denominators" {
	parts jingchuan 2024-05-18 90 100
	parts lingtai 2024-05-19 1 3
	want '["88.35","2024-05-19"]' one seal-rate '[.latest, .latest_date]' --as-of 2024-05-20
	want '["pingliang","kongtong","chongxin","huating","zhuanglang","jingning","industrial-park","bigdata-center"]' \
		one seal-rate .units_missing --as-of 2024-05-20
	status 0 indicator-report --as-of 2024-05-20
	has "$(prose)" 缺8个单位 \
		证照电子签章率（8个单位）：平凉市政务服务中心、崆峒区政务服务中心、崇信县政务服务中心、华亭市
	status 0 indicator-report --as-of 2024-05-20 --indicator 证照电子签章率
	has "$output" 口径：已归集证照中完成电子签章数÷已归集证照数。 全市合计：91÷103。
}

@test "a city indicator is the owner's figure, of whatever age" {
	observe pingliang one-matter-packages 2024-04-20 --count 99
	observe pingliang provincial-rank 2024-04-20 --count 2
	observe pingliang e-licence-domains 2024-04-20 --count 10
	want '["99","8","1",false,[]]' \
		one one-matter-packages '[.latest, .change, .frontier_gap, .met, .units_missing]' --as-of 2024-08-20
	want '["2",false]' one provincial-rank '[.latest, .met]' --as-of 2024-08-20
	has "$(row 电子营业执照应用领域数)" 9/11 10/11 +1个
	has "$(row '套餐式主题式“一件')" 91项 99项 +8项 100项以上 未达标 低1项 差1项
	has "$(row 全省营商环境评价)" 第2位 第1位 未达标 差1位
	observe pingliang one-matter-packages 2024-05-20 --count 100
	observe pingliang provincial-rank 2024-05-20 --count 1
	want '["100",true]' one one-matter-packages '[.latest, .met]' --as-of 2024-05-20
	want '["1",true]' one provincial-rank '[.latest, .met]' --as-of 2024-05-20
	status 0 indicator-report --indicator e-licence-domains --as-of 2024-05-20
	has "$(prose)" 方案列示已应用（9个）：政府平台身份认证、抽查监管移动亮照、不动产登记、企业投资、工程建设、缴纳税费、医保社保、交通运输、公用事业服务。尚未应用（2个）：公共资源交易、金融服务。
}

@test "0 of 0 does not apply; nothing is not 0" {
	parts jingchuan 2024-05-18 0 0
	want '[null,"2024-05-18",null]' one seal-rate '[.latest, .latest_date, .met]' --as-of 2024-05-20
	want 9 one seal-rate '.units_missing | length' --as-of 2024-05-20
	has "$(row 证照电子签章率)" 不适用
	want '[{"unit":"jingchuan","name":"泾川县政务服务中心","group":"counties","numerator":0,"denominator":0,"value":null,"rank":null,"status":"not-applicable"}]' \
		units .units --as-of 2024-05-20 --unit 泾川
	status 0 indicator-report --as-of 2024-05-20 --indicator seal-rate --by-unit
	has "$output" 全市：不适用 不适用
	status 0 indicator-report --as-of 2024-05-20 --indicator seal-rate --by-unit --format csv
	has "$output" '"0","0","","","不适用","2024-05-18"'
	# beside others it counts as nothing
	parts lingtai 2024-05-18 1 2
	want '"50.00"' one seal-rate .latest --as-of 2024-05-20
}

@test "ranks: by exact fraction within the group, ties share one and leave out the next" {
	parts kongtong 2024-05-18 3 5
	parts jingchuan 2024-05-18 10 12
	parts lingtai 2024-05-18 100 120
	parts chongxin 2024-05-18 999999 1000000
	# equal when rounded, not when exact
	parts huating 2024-05-18 599999 1000000
	parts bigdata-center 2024-05-18 1 1
	units '.units[] | select(.rank) | [.unit, .rank, .value]' --as-of 2024-05-20 >got
	cat >expected <<-'END'
		["chongxin",1,"99.99"]
		["jingchuan",2,"83.33"]
		["lingtai",2,"83.33"]
		["kongtong",4,"60.00"]
		["huating",5,"60.00"]
	END
	diff expected got
	want '["unranked",null,"100.00",null]' \
		units '.units[] | select(.unit == "bigdata-center") | [.status, .rank, .value, .group]' --as-of 2024-05-20
	status 0 indicator-report --as-of 2024-05-20 --indicator seal-rate --by-unit
	has "$output" 指标：证照电子签章率 排名组：县（市、区）与园区 目标：100.00% 不参与排名 比率（%）
	grep -Eq '^ +4  崆峒区.* +3 +5 +60.00  2024-05-18  参与排名' <<<"$output"
	grep -Eq '^ +2  灵台县.* +100 +120 +83.33  2024-05-18  参与排名$' <<<"$output"
	has "$output" （分母小 于10）
	# --unit leaves out rows, not competitors
	want '[["kongtong",4]]' units '[.units[] | [.unit, .rank]]' --as-of 2024-05-20 --unit 崆峒区
	want '["jingchuan","huating"]' units '[.units[].unit]' --as-of 2024-05-20 --unit 华亭 --unit jingchuan
	want '[]' units .units --as-of 2024-05-20 --unit 市区中心
	want '[]' units .units --as-of 2024-05-20 --unit 税务局
}

@test "figures grow stale, and are named" {
	parts jingchuan 2024-04-30 1 2
	want '["50.00",9]' one seal-rate '[.latest, (.units_missing | length)]' --as-of 2024-05-31
	want '[null,10]' one seal-rate '[.latest, (.units_missing | length)]' --as-of 2024-06-01
	want '[["not-reported",null,null,null]]' \
		units '[.units[] | [.status, .numerator, .value, .rank]]' --as-of 2024-06-01 --unit jingchuan
	status 0 indicator-report --as-of 2024-06-01
	has "$(prose)" 泾川县政务服务中心（数据过期）
	status 0 indicator-report --as-of 2024-06-01 --indicator seal-rate --by-unit
	grep -Eq '泾川县政务服务中心 .*2024-04-30  未报送（' <<<"$output"
	# figures of inspections do not
	mkdir -p jingchuan/inspections/2024-04
	cat >jingchuan/inspections/2024-04/i-20240418-abc123.yaml <<-'END'
		kind: inspection
		id: i-20240418-abc123
		unit: jingchuan
		date: '2024-04-18'
		point: 12
		values: {windows_total: 42, windows_covered: 40}
		entered: {at: '2024-04-18T18:12:33+08:00', by: 赵某, unit: jingchuan, to: recorded}
	END
	want '"95.24"' one f12-review-device-share .latest --as-of 2024-08-20
}

@test "a published value of the owner wins while it is not older than the sum" {
	observe pingliang seal-rate 2024-05-10 --numerator 90 --denominator 100
	parts jingchuan 2024-05-20 10 100
	observe pingliang seal-rate 2024-05-20 --value 85.2
	want '["85.20","2024-05-20",false,8]' \
		one seal-rate '[.latest, .latest_date, .met, (.units_missing | length)]' --as-of 2024-05-20
	status 0 indicator-report --as-of 2024-05-20
	has "$output" （公布值）
	lacks "$output" 缺8个单位
	status 0 indicator-report --as-of 2024-05-20 --indicator seal-rate --by-unit
	has "$output" 全市：85.20%（公布值）
	# the owner's own cases stay in the sum
	parts lingtai 2024-05-21 20 100
	want '"40.00"' one seal-rate .latest --as-of 2024-05-21
	status 0 indicator-report --as-of 2024-05-21
	lacks "$output" 公布值
	# a county's value without its parts is shown, not summed, not ranked, and missing
	observe huating seal-rate 2024-05-21 --value 99.5
	want '"40.00"' one seal-rate .latest --as-of 2024-05-21
	want true one seal-rate '.units_missing | contains(["huating"])' --as-of 2024-05-21
	want '[["published-only",null,"99.50",null]]' \
		units '[.units[] | [.status, .denominator, .value, .rank]]' --as-of 2024-05-21 --unit huating
	status 0 indicator-report --as-of 2024-05-21
	has "$(prose)" 华亭市政务服务中心（仅公布值）
}

@test "as of then: what was entered later does not exist yet" {
	parts jingchuan 2024-05-10 1 2
	observe jingchuan seal-rate 2024-05-12 --numerator 2 --denominator 2 --at 2024-05-25T09:00:00+08:00
	observe lingtai seal-rate 2024-05-30 --numerator 2 --denominator 2 --at 2024-05-30T09:00:00+08:00
	indicator-report --as-of 2024-05-20 >before
	want '["50.00","2024-05-10"]' one seal-rate '[.latest, .latest_date]' --as-of 2024-05-20
	want '"50.00"' one seal-rate .latest --as-of 2024-05-25T08:59:59+08:00
	want '"100.00"' one seal-rate .latest --as-of 2024-05-25T01:00:00Z
	want '"2024-05-25T09:00:00+08:00"' jq .as_of <<<"$(indicator-report --as-of 2024-05-25T01:00:00Z --format json)"
	want '["100.00",9]' one seal-rate '[.latest, (.units_missing | length)]' --as-of 2024-05-25
	parts jingchuan 2024-06-01 9 10
	indicator-report --as-of 2024-05-20 | cmp - before
}

@test "corrected figures count as corrected, withdrawn ones not at all" {
	path=$(parts jingchuan 2024-05-10 1 2)
	parts jingchuan 2024-05-08 1 4
	rectify-status "$path" --set numerator=2 --note 更正 --at 2024-05-12T09:00:00+08:00
	want '"50.00"' one seal-rate .latest --as-of 2024-05-11
	want '"100.00"' one seal-rate .latest --as-of 2024-05-12
	status 0 indicator-report --as-of 2024-05-12
	lacks "$output" 撤回
	rectify-status "$path" --to withdrawn --note 填错单位 --at 2024-05-13T09:00:00+08:00
	want '"100.00"' one seal-rate .latest --as-of 2024-05-12
	want '["25.00","2024-05-08"]' one seal-rate '[.latest, .latest_date]' --as-of 2024-05-13
	for i in "" "--indicator seal-rate" "--indicator seal-rate --by-unit"; do
		status 0 indicator-report --as-of 2024-05-13 $i
		has "$output" 另有已撤回填报1条，不计入。
	done
	for i in "--indicator gkb-online-share" "--indicator seal-rate --by-unit --unit lingtai"; do
		status 0 indicator-report --as-of 2024-05-13 $i
		lacks "$output" 撤回
	done
}

@test "over time" {
	parts jingchuan 2024-05-10 1 2
	parts lingtai 2024-05-12 3 4
	parts huating 2024-05-12 0 0
	observe pingliang seal-rate 2024-05-14 --value 77.70
	status 0 indicator-report --as-of 2024-05-20 --indicator seal-rate --series --format json
	want '{"version":1,"as_of":"2024-05-20","indicator":"seal-rate","series":[{"date":"2024-05-10","value":"50.00","numerator":1,"denominator":2,"published":false,"missing":9},{"date":"2024-05-12","value":"66.67","numerator":4,"denominator":6,"published":false,"missing":7},{"date":"2024-05-14","value":"77.70","numerator":null,"denominator":null,"published":true,"missing":7}]}' \
		jq -c . <<<"$output"
	status 0 indicator-report --as-of 2024-05-20 --indicator seal-rate --series
	grep -Eq '^2024-05-12 +66.67 +4 +6 +否 +7$' <<<"$output"
	grep -Eq '^2024-05-14 +77.70 +— +— +是 +7$' <<<"$output"
	status 0 indicator-report --as-of 2024-05-20 --indicator seal-rate --series --format csv
	has "$output" '"2024-05-12","66.67","4","6","否","7"'
	status 0 indicator-report --as-of 2024-05-20 --indicator gkb-online-share --series
	has "$output" 未报送
}

@test "the same bytes in every locale and zone" {
	parts jingchuan 2024-05-10 1 2
	parts lingtai 2024-05-12 3 4
	for form in text csv json; do
		for i in "" "--indicator seal-rate --by-unit" "--indicator seal-rate --series"; do
			indicator-report --as-of 2024-05-20 --format $form $i >first
			for env in LC_ALL=C LC_ALL=C.UTF-8 LC_ALL=zh_CN.UTF-8 TZ=America/New_York TZ=Pacific/Kiritimati \
				COLUMNS=200 DUBAN_UNIT=lingtai; do
				env "$env" indicator-report --as-of 2024-05-20 --format $form $i | cmp - first
			done
		done
	done
}

@test "without --as-of it is today at the plan's offset, whatever the zone of the host" {
	before=$(TZ=UTC-8 date +%F)
	got=$(TZ=UTC+11 indicator-report --format json | jq -r .as_of)
	after=$(TZ=UTC-8 date +%F)
	[ "$got" = "$before" ] || [ "$got" = "$after" ]
}

@test "a folder with a few units only" {
	for i in kongtong jingchuan lingtai pingliang; do
		parts $i 2024-05-18 1 2
	done
	observe pingliang one-matter-packages 2024-05-18 --count 95
	rm -r city-hall digital-gov-team
	# nothing is expected of these
	status 0 indicator-report --as-of 2024-05-20
	rm -r lingtai huating
	status 3 indicator-report --as-of 2024-05-20
	[ -z "$output" ]
	has "$err" "'lingtai' is not here" "'huating' is not here"
	lacks "$err" jingchuan
	for i in "--indicator seal-rate" "--indicator seal-rate --series" "--indicator seal-rate --by-unit" \
		"--indicator seal-rate --by-unit --unit jingchuan --unit lingtai"; do
		status 3 indicator-report --as-of 2024-05-20 $i
		has "$err" "'lingtai' is not here"
	done
	# no rank is better than a wrong one
	want '[["jingchuan","50.00",null,"ranked"]]' \
		units '[.units[] | [.unit, .value, .rank, .status]]' --as-of 2024-05-20 --unit jingchuan
	status 0 indicator-report --as-of 2024-05-20 --indicator seal-rate --by-unit --unit jingchuan
	has "$output" 泾川县政务服务中心 50.00 同组部分单位的数据不在本地，不排名次。
	lacks "$output" 全市
	# what the owner alone reports needs the owner alone
	want '"95"' one one-matter-packages .latest --as-of 2024-05-20
	rm -r pingliang
	status 3 indicator-report --as-of 2024-05-20 --indicator one-matter-packages
	has "$err" "'pingliang' is not here"
}

@test "what is asked for wrongly" {
	status 1 indicator-report --indicator seal-rat
	has "$err" "'seal-rat' is no indicator of the plan" "did you mean 'seal-rate' 证照电子签章率?"
	status 1 indicator-report --indicator 覆盖率
	has "$err" "perhaps: review-coverage"
	status 1 indicator-report --indicator seal-rate --by-unit --unit 兰州
	has "$err" "--unit" 兰州
	status 1 indicator-report --as-of 2024-13-01
	for i in "--by-unit" "--series" "--unit jingchuan" "--indicator seal-rate --unit jingchuan" \
		"--indicator seal-rate --series --unit jingchuan" "--indicator seal-rate --series --by-unit" \
		"--format xml" "--indi seal-rate" "seal-rate" "--indicator seal-rate --indicator seal-rate"; do
		status 2 indicator-report $i
		[ -z "$output" ] && [ -n "$err" ]
	done
	cd "$work"
	status 3 indicator-report
}

@test "an indicator by its name, and another folder" {
	cd "$work"
	want '"review-coverage"' one “好差评”覆盖率 .id -C rf
	DUBAN_DIR=rf/jingchuan want '"seal-rate"' one 证照电子签章率 .id
}

@test "a record that cannot be read is never skipped in silence" {
	path=$(parts jingchuan 2024-05-10 1 2)
	chmod u+w "$path"
	printf '\x80\n' >>"$path"
	status 1 indicator-report --as-of 2024-05-20
	[ -z "$output" ]
	has "$err" "$path"
}

@test "a full disk is an error" {
	for i in "" "--format json" "--indicator seal-rate --by-unit" --help; do
		run bash -c "indicator-report $i >/dev/full"
		[ "$status" = 3 ]
		has "$output" 'No space left on device'
	done
}

@test "colour only when asked for" {
	parts jingchuan 2024-05-20 1 2
	status 0 indicator-report --as-of 2024-05-20
	lacks "$output" $'\e'
	status 0 indicator-report --as-of 2024-05-20 --color always
	has "$output" $'\e[31m未达标'
}

@test "the pace that a target needs, and honest words where there is none" {
	pace() {
		indicator-report --pace --format json --as-of "$1" | jq -c --arg id "$2" '.pace[] | select(.id == $id) |
			[.latest,.target,.due,.days_left,.per_week,.answer,.planned,.planned_gap]'
	}
	want '[null,"100.00","2024-06-30",39,null,"no-figure",null,null]' pace 2024-05-22 seal-rate
	want '[null,"1",null,null,null,"not-steady",null,null]' pace 2024-05-22 provincial-rank
	want '[null,"100",null,null,null,"no-limit",null,null]' pace 2024-05-22 f14-one-matter-subjects
	as pingliang 张某
	indicator-add --indicator one-matter-packages --count 92 --date 2024-05-01 --at 2024-05-01T09:00:00+08:00 >/dev/null
	# 8 more in 30 days: not 1.87 but 2 a week; within a week all of it; then it is too late
	want '["92","100","2024-05-31",30,"2","needed",null,null]' pace 2024-05-01 one-matter-packages
	want '["92","100","2024-05-31",7,"8","needed",null,null]' pace 2024-05-24 one-matter-packages
	want '["92","100","2024-05-31",0,"8","needed",null,null]' pace 2024-05-31 one-matter-packages
	want '["92","100","2024-05-31",-1,null,"too-late",null,null]' pace 2024-06-01 one-matter-packages
	indicator-add --indicator one-matter-packages --count 100 --date 2024-06-02 --at 2024-06-02T09:00:00+08:00 >/dev/null
	want '["100","100","2024-05-31",-2,null,"met",null,null]' pace 2024-06-02 one-matter-packages
	# without a target there is no row, asked for alone it says why
	want 0 jq '[.pace[] | select(.id == "review-coverage")] | length' <<<"$(indicator-report --pace --format json)"
	has "$(indicator-report --pace --indicator review-coverage --format md)" 无目标值
	status 2 indicator-report --pace --series --indicator seal-rate
}

@test "the change of rank since the end of the month before" {
	as jingchuan 张某
	indicator-add --indicator seal-rate --numerator 8 --denominator 10 --date 2024-04-25 --at 2024-04-25T09:00:00+08:00 >/dev/null
	indicator-add --indicator seal-rate --numerator 9 --denominator 10 --date 2024-04-25 --at 2024-04-25T09:00:00+08:00 --unit 灵台 >/dev/null
	indicator-add --indicator seal-rate --numerator 10 --denominator 10 --date 2024-05-08 --at 2024-05-08T09:00:00+08:00 >/dev/null
	output=$(indicator-report --indicator seal-rate --by-unit --as-of 2024-05-20 --format csv | tr -d '\r"')
	has "$output" '名次,状态,数据日期,上月末名次,名次变化'
	has "$output" 'jingchuan,泾川县政务服务中心,县（市、区）与园区,10,10,100.00,1,参与排名,2024-05-08,2,1'
	has "$output" ',90.00,2,参与排名,2024-04-25,1,-1'
	output=$(indicator-report --indicator seal-rate --by-unit --as-of 2024-05-20)
	has "$output" 升1 降1
}
