/*
 * In place of libc's, lets a program's pauses pass at once: a poll that waits for nothing but time returns, and the clock
 * has moved on by that time. All else is the image that users run.
 */
#define _GNU_SOURCE
#include <poll.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static time_t skipped;

int poll(struct pollfd *descriptors, nfds_t count, int milliseconds) {
  if (count > 0 || milliseconds < 0) return syscall(SYS_poll, descriptors, count, milliseconds);
  skipped += (milliseconds + 999) / 1000;
  return 0;
}

int clock_gettime(clockid_t clock, struct timespec *now) {
  int result = syscall(SYS_clock_gettime, clock, now);
  if (clock == CLOCK_MONOTONIC) now->tv_sec += skipped;
  return result;
}
