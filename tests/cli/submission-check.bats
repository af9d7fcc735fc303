# submission-check: what each unit still owes for the hand-in of its evidence (plan L70).
load common

make_more() {
	folder
	as jingchuan 张某
}

visit() { # UNIT
	visit-add --at 2024-05-20T10:00:00+08:00 --unit "$1" --indicator-type 政务服务 --visitor 张某 --enterprise "示例${2:-甲}" --appeal 无
}

walk() { # UNIT
	walk-add --at 2024-05-20T10:00:00+08:00 --unit "$1" --experiencer 王某 --matter 开办餐馆 --method 网上 --finding 无
}

# attach UNIT RECORD TYPE...: a file of each kind; the last one's path in $file
attach() {
	local unit=$1 record=$2 type event
	shift 2
	for type; do
		echo "$unit $record $type" >"$work/$type.txt"
		event=$(evidence-add "$record" "$work/$type.txt" --type "$type" --unit "$unit" 2>/dev/null)
		file=$(sed -n 's/.*file: \([^,]*\),.*/\1/p' "$event")
	done
}

# owes UNIT: what the table says of one
owes() {
	submission-check --as-of 2030-01-01 --unit "$1" --format json | jq -r '.units[0] | "\(.state) \(.missing | join(",")) \(.owes)"'
}

@test "T126 T127 T128 when and to whom, by the plan" {
	status 1 submission-check --as-of 2024-08-05
	has "$output" '报送时限：2024-08-10' '方案原文：8月中旬前' '从宽时限：2024-08-20' '提醒日期：2024-08-09' '余天：5' \
		'接收单位：平凉市政务服务中心' '科室：政务服务管理科' '邮箱：plzwfwzx@163.com' \
		'该邮箱为互联网邮箱，不得发送涉密和敏感资料；本工具只列清单，不代为发送。'
	status 1 submission-check --as-of 2024-08-12
	has "$output" '余天：已过2天'
	status 1 submission-check --as-of 2024-08-10 --format json
	[ "$(jq -c '[.version, .as_of, .due, .due_lenient, .remind, .days_left, .recipient_unit, .recipient_desk, .mailbox]' <<<"$output")" = \
		'[1,"2024-08-10","2024-08-10","2024-08-20","2024-08-09",0,"pingliang","政务服务管理科","plzwfwzx@163.com"]' ]
	# the loose reading is the plan's to choose
	sed -i "s/^  due: '2024-08-10'/  due: '2024-08-20'/" plan.yaml
	status 1 submission-check --as-of 2024-08-12 --format json
	[ "$(jq -c '[.due, .days_left]' <<<"$output")" = '["2024-08-20",8]' ]
}

@test "T125 齐全 is one file of each of the three kinds for each track that was run" {
	[ "$(owes jingchuan)" = 'not-started  未开展走访和走流程；未登记报送' ]
	local visit walk
	visit=$(visit jingchuan)
	[ "$(owes jingchuan)" = 'incomplete visit/form,visit/photo,visit/summary 大走访缺登记表、活动照片、工作总结；未登记报送' ]
	attach jingchuan "$visit" form photo
	[ "$(owes jingchuan)" = 'incomplete visit/summary 大走访缺工作总结；未登记报送' ]
	walk=$(walk jingchuan)
	attach jingchuan "$walk" photo training
	[ "$(owes jingchuan)" = 'incomplete visit/summary,walkthrough/form,walkthrough/summary 大走访缺工作总结；走流程缺登记表、工作总结；未登记报送' ]
	attach jingchuan "$(visit jingchuan 乙)" summary
	attach jingchuan "$walk" form summary
	[ "$(owes jingchuan)" = 'complete  未登记报送' ]
	status 1 submission-check --unit jingchuan
	has "$output" '泾川县政务服务中心' 齐全 未报送 未登记报送
	submission-add --period 2024-final --at 2024-08-09T10:00:00+08:00 >/dev/null
	status 0 submission-check --unit jingchuan --as-of 2030-01-01
	[ "$(owes jingchuan)" = 'complete  null' ]
	grep -Eq '泾川县政务服务中心 +2 +1 +齐全 +2024-08-09 +无' <<<"$output"
	# what others owe is theirs
	status 1 submission-check
}

@test "what is in the hand-in serves both tracks; what is on paper is no file" {
	attach jingchuan "$(visit jingchuan)" photo
	local photo=$file submission
	walk jingchuan >/dev/null
	submission=$(submission-add --period 2024-final --at 2024-08-09T10:00:00+08:00 --item "活动照片=$photo" --item 登记表)
	[ "$(owes jingchuan)" = 'incomplete visit/form,visit/summary,walkthrough/form,walkthrough/summary 大走访缺登记表、工作总结；走流程缺登记表、工作总结' ]
	attach jingchuan "$submission" summary form
	status 0 submission-check --unit jingchuan
	# withdrawn, it is none
	rectify-status "$submission" --to withdrawn --note 误报 >/dev/null
	status 1 submission-check --unit jingchuan
	has "$output" 另有已撤回记录1条，不计入。 未登记报送
}

@test "the hand-in of a month is another; one after the due date is late" {
	attach jingchuan "$(visit jingchuan)" form photo summary
	submission-add --period 2024-07 --at 2024-07-31T10:00:00+08:00 >/dev/null
	[ "$(owes jingchuan)" = 'complete  未登记报送' ]
	submission-add --period 2024-final --at 2024-08-12T10:00:00+08:00 >/dev/null
	status 0 submission-check --unit jingchuan --as-of 2030-01-01
	has "$output" '2024-08-12（逾期）'
	status 0 submission-check --unit jingchuan --as-of 2030-01-01 --format json
	[ "$(jq -c '.units[0] | [.handed_in, .late]' <<<"$output")" = '["2024-08-12",true]' ]
	submission-add --period 2024-final --date 2024-08-10 --at 2024-08-13T10:00:00+08:00 >/dev/null
	status 0 submission-check --unit jingchuan --as-of 2030-01-01 --format json
	[ "$(jq -c '.units[0] | [.handed_in, .late]' <<<"$output")" = '["2024-08-10",false]' ]
}

@test "a file that is missing or was changed bars it, and is named" {
	local visit
	visit=$(visit jingchuan)
	attach jingchuan "$visit" form photo summary training
	submission-add --period 2024-final --at 2024-08-09T10:00:00+08:00 >/dev/null
	status 0 submission-check --unit jingchuan
	echo other >"$file"
	status 1 submission-check --unit jingchuan
	has "$output" 不齐全 '佐证文件缺失或被改动1个' 被改动 "$(basename "$visit" .yaml)"
	status 1 submission-check --unit jingchuan --format json
	[ "$(jq -c '.files' <<<"$output")" = "[{\"unit\":\"jingchuan\",\"record\":\"$(basename "$visit" .yaml)\",\"file\":\"$file\",\"state\":\"changed\"}]" ]
	rm "$file"
	status 1 submission-check --unit jingchuan --format json
	[ "$(jq -r '.files[].state' <<<"$output")" = missing ]
	[ "$(jq -c '.units[0] | [.state, .missing, .faults]' <<<"$output")" = '["incomplete",[],1]' ]
}

@test "a file that lies where nothing is checked out is not here, and nothing is said of it" {
	local visit
	visit=$(visit jingchuan)
	attach jingchuan "$visit" form
	sed -i 's/file: jingchuan/file: kongtong/' "${visit%.yaml}"_*.yaml
	rm -r kongtong
	status 3 submission-check --unit jingchuan
	has "$err" "the evidence '${file/jingchuan/kongtong}' is not here [not-here]"
	[ -z "$output" ]
}

@test "a file that an item names is held against its name" {
	attach jingchuan "$(visit jingchuan)" form photo summary
	submission-add --period 2024-final --at 2024-08-09T10:00:00+08:00 --item "工作总结=$file" >/dev/null
	status 0 submission-check --unit jingchuan
	echo other >"$file"
	status 1 submission-check --unit jingchuan --format json
	# told by the event and by the item
	[ "$(jq -r '.files[].record[:1]' <<<"$output" | sort | xargs)" = "m v" ]
}

@test "every unit that reports has a row; a unit's folder that is not here is named" {
	visit lingtai >/dev/null
	status 1 submission-check --format json
	[ "$(jq -r '.units[].unit' <<<"$output" | xargs)" = "pingliang kongtong jingchuan lingtai chongxin huating zhuanglang jingning industrial-park bigdata-center" ]
	[ "$(jq -c '[.units[] | select(.state != "not-started") | .unit]' <<<"$output")" = '["lingtai"]' ]
	status 1 submission-check --unit 市区政务服务中心 --format json
	[ "$(jq -r '.units[].unit' <<<"$output")" = city-hall ]
	rm -r kongtong city-hall
	status 3 submission-check
	has "$err" "the folder of unit 'kongtong' is not here" 'leave it out with --unit'
	lacks "$err" city-hall
	status 1 submission-check --unit jingchuan
	unset DUBAN_BY
	DUBAN_UNIT=kongtong status 1 submission-check --unit jingchuan
}

@test "as of a day: what was there by then" {
	attach jingchuan "$(visit jingchuan)" form
	status 1 submission-check --unit jingchuan --as-of 2024-05-19 --format json
	[ "$(jq -r '.units[].state' <<<"$output")" = not-started ]
	status 1 submission-check --unit jingchuan --as-of 2024-05-20 --format json
	[ "$(jq -c '.units[].missing' <<<"$output")" = '["visit/form","visit/photo","visit/summary"]' ]
}

@test "in every form, and nothing is sent" {
	visit jingchuan >/dev/null
	status 1 submission-check --unit jingchuan --as-of 2024-08-05 --format csv
	has "$output" '"泾川县政务服务中心","1","0","不齐全"' '大走访缺登记表、活动照片、工作总结；未登记报送'
	status 1 submission-check --unit jingchuan --format csv --encoding gb18030
	status 2 submission-check --format xml
	status 2 submission-check jingchuan
	status 1 submission-check --unit 泾州
	local before
	before=$(files)
	status 1 submission-check
	[ "$(files)" = "$before" ]
	[ "$(TZ=UTC LC_ALL=C submission-check --as-of 2024-08-05 | sha256sum)" = \
		"$(TZ=Asia/Tokyo LC_ALL=C.UTF-8 submission-check --as-of 2024-08-05 | sha256sum)" ]
}
