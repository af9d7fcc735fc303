# What is added is whole, on the disk and named by one only, on file systems that can less than ours and
# with others at work; what killed commands left goes. tests/fault makes every call fail in turn.
load common
load stick

make_more() {
	folder
	as jingchuan 张某
	VISIT=(--at 2024-04-18T17:40:00+08:00 --indicator-type 政务服务 --enterprise 示例甲商贸有限公司 --appeal 无 --visitor 张某)
	echo 整改前后对照 >"$work/photo.txt"
	P=p-20240410-000002
	EVIDENCE=(--unit pingliang --by 周某 --type photo)
}

# no file system of Linux is so poor, those that FUSE brings may be
NO_FLAGS=FAULT_EVERY='renameat2=EINVAL'
NO_LINKS=FAULT_EVERY='renameat2=EINVAL linkat=EPERM'

lefts() {
	find . -name '.duban-*'
}

# write_all_kinds: a folder is made, a record, an event with evidence and the same evidence again
write_all_kinds() {
	local id
	"$@" plan-init there >/dev/null || return 1
	cd there || return 1
	id=$("$@" visit-add "${VISIT[@]}") || return 1
	[ -f "$id" ] || return 1
	"$@" evidence-add $P "$work/photo.txt" "${EVIDENCE[@]}" >/dev/null || return 1
	"$@" evidence-add $P "$work/photo.txt" "${EVIDENCE[@]}" >/dev/null || return 1
	[ "$(find . -path '*/evidence/*' -type f | wc -l)" = 1 ] || return 1
	[ "$(ls pingliang/problems/2024-04/$P* | wc -l)" = 3 ] || return 1
	[ -z "$(lefts)" ] || return 1
	status 0 record-check --evidence --strict
}

@test "without renaming flags, and without links too" {
	need_fault
	cd "$work"
	mkdir a b
	(cd a && write_all_kinds fault "$NO_FLAGS")
	(cd b && write_all_kinds fault "$NO_LINKS")
	diff <(find rf -type f ! -path '*/v-*' ! -path '*_*' | sed 's/^rf//' | sort) \
		<(cd b/there && find . -type f ! -path '*/v-*' ! -path '*_*' ! -path '*/evidence/*' | sed 's/^.//' | sort)
}

@test "a name that is taken is refused there too, whatever it is" {
	need_fault
	local digest way
	digest=$(sha256sum <"$work/photo.txt")
	mkdir pingliang/evidence
	for way in "$NO_FLAGS" "$NO_LINKS"; do
		echo other >"pingliang/evidence/${digest:0:12}.txt"
		status 1 fault "$way" evidence-add $P "$work/photo.txt" "${EVIDENCE[@]}"
		has "$err" '[evidence-taken]'
		[ "$(cat "pingliang/evidence/${digest:0:12}.txt")" = other ]
		rm "pingliang/evidence/${digest:0:12}.txt"
		ln -s nowhere "pingliang/evidence/${digest:0:12}.txt"
		status 1 fault "$way" evidence-add $P "$work/photo.txt" "${EVIDENCE[@]}"
		rm "pingliang/evidence/${digest:0:12}.txt"
	done
	[ -z "$(lefts)" ]
}

@test "many at once without links: nobody's file is lost" {
	need_fault
	local i
	for i in $(seq 20); do
		fault "$NO_LINKS" visit-add "${VISIT[@]}" >"$work/out.$i" 2>&1 &
	done
	wait
	cat "$work"/out.* | grep '^jingchuan/' | sort -u | xargs ls | wc -l >"$work/count"
	[ "$(cat "$work/count")" = 20 ]
	[ -z "$(lefts)" ]
}

@test "a stick with vfat" {
	mounted vfat 16M mkfs.vfat
	cd "$work/stick"
	write_all_kinds env
}

@test "a stick with vfat of a system that knows no renaming flags" {
	need_fault
	mounted vfat 16M mkfs.vfat
	cd "$work/stick"
	write_all_kinds fault "$NO_FLAGS"
}

@test "a stick with exfat" {
	mounted exfat 16M mkfs.exfat
	cd "$work/stick"
	write_all_kinds env
	lacks "$output" network-share
}

@test "many at once on a stick with exfat" {
	mounted exfat 16M mkfs.exfat
	local i
	cd "$work/stick"
	plan-init there >/dev/null 2>&1
	cd there
	for i in $(seq 20); do
		(for _ in 1 2 3 4 5; do visit-add "${VISIT[@]}"; done) >"$work/out.$i" 2>"$work/err.$i" &
	done
	for i in $(seq 8); do
		(rectify-status $P --to rectifying --unit pingliang --by "王$i" --wait 60 >/dev/null 2>&1 && echo won ||
			echo "lost $?") >"$work/moved.$i" &
	done
	record-check --tidy jingchuan >/dev/null
	wait
	! grep -h error: "$work"/err.*
	[ "$(cat "$work"/out.* | sort -u | xargs ls | wc -l)" = 100 ]
	[ "$(find . -name 'v-*.yaml' | wc -l)" = 100 ]
	[ "$(cat "$work"/moved.* | sort | uniq -c | xargs)" = '7 lost 1 1 won' ]
	[ -z "$(lefts)" ]
	status 0 record-check --strict
}

@test "a stick with exfat that is full" {
	mounted exfat 3M mkfs.exfat
	local i
	cd "$work/stick"
	plan-init there >/dev/null 2>&1
	cd there
	for i in $(seq 3000); do
		printf 'indicator_type: 政务服务\nenterprise: 示例%d\nappeal: 无\nvisitors: [张某]\ndate: 2024-04-18\n---\n' "$i"
	done >"$work/in.yaml"
	status 3 visit-add --file "$work/in.yaml"
	has "$err" 'cannot write: No space left on device [io]' ' of 3000 records were not written'
	[ "$(find . -name 'v-*.yaml' | wc -l)" = "$(wc -l <<<"$output")" ]
	head -c 3000000 /dev/zero >"$work/big.bin"
	status 3 evidence-add $P "$work/big.bin" "${EVIDENCE[@]}"
	has "$err" 'No space left on device'
	[ -z "$(find . -path '*/evidence/*' -type f)" ]
	[ -z "$(lefts)" ]
	status 0 record-check --strict
}

@test "what a killed command leaves on a stick with exfat is told and goes" {
	need_fault
	mounted exfat 16M mkfs.exfat
	local name
	cd "$work/stick"
	plan-init there >/dev/null 2>&1
	cd there
	# the second visit: its folder is there, so all calls are those of the first without mkdir
	visit-add "${VISIT[@]}" >/dev/null
	FAULT_LOG=$work/log fault visit-add "${VISIT[@]}" >/dev/null 2>&1
	status 137 fault FAULT_AT="$(grep '^#' "$work/log" | grep -n $'\tfsync\t.*/.duban-' | cut -d : -f 1)" FAULT_ERROR=KILL \
		visit-add "${VISIT[@]}"
	name=$(lefts)
	[ -n "$name" ]
	status 0 record-check
	has "$output" "${name#./}" '[left-over]'
	status 0 record-check --tidy
	[ -z "$(lefts)" ]
	status 0 record-check --strict
	[ "$(find . -name 'v-*.yaml' | wc -l)" = 2 ]
}

# full COMMAND...: to a disk that is full
full() {
	status 3 sh -c 'out=$1; shift; "$@" >"$out"' - "$work/stick/out" "$@"
	has "$err" 'No space left on device'
	rm "$work/stick/out"
}

@test "what a report or an export cannot write is told with the reason" {
	mounted_memory 64k
	local i format
	for i in $(seq 40); do visit-add "${VISIT[@]}"; done >/dev/null 2>&1
	dd if=/dev/zero of="$work/stick/filler" bs=1k count=60 2>/dev/null
	for format in text md html fodt csv json xlsx; do
		full dispatch-report --month 2024-04 --as-of 2024-05-22 --format $format
	done
	dd if=/dev/zero of="$work/stick/filler" bs=1k count=64 2>/dev/null
	full indicator-report --as-of 2024-05-22
	full rectify-status --as-of 2024-05-22
	full submission-check --as-of 2024-05-22
	full record-list visit
	full record-check
	full record-check --format json
	full record-export --sql
	full record-export --form annex-1 --format xlsx
	full dispatch-report --help
	status 3 record-export --form annex-1 -o "$work/stick/a.csv"
	has "$err" "cannot write $work/stick/a.csv: No space left on device"
	status 3 record-export --submission "$work/stick/handed-in" --unit jingchuan
	has "$err" 'No space left on device'
	LC_ALL=zh_CN.UTF-8 status 3 record-export --form annex-1 -o "$work/stick/a.csv"
	lacks "$err" '???'
	# parts of a workbook go to the folder for temporary files first
	for format in "dispatch-report --month 2024-04 --format xlsx" "record-export --form annex-1 --format xlsx"; do
		TMPDIR=$work/stick status 3 $format
		[ -z "$output" ]
		has "$err" 'cannot make the spreadsheet: No space left on device [io]' TMPDIR
	done
	TMPDIR=$work/stick status 3 record-export --form annex-1 -o "$work/a.xlsx"
	[ ! -e "$work/a.xlsx" ]
	[ "$(ls "$work/stick")" = "filler
handed-in" ]
}

@test "a workbook whose parts are cut short is none" {
	local i
	for i in $(seq 60); do visit-add "${VISIT[@]/示例甲商贸有限公司/示例$i}"; done >/dev/null 2>&1
	record-export --form annex-1 --format xlsx >"$work/a.xlsx"
	# its sheet is larger than may be written, it is not
	[ "$(wc -c <"$work/a.xlsx")" -lt 12000 ]
	[ "$(unzip -p "$work/a.xlsx" xl/worksheets/sheet1.xml | wc -c)" -gt 16384 ]
	status 3 bash -c 'ulimit -f 16; record-export --form annex-1 --format xlsx'
	[ -z "$output" ]
	has "$err" 'cannot make the spreadsheet'
}

@test "where folders cannot be locked, as on NFS, the record is" {
	need_fault
	local i nfs=FAULT_EVERY=flock-folder=EBADF
	exec 9<pingliang/problems/2024-04/$P.yaml
	flock 9
	status 75 fault "$nfs" rectify-status $P --to rectifying --unit pingliang --wait 0
	has "$err" '[busy]'
	exec 9<&-
	for i in 1 2 3 4 5 6 7 8; do
		(fault "$nfs" rectify-status $P --to rectifying --unit pingliang --by "王$i" --wait 60 && echo 0 ||
			echo "$?") >"$work/out.$i" 2>&1 &
	done
	wait
	[ "$(cat "$work"/out.* | grep -cx 0)" = 1 ]
	[ "$(cat "$work"/out.* | grep -cx 1)" = 7 ]
	[ "$(grep -l "$P is rectifying 整改中 and cannot become 'rectifying" "$work"/out.* | wc -l)" = 7 ]
	status 0 record-check --strict
	status 3 fault FAULT_EVERY='flock=ENOLCK' rectify-status $P --note 一 --unit pingliang
	has "$err" 'cannot lock' '[io]'
}

@test "an import waits there too; where nothing can be locked it says so" {
	need_fault
	local i nfs=FAULT_EVERY=flock-folder=EBADF
	printf '%s\n' 序号,走访单位,走访日期,走访指标类型,走访企业名称,企业反馈诉求,诉求解决方案,走访人签名 \
		1,静宁,2024-05-20,政务服务,示例甲店,无,,张某 2,静宁,2024-05-20,政务服务,示例乙店,无,,张某 >"$work/f.csv"
	exec 9<jingning/.keep
	flock 9
	status 75 fault "$nfs" record-import --form annex-1 --wait 0 "$work/f.csv"
	has "$err" '[busy]'
	exec 9<&-
	for i in 1 2 3; do
		fault "$nfs" record-import --form annex-1 --wait 60 "$work/f.csv" >"$work/out.$i" 2>"$work/err.$i" &
	done
	wait
	[ "$(cat "$work"/out.? | wc -l) $(cat "$work"/err.? | grep -c no-lock)" = "2 0" ]
	rm jingning/.keep
	sed 's/店/馆/' "$work/f.csv" >"$work/g.csv"
	status 0 fault "$nfs" record-import --form annex-1 "$work/g.csv"
	has "$err" "jingning: warning: the folder cannot be locked against another import" "[no-lock]"
	[ "$(wc -l <<<"$output")" = 2 ]
}

@test "a network share is told when a folder is made on one and when it is checked" {
	need_fault
	local type
	for type in 0x6969=NFS 0xff534d42=SMB 0xfe534d42=SMB 0x65735546=FUSE; do
		status 0 fault FAULT_STATFS=${type%=*} plan-init "$work/$type"
		has "$err" "plan-init: warning: the record folder lies on a network share (${type#*=}) [network-share]" 'duban(7)'
		[ "$(grep -c network-share <<<"$err")" = 1 ]
		status 0 fault FAULT_STATFS=${type%=*} record-check --strict
		has "$output" "record-check: note: the record folder lies on a network share (${type#*=}) [network-share]"
		status 0 fault FAULT_STATFS=${type%=*} visit-add "${VISIT[@]}"
		lacks "$err" network-share
	done
	status 0 fault FAULT_STATFS=0xef53 plan-init "$work/disk"
	[ -z "$err" ]
	status 0 record-check --strict
	lacks "$output" network-share
}

@test "when paths cannot be printed, nothing more is added than one, and it is told" {
	local one='indicator_type: 政务服务
enterprise: 示例甲商贸有限公司
appeal: 无
visitors: [张某]
date: 2024-04-18'
	printf '%s\n---\n%s\n---\n%s\n' "$one" "$one" "$one" >"$work/in.yaml"
	status 3 sh -c 'visit-add --file ../in.yaml >/dev/full'
	has "$err" 'the file was added, but its path could not be printed [added]' '2 of 3 records were not written' \
		'cannot write to standard output: No space left on device'
	[ "$(find . -name 'v-*' | wc -l)" = 1 ]
	[ -f "$(grep -o 'jingchuan/visits/[^:]*' <<<"$err")" ]
	status 3 sh -c 'plan-init ../other >/dev/full'
	[ "$(find ../other -type f | wc -l)" = 1 ]
	status 0 plan-init ../other
	status 0 record-check ../other
}

@test "evidence without its event is told, and the same command mends it" {
	need_fault
	local n
	# the first create is the evidence's, the second the event's
	n=$(FAULT_LOG=$work/log fault evidence-add $P "$work/photo.txt" "${EVIDENCE[@]}" >/dev/null 2>&1 &&
		grep '^#' "$work/log" | grep -n $'\tcreate\t' | sed -n '2s/:.*//p')
	rm -r pingliang/evidence
	rm pingliang/problems/2024-04/${P}_*
	status 3 fault FAULT_AT="$n" FAULT_ERROR=ENOSPC evidence-add $P "$work/photo.txt" "${EVIDENCE[@]}"
	has "$err" 'No space left on device' 'note: the evidence is there; the same command once more'
	[ -f "$(grep -o 'pingliang/evidence/[^:]*' <<<"$err")" ]
	status 0 record-check
	has "$output" evidence-unnamed
	status 0 evidence-add $P "$work/photo.txt" "${EVIDENCE[@]}"
	status 0 record-check --strict --evidence
}

@test "a temporary file of a living command is no left-over and is not tidied away" {
	mkdir -p jingchuan/visits/2024-04 jingchuan/evidence
	local name
	for name in .duban-1 jingchuan/visits/2024-04/.duban-2 jingchuan/evidence/.duban-3; do
		: >$name
		exec 9<$name
		flock 9
		status 0 record-check --strict
		lacks "$output" left-over
		status 0 record-check --tidy
		[ -e $name ]
		exec 9<&-
		status 0 record-check --tidy
		has "$output" "$name: note:" '[removed]'
		[ ! -e $name ]
	done
}

@test "writers do not mind that others tidy" {
	local i
	for i in 1 2 3 4; do
		(for _ in $(seq 25); do visit-add "${VISIT[@]}"; done) >"$work/out.$i" 2>"$work/err.$i" &
	done
	for i in $(seq 20); do
		record-check --tidy jingchuan >/dev/null
	done
	wait
	! grep -h error: "$work"/err.*
	[ "$(cat "$work"/out.* | xargs ls | wc -l)" = 100 ]
	status 0 record-check
}

@test "a signal takes the temporary file along" {
	local i sig
	for sig in INT TERM HUP PIPE; do
		for i in $(seq 200); do
			printf 'indicator_type: 政务服务\nenterprise: 示例甲\nappeal: 无\nvisitors: [张某]\n---\n'
		done >"$work/in.yaml"
		# a shell has its background ignore SIGINT
		env --default-signal=$sig visit-add --file "$work/in.yaml" >"$work/out" 2>/dev/null &
		while [ ! -s "$work/out" ] && kill -0 $!; do sleep 0.01; done
		kill -$sig $!
		wait $! || :
		[ -z "$(lefts)" ]
	done
	status 0 record-check
}
