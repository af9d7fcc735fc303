# A county that checks out its own folder, the plan and the city's: every command works or says what is not here.

load common
load hub

# sparse: a hub in which others have records, and the county's clone
sparse() {
	hub
	add_visit 灵台 >/dev/null
	add_problem 灵台 灵台 >/dev/null
	add_visit 泾川 >/dev/null
	commit
	taken jingchuan,lingtai
	git clone -q --no-checkout "$work/hub.git" "$work/county"
	cd "$work/county"
	git sparse-checkout set --cone jingchuan pingliang schemas
	git checkout -q main
	[ "$(ls | xargs)" = 'jingchuan pingliang plan.yaml' ]
	as jingchuan 张某
}

@test "entering, going on and sending work as ever" {
	sparse
	local v p
	v=$(add_visit 泾川 示例乙食品有限公司)
	p=$(add_problem 泾川 泾川)
	status 0 act 泾川 李某 "$p" 2024-04-22T09:00:00+08:00 --to rectifying
	echo 截图 >"$work/shot.txt"
	# in the city's folder, which is here
	status 0 act 泾川 张某 000001 2024-05-10T09:00:00+08:00 --note 已更新 --evidence "$work/shot.txt" --type screenshot
	status 0 indicator-add --at 2024-05-10T09:00:00+08:00 --indicator seal-rate --numerator 1 --denominator 2
	status 0 visit-plan --at 2024-05-01T09:00:00+08:00 --period 2024-05 --target 2024-05-10=示例乙食品有限公司 --approved-by 陈某
	status 0 record-check --evidence
	has "$output" ' 0 errors, 0 warnings'
	status 0 record-check --against HEAD --evidence
	lacks "$output" error:
	status 0 duban-sync
	git -C "$work/hub.git" cat-file -e "main:$v"
	# what others send comes, as far as it belongs here
	cd "$work/rf"
	git pull -q origin main
	add_visit 灵台 示例丙食品有限公司 >/dev/null
	p=$(act pingliang 周某 000001 2024-05-11T09:00:00+08:00 --note 已阅)
	commit
	taken pingliang,lingtai
	cd "$work/county"
	status 0 duban-sync
	[ -f "$p" ] && [ ! -e lingtai ]
	git ls-files --error-unmatch lingtai >/dev/null
}

@test "what needs others' folders names them and exits 3, unless --unit leaves them out" {
	sparse
	local command
	for command in 'rectify-status' 'record-list visit' 'indicator-report' 'dispatch-report --month 2024-04' 'submission-check' \
		'record-export --form annex-1 --format csv' 'visit-plan --status --period 2024-05'; do
		# shellcheck disable=SC2086
		status 3 $command
		has "$err" "the folder of unit 'lingtai' is not here [not-here]" 'check it out, or leave it out with --unit'
		lacks "$err" jingchuan pingliang
		[ -z "$output" ]
		[ "$command" != indicator-report ] || continue
		local want=0
		[ "$command" != submission-check ] || want=1 # of itself the county has not handed in
		# shellcheck disable=SC2086
		status $want $command --unit 泾川
	done
	status 0 record-list visit --unit jingchuan --unit pingliang --format ids
	[ "$(wc -l <<<"$output")" = 1 ]
	status 0 rectify-status 000001
}

@test "what is named and not here: a warning, no error" {
	sparse
	local there p
	there=$(git ls-tree -r --name-only main lingtai/visits | head -n 1)
	there=$(basename "$there" .yaml)
	p=$(add_problem 泾川 泾川)
	sed -i "/^focus:/i sources: [$there]" "$p"
	status 0 record-check
	has "$output" "$p:" "warning" "[record-not-here]"
	status 1 rectify-status "$there"
	has "$err" "$there"
	# the whole of it knows better
	cd "$work/rf"
	mkdir -p "${p%/*}"
	cp "$work/county/$p" "$p"
	status 0 record-check
	lacks "$output" record-not-here
}

@test "what a sparse checkout leaves out is not gone; what was deleted is" {
	sparse
	status 0 record-check --against HEAD
	rm -r jingchuan/visits
	status 1 record-check --against HEAD
	has "$output" '[gone]'
	lacks "$output" lingtai
	git checkout -q -- jingchuan
	# without a sparse checkout a folder that is not here is gone
	git sparse-checkout disable
	rm -r lingtai
	status 1 record-check --against HEAD
	has "$output" 'lingtai/.keep: error: the file of the commit is gone [gone]'
}

# --- a stick -------------------------------------------------------------------------------------

@test "an office without a line: bundles on a stick" {
	hub
	local v w stick=$work/stick
	mkdir "$stick"
	# the city gives the county a stick with all there is
	git bundle create -q "$stick/hub.bundle" main
	git clone -q -b main "$stick/hub.bundle" "$work/county"
	cd "$work/county"
	as jingchuan 张某
	v=$(add_visit 泾川)
	commit
	git tag -f sent origin/main >/dev/null
	git bundle create -q "$stick/jingchuan.bundle" sent..main
	# the city brings it to the server, for the county
	cd "$work/rf"
	add_visit pingliang 示例丙食品有限公司 >/dev/null
	commit
	taken pingliang
	git bundle verify -q "$stick/jingchuan.bundle"
	git pull -q --no-edit "$stick/jingchuan.bundle" main
	keep=1
	refused pingliang other-unit "$v"
	taken pingliang,jingchuan
	# and gives back what is new
	git bundle create -q "$stick/hub.bundle" main
	cd "$work/county"
	w=$(add_visit 泾川 示例乙食品有限公司)
	commit
	git pull -q --no-edit "$stick/hub.bundle" main
	[ -n "$(ls pingliang/visits)" ]
	git tag -f sent FETCH_HEAD >/dev/null
	git bundle create -q "$stick/jingchuan.bundle" sent..main
	cd "$work/rf"
	git pull -q --no-edit "$stick/jingchuan.bundle" main
	taken jingchuan
	git -C "$work/hub.git" cat-file -e "main:$w"
	# a stick on which something was changed is no bundle any more
	printf x | dd of="$stick/jingchuan.bundle" bs=1 seek=$(($(stat -c %s "$stick/jingchuan.bundle") - 30)) conv=notrunc 2>/dev/null
	! git pull -q "$stick/jingchuan.bundle" main
	status 0 record-check
}

@test "evidence that is left out is not here, neither missing nor changed" {
	hub
	local p
	p=$(add_problem 泾川 泾川)
	echo 截图 >"$work/shot.txt"
	act 泾川 李某 "$p" 2024-04-22T09:00:00+08:00 --to rectifying >/dev/null
	act 泾川 李某 "$p" 2024-04-23T09:00:00+08:00 --to submitted --done M1 --note 已更新 --evidence "$work/shot.txt" --type screenshot >/dev/null
	act 泾川 孙某 "$p" 2024-04-24T09:00:00+08:00 --review passed >/dev/null
	commit
	git sparse-checkout set --no-cone '/*' '!/jingchuan/evidence/'
	[ ! -e jingchuan/evidence ]
	status 0 record-check --evidence
	has "$output" '[evidence-not-here]'
	lacks "$output" missing changed
	status 3 act 泾川 周某 "$p" 2024-04-25T09:00:00+08:00 --to closed --note 已核实
	has "$err" '[evidence-not-here]'
	# what git would have here is missing
	git sparse-checkout disable
	rm -r jingchuan/evidence
	status 1 record-check
	has "$output" '[evidence-missing]'
}

@test "git is asked once, however much evidence is left out" {
	hub
	local p i real
	p=$(add_problem 泾川 泾川)
	act 泾川 李某 "$p" 2024-04-22T09:00:00+08:00 --to rectifying >/dev/null
	for i in 1 2 3; do
		echo "截图 $i" >"$work/shot.txt"
		act 泾川 李某 "$p" 2024-04-23T0$i:00:00+08:00 --note 已更新 --evidence "$work/shot.txt" --type screenshot >/dev/null
	done
	commit
	git sparse-checkout set --no-cone '/*' '!/jingchuan/evidence/'
	real=$(command -v git)
	mkdir "$work/bin"
	printf '#!/bin/sh\necho "$*" >>%q\nexec %q "$@"\n' "$work/asked" "$real" >"$work/bin/git"
	chmod +x "$work/bin/git"
	PATH=$work/bin:$PATH status 0 record-check --evidence
	[ "$(grep -c 'evidence-not-here' <<<"$output")" = 3 ]
	[ "$(grep -c ls-files "$work/asked")" = 1 ]
}
