// SPDX-License-Identifier: MIT
// The module _thread: locks, starting threads, thread-local data. The global lock is runtime/threads.h.
#include <pthread.h>
#include <signal.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cmath>

#include "modules/signals.h"
#include "runtime/attributes.h"
#include "runtime/binding.h"
#include "runtime/classes.h"
#include "runtime/containers.h"
#include "runtime/interpreter_data.h"
#include "runtime/poll.h"
#include "runtime/threads.h"
#include "runtime/traceback_text.h"

namespace viperine {

namespace {

/// State shared by Lock and RLock, outside the heap because waiting happens without the global lock.
struct LockState {
  pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
  pthread_cond_t released;
  bool locked = false;
};

class Lock final : public HeapObject {
 public:
  static bool is_kind(Kind kind) { return kind == Kind::Lock || kind == Kind::RLock; }
  static constexpr Kind kFirstKind = Kind::Lock;
  LockState* state_;
  uint64_t owner_;      // RLock: thread identifier, 0 when free
  uint64_t count_;      // RLock
  static void release(HeapObject* object) { delete static_cast<Lock*>(object)->state_; }
  LAYOUT(Lock, HeapObject, state_, owner_, count_);
};

LockState* make_state() {
  auto* state = new LockState();
  pthread_condattr_t attributes;
  pthread_condattr_init(&attributes);
  pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
  pthread_cond_init(&state->released, &attributes);
  pthread_condattr_destroy(&attributes);
  return state;
}

bool try_take(LockState& state) {
  pthread_mutex_lock(&state.mutex);
  bool taken = !state.locked;
  state.locked = true;
  pthread_mutex_unlock(&state.mutex);
  return taken;
}

/// Waits in slices so that signals are handled; seconds < 0: for ever.
Result<bool> take(Thread& thread, LockState& state, double seconds) {
  if (try_take(state)) return true;
  if (seconds == 0) return false;
  timespec end{};
  clock_gettime(CLOCK_MONOTONIC, &end);
  if (seconds > 0) {
    end.tv_sec += static_cast<time_t>(seconds);
    end.tv_nsec += static_cast<long>((seconds - std::floor(seconds)) * 1e9);
    if (end.tv_nsec >= 1000000000) end.tv_nsec -= 1000000000, ++end.tv_sec;
  }
  for (;;) {
    bool taken = without_lock(thread, [&] {
      timespec slice;
      clock_gettime(CLOCK_MONOTONIC, &slice);
      slice.tv_nsec += 50000000;
      if (slice.tv_nsec >= 1000000000) slice.tv_nsec -= 1000000000, ++slice.tv_sec;
      if (seconds > 0 && (slice.tv_sec > end.tv_sec || (slice.tv_sec == end.tv_sec && slice.tv_nsec > end.tv_nsec)))
        slice = end;
      pthread_mutex_lock(&state.mutex);
      if (state.locked) pthread_cond_timedwait(&state.released, &state.mutex, &slice);
      bool free_now = !state.locked;
      if (free_now) state.locked = true;
      pthread_mutex_unlock(&state.mutex);
      return free_now;
    });
    if (taken) return true;
    uint32_t bits =
        thread.poll_.fetch_and(~static_cast<uint32_t>(kPollSignal | kPollAsync)) & (kPollSignal | kPollAsync);
    if (bits != 0 && !run_pending_work(thread, bits)) return Raised{};
    if (seconds > 0) {
      timespec now;
      clock_gettime(CLOCK_MONOTONIC, &now);
      if (now.tv_sec > end.tv_sec || (now.tv_sec == end.tv_sec && now.tv_nsec >= end.tv_nsec)) return try_take(state);
    }
  }
}

void give_back(LockState& state) {
  pthread_mutex_lock(&state.mutex);
  state.locked = false;
  pthread_cond_signal(&state.released);
  pthread_mutex_unlock(&state.mutex);
}

Result<double> timeout_of(Thread& thread, bool blocking, Value timeout) {
  double seconds = TRY(to_double(thread, timeout));
  if (!blocking && seconds != -1) return thread.raise<ValueError>("can't specify a timeout for a non-blocking call");
  if (seconds < 0 && seconds != -1) return thread.raise<ValueError>("timeout value must be a non-negative number");
  if (seconds > 9223372036.0) return thread.raise<OverflowError>("timeout value is too large");
  return blocking ? seconds : 0.0;
}

uint64_t self_identifier(Thread& thread) { return thread.identifier_; }

Result<bool> lock_acquire(Thread& thread, Lock* self, bool blocking, Value timeout) {
  double seconds = TRY(timeout_of(thread, blocking, timeout));
  return take(thread, *self->state_, seconds);
}
Result<void> lock_release(Thread& thread, Lock* self) {
  if (!self->state_->locked) return thread.raise<RuntimeError>("release unlocked lock");
  give_back(*self->state_);
  return {};
}
Result<Value> lock_locked(Thread&, Lock* self) { return Value::from_bool(self->state_->locked); }
Result<bool> lock_enter(Thread& thread, Lock* self) { return take(thread, *self->state_, -1); }
Result<void> lock_exit(Thread& thread, Lock* self, const Arguments&) { return lock_release(thread, self); }
Result<void> lock_at_fork(Thread&, Lock* self) {
  self->state_ = make_state();
  self->owner_ = self->count_ = 0;
  return {};
}
Result<Value> lock_repr(Thread& thread, Value self) {
  auto* lock = static_cast<Lock*>(self.as_object());
  Value address = make_unsigned(thread.heap(), (thread.heap().identity(lock) + 0x100000) * 16);
  return to_value(format_text(thread, "<{} {} object at {}>", lock->state_->locked ? "locked" : "unlocked",
                              "_thread.lock", as_str(thread, TRY(format(thread, address, intern(thread, "#x"))))));
}

Lock* allocate(Thread& thread, Kind kind, Type* type = nullptr) {
  auto* lock = type == nullptr || type == thread.runtime().type(kind) ? make_exact<Lock>(thread, kind)
                                                                      : make_instance<Lock>(thread, type);
  lock->state_ = make_state();
  if (type == nullptr || type == thread.runtime().type(kind)) thread.heap().register_special(lock);
  return lock;
}
Result<Value> thread_allocate_lock(Thread& thread) { return to_value(allocate(thread, Kind::Lock)); }

// --- RLock

Result<bool> rlock_acquire(Thread& thread, Lock* self, bool blocking, Value timeout) {
  double seconds = TRY(timeout_of(thread, blocking, timeout));
  if (self->owner_ == self_identifier(thread) && self->count_ > 0) {
    ++self->count_;
    return true;
  }
  if (!TRY(take(thread, *self->state_, seconds))) return false;
  self->owner_ = self_identifier(thread);
  self->count_ = 1;
  return true;
}
Result<void> rlock_release(Thread& thread, Lock* self) {
  if (self->count_ == 0 || self->owner_ != self_identifier(thread))
    return thread.raise<RuntimeError>("cannot release un-acquired lock");
  if (--self->count_ == 0) {
    self->owner_ = 0;
    give_back(*self->state_);
  }
  return {};
}
Result<bool> rlock_enter(Thread& thread, Lock* self) { return rlock_acquire(thread, self, true, Value::from_int(-1)); }
Result<void> rlock_exit(Thread& thread, Lock* self, const Arguments&) { return rlock_release(thread, self); }
Result<bool> rlock_is_owned(Thread& thread, Lock* self) {
  return self->count_ > 0 && self->owner_ == self_identifier(thread);
}
Result<Value> rlock_release_save(Thread& thread, Lock* self) {
  if (self->count_ == 0) return thread.raise<RuntimeError>("cannot release un-acquired lock");
  Value saved = to_value(
      Tuple::of(thread.heap(), make_unsigned(thread.heap(), self->count_), make_unsigned(thread.heap(), self->owner_)));
  self->count_ = self->owner_ = 0;
  give_back(*self->state_);
  return saved;
}
Result<void> rlock_acquire_restore(Thread& thread, Lock* self, Tuple* saved) {
  TRY(take(thread, *self->state_, -1));
  self->count_ = TRY(to_c_uint64(thread, saved->at(0)));
  self->owner_ = TRY(to_c_uint64(thread, saved->at(1)));
  return {};
}
Result<Value> rlock_repr(Thread& thread, Value self) {
  auto* lock = static_cast<Lock*>(self.as_object());
  Value address = make_unsigned(thread.heap(), (thread.heap().identity(lock) + 0x100000) * 16);
  return to_value(format_text(thread, "<{} {} object owner={} count={} at {}>",
                              lock->count_ > 0 ? "locked" : "unlocked", "_thread.RLock", lock->owner_, lock->count_,
                              as_str(thread, TRY(format(thread, address, intern(thread, "#x"))))));
}
Result<Value> rlock_new(Thread& thread, Type* type, const Arguments&) {
  return to_value(allocate(thread, Kind::RLock, type));
}

constexpr NativeMethod kLockMethods[] = {
    method<lock_acquire>("acquire($self, blocking=True, timeout=-1)"),
    method<lock_acquire>("acquire_lock($self, blocking=True, timeout=-1)"),
    method<lock_release>("release($self, /)"),
    method<lock_release>("release_lock($self, /)"),
    method<lock_locked>("locked($self, /)"),
    method<lock_locked>("locked_lock($self, /)"),
    method<lock_enter>("__enter__($self, /)"),
    method<lock_exit>("__exit__($self, /, *args, **kwargs)"),
    method<lock_at_fork>("_at_fork_reinit($self, /)"),
};
constexpr NativeMethod kRLockMethods[] = {
    method<rlock_acquire>("acquire($self, blocking=True, timeout=-1)"),
    method<rlock_release>("release($self, /)"),
    method<rlock_enter>("__enter__($self, /)"),
    method<rlock_exit>("__exit__($self, /, *args, **kwargs)"),
    method<rlock_is_owned>("_is_owned($self, /)"),
    method<rlock_release_save>("_release_save($self, /)"),
    method<rlock_acquire_restore>("_acquire_restore($self, state, /)"),
    method<lock_at_fork>("_at_fork_reinit($self, /)"),
};

const TypeSpec kLockType = {.name = "_thread.lock",
                            .kind = Kind::Lock,
                            .flags = kTypeDisallowInstantiation | kTypeHasWeakrefs,
                            .layout = [] { return layout_of<Lock>("lock"); },
                            .slots = {.repr = &lock_repr},
                            .methods = kLockMethods};
const TypeSpec kRLockType = {.name = "_thread.RLock",
                             .kind = Kind::RLock,
                             .flags = kTypeBase | kTypeHasWeakrefs,
                             .layout = [] { return layout_of<Lock>("RLock"); },
                             .slots = {.repr = &rlock_repr, .new_ = &rlock_new},
                             .methods = kRLockMethods};

// --- threading.local: a dict per thread, kept in the object by thread identifier

class ThreadLocal final : public HeapObject {
 public:
  [[maybe_unused]] static constexpr Kind kKind = Kind::ThreadLocal;
  Slot<Dict> dicts_;        // identifier -> dict
  Slot<Value> arguments_;   // (args tuple, kwargs dict) for __init__ in each thread
  LAYOUT(ThreadLocal, HeapObject, dicts_, arguments_);
};

Result<Dict*> local_dict(Thread& thread, ThreadLocal* self) {
  Value key = make_unsigned(thread.heap(), self_identifier(thread));
  Optional<Value> found = TRY(dict_find(thread, self->dicts_.get(), key));
  if (found) return cast<Dict>(*found);
  Dict* dict = Dict::make(thread.heap());
  TRY(dict_set(thread, self->dicts_.get(), key, to_value(dict)));
  Type* type = type_of(thread, to_value(self));
  if (type->slots().init != nullptr && type->slots().init != thread.runtime().object_type()->slots().init) {
    auto* parts = cast<Tuple>(self->arguments_.get());
    Value init = TRY(get_attribute(thread, to_value(self), thread.names().__init__));
    TRY(call_with_tuple(thread, init, cast<Tuple>(parts->at(0)),
                        parts->at(1).is_none() ? nullptr : cast<Dict>(parts->at(1))));
  }
  return dict;
}

Result<Value> local_new(Thread& thread, Type* type, const Arguments& arguments) {
  if (type->slots().init == thread.runtime().object_type()->slots().init && arguments.count > 0)
    return thread.raise<TypeError>("Initialization arguments are not supported");
  auto* self = make_instance<ThreadLocal>(thread, type);
  self->dicts_.set(self, Dict::make(thread.heap()));
  Value keywords = Value::none();
  if (arguments.keyword_count() > 0) {
    Dict* dict = Dict::make(thread.heap());
    for (uint32_t i = 0; i < arguments.keyword_count(); ++i)
      TRY(dict_set(thread, dict, arguments.keywords->at(i), arguments.keyword_value(i)));
    keywords = to_value(dict);
  }
  Value positional = to_value(Tuple::make(thread.heap(), arguments.positional()));
  self->arguments_.set(self, to_value(Tuple::of(thread.heap(), positional, keywords)));
  // type.__call__ runs __init__ for the creating thread itself.
  TRY(dict_set(thread, self->dicts_.get(), make_unsigned(thread.heap(), self_identifier(thread)),
               to_value(Dict::make(thread.heap()))));
  return to_value(self);
}

Result<Value> local_get_attribute(Thread& thread, Value self, Str* name) {
  Dict* dict = TRY(local_dict(thread, cast<ThreadLocal>(self)));
  if (name == thread.names().__dict__) return to_value(dict);
  Optional<Value> in_class = lookup_in_type(thread, type_of(thread, self), name);
  bool is_data = in_class && type_of(thread, *in_class)->slots().descriptor_set != nullptr;
  if (!is_data)
    if (Optional<Value> own = dict->get_str(name)) return *own;
  return generic_get_attribute(thread, self, name);
}

Result<void> local_set_attribute(Thread& thread, Value self, Str* name, Value value) {
  Dict* dict = TRY(local_dict(thread, cast<ThreadLocal>(self)));
  Optional<Value> in_class = lookup_in_type(thread, type_of(thread, self), name);
  if (name == thread.names().__dict__)
    return thread.raise<AttributeError>("'{}' object attribute '__dict__' is read-only", type_name_of(self));
  if (in_class && type_of(thread, *in_class)->slots().descriptor_set != nullptr)
    return type_of(thread, *in_class)->slots().descriptor_set(thread, *in_class, self, value);
  if (!value.is_absent()) return dict_set_name(thread, dict, name, value);
  if (dict->delete_str(thread.heap(), name)) return {};
  return thread.raise<AttributeError>("'{}' object has no attribute '{}'", type_name_of(self), name);
}

const TypeSpec kLocalType = {
    .name = "_thread._local",
    .kind = Kind::ThreadLocal,
    .flags = kTypeBase | kTypeHasWeakrefs,
    .layout = [] { return layout_of<ThreadLocal>("_local"); },
    .slots = {.new_ = &local_new, .get_attribute = &local_get_attribute, .set_attribute = &local_set_attribute},
    .doc = "Thread-local data"};

// --- functions

Result<Value> thread_start_new_thread(Thread& thread, Value function, Value args, Optional<Value> kwargs) {
  if (!is_callable(thread, function)) return thread.raise<TypeError>("first arg must be callable");
  if (!is<Tuple>(args)) return thread.raise<TypeError>("2nd arg must be a tuple");
  if (kwargs && !is<Dict>(*kwargs)) return thread.raise<TypeError>("optional 3rd arg must be a dictionary");
  return start_thread(thread, function, cast<Tuple>(args), kwargs ? cast<Dict>(*kwargs) : nullptr);
}
Result<Value> thread_get_ident(Thread& thread) { return make_unsigned(thread.heap(), self_identifier(thread)); }
Result<Value> thread_get_native_id(Thread&) { return Value::from_int(syscall(SYS_gettid)); }
Result<Value> thread_count_function(Thread& thread) { return Value::from_int(thread_count(thread.runtime())); }
Result<Value> thread_exit(Thread& thread) { return thread.raise<SystemExit>(); }
Result<Value> thread_set_sentinel(Thread& thread) {
  Lock* lock = allocate(thread, Kind::Lock);
  thread.exit_lock_ = to_value(plain_weakref(thread, lock));
  return to_value(lock);
}
Result<Value> thread_stack_size_function(Thread& thread, int64_t size) {
  Value old = make_unsigned(thread.heap(), thread_stack_size(thread.runtime()));
  if (size != 0 && size < 32768) return thread.raise<ValueError>("size not valid: {} bytes", size);
  set_thread_stack_size(thread.runtime(), static_cast<size_t>(size));
  return old;
}
Result<void> thread_interrupt_main(Thread& thread, int signum) {
  return interrupt_main(thread, signum);
}
Result<void> thread_excepthook(Thread& thread, Value arguments) {
  Value exception = TRY(get_attribute(thread, arguments, "exc_value"));
  Value type = TRY(get_attribute(thread, arguments, "exc_type"));
  if (type.is_pointer() && type.as_object() == thread.runtime().exception_type<SystemExit>()) return {};
  Value owner = TRY(get_attribute(thread, arguments, "thread"));
  Optional<Value> errors = thread.runtime().sys_dict()->get_str(thread.names().stderr_);
  if (!errors || (*errors).is_none()) {   // at shutdown the thread knows the stream that there was
    if (owner.is_none()) return {};
    errors = TRY(find_attribute(thread, owner, intern(thread, "_stderr")));
    if (!errors || (*errors).is_none()) return {};
  }
  Str* name = nullptr;
  if (!owner.is_none()) {
    Optional<Value> found = TRY(find_attribute(thread, owner, thread.names().name));
    if (found) name = TRY(str(thread, *found));
  }
  if (name == nullptr) name = format_text(thread, "{}", self_identifier(thread));
  TRY(call_method(thread, *errors, thread.names().write,
                  to_value(format_text(thread, "Exception in thread {}:\n", name))));
  if (is<ExceptionObject>(exception)) TRY(print_exception_to(thread, *errors, cast<ExceptionObject>(exception)));
  TRY(call_method(thread, *errors, thread.names().flush));
  return {};
}

constexpr NativeMethod kFunctions[] = {
    function<thread_allocate_lock>("allocate_lock()"),
    function<thread_allocate_lock>("allocate()"),
    function<thread_start_new_thread>("start_new_thread(function, args, kwargs=<unrepresentable>, /)"),
    function<thread_start_new_thread>("start_new(function, args, kwargs=<unrepresentable>, /)"),
    function<thread_get_ident>("get_ident()"),
    function<thread_get_native_id>("get_native_id()"),
    function<thread_count_function>("_count()"),
    function<thread_exit>("exit()"),
    function<thread_exit>("exit_thread()"),
    function<thread_set_sentinel>("_set_sentinel()"),
    function<thread_stack_size_function>("stack_size(size=0, /)"),
    function<thread_interrupt_main>("interrupt_main(signum=2, /)"),
    function<thread_excepthook>("_excepthook(args, /)"),
};

Result<void> initialize(Thread& thread, Module* module) {
  Type* lock = TRY(add_type(thread, module, kLockType));
  TRY(add_constant(thread, module, "LockType", to_value(lock)));
  TRY(add_type(thread, module, kRLockType));
  TRY(add_type(thread, module, kLocalType));
  TRY(add_constant(thread, module, "error", to_value(thread.runtime().exception_type<RuntimeError>())));
  TRY(add_constant(thread, module, "TIMEOUT_MAX", make_float(thread.heap(), 9223372036.0)));
  constexpr const char* kHookFields[] = {"exc_type", "exc_value", "exc_traceback", "thread"};
  TRY(add_struct_sequence(thread, module, "_thread._ExceptHookArgs", kHookFields, 4));
  return {};
}

}  // namespace

void run_thread_exit_work(Thread& thread) {
  if (!thread.exit_lock_.is_pointer() || thread.exit_lock_.is_none()) return;
  Optional<Value> target = weakref_target(cast<WeakRef>(thread.exit_lock_));
  if (target && has_kind(*target, Kind::Lock)) give_back(*static_cast<Lock*>((*target).as_object())->state_);
}

extern const ModuleSpec kThreadModule = {
    .name = "_thread",
    .functions = kFunctions,
    .initialize = &initialize,
    .doc = "This module provides primitive operations to write multi-threaded programs."};

}  // namespace viperine
