// SPDX-License-Identifier: MIT
// Thread: the state of one Python thread: its VM stack, the pending and the handled exception, the poll word. Passed to
// everything that may run Python and raise. Starting and switching threads is in runtime/threads.h.
//   A frame on the VM stack (base points to register 0):
//     base[-6] Function | base[-5] caller's base (raw) | base[-4] saved pc (raw) | base[-3] continuation opcode, flags
//     (int) base[-2] Frame object or int 0 | base[-1] Generator, or int 0 | base[0] ... registers
// Invariant: every word of [stack_begin_, frame end) is a valid Value or an aligned raw pointer (which reads as an
// int).
#pragma once

#include <atomic>
#include <cstddef>

#include "objects/exception.h"
#include "objects/number.h"
#include "runtime/slots.h"

namespace viperine {

class Runtime;
struct Names;

enum class ExceptionKind : uint8_t {
#define EXCEPTION(name, base, slots, doc) name,
#include "runtime/exceptions.def"
#undef EXCEPTION
  kCount
};

/// Tags for thread.raise<ValueError>(...): one empty struct per exception, named like it.
#define EXCEPTION(name, base, slots, doc)                       \
  struct name {                                                 \
    static constexpr ExceptionKind kKind = ExceptionKind::name; \
  };
#include "runtime/exceptions.def"
#undef EXCEPTION

/// One argument of an error text's {}: text, a number, a str, or the name of a value's type.
struct TextArgument {
  enum class Kind : uint8_t { Text, Int, Unsigned, Character, Str, TypeOf, Type } kind;
  std::string_view text;
  int64_t number = 0;
  Value value;
  TextArgument(const char* text) : kind(Kind::Text), text(text) {}             // NOLINT: implicit on purpose
  TextArgument(std::string_view text) : kind(Kind::Text), text(text) {}        // NOLINT
  TextArgument(char c) : kind(Kind::Character), number(static_cast<unsigned char>(c)) {}  // NOLINT
  TextArgument(int number) : kind(Kind::Int), number(number) {}                // NOLINT
  TextArgument(long number) : kind(Kind::Int), number(number) {}               // NOLINT
  TextArgument(long long number) : kind(Kind::Int), number(number) {}          // NOLINT
  TextArgument(unsigned number) : kind(Kind::Int), number(number) {}           // NOLINT
  TextArgument(unsigned long number) : kind(Kind::Unsigned), number(static_cast<int64_t>(number)) {}  // NOLINT
  TextArgument(Str* text) : kind(Kind::Str), value(to_value(text)) {}          // NOLINT
  TextArgument(Type* type)
      : kind(Kind::Type), value(Value::from_object(reinterpret_cast<HeapObject*>(type))) {}  // NOLINT
  TextArgument(Value str) : kind(Kind::Str), value(str) {}                     // NOLINT: must be a str
};
/// {} becomes the name of the value's type.
inline TextArgument type_name_of(Value value) {
  TextArgument argument("");
  argument.kind = TextArgument::Kind::TypeOf;
  argument.value = value;
  return argument;
}
/// {} becomes the character with this code point.
inline TextArgument character(uint32_t code_point) {
  TextArgument argument("");
  argument.kind = TextArgument::Kind::Character;
  argument.number = code_point;
  return argument;
}

enum PollBits : uint32_t {
  kPollCollect = 1,       // the heap wants a safepoint
  kPollFinalize = 2,      // finalizers, weakref callbacks, pending calls
  kPollSignal = 4,        // a signal handler must run (main thread)
  kPollSwitch = 8,        // another thread waits for the GIL
  kPollAsync = 16,        // an asynchronous exception was set
  kPollTrace = 32,        // dispatch tables must be reconsidered
};

class Thread {
 public:
  Runtime& runtime() const { return *runtime_; }
  Heap& heap() const { return *heap_; }
  const Names& names() const { return *names_; }

  // --- exceptions (runtime/errors.cpp)
  /// Raises a built-in exception with a text in which each {} is replaced by the next argument.
  template <typename Tag, typename... Arguments_>
  Raised raise(std::string_view format, Arguments_... arguments) {
    if constexpr (sizeof...(arguments) == 0) {
      return raise_text(Tag::kKind, format, nullptr, 0);
    } else {
      const TextArgument list[] = {TextArgument(arguments)...};
      return raise_text(Tag::kKind, format, list, sizeof...(arguments));
    }
  }
  template <typename Tag>
  Raised raise() {
    return raise_empty(Tag::kKind);
  }
  Raised raise_text(ExceptionKind kind, std::string_view format, const TextArgument* arguments, size_t count);
  Raised raise_empty(ExceptionKind kind);
  /// kind(argument), e.g. KeyError(key).
  Raised raise_value(ExceptionKind kind, Value argument);
  /// Raises this exception object (context is set, traceback grows while unwinding).
  Raised raise_object(ExceptionObject* exception);
  /// OSError (the subclass that fits) from errno.
  Raised raise_errno(int error_number, Value filename = Value::absent(), Value filename2 = Value::absent());
  Raised raise_memory_error();

  bool has_pending() const { return !pending_.is_absent(); }
  ExceptionObject* pending() const { return cast<ExceptionObject>(pending_); }
  /// Takes the pending exception: it is no longer pending.
  ExceptionObject* take_pending() {
    ExceptionObject* exception = pending();
    pending_ = Value::absent();
    return exception;
  }
  void clear_pending() { pending_ = Value::absent(); }
  /// Puts an exception back without touching context or traceback.
  Raised restore_pending(ExceptionObject* exception) {
    pending_ = to_value(exception);
    return Raised{};
  }
  /// Whether the pending exception is of this kind (or a subclass).
  bool pending_is(ExceptionKind kind) const;
  template <typename Tag>
  bool pending_is() const {
    return pending_is(Tag::kKind);
  }
  /// The exception being handled (sys.exc_info()), None when none.
  Value handled() const { return handled_; }
  void set_handled(Value exception) { handled_ = exception; }

  // --- stack
  Value* frame() const { return frame_; }
  /// True when the native stack is nearly used up or too many calls are nested: RecursionError is pending then.
  [[nodiscard]] bool native_recursion_exceeded(const char* where) {
    char here;
    if (reinterpret_cast<uintptr_t>(&here) >= native_limit_) [[likely]] return false;
    return recursion_failed(where);
  }

  uint32_t poll() const { return poll_.load(std::memory_order_relaxed); }
  void request_poll(uint32_t bits) { poll_.fetch_or(bits, std::memory_order_relaxed); }

  bool recursion_failed(const char* where);

  // Fields the interpreter works on directly; everybody else uses the functions above.
  Runtime* runtime_ = nullptr;
  Heap* heap_ = nullptr;
  const Names* names_ = nullptr;
  Value* frame_ = nullptr;            // registers of the running activation, null at the bottom
  std::atomic<uint32_t> poll_{0};
  uint32_t native_entries_ = 0;  // how many execute() calls are active: 1 = every safepoint between bytecodes is clean
  Value pending_ = Value::absent();
  Value handled_ = Value::none();
  Value* stack_begin_ = nullptr;
  Value* stack_soft_end_ = nullptr;   // words above were never used since the last collection
  Value* stack_end_ = nullptr;
  Value* live_top_ = nullptr;         // during a safepoint: first dead word of the running frame, or null
  uintptr_t native_limit_ = 0;        // lowest native stack address for ordinary code
  const void* native_high_ = nullptr;
  const void* native_low_ = nullptr;  // published while the thread waits without the GIL
  uint32_t depth_ = 0;                // Python calls on the stack
  uint32_t depth_limit_ = 1000;
  bool handling_recursion_error_ = false;
  bool is_main_ = false;
  bool tracing_ = false;              // inside a trace or profile function
  const void* const* dispatch_ = nullptr;  // interpreter's dispatch table
  Value trace_function_ = Value::none();
  Value profile_function_ = Value::none();
  Value context_ = Value::none();     // contextvars.Context
  Value running_loop_ = Value::none();  // asyncio: None, or (loop, process)
  struct ReprScope* repr_scopes_ = nullptr;   // containers whose repr is under way (runtime/repr_scope.h)
  Value dict_ = Value::none();        // threading.local storage and the like
  Value async_exception_ = Value::absent();
  Value returned_ = Value::none();    // what a finished generator returned (RuntimeTables::resume)
  Value coroutine_origin_depth_;      // sys.set_coroutine_origin_tracking_depth
  Value asyncgen_hooks_[2] = {Value::none(), Value::none()};
  Value exit_lock_ = Value::none();   // released when the thread ends (_thread._set_sentinel): a weak reference to it
  uint64_t identifier_ = 0;
  Thread* next_ = nullptr;
  struct ThreadPlatform* platform_ = nullptr;
};

/// While it lives, native code below keeps object pointers across calls into Python: safepoints scan the native stack.
/// Needed only where Python is entered from outside (start-up, embedding): inside, execute() counts its entries.
class NativeHolder {
 public:
  explicit NativeHolder(Thread& thread) : thread_(thread) { ++thread_.native_entries_; }
  ~NativeHolder() { --thread_.native_entries_; }
  NativeHolder(const NativeHolder&) = delete;

 private:
  Thread& thread_;
};

}  // namespace viperine
