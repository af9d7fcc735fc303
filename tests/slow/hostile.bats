# Hostile texts (tests/hostile.txt) as every option and operand of every command: nothing is written but where it belongs, nothing is run, nothing hangs or fills memory, no
# command is killed by a signal, what is written is valid, and no terminal gets control characters.
load ../cli/common

make_more() {
	folder
	as jingchuan 张某
	mkdir -p "$work/home"
	cd "$work/rf"
	AT=(--at 2024-05-08T10:00:00+08:00)
	echo x >"$work/photo.txt"
	export HOME=$work/home TMPDIR=$work/home
}

# hostile FUNCTION: calls it with each text
hostile() {
	local line text
	while IFS= read -r line; do
		[[ $line != '#'* ]] || [ "$line" = '# x' ] || continue
		printf -v text -- "${line//'%'/%%}"
		"$1" "$text" || { echo "with: $line"; return 1; }
	done <"$BATS_TEST_DIRNAME/../hostile.txt"
}

# what lies outside of the record folder, and what in it is no record, event or evidence
outside() {
	(cd "$work" && find . -path ./rf -prune -o -path ./out -prune -o -path ./err -prune -o -print | LC_ALL=C sort
		cd rf && find . -type f ! -path './*/*/20??-??/?-????????-*.yaml' ! -path './*/evidence/????????????.*' | LC_ALL=C sort
		ls -d /tmp/duban-hostile 2>/dev/null) || :
}

# tame COMMAND...: ends in time, by itself, within memory, and tells with visible characters
tame() {
	local got=0
	(ulimit -v 1000000 && exec timeout -k 1 20 "$@") </dev/null >"$work/out" 2>"$work/err" || got=$?
	case $got in
	0 | 1 | 2 | 3) ;;
	*)
		echo "status $got: $*"
		cat "$work/err"
		return 1
		;;
	esac
	# what is printed of records and words: no escape, bell, backspace, DEL; UTF-8
	! LC_ALL=C grep -aq $'[\x01-\x08\x0b\x0c\x0e-\x1f\x7f]' "$work/err" || { echo "control: $*"; return 1; }
	iconv -f UTF-8 -t UTF-8 "$work/err" >/dev/null || { echo "no UTF-8: $*"; return 1; }
}

need_san() {
	! grep -q __asan_init "$bin/visit-add" || skip 'a sanitizer wants more memory than is given here'
}

unchanged_outside() {
	local now
	now=$(outside)
	[ "$now" = "$before" ] || { diff <(echo "$before") <(echo "$now"); return 1; }
}

@test "as text of every writer" {
	need_san
	local before
	before=$(outside)
	write() {
		tame visit-add "${AT[@]}" --indicator-type 政务服务 --enterprise="$1" --appeal="$1" --visitor="$1" --remark="$1" &&
			tame walk-add "${AT[@]}" --experiencer="$1" --position="$1" --matter="$1" --method 线下窗口 --finding="$1" \
				--suggestions="$1" &&
			tame problem-log "${AT[@]}" --title="$1" --description="$1" --origin self-check &&
			tame rectify-status p-20240410-000002 --unit pingliang --note="$1" &&
			tame visit-add "${AT[@]}" --indicator-type 政务服务 --enterprise 甲 --appeal 无 --visitor 张某 --by="$1" &&
			tame supervise-log "${AT[@]}" --unit pingliang --form order --subject lingtai --trigger incomplete \
				--requirement="$1" --due 2024-05-24 --problem p-20240410-000002
	}
	hostile write
	unchanged_outside
	[ "$(find . -name '[vwps]-2024*' | wc -l)" -gt 200 ]
	status 0 record-check
	# and out again, in every form
	local format
	for format in text md html csv json; do
		tame rectify-status --format $format
		tame rectify-status p-20240410-000002 --format $format
	done
	for format in tsv csv jsonl table; do
		tame record-list visit --format $format
	done
	tame record-export --form annex-1 --format csv
	! LC_ALL=C grep -aq $'[\x01-\x08\x0b\x0c\x0e-\x1f\x7f]' "$work/out"
	tame record-export --sql
}

@test "as unit, date, time, id, word and number of every option" {
	need_san
	local before
	before=$(outside)
	name() {
		local o
		for o in unit for date at set file method focus visitor wait; do
			tame visit-add -n "${AT[@]}" --indicator-type 政务服务 --enterprise 甲 --appeal 无 --visitor 张某 --$o="$1" || return 1
		done
		for o in set=note set=a.b set=kind set=id set=entered.by; do
			tame visit-add -n "${AT[@]}" --indicator-type 政务服务 --enterprise 甲 --appeal 无 --visitor 张某 --$o="$1" || return 1
		done
		tame visit-add -n "--$1" || return 1
		tame inspect-add -n "${AT[@]}" --point="$1" || return 1
		tame indicator-add -n "${AT[@]}" --indicator="$1" --numerator="$1" --denominator="$1" || return 1
		tame visit-plan -n "${AT[@]}" --period="$1" --target="$1=$1" --approved-by="$1" || return 1
		tame problem-log -n "${AT[@]}" --source="$1" || return 1
		tame submission-add -n "${AT[@]}" --period="$1" || return 1
		tame rectify-status p-20240410-000002 -n --unit pingliang --to="$1" --done="$1" --due="$1" --follow-up="$1,$1,$1" \
			--policy="$1,$1,$1" --master="$1" --to-unit="$1" || return 1
		tame rectify-status -- "$1" || return 1
		tame record-check -- "$1" || return 1
		tame record-list --where="$1=$1" -- "$1" || return 1
		tame record-list problem --where="title~$1" --fields="$1" --since="$1" || return 1
		tame indicator-report --indicator="$1" --as-of="$1" || return 1
		tame record-export --form="$1" --period="$1" || return 1
		tame record-import --form="$1" -- "$1" || return 1
		tame submission-check --unit="$1" || return 1
		tame visit-add -n --directory="$1" || return 1
	}
	hostile name
	unchanged_outside
	status 0 record-check
}

@test "as the name of a file of evidence, of an import and of what is imported" {
	need_san
	local before n=0 head='序号,走访单位,走访日期,走访指标类型,走访企业名称,企业反馈诉求,诉求解决方案,走访人签名'
	mkdir "$work/in"
	file() {
		local name=${1//\//_}
		[ -n "$name" ] && [ "$name" != . ] && [ "$name" != .. ] || return 0
		n=$((n + 1))
		echo "$n" >"$work/in/$name"
		before=$(outside)
		tame evidence-add p-20240410-000002 "$work/in/$name" --type other --unit pingliang || return 1
		printf '%s\r\n%s\r\n' "$head" "1,泾川,2024-04-18,政务服务,\"${1//\"/\"\"}\",\"${1//\"/\"\"}\",,张某" >"$work/in/$name"
		tame record-import --form annex-1 "${AT[@]}" "$work/in/$name" || return 1
		unchanged_outside
	}
	hostile file
	[ "$(find pingliang/evidence -type f | wc -l)" -gt 60 ]
	[ -z "$(find pingliang/evidence -type f -name '*[!0-9a-z.]*')" ]
	status 0 record-check --evidence
}

@test "in documents, as fields and as whole files of records and events" {
	need_san
	local before r=jingchuan/visits/2024-04/v-20240418-7k3fq2.yaml e
	before=$(outside)
	mkdir -p jingchuan/visits/2024-04
	e=${r%.yaml}_20240501T100000_0000.yaml
	document() {
		printf 'indicator_type: 政务服务\nenterprise: %s\nappeal: 无\nvisitors: [张某]\n' "$1" >"$work/in.yaml"
		tame visit-add -n "${AT[@]}" --file "$work/in.yaml" || return 1
		rm "$work/in.yaml"
		printf '%s' "$1" >$r
		printf 'record: %s\nat: %s\nset: {%s: x}\n' "$1" "$1" "$1" >$e
		for e in "record-check" "record-list visit" "rectify-status 7k3fq2" "record-export --form annex-1"; do
			tame $e || return 1
		done
		e=${r%.yaml}_20240501T100000_0000.yaml
	}
	hostile document
	rm -f "$r" "$e"
	unchanged_outside
}
