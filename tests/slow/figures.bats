# Independent arithmetic: what the weekly brief says of random records, with corrections, withdrawals and late entries, is
# what a second model makes of them by the text alone; for several weeks, and as known on several days.
load ../cli/common
load ../figures/figures

# agrees_on WEEK AS_OF
agrees_on() {
	expected "$1" "$2" >../expected && said "$1" "$2" >../said || return 1
	[ "$(jq length ../said)" = 13 ]
	diff ../expected ../said >../differences && return
	echo "2024-W$1 as of $2: the model (<) and dispatch-report (>) do not agree"
	head -n 40 ../differences
	return 1
}

@test "5,000 records" {
	fill 7 700 4300
	cd rf
	[ "$(find . -path '*/20??-??/[a-z]-*' -name '*.yaml' ! -name '*_*' | wc -l)" = 5000 ]
	agrees_on 16 2024-04-22
	agrees_on 18 2024-05-06
	agrees_on 18 2024-07-20
	agrees_on 20 2024-05-17
	agrees_on 24 2024-06-17
	agrees_on 31 2024-08-05
}

@test "other stories" {
	for seed in 11 12 13; do
		fill $seed 60 600
		cd rf
		agrees_on 17 2024-04-29
		agrees_on 19 2024-06-30
		agrees_on 22 2024-06-03
		cd ..
		rm -rf rf told
	done
}

@test "the test itself: sees a figure that differs" {
	fill 7 40 300
	cd rf
	agrees_on 19 2024-05-13
	expected() {
		sed '0,/"listed": [0-9]*/s//"listed": 999/' ../expected >../other
		cat ../other
	}
	if agrees_on 19 2024-05-13 >/dev/null; then false; fi
}
