# Random stories, told by clones that know little of each other and merged in any order, mean the same
# everywhere, and what the text says (contract 2; domain 2.3 to 2.5): a model of it in another language,
# tests/fold/model.jq, agrees to the letter.

load ../cli/common
load ../fold/fold

# lived SEED RIGHTS PEOPLE: one campaign, held against the model; what it met is added to $work/met
lived() {
	mkdir "$work/$1"
	cd "$work/$1"
	campaign "$1" 200 4 3 "$2" "$3"
	alike 4
	cd clone1
	agrees "$(facts "$2" "$3")"
	jq -r '(.findings[] | .[1], select(.[1] == "guard-not-met")[2]), (.problems[] | .state, "reopened \(.reopened)")' \
		../model | sed '/^measure-[a-z]* \|^unknown-step \|^step-twice /s/ .*//' | sort -u >>"$work/met"
	cd "$work"
}

@test "stories told by four clones mean the same in each, and what the text says" {
	local seed word
	for seed in 3 14; do
		lived $seed "$pingliang_rights" null
		lived $((seed + 1000)) "$other_rights" "$some_people"
	done
	# nothing was agreed upon that never happened
	for word in registered listed rectifying submitted returned closed reopened transferred merged declined withdrawn \
		'reopened 0' 'reopened 1' 'reopened 2' move-not-allowed guard-not-met before-entered \
		no-part person right responsible-unit needs-note needs-field needs-unit needs-master needs-milestone \
		needs-measure needs-due needs-evidence due-before-listing due-past due-passed milestone-after-due \
		unknown-step step-twice measure-open measure-evidence measure-kept immediate-only separation second-person \
		review-failed follow-up policy plan-problem future; do
		grep -qx "$word" "$work/met" || { echo "never met: $word" && return 1; }
	done
}
