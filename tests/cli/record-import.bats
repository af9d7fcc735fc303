# record-import: clerks' tables and forms. The names of the tests carry the numbers of the variants that
# domain 3 knows; what all writers share is in writer.bats.
load common

make_more() {
	folder
	as pingliang 张某
	# what a pipe ends in sets $output and $err here
	shopt -s lastpipe
	at=2024-06-28T17:40:00+08:00
}

HEAD=序号,走访单位,走访日期,走访指标类型,走访企业名称,企业反馈诉求,诉求解决方案,走访人签名
TITLE=附件1\ 平凉市营商环境大走访企业诉求清单,,,,,,,
ROW1=1,泾川县政务服务中心,2024年4月18日,政务服务,示例甲商贸有限公司,希望“开办餐馆”一件事材料再减少,已协调市场监管窗口合并两份申请表,张某某
ROW2=2,华亭市政务服务中心,2024.4.22,市场准入,示例乙食品有限公司,无,,李某某、王某某
ROW3=3,平凉工业园区企业服务中心,2024/5/6,政务服务,示例丙建材有限公司,'"电子营业执照在公共资源交易中不能使用,需反复提交纸质件"',列入问题清单,赵某

# frozen: the table of domain 3.6, as UTF-8 without BOM
frozen() {
	printf '%s\r\n' "$TITLE" "$HEAD" "$ROW1" "$ROW2" "$ROW3" 4,,,,,,, 5,,,,,,, ,,,,,,,
}

# table ROW...: under the form's headings
table() {
	printf '%s\r\n' "$HEAD" "$@"
}

# with FIELD VALUE: a row that is right, but for that cell
with() {
	local unit=静宁 date=2024-05-20 type=政务服务 enterprise=示例丁有限公司 appeal=无 solution= visitors=周某 seq=1
	while [ $# -gt 1 ]; do
		local -n cell=$1
		cell=$2
		shift 2
	done
	printf '%s,%s,%s,%s,%s,%s,%s,%s' "$seq" "$unit" "$date" "$type" "$enterprise" "$appeal" "$solution" "$visitors"
}

import() {
	record-import --at "$at" --form annex-1 "$@"
}

# imports WANT [OPTION...]: the table on stdin, as f.csv
imports() {
	local want=$1
	shift
	cat >f.csv
	status "$want" import "$@" f.csv
}

# field NAME: of all records, in the order of the rows they came from
field() {
	local file
	for file in $(grep -ro 'row: [0-9]*}}' --include='?-*.yaml' . | sed 's/:row: / /; s/}}//' | sort -k2n -k1 | cut -d' ' -f1); do
		sed -n "s/^$1: //p" "$file"
	done
}

records() {
	find . -name '[vwo]-*.yaml' ! -name '*_*' | wc -l
}

# same_as_frozen: the three records of domain 3.6, but for id and entered
same_as_frozen() {
	[ "$(records)" = 3 ]
	cat $(find . -name 'v-*.yaml' | sort -t- -k2) | grep -v '^id:\|^entered:' >got
	diff got - <<-END
		kind: visit
		unit: jingchuan
		date: '2024-04-18'
		indicator_type: government-services
		enterprise: 示例甲商贸有限公司
		appeal: 希望“开办餐馆”一件事材料再减少
		solution: 已协调市场监管窗口合并两份申请表
		visitors: [张某某]
		form_seq: 1
		kind: visit
		unit: huating
		date: '2024-04-22'
		indicator_type: market-access
		enterprise: 示例乙食品有限公司
		appeal: 无
		visitors: [李某某, 王某某]
		form_seq: 2
		kind: visit
		unit: industrial-park
		date: '2024-05-06'
		indicator_type: government-services
		enterprise: 示例丙建材有限公司
		appeal: 电子营业执照在公共资源交易中不能使用,需反复提交纸质件
		solution: 列入问题清单
		visitors: [赵某]
		form_seq: 3
	END
}

@test "V01 UTF-8 with BOM, and what becomes of it" {
	(printf '\357\273\277' && frozen) >s01.csv
	status 0 import s01.csv
	[ "$(wc -l <<<"$output")" = 3 ]
	same_as_frozen
	has "$err" "3 new" "1 title rows, 3 empty rows" "a problem is expected"
	local sum
	sum=$(sha256sum s01.csv)
	grep -q "entered: {at: '$at', by: 张某, unit: pingliang, to: recorded, import: {file: s01.csv, sha256: ${sum%% *}, row: 5}}" \
		industrial-park/visits/2024-05/v-20240506-*.yaml
	status 0 record-check --strict
}

@test "V02 GB18030 without BOM" {
	frozen | iconv -f UTF-8 -t GB18030 >f.csv
	status 0 import f.csv
	same_as_frozen
}

@test "V03 GB18030 with BOM" {
	(printf '\204\061\225\063' && frozen | iconv -f UTF-8 -t GB18030) >f.csv
	status 0 import f.csv
	same_as_frozen
}

@test "V04 UTF-16 with BOM, separated by tabs" {
	local endian
	for endian in LE BE; do
		rm -rf ./*/visits
		(printf '\357\273\277' && frozen | sed 's/使用,需/使用;需/; s/,/\t/g; s/;/,/') |
			iconv -f UTF-8 -t UTF-16$endian >f.txt
		status 0 import f.txt
		has "$err" "separated by tabs"
		same_as_frozen
	done
	# without its mark it is not guessed at, but told
	for endian in LE BE; do
		table "$ROW1" | iconv -f UTF-8 -t UTF-16$endian | imports 1
		has "$err" "the file is UTF-16$endian, and lacks its byte order mark [no-mark]"
	done
}

@test "V05 UTF-8 without BOM; from standard input too" {
	frozen | status 0 import -
	same_as_frozen
	grep -q 'import: {file: "-", ' jingchuan/visits/*/v-*.yaml || grep -q "import: {file: '-', " jingchuan/visits/*/v-*.yaml
}

@test "V06 two encodings in one file: the offset is named, nothing is guessed" {
	(table "$ROW1" | iconv -f UTF-8 -t GB18030 && printf '%s\r\n' "$ROW2") >f.csv
	status 1 import --partial f.csv
	has "$err" "byte offset $(table "$ROW1" | iconv -f UTF-8 -t GB18030 | wc -c)" "[mixed-encoding]"
	(table "$ROW1" && printf '%s\r\n' "$ROW2" | iconv -f UTF-8 -t GB18030) >f.csv
	status 1 import f.csv
	has "$err" "[mixed-encoding]"
	(printf '\357\273\277' && table "$ROW1" && printf '%s\r\n' "$ROW2" | iconv -f UTF-8 -t GB18030) >f.csv
	status 1 import f.csv
	has "$err" "[mixed-encoding]"
	[ "$(records)" = 0 ]
}

@test "V07 a file cut inside a character" {
	table "$ROW2" | iconv -f UTF-8 -t GB18030 | head -c -3 >f.csv
	status 1 import f.csv
	has "$err" "the file is not complete" "byte offset $(($(wc -c <f.csv) - 1))" "[cut-off]"
	table "$ROW2" | head -c -3 >f.csv
	status 1 import f.csv
	has "$err" "[cut-off]"
	(printf '\377\376' && table "$ROW2" | iconv -f UTF-8 -t UTF-16LE | head -c -1) >f.csv
	status 1 import f.csv
	has "$err" "[cut-off]"
}

@test "V08 garbled text: the encoding is advised" {
	table "$ROW2" | iconv -f GB18030 -t UTF-8 -c >f.csv || true
	status 1 import f.csv
	has "$err" "garbled (乱码)" "as UTF-8" "[garbled]"
	table "$ROW2" | iconv -f UTF-8 -t GB18030 | iconv -f ISO-8859-1 -t UTF-8 >f.csv
	status 1 import f.csv
	has "$err" "as GB18030" "[garbled]"
}

@test "V09 rare characters survive" {
	table "$(with enterprise 示例䶮商店 visitors 𬭊某)" | iconv -f UTF-8 -t GB18030 >f.csv
	status 0 import f.csv
	[ "$(field enterprise)" = 示例䶮商店 ]
	[ "$(field visitors)" = '[𬭊某]' ]
}

@test "V10 semicolons and tabs; full-width commas are refused with advice" {
	frozen | sed 's/使用,需/使用|需/; s/,/;/g; s/|/,/' | imports 0
	has "$err" "separated by semicolons"
	same_as_frozen
	table "$ROW2" | sed 's/,/，/g' | imports 1
	has "$err" "full-width commas" "[delimiter]"
}

@test "V11 a workbook that is called .csv" {
	printf 'PK\003\004rest' | imports 1
	has "$err" "另存为 CSV" "[not-csv]"
	printf '\320\317\021\340\241\261' | imports 1
	has "$err" "[not-csv]"
}

@test "V12 LF, CR, CRLF, no final newline" {
	local end
	for end in '\n' '\r' '\r\n'; do
		rm -rf ./*/visits
		frozen | tr -d '\r' | sed '$d' | awk -v e="$end" '{ printf "%s%s", (NR > 1 ? e : ""), $0 }' >f.csv
		status 0 import f.csv
		same_as_frozen
		grep -q 'row: 5}' industrial-park/visits/*/*.yaml
	done
}

@test "V13 zero-width characters, vertical tabs, Unicode line ends, NUL" {
	table "$(with enterprise $'示例\342\200\213丁\357\273\277有限公司' appeal $'一\v二\342\200\250三')" | imports 0
	has "$err" "f.csv:2:" "[hidden-characters]"
	[ "$(field enterprise)" = 示例丁有限公司 ]
	grep -A3 '^appeal: |' jingning/visits/*/*.yaml | tr -d ' ' | grep -qx 二
	table "$(with enterprise $'示\342\200\214例\342\200\215戊 \342\200\215公司\342\200\214')" | imports 0
	has "$err" "[hidden-characters]"
	field enterprise | grep -qx '示例戊 公司'
	(table && printf '1,静宁\0,2024-05-20\r\n') | imports 1
	has "$err" "f.csv:2:1" "[nul]"
}

@test "V14 nothing in it" {
	local text
	for text in '' $'\n' "$HEAD" "$TITLE"$'\n'"$HEAD"$'\n'1,,,,,,,$'\n'2,,,,,,,; do
		printf '%s' "$text" | imports 0
		has "$err" "无有效记录" "[no-records]"
	done
	[ "$(records)" = 0 ]
}

@test "T134 V15 V16 title rows above the headings are no records, and what they say is not applied" {
	printf '%s\r\n' "$TITLE" '填报单位(盖章)：静宁县政务服务中心,,,,填报日期：2024年5月31日,,,' ,,,,,,, "$HEAD" \
		"$ROW2" "$(with unit '')" | imports 1
	has "$err" "填报单位(盖章)：静宁县政务服务中心' stands above the table" "f.csv:6:1: error: not filled in: 走访单位"
	printf '%s\n' 1 2 3 4 5 6 7 8 9 10 "$HEAD" "$ROW2" | imports 1
	has "$err" "no row of headings" "序号、走访单位、走访日期" "[no-header]"
}

@test "V17 V18 headings in other words and another order" {
	printf '%s\r\n' '走访人签字,企业名称,"走访日期(必填)","序 号","走访
单位",指标类型,诉求,解决方案' '周某,示例丁有限公司,2024-05-20,7,静宁,市场准入,无,' | imports 0
	[ "$(field enterprise) $(field unit) $(field form_seq)" = '示例丁有限公司 jingning 7' ]
	# a word that stands for two columns; a column that is there twice
	table | sed 's/走访企业名称/单位名称/' | imports 1
	has "$err" "f.csv:1:21: error: the heading '单位名称' may mean more than one column"
	table "$ROW2" | sed '1s/序号/企业名称/' | imports 1
	has "$err" "there already"
}

@test "V19 a missing column is named" {
	printf '%s\n' 序号,走访单位,走访日期,企业反馈诉求,走访人签名 1,静宁,2024-05-20,无,周某 | imports 1 --partial
	has "$err" "columns are missing: 走访指标类型、走访企业名称" "[missing-column]"
	[ "$(records)" = 0 ]
	has "$err" "--set" "--for"
}

@test "V20 further columns: 备注 is kept, persons' data is dropped, the rest named" {
	printf '%s\r\n' "$HEAD,备注,联系人,联系电话,身份证号,天气,,路况" "$(with),雨天,吴某,13800000000,000000199001010018,晴,滑,堵" \
		"$(with enterprise 示例戊店),,,,,,," | imports 0
	has "$err" "f.csv:2:75: warning: '滑' stands where there is no heading"
	[ "$(grep -c no-heading <<<"$err")" = 1 ]
	[ "$(field note)" = 雨天 ]
	has "$err" "column '联系电话' holds personal data and is dropped" "column '身份证号'" "column '联系人'" \
		"column '天气' is not known"
	lacks "$err" 13800000000 吴某 000000199001010018
	! grep -rq '13800000000\|吴某\|000000199001010018\|晴' --include='*.yaml' jingning
}

@test "V21 headings of two levels" {
	printf '%s\r\n' '序号,走访单位,走访情况,,走访企业,,,走访人签名' ',,走访日期,走访指标类型,名称,企业反馈诉求,诉求解决方案,' \
		"$(with)" >f.csv
	sed -i 's/名称,企业反馈/企业名称,企业反馈/' f.csv
	status 0 import f.csv
	[ "$(field enterprise) $(field date)" = "示例丁有限公司 '2024-05-20'" ]
	sed -i '2s/走访指标类型/甲乙丙/' f.csv
	status 1 import f.csv
	has "$err" "nothing is known under the heading '走访情况甲乙丙'"
}

@test "V16 V21 V22 V74 V76 a table of one indicator: its own headings say which it is, --set what the table does not" {
	printf '%s\n' '证照签章情况,,,,' '填报单位(盖章)：某中心,,,填报日期：2024年5月31日,' ',,,,' '县区,部门,已归集证照,,签章率' \
		',,总数,其中:已签章,' '泾川县,,1500,1300,86.67%' '灵台,,2700,2500,92.59%' '崇信,丙局,0,0,' '合计,,4200,3800,' >o.csv
	status 1 record-import --at "$at" --form observations o.csv
	has "$err" "columns are missing: 数据日期 ["
	status 0 record-import --at "$at" --form observations --set date=2024年5月31日 o.csv
	has "$err" "填报日期：2024年5月31日' stands above" "o.csv:4:4: warning: column '部门' is not known" "1 totals"
	record-list observation --format jsonl | jq -r '[.unit, .date, .indicator, .numerator, .denominator, .value] | join(" ")' >got
	diff <(sort got) - <<-END
		chongxin 2024-05-31 seal-rate 0 0 
		jingchuan 2024-05-31 seal-rate 1300 1500 
		lingtai 2024-05-31 seal-rate 2500 2700 
	END
	status 0 record-import --at "$at" --form observations --set 数据日期=2024-05-31 o.csv
	has "$err" "3 there already"
	# the words of two indicators; a column that says which
	printf '%s\n' '单位,日期,签章率,“甘快办”上线事项占比' '静宁,2024-05-31,80%,90%' >p.csv
	status 1 record-import --at "$at" --form observations p.csv
	has "$err" "already" "[heading]"
	printf '%s\n' '单位,日期,已归集证照数,“甘快办”上线事项占比' '静宁,2024-05-31,80,90%' >p.csv
	status 1 record-import --at "$at" --form observations p.csv
	has "$err" "p.csv:1:14: error: the heading '“甘快办”上线事项占比' is of another indicator"
	lacks "$err" missing-column
	# as elsewhere
	status 2 record-import --at "$at" --form observations --set date o.csv
	status 2 record-import --at "$at" --form observations --set date=1 --set 数据日期=2 o.csv
	status 1 record-import --at "$at" --form observations --set id=1 o.csv
	has "$err" "--set: the form has no column 'id'"
	# a column that is there is not filled
	table "$(with unit '')" | imports 1 --set unit=静宁
	has "$err" "not filled in: 走访单位"
}

@test "V22 merged cells: refused, or filled down on request" {
	table "$ROW1" "$(with unit '' enterprise 示例戊店)" | imports 1
	has "$err" "f.csv:3:1: error: not filled in: 走访单位" "--fill-down" "[missing]"
	[ "$(records)" = 0 ]
	status 0 import --fill-down 走访单位 f.csv
	has "$err" "f.csv:3:3: note: 走访单位: taken from the row above: '泾川县政务服务中心'"
	[ "$(field unit)" = $'jingchuan\njingchuan' ]
	status 1 import --fill-down 天气 f.csv
	has "$err" "no column '天气'"
}

@test "V23 sums are no rows; one that disagrees is a warning" {
	table "$ROW2" 小计,1家,,,,,, 合计,,,,,,, | imports 0
	has "$err" "2 totals"
	[ "$(records)" = 1 ]
	printf '%s\n' 填报单位,数据日期,指标,分子,分母 静宁,2024-05-31,seal-rate,10,20 灵台,2024-05-31,seal-rate,5,20 \
		小计,,,15,41 平均,,,7,20 合计,,,15,40 >o.csv
	status 0 record-import --at "$at" --form observations o.csv
	has "$err" "o.csv:4:9: warning: the total of '分母' says 41, the rows make 40"
	[ "$(grep -c '\[total\]' <<<"$err")" = 1 ]
	[ "$(records)" = 3 ]
}

@test "T143 V24 V25 V26 footers, empty rows, blank lines; the lines are counted on" {
	printf '%s\n' "$HEAD" "$ROW2" '' '   ' "$(with date 4.18)" 4,,,,,,, ,,,,,,, '注：一式两份,,,,,,,' '填表人：张某,,,审核人：李某,,,,' \
		联系电话：,,,,,,, | imports 1 --partial
	has "$err" "f.csv:5:6: error: 走访日期: '4.18'" "in the row with 序号 1" "3 footers" "2 empty rows"
	[ "$(records)" = 1 ]
	table "$ROW2" 填报时间：2024年5月,,,,,,, 经办人：张某,,,,,,, '第 1 页 共 3 页,,,,,,,' "$(with seq 第三批)" | imports 0
	has "$err" "1 new, 1 there already" "3 footers"
}

@test "V27 too many and too few cells" {
	table "$(with appeal 材料多,时间长)" "$(with enterprise 示例戊店),多" 9,静宁,2024-05-20 | imports 1
	has "$err" "f.csv:2:1: error: the row has 9 cells, the headings 8" "quotation marks" "f.csv:3:1: error: the row has 9" \
		"f.csv:4:1: error: the row has 3 cells" "[too-few-cells]"
}

@test "V28 V29 line breaks and doubled quotation marks in quoted cells" {
	table "$(with appeal $'"一是\n二是""办不成"""' solution 已办)" "$(with enterprise 示例戊店 date 4.18)" | imports 1 --partial
	has "$err" "f.csv:4:6: error"
	grep -A2 '^appeal: |-' jingning/visits/*/*.yaml | tail -1 | grep -qx '  二是"办不成"'
}

@test "V30 bare quotation marks are text, with a warning" {
	table "$(with appeal '他说"好"的' solution 已办)" "$ROW2" | imports 0
	has "$err" "f.csv:2:30: warning" "[bare-quote]"
	[ "$(field appeal)" = $'他说"好"的\n无' ]
}

@test "V31 a quotation mark that is not closed: the file is refused" {
	table "$ROW2" "$(with appeal '"材料多')" "$ROW1" | imports 1 --partial
	has "$err" "f.csv:3:" "[quotation-mark]"
	table "$ROW2" "$(with appeal '"材料多')" "$(with appeal '"时间长"')" | imports 1 --partial
	has "$err" "f.csv:3:" "[quotation-mark]"
	[ "$(records)" = 0 ]
}

form() {
	printf '%s\r\n' 附件2,,, “走流程”活动问题登记表,,, ",,,日期: ${1-2024 年 5 月 20 日}" "体验人,${2-陈某},职 务,首席代表" \
		"体验事项,食品经营许可证核发(新办),," 体验方式,线下窗口,, \
		$'发现问题,"1.办事指南材料清单与窗口要求不一致;\n2.需要两次到场,网上预审未启用。",,' \
		$'改进建议,"统一指南;\n启用网上预审,减少跑动1次。",,'
}

annex2() {
	record-import --at "$at" --form annex-2 --unit jingchuan "$@"
}

@test "T144 V32 a form of labels and values" {
	form | iconv -f UTF-8 -t GB18030 >f.csv
	status 0 annex2 f.csv
	grep -v '^id:\|^entered:' jingchuan/walkthroughs/2024-05/w-*.yaml >got
	diff got - <<-END
		kind: walkthrough
		unit: jingchuan
		date: '2024-05-20'
		experiencer: 陈某
		position: 首席代表
		matter: 食品经营许可证核发(新办)
		method: window
		findings: ["1.办事指南材料清单与窗口要求不一致;\n2.需要两次到场,网上预审未启用。"]
		suggestions: |-
		  统一指南;
		  启用网上预审,减少跑动1次。
	END
	grep -q 'row: 1}' jingchuan/walkthroughs/2024-05/w-*.yaml
	status 0 annex2 f.csv
	has "$err" "1 there already"
	[ "$(records)" = 1 ]
}

@test "V32 numbered findings apart on request; a way that says more than its code" {
	form | sed 's/线下窗口/先网上预审，再到线下窗口/' >f.csv
	status 0 annex2 --split f.csv
	[ "$(field findings)" = '[办事指南材料清单与窗口要求不一致;, '\''需要两次到场,网上预审未启用。'\'']' ]
	[ "$(field method) $(field method_text)" = 'window 先网上预审，再到线下窗口' ]
	status 0 record-check --strict
}

@test "T145 V33 a blank form" {
	printf '%s\n' 附件2 '“走流程”活动问题登记表,,,' ',,,日期: 年 月 日' '体验人,,职 务,' 体验事项,,, 体验方式,,, 发现问题,,, 改进建议,,, >f.csv
	status 1 annex2 f.csv
	has "$err" "空表" "[blank-form]"
}

@test "V34 several forms in one file" {
	(form && form '2024年5月21日' 王某 | sed 1,2d && printf '\n' && form '2024年5月22日' 赵某) >f.csv
	status 0 annex2 f.csv
	[ "$(field date)" = "'2024-05-20'"$'\n'"'2024-05-21'"$'\n'"'2024-05-22'" ]
	[ "$(field experiencer)" = $'陈某\n王某\n赵某' ]
	[ "$(grep -rho 'row: [0-9]' jingchuan | sort)" = $'row: 1\nrow: 2\nrow: 3' ]
	form 4.18 陈某 | annex2 - 2>err && false
	has "$(cat err)" "form 1 in the file"
	form '2024年5月23日' '' | annex2 - 2>err && false
	has "$(cat err)" "not filled in: 体验人" "beside its label"
	lacks "$(cat err)" --fill-down
}

@test "V35 同上 is refused, or expanded on request" {
	table "$ROW1" "$(with unit 〃 enterprise 示例戊店)" "$(with unit '“同上”' enterprise 示例己店 date 同上)" | imports 1
	has "$err" "f.csv:3:3: error: 走访单位: '〃'" 请填写完整 "f.csv:4:8: error: 走访日期: '同上'" "[ditto]"
	status 0 import --ditto f.csv
	[ "$(field unit)" = $'jingchuan\njingchuan\njingchuan' ]
	has "$err" "taken from the row above: '泾川县政务服务中心'" "taken from the row above: '2024-05-20'"
	table "$(with unit 同上 date 〃 enterprise '')" | imports 1
	has "$err" "f.csv:2:1: error: not filled in: 走访企业名称 [missing]"
}

@test "V35 同上 is no value of a form either" {
	form '2024年5月20日' 同上 | annex2 - 2>err && false
	has "$(cat err)" "error: 体验人: '同上' does not say what it is" "[ditto]"
	lacks "$(cat err)" --ditto "not filled in"
}

@test "what is found in a form is told where it stands; of a table that is none, once" {
	form ' 2024年13月20日' 陈某 | annex2 - 2>err && false
	has "$(cat err)" "there is no day '2024年13月20日'" "[date]"
	form '2024年5月20日' 陈某 | sed 's/^发现问题,[^,]*/发现问题,请联系13800000000/' | annex2 - 2>err
	grep -q -- '^-:[0-9]*:[0-9]*: warning: 发现问题: .* \[personal-data\]' err
	table "$ROW1" "$ROW2" >f.csv
	status 1 annex2 f.csv
	has "$err" "the form's labels were not found"
	[ "$(grep -c 'error\|warning' <<<"$err")" = 1 ]
}

@test "V36 the same row twice is taken once" {
	table "$ROW2" "$ROW1" "$ROW2" | imports 0
	has "$err" "f.csv:4:1: warning: the row stands here twice" "line 2 of the file" "[double]"
	[ "$(records)" = 2 ]
}

@test "V37 nearly the same needs a person's word; another appeal is another visit" {
	table "$(with)" "$(with enterprise '示例丁（有限公司）')" "$(with appeal 材料多 solution 已减)" | imports 1
	has "$err" "f.csv:3:1: error" 疑似重复 "--allow-duplicate" "[near-duplicate]"
	lacks "$err" "f.csv:4"
	status 0 import --allow-duplicate f.csv
	has "$err" "f.csv:3:1: warning"
	[ "$(records)" = 3 ]
	status 0 import f.csv
	[ "$(records)" = 3 ]
}

@test "V38 again changes nothing; a table that grew adds what is new; --update sets a solution" {
	table "$ROW1" "$ROW2" | imports 0
	status 0 import f.csv
	[ -z "$output" ]
	has "$err" "0 new, 2 there already"
	table "$ROW1" "$ROW2" "$ROW3" | sed 's/已协调市场监管窗口/已会同市场监管窗口/' | imports 0
	has "$err" "says something else" "--update" "1 new"
	[ "$(records)" = 3 ]
	at=2024-06-28T18:00:00+08:00
	status 0 import --update f.csv
	[[ $output =~ ^jingchuan/visits/2024-04/v-.*_20240628T180000_....\.yaml$ ]]
	local sum
	sum=$(sha256sum f.csv)
	has "$(cat "$output")" "set: {solution: 已会同市场监管窗口合并两份申请表}" \
		"import: {file: f.csv, sha256: ${sum%% *}, row: 2}"
	at=2024-06-28T19:00:00+08:00
	status 0 import --update f.csv
	[ -z "$output" ]
	# the old table again does not set it back
	at=2024-06-28T20:00:00+08:00
	table "$ROW1" | imports 0 --update
	[ -z "$output" ]
	status 0 record-check --strict
}

@test "V38 --update is checked before anything is written, a row as any other" {
	table "$ROW1" "$ROW2" | imports 0
	table "$ROW1" "$ROW2" "$ROW3" | sed 's/已协调市场监管窗口/已会同市场监管窗口/' >f.csv
	# at a time that is too early; for a unit that has no part in it
	status 1 import --update --rejects back.csv f.csv
	has "$err" "f.csv:2:1: error: --at: the record's newest event is of" "in the row with 序号 1" "1 new" "1 wrong"
	[ "$output $(records)" = " 2" ]
	has "$(cat back.csv)" 泾川县 "newest event"
	at=2024-06-28T18:00:00+08:00
	as lingtai 李某
	status 1 import --update --partial f.csv
	has "$err" "f.csv:2:1: error: unit 'lingtai" "[no-part]"
	[ "$(records)" = 3 ]
	as pingliang 张某
	# the same record in two rows
	cp f.csv g.csv
	sed -n 2p f.csv >>g.csv
	status 0 import --update g.csv
	[ "$(wc -l <<<"$output")" = 1 ]
	has "$err" "g.csv:5:1: warning: the row stands here twice" "line 2 of the file" "1 changed, 1 twice"
	has "$(cat "$output")" 已会同
}

@test "V36 V38 two rows of one record that say different things are told, and change nothing in turns" {
	local i
	table "$ROW1" "$ROW2" | imports 0
	table "$ROW1" "$ROW2" | sed 's/已协调市场监管窗口/已会同市场监管窗口/' >f.csv
	sed -n 2p f.csv | sed 's/已会同/已约请/' >>f.csv
	at=2024-06-28T18:00:00+08:00
	status 1 import --update f.csv
	has "$err" "f.csv:4:1: error: the row stands here twice, and says something else now" "[contradiction]" "line 2 of the file; keep"
	[ -z "$output" ]
	status 1 import --update --partial f.csv
	has "$(cat "$output")" 已会同
	for i in 1 2 3; do
		status 1 import --update --partial f.csv
		[ -z "$output" ]
		has "$err" "2 there already, 0 changed, 0 twice, 1 wrong"
	done
	# of rows that are new, and without --update
	table "$(with enterprise 示例戊店 solution 一)" "$(with enterprise 示例戊店 solution 二)" "$(with enterprise 示例戊店 solution 一)" | imports 1
	has "$err" "f.csv:3:1: error: the row stands here twice, and" "f.csv:4:1: warning: the row stands here twice" "1 new" "1 twice, 1 wrong"
}

@test "V38 what was corrected or withdrawn since is not entered again" {
	table "$ROW1" "$ROW2" | imports 0
	rectify-status jingchuan/visits/*/v-*.yaml --set enterprise=示例甲商贸公司 --at 2024-06-28T18:00:00+08:00 >/dev/null
	rectify-status huating/visits/*/v-*.yaml --to withdrawn --note 重复 --at 2024-06-28T18:00:00+08:00 >/dev/null
	status 0 import f.csv
	[ -z "$output" ]
	table "$ROW3" "$ROW2" "$ROW1" | imports 0
	[ "$(wc -l <<<"$output")" = 1 ]
}

@test "V38 two at once add what one adds" {
	local i
	for i in 1 2 3 4 5 6 7 8; do with unit 静宁 enterprise "示例$i店"; echo; done | table "$(cat)" >f.csv
	for i in 1 2 3; do import --wait 60 f.csv >"out.$i" 2>"err.$i" & done
	wait
	[ "$(records) $(cat out.* | wc -l)" = "8 8" ]
	[ "$(grep -l '8 new, 0 there' err.* | wc -l) $(grep -l '0 new, 8 there' err.* | wc -l)" = "1 2" ]
}

@test "an import for a unit waits for another, a first look and other units do not" {
	table "$(with enterprise 示例戊店)" >f.csv
	exec 9<jingning
	flock 9
	status 75 import --wait 0 f.csv
	has "$err" "jingning: error: another import for this unit is at work" "--wait" "[busy]"
	[ "$output $(records)" = " 0" ]
	status 0 import --wait 0 --dry-run f.csv
	status 0 visit-add --for jingning --at "$at" --date 2024-05-20 --indicator-type 政务服务 --enterprise 示例己店 --appeal 无 --visitor 张某
	table "$ROW2" >g.csv
	status 0 import --wait 0 g.csv
	(sleep 1; flock -u 9) &
	status 0 import --wait 30 f.csv
	wait
	[ "$(records)" = 3 ]
}

@test "T135 V39 序号 is no identity" {
	table "$(with seq '')" "$(with seq 3 enterprise 示例戊店)" "$(with seq 3 enterprise 示例己店)" \
		"$(with seq 附1 enterprise 示例庚店)" | imports 0
	[ "$(field form_seq)" = $'3\n3' ]
	[ "$(records)" = 4 ]
}

@test "T136 V40 two columns that were swapped are noticed, never swapped" {
	table "$(with unit 示例丁有限公司 enterprise 静宁县政务服务中心)" | imports 1
	has "$err" "f.csv:2:3: error: 走访单位: '示例丁有限公司' is no unit" 两列可能填反 "[swapped]"
	table "$(with unit 示例丁有限公司 enterprise '静宁县 政务服务中心。')" | imports 1
	has "$err" 两列可能填反 "'静宁县 政务服务中心' is one"
}

@test "V41 V42 units by any of their names; unknown ones get the nearest" {
	table "$(with unit 静宁县政务中心)" "$(with unit 平凉市静宁县政务服务中心 enterprise 示例戊店)" "$(with unit '静 宁' enterprise 示例己店)" | imports 0
	[ "$(field unit)" = $'jingning\njingning\njingning' ]
	table "$(with unit 华亭县)" "$(with unit 620824 enterprise 示例戊店)" | imports 0
	[ "$(grep -c 'former-name' <<<"$err")" = 2 ]
	has "$err" "f.csv:2:3: warning: 走访单位: '华亭县' is out of date, it is now 华亭市政务服务中心"
	table "$(with unit 静灵县政务服务中心)" | imports 1
	has "$err" "'静灵县政务服务中心' is no unit of the plan" "nearest: " 静宁县政务服务中心
}

@test "V43 empty cells of a row in one message" {
	table 1,静宁,,政务服务,,无,, | imports 1
	has "$err" "f.csv:2:1: error: not filled in: 走访日期、走访企业名称、走访人签名"
	[ "$(grep -c 'error' <<<"$err")" = 1 ]
}

@test "T140 V44 many words for 无" {
	local word rows=() i=0
	for word in 无 暂无 没有 无诉求 — / - －; do
		i=$((i + 1))
		rows+=("$(with appeal "$word" enterprise "示例${i}店")")
	done
	table "${rows[@]}" | imports 0
	field appeal | sort | uniq -c | tr -s ' ' >got
	diff got - <<<' 8 无'
}

@test "V45 an appeal without a solution belongs on the list" {
	table "$(with appeal 材料多)" "$(with appeal 时间长 solution 无 enterprise 示例戊店)" "$(with enterprise 示例己店)" | imports 0
	has "$err" "f.csv:2:34: warning: 诉求解决方案" "需列入问题清单" "problem-log --source" f.csv:3
	lacks "$err" f.csv:4
	[ -z "$(field solution)" ]
}

@test "T142 V46 names in a signature cell" {
	local names
	for names in 张某、李某 '张某 李某' 张某，李某 张某\;李某 张某/李某 '张某　李某' $'"张某\n李某"' '"张某,李某"'; do
		rm -rf ./*/visits
		table "$(with visitors "$names")" | imports 0
		[ "$(field visitors)" = '[张某, 李某]' ]
	done
	rm -rf ./*/visits
	table "$(with visitors '郑 某')" | imports 0
	[ "$(field visitors)" = '[郑 某]' ]
	table "$(with visitors '(签字)')" "$(with visitors 已签 enterprise 示例戊店)" "$(with visitors '' enterprise 示例己店)" | imports 1
	has "$err" "'(签字)' is no name" "'已签' is no name" "not filled in: 走访人签名"
}

@test "V47 kinds of indicator" {
	table "$(with type 政务服务指标)" "$(with type 1.政务服务 enterprise 示例戊店)" "$(with type （2）市场准入 enterprise 示例己店)" | imports 0
	[ "$(field indicator_type | sort)" = $'government-services\ngovernment-services\nmarket-access' ]
	table "$(with type 政府服务 enterprise 示例庚店)" | imports 0
	has "$err" "f.csv:2:17: warning: 走访指标类型" 政府服务 "[unknown-word]"
}

# dates DATE...: one row each
dates() {
	local date rows=() i=0
	for date; do
		i=$((i + 1))
		rows+=("$(with date "$date" enterprise "示例${i}店" seq "$i")")
	done
	table "${rows[@]}"
}

@test "T137 V48 V49 V50 V51 V52 V53 dates that are one day" {
	dates 2024年4月18日 2024年04月18日 2024.4.18 2024-4-18 2024/04/18 20240418 '2024 年 4 月 18 日' 2024。4。18 \
		２０２４年４月１８日 二〇二四年四月十八日 二○二四年四月十八日 "'2024-04-18" '2024-04-18 00:00:00' 2024年4月18日上午 '2024/4/18 9:30' \
		'2024年4月18日(星期四)' 2024年4月18日（周四） 2024年4月18号 4月18日 | imports 0
	field date | sort | uniq -c | tr -s ' ' >got
	diff got - <<<" 19 '2024-04-18'"
	has "$err" "'4月18日' has no year: the plan's is taken, 2024-04-18" "'2024年4月18日上午' has a time of day"
	[ "$(grep -c '\[no-year\]' <<<"$err")" = 1 ]
	[ "$(grep -c '\[time-dropped\]' <<<"$err")" = 3 ]
}

@test "V52 V54 V55 V56 V57 V58 V61 dates that are refused" {
	dates '2024年4月18日(星期五)' 4.18 24.4.18 45400 18/4/2024 4/18/2024 2024年4月18-19日 4月中旬 2024年4月 2024年4月31日 \
		'########' '年 月 日' 24年4月18日 2024-02-30 明天 | imports 1
	has "$err" 日期与星期不符 "'4.18' may be a number" "'24.4.18' has a year of two digits" --excel-serial \
		"'18/4/2024' does not say" 日月顺序不明 "'4月中旬' is no single day" "'2024年4月' is no single day" 无此日期 \
		"'########' is what" "no date is filled in" "'24年4月18日' has a year of two" "'2024-02-30'" "'明天' is no date"
	[ "$(grep -c 'error: 走访日期' <<<"$err")" = 15 ]
	[ "$(records)" = 0 ]
}

@test "V55 a spreadsheet's number on request" {
	dates 45400 45201 | imports 0 --excel-serial
	[ "$(field date)" = "'2024-04-18'"$'\n'"'2023-10-02'" ]
	has "$err" "'45400' is a spreadsheet's number of a day: 2024-04-18"
}

@test "V59 V60 holidays and days outside the campaign are warnings, the future an error" {
	dates 2024-05-02 2024-04-28 2024-04-09 | imports 0
	has "$err" "f.csv:2:6: warning: 走访日期: the day is no working day" "f.csv:4:6: warning: 走访日期: the day lies before the campaign"
	lacks "$err" f.csv:3
	dates 2025-04-18 | imports 1
	has "$err" "lies after the day of entry" "[future]"
	at=2024-08-26T09:00:00+08:00
	dates 2024-08-25 | imports 0
	has "$err" "after the campaign"
}

# figures HEAD ROW...: observations
figures() {
	local want=$1
	shift
	printf '%s\r\n' "$@" >o.csv
	status "$want" record-import --at "$at" --form observations o.csv
}

@test "V62 V63 V65 V73 percentages" {
	figures 0 '填报单位,数据日期,指标,公布值' 静宁,2024-05-01,证照电子签章率,73.50% 静宁,2024-05-02,seal-rate,73.5% \
		'静宁,2024-05-03,seal-rate,73.50 %' 静宁,2024-05-04,seal-rate,７３．５０％ 静宁,2024-05-05,seal-rate,73.5 静宁,2024-05-06,seal-rate,100%
	[ "$(field value)" = "'73.50'
'73.50'
'73.50'
'73.50'
'73.50'
'100.00'" ]
	[ "$(grep -c 'no-percent-sign' <<<"$err")" = 1 ]
	figures 0 '填报单位,数据日期,指标,公布值（%）' 静宁,2024-05-07,seal-rate,73.5
	lacks "$err" no-percent-sign
	figures 1 '填报单位,数据日期,指标,公布值' 静宁,2024-05-01,seal-rate,100.01% 静宁,2024-05-02,seal-rate,105% \
		静宁,2024-05-03,seal-rate,-1.2% 静宁,2024-05-04,seal-rate,73.505%
	[ "$(grep -c 'error: 公布值' <<<"$err")" = 4 ]
	has "$err" "'100.01%' is too large" "'-1.2%' is negative" "'73.505%' has more decimals"
}

@test "V64 V66 V67 V71 V72 what is no percentage" {
	figures 1 '填报单位,数据日期,指标,公布值' 静宁,2024-05-01,seal-rate,0.735 静宁,2024-05-02,seal-rate,1 静宁,2024-05-03,seal-rate,1.00 \
		静宁,2024-05-04,seal-rate,73.5个百分点 静宁,2024-05-05,seal-rate,约73% 静宁,2024-05-06,seal-rate,73%左右 \
		静宁,2024-05-07,seal-rate,#DIV/0! 静宁,2024-05-08,seal-rate,1.2345E+05 静宁,2024-05-09,seal-rate,O.5 '静宁,2024-05-10,seal-rate,"73,50"'
	[ "$(grep -c 'may be a share or a percentage' <<<"$err")" = 3 ]
	has "$err" "'73.5个百分点' is a difference" "'约73%' is no exact figure (需填准确数)" "'73%左右' is no exact" "'#DIV/0!' is a fault" \
		"'1.2345E+05' is in scientific" "'O.5' has letters" 疑似字母 "'73,50' has a comma"
}

@test "V67 V68 V69 V70 V71 V72 counts" {
	figures 0 '填报单位,数据日期,指标,数量' 平凉市政务服务中心,2024-05-01,one-matter-packages,91项 平凉,2024-05-02,one-matter-packages,92个 \
		'平凉,2024-05-03,one-matter-packages,"1,234"' '平凉,2024-05-04,one-matter-packages,1 234' 平凉,2024-05-05,one-matter-packages,"１２３４" \
		平凉,2024-05-06,one-matter-packages,0
	[ "$(field count)" = $'91\n92\n1234\n1234\n1234\n0' ]
	figures 1 '填报单位,数据日期,指标,数量' 平凉,2024-05-01,one-matter-packages,100余项 平凉,2024-05-02,one-matter-packages,100以上 \
		平凉,2024-05-03,one-matter-packages,九十一 平凉,2024-05-04,one-matter-packages,l00 平凉,2024-05-05,one-matter-packages,91公里 \
		平凉,2024-05-06,one-matter-packages,—
	[ "$(grep -c '需填准确数' <<<"$err")" = 3 ]
	has "$err" "'l00' has letters" "'91公里' has a unit of measure" "o.csv:7:"
}

@test "V70 what is not reported is no record, and not 0" {
	figures 0 '填报单位,数据日期,指标,分子,分母,公布值' 静宁,2024-05-01,seal-rate,—,/,无 灵台,2024-05-01,seal-rate,,, 崇信,2024-05-01,seal-rate,0,0,
	has "$err" "o.csv:2:25: warning: 分子: no figure is reported (未报送)" "o.csv:3:1: warning: no figure is reported" "[not-reported]" \
		"1 new" "0 wrong" "2 empty rows"
	[ "$(records) $(field unit) $(field numerator)" = "1 chongxin 0" ]
	# of nothing but such rows there is no record
	figures 0 '填报单位,数据日期,指标,分子,分母' 静宁,2024-05-01,seal-rate,—,—
	has "$err" "[not-reported]" "[no-records]"
	# what else is wrong with it is told all the same; one of the two figures is no report
	figures 1 '填报单位,数据日期,指标,分子,分母' 某地,2024-05-01,seal-rate,—,— 静宁,2024-05-02,seal-rate,—,5 静宁,2024-05-01,不知,—,—
	has "$err" "o.csv:2:1: error: 填报单位: '某地' is no unit" "o.csv:4:15: error: 指标: '指标': '不知' is no indicator" "3 wrong" "o.csv:3:1: error: 分子: '分子' is missing, which '分母' needs"
	# a table without any such column
	figures 1 填报单位,数据日期,指标 静宁,2024-05-01,seal-rate
	has "$err" "o.csv:2:1: error: the row needs one of: '分子'; '数量'; '公布值'"
	[ "$(records)" = 1 ]
}

@test "a column is called by its heading, whoever finds what is wrong with it" {
	table "$(with type 政府服务 appeal 请联系13800000000处理 solution 已办 date 2024-05-02)" "$(with enterprise "$(printf '长%.0s' $(seq 61))")" \
		"$(with enterprise 示例戊店 date 2024-06-29)" | imports 1
	has "$err" "走访指标类型: '走访指标类型': '政府服务' is not in the plan's list '走访指标类型'" "企业反馈诉求: the text seems to hold a mobile number" \
		"走访日期: the day is no working day" "走访企业名称: '走访企业名称' has 61 characters" "走访日期: '2024-06-29' lies after"
	figures 1 '填报单位,数据日期,指标,分子,分母,数量' 静宁,2024-05-01,seal-rate,210,200, 静宁,2024-05-02,seal-rate,1,2,3 \
		平凉,2024-05-02,one-matter-packages,,,1234567890123456789 静宁,2024-05-03,seal-rate,约3,4,
	has "$err" "分子: '分子' is more than '分母': 210 and 200" "the row may have only one of: '分子'; '数量'" "'1234567890123456789' is too large"
	# no share, and nothing of what is missing because the rest was refused
	lacks "$err" "a share is" numerator "o.csv:5:1:"
}

@test "V74 V75 V76 V79 numerators and denominators" {
	figures 0 '填报单位,数据日期,指标,分子,分母,公布值' 静宁,2024-05-01,seal-rate,2500,2700,92.59% 灵台,2024-05-01,seal-rate,0,0,
	lacks "$(cat jingning/observations/*/*.yaml)" value:
	figures 1 '填报单位,数据日期,指标,分子,分母,公布值' 静宁,2024-05-02,seal-rate,2500,2700,92.60% 灵台,2024-05-02,seal-rate,210,200,
	has "$err" "o.csv:2:35: error: 公布值: '92.60%' is not what numerator and denominator make, 92.59%" "o.csv:3:" 分子
	figures 0 '填报单位,数据日期,指标,分子,分母' 静宁,2024-05-01,seal-rate,2600,2700
	has "$err" "with other values" "[second-figure]"
	[ "$(field numerator)" = $'2500\n2600\n0' ] || [ "$(field numerator)" = $'2600\n2500\n0' ]
}

@test "V80 V81 V85 V86 what looks like a formula, YAML or a path is text" {
	table "$(with enterprise @示例戊店 appeal +86为何不能用 solution '=HYPERLINK(""http://example.invalid"")')" >f.csv
	sed -i 's/=HYPERLINK(""http:\/\/example.invalid"")/"&"/' f.csv
	status 0 import f.csv
	[ "$(field enterprise) $(field appeal)" = "'@示例戊店' +86为何不能用" ]
	[ "$(field solution)" = '=HYPERLINK("http://example.invalid")' ]
	table "$(with appeal "'=1+1" solution "- a")" "$(with appeal 12:30 solution 'key: v' enterprise ../示例)" \
		"$(with appeal no solution '~' enterprise 示例庚店)" | imports 0
	record-list visit --format jsonl | jq -r '[.appeal, .solution] | join("|")' >got
	has "$(cat got)" "=1+1|- a" "12:30|key: v" "no|~"
	status 0 record-check
	table "$(with appeal 请联系13800000000处理 solution 已办 enterprise 示例辛店)" | imports 0
	has "$err" "mobile number" "[personal-data]"
	lacks "$err" 13800000000
}

@test "V82 V83 spaces around names go, free text stays" {
	table "$(with enterprise '　示例丁有限公司。　' appeal '①面积30㎡　过大。' solution 已办)" | imports 0
	[ "$(field enterprise)" = 示例丁有限公司 ]
	[ "$(field appeal)" = ①面积30㎡　过大。 ]
}

@test "V84 a text that is too long" {
	table "$(with appeal "$(printf '长%.0s' $(seq 4001))" solution 已办)" "$ROW2" | imports 1 --partial
	has "$err" "f.csv:2:30: error: 企业反馈诉求"
	[ "$(records)" = 1 ]
}

@test "all rows are checked before the first is written; --partial writes the others" {
	table "$ROW1" "$(with date 4.18)" "$ROW2" | imports 1
	has "$err" "nothing was written" "1 wrong"
	[ -z "$output" ]
	[ "$(records)" = 0 ]
	status 1 import --partial f.csv
	[ "$(wc -l <<<"$output")" = 2 ]
	[ "$(records)" = 2 ]
}

@test "--dry-run prints the records and writes nothing" {
	table "$ROW1" "$ROW2" | imports 0 --dry-run
	[ "$(grep -c '^kind: visit' <<<"$output")" = 2 ]
	[ "$(records)" = 0 ]
}

@test "--rejects: the rows with their reasons, to be mended and imported" {
	printf '%s\r\n' "$TITLE" "$HEAD,联系电话" "$ROW1,13800000000" "$(with date 4.18 appeal "'=1"),13900000000" | imports 1 --partial --rejects r.csv
	[ "$(head -c 3 r.csv | od -An -tx1 | tr -d ' ')" = efbbbf ]
	[ "$(wc -l <r.csv)" = 2 ]
	has "$(cat r.csv)" "\"序号\",\"走访单位\"" "\"原因\"" "走访日期：'4.18' may be a number"
	lacks "$(cat r.csv)" 13900000000 示例甲
	sed -i 's/"4.18"/"2024-04-18"/' r.csv
	status 0 import r.csv
	[ "$(records)" = 2 ]
	lacks "$err" 原因
	# sent back once more, with the reasons of now alone
	printf '%s\r\n' "$HEAD,原因" "$(with date 4.18),某个原因" >again.csv
	status 1 import --rejects r.csv again.csv
	[ "$(grep -o 原因 r.csv | wc -l)" = 1 ]
	lacks "$err" unknown-column
	status 3 import --partial --rejects /nowhere/r.csv f.csv
	status 3 import --partial --rejects . again.csv
}

@test "--rejects does not write over what is read" {
	printf '%s\r\n' "$HEAD" "$ROW1" "$(with date 4.18)" >f.csv
	cp f.csv before
	ln f.csv link.csv
	status 2 import --rejects f.csv f.csv
	has "$err" "write over the file that is read, 'f.csv'"
	status 2 import --partial --rejects ./link.csv f.csv
	status 2 import --rejects f.csv - <f.csv
	cmp f.csv before
	[ "$(records)" = 0 ]
	# nor over anything but a table of its own
	local other
	cp plan.yaml before
	for other in plan.yaml before; do
		status 2 import --partial --rejects $other - <f.csv
		has "$err" "only a table of rejected rows, and '$other' is none"
	done
	cmp plan.yaml before
	[ "$(records)" = 0 ]
	: >empty.csv
	status 1 import --partial --rejects empty.csv f.csv
	[ -s empty.csv ]
	cp empty.csv ours.csv
	status 1 import --partial --rejects ours.csv f.csv
	cmp empty.csv ours.csv
}

@test "--verbose tells what was read as something else" {
	table "$ROW2" | imports 0 --verbose
	has "$err" "走访日期: '2024.4.22' is read as '2024-04-22'" "走访单位: '华亭市政务服务中心' is read as 'huating'"
}

@test "wrong use" {
	status 2 record-import f.csv
	has "$err" --form
	status 2 record-import --form annex-9 f.csv
	has "$err" "annex-1, annex-2, observations"
	status 2 record-import --form annex-1
	status 3 import no-such.csv
	has "$err" no-such.csv
	table "$ROW1" >f.csv
	rm -r jingchuan
	status 3 import f.csv
	has "$err" "not here"
}

@test "a hundred rows, and what they are in Chinese" {
	local rows=() i
	for i in $(seq 100); do
		rows+=("$(with seq "$i" enterprise "示例第${i}店")")
	done
	table "${rows[@]}" "$(with date 4.18)" | LC_ALL=C.UTF-8 LANGUAGE=zh_CN imports 1 --partial
	[ "$(records)" = 100 ]
	has "$err" "错误"
	lacks "$err" error: hint:
}

# mixed_rows N: rows with cells that come again and again; in each row all are right but perhaps one
mixed_rows() {
	awk -v n="$1" 'function random(most) {
		seed = seed * 16807 % 2147483647
		return int(seed / 2147483647 * most)
	}
	BEGIN {
		few["unit"] = "静宁|灵台县|某单位| 静宁"
		few["date"] = "2024-05-20|2024年5月21日|2024-05-18|4.18|2023-05-22"
		few["type"] = "政务服务|市场准入|别的"
		few["name"] = "示例第%d店|示例第%d号有限公司|示例%d。|甲|#N/A|　示例%d"
		few["appeal"] = "无|办理许可的材料能不能少些%d|没有|电话13812345678|=1+1|#N/A|〃|长话短说。|多\033[7m彩"
		few["solution"] = "无|已当场办结%d|已列入问题清单||请回 a@b.cn"
		few["visitors"] = "周某|吴某、郑某|(签字)|周某 吴某"
		seed = 7
		for (i = 1; i <= n; i++) {
			all = split("unit date type name appeal solution visitors", names, " ")
			odd = 1 + random(all)
			for (k = 1; k <= all; k++) {
				m = split(few[names[k]], words, "|")
				cell[k] = words[1 + random(k == odd ? m : 2)]
				sub("%d", i, cell[k])
			}
			row = (i % 11 ? i : "01")
			for (k = 1; k <= all - !(i % 29); k++)
				row = row "," cell[k]
			print row
		}
	}'
}

@test "what is told of a row is told of it alone in a file too" {
	local row n=0
	table >f.csv
	mixed_rows 150 >>f.csv
	mkdir all one
	import -n f.csv >/dev/null 2>all/all || [ $? = 1 ]
	grep -v '^f.csv: ' all/all >all/told
	while read -r row; do
		# in the same line of a file that has nothing else
		((++n < 2)) && continue
		{ table && yes '' | head -n $((n - 2)) && printf '%s\n' "$row"; } >f.csv
		import -n f.csv >/dev/null 2>>one/all || :
	done < <(table && mixed_rows 150)
	grep -v '^f.csv: ' one/all >one/told
	[ "$(grep -c '^f.csv:' one/told)" -gt 20 ]
	diff all/told one/told
}

@test "one processor tells what many tell" {
	{ table && mixed_rows 1500; } >f.csv
	import -n f.csv >one.out 2>one.err || [ $? = 1 ]
	taskset -c "$(taskset -cp $BASHPID | sed 's/.*: //; s/[-,].*//')" record-import --at "$at" --form annex-1 -n f.csv >two.out 2>two.err || [ $? = 1 ]
	[ "$(grep -c error: one.err)" -gt 100 ]
	cmp one.err two.err
	cmp one.out two.out
}
