// SPDX-License-Identifier: MIT
// The module _signal: handlers run in the main thread at the next safepoint after the C handler noted the signal.
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cmath>
#include <cstring>

#include "modules/posix/descriptors.h"
#include "modules/posix/fork.h"
#include "modules/signals.h"
#include "runtime/attributes.h"
#include "runtime/binding.h"
#include "runtime/containers.h"
#include "runtime/import.h"
#include "runtime/interpreter_data.h"
#include "runtime/lock.h"
#include "runtime/poll.h"

namespace viperine {

/// What the C handler may touch. One process has one set of signal handlers, so this is the one table that all runtimes
/// share: the runtime that installed a handler last gets the signal.
struct SignalTable {
  std::atomic<uint32_t> tripped[65];
  std::atomic<Thread*> target{nullptr};
  std::atomic<int> wakeup_descriptor{-1};
};

Result<sigset_t> signal_set_argument(Thread& thread, Value numbers) {
  sigset_t set;
  sigemptyset(&set);
  TRY(for_each(thread, numbers, [&](Value item) -> Result<bool> {
    int64_t number = -1;
    if (!int_fits_int64(TRY(to_index(thread, item)), &number)) number = -1;
    if (number < 1 || number >= NSIG)
      return thread.raise<ValueError>("signal number {} out of range [1; {}]", number, NSIG - 1);
    sigaddset(&set, static_cast<int>(number));
    return true;
  }));
  return set;
}

namespace {

constexpr int kSignals = 65;

SignalTable& table() {
  static SignalTable shared;
  return shared;
}

void note_signal(int number) {
  int saved = errno;
  table().tripped[number].store(1);
  if (Thread* thread = table().target.load()) thread->request_poll(kPollSignal);
  int descriptor = table().wakeup_descriptor.load();
  if (descriptor >= 0) {
    unsigned char byte = static_cast<unsigned char>(number);
    if (write(descriptor, &byte, 1) < 0) {
      // A full pipe wakes its reader all the same.
    }
  }
  errno = saved;
}

/// Handlers by number: module state.
Array* handlers(Thread& thread) {
  Module* module = native_module(thread, "_signal");
  return static_cast<Array*>(module->state_.get().as_object());
}

Value default_handler() { return Value::from_int(0); }
Value ignore_handler() { return Value::from_int(1); }

bool run_handlers(Thread& thread) {
  if (!thread.is_main_) {
    thread.runtime().main_thread()->request_poll(kPollSignal);
    return true;
  }
  for (int number = 1; number < kSignals; ++number) {
    if (table().tripped[number].exchange(0) == 0) continue;
    Value handler = handlers(thread)->at(number);
    if (!handler.is_pointer() || handler.is_none()) continue;
    Value frame = thread.frame() == nullptr ? Value::none() : to_value(frame_object(thread, thread.frame()));
    if (call(thread, handler, Value::from_int(number), frame).is_raised()) return false;
  }
  return true;
}

Result<void> check_number(Thread& thread, int number) {
  if (number < 1 || number >= kSignals) return thread.raise<ValueError>("signal number out of range");
  return {};
}

Result<Value> signal_signal(Thread& thread, int signalnum, Value handler) {
  if (!thread.is_main_) return thread.raise<ValueError>("signal only works in main thread of the main interpreter");
  TRY(check_number(thread, signalnum));
  struct sigaction action {};
  action.sa_handler = &note_signal;
  Value kept = handler;
  if (is_integer(handler)) {
    int64_t which = TRY(to_c_int64(thread, handler));
    if (which != 0 && which != 1)
      return thread.raise<TypeError>("signal handler must be signal.SIG_IGN, signal.SIG_DFL, or a callable object");
    action.sa_handler = which == 0 ? SIG_DFL : SIG_IGN;
    kept = Value::from_int(which);
  } else if (!is_callable(thread, handler)) {
    return thread.raise<TypeError>("signal handler must be signal.SIG_IGN, signal.SIG_DFL, or a callable object");
  }
  if (sigaction(signalnum, &action, nullptr) != 0) return thread.raise_errno(errno);
  Value old = handlers(thread)->at(signalnum);
  handlers(thread)->set(signalnum, kept);
  return old;
}
Result<Value> signal_getsignal(Thread& thread, int signalnum) {
  TRY(check_number(thread, signalnum));
  return handlers(thread)->at(signalnum);
}
Result<Value> signal_default_int_handler(Thread& thread, Value, Value) { return thread.raise<KeyboardInterrupt>(); }
Result<void> signal_raise_signal(Thread& thread, int signalnum) {
  if (raise(signalnum) != 0) {
    thread.raise_errno(errno);
    return Raised{};
  }
  if (thread.poll() & kPollSignal) {
    thread.poll_.fetch_and(~static_cast<uint32_t>(kPollSignal));
    if (!run_pending_work(thread, kPollSignal)) return Raised{};
  }
  return {};
}
Result<Value> signal_alarm(Thread&, int seconds) { return Value::from_int(alarm(static_cast<unsigned>(seconds))); }
Result<void> signal_pause(Thread& thread) {
  without_lock(thread, [] { return pause(); });
  if (!run_pending_work(thread, thread.poll_.exchange(0))) return Raised{};
  return {};
}
Result<Value> signal_strsignal(Thread& thread, int signalnum) {
  TRY(check_number(thread, signalnum));
  const char* text = strsignal(signalnum);
  if (text == nullptr || std::string_view(text).starts_with("Unknown signal")) return Value::none();
  return to_value(make_str(thread, text));
}
Result<Value> signal_siginterrupt(Thread& thread, int signalnum, bool flag) {
  TRY(check_number(thread, signalnum));
  struct sigaction action;
  if (sigaction(signalnum, nullptr, &action) != 0) return thread.raise_errno(errno);
  action.sa_flags = flag ? action.sa_flags & ~SA_RESTART : action.sa_flags | SA_RESTART;
  if (sigaction(signalnum, &action, nullptr) != 0) return thread.raise_errno(errno);
  return Value::none();
}
Result<Value> signal_set_wakeup_fd(Thread& thread, int fd, bool) {
  if (!thread.is_main_)
    return thread.raise<ValueError>("set_wakeup_fd only works in main thread of the main interpreter");
  if (fd != -1) {
    int flags = fcntl(fd, F_GETFL);
    if (flags < 0) return thread.raise_errno(errno);
    if ((flags & O_NONBLOCK) == 0) return thread.raise<ValueError>("the fd {} must be in non-blocking mode", fd);
  }
  return Value::from_int(table().wakeup_descriptor.exchange(fd));
}

Result<Value> interval_value(Thread& thread, const itimerval& timer) {
  auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec);
  };
  return to_value(Tuple::of(thread.heap(), make_float(thread.heap(), seconds(timer.it_value)),
                            make_float(thread.heap(), seconds(timer.it_interval))));
}
Result<Value> signal_setitimer(Thread& thread, int which, double seconds, Value interval) {
  double every = TRY(to_double(thread, interval));
  auto time = [](double value) {
    return timeval{static_cast<time_t>(value), static_cast<suseconds_t>((value - std::floor(value)) * 1e6)};
  };
  itimerval fresh{time(every), time(seconds)}, old;
  if (setitimer(static_cast<__itimer_which>(which), &fresh, &old) != 0) return thread.raise_errno(errno);
  return interval_value(thread, old);
}
Result<Value> signal_getitimer(Thread& thread, int which) {
  itimerval timer;
  if (getitimer(static_cast<__itimer_which>(which), &timer) != 0) return thread.raise_errno(errno);
  return interval_value(thread, timer);
}

Result<Value> value_of(Thread& thread, const sigset_t& set) {
  Set* result = make_set(thread, Kind::Set);
  for (int number = 1; number < kSignals; ++number)
    if (sigismember(&set, number) == 1) TRY(set_add(thread, result, Value::from_int(number)));
  return to_value(result);
}
Result<Value> signal_pthread_sigmask(Thread& thread, int how, Value mask) {
  sigset_t set = TRY(signal_set_argument(thread, mask)), old;
  int status = pthread_sigmask(how, &set, &old);
  if (status != 0) return thread.raise_errno(status);
  if (thread.poll() & kPollSignal) {
    thread.poll_.fetch_and(~static_cast<uint32_t>(kPollSignal));
    if (!run_pending_work(thread, kPollSignal)) return Raised{};
  }
  return value_of(thread, old);
}
Result<Value> signal_sigpending(Thread& thread) {
  sigset_t set;
  if (sigpending(&set) != 0) return thread.raise_errno(errno);
  return value_of(thread, set);
}
Result<Value> signal_sigwait(Thread& thread, Value sigset) {
  sigset_t set = TRY(signal_set_argument(thread, sigset));
  int number = 0;
  int status = without_lock(thread, [&] { return sigwait(&set, &number); });
  if (status != 0) return thread.raise_errno(status);
  return Value::from_int(number);
}
Result<Value> signal_info_value(Thread& thread, const siginfo_t& info) {
  Type* type = cast<Type>(TRY(get_attribute(thread, to_value(native_module(thread, "_signal")), "struct_siginfo")));
  Value values[] = {Value::from_int(info.si_signo), Value::from_int(info.si_code), Value::from_int(info.si_errno),
                    Value::from_int(info.si_pid),   Value::from_int(info.si_uid),  Value::from_int(info.si_status),
                    Value::from_int(info.si_band)};
  return make_struct_sequence(thread, type, values);
}
Result<Value> signal_sigwaitinfo(Thread& thread, Value sigset) {
  sigset_t set = TRY(signal_set_argument(thread, sigset));
  siginfo_t info;
  for (;;) {
    if (without_lock(thread, [&] { return sigwaitinfo(&set, &info); }) != -1) return signal_info_value(thread, info);
    if (errno != EINTR) return thread.raise_errno(errno);
    TRY(handle_signals(thread));
  }
}
int64_t monotonic_nanoseconds() {
  timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * int64_t{1000000000} + now.tv_nsec;
}
/// None when the time is over; a handler that runs meanwhile does not lengthen it.
Result<Value> signal_sigtimedwait(Thread& thread, Value sigset, Value timeout) {
  sigset_t set = TRY(signal_set_argument(thread, sigset));
  double seconds = TRY(to_double(thread, timeout));
  if (!(seconds >= 0)) return thread.raise<ValueError>("timeout must be non-negative");
  if (seconds > 9e9) return thread.raise<OverflowError>("timestamp too large to convert to C _PyTime_t");
  int64_t deadline = monotonic_nanoseconds() + static_cast<int64_t>(std::ceil(seconds * 1e9));
  for (;;) {
    int64_t left = deadline - monotonic_nanoseconds();
    if (left < 0) left = 0;
    timespec wait = {static_cast<time_t>(left / 1000000000), static_cast<long>(left % 1000000000)};
    siginfo_t info;
    if (without_lock(thread, [&] { return sigtimedwait(&set, &info, &wait); }) != -1)
      return signal_info_value(thread, info);
    if (errno == EAGAIN) return Value::none();
    if (errno != EINTR) return thread.raise_errno(errno);
    TRY(handle_signals(thread));
  }
}
Result<Value> signal_pidfd_send_signal(Thread& thread, int pidfd, int signalnum, Value siginfo, int flags) {
  if (!siginfo.is_none()) return thread.raise<TypeError>("siginfo must be None");
  if (syscall(SYS_pidfd_send_signal, pidfd, signalnum, nullptr, flags) < 0) return thread.raise_errno(errno);
  return Value::none();
}
Result<Value> signal_pthread_kill(Thread& thread, Value thread_id, int signalnum) {
  uint64_t id = TRY(to_c_uint64(thread, thread_id));
  int status = pthread_kill(static_cast<pthread_t>(id), signalnum);
  if (status != 0) return thread.raise_errno(status);
  return Value::none();
}
Result<Value> signal_valid_signals(Thread& thread) {
  sigset_t set;
  sigfillset(&set);
  return value_of(thread, set);
}

constexpr NativeMethod kFunctions[] = {
    function<signal_signal>("signal(signalnum, handler, /)"),
    function<signal_getsignal>("getsignal(signalnum, /)"),
    function<signal_default_int_handler>("default_int_handler(signalnum, frame, /)"),
    function<signal_raise_signal>("raise_signal(signalnum, /)"),
    function<signal_alarm>("alarm(seconds, /)"),
    function<signal_pause>("pause()"),
    function<signal_strsignal>("strsignal(signalnum, /)"),
    function<signal_siginterrupt>("siginterrupt(signalnum, flag, /)"),
    function<signal_set_wakeup_fd>("set_wakeup_fd(fd, /, *, warn_on_full_buffer=True)"),
    function<signal_setitimer>("setitimer(which, seconds, interval=0, /)"),
    function<signal_getitimer>("getitimer(which, /)"),
    function<signal_pthread_sigmask>("pthread_sigmask(how, mask, /)"),
    function<signal_sigpending>("sigpending()"),
    function<signal_sigwait>("sigwait(sigset, /)"),
    function<signal_sigwaitinfo>("sigwaitinfo(sigset, /)"),
    function<signal_sigtimedwait>("sigtimedwait(sigset, timeout, /)"),
    function<signal_pidfd_send_signal>("pidfd_send_signal(pidfd, signalnum, siginfo=None, flags=0, /)"),
    function<signal_pthread_kill>("pthread_kill(thread_id, signalnum, /)"),
    function<signal_valid_signals>("valid_signals()"),
};

Result<void> initialize(Thread& thread, Module* module) {
  Array* list = Array::try_make(thread.heap(), kSignals);
  module->state_.set(module, to_value(list));
  for (int number = 1; number < kSignals; ++number) {
    struct sigaction action;
    bool known = sigaction(number, nullptr, &action) == 0;
    list->set(number, !known                         ? Value::none()
                      : action.sa_handler == SIG_DFL ? default_handler()
                      : action.sa_handler == SIG_IGN ? ignore_handler()
                                                     : Value::none());
  }
  struct Constant {
    const char* name;
    int value;
  };
  constexpr Constant kConstants[] = {
#define SIGNAL(name) {#name, name}
      SIGNAL(SIGHUP),      SIGNAL(SIGINT),      SIGNAL(SIGQUIT),     SIGNAL(SIGILL),         SIGNAL(SIGTRAP),
      SIGNAL(SIGABRT),     SIGNAL(SIGIOT),      SIGNAL(SIGBUS),      SIGNAL(SIGFPE),         SIGNAL(SIGKILL),
      SIGNAL(SIGUSR1),     SIGNAL(SIGSEGV),     SIGNAL(SIGUSR2),     SIGNAL(SIGPIPE),        SIGNAL(SIGALRM),
      SIGNAL(SIGTERM),     SIGNAL(SIGSTKFLT),   SIGNAL(SIGCHLD),     SIGNAL(SIGCLD),         SIGNAL(SIGCONT),
      SIGNAL(SIGSTOP),     SIGNAL(SIGTSTP),     SIGNAL(SIGTTIN),     SIGNAL(SIGTTOU),        SIGNAL(SIGURG),
      SIGNAL(SIGXCPU),     SIGNAL(SIGXFSZ),     SIGNAL(SIGVTALRM),   SIGNAL(SIGPROF),        SIGNAL(SIGWINCH),
      SIGNAL(SIGIO),       SIGNAL(SIGPOLL),     SIGNAL(SIGPWR),      SIGNAL(SIGSYS),         SIGNAL(SIG_BLOCK),
      SIGNAL(SIG_UNBLOCK), SIGNAL(SIG_SETMASK), SIGNAL(ITIMER_REAL), SIGNAL(ITIMER_VIRTUAL), SIGNAL(ITIMER_PROF),
      {"SIG_DFL", 0},      {"SIG_IGN", 1},      {"NSIG", kSignals},  {"SIGRTMIN", 34},       {"SIGRTMAX", 64},
#undef SIGNAL
  };
  for (const Constant& constant : kConstants) TRY(add_int(thread, module, constant.name, constant.value));
  TRY(add_constant(thread, module, "ItimerError", to_value(thread.runtime().exception_type<OSError>())));
  constexpr const char* kInfoFields[] = {"si_signo", "si_code", "si_errno", "si_pid", "si_uid", "si_status", "si_band"};
  TRY(add_struct_sequence(thread, module, "signal.struct_siginfo", kInfoFields, 7));
  table().target.store(thread.runtime().main_thread());
  thread.runtime().signal_handler_ = &run_handlers;
  // SIGINT becomes KeyboardInterrupt unless the parent process had it ignored.
  if (list->at(SIGINT) == default_handler()) {
    struct sigaction action {};
    action.sa_handler = &note_signal;
    sigaction(SIGINT, &action, nullptr);
    Optional<Value> handler = module->dict()->get_str(intern(thread, "default_int_handler"));
    list->set(SIGINT, *handler);
  }
  return {};
}

}  // namespace

Result<void> interrupt_main(Thread& thread, int number) {
  TRY(check_number(thread, number));
  if (native_module(thread, "_signal") == nullptr) return {};
  Value handler = handlers(thread)->at(number);
  if (handler == default_handler() || handler == ignore_handler() || handler.is_none()) return {};
  note_signal(number);
  return {};
}

void clear_signals_after_fork(Thread& thread) {
  for (auto& tripped : table().tripped) tripped.store(0);
  if (table().target.load() != nullptr) table().target.store(&thread);
}

extern const ModuleSpec kSignalModule = {.name = "_signal",
                                         .functions = kFunctions,
                                         .initialize = &initialize,
                                         .doc = "This module provides mechanisms to use signal handlers in Python."};

}  // namespace viperine
