// SPDX-License-Identifier: MIT
// Storage of bytearrays: a Buffer that grows by an eighth, with free room at the front after deletions there.
// Invariant: memoryviews refer to the Buffer, not to the bytearray: a Buffer that was left behind stays as it is.
#include "runtime/bytearrays.h"

#include <algorithm>
#include <cstring>

namespace viperine {

Result<void> check_resizable(Thread& thread, const ByteArray* array) {
  if (array->exports_ > 0) return thread.raise<BufferError>("Existing exports of data: object cannot be re-sized");
  return {};
}

namespace {

/// A Buffer with the same contents at its beginning and room for `capacity`.
Result<void> move_storage(Thread& thread, ByteArray* array, int64_t capacity) {
  Buffer* fresh = Buffer::try_make(thread.heap(), capacity);
  if (fresh == nullptr) return thread.raise_memory_error();
  int64_t kept = std::min(array->length_, capacity);
  if (kept > 0) std::memcpy(fresh->data(), array->data(), static_cast<size_t>(kept));
  array->buffer_.set(array, fresh);
  array->start_ = 0;
  return {};
}

/// Sets the length after a change; what is left unused gives its memory back.
Result<void> set_length(Thread& thread, ByteArray* array, int64_t length) {
  array->length_ = length;
  if (array->buffer_.is_null()) return {};
  if (length == 0) {
    array->buffer_.set(array, nullptr);
    array->start_ = 0;
    return {};
  }
  int64_t capacity = array->buffer_->length();
  if (capacity > 64 && length < capacity / 2) return move_storage(thread, array, length + length / 8);
  return {};
}

Result<void> ensure_capacity(Thread& thread, ByteArray* array, int64_t length) {
  int64_t capacity = array->buffer_.is_null() ? 0 : array->buffer_->length() - array->start_;
  if (length <= capacity) return {};
  if (length > Value::kMaxInt / 2) return thread.raise_memory_error();
  return move_storage(thread, array, array->length_ == 0 ? length : length + length / 8 + (length < 9 ? 3 : 6));
}

}  // namespace

Result<ByteArray*> make_bytearray(Thread& thread, std::span<const uint8_t> data) {
  auto* array = static_cast<ByteArray*>(thread.heap().allocate(exact_shape_word(Kind::ByteArray), sizeof(ByteArray)));
  TRY(bytearray_append(thread, array, data));
  return array;
}

Result<void> bytearray_resize(Thread& thread, ByteArray* array, int64_t length) {
  if (length == array->length_) return {};
  TRY(check_resizable(thread, array));
  if (length > array->length_) {
    TRY(ensure_capacity(thread, array, length));
    std::memset(array->data() + array->length_, 0, static_cast<size_t>(length - array->length_));
    array->length_ = length;
    return {};
  }
  return set_length(thread, array, length);
}

Result<void> bytearray_replace(Thread& thread, ByteArray* array, int64_t start, int64_t stop,
                               std::span<const uint8_t> data) {
  auto count = static_cast<int64_t>(data.size());
  int64_t growth = count - (stop - start), length = array->length_;
  if (growth != 0) TRY(check_resizable(thread, array));
  if (growth < 0 && start == 0) {   // deletion at the front: the beginning moves
    array->start_ -= growth;
    if (count > 0) std::memcpy(array->data(), data.data(), data.size());
    return set_length(thread, array, length + growth);
  }
  if (growth > 0) TRY(ensure_capacity(thread, array, length + growth));
  uint8_t* at = array->data();
  if (growth != 0 && stop < length) std::memmove(at + start + count, at + stop, static_cast<size_t>(length - stop));
  if (count > 0) std::memmove(at + start, data.data(), data.size());
  if (growth < 0) return set_length(thread, array, length + growth);
  array->length_ = length + growth;
  return {};
}

}  // namespace viperine
