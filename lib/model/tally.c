#include "model/tally.h"

static const enum state WAYS[LEFT_WAYS] = {
	[LEFT_TRANSFERRED] = STATE_TRANSFERRED,
	[LEFT_MERGED] = STATE_MERGED,
	[LEFT_DECLINED] = STATE_DECLINED,
};

static bool is_open(enum state state)
{
	return STATE_BIT(state) & OPEN_STATES;
}

/* one move; `counts`: it lies in the period */
static void take_move(struct tally *t, enum state before, enum state after, bool counts,
		      bool *was_listed, bool *has_left)
{
	if (after == STATE_LISTED)
		*was_listed = true;
	for (int way = 0; way < LEFT_WAYS; way++) {
		if (after != WAYS[way])
			continue;
		*has_left = *has_left || is_open(before);
		if (counts && is_open(before))
			t->left[way]++;
		else if (counts)
			t->left_registered[way]++;
	}
	if (!counts)
		return;
	t->listed += after == STATE_LISTED;
	t->submitted += after == STATE_SUBMITTED;
	t->returned += after == STATE_RETURNED;
	t->closed += after == STATE_CLOSED;
	t->reopened += after == STATE_REOPENED;
}

static void take_steps(struct tally *t, const struct folded *f, moment_t from)
{
	bool was_listed = false, has_left = false, was_open = false;

	for (size_t i = 0; i < f->nsteps; i++) {
		const struct step *step = &f->steps[i];
		bool counts = step->event->at >= from;

		/* without effect, such as one that is dated before the record was entered */
		if (i && step->skip != SKIP_NONE)
			continue;
		if (!counts)
			was_open = is_open(step->after);
		if (i == 0) {
			t->registered += counts;
			was_listed = step->after == STATE_LISTED;
			t->listed += counts && was_listed;
		} else if (step->before != step->after) {
			take_move(t, step->before, step->after, counts, &was_listed, &has_left);
		}
	}
	t->open_before += was_open;
	t->ever_listed += was_listed;
	t->ever_left += has_left;
}

static void take_end(struct tally *t, const struct plan *plan, const struct folded *f, day_t until)
{
	day_t original = f->due_original;

	t->states[f->state]++;
	t->open_after += is_open(f->state);
	t->ever_reopened += f->times_reopened > 0;
	if (f->state == STATE_CLOSED && original != DAY_NONE)
		t->closed_on_time += day_of_moment(f->closed_at, plan->offset) <= original;
	if (!is_open(f->state))
		return;
	t->overdue += f->due != DAY_NONE && until > f->due;
	t->overdue_original += original != DAY_NONE && until > original;
}

int tally_take(struct tally *t, const struct plan *plan, const struct record *record,
	       const struct tally_period *period, struct arena *arena)
{
	moment_t end = moment_of_day(period->until + 1, plan->offset) - 1;
	struct folded known, at_end;

	if (record_fold(&known, record, period->as_of, plan->offset, arena) < 0)
		return -1;
	if (known.state == STATE_WITHDRAWN) {
		t->withdrawn++;
		return 0;
	}
	if (record_fold(&at_end, record, end < period->as_of ? end : period->as_of, plan->offset,
			arena) < 0)
		return -1;
	if (!at_end.exists)
		return 0;
	take_steps(t, &at_end, moment_of_day(period->from, plan->offset));
	take_end(t, plan, &at_end, period->until);
	return 0;
}

void tally_add(struct tally *to, const struct tally *from)
{
	int64_t *sums = (int64_t *)to;
	const int64_t *terms = (const int64_t *)from;

	_Static_assert(sizeof(struct tally) % sizeof(int64_t) == 0, "counts and nothing else");
	for (size_t i = 0; i < sizeof(struct tally) / sizeof(int64_t); i++)
		sums[i] += terms[i];
}

bool tally_holds(const struct tally *t)
{
	int64_t out = t->closed;

	for (int way = 0; way < LEFT_WAYS; way++)
		out += t->left[way];
	return t->open_before + t->listed + t->reopened == out + t->open_after;
}

void tally_closing(const struct tally *t, int64_t *n, int64_t *d)
{
	*n = t->states[STATE_CLOSED];
	*d = t->ever_listed - t->ever_left;
}

void tally_punctuality(const struct tally *t, int64_t *n, int64_t *d)
{
	*n = t->closed_on_time;
	*d = t->states[STATE_CLOSED] + t->overdue_original;
}
