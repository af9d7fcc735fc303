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
