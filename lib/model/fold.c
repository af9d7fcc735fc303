/*
 * The fold: what the events make of a record. Domain 2.3 and contract 2: the table of moves, and in
 * which states a part of an event has a meaning. Guards and rights are not looked at here: they
 * depend on more than the record, and what was written cannot be taken back.
 */
#include <stdlib.h>
#include <string.h>

#include "model/record.h"

#define ANY_BUT_WITHDRAWN (((1u << STATES) - 1) & ~STATE_BIT(STATE_WITHDRAWN))

/* from which states a problem moves to each state */
static const unsigned MOVES[STATES] = {
	[STATE_LISTED] = STATE_BIT(STATE_REGISTERED),
	[STATE_RECTIFYING] = STATE_BIT(STATE_LISTED) | STATE_BIT(STATE_SUBMITTED) |
			     STATE_BIT(STATE_RETURNED) | STATE_BIT(STATE_REOPENED),
	[STATE_SUBMITTED] = STATE_BIT(STATE_LISTED) | STATE_BIT(STATE_RECTIFYING),
	[STATE_RETURNED] = STATE_BIT(STATE_SUBMITTED),
	[STATE_CLOSED] = STATE_BIT(STATE_SUBMITTED),
	[STATE_REOPENED] = STATE_BIT(STATE_CLOSED),
	[STATE_TRANSFERRED] = STATE_BIT(STATE_REGISTERED) | OPEN_STATES,
	[STATE_MERGED] =
		STATE_BIT(STATE_REGISTERED) | STATE_BIT(STATE_LISTED) | STATE_BIT(STATE_RECTIFYING),
	[STATE_DECLINED] = STATE_BIT(STATE_REGISTERED) | STATE_BIT(STATE_LISTED),
	[STATE_WITHDRAWN] = ANY_BUT_WITHDRAWN,
};

#define WORKING                                                                                    \
	(STATE_BIT(STATE_LISTED) | STATE_BIT(STATE_RECTIFYING) | STATE_BIT(STATE_RETURNED) |       \
	 STATE_BIT(STATE_REOPENED))

/* in which states of a problem the keys of an event mean something; others are free */
static const struct {
	const char *key;
	unsigned states;
} PARTS[] = {
	{ "done", WORKING },
	{ "undone", WORKING },
	{ "waived", WORKING },
	{ "review", STATE_BIT(STATE_SUBMITTED) },
	{ "due", STATE_BIT(STATE_REGISTERED) | OPEN_STATES },
	{ "reply", 0 },
};

/* fields of a listed problem that only a unit that may list can set, and not while it is under
 * review */
static const char *const GUARDED[] = { "origin",   "track",      "lead",       "responsible",
				       "measures", "milestones", "indicators", "needs_policy" };

bool field_is_guarded(const char *name)
{
	size_t n = strcspn(name, ".");

	for (size_t i = 0; i < sizeof(GUARDED) / sizeof(*GUARDED); i++)
		if (strlen(GUARDED[i]) == n && strncmp(GUARDED[i], name, n) == 0)
			return true;
	return false;
}

static bool sets_guarded(const struct node *set)
{
	for (uint32_t i = 0; set && set->type == NODE_MAP && i < set->count; i++)
		if (field_is_guarded(set->members[i].name))
			return true;
	return false;
}

/* the first part of the event that has no place in a problem's state, or NULL */
static const char *wrong_part(const struct folded *f, const struct event *event, enum state to)
{
	const struct node *root = event->root, *set = node_get(root, "set");

	for (size_t i = 0; i < sizeof(PARTS) / sizeof(*PARTS); i++) {
		unsigned states = PARTS[i].states;

		if (to == STATE_REOPENED && strcmp(PARTS[i].key, "due") == 0)
			states |= STATE_BIT(STATE_CLOSED);
		if (node_get(root, PARTS[i].key) && !(states & STATE_BIT(f->state)))
			return PARTS[i].key;
	}
	if (node_get(root, "review") && to != STATES)
		return "review";
	if (f->listed_at != MOMENT_NONE && node_get(set, "due"))
		return "set";
	if (sets_guarded(set) &&
	    STATE_BIT(f->state) & (STATE_BIT(STATE_SUBMITTED) | STATE_BIT(STATE_CLOSED)))
		return "set";
	return NULL;
}

/* parts that only problems have; `reply` is for supervisions */
static const char *wrong_part_elsewhere(const struct folded *f, const struct event *event)
{
	static const char *const parts[] = { "done",      "undone", "waived",  "review", "due",
					     "follow_up", "policy", "to_unit", "master" };

	for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); i++)
		if (node_get(event->root, parts[i]))
			return parts[i];
	if (f->record->kind != KIND_SUPERVISION && node_get(event->root, "reply"))
		return "reply";
	return NULL;
}

enum skip fold_would(const struct folded *f, const struct event *event, const char **part)
{
	bool problem = f->record->kind == KIND_PROBLEM;
	enum state to = event_state(event);

	*part = NULL;
	if (event->at < f->record->events[0].at)
		return SKIP_BEFORE;
	if (f->state == STATE_WITHDRAWN)
		return SKIP_MOVE;
	if (to != STATES && (problem ? !(MOVES[to] & STATE_BIT(f->state)) : to != STATE_WITHDRAWN))
		return SKIP_MOVE;
	*part = problem ? wrong_part(f, event, to) : wrong_part_elsewhere(f, event);
	return *part ? SKIP_PART : SKIP_NONE;
}

static void read_measures(struct folded *f)
{
	const struct node *list = node_get(f->fields, "measures");
	struct measure *old = f->measures;
	size_t nold = f->nmeasures;

	f->nmeasures = 0;
	f->measures = arena_array(f->arena, list_count(list), sizeof(*f->measures));
	if (!f->measures) {
		f->failed = true;
		return;
	}
	for (size_t i = 0; i < list_count(list); i++) {
		const struct node *node = &list->items[i];
		struct measure *m = &f->measures[f->nmeasures];
		const char *id = node_string(node, "id");

		if (!id)
			continue;
		for (size_t j = 0; j < nold; j++)
			if (strcmp(old[j].id, id) == 0)
				*m = old[j];
		m->id = id;
		m->text = node_string(node, "text");
		m->units = node_get(node, "units");
		f->nmeasures++;
	}
}

static void read_milestones(struct folded *f)
{
	const struct node *list = node_get(f->fields, "milestones");
	struct milestone_state *old = f->milestones;
	size_t nold = f->nmilestones;

	f->nmilestones = 0;
	f->milestones = arena_array(f->arena, list_count(list), sizeof(*f->milestones));
	if (!f->milestones) {
		f->failed = true;
		return;
	}
	for (size_t i = 0; i < list_count(list); i++) {
		const struct node *node = &list->items[i];
		struct milestone_state *m = &f->milestones[f->nmilestones];
		const char *id = node_string(node, "id");

		if (!id)
			continue;
		for (size_t j = 0; j < nold; j++)
			if (strcmp(old[j].id, id) == 0)
				*m = old[j];
		m->id = id;
		m->name = node_string(node, "name");
		m->date = field_date(node, "date");
		f->nmilestones++;
	}
}

static bool names_id(const struct node *list, const char *id)
{
	for (size_t i = 0; i < list_count(list); i++)
		if (node_is(&list->items[i], id))
			return true;
	return false;
}

static void add_sayer(struct folded *f, struct measure *m, const char *unit)
{
	const char **said_by;

	for (size_t i = 0; i < m->nsaid; i++)
		if (strcmp(m->said_by[i], unit) == 0)
			return;
	said_by = arena_array(f->arena, m->nsaid + 1, sizeof(*said_by));
	if (!said_by) {
		f->failed = true;
		return;
	}
	if (m->nsaid)
		memcpy(said_by, m->said_by, m->nsaid * sizeof(*said_by));
	said_by[m->nsaid++] = unit;
	m->said_by = said_by;
}

/* of several units each takes back its own word; another, as with one word for all, all of it */
static void take_back(struct folded *f, struct measure *m, const char *unit)
{
	const char **left = m->nsaid ? arena_array(f->arena, m->nsaid, sizeof(*left)) : NULL;
	size_t n = 0;

	if (m->nsaid && !left) {
		f->failed = true;
		return;
	}
	for (size_t i = 0; i < m->nsaid; i++)
		if (strcmp(m->said_by[i], unit) != 0)
			left[n++] = m->said_by[i];
	m->nsaid = list_count(m->units) && n < m->nsaid ? n : 0;
	m->said_by = left;
	m->said = m->nsaid > 0;
	m->waived = false;
}

static void apply_done(struct folded *f, const struct event *event)
{
	const struct node *done = node_get(event->root, "done");
	const struct node *undone = node_get(event->root, "undone");
	const struct node *waived = node_get(event->root, "waived");

	for (size_t i = 0; i < f->nmeasures; i++) {
		struct measure *m = &f->measures[i];

		if (names_id(done, m->id)) {
			m->said = true;
			add_sayer(f, m, event->unit);
		}
		if (names_id(undone, m->id))
			take_back(f, m, event->unit);
		if (names_id(waived, m->id))
			m->waived = true;
	}
	for (size_t i = 0; i < f->nmilestones; i++) {
		struct milestone_state *m = &f->milestones[i];

		if (names_id(done, m->id))
			m->said = true;
		if (names_id(undone, m->id))
			m->said = m->waived = false;
		if (names_id(waived, m->id))
			m->waived = true;
	}
}

/* contract 2: for the measures in its own `done`; else for all done so far; `for` narrows it */
static void apply_evidence(struct folded *f, const struct event *event)
{
	const struct node *list = node_get(event->root, "evidence");
	const struct node *done = node_get(event->root, "done");
	bool own = false;

	for (size_t i = 0; i < f->nmeasures; i++)
		own = own || names_id(done, f->measures[i].id);
	for (size_t i = 0; i < list_count(list); i++) {
		const struct node *only = node_get(&list->items[i], "for");

		f->evidence++;
		for (size_t j = 0; j < f->nmeasures; j++) {
			struct measure *m = &f->measures[j];

			if (only ? names_id(only, m->id) : own ? names_id(done, m->id) : m->said)
				m->evidence++;
		}
	}
}

static void set_due(struct folded *f, day_t due)
{
	f->due = due;
	if (f->due_original == DAY_NONE && f->listed_at != MOMENT_NONE)
		f->due_original = due;
	f->due_since_reopening = f->times_reopened > 0;
}

static void apply_due(struct folded *f, const struct event *event)
{
	const struct node *due = node_get(event->root, "due");
	struct node *map;

	if (!due)
		return;
	map = node_new_map(f->arena);
	if (!map || node_set(f->arena, map, "due", due) < 0) {
		f->failed = true;
		return;
	}
	f->fields = overlay(f->fields, map, f->arena);
	set_due(f, field_date(event->root, "due"));
}

static void apply_move(struct folded *f, const struct event *event, enum state to)
{
	if (to != STATE_CLOSED)
		f->at_once = f->state == STATE_LISTED && to == STATE_SUBMITTED &&
			     node_is(node_get(f->fields, "track"), "immediate");
	f->state = to;
	switch (to) {
	case STATE_LISTED:
		f->listed_at = event->at;
		if (f->due_original == DAY_NONE)
			f->due_original = f->due;
		break;
	case STATE_SUBMITTED:
		f->submitted = event;
		f->review = NULL;
		break;
	case STATE_RETURNED:
		f->times_returned++;
		break;
	case STATE_CLOSED:
		f->closed_at = event->at;
		break;
	case STATE_REOPENED:
		f->times_reopened++;
		f->reopened_step = f->nsteps - 1;
		f->closed_at = MOMENT_NONE;
		f->submitted = f->review = NULL;
		f->due_since_reopening = node_get(event->root, "due") != NULL;
		break;
	default:
		break;
	}
}

static void apply(struct folded *f, const struct event *event)
{
	const struct node *set = node_get(event->root, "set");
	enum state to = event_state(event);

	if (set) {
		f->fields = overlay(f->fields, set, f->arena);
		if (node_get(set, "measures"))
			read_measures(f);
		if (node_get(set, "milestones"))
			read_milestones(f);
		if (node_get(set, "due"))
			set_due(f, field_date(f->fields, "due"));
	}
	if (!f->fields) {
		f->failed = true;
		return;
	}
	apply_due(f, event);
	apply_done(f, event);
	apply_evidence(f, event);
	if (node_get(event->root, "review"))
		f->review = event;
	if (to != STATES)
		apply_move(f, event, to);
	if (event->at > f->last_entry)
		f->last_entry = event->at;
	f->last = event;
}

enum skip fold_apply(struct folded *f, const struct event *event)
{
	struct step *step = &f->steps[f->nsteps++];

	*step = (struct step){ .event = event, .before = f->state, .after = f->state };
	step->skip = fold_would(f, event, &step->part);
	if (step->skip == SKIP_NONE) {
		apply(f, event);
		step->after = f->state;
		return SKIP_NONE;
	}
	/* the one that came first: the last that moved the record, else what entered it */
	for (size_t i = f->nsteps - 1; i-- > 0 && !step->first;)
		if (f->steps[i].skip == SKIP_NONE && f->steps[i].before != f->steps[i].after)
			step->first = f->steps[i].event;
	if (!step->first)
		step->first = &f->record->events[0];
	return step->skip;
}

int fold_start(struct folded *f, const struct record *record, int offset, size_t spare,
	       struct arena *arena)
{
	const struct event *entered = &record->events[0];

	*f = (struct folded){ .record = record,
			      .fields = record->root,
			      .exists = true,
			      .due = field_date(record->root, "due"),
			      .due_original = DAY_NONE,
			      .listed_at = MOMENT_NONE,
			      .closed_at = MOMENT_NONE,
			      .last_entry = entered->at,
			      .last = entered,
			      .arena = arena,
			      .offset = offset };
	f->steps = arena_array(arena, record->nevents + spare, sizeof(*f->steps));
	if (!f->steps)
		return -1;
	f->state = event_state(entered);
	f->steps[f->nsteps++] =
		(struct step){ .event = entered, .before = f->state, .after = f->state };
	if (record->kind == KIND_PROBLEM) {
		read_measures(f);
		read_milestones(f);
		if (f->state == STATE_LISTED)
			apply_move(f, entered, STATE_LISTED);
	}
	return f->failed ? -1 : 0;
}

int record_fold(struct folded *f, const struct record *record, moment_t as_of, int offset,
		struct arena *arena)
{
	if (fold_start(f, record, offset, 0, arena) < 0)
		return -1;
	f->exists = record->events[0].at <= as_of;
	for (size_t i = 1; i < record->nevents && record->events[i].at <= as_of && f->exists; i++)
		fold_apply(f, &record->events[i]);
	return f->failed ? -1 : 0;
}
