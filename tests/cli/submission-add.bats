# submission-add: a unit's hand-in of its evidence (plan L70). What all writers share is in writer.bats.
load common

make_more() {
	folder
	as jingchuan 张某
}

submit() {
	submission-add --at 2024-08-09T10:00:00+08:00 "$@"
}

# attached NAME TYPE: a file of evidence on a visit; its path in $file
attached() {
	local visit event
	visit=$(visit-add --at 2024-05-20T10:00:00+08:00 --indicator-type 政务服务 --visitor 张某 --enterprise "示例$1" --appeal 无)
	echo "$1" >"$work/$1"
	event=$(evidence-add "$visit" "$work/$1" --type "$2" --at 2024-05-20T11:00:00+08:00 2>/dev/null)
	file=$(sed -n 's/.*file: \([^,]*\),.*/\1/p' "$event")
}

@test "the record of the contract" {
	status 0 submit --period 2024-final
	[[ $output =~ ^jingchuan/submissions/2024-08/(m-20240809-[0-9a-hjkmnp-tv-z]{6})\.yaml$ ]]
	diff "$output" - <<-END
		kind: submission
		id: ${BASH_REMATCH[1]}
		unit: jingchuan
		date: '2024-08-09'
		period: 2024-final
		entered: {at: '2024-08-09T10:00:00+08:00', by: 张某, unit: jingchuan, to: recorded}
	END
	status 0 record-check --strict
}

@test "T125 what was handed in, by kind and file; on paper without one" {
	attached 总结.txt 工作总结
	status 0 submit --period 2024-final --item "工作总结=$file" --item 登记表
	has "$(cat "$output")" "- {type: summary, evidence: $file}" '- {type: form}'
	status 0 record-check --strict
}

@test "a period is a month or the whole campaign of a year" {
	local period
	for period in 2024-05 2024-12 2024-final; do
		status 0 submit -n --period $period
	done
	for period in 2024 2024-13 2024-00 final 2024-W19 8月; do
		status 1 submit --period $period
		has "$err" '--period: error: 报送时段:'
	done
	status 1 submit
	has "$err" "报送时段: 'period' is missing"
}

@test "a file that is named lies there, in the unit's own folder" {
	status 1 submit --period 2024-final --item 照片=jingchuan/evidence/3f9a6c01d2e4.jpg
	has "$err" "error: the evidence 'jingchuan/evidence/3f9a6c01d2e4.jpg' is missing [evidence-missing]" 'evidence-add RECORD FILE'
	attached 照片.jpg.txt 照片
	status 1 submit --period 2024-final --item "照片=$file" --for lingtai
	has "$err" "--item: error: evidence lies in the folder of the record's unit, 'lingtai' [evidence-place]"
	status 1 submit --period 2024-final --item 照片=照片.jpg
	has "$err" '--item: error:' '[pattern]'
	status 1 submit --period 2024-final --item 合影
	has "$err" '--item: error: 资料类别:' 'form 登记表, photo 活动照片, summary 工作总结'
	[ -z "$(find . -name 'm-*')" ]
}

@test "record-check tells of a file that is gone" {
	attached 总结.txt 工作总结
	status 0 submit --period 2024-final --item "工作总结=$file"
	local record=$output
	rm "$file"
	status 1 record-check
	has "$output" "$record:7:" "error: the evidence '$file' is missing [evidence-missing]"
	# of a hand-in that was withdrawn only the event does
	status 0 rectify-status "$record" --to withdrawn --note 误报 --at 2024-08-10T10:00:00+08:00
	status 1 record-check
	lacks "$output" "$record:"
}
