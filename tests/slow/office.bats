# Every spreadsheet that is exported, opened and written as CSV by LibreOffice: it says what our CSV says.
load ../cli/common

make_more() {
	command -v soffice >/dev/null || skip "LibreOffice is not here: apt-get install libreoffice-calc-nogui"
	folder
	as jingchuan 张某
	i=10
	for appeal in '=1+1' '+1' '-1' '@SUM(A1)' '<&>"' '_x0041_' '2024-05-06' '007' "两行
第二行" "$(printf '长%.0s' {1..2000})"; do
		i=$((i + 1))
		visit-add --at "2024-04-18T09:$i:00+08:00" --indicator-type 政务服务 --enterprise "示例䶮𬭊公司$i" \
			--appeal "$appeal" --solution 1-2 --visitor 张某 --visitor 李某 >/dev/null
	done
	walk-add --at 2024-05-20T10:00:00+08:00 --experiencer 王某 --position 首席代表 --matter 开办餐馆 --method 线下窗口 \
		--finding 终端不支持登录 --finding 指南不一致 --suggestions =升级 >/dev/null
	walk-add --at 2024-05-21T10:00:00+08:00 --experiencer 赵某 --matter 开办旅馆 --method 网上 --finding 无 >/dev/null
	problem-log --at 2024-04-18T09:00:00+08:00 --title =重复提交 --description -重复提交 --origin 自查发现 --lead 泾川 \
		--responsible 泾川 --track 限期整改 --due 5月底前 --measure +接入 >/dev/null
	DUBAN_UNIT=kongtong indicator-add --indicator seal-rate --numerator 24999 --denominator 25000 \
		--at 2024-05-20T10:00:00+08:00 >/dev/null
}

# by_office FILE.xlsx: its first sheet as CSV, all cells quoted, as they are shown
by_office() {
	soffice "-env:UserInstallation=file://$work/office" --headless \
		--convert-to 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,true,true,false' --outdir "$work/csv" "$1" \
		>/dev/null 2>&1
	cat "$work/csv/$(basename "$1" .xlsx).csv"
}

# plain FILE: our CSV without the mark, the ends of lines of RFC 4180, apostrophes before formulas, and the
# marks around cells that a writer may leave out
plain() {
	sed -e '1s/^\xef\xbb\xbf//' -e 's/\r$//' -e "s/\"'\([-=+@]\)/\"\1/g" -e 's/""\(,\|$\)/\1/g' "$1" | sed -e ':a;s/,"",/,,/;ta'
}

# same NAME COMMAND...: LibreOffice's CSV of the spreadsheet is the CSV of the same
same() {
	local name=$1
	shift
	"$@" --format xlsx >"$work/$name.xlsx"
	"$@" --format csv >"$work/$name.csv"
	by_office "$work/$name.xlsx" | plain /dev/stdin >"$work/$name.theirs"
	[ -s "$work/$name.theirs" ]
	# columns behind the last text are not there for an office suite; rows that a long text goes on over are empty
	diff <(plain "$work/$name.csv" | sed 's/,*$//; /^$/d') <(sed 's/,*$//; /^$/d' "$work/$name.theirs")
}

@test "annex 1" {
	same a record-export --form annex-1 --names --as-of 2024-06-12
	grep -q '"=1+1"' "$work/a.theirs"
	same b record-export --form annex-1 --blank
}

@test "annex 2" {
	same a record-export --form annex-2 --as-of 2024-06-12
	grep -q '"=升级"' "$work/a.theirs"
	same b record-export --form annex-2 --blank
}

@test "the problem list" {
	same a record-export --form problem-list --unit 泾川 --as-of 2024-06-12
	same b record-export --form problem-list --unit 平凉 --as-of 2024-06-12
	same c record-export --form problem-list --blank
}

# a report's sheet has its title and its facts above the table
@test "reports: figures are numbers in their precision" {
	rectify-status --as-of 2024-06-12 --format csv >"$work/a.csv"
	rectify-status --as-of 2024-06-12 --format xlsx >"$work/a.xlsx"
	by_office "$work/a.xlsx" | plain /dev/stdin >"$work/a.theirs"
	diff <(plain "$work/a.csv" | tr -d '"') <(sed -n '/编号/,$p' "$work/a.theirs" | tr -d '"' | grep -v '^方案')
	indicator-report --indicator seal-rate --by-unit --as-of 2024-06-12 --format csv >"$work/i.csv"
	indicator-report --indicator seal-rate --by-unit --as-of 2024-06-12 --format xlsx >"$work/i.xlsx"
	by_office "$work/i.xlsx" | plain /dev/stdin >"$work/i.theirs"
	grep -q '99.99' "$work/i.theirs"
	diff <(plain "$work/i.csv" | tr -d '"') <(sed -n '/^"*单位/,$p' "$work/i.theirs" | tr -d '"' | head -n "$(wc -l <"$work/i.csv")")
}

# of_pdf FILE.xlsx: what is read on its pages, without spaces
of_pdf() {
	office --convert-to pdf --outdir "$work/pdf" "$1"
	pdftotext "$work/pdf/$(basename "$1" .xlsx).pdf" - | tr -d ' \n\f'
}

@test "on paper nothing of a long text is cut off" {
	command -v pdftotext >/dev/null || skip "pdftotext is not here: apt-get install poppler-utils"
	local i
	visit-add --at 2024-04-19T09:00:00+08:00 --indicator-type 政务服务 --enterprise 示例长文公司 --visitor 张某 \
		--appeal "$(for ((i = 1; i <= 300; i++)); do echo "第${i}行"; done)" --solution "$(printf '末%.0s' {1..999})尾" >/dev/null
	walk-add --at 2024-05-22T10:00:00+08:00 --experiencer 王某 --matter 长文 --method 网上 \
		--finding "$(for ((i = 1; i <= 300; i++)); do echo "第${i}行"; done)" --suggestions 无 >/dev/null
	record-export --form annex-1 --as-of 2024-06-12 -o "$work/a.xlsx"
	record-export --form annex-2 --as-of 2024-06-12 -o "$work/w.xlsx"
	for form in a w; do
		of_pdf "$work/$form.xlsx" >"$work/$form.txt"
		for i in 1 2 57 58 150 299 300; do
			grep -q "第${i}行" "$work/$form.txt"
		done
	done
	grep -q 末尾 "$work/a.txt"
	[ "$(grep -o 长 "$work/a.txt" | wc -l)" -ge 2000 ]
}

# edited FILE SED...: a spreadsheet as LibreOffice saves it after a text was changed, as $work/edited/FILE
edited() {
	local name=$1
	shift
	office --convert-to fods --outdir "$work/flat" "$name"
	sed -i "$@" "$work/flat/$(basename "$name" .xlsx).fods"
	office --convert-to xlsx --outdir "$work/edited" "$work/flat/$(basename "$name" .xlsx).fods"
}

office() {
	soffice "-env:UserInstallation=file://$work/office" --headless "$@" >/dev/null 2>&1
}

# without what a record's place and entry are
plainly() {
	record-list "$1" --format jsonl | jq -cS 'del(.id, .entered, .path, .form_seq)' | sort
}

@test "V38 a filled form that was exported and edited comes in again: nothing is lost, the change is an event" {
	plainly visit >want
	[ "$(wc -l <want)" = 10 ]
	record-export --form annex-1 --names --as-of 2024-06-12 -o "$work/a.xlsx"
	edited "$work/a.xlsx" '0,/>1-2</s//>已办结</'
	[ "$(grep -c 已办结 "$work/flat/a.fods")" = 1 ]
	status 0 record-import --at 2024-06-12T09:00:00+08:00 --form annex-1 --update "$work/edited/a.xlsx"
	[ "$(wc -l <<<"$output")" = 1 ]
	has "$err" "0 new, 9 there already, 1 changed" "1 title rows"
	has "$(cat "$output")" "set: {solution: 已办结}" "sheet: 附件1"
	# into a folder that has none of them
	rm -r jingchuan/visits
	status 0 record-import --at 2024-06-12T09:00:00+08:00 --form annex-1 "$work/edited/a.xlsx"
	lacks "$err" error warning
	diff <(sed 's/"1-2"/"已办结"/' want | sort) <(plainly visit | sed 's/"1-2"/"已办结"/' | sort)
	[ "$(plainly visit | grep -c 已办结)" = 1 ]
	status 0 record-check --strict
}

@test "V32 V34 forms of annex 2 likewise" {
	plainly walkthrough >want
	record-export --form annex-2 --names --as-of 2024-06-12 -o "$work/w.xlsx"
	edited "$work/w.xlsx" 's/指南不一致/指南不全/'
	rm -r jingchuan/walkthroughs
	status 0 record-import --at 2024-06-12T09:00:00+08:00 --form annex-2 --split "$work/edited/w.xlsx"
	has "$err" "2 new"
	lacks "$err" error warning
	diff <(sed 's/指南不一致/指南不全/' want) <(plainly walkthrough)
}

@test "V02 V48 a clerk's CSV that LibreOffice made a workbook of gives the same records" {
	rm -r jingchuan/visits
	printf '%s\r\n' '附件1 平凉市营商环境大走访企业诉求清单,,,,,,,' \
		序号,走访单位,走访日期,走访指标类型,走访企业名称,企业反馈诉求,诉求解决方案,走访人签名 \
		1,泾川县政务服务中心,2024年4月18日,政务服务,示例甲商贸有限公司,希望“开办餐馆”一件事材料再减少,已协调市场监管窗口合并两份申请表,张某某 \
		2,泾川县,2024-04-22,市场准入,示例乙食品有限公司,无,,李某某、王某某 \
		'3,泾川,2024/5/6,政务服务,示例丙建材有限公司,"不能使用,
需反复提交",列入问题清单,赵某' 4,,,,,,, >"$work/s.csv"
	record-import --at 2024-06-12T09:00:00+08:00 --form annex-1 "$work/s.csv" >/dev/null 2>&1
	plainly visit >want
	[ "$(wc -l <want)" = 3 ]
	local filter
	# with texts as texts, and with what looks like a number or a date as one
	for filter in 44,34,76,1,,2052,false,false 44,34,76,1,,2052,false,true; do
		rm -rf jingchuan/visits "$work/made"
		office --infilter="CSV:$filter" --convert-to xlsx --outdir "$work/made" "$work/s.csv"
		status 0 record-import --at 2024-06-12T09:00:00+08:00 --form annex-1 "$work/made/s.xlsx"
		diff want <(plainly visit)
	done
	unzip -p "$work/made/s.xlsx" xl/worksheets/sheet1.xml | grep -q '<v>45404</v>'
}
