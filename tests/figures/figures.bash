# The figures of the reports: a folder of random records, what the command says of it and what model.jq says. Both are
# whole documents: a leaf that one of them lacks is a difference.

figures_dir=${BASH_SOURCE[0]%/*}
. "$figures_dir/../fold/fold.bash"

KINDS='visit walkthrough inspection observation supervision visit-plan submission'
figures_units='pingliang city-hall kongtong jingchuan lingtai chongxin huating zhuanglang jingning industrial-park
	bigdata-center digital-gov-team'

# evidence_lines: a few files for each unit, for generate.awk
evidence_lines() {
	local unit n file sum
	for unit in $figures_units; do
		mkdir -p "$unit/evidence"
		for n in 1 2 3 4; do
			echo "佐证 $unit $n" >file
			sum=$(sha256sum <file | cut -d ' ' -f 1)
			file=$unit/evidence/${sum:0:12}.txt
			echo "$unit $file $sum $(stat -c %s file)"
			mv file "$file"
		done
	done
}

# fill SEED PROBLEMS RECORDS: a record folder rf, and beside it what happened there: stories of problems, events of
# other records, files that are not as they were
fill() {
	plan-init rf >/dev/null
	rm rf/pingliang/problems/2024-04/*
	mkdir -p told/1
	ln -s ../../rf told/1/1
	tell "$1" "$2" 1 1 -v steps_named='任务分解到人 审核验收 申请销号' \
		-v indicators='seal-rate review-coverage one-matter-packages case-return-rate gkb-online-share'
	cd rf
	evidence_lines | awk -v seed="$1" -v records="$3" -f "$figures_dir/generate.awk"
	link_problems
	rm "$(find lingtai/evidence -type f | LC_ALL=C sort | tail -n 1)"
	echo x >"$(find huating/evidence -type f | LC_ALL=C sort | tail -n 1)"
	model "$(facts "$pingliang_rights" null)" '' true >../stories
	find . -path '*/20??-??/[a-oq-z]-*_*' -name '*.yaml' | as_json >../events
	find . -path '*/evidence/*' -type f -exec sha256sum {} + | jq -Rn '[inputs | split("  ./") | {key: .[1], value: .[0]}] | from_entries' >../files
	cd ..
}

# link_problems: some come from visits of their unit, some were due on the day on which they were closed
link_problems() {
	local unit file day
	find . -path '*/problems/*_*' -name '*.yaml' -exec grep -l '^to: "closed"' {} + | LC_ALL=C sort | awk -F _ 'NR % 2 {
		print $1 ".yaml", substr($2, 1, 4) "-" substr($2, 5, 2) "-" substr($2, 7, 2) }' | while read -r file day; do
		sed -i "s/^due: .*/due: \"$day\"/" "$file"
	done
	for unit in $fold_units; do
		find "$unit/visits" -name 'v-*' ! -name '*_*' | LC_ALL=C sort | sed 's,.*/,,; s/\.yaml//' >../visits
		find "$unit/problems" -name 'p-*' ! -name '*_*' | LC_ALL=C sort | awk 'NR == FNR { visit[n++] = $0; next }
			FNR % 3 == 0 && n { print "sources: [\"" visit[FNR * 7 % n] "\"" (FNR % 2 ? ", \"" visit[(FNR * 7 + 5) % n] "\"" : "") "]" >>$0; close($0) }' \
			../visits -
	done
}

# records AS_OF: of all kinds but problems, as known then
records() {
	local kind
	for kind in $KINDS; do
		record-list "$kind" --as-of "$1" --format jsonl
		record-list "$kind" --where state=withdrawn --as-of "$1" --format jsonl
	done
}

# issued_on KIND NAME: the day after the period before; nothing before the first
issued_on() {
	case $1 in
	week) [ "${2#2024-W}" = 15 ] || date -u -d "2024-01-01 +$(((10#${2#2024-W} - 1) * 7)) days" +%F ;;
	month) [ "$2" = 2024-04 ] || echo "$2-01" ;;
	final) echo 2024-08-01 ;;
	esac
}

# expected KIND NAME AS_OF [UNIT]: what the records say
expected() {
	local issued
	issued=$(issued_on "$1" "$2")
	for day in "$3" $issued; do
		[ -e "../known-$day" ] || records "$day" >"../known-$day"
	done
	[ -n "$issued" ] && issued=../known-$issued || issued=/dev/null
	jq -nS -L "$figures_dir" --arg kind "$1" --arg name "$2" --arg as_of "$3" --arg unit "${4:-}" --slurpfile now "../known-$3" \
		--slurpfile earlier "$issued" --slurpfile stories ../stories --slurpfile events ../events --slurpfile files ../files \
		-f "$figures_dir/model.jq"
}

# said KIND NAME AS_OF [UNIT]: what the command says
said() {
	if [ "$1" = final ]; then set -- "$1" '' "$3" ${4:+"$4"}; fi
	dispatch-report --"$1" ${2:+"$2"} --as-of "$3" ${4:+--unit "$4"} --format json
}

# in_order: rows whose order the text leaves open in one that is the same for all
in_order() {
	jq -S 'def ordered: ["overall", "stock", "open_course", "rates_overall", "points", "units_progress", "flow", "rates", "ranking",
			"required", "trend", "pace", "topics", "formulas", "oversight_counts", "units_missing", "tracks", "appeals", "units"];
		(.corrections[]?.fields | strings) |= (split("、") | sort | join("、"))
		| with_entries(if (.value | type) == "array" and (.key as $k | ordered | index($k) | not) then .value |= sort else . end)'
}

# leaves: the paths of a document's leaves, numbers left out, with + when there is a value; an empty list is a leaf
leaves() {
	jq -r '[paths(type != "object" and (type != "array" or . == [])) as $path
		| (if getpath($path) | . == null or . == [] then "- " else "+ " end)
			+ ($path | map(if type == "number" then "[]" else . end) | join("."))] | unique[]'
}

# agrees_on KIND NAME AS_OF [UNIT]: notes which leaves there were
agrees_on() {
	expected "$@" | in_order >../expected && said "$@" | in_order >../said || return 1
	leaves <../said >>"$BATS_FILE_TMPDIR/leaves"
	diff ../expected ../said >../differences && return
	echo "$*: the model (<) and dispatch-report (>) do not agree"
	head -n 40 ../differences
	return 1
}

# monday WEEK [DAYS]: of a week of 2024, or some days later
monday() {
	date -u -d "2024-01-01 +$((($1 - 1) * 7 + ${2:-0})) days" +%F
}

# seed N RECORDS PROBLEMS: one folder; which issues are asked for, as known when and of whom, follows from the number
seed() {
	local units week unit
	fill "$1" "$3" "$2"
	cd rf
	read -ra units <<<"${figures_units//[$'\n\t']/ }"
	unit=${units[$1 % 12]} week=$((15 + $1 * 7 % 20))
	agrees_on week 2024-W$week "$(monday $((week + 1)))" || return 1
	week=$((15 + $1 * 3 % 20))
	agrees_on week 2024-W$week "$(monday $week $((3 + $1 * 5 % 60)))" || return 1
	agrees_on week 2024-W$week "$(monday $((week + 2)))" "$unit" || return 1
	agrees_on month 2024-0$((4 + $1 % 4)) 2024-0$((5 + $1 % 4))-0$((1 + $1 % 9)) || return 1
	agrees_on month 2024-0$((4 + $1 / 4 % 4)) 2024-08-02 "$unit" || return 1
	agrees_on final 2024-final 2024-08-$((10 + $1 % 20)) || return 1
	cd ..
	rm -rf rf told known-*
}
