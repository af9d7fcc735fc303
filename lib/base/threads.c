#include "base/threads.h"

#include <pthread.h>
#include <sched.h>
#include <unistd.h>

size_t threads_usable(void)
{
	cpu_set_t ours;
	long n;

	CPU_ZERO(&ours);
	if (sched_getaffinity(0, sizeof(ours), &ours) == 0 && CPU_COUNT(&ours) > 0)
		n = CPU_COUNT(&ours);
	else
		n = sysconf(_SC_NPROCESSORS_ONLN);
	return n < 1 ? 1 : n > THREADS_MOST ? THREADS_MOST : (size_t)n;
}

void threads_run(void *(*work)(void *part), void *parts, size_t n, size_t size)
{
	pthread_t threads[THREADS_MOST];
	size_t most = threads_usable() > 1 ? n : 1, started = 1;
	char *part = parts;

	while (started < most &&
	       pthread_create(&threads[started], NULL, work, part + started * size) == 0)
		started++;
	work(part);
	for (size_t i = started; i < n; i++)
		work(part + i * size);
	for (size_t i = 1; i < started; i++)
		pthread_join(threads[i], NULL);
}
