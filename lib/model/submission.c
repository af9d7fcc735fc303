#include "model/submission.h"

#include <stdio.h>
#include <string.h>

const char *const TRACK_LABELS[TRACKS] = { "大走访", "走流程" };

#define BOTH_TRACKS ((1u << TRACKS) - 1)

void submissions_init(struct submissions *s, const struct plan *plan, look_at_file *look,
		      void *context, struct arena *arena)
{
	const struct node *rules = node_get(plan->root, "submission");

	*s = (struct submissions){ .plan = plan,
				   .arena = arena,
				   .look = look,
				   .context = context,
				   .kinds = node_get(rules, "kinds"),
				   .due = field_date(rules, "due") };
	if (s->due != DAY_NONE)
		snprintf(s->period, sizeof(s->period), "%d-final", civil_of_day(s->due).year);
	s->units = arena_array(arena, plan->nunits, sizeof(*s->units));
	for (size_t i = 0; s->units && i < plan->nunits; i++)
		s->units[i].handed_in = DAY_NONE;
	s->failed = !s->units;
}

static void add_bad(struct submissions *s, int unit, const char *record, const char *file,
		    enum evidence_answer answer)
{
	struct bad_file bad = { .unit = unit,
				.record = arena_strdup(s->arena, record),
				.file = arena_strdup(s->arena, file),
				.answer = answer };

	if (s->nfiles == s->cap) {
		size_t cap = s->cap ? s->cap * 2 : 16;
		struct bad_file *grown = arena_array(s->arena, cap, sizeof(*grown));

		if (grown && s->nfiles)
			memcpy(grown, s->files, s->nfiles * sizeof(*grown));
		s->files = grown;
		s->cap = cap;
	}
	if (!s->files || !bad.record || !bad.file) {
		s->failed = true;
		return;
	}
	s->files[s->nfiles++] = bad;
	s->units[unit].faults++;
}

static uint32_t kind_bit(const struct submissions *s, const char *type)
{
	for (size_t i = 0; type && i < list_count(s->kinds) && i < MOST_EVIDENCE_KINDS; i++)
		if (node_is(&s->kinds->items[i], type))
			return UINT32_C(1) << i;
	return 0;
}

/* one file that serves the tracks */
static void take_file(struct submissions *s, const struct folded *f, int unit, unsigned tracks,
		      const struct node *item, const char *file)
{
	const char *digest = node_string(item, "sha256");
	enum evidence_answer answer =
		s->look(s->context, file, digest, digest ? node_integer(item, "bytes", 0) : -1);

	if (answer != EVIDENCE_GOOD) {
		add_bad(s, unit, f->record->id, file, answer);
		return;
	}
	for (int t = 0; t < TRACKS; t++)
		if (tracks >> t & 1)
			s->units[unit].kinds[t] |= kind_bit(s, node_string(item, "type"));
}

static void take_files(struct submissions *s, const struct folded *f, int unit, unsigned tracks)
{
	for (size_t i = 0; i < f->nsteps && !s->failed; i++) {
		const struct node *list = node_get(f->steps[i].event->root, "evidence");

		for (size_t j = 0; f->steps[i].skip == SKIP_NONE && j < list_count(list); j++) {
			const char *file = node_string(&list->items[j], "file");

			if (file && !s->failed)
				take_file(s, f, unit, tracks, &list->items[j], file);
		}
	}
}

static void take_submission(struct submissions *s, const struct folded *f, int unit)
{
	const struct node *items = node_get(f->fields, "items");
	struct package *package = &s->units[unit];
	day_t day = field_date(f->fields, "date");

	if (!node_is(node_get(f->fields, "period"), s->period))
		return;
	if (day != DAY_NONE && (package->handed_in == DAY_NONE || day < package->handed_in))
		package->handed_in = day;
	for (size_t i = 0; i < list_count(items) && !s->failed; i++) {
		const char *file = node_string(&items->items[i], "evidence");

		if (file)
			take_file(s, f, unit, BOTH_TRACKS, &items->items[i], file);
	}
	take_files(s, f, unit, BOTH_TRACKS);
}

void submissions_take(struct submissions *s, const struct folded *f)
{
	int unit = plan_unit(s->plan, f->record->unit);
	enum kind kind = f->record->kind;
	enum track track = kind == KIND_VISIT ? TRACK_VISITS : TRACK_WALKTHROUGHS;

	if (s->failed || unit == NO_UNIT)
		return;
	if (f->state == STATE_WITHDRAWN) {
		s->withdrawn++;
	} else if (kind == KIND_SUBMISSION) {
		take_submission(s, f, unit);
	} else if (kind == KIND_VISIT || kind == KIND_WALKTHROUGH) {
		s->units[unit].records[track]++;
		take_files(s, f, unit, 1u << track);
	}
}

uint32_t package_missing(const struct submissions *s, const struct package *package,
			 enum track track)
{
	size_t n = list_count(s->kinds);
	uint32_t all = n >= MOST_EVIDENCE_KINDS ? UINT32_MAX : (UINT32_C(1) << n) - 1;

	return package->records[track] ? all & ~package->kinds[track] : 0;
}

enum package_state package_state(const struct submissions *s, const struct package *package)
{
	bool ran = false, lacks = package->faults > 0;

	for (int t = 0; t < TRACKS; t++) {
		ran = ran || package->records[t];
		lacks = lacks || package_missing(s, package, (enum track)t);
	}
	if (!ran)
		return PACKAGE_NOT_STARTED;
	return lacks ? PACKAGE_INCOMPLETE : PACKAGE_COMPLETE;
}

bool package_owes(const struct submissions *s, const struct package *package)
{
	return package_state(s, package) != PACKAGE_COMPLETE || package->handed_in == DAY_NONE;
}
