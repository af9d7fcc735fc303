# record-import: tables of a hundred thousand rows.
load ../cli/common

make_more() {
	folder
	as pingliang 张某
}

# table N: the last row is wrong
table() {
	awk -v n="$1" 'BEGIN {
		print "序号,走访单位,走访日期,走访指标类型,走访企业名称,企业反馈诉求,诉求解决方案,走访人签名"
		for (i = 1; i <= n; i++)
			printf "%d,静宁,%s,政务服务,示例第%d号商贸有限公司,无,,周某\n", i, i == n ? "4.18" : "2024-05-20", i
	}'
}

import() {
	record-import --form annex-1 --at 2024-06-28T17:40:00+08:00 "$@"
}

@test "V84 a hundred thousand rows: the last is told, nothing is written, memory stays small" {
	table 100000 >big.csv
	(
		little_memory 250000
		status 1 import big.csv
		has "$err" "big.csv:100001:11: error: 走访日期: '4.18'" "99999 new, 0 there already, 0 changed, 0 twice, 1 wrong"
		[ "$(wc -l <<<"$err")" -le 6 ]
	)
	[ -z "$(find . -name 'v-*')" ]
}

# shown after half a second: as many rows as the machine needs for that
@test "progress on a terminal, and nowhere else" {
	local rows
	for rows in 60000 200000 600000; do
		table $rows >big.csv
		status 1 import -n big.csv
		lacks "$err" "of $rows records"
		script -qec "$(printf '%q ' "$bin/record-import" --form annex-1 --at 2024-06-28T17:40:00+08:00 big.csv)" out >/dev/null || true
		tr '\r' '\n' <out | grep -q "^[0-9]* of $rows records" && return
	done
	false
}
