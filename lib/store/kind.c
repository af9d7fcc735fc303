#include "store/kind.h"

#include <stdio.h>
#include <string.h>

const struct kind_info KIND_INFO[KINDS] = {
	[KIND_VISIT] = { "visit", "visits", "走访记录", 'v' },
	[KIND_WALKTHROUGH] = { "walkthrough", "walkthroughs", "走流程记录", 'w' },
	[KIND_INSPECTION] = { "inspection", "inspections", "排查填报", 'i' },
	[KIND_PROBLEM] = { "problem", "problems", "问题", 'p' },
	[KIND_OBSERVATION] = { "observation", "observations", "指标数据", 'o' },
	[KIND_VISIT_PLAN] = { "visit-plan", "visit-plans", "走访计划", 't' },
	[KIND_SUPERVISION] = { "supervision", "supervisions", "督导督办", 's' },
	[KIND_SUBMISSION] = { "submission", "submissions", "佐证资料报送", 'm' },
};

static const char DIGITS[] = "0123456789abcdefghjkmnpqrstvwxyz";
/* of each digit, and 1; 0 is no digit */
static const uint8_t VALUES[] = {
	['0'] = 1,  ['1'] = 2,  ['2'] = 3,  ['3'] = 4,  ['4'] = 5,  ['5'] = 6,  ['6'] = 7,
	['7'] = 8,  ['8'] = 9,  ['9'] = 10, ['a'] = 11, ['b'] = 12, ['c'] = 13, ['d'] = 14,
	['e'] = 15, ['f'] = 16, ['g'] = 17, ['h'] = 18, ['j'] = 19, ['k'] = 20, ['m'] = 21,
	['n'] = 22, ['p'] = 23, ['q'] = 24, ['r'] = 25, ['s'] = 26, ['t'] = 27, ['v'] = 28,
	['w'] = 29, ['x'] = 30, ['y'] = 31, ['z'] = 32,
};

enum kind kind_named(const char *name)
{
	for (int k = 0; k < KINDS; k++)
		if (strcmp(KIND_INFO[k].name, name) == 0 || strcmp(KIND_INFO[k].label, name) == 0)
			return (enum kind)k;
	return KINDS;
}

enum kind kind_in_folder(const char *folder, size_t n)
{
	for (int k = 0; k < KINDS; k++)
		if (strlen(KIND_INFO[k].folder) == n && memcmp(KIND_INFO[k].folder, folder, n) == 0)
			return (enum kind)k;
	return KINDS;
}

static enum kind kind_of_letter(char letter)
{
	for (int k = 0; k < KINDS; k++)
		if (KIND_INFO[k].letter == letter)
			return (enum kind)k;
	return KINDS;
}

static bool take_digits(const char *p, size_t n, int *value)
{
	int v = 0;

	for (size_t i = 0; i < n; i++) {
		if (p[i] < '0' || p[i] > '9')
			return false;
		v = v * 10 + (p[i] - '0');
	}
	*value = v;
	return true;
}

static bool take_compact_date(const char *p, day_t *day)
{
	int year, month, d;

	if (!take_digits(p, 4, &year) || !take_digits(p + 4, 2, &month) ||
	    !take_digits(p + 6, 2, &d))
		return false;
	*day = day_of_civil(year, month, d);
	return *day != DAY_NONE;
}

static bool take_tail(const char *p, size_t n, uint32_t *tail)
{
	uint32_t v = 0;

	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)p[i];
		uint32_t digit = c < sizeof(VALUES) ? VALUES[c] : 0;

		if (!digit)
			return false;
		v = v << 5 | (digit - 1);
	}
	*tail = v;
	return true;
}

static bool take_id(const char *text, size_t n, enum kind *kind, day_t *day, uint32_t *tail)
{
	if (n != ID_LENGTH || text[1] != '-' || text[10] != '-')
		return false;
	*kind = kind_of_letter(text[0]);
	return *kind != KINDS && take_compact_date(text + 2, day) &&
	       take_tail(text + 11, TAIL_LENGTH, tail);
}

bool id_parse(const char *text, size_t n, enum kind *kind, day_t *day)
{
	enum kind k;
	uint32_t tail;
	day_t d;

	if (!take_id(text, n, &k, &d, &tail))
		return false;
	if (kind)
		*kind = k;
	if (day)
		*day = d;
	return true;
}

/* 4 bits kind + 1, 24 bits day counted from year 1, 30 bits tail */
#define FIRST_DAY (-719162)

uint64_t id_pack(const char *text, size_t n)
{
	enum kind kind;
	uint32_t tail;
	day_t day;

	if (!take_id(text, n, &kind, &day, &tail))
		return 0;
	return (uint64_t)(kind + 1) << 54 | (uint64_t)(day - FIRST_DAY) << 30 | tail;
}

void id_unpack(uint64_t packed, char out[ID_SIZE])
{
	day_t day = (day_t)(packed >> 30 & 0xffffff) + FIRST_DAY;

	id_format(id_kind(packed), day, (uint32_t)(packed & 0x3fffffff), out);
}

enum kind id_kind(uint64_t packed)
{
	return (enum kind)((packed >> 54) - 1);
}

static void put_tail(char *to, uint32_t tail, size_t n)
{
	for (size_t i = n; i-- > 0; tail >>= 5)
		to[i] = DIGITS[tail & 31];
}

void id_format(enum kind kind, day_t day, uint32_t tail, char out[ID_SIZE])
{
	char date[DATE_SIZE];

	date_format(day, date);
	out[0] = KIND_INFO[kind].letter;
	out[1] = '-';
	memcpy(out + 2, date, 4);
	memcpy(out + 6, date + 5, 2);
	memcpy(out + 8, date + 8, 2);
	out[10] = '-';
	put_tail(out + 11, tail, TAIL_LENGTH);
	out[ID_LENGTH] = '\0';
}

/* <id>_20240520T162000_9dm1.yaml */
#define EVENT_NAME_LENGTH (ID_LENGTH + 1 + 15 + 1 + EVENT_TAIL_LENGTH + 5)

bool event_name_parse(const char *name, size_t n, uint64_t *record, moment_t *local)
{
	const char *time = name + ID_LENGTH + 1;
	int hour, minute, second;
	uint64_t id;
	uint32_t tail;
	day_t day;

	if (n != EVENT_NAME_LENGTH || name[ID_LENGTH] != '_' || time[8] != 'T' || time[15] != '_' ||
	    memcmp(name + n - 5, ".yaml", 5) != 0)
		return false;
	id = id_pack(name, ID_LENGTH);
	if (!id || !take_compact_date(time, &day) || !take_digits(time + 9, 2, &hour) ||
	    !take_digits(time + 11, 2, &minute) || !take_digits(time + 13, 2, &second) ||
	    hour > 23 || minute > 59 || second > 59 ||
	    !take_tail(time + 16, EVENT_TAIL_LENGTH, &tail))
		return false;
	if (record)
		*record = id;
	if (local)
		*local = moment_of_day(day, 0) + hour * 3600 + minute * 60 + second;
	return true;
}

static void add_folder(struct str *out, const char *unit, const char *id)
{
	str_addf(out, "%s/%s/%.4s-%.2s/%s", unit, KIND_INFO[kind_of_letter(id[0])].folder, id + 2,
		 id + 6, id);
}

void path_of_record(struct str *out, const char *unit, const char *id)
{
	add_folder(out, unit, id);
	str_add(out, ".yaml");
}

void path_of_event(struct str *out, const char *unit, const char *record, moment_t local,
		   uint32_t tail)
{
	char time[MOMENT_SIZE], digits[EVENT_TAIL_LENGTH + 1] = "";

	moment_format(local, 0, time);
	put_tail(digits, tail, EVENT_TAIL_LENGTH);
	add_folder(out, unit, record);
	str_addf(out, "_%.4s%.2s%.2sT%.2s%.2s%.2s_%s.yaml", time, time + 5, time + 8, time + 11,
		 time + 14, time + 17, digits);
}

bool path_parse(const char *path, struct path_parts *parts)
{
	const char *folder = strchr(path, '/'), *month = folder ? strchr(folder + 1, '/') : NULL;
	const char *file = month ? strchr(month + 1, '/') : NULL;

	if (!file || strchr(file + 1, '/') || folder == path)
		return false;
	parts->unit = path;
	parts->unit_length = (size_t)(folder - path);
	parts->kind = kind_in_folder(folder + 1, (size_t)(month - folder - 1));
	parts->file = file + 1;
	return parts->kind != KINDS && file - month == 8 && month[5] == '-' &&
	       take_digits(month + 1, 4, &parts->year) &&
	       take_digits(month + 6, 2, &parts->month) && parts->month >= 1 && parts->month <= 12;
}
