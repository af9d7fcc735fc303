# One report, many forms: the same figures in each (contract 4).
load common

make_more() {
	folder
	as pingliang 张某
}

# the cells of the first table with a header, one row a line, cells apart by |
md_rows() {
	sed -n 's/^| \(.*\) |$/\1/p' | sed 's/\\\(.\)/\1/g; s/ | /|/g' | grep -v '^---'
}

html_rows() {
	grep -o '<tr>.*</tr>' | sed 's/<br>//g; s/<\/t[dh]><t[dh][^>]*>/|/g; s/<[^>]*>//g'
}

fodt_rows() {
	grep -o '<table:table-row.*</table:table-row>' | sed 's/<text:line-break\/>//g; s/<\/table:table-cell><table:table-cell[^>]*>/|/g; s/<[^>]*>//g'
}

same() {
	"$@" --format md | md_rows | sed 's/<br>//g' >"$work/md"
	"$@" --format html | html_rows >"$work/html"
	"$@" --format fodt | fodt_rows >"$work/fodt"
	[ "$(wc -l <"$work/md")" -gt 5 ]
	diff "$work/md" "$work/html"
	diff "$work/md" "$work/fodt"
}

@test "Markdown, HTML and OpenDocument hold the same rows" {
	indicator-add --indicator seal-type-share --numerator 24999 --denominator 25000 --date 2024-05-20 \
		--at 2024-05-20T09:00:00+08:00 >/dev/null
	same rectify-status --as-of 2024-05-22
	same rectify-status --as-of 2024-05-22 --explain
	same rectify-status --summary --as-of 2024-05-22
	same indicator-report --as-of 2024-05-22
	grep -q '|99.99%' "$work/html"
	same indicator-report --indicator seal-rate --by-unit --as-of 2024-05-22
	same rectify-status p-20240410-000001 --as-of 2024-05-22
}

# of a report of many tables: rows of md, html and fodt, and those of the spreadsheet's forms
lived() {
	local d
	for d in 04-19 04-26 05-03; do
		indicator-add --indicator seal-rate --numerator "${d#*-}" --denominator 30 --date "2024-$d" --unit 泾川 \
			--at "2024-${d}T09:00:00+08:00" >/dev/null
	done
	indicator-add --indicator seal-rate --numerator 0 --denominator 0 --date 2024-05-03 --unit 灵台 --at 2024-05-03T09:00:00+08:00 >/dev/null
	indicator-add --indicator hotline-satisfaction --numerator 24999 --denominator 25000 --date 2024-05-03 \
		--at 2024-05-03T09:00:00+08:00 >/dev/null
	visit-add --date 2024-04-30 --at 2024-04-30T09:00:00+08:00 --indicator-type 政务服务 --enterprise 示例甲商贸有限公司 \
		--appeal 办事慢 --visitor 李某 >/dev/null
	visit-add --date 2024-04-26 --at 2024-05-03T09:00:00+08:00 --indicator-type 政务服务 --enterprise 示例乙食品有限公司 \
		--appeal 无 --visitor 李某 >/dev/null
	problem-log --title 示例问题 --description 示例 --origin 自查发现 --date 2024-04-30 --at 2024-04-30T10:00:00+08:00 \
		--lead 泾川 --responsible 泾川 --track 立行立改 --due 2024-05-10 --measure 示例 --unit 泾川 >/dev/null
}

# every figure of the JSON's tables, in order; of CSV those of the same tables: bare in both
json_figures() {
	jq -r '[.[] | arrays | .[] | select(type == "object") | .[] | select((type == "number") or (type == "string" and test("^-?[0-9]+(\\.[0-9]+)?$")))] | .[] | tostring' |
		sort
}

csv_figures() {
	tr -d '\r' | sed 's/^\xef\xbb\xbf//' | grep -v '^$' | sed 's/^"//; s/"$//; s/","/\n/g' | grep -E '^-?[0-9]+(\.[0-9]+)?$' | sort
}

# the numbers that a spreadsheet reads as such
xlsx_figures() {
	local sheet
	mkdir -p "$work/x" && (cd "$work/x" && rm -rf ./* && unzip -q "$1")
	for sheet in "$work"/x/xl/worksheets/sheet*.xml; do
		grep -o '<c r="[A-Z]*[0-9]*"[^>]*><v>[^<]*</v>' "$sheet" | grep -v 't="s"' | sed 's/.*<v>//; s/<.*//'
	done | as_shown
}

# a spreadsheet has the double nearest to a figure, in sixteen digits, and drops zeros at its end
as_shown() {
	awk '{ printf "%.10g\n", $1 }' | sort -g
}

@test "a brief holds the same figures in every form" {
	local report
	lived
	for report in '--week 2024-W18 --as-of 2024-05-06' '--month 2024-04 --as-of 2024-05-01' '--final --as-of 2024-08-09'; do
		same dispatch-report $report --redact
		dispatch-report $report --redact --format json >"$work/json"
		dispatch-report $report --redact --format csv >"$work/csv"
		dispatch-report $report --redact --format xlsx >"$work/book.xlsx"
		json_figures <"$work/json" >"$work/a"
		csv_figures <"$work/csv" >"$work/b"
		[ "$(wc -l <"$work/a")" -gt 300 ]
		diff "$work/a" "$work/b"
		xlsx_figures "$work/book.xlsx" >"$work/c"
		as_shown <"$work/b" >"$work/d"
		diff "$work/c" "$work/d"
		# the terminal: every row of the others stands there, whatever the lines
		dispatch-report $report --redact | tr -d ' \n' >"$work/text"
		for figure in $(jq -r '[.overall[]? | .period, .total] + [.required[]? | .value] + [.rates_overall[]? | .rate] | .[] | select(. != null)' "$work/json" | sort -u); do
			grep -qF -- "$figure" "$work/text"
		done
	done
}

@test "hostile text is text in every form of a brief" {
	local long text form id
	text='<script>alert(1)</script>|*粗*`码`[x](y)&amp;'
	long=$(head -c 10000 /dev/zero | tr '\0' 'x')
	id=$(problem-log --title "$text" --description 示例 --origin 自查发现 --date 2024-04-30 --at 2024-04-30T10:00:00+08:00 \
		--lead 泾川 --responsible 泾川 --track 立行立改 --due 2024-05-10 --measure 示例 --unit 泾川)
	problem-log --title '=1+1' --description 示例 --origin 自查发现 --date 2024-04-30 --at 2024-04-30T10:00:00+08:00 \
		--lead 泾川 --responsible 泾川 --track 立行立改 --due 2024-05-10 --measure 示例 --unit 泾川 >/dev/null
	rectify-status p-20240410-000001 --note "${long:0:3900}$text" --unit pingliang --at 2024-05-02T10:00:00+08:00 >/dev/null
	# no writer lets ESC and overrides in, a text editor does: they are told, never shown
	sed 's/^title: .*/title: "a\\eb\\u202ec"/; s/^id: .*/id: p-20240430-zzzzzz/' "$id" \
		>jingchuan/problems/2024-04/p-20240430-zzzzzz.yaml
	status 1 dispatch-report --week 2024-W18 --as-of 2024-05-06 --format md
	has "$err" control-character
	lacks "$err$output" $'\e' $'\u202e'
	rm jingchuan/problems/2024-04/p-20240430-zzzzzz.yaml
	for form in text md html fodt csv json xlsx; do
		dispatch-report --week 2024-W18 --as-of 2024-05-06 --format $form >"$work/$form"
	done
	# as text, to the letter
	has "$(sed 's/\\\(.\)/\1/g' "$work/md")" "$text"
	has "$(sed 's/&lt;/</g; s/&gt;/>/g; s/&amp;/\&/g' "$work/html")" "$text"
	has "$(sed 's/&lt;/</g; s/&gt;/>/g; s/&amp;/\&/g' "$work/fodt")" "$text"
	has "$(cat "$work/csv")" "$text" "\"'=1+1\""
	[ "$(jq -r '.list_added[].title' "$work/json" | grep -cF -e "$text" -e '=1+1')" = 2 ]
	jq -e --arg n "${long:0:3900}$text" '.plan_progress[0].progress | contains($n)' "$work/json"
	has "$(tr -d ' \n' <"$work/text")" "${long:0:200}" '<script>alert(1)</script>|*粗*'
	# nothing of it does anything
	! grep -q '<script' "$work/html" "$work/fodt"
	! grep -nE '(^|[^\\])\|\*粗' "$work/md"
	mkdir "$work/x" && (cd "$work/x" && unzip -q "$work/xlsx")
	! grep -q '<f>' "$work"/x/xl/worksheets/*.xml
	grep -q '=1+1' "$work"/x/xl/sharedStrings.xml
}

@test "the table of problems says in HTML what it says in JSON" {
	rectify-status --as-of 2024-05-22 --format html | html_rows | tail -n +2 | cut -d'|' -f1,5,6 >"$work/html"
	rectify-status --as-of 2024-05-22 --format json | jq -r '.problems[] | "\(.id)|\(.due)|\(.days_left)"' >"$work/json"
	diff "$work/html" "$work/json"
}

@test "the same bytes in any zone and locale, and what is no form is told" {
	local form
	for form in md html fodt; do
		rectify-status --as-of 2024-05-22 --format $form >"$work/a"
		TZ=America/New_York LC_ALL=C.UTF-8 COLUMNS=40 rectify-status --as-of 2024-05-22 --format $form >"$work/b"
		cmp "$work/a" "$work/b"
	done
	status 2 rectify-status --format docx
	has "$err" 'text, md, html, fodt, csv, json or xlsx'
}
