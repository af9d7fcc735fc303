# Random stories of problems, told by several clones, and what a second opinion makes of them: what
# tests/cli/fold.bats and tests/slow/fold.bats share. See generate.awk and model.jq.

fold_dir=${BASH_SOURCE[0]%/*}
fold_units='pingliang jingchuan lingtai industrial-park bigdata-center'

# the rights of Pingliang (contract 2), and others of every word that rights may have, with people
pingliang_rights='{"list": ["unit", "lead", "owner"], "review": ["unit", "lead", "owner"],
	"close": {"plan": ["owner"], "cross-unit": ["owner"], "own": ["unit", "owner"]},
	"second": ["plan", "acting-part"], "supervise": ["owner"], "reopen": ["owner"]}'
other_rights='{"list": ["unit", "department"], "review": ["county-center", "owner"],
	"close": {"plan": ["owner", "lead"], "cross-unit": ["responsible"], "own": ["unit"]},
	"second": ["acting-part"], "supervise": ["owner"], "reopen": ["unit", "owner"]}'
some_people='[{"name": "张某", "unit": "pingliang", "may": ["list", "review", "close", "reopen"]},
	{"name": "李某", "unit": "pingliang", "may": ["list", "review"]},
	{"name": "王 某", "unit": "jingchuan", "may": ["close"]}, {"name": "张某", "unit": "jingchuan", "may": []},
	{"name": "AB", "unit": "lingtai", "may": ["list", "review", "close"]},
	{"name": "孙某", "unit": "lingtai", "may": ["reopen", "close"]},
	{"name": "张某", "unit": "industrial-park", "may": ["list", "close"]},
	{"name": "李某", "unit": "industrial-park", "may": ["list", "reopen"]},
	{"name": "ＡＢ", "unit": "bigdata-center", "may": ["list", "close"]},
	{"name": "王某", "unit": "bigdata-center", "may": ["review"]}]'

# facts RIGHTS PEOPLE: of the plan, what the model needs
facts() {
	jq -nc --argjson rights "$1" --argjson people "$2" '{
		owner: "pingliang",
		kinds: {pingliang: "city-center", "city-hall": "city-hall", jingchuan: "county-center", lingtai: "county-center",
			"industrial-park": "park-center", "bigdata-center": "department"},
		groups: {residents: ["city-hall"], counties: ["kongtong", "jingchuan", "lingtai", "chongxin", "huating",
			"zhuanglang", "jingning", "industrial-park"]},
		problems: [range(1; 7) | "p-20240410-00000\(.)"],
		$rights, $people
	}'
}

# tell SEED PROBLEMS CLONES ROUNDS [OPTION...]: writes what each clone adds in each round to told/CLONE/ROUND, evidence
# with the first; options of awk
tell() {
	local clone round unit n file sum
	for unit in $fold_units; do
		for clone in $(seq "$3"); do
			for round in $(seq "$4"); do
				mkdir -p told/"$clone"/"$round"/"$unit"/problems/2024-04
			done
			mkdir -p told/"$clone"/1/"$unit"/evidence
		done
		for n in 1 2 3; do
			echo "佐证 $unit $n" >file
			sum=$(sha256sum <file | cut -d ' ' -f 1)
			file=$unit/evidence/${sum:0:12}.txt
			for clone in $(seq "$3"); do
				cp file told/"$clone"/1/"$file"
			done
			echo "$unit $file $sum $(stat -c %s file)"
		done
	done | awk -v seed="$1" -v problems="$2" -v clones="$3" -v rounds="$4" -v out=told "${@:5}" -f "$fold_dir/generate.awk"
}

# as_json: one {"path", "doc"} per file named on stdin; the files hold JSON behind each key
as_json() {
	LC_ALL=C sort | xargs awk '
		FNR == 1 {
			if (NR > 1)
				print "}}"
			printf "{\"path\": \"%s\", \"doc\": {", FILENAME
		}
		{
			sub(/: /, "\": ")
			printf "%s\"%s", (FNR > 1 ? ", " : ""), $0
		}
		END { print "}}" }'
}

# model FACTS [AS_OF [STORIES]]: what the text makes of the files here
model() {
	find . -path '*/problems/*' -name '*.yaml' | as_json | jq -n --argjson plan "$1" --arg as_of "${2:-}" --argjson stories "${3:-false}" -f "$fold_dir/model.jq"
}

# checked: what record-check says of moves and rights, in the model's words
checked() {
	record-check --format json | jq -c '.findings[]
		| select(.code != "milestone-after-due") # of a due date that was set later: no guard speaks of it
		| [(.file | split("/")[-1]), .code,
			if .code == "guard-not-met" then
				(.message | capture("\\(guard (?<g>[a-z-]+)\\)$").g) as $guard
				| $guard + if $guard | startswith("measure-") or . == "unknown-step" or . == "step-twice" then
					" " + (.message | capture("\u0027(?<id>[MN][0-9]+)\u0027").id) else "" end
			elif .code == "move-not-allowed" then .hint | split(" ")[0] | split("/")[-1]
			else "" end]' | LC_ALL=C sort -u
}

# shown [OPTION...]: how the problems stand, in the model's words; nothing of what was withdrawn is left out
shown() {
	{
		record-list problem --format jsonl "$@"
		record-list problem --where state=withdrawn --format jsonl "$@"
	} | jq -c '{id, state, due, due_original, measures_done, measures_total}' | LC_ALL=C sort
}

# reopenings: how often each problem was, by its story; those that never were are left out
reopenings() {
	record-list problem --format ids >ids
	record-list problem --where state=withdrawn --format ids >>ids
	while read -r id; do
		rectify-status --format json "$id"
	done <ids | jq -c '[.id, ([.events[] | select(.to == "reopened" and (.skipped | not))] | length)] | select(.[1] > 0)' |
		LC_ALL=C sort
	rm ids
}

# same WHAT EXPECTED FOUND: two files, the first is the model's
same() {
	diff "$2" "$3" >differences && return
	echo "$1: the model (<) and the programs (>) do not agree"
	head -n 40 differences
	return 1
}

# agrees FACTS: the programs say of this folder what the model says
agrees() {
	local as_of
	model "$1" >../model
	jq -c '.findings[]' ../model | LC_ALL=C sort -u >../expected
	checked >../found
	(cd .. && same record-check expected found) || return 1
	jq -c '.problems[] | [.id, .reopened] | select(.[1] > 0)' ../model | LC_ALL=C sort >../expected
	reopenings >../found
	(cd .. && same reopenings expected found) || return 1
	for as_of in 2024-04-20 2024-05-05 ''; do
		model "$1" "${as_of:+${as_of}T23:59:59+08:00}" | jq -c '.problems[] | del(.reopened)' | LC_ALL=C sort >../expected
		shown ${as_of:+--as-of $as_of} >../found
		(cd .. && same "record-list ${as_of:-now}" expected found) || return 1
	done
}

# in_git CLONE ARGUMENT...: git in one of the clones
in_git() {
	git -C "clone$1" -c user.name=张某 -c user.email=zhang@example.com "${@:2}"
}

# pull CLONE FROM: by merge or by rebase
pull() {
	local how='--no-rebase --no-edit'
	[ $((RANDOM % 2)) = 0 ] || how=--rebase
	in_git "$1" pull -q $how "../clone$2" main 2>pulled || { cat pulled && return 1; }
}

# campaign SEED PROBLEMS CLONES ROUNDS RIGHTS PEOPLE: clones tell the stories offline and pull from each
# other in any order, until all have all; clone1, clone2 and so on
campaign() {
	local clone round n
	export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1
	RANDOM=$1
	tell "$1" "$2" "$3" "$4"
	plan-init clone1 >/dev/null
	rm clone1/pingliang/problems/2024-04/*
	# JSON is YAML
	awk -v rights="rights: $5" -v people="people: $6" '
		/^rights:/ { print rights; if (people != "people: null") print people; skip = 1; next }
		/^[^ ]/ { skip = 0 }
		!skip' "$(dirname "$(command -v plan-init)")"/../share/duban/plans/pingliang-2024/plan.yaml >clone1/plan.yaml
	git init -q -b main clone1
	in_git 1 add -A
	in_git 1 commit -q -m plan
	for clone in $(seq 2 "$3"); do
		git clone -q clone1 "clone$clone"
	done
	for round in $(seq "$4"); do
		for clone in $(seq "$3"); do
			cp -r told/"$clone"/"$round"/. "clone$clone"
			in_git "$clone" add -A
			in_git "$clone" commit -q -m "round $round"
		done
		for n in $(seq "$3"); do
			clone=$((RANDOM % $3 + 1))
			pull $clone $(((clone + RANDOM % ($3 - 1)) % $3 + 1))
		done
	done
	for clone in $(seq 2 "$3"); do
		pull 1 "$clone"
	done
	for clone in $(seq 2 "$3"); do
		pull "$clone" 1
	done
}

# alike CLONES: all clones have the same tree, and the programs say the same of each
alike() {
	local clone
	for clone in $(seq "$1"); do
		[ -z "$(in_git "$clone" status --porcelain)" ]
		in_git "$clone" rev-parse 'HEAD^{tree}' >"told$clone"
		(
			cd "clone$clone"
			record-list problem --format jsonl
			rectify-status --format json --as-of 2024-06-30
			record-check --format json || true
		) >>"told$clone"
		cmp told1 "told$clone" || return 1
	done
}
