# What all commands that add records share, tried with visit-add and indicator-add: who, when, for
# which unit; options, --set, --file, --edit; what is refused, how, and that nothing is written then.
load common

make_more() {
	folder
	as jingchuan 张某
	export TMPDIR=$work
}

# a visit that is right, and one on stdin as YAML
AT=2024-04-18T17:40:00+08:00
VISIT=(--indicator-type 政务服务 --enterprise 示例甲商贸有限公司 --appeal 无 --visitor 张某)
DOCUMENT='indicator_type: 政务服务
enterprise: 示例甲商贸有限公司
appeal: 无
visitors: [张某]
date: 2024-04-18'

visit() {
	visit-add --at $AT "${VISIT[@]}" "$@"
}

# refused N COMMAND...: exit status N, and no file more or less than before
refused() {
	local before after
	before=$(find . -type f -o -type l | sort)
	status "$@" || return 1
	after=$(find . -type f -o -type l | sort)
	[ -z "$output" ] || { echo "on stdout: $output"; return 1; }
	[ "$before" = "$after" ] || { diff <(echo "$before") <(echo "$after"); return 1; }
}

# fault TEXT CODE PART...: a document that is refused with status 1, the code and these words
fault() {
	local text=$1 code=$2
	shift 2
	printf "$text" >"$work/in.yaml"
	refused 1 visit-add --file "$work/in.yaml" || return 1
	has "$err" "[$code]" "$@"
}

# --- who ---

@test "--by and --unit say who, \$DUBAN_BY and \$DUBAN_UNIT where they are missing" {
	status 0 visit
	has "$(cat "$output")" 'unit: jingchuan' "entered: {at: '$AT', by: 张某, unit: jingchuan, to: recorded}"
	status 0 visit --by 李某 --unit lingtai
	has "$output" lingtai/visits/2024-04/v-20240418-
	has "$(cat "$output")" 'unit: lingtai' "by: 李某, unit: lingtai"
}

@test "without them nothing is entered, and both are named" {
	unset DUBAN_BY DUBAN_UNIT
	refused 1 visit
	has "$err" 'error: who does it is missing [required]' 'say --by NAME or set $DUBAN_BY' \
		'error: the unit one acts for is missing' 'say --unit UNIT or set $DUBAN_UNIT'
	DUBAN_BY= DUBAN_UNIT= refused 1 visit
	has "$err" 'who does it is missing' 'the unit one acts for is missing'
}

@test "a name that is blank, too long or of two lines is refused" {
	refused 1 visit --by '　'
	has "$err" "--by: error: 填报人: 'by' is blank [pattern]"
	lacks "$err" line 'pattern is'
	refused 1 visit --by "$(printf '字%.0s' $(seq 41))"
	has "$err" 'at most 40 are allowed [max-length]'
	refused 1 visit --by $'张\n某'
	has "$err" '--by: error'
	refused 2 visit --no$'\e'field x
	lacks "$err" $'\e'
}

@test "where the plan has people, by and unit must be of one; spaces and widths do not matter" {
	sed -i '/^lights:/i people:\n- {name: 张某, unit: jingchuan, may: []}' plan.yaml
	status 0 visit
	status 0 visit --by ' 张　某'
	refused 1 visit --by 李某
	has "$err" "'李某' is not a person of unit 'jingchuan' [person]"
	refused 1 visit --unit lingtai
}

@test "a unit is taken by id, name or alias; what it is not is named with the nearest" {
	local word
	for word in jingchuan 泾川 泾川县 泾川县政务服务中心 '泾川县 政务服务中心'; do
		status 0 visit -n --unit "$word"
		has "$output" 'unit: jingchuan'
	done
	refused 1 visit --unit jingchaun
	has "$err" "--unit: 'jingchaun' is no unit of the plan [unknown-word]" "did you mean 'jingchuan' 泾川县政务服务中心?"
	refused 1 visit --unit counties
	refused 1 visit --unit ../lingtai
	has "$err" "'../lingtai' is no unit of the plan" 'allowed: pingliang'
}

@test "a name that is out of date is taken with a warning" {
	status 0 visit -n --unit 华亭县
	has "$output" 'unit: huating'
	has "$err" "--unit: warning: '华亭县' is out of date [former-name]" 'it is now 华亭市政务服务中心'
	status 0 visit -n --unit 华亭
	[ -z "$err" ]
}

@test "--for names the unit whose record it is; it must have a folder" {
	status 0 visit --for 灵台
	has "$output" lingtai/visits/
	has "$(cat "$output")" 'unit: lingtai' 'by: 张某, unit: jingchuan'
	refused 1 visit --for nowhere
	has "$err" "--for: 'nowhere' is no unit of the plan"
	refused 1 visit --for ../../tmp
	refused 1 visit --for discipline
	has "$err" 'no unit with a folder of its own'
}

# --- when ---

@test "--at takes a time with its offset and writes it at the plan's" {
	status 0 visit-add -n "${VISIT[@]}" --at 2024-04-18T17:40:00Z
	has "$output" "date: '2024-04-19'" "at: '2024-04-19T01:40:00+08:00'" 'id: v-20240419-'
	local time
	for time in 2024-04-18 2024-04-18T17:40:00 '2024-04-18 17:40:00+08:00' 昨天 ''; do
		refused 1 visit-add "${VISIT[@]}" --at "$time"
		has "$err" "--at: '$time' is no time [format]" 'write it as 2024-04-18T17:40:00+08:00'
	done
}

@test "--at is at most ten minutes ahead" {
	status 0 visit-add -n "${VISIT[@]}" --at "$(date -d '+9 minutes' -Iseconds)"
	refused 1 visit-add "${VISIT[@]}" --at "$(date -d '+11 minutes' -Iseconds)"
	has "$err" 'lies in the future [future]'
}

@test "the date is by default the day of --at, today at the plan's offset without it" {
	status 0 visit-add -n "${VISIT[@]}"
	has "$output" "date: '$(TZ=Asia/Shanghai date +%F)'"
	TZ=America/New_York status 0 visit-add -n "${VISIT[@]}"
	has "$output" "date: '$(TZ=Asia/Shanghai date +%F)'" '+08:00'
}

@test "a date that does not exist, is written otherwise or lies after the entry is refused" {
	local date
	for date in 2024-02-30 2024-13-01 2023-02-29 2024-4-18 2024/04/18 20240418 ../.. ''; do
		refused 1 visit --date "$date"
		has "$err" "--date: error: 走访日期: 'date' is not a date: '$date' [format]" \
			'hint: for example 2024-04-18'
	done
	status 0 visit -n --date 2024-02-29
	refused 1 visit --date 2024-04-19
	has "$err" "'2024-04-19' lies after the day of entry, 2024-04-18 [future]"
	refused 1 visit-add "${VISIT[@]}" --date 2999-01-01
	has "$err" '[future]'
}

# --- what comes out ---

@test "stdout is the path, usable from the working directory" {
	local sub
	status 0 visit
	[ -f "$output" ]
	for sub in lingtai pingliang/problems/2024-04; do
		output=$(cd "$sub" && visit && cat "$(visit)")
		has "$output" ../jingchuan/visits/2024-04/v- 'kind: visit'
	done
	cd ..
	status 0 visit -C rf
	has "$output" rf/jingchuan/visits/
	[ -f "$output" ]
	status 0 visit --directory=rf/lingtai
	has "$output" rf/jingchuan/visits/
	[ -f "$output" ]
	DUBAN_DIR=$PWD/rf status 0 visit
	has "$output" "$PWD/rf/jingchuan/visits/"
	[ -f "$output" ]
}

@test "--dry-run prints the YAML and writes nothing" {
	local before
	before=$(files)
	status 0 visit -n
	has "$output" 'kind: visit' "date: '2024-04-18'"
	status 0 visit --dry-run
	has "$output" 'kind: visit'
	status 0 visit-add -n --file - <<<"$DOCUMENT"$'\n---\n'"$DOCUMENT"
	[ "$(grep -c '^---$' <<<"$output")" = 2 ]
	[ "$(files)" = "$before" ]
}

@test "the record passes record-check, keys in the schema's order, entered last" {
	status 0 visit --remark 备注 --method 座谈 --solution 已解决 --focus 15 --enterprise-kind 企业
	[ "$(sed 's/:.*//' "$output" | tr '\n' ' ')" = 'kind id unit date indicator_type enterprise enterprise_kind appeal solution visitors method focus note entered ' ]
	status 0 record-check
}

@test "two that write at the same time both succeed, and need no lock" {
	local i
	for i in 1 2 3 4 5 6 7 8; do
		visit --wait 0 >"$work/out$i" 2>&1 &
	done
	wait
	[ "$(cat "$work"/out? | grep -c '^jingchuan/')" = 8 ]
	[ "$(cat "$work"/out? | grep '^jingchuan/' | sort -u | wc -l)" = 8 ]
	status 0 record-check
}

# --- texts ---

@test "a text that YAML could take for something else comes back as it was typed" {
	local text
	for text in ',开头' '*号' '*' '&和' '# 号' 'a: b' 'a:' '- x' '? x' '[x]' '{x}' '!x' '|' '>' '%x' \
		'@x' '`x`' "it's" '"x"' 'back\slash' no Yes '~' null 12:30 1e3 0x1F 2024-04-18 007 = '<<' \
		'--- x' '...' '尾 ' ' 头' '　全角　' '行尾:' 'a #b' '=1+1' $'两\n行' $'两\n\n 行\n' $'制\t表' '😀 䶮'; do
		status 0 visit-add --at $AT --indicator-type 政务服务 --enterprise 示例甲 --visitor 张某 \
			--appeal "$text" --remark="$text"
		record-list visit --fields appeal,note --format jsonl |
			jq -se --arg text "$text" 'any(.appeal == $text and .note == $text)' >/dev/null ||
			{ cat "$output"; return 1; }
		rm "$output"
	done
	status 0 record-check
}

@test "CR LF in an option is a line end" {
	status 0 visit --solution $'一\r\n二'
	has "$(cat "$output")" $'solution: |-\n  一\n  二\n'
}

@test "control and reordering characters and other encodings are refused, whichever field it is" {
	refused 1 visit --solution $'a\x1b[31mb'
	has "$err" '--solution: error: the text holds a control or reordering character [control-character]'
	refused 1 visit --solution $'a\xe2\x80\xaeb'
	has "$err" '[control-character]'
	refused 1 visit --visitor $'李\xe2\x80\x8b某'
	has "$err" '--visitor: error:' '[control-character]'
	refused 1 visit --solution $'\xd5\xfe\xce\xf1'
	has "$err" '--solution: error: the text is not UTF-8 [encoding]'
	refused 1 visit --by $'\xd5\xfe'
	has "$err" '--by: error: the text is not UTF-8'
	refused 1 visit --set note=$'\xff'
	has "$err" '--remark: error'
	refused 1 visit --unit $'\xd5\xfe'
	has "$err" "'\\xd5\\xfe' is no unit"
}

@test "a record that no reader would take is refused" {
	local visitors
	visitors=$(seq -f '张%.0f' -s, 12000)
	refused 1 visit-add --file - <<<"${DOCUMENT/张某/张某, $visitors}"
	has "$err" '-:4:' 'too many values in one document [too-large]'
	# fewer than the limit in the document, with what the program adds beyond it
	visitors=$(seq -f '张%.0f' -s, 9979)
	refused 1 visit-add --file - <<<"${DOCUMENT/张某/张某, $visitors}"
	has "$err" 'too many values in one document [too-large]'
}

@test "names with full-width spaces are kept; a name of nothing else is blank" {
	status 0 visit --visitor '李　某'
	has "$(cat "$output")" 'visitors: [张某, 李　某]'
	refused 1 visit --visitor '　'
	has "$err" "--visitor: error: 走访人: item 2 of 'visitors' is blank [pattern]"
}

# --- options ---

@test "an unknown option is a usage error and names the nearest" {
	refused 2 visit --enterprize x
	has "$err" "visit-add: unknown option '--enterprize'; did you mean '--enterprise'?" "try 'visit-add --help'"
	# any two short words are near each other
	refused 2 visit --xx 1
	lacks "$err" 'did you mean'
	refused 1 visit --set x=1
	has "$err" "there is no field 'x'"
	lacks "$err" 'did you mean'
	refused 1 visit --set enterprize=1
	has "$err" "did you mean 'enterprise' 走访企业名称?"
	refused 2 visit --zzz
	has "$err" "unknown option '--zzz'"
	refused 2 visit -x
	has "$err" "unknown option '-x'" "try 'visit-add --help'"
	lacks "$err" --usage
	refused 2 visit --usage
}

@test "options are never abbreviated" {
	refused 2 visit --solu x
	has "$err" "unknown option '--solu'; did you mean '--solution'?"
	refused 2 visit --dry
	refused 2 indicator-add --num 1
	has "$err" "did you mean '--numerator'?"
}

@test "a value too few or too many, an option or an operand too many is a usage error" {
	refused 2 visit --solution
	has "$err" "option '--solution' needs a value: TEXT" "try 'visit-add --help'"
	refused 2 visit -n -C
	has "$err" "option '-C' needs a value: DIR"
	refused 2 visit --dry-run=yes
	has "$err" "option '--dry-run' takes no value"
	refused 2 visit --by 李某 --by 王某
	has "$err" "option '--by' is given twice"
	refused 2 visit --solution 一 --solution 二
	has "$err" "option '--solution' is given twice"
	refused 2 indicator-add --numerator 1 --numerator 2
	has "$err" "option '--numerator' is given twice"
	refused 2 visit jingchuan
	has "$err" "too many operands: 'jingchuan'"
	refused 2 visit --wait soon
	has "$err" "--wait takes a number of seconds, not 'soon'"
	refused 2 visit --color=blue
	status 0 visit -n --visitor 李某 --visitor 王某
}

@test "-C decides the folder wherever it stands, and a value is never taken for it" {
	plan-init ../other >/dev/null
	echo nothing >../other/plan.yaml
	status 3 visit -nC ../other
	status 3 visit -nC../other
	plan-init ../third >/dev/null
	refused 2 visit --remark -C../third
	has "$err" 'a value that begins with -C is joined to its option with =' 'visit-add --help'
	[ -z "$(find ../third -name 'v-*')" ]
	status 0 visit --remark=-C../third
	has "$(cat "$output")" "note: '-C../third'"
}

@test "a limit on the size of files is like a full disk" {
	long=$(printf '长%.0s' $(seq 2000)) status 3 bash -c 'ulimit -f 1; visit-add "$@" --remark "$long"' - --at $AT "${VISIT[@]}"
	has "$err" 'cannot write: File too large [io]'
	[ -z "$(find . -type f -name '.duban-*')" ]
}

@test "a stream that the caller closed is not taken by a file" {
	status 3 sh -c 'visit-add "$@" >&-' - --at $AT "${VISIT[@]}"
	has "$err" 'cannot write to standard output'
	status 3 sh -c 'visit-add --file - <&-'
	has "$err" 'cannot read: Bad file descriptor'
	status 0 sh -c 'plan-init "$0" 2>&-' "$work/apart"
	diff -r "$work/apart/plan.yaml" plan.yaml
	status 0 visit-add --at $AT "${VISIT[@]}" 2>&-
}

@test "-h and -V go to stdout and end with 0" {
	local name
	for name in plan-init visit-add indicator-add; do
		status 0 $name --help
		has "$output" "Usage: $name" '--help'
		[ -z "$err" ]
		status 0 $name -h
		status 0 $name -V
		[[ $output =~ ^$name\ \(duban\)\ [0-9.]+$ ]]
		status 0 $name --version
	done
	cd / && status 0 visit-add --help
	has "$output" --enterprise
}

@test "a full disk behind stdout is an error, also after --help" {
	local name option
	for name in plan-init visit-add indicator-add; do
		for option in --help --version; do
			run bash -c "$name $option >/dev/full"
			[ "$status" = 3 ]
			has "$output" "$name: cannot write to standard output: No space left on device"
		done
	done
	run bash -c "visit-add --at $AT ${VISIT[*]} >/dev/full"
	[ "$status" = 3 ]
	has "$output" 'cannot write to standard output: No space left on device'
	status 0 record-check
	run bash -c "visit-add -n --at $AT ${VISIT[*]} >/dev/full"
	[ "$status" = 3 ]
}

@test "codes, labels and aliases are all taken; other words are told what there is" {
	local word
	for word in on-site 现场 实地走访 上门 ' 现 场 '; do
		status 0 visit -n --method "$word"
		has "$output" 'method: on-site'
	done
	refused 1 visit --method 拜访
	has "$err" "--method: error: 走访方式: 'method' cannot be '拜访' [enum]" \
		'allowed: on-site 现场, forum 座谈, phone 电话, online 线上, questionnaire 问卷'
	refused 1 visit --method phoen
	has "$err" "'phoen'"
}

@test "every fault is told, not the first alone" {
	refused 1 visit-add --at $AT --method x --focus 19 --credit-code 1
	has "$err" "走访企业名称: 'enterprise' is missing [required]" "企业反馈诉求: 'appeal' is missing" \
		"走访人: 'visitors' is missing" --method: --focus: --credit-code:
}

# --- --set ---

@test "--set takes any field by name, typed by the schema" {
	status 0 visit-add -n --at $AT --set indicator_type=政务服务 --set 'enterprise=甲=乙 公司' \
		--set appeal=无 --set visitors=张某 --set visitors=李某 --set method=座谈 --set focus=15 --set focus=16 \
		--set form_seq=3 --set date=2024-04-17 --set unit=灵台
	has "$output" 'indicator_type: government-services' 'enterprise: 甲=乙 公司' 'visitors: [张某, 李某]' \
		'method: forum' 'focus: [15, 16]' 'form_seq: 3' "date: '2024-04-17'" 'unit: lingtai'
	refused 1 visit --set form_seq=三
	has "$err" "--form-seq: error: 序号: 'form_seq' must be an integer, not '三' [type]"
	refused 1 visit --set note=
	has "$err" "备注: 'note' is blank"
}

@test "--set of no field, of nothing, of one twice, of what an option gives, of what is not the person's" {
	refused 1 visit --set remark=x
	has "$err" "did you mean 'note' 备注?"
	refused 2 visit --set =x
	refused 1 visit --set methd=现场
	has "$err" "--set: there is no field 'methd' [unknown-field]" "did you mean 'method' 走访方式?"
	refused 1 visit --set ../x=y
	refused 2 visit --set method
	has "$err" "--set takes FIELD=VALUE, not 'method'"
	refused 2 visit --set method=现场 --set method=电话
	has "$err" "'method' is set twice"
	refused 2 visit --method 现场 --set method=电话
	has "$err" "'method' is given by both --method and --set"
	refused 2 visit --date 2024-04-18 --set date=2024-04-17
	refused 2 visit --for lingtai --set unit=jingchuan
	local field
	for field in id=v-20240418-000000 entered=x entered.by=x; do
		refused 1 visit --set $field
		has "$err" "--set: '${field%%[.=]*}' is given by the program [not-yours]"
	done
	refused 1 visit --set kind=problem
	has "$err" "'kind' must be 'visit', not 'problem' [const]"
}

# --- --file ---

@test "--file takes many documents, from a file, a pipe or -, with labels and aliases" {
	printf '%s\n---\n%s\nunit: 灵台\nmethod: 座谈\n...\n' "$DOCUMENT" "$DOCUMENT" >"$work/in.yaml"
	status 0 visit-add --file "$work/in.yaml"
	[ "$(wc -l <<<"$output")" = 2 ]
	has "$(cat $(sed -n 1p <<<"$output"))" 'unit: jingchuan' 'indicator_type: government-services'
	has "$(cat $(sed -n 2p <<<"$output"))" 'unit: lingtai' 'method: forum' "date: '2024-04-18'"
	status 0 visit-add --file - <"$work/in.yaml"
	[ "$(wc -l <<<"$output")" = 2 ]
	status 0 visit-add --file <(cat "$work/in.yaml")
	[ "$(wc -l <<<"$output")" = 2 ]
	status 0 record-check
}

@test "a byte order mark and CR LF do no harm, and columns are right" {
	printf '\xef\xbb\xbf%s\n---\n%s\nsolution: |\n  一\n  二\n' "$DOCUMENT" "$DOCUMENT" | sed 's/$/\r/' >"$work/in.yaml"
	status 0 visit-add --file "$work/in.yaml"
	[ "$(wc -l <<<"$output")" = 2 ]
	status 0 record-check
	! grep -q $'\r' $output
	printf '\xef\xbb\xbfindicator: x\r\n' >"$work/in.yaml"
	refused 1 indicator-add --file "$work/in.yaml"
	has "$err" 'in.yaml:1:12: error: 指标:'
}

@test "what a document leaves open is the acting unit and the day of --at" {
	status 0 visit-add -n --at $AT --for 灵台 --file - <<<"${DOCUMENT%$'\n'*}"
	has "$output" 'unit: lingtai' "date: '2024-04-18'" 'unit: jingchuan, to: recorded'
}

@test "id and entered are the program's" {
	fault "id: v-20240418-aaaaaa\nentered: {by: 李某}\n" not-yours "in.yaml:1:1: error: 'id' is given by the program" \
		"in.yaml:2:1: error: 'entered' is given by the program"
}

@test "all documents are checked before the first is written, findings by line" {
	printf '%s\n---\n%s\nmethod: 拜访\nfocus: [1, 99]\n---\nenterprise: 乙\nunit: nowhere\n' \
		"$DOCUMENT" "$DOCUMENT" >"$work/in.yaml"
	refused 1 visit-add --file "$work/in.yaml"
	has "$err" "in.yaml:12:9: error: 走访方式: 'method' cannot be '拜访'" "in.yaml:13:12: error: 关联排查重点: item 2" \
		"in.yaml:15:1: error: 企业反馈诉求: 'appeal' is missing" "in.yaml:15:13: error: 走访企业名称:" \
		"in.yaml:16:7: error: 走访单位: 'unit': 'nowhere'"
	[ "$(grep -o 'in.yaml:[0-9]*' <<<"$err" | cut -d: -f2)" = "$(grep -o 'in.yaml:[0-9]*' <<<"$err" | cut -d: -f2 | sort -n)" ]
}

@test "--file goes with no field, no date and no form" {
	echo "$DOCUMENT" >"$work/in.yaml"
	local option
	for option in --method=现场 --set=method=现场 --date=2024-04-18; do
		refused 2 visit-add --file "$work/in.yaml" $option
		has "$err" '--file and options for fields exclude each other'
	done
	refused 2 visit-add --file "$work/in.yaml" --edit
	has "$err" '--file and --edit exclude each other'
}

@test "what is no record is refused with its place" {
	fault 'enterprise: 甲\nenterprise: 乙\n' duplicate-key in.yaml:2:1: "duplicate key 'enterprise'" 'stands first at line 1'
	fault 'enterprize: 甲\n' unknown-field in.yaml:1:1: "unknown field 'enterprize'" "did you mean 'enterprise' 走访企业名称?"
	fault 'kind: problem\n' const in.yaml:1:7: "'kind' must be 'visit'"
	fault 'appeal:\n' type in.yaml:1:8: "'appeal' must be a string, not null" 'the value is empty'
	fault 'visitors: 张某\n' type in.yaml:1:11: 'a list is written in brackets: [张某]'
	fault 'enterprise: 123\n' type in.yaml:1:13:
	fault '[甲, 乙]\n' type in.yaml:1:1: 'a document must be a map of fields'
	fault '甲\n' type 'a document must be a map of fields'
	fault '' empty 'holds no document'
	fault '# 只有注释\n---\n---\n' empty 'holds no document'
	fault 'a: b: c\n' yaml-syntax in.yaml:1:5: 'put the text in quotes'
	fault 'appeal: [一, 二\n' yaml-syntax 'seems to be cut off'
	fault '\tappeal: 一\n' tab in.yaml:1:1:
	fault '<<<<<<< HEAD\nappeal: 一\n' conflict-marker in.yaml:1:1:
	fault 'date: 2024-02-30\n' format in.yaml:1:7: "'date' is not a date: '2024-02-30'"
}

@test "a text that starts with a comma or a star says that it wants quotes" {
	fault 'appeal: ,一\n' yaml-syntax in.yaml:1:9: 'a text that starts with a comma or a bracket must be in quotes'
	fault 'appeal: *重要\n' yaml-syntax in.yaml:1:10: 'a text that starts with * or & must be in quotes'
	fault 'appeal: *a\n' anchor in.yaml:1:9: 'a text that starts with * or & must be in quotes'
	status 0 visit-add -n --file - <<<"$DOCUMENT"$'\nnote: ",一"\nsolution: "*二"'
	has "$output" "note: ',一'" "solution: '*二'"
}

@test "anchors, tags, merge keys, names that are lists, and depth are refused" {
	fault 'appeal: &a 一\n' anchor in.yaml:1:9:
	fault 'appeal: !!str 一\n' tag in.yaml:1:9:
	fault '<<: {appeal: 一}\n' merge-key in.yaml:1:1:
	fault '? [一]\n: 二\n' key in.yaml:1:3:
	fault "a: $(printf '[%.0s' $(seq 40))$(printf ']%.0s' $(seq 40))\n" too-deep in.yaml:1:35: 'nested too deeply'
}

@test "binary junk and other encodings are refused" {
	fault '\x00\x01\x02' binary in.yaml:1:1: 'this is not a text but binary data'
	fault 'enterprise: \xd5\xfe\xce\xf1\n' encoding in.yaml:1:13: 'looks like GB18030' 'iconv -f GB18030 -t UTF-8'
	fault '\xff\xfea\x00' encoding 'UTF-16' 'iconv'
	fault 'enterprise: 甲\xe4\xb8' encoding 'ends in the middle of a character'
	fault 'enterprise: 甲\x07\n' control-character in.yaml:1:14:
	fault 'enterprise: "甲\\u202e"\n' control-character in.yaml:1:13:
	head -c 4096 "$bin/visit-add" >"$work/in.yaml"
	refused 1 visit-add --file "$work/in.yaml"
	has "$err" '[binary]'
}

@test "a file of 100 MB ends soon, with a message" {
	local began=$SECONDS
	truncate -s 100M "$work/zero"
	refused 1 visit-add --file "$work/zero"
	has "$err" 'zero: error: the text is larger than 67108864 bytes [too-large]' 'split it'
	yes 'enterprise: 甲' | head -c 100M >"$work/text" || :
	refused 1 visit-add --file - <"$work/text"
	has "$err" '[too-large]'
	truncate -s 60M "$work/text"
	refused 1 visit-add --file "$work/text"
	has "$err" '[too-large]'
	rm "$work/zero" "$work/text"
	[ $((SECONDS - began)) -lt 20 ]
}

@test "a file that cannot be read is status 3" {
	refused 3 visit-add --file "$work/none.yaml"
	has "$err" 'none.yaml: error: cannot read: No such file or directory [io]'
	refused 3 visit-add --file ..
	has "$err" '..: error: cannot read: Is a directory'
}

@test "an I/O error leaves whole records, prints their paths and counts the missing" {
	local figure='{indicator: seal-rate, numerator: 1, denominator: 2, date: '
	mkdir jingchuan/observations
	: >jingchuan/observations/2024-05
	printf '%s\n---\n%s\n---\n%s\n' "$figure 2024-04-18}" "$figure 2024-05-18}" "$figure 2024-04-19}" >"$work/in.yaml"
	status 3 indicator-add --file "$work/in.yaml"
	[ -f "$output" ]
	has "$err" 'jingchuan/observations/2024-05/o-20240518-' 'cannot write: Not a directory [io]' \
		'a file or a symbolic link stands where a folder must be; links are not followed' '2 of 3 records were not written'
	[ "$(find jingchuan -name 'o-*' | wc -l)" = 1 ]
}

@test "killed in the middle, it leaves whole records, every printed one among them" {
	local i pid
	for i in $(seq 3000); do
		printf '%s\n---\n' "$DOCUMENT"
	done >"$work/in.yaml"
	: >"$work/out"
	visit-add --file "$work/in.yaml" >"$work/out" 2>/dev/null &
	pid=$!
	while [ "$(wc -l <"$work/out")" -lt 20 ]; do
		kill -0 $pid
		sleep 0.05
	done
	kill -KILL $pid
	wait $pid || :
	# the last line may be cut short
	[ "$(wc -l <"$work/out")" -lt 3000 ]
	head -n -1 "$work/out" | xargs ls >/dev/null
	status 0 record-check --tidy
	[ "$(find jingchuan -name 'v-*' | wc -l)" -ge "$(wc -l <"$work/out")" ]
}

# --- --edit ---

# editor LINES: a script that gets the form as $1 and the number of the round as $n
editor() {
	{
		echo '#!/bin/sh'
		echo 'n=$(($(cat "$0.n" 2>/dev/null || echo 0) + 1)); echo $n >"$0.n"; cp "$1" "$0.$n"'
		echo "$1"
	} >"$work/editor"
	chmod +x "$work/editor"
	rm -f "$work"/editor.*
	export EDITOR=$work/editor
}

left() {
	ls "$work"/duban-*.yaml* 2>/dev/null
}

FILL='sed -i "s/^indicator_type:/& 政务服务/; s/^enterprise:/& 示例甲/; s/^appeal:/& 无/; s/^visitors:/& [张某]/" "$1"'

@test "--edit opens a form with labels and choices and writes what was filled in" {
	editor "$FILL"
	status 0 visit-add --edit --at $AT
	has "$(cat "$output")" 'enterprise: 示例甲' 'indicator_type: government-services' "date: '2024-04-18'"
	has "$(cat "$work/editor.1")" '# 走访企业名称 Enterprise *' 'enterprise:' \
		'#   on-site 现场, forum 座谈, phone 电话' '#   allowed: market-access 市场准入, government-services 政务服务' date:
	[ -z "$(left)" ]
	status 0 record-check
}

@test "the form holds what options said; VISUAL goes before EDITOR, and may have options" {
	editor "$FILL"
	printf '#!/bin/sh\nshift; exec %s "$@"\n' "$work/editor" >"$work/visual"
	chmod +x "$work/visual"
	VISUAL="$work/visual -x" EDITOR=false status 0 visit-add -n --edit --at $AT --method 座谈 --date 2024-04-17
	has "$output" 'method: forum' "date: '2024-04-17'"
	has "$(cat "$work/editor.1")" 'method: forum' "date: '2024-04-17'"
}

@test "with a fault the form opens again with the findings as comments, what was typed below" {
	editor 'case $n in
		1) printf "# 我的\nenterprise: 示例甲\nappeal: 一\nvisitors: 张某\nmethod: 拜访\n" >"$1" ;;
		2) sed -i "s/: 张某/: [张某]/; s/拜访/电话/; \$a indicator_type: 政务服务" "$1" ;;
		esac'
	status 0 visit-add --edit --at $AT
	has "$(cat "$output")" 'method: phone' 'visitors: [张某]'
	has "$(cat "$work/editor.2")" "#! error: line 5: 走访指标类型: 'indicator_type' is missing" \
		"'visitors' must be a list" "'method' cannot be '拜访'" 'on-site 现场' $'\n# 我的\nenterprise: 示例甲\n'
	# the line numbers are those of the form as it is seen
	local line
	line=$(sed -n "s/.*error: line \([0-9]*\): 走访方式.*/\1/p" "$work/editor.2")
	has "$(sed -n "${line}p" "$work/editor.2")" 'method: 拜访'
	[ -z "$(left)" ]
}

@test "a form left as it was writes nothing and leaves nothing" {
	editor :
	refused 1 visit-add --edit --at $AT
	has "$err" 'the form was not changed: nothing is written [edit]'
	[ -z "$(left)" ]
	editor ': >"$1"'
	refused 1 visit-add --edit --at $AT
	has "$err" 'the form is empty: nothing is written'
	[ -z "$(left)" ]
}

@test "an editor that fails writes nothing; nothing typed is lost" {
	editor 'exit 1'
	refused 1 visit-add --edit --at $AT
	has "$err" 'the editor failed: nothing is written [edit]'
	[ -z "$(left)" ]
	editor 'rm "$1"'
	status 3 visit-add --edit --at $AT
	has "$err" 'cannot read the form'
	lacks "$err" 'what was typed'
	EDITOR=/nonexistent/editor refused 1 visit-add --edit --at $AT
	[ -z "$(left)" ]
	editor 'echo "appeal: 写了很久" >"$1"; exit 1'
	refused 1 visit-add --edit --at $AT
	has "$err" "what was typed is in $work/duban-"
	has "$(cat "$work"/duban-*.yaml)" 写了很久
}

@test "a fault that is given up keeps what was typed" {
	editor '[ $n -gt 1 ] || echo "appeal: 写了: 很久" >"$1"'
	refused 1 visit-add --edit --at $AT
	has "$err" 'not changed' "what was typed is in $work/duban-"
	has "$(cat "$work"/duban-*.yaml)" '写了: 很久'
}

@test "a form that cannot be written as a record is kept" {
	editor "$FILL"
	: >jingchuan/visits
	status 3 visit-add --edit --at $AT
	has "$err" 'jingchuan/visits: error: no regular file or folder has this name' "note: what was typed is in $work/duban-"
	has "$(cat "$work"/duban-*.yaml)" '示例甲'
	[ "$(stat -c %a "$work"/duban-*.yaml)" = 600 ]
}

@test "a form in another encoding is told so and kept byte by byte" {
	printf 'appeal: \xd5\xfe\xce\xf1\nnote: \x00 x\nsolution: y' >"$work/typed"
	editor '[ $n -gt 1 ] || cp "${0%/*}/typed" "$1"'
	refused 1 visit-add --edit --at $AT
	has "$err" 'not changed' "what was typed is in $work/duban-"
	has "$(head -n 1 "$work"/duban-*.yaml)" '#! error:'
	tail -n +2 "$work"/duban-*.yaml | cmp - "$work/typed"
}

# --- the folder's schemas ---

schema() {
	mkdir -p schemas
	cat >schemas/visit.yaml
}

@test "a field that the folder adds is at once an option, a line of help, a check and a column" {
	schema <<-END
		\$ref: 'duban:visit'
		required: [street]
		properties:
		  street: {title: 街道, x-en: Street, type: string, enum: [east, west], x-labels: {east: 东街, west: 西街}}
		  floors: {title: 楼层, \$ref: 'duban:common#/\$defs/figure', minimum: 1}
		  chain: {title: 连锁, type: boolean}
		  shop: {title: 门店, type: object, additionalProperties: false, properties: {area: {type: integer}, kind: {type: string}}}
	END
	status 0 visit-add --help
	has "$output" '--street' 'Street 街道: east 东街, west 西街' '--floors=NUM' '--chain=YES|NO'
	lacks "$output" --shop
	refused 1 visit
	has "$err" "街道: 'street' is missing [required]"
	refused 1 visit --street north --floors 0 --chain 也许
	has "$err" "--street: error: 街道: 'street' cannot be 'north'" 'allowed: east 东街, west 西街' --floors: --chain:
	status 0 visit --street 东街 --floors 3 --chain 是 --set shop.area=40 --set shop.kind=超市
	has "$(cat "$output")" $'street: east\nfloors: 3\nchain: true\nshop: {area: 40, kind: 超市}\nentered:'
	refused 1 visit --street 东街 --set shop.rooms=2
	has "$err" "there is no field 'shop.rooms'"
	status 0 visit-add --file - <<<"$DOCUMENT"$'\nstreet: 西街'
	status 0 record-check
	status 0 record-list visit --fields street,floors --format tsv
	has "$output" $'east\t3' $'west\t'
}

@test "such a field is known with -C and --directory too" {
	echo 'properties: {street: {type: string}}' | schema
	cd ..
	status 0 visit -n -C rf --street 东街
	status 0 visit -n --directory rf --street 东街
	status 0 visit -n --directory=rf --street 东街
	status 0 visit -n -Crf --street 东街
}

@test "the folder tightens and never loosens" {
	schema <<-END
		required: [solution]
		properties:
		  method: {enum: [phone, letter]}
		  entered: {properties: {by: {maxLength: 2}, to: {enum: [recorded, closed]}}, additionalProperties: true}
	END
	refused 1 visit
	has "$err" "诉求解决方案: 'solution' is missing"
	refused 1 visit --solution 一 --method on-site
	refused 1 visit --solution 一 --method letter
	refused 1 visit --solution 一 --by 欧阳某
	has "$err" '--by: error'
	status 0 visit --solution 一 --method phone
}

@test "the folder cannot open a record to any name" {
	local text
	for text in 'additionalProperties: true' 'unevaluatedProperties: true' 'patternProperties: {x: true}' \
		'allOf: [{additionalProperties: true}]' 'if: true
then: {additionalProperties: true}' '$ref: "duban:visit"
additionalProperties: true'; do
		schema <<<"$text"
		refused 1 visit-add --file - <<<"$DOCUMENT"$'\nextra: 一'
		has "$err" "-:6:1: error: unknown field 'extra' [unknown-field]" || { echo "$text"; return 1; }
		[ "$(grep -c error: <<<"$err")" = 1 ]
		status 0 visit-add -n --file - <<<"$DOCUMENT"
	done
}

@test "a field whose option is there already is an error of the schema" {
	local option
	for option in enterprise by dry-run help directory; do
		echo "properties: {street: {type: string, x-option: $option}}" | schema
		refused 3 visit
		has "$err" "schemas/visit.yaml: error: the field 'street' makes the option '--$option', which is there already [option]" x-option
	done
	echo "properties: {street: {type: string, x-option: false}}" | schema
	status 0 visit -n --set street=东街
	has "$output" 'street: 东街'
}

@test "a schema that cannot be read is status 3, with its place" {
	schema <<<'type: ['
	refused 3 visit
	has "$err" 'schemas/visit.yaml:2:1: error:' '[yaml-syntax]'
	schema <<<'type: strin'
	refused 3 visit
	has "$err" "schemas/visit.yaml:1:7: error: 'type' does not know 'strin'"
	cd lingtai
	refused 3 visit
	has "$err" "../schemas/visit.yaml:1:7: error:"
	cd ..
	rm schemas/visit.yaml
	ln -s "$work/x" schemas/visit.yaml
	refused 3 visit
	has "$err" 'schemas/visit.yaml: error: this is no regular file; symbolic links are not followed'
	rm -r schemas
	mkdir "$work/other"
	ln -s "$work/other" schemas
	refused 3 visit
}

# --- the folder ---

@test "a link where a folder belongs is not followed" {
	mkdir "$work/out"
	ln -s "$work/out" lingtai/visits
	refused 3 visit --for lingtai
	has "$err" 'lingtai/visits: error: no regular file or folder has this name' 'links are not followed'
	rm lingtai/visits
	mkdir lingtai/visits
	ln -s "$work/out" lingtai/visits/2024-04
	refused 3 visit --for lingtai
	has "$err" 'links are not followed'
	mv lingtai "$work/lingtai"
	ln -s "$work/lingtai" lingtai
	refused 3 visit --for lingtai
	has "$err" "the folder of unit 'lingtai' is not here [not-here]" symbolic
	[ -z "$(ls "$work/out")" ]
	[ -z "$(find "$work/lingtai" -name 'v-*')" ]
}

@test "a unit whose folder is not here gets none by the way" {
	rm -r lingtai
	refused 3 visit --for lingtai
	has "$err" "the folder of unit 'lingtai' is not here [not-here]"
	[ ! -e lingtai ]
	refused 3 visit-add --file - <<<"$DOCUMENT"$'\n---\n'"$DOCUMENT"$'\nunit: 灵台'
	has "$err" "-:7:1: error: the folder of unit 'lingtai' is not here"
	status 0 visit
}

@test "no record folder is status 3 and says what to do" {
	cd /
	refused_nothing() { status "$@" && [ -z "$output" ]; }
	refused_nothing 3 visit
	has "$err" 'no record folder: no plan.yaml here or above [no-record-folder]' '-C DIR' '$DUBAN_DIR' 'plan-init DIR'
	refused_nothing 3 visit -C "$work/none"
	has "$err" "$work/none: error: cannot open the folder: No such file or directory"
	refused_nothing 3 visit -C "$work"
	DUBAN_DIR=$work/none refused_nothing 3 visit
	cd "$work/rf"
	mv plan.yaml ../plan.yaml
	ln -s ../plan.yaml plan.yaml
	refused 3 visit
	rm plan.yaml
	mkdir plan.yaml
	refused 3 visit
}

@test "a broken plan is status 3 with its place" {
	cp plan.yaml "$work/plan.yaml"
	plan() {
		sed "$1" "$work/plan.yaml" >plan.yaml
		refused 3 visit || return 1
		shift
		has "$err" "$@"
	}
	plan 's/^duban: 1/duban: 2/' 'plan.yaml:13:8: error: the folder has format 2, newer than 1 [newer-format]' 'install a newer duban'
	plan 's/^duban: 1/duban: 一/' plan.yaml:13:8: 格式版本 '[type]'
	plan '/^duban: 1/d' "格式版本: 'duban' is missing"
	plan 's/^owner:.*/ownr: pingliang/' "unknown field 'ownr'" "did you mean 'owner' 方案管理单位?" "'owner' is missing"
	plan 's/^owner:.*/owner: nobody/' "'nobody' is no unit of the plan"
	plan 's/^owner:.*/&\n&/' "duplicate key 'owner'"
	plan '80,$d' "'groups' is missing [required]"
	plan '80{s/.*/x: [/;q}' plan.yaml:81:1: '[yaml-syntax]' 'seems to be cut off'
	: >plan.yaml
	refused 3 visit
	has "$err" 'plan.yaml:1:1: error: the file is empty [empty]'
	head -c 5000 /dev/urandom >plan.yaml
	refused 3 visit
	has "$err" 'plan.yaml:' error:
	truncate -s 100M plan.yaml
	refused 3 visit -C ../rf
	has "$err" '../rf/plan.yaml: error: the file is larger than 16777216 bytes [too-large]'
}

# --- names ---

@test "with \$DUBAN_SEED the same commands make the same names, and no two files the same one" {
	local i visit
	for i in a b; do
		DUBAN_SEED=one visit >"$work/$i"
		DUBAN_SEED=one visit --remark 二 >>"$work/$i"
		visit=$(head -n 1 "$work/$i")
		DUBAN_SEED=one rectify-status "$visit" --at 2024-04-19T09:00:00+08:00 --note 核对 >>"$work/$i"
		mkdir "$work/$i.tree"
		mv jingchuan "$work/$i.tree"
		mkdir jingchuan
		: >jingchuan/.keep
	done
	diff -r "$work/a.tree" "$work/b.tree"
	[ "$(sort -u "$work/a" | wc -l)" = 3 ]
	# what is written decides, and so does the seed
	status 0 visit-add -n --at $AT "${VISIT[@]}"
	[ "$(sed -n 's/^id: //p' <<<"$output")" != "$(DUBAN_SEED=one visit -n | sed -n 's/^id: //p')" ]
	[ "$(DUBAN_SEED=two visit -n)" != "$(DUBAN_SEED=one visit -n)" ]
	# the very same once more gets a name of its own
	DUBAN_SEED=one visit >"$work/first"
	DUBAN_SEED=one visit >"$work/second" 2>/dev/null
	[ "$(cat "$work/first")" = "$(head -n 1 "$work/a")" ]
	[ "$(cat "$work/first")" != "$(cat "$work/second")" ]
	status 0 record-check
}

@test "a folder that may not be written is status 3, and the form of --edit stays" {
	local run=()
	if [ "$(id -u)" = 0 ]; then
		# root may write everywhere; another user must be able to run the programs
		run=(setpriv --reuid 65534 --regid 65534 --clear-groups)
		"${run[@]}" "$bin/visit-add" -V >/dev/null 2>&1 || skip 'root may write everywhere, and no other user can run the programs'
	fi
	chmod 755 "$work" "$work/rf"
	mkdir -m 777 "$work/tmp"
	chmod -R a-w,a+rX "$work/rf"
	export TMPDIR=$work/tmp
	refused 3 "${run[@]}" "$bin/visit-add" --at $AT "${VISIT[@]}"
	has "$err" 'jingchuan/visits/2024-04/v-20240418-' 'cannot write: Permission denied [io]'
	refused 3 "${run[@]}" "$bin/visit-add" --file - <<<"$DOCUMENT"
	editor "$FILL"
	chmod 777 "$work"
	refused 3 "${run[@]}" "$bin/visit-add" --at $AT --edit
	has "$err" "note: what was typed is in $work/tmp/duban-"
	has "$(cat "$work/tmp"/duban-*.yaml)" 'enterprise: 示例甲'
}
