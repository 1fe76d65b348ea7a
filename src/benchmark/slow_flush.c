/*
 * A disk that takes its time: while the file named by SLOW_FLUSH_SWITCH exists, every flush waits
 * SLOW_FLUSH_MICROSECONDS (2000 unless told otherwise) and is then done as usual. Preloaded into
 * the processes that the benchmark compares, so that both pay the same for a durable commit,
 * whatever cache the machine's own disk acknowledges from. Switched by a file, because one server,
 * warmed up once, is measured with both disks in turn.
 *
 *   cc -shared -fPIC -O2 -o slow_flush.so slow_flush.c -ldl
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

typedef int flush_function(int);

static void wait_as_a_disk_would(void) {
  const char *switch_file = getenv("SLOW_FLUSH_SWITCH");
  if (switch_file == NULL || access(switch_file, F_OK) != 0) {
    return;
  }
  const char *text = getenv("SLOW_FLUSH_MICROSECONDS");
  long microseconds = text == NULL ? 2000 : atol(text);
  struct timespec left = {microseconds / 1000000, microseconds % 1000000 * 1000};
  while (nanosleep(&left, &left) != 0 && errno == EINTR) {
    /* A signal must not shorten the flush. */
  }
}

static int slow(const char *name, int file) {
  flush_function *real = (flush_function *) dlsym(RTLD_NEXT, name);
  if (real == NULL) {
    errno = ENOSYS;
    return -1;
  }
  wait_as_a_disk_would();
  return real(file);
}

int fsync(int file) { return slow("fsync", file); }

int fdatasync(int file) { return slow("fdatasync", file); }
