#!/usr/bin/env bats
# evidence-add: files that show it (佐证资料), copied in under their digest, named by an event

load common

make_more() {
	folder
	as jingchuan 张某
	visit=$(visit-add --indicator-type 政务服务 --enterprise 示例甲商贸有限公司 --appeal 无 --visitor 张某 \
		--at 2024-04-18T09:00:00+08:00)
	id=$(basename "$visit" .yaml)
	printf '整改前后对照\n' >photo.txt
}

# picture: a JPEG with a place in it, on stdout; clean: the same without
head_of() { printf '\377\330\377\340\000\020JFIF\000\001\001\000\000\001\000\001\000\000'; }
rest_of() {
	printf '\377\300\000\013\010\000\001\000\001\001\001\021\000' # one pixel, one component
	printf '\377\332\000\010\001\001\000\000\077\000\001\002\003\377\331'
}
picture() { head_of && printf '\377\341\000\023Exif\000\000secretplace' && rest_of; }
clean() { head_of && rest_of; }

sha() {
	sha256sum | cut -d' ' -f1
}

# refused STATUS CODE ARGUMENTS...: with that exit status and code, and nothing is written
refused() {
	local want=$1 code=$2 before
	shift 2
	before=$(find . -type f | sort)
	status "$want" evidence-add "$@" || return 1
	has "$err" "[$code]"
	[ "$output" = "" ] && [ "$(find . -type f | sort)" = "$before" ]
}

@test "a file is copied in under its digest, and an event names it" {
	status 0 evidence-add "$id" photo.txt --type 登记表 --at 2024-04-18T10:00:00+08:00
	[[ $output == jingchuan/visits/2024-04/${id}_20240418T100000_????.yaml ]]
	digest=$(sha <photo.txt)
	cmp photo.txt "jingchuan/evidence/${digest:0:12}.txt"
	[ "$(cat "$output")" = "record: $id
at: '2024-04-18T10:00:00+08:00'
by: 张某
unit: jingchuan
evidence:
- {file: jingchuan/evidence/${digest:0:12}.txt, name: photo.txt, type: form, sha256: $digest, bytes: $(stat -c %s photo.txt)}" ]
	status 0 record-check --evidence --strict
	[ "$(rectify-status "$id" --format json | jq '.events | length')" = 2 ]
}

@test "what must not be attached is told once, and not in a dry run" {
	printf 1 >1.txt
	printf 2 >2.txt
	status 0 evidence-add "$id" 1.txt 2.txt --type other
	[ "$(grep -c '\[caution\]' <<<"$err")" = 1 ]
	has "$err" "ID cards"
	status 0 evidence-add "$id" 1.txt --type other -n
	[ "$err" = "" ]
}

@test "several files are one event, with one type or one for each" {
	printf 1 >1.txt
	printf 2 >2.PDF
	printf 3 >3
	status 0 evidence-add "$id" 1.txt 2.PDF 3 --type 活动照片
	[ "$(wc -l <<<"$output")" = 1 ]
	[ "$(grep -c 'type: photo' "$output")" = 3 ]
	[ "$(ls jingchuan/evidence | sed 's/.*\.//' | sort | xargs)" = "bin pdf txt" ]
	status 0 evidence-add "$id" 1.txt 2.PDF 3 --type form --type summary --type 其他
	[ "$(grep -o 'type: [a-z]*' "$output" | xargs)" = "type: form type: summary type: other" ]
	refused 1 required "$id" 1.txt 2.PDF 3 --type form --type photo
	refused 1 required "$id" 1.txt
	has "$err" --type
	refused 1 enum "$id" 1.txt --type 合影
	has "$err" "photo"
	status 0 record-check --evidence --strict
}

@test "T099 every type by code and label" {
	while read -r code label; do
		printf %s "$code" >"$code.txt"
		status 0 evidence-add "$id" "$code.txt" --type "$label" -n
		has "$output" "type: $code,"
		status 0 evidence-add "$id" "$code.txt" --type "$code" -n
		has "$output" "type: $code,"
	done <<-'EOF'
		form 登记表
		photo 活动照片
		summary 工作总结
		training 培训记录
		policy 制度文件
		screenshot 截图
		other 其他
	EOF
}

@test "what a camera wrote into a JPEG is taken out, the picture stays" {
	picture >IMG.JPG
	clean >clean
	grep -q secretplace IMG.JPG
	status 0 evidence-add "$id" IMG.JPG --type photo
	digest=$(sha <clean)
	cmp clean "jingchuan/evidence/${digest:0:12}.jpg"
	has "$(cat "$output")" "sha256: $digest" "bytes: $(stat -c %s clean)" "name: IMG.JPG"
	# whatever it is called
	cp IMG.JPG picture.dat
	status 0 evidence-add "$id" picture.dat --type photo
	[ "$(grep -rl secretplace jingchuan | wc -l)" = 0 ]
	status 0 record-check --evidence --strict
}

@test "a damaged picture is refused, since it cannot be cleaned" {
	picture | head -c 30 >broken.jpg
	refused 1 damaged-picture "$id" broken.jpg --type photo
}

@test "the same file again is another event and the same file" {
	evidence-add "$id" photo.txt --type form >/dev/null
	cp photo.txt 别名.txt
	status 0 evidence-add "$id" 别名.txt --type summary
	has "$(cat "$output")" "name: 别名.txt"
	[ "$(ls jingchuan/evidence | wc -l)" = 1 ]
	[ "$(ls jingchuan/visits/2024-04/"${id}"_* | wc -l)" = 2 ]
	status 0 record-check --evidence --strict
}

@test "other content under the same twelve digits is refused, and stays as it was" {
	digest=$(sha <photo.txt)
	mkdir -p jingchuan/evidence
	printf 别的 >"jingchuan/evidence/${digest:0:12}.txt"
	refused 1 evidence-taken "$id" photo.txt --type form
	[ "$(cat "jingchuan/evidence/${digest:0:12}.txt")" = 别的 ]
	status 0 record-check
	has "$output$err" evidence-unnamed
}

@test "evidence lies with the record's unit, whoever adds it; who has no part adds none" {
	refused 1 no-part "$id" photo.txt --type form --unit lingtai
	status 0 evidence-add 000001 photo.txt --type form --unit lingtai --by 郑某
	[[ $output == pingliang/problems/2024-04/p-20240410-000001_* ]]
	[ "$(ls pingliang/evidence | wc -l)" = 1 ]
	[ ! -e lingtai/evidence ]
	[ ! -e jingchuan/evidence ]
	has "$(cat "$output")" "unit: lingtai" "file: pingliang/evidence/"
	status 0 record-check --evidence --strict
}

@test "for which measures it counts" {
	rectify-status 000001 --to rectifying --unit bigdata-center --at 2024-04-18T10:00:00+08:00 >/dev/null
	rectify-status 000001 --done M1 --done M2 --unit bigdata-center --at 2024-04-18T11:00:00+08:00 >/dev/null
	status 0 evidence-add 000001 photo.txt --type form --unit bigdata-center --evidence-for M2 --at 2024-04-18T12:00:00+08:00
	has "$(cat "$output")" "for: [M2]"
	[ "$(rectify-status 000001 --format json | jq -c '[.measures[].evidence]')" = '[0,1]' ]
	status 0 evidence-add 000001 photo.txt --type form --unit bigdata-center --at 2024-04-18T13:00:00+08:00
	[ "$(rectify-status 000001 --format json | jq -c '[.measures[].evidence]')" = '[1,2]' ]
	refused 1 unknown-step 000001 photo.txt --type form --unit bigdata-center --evidence-for M3
	refused 1 pattern 000001 photo.txt --type form --unit bigdata-center --evidence-for N1
}

@test "a note, a time, another person; --at after the newest event" {
	status 0 evidence-add "$id" photo.txt --type form --note 补充登记表 --by 李某 --at 2024-04-18T10:00:00+08:00
	has "$(cat "$output")" "note: 补充登记表" "by: 李某"
	refused 1 not-newest "$id" photo.txt --type form --at 2024-04-18T10:00:00+08:00
	refused 1 future "$id" photo.txt --type form --at 2034-04-18T10:00:00+08:00
	unset DUBAN_BY
	refused 1 required "$id" photo.txt --type form
}

@test "after a closing it may still be added, after a withdrawal not" {
	rectify-status "$id" --to withdrawn --note 录错 >/dev/null
	refused 1 move-not-allowed "$id" photo.txt --type form
}

@test "files that are empty, not there or no files" {
	: >empty
	refused 1 empty "$id" empty --type form
	refused 3 io "$id" none.txt --type form
	has "$err" none.txt
	refused 3 io "$id" jingchuan --type form
	printf 1 >1.txt
	# all or none
	refused 3 io "$id" 1.txt none.txt --type form
}

@test "a name with a line break is refused, other odd ones are kept" {
	name=$'a\nb.txt'
	printf 1 >"$name"
	refused 1 pattern "$id" "$name" --type form
	for name in 'a b.txt' "it's.txt" '“引号”：是.txt' '=1+1.csv' '-x.txt'; do
		printf %s "$name" >"./$name"
		status 0 evidence-add "$id" "./$name" --type other
		[ "$(record-list visit --where "id=$id" --format ids)" = "$id" ]
	done
	status 0 record-check --evidence --strict
}

@test "bytes of every value are kept, and a file of megabytes" {
	for i in {0..255}; do printf "\\x$(printf %x "$i")"; done >all.bin
	status 0 evidence-add "$id" all.bin --type other
	cmp all.bin jingchuan/evidence/"$(sha <all.bin | cut -c1-12)".bin
	head -c 9000000 /dev/zero >big.bin
	status 0 evidence-add "$id" big.bin --type other
	status 0 record-check --evidence --strict
}

@test "what is no regular file, or too large, is told so" {
	before=$(find . -type f | sort)
	mkfifo fifo
	for file in fifo /dev/zero; do
		status 3 evidence-add "$id" $file --type other
		has "$err" "$file: error: this is no regular file [io]"
	done
	status 3 evidence-add "$id" '' --type other
	has "$err" "'': error: cannot read the evidence: No such file"
	rm fifo
	truncate -s 100M huge.bin
	status 1 evidence-add "$id" huge.bin --type other
	has "$err" 'huge.bin: error: the file is larger than 67108864 bytes [too-large]'
	rm huge.bin
	[ "$(find . -type f | sort)" = "$before" ]
}

@test "a dry run prints the event and copies nothing" {
	before=$(find . -type f | sort)
	status 0 evidence-add "$id" photo.txt --type form -n
	has "$output" "record: $id" "type: form" "sha256: $(sha <photo.txt)"
	[ "$(find . -type f | sort)" = "$before" ]
}

@test "a record argument: id, its end, a path, or - for one name" {
	for name in "${id: -6}" "$visit"; do
		status 0 evidence-add "$name" photo.txt --type form -n
		has "$output" "record: $id"
	done
	status 0 bash -c "echo $id | evidence-add - photo.txt --type form -n"
	has "$output" "record: $id"
	status 2 bash -c "printf '%s\n' $id 000001 | evidence-add - photo.txt --type form"
	refused 1 no-record zzzzzz photo.txt --type form
	# the record's path finds its folder, the files are those of the working directory
	cp photo.txt "$work/beside.txt"
	cd "$work"
	status 0 evidence-add "rf/$visit" beside.txt --type form
	[ -f "$output" ]
	[[ $output == rf/jingchuan/visits/2024-04/${id}_* ]]
}

@test "operands and options that are not known" {
	status 2 evidence-add
	status 2 evidence-add "$id"
	status 2 evidence-add "$id" photo.txt --type form --to closed
	status 2 evidence-add "$id" photo.txt --typ form
	[ ! -e jingchuan/evidence ]
}

@test "a lock that is held is 75, and nothing is copied" {
	exec 9<jingchuan/visits/2024-04
	flock 9
	refused 75 busy "$id" photo.txt --type form --wait 0
	flock -u 9
	status 0 evidence-add "$id" photo.txt --type form --wait 0
}

@test "many at once on one record are all kept" {
	for i in {1..10}; do
		printf %s "$i" >"$i.txt"
		evidence-add "$id" "$i.txt" --type other --wait 60 >/dev/null 2>&1 &
	done
	wait
	[ "$(ls jingchuan/evidence | wc -l)" = 10 ]
	[ "$(rectify-status "$id" --format json | jq '[.events[].at] | unique | length')" = 11 ]
	status 0 record-check --evidence --strict
}
