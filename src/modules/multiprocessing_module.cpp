// SPDX-License-Identifier: MIT
// The modules _multiprocessing (SemLock over POSIX semaphores) and _posixshmem.
#include <fcntl.h>
#include <limits.h>
#include <semaphore.h>
#include <sys/mman.h>
#include <time.h>

#include <cmath>
#include <string>

#include "modules/posix/descriptors.h"
#include "modules/posix/posix.h"
#include "runtime/attributes.h"
#include "runtime/binding.h"
#include "runtime/containers.h"
#include "runtime/lock.h"

namespace viperine {

namespace {

enum SemaphoreKind { kRecursiveMutex, kSemaphore };

class SemLock final : public HeapObject {
 public:
  static constexpr Kind kKind = Kind::SemLock;
  sem_t* handle_;
  uint64_t owner_;    // thread that took it last
  Slot<Value> name_;  // str or None
  int64_t count_;     // how often that thread holds it
  int32_t kind_, maximum_;
  static void release(HeapObject* object) {
    auto* self = static_cast<SemLock*>(object);
    if (self->handle_ != SEM_FAILED && self->handle_ != nullptr) sem_close(self->handle_);
    self->handle_ = nullptr;
  }
  LAYOUT(SemLock, HeapObject, handle_, owner_, name_, count_, kind_, maximum_);
};

bool is_mine(Thread& thread, const SemLock* self) { return self->count_ > 0 && self->owner_ == thread.identifier_; }

Result<Value> wrap(Thread& thread, Type* type, sem_t* handle, int kind, int maximum, Value name) {
  auto* self = make_instance<SemLock>(thread, type);
  self->handle_ = handle;
  self->owner_ = 0;
  self->name_.set(self, name);
  self->count_ = 0;
  self->kind_ = kind;
  self->maximum_ = maximum;
  return to_value(self);
}

Result<Value> semlock_new(Thread& thread, Type* type, const Arguments& arguments) {
  static constexpr NativeMethod kSignature =
      binding_detail::parse("SemLock(kind, value, maxvalue, name, unlink)", 0, true, nullptr);
  BoundArguments bound;
  TRY(bind_arguments(thread, kSignature, arguments, bound));
  int kind = TRY(to_c_int(thread, bound.values[0])), value = TRY(to_c_int(thread, bound.values[1]));
  int maximum = TRY(to_c_int(thread, bound.values[2]));
  Str* name = try_str(thread, bound.values[3]);
  if (name == nullptr)
    return thread.raise<TypeError>("SemLock() argument 'name' must be str, not {}", type_name_of(bound.values[3]));
  bool unlinks = TRY(is_true(thread, bound.values[4]));
  if (kind != kRecursiveMutex && kind != kSemaphore) return thread.raise<ValueError>("unrecognized kind");
  std::string path(TRY(encode_utf8(thread, name))->view());
  sem_t* handle = sem_open(path.c_str(), O_CREAT | O_EXCL, 0600, static_cast<unsigned>(value));
  if (handle == SEM_FAILED) return thread.raise_errno(errno);
  if (unlinks && sem_unlink(path.c_str()) < 0) {
    int error = errno;
    sem_close(handle);
    return thread.raise_errno(error);
  }
  return wrap(thread, type, handle, kind, maximum, unlinks ? Value::none() : to_value(name));
}

Result<Value> semlock_rebuild(Thread& thread, Type* type, Value handle, int kind, int maximum, NoneOr<Str*> name) {
  auto* semaphore = reinterpret_cast<sem_t*>(TRY(to_c_uint64(thread, handle)));
  if (name) {
    std::string path(TRY(encode_utf8(thread, name.get()))->view());
    semaphore = sem_open(path.c_str(), 0);
    if (semaphore == SEM_FAILED) return thread.raise_errno(errno);
  }
  return wrap(thread, type, semaphore, kind, maximum, name ? to_value(name.get()) : Value::none());
}

Result<bool> semlock_acquire(Thread& thread, SemLock* self, bool blocking, Value timeout_value) {
  if (self->kind_ == kRecursiveMutex && is_mine(thread, self)) {
    ++self->count_;
    return true;
  }
  timespec deadline = {};
  bool has_deadline = !timeout_value.is_none();
  if (has_deadline) {
    double timeout = TRY(to_double(thread, timeout_value));
    if (!(timeout > 0)) timeout = 0;
    clock_gettime(CLOCK_REALTIME, &deadline);
    double whole = std::floor(timeout);
    deadline.tv_sec += static_cast<time_t>(whole);
    deadline.tv_nsec += static_cast<long>((timeout - whole) * 1e9);
    if (deadline.tv_nsec >= 1000000000) deadline.tv_nsec -= 1000000000, ++deadline.tv_sec;
  }
  sem_t* handle = self->handle_;
  int status;
  do {
    status = sem_trywait(handle);
  } while (status < 0 && errno == EINTR);
  while (status < 0 && errno == EAGAIN && blocking) {
    status = without_lock(thread, [&] { return has_deadline ? sem_timedwait(handle, &deadline) : sem_wait(handle); });
    if (status == 0 || errno != EINTR) break;
    TRY(handle_signals(thread));
    errno = EAGAIN;
  }
  if (status < 0) {
    if (errno == EAGAIN || errno == ETIMEDOUT) return false;
    return thread.raise_errno(errno);
  }
  ++self->count_;
  self->owner_ = thread.identifier_;
  return true;
}
Result<bool> semlock_enter(Thread& thread, SemLock* self) { return semlock_acquire(thread, self, true, Value::none()); }
Result<void> semlock_release(Thread& thread, SemLock* self) {
  if (self->kind_ == kRecursiveMutex) {
    if (!is_mine(thread, self))
      return thread.raise<AssertionError>("attempt to release recursive lock not owned by thread");
    if (self->count_ > 1) {
      --self->count_;
      return {};
    }
  } else {
    int value;
    if (sem_getvalue(self->handle_, &value) < 0) return thread.raise_errno(errno);
    if (value >= self->maximum_) return thread.raise<ValueError>("semaphore or lock released too many times");
  }
  if (sem_post(self->handle_) < 0) return thread.raise_errno(errno);
  --self->count_;
  return {};
}
Result<void> semlock_exit(Thread& thread, SemLock* self, Rest) { return semlock_release(thread, self); }
Value semlock_count(Thread&, SemLock* self) { return Value::from_int(self->count_); }
Value semlock_is_mine(Thread& thread, SemLock* self) { return Value::from_bool(is_mine(thread, self)); }
Result<Value> semlock_get_value(Thread& thread, SemLock* self) {
  int value;
  if (sem_getvalue(self->handle_, &value) < 0) return thread.raise_errno(errno);
  return Value::from_int(value < 0 ? 0 : value);
}
Result<Value> semlock_is_zero(Thread& thread, SemLock* self) {
  return Value::from_bool(TRY(semlock_get_value(thread, self)) == Value::from_int(0));
}
Result<void> semlock_after_fork(Thread&, SemLock* self) {
  self->count_ = 0;
  return {};
}
Value semlock_handle(Thread& thread, SemLock* self) {
  return make_unsigned(thread.heap(), reinterpret_cast<uint64_t>(self->handle_));
}
Value semlock_kind(Thread&, SemLock* self) { return Value::from_int(self->kind_); }
Value semlock_maximum(Thread&, SemLock* self) { return Value::from_int(self->maximum_); }
Value semlock_name(Thread&, SemLock* self) { return self->name_.get(); }

constexpr NativeMethod kSemLockMethods[] = {
    method<semlock_acquire>("acquire($self, /, block=True, timeout=None)"),
    method<semlock_release>("release($self, /)"),
    method<semlock_count>("_count($self, /)"),
    method<semlock_is_mine>("_is_mine($self, /)"),
    method<semlock_get_value>("_get_value($self, /)"),
    method<semlock_is_zero>("_is_zero($self, /)"),
    method<semlock_rebuild>("_rebuild($type, handle, kind, maxvalue, name, /)"),
    method<semlock_after_fork>("_after_fork($self, /)"),
    method<semlock_enter>("__enter__($self, /)"),
    method<semlock_exit>("__exit__($self, /, *args)"),
};
constexpr NativeAttribute kSemLockAttributes[] = {attribute<semlock_handle>("handle"), attribute<semlock_kind>("kind"),
                                                  attribute<semlock_maximum>("maxvalue"),
                                                  attribute<semlock_name>("name")};

const TypeSpec kSemLockType = {.name = "_multiprocessing.SemLock",
                               .kind = Kind::SemLock,
                               .flags = kTypeBase,
                               .layout = [] { return layout_of<SemLock>("SemLock"); },
                               .slots = {.new_ = &semlock_new},
                               .methods = kSemLockMethods,
                               .attributes = kSemLockAttributes,
                               .doc = "Semaphore/Mutex type",
                               .ready = [](Thread& thread, Type* type) -> Result<void> {
                                 return dict_set_name(thread, type->dict(), "SEM_VALUE_MAX",
                                                      Value::from_int(SEM_VALUE_MAX));
                               }};

Result<void> unlink_semaphore(Thread& thread, Str* name) {
  std::string path(TRY(encode_utf8(thread, name))->view());
  if (sem_unlink(path.c_str()) < 0) return thread.raise_errno(errno);
  return {};
}
constexpr NativeMethod kFunctions[] = {function<unlink_semaphore>("sem_unlink(name, /)")};

Result<void> initialize(Thread& thread, Module* module) {
  TRY(add_type(thread, module, kSemLockType));
  Dict* flags = Dict::make(thread.heap());
  TRY(dict_set_name(thread, flags, "HAVE_SEM_OPEN", Value::from_int(1)));
  TRY(dict_set_name(thread, flags, "HAVE_SEM_TIMEDWAIT", Value::from_int(1)));
  return add_constant(thread, module, "flags", to_value(flags));
}

// --- _posixshmem

Result<std::string> shared_name(Thread& thread, Str* name) {
  std::string path(TRY(encode_utf8(thread, name))->view());
  if (path.find('\0') != std::string::npos) return thread.raise<ValueError>("embedded null character");
  return path;
}
Result<Value> open_shared(Thread& thread, Str* name, int flags, int mode) {
  std::string path = TRY(shared_name(thread, name));
  bool raised = false;
  int descriptor = retry(
      thread, [&] { return shm_open(path.c_str(), flags, static_cast<mode_t>(mode)); }, &raised);
  if (raised) return Raised{};
  if (descriptor < 0) return thread.raise_errno(errno, to_value(name));
  return Value::from_int(descriptor);
}
Result<void> unlink_shared(Thread& thread, Str* name) {
  std::string path = TRY(shared_name(thread, name));
  bool raised = false;
  int status = retry(
      thread, [&] { return shm_unlink(path.c_str()); }, &raised);
  if (raised) return Raised{};
  if (status < 0) return thread.raise_errno(errno, to_value(name));
  return {};
}
constexpr NativeMethod kSharedFunctions[] = {function<open_shared>("shm_open(path, flags, mode=511)"),
                                             function<unlink_shared>("shm_unlink(path)")};

}  // namespace

extern const ModuleSpec kMultiprocessingModule = {
    .name = "_multiprocessing", .functions = kFunctions, .initialize = &initialize};
extern const ModuleSpec kSharedMemoryModule = {
    .name = "_posixshmem", .functions = kSharedFunctions, .doc = "POSIX shared memory module"};

}  // namespace viperine
