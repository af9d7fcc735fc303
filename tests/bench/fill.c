/*
 * fill: fills a record folder that plan-init made with records as a busy city would have them, for
 * `make bench`. The same number of files, the same bytes.
 *
 *	fill DIR FILES
 *
 * 40 % of the files are visits, 15 % problems with two events each (5 % problems, 10 % events), the
 * rest observations; what plan-init wrote counts too. Visits lie on the working days of the
 * campaign. No unit gives a figure of an indicator twice a day, so the days of observations
 * reach back from August 2024 as far as they must.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define COUNT(table) (sizeof(table) / sizeof(*(table)))
#define PLAN_PROBLEMS 6
#define DAY 86400
#define FIRST_VISIT 1712793600 /* 2024-04-11 */
#define LAST_VISIT 1724112000  /* 2024-08-20 */
#define LAST_FIGURE 1725062400 /* 2024-08-31 */

struct unit {
	const char *id, *town;
	bool reports;
};

/* the plan's units with a folder; the first is its owner */
static const struct unit UNITS[] = {
	{ "pingliang", "平凉市", true },         { "bigdata-center", "平凉市", true },
	{ "kongtong", "崆峒区", true },          { "jingchuan", "泾川县", true },
	{ "lingtai", "灵台县", true },           { "chongxin", "崇信县", true },
	{ "huating", "华亭市", true },           { "zhuanglang", "庄浪县", true },
	{ "jingning", "静宁县", true },          { "industrial-park", "工业园区", true },
	{ "digital-gov-team", "平凉市", false }, { "city-hall", "市区", false },
};

static const struct indicator {
	const char *id, *source;
	bool city, count;
} INDICATORS[] = {
	{ "e-licence-domains", "市场监管部门通报", true, true },
	{ "one-matter-packages", "甘肃政务服务网", true, true },
	{ "seal-type-share", "电子证照系统", true, false },
	{ "provincial-rank", "全省营商环境评价通报", true, true },
	{ "seal-rate", "电子证照系统", false, false },
	{ "gkb-online-share", "甘快办运营后台", false, false },
	{ "gkb-usable-share", "甘快办运营后台", false, false },
	{ "hotline-satisfaction", "12345热线工单系统", false, false },
	{ "hotline-first-time-completion", "12345热线工单系统", false, false },
	{ "hotline-on-time-completion", "12345热线工单系统", false, false },
	{ "hotline-resolution", "12345热线工单系统", false, false },
	{ "review-coverage", "“好差评”系统", false, false },
	{ "review-match", "“好差评”系统", false, false },
	{ "bad-review-rectification", "“好差评”系统", false, false },
	{ "case-return-rate", "统一审批平台", false, false },
};

static const char *const PEOPLE[] = { "张某", "李某", "王某", "赵某", "陈某", "周某", "孙某" };
static const char *const TRADES[] = { "商贸", "食品", "建材", "物流", "餐饮", "农机", "药业" };
static const struct appeal {
	const char *title, *appeal, *solution;
} APPEALS[] = {
	{ "食品经营许可重复提交营业执照", "办理食品经营许可证时需要重复提交营业执照复印件",
	  "已协调窗口调用电子营业执照，当场办结并告知企业" },
	{ "自助终端不支持电子营业执照登录", "自助终端只认身份证，企业经办人无法用电子营业执照登录",
	  "已向省级平台提交升级申请，期间由帮办人员代为登录办理" },
	{ "线上申报材料被退回后没有说明原因", "网上申报的材料两次被退回，页面没有写明缺少什么",
	  "已由审批窗口一次性告知缺项，并补齐后重新受理" },
	{ "跨县迁移登记需要两地往返", "企业住所跨县迁移，迁出迁入两地窗口都要求到场",
	  "已通过内部流转调取登记档案，企业只跑一次" },
};

static int root;
static uint32_t serial;

static void die(const char *what)
{
	perror(what);
	exit(3);
}

/* the serial number's 30 bits in another order: every number once, without a pattern by name */
static uint32_t scatter(uint32_t n)
{
	n = (n * 0x2c9277b5u + 0x1234567u) & 0x3fffffff;
	n ^= n >> 15;
	return n * 0x1b873593u & 0x3fffffff;
}

static const char *put_tail(char *to, uint32_t tail, int digits)
{
	for (to[digits] = '\0'; digits-- > 0; tail >>= 5)
		to[digits] = "0123456789abcdefghjkmnpqrstvwxyz"[tail & 31];
	return to;
}

static const char *day_text(time_t day, const char *format, char out[16])
{
	struct tm tm;

	strftime(out, 16, format, gmtime_r(&day, &tm));
	return out;
}

static void make_id(char letter, time_t day, uint32_t number, char id[32])
{
	char date[16], tail[8];

	snprintf(id, 32, "%c-%s-%s", letter, day_text(day, "%Y%m%d", date),
		 put_tail(tail, scatter(number), 6));
}

static void add_file(const char *unit, const char *folder, time_t day, const char *name,
		     const char *text, int n)
{
	char month[16], path[128];
	int fd, end;

	day_text(day, "%Y-%m", month);
	end = snprintf(path, sizeof(path), "%s/%s/%s/%s.yaml", unit, folder, month, name);
	for (int tries = 0; (fd = openat(root, path, O_WRONLY | O_CREAT | O_EXCL, 0666)) < 0;) {
		char *kind = strchr(path, '/') + strlen(folder) + 1, *file = strrchr(path, '/');

		if (errno != ENOENT || tries++ || end < 0)
			die(path);
		*kind = '\0';
		mkdirat(root, path, 0777);
		*kind = '/';
		*file = '\0';
		if (mkdirat(root, path, 0777) < 0)
			die(path);
		*file = '/';
	}
	if (n < 0 || write(fd, text, (size_t)n) != n || close(fd) < 0)
		die(path);
}

static const char *person(uint32_t i)
{
	return PEOPLE[i % COUNT(PEOPLE)];
}

static void add_visit(const struct unit *unit, time_t day, uint32_t i, char id[32])
{
	const struct appeal *a = &APPEALS[i % COUNT(APPEALS)];
	char text[2048], date[16];
	int n;

	make_id('v', day, serial++, id);
	day_text(day, "%Y-%m-%d", date);
	n = snprintf(text, sizeof(text),
		     "kind: visit\nid: %s\nunit: %s\ndate: '%s'\nindicator_type: %s\n"
		     "enterprise: %s示例%u号%s有限公司\nappeal: %s\nsolution: %s\n"
		     "visitors: [%s, %s]\nmethod: %s\nfocus: [%u, %u]\n"
		     "entered: {at: '%sT%02u:%02u:%02u+08:00', by: %s, unit: %s, to: recorded}\n",
		     id, unit->id, date, i % 3 ? "government-services" : "market-access",
		     unit->town, i, TRADES[i % COUNT(TRADES)], a->appeal, a->solution, person(i),
		     person(i + 1), i % 4 ? "on-site" : "phone", 1 + i % 9, 10 + i % 9, date,
		     14 + i % 4, i % 60, i * 7 % 60, person(i), unit->id);
	add_file(unit->id, "visits", day, id, text, n);
}

static void add_event(const struct unit *unit, const char *problem, time_t listed, int days,
		      uint32_t i, const char *parts)
{
	char text[1024], name[64], date[16], compact[16], tail[8];
	unsigned hour = 9 + i % 8, minute = i % 60;
	int n;

	day_text(listed + days * DAY, "%Y-%m-%d", date);
	day_text(listed + days * DAY, "%Y%m%d", compact);
	snprintf(name, sizeof(name), "%s_%sT%02u%02u00_%s", problem, compact, hour, minute,
		 put_tail(tail, scatter(serial++) & 0xfffff, 4));
	n = snprintf(text, sizeof(text),
		     "record: %s\nat: '%sT%02u:%02u:00+08:00'\nby: %s\nunit: %s\n%s", problem, date,
		     hour, minute, person(i), unit->id, parts);
	add_file(unit->id, "problems", listed, name, text, n);
}

/* a problem that a visit brought to light, and its way so far */
static void add_problem(const struct unit *unit, time_t day, uint32_t i, const char *visit)
{
	const struct appeal *a = &APPEALS[i % COUNT(APPEALS)];
	char text[2048], id[32], date[16], due[16], half[16], end[16];
	bool at_once = i % 2;
	int n;

	make_id('p', day, serial++, id);
	day_text(day, "%Y-%m-%d", date);
	day_text(day + 30 * DAY, "%Y-%m-%d", due);
	n = snprintf(text, sizeof(text),
		     "kind: problem\nid: %s\nunit: %s\ndate: '%s'\ntitle: %s\ndescription: %s\n"
		     "origin: visit\nsources: [%s]\nfocus: [15]\ntrack: %s\nlead: %s\n"
		     "responsible: [%s]\ndue: '%s'\nmeasures:\n- {id: M1, text: %s}\n",
		     id, unit->id, date, a->title, a->appeal, visit,
		     at_once ? "immediate" : "scheduled", unit->id, unit->id, due, a->solution);
	if (!at_once)
		n += snprintf(text + n, sizeof(text) - (size_t)n,
			      "milestones:\n- {id: N1, name: 中期进度, date: '%s'}\n"
			      "- {id: N2, name: 自查自验, date: '%s'}\n",
			      day_text(day + 15 * DAY, "%Y-%m-%d", half),
			      day_text(day + 25 * DAY, "%Y-%m-%d", end));
	n += snprintf(text + n, sizeof(text) - (size_t)n,
		      "entered: {at: '%sT18:00:00+08:00', by: %s, unit: %s, to: listed}\n", date,
		      person(i), unit->id);
	add_file(unit->id, "problems", day, id, text, n);
	add_event(unit, id, day, 2, i, "to: rectifying\nnote: 已明确责任人和完成时限，开始整改\n");
	add_event(unit, id, day, 9, i + 1,
		  at_once ? "note: 自查自验完成，窗口已按新流程办理\ndone: [M1]\n"
			  : "note: 窗口流程已调整，正在培训\ndone: [N1]\n");
}

static void add_observation(const struct unit *unit, const struct indicator *indicator, time_t day,
			    uint32_t i)
{
	char text[2048], id[32], date[16], next[16];
	unsigned whole = 2000 + i % 5000, part = whole - i % 700;
	int n;

	make_id('o', day, serial++, id);
	day_text(day, "%Y-%m-%d", date);
	day_text(day + DAY, "%Y-%m-%d", next);
	n = snprintf(text, sizeof(text),
		     "kind: observation\nid: %s\nunit: %s\ndate: '%s'\nindicator: %s\n", id,
		     unit->id, date, indicator->id);
	if (indicator->count)
		n += snprintf(text + n, sizeof(text) - (size_t)n, "count: %u\n", 1 + i % 9);
	else
		n += snprintf(text + n, sizeof(text) - (size_t)n,
			      "numerator: %u\ndenominator: %u\n", part, whole);
	n += snprintf(text + n, sizeof(text) - (size_t)n,
		      "data_source: %s\nnote: 截至当日24时的累计数，由系统导出后经科室负责人核对\n"
		      "entered: {at: '%sT09:%02u:%02u+08:00', by: %s, unit: %s, to: recorded}\n",
		      indicator->source, next, i % 60, i * 11 % 60, person(i), unit->id);
	add_file(unit->id, "observations", day, id, text, n);
}

static bool is_workday(time_t day)
{
	static const char holidays[] = "2024-05-01 2024-05-02 2024-05-03 2024-06-10";
	char date[16];
	struct tm tm;

	gmtime_r(&day, &tm);
	return tm.tm_wday % 6 && !strstr(holidays, day_text(day, "%Y-%m-%d", date));
}

static time_t next_visit_day(time_t day)
{
	do
		day = day == LAST_VISIT ? FIRST_VISIT : day + DAY;
	while (!is_workday(day));
	return day;
}

static void add_visits(uint32_t visits, uint32_t problems)
{
	time_t day = FIRST_VISIT;

	for (uint32_t i = 0, led = 0; i < visits; i++) {
		const struct unit *unit = &UNITS[i % COUNT(UNITS)];
		char id[32];

		add_visit(unit, day, i, id);
		/* evenly spread over the visits */
		if ((uint64_t)led * visits < (uint64_t)(i + 1) * problems) {
			add_problem(unit, day, led, id);
			led++;
		}
		if (i % COUNT(UNITS) == COUNT(UNITS) - 1)
			day = next_visit_day(day);
	}
}

static void add_observations(uint32_t wanted)
{
	uint32_t i = 0;

	for (time_t day = LAST_FIGURE; i < wanted; day -= DAY)
		for (size_t u = 0; u < COUNT(UNITS); u++)
			for (size_t k = 0; UNITS[u].reports && k < COUNT(INDICATORS); k++)
				if ((!INDICATORS[k].city || u == 0) && i < wanted)
					add_observation(&UNITS[u], &INDICATORS[k], day, i++);
}

int main(int argc, char **argv)
{
	long files = argc == 3 ? atol(argv[2]) : 0;
	uint32_t visits, problems;

	if (files < 1000 || files > 10 * 1000 * 1000) {
		fputs("usage: fill DIR FILES (from 1000 to 10000000)\n", stderr);
		return 2;
	}
	root = open(argv[1], O_RDONLY | O_DIRECTORY);
	if (root < 0)
		die(argv[1]);
	visits = (uint32_t)(files * 40 / 100);
	problems = (uint32_t)(files * 5 / 100);
	add_visits(visits, problems);
	add_observations((uint32_t)files - visits - 3 * problems - PLAN_PROBLEMS);
	return 0;
}
