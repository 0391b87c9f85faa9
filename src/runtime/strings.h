// SPDX-License-Identifier: MIT
// Making and taking apart str objects from C++: creation, interning, ropes, UTF-8, StringBuilder. Methods are in
// builtins/str.cpp.
#pragma once

#include "runtime/runtime.h"

namespace viperine {

/// A str from UTF-8 that is known to be valid (our own texts; may hold encoded surrogates).
Str* make_str(Thread& thread, std::string_view utf8);
/// From code units of the given size (1, 2, 4), narrowed to what is needed. MemoryError when too large.
Result<Str*> make_str_from_units(Thread& thread, const void* units, int unit_size, int64_t length);
/// The same when the OR of all units (or their maximum) is known.
Result<Str*> make_str_from_units(Thread& thread, const void* units, int unit_size, int64_t length, uint32_t bits);
Str* make_character(Thread& thread, uint32_t code_point);
/// From bytes in the file system encoding (UTF-8 with surrogateescape).
Str* decode_filesystem(Thread& thread, std::string_view bytes);
/// To the file system encoding, NUL-terminated Bytes; UnicodeEncodeError for lone surrogates that are not escapes.
Result<Bytes*> encode_filesystem(Thread& thread, Str* text);
/// UTF-8 of a str; UnicodeEncodeError "surrogates not allowed".
Result<Bytes*> encode_utf8(Thread& thread, Str* text);
/// str(bytes, 'utf-8', 'strict'); UnicodeDecodeError.
Result<Str*> decode_utf8(Thread& thread, std::string_view bytes);
Bytes* make_bytes(Thread& thread, std::string_view data);
Result<Bytes*> try_make_bytes(Thread& thread, const void* data, int64_t length);  // data null: zeros

/// Str or Rope?
inline bool is_str(Value value) { return has_kind(value, Kind::Str) || has_kind(value, Kind::Rope); }
/// The Str behind a value for which is_str holds: joins ropes.
Str* flatten(Thread& thread, Rope* rope);
inline Str* as_str(Thread& thread, Value value) {
  return has_kind(value, Kind::Str) ? static_cast<Str*>(value.as_object()) : flatten(thread, cast<Rope>(value));
}
/// The str of that value, or null when it is something else.
inline Str* try_str(Thread& thread, Value value) { return is_str(value) ? as_str(thread, value) : nullptr; }

/// The one object that stands for equal text; attribute names and dict lookups compare by identity first.
Str* intern(Thread& thread, Str* text);
Str* intern(Thread& thread, std::string_view ascii);
/// left + right: joined, or a Rope when long.
Result<Value> concatenate(Thread& thread, Value left, Value right);
/// text[start : stop], step 1, 0 <= start <= stop <= length.
Result<Str*> substring(Thread& thread, Str* text, int64_t start, int64_t stop);
/// Lexicographic comparison by code point: negative, 0, positive.
int compare_text(const Str* left, const Str* right);
/// Fills `{}` in `format` (see Thread::raise) and makes a str.
Str* format_text(Thread& thread, std::string_view format, const TextArgument* arguments, size_t count);
template <typename... Arguments_>
Str* format_text(Thread& thread, std::string_view format, Arguments_... arguments) {
  const TextArgument list[] = {TextArgument(arguments)..., TextArgument("")};
  return format_text(thread, format, list, sizeof...(arguments));
}

/// Collects text of growing width in memory outside the heap: first in the builder itself, then in malloc memory (bytes
/// only, freed by the destructor).
class StringBuilder {
 public:
  explicit StringBuilder(Thread& thread) : thread_(thread) {}
  ~StringBuilder();
  StringBuilder(const StringBuilder&) = delete;
  void append(uint32_t code_point) {
    if (unit_ == 1 && code_point < 256 && length_ < capacity_) [[likely]]
      static_cast<uint8_t*>(data_)[length_++] = static_cast<uint8_t>(code_point);
    else
      append_slow(code_point);
  }
  void append(std::string_view utf8);
  void append(const char* utf8) { append(std::string_view(utf8)); }
  void append(Str* text) { append(text, 0, text->length()); }
  void append(Str* text, int64_t start, int64_t stop);
  void append_repeated(uint32_t code_point, int64_t count);
  void append_int(int64_t number);
  void append_unsigned(uint64_t number);
  int64_t length() const { return length_; }
  void truncate(int64_t length) { length_ = length; }
  /// The text; MemoryError when it does not fit.
  Result<Str*> finish();

 private:
  void append_slow(uint32_t code_point);
  void ensure(int64_t more, int unit);
  Thread& thread_;
  static constexpr int64_t kInlineBytes = 160;
  void* data_ = inline_;
  int64_t length_ = 0, capacity_ = kInlineBytes;
  int unit_ = 1;
  bool failed_ = false;
  alignas(8) uint8_t inline_[kInlineBytes];
};

}  // namespace viperine
