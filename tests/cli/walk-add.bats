# walk-add: walkthroughs of a matter (annex 2). What all writers share is in writer.bats.
load common

make_more() {
	folder
	as jingchuan 张某
}

walk() {
	tried --method 窗口 "$@"
}

tried() {
	walk-add --at 2024-05-20T16:00:00+08:00 --experiencer 王某 --matter 开办餐馆“一件事” "$@"
}

@test "T144 the record of the contract" {
	status 0 walk --position 首席代表 --finding 自助终端不支持电子营业执照登录 --suggestions 升级终端 --focus 16
	[[ $output =~ ^jingchuan/walkthroughs/2024-05/(w-20240520-[0-9a-hjkmnp-tv-z]{6})\.yaml$ ]]
	diff "$output" - <<-END
		kind: walkthrough
		id: ${BASH_REMATCH[1]}
		unit: jingchuan
		date: '2024-05-20'
		experiencer: 王某
		position: 首席代表
		matter: 开办餐馆“一件事”
		method: window
		findings: [自助终端不支持电子营业执照登录]
		suggestions: 升级终端
		focus: [16]
		entered: {at: '2024-05-20T16:00:00+08:00', by: 张某, unit: jingchuan, to: recorded}
	END
	status 0 record-check --strict
}

@test "T025 a chief representative is one of a hall; of another unit it is a warning" {
	status 0 walk -n --finding 无 --position 首席代表 --unit bigdata-center
	has "$err" '--position: warning: people in this capacity belong to other units [role]'
	status 0 walk -n --finding 无 --position 首席代表
	[ -z "$err" ]
	status 0 walk -n --finding 无 --position 科长 --unit bigdata-center
	[ -z "$err" ]
}

@test "T145 T146 T148 T150 what must be there is asked for by its label" {
	status 1 walk-add --date 2024-05-20
	has "$err" "体验人: 'experiencer' is missing [required]" "体验事项: 'matter' is missing" \
		"体验方式: 'method' is missing" "发现问题: 'findings' is missing"
	status 1 walk --finding 无 --date '年 月 日'
	has "$err" '--date: error: 日期:'
	[ -z "$(find . -name 'w-*')" ]
}

@test "T147 T151 position and suggestions may be left out" {
	status 0 walk --finding 无
	lacks "$(cat "$output")" position suggestions
	status 0 record-check --strict
}

@test "T149 every way of trying, by code, label and another word; the words of the form are kept beside it" {
	local given code
	while read -r given code; do
		status 0 tried -n --finding 无 --method "$given"
		has "$output" "method: $code"
	done <<-END
		window window
		线下窗口 window
		线下 window
		网上 online
		甘快办APP app
		自助终端 terminal
		12345 hotline
		电话 phone
		全程陪同 accompany
	END
	status 0 walk -n --finding 无 --method-text 先网上预审，再到窗口取证
	has "$output" 'method_text: 先网上预审，再到窗口取证'
	status 1 tried -n --finding 无 --method 信函
	has "$err" "--method: error: 体验方式: 'method' cannot be '信函' [enum]" 'window 线下窗口'
}

@test "T150 several findings are several entries, 无 stands alone" {
	status 0 walk --finding 材料重复提交 --finding $'排队\n两次'
	has "$(cat "$output")" 'findings: [材料重复提交, "排队\n两次"]'
	status 1 walk --finding 材料重复提交 --finding 无
	has "$err" "--finding: error: 发现问题: 'findings' has 2 items, at most 1"
	status 1 walk --finding 材料重复提交 --finding 材料重复提交
	has "$err" 'unique-items'
	status 1 walk --finding ''
	has "$err" 'min-items'
	status 1 walk --finding ' '
	has "$err" 'is blank'
}

@test "T117 a walkthrough outside the campaign, or on a day without work, is a warning" {
	status 0 walk-add -n --at 2024-04-10T09:00:00+08:00 --experiencer 王某 --matter a --method 网上 --finding 无
	has "$err" '[before-campaign]'
	status 0 walk -n --finding 无 --date 2024-05-02
	has "$err" '[no-workday]'
}

@test "focus points and problems must be there" {
	status 1 walk --finding 无 --focus 19
	has "$err" '--focus: error:' '[maximum]'
	status 1 walk --finding 无 --problem p-20240410-000009
	has "$err" '[unknown-record]'
	status 0 walk --finding 无 --problem 000001
	has "$(cat "$output")" 'problems: [p-20240410-000001]'
}

@test "a finding becomes a problem: the only one, the one that --finding names, else the suggestion" {
	status 0 walk --finding 材料重复提交 --suggestions 共享材料 --focus 16
	status 0 problem-log --source "$output"
	has "$(cat "$output")" 'title: 材料重复提交' 'description: 材料重复提交' 'origin: walkthrough' \
		'focus: [16]' "date: '2024-05-20'" 'unit: jingchuan'

	status 0 walk --finding 材料重复提交 --finding 终端无法登录
	local walk=$output
	status 1 problem-log --source "$walk"
	has "$err" 'has 2 findings [finding]' 'choose one with --finding N'
	status 0 problem-log --source "$walk" --finding 2
	has "$(cat "$output")" 'description: 终端无法登录' "sources: [$(basename "$walk" .yaml)/2]"
	status 1 problem-log --source "$walk" --finding 2
	has "$err" '[has-problem]'
	status 0 problem-log --source "$walk" --finding 1
	status 1 problem-log --source "$walk" --finding 3
	has "$err" 'the last finding is number 2'

	status 0 walk --finding 无 --suggestions 增设指引
	status 0 problem-log --source "$output"
	has "$(cat "$output")" 'description: 增设指引'
	status 0 walk --finding 无
	status 1 problem-log --source "$output"
	has "$err" 'the record names no problem [no-finding]'
}
