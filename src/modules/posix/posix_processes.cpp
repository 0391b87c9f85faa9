// SPDX-License-Identifier: MIT
// posix: processes, users, the system; constants.
#include <fcntl.h>
#include <limits.h>
#include <linux/limits.h>
#include <linux/memfd.h>
#include <sched.h>
#include <signal.h>
#include <sys/eventfd.h>
#include <sys/random.h>
#include <sys/resource.h>
#include <sys/statvfs.h>
#include <sys/times.h>
#include <sys/uio.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <sys/xattr.h>
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

Result<Value> posix_kill(Thread& thread, int pid, int signal) {
  TRY(audit(thread, "os.kill", Value::from_int(pid), Value::from_int(signal)));
  return none_or_error(thread, kill(pid, signal));
}
Result<Value> posix_killpg(Thread& thread, int group, int signal) {
  TRY(audit(thread, "os.killpg", Value::from_int(group), Value::from_int(signal)));
  return none_or_error(thread, killpg(group, signal));
}
Result<Value> posix_abort(Thread&) { std::abort(); }
Result<Value> posix_exit(Thread&, int status) { _exit(status); }

Result<Value> posix_system(Thread& thread, Value command) {
  Path path = TRY(path_argument(thread, command, "system"));
  TRY(audit(thread, "os.system", to_value(path.bytes)));
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
  TRY(audit(thread, "os.putenv", to_value(key.bytes), to_value(text.bytes)));
  return none_or_error(thread, setenv(key.text(), text.text(), 1));
}
Result<Value> posix_unsetenv(Thread& thread, Value name) {
  Path key = TRY(path_argument(thread, name, "unsetenv", Descriptors::Refused, "name"));
  TRY(audit(thread, "os.unsetenv", to_value(key.bytes)));
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
    function<posix_getlogin>("getlogin()"),
    function<posix_nice>("nice(increment, /)"),
    function<posix_kill>("kill(pid, signal, /)"),
    function<posix_killpg>("killpg(pgid, signal, /)"),
    function<posix_abort>("abort()"),
    function<posix_exit>("_exit(status)"),
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
};

}  // namespace

std::span<const NativeMethod> posix_process_functions() { return kFunctions; }

Result<void> add_posix_constants(Thread& thread, Module* module) {
  constexpr std::pair<const char*, int64_t> kConstants[] = {
#define CONSTANT(name) {#name, static_cast<int64_t>(name)},
#include "modules/posix/posix_constants.def"
#undef CONSTANT
      {"TMP_MAX", 238328},     {"RTLD_LAZY", 1},         {"RTLD_NOW", 2},         {"RTLD_GLOBAL", 256},
      {"RTLD_LOCAL", 0},       {"RTLD_NODELETE", 4096},  {"RTLD_NOLOAD", 4},      {"RTLD_DEEPBIND", 8},
      {"POSIX_SPAWN_OPEN", 0}, {"POSIX_SPAWN_CLOSE", 1}, {"POSIX_SPAWN_DUP2", 2},
  };
  for (auto [name, value] : kConstants) TRY(add_int(thread, module, name, value));
  return {};
}

}  // namespace viperine
