/* The units whose records a file may hold. Of two imports for one of them the second waits. */
#include <time.h>

#include "base/msg.h"
#include "cli/import.h"

void import_units(struct import *import)
{
	struct cli *cli = &import->add.cli;
	int otherwise = import->add.for_text ? cli_unit(cli, "--for", import->add.for_text)
					     : import->add.writer.unit;
	bool missing;
	struct unit_set named = intake_units(&import->intake, &missing);

	import->units = arena_array(&import->arena, cli->plan.nfolders, sizeof(*import->units));
	import->locks = arena_array(&import->arena, cli->plan.nfolders, sizeof(*import->locks));
	if (!import->units || !import->locks)
		cli_no_memory(cli);
	if (missing)
		set_add(&named, otherwise);
	for (size_t i = 0; i < cli->plan.nunits; i++)
		if (set_has(&named, (int)i) && cli->plan.units[i].folder)
			import->units[import->nunits++] = cli->plan.units[i].id;
}

static struct finding *say(struct import *import, enum level level, const char *code, size_t unit,
			   const char *message)
{
	struct cli *cli = &import->add.cli;
	struct finding what = { .level = level,
				.code = code,
				.file = cli_path(cli, import->units[unit]) };

	return findings_add(&cli->findings, &what, "%s", message);
}

/* `seconds` is what is left to wait, for all of them together */
static enum outcome lock_unit(struct import *import, size_t unit, unsigned seconds)
{
	struct cli *cli = &import->add.cli;
	struct findings own = { 0 };
	struct str path = { 0 };
	enum outcome outcome;
	int lock = -1;

	/* the file that plan-init writes */
	str_addf(&path, "%s/.keep", import->units[unit]);
	outcome = store_lock(&cli->store, str_text(&path), seconds, &lock, &own);
	if (outcome == DONE)
		import->locks[import->nlocks++] = lock;
	else if (outcome == BUSY)
		finding_hint(&cli->findings,
			     say(import, LEVEL_ERROR, "busy", unit,
				 _("another import for this unit is at work")),
			     "%s", _("try again, or wait longer with --wait SECONDS"));
	else
		finding_hint(&cli->findings,
			     say(import, LEVEL_WARNING, "no-lock", unit,
				 _("the folder cannot be locked against another import")),
			     "%s", _("see to it that nobody else imports for this unit now"));
	findings_release(&own);
	str_release(&path);
	return outcome == BUSY ? BUSY : DONE;
}

static unsigned left_of(unsigned seconds, const struct timespec *start)
{
	struct timespec now;
	time_t gone;

	clock_gettime(CLOCK_MONOTONIC, &now);
	gone = now.tv_sec - start->tv_sec;
	return gone < (time_t)seconds ? seconds - (unsigned)gone : 0;
}

/* in the plan's order, so that no two wait for each other */
enum outcome import_lock(struct import *import)
{
	const struct store *store = &import->add.cli.store;
	enum outcome outcome = DONE;
	struct timespec start;

	clock_gettime(CLOCK_MONOTONIC, &start);
	for (size_t i = 0; i < import->nunits && outcome == DONE; i++)
		if (store_has_folder(store, import->units[i]))
			outcome = lock_unit(import, i, left_of(import->add.writer.wait, &start));
	return outcome;
}

void import_unlock(struct import *import)
{
	while (import->nlocks)
		store_unlock(import->locks[--import->nlocks]);
}
