#include "cli/args.h"

#include <argp.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/msg.h"
#include "base/outcome.h"
#include "base/str.h"
#include "base/utf8.h"

#define FIRST_KEY 0x1000
#define KEY_HELP (FIRST_KEY - 1)

int strings_add(struct strings *list, const char *text)
{
	if (list->count == list->cap) {
		size_t cap = list->cap ? list->cap * 2 : 8;
		const char **items = realloc(list->items, cap * sizeof(*items));

		if (!items)
			return -1;
		list->items = items;
		list->cap = cap;
	}
	list->items[list->count++] = text;
	return 0;
}

void strings_release(struct strings *list)
{
	free(list->items);
	*list = (struct strings){ 0 };
}

int opts_add(struct opts *opts, const struct opt *items, size_t n)
{
	if (opts->count + n > opts->cap) {
		size_t cap = (opts->count + n) * 2;
		struct opt *grown = realloc(opts->items, cap * sizeof(*grown));

		if (!grown)
			return -1;
		opts->items = grown;
		opts->cap = cap;
	}
	memcpy(opts->items + opts->count, items, n * sizeof(*items));
	opts->count += n;
	return 0;
}

void opts_release(struct opts *opts)
{
	free(opts->items);
	*opts = (struct opts){ 0 };
}

bool opt_is_given(const struct opt *opt)
{
	if (!opt->name)
		return false;
	return opt->flag ? *opt->flag : opt->one ? *opt->one != NULL : opt->many->count > 0;
}

void usage_error(const char *format, ...)
{
	struct str message = { 0 }, safe = { 0 };
	va_list args;

	va_start(args, format);
	str_vaddf(&message, format, args);
	va_end(args);
	utf8_add_visible(&safe, str_text(&message), message.len, false);
	fprintf(stderr, "%s: %s", program_invocation_short_name, str_text(&safe));
	fprintf(stderr, _("\ntry '%s --help'\n"), program_invocation_short_name);
	exit(USAGE);
}

_Noreturn static void no_memory(void)
{
	fprintf(stderr, "%s: %s\n", program_invocation_short_name, strerror(ENOMEM));
	exit(CANNOT);
}

static const struct opt *named(const struct opts *opts, const char *name, size_t n)
{
	for (size_t i = 0; i < opts->count; i++)
		if (opts->items[i].name && strlen(opts->items[i].name) == n &&
		    memcmp(opts->items[i].name, name, n) == 0)
			return &opts->items[i];
	return NULL;
}

static const struct opt *lettered(const struct opts *opts, char letter)
{
	for (size_t i = 0; i < opts->count; i++)
		if (letter && opts->items[i].letter == letter)
			return &opts->items[i];
	return NULL;
}

static bool is_builtin(const char *name, size_t n)
{
	return (n == 4 && memcmp(name, "help", n) == 0) ||
	       (n == 7 && memcmp(name, "version", n) == 0);
}

static void unknown_option(const struct opts *opts, const char *decides, const char *name, size_t n)
{
	static const char *const builtin[] = { "help", "version" };
	char word[64];
	const char *best = NULL;
	unsigned least = 3;

	snprintf(word, sizeof(word), "%.*s", (int)n, name);
	for (size_t i = 0; i < opts->count + 2; i++) {
		const char *known = i < 2 ? builtin[i] : opts->items[i - 2].name;
		unsigned distance = known ? text_distance(word, known, 2) : 3;

		/* any two short words are near each other */
		if (distance >= n)
			distance = 3;
		if (known && n >= 3 && strncmp(known, word, n) == 0)
			distance = 1;
		if (distance < least) {
			least = distance;
			best = known;
		}
	}
	if (best)
		usage_error(_("unknown option '--%s'; did you mean '--%s'?"), word, best);
	if (decides)
		usage_error(_("unknown option '--%s'; which options there are depends on --%s"),
			    word, decides);
	usage_error(_("unknown option '--%s'"), word);
}

/* --name, --name=VALUE or --name VALUE; returns whether the next argument is the value */
static bool check_long(const struct opts *opts, const char *decides, const char *arg, bool last)
{
	size_t n = strcspn(arg, "=");
	const struct opt *opt = named(opts, arg, n);
	bool takes = opt && !opt->flag, has = arg[n] == '=';

	if (!opt && !is_builtin(arg, n))
		unknown_option(opts, decides, arg, n);
	if (has && !takes)
		usage_error(_("option '--%.*s' takes no value"), (int)n, arg);
	if (takes && !has && last)
		usage_error(_("option '--%s' needs a value: %s"), opt->name, opt->metavar);
	return takes && !has;
}

/* -abc, -xVALUE or -x VALUE; returns whether the next argument is the value */
static bool check_letters(const struct opts *opts, const char *letters, bool last)
{
	for (const char *p = letters; *p; p++) {
		const struct opt *opt = lettered(opts, *p);

		if (!opt && *p != 'h' && *p != 'V')
			usage_error(_("unknown option '-%.*s'"), (int)utf8_length_of(*p), p);
		if (!opt || opt->flag)
			continue;
		if (!p[1] && last)
			usage_error(_("option '-%c' needs a value: %s"), *p, opt->metavar);
		return !p[1];
	}
	return false;
}

/*
 * What argp would take or say otherwise is refused here: abbreviations, which turn into other
 * options when a field is added, and faults that its messages explain with an option --usage.
 */
static void refuse_unknown(int argc, char **argv, const struct opts *opts, const char *decides)
{
	for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
		const char *arg = argv[i];
		bool last = i + 1 == argc;

		if (arg[0] == '-' && arg[1] == '-')
			i += check_long(opts, decides, arg + 2, last);
		else if (arg[0] == '-' && arg[1])
			i += check_letters(opts, arg + 1, last);
	}
}

const char *args_find(int argc, char **argv, char letter, const char *name)
{
	size_t n = strlen(name);

	for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
		const char *arg = argv[i];
		/* what stands before it in one argument are flags */
		const char *at =
			letter && arg[0] == '-' && arg[1] != '-' ? strchr(arg, letter) : NULL;

		if (at)
			return at[1] ? at + 1 : argv[i + 1];
		if (strncmp(arg, "--", 2) == 0 && strncmp(arg + 2, name, n) == 0) {
			if (arg[2 + n] == '=')
				return arg + 3 + n;
			if (!arg[2 + n])
				return argv[i + 1];
		}
	}
	return NULL;
}

/* what argp itself says; it looks them up in our catalogue */
extern const char *const ARGP_WORDS[];
const char *const ARGP_WORDS[] = {
	N_("Usage:"),
	N_("  or: "),
	N_(" [OPTION...]"),
	N_("Mandatory or optional arguments to long options are also mandatory or optional for any "
	   "corresponding short options."),
};

struct parse {
	const struct opts *opts;
	const struct usage *usage;
	struct strings *operands;
};

static void take_option(const struct opt *opt, char *arg)
{
	if (opt->flag) {
		*opt->flag = true;
	} else if (opt->one) {
		if (*opt->one)
			usage_error(_("option '--%s' is given twice"), opt->name);
		*opt->one = arg;
	} else if (opt->once && opt->many->count) {
		usage_error(_("option '--%s' is given twice"), opt->name);
	} else if (strings_add(opt->many, arg) < 0) {
		no_memory();
	}
}

static error_t on_key(int key, char *arg, struct argp_state *state)
{
	struct parse *parse = state->input;

	if (key == 'h' || key == KEY_HELP) {
		argp_state_help(state, stdout, ARGP_HELP_STD_HELP);
	} else if (key == 'V') {
		printf("%s (duban) %s\n", program_invocation_short_name, DUBAN_VERSION);
		exit(DONE);
	} else if (key == ARGP_KEY_ARG) {
		if (parse->operands->count == parse->usage->most)
			usage_error(_("too many operands: '%s'"), arg);
		if (strings_add(parse->operands, arg) < 0)
			return ENOMEM;
	} else if (key == ARGP_KEY_END) {
		if (parse->operands->count < parse->usage->least)
			usage_error(_("an operand is missing: %s"), parse->usage->operands);
	} else if (key >= FIRST_KEY && (size_t)(key - FIRST_KEY) < parse->opts->count) {
		take_option(&parse->opts->items[key - FIRST_KEY], arg);
	} else {
		const struct opt *opt =
			key > 0 && key < 128 ? lettered(parse->opts, (char)key) : NULL;

		if (!opt)
			return ARGP_ERR_UNKNOWN;
		take_option(opt, arg);
	}
	return 0;
}

static struct argp_option *make_table(const struct opts *opts)
{
	struct argp_option *table = calloc(opts->count + 4, sizeof(*table));
	struct argp_option *to = table;
	int group = 1;

	if (!table)
		no_memory();
	for (size_t i = 0; i < opts->count; i++) {
		const struct opt *opt = &opts->items[i];

		if (!opt->name) {
			*to++ = (struct argp_option){ .doc = _(opt->help), .group = ++group };
			continue;
		}
		*to++ = (struct argp_option){ .name = opt->name,
					      .key = opt->letter ? opt->letter : FIRST_KEY + (int)i,
					      .arg = opt->flag ? NULL : opt->metavar,
					      .doc = opt->help && *opt->help ? _(opt->help) : NULL,
					      .group = group };
	}
	*to++ = (struct argp_option){
		.name = "help", .key = 'h', .doc = _("give this help list"), .group = -1
	};
	*to = (struct argp_option){
		.name = "version", .key = 'V', .doc = _("print the version"), .group = -1
	};
	return table;
}

void args_parse(int argc, char **argv, const struct opts *opts, const struct usage *usage,
		struct strings *operands)
{
	struct parse parse = { .opts = opts, .usage = usage, .operands = operands };
	struct argp_option *table = make_table(opts);
	struct argp argp = { .options = table,
			     .parser = on_key,
			     .args_doc = *usage->operands ? usage->operands : NULL,
			     .doc = _(usage->summary),
			     .argp_domain = DUBAN_DOMAIN };
	error_t error;

	refuse_unknown(argc, argv, opts, usage->decides);
	argp_err_exit_status = USAGE;
	error = argp_parse(&argp, argc, argv, ARGP_NO_HELP, NULL, &parse);
	if (error == ENOMEM)
		no_memory();
	free(table);
	if (error)
		usage_error("%s", strerror(error));
}
