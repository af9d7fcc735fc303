/*
 * kill.h: a process that is killed at the entry of its n-th system call, by ptrace.
 */
#ifndef DUBAN_TESTS_KILL_H
#define DUBAN_TESTS_KILL_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

/* kill_permitted: whether processes may be traced here; in some containers they may not. */
bool kill_permitted(void);

/* kill_me: in the child, before exec. */
void kill_me(void);

/*
 * kill_at: kills the child when one of its threads, however many there are, enters the n-th system
 * call after exec, from 1; what waitpid tells of its end. One that makes fewer ends by itself.
 */
int kill_at(pid_t child, size_t n);

/* kill_name: the number of the system call at which the last one was killed. */
long kill_number(void);

#endif
