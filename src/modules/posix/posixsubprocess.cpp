// SPDX-License-Identifier: MIT
// The module _posixsubprocess: fork_exec, the child side of subprocess.Popen.
// Invariant: between fork and exec the child allocates nothing and touches no Value, unless there is a preexec_fn.
#include <fcntl.h>
#include <grp.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cstdlib>
#include <cstring>
#include <vector>

#include "modules/posix/fork.h"
#include "modules/posix/posix.h"
#include "runtime/integers.h"

namespace viperine {

namespace {

/// NULL-terminated C strings of a sequence of paths.
class CStrings {
 public:
  CStrings() = default;
  CStrings(const CStrings&) = delete;
  ~CStrings() {
    for (char* text : items_) std::free(text);
  }
  Result<void> fill(Thread& thread, Value sequence) {
    TRY(for_each(thread, sequence, [&](Value item) -> Result<bool> {
      Path path = TRY(path_argument(thread, item, "fork_exec", Descriptors::Refused, "argument"));
      items_.push_back(strdup(path.text()));
      return true;
    }));
    items_.push_back(nullptr);
    return {};
  }
  char** data() { return items_.data(); }
  const std::vector<char*>& items() const { return items_; }

 private:
  std::vector<char*> items_;
};

/// Everything the child needs, as plain memory.
struct Child {
  CStrings arguments, executables, environment;
  bool has_arguments = false, has_environment = false;
  bool close_descriptors = false;
  std::vector<int> keep;
  const char* directory = nullptr;
  int p2c_read, p2c_write, c2p_read, c2p_write, error_read, error_write, report_read, report_write;
  bool restore_signals = false, new_session = false;
  int64_t process_group = -1;
  bool set_groups = false, set_group = false, set_user = false;
  std::vector<gid_t> groups;
  gid_t group = 0;
  uid_t user = 0;
  int64_t mask = -1;
};

bool set_inheritable(int descriptor) {
  int flags = fcntl(descriptor, F_GETFD);
  return flags >= 0 && fcntl(descriptor, F_SETFD, flags & ~FD_CLOEXEC) == 0;
}

void close_between(int first, int last) {
  if (first > last) return;
  if (syscall(SYS_close_range, first, last, 0) == 0) return;
  long limit = sysconf(_SC_OPEN_MAX);
  for (int descriptor = first; descriptor <= last && descriptor < limit; ++descriptor) close(descriptor);
}

/// keep is sorted.
void close_others(const Child& child) {
  int first = 3;
  for (int descriptor : child.keep) {
    if (descriptor < first) continue;
    close_between(first, descriptor - 1);
    first = descriptor + 1;
  }
  close_between(first, INT32_MAX);
}

/// `from` becomes descriptor `to`.
bool place_descriptor(int from, int to) {
  if (from == to) return set_inheritable(from);
  return from < 0 || dup2(from, to) >= 0;
}

bool place_standard_descriptors(Child& child) {
  for (int descriptor : child.keep)
    if (descriptor != child.report_write) set_inheritable(descriptor);
  for (int descriptor : {child.p2c_write, child.c2p_read, child.error_read, child.report_read})
    if (descriptor >= 0) close(descriptor);
  if (child.c2p_write == 0 && (child.c2p_write = dup(child.c2p_write)) < 0) return false;
  while (child.error_write == 0 || child.error_write == 1)
    if ((child.error_write = dup(child.error_write)) < 0) return false;
  return place_descriptor(child.p2c_read, 0) && place_descriptor(child.c2p_write, 1) &&
         place_descriptor(child.error_write, 2);
}

bool become(Child& child) {
  if (child.directory != nullptr && chdir(child.directory) != 0) return false;
  if (child.mask >= 0) umask(static_cast<mode_t>(child.mask));
  if (child.restore_signals) {
    signal(SIGPIPE, SIG_DFL);
    signal(SIGXFSZ, SIG_DFL);
  }
  if (child.new_session && setsid() < 0) return false;
  if (child.process_group >= 0 && setpgid(0, static_cast<pid_t>(child.process_group)) != 0) return false;
  if (child.set_groups && setgroups(child.groups.size(), child.groups.data()) != 0) return false;
  if (child.set_group && setregid(child.group, child.group) != 0) return false;
  return !child.set_user || setreuid(child.user, child.user) == 0;
}

void try_executables(Child& child) {
  int saved = 0;
  for (char* path : child.executables.items()) {
    if (path == nullptr) break;
    char* none[] = {nullptr};
    execve(path, child.has_arguments ? child.arguments.data() : none,
           child.has_environment ? child.environment.data() : environ);
    if (errno != ENOENT && errno != ENOTDIR && saved == 0) saved = errno;
  }
  if (saved != 0) errno = saved;
}

void write_all(int descriptor, const char* text, size_t length) {
  while (length > 0) {
    ssize_t count = write(descriptor, text, length);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return;
    text += count;
    length -= static_cast<size_t>(count);
  }
}

/// "OSError:<errno in hexadecimal>:<note>", which the parent turns into the exception.
[[noreturn]] void report_and_exit(const Child& child, int error, const char* note) {
  char text[96];
  size_t length = 0;
  auto put = [&](const char* part) {
    while (*part != 0) text[length++] = *part++;
  };
  if (error != 0) {
    put("OSError:");
    char digits[16];
    int count = 0;
    for (unsigned rest = static_cast<unsigned>(error); rest != 0; rest >>= 4)
      digits[count++] = "0123456789abcdef"[rest & 15];
    while (count > 0) text[length++] = digits[--count];
    put(":");
  } else {
    put("SubprocessError:0:");
  }
  put(note);
  write_all(child.report_write, text, length);
  _exit(255);
}

[[noreturn]] void run_child(Thread& thread, Child& child, Value before_exec) {
  if (!place_standard_descriptors(child) || !become(child)) report_and_exit(child, errno, "noexec");
  if (!before_exec.is_none()) {
    after_fork_in_child(thread);
    if (call(thread, before_exec).is_raised()) report_and_exit(child, 0, "Exception occurred in preexec_fn.");
  }
  if (child.close_descriptors) close_others(child);
  try_executables(child);
  report_and_exit(child, errno, "");
}

Result<void> read_descriptors(Thread& thread, const Arguments& arguments, Child& child) {
  child.close_descriptors = TRY(is_true(thread, arguments[2]));
  if (!is<Tuple>(arguments[3]))
    return thread.raise<TypeError>("fork_exec() argument 4 must be tuple, not {}", type_name_of(arguments[3]));
  auto* keep = cast<Tuple>(arguments[3]);
  for (int64_t i = 0; i < keep->length(); ++i) {
    int64_t descriptor = -1;
    if (!is_integer(keep->at(i)) || !int_fits_int64(keep->at(i), &descriptor) || descriptor < 0 ||
        descriptor > INT32_MAX || (!child.keep.empty() && descriptor <= child.keep.back()))
      return thread.raise<ValueError>("bad value(s) in fds_to_keep");
    child.keep.push_back(static_cast<int>(descriptor));
  }
  int* const places[] = {&child.p2c_read,   &child.p2c_write,   &child.c2p_read,    &child.c2p_write,
                         &child.error_read, &child.error_write, &child.report_read, &child.report_write};
  for (uint32_t i = 0; i < 8; ++i) *places[i] = TRY(to_c_int(thread, arguments[6 + i]));
  if (child.close_descriptors && child.report_write < 3) return thread.raise<ValueError>("errpipe_write must be >= 3");
  return {};
}

Result<void> read_identity(Thread& thread, const Arguments& arguments, Child& child) {
  child.restore_signals = TRY(is_true(thread, arguments[14]));
  child.new_session = TRY(is_true(thread, arguments[15]));
  child.process_group = TRY(to_c_int64(thread, arguments[16]));
  if (!arguments[17].is_none()) {
    child.set_group = true;
    child.group = TRY(identity_argument(thread, arguments[17], "gid"));
  }
  if (!arguments[18].is_none()) {
    if (!is<List>(arguments[18])) return thread.raise<TypeError>("setgroups argument must be a list");
    child.set_groups = true;
    auto* list = cast<List>(arguments[18]);
    for (int64_t i = 0; i < list->length(); ++i) {
      if (!is_integer(list->at(i))) return thread.raise<TypeError>("groups must be integers");
      auto id = identity_argument(thread, list->at(i), "gid");
      if (id.is_raised()) {
        thread.clear_pending();
        return thread.raise<ValueError>("invalid group id");
      }
      child.groups.push_back(id.take());
    }
  }
  if (!arguments[19].is_none()) {
    child.set_user = true;
    child.user = TRY(identity_argument(thread, arguments[19], "uid"));
  }
  child.mask = TRY(to_c_int64(thread, arguments[20]));
  return {};
}

Result<Value> fork_exec(Thread& thread, const Arguments& arguments) {
  if (arguments.keyword_count() > 0)
    return thread.raise<TypeError>("_posixsubprocess.fork_exec() takes no keyword arguments");
  if (arguments.count != 23)
    return thread.raise<TypeError>("fork_exec() takes exactly 23 arguments ({} given)",
                                   static_cast<int64_t>(arguments.count));
  Child child;
  TRY(read_descriptors(thread, arguments, child));
  TRY(read_identity(thread, arguments, child));
  TRY(child.executables.fill(thread, arguments[1]));
  if (!arguments[0].is_none()) {
    child.has_arguments = true;
    TRY(child.arguments.fill(thread, arguments[0]));
  }
  if (!arguments[5].is_none()) {
    child.has_environment = true;
    TRY(child.environment.fill(thread, arguments[5]));
  }
  Bytes* directory = nullptr;
  if (!arguments[4].is_none()) {
    Path path = TRY(path_argument(thread, arguments[4], "fork_exec", Descriptors::Refused, "cwd"));
    directory = path.bytes;
    child.directory = path.text();
  }
  bool runs_python = !arguments[21].is_none();
  if (runs_python) before_fork(thread);
  pid_t pid = fork();
  if (pid == 0) run_child(thread, child, arguments[21]);
  int error = errno;
  if (runs_python) after_fork_in_parent(thread);
  if (pid < 0) return thread.raise_errno(error);
  asm volatile("" : : "r"(directory) : "memory");  // stays on the stack as long as its text is used
  return Value::from_int(pid);
}

constexpr NativeMethod kFunctions[] = {function<fork_exec>("fork_exec(*args, **kwargs)")};

}  // namespace

extern const ModuleSpec kPosixSubprocessModule = {
    .name = "_posixsubprocess", .functions = kFunctions, .doc = "A POSIX helper for the subprocess module."};

}  // namespace viperine
