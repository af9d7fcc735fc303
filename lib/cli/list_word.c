/* The words of fields with codes, and what a condition's value means through them. */
#include <string.h>

#include "base/msg.h"
#include "base/utf8.h"
#include "cli/list_word.h"
#include "model/problem.h"
#include "model/suspect.h"

#define NEAR 2
#define MOST_NAMED 40 /* words in a hint */

static struct word *add_word(struct cli *cli, struct list_field *field, const char *code,
			     const char *label, const struct node *aliases)
{
	struct word *grown;

	if (!code)
		return NULL;
	/* room for 8, 16, 32 … */
	if (field->nwords == 0 || (field->nwords >= 8 && !(field->nwords & (field->nwords - 1)))) {
		grown = arena_array(&cli->arena, field->nwords ? field->nwords * 2 : 8,
				    sizeof(*grown));
		if (!grown)
			cli_no_memory(cli);
		if (field->nwords)
			memcpy(grown, field->words, field->nwords * sizeof(*grown));
		field->words = grown;
	}
	grown = &field->words[field->nwords++];
	*grown = (struct word){ .code = code, .label = label, .aliases = aliases };
	return grown;
}

/* a list of the plan: {id or code, name, aliases} */
static void add_listed(struct cli *cli, struct list_field *field, const struct node *list,
		       const char *key)
{
	for (size_t i = 0; i < list_count(list); i++)
		add_word(cli, field, node_string(&list->items[i], key),
			 node_string(&list->items[i], "name"),
			 node_get(&list->items[i], "aliases"));
}

static void add_plan_words(struct cli *cli, struct list_field *field, const char *kind)
{
	const struct node *plan = cli->plan.root;

	if (strstr(kind, "unit"))
		add_listed(cli, field, node_get(plan, "units"), "id");
	field->groups = strcmp(kind, "unit-or-group") == 0;
	if (field->groups)
		add_listed(cli, field, node_get(plan, "groups"), "id");
	if (strcmp(kind, "indicator") == 0)
		add_listed(cli, field, node_get(plan, "indicators"), "id");
	if (strncmp(kind, "vocab:", 6) == 0)
		add_listed(cli, field, node_get(node_get(plan, "vocab"), kind + 6), "code");
}

void words_of_property(struct cli *cli, struct list_field *field, const struct schema_property *p)
{
	for (size_t i = 0; i < list_count(p->codes); i++)
		if (p->codes->items[i].type == NODE_STRING)
			add_word(cli, field, p->codes->items[i].text,
				 node_string(p->labels, p->codes->items[i].text),
				 node_get(p->aliases, p->codes->items[i].text));
	/* labels of words that a field has beside figures: not-tried */
	for (uint32_t i = 0;
	     !p->codes && p->labels && p->labels->type == NODE_MAP && i < p->labels->count; i++)
		add_word(cli, field, p->labels->members[i].name, p->labels->members[i].value->text,
			 NULL);
	if (p->word)
		add_plan_words(cli, field, p->word);
}

void words_of_computed(struct cli *cli, enum kind kind, struct list_field *field)
{
	if (strcmp(field->name, "state") == 0)
		for (int s = 0; s < STATES; s++)
			add_word(cli, field, state_name((enum state)s), state_label((enum state)s),
				 NULL);
	if (strcmp(field->name, "light") == 0)
		for (int l = LIGHT_RED; l <= LIGHT_CLOSED; l++)
			add_word(cli, field, light_code((enum light)l), light_label((enum light)l),
				 NULL);
	if (strcmp(field->name, "light_reason") == 0)
		for (int r = REASON_OVERDUE; r <= REASON_MILESTONE_MISSED; r++)
			add_word(cli, field, reason_code((enum light_reason)r),
				 reason_label((enum light_reason)r), NULL);
	if (strcmp(field->name, "suspect") == 0)
		for (size_t i = 0; i < SUSPECT_NREASONS; i++)
			add_word(cli, field, SUSPECT_REASONS[i].code, SUSPECT_REASONS[i].label,
				 NULL);
	if (strcmp(field->name, "kind") == 0)
		add_word(cli, field, KIND_INFO[kind].name, KIND_INFO[kind].label, NULL);
	field->closed = field->nwords > 0;
}

const char *list_label(const struct list_field *field, const char *code)
{
	for (size_t i = 0; i < field->nwords; i++)
		if (strcmp(field->words[i].code, code) == 0)
			return field->words[i].label ? field->words[i].label : code;
	return code;
}

static bool same_word(struct cli *cli, const char *a, const char *b)
{
	const char *x = name_fold(&cli->arena, a, strlen(a));
	const char *y = name_fold(&cli->arena, b, strlen(b));

	return x && y && strcmp(x, y) == 0;
}

static bool stands_for(struct cli *cli, const struct word *word, const char *text)
{
	if (same_word(cli, word->code, text) || (word->label && same_word(cli, word->label, text)))
		return true;
	for (size_t i = 0; i < list_count(word->aliases); i++)
		if (word->aliases->items[i].type == NODE_STRING &&
		    same_word(cli, word->aliases->items[i].text, text))
			return true;
	return false;
}

/*
 * 已登记 is the label of two states: all that the text stands for, or is a part of for ~. A unit is
 * also meant by each of its groups.
 */
static void take_codes(struct cli *cli, const struct list_field *field, struct condition *c)
{
	const struct plan *plan = &cli->plan;
	int unit = field->groups && c->op != FILTER_CONTAINS ? plan_unit_word(plan, c->value)
							     : NO_UNIT;
	const char **codes =
		arena_array(&cli->arena, field->nwords + plan->ngroups, sizeof(*codes));

	if (!codes)
		cli_no_memory(cli);
	/* the unit itself comes first, for < and the like */
	for (size_t i = 0; i < field->nwords; i++) {
		const struct word *word = &field->words[i];

		if (c->op == FILTER_CONTAINS ? word->label && strstr(word->label, c->value)
					     : stands_for(cli, word, c->value))
			codes[c->ncodes++] = word->code;
	}
	for (size_t i = 0; unit != NO_UNIT && i < plan->ngroups; i++)
		if (set_has(&plan->groups[i].units, unit))
			codes[c->ncodes++] = plan->groups[i].id;
	c->codes = codes;
}

static void hint_words(struct cli *cli, struct finding *f, const struct list_field *field,
		       const char *value)
{
	const char *best = NULL;
	unsigned least = NEAR + 1;
	struct str all = { 0 };

	for (size_t i = 0; i < field->nwords; i++) {
		const struct word *word = &field->words[i];
		unsigned d = text_distance(value, word->code, NEAR);

		if (d < least && d < strlen(word->code)) {
			least = d;
			best = word->code;
		}
		if (i < MOST_NAMED)
			str_addf(&all, "%s%s%s%s", i ? ", " : "", word->code,
				 word->label ? " " : "", word->label ? word->label : "");
		else if (i == MOST_NAMED)
			str_add(&all, ", …");
	}
	if (best)
		finding_hint(&cli->findings, f, _("did you mean '%s'?"), best);
	else
		finding_hint(&cli->findings, f, _("allowed: %s"), str_text(&all));
	str_release(&all);
}

/* whether a field of this type can ever be compared with the value */
static bool value_fits(struct cli *cli, const struct list_field *field, const struct condition *c)
{
	if (field->type == FIELD_INTEGER && !c->is_number)
		cli_error(cli, "type", _("--where: %s is a number, '%s' is none"), field->name,
			  c->value);
	else if (field->type == FIELD_BOOLEAN && !c->is_truth)
		finding_hint(&cli->findings,
			     cli_error(cli, "type", _("--where: %s is yes or no, not '%s'"),
				       field->name, c->value),
			     "%s", _("write 是 or 否, true or false"));
	else if ((field->type == FIELD_DATE || field->type == FIELD_TIME) && !c->is_day &&
		 !c->is_moment)
		finding_hint(&cli->findings,
			     cli_error(cli, "format", _("--where: %s: '%s' is no date or time"),
				       field->name, c->value),
			     "%s",
			     _("write it as 2024-05-06 or 2024-05-06T08:30:00+08:00; for a part of "
			       "a date, such as a month: date~2024-05"));
	else
		return true;
	return false;
}

static bool give_meaning(const struct list_fields *fields, const struct list_field *field,
			 struct condition *c)
{
	struct cli *cli = fields->cli;

	if (!*c->value) /* asks whether there is anything */
		return true;
	if (field->type == FIELD_MAP) {
		finding_hint(
			&cli->findings,
			cli_error(cli, "type", _("--where: %s is a map of fields"), field->name),
			_("name one of its fields, as in %s.NAME"), field->name);
		return false;
	}
	take_codes(cli, field, c);
	if (c->op == FILTER_CONTAINS || c->ncodes)
		return true;
	if (field->closed) {
		hint_words(cli,
			   cli_error(cli, "unknown-word", _("--where: '%s' is no value of %s"),
				     c->value, field->name),
			   field, c->value);
		return false;
	}
	return value_fits(cli, field, c);
}

bool list_condition(const struct list_fields *fields, const char *text, struct condition *condition,
		    struct list_field *field)
{
	int parsed = filter_parse(condition, text, &fields->cli->arena);

	if (parsed < 0)
		cli_no_memory(fields->cli);
	if (!parsed)
		usage_error(_("--where takes FIELD=VALUE, also != < > <= >= ~, not '%s'"), text);
	if (!list_field_find(fields, "--where", condition->field, field))
		return false;
	condition->field = field->name;
	return give_meaning(fields, field, condition);
}
