#include "cli/across.h"

#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "base/msg.h"
#include "cli/read.h"
#include "model/inspection.h"

/* an observation's unit, indicator and date in one number, and which it is */
struct seen {
	uint64_t key, id;
};

/* where a unit stood on a day with what is counted up to it at a focus point */
struct stand {
	int unit, point;
	day_t day;
	moment_t entered;
	int64_t value;
	bool reasoned;
	uint64_t id;
};

/* room for one more behind n items, which double where n is a power of two; NULL: out of memory */
static void *room_for_one(void *items, size_t n, size_t size, struct arena *arena)
{
	void *grown = items;

	if ((n & (n - 1)) == 0) {
		grown = arena_array(arena, n ? 2 * n : 1, size);
		if (grown && n)
			memcpy(grown, items, n * size);
	}
	return grown;
}

static bool note_observation(struct across_notes *notes, const struct checked *checked,
			     struct arena *arena)
{
	const char *unit = node_string(checked->fields, "unit");
	const char *indicator = node_string(checked->fields, "indicator");
	const char *date = node_string(checked->fields, "date");
	struct seen *seen;

	if (!unit || !indicator || !date)
		return true;
	seen = room_for_one(notes->seen, notes->nseen, sizeof(*seen), arena);
	if (!seen)
		return false;
	notes->seen = seen;
	seen[notes->nseen].key = ((uint64_t)text_hash(unit, strlen(unit)) << 32) ^
				 ((uint64_t)text_hash(indicator, strlen(indicator)) << 16) ^
				 text_hash(date, strlen(date));
	seen[notes->nseen++].id = id_pack(checked->record.id, ID_LENGTH);
	return true;
}

static bool note_inspection(struct across_notes *notes, const struct plan *plan,
			    const struct checked *checked, struct arena *arena)
{
	const struct node *values = node_get(checked->fields, "values");
	int64_t point = node_integer(checked->fields, "point", 0);
	const char *count = inspection_cumulative(plan, point);
	struct stand stand = { .unit = plan_unit_node(plan, node_get(checked->fields, "unit")),
			       .point = count ? (int)point : 0,
			       .day = field_date(checked->fields, "date"),
			       .entered = checked->record.events[0].at,
			       .value = count ? node_integer(values, count, -1) : -1,
			       .reasoned = node_get(values, "decrease_reason") != NULL,
			       .id = id_pack(checked->record.id, ID_LENGTH) };
	struct stand *stands;

	if (stand.value < 0 || stand.day == DAY_NONE || stand.unit == NO_UNIT)
		return true;
	stands = room_for_one(notes->stands, notes->nstands, sizeof(*stands), arena);
	if (!stands)
		return false;
	notes->stands = stands;
	stands[notes->nstands++] = stand;
	return true;
}

bool across_note(struct across_notes *notes, const struct plan *plan, const struct checked *checked,
		 struct arena *arena)
{
	if (!checked->whole || !checked->fields || checked->withdrawn)
		return true;
	if (checked->record.kind == KIND_OBSERVATION)
		return note_observation(notes, checked, arena);
	return checked->record.kind != KIND_INSPECTION ||
	       note_inspection(notes, plan, checked, arena);
}

/* the items of a batch behind the n that are there; false: out of memory */
static bool join(void **items, size_t *n, size_t *cap, const void *more, size_t nmore, size_t size)
{
	if (*n + nmore > *cap) {
		size_t wanted = (*n + nmore) * 2;
		void *grown = realloc(*items, wanted * size);

		if (!grown)
			return false;
		*items = grown;
		*cap = wanted;
	}
	if (nmore)
		memcpy((char *)*items + *n * size, more, nmore * size);
	*n += nmore;
	return true;
}

bool across_join(struct across *across, const struct across_notes *notes)
{
	void *seen = across->seen, *stands = across->stands;
	bool ok = join(&seen, &across->nseen, &across->seen_cap, notes->seen, notes->nseen,
		       sizeof(struct seen)) &&
		  join(&stands, &across->nstands, &across->stands_cap, notes->stands,
		       notes->nstands, sizeof(struct stand));

	across->seen = seen;
	across->stands = stands;
	return ok;
}

/* the fields of a record, and where it says `field`; `what` has no code yet */
static bool look_up(struct cli *cli, uint64_t id, const char *field, const struct node **fields,
		    struct finding *what)
{
	char text[ID_SIZE];
	const char *folder;
	struct ref ref;
	struct folded folded;
	struct record *record = arena_alloc(&cli->arena, sizeof(*record));
	const struct node *at;

	id_unpack(id, text);
	folder = store_find_record(&cli->store, text, cli->plan.folders, cli->plan.nfolders,
				   &cli->arena);
	if (!folder || !record)
		return false;
	ref = (struct ref){ .id = arena_strdup(&cli->arena, text), .folder = folder };
	record_load(cli, &ref, record);
	if (record_fold(&folded, record, MOMENT_ALL, cli->plan.offset, &cli->arena) < 0)
		cli_no_memory(cli);
	*fields = folded.fields;
	at = node_get(record->root, field);
	*what = (struct finding){ .level = LEVEL_WARNING,
				  .file = arena_printf(&cli->arena, "%s/%s.yaml", folder, text),
				  .line = at ? at->line : 0,
				  .column = at ? at->column : 0 };
	return what->file != NULL;
}

static bool same_field(const struct node *a, const struct node *b, const char *name)
{
	const struct node *x = node_get(a, name), *y = node_get(b, name);

	return x && y && node_equal(x, y);
}

/* contract 2: two figures of the same unit, indicator and date: the later counts, and it is told */
static void tell_same(struct cli *cli, uint64_t first, uint64_t second)
{
	const struct node *a, *b;
	struct finding one, other;

	if (first == second || !look_up(cli, first, "indicator", &a, &one) ||
	    !look_up(cli, second, "indicator", &b, &other) || !same_field(a, b, "unit") ||
	    !same_field(a, b, "indicator") || !same_field(a, b, "date"))
		return; /* only the hashes are the same */
	other.code = "same-observation";
	finding_hint(&cli->findings,
		     findings_add(&cli->findings, &other,
				  _("the same unit, indicator and date as %s"), one.file),
		     "%s", _("the one entered later counts"));
}

/* what it was when entered did not fall, or was reasoned: a correction or another clone made it so */
static void tell_fall(struct cli *cli, const struct stand *before, const struct stand *stand)
{
	const struct node *fields;
	struct finding what;
	char text[DATE_SIZE];

	if (!look_up(cli, stand->id, "values", &fields, &what))
		return;
	what.code = "fell";
	finding_hint(&cli->findings,
		     findings_add(&cli->findings, &what,
				  _("the figure has fallen: it was %lld on %s"),
				  (long long)before->value, date_format(before->day, text)),
		     "%s",
		     _("correct it, or say why: rectify-status RECORD --set "
		       "values.decrease_reason=TEXT"));
}

static int by_key(const void *a, const void *b)
{
	const struct seen *x = a, *y = b;

	if (x->key != y->key)
		return x->key < y->key ? -1 : 1;
	return (x->id > y->id) - (x->id < y->id);
}

/* of one day the last one entered stands last, by its id where both were entered at once */
static int by_day(const void *a, const void *b)
{
	const struct stand *x = a, *y = b;

	if (x->unit != y->unit)
		return x->unit < y->unit ? -1 : 1;
	if (x->point != y->point)
		return x->point < y->point ? -1 : 1;
	if (x->day != y->day)
		return x->day < y->day ? -1 : 1;
	if (x->entered != y->entered)
		return x->entered < y->entered ? -1 : 1;
	return (x->id > y->id) - (x->id < y->id);
}

static bool same_day(const struct stand *a, const struct stand *b)
{
	return a->unit == b->unit && a->point == b->point && a->day == b->day;
}

static void check_falls(struct across *across, struct cli *cli)
{
	const struct stand *before = NULL;

	if (across->nstands)
		qsort(across->stands, across->nstands, sizeof(*across->stands), by_day);
	for (size_t i = 0; i < across->nstands; i++) {
		const struct stand *stand = &across->stands[i];

		if (i + 1 < across->nstands && same_day(stand, stand + 1))
			continue;
		if (before && before->unit == stand->unit && before->point == stand->point &&
		    stand->value < before->value && !stand->reasoned)
			tell_fall(cli, before, stand);
		before = stand;
	}
}

void across_check(struct across *across, struct cli *cli)
{
	if (across->nseen)
		qsort(across->seen, across->nseen, sizeof(*across->seen), by_key);
	for (size_t i = 1; i < across->nseen; i++)
		if (across->seen[i].key == across->seen[i - 1].key)
			tell_same(cli, across->seen[i - 1].id, across->seen[i].id);
	check_falls(across, cli);
}

void across_release(struct across *across)
{
	free(across->seen);
	free(across->stands);
	*across = (struct across){ 0 };
}
