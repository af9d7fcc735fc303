# A bare hub and nine clones that work offline, with stock git and any configuration: every write adds a file, so
# there is no conflict, nothing is lost or doubled, and all end with the same tree and the same reports.

load ../cli/common
load ../cli/hub

# whether bytes reach a disk is no question here, so none is waited for
[ ! -w /dev/shm ] || TMPDIR=/dev/shm

units=(pingliang kongtong jingchuan lingtai chongxin huating zhuanglang jingning industrial-park)

# any N: a number below N; the same seed, the same numbers
any() { n=$((RANDOM % $1)); }

# one WORD...: one of them
one() {
	any $#
	shift $n
	word=$1
}

# at: the next moment; every act has its own
clock=0
tick() {
	clock=$((clock + 1))
	at=$(date -u -d "@$((1714525200 + clock * 97))" +%Y-%m-%dT%H:%M:%S+00:00)
}

# nine: the hub and the clones, each with a configuration of its own
nine() {
	cp -r "$BATS_FILE_TMPDIR/hub.git" "$work/hub.git"
	for unit in "${units[@]}"; do
		one merge diff3 zdiff3
		style=$word
		one true false input
		git clone -q -c merge.conflictStyle="$style" -c core.autocrlf="$word" "$work/hub.git" "$work/$unit"
	done
	for unit in "${units[@]}"; do
		for other in "${units[@]}"; do
			[ "$unit" = "$other" ] || git -C "$work/$unit" remote add "$other" "$work/$other"
		done
	done
}

# git must never stop, whatever is asked of it
must() {
	git "$@" >"$work/said" 2>&1 || {
		echo "seed $seed, $unit: git $*"
		cat "$work/said"
		return 1
	}
}

count() { # WHAT
	counts[$1]=$((${counts[$1]:-0} + 1))
}

# every file that was ever written, with its digest
note() {
	local path
	for path; do
		echo "$(sha256sum <"$path" | cut -c1-64) $path" >>"$work/written"
	done
}

# act: the unit, in its clone, enters something
enter() {
	local paths problem
	tick
	any 6
	case $n in
	0 | 1) paths=$(visit-add --at "$at" --indicator-type 政务服务 --enterprise "示例${clock}号有限公司" --appeal 无 --visitor 张某) ;;
	2) paths=$(indicator-add --at "$at" --indicator seal-rate --numerator $((RANDOM % 100)) --denominator 100) ;;
	3) paths=$(problem-log --at "$at" --title "问题$clock" --description 说明 --lead "$unit" --responsible "$unit" --track 限期整改 \
		--due 2024-08-31 --origin self-check --pain blockage --measure 措施 --focus 15) ;;
	4)
		# on one of the plan's problems, which are everybody's
		any 6
		echo "截图 $clock" >"$work/shot.txt"
		paths=$(rectify-status "00000$((n + 1))" --at "$at" --note "第${clock}次" --evidence "$work/shot.txt" --type screenshot) || return 0
		paths="$paths $(sed -n 's/.*file: \([^,]*\),.*/\1/p' ${paths##* })"
		;;
	5)
		problem=$(ls "$unit"/problems/*/p-*[0-9a-z].yaml 2>/dev/null | grep -v _ | tail -n 1)
		[ "$problem" ] || return 0
		one rectifying submitted listed declined
		paths=$(rectify-status "$problem" --at "$at" --to "$word" --note "第${clock}次" 2>/dev/null) || return 0
		;;
	esac
	# shellcheck disable=SC2086
	note $(printf '%s\n' $paths | sort -u)
	count written
}

commit_some() {
	[ -n "$(git status --porcelain)" ] || return 0
	must add -A && must commit -qm "$unit"
}

to_hub() {
	local left=5
	until git push -q origin HEAD:main 2>/dev/null; do
		left=$((left - 1))
		[ $left -gt 0 ] && must pull -q --no-rebase --no-edit origin main || return 1
		count merges
	done
	count pushes
}

another() {
	one "${units[@]}"
	[ "$word" != "$unit" ] || another
}

# exchange: in one of the ways that git has
exchange() {
	local other second third commits
	another
	other=$word
	another
	second=$word
	another
	third=$word
	any 9
	case $n in
	0)
		commit_some && must pull -q --no-rebase --no-edit origin main && to_hub
		count merges
		;;
	1)
		commit_some && must pull -q --rebase origin main && to_hub
		count rebases
		;;
	2)
		commit_some && must pull -q --no-rebase --no-edit "$other" main
		count merges
		;;
	3)
		commit_some && must fetch -q "$other" && must merge -q --squash "$other/main" || return 1
		git diff --cached --quiet || must commit -qm "squash $other"
		count squashes
		;;
	4)
		commit_some && must fetch -q "$other" || return 1
		commits=$(git rev-list --no-merges --reverse "HEAD..$other/main" | head -n 3)
		# shellcheck disable=SC2086
		[ -z "$commits" ] || must cherry-pick --allow-empty --keep-redundant-commits $commits
		count cherry-picks
		;;
	5)
		# what is not yet committed is put away and comes back
		if [ -n "$(git status --porcelain)" ]; then
			must stash push -q -u && must pull -q --no-rebase --no-edit origin main && must stash pop -q || return 1
			count stashes
		fi
		commit_some
		;;
	6)
		commit_some && must fetch -q --multiple "$other" "$second" "$third" || return 1
		must merge -q --no-edit "$other/main" "$second/main" "$third/main"
		[ "$(git rev-list --parents -n1 HEAD | wc -w)" -le 3 ] || count octopuses
		;;
	7)
		# on a stick
		must -C "../$other" bundle create -q "$work/stick.bundle" main && commit_some || return 1
		must pull -q --no-rebase --no-edit "$work/stick.bundle" main
		count bundles
		;;
	8)
		commit_some && must fetch -q origin && must rebase -q origin/main && to_hub
		count rebases
		;;
	esac
}

# a week, and then all come together
campaign() { # SEED ROUNDS
	local round
	seed=$1
	RANDOM=$seed
	export DUBAN_SEED=$seed
	declare -gA counts=()
	nine
	for ((round = 0; round < $2; round++)); do
		for unit in "${units[@]}"; do
			cd "$work/$unit" || return 1
			export DUBAN_UNIT=$unit DUBAN_BY=张某
			enter || return 1
			[ "$n" = 0 ] || enter || return 1
			exchange && exchange || return 1
		done
	done
	for round in 1 2; do
		for unit in "${units[@]}"; do
			cd "$work/$unit" || return 1
			commit_some && must pull -q --no-rebase --no-edit origin main && to_hub || return 1
		done
	done
}

reports() {
	rectify-status --format json --as-of 2024-08-31
	indicator-report --format json --as-of 2024-08-31
	indicator-report --indicator seal-rate --by-unit --format csv --as-of 2024-08-31
	record-list visit --format csv
	dispatch-report --month 2024-05 --format md --as-of 2024-08-31
	record-check
}

all_agree() {
	local tree first
	sort -u "$work/written" >"$work/wanted"
	[ "$(wc -l <"$work/wanted")" = "$(sort -u -k2 "$work/written" | wc -l)" ]
	cd "$work/pingliang"
	tree=$(git rev-parse HEAD^{tree})
	first=$(reports) || true
	for unit in "${units[@]}"; do
		cd "$work/$unit"
		[ "$(git rev-parse HEAD^{tree})" = "$tree" ] || { echo "$unit: another tree" && return 1; }
		[ -z "$(git status --porcelain)" ] || { echo "$unit: not clean" && git status --short && return 1; }
		# every file that was written, as it was, and beside the first ones no other
		git ls-files | grep -E '/(visits|problems|observations|evidence)/' | grep -v '/p-20240410-00000[1-6].yaml$' |
			while read -r path; do echo "$(sha256sum <"$path" | cut -c1-64) $path"; done | sort | diff - "$work/wanted"
		! grep -rIl $'\r' --include='*.yaml' .
		[ "$(reports || true)" = "$first" ] || { echo "$unit: other reports" && return 1; }
	done
	has "$first" ' 0 errors'
}

told() {
	local what
	for what in written pushes merges rebases squashes cherry-picks stashes octopuses bundles; do
		echo "$what ${counts[$what]:-0}"
	done | tee -a "${GIT_COUNTS:-/dev/null}" >>"$BATS_FILE_TMPDIR/counts"
}

nine_clones() {
	campaign "$1" 4
	all_agree
	told
}

@test "nine clones offline, every way that git has to bring them together: first" {
	nine_clones 1
}

@test "nine clones offline, every way that git has to bring them together: second" {
	nine_clones 22
}

@test "nine clones offline, every way that git has to bring them together: third" {
	nine_clones 333
}

@test "every way was gone" {
	[ "$(awk '{ n[$1] += $2 } END { for (w in n) if (n[w]) print w }' "$BATS_FILE_TMPDIR/counts" | sort | xargs)" = \
		'bundles cherry-picks merges octopuses pushes rebases squashes stashes written' ]
}

# --- decided against each other ------------------------------------------------------------------

# shared: a problem that the city and two counties all have in front of them, applied for and reviewed
shared() {
	seed=0
	RANDOM=1
	nine
	cd "$work/jingchuan"
	as jingchuan 张某
	p=$(add_problem jingchuan jingchuan)
	id=$(basename "$p" .yaml)
	act jingchuan 李某 "$p" 2024-04-22T09:00:00+08:00 --to rectifying >/dev/null
	echo 照片 >"$work/photo.txt"
	act jingchuan 李某 "$p" 2024-04-23T09:00:00+08:00 --to submitted --done M1 --note 自查通过 --evidence "$work/photo.txt" \
		--type photo >/dev/null
	act jingchuan 孙某 "$p" 2024-04-24T09:00:00+08:00 --review passed >/dev/null
	commit
	git push -q origin main
	for unit in "${units[@]}"; do git -C "$work/$unit" pull -q --no-rebase origin main; done
}

# one_state STATE EVENT FIRST: everywhere, and record-check names both
one_state() {
	local first='' now
	for unit in pingliang jingchuan pingliang; do
		cd "$work/$unit"
		git pull -q --no-rebase --no-edit origin main
		git push -q origin HEAD:main
	done
	for unit in "${units[@]}"; do
		cd "$work/$unit"
		git pull -q --no-rebase --no-edit origin main
		now=$(rectify-status "$id" --format json --as-of 2024-06-01)
		[ "$(jq -r .state <<<"$now")" = "$1" ]
		[ -z "$first" ] || [ "$now" = "$first" ]
		first=$now
		status 0 record-check
		has "$output" "$2:" '[move-not-allowed]' "${3##*/} came first"
	done
}

@test "closed twice, in two places" {
	shared
	local city county
	cd "$work/pingliang"
	city=$(act pingliang 周某 "$id" 2024-04-25T10:00:00+08:00 --to closed)
	commit
	cd "$work/jingchuan"
	county=$(act jingchuan 王某 "$id" 2024-04-25T09:00:00+08:00 --to closed)
	commit
	one_state closed "$city" "$county"
}

@test "closed here, sent back there" {
	shared
	local city county
	cd "$work/pingliang"
	city=$(act pingliang 周某 "$id" 2024-04-25T08:00:00+08:00 --to returned --note 现场未见)
	commit
	cd "$work/jingchuan"
	county=$(act jingchuan 王某 "$id" 2024-04-25T09:00:00+08:00 --to closed)
	commit
	one_state returned "$county" "$city"
}

@test "taken back here, closed there" {
	shared
	local city county
	cd "$work/pingliang"
	city=$(act pingliang 周某 "$id" 2024-04-25T10:00:00+08:00 --to closed)
	commit
	cd "$work/jingchuan"
	county=$(act jingchuan 李某 "$id" 2024-04-25T09:00:00+08:00 --to rectifying)
	commit
	one_state rectifying "$city" "$county"
}
