// SPDX-License-Identifier: MIT
// The module faulthandler: Python tracebacks of all threads from signal handlers and from a watchdog thread. What runs
// there reads frames and code objects without locks, allocates nothing and only write()s; signals are the process's, so
// the state is one for all runtimes.
#include <pthread.h>
#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cerrno>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "modules/builtin_modules.h"
#include "runtime/attributes.h"
#include "runtime/binding.h"
#include "runtime/containers.h"
#include "runtime/interpreter_data.h"

namespace viperine {

namespace {

constexpr int kSignalCount = 65, kMostFrames = 100, kMostThreads = 100, kLongestText = 500;
constexpr size_t kStackBytes = 65536;

struct Fault {
  int number;
  const char* name;
};
constexpr Fault kFaults[] = {{SIGBUS, "Bus error"},
                             {SIGILL, "Illegal instruction"},
                             {SIGFPE, "Floating point exception"},
                             {SIGABRT, "Aborted"},
                             {SIGSEGV, "Segmentation fault"}};

struct UserSignal {
  bool enabled = false, all_threads = true, chain = false;
  int descriptor = 2;
  struct sigaction previous {};
};

struct State {
  Runtime* runtime = nullptr;
  bool enabled = false, all_threads = true;
  int descriptor = 2;
  struct sigaction previous[std::size(kFaults)];
  void* stack = nullptr;
  UserSignal user[kSignalCount];
  // The watchdog.
  pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
  pthread_cond_t wake = PTHREAD_COND_INITIALIZER;
  bool watching = false, cancelled = false, repeat = false, exits = false;
  pthread_t watchdog{};
  int watch_descriptor = 2;
  int64_t timeout = 0;  // nanoseconds
  char header[80];
};

State& state() {
  static State shared;
  return shared;
}

// --- writing, safe in signal handlers

void put(int descriptor, std::string_view text) {
  while (!text.empty()) {
    ssize_t count = write(descriptor, text.data(), text.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return;
    text.remove_prefix(static_cast<size_t>(count));
  }
}
void put_number(int descriptor, uint64_t number, unsigned base, int width) {
  char buffer[24];
  int at = static_cast<int>(sizeof buffer);
  do {
    buffer[--at] = "0123456789abcdef"[number % base];
    number /= base;
  } while (number != 0 || static_cast<int>(sizeof buffer) - at < width);
  put(descriptor, {buffer + at, sizeof buffer - static_cast<size_t>(at)});
}
void put_text(int descriptor, Str* text) {
  int64_t length = text->length() < kLongestText ? text->length() : kLongestText;
  for (int64_t i = 0; i < length; ++i) {
    uint32_t c = text->at(i);
    char character = static_cast<char>(c);
    if (c >= ' ' && c < 127)
      put(descriptor, {&character, 1});
    else if (c < 256)
      put(descriptor, "\\x"), put_number(descriptor, c, 16, 2);
    else if (c < 0x10000)
      put(descriptor, "\\u"), put_number(descriptor, c, 16, 4);
    else
      put(descriptor, "\\U"), put_number(descriptor, c, 16, 8);
  }
  if (length < text->length()) put(descriptor, "...");
}

void put_frames(int descriptor, Thread& thread) {
  Value* base = thread.frame();
  if (base == nullptr) return put(descriptor, "  <no Python frame>\n");
  for (int depth = 0; base != nullptr; ++depth, base = caller_of(base)) {
    if (depth >= kMostFrames) return put(descriptor, "  ...\n");
    Code* code = function_of(base)->code();
    int32_t line = line_at(code, current_word(base));
    put(descriptor, "  File \"");
    put_text(descriptor, code->filename_.get());
    put(descriptor, "\", line ");
    put_number(descriptor, static_cast<uint64_t>(line > 0 ? line : static_cast<int32_t>(code->first_line_)), 10, 1);
    put(descriptor, " in ");
    put_text(descriptor, code->name_.get());
    put(descriptor, "\n");
  }
}

Thread* current_thread(Runtime& runtime) {
  uint64_t self = static_cast<uint64_t>(pthread_self());
  for (Thread* each = runtime.threads_; each != nullptr; each = each->next_)
    if (each->identifier_ == self) return each;
  return nullptr;
}

void put_stacks(int descriptor, Runtime& runtime, Thread* current, bool all_threads) {
  if (!all_threads) {
    put(descriptor, "Stack (most recent call first):\n");
    if (current != nullptr) put_frames(descriptor, *current);
    return;
  }
  int count = 0;
  for (Thread* each = runtime.threads_; each != nullptr; each = each->next_, ++count) {
    if (count > 0) put(descriptor, "\n");
    if (count >= kMostThreads) return put(descriptor, "...\n");
    put(descriptor, each == current ? "Current thread 0x" : "Thread 0x");
    put_number(descriptor, each->identifier_, 16, 16);
    put(descriptor, " (most recent call first):\n");
    put_frames(descriptor, *each);
  }
}

// --- handlers

void restore_fault(size_t i) { sigaction(kFaults[i].number, &state().previous[i], nullptr); }

void on_fault(int number) {
  int saved = errno;
  State& faults = state();
  const char* name = "";
  for (size_t i = 0; i < std::size(kFaults); ++i) {
    if (kFaults[i].number != number) continue;
    name = kFaults[i].name;
    restore_fault(i);
  }
  put(faults.descriptor, "Fatal Python error: ");
  put(faults.descriptor, name);
  put(faults.descriptor, "\n\n");
  put_stacks(faults.descriptor, *faults.runtime, current_thread(*faults.runtime), faults.all_threads);
  errno = saved;
  raise(number);
}

void on_user_signal(int number);

bool install_user(int number, UserSignal& user, bool keep_previous) {
  struct sigaction action {};
  action.sa_handler = &on_user_signal;
  sigemptyset(&action.sa_mask);
  action.sa_flags = (user.chain ? SA_NODEFER : SA_RESTART) | (state().stack != nullptr ? SA_ONSTACK : 0);
  return sigaction(number, &action, keep_previous ? nullptr : &user.previous) == 0;
}

void on_user_signal(int number) {
  UserSignal& user = state().user[number];
  if (!user.enabled) return;
  int saved = errno;
  put_stacks(user.descriptor, *state().runtime, current_thread(*state().runtime), user.all_threads);
  if (user.chain) {
    sigaction(number, &user.previous, nullptr);
    errno = saved;
    raise(number);
    install_user(number, user, true);
  }
  errno = saved;
}

void use_own_stack() {
  if (state().stack != nullptr) return;
  stack_t stack{};
  stack.ss_size = kStackBytes;
  stack.ss_sp = std::malloc(kStackBytes);
  if (stack.ss_sp != nullptr && sigaltstack(&stack, nullptr) == 0) state().stack = stack.ss_sp;
}

// --- functions

/// The descriptor of `file`; sys.stderr when it is None.
Result<int> descriptor_of(Thread& thread, Value file) {
  if (file.is_none()) {
    Optional<Value> found = thread.runtime().sys_dict()->get_str(thread.names().stderr_);
    if (!found) return thread.raise<RuntimeError>("unable to get sys.stderr");
    if ((*found).is_none()) return thread.raise<RuntimeError>("sys.stderr is None");
    file = *found;
  } else if (is_integer(file)) {
    int number = TRY(to_c_int(thread, file));
    if (number < 0) return thread.raise<ValueError>("file is not a valid file descripter");
    return number;
  }
  Value number = TRY(call_method(thread, file, thread.names().fileno));
  int descriptor = is_integer(number) ? TRY(to_c_int(thread, number)) : -1;
  if (descriptor < 0) return thread.raise<RuntimeError>("file.fileno() is not a valid file descriptor");
  if (call_method(thread, file, thread.names().flush).is_raised()) thread.clear_pending();
  return descriptor;
}

void keep_alive(Thread& thread, Value file) {
  Optional<Value> module = thread.runtime().modules()->get_str(intern(thread, "faulthandler"));
  if (module && is<Module>(*module) && is<List>(cast<Module>(*module)->state_.get()))
    cast<List>(cast<Module>(*module)->state_.get())->append(thread.heap(), file);
}

Result<void> fault_enable(Thread& thread, Value file, bool all_threads) {
  State& faults = state();
  faults.descriptor = TRY(descriptor_of(thread, file));
  keep_alive(thread, file);
  faults.all_threads = all_threads;
  faults.runtime = &thread.runtime();
  if (faults.enabled) return {};
  faults.enabled = true;
  use_own_stack();
  for (size_t i = 0; i < std::size(kFaults); ++i) {
    struct sigaction action {};
    action.sa_handler = &on_fault;
    sigemptyset(&action.sa_mask);
    action.sa_flags = SA_NODEFER | (faults.stack != nullptr ? SA_ONSTACK : 0);
    if (sigaction(kFaults[i].number, &action, &faults.previous[i]) != 0) return thread.raise_errno(errno);
  }
  return {};
}
Result<Value> fault_disable(Thread&) {
  bool was = state().enabled;
  if (was)
    for (size_t i = 0; i < std::size(kFaults); ++i) restore_fault(i);
  state().enabled = false;
  return Value::from_bool(was);
}
Result<Value> fault_is_enabled(Thread&) { return Value::from_bool(state().enabled); }

Result<void> fault_dump_traceback(Thread& thread, Value file, bool all_threads) {
  int descriptor = TRY(descriptor_of(thread, file));
  put_stacks(descriptor, thread.runtime(), &thread, all_threads);
  return {};
}

void* watch(void*) {
  State& faults = state();
  sigset_t all;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, nullptr);
  pthread_mutex_lock(&faults.mutex);
  do {
    timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += faults.timeout / 1000000000;
    until.tv_nsec += faults.timeout % 1000000000;
    if (until.tv_nsec >= 1000000000) until.tv_nsec -= 1000000000, ++until.tv_sec;
    int result = 0;
    while (!faults.cancelled && result != ETIMEDOUT)
      result = pthread_cond_timedwait(&faults.wake, &faults.mutex, &until);
    if (faults.cancelled) break;
    put(faults.watch_descriptor, faults.header);
    put_stacks(faults.watch_descriptor, *faults.runtime, nullptr, true);
    if (faults.exits) _exit(1);
  } while (faults.repeat);
  pthread_mutex_unlock(&faults.mutex);
  return nullptr;
}

void stop_watching() {
  State& faults = state();
  if (!faults.watching) return;
  pthread_mutex_lock(&faults.mutex);
  faults.cancelled = true;
  pthread_cond_signal(&faults.wake);
  pthread_mutex_unlock(&faults.mutex);
  pthread_join(faults.watchdog, nullptr);
  faults.watching = false;
}

void describe_timeout(State& faults) {
  int64_t micro = faults.timeout / 1000, seconds = micro / 1000000;
  int used =
      std::snprintf(faults.header, sizeof faults.header, "Timeout (%ld:%02ld:%02ld", static_cast<long>(seconds / 3600),
                    static_cast<long>(seconds / 60 % 60), static_cast<long>(seconds % 60));
  if (micro % 1000000 != 0)
    used += std::snprintf(faults.header + used, sizeof faults.header - static_cast<size_t>(used), ".%06ld",
                          static_cast<long>(micro % 1000000));
  std::snprintf(faults.header + used, sizeof faults.header - static_cast<size_t>(used), ")!\n");
}

Result<void> fault_dump_later(Thread& thread, double timeout, bool repeat, Value file, bool exit) {
  if (!(timeout * 1e9 < 9.2e18)) return thread.raise<OverflowError>("timestamp too large to convert to C _PyTime_t");
  if (!(timeout > 0) || timeout * 1e6 < 1) return thread.raise<ValueError>("timeout must be greater than 0");
  State& faults = state();
  int descriptor = TRY(descriptor_of(thread, file));
  keep_alive(thread, file);
  stop_watching();
  faults.runtime = &thread.runtime();
  faults.watch_descriptor = descriptor;
  faults.timeout = static_cast<int64_t>(std::ceil(timeout * 1e9));
  faults.repeat = repeat;
  faults.exits = exit;
  faults.cancelled = false;
  describe_timeout(faults);
  if (pthread_create(&faults.watchdog, nullptr, &watch, nullptr) != 0)
    return thread.raise<RuntimeError>("unable to start watchdog thread");
  faults.watching = true;
  return {};
}
Result<void> fault_cancel_later(Thread&) {
  stop_watching();
  return {};
}

Result<void> check_signal(Thread& thread, int signum) {
  for (const Fault& fault : kFaults)
    if (fault.number == signum)
      return thread.raise<RuntimeError>("signal {} cannot be registered, use enable() instead", signum);
  if (signum < 1 || signum >= kSignalCount) return thread.raise<ValueError>("signal number out of range");
  return {};
}
Result<void> fault_register(Thread& thread, int signum, Value file, bool all_threads, bool chain) {
  TRY(check_signal(thread, signum));
  int descriptor = TRY(descriptor_of(thread, file));
  keep_alive(thread, file);
  State& faults = state();
  faults.runtime = &thread.runtime();
  UserSignal& user = faults.user[signum];
  bool was_enabled = user.enabled;
  user.descriptor = descriptor;
  user.all_threads = all_threads;
  user.chain = chain;
  use_own_stack();
  if (!install_user(signum, user, was_enabled)) return thread.raise_errno(errno);
  user.enabled = true;
  return {};
}
Result<Value> fault_unregister(Thread& thread, int signum) {
  TRY(check_signal(thread, signum));
  UserSignal& user = state().user[signum];
  if (!user.enabled) return Value::false_();
  user.enabled = false;
  sigaction(signum, &user.previous, nullptr);
  return Value::true_();
}

// --- crashes for tests

void no_core_file() {
  rlimit limit{};
  if (getrlimit(RLIMIT_CORE, &limit) == 0) {
    limit.rlim_cur = 0;
    setrlimit(RLIMIT_CORE, &limit);
  }
}
Result<void> crash(int number) {
  no_core_file();
  raise(number);
  return {};
}
Result<void> fault_sigsegv(Thread&, bool) { return crash(SIGSEGV); }
Result<void> fault_read_null(Thread&) { return crash(SIGSEGV); }
Result<void> fault_sigabrt(Thread&) {
  no_core_file();
  std::abort();
}
Result<void> fault_sigfpe(Thread&) { return crash(SIGFPE); }
Result<void> fault_fatal(Thread& thread, Value message, bool) {
  no_core_file();
  put(2, "Fatal Python error: ");
  if (is<Bytes>(message)) put(2, cast<Bytes>(message)->view());
  put(2, "\n\n");
  put_stacks(2, thread.runtime(), &thread, true);
  std::abort();
}

constexpr NativeMethod kFunctions[] = {
    function<fault_enable>("enable(file=None, all_threads=True)",
                           "enable(file=sys.stderr, all_threads=True): enable the fault handler"),
    function<fault_disable>("disable()", "disable(): disable the fault handler"),
    function<fault_is_enabled>("is_enabled()", "is_enabled()->bool: check if the handler is enabled"),
    function<fault_dump_traceback>("dump_traceback(file=None, all_threads=True)",
                                   "dump the traceback of the current thread, or of all threads"),
    function<fault_dump_later>("dump_traceback_later(timeout, repeat=False, file=None, exit=False)",
                               "dump the traceback of all threads in timeout seconds"),
    function<fault_cancel_later>("cancel_dump_traceback_later()", "cancel the previous call to dump_traceback_later()"),
    function<fault_register>("register(signum, file=None, all_threads=True, chain=False)",
                             "register a handler for the signal 'signum'"),
    function<fault_unregister>("unregister(signum, /)", "unregister the handler of the signal 'signum'"),
    function<fault_sigsegv>("_sigsegv(release_gil=False, /)"),
    function<fault_read_null>("_read_null()"),
    function<fault_sigabrt>("_sigabrt()"),
    function<fault_sigfpe>("_sigfpe()"),
    function<fault_fatal>("_fatal_error(message, release_gil=False, /)"),
};

Result<void> initialize(Thread& thread, Module* module) {
  module->state_.set(module, to_value(List::make(thread.heap())));
  return {};
}

}  // namespace

extern const ModuleSpec kFaulthandlerModule = {
    .name = "faulthandler", .functions = kFunctions, .initialize = &initialize, .doc = "faulthandler module."};

}  // namespace viperine
