# The figures of an issue, recomputed from the records by the text alone: contract 2 to 4, domain 2.6, 2.7, 2.9 to 2.11. An
# independent second opinion on dispatch-report: what it should say as JSON, to the last leaf. Texts that carry no
# arithmetic (titles, names, notes, what was asked and answered) are taken from the records and the plan and compared, too:
# no leaf is left out, so one that this model does not know of is a difference.
#
# jq -n -L . --arg kind week|month|final --arg name 2024-W18 --arg as_of DATE --arg unit UNIT
#	--slurpfile now FILE --slurpfile earlier FILE --slurpfile stories FILE --slurpfile events FILE --slurpfile files FILE
#
# now: all records but problems as known on as_of, one an entry, as record-list gives them, withdrawn ones too; earlier: the
# same as known on the issue day of the period before. stories: what tests/fold/model.jq says of all problems. events:
# of the other records. files: of evidence, path and checksum.

include "facts";

# --- days and figures ------------------------------------------------------------------------------

def day: . + 8 * 3600 | todate[:10];
# days since 1970
def number: . + "T00:00:00Z" | fromdate / 86400;
def date: . * 86400 | todate[:10];
def back($n): number - $n | date;
# the last second of a day
def moment: (number + 1) * 86400 - 8 * 3600 - 1;
def seconds: capture("^(?<d>.{19})(?<z>Z|(?<s>[+-])(?<h>..):(?<m>..))$") | (.d + "Z" | fromdate) as $l
	| if .z == "Z" then $l else $l - (if .s == "-" then -1 else 1 end) * ((.h | tonumber) * 3600 + (.m | tonumber) * 60) end;
def monday($week): ("2024-01-01" | number) + ($week - 1) * 7 | date;
def month_end: .[:7] + "-28" | number + 4 | date | .[:7] + "-01" | back(1);
def plain: "\(.[5:7] | tonumber)月\(.[8:10] | tonumber)日";

# half up to hundredths of a percent, but what is not whole is not 100.00, and what is not nothing not 0.00
def hundredths($n; $d): ($n * 20000 + $d) / (2 * $d) | floor
	| if . == 10000 and $n < $d then 9999 elif . == 0 and $n > 0 then 1 else . end;
def two: if . < 10 then "0\(.)" else "\(.)" end;
def shown: (if . < 0 then "-" else "" end) + (fabs | "\(. / 100 | floor).\(. % 100 | two)");
def share($n; $d): if $d == 0 then null else hundredths($n; $d) | shown end;
# a figure in units of its last digit
def units: if . == null then null else gsub("\\."; "") | tonumber end;
def figure($precision): if . == null then null elif $precision == 2 then shown else "\(.)" end;

# --- the issue -------------------------------------------------------------------------------------

def period($kind; $name):
	if $kind == "week" then ($name[6:] | tonumber) as $w | {name: $name, number: ($w - 14), from: monday($w), until: (monday($w + 1) | back(1))}
	elif $kind == "month" then ($name + "-01" | month_end) as $until
		| {name: $name, number: ($name[5:] | tonumber - 3), from: ($name + "-01"), until: $until}
	else {name: "2024-final", number: null, from: "2024-04-10", until: "2024-08-20"} end;
def before($kind; $name):
	if $kind == "week" then ($name[6:] | tonumber) | if . == 15 then null else period("week"; "2024-W\(. - 1)") end
	elif $kind == "month" then ($name[5:] | tonumber) | if . == 4 then null else period("month"; "2024-0\(. - 1)") end
	else period("month"; "2024-07") end;

period($kind; $name) as $issue | before($kind; $name) as $before
| ($kind == "final") as $final
| ([$issue.until, $as_of] | min) as $on | ($on | moment) as $close | ($as_of | moment) as $known
# the day after the period before: what its own issue could know
| (if $before then $before.until | back(-1) else null end) as $issued_on
| (if $kind == "week" then $on | back(-7) elif $kind == "month" then $issue.until | back(-1) | month_end else null end) as $next_until
| (UNITS | map(.[0]) | map(select($unit == "" or . == $unit))) as $units
| ([range(15; 35) | [monday(.), (monday(. + 1) | back(1)), "第\(.)周"]]) as $weeks
| ([$weeks[] | select(.[1] < $on) | {week: .[2], date: .[1]}]
	+ [$weeks[] | select(.[1] == $on) | {week: .[2], date: .[1]}] | if .[-1].date == $on then . else . + [{week: ($on | plain), date: $on}] end) as $course

| def mine: .unit as $u | $units | index($u) != null;
[$now[] | select(.state != "withdrawn")] as $live
| [$live[] | select(mine)] as $own

# --- records by their date -------------------------------------------------------------------------

| def name: explode | map(if . >= 65281 and . <= 65374 then . - 65248 else . end | select(. != 32 and . != 12288)) | implode;
def counts($from; $until):
	map(select(.date >= $from and .date <= $until))
	| {
		visits: map(select(.kind == "visit")) | length,
		enterprises: map(select(.kind == "visit") | .enterprise | name) | unique | length,
		walkthroughs: map(select(.kind == "walkthrough")) | length,
		appeals: map(select(.kind == "visit" and .appeal != "无")) | length,
		inspections: map(select(.kind == "inspection")) | length
	};

# what happened to records, what took effect and what did not
([$now[] | {key: .id, value: .}] | from_entries) as $by_id
| ([$events[] | .doc + {path, seconds: (.doc.at | seconds)} | select(.seconds <= $known and $by_id[.record])]
	| group_by(.record) | map(
		sort_by([.seconds, .path]) | ($by_id[.[0].record].entered.at | seconds) as $entered
		| reduce .[] as $e ([]; . + [$e + {applied: ($e.seconds >= $entered and (any(.[]; .applied and .to == "withdrawn") | not))}])
		| {key: .[0].record, value: .}) | from_entries) as $happened
| def happened: $happened[.id] // [];

# --- problems by their moves -----------------------------------------------------------------------

def is_open: . as $s | ["listed", "rectifying", "submitted", "returned", "reopened"] | index($s) != null;
def left: . == "transferred" or . == "merged" or . == "declined";
def at($moment): [.chapters[] | select(.at <= $moment)] | last;
def in_period($f; $t): day | . >= $f and . <= $t;

# what was withdrawn, as far as one knows, was never there
[$stories[0].problems[] | select(.entered <= $known and mine)] as $told
| [$told[] | select(at($known).state != "withdrawn")] as $problems
| def flows($f; $t):
	. as $list
	| [.[].moves[] | select(.at | in_period($f; $t))] as $m
	| def to($s): [$m[] | select(.to == $s)] | length;
	def out($s): [$m[] | select(.to == $s and (.from | is_open))] | length;
	def unlisted($s): [$m[] | select(.to == $s and .from == "registered")] | length;
	{
		registered: [$list[] | select(.entered | in_period($f; $t))] | length,
		listed: to("listed"), submitted: to("submitted"), returned: to("returned"), closed: to("closed"), reopened: to("reopened"),
		transferred: out("transferred"), merged: out("merged"), declined: out("declined"),
		registered_transferred: unlisted("transferred"), registered_merged: unlisted("merged"), registered_declined: unlisted("declined")
	};
def stock($day): ($day | moment) as $t | map(at($t) | select(. != null and (.state | is_open)))
	| {
		open: length,
		overdue: map(select(.due != null and .due < $day)) | length,
		overdue_original: map(select(.due_original != null and .due_original < $day)) | length
	};
def closed_on($t): if at($t).state == "closed" then [.moves[] | select(.to == "closed" and .at <= $t) | .at] | max | day else null end;
def listed_on: [.moves[] | select(.to == "listed") | .at] | min;
# ever listed, and what is closed of it
def cumulative($day): ($day | moment) as $t
	| map(select(listed_on | . != null and . <= $t))
	| map(at($t) + {closed_on: closed_on($t), back: any(.moves[]; .to == "reopened" and .at <= $t)})
	| {
		listed: length,
		closed: map(select(.closed_on)) | length,
		left: map(select(.state | left)) | length,
		on_time: map(select(.closed_on and .closed_on <= .due_original)) | length,
		overdue: map(select((.state | is_open) and .due != null and .due < $day)) | length,
		overdue_original: map(select((.state | is_open) and .due_original != null and .due_original < $day)) | length,
		ever_reopened: map(select(.back)) | length
	}
	| . + {closing: [.closed, .listed - .left], punctual: [.on_time, .closed + .overdue_original]};
def of_unit($u): map(select(.unit == $u));

# --- figures ---------------------------------------------------------------------------------------

# the figure that a record gives
def reading($i):
	if $i.from == null then select(.kind == "observation" and .indicator == $i.id) | {numerator, denominator, value, count}
	else select(.kind == "inspection" and .point == $i.from[0])
		| if $i.from[2] then {numerator: .values[$i.from[1]], denominator: .values[$i.from[2]]} else {count: .values[$i.from[1]]} end end;
# by indicator and unit, in the order in which they count: by date, then by when it was entered
def readings: . as $records | [INDICATORS[] as $i | $records[] | . as $r | reading($i) | . + {indicator: $i.id, unit: $r.unit, date: $r.date,
		order: [$r.date, ($r.entered.at | seconds), $r.path], inspected: ($i.from != null)}]
	| group_by([.indicator, .unit]) | map({key: "\(.[0].indicator) \(.[0].unit)", value: sort_by(.order)}) | from_entries;
($live | readings) as $figures
| ([$earlier[] | select(.state != "withdrawn")] | readings) as $figures_then
| # the owner's published value is the city's figure; its own cases are those that it reports with their parts
def last_published($i; $day): [.["\($i.id) pingliang"][]? | select(.value and .date <= $day)] | last;
def last_of($i; $u; $day): [.["\($i.id) \($u)"][]? | select(.date <= $day)] | (if $u == "pingliang" and $i.level == "units" then map(select(.value == null)) else . end) | last;
def fresh($day): . != null and (.inspected or (.date | number) >= ($day | number) - 31);
# the city's: {n, d, text, date}; n and d where it has parts
def city($i; $day):
	. as $f
	| if $i.level == "city" then
		last_of($i; "pingliang"; $day)
		| if . == null then null
		  elif .count != null then {text: "\(.count)", n: .count, d: 1, date}
		  elif .value then {text: .value, n: (.value | units), d: 10000, date}
		  else {text: share(.numerator; .denominator), n: .numerator, d: .denominator, date} end
	else
		[REPORTING[] as $u | $f | last_of($i; $u; $day) | select(fresh($day))] as $all
		| [$all[] | select(.count != null or .denominator != null)] as $parts
		| ($parts | {n: (map(.numerator // .count) | add), d: (map(.denominator // 1) | add), date: (map(.date) | max)}) as $sum
		| ($f | last_published($i; $day)) as $published
		| if $published and ($sum.date == null or $published.date >= $sum.date) then {text: $published.value, n: ($published.value | units), d: 10000, date: $published.date, published: true}
		  elif $sum.date == null then null
		  elif $i.precision == 0 then {text: "\($sum.n)", n: $sum.n, d: 1, date: $sum.date}
		  else $sum + {text: share($sum.n; $sum.d)} end
	end
	| if . != null and .text == null then . + {d: 0} else . end;
def met($i; $city): if $i.target == null or $city == null or $city.text == null then null
	else ($i.target | units) as $t | (if $i.precision == 2 then 10000 else 1 end) as $scale
		| if $i.down then $city.n * $scale <= $t * $city.d else $city.n * $scale >= $t * $city.d end end;

# each reporting unit's, ranked where it has a group
def of_units($i; $day):
	. as $f
	| [REPORTING[] as $u | $f | last_of($i; $u; $day) | select(fresh($day)) | select(.count != null or (.denominator // 0) > 0)
		| . + {n: (.numerator // .count), d: (.denominator // 1)}] as $all
	| REPORTING | map(. as $u
		| ($f | last_of($i; $u; $day)) as $cases
		| (if $u == "pingliang" and ($cases | fresh($day) | not) then ($f | last_published($i; $day)) // $cases else $cases end) as $last
		| ($last | fresh($day)) as $here
		| ([$all[] | select(.unit == $u)] | first) as $r
		| (COUNTIES | index($u) != null) as $grouped
		| {
			unit: $u,
			numerator: (if $here then $last.numerator else null end), denominator: (if $here then $last.denominator else null end),
			value: (if $here | not then null elif $last.value then $last.value elif $last.count != null then "\($last.count)"
				else share($last.numerator; $last.denominator) end),
			rank: (if $r and $grouped then 1 + ([$all[] | select(.unit as $o | COUNTIES | index($o)) | select(.n * $r.d > $r.n * .d)] | length) else null end),
			status: (if $here | not then "not-reported" elif $last.value then "published-only" elif $r == null then "not-applicable"
				elif $grouped then "ranked" else "unranked" end),
			date: $last.date, n: $r.n, d: $r.d
		});
def in_ranks: to_entries | sort_by([.value.rank // 1000, ["ranked", "unranked", "published-only", "not-applicable", "not-reported"] as $s | .value.status as $v
	| ($s | index($v)), .key]) | map(.value);
def indicator($id): INDICATORS[] | select(.id == $id);

# where an even pace would be
def planned($i; $day): if $i.pace and $day >= "2024-04-10" then
		("2024-04-10" | number) as $s | (LIMITS[$i.id] | number) as $l | ([($day | number), $l] | min) as $d
		| ($i.baseline // "0" | units) as $b | ($i.target | units) as $t
		| $b + ((($t - $b) * ($d - $s) * 2 + ($l - $s)) / (2 * ($l - $s)) | floor)
	else null end;

# --- lights ----------------------------------------------------------------------------------------

# milestones, done by a word, or by the move that they are the day of while it stands
def done($t): at($t) as $c | ($c.state == "submitted" or $c.state == "closed") as $applied
	| ($c.milestones // []) | map(if $applied and (.name == "申请销号" or .name == "审核验收" and $c.passed) then .done = true else . end);
def entered_last($t): [.events[] | select(.applied and .at <= $t) | .at] | max;
def of_plan: startswith("p-20240410-00000");
# done, of an indicator with a baseline, a target and a figure: [part, whole], the least of several
def reached($day): [.indicators[]? | indicator(.) as $i | select($i.baseline and $i.target)
		| ($figures | city($i; $day)) as $c | select($c.text)
		| (($i.target | units) - ($i.baseline | units)) as $whole
		| [($c.n * (if $i.precision == 2 then 10000 else 1 end) / $c.d - ($i.baseline | units) | if . < 0 then 0 elif . > $whole then $whole else . end), $whole]]
	| if . == [] then null else min_by(.[0] / .[1]) end;
def light($today):
	. as $p
	| ($today | moment) as $t | at($t) as $c
	| if $c.state == "closed" then ["closed", null]
	  elif $c.state | is_open | not then [null, null]
	  else
	(listed_on | day) as $listed
	# closed weeks after the last entry: one of this week ends the silence
	| (entered_last($t) | day) as $last
	| ([$weeks[] | select(.[1] < $today and .[0] > $listed and .[0] > $last)] | length) as $silent
	| ([$p.moves[] | select(.to == "returned" and .at <= $t)] | length) as $returned
	| done($t) as $steps
	| ($c | reached($today)) as $reached
	| (if $c.due == null then null
	   else
		((($today | number) - ($listed | number)) as $e | ((($c.due | number) - ($listed | number)) | if . < 1 then 1 else . end) as $w
		| (if $reached then $reached elif $steps == [] then null else [([$steps[] | select(.done)] | length), ($steps | length)] end)
		| if . == null then null else {ahead: (([$e, $w] | min) * 100 * .[1] - .[0] * 100 * $w), unit: ($w * .[1])} end)
	   end) as $pace
	| (any($steps[]; (.done | not) and .date < $today)) as $missed
	| if $c.due != null and $c.due < $today then ["red", "overdue"]
	  elif $pace and $pace.ahead > 30 * $pace.unit then ["red", "behind"]
	  elif $returned >= 2 then ["red", "returned-twice"]
	  elif $silent >= 2 then ["red", "silent"]
	  elif $c.due != null and ($c.due | number) - ($today | number) <= 7 and $c.state != "submitted" then ["yellow", "due-soon"]
	  elif $pace and $pace.ahead > 0 and $missed then ["yellow", "milestone-missed"]
	  elif $silent == 1 then ["yellow", "silent"]
	  else ["green", null] end
	end;
# how it stands at the end, as tables show it
def standing: at($close) as $c | light($on) as [$light, $reason]
	| (($c.state | is_open) and $c.due != null) as $counting
	| {id, unit, title: $c.title, lead: $c.lead, due: $c.due, due_original: $c.due_original, state: $c.state, $light, light_reason: $reason,
		days_left: (if $counting then ($c.due | number) - ($on | number) else null end), measures_done: $c.measures_done, measures_total: $c.measures_total,
		listed: (listed_on | if . == null or . > $close then null else day end), closed: closed_on($close), track: $c.track,
		responsible: ($c.responsible // [] | map(NAMES[.]) | join("、")), indicators: $c.indicators,
		reopened: ([.moves[] | select(.to == "reopened" and .at <= $close)] | length),
		returned: ([.moves[] | select(.to == "returned" and .at <= $close)] | length),
		moved: ([.moves[] | select(.at <= $close and (.at | in_period($issue.from; $on))) | .to]),
		note: ([.events[] | select(.applied and .at <= $close and .note) | .note] | last),
		undone: [done($close)[] | select(.done | not)]};
def only($keys): with_entries(select(.key as $k | $keys | index($k)));
def table($keys): map(only($keys));
def sums($keys): . as $rows | . + [reduce $keys[] as $k ({unit: null}; . + {($k): ([$rows[][$k] | numbers] | add)})];

[$problems[] | select(.entered <= $close) | standing] as $stands
| ([$stories[0].problems[] | select((.id | of_plan) and .entered <= $close and at($known).state != "withdrawn")] | sort_by(.id)) as $plans
| [$plans[] | standing] as $plan_stands
| [$stands[] | select(.state | is_open)] as $open

# --- visit plans -----------------------------------------------------------------------------------

| def span: if length == 4 then [. + "-01-01", . + "-12-31"]
	elif .[5:6] == "W" then (.[6:] | tonumber) as $w | [monday($w), (monday($w + 1) | back(1))]
	else [. + "-01", (. + "-01" | month_end)] end;
def middle: ((.[0] | number) + (.[1] | number)) / 2 | floor | date;
def within($f; $t): . >= $f and . <= $t;
# whether a plan belongs to the period, or the period to it
def belongs($s): ([$issue.from, $issue.until]) as $p
	| (($s[1] | number) - ($s[0] | number)) as $long | (($p[1] | number) - ($p[0] | number)) as $asked
	| if $long <= $asked then ($s | middle | within($p[0]; $p[1])) else ($p | middle | within($s[0]; $s[1])) end;
def planned_of($u):
	[$live[] | select(.kind == "visit-plan" and .unit == $u) | .id as $id | (.period | span) as $s | select(belongs($s))
		| {$id, $s, longer: (($s[1] | number) - ($s[0] | number) > ($issue.until | number) - ($issue.from | number)),
			targets: [.targets | to_entries[] | .value + {n: .key, what: (if .value.enterprise then "v " + (.value.enterprise | name) else "w " + (.value.matter | name) end)}]}] as $plans
	| ([$live[] | select(.unit == $u and .date <= $on and (.kind == "visit" or .kind == "walkthrough"))
		| {date, what: (if .kind == "visit" then "v " + (.enterprise | name) else "w " + (.matter | name) end)}]) as $trips
	| [$plans[] | . as $p
		| [.targets[] | select(($p.longer | not) or (.date != null and (.date | within($issue.from; $issue.until))))] as $asked
		# as many of a name are done as went there within the plan's days
		| ($p.targets | group_by(.what) | map(
			.[0].what as $w | ([$trips[] | select(.what == $w and (.date | within($p.s[0]; $p.s[1])))] | length) as $went
			| sort_by([.date // "9", .n]) | to_entries[] | select(.key < $went) | .value.n)) as $did
		| {planned: ($asked | length), done: ([$asked[] | select(.n as $n | $did | index($n) != null)] | length)}]
	| {plans: length, planned: (map(.planned) | add), done: (map(.done) | add)};

# --- evidence --------------------------------------------------------------------------------------

def proofs: [happened[] | select(.applied) | .evidence[]? | {file, type, sha256}] + [.items[]? | select(.evidence) | {file: .evidence, type, sha256: null}];
def fault: $files[0][.file] as $sum | if $sum == null then "missing" elif .sha256 != null and .sha256 != $sum or ($sum[:12] != (.file | split("/")[-1][:12])) then "changed" else null end;
def package($u):
	[$live[] | select(.unit == $u and .date <= $on)] as $l
	| [$l[] | select(.kind == "submission" and .period == "2024-final")] as $in
	| ($l | map(select(.kind == "visit"))) as $v | ($l | map(select(.kind == "walkthrough"))) as $w
	| def kinds: [.[] | proofs[] | select(fault | not) | .type];
	  def lacks($name; $own): if $own == [] then [] else (($own + $in) | kinds) as $k | ["form", "photo", "summary"] | map(select(. as $t | $k | index($t) | not) | "\($name)/\(.)") end;
	(lacks("visit"; $v) + lacks("walkthrough"; $w)) as $missing
	| ([$v[], $w[], $in[] | .id as $id | proofs[] | {file, state: fault} | select(.state) | {unit: $u, record: $id, file, state}] | unique) as $bad
	| ($in | map(.date) | min) as $handed
	| {
		unit: $u, visits: ($v | length), walkthroughs: ($w | length),
		state: (if $v == [] and $w == [] then "not-started" elif $missing == [] and $bad == [] then "complete" else "incomplete" end),
		missing: $missing, faults: ($bad | length), handed_in: $handed, late: (if $handed then $handed > "2024-08-10" else null end), $bad
	};

# what a point asks for and the answer does not give (domain 1.E)
def short: .values as $v | [
	($v.published | not), ($v.channels == []), false,
	false, false, false, false, false, ($v.provided | not), (($v.has_complaint_window or $v.has_stuck_matter_window) | not), ($v.disclosed | not),
	false, false, false, ($v.used | not), false, false, false][.point - 1] // false
	or .point == 12 and ($v.windows_total == 0 or $v.windows_covered < $v.windows_total)
	or .point == 13 and ($v.mechanisms | length) < 4
	or .point == 14 and $v.subject_count < 100
	or .point == 16 and $v.room_for_improvement
	or .point == 17 and ($v.business_friendly == false or any($v.elements[]; . == "poor"))
	or .point == 18 and ($v.absurd or $v.circular or $v.duplicate);

# --- what all reports tell -------------------------------------------------------------------------

($own | counts($issue.from; $on)) as $c | ($own | counts(""; $on)) as $ct
| (if $before then $own | counts($before.from; $before.until) else null end) as $cb
| ($problems | flows($issue.from; $on)) as $f | ($problems | flows(""; $on)) as $ft
| (if $before then $problems | flows($before.from; $before.until) else null end) as $fb
| ($problems | stock($on)) as $stock | ($issue.from | back(1)) as $day_before
| ($problems | cumulative($on)) as $e | (if $before then $problems | cumulative($before.until) else null end) as $s
| ["registered", "listed", "submitted", "returned", "closed", "reopened", "transferred", "merged", "declined"] as $moves
| (["visits", "enterprises", "walkthroughs", "appeals", "inspections"] + $moves) as $items
| def rows_of_units: . as $rows | $units | map(. as $u | $rows[] | select(.unit == $u));
# those that report, and others when something is counted of them
[$units[] | . as $u | select(($units | length) < 12 or (REPORTING | index($u))
	or any($own[]; .unit == $u and .date <= $on and (.kind == "visit" or .kind == "walkthrough" or .kind == "inspection"))
	or any($told[]; .unit == $u and .entered <= $close) or planned_of($u).plans > 0)] as $rows
| def subject_mine: .subject as $u | $units | index($u) != null;
[$live[] | select(.kind == "supervision" and subject_mine) | ([happened[] | select(.applied and .reply and .seconds <= $close)] | last) as $r
	| . + {answer: $r.reply, answered: ($r | if . == null then null else .seconds | day end)}] as $asked
| def findings: .findings // [] | if . == [] then null else join("；") end;
def asked: {id, date, form, subject, problem, requirement: (.requirement // findings), due, reply: .answer, replied: .answered};
def difference($a; $b; $i): if $a == null or $b == null then null else (($b | units) - ($a | units)) | figure($i.precision) end;
def signed: if . == null then null elif startswith("-") or test("^[0.]*$") then . else "+" + . end;
($units | length < 12) as $narrowed
| [$units[] | . as $u | select(REPORTING | index($u))] as $expected
# who entered or decided something in the period
| ([$own[] | {unit: .entered.unit, at: (.entered.at | seconds)}, (happened[] | {unit, at: .seconds})] + [$problems[].events[] | {unit, at}]
	| map(select(.at | in_period($issue.from; $on)) | {key: .unit, value: true}) | from_entries) as $acted
| [$expected[] | . as $u | select(
	any($own[], $problems[]; .unit == $u and (.date | within($issue.from; $on))) or $acted[$u])] as $reported
| [$plan_stands[] | .id as $p | .indicators[]? | indicator(.) | . + {problem: $p, city: (. as $i | $figures | city($i; $on))}] as $linked
# why a unit is worth praise or a question
| def grouped: . as $u | COUNTIES | index($u) != null;
(if $kind == "week" then [] else
	[INDICATORS[] | select(.level == "units") | . as $i | $figures | of_units($i; $on) | map(select(.rank)) | . as $all | .[] | . as $r
		| ([$all[] | select(.rank > $r.rank)] | length) as $worse | {unit, front: (.rank <= 2 and $worse > 0 and ($all | length) > 2),
			behind: (.rank > 1 and $worse < 2 and ($all | length) > 2)}] end) as $placed
| ([$units[] | . as $u | {key: $u, value: {unit: $u,
	front: ([$placed[] | select(.unit == $u and .front)] | length), behind: ([$placed[] | select(.unit == $u and .behind)] | length),
	overdue: ($problems | of_unit($u) | stock($on).overdue),
	returned: ([$open[] | select(.unit == $u and .returned >= 2)] | length), silent: ([$open[] | select(.unit == $u and .light_reason == "silent")] | length),
	no_plan: ((REPORTING | index($u) != null) and planned_of($u).plans == 0), unreported: ($expected - $reported | index($u) != null),
	active: ($own | of_unit($u) | counts($issue.from; $on) | .visits + .walkthroughs > 0)}}] | from_entries) as $standings
| {
	version: 1, report: {week: "weekly", month: "monthly", final: "final"}[$kind], mark: "内部资料", desk: "政务服务管理科",
	issue: $issue.number, period: $issue.name, from: $issue.from, until: $issue.until, state_on: $on, as_of: $as_of,
	units_expected: ($expected | length), units_reported: ($reported | length), units_missing: ($expected - $reported),
	withdrawn: ([$told[] | select(at($known).state == "withdrawn")] + [$now[] | select(.state == "withdrawn" and mine and .date <= $on)] | length),
	without_effect: ([$problems[].events[] | select(.applied | not) | .at] + [$own[] | happened[] | select(.applied | not) | .seconds]
		| map(select(in_period($issue.from; $on))) | length),
	outside_campaign: ([$own[] | select((.kind == "visit" or .kind == "walkthrough") and .date <= $on and (.date | within("2024-04-11"; "2024-08-20") | not))] | length)
}
+ ([$problems[] | {date, listed: listed_on} | select(.listed != null and (.listed | in_period($issue.from; $on))) | (.listed | day | number) - (.date | number)]
	| {listed_days: (add // 0), listed_count: length})
+ (if $narrowed then {units: ($units | map(NAMES[.]) | join("、"))} else {} end)
+ {
	overall: [$items[] as $k | {item: $k, period: ($c + $f)[$k], before: (if $final or $before == null then null else ($cb + $fb)[$k] end), total: ($ct + $ft)[$k]}],
	stock: (($problems | stock($day_before)) as $b | ["open", "overdue", "overdue_original"] | map({item: ., start: (if . != "open" and ($final or $before == null) then null else $b[.] end), end: $stock[.]})),
	open_course: [$course[] | .date as $d | . + ($problems | stock($d) | {open, overdue})],
	rates_overall: [["closing", "closing"], ["punctuality", "punctual"] | . as [$item, $k] | share($e[$k][0]; $e[$k][1]) as $rate
		| (if $final or $s == null then null else share($s[$k][0]; $s[$k][1]) end) as $was
		| {item: $item, numerator: $e[$k][0], denominator: $e[$k][1], rate: $rate, before: $was, change: difference($was; $rate; {precision: 2})}],
	points: [range(1; 19) as $p | {point: $p, name: POINTS[$p - 1]} + ([$rows[] as $u
		| ([$live[] | select(.kind == "inspection" and .point == $p and .unit == $u and .date <= $on)] | sort_by([.date, (.entered.at | seconds), .path]) | last) as $r
		| {key: $u, value: (if $r == null then null elif $r | short then "short" else "answered" end)}]
		| from_entries + {answered: (map(select(.value)) | length)})],
	units_progress: ([$rows[] as $u | ($own | of_unit($u)) as $mine | ($stands | of_unit($u)) as $its | planned_of($u) as $plans
		| {unit: $u} + (if $plans.plans == 0 then {planned: null, done: null} else {planned: ($plans.planned // 0), done: ($plans.done // 0)} end)
		+ ($mine | counts($issue.from; $on) | {visits, walkthroughs})
		+ ($problems | of_unit($u) | flows($issue.from; $on) | {found: .registered, closed})
		+ ($problems | of_unit($u) | stock($on) | {open, overdue}) + {evidence: package($u).state}]
		| sums(["planned", "done", "visits", "walkthroughs", "found", "closed", "open", "overdue"])
		| .[-1] |= {evidence: null, planned: (.planned // 0), done: (.done // 0)} + (. | del(.planned, .done)) | .[-1].planned //= 0 | .[-1].done //= 0),
	flow: ([$rows[] as $u | ($problems | of_unit($u)) as $p | {unit: $u, open_before: ($p | stock($day_before).open), open_after: ($p | stock($on).open)}
		+ ($p | flows($issue.from; $on))] | sums(["open_before", "open_after", "registered_transferred", "registered_merged", "registered_declined"] + $moves)),
	rates: ([$rows[] as $u | ($problems | of_unit($u)) as $p | {unit: $u, withdrawn: ([$told[] | select(.unit == $u and at($known).state == "withdrawn")] | length)}
		+ ($p | cumulative($on))] | sums(["listed", "closed", "left", "on_time", "overdue", "overdue_original", "ever_reopened", "withdrawn"])
		| map(. + {closing_rate: share(.closed; .listed - .left), punctuality_rate: share(.on_time; .closed + .overdue_original)} | del(.closing, .punctual, .left))),
	plan_figures: [$linked[] | . as $i | {problem, indicator: .id, baseline, latest: .city.text, latest_date: .city.date, frontier, target, met: met($i; .city),
		gap: (if .target == null then null else difference(.city.text // .baseline; .target; .) end)}],
	trend: [$linked | map(select(. as $i | [$course[].date as $d | $figures | city($i; $d) | select(.text)] | length > 1)) | reduce .[] as $i ([]; if any(.[]; .id == $i.id) then . else . + [$i] end) | .[] as $i | $course[] | . as $d | ($figures | city($i; $d.date)) as $v
		| {indicator: $i.id, week, date, value: $v.text, planned: (planned($i; .date) | figure($i.precision)), baseline: $i.baseline, frontier: $i.frontier,
			median: $i.median, target: $i.target}],
	oversight_counts: [FORMS[] as $form | [$asked[] | select(.form == $form)] | {form: $form,
		issued: (map(select(.date | within($issue.from; $on))) | length), answered: (map(select((.date | within($issue.from; $on)) and .answer)) | length),
		total: (map(select(.date <= $on)) | length), unanswered: (map(select(.date <= $on and .answer == null)) | length)}],
	changes: (if $before == null then [] else
		[$told[] | select(.entered <= ($issued_on | moment)) | select(at($issued_on | moment).state != "withdrawn")] as $knew
		| ([$earlier[] | select(.state != "withdrawn" and mine)] | counts($before.from; $before.until)) as $cw
		| ($knew | flows($before.from; $before.until)) as $fw | ($knew | stock($before.until)) as $sw | ($problems | stock($before.until)) as $sn
		| ($cw + $fw + $sw + {open_before: ($knew | stock($before.from | back(1)).open)}) as $was
		| ($cb + $fb + $sn + {open_before: ($problems | stock($before.from | back(1)).open)}) as $is
		| [($was | keys[]) as $k | select($k | startswith("registered_") | not) | select($was[$k] != $is[$k]) | {item: $k, issued: "\($was[$k])", now: "\($is[$k])",
			difference: ($is[$k] - $was[$k] | "\(.)" | signed)}]
		+ [INDICATORS[] as $i | ($figures_then | city($i; $before.until)) as $was | ($figures | city($i; $before.until)) as $is
			# 未报送 and 不适用 are not the same
			| $was.text as $a | $is.text as $b | select($a != $b or ($was == null) != ($is == null))
			| {item: $i.id, issued: $a, now: $b, difference: (difference($a; $b; $i) | signed)}]
	end),
	corrections: (if $before == null then [] else ($issued_on | moment) as $t
		| [($now[] | select(mine) | (.entered.at | seconds) as $entered | select(.date <= $before.until)
			| if $entered > $t then select(.state != "withdrawn") | {unit, kind, id, date, what: "late", fields: []}
			  else . as $r | [happened[] | select(.applied and .seconds > $t and .set)] | select(. != []) | $r | {unit, kind, id, date, what: "set", fields: ([happened[] | select(.applied and .seconds > $t and .set) | .set | keys_unsorted[]])} end),
			($now[] | select(mine and .state == "withdrawn" and .date <= $before.until and (.entered.at | seconds) <= $t)
				| select(any(happened[]; .applied and .to == "withdrawn" and .seconds > $t)) | {unit, kind, id, date, what: "withdrawn", fields: []}),
			($told[] | select((.entered | day) <= $before.until and at($known).state == "withdrawn" and .entered <= $t and at($t).state != "withdrawn")
				| {unit, kind: "problem", id, date, what: "withdrawn", fields: []})]
		| group_by([.unit, .kind, .what]) | map({unit: .[0].unit, kind: .[0].kind, what: .[0].what, count: length, first: (map(.date) | min), last: (map(.date) | max),
			records: (map(.id) | sort), fields: ([.[].fields[]] | unique | if . == [] then null else join("、") end)})
	end)
}
+ (if $final | not then {
	plan_problems: ($plan_stands | table(["id", "title", "lead", "responsible", "due", "days_left", "state", "light", "light_reason", "measures_done", "measures_total"])),
	pace: [INDICATORS[] | select(.target) | . as $i | ($figures | city($i; $on)) as $v | LIMITS[.id] as $due | planned($i; $on) as $line
		| (if $due then ($due | number) - ($on | number) else null end) as $left
		| (if $i.id == "provincial-rank" then "not-steady" else null end) as $rank
		| {id, name, latest: $v.text, target, due: $due, days_left: $left,
			answer: (if met($i; $v) then "met" elif $rank then $rank elif $due == null then "no-limit" elif $left < 0 then "too-late" elif $v.text == null then "no-figure" else "needed" end)}
		| . + {per_week: (if .answer == "needed" then (if $i.precision == 2 then 10000 else 1 end) as $scale | ([7, $left] | min | if . < 1 then 1 else . end) as $step
				| ((($i.target | units) * $v.d - $v.n * $scale) * $step / ($v.d * ([$left, 1] | max)) | ceil | if . < 1 then 1 else . end | figure($i.precision)) else null end),
			planned: ($line | figure($i.precision)), planned_gap: (if $line == null or $v.text == null then null else ($v.text | units) - $line | figure($i.precision) end)}],
	plan_progress: [$plans[] | . as $p | standing as $c | {problem: .id, title: $c.title,
		progress: ([.events[] | select(.applied and (.at | in_period($issue.from; $on)) and (.to or .note)) | "\(.at | day | plain)\(if .to then STATES[.to] else "" end)\(if .to and .note then "：" else "" end)\(.note // "")"]
			| if . == [] then null else join("\n") end),
		next: ([($c | select(.state | is_open) | .undone[] | select(.date | within($on | back(-1); $next_until)) | {date, text: "\(.date | plain)\(.name)"}),
			# the day itself comes last
			($c | select(.state | is_open) | select(.due != null and (.due | within($on | back(-1); $next_until))) | {date: "9", text: "\(.due | plain)到期"})]
			| sort_by(.date) | if . == [] then null else map(.text) | join("\n") end)}],
	required: (indicator("seal-rate") as $i | (if $before then $figures | of_units($i; $before.until) else [] end) as $old
		| [$figures | of_units($i; $on) | in_ranks[] | .unit as $u | select($units | index($u)) | . as $r
		| {indicator: $i.id, unit, numerator, denominator, value, rank, status, date,
			increase: difference(([$old[] | select(.unit == $u)][0].value); .value; $i),
			missed: [$weeks[] | select(.[1] <= $on and (($kind == "week") or (.[1] >= $issue.from))) | . as [$f, $t, $name]
				| select(any($live[]; .kind == "observation" and .indicator == $i.id and .unit == $u and ($u != "pingliang" or .value == null) and (.date | within($f; $t))) | not) | $name]}]),
	next: [($stands + $plan_stands | unique_by(.id))[] | . as $p | select(.state | is_open) | (.undone[] | select(.date | within($on | back(-1); $next_until)) | {date, what: .name} + ($p | {id, title, unit})),
		(select(.due != null and (.due | within($on | back(-1); $next_until))) | {date: .due, what: "时限到期", id, title, unit})],
	list_added: [$stands[] | select(.moved | index("listed") or index("reopened")) | only(["id", "title", "unit", "state", "due", "listed", "closed"])],
	list_open: ($open | table(["id", "title", "unit", "state", "due", "listed", "closed"])),
	list_closed: [$stands[] | select(.moved | index("closed")) | select(.closed) | only(["id", "title", "unit", "state", "due", "listed", "closed"])]
} else {} end)
+ (if $kind == "week" then {
	lights: [$open[] | select((.light == "red" or .light == "yellow") and .light_reason != "silent") | only(["light", "light_reason", "id", "title", "unit", "lead", "due", "days_left"])],
	silent: [$open[] | select(.light_reason == "silent") | only(["light", "light_reason", "id", "title", "unit", "lead", "due", "days_left"])],
	due: [$open[] | select(.due != null and .days_left <= 14) | only(["id", "title", "unit", "lead", "state", "due", "days_left"])
		+ {when: (if .days_left < 0 then "overdue" elif .days_left <= 7 then "within-7" else "within-14" end)}],
	followed_up: [$asked[] | select(.date < $issue.from and (($before != null and .date >= $before.from) or .answered == null or .answered >= $issue.from)) | asked],
	oversight: [$asked[] | select(.date | within($issue.from; $on)) | asked]
} else {
	triggers: ([$rows[] as $u | $standings[$u] | select($u | grouped)] as $list
		| [["not-implemented", "未制定本期走访计划", ($list | map(select(.no_plan)))],
			["inactive", "本期未填报，或未走访也未走流程", ($list | map(select(.unreported or (.active | not))))],
			["low-rank", "有指标位列末2位", ($list | map(select(.behind > 0)))],
			["incomplete", "有逾期未销号或多次退回的问题", ($list | map(select(.overdue > 0 or .returned > 0)))]
			| . as [$code, $ground, $units] | {trigger: $code, ground: $ground, candidates: ($units | map(NAMES[.unit])),
				steps: ([$asked[] | select((.date | within($issue.from; $on)) and .trigger == $code)] | length)}]),
	duty: [$asked[] | select(.date | within($issue.from; $on)) | {id, date, form, subject, trigger, reply: .answer, escalated_to: .escalate_to,
		findings: (if .findings and .requirement then "\(findings)\n要求：\(.requirement)" else findings // .requirement end)}]
} end)
+ (if $kind == "month" then {
	due_now: [($stands + $plan_stands | unique_by(.id))[] | select(.due_original != null and (.due_original | within($issue.from; $issue.until)) and .listed) | select(.state | left | not)
		| only(["id", "title", "unit", "due_original", "due", "closed"]) + {outcome: (if .closed == null then "open" elif .closed <= .due_original then "on-time" else "late" end)}],
	ranking: [INDICATORS[] | select(.level == "units") | . as $i | ($figures | of_units($i; $on)) as $all | select(any($all[]; .status != "not-reported"))
		| ($figures | of_units($i; $before.until // "0")) as $old | $all | in_ranks[] | .unit as $u | select($units | index($u))
		| ([$old[] | select(.unit == $u) | .rank] | first) as $was
		| {indicator: $i.id, unit, numerator, denominator, value, rank, status, rank_before: $was, rank_change: (if .rank and $was then $was - .rank else null end)}],
	topics: [TOPICS[] | .[0] as $topic | .[1][] | indicator(.) as $i | ($figures | city($i; $on)) as $v | (if $before then $figures | city($i; $before.until) else null end) as $w
		| {topic: $topic, indicator: $i.id, value: $v.text, baseline: $i.baseline, before: $w.text, change: difference($w.text; $v.text; $i)}
			+ if $v.published then {numerator: null, denominator: null, missing: null} else {numerator: (if $v.text then $v.n else null end), denominator: (if $v.text then $v.d else null end), missing: ([$figures | of_units($i; $on)[] | select(.status == "not-reported" or .status == "published-only")] | length)} end],
	standing: [$rows[] as $u | $standings[$u] | (.overdue > 0 or .returned > 0 or .unreported or .no_plan) as $fault
		| . + {assessment: (if $fault or .behind > .front then "wanting" elif .behind == 0 and .front > 0 and .active then "good" else "even" end),
			reasons: ([(select(.overdue > 0) | "逾期\(.overdue)件"), (select(.returned > 0) | "多次退回\(.returned)件"), (select(.behind > 0) | "\(.behind)项指标靠后"),
				(select(.unreported) | "本期未填报"), (select(.no_plan) | "无走访计划"), (select(.front > 0) | "\(.front)项指标居前")]
				| if . == [] then "无" else join("；") end)} | del(.no_plan, .unreported, .active)],
	formulas: [INDICATORS[] | {indicator: .id, name, numerator, denominator, note}]
} else {} end)
+ (if $final then
	def outcome: if .state != "closed" then .state elif .due_original != null and .closed > .due_original then "late" else "on-time" end;
	def of_own: {id, title, unit, track, listed, due, closed, outcome: outcome, reopened, plan: (if .state | is_open then .note else null end)};
	([$problems[] | .unit as $u | .id as $p | .events[] | select(.applied and .at <= $close) | . + {$u, $p}]) as $words
	| ([$problems[] | select(.entered <= $close) | at($close).state as $state | .sources[]? | split("/")[0] | {key: ., value: $state}]
		| group_by(.key) | map({key: .[0].key, value: map(.value)}) | from_entries) as $led
	# solved: with an answer, or by problems that are all closed; not while one of them is on
	| ([$own[] | select(.kind == "visit" and .date <= $on and .appeal != "无") | ($led[.id] // []) as $states
		| if any($states[]; is_open or . == "registered") then "pending"
		  elif any($states[]; . == "closed") or (.solution != null and .solution != "无") then "solved" else "unanswered" end]) as $answers
	| ([$units[] | package(.)]) as $packages
	| (([$words[] | {u, p, evidence}] + [$own[] | select(.date <= $on) | .unit as $u | .id as $p | happened[] | select(.applied) | {$u, $p, evidence}])
		| [.[] | .u as $u | .p as $p | .evidence[]? | {unit: $u, record: $p, type, name, file, bytes, sha256}]) as $shown
	| {
		plan_results: [$plan_stands[] | {id, title, lead, due_original, closed, outcome: outcome, reason: (if .state == "closed" then null else .note end)}],
		own_problems: [$stands[] | select(.listed and (.id | of_plan | not)) | of_own],
		still_open: [($stands + $plan_stands | unique_by(.id))[] | select(.state | is_open) | of_own],
		tracks: [["immediate", "scheduled"][] as $t | [$stands[] | select(.listed and .track == $t)] | {track: $t, listed: length, closed: (map(select(.state == "closed")) | length)}
			| . + {rate: share(.closed; .listed)}],
		policies: [$words[] | .u as $u | .p as $p | .policy | select(.) | {title, doc_no, issued, unit: $u, problem: $p}],
		appeals: ([["enterprises", $ct.enterprises], ["raised", ($answers | length)],
			(["solved", "pending", "unanswered"][] as $a | [$a, ([$answers[] | select(. == $a)] | length)]),
			(["satisfied", "basically", "dissatisfied"][] as $r | [$r, ([$words[] | select(.follow_up.result == $r)] | length)])] | map({item: .[0], count: .[1]})),
		evidence: $shown, photos: ($shown | map(select(.type == "photo"))),
		annex_visits: [$own[] | select(.kind == "visit" and .date <= $on) | {id, unit, date, indicator_type, enterprise, appeal, solution, visitors: (.visitors | join("、"))}],
		annex_walkthroughs: [$own[] | select(.kind == "walkthrough" and .date <= $on)
			| {id, unit, date, experiencer, position, matter, findings: (.findings | join("；")), suggestions}],
		files: [$packages[].bad[]],
		units: [$packages[] | (.missing | map(split("/"))) as $lacks
			| [(["visit", "大走访"], ["walkthrough", "走流程"] | . as [$track, $name] | [$lacks[] | select(.[0] == $track) | {form: "登记表", photo: "活动照片", summary: "工作总结"}[.[1]]]
				| select(. != []) | "\($name)缺\(join("、"))"), (select(.faults > 0) | "佐证文件缺失或被改动\(.faults)个"), (select(.handed_in == null) | "未登记报送")] as $owes
			| del(.bad) + {owes: (if $owes == [] then null else $owes | join("；") end)}]
	} else {} end)
# a course needs two days with a figure, and a first issue has none before it
| if ($course | length) < 2 then del(.open_course) else . end
| if .trend == [] then del(.trend) else . end
| if $before == null then del(.changes, .corrections) else . end
