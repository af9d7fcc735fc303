#include "store/scan.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/msg.h"
#include "base/threads.h"
#include "store/list.h"

#define BATCH_RECORDS 64
#define BATCHES_A_THREAD 4
/* what is read before it is worked on: by turns, the two would drive each other from the caches */
#define GROUP_FILES 16
#define GROUP_BYTES ((size_t)64 * 1024)
#define RECORD_LIMIT ((size_t)1024 * 1024)

/* what a worker reads into; kept from record to record */
struct buffers {
	struct str *texts;
	struct stored_file *files;
	size_t cap;
};

struct job {
	struct batch batch;
	struct listed listed;
	bool done, failed;
};

struct crew {
	const struct scan *scan;
	struct lister *lister;
	pthread_mutex_t mutex;
	pthread_cond_t room, ready;
	struct job *ring;
	size_t size;          /* of the ring */
	uint64_t next, taken; /* batches handed out, batches taken */
	bool ended, stop;
};

struct worker {
	pthread_t thread;
	struct crew *crew;
	void *state;
	struct buffers buffers;
	struct arena arena;
};

static bool grow_buffers(struct buffers *b, size_t n)
{
	size_t cap = b->cap ? b->cap : 16;
	struct stored_file *files;
	struct str *texts;

	if (n <= b->cap)
		return true;
	while (cap < n)
		cap *= 2;
	texts = realloc(b->texts, cap * sizeof(*texts));
	if (!texts)
		return false;
	b->texts = texts;
	memset(texts + b->cap, 0, (cap - b->cap) * sizeof(*texts));
	files = realloc(b->files, cap * sizeof(*files));
	if (!files)
		return false;
	b->files = files;
	b->cap = cap;
	return true;
}

static void release_buffers(struct buffers *b)
{
	for (size_t i = 0; i < b->cap; i++)
		str_release(&b->texts[i]);
	free(b->texts);
	free(b->files);
}

static void read_one(int dir, const char *name, struct str *text, struct stored_file *file)
{
	/* one large file must not pin its memory for the rest of the scan */
	if (text->cap > GROUP_BYTES)
		str_release(text);
	str_reset(text);
	*file = (struct stored_file){ .name = name, .text = "" };
	if (!name)
		return;
	if (file_read_listed(dir, name, RECORD_LIMIT, text) < 0) {
		file->error = errno;
		return;
	}
	file->text = str_text(text);
	file->size = text->len;
}

/* the entry's files into the buffers from `first` on; how many bytes they have */
static size_t read_entry(struct worker *w, const struct job *job, const struct listed_entry *entry,
			 size_t first)
{
	bool named = w->crew->scan->names_only || entry->type > STORED_ORPHAN;
	struct stored_file *files = w->buffers.files + first;
	size_t bytes = 0;

	for (size_t i = 0; i < entry->nnames; i++) {
		if (named)
			files[i] = (struct stored_file){ .name = entry->names[i], .text = "" };
		else
			read_one(job->listed.dir, entry->names[i], &w->buffers.texts[first + i],
				 &files[i]);
		bytes += files[i].size;
	}
	return bytes;
}

/* reads the next entries that belong together, at least one; 0 when out of memory */
static size_t read_group(struct worker *w, const struct job *job,
			 const struct listed_entry *entries, size_t left)
{
	size_t n = 0, files = 0, bytes = 0;

	while (n < left && bytes < GROUP_BYTES &&
	       (!n || files + entries[n].nnames <= GROUP_FILES)) {
		if (!grow_buffers(&w->buffers, files + entries[n].nnames))
			return 0;
		bytes += read_entry(w, job, &entries[n], files);
		files += entries[n++].nnames;
	}
	return n;
}

static bool work_entry(struct worker *w, struct job *job, const struct listed_entry *entry,
		       size_t first)
{
	const struct scan *scan = w->crew->scan;
	const struct stored stored = { .type = entry->type,
				       .unit = job->listed.unit,
				       .folder = job->listed.folder,
				       .kind = job->listed.kind,
				       .id = entry->id,
				       .nfiles = entry->nnames,
				       .files = w->buffers.files + first };
	bool go_on = scan->work(scan->context, w->state, &w->arena, &stored, &job->batch);

	arena_reset(&w->arena);
	return go_on;
}

static void do_job(struct worker *w, struct job *job)
{
	const struct listed_entry *entries = job->listed.entries;
	size_t left = job->listed.nentries, n;

	for (; left && !job->failed; entries += n, left -= n) {
		size_t first = 0;

		n = read_group(w, job, entries, left);
		if (!n) {
			finding_errno(&job->batch.findings, NULL, _("cannot read"), ENOMEM);
			job->failed = true;
		}
		for (size_t i = 0; i < n && !job->failed; first += entries[i++].nnames)
			job->failed = !work_entry(w, job, &entries[i], first);
	}
}

static void drop_job(struct crew *crew, struct job *job)
{
	listed_release(crew->lister, &job->listed);
	findings_release(&job->batch.findings);
	arena_release(&job->batch.arena);
}

/* takes what the job brought; false when the scan must stop */
static bool take_job(struct crew *crew, struct job *job, struct findings *findings)
{
	bool go_on = !job->failed && crew->scan->take(crew->scan->context, &job->batch);

	findings_append(findings, &job->batch.findings);
	drop_job(crew, job);
	return go_on;
}

/* 1: *job is ready to be worked on, 0: nothing is left, -1: with a finding in the job */
static int next_job(struct crew *crew, struct job *job)
{
	int listed;

	*job = (struct job){ 0 };
	listed = lister_next(crew->lister, &job->batch.arena, BATCH_RECORDS, &job->listed,
			     &job->batch.findings);
	job->failed = listed < 0;
	return listed;
}

static enum outcome scan_alone(struct crew *crew, struct worker *w, struct findings *findings)
{
	struct job job;

	for (;;) {
		int n = next_job(crew, &job);

		if (n == 0) {
			drop_job(crew, &job);
			return DONE;
		}
		if (n > 0)
			do_job(w, &job);
		if (!take_job(crew, &job, findings))
			return CANNOT;
	}
}

/* the one who takes is woken for half a ring or the rest, not for every batch */
static bool is_worth_waking(const struct crew *crew)
{
	return crew->ring[crew->taken % crew->size].done &&
	       (crew->ended || crew->next - crew->taken >= crew->size / 2);
}

static void *run_worker(void *argument)
{
	struct worker *w = argument;
	struct crew *crew = w->crew;

	pthread_mutex_lock(&crew->mutex);
	for (;;) {
		struct job *job;
		int n;

		while (!crew->stop && !crew->ended && crew->next - crew->taken == crew->size)
			pthread_cond_wait(&crew->room, &crew->mutex);
		if (crew->stop || crew->ended)
			break;
		job = &crew->ring[crew->next % crew->size];
		n = next_job(crew, job);
		if (n == 0) {
			drop_job(crew, job);
			crew->ended = true;
			break;
		}
		crew->next++;
		if (n > 0) {
			pthread_mutex_unlock(&crew->mutex);
			do_job(w, job);
			pthread_mutex_lock(&crew->mutex);
		}
		job->done = true;
		if (is_worth_waking(crew))
			pthread_cond_signal(&crew->ready);
	}
	pthread_cond_broadcast(&crew->room);
	pthread_cond_signal(&crew->ready);
	pthread_mutex_unlock(&crew->mutex);
	return NULL;
}

/* the calling thread takes the batches in order while the workers make them */
static enum outcome take_all(struct crew *crew, struct findings *findings)
{
	enum outcome outcome = DONE;

	pthread_mutex_lock(&crew->mutex);
	while (outcome == DONE) {
		struct job *job = &crew->ring[crew->taken % crew->size];
		bool go_on;

		while (crew->taken < crew->next ? !job->done : !crew->ended)
			pthread_cond_wait(&crew->ready, &crew->mutex);
		if (crew->taken == crew->next)
			break;
		pthread_mutex_unlock(&crew->mutex);
		go_on = take_job(crew, job, findings);
		pthread_mutex_lock(&crew->mutex);
		crew->taken++;
		if (!go_on)
			outcome = CANNOT;
		pthread_cond_broadcast(&crew->room);
	}
	crew->stop = true;
	pthread_cond_broadcast(&crew->room);
	pthread_mutex_unlock(&crew->mutex);
	return outcome;
}

static bool worker_init(struct worker *w, struct crew *crew)
{
	const struct scan *scan = crew->scan;

	*w = (struct worker){ .crew = crew };
	if (!scan->worker_new)
		return true;
	w->state = scan->worker_new(scan->context);
	return w->state != NULL;
}

static void worker_release(struct worker *w)
{
	if (w->state && w->crew->scan->worker_free)
		w->crew->scan->worker_free(w->state);
	release_buffers(&w->buffers);
	arena_release(&w->arena);
}

static enum outcome scan_together(struct crew *crew, struct worker *workers, unsigned n,
				  struct findings *findings)
{
	enum outcome outcome;
	unsigned started = 0;

	while (started < n &&
	       pthread_create(&workers[started].thread, NULL, run_worker, &workers[started]) == 0)
		started++;
	if (!started)
		return scan_alone(crew, workers, findings);
	outcome = take_all(crew, findings);
	for (unsigned i = 0; i < started; i++)
		pthread_join(workers[i].thread, NULL);
	for (; crew->taken < crew->next; crew->taken++)
		drop_job(crew, &crew->ring[crew->taken % crew->size]);
	return outcome;
}

void finding_no_file(struct findings *findings, const char *path)
{
	struct finding what = { .level = LEVEL_ERROR, .code = "odd-name", .file = path };

	finding_hint(
		findings,
		findings_add(findings, &what, "%s", _("no regular file or folder has this name")),
		"%s", _("links are not followed; take it away"));
}

static enum outcome no_memory(struct findings *findings)
{
	finding_errno(findings, NULL, _("cannot read the records"), ENOMEM);
	return CANNOT;
}

enum outcome store_scan(const struct store *store, const struct scan *scan,
			struct findings *findings)
{
	struct crew crew = { .scan = scan,
			     .mutex = PTHREAD_MUTEX_INITIALIZER,
			     .room = PTHREAD_COND_INITIALIZER,
			     .ready = PTHREAD_COND_INITIALIZER };
	unsigned n = scan->threads ? scan->threads : (unsigned)threads_usable(), ready = 0;
	struct worker *workers = calloc(n, sizeof(*workers));
	enum outcome outcome;

	n = n > THREADS_MOST ? THREADS_MOST : n;
	crew.size = (size_t)n * BATCHES_A_THREAD;
	crew.ring = calloc(crew.size, sizeof(*crew.ring));
	crew.lister = lister_new(store, scan);
	while (workers && ready < n && worker_init(&workers[ready], &crew))
		ready++;
	if (!workers || !crew.ring || !crew.lister || !ready)
		outcome = no_memory(findings);
	else if (ready == 1)
		outcome = scan_alone(&crew, workers, findings);
	else
		outcome = scan_together(&crew, workers, ready, findings);
	for (unsigned i = 0; workers && i < n; i++)
		if (workers[i].crew)
			worker_release(&workers[i]);
	lister_free(crew.lister);
	free(crew.ring);
	free(workers);
	return outcome;
}
