// SPDX-License-Identifier: MIT
// What all stages of one parse share: arena, options, interned names, warnings, the first error, message formatting.
// Knows nothing of tokens or grammar.
// Invariant: the first error wins; later calls of set_error are ignored.
#pragma once

#include <cstdarg>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "base/arena.h"
#include "base/check.h"
#include "syntax/parser.h"

namespace viperine::syntax {

/// Growable array of trivial items in malloc memory; cheap to keep between uses.
template <typename T>
class Buffer {
 public:
  Buffer() = default;
  Buffer(const Buffer&) = delete;
  Buffer& operator=(const Buffer&) = delete;
  ~Buffer() { std::free(items_); }

  void push(const T& item) {
    if (size_ == capacity_) [[unlikely]]
      grow();
    items_[size_++] = item;
  }
  T& operator[](size_t index) { return items_[index]; }
  const T& operator[](size_t index) const { return items_[index]; }
  T& back() { return items_[size_ - 1]; }
  T* data() { return items_; }
  const T* data() const { return items_; }
  size_t size() const { return size_; }
  void truncate(size_t size) { size_ = size; }
  void reserve(size_t capacity) {
    while (capacity_ < capacity) grow();
  }

 private:
  void grow() {
    capacity_ = capacity_ ? capacity_ * 2 : 32;
    T* items = static_cast<T*>(std::realloc(static_cast<void*>(items_), capacity_ * sizeof(T)));
    CHECK(items);
    items_ = items;
  }
  T* items_ = nullptr;
  size_t size_ = 0;
  size_t capacity_ = 0;
};

/// Set of texts; equal texts get one address.
class Interner {
 public:
  explicit Interner(Arena& arena) : arena_(arena) {}
  ~Interner() { std::free(slots_); }
  std::string_view intern(std::string_view text);

 private:
  struct Slot {
    const char* data;
    uint32_t size;
    uint32_t hash;
  };
  void grow();
  Arena& arena_;
  Slot* slots_ = nullptr;
  uint32_t capacity_ = 0;
  uint32_t used_ = 0;
};

class Session {
 public:
  Session(Arena& arena, const ParseOptions& options) : arena_(arena), options_(options), interner_(arena) {}

  Arena& arena() { return arena_; }
  const ParseOptions& options() const { return options_; }

  const Diagnostic* error() const { return error_; }
  void set_error(const Diagnostic& error) {
    if (!error_) error_ = arena_.make<Diagnostic>(error);
  }
  void clear_error() { error_ = nullptr; }
  void replace_error(const Diagnostic* error) { error_ = error; }

  Buffer<Warning>& warnings() { return warnings_; }

  /// An identifier as the tree holds it: normalised to NFKC, interned.
  std::string_view identifier(std::string_view text);

  std::string_view format(const char* format, ...) __attribute__((format(printf, 2, 3)));
  std::string_view format_list(const char* format, va_list arguments);

  bool is_identifier_start(uint32_t code_point) const;
  bool is_identifier_continue(uint32_t code_point) const;
  bool is_printable(uint32_t code_point) const;

  /// True: columns in diagnostics count code points; false (bytes without a cookie): bytes.
  bool columns_in_characters = true;

 private:
  Arena& arena_;
  const ParseOptions& options_;
  Interner interner_;
  Buffer<Warning> warnings_;
  const Diagnostic* error_ = nullptr;
};

/// Number of code points in a UTF-8 text, where each undecodable maximal part counts as one.
int32_t count_characters(std::string_view text);
/// Length in bytes of the well-formed character at `text`, 0 if there is none; *code_point receives it.
int decode_utf8(std::string_view text, uint32_t* code_point, bool allow_surrogates = false);
/// Appends UTF-8 (surrogates as three bytes); returns the number of bytes, at most 4.
int encode_utf8(uint32_t code_point, char* out);
/// Undecodable parts become U+FFFD, in the arena; well-formed text is returned as it is.
std::string_view replace_undecodable(Arena& arena, std::string_view text);
/// The message of UnicodeDecodeError for the first bad byte at or after `position` ("'utf-8' codec can't decode ...").
std::string_view utf8_error_message(Session& session, std::string_view text);

}  // namespace viperine::syntax
