/* The units whose records a file may hold. Of two imports for one of them the second waits. */
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

/* in the plan's order, so that no two wait for each other */
enum outcome import_lock(struct import *import)
{
	struct cli *cli = &import->add.cli;
	enum outcome outcome = DONE;

	for (size_t i = 0; i < import->nunits && outcome != BUSY; i++) {
		struct findings own = { 0 };
		struct str path = { 0 };
		int lock = -1;

		/* the file that plan-init writes; without a lock the rest is as it was */
		str_addf(&path, "%s/.keep", import->units[i]);
		outcome = store_lock(&cli->store, str_text(&path), import->add.writer.wait, &lock,
				     &own);
		if (outcome == DONE)
			import->locks[import->nlocks++] = lock;
		else if (outcome == BUSY)
			findings_append(&cli->findings, &own);
		findings_release(&own);
		str_release(&path);
	}
	return outcome == BUSY ? BUSY : DONE;
}

void import_unlock(struct import *import)
{
	while (import->nlocks)
		store_unlock(import->locks[--import->nlocks]);
}
