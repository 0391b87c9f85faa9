/* SPDX-License-Identifier: MIT
 * Runs a command and reports how it ended: what Python's fork cannot do without counting Python's own memory.
 * usage: launch ADDRESS_SPACE_BYTES(0: no limit) REPORT_FILE COMMAND [ARGUMENT...]
 * Writes "wait-status peak-kilobytes nanoseconds user-microseconds system-microseconds" to REPORT_FILE.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static long long now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1000000000LL + t.tv_nsec;
}

int main(int argc, char** argv) {
  if (argc < 4) return 2;
  unsigned long long limit = strtoull(argv[1], 0, 10);
  int report = open(argv[2], O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (report < 0) return 2;
  long long start = now();
  pid_t child = fork();
  if (child == 0) {
    if (limit) {
      struct rlimit space = {limit, limit};
      setrlimit(RLIMIT_AS, &space);
    }
    struct rlimit none = {0, 0}, file = {1 << 30, 1 << 30};
    setrlimit(RLIMIT_CORE, &none);
    setrlimit(RLIMIT_FSIZE, &file);
    execvp(argv[3], argv + 3);
    perror(argv[3]);
    _exit(127);
  }
  int status = 127 << 8;
  struct rusage usage = {0};
  if (child > 0) wait4(child, &status, 0, &usage);
  dprintf(report, "%d %ld %lld %lld %lld\n", status, usage.ru_maxrss, now() - start,
          usage.ru_utime.tv_sec * 1000000LL + usage.ru_utime.tv_usec,
          usage.ru_stime.tv_sec * 1000000LL + usage.ru_stime.tv_usec);
  return 0;
}
