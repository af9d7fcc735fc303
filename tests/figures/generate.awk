# awk -v seed=N -v records=N -f generate.awk EVIDENCE
#
# Writes random records of all kinds but problems into the record folder here, with evidence, corrections, withdrawals,
# replies and records that were entered late; the same numbers give the same files. EVIDENCE: lines of unit, path, SHA-256
# and size of files that events may name. Values are JSON, so that a line is easily made into JSON. Days count from
# 1 April 2024.

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
function date(day,    month) {
	for (month = 4; day > length_of[month]; month++)
		day -= length_of[month]
	return sprintf("2024-%02d-%02d", month, day)
}
function digits(n,    text) {
	while (n--)
		text = text substr("0123456789abcdefghjkmnpqrstvwxyz", 1 + random(32), 1)
	return text
}
# a moment of the day, now and then as another zone writes it
function moment(day, minute) {
	if (minute >= 480 && chance(10))
		return quoted(date(day) sprintf("T%02d:%02d:00Z", (minute - 480) / 60, minute % 60))
	return quoted(date(day) sprintf("T%02d:%02d:00+08:00", minute / 60, minute % 60))
}

# some of the words, each once
function some_of(words, percent,    list, n, i, text) {
	n = split(words, list, " ")
	for (i = 1; i <= n; i++)
		if (chance(percent))
			text = text (text ? ", " : "") quoted(list[i])
	return "[" text "]"
}
function truth(percent) {
	return chance(percent) ? "true" : "false"
}

function begin(letter, folder, name,    last) {
	kind = name
	# most of it within the campaign
	day = kind == "submission" && chance(80) ? 110 + random(30) : 8 + random(137)
	last = date(day)
	gsub(/-/, "", last)
	id = letter "-" last "-" digits(6)
	dir = unit "/" folder "/" substr(date(day), 1, 7)
	if (!(dir in made)) {
		system("mkdir -p " dir)
		made[dir] = 1
	}
	file = dir "/" id ".yaml"
	line("kind", quoted(kind))
	line("id", quoted(id))
	line("unit", quoted(unit))
	line("date", quoted(date(day)))
}
function line(key, value) {
	print key ": " value >file
}
# who entered it, mostly on the day, now and then weeks later; and what was done with it after that
function finish(set,    late, minute) {
	late = day + (chance(75) ? 0 : chance(70) ? 1 + random(4) : 5 + random(25))
	minute = random(1440)
	line("entered", "{\"at\": " moment(late, minute) ", \"by\": \"张某\", \"unit\": " quoted(unit) ", \"to\": \"recorded\"}")
	close(file)
	if (kind == "supervision")
		for (minute = random(3); minute > 0; minute--)
			event(late + random(chance(50) ? 4 : 30), "reply", "")
	else if (chance(kind == "submission" ? 60 : 15))
		event(late + random(15), "evidence", "")
	if (chance(12))
		event(late + 1 + random(20), set == "" || chance(40) ? "withdrawn" : "set", set)
	if (chance(2))
		event(late + 21 + random(20), one_of("withdrawn withdrawn note"), "")
	if (chance(1)) # before it was entered: without effect
		event(day - 1, "note", "")
}
function event(on, what, set,    stamp, minute) {
	minute = random(1440)
	stamp = date(on) sprintf("T%02d%02d00", minute / 60, minute % 60)
	gsub(/-/, "", stamp)
	file = dir "/" id "_" stamp "_" digits(4) ".yaml"
	line("record", quoted(id))
	line("at", moment(on, minute))
	line("by", quoted("李某"))
	line("unit", quoted(what == "reply" ? subject : unit))
	if (what == "withdrawn")
		line("to", quoted("withdrawn"))
	line("note", quoted("更正"))
	if (what == "set")
		line("set", set)
	if (what == "reply")
		line("reply", quoted("已办" random(100)))
	if (what == "evidence")
		line("evidence", "[" shown(1 + random(evidence_count[unit])) "]")
	close(file)
}
function shown(i) {
	return "{\"file\": " quoted(evidence[unit, i]) ", \"name\": \"佐证.txt\", \"type\": " quoted(one_of("form photo photo summary training")) \
		", \"sha256\": " quoted(sum[unit, i]) ", \"bytes\": " bytes[unit, i] "}"
}
function enterprise() {
	return quoted(one_of(enterprises) (chance(10) ? " 有限公司" : "有限公司"))
}

function visit() {
	unit = one_of(units)
	begin("v", "visits", "visit")
	line("indicator_type", quoted(one_of("market-access government-services")))
	line("enterprise", enterprise())
	line("appeal", quoted(chance(35) ? "无" : "诉求" random(1000)))
	if (chance(40))
		line("solution", quoted(chance(20) ? "无" : "方案" random(1000)))
	line("visitors", "[" quoted("张某") "]")
	finish(chance(40) ? "{\"appeal\": \"无\"}" : chance(50) ? "{\"enterprise\": " enterprise() "}" : "{\"solution\": \"已答复\", \"appeal\": \"诉求\"}")
}
function walkthrough() {
	unit = one_of(units)
	begin("w", "walkthroughs", "walkthrough")
	line("experiencer", quoted("王某"))
	line("position", quoted("首席代表"))
	line("matter", quoted(one_of(matters)))
	line("method", quoted("window"))
	line("findings", "[" quoted(chance(50) ? "无" : "问题") "]")
	if (chance(30))
		line("suggestions", quoted("建议"))
	finish("{\"matter\": " quoted(one_of(matters)) "}")
}
# what is asked of 17 elements and the like
function elements(    list, n, i, text) {
	n = split("assist online-query guidance guide self-service first-contact full-notice single-window tolerant-acceptance home-service rating order civility complaints", list, " ")
	for (i = 1; i <= n; i++)
		text = text (text ? ", " : "") quoted(list[i]) ": " quoted(chance(96) ? one_of("good good fair not-tried") : "poor")
	return "{" text "}"
}
function answer(point,    all, part, yes) {
	all = chance(5) ? 0 : random(60)
	part = chance(30) ? all : random(all + 1)
	yes = chance(60)
	if (point == 1)
		return "{\"compiled\": " (yes ? "true" : truth(50)) ", \"published\": " (yes ? "true" : "false") "}"
	if (point == 2)
		return "{\"channels\": " some_of("甘肃政务服务网 大厅", 50) "}"
	if (point == 3)
		return "{\"status\": \"已公布\"" (chance(70) ? ", \"items_published\": " all ", \"guide_count\": " (chance(60) ? all : part) \
			(chance(70) ? ", \"flowchart_count\": " (chance(70) ? all : part) : "") : "") "}"
	if (point == 4)
		return "{\"fee_items\": " all ", \"online_pay_items\": " part "}"
	if (point == 5)
		return "{\"gkb_items_cumulative\": " all "}"
	if (point == 6)
		return "{\"state_deployed\": " all ", \"realised\": " part "}"
	if (point == 7)
		return "{\"nearby_items\": " all "}"
	if (point == 8)
		return "{\"cert_free_items\": " all "}"
	if (point == 9)
		return "{\"provided\": " (yes ? "true, \"description\": \"窗口\"" : "false") "}"
	if (point == 10)
		return "{\"has_complaint_window\": " truth(40) ", \"has_stuck_matter_window\": " truth(40) "}"
	if (point == 11)
		return "{\"disclosed\": " (yes ? "true, \"channels\": [\"大厅\"]" : "false") "}"
	if (point == 12)
		return "{\"windows_total\": " all ", \"windows_covered\": " part "}"
	if (point == 13)
		return "{\"mechanisms\": " some_of("supervision callback assessment accountability", 80) "}"
	if (point == 14)
		return "{\"subject_count\": " (chance(20) ? 100 : 80 + all) "}"
	if (point == 15)
		return "{\"used\": " truth(60) "}"
	if (point == 16)
		return "{\"item_name\": \"开办餐馆\", \"materials\": 3, \"time_limit_days\": \"2\", \"steps\": 2, \"trips\": 1, \"online\": \"full\", " \
			"\"minimal_materials\": " truth(80) ", \"optimal_process\": " truth(80) ", \"room_for_improvement\": " truth(30) "}"
	if (point == 17)
		return "{\"elements\": " elements() ", \"business_friendly\": " truth(70) "}"
	return "{\"cert_name\": \"证明\", \"basis\": \"无\", \"necessary\": " truth(80) ", \"obtainable\": " truth(80) \
		", \"absurd\": " truth(10) ", \"circular\": " truth(10) ", \"duplicate\": " truth(10) ", \"suggestion\": \"共享\"}"
}
function inspection(    point) {
	unit = one_of(units)
	begin("i", "inspections", "inspection")
	point = chance(50) ? 1 + random(18) : one_of("4 7 12 14")
	line("point", point)
	line("values", answer(point))
	finish("{\"values\": " answer(point) "}")
}
function observation(    indicator, d) {
	unit = one_of(reporting)
	indicator = unit == "pingliang" && chance(30) ? one_of(of_city) : one_of(shares)
	begin("o", "observations", "observation")
	line("indicator", quoted(indicator))
	d = chance(3) ? 0 : chance(15) ? 1 + random(12) : 1 + random(50000)
	if (indicator ~ /packages|domains|rank/)
		line("count", 1 + random(indicator ~ /domains/ ? 11 : indicator ~ /rank/ ? 3 : 120))
	else if (chance(4))
		line("value", sprintf("\"%d.%02d\"", random(100), random(100)))
	else {
		line("numerator", chance(20) ? d : d - random(int(d / 5) + 1))
		line("denominator", d)
		finish("{\"numerator\": 0}")
		return
	}
	finish("")
}
function supervision(    form) {
	unit = "pingliang"
	subject = one_of(reporting)
	begin("s", "supervisions", "supervision")
	form = one_of("inspection order order coordination interview circular circular escalation")
	line("form", quoted(form))
	line("subject", quoted(subject))
	if (chance(40))
		line("problem", quoted("p-20240410-00000" 1 + random(6)))
	if (chance(60)) {
		line("findings", "[" quoted("情况" random(100)) (chance(30) ? ", " quoted("又") : "") "]")
		line("trigger", quoted(one_of("not-implemented inactive low-rank incomplete")))
	}
	if (chance(70))
		line("requirement", quoted("限期办理"))
	if (chance(70))
		line("due", quoted(date(day + 10)))
	if (form == "escalation")
		line("escalate_to", quoted(one_of("three-grasps discipline")))
	if (form == "escalation" || chance(50))
		line("approved_by", quoted("陈某"))
	finish("{\"requirement\": \"再办\"}")
}
function targets(    n, text) {
	for (n = 1 + random(6); n > 0; n--)
		text = text (text ? ", " : "") "{" (chance(75) ? "\"enterprise\": " enterprise() : "\"matter\": " quoted(one_of(matters))) \
			(chance(70) ? ", \"date\": " quoted(date(8 + random(137))) : ", \"role\": " quoted("第" n "组")) "}"
	return "[" text "]"
}
function visit_plan() {
	unit = one_of(units)
	begin("t", "visit-plans", "visit-plan")
	line("period", quoted(chance(50) ? sprintf("2024-W%02d", 15 + random(20)) : chance(85) ? sprintf("2024-%02d", 4 + random(5)) : "2024"))
	line("targets", targets())
	finish("{\"targets\": " targets() "}")
}
function submission() {
	unit = one_of(units)
	begin("m", "submissions", "submission")
	line("period", quoted(chance(80) ? "2024-final" : "2024-07"))
	if (chance(60))
		line("items", "[{\"type\": " quoted(one_of("form photo summary other")) (chance(60) ? ", \"evidence\": " \
			quoted(evidence[unit, 1 + random(evidence_count[unit])]) : "") "}]")
	finish("{\"items\": [{\"type\": \"summary\"}]}")
}

BEGIN {
	split("0 0 0 30 31 30 31 31 30 31", length_of, " ")
	reporting = "pingliang kongtong jingchuan lingtai chongxin huating zhuanglang jingning industrial-park bigdata-center"
	units = reporting " city-hall digital-gov-team"
	shares = "seal-rate seal-rate seal-rate gkb-online-share gkb-usable-share review-coverage case-return-rate hotline-satisfaction hotline-first-time-completion bad-review-rectification"
	of_city = "one-matter-packages one-matter-packages e-licence-domains seal-type-share provincial-rank"
	matters = "开办餐馆 开办旅馆 开办药店 开办书店"
	enterprises = "示例甲 示例乙 示例丙 示例丁 示例戊 示例己 示例庚 示例辛 示例ＡＢ 示例AB"
	for (i = 0; i < 60; i++)
		enterprises = enterprises " 示例" i
}

{
	evidence[$1, ++evidence_count[$1]] = $2
	sum[$1, evidence_count[$1]] = $3
	bytes[$1, evidence_count[$1]] = $4
}

END {
	while (records-- > 0) {
		i = random(100)
		if (i < 40) visit()
		else if (i < 48) walkthrough()
		else if (i < 60) inspection()
		else if (i < 90) observation()
		else if (i < 94) supervision()
		else if (i < 98) visit_plan()
		else submission()
	}
}
