// SPDX-License-Identifier: MIT
// posix: programs in place of this process (execv, execve) and beside it (posix_spawn), and waiting for them.
#include <fcntl.h>
#include <sched.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

#include "modules/posix/posix.h"
#include "modules/resource.h"
#include "modules/signals.h"
#include "runtime/import.h"

namespace viperine {

namespace {

/// NULL-terminated strings, as exec takes them.
class StringArray {
 public:
  StringArray() = default;
  StringArray(const StringArray&) = delete;
  ~StringArray() {
    for (char* text : items_) std::free(text);
  }
  void add(std::string_view text) { items_.push_back(strndup(text.data(), text.size())); }
  char** data() {
    items_.push_back(nullptr);
    return items_.data();
  }
  bool is_empty() const { return items_.empty(); }
  const char* first() const { return items_[0]; }

 private:
  std::vector<char*> items_;
};

/// `what` is how CPython's texts name the argument: "execv() arg 2" or "execve: argv".
Result<void> fill_arguments(Thread& thread, Value arguments, const char* what, StringArray& out) {
  if (!is<List>(arguments) && !is<Tuple>(arguments)) return thread.raise<TypeError>("{} must be a tuple or list", what);
  TRY(for_each(thread, arguments, [&](Value item) -> Result<bool> {
    out.add(TRY(filesystem_bytes(thread, item))->view());
    return true;
  }));
  if (out.is_empty()) return thread.raise<ValueError>("{} must not be empty", what);
  if (out.first()[0] == 0) return thread.raise<ValueError>("{} first element cannot be empty", what);
  return {};
}

Result<void> fill_environment(Thread& thread, Value mapping, const char* function, StringArray& out) {
  if (type_of(thread, mapping)->slots().get_item == nullptr)
    return thread.raise<TypeError>("{}: environment must be a mapping object", function);
  Value keys = to_value(TRY(tuple_from_iterable(thread, TRY(call_method(thread, mapping, thread.names().keys)))));
  Value values = to_value(TRY(tuple_from_iterable(thread, TRY(call_method(thread, mapping, thread.names().values)))));
  for (int64_t i = 0; i < cast<Tuple>(keys)->length() && i < cast<Tuple>(values)->length(); ++i) {
    std::string text(TRY(filesystem_bytes(thread, cast<Tuple>(keys)->at(i)))->view());
    if (text.find('=', 1) != std::string::npos) return thread.raise<ValueError>("illegal environment variable name");
    text += "=";
    text += TRY(filesystem_bytes(thread, cast<Tuple>(values)->at(i)))->view();
    out.add(text);
  }
  return {};
}

Result<Value> posix_execv(Thread& thread, Value path_value, Value arguments) {
  Path path = TRY(path_argument(thread, path_value, "execv"));
  StringArray argv;
  TRY(fill_arguments(thread, arguments, "execv() arg 2", argv));
  TRY(audit(thread, "os.exec", path.object, arguments, Value::none()));
  execv(path.text(), argv.data());
  return thread.raise_errno(errno);
}
Result<Value> posix_execve(Thread& thread, Value path_value, Value arguments, Value environment) {
  Path path = TRY(path_argument(thread, path_value, "execve", Descriptors::Allowed));
  StringArray argv, envp;
  TRY(fill_arguments(thread, arguments, "execve: argv", argv));
  TRY(fill_environment(thread, environment, "execve", envp));
  TRY(audit(thread, "os.exec", path.object, arguments, environment));
  if (path.is_descriptor())
    fexecve(path.descriptor, argv.data(), envp.data());
  else
    execve(path.text(), argv.data(), envp.data());
  return thread.raise_errno(errno, path.object);
}

// --- posix_spawn

enum { kSpawnOpen, kSpawnClose, kSpawnDup2 };

/// The attributes and actions of one posix_spawn.
struct SpawnOptions {
  posix_spawnattr_t attributes;
  posix_spawn_file_actions_t actions;
  short flags = 0;
  SpawnOptions() {
    posix_spawnattr_init(&attributes);
    posix_spawn_file_actions_init(&actions);
  }
  SpawnOptions(const SpawnOptions&) = delete;
  ~SpawnOptions() {
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
  }
};

Result<void> add_file_action(Thread& thread, Value action, SpawnOptions& options) {
  if (!is<Tuple>(action) || cast<Tuple>(action)->length() == 0)
    return thread.raise<TypeError>("Each file_actions element must be a non-empty tuple");
  auto part = [&](int64_t i) { return cast<Tuple>(action)->at(i); };
  int64_t count = cast<Tuple>(action)->length();
  int which = TRY(to_c_int(thread, part(0)));
  int error = 0;
  if (which == kSpawnOpen) {
    if (count != 5) return thread.raise<TypeError>("A open file_action tuple must have 5 elements");
    int fd = TRY(to_c_int(thread, part(1)));
    Bytes* path = TRY(filesystem_bytes(thread, part(2)));
    int flags = TRY(to_c_int(thread, part(3)));
    auto mode = static_cast<mode_t>(TRY(to_c_int64(thread, part(4))));
    error = posix_spawn_file_actions_addopen(&options.actions, fd, reinterpret_cast<const char*>(path->data()), flags,
                                             mode);
  } else if (which == kSpawnClose) {
    if (count != 2) return thread.raise<TypeError>("A close file_action tuple must have 2 elements");
    error = posix_spawn_file_actions_addclose(&options.actions, TRY(to_c_int(thread, part(1))));
  } else if (which == kSpawnDup2) {
    if (count != 3) return thread.raise<TypeError>("A dup2 file_action tuple must have 3 elements");
    int from = TRY(to_c_int(thread, part(1)));
    error = posix_spawn_file_actions_adddup2(&options.actions, from, TRY(to_c_int(thread, part(2))));
  } else {
    return thread.raise<TypeError>("Unknown file_actions identifier");
  }
  if (error != 0) return thread.raise_errno(error);
  return {};
}

Result<void> set_scheduler(Thread& thread, Value scheduler, SpawnOptions& options) {
  if (!is<Tuple>(scheduler) || cast<Tuple>(scheduler)->length() != 2)
    return thread.raise<TypeError>("A scheduler tuple must have two elements");
  Value policy = cast<Tuple>(scheduler)->at(0);
  if (!policy.is_none()) {
    int number = TRY(to_c_int(thread, policy));
    options.flags |= POSIX_SPAWN_SETSCHEDULER;
    int error = posix_spawnattr_setschedpolicy(&options.attributes, number);
    if (error != 0) return thread.raise_errno(error);
  }
  sched_param parameter = TRY(scheduling_argument(thread, cast<Tuple>(scheduler)->at(1)));
  options.flags |= POSIX_SPAWN_SETSCHEDPARAM;
  int error = posix_spawnattr_setschedparam(&options.attributes, &parameter);
  if (error != 0) return thread.raise_errno(error);
  return {};
}

struct SpawnArguments {
  Value path, argv, env;
  Optional<Value> file_actions;
  Optional<int> setpgroup;
  bool resetids, setsid;
  Optional<Value> setsigmask, setsigdef, scheduler;
};
Result<void> set_options(Thread& thread, const SpawnArguments& given, SpawnOptions& options) {
  if (given.setpgroup) {
    options.flags |= POSIX_SPAWN_SETPGROUP;
    posix_spawnattr_setpgroup(&options.attributes, *given.setpgroup);
  }
  if (given.resetids) options.flags |= POSIX_SPAWN_RESETIDS;
  if (given.setsid) options.flags |= POSIX_SPAWN_SETSID;
  if (given.setsigmask) {
    sigset_t mask = TRY(signal_set_argument(thread, *given.setsigmask));
    options.flags |= POSIX_SPAWN_SETSIGMASK;
    posix_spawnattr_setsigmask(&options.attributes, &mask);
  }
  if (given.setsigdef) {
    sigset_t defaults = TRY(signal_set_argument(thread, *given.setsigdef));
    options.flags |= POSIX_SPAWN_SETSIGDEF;
    posix_spawnattr_setsigdefault(&options.attributes, &defaults);
  }
  if (given.scheduler) TRY(set_scheduler(thread, *given.scheduler, options));
  posix_spawnattr_setflags(&options.attributes, options.flags);
  return {};
}

Result<Value> spawn(Thread& thread, const SpawnArguments& given, const char* function, bool search) {
  Path path = TRY(path_argument(thread, given.path, function));
  StringArray argv, envp;
  TRY(fill_arguments(thread, given.argv, search ? "posix_spawnp: argv" : "posix_spawn: argv", argv));
  TRY(fill_environment(thread, given.env, function, envp));
  SpawnOptions options;
  if (given.file_actions && !(*given.file_actions).is_none()) {
    if (type_of(thread, *given.file_actions)->slots().iter == nullptr)
      return thread.raise<TypeError>("file_actions must be a sequence or None");
    TRY(for_each(thread, *given.file_actions, [&](Value action) -> Result<bool> {
      TRY(add_file_action(thread, action, options));
      return true;
    }));
  }
  TRY(set_options(thread, given, options));
  TRY(audit(thread, "os.posix_spawn", path.object, given.argv, given.env));
  pid_t pid = 0;
  int error = search
                  ? ::posix_spawnp(&pid, path.text(), &options.actions, &options.attributes, argv.data(), envp.data())
                  : ::posix_spawn(&pid, path.text(), &options.actions, &options.attributes, argv.data(), envp.data());
  if (error != 0) return thread.raise_errno(error, path.object);
  return Value::from_int(pid);
}
template <bool kSearch>
Result<Value> posix_spawn_function(Thread& thread, Value path, Value argv, Value env, Optional<Value> file_actions,
                                   Optional<int> setpgroup, int resetids, bool setsid, Optional<Value> setsigmask,
                                   Optional<Value> setsigdef, Optional<Value> scheduler) {
  const SpawnArguments given = {path,          argv,   env,        file_actions, setpgroup,
                                resetids != 0, setsid, setsigmask, setsigdef,    scheduler};
  return spawn(thread, given, kSearch ? "posix_spawnp" : "posix_spawn", kSearch);
}

// --- waiting

Result<Value> with_usage(Thread& thread, pid_t pid, int status, const rusage& usage) {
  TRY(import_module(thread, "resource"));
  Value items = TRY(usage_value(thread, usage));
  return to_value(Tuple::of(thread.heap(), Value::from_int(pid), Value::from_int(status), items));
}
Result<Value> posix_wait4(Thread& thread, int pid, int options) {
  int status = 0;
  rusage usage{};
  bool raised = false;
  pid_t result = retry(
      thread, [&] { return wait4(pid, &status, options, &usage); }, &raised);
  if (raised) return Raised{};
  if (result < 0) return thread.raise_errno(errno);
  return with_usage(thread, result, status, usage);
}
Result<Value> posix_wait3(Thread& thread, int options) { return posix_wait4(thread, -1, options); }
Result<Value> posix_waitpid(Thread& thread, int pid, int options) {
  int status = 0;
  bool raised = false;
  pid_t result = retry(
      thread, [&] { return waitpid(pid, &status, options); }, &raised);
  if (raised) return Raised{};
  if (result < 0) return thread.raise_errno(errno);
  return to_value(Tuple::of(thread.heap(), Value::from_int(result), Value::from_int(status)));
}
Result<Value> posix_wait(Thread& thread) { return posix_waitpid(thread, -1, 0); }
Result<Value> posix_waitid(Thread& thread, int idtype, int64_t id, int options) {
  siginfo_t info{};
  bool raised = false;
  int result = retry(
      thread, [&] { return waitid(static_cast<idtype_t>(idtype), static_cast<id_t>(id), &info, options); }, &raised);
  if (raised) return Raised{};
  if (result < 0) return thread.raise_errno(errno);
  if (info.si_pid == 0) return Value::none();
  Value values[] = {Value::from_int(info.si_pid), Value::from_int(info.si_uid), Value::from_int(info.si_signo),
                    Value::from_int(info.si_status), Value::from_int(info.si_code)};
  return make_struct_sequence(thread, posix_type(thread, PosixType::WaitidResult), values);
}
Result<Value> posix_pidfd_open(Thread& thread, int pid, int64_t flags) {
  long descriptor = syscall(SYS_pidfd_open, pid, static_cast<unsigned>(flags));
  if (descriptor < 0) return thread.raise_errno(errno);
  return Value::from_int(descriptor);
}

#define SPAWN_PARAMETERS                                                                             \
  "(path, argv, env, /, *, file_actions=(), setpgroup=<unrepresentable>, resetids=0, setsid=False, " \
  "setsigmask=(), setsigdef=(), scheduler=<unrepresentable>)"
constexpr NativeMethod kFunctions[] = {
    function<posix_execv>("execv(path, argv, /)"),
    function<posix_execve>("execve(path, argv, env)"),
    function<posix_spawn_function<false>>("posix_spawn" SPAWN_PARAMETERS),
    function<posix_spawn_function<true>>("posix_spawnp" SPAWN_PARAMETERS),
    function<posix_wait>("wait()"),
    function<posix_wait3>("wait3(options)"),
    function<posix_wait4>("wait4(pid, options)"),
    function<posix_waitpid>("waitpid(pid, options, /)"),
    function<posix_waitid>("waitid(idtype, id, options, /)"),
    function<posix_pidfd_open>("pidfd_open(pid, flags=0)"),
};

}  // namespace

std::span<const NativeMethod> posix_spawn_functions() { return kFunctions; }

}  // namespace viperine
