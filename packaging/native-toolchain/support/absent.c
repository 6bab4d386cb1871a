/* What stands in for each native method of the JDK that the image refers to and that no command calls. */
#define _GNU_SOURCE
#include <errno.h>
#include <string.h>
#include <sys/uio.h>
#include <unistd.h>

enum { STANDARD_ERROR = 2, EXIT_CODE = 111 };

static void __attribute__((noreturn, unused)) absent(const char *symbol) {
  const char *parts[] = {program_invocation_short_name, ": fatal: internal error: ", symbol, " is not in this image\n"};
  struct iovec vector[4];
  for (int i = 0; i < 4; i++) vector[i] = (struct iovec) {(char *) parts[i], strlen(parts[i])};
  if (writev(STANDARD_ERROR, vector, 4) < 0) _exit(EXIT_CODE);
  _exit(EXIT_CODE);
}

/* Weak, for what the helpers beside this file define in earnest. */
#define STAND_IN(symbol) __attribute__((weak)) void symbol(void); void symbol(void) { absent(#symbol); }
#include "stand-ins"
