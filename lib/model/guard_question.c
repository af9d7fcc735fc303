/* What all guards are made of: a fault is told, a right and a part in the record are asked. */
#include "model/guard_question.h"

#include "base/msg.h"

void guard_fail(struct question *q, const char *guard, const char *hint, const char *format, ...)
{
	struct finding what = *q->what, *f;
	char *message;
	va_list args;

	va_start(args, format);
	message = arena_vprintf(&q->list->arena, format, args);
	va_end(args);
	if (what.code && what.level == LEVEL_WARNING) {
		f = findings_add(q->list, &what, _("%s (guard %s)"), message ? message : "", guard);
	} else {
		what.code = guard;
		f = findings_add(q->list, &what, "%s", message ? message : "");
	}
	if (hint)
		finding_hint(q->list, f, "%s", hint);
	q->failed++;
}

bool guard_has(const struct question *q, const char *key)
{
	return node_get(q->event->root, key) != NULL;
}

/* the acting unit, as it is called and as people know it */
const char *guard_acting(const struct question *q)
{
	const char *id = q->event->unit;
	const char *text = q->unit == NO_UNIT ? NULL
					      : arena_printf(&q->list->arena, "%s %s", id,
							     q->plan->units[q->unit].name);

	return text ? text : id;
}

void guard_needs_note(struct question *q, const char *why)
{
	if (!guard_has(q, "note"))
		guard_fail(q, "needs-note", _("add --note TEXT"), "%s", why);
}

/* the words of a right, as units a reader knows */
static const char *who_may(struct question *q, const struct node *right)
{
	struct str out = { 0 };
	const char *text;

	for (int u = 0; u < (int)q->plan->nunits; u++)
		if (right_has(q->plan, right, q->before, u))
			str_addf(&out, "%s%s %s", out.len ? ", " : "", q->plan->units[u].id,
				 q->plan->units[u].name);
	text = arena_strdup(&q->list->arena, out.len ? str_text(&out) : "-");
	str_release(&out);
	return text ? text : "-";
}

/* who is no person of the unit at all is told by check_person */
static bool is_known_person(const struct question *q)
{
	return person_may(q->plan, q->event->by, q->unit, NULL);
}

void guard_right(struct question *q, const struct node *right, const char *name, const char *what)
{
	if (!right_has(q->plan, right, q->before, q->unit)) {
		struct str hint = { 0 };

		str_addf(&hint, _("may: %s"), who_may(q, right));
		guard_fail(q, "right", str_text(&hint), _("unit '%s' may not %s"), guard_acting(q),
			   what);
		str_release(&hint);
	} else if (is_known_person(q) && !person_may(q->plan, q->event->by, q->unit, name)) {
		guard_fail(q, "person", _("the plan's list of people says who may do what"),
			   _("'%s' of unit '%s' may not %s"), q->event->by, guard_acting(q), what);
	}
}

const struct node *guard_right_named(const struct question *q, const char *name)
{
	return node_get(q->plan->rights, name);
}

void guard_party(struct question *q, const char *what)
{
	struct unit_set parties = problem_parties(q->plan, q->before);

	if (!set_has(&parties, q->unit))
		guard_fail(q, "responsible-unit", _("its lead or a responsible unit does this"),
			   _("unit '%s' is neither lead nor responsible, so it may not %s"),
			   guard_acting(q), what);
}

void guard_person(struct question *q)
{
	if (!is_known_person(q))
		guard_fail(q, "person", _("the plan's list of people says who may do what"),
			   _("'%s' is not a person of unit '%s'"), q->event->by, guard_acting(q));
}
