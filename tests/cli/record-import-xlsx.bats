# record-import: workbooks. Those of our own writer, and awkward ones that are written here by hand; what is the
# same in every file is in record-import.bats. The names of the tests carry the numbers of domain 3's variants.
load common

MAIN=http://schemas.openxmlformats.org/spreadsheetml/2006/main
OFFICE=http://schemas.openxmlformats.org/officeDocument/2006/relationships
PACKAGE=http://schemas.openxmlformats.org/package/2006
HEAD='序号|走访单位|走访日期|走访指标类型|走访企业名称|企业反馈诉求|诉求解决方案|走访人签名'

make_more() {
	folder
	as pingliang 张某
	at=2024-06-28T17:40:00+08:00
	mkdir -p ../x/_rels ../x/xl/_rels ../x/xl/worksheets
	relations ../x/_rels/.rels 1 officeDocument xl/workbook.xml
	relations ../x/xl/_rels/workbook.xml.rels 1 worksheet worksheets/sheet1.xml 2 worksheet worksheets/sheet2.xml \
		3 worksheet /xl/worksheets/sheet3.xml 8 styles styles.xml 9 sharedStrings sharedStrings.xml
	workbook '<sheet name="四月" sheetId="1" r:id="rId1"/>'
	# 1 a day, 2 a month, 3 a share, 4 two places, 5 a sign in quotes, 6 day and month, 7 as WPS calls the general one
	part styles.xml "<styleSheet xmlns='$MAIN'><numFmts count='3'><numFmt numFmtId='176' formatCode='yyyy&quot;年&quot;m&quot;月&quot;'/>
		<numFmt numFmtId='177' formatCode='0.0&quot;%&quot;'/><numFmt numFmtId='178' formatCode='G/通用格式'/></numFmts>
		<cellStyleXfs><xf numFmtId='9'/></cellStyleXfs><cellXfs><xf numFmtId='0'/><xf numFmtId='14'/><xf numFmtId='176'/>
		<xf numFmtId='9'/><xf numFmtId='10'/><xf numFmtId='177'/><xf numFmtId='58'/><xf numFmtId='178'/><xf numFmtId='22'/>
		</cellXfs></styleSheet>"
	part sharedStrings.xml "<sst xmlns='$MAIN'><si><t>静宁</t></si><si><r><t>示例</t></r><r><rPr><b/></rPr>
		<t>丁有限</t></r><r><t xml:space='preserve'>公司 </t></r><rPh sb='0' eb='1'><t>shili</t></rPh></si></sst>"
}

# part NAME TEXT: below xl/
part() {
	printf '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n%s' "$2" >"../x/xl/$1"
}

relations() {
	local to=$1
	shift
	printf "<Relationships xmlns='$PACKAGE/relationships'>" >"$to"
	while [ $# -gt 0 ]; do
		printf "<Relationship Id='rId%s' Type='%s/%s' Target='%s'/>" "$1" "$OFFICE" "$2" "$3" >>"$to"
		shift 3
	done
	printf '</Relationships>' >>"$to"
}

# workbook SHEETS [PROPERTIES]
workbook() {
	part workbook.xml "<workbook xmlns='$MAIN' xmlns:r='$OFFICE'>${2-}<sheets>$1</sheets></workbook>"
}

# rows ROW...: of cells between |; one that begins with < is XML
rows() {
	local row cell cells
	for row; do
		printf '<row>'
		IFS='|' read -r -d '' -a cells <<<"$row" || true
		for cell in "${cells[@]}"; do
			cell=${cell%$'\n'}
			case $cell in
			'<'*) printf '%s' "$cell" ;;
			'') printf '<c s="1"/>' ;;
			*) printf '<c t="inlineStr"><is><t>%s</t></is></c>' "$cell" ;;
			esac
		done
		printf '</row>'
	done
}

# sheet N ROW...: with $before and $behind around its rows
sheet() {
	local n=$1
	shift
	part "worksheets/sheet$n.xml" "<worksheet xmlns='$MAIN'>${before-}<sheetData>$(rows "$@")</sheetData>${behind-}</worksheet>"
}

# pack FILE: the parts as they are
pack() {
	rm -f "$1"
	(cd ../x && zip -q -r - .) >"$1"
}

# with FIELD CELL...: a row that is right, but for that cell
with() {
	local unit=静宁 date=2024-05-20 type=政务服务 enterprise=示例丁有限公司 appeal=无 solution= visitors=周某 seq=1
	while [ $# -gt 1 ]; do
		local -n cell=$1
		cell=$2
		shift 2
	done
	printf '%s|%s|%s|%s|%s|%s|%s|%s' "$seq" "$unit" "$date" "$type" "$enterprise" "$appeal" "$solution" "$visitors"
}

import() {
	record-import --at "$at" --form annex-1 "$@"
}

# imports WANT ROW...: under the form's headings, as f.xlsx
imports() {
	local want=$1
	shift
	sheet 1 "$HEAD" "$@"
	pack f.xlsx
	status "$want" import "${options[@]}" f.xlsx
}
options=()

records() {
	find . -name '[vwo]-*.yaml' ! -name '*_*' | wc -l
}

# field NAME: of all records, in the order of the rows they came from
field() {
	local file
	for file in $(grep -ro 'row: [0-9]*}}' --include='?-*.yaml' . | sed 's/:row: / /; s/}}//' | sort -k2n -k1 | cut -d' ' -f1); do
		sed -n "s/^$1: //p" "$file"
	done
}

@test "a filled form that was exported comes in again, from a pipe and by any name too" {
	visit-add --at 2024-04-18T09:00:00+08:00 --for 泾川 --indicator-type 政务服务 --enterprise 示例䶮𬭊公司 --appeal '=1+1' \
		--solution _x0041_ --visitor 张某 --visitor 李某 >/dev/null
	record-export --form annex-1 --names --as-of 2024-06-28 -o ../a.xlsx
	status 0 import ../a.xlsx
	has "$err" "0 new, 1 there already"
	rm jingchuan/visits/*/*
	import - <../a.xlsx >/dev/null
	record-list visit --format jsonl | jq -r '[.unit, .enterprise, .appeal, .solution, (.visitors | join("+"))] | join("|")' >got
	diff got - <<<'jingchuan|示例䶮𬭊公司|=1+1|_x0041_|张某+李某'
	local sum
	sum=$(sha256sum <../a.xlsx)
	grep -q "import: {file: ['\"]-['\"], sha256: ${sum%% *}, sheet: 附件1, row: 3}" jingchuan/visits/*/*.yaml
	status 0 record-check --strict
	mv ../a.xlsx ../登记表
	status 0 import ../登记表
	has "$err" "1 there already"
	record-export --form annex-1 --blank -o ../b.xlsx
	status 0 import ../b.xlsx
	has "$err" 无有效记录
}

@test "annex 2 comes in again, and its notice is no value" {
	walk-add --at 2024-05-20T10:00:00+08:00 --for 泾川 --experiencer 王某 --position 首席代表 --matter 开办餐馆 --method 线下窗口 \
		--finding $'终端\n不支持登录' --finding 指南不一致 --suggestions =升级 >/dev/null
	walk-add --at 2024-05-21T10:00:00+08:00 --for 泾川 --experiencer 赵某 --matter 开办旅馆 --method 网上 --finding 无 >/dev/null
	record-export --form annex-2 --names --as-of 2024-06-28 -o ../w.xlsx
	record-list walkthrough --format jsonl | jq -c 'del(.id, .entered, .path)' >want
	rm jingchuan/walkthroughs/*/*
	status 0 record-import --at "$at" --form annex-2 --unit 泾川 --split ../w.xlsx
	has "$err" "2 new" "2 footers"
	lacks "$err" warning
	record-list walkthrough --format jsonl | jq -c 'del(.id, .entered, .path)' >got
	diff want got
}

@test "V11 a workbook that was renamed is refused as what it is called, old forms with advice" {
	imports 0 "$(with)"
	cp f.xlsx f.CSV
	status 1 import f.CSV
	has "$err" "另存为 CSV" "[not-csv]"
	printf '\320\317\021\340\241\261\032\341%s' rest >f.et
	status 1 import f.et
	has "$err" "old form (.xls, .et)" "另存为 CSV"
	(printf '\320\317\021\340\241\261\032\341' && printf EncryptedPackage | iconv -t UTF-16LE) >f.xlsx
	status 1 import f.xlsx
	has "$err" "protected with a password"
	# what many systems call a workbook
	printf '\357\273\277\r\n<HTML><table><tr><td>序号</td></tr></table>' >f.xls
	status 1 import f.xls
	has "$err" "f.xls: error: this is a web page (网页)" "另存为" "[not-csv]"
}

@test "V15 V16 V20 V24 V25 V26 V43 places are those of cells" {
	options=(--partial)
	sheet 1 '附件1 平凉市营商环境大走访企业诉求清单' '填报单位(盖章)：静宁县政务服务中心||||填报日期：2024年5月31日' '' \
		"$HEAD|备注|联系电话" "$(with)|雨天|13800000000" '' "$(with date 4.18)" '4' "$(with unit '' enterprise 示例戊店)" \
		"$(with appeal 材料多 enterprise 示例己店)" '合计' '注：一式两份' '填表人：张某'
	pack f.xlsx
	status 1 import --partial f.xlsx
	has "$err" "f.xlsx:四月!A2: note: '填报单位(盖章)：静宁县政务服务中心' stands above" \
		"f.xlsx:四月!J4: warning: column '联系电话' holds personal data" "f.xlsx:四月!C7: error: 走访日期: '4.18'" \
		"in the row with 序号 1" "f.xlsx:四月!A9: error: not filled in: 走访单位" "f.xlsx:四月!G10: warning: 诉求解决方案" \
		"2 title rows, 1 empty rows, 1 totals, 2 footers"
	lacks "$err" 13800000000
	[ "$(field note)" = 雨天 ]
	[ "$(records)" = 2 ]
	grep -q 'sheet: 四月, row: 5}' jingning/visits/*/*.yaml
}

@test "V21 V22 merged cells: their value is that of the first, other texts under them are not seen" {
	behind='<mergeCells><mergeCell ref="A1:A2"/><mergeCell ref="B1:B2"/><mergeCell ref="C1:D1"/><mergeCell ref="E1:G1"/><mergeCell ref="H1:H2"/><mergeCell ref="B3:B4"/></mergeCells>'
	sheet 1 '序号|走访单位|走访情况|甲乙|走访企业|||走访人签名' '|丙丁|走访日期|走访指标类型|企业名称|企业反馈诉求|诉求解决方案|' \
		"$(with)" "$(with unit 灵台 enterprise 示例戊店)"
	pack f.xlsx
	status 1 import f.xlsx
	has "$err" "f.xlsx:四月!A4: error: not filled in: 走访单位" "--fill-down"
	status 0 import --fill-down 走访单位 f.xlsx
	has "$err" "f.xlsx:四月!B4: note: 走访单位: taken from the row above: '静宁'"
	[ "$(field unit)" = $'jingning\njingning' ]
}

@test "V27 cells at the end that are not there are empty; one beside the headings is told where it is" {
	sheet 1 '填报单位|数据日期|指标|分子|分母|公布值|备注' '静宁|2024-05-01|seal-rate|1|2' '灵台|2024-05-01|seal-rate|1' \
		'灵台|2024-05-02|seal-rate|1|2||||||核对过'
	pack o.xlsx
	status 1 record-import --at "$at" --form observations --partial o.xlsx
	has "$err" "o.xlsx:四月!A3: error" "o.xlsx:四月!K4: warning: '核对过' stands where there is no heading"
	lacks "$err" "[too-few-cells]" '!A2'
	[ "$(records)" = 2 ]
}

@test "texts: shared, of several runs, escaped, with spaces that are kept or not" {
	imports 0 "$(with unit '<c t="s"><v>0</v></c>' enterprise '<c t="s"><v>1</v></c>' \
		appeal '<c t="inlineStr"><is><r><t>一_x000D__x000a_二</t></r><r><t xml:space="preserve"> 三_x005F_</t></r></is></c>' \
		solution '<c t="str"><f>A1&amp;"x"</f><v>已办&lt;结&gt;</v></c>' visitors '<c t="inlineStr"><is><t>
			周某
		</t></is></c>')"
	record-list visit --format jsonl | jq -c '[.unit, .enterprise, .appeal, .solution, .visitors]' >got
	diff got - <<<'["jingning","示例丁有限公司","一\n二 三_","已办<结>",["周某"]]'
}

@test "V13 V28 what Word leaves in cells; line breaks" {
	imports 0 "$(with enterprise $'示例\342\200\213丁有限公司' appeal $'一_x000B_二\n三' solution 已办)"
	has "$err" "f.xlsx:四月!E2: note" "f.xlsx:四月!F2: note" "[hidden-characters]"
	record-list visit --format jsonl | jq -c '[.enterprise, .appeal]' >got
	diff got - <<<'["示例丁有限公司","一\n二\n三"]'
}

@test "V48 V51 V55 V57 days are numbers that look like days" {
	imports 0 "$(with date '<c s="1"><v>45400</v></c>')" "$(with date '<c s="6"><v>45401</v></c>')" \
		"$(with date '<c s="8"><f>NOW()</f><v>45402.395833333336</v></c>')" "$(with date '<c t="d"><v>2024-04-21T00:00:00</v></c>')" \
		"$(with date '<c t="str"><v>2024年4月22日</v></c>')"
	[ "$(field date | tr -d "'")" = $'2024-04-18\n2024-04-19\n2024-04-20\n2024-04-21\n2024-04-22' ]
	has "$err" "f.xlsx:四月!C4: note: 走访日期: '2024-04-20 09:30:00' has a time of day"
	imports 1 "$(with date '<c s="2"><v>45383</v></c>')" "$(with date '<c><v>45400</v></c>')" "$(with date '<c s="7"><v>45400</v></c>')"
	has "$err" "f.xlsx:四月!C2: error: 走访日期: '2024年4月' is no single day" "f.xlsx:四月!C3: error: 走访日期: '45400' may be a"
	[ "$(grep -c -e --excel-serial <<<"$err")" = 2 ]
}

@test "V55 days that are counted from 1904" {
	workbook '<sheet name="四月" sheetId="1" r:id="rId1"/>' '<workbookPr date1904="true"/>'
	options=(--excel-serial)
	imports 0 "$(with date '<c s="1"><v>43938</v></c>')" "$(with date '<c><v>43939</v></c>')"
	[ "$(field date | tr -d "'")" = $'2024-04-18\n2024-04-19' ]
}

# figures WANT CELL...: as shares of one unit on the days of May
figures() {
	local want=$1 cell i=0 all=()
	shift
	for cell; do
		i=$((i + 1))
		all+=("静宁|2024-05-$(printf '%02d' $i)|seal-rate|$cell")
	done
	sheet 1 '填报单位|数据日期|指标|公布值' "${all[@]}"
	pack o.xlsx
	status "$want" record-import --at "$at" --form observations o.xlsx
}

@test "V62 V63 V65 V73 V77 percentages are numbers that look like percentages" {
	figures 0 '<c s="4"><v>0.73499999999999999</v></c>' '<c s="3"><v>0.735294117647059</v></c>' '<c s="5"><v>73.5</v></c>' \
		'<c s="4"><v>1</v></c>' '<c s="4"><v>0.99996000000000003</v></c>' '<c t="inlineStr"><is><t>73.50 %</t></is></c>' \
		'<c><v>73.5</v></c>'
	[ "$(field value | tr -d "'" | xargs)" = '73.50 73.53 73.50 100.00 99.99 73.50 73.50' ]
	[ "$(grep -c 'no-percent-sign' <<<"$err")" = 1 ]
	has "$err" "o.xlsx:四月!D8: warning"
}

@test "V64 V68 V71 what is no percentage; formulas that failed are wrong in every column" {
	figures 1 '<c><v>0.735</v></c>' '<c s="4"><v>1.05</v></c>' '<c t="e"><f>1/0</f><v>#DIV/0!</v></c>' '<c><v>1.2345E+25</v></c>' \
		'<c t="b"><v>1</v></c>'
	has "$err" "'0.735' may be a share" "'105.00%' is too large" "o.xlsx:四月!D4: error: 公布值: '#DIV/0!' is a fault" \
		"'1.2345E+25' is in scientific" "'TRUE' is no figure"
	imports 1 "$(with enterprise '<c t="e"><v>#N/A</v></c>')"
	has "$err" "f.xlsx:四月!E2: error: 走访企业名称: '#N/A' is a fault of the spreadsheet, not a value"
}

@test "V74 a share that a formula makes of its parts agrees with them" {
	sheet 1 '填报单位|数据日期|指标|分子|分母|公布值' '静宁|2024-05-01|seal-rate|<c><v>2500</v></c>|<c><v>2700</v></c>|<c s="3"><f>D2/E2</f><v>0.92592592592592593</v></c>'
	pack o.xlsx
	status 0 record-import --at "$at" --form observations o.xlsx
	[ "$(field numerator) $(field denominator)" = '2500 2700' ]
}

@test "a formula that was never worked out refuses the file" {
	imports 1 "$(with enterprise '<c><f>B9</f></c>')"
	has "$err" "f.xlsx:四月!E2: error: the formula was never worked out" "save it" "[no-value]"
	[ "$(records)" = 0 ]
}

@test "hidden rows and columns are read, and told" {
	before='<cols><col min="6" max="7" hidden="1"/></cols>'
	sheet 1 "$HEAD" "$(with)" "$(with enterprise 示例戊店)"
	sed -i 's/<row>/<row hidden="1">/3' ../x/xl/worksheets/sheet1.xml
	pack f.xlsx
	status 0 import f.xlsx
	has "$err" "f.xlsx:四月: warning: rows that are hidden are read too: 3" \
		"f.xlsx:四月: warning: columns that are hidden are read too: F, G"
	[ "$(records)" = 2 ]
}

@test "several sheets: the first with the form, the others are named; --sheet chooses" {
	workbook '<sheet name="说明" sheetId="1" r:id="rId1"/><sheet name="旧" sheetId="4" state="hidden" r:id="rId3"/>
		<sheet name="四月" sheetId="2" r:id="rId2"/>'
	sheet 1 填表说明 '请按月填报'
	sheet 2 "$HEAD" "$(with)"
	sheet 3 "$HEAD" "$(with enterprise 示例旧店)"
	pack f.xlsx
	status 0 import f.xlsx
	has "$err" "f.xlsx:四月: note: the sheet '四月' is read; these do not hold the form: 说明"
	workbook '<sheet name="四月" sheetId="2" r:id="rId2"/><sheet name="五月" sheetId="4" r:id="rId3"/>'
	pack f.xlsx
	status 0 import f.xlsx
	has "$err" "f.xlsx:四月: warning: only the sheet '四月' is read; these hold the form too: 五月" "--sheet"
	[ "$(records)" = 1 ]
	# the same row of another sheet of the same file is another record
	status 0 import --sheet 五月 f.xlsx
	[ "$(records)" = 2 ]
	status 0 import --sheet 2 f.xlsx
	has "$err" "1 there already"
	status 1 import --sheet 六月 f.xlsx
	has "$err" "there is no sheet '六月'" "四月、五月"
	status 1 import --sheet 1 - <<<序号
	has "$err" "no workbook"
}

@test "strict workbooks, prefixes, absolute targets, other vocabularies, cells that say where they are" {
	relations ../x/_rels/.rels 1 officeDocument /xl/./workbook.xml
	local strict=http://purl.oclc.org/ooxml
	part workbook.xml "<x:workbook xmlns:x='$strict/spreadsheetml/main' xmlns:q='$strict/officeDocument/relationships'><x:sheets>
		<x:sheet name='四月' sheetId='1' q:id='rId3'/></x:sheets></x:workbook>"
	sheet 3 "$HEAD" "$(with unit '<c r="B2" o:r="Z9" t="s"><v>0</v><o:v>1</o:v></c>' date '<c r="C2" t="d"><v>2024-04-18T09:30:00</v></c>')"
	sed -i "s|<worksheet xmlns='[^']*'>|<x:worksheet xmlns:x='$strict/spreadsheetml/main' xmlns:o='urn:other'>|; s|</worksheet>|</x:worksheet>|
		s|<\(/*\)\([a-z]\)|<\1x:\2|g; s|x:x:|x:|g; s|x:o:|o:|g" ../x/xl/worksheets/sheet3.xml
	pack f.xlsx
	status 0 import f.xlsx
	[ "$(field unit) $(field date)" = "jingning '2024-04-18'" ]
}

@test "a document type, entities and nesting without end are refused" {
	sheet 1 "$HEAD" "$(with)"
	cp ../x/xl/worksheets/sheet1.xml sheet
	sed -i "s|?>|?><!DOCTYPE a [<!ENTITY b \"静宁\">]>|; s|静宁|\&b;|" ../x/xl/worksheets/sheet1.xml
	pack f.xlsx
	status 1 import f.xlsx
	has "$err" "f.xlsx: error: the workbook holds what no spreadsheet program writes" "[workbook-refused]"
	[ "$(grep -c error <<<"$err")" = 1 ]
	part worksheets/sheet1.xml "$(printf '<a>%.0s' $(seq 1000))"
	pack f.xlsx
	status 1 import f.xlsx
	has "$err" "[workbook-refused]"
	# a tag of three megabytes
	part worksheets/sheet1.xml "<worksheet xmlns='$MAIN' a='$(head -c 3000000 /dev/zero | tr '\0' x)'/>"
	pack f.xlsx
	status 1 import f.xlsx
	has "$err" "[workbook-refused]"
}

@test "a small file that would become a large one is refused, with little memory" {
	sheet 1 "$HEAD"
	(printf "<worksheet xmlns='$MAIN'><sheetData><!--" && head -c 350000000 /dev/zero | tr '\0' ' ' | fold -w 500000 | sed 's/$/--><!--/' &&
		printf -- '--></sheetData></worksheet>') >../x/xl/worksheets/sheet1.xml
	pack f.xlsx
	[ "$(wc -c <f.xlsx)" -lt 2000000 ]
	little_memory 400000
	status 1 import f.xlsx
	has "$err" "far too large when it is unpacked" "[workbook-too-large]"
}

@test "cells far apart do not take memory without end" {
	local row='<row><c r="XFD1"><v>1</v></c></row>'
	part worksheets/sheet1.xml "<worksheet xmlns='$MAIN'><sheetData>$(for i in $(seq 2000); do printf '%s' "$row"; done)</sheetData></worksheet>"
	pack f.xlsx
	little_memory 600000
	status 1 import f.xlsx
	has "$err" "far too many cells" "[workbook-too-large]"
}

@test "damaged workbooks: one clear message each" {
	imports 0 "$(with)"
	rm -rf jingning/visits
	head -c 1500 f.xlsx >cut.xlsx
	status 1 import cut.xlsx
	has "$err" "cut.xlsx: error: the workbook is damaged or not complete" "[workbook-broken]"
	sed 's/<v>0/<v>7/; s/t="inlineStr"><is><t>静宁.*<.t><.is>/t="s"><v>7<\/v>/' ../x/xl/worksheets/sheet1.xml >s
	sheet 1 "$HEAD" "$(with unit '<c t="s"><v>77</v></c>')"
	pack f.xlsx
	status 1 import f.xlsx
	has "$err" "f.xlsx:四月!B2: error: the workbook is damaged: the text of this cell is missing"
	sheet 1 "$HEAD" "$(with unit '<c r="A9"><v>77</v></c>')"
	pack f.xlsx
	status 1 import f.xlsx
	has "$err" "cells are not in their order"
	part worksheets/sheet1.xml "<worksheet xmlns='$MAIN'><sheetData><row>"
	pack f.xlsx
	status 1 import f.xlsx
	has "$err" "its part xl/worksheets/sheet1.xml cannot be read in line 2"
	rm ../x/xl/worksheets/sheet1.xml
	pack f.xlsx
	status 1 import f.xlsx
	has "$err" "its part xl/worksheets/sheet1.xml cannot be read"
	# one byte of a part that is not packed
	sheet 1 "$HEAD" "$(with)"
	rm -f f.xlsx
	(cd ../x && zip -q -0 -r - .) | sed 's/示例丁/示例戊/' >f.xlsx
	status 1 import f.xlsx
	has "$err" "[workbook-broken]"
	[ "$(records)" = 0 ]
}

@test "archives that are no workbooks, paths that lead out of them, passwords" {
	(cd ../x && mkdir ../y && echo text >../y/a.txt && cd ../y && zip -q - a.txt) >a.zip
	status 1 import a.zip
	has "$err" "this is an archive, but no workbook" "另存为" "[not-a-workbook]"
	sheet 1 "$HEAD" "$(with)"
	sed -i 's|xl/workbook.xml|../../../etc/passwd|' ../x/_rels/.rels
	pack f.xlsx
	status 1 import f.xlsx
	has "$err" "[not-a-workbook]"
	relations ../x/_rels/.rels 1 officeDocument xl/workbook.xml
	part workbook.xml "<document xmlns='$MAIN'/>"
	pack f.xlsx
	status 1 import f.xlsx
	has "$err" "[not-a-workbook]"
	workbook '<sheet name="四月" sheetId="1" r:id="rId1"/>'
	(cd ../x && zip -q -P geheim -r - .) >f.xlsx
	status 1 import f.xlsx
	has "$err" "protected with a password" "[workbook-protected]"
}

@test "--rejects: rows of a sheet as a CSV table" {
	options=(--partial --rejects r.csv)
	imports 1 "$(with)" "$(with date '<c><v>45400</v></c>' appeal '=1')"
	[ "$(wc -l <r.csv)" = 2 ]
	has "$(cat r.csv)" '"45400"' "走访日期：'45400' may be"
	sed -i 's/"45400"/"2024-04-18"/' r.csv
	status 0 import r.csv
	[ "$(records)" = 2 ]
}
