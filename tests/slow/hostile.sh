#!/usr/bin/env bash
# tests/slow/hostile.sh WORK [NAME]: gives each text of tests/hostile.txt to each option and operand of each program, as its --help
# tells them, and judges what comes of it. What a program wants besides is in `bases`: a program that has none there is a
# failure, as is a base with which it does nothing. WORK is a scratch folder, $DUBAN_BIN the folder of the programs. NAME: only the places on whose line it stands.
#
# A place is one option or operand with one base, in a copy of a record folder. What happens there is tame when each run
# ends by itself, in time and within memory, with an exit status of the contract, tells with visible characters in UTF-8,
# runs nothing, and writes nothing but records, events and evidence, or where it was told. What was written is valid.
# An option that another program has in the same words, or that has no place beside the base, gets every sixteenth text; one
# whose value is of a sort (DATE, UNIT) that had them all already, every eighth.
#
# Other places are no arguments: give_NAME gives the text and end_NAME comes after the last.
#
# The last line counts: texts, places, runs. Exit status 1 when anything was not tame.
set -u
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
. "$here/../cli/common.bash"
. "$here/../hostile.bash"
. "$here/../structure/help.bash"

who='--by=张某 --unit=jingchuan --at=2024-05-08T10:00:00+08:00'
city='--by=周某 --unit=pingliang'

# bases PROGRAM: arguments with which it does its work, operands behind --, one set a line
bases() {
	case $1 in
	visit-add)
		echo "$who --indicator-type=政务服务 --enterprise=示例甲 --appeal=无 --visitor=张某"
		echo "$who --file=../visit.yaml"
		;;
	walk-add) echo "$who --experiencer=王某 --position=代表 --matter=开办餐馆 --method=线下窗口 --finding=无" ;;
	visit-plan) echo "$who --period=2024-05 --target=2024-05-10=示例甲 --approved-by=陈某" ;;
	indicator-add) echo "$who --indicator=seal-rate --numerator=1 --denominator=2" ;;
	submission-add) echo "$who --period=2024-final" ;;
	# what each point must have comes from its schema, so nothing is added, but all is looked at
	inspect-add) printf -- "$who --inspector=赵某 --point=%d\n" {1..18} ;;
	supervise-log)
		echo "$city --form=order --subject=lingtai --trigger=incomplete --requirement=报送 --due=2099-01-02 --problem=p-20240410-000002"
		;;
	problem-log)
		echo "$who --title=重复提交 --description=未调用 --origin=self-check"
		echo "$who --source=$(basename -s .yaml "$work"/rf/jingchuan/walkthroughs/*/*)"
		;;
	evidence-add) echo "$city --type=other -- 000002 ../photo.txt" ;;
	rectify-status)
		echo
		echo "-- 000002"
		echo "$city --note=进展 -- 000002"
		;;
	record-check)
		echo
		echo "--against=HEAD"
		echo "-- pingliang/problems"
		;;
	record-list) printf -- '-- %s\n' problem visit ;;
	record-export)
		echo "--form=annex-1"
		echo "--form=problem-list"
		echo "--sql"
		echo "--submission --unit=jingchuan -- ../told/handed-in"
		;;
	record-import) echo "$who --form=annex-1 -- ../in.csv" ;;
	record-guard)
		echo "-- pre-commit"
		echo "-- update refs/heads/main $(git -C "$work/rf" rev-parse HEAD^ HEAD | tr '\n' ' ')"
		;;
	schema-check) echo "-- ../schema.yaml ../document.yaml" ;;
	dispatch-report) printf -- '%s\n' --week=2024-W18 --month=2024-05 --final ;;
	indicator-report) printf -- '%s\n' '' '--indicator=seal-rate --by-unit' '--indicator=seal-rate --series' ;;
	submission-check) echo ;;
	plan-init) echo '-- ../told/new' ;;
	duban-sync) echo '-m 登记' ;;
	*) return 1 ;;
	esac
}

# prepare: the folder that every place gets a copy of, with a record of each kind, under git
prepare() {
	mkdir -p "$work/home"
	cd "$work" && plan-init rf >/dev/null && cd rf || return 1
	set -- $who
	visit-add "$@" --indicator-type 政务服务 --enterprise 示例甲 --appeal 重复提交 --visitor 张某 &&
		walk-add "$@" --experiencer 王某 --position 代表 --matter 开办旅馆 --method 线下窗口 --finding 不支持登录 &&
		visit-plan "$@" --period 2024-05 --target 2024-05-10=示例甲 --approved-by 陈某 &&
		indicator-add "$@" --indicator seal-rate --numerator 1 --denominator 2 &&
		inspect-add "$@" --point 12 --inspector 赵某 --windows-total 42 --windows-covered 40 || return 1
	echo '序号,走访单位,走访日期,走访指标类型,走访企业名称,企业反馈诉求,诉求解决方案,走访人签名
1,泾川,2024-04-18,政务服务,示例乙食品有限公司,无,,张某' >"$work/in.csv"
	printf '%s\n' 'indicator_type: 政务服务' 'enterprise: 示例乙' 'appeal: 无' 'visitors: [张某]' >"$work/visit.yaml"
	echo 照片 >"$work/photo.txt"
	echo '{type: object, properties: {a: {type: string, pattern: "^x"}}}' >"$work/schema.yaml"
	echo 'a: x' >"$work/document.yaml"
	git init -q -b main --template= && git add . && git commit -qm 方案 && git commit -q --allow-empty -m 无 &&
		git clone -q --bare --template= . "$work/hub.git" && git remote add origin ../hub.git && git fetch -q &&
		git branch -q -u origin/main
}

# valued PROGRAM [ARG...]: its options with a value, and what --help says of each on that line
valued() {
	local program=$1
	shift
	(cd "$work/rf" && "$program" --help "$@" </dev/null) |
		sed -nE 's/^ {2,6}(-., )?(--[a-z0-9-]+)=(.*)/\2 \3/p; s/^ {2,6}(-[A-Za-z]) ([A-Z].*)/\1 \2/p'
}

# takes_operands PROGRAM: by its --help
takes_operands() {
	"$1" --help | grep -qE '^ *(Usage|usage): .*\] [A-Z[]+'
}

# compose BASE PLACE VALUE: the arguments, in the list `arguments`: PLACE, an option or the number of an operand, is VALUE;
# without a place those of the base
compose() {
	local -a words
	local word skip='' number=''
	read -ra words <<<"$1"
	arguments=()
	[ "${2#-}" = "$2" ] || arguments=("$2${3+=$3}")
	[[ $2 != -[A-Za-z] ]] || arguments=("$2" "$3")
	for word in "${words[@]}"; do
		if [ "$number" ]; then
			[ "$number" != "$2" ] || word=$3
			number=$((number + 1))
		elif [ "$skip" ] || [[ $word == "$2="* ]]; then
			skip=
			continue
		elif [ "$word" = -- ]; then
			number=0
		elif [ "$word" = "$2" ]; then
			skip=1
			continue
		fi
		arguments+=("$word")
	done
	[ "$2" != none ] || arguments+=(-- "$3")
}

# copy NAME: of the folder and what lies beside it, and go there
copy() {
	rm -rf "${work:?}/$1" && mkdir "$work/$1" && cd "$work/$1" &&
		cp -r ../{rf,hub.git,in.csv,photo.txt,visit.yaml,schema.yaml,document.yaml} . && cd rf || exit 1
}

# attempt PROGRAM BASE [PLACE VALUE]: its exit status
attempt() {
	local -a arguments
	compose "$2" "${3:-}" ${4+"$4"}
	"$1" "${arguments[@]}" </dev/null >"$work/said" 2>&1
}

# fits PROGRAM BASE OPTION: there is a value with which the option has a place beside the base
fits() {
	local value
	for value in 1 . annex-1 2024-05 2024-05-08 jingchuan text csv auto utf-8 id,title id problem 000002 a=b title=b p-20240410-000003; do
		attempt "$1" "$2" "$3" "$value"
		[ $? = 2 ] || return 0
	done
	return 1
}

# places: what is given to whom, one a line: program, option or operand, step between the texts, base
places() {
	local path program base option says step operand
	local -A had=() wanted=()
	for path in "$bin"/*; do
		program=${path##*/}
		bases "$program" >"$work/bases" || { echo "a program without a base: $program" >&2; return 1; }
		while read -r base; do
			copy try
			mkdir ../told
			attempt "$program" "$base" || [[ "$program $?" = @(inspect-add|submission-check)' 1' ]] ||
				{ echo "does nothing: $program $base" && cat "$work/said" && return 1; } >&2
			while read -r option says; do
				step=16
				if [ ! "${had[$option $says]:-}" ] && fits "$program" "$base" "$option"; then
					step=$((had[${says%% *}] ? 8 : 1))
					had[$option $says]=1
					had[${says%% *}]=1
				fi
				wanted[$option $says]=$program
				printf '%s\t%s\t%s\t%s\n' "$program" "$option" $step "$base"
			done < <(valued "$program" $base)
			takes_operands "$program" || continue
			[[ $base == *'-- '* ]] || printf '%s\tnone\t1\t%s\n' "$program" "$base"
			operand=0
			for _ in $([[ $base != *'-- '* ]] || echo "${base#*-- }"); do
				printf '%s\t%s\t1\t%s\n' "$program" $((operand++)) "$base"
			done
		done <"$work/bases"
	done
	for option in $(compgen -A function give_); do
		printf -- '-\t%s\t1\t\n' "${option#give_}"
	done
	for option in "${!wanted[@]}"; do
		[ "${had[$option]:-}" ] || { echo "no base goes with $option of ${wanted[$option]}" >&2; return 1; }
	done
}

# outside: what lies there and is no record, event or evidence
outside() {
	find . ! -type d ! -path './rf/.git/*' ! -path './hub.git/*' ! -path './rf/*/*/20??-??/?-????????-*.yaml' \
		! -path './rf/*/evidence/????????????.*' ! -path './told/*' -printf '%p %y %s\n' | LC_ALL=C sort
	ls -d /tmp/duban-hostile 2>/dev/null
}

# run COMMAND...: and judges how it ends
run() {
	local got=0
	"$@" </dev/null >>"$here_out" 2>>"$here_err" || got=$?
	runs=$((runs + 1))
	case $got in
	0 | 1 | 2 | 3 | 75) ;;
	*) bad=1 && printf 'status %s:' "$got" && printf ' %q' "$@" && echo ;;
	esac
}

# give PROGRAM PLACE BASE TEXT: as an argument
give() {
	local -a arguments
	compose "$3" "$2" "$4"
	[ ! "$told" ] || [ "$1" = plan-init ] || arguments=(-C ../rf "${arguments[@]}")
	[ "$2" != -m ] || visit-add $who --indicator-type=政务服务 --enterprise=示例甲 --appeal=无 --visitor=张某 >/dev/null 2>&1
	run "$1" "${arguments[@]}"
}

# place NUMBER PROGRAM PLACE STEP BASE: gives it the texts
place() {
	local number=$1 program=$2 place=$3 step=$4 base=$5 before i told='' runs=0 bad=0 here_out here_err
	copy "$number"
	mkdir ../told
	here_out=$work/$number/out here_err=$work/$number/err
	case $program:$place in
	# what one is told to write goes where one is told
	record-export:--output | record-import:--rejects | record-export:0 | plan-init:0) told=1 && cd ../told ;;
	esac
	before=$(cd .. && outside)
	for ((i = number % step; i < ${#texts[@]}; i += step)); do
		[[ ! $told || (${texts[i]} != /* && ${texts[i]} != *..*) ]] || continue
		if [ "$program" = - ]; then
			"give_$place" "${texts[i]}"
		else
			give "$program" "$place" "$base" "${texts[i]}"
		fi
	done
	[ "$program" != - ] || ! declare -F "end_$place" >/dev/null || "end_$place"
	[ ! -e duban-hostile ] || { bad=1 && echo 'what a text says was run'; }
	cd .. || return 1
	# a path that was given is printed as it is, for other programs
	if [ "$told" ]; then in_words err; else in_words out err; fi || bad=1
	diff <(echo "$before") <(rm -f out err && outside) || bad=1
	record-check -C rf >told/check 2>&1 || { bad=1 && cat told/check; }
	[ $bad = 0 ] || echo "not tame: $program $place, with $base"
	cd "$work" && rm -rf "${work:?}/$number"
	echo "$runs" >>"$work/runs"
	return $bad
}

# --- places that are no arguments ------------------------------------------------------------------

# variables of the environment that the pages tell of, but for those that name a program
give_environment() {
	local name
	for name in ${environment:=$(sed -n 's/^\.It Ev //p' "$here"/../../man/*.[17] | tr -d ',' | tr ' ' '\n' | grep -Evx 'EDITOR|VISUAL' | sort -u)}; do
		run env -u DUBAN_UNIT "$name=$1" visit-add --at=2024-05-08T10:00:00+08:00 --indicator-type=政务服务 --enterprise=示例甲 \
			--appeal=无 --visitor=张某 --dry-run
	done
	run env "DUBAN_UNIT=$1" record-guard pre-commit
	run env "DUBAN_BY=$1" duban-sync
}

# text of records in all its places, and out again in every form
give_records() {
	run visit-add $who --indicator-type=政务服务 --enterprise="$1" --appeal="$1" --solution="$1" --visitor="$1" --remark="$1"
	run walk-add $who --experiencer="$1" --position="$1" --matter="$1" --method=线下窗口 --finding="$1" --suggestions="$1"
	run problem-log $who --title="$1" --description="$1" --origin=self-check --measure="$1"
	run supervise-log $city --form=order --subject=lingtai --trigger=incomplete --requirement="$1" --due=2099-01-02 \
		--problem=p-20240410-000002
	run rectify-status $city --note="$1" --done=M1 -- 000002
}

end_records() {
	local kind format
	[ "$(find . -path './.git' -prune -o -name '[vwps]-2024*' -print | wc -l)" -gt 200 ] || { bad=1 && echo 'too few were taken'; }
	for format in text md html fodt csv json; do
		run rectify-status --format=$format
		run rectify-status --format=$format -- 000002
		run dispatch-report --final --format=$format
		run submission-check --format=$format
	done
	for kind in visit walkthrough problem supervision; do
		for format in tsv csv jsonl ids paths table; do
			run record-list --format=$format -- $kind
		done
	done
	run record-export --form=annex-1
	run record-export --form=annex-2
	run record-export --form=problem-list
	run record-export --sql
}

# the name of a file that is attached, and of one that is imported
give_name() {
	local name=../told/${1//\//_}
	case $name in
	../told/ | ../told/. | ../told/..) return ;;
	esac
	printf '%s' "$1" 2>/dev/null >"$name" || return # longer than a name can be
	run evidence-add $city --type=other -- 000002 "$name"
	cp ../in.csv "$name"
	run record-import $who --form=annex-1 -- "$name"
	rm -f -- "$name"
}

# a heading and a cell of what a clerk sends in, each column in turn, and the bytes of the file
give_table() {
	local heads=序号,走访单位,走访日期,走访指标类型,走访企业名称,企业反馈诉求,诉求解决方案,走访人签名 cell=\"${1//\"/\"\"}\" k
	local row=(1 泾川 2024-04-18 政务服务 示例乙食品有限公司 无 '' 张某) form
	for form in annex-1 annex-2 observations; do
		printf '%s' "$1" >../told/in
		run record-import $who --form=$form ../told/in
	done
	for k in {1..8}; do
		[ "$k" != 1 ] || echo "$heads"
		(row[k - 1]=$cell && IFS=, && echo "${row[*]}")
	done >../told/in.csv
	run record-import $who --form=annex-1 --partial --rejects=../told/rejects.csv ../told/in.csv
	printf '%s,%s\n' "$heads" "$cell" 1,泾川,2024-04-18,政务服务,示例丙,无,,张某,x >../told/in.csv
	run record-import $who --form=annex-1 ../told/in.csv
	for k in {1..7}; do
		row=(2024年5月20日 王某 首席代表 开办餐馆 线下窗口 无 无)
		row[k - 1]=$cell
		printf '%s,%s\n' "附件2 “走流程”活动问题登记表" '' 日期: "${row[0]}" 体验人 "${row[1]}" '职 务' "${row[2]}" 体验事项 "${row[3]}" \
			体验方式 "${row[4]}" 发现问题 "${row[5]}" 改进建议 "${row[6]}"
	done >../told/in.csv
	run record-import $who --form=annex-2 --partial ../told/in.csv
	for k in {1..5}; do
		row=(泾川 2024-05-20 证照电子签章率 1 2)
		row[k - 1]=$cell
		[ "$k" != 1 ] || echo 单位,数据日期,指标,分子,分母
		(IFS=, && echo "${row[*]}")
	done >../told/in.csv
	run record-import $who --form=observations --partial ../told/in.csv
}

# a document of fields, and each value in it
give_document() {
	local line key
	printf '%s' "$1" >../told/document
	run visit-add $who --file=../told/document
	while IFS= read -r line; do
		key=${line%%:*}
		for value in "$1" "'${1//\'/\'\'}'"; do
			{ grep -v "^$key:" ../visit.yaml; printf '%s: %s\n' "$key" "$value"; } >../told/document
			run visit-add --dry-run $who --file=../told/document
		done
	done <../visit.yaml
}

# files of records and events: each of their lines with another value, and the text alone; some texts at a time are read by
# all who read
written=0
give_file() {
	local file line value number
	local -a lines changed
	for file in $(git ls-files '*/20??-??/*.yaml' | grep -v 'p-20240410-00000[3-6]'); do
		mapfile -t lines <"$file"
		for line in none "${!lines[@]}"; do
			for value in "$1" "'${1//\'/\'\'}'"; do
				printf -v number '%06d' $((written += 1))
				changed=("${lines[@]}")
				changed[1]=${lines[1]%??????}$number
				[ "$line" = none ] && changed=("$1") || changed[line]="${lines[line]%%: *}: $value"
				printf '%s\n' "${changed[@]}" >"${file%??????.yaml}$number.yaml"
			done
		done
	done
	printf 'record: %s\nat: %s\nby: %s\nunit: %s\nnote: %s\n' "$1" "$1" "$1" "$1" "$1" \
		>"pingliang/problems/2024-04/p-20240410-000003_20240501T100000_${number: -4}.yaml"
	printf "record: p-20240410-000004\nat: '2024-05-01T10:00:00+08:00'\nby: 周某\nunit: pingliang\nnote: '%s'\n" "${1//\'/\'\'}" \
		>"pingliang/problems/2024-04/p-20240410-000004_20240501T100000_${number: -4}.yaml"
	[ $written -lt 2000 ] || end_file
}

end_file() {
	written=0
	run record-check
	run rectify-status
	run rectify-status -- p-20240410-000003 p-20240410-000004
	run indicator-report
	run dispatch-report --final
	run record-list -- visit
	run record-export --form=annex-1
	git clean -qfd
}

# the plan and the folder's own schemas
give_plan() {
	local -a lines
	local n k
	mapfile -t lines <plan.yaml
	for k in {0..2}; do
		n=$(((${#1} * 37 + runs * 211 + k * 97) % ${#lines[@]}))
		printf '%s\n' "${lines[@]:0:n}" "${lines[n]%%: *}: $1" "${lines[@]:n+1}" >plan.yaml
		run record-check
		run visit-add --help
	done
	git checkout -q plan.yaml
	mkdir -p schemas
	printf "properties: {'%s': {title: '%s', x-en: '%s', type: string, x-option: '%s', x-headings: ['%s']}}\n" \
		"${1//\'/\'\'}" "${1//\'/\'\'}" "${1//\'/\'\'}" "${1//\'/\'\'}" "${1//\'/\'\'}" >schemas/visit.yaml
	run record-check
	run visit-add --help
	run record-list -- visit
	printf '%s' "$1" >schemas/visit.yaml
	run visit-add $who --indicator-type=政务服务 --enterprise=示例甲 --appeal=无 --visitor=张某 --dry-run
	rm -r schemas
}

# a schema, its keywords, what is checked against it
give_schema() {
	local quoted="'${1//\'/\'\'}'" keyword
	printf '%s' "$1" >../told/schema.yaml
	run schema-check ../told/schema.yaml ../document.yaml
	run schema-check ../schema.yaml ../told/schema.yaml
	run schema-check --json ../schema.yaml ../told/schema.yaml
	for keyword in \$schema \$id \$ref \$anchor format pattern; do
		printf 'properties: {a: {%s: %s, title: %s, description: %s, const: %s, x-y: %s}}\n' "$keyword" "$quoted" "$quoted" \
			"$quoted" "$quoted" "$quoted" >../told/schema.yaml
		run schema-check --assert-format --warn-unknown ../told/schema.yaml ../document.yaml
	done
	printf 'properties: {%s: {type: integer}}\npatternProperties: {%s: true}\nadditionalProperties: false\nrequired: [%s]\n' \
		"$quoted" "$quoted" "$quoted" >../told/schema.yaml
	printf '%s: %s\n' "$quoted" "$quoted" >../told/document.yaml
	run schema-check --format=json ../told/schema.yaml ../told/document.yaml
	run schema-check ../told/schema.yaml ../document.yaml
}

# names and bytes in a tree that is pushed: at the root, in a unit's folder, among records, beside evidence
tree_with() { # TREE NAME MODE TYPE ID: its id, NAME in the place of what was called so
	local id=$5
	if [[ $2 != */* ]] && [ -n "$2" ]; then
		{ [ -z "$1" ] || git ls-tree -z "$1" | grep -zvF "	$2"; printf '%s %s %s\t%s\0' "$3" "$4" "$5" "$2"; } |
			git mktree -z 2>/dev/null && return
	fi
	{ [ -z "$1" ] || git cat-file tree "$1"; printf '%s %s\0' "$3" "$2"; printf "$(sed 's/../\\x&/g' <<<"$id")"; } |
		git hash-object -t tree -w --stdin --literally
}

give_push() {
	local blob at tree folder name tip
	tip=$(git rev-parse HEAD)
	blob=$(printf '%s' "$1" | git hash-object -w --stdin)
	for at in '' jingchuan jingchuan/visits jingchuan/visits/2024-05 jingchuan/evidence reports bytes; do
		name=$1 folder=$at
		[ "$at" != bytes ] || { name=v-20240508-zzzzzz.yaml && folder=jingchuan/visits/2024-05; }
		tree=$(tree_with "$(git rev-parse -q --verify "HEAD:$folder")" "$name" 100644 blob "$blob")
		while [ "$folder" ]; do
			name=${folder##*/}
			case $folder in */*) folder=${folder%/*} ;; *) folder= ;; esac
			tree=$(tree_with "$(git rev-parse "HEAD:$folder")" "$name" 040000 tree "$tree")
		done
		[ "$tree" ] || { bad=1 && printf 'no tree for %q\n' "$1"; }
		run record-guard update refs/heads/main "$tip" "$(git commit-tree "$tree" -p HEAD -m "$at")"
	done
}

if [ "$1" = --place ]; then work=$2; else work=$1; fi
work=$(cd "$work" && pwd -P) || exit 2
export HOME=$work/home TMPDIR=$work/home EDITOR=true GIT_CONFIG_NOSYSTEM=1 GIT_AUTHOR_NAME=示例 GIT_AUTHOR_EMAIL=clerk@example.invalid \
	GIT_COMMITTER_NAME=示例 GIT_COMMITTER_EMAIL=clerk@example.invalid DUBAN_UNIT=jingchuan
hostile_texts
if [ "$1" = --place ]; then
	IFS=$'\t' read -r number program place step base <<<"$3"
	little_memory 1000000
	place "$number" "$program" "$place" "$step" "$base"
	exit
fi
prepare >"$work/said" 2>&1 || { cat "$work/said" && exit 1; }
places | grep -- "${2:-}" >"$work/places"
[ "${PIPESTATUS[0]}" = 0 ] || exit 1
awk '{ print NR "\t" $0 }' "$work/places" | tr '\n' '\0' |
	xargs -0 -n 1 -P "$(nproc)" timeout -k 1 900 bash "$here/hostile.sh" --place "$work" || exit 1
echo "texts ${#texts[@]}, places $(wc -l <"$work/places"), runs $(awk '{ n += $1 } END { print n }' "$work/runs")"
