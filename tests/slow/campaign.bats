# examples/campaign: the same folder each time, with everything in it that can happen in a campaign.
load ../cli/common

campaign=$BATS_TEST_DIRNAME/../../examples/campaign

# words KIND FIELD: the values that it has, each once
words() {
	record-list "$1" --fields "$2" --format tsv | sed 1d | LC_ALL=C sort -u | tr '\n' ' '
}

@test "the same bytes in another place, zone and language; nothing is wrong in it; it has all there is" {
	mkdir "a place"
	TZ=America/New_York LC_ALL=C "$campaign" "a place/one" "$bin"
	(cd "a place" && LANG=zh_CN.UTF-8 "$campaign" two)
	diff -r "a place/one" "a place/two"
	[ "$(files "a place/one")" -gt 1000 ]

	cd "a place/one"
	status 0 record-check --strict --evidence
	has "$output" ': 0 errors, 0 warnings'
	grep -q '^  mark: 示例数据' plan.yaml

	# every state, every origin, every kind of supervision, all points, all indicators that are reported
	[ "$(words problem state)" = 'closed declined merged rectifying registered submitted transferred ' ]
	for kind in problem visit observation; do
		[ "$(record-list "$kind" --where state=withdrawn --format ids | wc -l)" = 1 ]
	done
	has "$(words problem origin)" evaluation hotline inspection other review self-check supervision visit walkthrough
	[ "$(words supervision form)" = 'circular coordination escalation inspection interview order ' ]
	[ "$(words supervision trigger)" = 'inactive incomplete low-rank not-implemented ' ]
	[ "$(words inspection point | wc -w)" = 18 ]
	[ "$(words observation indicator | wc -w)" = "$(sed -n '/^indicators:/,/^  # The figures of the focus/p' plan.yaml | grep -c '  - id:')" ]
	[ "$(words visit unit | wc -w)" = 12 ]
	for kind in visit-plan walkthrough submission; do
		[ "$(words "$kind" unit | wc -w)" -ge 10 ]
	done
	for move in reopened returned transferred merged declined withdrawn; do
		grep -rlq "^to: $move\$" --include='p-*_*.yaml' .
	done
	grep -rq '^due: ' --include='p-*_*.yaml' .
	grep -rq '^set: ' --include='o-*_*.yaml' .

	# the city starts from the plan's figures
	for share in gkb-online-share=75.82 hotline-satisfaction=85.20 hotline-first-time-completion=99.20 review-coverage=22.71; do
		got=$(indicator-report --as-of 2024-04-14 --format json |
			jq -r --arg id "${share%=*}" '.indicators[] | select(.id == $id).latest')
		[ "$got" = "${share#*=}" ]
	done
}

@test "the reports that are shown are those of the campaign" {
	"$campaign" rf
	# to make them anew: examples/campaign DIR && examples/render DIR examples/pingliang-2024/reports
	"${campaign%/*}/render" rf reports "$bin"
	rm -f reports/*.png
	for file in "${campaign%/*}"/pingliang-2024/reports/*.[hm]*; do
		cmp "$file" "reports/${file##*/}"
	done
	[ "$(files reports)" = "$(ls "${campaign%/*}"/pingliang-2024/reports/*.[hm]* | wc -l)" ]
}
