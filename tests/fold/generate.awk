# awk -v seed=N -v problems=N -v clones=N -v rounds=N -v out=DIR [-v indicators=WORDS] [-v steps_named=WORDS]
#	-f generate.awk EVIDENCE
#
# Writes random problems and what happened to them: DIR/CLONE/ROUND/ holds the files that an office,
# working in a clone of its own, adds in one round. The same numbers give the same files, with any awk.
# Stories follow the usual way of a problem four times in five and do anything the fifth time; nothing
# here knows what is allowed. EVIDENCE: lines of unit, path, SHA-256 and size of files that
# events may name.
#
# Files are block maps whose values are JSON, so that any YAML reader takes them and a line is easily
# made into JSON (see fold.bash).

# the minimal standard generator of Park and Miller: exact in a double
function random(n) {
	seed = (seed * 16807) % 2147483647
	return int(seed / 2147483647 * n)
}

function chance(percent) {
	return random(100) < percent
}

function one_of(words,    list) {
	return list[1 + random(split(words, list, " "))]
}

function quoted(text) {
	return "\"" text "\""
}

# a JSON list of words, each once
function list_of(words,    list, n, i, text) {
	n = split(words, list, " ")
	for (i = 1; i <= n; i++)
		if (!index(text, quoted(list[i])))
			text = text (text ? ", " : "") quoted(list[i])
	return "[" text "]"
}

# some of the words, at least one, each once
function some_of(words,    list, n, i, chosen) {
	n = split(words, list, " ")
	for (i = 1; i <= n; i++)
		if (chance(50))
			chosen = chosen " " list[i]
	return chosen ? chosen : one_of(words)
}

# days count from 1 April 2024, minutes from its midnight at the plan's offset
function date(day,    month) {
	for (month = 4; day > length_of[month]; month++)
		day -= length_of[month]
	return sprintf("2024-%02d-%02d", month, day)
}

function day_of(minute) {
	return 1 + int(minute / 1440)
}

function clock(minute) {
	return sprintf("%02d:%02d:00", int(minute % 1440 / 60), minute % 60)
}

# the moment, now and then as another zone writes it
function moment(minute) {
	if (chance(10))
		return quoted(date(day_of(minute - 480)) "T" clock(minute - 480) "Z")
	if (chance(5))
		return quoted(date(day_of(minute + 60)) "T" clock(minute + 60) "+09:00")
	return quoted(date(day_of(minute)) "T" clock(minute) "+08:00")
}

function digits(n,    text) {
	while (n--)
		text = text substr("0123456789abcdefghjkmnpqrstvwxyz", 1 + random(32), 1)
	return text
}

# people of a unit, their names spaced and wide in several ways
function person() {
	return quoted(names[1 + random(name_count)])
}

# the unit that acts: most often the problem's own
function actor() {
	return chance(55) ? unit : chance(35) ? "pingliang" : chance(60) ? lead : one_of(units)
}

function parties() {
	return chance(55) ? unit : chance(40) ? unit " " one_of(units) : one_of("counties residents " units)
}

# measures: in measure[] what they are thought to be now, from M1 on
function new_measure(    text) {
	measures++
	text = "{\"id\": \"M" measures "\", \"text\": \"措施" random(1000) "\""
	if (chance(25))
		text = text ", \"units\": " list_of(chance(40) ? unit : chance(50) ? unit " " lead : "residents")
	measure[measures] = text "}"
}

function measure_list(    i, text) {
	for (i = 1; i <= measures; i++)
		if (i in measure)
			text = text (text ? ", " : "") measure[i]
	return "[" text "]"
}

# the list again, now and then with one more, one less or one changed
function changed_measures(    i) {
	i = 1 + random(measures ? measures : 1)
	if (chance(60))
		new_measure()
	else if (chance(50))
		delete measure[i]
	else if (i in measure)
		sub(/措施/, "改措施", measure[i])
	return measure_list()
}

function milestone_list(day, last,    i, text) {
	for (i = 1; day < last && i <= 3 && chance(70); i++) {
		day += 1 + random(last - day)
		text = text (text ? ", " : "") "{\"id\": \"N" i "\", \"name\": " quoted(step_name[i]) ", \"date\": " quoted(date(day)) "}"
	}
	return "[" text "]"
}

function indicator_list() {
	return list_of(some_of(indicators))
}

# --- files ---------------------------------------------------------------------------------------

# the file goes into a clone and a round of its own: offices know little of each other
function begin_file(name) {
	file = out "/" (1 + random(clones)) "/" (1 + random(rounds)) "/" unit "/problems/2024-04/" name
}

function line(key, value) {
	print key ": " value >file
}

function end_file() {
	close(file)
}

function write_record(    state) {
	state = of_plan || chance(70) ? "listed" : "registered"
	unit = of_plan ? "pingliang" : one_of(units)
	found = found_on[p]
	id = ids[p]
	begin_file(id ".yaml")
	line("kind", quoted("problem"))
	line("id", quoted(id))
	line("unit", quoted(unit))
	line("date", quoted(date(found)))
	line("title", quoted("问题" random(1000)))
	line("description", quoted("描述"))
	line("origin", quoted(one_of("self-check hotline review evaluation other")))
	scheduled = chance(60)
	lead = chance(70) ? unit : one_of(units)
	due = found + 3 + random(40)
	if (state == "listed" || chance(60))
		line("track", quoted(scheduled ? "scheduled" : "immediate"))
	if (state == "listed" || chance(60))
		line("lead", quoted(lead))
	if (state == "listed" || chance(60))
		line("responsible", list_of(some_of(parties())))
	if (state == "listed" || chance(60))
		line("due", quoted(date(due)))
	split("", measure)
	measures = 0
	while (measures < 3 && chance(75))
		new_measure()
	if (measures)
		line("measures", measure_list())
	if (scheduled && chance(85))
		line("milestones", milestone_list(found, due))
	if (chance(20))
		line("indicators", indicator_list())
	if (chance(30))
		line("needs_policy", chance(70) ? "true" : "false")
	now = (found - 1) * 1440 + (chance(90) ? random(1440) : random(20 * 1440))
	line("entered", "{\"at\": " moment(now) ", \"by\": " person() ", \"unit\": " \
		quoted(chance(80) ? unit : actor()) ", \"to\": " quoted(state) "}")
	end_file()
	entered = now
	return state
}

# what usually comes next
function usual(state) {
	if (state == "registered")
		return one_of("listed listed listed listed listed listed declined merged transferred -")
	if (state == "listed")
		return one_of(scheduled ? "rectifying rectifying rectifying rectifying - merged" : "submitted submitted submitted rectifying -")
	if (state == "rectifying")
		return one_of("submitted submitted - - - -")
	if (state == "submitted")
		return one_of("closed closed closed returned returned rectifying review review review")
	if (state == "returned")
		return "rectifying"
	if (state == "closed")
		return one_of("reopened reopened -")
	if (state == "reopened")
		return one_of("rectifying rectifying -")
	return "-"
}

function anything() {
	return chance(80) ? one_of("listed rectifying submitted returned closed reopened review") \
		: one_of("transferred merged declined withdrawn")
}

function write_set(state,    field, text, n) {
	for (n = 1 + random(2); n > 0; n--) {
		field = one_of("title cause pain due origin track lead responsible measures milestones indicators needs_policy measures measures measures lead")
		if (index(text, quoted(field)))
			continue
		text = text (text ? ", " : "") quoted(field) ": "
		if (field == "due")
			text = text quoted(date(due = found + random(50)))
		else if (field == "lead")
			text = text quoted(lead = one_of(unit " " units))
		else if (field == "responsible")
			text = text list_of(some_of(parties()))
		else if (field == "measures")
			text = text changed_measures()
		else if (field == "milestones")
			text = text milestone_list(found, found + 50)
		else if (field == "indicators")
			text = text indicator_list()
		else if (field == "needs_policy")
			text = text (chance(50) ? "true" : "false")
		else if (field == "origin")
			text = text quoted(one_of("self-check hotline review"))
		else if (field == "track")
			text = text quoted(one_of("immediate scheduled"))
		else
			text = text (field == "pain" ? quoted(one_of("blockage difficulty")) : quoted("更正" random(100)))
	}
	line("set", "{" text "}")
}

function write_evidence(    n, text, used, i) {
	for (n = 1 + random(2); n > 0; n--) {
		i = 1 + random(evidence_count[unit])
		if (i in used)
			continue
		used[i] = 1
		text = text (text ? ", " : "") evidence[unit, i]
		if (chance(25))
			text = text ", \"for\": " list_of(some_of("M1 M2 M3"))
		text = text "}"
	}
	line("evidence", "[" text "]")
}

function steps() {
	return list_of(some_of(chance(5) ? "M1 M9 N1" : chance(60) ? "M1 M2 M3" : "M1 M2 N1"))
}

# one event, at `now` or thereabouts; the state that it is thought to lead to
function write_event(state, last,    to, at, tail, parts) {
	to = last && chance(25) ? "withdrawn" : chance(80) ? usual(state) : anything()
	now += chance(hurried ? 70 : 12) ? 0 : 1 + random(chance(50) ? 600 : 5 * 1440)
	if (now > 120 * 1440)
		now = 120 * 1440
	at = chance(3) ? entered - 1 - random(300) : chance(6) ? entered + random(now - entered + 1) : now
	do
		tail = hurried ? sprintf("%02d", ++told) digits(2) : digits(4)
	while ((id, at, tail) in taken)
	taken[id, at, tail] = 1
	parts = date(day_of(at)) "T" clock(at)
	gsub(/[-:]/, "", parts)
	begin_file(id "_" parts "_" tail ".yaml")
	line("record", quoted(id))
	line("at", moment(at))
	line("by", person())
	line("unit", quoted(actor()))
	parts = to == "-" ? 0 : 1
	if (to == "review") {
		line("review", quoted(chance(75) ? "passed" : "failed"))
		to = chance(5) ? anything() : "-"
	}
	if (to != "-" && to != "review")
		line("to", quoted(to))
	if (chance(65) && ++parts)
		line("note", quoted("说明" random(100)))
	if (chance(state == "rectifying" && to == "-" ? 80 : state == "listed" ? 15 : 8) && ++parts)
		line("done", steps())
	else if (chance(4) && ++parts)
		line("undone", steps())
	if (chance(6) && ++parts)
		line("waived", steps())
	if (chance(state == "reopened" || to == "reopened" ? 50 : 10) && ++parts) {
		due = day_of(at) - 3 + random(30)
		line("due", quoted(date(due > found ? due : found)))
	}
	if (chance(to == "listed" ? 50 : of_plan ? 25 : 10) && ++parts)
		write_set(state)
	if (chance(to == "reopened" ? 70 : state == "rectifying" ? 60 : to == "submitted" ? 60 : 15) && ++parts)
		write_evidence()
	if (chance(to == "closed" ? 40 : 5) && ++parts)
		line("follow_up", "{\"method\": \"phone\", \"date\": " quoted(date(day_of(at) + (chance(90) ? 0 : 1))) \
			", \"result\": " quoted(one_of("satisfied basically dissatisfied")) "}")
	if (chance(to == "closed" ? 25 : 3) && ++parts)
		line("policy", "{\"title\": \"办法\", \"doc_no\": \"平政服发〔2024〕9号\", \"issued\": " quoted(date(day_of(at) + (chance(90) ? 0 : 1))) "}")
	if (chance(1) && ++parts)
		line("reply", quoted("回复"))
	if (chance(to == "transferred" ? 70 : 1) && ++parts)
		line("to_unit", quoted(one_of("sys-tax bigdata-center jingchuan")))
	if (chance(to == "merged" ? 80 : 1) && ++parts)
		line("master", quoted(chance(5) ? id : chance(60) && partner in ids ? ids[partner] : ids[1 + random(problems)]))
	if (!parts)
		line("note", quoted("进展"))
	end_file()
	return to == "-" || to == "review" ? state : to
}

BEGIN {
	split("0 0 0 30 31 30 31 31", length_of, " ")
	units = "pingliang jingchuan lingtai industrial-park bigdata-center"
	indicators = indicators ? indicators : "seal-rate hotline-satisfaction review-coverage"
	split(steps_named ? steps_named : "节点1 节点2 节点3", step_name, " ")
	name_count = split("张某|李某|孙某|王某|AB|张　某|张 某|ＡＢ|A b", names, "|")
}

{
	evidence[$1, ++evidence_count[$1]] = "{\"file\": " quoted($2) ", \"name\": \"佐证.txt\", \"type\": " \
		"\"photo\", \"sha256\": " quoted($3) ", \"bytes\": " $4
}

END {
	for (p = 1; p <= problems; p++) {
		found_on[p] = p > 6 ? 10 + random(20) : 10
		ids[p] = date(found_on[p])
		gsub(/-/, "", ids[p])
		ids[p] = "p-" ids[p] "-" (p > 6 ? digits(6) : "00000" p)
	}
	for (p = 1; p <= problems; p++) {
		of_plan = p <= 6
		partner = p % 2 ? p + 1 : p - 1 # with which it may be merged both ways
		state = write_record()
		hurried = chance(15) # most of it within one second, told in order
		told = 0
		for (n = (of_plan ? 25 : 3) + random(14); n > 0; n--)
			state = write_event(state, n == 1)
	}
}
