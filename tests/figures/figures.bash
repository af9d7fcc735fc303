# The figures of the weekly brief: a folder of random records, what the command says of it and what model.jq says.

figures_dir=${BASH_SOURCE[0]%/*}
. "$figures_dir/../fold/fold.bash"

KINDS='visit walkthrough inspection observation supervision'

# fill SEED PROBLEMS RECORDS: a record folder rf
fill() {
	tell "$1" "$2" 1 1
	plan-init rf >/dev/null
	rm rf/pingliang/problems/2024-04/*
	cp -r told/1/1/. rf
	(cd rf && awk -v seed="$1" -v records="$3" -f "$figures_dir/generate.awk")
}

end_of() { # DATE
	echo "$1T23:59:59+08:00"
}

# records AS_OF: of all kinds but problems, as known then
records() {
	local kind
	for kind in $KINDS; do
		record-list "$kind" --as-of "$1" --format jsonl
	done
}

# expected WEEK AS_OF: what the records say; WEEK: a number of 2024
expected() {
	local monday until from weeks=() w
	monday() { date -u -d "2024-01-01 +$((($1 - 1) * 7)) days" +%F; }
	sunday() { date -u -d "2024-01-01 +$(($1 * 7 - 1)) days" +%F; }
	from=$(monday "$1") until=$(sunday "$1")
	for ((w = 15; w <= $1; w++)); do weeks+=("[\"$(monday $w)\", \"$(sunday $w)\"]"); done
	[[ $until < $2 ]] && end=$until || end=$2
	records "$2" >../now
	records "$from" >../earlier # the week before was issued on this Monday
	model "$(facts "$pingliang_rights" null)" "$(end_of "$2")" true >../known
	model "$(facts "$pingliang_rights" null)" "$(end_of "$end")" true >../at_end
	model "$(facts "$pingliang_rights" null)" "$(end_of "$(sunday $(($1 - 1)))")" true >../at_start
	jq -nS --arg from "$from" --arg until "$until" --arg as_of "$2" --argjson weeks "[$(IFS=,; echo "${weeks[*]}")]" \
		--slurpfile now ../now --slurpfile earlier ../earlier --slurpfile known ../known --slurpfile at_end ../at_end \
		--slurpfile at_start ../at_start -f "$figures_dir/model.jq"
}

# said WEEK AS_OF: the same of what the command says
said() {
	dispatch-report --week "2024-W$1" --as-of "$2" --format json | jq -S '{
		overall: (.overall | map({key: .item, value: [.period, .before, .total]}) | from_entries),
		stock: (.stock | map({key: .item, value: [.start, .end]}) | from_entries),
		rates_overall: (.rates_overall | map({key: .item, value: [.numerator, .denominator, .rate, .before]}) | from_entries),
		flow: (.flow | map(select(.unit)) | map(del(.registered_transferred, .registered_merged, .registered_declined))),
		rates: (.rates | map(select(.unit))),
		units: [.units_progress[] | select(.unit) | {unit, visits, walkthroughs, open, overdue}],
		plan_figures: [.plan_figures[] | [.indicator, .latest, .latest_date]],
		required: ([.required[] | {unit, numerator, denominator, value, rank, status, date, missed: (.missed | length)}] | sort_by(.unit)),
		points: [.points[] | . as $row | [keys_unsorted[] | select(. != "point" and . != "name" and . != "answered") | select($row[.] == "answered" or $row[.] == "short")]],
		lights: ([.lights[], .silent[] | [.id, .light, .light_reason]] | sort),
		due: ([.due[] | [.id, .when, .days_left]] | sort),
		oversight: [.oversight_counts[] | [.form, .issued, .total]],
		changes: ([.changes[] | select(.item | test("^(visits|enterprises|walkthroughs|appeals|inspections)$")) | [.item, .issued, .now]] | sort)
	}'
}
