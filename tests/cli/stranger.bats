# A folder from a stranger: nothing is written but where it belongs, nothing is run, nothing hangs or fills
# memory, no command is killed by a signal, and no terminal gets control characters.
load common
load ../hostile

make_more() {
	folder
	as jingchuan 张某
	mkdir -p "$work/home"
	cd "$work/rf"
	AT=(--at 2024-05-08T10:00:00+08:00)
	echo x >"$work/photo.txt"
	export HOME=$work/home TMPDIR=$work/home
}

@test "a folder from a stranger: links, pipes, devices, huge files, deep trees, odd names" {
	local command p=pingliang/problems/2024-04
	mkdir "$work/secret"
	echo 'kind: problem # secret' >"$work/secret/p-20240411-aaaaaa.yaml"
	# links out of the folder, in circles, to devices
	ln -s "$work/secret/p-20240411-aaaaaa.yaml" $p/p-20240411-aaaaaa.yaml
	ln -s "$work/secret" pingliang/visits
	mkdir -p jingchuan/visits lingtai/evidence lingtai/visits/2024-04
	ln -s ../.. jingchuan/visits/2024-04
	ln -s . jingchuan/problems
	ln -s "$work/secret" jingchuan/evidence
	ln -s /dev/zero $p/p-20240412-bbbbbb.yaml
	# pipes, devices, sockets
	mkfifo $p/p-20240410-000002_20240501T100000_0000.yaml lingtai/evidence/0123456789ab.txt lingtai/visits/2024-05
	mkfifo lingtai/visits/2024-04/v-20240418-7k3fq2.yaml .duban-pipe
	# huge: 100 GB that take no room, a file of a name that is right, evidence
	truncate -s 100G $p/p-20240413-cccccc.yaml lingtai/evidence/abcdefabcdef.bin
	mkdir -p "$(printf 'd/%.0s' $(seq 500))" "lingtai/$(printf 'd/%.0s' $(seq 500))"
	touch "$p/"$'a\nb' $p/-n "$p/"$'\x1b[31m' lingtai/visits/$'\xff'
	for i in $(seq 300); do touch "lingtai/visits/2024-04/odd-$i"; done
	printf 'record: p-20240410-000003\nat: 2024-05-01T10:00:00+08:00\nby: x\nunit: lingtai\nevidence: [{file: lingtai/evidence/abcdefabcdef.bin, name: x, type: photo, sha256: %s, bytes: 107374182400}]\n' \
		"abcdefabcdef$(printf 0%.0s $(seq 52))" >$p/p-20240410-000003_20240501T100000_0000.yaml
	for command in record-check 'record-check --evidence' 'record-check --tidy' 'record-list problem' 'record-list visit' rectify-status \
		'rectify-status 000002' 'rectify-status 000003' 'rectify-status p-20240411-aaaaaa' indicator-report submission-check \
		'record-export --form annex-1' 'record-export --form problem-list' 'record-export --sql' \
		"record-export --submission $work/rf/reports --unit lingtai" "visit-add ${AT[*]} --file $work/none" \
		"rectify-status 000002 --note x --unit pingliang --wait 0" "evidence-add 000001 $work/photo.txt --type photo --unit pingliang" \
		"indicator-add ${AT[*]} --indicator seal-rate --numerator 1 --denominator 2" \
		"problem-log ${AT[*]} --title x --description y --origin self-check" "visit-plan" "submission-add ${AT[*]} --period 2024-final"; do
		tame $command
		! grep -q secret "$work/out" "$work/err" || { grep secret "$work/out" "$work/err"; echo "$command"; return 1; }
	done
	[ ! -e .duban-pipe ]
	[ "$(ls -A "$work/secret")" = p-20240411-aaaaaa.yaml ]
	[ "$(cat "$work/secret/p-20240411-aaaaaa.yaml")" = 'kind: problem # secret' ]
	status 1 record-check
	ln -s "$work/secret" schemas
	for command in record-check 'record-list problem' "visit-add ${AT[*]} --file -"; do
		tame $command
		! grep -q secret "$work/out" "$work/err"
	done
}

@test "a plan that is a pipe, a link, a device or a folder" {
	local command
	for command in 'mkfifo plan.yaml' 'ln -s ../plan plan.yaml' 'ln -s /dev/zero plan.yaml' 'mkdir plan.yaml' \
		'truncate -s 100G plan.yaml' 'ln -s plan.yaml plan.yaml'; do
		mv plan.yaml ../plan
		$command
		tame record-check
		[ ! -s "$work/out" ]
		tame visit-add "${AT[@]}" --indicator-type 政务服务 --enterprise 甲 --appeal 无 --visitor 张某
		[ ! -s "$work/out" ]
		rm -rf plan.yaml
		mv ../plan plan.yaml
	done
}
