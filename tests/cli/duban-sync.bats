# duban-sync: one command for a clerk: add, commit, pull, check, push. Nothing is ever lost by it.

load common
load hub
load stick

# work_at: a hub that guards, and a clone as the county of Jingchuan has it
work_at() {
	hub
	as jingchuan 张某
}

# elsewhere UNIT COMMAND...: done and sent from another clone
elsewhere() {
	local unit=$1
	shift
	[ -d "$work/other" ] || git clone -q "$work/hub.git" "$work/other"
	(
		cd "$work/other" && git pull -q origin main && "$@" >/dev/null && git add -A && git commit -qm 别处 &&
			DUBAN_UNIT=$unit git push -q origin main
	)
}

sync() {
	status "$1" duban-sync "${@:2}"
}

# on_server PATH...: the server has these, as they are here
on_server() {
	local path
	for path; do
		git -C "$work/hub.git" show "main:$path" | cmp - "$path" || return 1
	done
}

@test "what was entered is added, committed, pulled, checked and sent" {
	work_at
	local v p
	sync 0
	[ "$output" = 'all is on the server' ]
	v=$(add_visit 泾川)
	sync 0 -m 走访
	has "$output" 'files committed: 1' 'sent; all is on the server'
	on_server "$v"
	[ "$(git log -1 --format=%s)" = 走访 ]
	sync 0
	[ "$output" = 'all is on the server' ]
	# what others sent in the meantime
	elsewhere lingtai add_visit 灵台
	p=$(add_problem 泾川 泾川)
	echo 照片 >"$work/photo.txt"
	evidence-add --by 张某 --unit 泾川 --at 2024-04-20T10:00:00+08:00 --type photo "$p" "$work/photo.txt" >/dev/null
	cd jingchuan/visits
	sync 0
	has "$output" 'files committed: 3' 'files received: 1' 'sent'
	cd ../..
	on_server "$p" jingchuan/evidence/*.txt
	[ -n "$(ls lingtai/visits/2024-04)" ]
	status 0 record-check
	# from anywhere
	v=$(add_visit 泾川 示例乙食品有限公司)
	cd /
	sync 0 -C "$work/rf/jingchuan"
	cd "$work/rf"
	on_server "$v"
}

@test "in Chinese where the locale is" {
	work_at
	add_visit 泾川 >/dev/null
	LC_ALL=zh_CN.UTF-8 sync 0
	has "$output" '已提交：1 个文件' '已发送；全部内容都已在服务器上'
	LC_ALL='' LANG=zh_CN.UTF-8 sync 0 --help
	has "$output" '用法'
	# as the commands choose: LANGUAGE first, but not in C
	LC_ALL=C.UTF-8 LANGUAGE=zh_CN:en sync 0
	has "$output" '全部内容都已在服务器上'
	LC_ALL=C LANGUAGE=zh_CN sync 0
	has "$output" 'all is on the server'
	LC_ALL=zh_CN.UTF-8 LANGUAGE=en sync 0
	has "$output" 'all is on the server'
	git remote set-url origin "$work/none.git"
	add_visit 泾川 示例乙食品有限公司 >/dev/null
	LC_ALL=zh_CN.UTF-8 sync 3
	has "$err" '连不上服务器；1 个提交留在本机'
}

@test "without the server everything waits, and goes the next time" {
	work_at
	local a b
	git remote set-url origin "$work/none.git"
	a=$(add_visit 泾川)
	sync 3
	has "$output" 'files committed: 1'
	has "$err" 'the server cannot be reached; 1 commits wait'
	b=$(add_visit 泾川 示例乙食品有限公司)
	sync 3
	has "$err" '2 commits wait'
	sync 3
	has "$err" '2 commits wait'
	git remote set-url origin "$work/hub.git"
	sync 0
	has "$output" 'sent'
	on_server "$a" "$b"
	# no server at all
	git remote remove origin
	add_visit 泾川 示例丙食品有限公司 >/dev/null
	sync 3
	has "$err" 'no server is set'
	[ -z "$(git status --porcelain)" ]
}

@test "only what is a record, an event or evidence; nothing that was changed or deleted" {
	work_at
	local v w
	v=$(add_visit 泾川)
	sync 0
	echo x >jingchuan/新建文档.docx
	echo x >'jingchuan/visits/2024-04/v-20240418-000001 (1).yaml'
	mkdir -p 备份/visits
	echo x >备份/x
	sed -i 's/示例甲/示例乙/' "$v"
	rm lingtai/.keep
	echo '# x' >>plan.yaml
	w=$(add_visit 泾川 示例丙食品有限公司)
	sync 0
	has "$output" 'files committed: 1' 'sent'
	has "$err" 'no record, event or evidence has such a name' '    jingchuan/新建文档.docx' 'v-20240418-000001 (1).yaml' 'changed or deleted' "    $v" \
		'    lingtai/.keep' '--plan' '    plan.yaml'
	on_server "$w"
	[ "$(git -C "$work/hub.git" show "main:$v" | grep -c 示例甲)" = 1 ]
	git -C "$work/hub.git" cat-file -e main:lingtai/.keep
	[ "$(git status --porcelain | wc -l)" -ge 5 ]
	grep -q 示例乙 "$v"
	# the owner sends the plan
	as pingliang 周某
	git checkout -q -- "$v" lingtai/.keep
	mkdir schemas reports
	echo 'properties: {score: {title: 评分, type: integer}}' >schemas/visit.yaml
	echo 周报 >reports/第18周.md
	sync 0 --plan
	on_server plan.yaml schemas/visit.yaml reports/第18周.md
}

@test "what git ignores elsewhere is sent all the same, whatever git is set to" {
	work_at
	local v
	git config core.excludesFile "$work/ignored"
	printf '%s\n' '*.yaml' '*.jpg' >"$work/ignored"
	echo '*.txt' >.git/info/exclude
	v=$(add_visit 泾川)
	echo 照片 >"$work/a.txt"
	evidence-add --unit 泾川 --by 张某 --type photo "$v" "$work/a.txt" >/dev/null
	sync 0
	has "$output" 'files committed: 3'
	on_server "$v" jingchuan/evidence/*.txt
	elsewhere lingtai add_visit 灵台
	v=$(add_visit 泾川 示例乙食品有限公司)
	git tag -a -m x mine
	git config merge.ff only
	git config push.followTags true
	GIT_CONFIG_COUNT=5 GIT_CONFIG_KEY_4=safe.bareRepository GIT_CONFIG_VALUE_4=explicit \
		status 0 duban-sync
	on_server "$v"
}

@test "a branch that the server has not: what was entered would be seen by nobody" {
	work_at
	local v
	git switch -q -c work
	v=$(add_visit 泾川)
	sync 1
	has "$err" "the server has no branch 'work'" '    main' '--set-upstream-to=origin/NAME'
	[ "$(git -C "$work/hub.git" for-each-ref refs/heads | wc -l)" = 1 ]
	git branch -q --set-upstream-to=origin/main
	sync 0
	on_server "$v"
}

@test "what lies beside the record folder is never touched" {
	git init -q --bare hub.git
	git init -q all
	cd all
	git remote add origin ../hub.git
	mkdir docs
	plan-init docs/rf >/dev/null
	echo a >README
	git add .
	git commit -qm 一
	git push -q -u origin main
	printf '#!/bin/sh\nexec record-guard --subfolder docs/rf pre-receive\n' >../hub.git/hooks/pre-receive
	chmod +x ../hub.git/hooks/pre-receive
	as jingchuan 张某
	echo b >README
	echo c >docs/new
	cd docs/rf
	local v
	v=$(add_visit 泾川)
	sync 0
	git -C "$work/hub.git" cat-file -e "main:docs/rf/$v"
	[ "$(git -C "$work/hub.git" show main:README)" = a ]
	[ "$(git status --porcelain | sort | xargs)" = "M README ?? docs/new" ]
	# nor what was staged there
	git add ../../README
	v=$(add_visit 泾川 示例乙食品有限公司)
	sync 0
	[ "$(git -C "$work/hub.git" show main:README)" = a ]
	[ "$(git diff --cached --name-only)" = README ]
}

@test "a push that comes second is tried again, on top of the other's" {
	work_at
	local v
	v=$(add_visit 泾川)
	# while the first push is under way another one arrives
	cat >"$work/rf/.git/hooks/pre-push" <<-EOF
		#!/bin/sh
		rm "\$0"
		cd "$work/other" && unset GIT_DIR && DUBAN_UNIT=lingtai git push -q origin main
	EOF
	chmod +x "$work/rf/.git/hooks/pre-push"
	git clone -q "$work/hub.git" "$work/other"
	(cd "$work/other" && add_visit 灵台 >/dev/null && git add -A && git commit -qm 别处)
	sync 0
	has "$output" 'files received: 1' 'sent'
	[ ! -e "$work/rf/.git/hooks/pre-push" ]
	on_server "$v"
	[ "$(git -C "$work/hub.git" ls-tree -r --name-only main | grep -c visits)" = 2 ]
}

@test "what the server would refuse is not sent, and it is said what to do" {
	work_at
	local v before
	v=$(add_visit 泾川)
	sed -i 's/^appeal: .*/appeal: 1/' "$v"
	before=$(tips)
	sync 1
	has "$err" "$v:7:9: error:" 'quote it' 'git rm PATH' 'not sent: mend what is told above'
	[ "$(tips)" = "$before" ]
	git rev-parse --verify -q HEAD~1 >/dev/null
	# as the hint says
	git rm -q "$v"
	git commit -qm 收回
	v=$(add_visit 泾川)
	sync 0
	on_server "$v"
	# who has not said for whom is told what record-check finds
	v=$(add_visit 泾川 示例乙食品有限公司)
	sed -i 's/^appeal: .*/appeal: 1/' "$v"
	unset DUBAN_UNIT
	sync 1
	has "$err" "$v:7:9: error:" 'not sent'
	# and when only the server knows better
	git rm -qf "$v"
	git commit -qm 收回
	v=$(add_visit 灵台)
	push() { command git push "$@"; }
	cat >"$work/hub.git/hooks/pre-receive" <<-'EOF'
		#!/bin/sh
		DUBAN_UNIT=jingchuan exec record-guard pre-receive
	EOF
	sync 1
	has "$err" '[other-unit]' 'the server refused what was sent'
	[ -f "$v" ]
}

@test "a pull that stopped is gone on with" {
	work_at
	local v
	elsewhere lingtai add_visit 灵台
	add_visit 泾川 >/dev/null
	commit
	git fetch -q
	git merge -q --no-commit --no-ff origin/main
	v=$(add_visit 泾川 示例乙食品有限公司)
	sync 0
	has "$output" 'a pull that had stopped is finished' 'files committed: 1' 'sent'
	on_server "$v"
	# git was killed before it had written what to call the commit
	elsewhere lingtai add_visit 灵台 示例丙食品有限公司
	v=$(add_visit 泾川 示例戊食品有限公司)
	commit
	git fetch -q
	git merge -q --no-commit --no-ff origin/main
	: >.git/MERGE_MSG
	sync 0
	has "$output" 'a pull that had stopped is finished' 'sent'
	on_server "$v"
	# a rebase that stopped without a conflict
	elsewhere lingtai add_visit 灵台 示例己食品有限公司
	v=$(add_visit 泾川 示例丁食品有限公司)
	commit
	git fetch -q
	GIT_SEQUENCE_EDITOR='sed -i s/^pick/edit/' git rebase -q -i origin/main 2>/dev/null || true
	[ -d .git/rebase-merge ]
	sync 0
	has "$output" 'a rebase that had stopped is finished'
	on_server "$v"
}

@test "the plan changed on both sides: the pull is taken back, nothing is lost" {
	work_at
	as pingliang 周某
	elsewhere pingliang sed -i '1i # 甲' plan.yaml
	sed -i '1i # 乙' plan.yaml
	local v
	v=$(add_visit pingliang)
	sync 1 --plan
	has "$err" '    plan.yaml' 'the pull was taken back'
	[ ! -e .git/MERGE_HEAD ]
	head -1 plan.yaml | grep 乙
	[ -f "$v" ]
	sync 1
	has "$err" '    plan.yaml'
	# in the middle of such a pull by hand
	! git pull -q --no-edit origin main
	sync 1
	has "$err" 'a pull was stopped' '    plan.yaml' 'git merge --abort'
	git checkout -q --ours plan.yaml
	git add plan.yaml
	sync 0
	has "$output" 'a pull that had stopped is finished' 'sent'
	on_server "$v" plan.yaml
}

@test "two at once, a lock that was left, no branch, no name" {
	work_at
	add_visit 泾川 >/dev/null
	(
		flock 9
		sync 75
		has "$err" 'another duban-sync is at it'
	) 9>.git/duban-sync.lock
	: >.git/index.lock
	sync 75
	has "$err" '.git/index.lock: remove it'
	rm .git/index.lock
	git checkout -q --detach
	sync 1
	has "$err" 'git switch'
	git checkout -q main
	# a clerk who never told git a name
	(
		unset GIT_AUTHOR_NAME GIT_AUTHOR_EMAIL GIT_COMMITTER_NAME GIT_COMMITTER_EMAIL
		sync 0
		[ "$(git log -1 --format='%an %ae')" = '张某 jingchuan@duban.invalid' ]
		add_visit 泾川 示例乙食品有限公司 >/dev/null
		unset DUBAN_BY
		sync 1
		has "$err" 'git does not know who you are' 'git config'
	)
	sync 2 --all
	sync 2 -m
	sync 3 -C none
	cd "$work"
	sync 3
	has "$err" 'no record folder'
	plan-init alone >/dev/null
	sync 3 -C alone
	has "$err" 'not kept by git'
}

@test "an empty server is filled again from a clone" {
	work_at
	local v
	v=$(add_visit 泾川)
	sync 0
	rm -rf "$work/hub.git"
	git init -q --bare "$work/hub.git"
	cp "$hooks/pre-receive" "$work/hub.git/hooks/"
	# the owner first
	sync 1
	has "$err" 'owner-only'
	as pingliang 周某
	sync 0
	has "$output" 'sent'
	on_server "$v" plan.yaml
}

@test "killed at any moment, it loses nothing and goes on the next time" {
	work_at
	local n v
	for n in 1 2 3 4 5 6; do
		v=$(add_visit 泾川 "示例${n}号有限公司")
		elsewhere lingtai add_visit 灵台 "示例${n}号有限公司"
		timeout -s KILL 0.$((n * 7 / 10))$((n * 7 % 10)) duban-sync >/dev/null 2>&1 || true
		rm -f .git/index.lock .git/*.lock
		[ -f "$v" ]
	done
	sleep 0.3 # what the killed one started has ended
	rm -f .git/index.lock .git/HEAD.lock .git/refs/heads/*.lock .git/refs/remotes/origin/*.lock
	sync 0
	[ "$(git -C "$work/hub.git" ls-tree -r --name-only main | grep -c visits)" = 12 ]
	status 0 record-check
}

@test "--help and --version, the programs beside it, a full disk" {
	folder
	sync 0 --version
	[ "$output" = "duban-sync$(record-check --version | sed 's/^record-check//')" ]
	sync 0 --help
	has "$output" '--plan' '--version'
	status 3 sh -c 'duban-sync --help >/dev/full'
	status 3 sh -c 'duban-sync -V >/dev/full'
	# by its path, as cron starts it
	status 0 env PATH=/usr/bin:/bin "$bin/duban-sync" --version
	sync 3 --directory=.
	has "$err" 'not kept by git'
	sync 3 --directory .
}

@test "from and to a stick with exfat: a folder on it, a server on it, bundles on it" {
	mounted exfat 64M mkfs.exfat
	local v e stick=$work/stick
	work_at
	# the folder itself lies on the stick
	git clone -q "$work/hub.git" "$stick/rf"
	cd "$stick/rf"
	v=$(add_visit 泾川)
	echo 照片 >"$work/photo.txt"
	e=$(evidence-add --by 张某 --unit 泾川 --type photo "$v" "$work/photo.txt" 2>/dev/null)
	elsewhere lingtai add_visit 灵台
	sync 0
	has "$output" 'files committed: 3' 'files received: 1' 'sent'
	on_server "$v" "$e" jingchuan/evidence/*.txt
	[ -n "$(ls lingtai/visits/2024-04)" ]
	# a stick gives every file all rights, git is not told of them
	! git ls-tree -r main | grep -v '^100644'
	status 0 record-check --strict --evidence
	# a server on the stick
	git clone -q --bare "$work/hub.git" "$stick/hub.git"
	cd "$work/rf"
	git remote set-url origin "$stick/hub.git"
	v=$(add_visit 泾川 示例乙食品有限公司)
	sync 0
	git -C "$stick/hub.git" show "main:$v" | cmp - "$v"
	# a bundle on the stick: cloned, added to, brought back as a bundle, and sent
	git bundle create -q "$stick/hub.bundle" main
	git clone -q -b main "$stick/hub.bundle" "$work/county"
	cd "$work/county"
	git tag -f sent origin/main >/dev/null
	v=$(add_visit 泾川 示例丙)
	commit
	git bundle create -q "$stick/jingchuan.bundle" sent..main
	cd "$work/rf"
	git pull -q "$stick/jingchuan.bundle" main
	[ -f "$v" ]
	sync 0
	git -C "$stick/hub.git" show "main:$v" | cmp - "$v"
	status 0 record-check --strict --evidence
	cd /
	umount "$stick"
	fsck.exfat -n "$work/stick.img"
}

@test "as duban(7) says: a file deleted, evidence altered, a clock that was ahead" {
	work_at
	local p e future
	p=$(add_problem 泾川 泾川)
	sync 0
	rm "$p"
	sync 0
	has "$err" 'git checkout -- PATH' "$p"
	git checkout -q -- "$p"
	git rm -q "$p"
	git commit -qm 误删
	sync 1
	has "$err" '[gone]'
	git checkout -q origin/main -- "$p"
	git commit -qm 恢复
	sync 0
	on_server "$p"
	# what the server has not yet
	echo 照片 >"$work/photo.txt"
	evidence-add --at 2024-04-20T10:00:00+08:00 --type photo "$p" "$work/photo.txt" >/dev/null
	e=$(ls jingchuan/evidence/*.txt)
	git add .
	git commit -qm 登记
	echo 改 >>"$e"
	status 1 record-check --evidence
	has "$output" '[evidence-changed]'
	git commit -qam 改
	sync 1
	git checkout -q $(git log --format=%h --diff-filter=A -- "$e") -- "$e"
	git commit -qm 恢复
	sync 0
	on_server "$p" "$e"
	# a clock that is ahead, and what was entered after it
	future=${p%.yaml}_20990301T100000_aaaa.yaml
	printf "record: %s\nat: '2099-03-01T10:00:00+08:00'\nby: 张某\nunit: jingchuan\nnote: 一\n" "$(basename "$p" .yaml)" >"$future"
	status 0 record-check
	has "$output" '[future]'
	rectify-status "$p" --note 二 >/dev/null
	sync 1
	has "$err" '[future]' 'git rm PATH'
	git rm -q "${p%.yaml}"_2099*
	git commit -qm 撤
	rectify-status "$p" --note 一 >/dev/null
	sync 0
	status 0 record-check --strict
}
