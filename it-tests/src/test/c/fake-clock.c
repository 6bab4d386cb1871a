/*
 * In place of libc's, a clock that stands still or jumps, as libfaketime's does for executables that are linked dynamically:
 * at the time in $FAKETIME, or in the file that $FAKETIME_TIMESTAMP_FILE names, as 2001-09-09 01:46:40, UTC.
 */
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static int told(char *time, int size) {
  const char *variable = getenv("FAKETIME"), *path = getenv("FAKETIME_TIMESTAMP_FILE");
  FILE *file;
  int read;
  if (variable) return snprintf(time, size, "%s", variable) < size;
  if (!path || !(file = fopen(path, "re"))) return 0;
  read = fgets(time, size, file) != NULL;
  fclose(file);
  return read;
}

int clock_gettime(clockid_t clock, struct timespec *now) {
  char time[64];
  struct tm tm;
  if (clock != CLOCK_REALTIME || !told(time, sizeof time)) return syscall(SYS_clock_gettime, clock, now);
  memset(&tm, 0, sizeof tm);
  if (sscanf(time, "%d-%d-%d %d:%d:%d", &tm.tm_year, &tm.tm_mon, &tm.tm_mday, &tm.tm_hour, &tm.tm_min, &tm.tm_sec) != 6) abort();
  tm.tm_year -= 1900;
  tm.tm_mon--;
  now->tv_sec = timegm(&tm);
  now->tv_nsec = 0;
  return 0;
}
