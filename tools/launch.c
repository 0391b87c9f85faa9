/* SPDX-License-Identifier: MIT
 * Runs a command and reports how it ended: what Python's fork cannot do without counting Python's own memory.
 * usage: launch ADDRESS_SPACE_BYTES(0: no limit) REPORT_FILE COMMAND [ARGUMENT...]
 * Writes "wait-status peak-kilobytes nanoseconds user-microseconds system-microseconds" to REPORT_FILE.
 * Processes that the command leaves behind, also those in sessions of their own, are killed. SIGTERM ends the command:
 * (so does the end of whoever started it) first SIGABRT (faulthandler shows where it was), a second later SIGKILL.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static pid_t child;
static volatile sig_atomic_t stopped;

static long long now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1000000000LL + t.tv_nsec;
}

static void stop(int number) {
  int saved = errno;
  if (child > 0) kill(child, number == SIGALRM || stopped ? SIGKILL : SIGABRT);
  stopped = 1;
  alarm(1);
  errno = saved;
}

/* The parent of a process, from the fields behind its name in /proc/PID/stat; 0 when it is gone. */
static pid_t parent_of(const char* name) {
  char path[300], text[600];
  snprintf(path, sizeof path, "/proc/%s/stat", name);
  int file = open(path, O_RDONLY | O_CLOEXEC);
  if (file < 0) return 0;
  ssize_t length = read(file, text, sizeof text - 1);
  close(file);
  if (length <= 0) return 0;
  text[length] = 0;
  char* end = strrchr(text, ')');
  int parent = 0;
  return end && sscanf(end + 1, " %*c %d", &parent) == 1 ? parent : 0;
}

/* Kills what has become our child because its parent died; true when there was something. */
static int kill_orphans(void) {
  DIR* folder = opendir("/proc");
  int found = 0;
  if (!folder) return 0;
  for (struct dirent* entry; (entry = readdir(folder));) {
    if (entry->d_name[0] < '1' || entry->d_name[0] > '9' || parent_of(entry->d_name) != getpid()) continue;
    kill(atoi(entry->d_name), SIGKILL);
    found = 1;
  }
  closedir(folder);
  return found;
}

static void be_the_child(char** command, unsigned long long limit) {
  if (limit) {
    struct rlimit space = {limit, limit};
    setrlimit(RLIMIT_AS, &space);
  }
  struct rlimit none = {0, 0}, file = {1 << 30, 1 << 30};
  setrlimit(RLIMIT_CORE, &none);
  setrlimit(RLIMIT_FSIZE, &file);
  signal(SIGTERM, SIG_DFL);
  signal(SIGINT, SIG_DFL);      /* ignored when a shell started us in the background, and then by the command too */
  signal(SIGQUIT, SIG_DFL);
  signal(SIGHUP, SIG_DFL);
  execvp(command[0], command);
  perror(command[0]);
  _exit(127);
}

int main(int argc, char** argv) {
  if (argc < 4) return 2;
  int report = open(argv[2], O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (report < 0) return 2;
  prctl(PR_SET_CHILD_SUBREAPER, 1);
  prctl(PR_SET_PDEATHSIG, SIGTERM);     /* who started us was killed */
  struct sigaction action = {.sa_handler = stop};
  sigaction(SIGTERM, &action, 0);
  sigaction(SIGALRM, &action, 0);
  long long start = now();
  child = fork();
  if (child == 0) be_the_child(argv + 3, strtoull(argv[1], 0, 10));
  int status = 127 << 8, ignored;
  struct rusage usage = {0};
  for (pid_t ended = 0; child > 0 && ended != child;) {       /* orphans that end meanwhile are reaped as init would */
    int how;
    struct rusage used;
    ended = wait4(-1, &how, 0, &used);
    if (ended < 0 && errno != EINTR) break;
    if (ended == child) status = how, usage = used;
  }
  dprintf(report, "%d %ld %lld %lld %lld\n", status, usage.ru_maxrss, now() - start,
          usage.ru_utime.tv_sec * 1000000LL + usage.ru_utime.tv_usec,
          usage.ru_stime.tv_sec * 1000000LL + usage.ru_stime.tv_usec);
  close(report);
  child = 0;
  for (int round = 0; round < 1000; round++) {
    while (waitpid(-1, &ignored, WNOHANG) > 0) continue;
    if (waitpid(-1, &ignored, WNOHANG) < 0 && errno == ECHILD) break;
    if (!kill_orphans()) break;
    usleep(1000);
  }
  return 0;
}
