#include <pthread.h>
#include <sched.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/threads.h"

static void *work(void *context)
{
	++*(unsigned *)context;
	return NULL;
}

static void test_each_once(void **state)
{
	(void)state;
	for (size_t n = 1; n <= THREADS_MOST; n++) {
		unsigned parts[THREADS_MOST + 1] = { 0 };

		threads_run(work, parts, n, sizeof(*parts));
		for (size_t i = 0; i <= THREADS_MOST; i++)
			assert_int_equal(parts[i], i < n);
	}
}

static void *who(void *context)
{
	*(pthread_t *)context = pthread_self();
	return NULL;
}

static void test_usable(void **state)
{
	cpu_set_t before, one;
	pthread_t parts[2];
	size_t first = 0;

	(void)state;
	assert_in_range(threads_usable(), 1, THREADS_MOST);
	assert_int_equal(sched_getaffinity(0, sizeof(before), &before), 0);
	while (!CPU_ISSET(first, &before))
		first++;
	CPU_ZERO(&one);
	CPU_SET(first, &one);
	assert_int_equal(sched_setaffinity(0, sizeof(one), &one), 0);
	assert_int_equal(threads_usable(), 1);
	/* no other thread where there is one processor */
	threads_run(who, parts, 2, sizeof(*parts));
	assert_true(pthread_equal(parts[0], pthread_self()));
	assert_true(pthread_equal(parts[1], pthread_self()));
	assert_int_equal(sched_setaffinity(0, sizeof(before), &before), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_each_once),
		cmocka_unit_test(test_usable),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
