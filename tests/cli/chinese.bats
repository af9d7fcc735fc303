# Messages in Chinese where the reader's language is Chinese; reports are the same in any language.

load common

make_more() {
	folder
	as jingchuan 张某
}

# a Chinese locale need not be installed: LANGUAGE suffices beside any other than C
chinese() {
	LANGUAGE=zh_CN LC_ALL=C.UTF-8 "$@"
}

english() {
	LANGUAGE=zh_CN LC_ALL=C "$@"
}

@test "the catalogue lies in the tree of the programs" {
	[ -f "$bin/../share/locale/zh_CN/LC_MESSAGES/duban.mo" ]
}

@test "a visit that lacks fields is refused in Chinese" {
	status 1 chinese visit-add --enterprise 示例甲商贸有限公司
	[ -z "$output" ]
	has "$err" "visit-add: 错误: 企业反馈诉求: 缺少'appeal' [required]" \
		"错误: 走访人: 缺少'visitors' [required]"
	lacks "$err" error missing
}

@test "also where the locale is not installed" {
	unset LC_ALL
	LANG=zh_CN.UTF-8 status 1 visit-add --enterprise 示例甲商贸有限公司
	has "$err" "缺少'appeal' [required]"
	LANG=C.UTF-8 LC_MESSAGES=zh_CN.UTF-8 status 1 visit-add --enterprise 示例甲商贸有限公司
	has "$err" "缺少'appeal' [required]"
	LANG=zh_CN.UTF-8 LC_ALL=nosuch status 1 visit-add --enterprise 示例甲商贸有限公司
	has "$err" "'appeal' is missing [required]"
}

@test "and in English with LC_ALL=C, whatever LANGUAGE says" {
	status 1 english visit-add --enterprise 示例甲商贸有限公司
	has "$err" "visit-add: error: 企业反馈诉求: 'appeal' is missing [required]"
	lacks "$err" 错误 缺少
}

@test "hints, usage errors and warnings are Chinese" {
	status 1 chinese visit-add --enterprise 示例 --appeal 无 --visitor 张某 \
		--indicator-type government-services --method onsite
	has "$err" '提示: 是不是“on-site”（现场）？'
	status 2 chinese visit-add --enterprse 示例
	has "$err" '未知选项“--enterprse”；是不是“--enterprise”？' '用法见“visit-add --help”'
	status 1 chinese rectify-status p-20240410-000001 --to closed
	has "$err" '不能变更为“closed 已销号”' '目前可变更为：rectifying 整改中'
}

@test "arguments whose order changes stand where they belong" {
	cat >visits.yaml <<-'END'
		indicator_type: government-services
		enterprise: 示例甲商贸有限公司
		appeal: 无
		visitors: [张某, 3]
	END
	status 1 chinese visit-add --file visits.yaml
	has "$err" "visits.yaml:4:16: 错误: 走访人: 'visitors'的第 2 项应为文本，不能是 3 [type]"
}

@test "what libyaml says is Chinese too" {
	local text
	for text in 'a: [' 'a: *' 'a: @b' 'a: b: c' 'a: "b' 'a: {b' '- a\nb: c' 'a: "\\q"' '&' 'a\nb: c' 'a: ]' '%X' 'a: |0\n b' '"a" b: c' "a: 'b" '? - a' '[a: b' 'a: !<x' 'a: "\\xg"' 'a:\n\t- b' '--- a\n...b'; do
		printf '%b\n' "$text" >in.yaml
		status 1 chinese visit-add --file in.yaml
		has "$err" 错误
		if grep -E '(did|could) not|found|allowed|while|expected' <<<"$err"; then
			echo "of: $text"
			return 1
		fi
	done
}

@test "--help is Chinese and without the head of the catalogue" {
	for name in visit-add indicator-report record-list rectify-status; do
		status 0 chinese "$name" --help
		has "$output" 通用选项 显示本帮助
		lacks "$output" Content-Type Project-Id-Version 'give this help list'
	done
}

@test "reports are the same bytes in both" {
	visit-add --date 2024-04-18 --enterprise 示例甲商贸有限公司 --appeal 无 --visitor 张某 \
		--indicator-type government-services >/dev/null
	indicator-add --date 2024-05-06 --indicator seal-rate --numerator 24999 --denominator 25000 \
		>/dev/null
	while read -r report; do
		# shellcheck disable=SC2086
		chinese $report --as-of 2050-01-01 >"$work/zh"
		# shellcheck disable=SC2086
		english $report --as-of 2050-01-01 >"$work/en"
		cmp "$work/zh" "$work/en" || { echo "$report"; false; }
		[ -s "$work/zh" ]
	done <<-'END'
		rectify-status
		rectify-status --explain
		rectify-status --format csv
		rectify-status --format json
		rectify-status p-20240410-000001
		rectify-status p-20240410-000001 --format json
		indicator-report
		indicator-report --format json
		indicator-report --format csv
		indicator-report --indicator seal-rate --by-unit
		indicator-report --indicator seal-rate --series
		record-list problem
		record-list problem --format csv
		record-list visit --format jsonl
		record-list visit --format table
	END
}
