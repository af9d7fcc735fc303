load common

row() { # row N: of what was printed
	sed -n "$1p" <<<"$output" | tr -d '\r'
}

visits() { # visits N: N visits of one day in April
	for ((i = 1; i <= $1; i++)); do
		visit-add --at "2024-04-18T09:$((i + 10)):00+08:00" --indicator-type 政务服务 --enterprise "示例甲公司$i" \
			--appeal "${2:-材料重复提交}" --solution 现场办结 --visitor 张某 --visitor 李某 >/dev/null
	done
}

xml() { # xml FILE PART
	unzip -p "$1" "$2"
}

make_more() {
	folder
	as jingchuan 张某
}

@test "T134 T142 T143 annex 1: the plan's title and headings, eight rows a page, numbers start again, signing stays empty" {
	visits 9
	status 0 record-export --form annex-1
	[ "$(row 1)" = "$(printf '\357\273\277')\"附件1 平凉市营商环境大走访企业诉求清单\",\"\",\"\",\"\",\"\",\"\",\"\",\"\"" ]
	[ "$(row 2)" = '"序号","走访单位","走访日期","走访指标类型","走访企业名称","企业反馈诉求","诉求解决方案","走访人签名"' ]
	[ "$(row 3)" = '"1","泾川县政务服务中心","2024年4月18日","政务服务","示例甲公司1","材料重复提交","现场办结",""' ]
	[ "$(row 11)" = '"1","泾川县政务服务中心","2024年4月18日","政务服务","示例甲公司9","材料重复提交","现场办结",""' ]
	[ "$(row 12)" = '"2","","","","","","",""' ]
	[ "$(row 18)" = '"8","","","","","","",""' ]
	has "$(row 19)" '"注：' 个人信息
	[ "$(row 20)" = "" ]
	status 0 record-export --form annex-1 --names
	has "$(row 3)" '"现场办结","张某、李某"'
	status 0 record-export --form annex-1 --names --redact
	has "$(row 3)" '"张*、李*"'
}

@test "annex 1: unit, period, as of; withdrawn ones are left out" {
	visits 2
	visit-add --at 2024-05-07T09:00:00+08:00 --indicator-type 政务服务 --enterprise 五月公司 --appeal 无 \
		--visitor 张某 >five
	DUBAN_UNIT=lingtai visit-add --at 2024-05-08T09:00:00+08:00 --indicator-type 市场准入 --enterprise 灵台公司 \
		--appeal 无 --visitor 李某 >/dev/null
	status 0 record-export --form annex-1 --period 2024-05
	has "$output" 五月公司 灵台公司 市场准入
	lacks "$output" 示例甲公司
	status 0 record-export --form annex-1 --unit 灵台
	has "$output" 灵台公司
	lacks "$output" 五月公司
	status 0 record-export --form annex-1 --as-of 2024-05-01
	has "$output" 示例甲公司2
	lacks "$output" 五月公司
	rectify-status "$(cat five)" --to 已撤回 --note 录入错误 --at 2024-05-09T09:00:00+08:00 >/dev/null
	status 0 record-export --form annex-1
	lacks "$output" 五月公司
}

@test "the rows of a clerk's table stand as they stood in it" {
	local i
	echo 序号,走访单位,走访日期,走访指标类型,走访企业名称,企业反馈诉求,诉求解决方案,走访人签名 >"$work/t.csv"
	for i in {1..12}; do
		echo "$i,泾川县,2024-04-18,政务服务,示例甲公司$i,无,,张某" >>"$work/t.csv"
	done
	record-import --form annex-1 --at 2024-04-18T18:00:00+08:00 "$work/t.csv" >/dev/null 2>&1
	diff <(record-export --form annex-1 | grep -o '示例甲公司[0-9]*') <(grep -o '示例甲公司[0-9]*' "$work/t.csv")
}

@test "annex 2: a form for each walkthrough, labels beside values" {
	walk-add --at 2024-05-20T10:00:00+08:00 --experiencer 王某 --position 首席代表 --matter 开办餐馆 --method 线下窗口 \
		--finding 终端不支持登录 --finding 指南不一致 --suggestions 升级终端 >/dev/null
	walk-add --at 2024-05-21T10:00:00+08:00 --experiencer 赵某 --matter 开办旅馆 --method 网上 --finding 无 >/dev/null
	status 0 record-export --form annex-2
	[ "$(row 2)" = '"“走流程”活动问题登记表","","",""' ]
	[ "$(row 3)" = '"日期：2024年5月20日","","",""' ]
	[ "$(row 4)" = '"体验人","王某","职 务","首席代表"' ]
	[ "$(row 5)" = '"体验事项","开办餐馆","",""' ]
	[ "$(row 6)" = '"体验方式","线下窗口","",""' ]
	[ "$(row 7)" = '"发现问题","1.终端不支持登录' ]
	[ "$(row 8)" = '2.指南不一致","",""' ]
	[ "$(row 9)" = '"改进建议","升级终端","",""' ]
	[ "$(row 14)" = '"体验人","赵某","职 务",""' ]
	[ "$(grep -c 走流程 <<<"$output")" = 2 ]
	record-export --form annex-2 -o "$work/a.xlsx"
	has "$(xml "$work/a.xlsx" xl/worksheets/sheet1.xml)" '<rowBreaks count="1"' '<brk id="9"'
}

@test "the problem list: a sheet for each unit, what was asked and what is done" {
	problem-log --at 2024-04-18T09:00:00+08:00 --title 重复提交 --description 重复提交营业执照 --origin 自查发现 \
		--lead 泾川 --responsible 泾川 --responsible 市大数据中心 --track 限期整改 --due 5月底前 \
		--measure 接入电子营业执照 --measure 修订指南 >/dev/null
	status 0 record-export --form problem-list --unit 泾川 --as-of 2024-06-01
	[ "$(row 1)" = "$(printf '\357\273\277')\"泾川县政务服务中心问题清单\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\"" ]
	has "$(row 2)" 截至：2024年6月1日
	[ "$(row 3)" = '"序号","问题","问题来源","牵头单位","责任单位","整改措施","倒排工期","整改时限","状态","灯"' ]
	has "$output" 重复提交营业执照 自查发现 市大数据中心 1.接入电子营业执照 2.修订指南 '"2024-05-31","已列清单","红' 逾期 '2024-05-31 销号'
	status 0 record-export --form problem-list --unit 灵台
	has "$(row 4)" '"","无",'
	record-export --form problem-list --as-of 2024-05-01 -o "$work/p.xlsx"
	has "$(xml "$work/p.xlsx" xl/workbook.xml)" 'name="平凉市政务服务中心"' 'name="泾川县政务服务中心"'
	lacks "$(xml "$work/p.xlsx" xl/workbook.xml)" 灵台
	# the plan's long texts get the width that keeps two problems on a page; short ones are as they were
	[ "$(xml "$work/p.xlsx" xl/worksheets/sheet1.xml | grep -o ' ht="[0-9]*"' | tr -dc '0-9\n' | sort -n | tail -n 1)" -lt 330 ]
	lacks "$(xml "$work/p.xlsx" xl/worksheets/sheet1.xml)" 'max="6" width="17.'
	has "$(xml "$work/p.xlsx" xl/worksheets/sheet2.xml)" 'max="6" width="17.'
}

@test "the problem list: an extended one says what was first due; what is on no list is counted below" {
	local one
	one=$(problem-log --at 2024-04-18T09:00:00+08:00 --title 重复提交 --description 重复提交 --origin 自查发现 --lead 泾川 \
		--responsible 泾川 --track 限期整改 --due 2024-05-31 --measure 示例)
	rectify-status "$one" --due 2024-06-20 --note 延期 --at 2024-05-20T09:00:00+08:00 --unit pingliang >/dev/null
	problem-log --at 2024-04-18T10:00:00+08:00 --title 待核实 --description 待核实 --origin 自查发现 >/dev/null
	status 0 record-export --form problem-list --unit 泾川 --as-of 2024-06-01
	has "$output" $'"2024-06-20\n原定\n2024-05-31","已列清单"' '"另有已登记、待列入清单1件，未列入本清单。"'
	lacks "$output" 待核实
	rectify-status "$one" --to 不予列账 --note 不是问题 --at 2024-06-02T09:00:00+08:00 >/dev/null
	status 0 record-export --form problem-list --unit 泾川 --as-of 2024-06-03
	has "$output" '"","无",' '"另有已登记、待列入清单1件，不予列账1件，未列入本清单。"'
	lacks "$output" 重复提交
	# a sheet for a unit with nothing but these
	has "$(record-export --form problem-list --as-of 2024-06-03)" 泾川县政务服务中心问题清单
}

@test "blank forms" {
	visits 1
	status 0 record-export --form annex-1 --blank
	lacks "$output" 示例
	[ "$(row 10)" = '"8","","","","","","",""' ]
	status 0 record-export --form annex-2 --blank
	has "$output" '"日期：    年    月    日"' '"体验人","","职 务",""'
	status 0 record-export --form problem-list --blank --unit 泾川
	has "$output" 泾川县政务服务中心问题清单
	lacks "$output" 截至
	status 2 record-export --form annex-1 --blank --period 2024-05
}

@test "a spreadsheet: A4 across, headings on every page, breaks, no formulas, the same bytes" {
	visits 9 '=1+1'
	record-export --form annex-1 --as-of 2024-05-22 -o "$work/a.xlsx"
	cells=$(xml "$work/a.xlsx" xl/worksheets/sheet1.xml)
	has "$cells" 'paperSize="9" orientation="landscape"' '<brk id="10"' '<mergeCell ref="A1:H1"/>' '第 &amp;P 页'
	lacks "$cells" '<f>'
	book=$(xml "$work/a.xlsx" xl/workbook.xml)
	has "$book" '_xlnm.Print_Area' '_xlnm.Print_Titles' '$1:$2</definedName>'
	has "$(xml "$work/a.xlsx" xl/sharedStrings.xml)" '<t>=1+1</t>' 泾川县政务服务中心
	TZ=America/New_York record-export --form annex-1 --as-of 2024-05-22 --format xlsx >"$work/b.xlsx"
	cmp "$work/a.xlsx" "$work/b.xlsx"
	record-export --form annex-1 --as-of 2024-05-22 >"$work/a.csv"
	grep -q "\"'=1+1\"" "$work/a.csv"
}

@test "-o writes whole or not at all; its name decides the format" {
	visits 1
	echo old >"$work/a.csv"
	(umask 027 && record-export --form annex-1 -o "$work/a.csv")
	grep -q 示例甲公司1 "$work/a.csv"
	[ "$(stat -c %a "$work/a.csv")" = 640 ]
	record-export --form annex-1 --encoding gb18030 --output "$work/g.csv"
	iconv -f gb18030 -t utf-8 "$work/g.csv" | cmp - <(tail -c +4 "$work/a.csv")
	status 3 record-export --form annex-1 -o "$work/none/a.csv"
	has "$err" "cannot write"
	mkdir "$work/d"
	status 3 record-export --form annex-1 -o "$work/d"
	[ "$(ls "$work" | grep -c '^d')" = 1 ]
	status 3 sh -c 'record-export --form annex-1 >/dev/full'
}

@test "wrong words" {
	status 1 record-export --form annex-9
	has "$err" "'annex-9' is not known" annex-1 平凉市营商环境大走访企业诉求清单 problem-list
	status 1 record-export --form annex-1 --period 5月
	has "$err" "no period"
	status 1 record-export --form annex-1 --encoding ascii
	status 2 record-export
	status 2 record-export --form annex-1 --format pdf
	status 2 record-export --form annex-1 --format xlsx --encoding gb18030
	rm -r lingtai
	status 3 record-export --form annex-1
	has "$err" lingtai
	status 0 record-export --form annex-1 --unit 泾川
}

@test "a spreadsheet is not for a terminal" {
	# script gives the command a terminal as its standard output
	script -qec 'record-export --form annex-1 --format xlsx; echo "is $?"' /dev/null >"$work/out" </dev/null
	has "$(cat "$work/out")" "not written to a terminal" "is 2"
	script -qec 'rectify-status --format xlsx; echo "is $?"' /dev/null >"$work/out" </dev/null
	has "$(cat "$work/out")" "not written to a terminal" "is 2"
}

@test "reports as spreadsheets: figures are numbers, the same bytes again" {
	indicator-add --indicator seal-rate --numerator 24999 --denominator 25000 --at 2024-05-22T10:00:00+08:00 >/dev/null
	indicator-report --format xlsx --as-of 2024-05-22 >"$work/a.xlsx"
	indicator-report --format xlsx --as-of 2024-05-22 | cmp - "$work/a.xlsx"
	# as many digits of the double as the format has by custom, shown in the figure's places
	has "$(xml "$work/a.xlsx" xl/worksheets/sheet1.xml | grep -o '<v>[0-9.]*</v>' | tr -d '</v>' | xargs printf '%.2f ')" ' 99.99 '
	has "$(xml "$work/a.xlsx" xl/styles.xml)" 'formatCode="@"' 'formatCode="0.00"'
	has "$(xml "$work/a.xlsx" xl/sharedStrings.xml)" 指标完成情况 截至：2024年5月22日
	rectify-status --format xlsx --as-of 2024-05-22 >"$work/r.xlsx"
	has "$(xml "$work/r.xlsx" xl/sharedStrings.xml)" p-20240410-000001 牵头单位
	status 2 rectify-status --format xlsx --encoding gb18030
}

# evidence TYPE TEXT: of the first visit
evidence() {
	echo "$2" >"$work/张三的照片.txt"
	evidence-add "$(record-list visit --format ids | head -1)" "$work/张三的照片.txt" --type "$1" 2>/dev/null >/dev/null
}

@test "what a unit hands in: forms, evidence under names without persons, digests, contents" {
	visits 1
	evidence 登记表 a
	evidence 活动照片 b
	status 0 record-export --submission --unit 泾川 "$work/out"
	has "$output" 佐证资料目录 泾川县政务服务中心 政务服务管理科 plzwfwzx@163.com 不得发送涉密 2024-08-10 工作总结 附件1.xlsx
	cd "$work/out"
	[ "$(find . -type f | wc -l)" = 7 ]
	[ "$(ls -d 附件1.xlsx 附件2.xlsx 问题清单.xlsx 目录.html SHA256SUMS | wc -l)" = 5 ]
	[ "$(ls 佐证资料 | sed -E 's/-[0-9a-hjkmnp-tv-z]{6}-[0-9a-f]{12}/-X/' | LC_ALL=C sort)" = "活动照片-2024-04-18-v-20240418-X.txt
登记表-2024-04-18-v-20240418-X.txt" ]
	sha256sum --check --quiet SHA256SUMS
	[ "$(wc -l <SHA256SUMS)" = 6 ]
	lacks "$(cat 目录.html SHA256SUMS)" 张三
	has "$(cat 目录.html)" plzwfwzx@163.com 附件1.xlsx
	[ "$(cat 佐证资料/登记表*)" = a ]
	has "$(unzip -p 附件1.xlsx xl/sharedStrings.xml)" 示例甲公司1
}

@test "handing in: one file for two kinds and two records is told as such" {
	visits 1
	walk-add --at 2024-05-20T10:00:00+08:00 --experiencer 王某 --matter 开办餐馆 --method 网上 --finding 无 >/dev/null
	evidence 活动照片 a
	evidence 工作总结 a
	evidence-add "$(record-list walkthrough --format ids)" "$work/张三的照片.txt" --type 工作总结 >/dev/null 2>&1
	record-export --submission --unit 泾川 "$work/out" >/dev/null
	[ "$(ls "$work/out/佐证资料" | wc -l)" = 1 ]
	has "$(cat "$work/out/目录.html")" '>活动照片、工作总结<' \
		"$(record-list visit --format ids)、$(record-list walkthrough --format ids)<"
}

@test "handing in: nothing is written over or when evidence is missing or changed" {
	visits 1
	evidence 登记表 a
	mkdir "$work/full" "$work/empty"
	touch "$work/full/.hidden"
	status 1 record-export --submission --unit 泾川 "$work/full"
	has "$err" "not empty"
	status 0 record-export --submission --unit 泾川 "$work/empty"
	file=$(find jingchuan/evidence -type f)
	chmod u+w "$file"
	echo c >"$file"
	status 1 record-export --submission --unit 泾川 "$work/out"
	has "$err" "$file" "was changed" v-20240418
	[ ! -e "$work/out" ]
	rm "$file"
	status 1 record-export --submission --unit 泾川 "$work/out"
	has "$err" "$file" "is missing"
	[ ! -e "$work/out" ]
	status 3 record-export --submission --unit 灵台 "$work/none/out"
	status 1 record-export --submission --unit sys-transport "$work/out"
	has "$err" "keeps no records"
}

@test "handing in: not into the record folder, whence it would go into git" {
	local dir
	visits 1
	ln -s "$PWD/jingchuan" "$work/link"
	for dir in hand-in ./hand-in/ jingchuan/out "$PWD/reports" ../rf/x "$work/link/out"; do
		status 1 record-export --submission --unit 泾川 "$dir"
		has "$err" "lies in the record folder [inside]"
		[ ! -e "$dir" ]
	done
	(cd "$work" && record-export -C rf --submission --unit 泾川 rf-hand-in >/dev/null)
	[ -e "$work/rf-hand-in/SHA256SUMS" ]
}

@test "handing in: to the folder around it" {
	visits 1
	(mkdir jingchuan/reports && cd jingchuan && status 1 record-export --submission --unit 泾川 .. && has "$err" "lies in the record folder")
	rmdir jingchuan/reports
	mkdir "$work/around"
	mv "$work/rf" "$work/around/rf"
	cd "$work/around/rf"
	status 1 record-export --submission --unit 泾川 ..
	has "$err" ".. is not empty"
	status 1 record-export --submission --unit 泾川 ../
	has "$err" "is not empty"
	status 1 record-export --submission --unit 泾川 .
	has "$err" "lies in the record folder"
}

@test "handing in: usage" {
	status 2 record-export --submission "$work/out"
	status 2 record-export --submission --unit 泾川 --unit 灵台 "$work/out"
	status 2 record-export --submission --unit 泾川
	status 2 record-export --submission --unit 泾川 --format csv "$work/out"
	status 2 record-export --submission --form annex-1 --unit 泾川 "$work/out"
	status 2 record-export --form annex-1 "$work/out"
}

@test "--sql: a field of the folder's own that is called as a computed one of another kind" {
	mkdir schemas
	printf '%s\n' 'properties:' '  as_of: {title: 截至, type: string}' '  days_left: {title: 剩余, type: integer}' >schemas/visit.yaml
	visit-add --at 2024-04-18T09:00:00+08:00 --indicator-type 政务服务 --enterprise 示例甲公司 --appeal 无 --visitor 张某 \
		--as-of 四月底 --days-left 77 >/dev/null
	status 0 record-export --sql --as-of 2024-06-12
	has "$(grep "示例甲公司" <<<"$output")" 四月底 77
	problem-log --at 2024-05-20T09:00:00+08:00 --title 示例 --description 示例 --origin 自查发现 --lead 泾川 --responsible 泾川 \
		--track 限期整改 --due 2024-07-31 --measure 培训 >/dev/null
	[ "$(record-export --sql --as-of 2024-06-12 | grep -c 2024-06-12)" -gt "$(grep -c 2024-06-12 <<<"$output")" ]
}

@test "what is exported is imported again without loss, in either encoding" {
	visits 1 '=1+1'
	visits 1 "两行
第二行"
	walk-add --at 2024-05-20T10:00:00+08:00 --experiencer 王某 --position 首席代表 --matter 开办餐馆 --method 线下窗口 \
		--finding 终端不支持登录 --finding 指南不一致 --suggestions -升级 >/dev/null
	record-export --form annex-1 --names -o "$work/1.csv"
	record-export --form annex-1 --names --encoding gb18030 -o "$work/g.csv"
	record-export --form annex-2 -o "$work/2.csv"
	plan-init "$work/again" >/dev/null
	record-import -C "$work/again" --form annex-1 "$work/1.csv" >/dev/null 2>&1
	record-import -C "$work/again" --form annex-2 --split "$work/2.csv" >/dev/null 2>&1
	status 0 record-import -C "$work/again" --form annex-1 "$work/g.csv"
	[ "$output" = "" ]
	for list in 'visit --fields unit,date,indicator_type,enterprise,appeal,solution,visitors' \
		'walkthrough --fields unit,date,experiencer,position,matter,method,findings,suggestions'; do
		[ "$(record-list $list --format jsonl | wc -l)" -gt 0 ]
		diff <(record-list $list --format jsonl | sort) <(record-list -C "$work/again" $list --format jsonl | sort)
	done
}

# unjoined: without the joiners behind ideographs, which an import takes for what was pasted with a text
unjoined() {
	LC_ALL=C sed 's/\([\xe4-\xe9][\x80-\xbf][\x80-\xbf]\)\(\\u200[cd]\)*/\1/g'
}

# there_and_back FORM KIND FIELDS IMPORT_OPTION...: exported as CSV and as a spreadsheet, and imported into empty folders
# and into the same, with no word of what is known
there_and_back() {
	local form=$1 list="$2 --fields $3 --format jsonl" format
	shift 3
	[ "$(record-list $list | wc -l)" -gt 0 ]
	for format in csv xlsx; do
		rm -rf "$work/again"
		plan-init "$work/again" >/dev/null
		record-export --form "$form" --names -o "$work/a.$format"
		record-import -C "$work/again" --form "$form" "$@" "$work/a.$format" >/dev/null 2>"$work/err"
		lacks "$(cat "$work/err")" error
		diff <(record-list $list | unjoined | sort) <(record-list -C "$work/again" $list | sort)
		status 0 record-import --form "$form" "$@" "$work/a.$format"
		[ "$output" = "" ]
		lacks "$err" "[changed]" "[near-duplicate]"
	done
}

@test "what a text may hold is exported as it is: tabs, joined pictures, apostrophes, lines, many of them" {
	local text
	for text in $'a\tb' $'\t=1' $'\n\n=1\n' "'=1+1" "''-1" "'''" "'甲" '＝1' '007' '1-2' '_x0041_' '👨‍👩‍👧' '𠮷𰻝' $'❤\342\200\215🔥' \
		$'材料\342\200\214重复' $'材料\342\200\215多次' $'材料\342\200\214\342\200\215\342\200\214遗失' $'می\342\200\214خواهم' $'ᠠ\342\200\215' ' x ' '　x' \
		"$(seq 200)" "$(printf '长%.0s' {1..4000})"; do
		visits 1 "$text"
	done
	visit-add --at 2024-04-18T10:00:00+08:00 --indicator-type 政务服务 --enterprise $'示例\342\200\215乙公司' --appeal 无 --solution $'现场\342\200\214办结' \
		--visitor 张某 >/dev/null
	there_and_back annex-1 visit unit,date,indicator_type,enterprise,appeal,solution,visitors --allow-duplicate
	# none of the rows is higher than the format has it, nor than a page
	[ "$(xml "$work/a.xlsx" xl/worksheets/sheet1.xml | grep -o ' ht="[0-9]*"' | tr -dc '0-9\n' | sort -n | tail -n 1)" -lt 410 ]
}

@test "findings that begin with a digit are told apart again" {
	walk-add --at 2024-05-20T10:00:00+08:00 --experiencer 王某 --matter 咨询 --method 12345热线 --finding 12345热线无人接听 \
		--finding 3个工作日未答复 --finding 007 --suggestions $'甲\t乙' >/dev/null
	there_and_back annex-2 walkthrough unit,date,experiencer,matter,method,findings,suggestions --split
	problem-log --at 2024-05-20T09:00:00+08:00 --title 示例 --description 示例 --origin 自查发现 --lead 泾川 --responsible 泾川 \
		--track 限期整改 --due 2024-07-31 --measure 12345热线增设座席 --measure 培训 >/dev/null
	has "$(record-export --form problem-list --unit 泾川)" $'1. 12345热线增设座席\n2.培训'
}
