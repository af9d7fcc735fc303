# What the files of problems mean, by the text alone: contract 1 and 2, domain 2.3 to 2.5. An
# independent second opinion, to be compared with what the programs say.
#
# jq -n --argjson plan FACTS --arg as_of TIME --argjson stories false -f model.jq FILES
#
# FILES: one {"path", "doc"} per record and event. FACTS: owner, kinds (of units), groups, rights,
# people or null, problems (ids). Prints problems, each with what a reader shows of it, and findings as
# record-check would: [file, code, what], what being the file that came first or the guard. With stories also
# what happened to each problem, and when.

# --- times, people, units --------------------------------------------------------------------------

# RFC 3339 to seconds
def seconds:
	capture("^(?<d>.{19})(?<z>Z|(?<s>[+-])(?<h>..):(?<m>..))$")
	| (.d + "Z" | fromdate) as $local
	| if .z == "Z" then $local
	  else $local - (if .s == "-" then -1 else 1 end) * ((.h | tonumber) * 3600 + (.m | tonumber) * 60) end;

# the civil day at the plan's offset
def day: . + 8 * 3600 | todate[:10];

# names are compared after NFKC and without spaces; of NFKC, what the generator uses
def same_name: explode | map(if . >= 65281 and . <= 65374 then . - 65248 else . end | select(. != 32 and . != 12288));

def expanded: map($plan.groups[.] // [.]) | add // [] | unique;

def parties: ([.lead // empty] + (.responsible // [])) | expanded;

# a right is a list of words: the problem's unit, its lead, its responsible units, the plan's owner, or
# a kind of unit
def has_right($words; $f; $unit):
	any($words[];
		if . == "unit" then $f.unit == $unit
		elif . == "lead" then $f.lead == $unit
		elif . == "responsible" then $f.responsible // [] | expanded | index($unit) != null
		elif . == "owner" then $plan.owner == $unit
		else . == $plan.kinds[$unit] end);

def of_plan: . as $id | $plan.problems | index($id) != null;

# which of the rights to close: the plan's problems; a lead or responsible other than the problem's
# unit; its own
def close_words($id; $f):
	if $id | of_plan then $plan.rights.close.plan
	elif $f | parties - [$f.unit] != [] then $plan.rights.close["cross-unit"]
	else $plan.rights.close.own end;

def has_part($id; $f; $unit):
	$unit == $f.unit or $unit == $plan.owner or ($f | parties | index($unit) != null)
	or any($plan.rights.list, $plan.rights.review, $plan.rights.reopen, close_words($id; $f);
		has_right(.; $f; $unit));

# the entries of the list of people that stand for this person and unit
def entries($by; $unit): [$plan.people[]? | select((.name | same_name) == ($by | same_name) and .unit == $unit)];

# --- the fold --------------------------------------------------------------------------------------

def moves: {
	registered: ["listed", "transferred", "merged", "declined"],
	listed: ["rectifying", "submitted", "transferred", "merged", "declined"],
	rectifying: ["submitted", "transferred", "merged"],
	submitted: ["rectifying", "returned", "closed", "transferred"],
	returned: ["rectifying", "transferred"],
	closed: ["reopened"],
	reopened: ["rectifying", "transferred"]
};

def is_open: . as $s | ["listed", "rectifying", "submitted", "returned", "reopened"] | index($s) != null;

def guarded: ["origin", "track", "lead", "responsible", "measures", "milestones", "indicators", "needs_policy"];

def sets_guarded: (.set // {} | keys) - guarded != (.set // {} | keys);

# whether the event's parts are allowed in the state that it finds: `.` is the story so far
def allowed($e):
	.state as $s
	| $s != "withdrawn"
	and ($e.to | . == null or . == "withdrawn" or (. as $to | moves[$s] // [] | index($to) != null))
	and (($e.done // $e.undone // $e.waived) == null
		or (["listed", "rectifying", "returned", "reopened"] | index($s) != null))
	and ($e.review == null or ($s == "submitted" and $e.to == null))
	and ($e.due == null or ($s | is_open) or $s == "registered" or $e.to == "reopened")
	and $e.reply == null
	and (($e.set.due? != null and .listed) | not)
	and (($e | sets_guarded) and ($s == "submitted" or $s == "closed") | not);

# steps: what was said of measures and milestones, by id
def kept_steps: .fields as $f | .steps |= with_entries(
	select(.key as $id | any($f.measures[]?, $f.milestones[]?; .id == $id)));

def known_steps: [.fields.measures[]?.id, .fields.milestones[]?.id];

def say($ids; f): reduce ($ids // [])[] as $id (.;
	if known_steps | index($id) then .steps[$id] |= ({said: [], waived: false, evidence: 0} + . | f) else . end);

# who still says so of a step when a unit takes it back: of several that must say so each its own word
def taken_back($fields; $id; $unit):
	if index($unit) != null and any($fields.measures[]?; .id == $id and (.units // [] | length > 0)) then . - [$unit] else [] end;

# whether each unit of a measure has said so; one that names none is done by a word
def is_done($m):
	.at_once or (.steps[$m.id].said // [] | if $m.units // [] | length > 0 then ($m.units | expanded) - . == [] else . != [] end);

def is_waived($m): .steps[$m.id].waived // false;

# evidence counts for the measures in the event's `done`, without these for all done so far; `for`
# names them
def counted($e):
	. as $f
	| [.fields.measures[]?.id] as $ids
	| [$e.done[]? | select(. as $id | $ids | index($id))] as $own
	| reduce $e.evidence[]? as $file (.;
		.evidence += 1
		| say($file.for // (if $own != [] then $own else [$ids[] | select(($f.steps[.].said // []) != [])] end);
			.evidence += 1));

def moved($e):
	.state as $from
	| .state = ($e.to // .state)
	| if $e.to == null then . else .moves += [{at: ($e.at | seconds), from: $from, to: $e.to}] end
	| if $e.to == null then . else .mover = $e.file end
	| if $e.to == "listed" then .listed = true | .due_original = .fields.due
	  elif $e.to == "submitted" then
		.submitters += [$e.by | same_name] | .review = null
		| .at_once = ($from == "listed" and .fields.track == "immediate")
	  elif $e.to == "closed" then .
	  elif $e.to == "reopened" then
		.reopened += 1 | .submitters = [] | .review = null | .failed = false | .follow_up = false
		| .policy = false | .new_due = ($e.due != null) | .at_once = false
	  elif $e.to != null then .at_once = false
	  else . end
	| if $e.review then .review = {by: ($e.by | same_name), passed: ($e.review == "passed")} | .failed = ($e.review == "failed") else . end
	| if $e.follow_up then .follow_up = true else . end
	| if $e.policy then .policy = true else . end;

def applied($e):
	.fields += ($e.set // {})
	| if $e.due then .fields.due = $e.due | .new_due = true | if .listed then .due_original = (.due_original // $e.due) else . end else . end
	| kept_steps
	| say($e.done; .said = (.said + [$e.unit] | unique))
	| .fields as $fields
	| reduce ($e.undone // [])[] as $id (.; say([$id]; .waived = false | .said |= taken_back($fields; $id; $e.unit)))
	| say($e.waived; .waived = true)
	| counted($e)
	| moved($e);

# --- guards ----------------------------------------------------------------------------------------

def when(condition; name): if condition then name else empty end;

# a right, by unit and then by person
def right($words; $name; $f; $e):
	if has_right($words; $f; $e.unit) | not then "right"
	else when(entries($e.by; $e.unit) | . != [] and all(.[]; .may and (.may | index($name) | not)); "person") end;

def listing($before; $after; $e):
	right($plan.rights.list; "list"; $before.fields; $e),
	when(any("lead", "responsible", "track", "due"; $after.fields[.] == null); "needs-field"),
	when($after.fields.due != null and $after.fields.due < $e.day; "due-before-listing");

def leaving($before; $e):
	right($plan.rights.list; "list"; $before.fields; $e),
	when($e.note == null; "needs-note");

def party($before; $e): when($before.fields | parties | index($e.unit) == null; "responsible-unit");

def measures_ready($after):
	$after.fields.measures[]? as $m
	| $after
	| if is_waived($m) then empty
	  elif is_done($m) | not then "measure-open " + $m.id
	  else when(.at_once | not and ($after.steps[$m.id].evidence // 0) == 0; "measure-evidence " + $m.id) end;

def closing($id; $before; $after; $e):
	right(close_words($id; $before.fields); "close"; $before.fields; $e),
	when($before.submitters | index([$e.by | same_name]) != null; "separation"),
	(if $before.failed then "review-failed"
	 elif ($plan.rights.second | index("plan") != null) and ($id | of_plan)
		or ($plan.rights.second | index("acting-part") != null) and ($before.fields | parties | index($e.unit) != null)
	 then when($before.review | . == null or .by == ($e.by | same_name) or (.by as $by | $before.submitters | index([$by]) != null); "second-person")
	 else empty end),
	measures_ready($after),
	when($after.evidence == 0; "needs-evidence"),
	when(($after.fields.origin | . == "visit" or . == "review" or . == "hotline") and ($after.follow_up | not); "follow-up"),
	when($after.fields.needs_policy == true and ($after.policy | not) and $e.note == null; "policy");

def move_guards($id; $before; $after; $e):
	if $e.to == "listed" then listing($before; $after; $e)
	elif $e.to == "rectifying" then
		party($before; $e),
		(if $before.state == "listed" then
			when(($after.fields.measures // []) == []; "needs-measure"),
			(if $after.fields.track == "scheduled" then
				when(($after.fields.milestones // []) == []; "needs-milestone"),
				($after.fields.milestones[]? | when($after.fields.due != null and .date > $after.fields.due; "milestone-after-due"))
			 else empty end)
		 else empty end),
		when($before.state == "reopened" and ($after.new_due | not); "needs-due")
	elif $e.to == "submitted" then
		party($before; $e),
		(if $before.state == "listed" then
			when($after.fields.track != "immediate"; "immediate-only"),
			when($after.evidence == 0; "needs-evidence")
		 else
			when($e.note == null; "needs-note"),
			measures_ready($after)
		 end)
	elif $e.to == "returned" then
		(if has_right(close_words($id; $before.fields); $before.fields; $e.unit) then empty
		 else right($plan.rights.review; "review"; $before.fields; $e) end),
		when($e.note == null; "needs-note")
	elif $e.to == "closed" then closing($id; $before; $after; $e)
	elif $e.to == "reopened" then
		right($plan.rights.reopen; "reopen"; $before.fields; $e),
		when($e.note == null; "needs-note"),
		when($e.evidence == null; "needs-evidence")
	elif $e.to == "transferred" then leaving($before; $e), when($e.to_unit == null or $e.to_unit == $before.fields.unit; "needs-unit")
	elif $e.to == "merged" then leaving($before; $e), when($e.master == null or $e.master == $id; "needs-master")
	elif $e.to == "declined" then leaving($before; $e)
	elif $e.to == "withdrawn" then
		when($e.note == null; "needs-note"),
		(if $id | of_plan then "plan-problem"
		 elif $before.state != "registered" then right(close_words($id; $before.fields); "close"; $before.fields; $e)
		 else empty end)
	else empty end;

def due_guards($id; $before; $e):
	when($e.due < $e.day; "due-past"),
	(if $before.due_original == null then empty
	 else
		right(close_words($id; $before.fields); "close"; $before.fields; $e),
		when($e.note == null; "needs-note"),
		when($before.fields.due < $e.day and $before.state != "reopened" and $e.to != "reopened" and $e.to != "returned"; "due-passed")
	 end);

# a measure named in done, and those that a problem of the plan was entered with, stay as they are
def kept_guards($id; $before; $e):
	$before.fields.measures[]? as $m
	| when((($before.steps[$m.id].said // []) != [] or ($id | of_plan) and any($before.own[]?; . == $m.id))
		and all($e.set.measures[]; . != $m); "measure-kept " + $m.id);

def set_guards($id; $before; $e):
	right($plan.rights.list; "list"; $before.fields; $e),
	when($e.note == null; "needs-note"),
	(if $e.set.measures then kept_guards($id; $before; $e) else empty end);

def step_guards($before; $after; $e):
	(($e.done // []) + ($e.undone // []) + ($e.waived // []) + [$e.evidence[]?.for[]?] | .[]
		| . as $step | when($after | known_steps | index($step) == null; "unknown-step " + $step)),
	([$e.done, $e.undone, $e.waived | .[]?] | group_by(.)[] | select(length > 1) | "step-twice " + .[0]),
	(if $e.done // $e.undone // $e.waived then party($before; $e) else empty end),
	when($e.waived != null and $e.note == null; "needs-note");

def guards($id; $before; $after; $e):
	when(has_part($id; $before.fields; $e.unit) | not; "no-part"),
	when($plan.people != null and entries($e.by; $e.unit) == []; "person"),
	when($e.follow_up.date? > $e.day; "future"),
	when($e.policy.issued? > $e.day; "future"),
	(if $e.due then due_guards($id; $before; $e) else empty end),
	step_guards($before; $after; $e),
	(if $before.listed and ($e | sets_guarded) then set_guards($id; $before; $e) else empty end),
	(if $e.review then right($plan.rights.review; "review"; $before.fields; $e) else empty end),
	when($e.follow_up.result? == "dissatisfied" and $e.note == null; "needs-note"),
	move_guards($id; $before; $after; $e);

# --- a problem -------------------------------------------------------------------------------------

def begun($r):
	{
		fields: ($r.doc | del(.entered)), own: [$r.doc.measures[]?.id], state: "registered", listed: false,
		due_original: null, steps: {}, evidence: 0, reopened: 0, submitters: [], review: null, failed: false,
		follow_up: false, policy: false, new_due: false, at_once: false, mover: $r.file, moves: []
	}
	| if $r.doc.entered.to == "listed" then moved($r.doc.entered + {file: $r.file}) else . end;

def entry_guards($r):
	($r.doc.entered | .day = (.at | seconds | day)) as $e
	| if $r.doc.id | of_plan then empty
	  else
		when($plan.people != null and entries($e.by; $e.unit) == []; "person"),
		(if $e.to == "listed" then begun($r) as $f | listing($f; $f; $e) else empty end)
	  end;

# how it stands at some moment of its story
def chapter($at):
	. as $f
	| {
		at: $at, state, due: .fields.due, due_original, passed: (.review.passed == true),
		measures_done: ([.fields.measures[]? | . as $m | select($f | is_waived($m) or is_done($m))] | length),
		measures_total: (.fields.measures // [] | length),
		milestones: [.fields.milestones[]? | (($f.steps[.id] // {}) as $step | {name, date, done: (($step.said // []) != [] or ($step.waived // false))})]
	} + (.fields | {title, lead, responsible, track, indicators});

def story($events):
	. as $r
	| ($r.doc.entered.at | seconds) as $entered
	| {f: begun($r), merged: null, ended: null, findings: [entry_guards($r) | [$r.file, "guard-not-met", .]]}
	| if $stories then .events = [{at: $entered, unit: $r.doc.entered.unit, applied: true}] | .chapters = [.f | chapter($entered)] else . end
	| reduce $events[] as $e (.;
		(if $stories then .events += [($e | del(.record, .file, .day, .seconds)) + {at: $e.seconds, applied: false}] else . end)
		| if $e.seconds < $entered then .findings += [[$e.file, "before-entered", ""]]
		elif .f | allowed($e) | not then .findings += [[$e.file, "move-not-allowed", .f.mover]]
		else
			.f as $before
			| .f |= applied($e)
			| if $stories then .events[-1].applied = true | .chapters += [.f | chapter($e.seconds)] else . end
			| .f as $after
			| .findings += [guards($r.doc.id; $before; $after; $e) | [$e.file, "guard-not-met", .]]
			| if $e.to == "merged" then .merged = ($e | {file, from: .seconds, master}) else . end
			| if $e.to == "withdrawn" and .merged then .merged.until = $e.seconds else . end
			| if $e.to == "withdrawn" or $e.to == "declined" or $e.to == "transferred" then .ended //= $e.seconds else . end
		end);

# merging goes on to a problem that had not been merged into this one by then, by whatever way, nor was
# withdrawn, declined or transferred: `.` is what became of each merged problem, $ended when others came to nothing
def astray($ended):
	. as $merged
	| to_entries[]
	| .key as $id | .value.from as $now
	| {at: .value.master, steps: 0, nothing: false}
	| until(.at == null or .at == $id or .steps == 1000;
		.nothing = (.nothing or ($ended[.at] | . != null and . <= $now))
		| .steps += 1 | .at = ($merged[.at] | if . and .from <= $now and (.until == null or .until > $now) then .master else null end))
	| if .at == $id or .nothing then [$merged[$id].file, "guard-not-met", "needs-master"] else empty end;

def shown($r):
	. as $story | .f as $f
	| {id: $r.doc.id, reopened: $f.reopened} + ($f | chapter(0) | {state, due, due_original, measures_done, measures_total})
	# the whole story, where another model goes on from here (tests/figures)
	| if $stories then . + {unit: $r.doc.unit, date: $r.doc.date, sources: $r.doc.sources, entered: ($r.doc.entered.at | seconds),
		path: ($r.path | ltrimstr("./")), moves: $f.moves, events: $story.events, chapters: $story.chapters} else . end;

($as_of | if . == "" then null else seconds end) as $until
| [inputs | .file = (.path | split("/")[-1])] as $files
| [$files[] | select(.doc.record) | .doc + {file, seconds: (.doc.at | seconds)} | .day = (.seconds | day)
	| select($until == null or .seconds <= $until)]
| (group_by(.record) | map({key: .[0].record, value: sort_by([.seconds, .file])}) | from_entries) as $events
| [$files[] | select(.doc.entered and ($until == null or (.doc.entered.at | seconds) <= $until))
	| . as $r | story($events[.doc.id] // []) | {problem: shown($r), findings, merged, ended}]
| (map(select(.ended) | {key: .problem.id, value: .ended}) | from_entries) as $ended
| (map(select(.merged) | {key: .problem.id, value: .merged}) | from_entries | [astray($ended)]) as $astray
| {problems: (map(.problem) | sort_by(.id)), findings: (map(.findings[]) + $astray | unique)}
