# The figures of a weekly brief, recomputed from the records by the text alone: contract 2 to 4, domain 2.6, 2.7,
# 2.9, 2.10. An independent second opinion on dispatch-report.
#
# jq -n --arg from DATE --arg until DATE --arg as_of DATE --arg issued DATE --argjson weeks [[DATE, DATE]...]
#	--slurpfile now FILE --slurpfile earlier FILE --slurpfile at_end FILE --slurpfile at_start FILE --slurpfile known FILE
#
# now: all records but problems as known on as_of, one an entry, as record-list gives them; earlier: the same as known on
# the issue day of the week before. known, at_end, at_start: what tests/fold/model.jq says of the problems, with their
# stories, as of as_of, the end of the week, the end of the week before. weeks: first and last day of each so far.

def day: . + 8 * 3600 | todate[:10];
# days since 1970
def number: . + "T00:00:00Z" | fromdate / 86400;
def back($n): number - $n | . * 86400 | todate[:10];

def REPORTING: ["pingliang", "kongtong", "jingchuan", "lingtai", "chongxin", "huating", "zhuanglang", "jingning", "industrial-park", "bigdata-center"];
def COUNTIES: ["kongtong", "jingchuan", "lingtai", "chongxin", "huating", "zhuanglang", "jingning", "industrial-park"];
def UNITS: ["pingliang", "city-hall"] + COUNTIES + ["bigdata-center", "digital-gov-team"];
def CITY_LEVEL: ["e-licence-domains", "one-matter-packages", "seal-type-share"];

# half up to hundredths of a percent, but what is not whole is not 100.00, and what is not nothing not 0.00
def hundredths($n; $d): ($n * 20000 + $d) / (2 * $d) | floor
	| if . == 10000 and $n < $d then 9999 elif . == 0 and $n > 0 then 1 else . end;
def shown: (if . < 0 then "-" else "" end) + (fabs | "\(. / 100 | floor).\(. % 100 | if . < 10 then "0\(.)" else "\(.)" end)");
def share($n; $d): if $d == 0 then null else hundredths($n; $d) | shown end;

# --- records by their date -------------------------------------------------------------------------

def name: explode | map(if . >= 65281 and . <= 65374 then . - 65248 else . end | select(. != 32 and . != 12288)) | implode;

def counts($records; $from; $until):
	[$records[] | select(.date >= $from and .date <= $until)]
	| {
		visits: map(select(.kind == "visit")) | length,
		enterprises: map(select(.kind == "visit") | .enterprise | name) | unique | length,
		walkthroughs: map(select(.kind == "walkthrough")) | length,
		appeals: map(select(.kind == "visit" and .appeal != "无")) | length,
		inspections: map(select(.kind == "inspection")) | length
	};

# --- problems by their moves -----------------------------------------------------------------------

def is_open: . as $s | ["listed", "rectifying", "submitted", "returned", "reopened"] | index($s) != null;
def left: . == "transferred" or . == "merged" or . == "declined";

# what was withdrawn, as far as one knows on as_of, was never there
($known[0].problems | map(select(.state == "withdrawn") | {key: .id, value: true}) | from_entries) as $gone
| ($at_end[0].problems | map(select($gone[.id] | not))) as $ends
| ($at_start[0].problems | map(select($gone[.id] | not))) as $starts
| ($known[0].problems | map(select($gone[.id] | not))) as $problems

| ($from | back(7)) as $before_from | ($from | back(1)) as $before_until

| def moves($list; $f; $t): [$list[].moves[] | (.at | day) as $on | select($on >= $f and $on <= $t)];
def flows($list; $f; $t):
	moves($list; $f; $t) as $m
	| def to($s): [$m[] | select(.to == $s)] | length;
	def out($s): [$m[] | select(.to == $s and (.from | is_open))] | length;
	{
		registered: [$list[] | select((.entered | day) >= $f and (.entered | day) <= $t)] | length,
		listed: to("listed"), submitted: to("submitted"), returned: to("returned"), closed: to("closed"), reopened: to("reopened"),
		transferred: out("transferred"), merged: out("merged"), declined: out("declined")
	};
def stock($list; $on): [$list[] | select(.state | is_open)] | {
	open: length,
	overdue: map(select(.due != null and .due < $on)) | length,
	overdue_original: map(select(.due_original != null and .due_original < $on)) | length
};
# ever listed, and what is closed of it
def cumulative($list; $on):
	[$list[] | select(any(.moves[]; .to == "listed"))]
	| map(. + {closed_on: (if .state == "closed" then [.moves[] | select(.to == "closed") | .at] | max | day else null end)})
	| {
		listed: length,
		closed: map(select(.closed_on)) | length,
		left: map(select(.state | left)) | length,
		on_time: map(select(.closed_on and .closed_on <= .due_original)) | length,
		overdue: map(select((.state | is_open) and .due != null and .due < $on)) | length,
		overdue_original: map(select((.state | is_open) and .due_original != null and .due_original < $on)) | length,
		ever_reopened: map(select(any(.moves[]; .to == "reopened"))) | length
	}
	| . + {closing: [.closed, .listed - .left], punctual: [.on_time, .closed + .overdue_original]};
def of_unit($list; $unit): [$list[] | select(.unit == $unit)];

# --- figures ---------------------------------------------------------------------------------------

# the last of a unit on a day: by date, then by when it was entered
def seconds: capture("^(?<d>.{19})(?<z>Z|(?<s>[+-])(?<h>..):(?<m>..))$") | (.d + "Z" | fromdate) as $l
	| if .z == "Z" then $l else $l - (if .s == "-" then -1 else 1 end) * ((.h | tonumber) * 3600 + (.m | tonumber) * 60) end;
def last_of($records; $indicator; $unit; $on):
	[$records[] | select(.kind == "observation" and .indicator == $indicator and .unit == $unit and .date <= $on)]
	| max_by([.date, (.entered.at | seconds), .path]);
def fresh($on): . != null and (.date | number) >= ($on | number) - 31;
def city($records; $indicator; $on):
	if CITY_LEVEL | index($indicator) then
		last_of($records; $indicator; "pingliang"; $on)
		| if . == null then null elif .count != null then {text: "\(.count)", date}
		  elif .value then {text: .value, date} else {text: share(.numerator; .denominator), date} end
	else
		[REPORTING[] as $u | last_of($records; $indicator; $u; $on) | select(fresh($on))]
		| (map(select(.denominator)) | {n: (map(.numerator) | add), d: (map(.denominator) | add), date: (map(.date) | max)}) as $sum
		| (map(select(.unit == "pingliang" and .value)) | first) as $own
		| if $own and ($sum.date == null or $own.date >= $sum.date) then {text: $own.value, date: $own.date}
		  elif $sum.date == null then null
		  else {text: share($sum.n; $sum.d), date: $sum.date} end
	end;

def ranked($records; $indicator; $on):
	[REPORTING[] as $u | last_of($records; $indicator; $u; $on) | select(fresh($on))
		| select(.denominator != null and .denominator > 0)] as $all
	| $all | map(. as $r | {key: .unit, value:
		(1 + ([$all[] | select(.unit as $u | COUNTIES | index($u)) | select(.numerator * $r.denominator > $r.numerator * .denominator)] | length))})
	| from_entries;

def units_of($indicator): . as $records
	| ranked($records; $indicator; $until) as $ranks
	| REPORTING | map(. as $u
		| last_of($records; $indicator; $u; $until) as $last
		| last_of($records; $indicator; $u; $before_until) as $old
		| ($last | fresh($until)) as $here
		| {
			unit: $u,
			numerator: (if $here then $last.numerator else null end), denominator: (if $here then $last.denominator else null end),
			value: (if $here | not then null elif $last.value then $last.value else share($last.numerator; $last.denominator) end),
			rank: (if $here and ($last.denominator // 0) > 0 and (COUNTIES | index($u)) then $ranks[$u] else null end),
			status: (if $here | not then "not-reported" elif $last.value then "published-only" elif $last.denominator == 0 then "not-applicable"
				elif COUNTIES | index($u) then "ranked" else "unranked" end),
			date: $last.date,
			missed: [$weeks[] | . as [$f, $t] | select($t <= $as_of) | select([$records[] | select(.kind == "observation" and .indicator == $indicator and .unit == $u
				and .date >= $f and .date <= $t)] == []) | 1] | length
		});

# --- lights ----------------------------------------------------------------------------------------

def light($on):
	. as $p
	| ($p.moves | map(select(.to == "listed")) | first.at | day) as $listed
	# closed weeks after the last entry: one of this week ends the silence
	| ($p.entries | max | day) as $last
	| ([$weeks[] | select(.[1] < $on and .[0] > $listed and .[0] > $last)] | length) as $silent
	| ($p.moves | map(select(.to == "returned")) | length) as $returned
	| (if ($p.steps | length) == 0 or $p.due == null then null
	   else
		((($on | number) - ($listed | number)) as $e | ((($p.due | number) - ($listed | number)) | if . < 1 then 1 else . end) as $w
		| {ahead: ($e * 100 * ($p.steps | length) - ([$p.steps[] | select(.done)] | length) * 100 * $w), unit: ($w * ($p.steps | length))})
	   end) as $pace
	| (any($p.steps[]; (.done | not) and .date < $on)) as $missed
	| if $p.due != null and $p.due < $on then ["red", "overdue"]
	  elif $pace and $pace.ahead > 30 * $pace.unit then ["red", "behind"]
	  elif $returned >= 2 then ["red", "returned-twice"]
	  elif $silent >= 2 then ["red", "silent"]
	  elif $p.due != null and ($p.due | number) - ($on | number) <= 7 and $p.state != "submitted" then ["yellow", "due-soon"]
	  elif $pace and $pace.ahead > 0 and $missed then ["yellow", "milestone-missed"]
	  elif $silent == 1 then ["yellow", "silent"]
	  else ["green", null] end;

# --- the brief -------------------------------------------------------------------------------------

([$until, $as_of] | min) as $on
| counts($now; $from; $until) as $c | counts($now; $before_from; $before_until) as $cb | counts($now; ""; $until) as $ct
| counts($earlier; $before_from; $before_until) as $issued
| flows($problems; $from; $until) as $f | flows($problems; $before_from; $before_until) as $fb | flows($problems; ""; $until) as $ft
| cumulative($ends; $on) as $e | cumulative($starts; $before_until) as $s
| {
	overall: ([$c, $f] | add | to_entries | map({key: .key, value: [.value, (([$cb, $fb] | add)[.key]), (([$ct, $ft] | add)[.key])]}) | from_entries),
	stock: (stock($ends; $on) as $a | stock($starts; $before_until) as $b | $a | with_entries(.value = [$b[.key], .value])),
	rates_overall: {
		closing: ($e.closing + [share($e.closing[0]; $e.closing[1]), share($s.closing[0]; $s.closing[1])]),
		punctuality: ($e.punctual + [share($e.punctual[0]; $e.punctual[1]), share($s.punctual[0]; $s.punctual[1])])
	},
	flow: [UNITS[] as $u | flows(of_unit($problems; $u); $from; $until) as $f | {
		unit: $u, open_before: stock(of_unit($starts; $u); "").open, open_after: stock(of_unit($ends; $u); "").open,
	} + ($f | {listed, reopened, closed, transferred, merged, declined, registered, submitted, returned})],
	rates: [UNITS[] as $u | cumulative(of_unit($ends; $u); $on) | {
		unit: $u, listed, closed, closing_rate: share(.closing[0]; .closing[1]), on_time, punctuality_rate: share(.punctual[0]; .punctual[1]),
		overdue, overdue_original, ever_reopened,
		withdrawn: ([$known[0].problems[] | select(.unit == $u and .state == "withdrawn")] | length)
	}],
	units: [UNITS[] as $u | counts([$now[] | select(.unit == $u)]; $from; $until)
		| {unit: $u, visits, walkthroughs, open: stock(of_unit($ends; $u); $on).open, overdue: stock(of_unit($ends; $u); $on).overdue}],
	plan_figures: [$ends[] | select(.id | startswith("p-20240410-00000")) | .indicators[]? | city($now; .; $on) as $v | [., $v.text, $v.date]],
	required: ($now | units_of("seal-rate") | sort_by(.unit)),
	points: [range(1; 19) as $p | [UNITS[] as $u | select(any($now[]; .kind == "inspection" and .point == $p and .unit == $u and .date <= $until)) | $u]],
	lights: ([$ends[] | select(.state | is_open) | light($on) as [$l, $r] | [.id, $l, $r] | select($l != "green")] | sort),
	due: ([$ends[] | select((.state | is_open) and .due != null) | ((.due | number) - ($on | number)) as $left | select($left <= 14)
		| [.id, (if $left < 0 then "overdue" elif $left <= 7 then "within-7" else "within-14" end), $left]] | sort),
	oversight: (["inspection", "order", "coordination", "interview", "circular", "escalation"] | map(. as $form
		| [$now[] | select(.kind == "supervision" and .form == $form)]
		| [$form, (map(select(.date >= $from and .date <= $until)) | length), (map(select(.date <= $until)) | length)])),
	changes: ([$issued, $cb] | [(.[0] | keys[]) as $k | select(.[0][$k] != .[1][$k]) | [$k, "\(.[0][$k])", "\(.[1][$k])"]])
}
