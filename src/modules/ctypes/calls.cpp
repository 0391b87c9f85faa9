// SPDX-License-Identifier: MIT
// Calling C: arguments and result through libffi, the lock and errno around the call.
// Invariant: while foreign code runs, foreign_caller() says which Python thread this OS thread is, and whether it holds
// the lock; callbacks (callbacks.cpp) rely on it.
#ifdef VIPERINE_HAS_FFI
#include <alloca.h>

#include <cerrno>
#include <cstring>

#include "modules/ctypes/ctypes.h"
#include "runtime/interpreter_data.h"
#include "runtime/threads.h"

namespace viperine::ctypes {

namespace {

/// What this OS thread does for ctypes. The only state outside a Runtime: C code calls back without any context.
struct OsThread {
  Thread* caller = nullptr;  // in foreign code right now
  bool unlocked = false;
  int error = 0;  // the copy of errno
};
thread_local OsThread os_thread;

}  // namespace

Raised raise_argument_error(Thread& thread, Str* text) {
  auto made = call(thread, state(thread, kArgumentError), to_value(text));
  if (made.is_raised()) return Raised{};
  return thread.raise_object(cast<ExceptionObject>(made.take()));
}

int* kept_errno() { return &os_thread.error; }
Thread* foreign_caller() { return os_thread.caller; }

[[gnu::noinline]] void run_foreign(Thread& thread, uint32_t flags, ffi_cif* cif, void* address, void* result,
                                   void** values) {
  // Callers' registers may be the only holders of objects: they go to the stack, which collections look through.
  __builtin_unwind_init();
  OsThread before = os_thread;
  bool unlock = (flags & kFunctionPythonApi) == 0, keep_error = (flags & kFunctionUseErrno) != 0;
  os_thread.caller = &thread;
  os_thread.unlocked = unlock;
  if (unlock) release_lock(thread);
  if (keep_error) std::swap(errno, os_thread.error);
  ffi_call(cif, FFI_FN(address), result, values);
  if (keep_error) std::swap(errno, os_thread.error);
  if (unlock) acquire_lock(thread);
  os_thread.caller = before.caller;
  os_thread.unlocked = before.unlocked;
}

CallbackScope::CallbackScope(Runtime& runtime) {
  Thread* caller = os_thread.caller;
  if (caller != nullptr) {
    thread_ = caller;
    locked_ = os_thread.unlocked;
    if (locked_) acquire_lock(*caller);
    os_thread.caller = nullptr;
  } else {
    // A thread that Python does not know yet.
    thread_ = new Thread();
    thread_->runtime_ = &runtime;
    acquire_lock(*thread_);
    CHECK(initialize_thread(runtime, *thread_));
    runtime.heap().enter_thread();
    thread_->depth_limit_ = runtime.main_thread()->depth_limit_;
    thread_->identifier_ = static_cast<uint64_t>(pthread_self());
    attached_ = true;
  }
  ++thread_->native_entries_;  // frames below hold objects
}

CallbackScope::~CallbackScope() {
  --thread_->native_entries_;
  if (!attached_) {
    os_thread.caller = thread_;
    os_thread.unlocked = locked_;
    if (locked_) release_lock(*thread_);
    return;
  }
  run_thread_exit_work(*thread_);
  finish_thread(*thread_);
  release_lock(*thread_);
  delete thread_;
}

namespace {

/// The result as Python sees it.
Result<Value> convert_result(Thread& thread, const CallRequest& request, uint8_t* result) {
  Value type = request.result_type;
  if (is_nothing(type)) {
    int number;
    std::memcpy(&number, result, sizeof(number));
    return Value::from_int(number);
  }
  if (type.is_none()) return type;
  TypeInfo* info = info_of_value(type);
  if (info == nullptr) {
    int number;
    std::memcpy(&number, result, sizeof(number));
    return call(thread, type, Value::from_int(number));
  }
  Value value;
  Type* cls = cast<Type>(type);
  if (info->category == Category::Simple && !is_simple_subclass(thread, cls)) {
    value = TRY(read_scalar(thread, info->code, info->swapped, result, 0));
  } else {
    CData* made = TRY(make_data(thread, cls));
    std::memcpy(made->data_, result, static_cast<size_t>(info->size));
    value = to_value(made);
  }
  if (is_nothing(request.checker)) return value;
  return call(thread, request.checker, value);
}

ffi_type* result_ffi(const CallRequest& request) {
  if (is_nothing(request.result_type)) return &ffi_type_sint32;
  if (request.result_type.is_none()) return &ffi_type_void;
  TypeInfo* info = info_of_value(request.result_type);
  if (info == nullptr) return &ffi_type_sint32;
  return info->category == Category::Array ? &ffi_type_pointer : &info->ffi;
}

Result<void> convert_arguments(Thread& thread, const CallRequest& request, CArgument* out) {
  for (size_t i = 0; i < request.arguments.size(); ++i) {
    Value value = request.arguments[i];
    Result<void> done{};
    if (request.converters != nullptr && static_cast<int64_t>(i) < request.converters->length()) {
      auto converted = call(thread, request.converters->at(static_cast<int64_t>(i)), value);
      if (converted.is_raised())
        done = Raised{};
      else
        done = convert_argument(thread, converted.take(), static_cast<int64_t>(i) + 1, out + i);
    } else {
      done = convert_argument(thread, value, static_cast<int64_t>(i) + 1, out + i);
    }
    if (!done.is_raised()) continue;
    char prefix[40];
    int length = snprintf(prefix, sizeof(prefix), "argument %zu: ", i + 1);
    extend_error(thread, state_type(thread, kArgumentError), std::string_view(prefix, static_cast<size_t>(length)));
    return Raised{};
  }
  return {};
}

}  // namespace

Result<Value> call_foreign(Thread& thread, const CallRequest& request) {
  size_t count = request.arguments.size();
  if (static_cast<int64_t>(count) > kMostArguments)
    return raise_argument_error(thread, format_text(thread, "too many arguments ({}), maximum is {}",
                                                    static_cast<int64_t>(count), kMostArguments));
  if (thread.native_recursion_exceeded(" while calling a foreign function")) return Raised{};
  auto* arguments = static_cast<CArgument*>(alloca((count + 1) * sizeof(CArgument) + alignof(CArgument)));
  arguments = reinterpret_cast<CArgument*>((reinterpret_cast<uintptr_t>(arguments) + 15) & ~uintptr_t{15});
  std::memset(static_cast<void*>(arguments), 0, count * sizeof(CArgument));
  TRY(convert_arguments(thread, request, arguments));
  auto** types = static_cast<ffi_type**>(alloca((count + 1) * sizeof(ffi_type*)));
  auto** values = static_cast<void**>(alloca((count + 1) * sizeof(void*)));
  for (size_t i = 0; i < count; ++i) {
    types[i] = arguments[i].type;
    values[i] = arguments[i].place;
  }
  ffi_type* result_type = result_ffi(request);
  size_t result_size = std::max(result_type->size, sizeof(ffi_arg)) + 16;
  auto* result = static_cast<uint8_t*>(alloca(result_size + 16));
  result = reinterpret_cast<uint8_t*>((reinterpret_cast<uintptr_t>(result) + 15) & ~uintptr_t{15});
  std::memset(result, 0, result_size);
  ffi_cif cif;
  size_t fixed = request.types == nullptr ? count : static_cast<size_t>(request.types->length());
  ffi_status status = fixed > 0 && fixed < count
                          ? ffi_prep_cif_var(&cif, FFI_DEFAULT_ABI, static_cast<unsigned>(fixed),
                                             static_cast<unsigned>(count), result_type, types)
                          : ffi_prep_cif(&cif, FFI_DEFAULT_ABI, static_cast<unsigned>(count), result_type, types);
  if (status != FFI_OK) return thread.raise<RuntimeError>("ffi_prep_cif failed");
  run_foreign(thread, request.flags, &cif, request.address, result, values);
  if (thread.has_pending()) return Raised{};
  return convert_result(thread, request, result);
}

}  // namespace viperine::ctypes

#endif
