# Independent arithmetic: what the reports say of random records, with corrections, withdrawals and late entries, is what a
# second model makes of them by the text alone; every leaf of the JSON, for several issues, as known on several days, of the
# city and of single units. FIGURES_SEEDS: how many folders (3).
load ../cli/common
load ../figures/figures

# never_met: leaves that were there and never had a value; what is open was never closed, and among so many records no unit
# is missing
never_met() {
	sort -u "$BATS_FILE_TMPDIR/leaves" |
		awk '/^[+]/ { met[$2]; while (sub(/\.[^.]*$/, "")) met[$2] } /^-/ && !($2 in met) { print $2 }' |
		grep -vx 'list_open\.\[]\.closed\|still_open\.\[]\.closed\|units_missing' || true
}

@test "5,000 records" {
	fill 6 700 4300
	cd rf
	[ "$(find . -path '*/20??-??/[a-z]-*' -name '*.yaml' ! -name '*_*' | wc -l)" = 5000 ]
	agrees_on week 2024-W18 2024-05-06
	agrees_on week 2024-W18 2024-07-20 jingchuan
	agrees_on week 2024-W31 2024-08-05
	agrees_on month 2024-05 2024-06-03
	agrees_on final 2024-final 2024-08-26
}

@test "other stories" {
	for ((n = 11; n < 11 + ${FIGURES_SEEDS:-3}; n++)); do
		seed $n 400 50
	done
}

@test "nothing was agreed upon that never was there" {
	[ -e "$BATS_FILE_TMPDIR/leaves" ] || skip 'no other test ran'
	[ -z "$(never_met)" ] || { echo "never met: $(never_met)" && return 1; }
}

@test "the test itself: sees a figure that differs, and one that is new" {
	fill 7 40 300
	cd rf
	agrees_on week 2024-W19 2024-05-13
	said() {
		jq "$change" ../said
	}
	for change in '.flow[0].listed += 1' '.points[2].jingchuan = "new"' '.pace[0].new = null' '.new = []' '.lights[0].new = 1' 'del(.mark)'; do
		if agrees_on week 2024-W19 2024-05-13 >../told_of; then false; fi
		grep -q 'do not agree' ../told_of
		jq . ../expected >../said
	done
}
