# awk -v seed=N -v records=N -v start=YYYY-MM-DD -f generate.awk
#
# Writes random records of all kinds but problems into the record folder here, with corrections, withdrawals and
# records that were entered late; the same numbers give the same files. Values are JSON, so that a line is easily
# made into JSON. Days count from 1 April 2024.

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

function begin(letter, folder, kind,    month) {
	day = 10 + random(125)
	id = letter "-" date(day)
	gsub(/-/, "", id)
	id = letter "-" substr(id, 2) "-" digits(6)
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
	if (chance(12))
		event(late + 1 + random(20), set == "" || chance(50) ? "to" : "set", set)
	if (chance(2))
		event(late + 21 + random(20), "to", "")
}
function event(on, what, set,    stamp, minute) {
	minute = random(1440)
	stamp = date(on) sprintf("T%02d%02d00", minute / 60, minute % 60)
	gsub(/-/, "", stamp)
	file = dir "/" id "_" stamp "_" digits(4) ".yaml"
	line("record", quoted(id))
	line("at", moment(on, minute))
	line("by", quoted("李某"))
	line("unit", quoted(kind == "supervision" && what == "reply" ? subject : unit))
	if (what == "to")
		line("to", quoted("withdrawn"))
	line("note", quoted("更正"))
	if (what == "set")
		line("set", set)
	if (what == "reply")
		line("reply", quoted("已办"))
	close(file)
}

function visit(    appeal) {
	unit = one_of(units)
	begin("v", "visits", "visit")
	line("indicator_type", quoted(one_of("market-access government-services")))
	line("enterprise", quoted(one_of(enterprises) (chance(10) ? " 有限公司" : "有限公司")))
	line("appeal", quoted(chance(35) ? "无" : "诉求" random(1000)))
	line("visitors", "[" quoted("张某") "]")
	finish(chance(50) ? "{\"appeal\": \"无\"}" : "{\"enterprise\": " quoted(one_of(enterprises) "有限公司") "}")
}
function walkthrough() {
	unit = one_of(units)
	begin("w", "walkthroughs", "walkthrough")
	line("experiencer", quoted("王某"))
	line("matter", quoted("开办餐馆"))
	line("method", quoted("window"))
	line("findings", "[" quoted(chance(50) ? "无" : "问题") "]")
	finish("{\"matter\": \"开办旅馆\"}")
}
function inspection(    point, all) {
	unit = one_of(units)
	begin("i", "inspections", "inspection")
	point = one_of("1 2 4 7 8 12 14 15")
	all = random(60)
	line("point", point)
	if (point == 1)
		line("values", "{\"compiled\": true, \"published\": true}")
	else if (point == 2)
		line("values", "{\"channels\": [\"甘肃政务服务网\"]}")
	else if (point == 4)
		line("values", "{\"fee_items\": " all ", \"online_pay_items\": " random(all + 1) "}")
	else if (point == 7)
		line("values", "{\"nearby_items\": " all "}")
	else if (point == 8)
		line("values", "{\"cert_free_items\": " all "}")
	else if (point == 12)
		line("values", "{\"windows_total\": " all ", \"windows_covered\": " random(all + 1) "}")
	else if (point == 14)
		line("values", "{\"subject_count\": " (80 + all) "}")
	else
		line("values", "{\"used\": true}")
	finish("")
}
function observation(    indicator, d) {
	unit = one_of(reporting)
	indicator = unit == "pingliang" && chance(30) ? one_of("one-matter-packages e-licence-domains seal-type-share") : one_of(shares)
	begin("o", "observations", "observation")
	line("indicator", quoted(indicator))
	d = chance(3) ? 0 : chance(15) ? 1 + random(12) : 1 + random(50000)
	if (indicator ~ /packages|domains/)
		line("count", random(indicator ~ /domains/ ? 12 : 120))
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
function supervision() {
	kind = "supervision"
	unit = "pingliang"
	subject = one_of(reporting)
	begin("s", "supervisions", "supervision")
	line("form", quoted(one_of("inspection order coordination interview circular")))
	line("subject", quoted(subject))
	line("requirement", quoted("限期办理"))
	line("due", quoted(date(day + 10)))
	finish("")
	if (chance(50))
		event(day + 25 + random(10), "reply", "")
	kind = ""
}

BEGIN {
	split("0 0 0 30 31 30 31 31 30 31", length_of, " ")
	reporting = "pingliang kongtong jingchuan lingtai chongxin huating zhuanglang jingning industrial-park bigdata-center"
	units = reporting " city-hall digital-gov-team"
	shares = "seal-rate seal-rate seal-rate gkb-online-share gkb-usable-share review-coverage case-return-rate hotline-satisfaction hotline-first-time-completion"
	enterprises = "示例甲 示例乙 示例丙 示例丁 示例戊 示例己 示例庚 示例辛 示例ＡＢ 示例AB"
	for (i = 0; i < 90; i++)
		enterprises = enterprises " 示例" i
	while (records-- > 0) {
		i = random(100)
		if (i < 45) visit()
		else if (i < 53) walkthrough()
		else if (i < 63) inspection()
		else if (i < 97) observation()
		else supervision()
	}
}
