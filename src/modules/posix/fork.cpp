// SPDX-License-Identifier: MIT
// posix: fork and forkpty, their hooks, pseudo-terminals.
#include "modules/posix/fork.h"

#include <fcntl.h>
#include <pty.h>
#include <unistd.h>
#include <utmp.h>

#include "modules/posix/posix.h"
#include "runtime/import.h"
#include "runtime/threads.h"

namespace viperine {

namespace {

enum Hook { kBefore, kChild, kParent };

/// What a hook raises is reported; the next one runs all the same.
void run_hook(Thread& thread, Value registration, Hook which) {
  Value hook = cast<Tuple>(registration)->at(which);
  if (!hook.is_none() && call(thread, hook).is_raised()) report_unraisable(thread, hook);
}
List* hooks(Thread& thread) {
  Module* module = native_module(thread, "posix");
  return module != nullptr ? cast<List>(posix_state(thread, PosixType::ForkHooks)) : nullptr;
}
void run_in_order(Thread& thread, Hook which) {
  List* list = hooks(thread);
  for (int64_t i = 0; list != nullptr && i < list->length(); ++i) run_hook(thread, list->at(i), which);
}

}  // namespace

void before_fork(Thread& thread) {
  List* list = hooks(thread);
  if (list == nullptr) return;
  for (int64_t i = list->length() - 1; i >= 0; --i)
    if (i < list->length()) run_hook(thread, list->at(i), kBefore);
}
void after_fork_in_parent(Thread& thread) { run_in_order(thread, kParent); }
void after_fork_in_child(Thread& thread) {
  reinitialize_threads(thread);
  clear_signals_after_fork(thread);
  run_in_order(thread, kChild);
}

namespace {

Result<Value> posix_fork(Thread& thread) {
  TRY(audit(thread, "os.fork"));
  before_fork(thread);
  pid_t pid = fork();
  int error = errno;
  if (pid == 0)
    after_fork_in_child(thread);
  else
    after_fork_in_parent(thread);
  if (pid < 0) return thread.raise_errno(error);
  return Value::from_int(pid);
}
Result<Value> posix_forkpty(Thread& thread) {
  TRY(audit(thread, "os.forkpty"));
  before_fork(thread);
  int terminal = -1;
  pid_t pid = forkpty(&terminal, nullptr, nullptr, nullptr);
  int error = errno;
  if (pid == 0)
    after_fork_in_child(thread);
  else
    after_fork_in_parent(thread);
  if (pid < 0) return thread.raise_errno(error);
  return make_pair(thread, Value::from_int(pid), Value::from_int(terminal));
}
Result<Value> posix_register_at_fork(Thread& thread, Optional<Value> before, Optional<Value> after_in_child,
                                     Optional<Value> after_in_parent) {
  const Optional<Value> given[] = {before, after_in_child, after_in_parent};
  const char* names[] = {"before", "after_in_child", "after_in_parent"};
  if (!before && !after_in_child && !after_in_parent)
    return thread.raise<TypeError>("At least one argument is required.");
  for (int i = 0; i < 3; ++i)
    if (given[i] && !is_callable(thread, *given[i]))
      return thread.raise<TypeError>("'{}' must be callable, not {}", names[i], type_name_of(*given[i]));
  Value entry = to_value(Tuple::of(thread.heap(), before.value_or(Value::none()),
                                   after_in_child.value_or(Value::none()), after_in_parent.value_or(Value::none())));
  TRY(list_append_value(thread, cast<List>(posix_state(thread, PosixType::ForkHooks)), entry));
  return Value::none();
}

Result<Value> posix_openpty(Thread& thread) {
  int ends[2];
  if (openpty(&ends[0], &ends[1], nullptr, nullptr, nullptr) < 0) return thread.raise_errno(errno);
  for (int end : ends) fcntl(end, F_SETFD, FD_CLOEXEC);
  return make_pair(thread, Value::from_int(ends[0]), Value::from_int(ends[1]));
}
Result<void> posix_login_tty(Thread& thread, Value fd) {
  int descriptor = TRY(descriptor_argument(thread, fd));
  if (login_tty(descriptor) < 0) return thread.raise_errno(errno);
  return {};
}

constexpr NativeMethod kFunctions[] = {
    function<posix_fork>("fork()",
                         "Fork a child process.\n\nReturn 0 to child process and PID of child to parent "
                         "process."),
    function<posix_forkpty>("forkpty()"),
    function<posix_register_at_fork>("register_at_fork(*, before=<unrepresentable>, after_in_child=<unrepresentable>, "
                                     "after_in_parent=<unrepresentable>)"),
    function<posix_openpty>("openpty()"),
    function<posix_login_tty>("login_tty(fd, /)"),
};

}  // namespace

std::span<const NativeMethod> posix_fork_functions() { return kFunctions; }

}  // namespace viperine
