// SPDX-License-Identifier: MIT
// What all streams of the module _io share: IoObject (the first fields of each kind), errors, calls by name.
// Invariant: an object whose shape word still is plain_word_ is exactly one of our own classes and has no attributes of
// its own, so that C++ may work on its fields instead of calling its methods.
#pragma once

#include <string_view>

#include "objects/bytes.h"
#include "runtime/attributes.h"
#include "runtime/binding.h"
#include "text/text_buffer.h"
#include "runtime/buffers.h"
#include "runtime/containers.h"
#include "runtime/lock.h"
#include "runtime/strings.h"
#include "runtime/type_spec.h"
#include "text/text_buffer.h"

namespace viperine {

enum IoFlags : uint32_t {
  kIoClosed = 1,       // _IOBase.close() has run
  kIoOwned = 2,        // another stream closes this one when both are garbage
  kIoFinalizing = 4,   // close() is called because the object is garbage
};

class IoObject : public HeapObject {
 public:
  static constexpr Kind kFirstKind = Kind::IOBase;
  static bool is_kind(Kind kind) {
    return kind >= Kind::FileIO && kind <= Kind::IOBase && kind != Kind::NewlineDecoder;
  }
  bool is_plain() const { return shape_word() == plain_word_; }
  bool has_io_flag(uint32_t flag) const { return (io_flags_ & flag) != 0; }
  void set_io_flag(uint32_t flag) { io_flags_ |= flag; }
  void clear_io_flag(uint32_t flag) { io_flags_ &= ~flag; }

  uint32_t plain_word_;   // 0: an instance of a class written in Python
  uint32_t io_flags_;
  LAYOUT(IoObject, HeapObject, plain_word_, io_flags_);
};

extern const TypeSpec kIoBaseType, kRawIoBaseType, kBufferedIoBaseType, kTextIoBaseType, kFileIoType,
    kBufferedReaderType, kBufferedWriterType, kBufferedRandomType, kBufferedPairType, kBytesIoType, kStringIoType,
    kTextWrapperType, kNewlineDecoderType;

constexpr int64_t kDefaultBufferSize = 8192;

/// A fresh stream of the class; fields are zero.
template <typename T>
T* make_stream(Thread& thread, Type* type) {
  T* stream = make_instance<T>(thread, type);
  stream->plain_word_ = type->is_heap_type() ? 0 : stream->shape_word();
  return stream;
}
template <typename T>
Result<Value> stream_new(Thread& thread, Type* type, const Arguments&) {
  return to_value(make_stream<T>(thread, type));
}

/// The signature of a constructor, for bind_arguments.
consteval NativeMethod io_signature(const char* text) { return binding_detail::parse(text, 0, true, nullptr); }

/// io.UnsupportedOperation.
Raised raise_unsupported(Thread& thread, std::string_view text);
Type* unsupported_operation(Thread& thread);
/// BlockingIOError with characters_written.
Raised raise_blocking(Thread& thread, const char* text, int64_t written);
/// TypeError "cannot pickle '_io.X' object".
Raised raise_cannot_pickle(Thread& thread, Value self);

template <typename... Values>
Result<Value> call_named(Thread& thread, Value object, std::string_view name, Values... values) {
  return call_method(thread, object, intern(thread, name), values...);
}

/// Whether the object says it is closed: the attribute `closed`.
Result<bool> is_closed(Thread& thread, Value stream);
/// ValueError "I/O operation on closed file." when it is.
Result<void> check_open(Thread& thread, Value stream);
/// Calls readable() and the like; UnsupportedOperation with the text when the answer is not True.
Result<void> require_ability(Thread& thread, Value stream, Str* question, const char* text);

/// Runs signal handlers that wait. EINTR means: check, then try again.
Result<void> check_signals(Thread& thread);
/// Whether the pending exception is OSError(EINTR): it is cleared then.
bool take_interrupted(Thread& thread);
/// The earlier exception becomes the context of the pending one; when none is pending it is pending again.
Raised chain_errors(Thread& thread, ExceptionObject* earlier);

/// A position or size argument: None means `fallback`.
Result<int64_t> optional_size(Thread& thread, Value value, int64_t fallback);
/// An offset given by a raw stream or by the caller.
Result<int64_t> to_offset(Thread& thread, Value value);
inline Value offset_value(Thread& thread, int64_t offset) { return make_int(thread.heap(), offset); }

/// A view (memoryview) of part of a Buffer, for streams written in Python.
Result<Value> view_of_buffer(Thread& thread, Buffer* buffer, int64_t start, int64_t length);
/// A ResourceWarning "unclosed file <...>", as far as anybody would see it.
void warn_unclosed(Thread& thread, Value source);
/// name='...' part of reprs: appends " name=" and the repr when the stream has a name.
Result<void> append_name(Thread& thread, StringBuilder& builder, Value stream);

/// While a system call may block: other threads may run. errno survives.
class BlockingCall {
 public:
  explicit BlockingCall(Thread& thread) : thread_(thread), locked_(thread.runtime().thread_table_ != nullptr) {
    if (locked_) release_lock(thread_);
  }
  ~BlockingCall() {
    if (!locked_) return;
    int saved = errno;
    acquire_lock(thread_);
    errno = saved;
  }
  BlockingCall(const BlockingCall&) = delete;

 private:
  Thread& thread_;
  bool locked_;
};

}  // namespace viperine
