# Three ways in: the same record by options, by a document and by a form is the same bytes but for its id. Each test
# makes up records of one kind: which optional fields they have, and texts that YAML could take for something else.
load common

make_more() {
	folder
	as jingchuan 张某
	RANDOM=2024 # the same records in every run
	cat >"$work/fill" <<-'END'
		#!/usr/bin/awk -f
		# an editor that fills the form: the fields of $FILL, `dotted.name TAB value`, each at its place
		BEGIN {
			while ((getline line < ENVIRON["FILL"]) > 0) {
				tab = index(line, "\t")
				value[substr(line, 1, tab - 1)] = substr(line, tab + 1)
			}
			form = ARGV[1]
			while ((getline < form) > 0) {
				match($0, /^ */)
				space = substr($0, 1, RLENGTH)
				name = substr($0, RLENGTH + 1)
				sub(/:.*/, "", name)
				depth = RLENGTH / 2
				path[depth] = depth ? path[depth - 1] "." name : name
				if ($0 !~ /^ *#/ && path[depth] in value) {
					$0 = space name ": " value[path[depth]]
					delete value[path[depth]]
				}
				text = text $0 "\n"
			}
			close(form)
			printf "%s", text > form
			for (left in value) {
				print "the form has no place for " left > "/dev/stderr"
				exit 1
			}
			exit
		}
	END
	chmod +x "$work/fill"
	export FILL=$work/fields VISUAL=$work/fill
}

# the record that is made up: its fields as `name TAB value as YAML` in $FILL, and the options
begin() {
	: >"$FILL"
	options=()
}

# field NAME YAML OPTION...: always there; maybe: now and then; chance: of the three ways to write a choice one each
field() {
	printf '%s\t%s\n' "$1" "$2" >>"$FILL"
	options+=("${@:3}")
}
maybe() {
	[ $((RANDOM % 2)) = 0 ] || field "$@"
}

TEXTS=('示例甲' 'no' '~' '12:30' '2024-05-10' '1e3' '0x1F' '- 一' '# 二' 'a: b' '[三]' '{四' '*五' '&六' '!七' '%八' '@九' "'单引号'"
	'"双引号"' ' 前后有空格 ' '反斜杠\n' '全角：，。' 'true' '是' '无' 'null' '<<' '=1+1' '𬭊䶮' '一,二' 'x # y' '---' '...' '? 问')
LINES_OF_TEXT=($'第一行\n第二行' $'一\n\n三\n' $'  缩进\n不缩进' $'- 列\n- 表' $'末行\n')

# string TEXT: as YAML: a JSON string is one
string() {
	jq -Rs . <<<"$1" | sed 's/\\n"$/"/'
}

# text NAME OPTION [lines]: a field with one of the texts
text() {
	local words=("${TEXTS[@]}") word
	[ $# = 2 ] || words+=("${LINES_OF_TEXT[@]}")
	word=${words[RANDOM % ${#words[@]}]}
	field "$1" "$(string "$word")" "$2" "$word"
}
maybe_text() {
	[ $((RANDOM % 2)) = 0 ] || text "$@"
}

# choice NAME OPTION CODE LABEL: a code one way, its label the other
choice() {
	if [ $((RANDOM % 2)) = 0 ]; then
		field "$1" "$3" "$2" "$4"
	else
		field "$1" "$4" "$2" "$3"
	fi
}
truth() { # NAME OPTION [true]
	if [ "${3:-$((RANDOM % 2))}" = true ] || [ $((RANDOM % 2)) = 0 ]; then
		choice "$1" "$2" true 是
	else
		choice "$1" "$2" 无 false
	fi
}
number() { # NAME OPTION [NUMBER]
	local n=${3:-$RANDOM}
	field "$1" "$n" "$2" "$n"
}

# the fields as a document, last first: a record has its schema's order, whatever the order that they come in
document() {
	tac "$FILL" | jq -Rrn '
		[inputs | split("\t") | {path: (.[0] / "."), value: .[1:] | join("\t")}] |
		def show(rows): rows | group_by(.path[0]) | reverse | map(
			(.[0].path[0]) + ": " +
			if .[0].path | length > 1 then "{" + show(map(.path |= .[1:])) + "}" else .[0].value end
		) | join(", ");
		"{" + show(.) + "}"'
}

# same COMMAND [OPTION...]: adds the record in each of the three ways
same() {
	local command=$1 way
	shift
	"$command" "$@" "${options[@]}" >../path-options 2>../err || { cat ../err; return 1; }
	document >../document
	"$command" "$@" --file ../document >../path-file 2>../err || { cat ../document ../err; return 1; }
	"$command" "$@" ${point:+--point "$point"} --edit >../path-form 2>../err || { cat ../document ../err; return 1; }
	for way in options file form; do
		sed '/^id: /d' "$(cat ../path-$way)" >../record-$way
	done
	grep -q '^entered: ' ../record-options
	cmp ../record-options ../record-file && cmp ../record-options ../record-form && return
	cat ../document
	diff ../record-options ../record-file
	diff ../record-options ../record-form
	return 1
}

at=--at=2024-08-09T16:00:00+08:00

@test "visits" {
	local i
	for i in {1..12}; do
		begin
		maybe_text note --remark lines
		maybe focus '[15, 16]' --focus 15 --focus 16
		field enterprise 示例甲商贸有限公司 --enterprise 示例甲商贸有限公司
		field visitors "[张某, 李某]" --visitor 张某 --visitor 李某
		[ $((i % 2)) = 0 ] || choice method --method forum 座谈
		choice indicator_type --indicator-type government-services 政务服务
		text appeal --appeal lines
		maybe_text solution --solution lines
		[ $((i % 3)) = 0 ] || choice enterprise_kind --enterprise-kind sole-trader 个体工商户
		maybe parts '[大走访, improve-drive]' --part visit-drive --part 大提升
		maybe form_seq 3 --form-seq 3
		maybe problems '[p-20240410-000001]' --problem p-20240410-000001
		maybe date "'2024-05-20'" --date 2024-05-20
		same visit-add $at
	done
	status 0 record-check
}

@test "walkthroughs" {
	local i
	for i in {1..10}; do
		begin
		maybe_text suggestions --suggestions lines
		choice method --method app 甘快办
		text matter --matter
		field experiencer 王某 --experiencer 王某
		maybe position 科长 --position 科长
		field findings "[$(string "${TEXTS[i]}"), $(string $'排队\n两次')]" --finding "${TEXTS[i]}" --finding $'排队\n两次'
		maybe_text method_text --method-text
		maybe focus '[16]' --focus 16
		maybe date "'2024-05-20'" --date 2024-05-20
		maybe_text note --remark lines
		same walk-add $at
	done
	status 0 record-check
}

# answer POINT: made-up values
answer() {
	point=$1
	field point "$point" --point "$point"
	maybe inspector 赵某 --inspector 赵某
	case $point in
	1)
		truth values.published --published true
		truth values.compiled --compiled true
		maybe values.publish_date "'2024-05-06'" --publish-date 2024-05-06
		maybe values.publish_url "'https://example.org/a#b'" --publish-url 'https://example.org/a#b'
		;;
	2) field values.channels "[网站, $(string 'a: b')]" --channel 网站 --channel 'a: b' ;;
	3)
		text values.status --status lines
		number values.items_published --items-published 1200
		maybe values.guide_count 1100 --guide-count 1100
		maybe values.flowchart_count 0 --flowchart-count 0
		;;
	4) number values.online_pay_items --online-pay-items 26 && number values.fee_items --fee-items 30 ;;
	5) number values.gkb_items_cumulative --gkb-items-cumulative 860 && maybe_text values.decrease_reason --decrease-reason lines ;;
	6) number values.realised --realised 150 && number values.state_deployed --state-deployed 163 ;;
	7) number values.nearby_items --nearby-items ;;
	8) number values.cert_free_items --cert-free-items ;;
	9) truth values.provided --provided && text values.description --description lines ;;
	10)
		truth values.has_stuck_matter_window --has-stuck-matter-window true
		truth values.has_complaint_window --has-complaint-window
		maybe values.window_count 2 --window-count 2
		;;
	11) truth values.disclosed --disclosed true && field values.channels '[大厅公示栏]' --channel 大厅公示栏 ;;
	12) number values.windows_covered --windows-covered 40 && number values.windows_total --windows-total 42 ;;
	13)
		field values.mechanisms '[办结回访, supervision]' --mechanism callback --mechanism 督办
		[ $((RANDOM % 2)) = 0 ] || text values.doc_refs.callback --callback-doc
		[ $((RANDOM % 2)) = 0 ] || text values.doc_refs.supervision --supervision-doc
		;;
	14) number values.subject_count --subject-count ;;
	15) truth values.used --used true && maybe values.domains '[不动产登记]' --domain 不动产登记 ;;
	16)
		text values.item_name --item-name
		number values.materials --materials 3
		choice values.steps --steps not-tried 未体验
		number values.trips --trips 1
		field values.time_limit_days "'0.5'" --time-limit-days 0.5
		choice values.online --online partial 部分网办
		truth values.minimal_materials --minimal-materials
		truth values.optimal_process --optimal-process
		truth values.room_for_improvement --room-for-improvement
		maybe_text values.note --experience-note lines
		;;
	17)
		local element
		for element in complaints civility order rating home-service tolerant-acceptance single-window full-notice \
			first-contact self-service guide guidance online-query assist; do
			choice "values.elements.$element" "--$element" fair 一般
		done
		truth values.business_friendly --business-friendly
		maybe_text values.suggestion --suggestion lines
		;;
	18)
		text values.cert_name --cert-name
		text values.basis --basis lines
		text values.suggestion --suggestion lines
		for element in necessary obtainable absurd circular duplicate; do
			truth values.$element --$element
		done
		maybe values.problem p-20240410-000001 --problem p-20240410-000001
		;;
	esac
	maybe_text note --remark lines
}

@test "inspections, of every point" {
	local i point
	for i in {1..18}; do
		begin
		answer "$i"
		same inspect-add $at || { echo "point $i"; false; }
	done
	status 0 record-check
	[ "$(record-list inspection --fields point --format tsv | sort -n | uniq -c | grep -c ' 3 [0-9]')" = 18 ]
}

@test "problems" {
	local i
	for i in {1..10}; do
		begin
		maybe_text note --remark lines
		text description --description lines
		text title --title
		choice origin --origin self-check 自查发现
		[ $((i % 2)) = 0 ] || choice pain --pain blockage 堵点
		maybe viewpoint 群众 --viewpoint public
		maybe_text cause --cause lines
		maybe focus '[15]' --focus 15
		maybe indicators '[seal-rate]' --indicator 证照电子签章率
		maybe owner 吴某 --owner 吴某
		if [ $((i % 3)) != 0 ]; then # on the list; the plan's milestones unless given
			field responsible '[bigdata-center, 泾川]' --responsible 市大数据中心 --responsible jingchuan
			field lead 泾川 --lead jingchuan
			choice track --track scheduled 限期整改
			field due "'2024-08-30'" --due 2024-08-30
			field measures "[{text: $(string "${TEXTS[i]}"), id: M1}, {id: M2, text: 培训}]" --measure "${TEXTS[i]}" --measure 培训
			maybe milestones "[{date: '2024-08-20', name: 自查, id: N1}]" --milestone 2024-08-20=自查
			truth needs_policy --needs-policy
		fi
		same problem-log $at
	done
	status 0 record-check
	has "$(record-list problem --fields state --format tsv)" registered listed
}

@test "observations" {
	local i
	for i in {1..6}; do
		begin
		maybe_text note --remark lines
		maybe_text data_source --data-source
		case $((i % 3)) in
		0)
			field denominator 25000 --denominator 25000
			field numerator 24999 --numerator 24999
			;;
		1) field value "'85.20'" --value 85.20 ;;
		2) field value "'85.2'" --value 85.2 ;;
		esac
		choice indicator --indicator seal-rate 证照电子签章率
		maybe date "'2024-05-31'" --date 2024-05-31
		same indicator-add $at
	done
	begin
	field count 91 --count 91
	field indicator one-matter-packages --indicator one-matter-packages
	same indicator-add $at --unit pingliang
	status 0 record-check
}

@test "visit plans" {
	local i
	for i in {1..6}; do
		begin
		maybe_text note --remark lines
		field targets "[{date: '2024-05-10', enterprise: 示例乙}, {enterprise: $(string "a=${TEXTS[i]}")}, {date: '2024-05-12', matter: 开办餐馆}, {matter: $(string "${TEXTS[i]}")}]" \
			--target 2024-05-10=示例乙 --target "=a=${TEXTS[i]}" --matter 2024-05-12=开办餐馆 --matter "${TEXTS[i]}"
		field period "'2024-05'" --period 2024-05
		maybe approved_by 陈某 --approved-by 陈某
		maybe approved_on "'2024-04-30'" --approved-on 2024-04-30
		maybe date "'2024-04-28'" --date 2024-04-28
		same visit-plan $at
	done
	status 0 record-check
}

@test "supervisions" {
	local i
	for i in {1..6}; do
		begin
		maybe_text note --remark lines
		maybe due "'2024-08-20'" --due 2024-08-20
		maybe_text requirement --requirement lines
		field findings "[$(string "${TEXTS[i]}")]" --finding "${TEXTS[i]}"
		choice trigger --trigger inactive 活动参与不积极
		field subject 灵台 --subject lingtai
		maybe problem p-20240410-000001 --problem p-20240410-000001
		if [ $((i % 2)) = 0 ]; then
			field approved_by 陈某 --approved-by 陈某
			field escalate_to 纪检监察部门 --escalate-to discipline
			choice form --form escalation 移送
		else
			choice form --form interview 约谈提醒
		fi
		same supervise-log $at --unit pingliang
	done
	status 0 record-check
}

@test "submissions" {
	local visit event file i
	visit=$(visit-add --at 2024-05-20T10:00:00+08:00 --indicator-type 政务服务 --visitor 张某 --enterprise 示例甲 --appeal 无)
	echo 总结 >"$work/summary.txt"
	event=$(evidence-add "$visit" "$work/summary.txt" --type 工作总结 2>/dev/null)
	file=$(sed -n 's/.*file: \([^,]*\),.*/\1/p' "$event")
	for i in {1..4}; do
		begin
		maybe_text note --remark lines
		maybe items "[{evidence: $file, type: summary}, {type: 登记表}]" --item "工作总结=$file" --item form
		field period 2024-final --period 2024-final
		same submission-add $at
	done
	status 0 record-check
}

@test "the test itself: sees a difference, and a field that a form has no place for" {
	begin
	field enterprise 示例甲 --enterprise 示例乙
	field indicator_type 政务服务 --indicator-type 政务服务
	field visitors '[张某]' --visitor 张某
	field appeal 无 --appeal 无
	if same visit-add $at; then false; fi
	begin
	field values.windows_total 3
	printf 'values:\n  windows:\n' >"$work/form"
	if "$work/fill" "$work/form"; then false; fi
}
