# The brief as its readers open it: the page in Chromium, the text document and the spreadsheet in LibreOffice. Each shows
# the figures of the JSON; the page makes no request and has nothing to complain of.
load ../cli/common

make_more() {
	export TMPDIR=$work
	"$BATS_TEST_DIRNAME/../../examples/campaign" rf "$bin"
	dispatch-report -C rf --week 2024-W25 --as-of 2024-06-24 --format json >brief.json
}

# brief FORMAT
brief() {
	dispatch-report -C rf --week 2024-W25 --as-of 2024-06-24 --format "$1" >"brief.$1"
}

# truth TABLE: the figures of a table in the JSON, a row a line; nothing where it does not apply
truth() {
	case $1 in
	走访和问题) jq -r '.overall[] | [.period, .before, .total] | @tsv' brief.json ;;
	本期进出) jq -r '.flow[] | [.open_before, .listed, .reopened, .closed, .transferred, .merged, .declined, .open_after] | @tsv' brief.json ;;
	期末累计)
		jq -r '.rates[] | [.listed, .closed, (.closing_rate // "不适用"), .on_time, (.punctuality_rate // "不适用"), .overdue,
			.overdue_original, .ever_reopened, .withdrawn] | @tsv' brief.json
		;;
	红灯与黄灯) jq -r '.lights[] | [.id, .due, .days_left] | @tsv' brief.json ;;
	esac
}

# chosen TABLE: of its rows, with their head, the columns that truth has, by their names
chosen() {
	local names # people read 33.33% where data has 33.33
	case $1 in
	走访和问题) names='本期 上期 累计' ;;
	本期进出) names='期初在办 列账 反弹 销号 转办 合并 不予列账 期末在办' ;;
	期末累计) names='列账 已销号 销号率 按期 按期率 逾期 超原定 曾反弹 已撤回' ;;
	红灯与黄灯) names='编号 时限 余天' ;;
	esac
	awk -F '\t' -v names="$names" '
		{ gsub(/（%）|%/, "") }
		NR == 1 { n = split(names, name, " "); for (i = 1; i <= NF; i++) at[$i] = i; next }
		{ for (i = 1; i <= n; i++) printf "%s%s", $at[name[i]], i < n ? "\t" : "\n" }'
}

TABLES='走访和问题 本期进出 期末累计 红灯与黄灯'

# shows FUNCTION: it prints the rows of a table, with its head
shows() {
	local table
	for table in $TABLES; do
		truth "$table" >truth
		[ "$(wc -l <truth)" -gt 5 ]
		"$1" "$table" | chosen "$table" | diff truth - || { echo "$table: the JSON (<) and $1 (>) do not agree"; return 1; }
	done
}

page() {
	chromium --headless --no-sandbox --disable-gpu --user-data-dir="$work/profile" --disable-background-networking \
		--disable-component-update --no-first-run --enable-logging=stderr "$@" 2>chromium.err
	chmod -R u+w "$work/profile"
}

in_page() { # TABLE
	tr -d '\n' <dom | sed 's/<caption>/\n&/g' | grep "^<caption>$1<" |
		sed 's/<\/table>.*//; s/<tr>/\n/g; s/\t/ /g; s/<\/t[dh]>/\t/g; s/<[^>]*>//g; s/\t\n/\n/g' | sed '1d; s/\t$//'
}

@test "Chromium: the figures are in the page, no request, no complaint; it is painted and printed" {
	command -v chromium >/dev/null || skip 'Chromium is not here: apt-get install chromium'
	brief html
	page --dump-dom "file://$work/brief.html" >dom
	! grep CONSOLE chromium.err
	shows in_page
	# nothing in it leads elsewhere
	! grep -oiE '(src|href|action|data)="[^"#]' dom
	! grep -iE '<(script|link|iframe|object|embed|form)' dom
	page --screenshot="$work/page.png" --window-size=390,2000 "file://$work/brief.html"
	[ "$(head -c 4 page.png | tail -c 3)" = PNG ] && [ "$(stat -c %s page.png)" -gt 20000 ]
	page --no-pdf-header-footer --print-to-pdf="$work/page.pdf" "file://$work/brief.html"
	[ "$(head -c 5 page.pdf)" = %PDF- ]
	# the test itself: a request is something to complain of
	sed 's|</body>|<img src="http://example.org/x.png"></body>|' brief.html >bad.html
	page --dump-dom "file://$work/bad.html" >/dev/null
	grep -q CONSOLE.*example.org chromium.err
}

# laid_out FILE WIDTH MEDIA: the page in a window so wide, as on that medium: how far it reaches, and how many of its tables
# reach beyond it, of its ids, dates and figures are broken, of its pictures are smaller than a phone shows legibly
laid_out() {
	sed 's/<meta http-equiv[^>]*>//; s/^style-src .*//; s|</body>|<script src="measure.js"></script></body>|' "$1" |
		{ [ "$3" = screen ] && cat || sed 's/@media screen/@media speech/; s/@media print/@media all/'; } >inner.html
	cat >measure.js <<-'END'
		const all = (what, which) => [...document.querySelectorAll(what)].filter(which).length
		parent.postMessage([document.documentElement.scrollWidth,
			all('.table', e => e.scrollWidth > e.clientWidth + 1),
			all('td.code:not(.long), td.date, td.number:not(.long)', e => e.clientHeight && !e.querySelector('br') &&
				e.firstChild && (r => (r.selectNodeContents(e), r.getClientRects().length > 1))(document.createRange())),
			all('svg', e => e.clientWidth < 300)].join(' '), '*')
	END
	echo "<script>onmessage = e => document.title = e.data</script><iframe src=inner.html style='width:$2;height:2000px;border:0'>" >outer.html
	page --virtual-time-budget=5000 --dump-dom "file://$work/outer.html" | sed -n 's/.*<title>\([-0-9 ]*\)<.*/\1/p'
}

@test "Chromium: a phone scrolls tables, not the page; on A4 nothing is cut, no id broken" {
	command -v chromium >/dev/null || skip 'Chromium is not here: apt-get install chromium'
	brief html
	dispatch-report -C rf --month 2024-05 --as-of 2024-06-01 --format html >month.html
	dispatch-report -C rf --final --as-of 2024-08-21 --format html >final.html
	for file in brief month final; do
		set -- $(laid_out $file.html 390px screen)
		[ "$1" -gt 300 ] && [ "$1" -le 390 ] && [ "$2" -gt 0 ] && [ "$3 $4" = '0 0' ]
		# 210 mm less the margins
		set -- $(laid_out $file.html 170mm print)
		[ "$1" -gt 600 ] && [ "$1" -le 643 ] && [ "$2 $3" = '0 0' ]
	done
	# the test itself: an id that may break is seen, and a table that is too wide
	sed 's/white-space: nowrap/white-space: normal/; s/class="code">p-/class="code" style="max-width:3em">p-/' brief.html >bad.html
	set -- $(laid_out bad.html 170mm print)
	[ "$3" -gt 0 ]
	sed 's/overflow-wrap: anywhere/overflow-wrap: normal/' final.html >bad.html
	set -- $(laid_out bad.html 170mm print)
	[ "$2" -gt 0 ]
}

office() { # FILTER FILE
	# names of sheets become names of files
	LC_ALL=C.UTF-8 soffice "-env:UserInstallation=file://$work/office" --headless --convert-to "$1" --outdir "$work/read" "$2" >/dev/null 2>&1
}

in_sheet() { # TABLE: its sheet has facts above the head, and what is said of it below
	tr -d '"' <"read/brief-$1.csv" | tr , '\t' | sed -n '/^\(单位\|项目\|灯\)\t/,$p' | head -n $(($(wc -l <truth) + 1))
}

in_document() { # TABLE: its cells come one after another, as many in a row as its head has
	local columns=4
	case $1 in
	本期进出) columns=9 ;;
	期末累计) columns=10 ;;
	红灯与黄灯) columns=7 ;;
	esac
	sed -n "/^$1\$/,\$p" read/brief.txt | sed 1d | paste -d '\t' $(printf -- '- %.0s' $(seq $columns)) | head -n $(($(wc -l <truth) + 1))
}

@test "LibreOffice: the spreadsheet" {
	command -v soffice >/dev/null || skip 'LibreOffice is not here: apt-get install libreoffice-calc-nogui'
	brief xlsx
	office 'csv:Text - txt - csv (StarCalc):9,34,76,1,,0,false,true,false,false,false,-1' brief.xlsx
	sed -i 's/\t/,/g' read/*.csv
	# numbers as they are: 25.00 is 25
	for table in $TABLES; do
		truth "$table" | sed -E 's/\.([0-9])0(\t|$)/.\1\2/g; s/\.0(\t|$)/\1/g' >truth
		in_sheet "$table" | chosen "$table" | diff truth - || { echo "$table"; false; }
	done
}

@test "LibreOffice: the text document" {
	soffice --headless --version >/dev/null 2>&1 && [ -d /usr/lib/libreoffice/share/xslt ] || skip 'LibreOffice Writer is not here: apt-get install libreoffice-writer-nogui'
	brief fodt
	office txt:Text brief.fodt
	[ -s read/brief.txt ] || skip 'LibreOffice Writer is not here: apt-get install libreoffice-writer-nogui'
	shows in_document
}
