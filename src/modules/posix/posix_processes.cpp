// SPDX-License-Identifier: MIT
// posix: processes, users, the system; constants.
#include <fcntl.h>
#include <grp.h>
#include <sched.h>
#include <sys/resource.h>
#include <sys/statvfs.h>
#include <sys/times.h>
#include <sys/utsname.h>
#include <limits.h>
#include <signal.h>
#include <sys/wait.h>
#include <sysexits.h>
#include <unistd.h>

#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

#include "modules/posix/posix.h"

namespace viperine {

namespace {

Result<Value> posix_getpid(Thread&) { return Value::from_int(getpid()); }
Result<Value> posix_getppid(Thread&) { return Value::from_int(getppid()); }
Result<Value> posix_getuid(Thread&) { return Value::from_int(getuid()); }
Result<Value> posix_geteuid(Thread&) { return Value::from_int(geteuid()); }
Result<Value> posix_getgid(Thread&) { return Value::from_int(getgid()); }
Result<Value> posix_getegid(Thread&) { return Value::from_int(getegid()); }
Result<Value> posix_getpgrp(Thread&) { return Value::from_int(getpgrp()); }
Result<Value> posix_getpgid(Thread& thread, int pid) {
  int result = getpgid(pid);
  if (result < 0) return thread.raise_errno(errno);
  return Value::from_int(result);
}
Result<Value> posix_setpgid(Thread& thread, int pid, int group) { return none_or_error(thread, setpgid(pid, group)); }
Result<Value> posix_getsid(Thread& thread, int pid) {
  int result = getsid(pid);
  if (result < 0) return thread.raise_errno(errno);
  return Value::from_int(result);
}
Result<Value> posix_setsid(Thread& thread) { return none_or_error(thread, setsid() < 0 ? -1 : 0); }
Result<Value> posix_setuid(Thread& thread, int64_t uid) {
  return none_or_error(thread, setuid(static_cast<uid_t>(uid)));
}
Result<Value> posix_setgid(Thread& thread, int64_t gid) {
  return none_or_error(thread, setgid(static_cast<gid_t>(gid)));
}
Result<Value> posix_getgroups(Thread& thread) {
  int count = getgroups(0, nullptr);
  std::vector<gid_t> groups(static_cast<size_t>(count > 0 ? count : 0));
  if (count < 0 || getgroups(count, groups.data()) < 0) return thread.raise_errno(errno);
  List* list = List::make(thread.heap());
  for (gid_t group : groups) TRY(list_append_value(thread, list, Value::from_int(group)));
  return to_value(list);
}
Result<Value> posix_getlogin(Thread& thread) {
  const char* name = getlogin();
  if (name == nullptr) return thread.raise_errno(errno);
  return decode_path(thread, name, false);
}
Result<Value> posix_nice(Thread& thread, int increment) {
  errno = 0;
  int result = nice(increment);
  if (result == -1 && errno != 0) return thread.raise_errno(errno);
  return Value::from_int(result);
}

Result<Value> posix_kill(Thread& thread, int pid, int signal) { return none_or_error(thread, kill(pid, signal)); }
Result<Value> posix_killpg(Thread& thread, int group, int signal) {
  return none_or_error(thread, killpg(group, signal));
}
Result<Value> posix_abort(Thread&) { std::abort(); }
Result<Value> posix_exit(Thread&, int status) { _exit(status); }

/// NULL-terminated strings of a sequence of paths.
class StringArray {
 public:
  explicit StringArray(Thread& thread) : thread_(thread) {}
  ~StringArray() {
    for (char* text : items_) std::free(text);
  }
  Result<void> add(Value value) {
    Path path = TRY(path_argument(thread_, value, "execv", Descriptors::Refused, "arg"));
    items_.push_back(strdup(path.text()));
    return {};
  }
  void add(std::string_view text) { items_.push_back(strndup(text.data(), text.size())); }
  char** data() {
    items_.push_back(nullptr);
    return items_.data();
  }
  size_t size() const { return items_.size(); }

 private:
  Thread& thread_;
  std::vector<char*> items_;
};

Result<Value> execute(Thread& thread, Value path_value, Value arguments, Value environment, const char* name) {
  Path path = TRY(path_argument(thread, path_value, name, Descriptors::Allowed));
  if (!is<List>(arguments) && !is<Tuple>(arguments))
    return thread.raise<TypeError>("{}() arg 2 must be a tuple or list", name);
  StringArray argv(thread), envp(thread);
  TRY(for_each(thread, arguments, [&](Value item) -> Result<bool> {
    TRY(argv.add(item));
    return true;
  }));
  if (argv.size() == 0) return thread.raise<ValueError>("{}() arg 2 must not be empty", name);
  if (!environment.is_absent()) {
    Value items = TRY(call_method(thread, environment, thread.names().items));
    TRY(for_each(thread, items, [&](Value pair) -> Result<bool> {
      Path key = TRY(path_argument(thread, cast<Tuple>(pair)->at(0), name));
      Path value = TRY(path_argument(thread, cast<Tuple>(pair)->at(1), name));
      std::string text = std::string(key.bytes->view()) + "=" + std::string(value.bytes->view());
      envp.add(text);
      return true;
    }));
  }
  char** environment_list = environment.is_absent() ? environ : envp.data();
  if (path.is_descriptor())
    fexecve(path.descriptor, argv.data(), environment_list);
  else
    execve(path.text(), argv.data(), environment_list);
  return thread.raise_errno(errno, path.object);
}
Result<Value> posix_execv(Thread& thread, Value path, Value argv) {
  return execute(thread, path, argv, Value::absent(), "execv");
}
Result<Value> posix_execve(Thread& thread, Value path, Value argv, Value env) {
  return execute(thread, path, argv, env, "execve");
}

Result<Value> posix_waitpid(Thread& thread, int pid, int options) {
  int status = 0;
  bool raised = false;
  pid_t result = retry(thread, [&] { return waitpid(pid, &status, options); }, &raised);
  if (raised) return Raised{};
  if (result < 0) return thread.raise_errno(errno);
  return to_value(Tuple::of(thread.heap(), Value::from_int(result), Value::from_int(status)));
}
Result<Value> posix_wait(Thread& thread) { return posix_waitpid(thread, -1, 0); }
Result<Value> posix_system(Thread& thread, Value command) {
  Path path = TRY(path_argument(thread, command, "system"));
  return Value::from_int(without_lock(thread, [&] { return std::system(path.text()); }));
}

template <auto Test>
Result<Value> wait_test(Thread&, int status) {
  return Value::from_bool(Test(status));
}
bool exited(int s) { return WIFEXITED(s); }
bool signaled(int s) { return WIFSIGNALED(s); }
bool stopped(int s) { return WIFSTOPPED(s); }
bool continued(int s) { return WIFCONTINUED(s); }
bool dumped(int s) { return WCOREDUMP(s); }
Result<Value> exit_status(Thread&, int status) { return Value::from_int(WEXITSTATUS(status)); }
Result<Value> term_signal(Thread&, int status) { return Value::from_int(WTERMSIG(status)); }
Result<Value> stop_signal(Thread&, int status) { return Value::from_int(WSTOPSIG(status)); }
Result<Value> posix_waitstatus_to_exitcode(Thread& thread, Value status_value) {
  int status = TRY(to_c_int(thread, status_value));
  if (WIFEXITED(status)) return Value::from_int(WEXITSTATUS(status));
  if (WIFSIGNALED(status)) return Value::from_int(-WTERMSIG(status));
  if (WIFSTOPPED(status)) return thread.raise<ValueError>("process stopped by delivery of signal {}", WSTOPSIG(status));
  return thread.raise<ValueError>("invalid wait status: {}", status);
}

Result<Value> posix_putenv(Thread& thread, Value name, Value value) {
  Path key = TRY(path_argument(thread, name, "putenv", Descriptors::Refused, "name"));
  Path text = TRY(path_argument(thread, value, "putenv", Descriptors::Refused, "value"));
  if (std::strchr(key.text(), '=') != nullptr) return thread.raise<ValueError>("illegal environment variable name");
  return none_or_error(thread, setenv(key.text(), text.text(), 1));
}
Result<Value> posix_unsetenv(Thread& thread, Value name) {
  Path key = TRY(path_argument(thread, name, "unsetenv", Descriptors::Refused, "name"));
  return none_or_error(thread, unsetenv(key.text()));
}
Result<Value> posix_strerror(Thread& thread, int code) { return decode_path(thread, std::strerror(code), false); }
Result<Value> posix_uname(Thread& thread) {
  utsname info;
  if (uname(&info) != 0) return thread.raise_errno(errno);
  Value values[] = {decode_path(thread, info.sysname, false), decode_path(thread, info.nodename, false),
                    decode_path(thread, info.release, false), decode_path(thread, info.version, false),
                    decode_path(thread, info.machine, false)};
  return make_struct_sequence(thread, posix_type(thread, PosixType::UnameResult), values);
}
Result<Value> posix_times(Thread& thread) {
  tms info;
  clock_t elapsed = times(&info);
  double ticks = static_cast<double>(sysconf(_SC_CLK_TCK));
  auto in_seconds = [&](clock_t count) { return make_float(thread.heap(), static_cast<double>(count) / ticks); };
  Value values[] = {in_seconds(info.tms_utime), in_seconds(info.tms_stime), in_seconds(info.tms_cutime),
                    in_seconds(info.tms_cstime), in_seconds(elapsed)};
  return make_struct_sequence(thread, posix_type(thread, PosixType::TimesResult), values);
}
Result<Value> posix_cpu_count(Thread&) {
  long count = sysconf(_SC_NPROCESSORS_ONLN);
  return count < 1 ? Value::none() : Value::from_int(count);
}
Result<Value> posix_getloadavg(Thread& thread) {
  double loads[3];
  if (getloadavg(loads, 3) != 3) return thread.raise<OSError>("Load averages are unobtainable");
  return to_value(Tuple::of(thread.heap(), make_float(thread.heap(), loads[0]), make_float(thread.heap(), loads[1]),
                            make_float(thread.heap(), loads[2])));
}
Result<void> posix_sched_yield(Thread& thread) {
  without_lock(thread, [] { return sched_yield(); });
  return {};
}
Result<Value> posix_sched_getaffinity(Thread& thread, int pid) {
  cpu_set_t set;
  if (sched_getaffinity(pid, sizeof set, &set) != 0) return thread.raise_errno(errno);
  Set* result = make_set(thread, Kind::Set);
  for (int i = 0; i < CPU_SETSIZE; ++i)
    if (CPU_ISSET(i, &set)) TRY(set_add(thread, result, Value::from_int(i)));
  return to_value(result);
}
Result<Value> posix_sysconf(Thread& thread, Value name) {
  int which = -1;
  if (is_integer(name)) {
    which = TRY(to_c_int(thread, name));
  } else if (Str* text = try_str(thread, name)) {
    constexpr std::pair<const char*, int> kNames[] = {{"SC_PAGESIZE", _SC_PAGESIZE},
                                                      {"SC_PAGE_SIZE", _SC_PAGE_SIZE},
                                                      {"SC_NPROCESSORS_ONLN", _SC_NPROCESSORS_ONLN},
                                                      {"SC_NPROCESSORS_CONF", _SC_NPROCESSORS_CONF},
                                                      {"SC_PHYS_PAGES", _SC_PHYS_PAGES},
                                                      {"SC_AVPHYS_PAGES", _SC_AVPHYS_PAGES},
                                                      {"SC_OPEN_MAX", _SC_OPEN_MAX},
                                                      {"SC_CLK_TCK", _SC_CLK_TCK},
                                                      {"SC_ARG_MAX", _SC_ARG_MAX},
                                                      {"SC_CHILD_MAX", _SC_CHILD_MAX},
                                                      {"SC_IOV_MAX", _SC_IOV_MAX},
                                                      {"SC_SEM_NSEMS_MAX", _SC_SEM_NSEMS_MAX}};
    for (auto [key, value] : kNames)
      if (text->equals(key)) which = value;
    if (which < 0) return thread.raise<ValueError>("unrecognized configuration name");
  } else {
    return thread.raise<TypeError>("configuration names must be strings or integers");
  }
  errno = 0;
  long result = sysconf(which);
  if (result == -1 && errno != 0) return thread.raise_errno(errno);
  return make_int(thread.heap(), result);
}
constexpr NativeMethod kFunctions[] = {
    function<posix_getpid>("getpid()"),
    function<posix_getppid>("getppid()"),
    function<posix_getuid>("getuid()"),
    function<posix_geteuid>("geteuid()"),
    function<posix_getgid>("getgid()"),
    function<posix_getegid>("getegid()"),
    function<posix_getpgrp>("getpgrp()"),
    function<posix_getpgid>("getpgid(pid)"),
    function<posix_setpgid>("setpgid(pid, pgrp, /)"),
    function<posix_getsid>("getsid(pid, /)"),
    function<posix_setsid>("setsid()"),
    function<posix_setuid>("setuid(uid, /)"),
    function<posix_setgid>("setgid(gid, /)"),
    function<posix_getgroups>("getgroups()"),
    function<posix_getlogin>("getlogin()"),
    function<posix_nice>("nice(increment, /)"),
    function<posix_kill>("kill(pid, signal, /)"),
    function<posix_killpg>("killpg(pgid, signal, /)"),
    function<posix_abort>("abort()"),
    function<posix_exit>("_exit(status)"),
    function<posix_execv>("execv(path, argv, /)"),
    function<posix_execve>("execve(path, argv, env)"),
    function<posix_waitpid>("waitpid(pid, options, /)"),
    function<posix_wait>("wait()"),
    function<posix_system>("system(command)"),
    function<wait_test<exited>>("WIFEXITED(status)"),
    function<wait_test<signaled>>("WIFSIGNALED(status)"),
    function<wait_test<stopped>>("WIFSTOPPED(status)"),
    function<wait_test<continued>>("WIFCONTINUED(status)"),
    function<wait_test<dumped>>("WCOREDUMP(status, /)"),
    function<exit_status>("WEXITSTATUS(status)"),
    function<term_signal>("WTERMSIG(status)"),
    function<stop_signal>("WSTOPSIG(status)"),
    function<posix_waitstatus_to_exitcode>("waitstatus_to_exitcode(status)"),
    function<posix_putenv>("putenv(name, value, /)"),
    function<posix_unsetenv>("unsetenv(name, /)"),
    function<posix_strerror>("strerror(code, /)"),
    function<posix_uname>("uname()"),
    function<posix_times>("times()"),
    function<posix_cpu_count>("cpu_count()"),
    function<posix_getloadavg>("getloadavg()"),
    function<posix_sched_yield>("sched_yield()"),
    function<posix_sched_getaffinity>("sched_getaffinity(pid, /)"),
    function<posix_sysconf>("sysconf(name, /)"),
};

}  // namespace

std::span<const NativeMethod> posix_process_functions() { return kFunctions; }

Result<void> add_posix_constants(Thread& thread, Module* module) {
  constexpr std::pair<const char*, int> kConstants[] = {
#define CONSTANT(name) {#name, name}
      CONSTANT(F_OK),          CONSTANT(R_OK),           CONSTANT(W_OK),         CONSTANT(X_OK),
      CONSTANT(O_RDONLY),      CONSTANT(O_WRONLY),       CONSTANT(O_RDWR),       CONSTANT(O_NDELAY),
      CONSTANT(O_NONBLOCK),    CONSTANT(O_APPEND),       CONSTANT(O_DSYNC),      CONSTANT(O_RSYNC),
      CONSTANT(O_SYNC),        CONSTANT(O_NOCTTY),       CONSTANT(O_CREAT),      CONSTANT(O_EXCL),
      CONSTANT(O_TRUNC),       CONSTANT(O_LARGEFILE),    CONSTANT(O_PATH),       CONSTANT(O_TMPFILE),
      CONSTANT(O_CLOEXEC),     CONSTANT(O_ACCMODE),      CONSTANT(O_ASYNC),      CONSTANT(O_DIRECT),
      CONSTANT(O_DIRECTORY),   CONSTANT(O_NOFOLLOW),     CONSTANT(O_NOATIME),    CONSTANT(EX_OK),
      CONSTANT(EX_USAGE),      CONSTANT(EX_DATAERR),     CONSTANT(EX_NOINPUT),   CONSTANT(EX_NOUSER),
      CONSTANT(EX_NOHOST),     CONSTANT(EX_UNAVAILABLE), CONSTANT(EX_SOFTWARE),  CONSTANT(EX_OSERR),
      CONSTANT(EX_OSFILE),     CONSTANT(EX_CANTCREAT),   CONSTANT(EX_IOERR),     CONSTANT(EX_TEMPFAIL),
      CONSTANT(EX_PROTOCOL),   CONSTANT(EX_NOPERM),      CONSTANT(EX_CONFIG),    CONSTANT(WNOHANG),
      CONSTANT(WUNTRACED),     CONSTANT(WCONTINUED),     CONSTANT(WEXITED),      CONSTANT(WSTOPPED),
      CONSTANT(WNOWAIT),       CONSTANT(P_PID),          CONSTANT(P_PGID),       CONSTANT(P_ALL),
      CONSTANT(CLD_EXITED),    CONSTANT(CLD_KILLED),     CONSTANT(CLD_DUMPED),   CONSTANT(CLD_TRAPPED),
      CONSTANT(CLD_STOPPED),   CONSTANT(CLD_CONTINUED),  CONSTANT(F_LOCK),       CONSTANT(F_TLOCK),
      CONSTANT(F_ULOCK),       CONSTANT(F_TEST),         CONSTANT(PRIO_PROCESS), CONSTANT(PRIO_PGRP),
      CONSTANT(PRIO_USER),     CONSTANT(ST_RDONLY),      CONSTANT(ST_NOSUID),    CONSTANT(SEEK_DATA),
      CONSTANT(SEEK_HOLE),     CONSTANT(SCHED_OTHER),    CONSTANT(SCHED_FIFO),   CONSTANT(SCHED_RR),
      CONSTANT(NGROUPS_MAX),   {"TMP_MAX", 238328},      {"GRND_RANDOM", 2},     {"GRND_NONBLOCK", 1},
      {"RTLD_LAZY", 1},        {"RTLD_NOW", 2},          {"RTLD_GLOBAL", 256},   {"RTLD_LOCAL", 0},
      {"RTLD_NODELETE", 4096}, {"RTLD_NOLOAD", 4},       {"RTLD_DEEPBIND", 8},   {"EFD_CLOEXEC", O_CLOEXEC},
#undef CONSTANT
  };
  for (auto [name, value] : kConstants) TRY(add_int(thread, module, name, value));
  return {};
}

}  // namespace viperine
