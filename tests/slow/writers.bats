# Many writers, many documents, and disks that are full in earnest.
load ../cli/common

make_more() {
	folder
	as jingchuan 张某
	VISIT=(--at 2024-04-18T17:40:00+08:00 --indicator-type 政务服务 --enterprise 示例甲商贸有限公司 --appeal 无 --visitor 张某)
	P=p-20240410-000002
}

teardown() {
	cd /
	! mountpoint -q "$work/disk" || umount "$work/disk"
	chmod -R u+w "$work" && rm -rf "$work"
}

documents() { # N
	local i
	for ((i = 0; i < $1; i++)); do
		printf 'indicator_type: 政务服务\nenterprise: 示例%d\nappeal: 无\nvisitors: [张某]\ndate: 2024-04-18\n---\n' $i
	done
}

@test "forty writers of a hundred records each: four thousand, all there" {
	local i
	documents 100 >"$work/in.yaml"
	for i in $(seq 40); do
		if [ $((i % 4)) = 0 ]; then
			(for _ in $(seq 100); do visit-add "${VISIT[@]}" 2>/dev/null || echo failed; done) >"$work/out.$i"
		else
			visit-add --file "$work/in.yaml" >"$work/out.$i" 2>/dev/null || echo failed >>"$work/out.$i"
		fi &
	done
	wait
	cat "$work"/out.* | sort -u >"$work/all"
	[ "$(wc -l <"$work/all")" = 4000 ]
	! grep -q failed "$work/all"
	[ "$(xargs ls <"$work/all" | wc -l)" = 4000 ]
	[ "$(find . -name 'v-*.yaml' | wc -l)" = 4000 ]
	status 0 record-check --strict
}

@test "of many that want to move one record, one does, on several at once" {
	local i p
	for p in 2 4 5 6; do
		for i in $(seq 20); do
			(rectify-status p-20240410-00000$p --unit pingliang --by "王$i" --to rectifying --wait 120 >/dev/null 2>"$work/err.$p.$i" &&
				echo won || echo "lost $?") >"$work/out.$p.$i" &
		done
	done
	wait
	for p in 2 4 5 6; do
		[ "$(cat "$work"/out.$p.* | sort | uniq -c | xargs)" = '19 lost 1 1 won' ] || { cat "$work"/out.$p.* "$work"/err.$p.*; return 1; }
		[ "$(cat "$work"/err.$p.* | grep -c "p-20240410-00000$p is rectifying .* cannot become")" = 19 ]
	done
	status 0 record-check --strict
}

@test "ten thousand documents: all or none, progress on a terminal only" {
	documents 10000 >"$work/in.yaml"
	status 0 script -qec "visit-add --file $work/in.yaml >$work/paths" /dev/null
	has "$output" ' records'
	[ "$(sort -u "$work/paths" | xargs ls | wc -l)" = 10000 ]
	status 0 visit-add --file - <"$work/in.yaml"
	[ -z "$err" ] || lacks "$err" ' records'
	[ "$(wc -l <<<"$output")" = 10000 ]
	{
		cat "$work/in.yaml"
		echo 'enterprise: 缺'
	} >"$work/bad.yaml"
	status 1 visit-add --file "$work/bad.yaml"
	[ -z "$output" ]
	[ "$(find . -name 'v-*.yaml' | wc -l)" = 20000 ]
}

# fill: adds until the disk is full, at $work/disk/rf; what is there then
fill() {
	cd "$work/disk"
	plan-init rf >/dev/null
	cd rf
	documents 3000 >"$work/in.yaml"
	status 3 visit-add --file "$work/in.yaml"
	has "$err" 'cannot write: No space left on device [io]' ' of 3000 records were not written'
	[ "$(find . -name 'v-*.yaml' | wc -l)" = "$(wc -l <<<"$output")" ]
	[ -z "$(find . -name '.duban-*')" ]
	status 0 record-check
	status 3 sh -c "visit-add -n --file $work/in.yaml >/dev/full"
	# a file of evidence that does not fit
	head -c 3000000 /dev/urandom >"$work/big.bin"
	status 3 evidence-add $P "$work/big.bin" --type other --unit pingliang
	has "$err" 'No space left on device'
	[ -z "$(find . -path '*/evidence/*' -type f)" ]
	[ -z "$(find . -name '.duban-*')" ]
	status 0 record-check --strict
}

@test "a full disk in memory" {
	mkdir "$work/disk"
	mount -t tmpfs -o size=2m none "$work/disk" 2>/dev/null || skip 'cannot mount'
	fill
}

@test "a full disk of a file" {
	mkdir "$work/disk"
	truncate -s 4M "$work/disk.img"
	mkfs.ext4 -q "$work/disk.img" 2>/dev/null || skip 'no mkfs.ext4'
	mount -o loop "$work/disk.img" "$work/disk" 2>/dev/null || skip 'cannot mount'
	fill
}
