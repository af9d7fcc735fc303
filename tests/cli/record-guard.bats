# record-guard: what a hook lets into a repository. Pushes go over real bare repositories.

load common
load hub

# --- what is taken -------------------------------------------------------------------------------

@test "a unit pushes its records, events and evidence" {
	hub
	local v p
	v=$(add_visit 泾川)
	p=$(add_problem 泾川 泾川)
	act 泾川 李某 "$p" 2024-04-22T09:00:00+08:00 --to rectifying >/dev/null
	echo 窗口照片 >"$work/photo.txt"
	evidence-add --unit 泾川 --by 李某 --at 2024-04-23T09:00:00+08:00 --type photo "$p" "$work/photo.txt" >/dev/null
	commit
	taken jingchuan
	git -C "$work/hub.git" cat-file -e "main:$v"
	# in one push for each hook, and said by name as well as by id
	cp "$hooks/update" "$work/hub.git/hooks/"
	add_visit 泾川 示例乙食品有限公司 >/dev/null
	commit
	taken 泾川县
}

@test "a unit with a part adds events and evidence to another's records" {
	hub
	local p s
	# responsible as one of the group 'counties'
	echo 截图 >"$work/shot.txt"
	act 泾川 张某 000001 2024-05-10T09:00:00+08:00 --note 已更新 --evidence "$work/shot.txt" --type screenshot >/dev/null
	[ -n "$(ls pingliang/evidence)" ]
	commit
	taken jingchuan
	# the subject of a supervision replies
	s=$(supervise-log --unit pingliang --by 周某 --form order --subject 灵台 --problem p-20240410-000001 --trigger incomplete --requirement 三日内报送 \
		--due 2024-05-24 --at 2024-05-21T10:00:00+08:00)
	commit
	taken pingliang
	act 灵台 吴某 "$s" 2024-05-22T10:00:00+08:00 --reply 已整改 >/dev/null
	commit
	taken lingtai
	# the owner has a part in everything
	p=$(add_problem 泾川 泾川)
	commit
	taken jingchuan
	act pingliang 周某 "$p" 2024-04-25T10:00:00+08:00 --due 2024-06-10 --note 延期 >/dev/null
	commit
	taken pingliang
}

@test "the owner changes the plan, schemas and what lies beside" {
	hub
	echo '# 说明' >>plan.yaml
	mkdir -p schemas reports/2024
	echo 'properties: {score: {title: 评分, type: integer}}' >schemas/visit.yaml
	echo 周报 >reports/2024/w18.md
	echo '*.bak' >>.gitignore
	commit
	taken pingliang
	# and a record under a schema that comes with it
	echo 'properties: {rank: {title: 名次, type: integer}}' >schemas/visit.yaml
	add_visit pingliang 示例甲商贸有限公司 --rank 1 >/dev/null
	commit
	taken pingliang
	# a new unit gets a folder
	sed -i '/^units:/a\  - {id: huaxia, name: 示例中心, kind: county-center, folder: true, reporting: false}' plan.yaml
	mkdir huaxia
	: >huaxia/.keep
	commit
	taken pingliang
}

@test "one who carries for several units" {
	hub
	add_visit 泾川 >/dev/null
	add_visit 灵台 >/dev/null
	commit
	keep=1
	refused jingchuan other-unit 'lingtai/visits/[^:]*'
	taken jingchuan,lingtai
	DUBAN_UNIT=nobody status 1 git push origin HEAD:x
	has "$err" "'nobody' is no unit of the plan"
}

@test "a wrong file that is taken out again before the push" {
	hub
	local v
	v=$(add_visit 泾川)
	sed -i 's/^appeal: .*/appeal: 1/' "$v"
	commit
	keep=1
	refused jingchuan type "$v:7:9"
	has "$output" "git rm PATH"
	git rm -q "$v"
	git commit -qm 改
	v=$(add_visit 泾川)
	commit
	taken jingchuan
	# added, then changed, within what is pushed: what counts is what comes out
	v=$(add_visit 泾川 示例乙食品有限公司)
	commit
	sed -i 's/示例乙/示例丙/' "$v"
	commit
	taken jingchuan
}

@test "two offices decide against each other: both are taken, one has no effect" {
	hub
	local p
	p=$(add_problem 泾川 泾川)
	commit
	taken jingchuan
	git clone -q "$work/hub.git" "$work/city"
	act 泾川 李某 "$p" 2024-04-20T09:00:00+08:00 --to withdrawn --note 重复 >/dev/null ||
		act 泾川 李某 "$p" 2024-04-20T09:00:00+08:00 --to declined --note 重复 >/dev/null
	commit
	taken jingchuan
	cd "$work/city"
	act 泾川 王某 "$p" 2024-04-21T09:00:00+08:00 --to rectifying >/dev/null
	commit
	git pull -q --no-edit origin main
	push jingchuan
	has "$output" "warning" "[move-not-allowed]"
	# what was not allowed any more is not refused, but told on both ends
	[ "$(git -C "$work/hub.git" rev-parse main)" = "$(git rev-parse HEAD)" ]
	status 0 record-check
	has "$output" move-not-allowed
}

@test "a merge brings what is on the server already, and nothing more is asked of it" {
	hub
	git clone -q "$work/hub.git" "$work/other"
	add_visit 泾川 >/dev/null
	commit
	taken jingchuan
	cd "$work/other"
	add_visit 灵台 >/dev/null
	commit
	! push lingtai
	git pull -q --no-edit origin main
	taken lingtai
	# the plan's own change, merged by a county
	echo '# 说明' >>plan.yaml
	commit
	taken pingliang
	cd "$work/rf"
	add_visit 泾川 示例乙食品有限公司 >/dev/null
	commit
	git pull -q --no-edit origin main
	taken jingchuan
	# and rebased
	add_visit 泾川 示例丙食品有限公司 >/dev/null
	commit
	cd "$work/other"
	git pull -q origin main
	add_visit 灵台 示例丁食品有限公司 >/dev/null
	commit
	taken lingtai
	cd "$work/rf"
	git pull -q --rebase origin main
	taken jingchuan
}

@test "the first push is the owner's, and brings the folder as it is" {
	git init -q --bare hub.git
	cp "$hooks/pre-receive" hub.git/hooks/
	plan-init rf >/dev/null
	cd rf
	git init -q
	git remote add origin ../hub.git
	add_visit 泾川 >/dev/null
	commit
	keep=1
	refused jingchuan owner-only refs/heads/main
	taken pingliang
	git fetch -q
	# nor is it anybody's who makes himself the owner
	rm -rf ../hub.git
	git init -q --bare ../hub.git
	cp "$hooks/update" ../hub.git/hooks/
	git checkout -q --orphan mine
	git rm -rq --cached .
	echo x >x
	git add x
	git commit -qm x
	! push pingliang origin mine:main
	has "$output" "there is no 'plan.yaml' in the commit" "--subfolder"
}

@test "a record folder that is a part of the work tree" {
	git init -q --bare hub.git
	mkdir -p work/docs
	cd work
	git init -q
	git remote add origin ../hub.git
	plan-init docs/records >/dev/null
	echo 读我 >README
	commit
	printf '#!/bin/sh\nexec record-guard --subfolder docs/records/ pre-receive\n' >../hub.git/hooks/pre-receive
	chmod +x ../hub.git/hooks/pre-receive
	taken pingliang
	git fetch -q
	git branch -q --set-upstream-to origin/main
	cd docs/records
	add_visit 泾川 >/dev/null
	commit
	taken jingchuan
	add_visit 灵台 >/dev/null
	cd ../..
	commit
	refused jingchuan other-unit 'docs/records/lingtai/visits/[^:]*'
	echo 改 >README
	commit
	refused jingchuan owner-only README
	echo 改 >docs/x
	commit
	refused jingchuan owner-only docs/x
	echo 改 >>docs/records/plan.yaml
	commit
	refused jingchuan owner-only docs/records/plan.yaml
	rm docs/records/jingchuan/.keep
	commit
	refused jingchuan gone docs/records/jingchuan/.keep
}

@test "tags are the owner's, and name what a branch has" {
	hub
	git tag -am 月报 v1
	keep=1
	refused jingchuan owner-only refs/tags/v1 origin v1
	taken pingliang origin v1
	git tag -f -am 又 v1 >/dev/null
	add_visit pingliang >/dev/null
	commit
	refused pingliang no-deletion refs/tags/v1 -f origin v1
	refused pingliang no-deletion refs/tags/v1 origin :v1
	git tag -am 新 v2
	# its commit comes with it, and is nowhere else
	refused pingliang tag refs/tags/v2 origin v2
	taken pingliang origin HEAD:main v2
	git tag blob "$(git hash-object plan.yaml)"
	refused pingliang tag refs/tags/blob origin blob
}

# --- whose it is ---------------------------------------------------------------------------------

@test "another unit's folder, another unit's name" {
	hub
	local v p path
	v=$(add_visit 灵台)
	commit
	refused jingchuan other-unit "$v"
	# its own name in another's folder
	v=$(add_visit 灵台)
	sed -i 's/unit: lingtai, to: recorded/unit: jingchuan, to: recorded/' "$v"
	commit
	refused jingchuan other-folder "$v"
	# another's name in its own folder
	v=$(add_visit 泾川)
	sed -i 's/unit: jingchuan, to: recorded/unit: lingtai, to: recorded/' "$v"
	commit
	refused jingchuan other-unit "$v"
	# another's record in its own folder
	v=$(add_visit 灵台)
	path=jingchuan/${v#lingtai/}
	mkdir -p "${path%/*}"
	mv "$v" "$path"
	commit
	refused jingchuan name "$path:3:7"
	# what keeps a folder
	mkdir -p lingtai/visits
	rm lingtai/.keep
	commit
	refused jingchuan gone lingtai/.keep
}

@test "events signed as another unit" {
	hub
	local p e
	p=$(add_problem 泾川 泾川)
	commit
	taken jingchuan
	e=$(act 泾川 李某 "$p" 2024-04-22T09:00:00+08:00 --note 看过)
	commit
	refused lingtai other-unit "$e"
	# signed by itself, without a part
	e=$(act 泾川 李某 "$p" 2024-04-22T09:00:00+08:00 --note 看过)
	sed -i 's/^unit: .*/unit: lingtai/' "$e"
	commit
	refused lingtai no-part "$e"
	# a county in the name of the city
	e=$(act pingliang 周某 "$p" 2024-04-22T09:00:00+08:00 --due 2024-06-30 --note 延期)
	commit
	refused jingchuan other-unit "$e"
	# nor may it what only the city may
	e=$(act pingliang 周某 000001 2024-04-22T09:00:00+08:00 --due 2024-07-30 --note 延期)
	sed -i 's/^unit: .*/unit: jingchuan/' "$e"
	commit
	refused jingchuan guard-not-met "$e[^:]*:[0-9:]*"
	# an event in its own folder, of another's record
	e=$(act pingliang 周某 000001 2024-04-22T09:00:00+08:00 --note 看过)
	mkdir -p jingchuan/problems/2024-04
	mv "$e" "jingchuan/problems/2024-04/"
	sed -i 's/^unit: .*/unit: jingchuan/' "jingchuan/problems/2024-04/${e##*/}"
	commit
	refused jingchuan orphan-event "jingchuan/problems/2024-04/${e##*/}"
}

@test "a closing smuggled in" {
	hub
	local p e
	p=$(add_problem 泾川 泾川)
	sed -i 's/to: listed}/to: closed}/' "$p"
	commit
	refused jingchuan '[a-z-]*' "$p:[0-9]*:[0-9]*"
	# as an event, without what closing needs
	p=$(add_problem 泾川 泾川)
	act 泾川 李某 "$p" 2024-04-22T09:00:00+08:00 --to rectifying >/dev/null
	commit
	taken jingchuan
	e=${p%.yaml}_20240423T090000_0000.yaml
	printf '%s\n' "record: $(basename "$p" .yaml)" "at: '2024-04-23T09:00:00+08:00'" 'by: 王某' 'unit: jingchuan' \
		'to: submitted' 'note: 自查' >"$e"
	commit
	refused jingchuan guard-not-met "$e:[0-9]*:[0-9]*"
	has "$output" "measure 'M1' is not done" "guard measure-open"
}

@test "a closing undone by dating back" {
	hub
	local p e last
	p=$(add_problem 泾川 泾川 灵台)
	act 泾川 李某 "$p" 2024-04-22T09:00:00+08:00 --to rectifying >/dev/null
	echo 截图 >"$work/shot.txt"
	act 泾川 李某 "$p" 2024-05-01T09:00:00+08:00 --done M1 --note 完成 --evidence "$work/shot.txt" --type screenshot >/dev/null
	act 泾川 李某 "$p" 2024-05-02T09:00:00+08:00 --to submitted --note 自查 >/dev/null
	commit
	taken jingchuan
	last=$(git rev-parse HEAD)
	back() { # PART...: an event of 灵台, dated before the closing
		e=${p%.yaml}_20240502T100000_0000.yaml
		printf '%s\n' "record: $(basename "$p" .yaml)" "at: '2024-05-02T10:00:00+08:00'" 'by: 吴某' 'unit: lingtai' "$@" >"$e"
	}
	act pingliang 周某 "$p" 2024-05-03T09:00:00+08:00 --review passed --note 核实 >/dev/null
	act pingliang 周某 "$p" 2024-05-05T09:00:00+08:00 --to closed --note 核实 >/dev/null
	commit
	taken pingliang
	back 'to: rectifying'
	commit
	refused lingtai closing-undone "$e"
	# offline too, whoever merges it
	git checkout -q -b offline "$last"
	back 'to: rectifying'
	commit
	git pull -q --no-edit origin main
	refused lingtai closing-undone "$e"
	# what does not undo it is let through
	back 'note: 已看'
	commit
	taken lingtai
	# where it was not closed yet, the later move has no effect, and both are told
	git reset -q --hard "$last"
	act pingliang 周某 "$p" 2024-05-04T09:00:00+08:00 --to returned --note 不实 >/dev/null
	commit
	push pingliang origin HEAD:side
	back 'to: rectifying'
	commit
	push lingtai origin HEAD:side
	has "$output" "$e: warning: it is dated before" "[move-not-allowed]"
}

@test "what another unit did is not undone by dating back, nor the rules gone round" {
	hub
	local p e n=0 first
	put() { # TIME UNIT NAME PART...: an event, written without asking
		n=$((n + 1))
		e=${p%.yaml}_${1//[-:]/}_$(printf %04d $n).yaml
		printf '%s\n' "record: $(basename "$p" .yaml)" "at: '$1+08:00'" "by: $3" "unit: $2" "${@:4}" >"$e"
		commit
	}
	p=$(problem-log --by 张某 --unit 泾川 --at 2024-04-18T18:00:00+08:00 --title 重复提交材料 --description 未调用 --lead 泾川 \
		--responsible 泾川 --responsible 灵台 --track 限期整改 --origin self-check --pain blockage --measure 接入 --focus 15)
	commit
	taken jingchuan
	# a due date that needed no right yet becomes an extension by what is put before it
	put 2024-05-10T09:00:00 jingchuan 李某 "due: '2024-07-31'" 'note: 延期'
	first=$e
	taken jingchuan
	put 2024-05-09T09:00:00 jingchuan 李某 'to: listed' "set: {due: '2024-05-31'}"
	refused jingchuan guard-not-met "$e"
	has "$output" "${first##*/}" 'may not change a due date'
	# withdrawn, before the city put it on the list
	act pingliang 周某 "$p" 2024-05-11T09:00:00+08:00 --to listed --note 列账 >/dev/null
	commit
	taken pingliang
	put 2024-05-10T10:00:00 jingchuan 李某 'to: withdrawn' 'note: 误登'
	refused jingchuan dated-back "$e"
	# what only the own unit did may be undone so
	p=$(problem-log --by 张某 --unit 泾川 --at 2024-04-18T18:00:00+08:00 --title 误登 --description 未调用 --origin self-check --pain blockage)
	act 泾川 李某 "$p" 2024-04-20T09:00:00+08:00 --note 已看 >/dev/null
	commit
	taken jingchuan
	put 2024-04-19T10:00:00 jingchuan 李某 'to: withdrawn' 'note: 误登'
	push jingchuan
	# a closing without a right, planted where it had no effect
	p=$(add_problem 泾川 泾川 灵台)
	act 泾川 李某 "$p" 2024-04-22T09:00:00+08:00 --to rectifying >/dev/null
	echo 截图 >"$work/shot.txt"
	act 泾川 李某 "$p" 2024-05-01T09:00:00+08:00 --done M1 --note 完成 --evidence "$work/shot.txt" --type screenshot >/dev/null
	commit
	taken jingchuan
	put 2024-05-10T09:00:00 lingtai 王某 'to: closed' 'note: 已办结'
	first=$e
	push lingtai
	has "$output" '[move-not-allowed]'
	put 2024-05-09T09:00:00 jingchuan 李某 'to: submitted' 'note: 自查'
	refused jingchuan guard-not-met "$e"
	has "$output" "${first##*/}" 'may not close this problem'
	# after it, it is as any other
	put 2024-05-10T10:00:00 jingchuan 李某 'to: submitted' 'note: 自查'
	taken jingchuan
	# a reopening, though it was closed again
	act pingliang 周某 "$p" 2024-05-11T09:00:00+08:00 --review passed --note 核实 >/dev/null
	act pingliang 孙某 "$p" 2024-05-12T09:00:00+08:00 --to closed --note 核实 >/dev/null
	act pingliang 周某 "$p" 2024-05-13T09:00:00+08:00 --to reopened --due 2024-06-30 --note 反弹 --evidence "$work/shot.txt" --type screenshot >/dev/null
	act 泾川 李某 "$p" 2024-05-14T09:00:00+08:00 --to rectifying >/dev/null
	act 泾川 李某 "$p" 2024-05-15T09:00:00+08:00 --to submitted --note 自查 >/dev/null
	act pingliang 周某 "$p" 2024-05-16T09:00:00+08:00 --review passed --note 核实 >/dev/null
	act pingliang 孙某 "$p" 2024-05-17T09:00:00+08:00 --to closed --note 核实 >/dev/null
	commit
	taken pingliang,jingchuan
	put 2024-05-10T11:00:00 lingtai 吴某 'to: rectifying'
	refused lingtai dated-back "$e"
}

@test "a time that lies in the future" {
	hub
	local p e
	p=$(add_visit 泾川)
	e=${p%.yaml}_20990423T090000_0000.yaml
	printf '%s\n' "record: $(basename "$p" .yaml)" "at: '2099-04-23T09:00:00+08:00'" 'by: 王某' 'unit: jingchuan' \
		'note: x' >"$e"
	commit
	refused jingchuan future "$e:[0-9]*:[0-9]*"
	p=$(add_visit 泾川)
	sed -i "s/at: '20[^']*'/at: '2099-04-18T10:00:00+08:00'/" "$p"
	commit
	refused jingchuan future "$p:[0-9]*:[0-9]*"
}

@test "another record of the same id" {
	hub
	local v twin
	v=$(add_visit 灵台)
	commit
	taken lingtai
	twin=jingchuan/${v#lingtai/}
	mkdir -p "${twin%/*}"
	sed 's/lingtai/jingchuan/' "$v" >"$twin"
	commit
	refused jingchuan duplicate-id "$twin"
}

# --- nothing is ever changed ---------------------------------------------------------------------

@test "changed, deleted, renamed, put back otherwise" {
	hub
	local v
	v=$(add_visit 泾川)
	commit
	taken jingchuan
	sed -i 's/示例甲/示例乙/' "$v"
	commit
	refused jingchuan changed "$v"
	git rm -q "$v"
	commit
	refused jingchuan gone "$v"
	git mv "$v" "${v%??????.yaml}000001.yaml"
	commit
	refused jingchuan gone "$v"
	# the commit that is named is the one that deletes, not the newest, also behind a merge
	local remover
	git checkout -q -b side
	add_visit 泾川 示例丁食品有限公司 >/dev/null
	commit
	git rm -q "$v"
	git commit -qm 删
	remover=$(git rev-parse --short=12 HEAD)
	git checkout -q main
	add_visit 泾川 示例戊食品有限公司 >/dev/null
	commit
	git merge -q --no-ff -m 合并 side
	add_visit 泾川 示例己食品有限公司 >/dev/null
	commit
	keep=1
	refused jingchuan gone "$v"
	keep=
	has "$output" "$remover:$v: error"
	undo
	git branch -q -D side
	# of a name that git takes for a pattern, and that is older than the hook
	echo 说明 >':(x)说明'
	commit
	git -C "$work/hub.git" config core.hooksPath /nonexistent
	taken pingliang
	git -C "$work/hub.git" config --unset core.hooksPath
	git --literal-pathspecs rm -q ':(x)说明'
	git commit -qm 删
	remover=$(git rev-parse --short=12 HEAD)
	add_visit 泾川 示例庚食品有限公司 >/dev/null
	commit
	keep=1
	refused jingchuan owner-only ':\(x\)说明'
	keep=
	has "$output" "$remover::(x)说明: error"
	undo
	# taken away in one commit, back with other content in the next
	git rm -q "$v"
	git commit -qm 一
	mkdir -p "${v%/*}"
	git show "origin/main:$v" | sed 's/示例甲/示例乙/' >"$v"
	commit
	refused jingchuan changed "$v"
	# with the same content nothing has happened
	git rm -q "$v"
	git commit -qm 一
	git checkout -q origin/main -- "$v"
	commit
	taken jingchuan
	# the owner may not either
	sed -i 's/示例甲/示例乙/' "$v"
	commit
	refused pingliang changed "$v"
	# a folder in the place of a file
	git rm -q "$v"
	mkdir -p "$v"
	echo x >"$v/x"
	commit
	refused jingchuan odd-name "$v"
	# another's, hidden in the tree of a merge
	git checkout -q -b side
	add_visit 泾川 示例丙食品有限公司 >/dev/null
	commit
	git checkout -q main
	git merge -q --no-ff --no-commit side
	git rm -qf "$v"
	git commit -qm 合并
	refused jingchuan gone "$v"
}

@test "no branch is deleted or pushed by force" {
	hub
	add_visit 泾川 >/dev/null
	commit
	taken jingchuan origin HEAD:main HEAD:work
	keep=1
	refused jingchuan no-deletion refs/heads/work origin :work
	refused pingliang no-deletion refs/heads/main origin :main
	git reset -q --hard HEAD~1
	refused jingchuan no-force refs/heads/main -f origin HEAD:main
	git commit -q --allow-empty --amend -m 别的
	refused pingliang no-force refs/heads/main -f origin HEAD:main
	git checkout -q --orphan alone
	git commit -qm 别的
	refused pingliang other-history refs/heads/alone origin alone
	refused pingliang no-force refs/heads/main -f origin alone:main
}

@test "only the owner changes the plan, schemas, reports and the rest" {
	hub
	local path
	for path in plan.yaml .gitattributes .gitignore; do
		echo '# x' >>$path
		commit
		refused jingchuan owner-only $path
	done
	for path in schemas/visit.yaml reports/x.md README.md other/x jingchuan2/visits/x; do
		mkdir -p "$(dirname $path)"
		echo 'properties: {}' >$path
		commit
		refused jingchuan owner-only $path
	done
	git rm -q plan.yaml
	commit
	refused jingchuan owner-only plan.yaml
	git rm -q plan.yaml
	commit
	keep=1
	refused pingliang gone plan.yaml
	undo
	# a plan that cannot be read is nobody's
	echo 'units: {' >>plan.yaml
	commit
	! push pingliang
	has "$output" "plan.yaml" "[yaml-syntax]"
}

@test "a push does not loosen its own judge" {
	hub
	local e
	# a right that the plan does not give, and the plan that gives it
	e=$(act pingliang 周某 000001 2024-04-22T09:00:00+08:00 --due 2024-07-30 --note 延期)
	sed -i 's/^unit: .*/unit: jingchuan/' "$e"
	sed -i 's/^owner: .*/owner: jingchuan/' plan.yaml
	commit
	refused jingchuan owner-only plan.yaml
	# in a commit of its own, taken back in the next
	sed -i 's/plan: \[owner\]/plan: [owner, county-center]/' plan.yaml
	commit
	e=$(act pingliang 周某 000001 2024-04-22T09:00:00+08:00 --due 2024-07-30 --note 延期)
	sed -i 's/^unit: .*/unit: jingchuan/' "$e"
	git checkout -q origin/main -- plan.yaml
	commit
	refused jingchuan guard-not-met "$e:[0-9]*:[0-9]*"
	# hidden in the tree of a merge
	git checkout -q -b side
	add_visit 泾川 >/dev/null
	commit
	git checkout -q main
	git merge -q --no-ff --no-commit side
	sed -i 's/^owner: .*/owner: jingchuan/' plan.yaml
	git add plan.yaml
	git commit -qm 合并
	refused jingchuan owner-only plan.yaml
	# on a new branch that begins before there was a plan for it
	git checkout -q -b early
	sed -i 's/^owner: .*/owner: jingchuan/' plan.yaml
	commit
	refused jingchuan owner-only plan.yaml origin early
	# laxer schemas beside it
	mkdir schemas
	echo '{}' >schemas/visit.yaml
	commit
	refused jingchuan owner-only schemas/visit.yaml
}

# --- evidence ------------------------------------------------------------------------------------

@test "evidence that is not what the event says" {
	hub
	local e f other
	echo 截图 >"$work/shot.txt"
	shot() {
		e=$(act 泾川 张某 000001 2024-05-10T09:00:00+08:00 --note 已更新 --evidence "$work/shot.txt" --type screenshot |
			grep yaml)
		f=$(echo pingliang/evidence/*)
	}
	shot
	echo 别的 >"$f"
	commit
	refused jingchuan evidence-changed "$e"
	# of the same size
	shot
	sed -i 's/截/切/' "$f"
	commit
	refused jingchuan evidence-changed "$e"
	shot
	rm "$f"
	commit
	refused jingchuan evidence-missing "$e:[0-9]*:[0-9]*"
	# the file without the event
	shot
	rm "$e"
	commit
	refused jingchuan other-folder "$f"
	# one more than the event names
	shot
	other=pingliang/evidence/$(printf x | sha256sum | cut -c1-12).txt
	printf x >"$other"
	commit
	refused jingchuan other-folder "$other"
	# another name than its content has
	mkdir -p jingchuan/evidence
	echo x >jingchuan/evidence/0123456789ab.txt
	commit
	refused jingchuan evidence-name jingchuan/evidence/0123456789ab.txt
	# in its own folder, where no event needs it yet: told, and taken
	mkdir -p jingchuan/evidence
	printf x >"jingchuan/evidence/${other##*/}"
	commit
	push jingchuan
	has "$output" "warning: no event names this file of evidence"
	# under a name that is there already
	shot
	commit
	taken jingchuan
	echo 别的 >"$f"
	commit
	refused jingchuan changed "$f"
}

# --- names, modes, sizes -------------------------------------------------------------------------

# tree_with MODE TYPE ID PATH: a commit on top of HEAD with this entry, as no work tree could have it
tree_with() {
	git read-tree HEAD
	printf '%s %s\t%s\0' "$1" "$3" "$4" | git -c core.protectNTFS=false update-index -z --index-info
	git -c core.protectNTFS=false reset -q --soft "$(git commit-tree -p HEAD -m x "$(git -c core.protectNTFS=false write-tree)")"
}

@test "odd names and look-alikes" {
	hub
	local blob path
	blob=$(git hash-object -w --stdin </dev/null)
	for path in jingchuan/x jingchuan/visits/x jingchuan/visits/2024-13/x jingchuan/evidence/photo.jpg \
		jingchuan/visits/2024-04/v-20240418-00000i.yaml jingchuan/visits/2024-04/p-20240418-000001.yaml \
		jingchuan/visits/2024-05/v-20240418-000001.yaml jingchuan/visits/2024-04/v-20240418-000001.yml \
		jingchuan/visits/2024-04/V-20240418-000001.yaml jingchuan/Visits/2024-04/v-20240418-000001.yaml \
		jingchuan/visits/2024-04/v-20240418-000001.yaml.bak jingchuan/evidence/0123456789AB.jpg \
		jingchuan/visits/2024-04/x/v-20240418-000001.yaml jingchuan/evidence/0123456789ab jingchuan/.git0/x \
		jingchuan/evidence/0123456789ab.JPG jingchuan/visits/２０２４-04/v-20240418-000001.yaml \
		Jingchuan/visits/2024-04/v-20240418-000001.yaml "jingchuan /x" "ｊingchuan/x" "jingchuan./x" 'a\b' 'a:b' 'con?' \
		.gitmodules .duban-1 $'a\nb' $'a\tb' $'\xff' $'a\u202eb' 'PLAN.YAML' 'plan.yaml ' 'GIT~1/x' x/.GITMODULES reports/aux reports/NUL.md \
		com1 'jingch~1/x' 'reports/GI7EBA~1'; do
		tree_with 100644 blob "$blob" "$path" || continue
		if push pingliang; then
			echo "taken: $path"
			return 1
		fi
		has "$output" "[odd-name]"
		git reset -q --hard origin/main
	done
}

@test "branches and tags that a clone takes for others" {
	hub
	local name
	add_visit 泾川 >/dev/null
	commit
	for name in Main MAIN/x ｍain 'aux' 'x/nul.1' "a$(printf '\342\200\256')b"; do
		keep=1 refused jingchuan odd-name "refs/heads/.*" origin "HEAD:refs/heads/$name"
	done
	keep=1 refused jingchuan odd-name "refs/heads/one" origin HEAD:refs/heads/one HEAD:refs/heads/One
	taken jingchuan origin HEAD:refs/heads/one HEAD:refs/heads/main2
	taken jingchuan origin HEAD:refs/heads/main
	git fetch -q
	git tag v1
	taken pingliang origin v1
	keep=1 refused pingliang odd-name refs/tags/V1 origin v1:refs/tags/V1
}

@test "trees that no git made" {
	hub
	local blob tree bad id root
	blob=$(git hash-object -w --stdin </dev/null)
	root=$(git rev-parse HEAD^{tree})
	raw() { printf "$1 $2\\0" && printf %b "$(sed 's/../\\x&/g' <<<"$3")"; }
	commit_of() { git hash-object -t commit -w --stdin --literally <<<"tree $1
parent $(git rev-parse HEAD)
author a <a@b> 1713400000 +0800
committer a <a@b> 1713400000 +0800

x"; }
	try() { # TREE CODE PATH
		id=$(commit_of "$1")
		if push pingliang origin "$id:refs/heads/main"; then
			echo "taken: $output"
			return 1
		fi
		# git itself may find that it is no tree
		grep -qF "[$2]" <<<"$output" || has "$output" "unpack" "${3:-[$2]}"
	}
	# twice the same name, not in order, a path for a name, up and away, cut off
	bad=$({ raw 100644 a "$blob"; raw 100644 a "$blob"; } | git hash-object -t tree -w --stdin --literally)
	try "$bad" damaged
	bad=$({ raw 100644 b "$blob"; raw 100644 a "$blob"; } | git hash-object -t tree -w --stdin --literally)
	try "$bad" damaged
	bad=$({ git cat-file tree "$root"; raw 100644 zz/../../x "$blob"; } | git hash-object -t tree -w --stdin --literally)
	try "$bad" damaged
	bad=$({ git cat-file tree "$root"; raw 100644 z "${blob:0:10}"; } | git hash-object -t tree -w --stdin --literally)
	try "$bad" damaged "too-short tree"
	bad=$({ raw 40000 .. "$root"; git cat-file tree "$root"; } | git hash-object -t tree -w --stdin --literally)
	try "$bad" odd-name
	bad=$({ git cat-file tree "$root"; raw 100664 zz "$blob"; } | git hash-object -t tree -w --stdin --literally)
	try "$bad" odd-mode
	bad=$({ git cat-file tree "$root"; raw 0100644 zz "$blob"; } | git hash-object -t tree -w --stdin --literally)
	try "$bad" damaged
	# a bomb: ten folders, each ten times the next
	tree=$(printf '100644 blob %s\tf\n' "$blob" | git mktree)
	for id in 1 2 3 4 5 6 7 8 9 10 11 12; do
		tree=$(for n in 0 1 2 3 4 5 6 7 8 9; do printf '040000 tree %s\td%s\n' "$tree" $n; done | git mktree)
	done
	bad=$({ git ls-tree "$root"; printf '040000 tree %s\treports\n' "$tree"; } | git mktree)
	id=$(commit_of "$bad")
	timeout 20 git push -q origin "$id:refs/heads/bomb" 2>/dev/null || [ $? -ne 124 ]
}

@test "what only git itself looks at is kept out where the server is told to (receive.fsckObjects)" {
	hub
	local id
	git -C "$work/hub.git" config receive.fsckObjects true
	add_visit 泾川 >/dev/null
	commit
	taken jingchuan
	# a commit that no git makes
	id=$(printf 'tree %s\nparent %s\nauthor x\ncommitter a <a@b> 1713400000 +0800\n\nx\n' "$(git rev-parse 'HEAD^{tree}')" \
		"$(git rev-parse HEAD)" | git hash-object -t commit -w --stdin --literally)
	status 1 push jingchuan origin "$id:refs/heads/main"
	[ "$(git -C "$work/hub.git" rev-parse main)" = "$(git rev-parse HEAD)" ]
}

@test "links, submodules, programs, large files: in any commit, also where the next one takes them back" {
	hub
	local blob head v
	ln -s /etc/passwd jingchuan/.keep2
	commit
	git rm -q jingchuan/.keep2
	git commit -qm 收回
	refused jingchuan link jingchuan/.keep2
	git update-index --add --cacheinfo "160000,$(git rev-parse HEAD),module"
	git commit -qm 一
	git rm -q --cached module
	git commit -qm 二
	refused pingliang submodule module
	v=$(add_visit 泾川)
	chmod +x "$v"
	commit
	refused jingchuan executable "$v"
	# in a commit that only a merge brings
	git checkout -q -b side
	ln -s plan.yaml link
	commit
	git rm -q link
	git commit -qm 收回
	git checkout -q main
	add_visit 泾川 >/dev/null
	commit
	git merge -q --no-ff --no-edit side
	refused jingchuan link link
	v=$(add_visit 泾川)
	head -c 1100000 /dev/zero | tr '\0' x >>"$v"
	commit
	git rm -q "$v"
	git commit -qm 收回
	refused jingchuan too-large "$v"
	mkdir -p jingchuan/evidence
	truncate -s 65M "jingchuan/evidence/0123456789ab.bin"
	commit
	refused jingchuan too-large jingchuan/evidence/0123456789ab.bin
}

@test "many commits, each with the large folder once more, in little memory" {
	hub
	local base
	# COMMITS FILES: the first commit has the files, each other one more
	awk 'BEGIN {
		digits = "0123456789abcdefghjkmnpqrstvwxyz"
		print "blob\nmark :1\ndata 2\nx"
		for (n = 0; n < 6400; n++) {
			if (n == 0 || n >= 6000) {
				print "commit refs/heads/many\ncommitter x <x@example.invalid> 1713434400 +0800\ndata 1\nx"
				if (n == 0)
					print "from refs/heads/main^0"
			}
			print "M 100644 :1 jingchuan/visits/2024-04/v-20240418-000" substr(digits, int(n / 1024) + 1, 1) \
				substr(digits, int(n / 32) % 32 + 1, 1) substr(digits, n % 32 + 1, 1) ".yaml"
		}
	}' | git fast-import --quiet --force
	base=$(git rev-parse many~400)
	(
		little_memory 200000
		as jingchuan 张某
		status 1 record-guard update refs/heads/many "$base" "$(git rev-parse many)"
		has "$output" '[type]'
	)
}

@test "what is not a branch or a tag; many at once; bad history on a new branch" {
	hub
	git notes add -m x
	keep=1
	refused pingliang ref refs/notes/commits origin refs/notes/commits
	refused pingliang ref refs/meta/config origin HEAD:refs/meta/config
	refused pingliang ref "refs/replace/$(git rev-parse HEAD)" origin "HEAD:refs/replace/$(git rev-parse HEAD)"
	add_visit 泾川 >/dev/null
	commit
	git branch good
	ln -s plan.yaml link
	commit
	git rm -q link
	git commit -qm 收回
	# all or nothing with pre-receive
	refused jingchuan link link origin good HEAD:bad
	refused jingchuan link link origin HEAD:refs/heads/bad good:main
	# each by itself with update; what is refused does not become known by the way
	rm "$work/hub.git/hooks/pre-receive"
	cp "$hooks/update" "$work/hub.git/hooks/"
	! push jingchuan origin HEAD:bad good
	has "$output" "[link]" "new branch"
	[ "$(git -C "$work/hub.git" for-each-ref --format='%(refname)' refs/heads | xargs)" = "refs/heads/good refs/heads/main" ]
	refused jingchuan link link
	refused pingliang '[a-z-]*' refs/tags/way origin HEAD:refs/tags/way
	refused jingchuan link link
}

@test "objects that are borrowed from another repository" {
	hub
	git clone -q --bare --shared "$work/hub.git" "$work/fork.git"
	cp "$hooks/pre-receive" "$work/fork.git/hooks/"
	git remote add fork "$work/fork.git"
	add_visit 泾川 >/dev/null
	commit
	taken jingchuan fork HEAD:main
	ln -s plan.yaml link
	commit
	# the object is there already, by another way
	git -C "$work/hub.git" fetch -q "$work/rf" HEAD
	keep=1
	! push jingchuan fork HEAD:main
	has "$output" "[link]"
	refused jingchuan link link
}

# --- the command itself --------------------------------------------------------------------------

@test "before a commit" {
	hub
	local v
	cp "$hooks/pre-commit" .git/hooks/
	v=$(add_visit 泾川)
	git add .
	status 0 git commit -qm 登记
	[ -z "$output$err" ]
	sed -i 's/示例甲/示例乙/' "$v"
	git add .
	status 1 git commit -qm 登记
	has "$output$err" "$v: error:" "[changed]"
	git reset -q --hard
	# whose it is, is asked when it is known
	v=$(add_visit 灵台)
	git add .
	DUBAN_UNIT=泾川 status 1 git commit -qm 登记
	has "$output$err" "[other-unit]"
	status 0 git commit -qm 登记
	# what a merge brings is not judged again
	git checkout -q -b side HEAD~1
	add_visit 泾川 >/dev/null
	git add .
	DUBAN_UNIT=泾川 git commit -qm 登记
	git merge -q --no-commit --no-ff main
	DUBAN_UNIT=泾川 status 0 git commit -qm 合并
	# a part of what is in the work tree
	v=$(add_visit 泾川 示例丙食品有限公司)
	echo x >jingchuan/x
	git add .
	status 0 git commit -qm 一部分 "$v"
	status 1 git commit -qm 全部
	has "$output$err" "jingchuan/x: error:"
}

@test "--format json" {
	hub
	local v old
	old=$(git rev-parse HEAD)
	v=$(add_visit 泾川)
	commit
	export DUBAN_UNIT=lingtai
	status 1 record-guard --format json update refs/heads/main "$old" "$(git rev-parse HEAD)"
	[ "$(jq -c '[.version,.files,.errors,.warnings]' <<<"$output")" = '[1,1,1,0]' ]
	[ "$(jq -r '.findings[0] | [.file,.code] | join(" ")' <<<"$output")" = \
		"$(git rev-parse --short=12 HEAD):$v other-unit" ]
	export DUBAN_UNIT=jingchuan
	status 0 record-guard --format json update refs/heads/main "$old" "$(git rev-parse HEAD)"
	[ "$(jq -c . <<<"$output")" = '{"version":1,"files":1,"errors":0,"warnings":0,"findings":[]}' ]
	cd "$work"
	status 0 record-guard -C rf pre-receive <<<"$old $(git -C rf rev-parse HEAD) refs/heads/main"
	[ -z "$output$err" ]
}

@test "what it cannot, and wrong use" {
	local zero=0000000000000000000000000000000000000000
	status 2 record-guard
	DUBAN_UNIT=x status 2 record-guard post-receive
	has "$err" "a hook is update REF OLD NEW, pre-receive or pre-commit"
	DUBAN_UNIT=x status 2 record-guard update refs/heads/main
	DUBAN_UNIT=x status 2 record-guard update refs/heads/main HEAD HEAD~1
	DUBAN_UNIT=x status 2 record-guard pre-receive <<<"x y"
	DUBAN_UNIT=x status 2 record-guard --format xml pre-commit
	status 3 record-guard pre-receive </dev/null
	has "$err" '$DUBAN_UNIT is not set' "the server sets it"
	# no repository
	DUBAN_UNIT=x status 3 record-guard update refs/heads/main $zero ${zero//0/1}
	has "$err" "git"
	DUBAN_UNIT=x status 3 record-guard -C none pre-commit
	has "$err" none
	# objects that are not there
	hub
	DUBAN_UNIT=jingchuan status 3 record-guard update refs/heads/main "$(git rev-parse HEAD)" ${zero//0/1}
	DUBAN_UNIT=jingchuan status 0 record-guard pre-receive </dev/null
	# git is not there
	status 3 env PATH="$bin" DUBAN_UNIT=jingchuan record-guard pre-commit
	has "$err" "git does not answer"
}
