# personal data: warned of on entry, never told on, masked for readers with --redact. The numbers are
# invented: no region has the code 990000.
load common

ID=99000019900101005X

make_more() {
	folder
	as jingchuan 张某某
}

visit() {
	visit-add --at 2024-04-18T17:40:00+08:00 --indicator-type 政务服务 "$@"
}

@test "an ID number, a mobile number, an e-mail address is a warning, and never told on" {
	status 0 visit --enterprise 示例甲商贸有限公司 --visitor 张某某 --appeal "联系人$ID" --solution '电 199 0000 0000' --remark a@example.com
	has "$err" '--appeal: warning' 'number of an ID card [personal-data]' '--solution: warning' 'mobile number' \
		'--remark: warning' 'e-mail address' 'what git has once kept stays'
	[[ $err != *"$ID"* && $err != *0000* && $err != *example* ]]
	[ -f "$output" ]
}

@test "each kind of it in a text is named, each once" {
	status 0 visit --enterprise 示例甲商贸有限公司 --visitor 张某某 \
		--appeal "$ID，19900000000，19900000001，a@example.com"
	[ "$(grep -c 'number of an ID card' <<<"$err")" -eq 1 ]
	[ "$(grep -c 'mobile number' <<<"$err")" -eq 1 ]
	[ "$(grep -c 'e-mail address' <<<"$err")" -eq 1 ]
	[[ $err != *"$ID"* && $err != *1990* && $err != *example* ]]
}

@test "it is not told on in another fault's message, nor in its source line" {
	status 1 visit --enterprise 示例甲 --visitor 张某 --method "$ID" --appeal 无
	[[ $err != *"$ID"* ]]
	has "$err" '******************'
	printf 'indicator_type: 政务服务\nenterprise: 示例甲\nvisitors: [张某]\nappeal: %s\nmethod: %s\n' 无 "$ID" >in.yaml
	script -qec "visit-add --file in.yaml --at 2024-04-18T17:40:00+08:00" /dev/null >shown </dev/null || true
	! grep -q "$ID" shown
	grep -q '\*\*\*\*' shown
}

@test "events too, and what --set says" {
	status 0 visit --enterprise 示例甲商贸有限公司 --visitor 张某某 --appeal 无
	local visit=$output
	status 0 rectify-status "$visit" --at 2024-04-19T09:00:00+08:00 --note "打19900000000问"
	has "$err" '--note: warning' '[personal-data]'
	status 0 rectify-status "$visit" --at 2024-04-19T10:00:00+08:00 --set appeal="$ID"
	has "$err" 'warning' '[personal-data]'
	[[ $err != *"$ID"* ]]
}

@test "names of fields that hold codes and addresses of pages are not looked at" {
	status 0 inspect-add --point 1 --at 2024-05-10T10:00:00+08:00 --compiled 是 --published 是 \
		--publish-url https://example.org/19900000000
	[ -z "$err" ]
}

# a story with names in fields, lists, events, texts
story() {
	visit --enterprise 示例甲商贸有限公司 --visitor 张某某 --visitor 李某 --appeal "李某说找张某某，电话19900000000" >visit 2>/dev/null
	rectify-status "$(cat visit)" --at 2024-04-19T09:00:00+08:00 --by 王某 --note '王某已告知李某' >event
	rectify-status "$(cat visit)" --at 2024-04-20T09:00:00+08:00 --set solution=张某某已办结 --set visitors=赵某 >event
}

@test "--redact masks names in fields, events and texts, in every form" {
	local format
	story
	for format in text csv json; do
		status 0 rectify-status "$(cat visit)" --redact --format $format
		has "$output" '张*' '王*' '李*' '赵*'
		[[ $output != *张某* && $output != *王某* && $output != *李某* && $output != *赵某* && $output != *1990000* ]]
	done
	status 0 rectify-status "$(cat visit)"
	has "$output" 张某某 李某 王某 19900000000
	for format in tsv csv jsonl table; do
		status 0 record-list visit --redact --format $format --fields id,visitors,appeal,solution,entered
		[[ $output != *张某* && $output != *李某* && $output != *赵某* && $output != *1990000* ]]
		has "$output" '赵*'
	done
	status 0 record-list visit --redact --format jsonl
	[[ $output != *某* ]]
}

@test "--redact masks the name of a sole trader, not that of a company" {
	visit --enterprise 示例王某小吃店 --enterprise-kind 个体工商户 --visitor 张某 --appeal 无 >/dev/null
	visit --enterprise 示例甲商贸有限公司 --enterprise-kind 企业 --visitor 张某 --appeal 无 >/dev/null
	status 0 record-list visit --redact --fields enterprise --format tsv
	has "$output" '示*' 示例甲商贸有限公司
	[[ $output != *小吃店* ]]
}

@test "--redact changes no figure and no state" {
	status 0 rectify-status --as-of 2024-05-22 --format json
	local plain=$output
	status 0 rectify-status --as-of 2024-05-22 --format json --redact
	[ "$output" = "$plain" ]
	status 0 rectify-status p-20240410-000001 --explain --as-of 2024-05-22
	status 0 rectify-status p-20240410-000001 --explain --as-of 2024-05-22 --redact
	status 0 indicator-report --redact --as-of 2024-05-22
}
