/* The hints: what to do about a fault. */
#include "schema/talk.h"

#include <inttypes.h>
#include <string.h>

#include "base/msg.h"
#include "base/utf8.h"

#define MOST_LISTED 20
#define FARTHEST 2
#define MOST_COMPARED 500000

/* a scalar as the source has it: 007 and not 7 */
static void say_written(const struct talk *talk, const struct node *node, struct str *out)
{
	const char *end = talk->lines ? talk->lines->end : NULL;
	const char *p = end && node->line ? lines_at(talk->lines, node->line, node->column) : NULL;
	const char *last = p;

	while (last && last<end && * last> ' ' && !strchr(",]}", *last))
		last++;
	if (last > p && last - p < 40)
		utf8_add_visible(out, p, (size_t)(last - p), false);
	else
		str_addn(out, node->text, node->count);
}

static bool is_one_of(const struct node *node, const char *const *words)
{
	for (; *words; words++)
		if (node->count == strlen(*words) && strcasecmp(node->text, *words) == 0)
			return true;
	return false;
}

static void hint_boolean(const struct node *node, struct str *out)
{
	static const char *const yes[] = { "yes", "on", "y", "是", NULL };
	static const char *const no[] = { "no", "off", "n", "否", NULL };
	bool is_yes = is_one_of(node, yes);

	if (node->style == STYLE_PLAIN && (is_yes || is_one_of(node, no)))
		str_addf(out, _("YAML 1.2 reads %s as a string; write %s"), node->text,
			 is_yes ? "true" : "false");
	else if (node_is(node, "true") || node_is(node, "false"))
		str_addf(out, _("write %s without quotes"), node->text);
}

static bool looks_like_number(const struct node *node)
{
	for (uint32_t i = 0; i < node->count; i++)
		if (node->text[i] < '0' || node->text[i] > '9')
			return false;
	return node->count > 0 && node->count < 16;
}

static void hint_type(const struct talk *talk, const struct fault *f, struct str *out)
{
	const struct node *node = f->node;
	unsigned mask = 0;

	for (uint32_t i = 0; i < f->nsites; i++)
		mask |= site_op(talk->schema, f->sites[i])->a;
	if (!f->nsites)
		mask = site_op(talk->schema, f->site)->a;
	if (node->type == NODE_NULL && !node->count) {
		str_add(out, _("the value is empty"));
	} else if (mask & TYPE_STRING && node->type <= NODE_NUMBER && node->style == STYLE_PLAIN &&
		   node->line) {
		struct str written = { 0 };

		say_written(talk, node, &written);
		str_addf(out, _("quote it: '%s'"), str_text(&written));
		str_release_part(&written, out);
	} else if (mask & TYPE_BOOL && node->type == NODE_STRING) {
		hint_boolean(node, out);
	} else if (mask & (TYPE_INTEGER | TYPE_NUMBER) && node->type == NODE_STRING &&
		   node->style == STYLE_QUOTED && looks_like_number(node)) {
		str_addf(out, _("write it without quotes: %s"), node->text);
	} else if (mask & TYPE_LIST && node->type <= NODE_STRING && node->count &&
		   node->count < 40) {
		str_addf(out, _("a list is written in brackets: [%s]"), node->text);
	}
}

/*
 * Whether the distance says "a slip", which in a short word it does not. A thousand wrong words among
 * a thousand right ones are no slips: there is an end to the comparing.
 */
static unsigned slip(const struct talk *talk, const char *a, const char *b)
{
	unsigned distance = FARTHEST + 1;
	size_t length;

	if (talk->explainer->compared < MOST_COMPARED) {
		talk->explainer->compared++;
		distance = text_distance(a, b, FARTHEST);
	}
	length = distance <= FARTHEST ? utf8_count(b, strlen(b)) : 0;
	return distance <= FARTHEST && distance * 2 < length + (distance == 1) ? distance
									       : FARTHEST + 1;
}

static bool has_alias(const struct node *aliases, const char *text)
{
	for (uint32_t i = 0; i < list_count(aliases); i++)
		if (node_is(&aliases->items[i], text))
			return true;
	return false;
}

/* a code or a field, with the label by which a reader may know it */
static void say_meant(const char *name, const char *label, struct str *out)
{
	if (label)
		str_addf(out, _("did you mean '%s' %s?"), name, label);
	else if (name)
		str_addf(out, _("did you mean '%s'?"), name);
}

/* the choice that was probably meant: by its label, another word for it, or a slip of the pen */
static void say_meant_choice(const struct talk *talk, const struct fault *f, struct str *out)
{
	unsigned best = FARTHEST + 1;
	const char *meant = NULL, *label = NULL, *text = f->node->text;

	if (strlen(text) != f->node->count)
		return;
	for (uint32_t i = 0; i < (f->nsites ? f->nsites : 1); i++) {
		const struct node *schema;
		const struct choices *choices = look_choices(talk, f, i, &schema);
		const struct node *labels = node_get(schema, "x-labels");
		const struct node *aliases = node_get(schema, "x-aliases");

		for (uint32_t j = 0; j < choices->count; j++) {
			const char *code = choices->items[j].text;
			unsigned distance;

			if (choices->items[j].type != NODE_STRING)
				continue;
			if (node_is(node_get(labels, code), text) ||
			    has_alias(node_get(aliases, code), text))
				distance = 0;
			else
				distance = slip(talk, text, code);
			if (distance < best) {
				best = distance;
				meant = code;
				label = node_string(labels, code);
			}
		}
	}
	say_meant(meant, label, out);
}

static void say_choices(const struct talk *talk, const struct fault *f, struct str *out)
{
	uint32_t total = 0;

	for (uint32_t i = 0; i < (f->nsites ? f->nsites : 1); i++) {
		const struct node *schema;
		const struct choices *choices = look_choices(talk, f, i, &schema);
		const struct node *labels = node_get(schema, "x-labels");

		for (uint32_t j = 0; j < choices->count; j++) {
			const struct node *item = &choices->items[j];
			const char *label = NULL;

			if (total++ >= MOST_LISTED)
				continue;
			if (item->type == NODE_STRING)
				label = node_string(labels, item->text);
			if (!label && choices->count == 1 && f->nsites)
				label = node_string(schema, "title");
			if (total > 1)
				str_add(out, ", ");
			if (item->type == NODE_STRING && item->count)
				utf8_add_visible(out, item->text, item->count, false);
			else
				say_value(out, item);
			if (label)
				str_addf(out, " %s", label);
		}
	}
	if (total > MOST_LISTED)
		str_addf(out, _(" and %" PRIu32 " more"), total - MOST_LISTED);
}

static void hint_enum(const struct talk *talk, const struct fault *f, struct str *out)
{
	struct str listed = { 0 };

	if (f->node->type == NODE_STRING)
		say_meant_choice(talk, f, out);
	else if (f->node->type == NODE_NULL && !f->node->count)
		str_add(out, _("the value is empty"));
	if (f->kind == FAULT_ENUM) {
		say_choices(talk, f, &listed);
		if (listed.len) {
			if (out->len)
				str_add(out, "; ");
			str_addf(out, _("allowed: %s"), str_text(&listed));
		}
	}
	str_release_part(&listed, out);
}

struct nearest {
	const struct talk *talk;
	const char *name;
	const char *meant, *title;
	unsigned distance;
	uint32_t count;
	const char *names[MOST_LISTED];
	struct str known;
};

static void consider(void *context, const struct property *property, const char *title)
{
	struct nearest *n = context;
	unsigned distance = slip(n->talk, n->name, property->name.p);

	if (title && strcmp(title, n->name) == 0)
		distance = 0;
	else if (distance == 0) /* known in a schema that does not count here */
		return;
	if (distance < n->distance) {
		n->distance = distance;
		n->meant = property->name.p;
		n->title = title;
	}
	/* a schema beside its $ref names some fields again */
	for (uint32_t i = 0; i < n->count && i < MOST_LISTED; i++)
		if (strcmp(n->names[i], property->name.p) == 0)
			return;
	if (n->count < MOST_LISTED)
		n->names[n->count] = property->name.p;
	if (n->count++ < MOST_LISTED)
		str_addf(&n->known, "%s%s%s%s", n->count > 1 ? ", " : "", property->name.p,
			 title ? " " : "", title ? title : "");
}

static void hint_field(const struct talk *talk, const struct fault *f, struct str *out)
{
	struct nearest n = { .talk = talk, .name = f->member->name, .distance = FARTHEST + 1 };

	if (strcmp(f->member->name, "<<") == 0) {
		str_add(out, _("YAML 1.2 has no merge keys: write the fields out"));
		return;
	}
	if (f->parent)
		look_fields(talk, f->parent, consider, &n);
	if (n.meant)
		say_meant(n.meant, n.title, out);
	else if (n.count && n.count <= MOST_LISTED)
		str_addf(out, _("known fields: %s"), str_text(&n.known));
	str_release_part(&n.known, out);
}

static void say_example(const struct talk *talk, const struct fault *f, const char *otherwise,
			struct str *out)
{
	const struct node *examples = look_keyword(talk, f->node, "examples");

	if (list_count(examples) && examples->items[0].type == NODE_STRING)
		str_addf(out, _("for example %s"), examples->items[0].text);
	else if (otherwise)
		str_addf(out, _("for example %s"), otherwise);
}

static void hint_pattern(const struct talk *talk, const struct fault *f, struct str *out)
{
	const char *pattern = node_string(talk->schema->places.p[f->site.block].schema, "pattern");

	say_example(talk, f, NULL, out);
	/* one that wants something that can be seen, of a text that is blank: that has been said */
	if (!pattern || strcmp(pattern, "\\S") == 0 ||
	    (strstr(pattern, "[^\\s") && utf8_is_blank(f->node->text, f->node->count)))
		return;
	if (out->len)
		str_add(out, "; ");
	str_addf(out, _("the pattern is %s"), pattern);
}

void say_hint(const struct talk *talk, const struct fault *f, struct str *out)
{
	switch ((enum fault_kind)f->kind) {
	case FAULT_TYPE:
		hint_type(talk, f, out);
		break;
	case FAULT_ENUM:
	case FAULT_CONST:
		hint_enum(talk, f, out);
		break;
	case FAULT_UNKNOWN_FIELD:
		hint_field(talk, f, out);
		break;
	case FAULT_FORMAT:
		say_example(talk, f, schema_formats[site_op(talk->schema, f->site)->a].example,
			    out);
		break;
	case FAULT_PATTERN:
		hint_pattern(talk, f, out);
		break;
	case FAULT_WORD:
		if (talk->host && talk->host->word_hint)
			talk->host->word_hint(
				talk->host->context,
				talk->schema->texts.p[site_op(talk->schema, f->site)->a].p, f->node,
				out);
		break;
	case FAULT_RECORD_NOT_HERE:
		str_add(out, _("its unit's folder is missing here"));
		break;
	case FAULT_COSTLY:
		str_add(out, _("simplify the schema: it applies the same subschemas to the same "
			       "value again and again"));
		break;
	case FAULT_EXPENSIVE:
		str_add(out,
			_("simplify the pattern: begin it with ^, and repeat no group within a "
			  "repeated group"));
		break;
	default:
		break;
	}
}
