// SPDX-License-Identifier: MIT
// Storage of bytearrays: a Buffer that grows by an eighth, with free room at the front after deletions there.
// Invariant: memoryviews refer to the Buffer, not to the bytearray: a Buffer that was left behind stays as it is.
#include "runtime/bytearrays.h"

#include <algorithm>
#include <cstring>

#include "objects/memory_view.h"
#include "runtime/interpreter_data.h"

namespace viperine {

namespace {

// Views are not counted: nothing tells when the last reference to one goes. Before the size changes, look for one that
// a variable, a container or an attribute refers to; what only temporaries know counts as gone, since CPython would
// have freed it. Bit 0 of ByteArray::padding_: a memoryview was made;
// bit 1: the bytes belong to an array.array. The search costs a full collection, so it is given up when it found
// nothing too often.

constexpr int64_t kMostVainSearches = 16;

struct ViewSearch {
  Heap* heap;
  Value storage;
  bool found;
};

bool is_view_of(Value value, Value storage) {
  if (!has_kind(value, Kind::MemoryView)) return false;
  auto* view = static_cast<MemoryView*>(value.as_object());
  return !view->is_released() && view->storage_.get() == storage;
}

void note_view_edge(Value* slot, void* context) {
  auto* search = static_cast<ViewSearch*>(context);
  search->found = search->found || is_view_of(*slot, search->storage);
}

void note_view_holder(HeapObject* object, void* context) {
  auto* search = static_cast<ViewSearch*>(context);
  if (!search->found) search->heap->for_each_edge(object, &note_view_edge, context);
}

bool is_in_variables(Thread& thread, Value storage) {
  for (Value* base = thread.frame(); base != nullptr; base = caller_of(base)) {
    Code* code = function_of(base)->code();
    for (uint32_t i = 0; i < code->local_count_; ++i)
      if (is_view_of(base[i], storage)) return true;
  }
  return false;
}

bool is_viewed(Thread& thread, ByteArray* array) {
  if ((array->padding_ & 1) == 0 || array->buffer_.is_null()) return false;
  if (has_memoryview(thread, to_value(array->buffer_.get()))) return true;
  array->padding_ &= ~1;
  return false;
}

}  // namespace

bool has_memoryview(Thread& thread, Value storage) {
  Type* type = thread.runtime().type(Kind::ByteArray);
  int64_t vain = type->extra_.get().is_int() ? type->extra_.get().as_int() : 0;
  if (vain >= kMostVainSearches) return false;
  for (Thread* other = thread.runtime().threads_; other != nullptr; other = other->next_)
    if (is_in_variables(*other, storage)) return true;
  RootVector kept(thread.runtime());
  kept.push(storage);
  thread.heap().request_collection(Collection::Full);
  thread.heap().safepoint(false);
  ViewSearch search{&thread.heap(), kept[0], false};
  thread.heap().for_each_object(&note_view_holder, &search);
  if (search.found) return true;
  type->extra_.set(type, Value::from_int(vain + 1));
  return false;
}

Result<void> check_resizable(Thread& thread, ByteArray* array) {
  if (array->exports_ == 0 && !is_viewed(thread, array)) return {};
  if (array->padding_ & 2) return thread.raise<BufferError>("cannot resize an array that is exporting buffers");
  return thread.raise<BufferError>("Existing exports of data: object cannot be re-sized");
}

namespace {

/// A Buffer with the same contents at its beginning and room for `capacity`. What `source` is in stays readable.
Result<void> move_storage(Thread& thread, ByteArray* array, int64_t capacity, const uint8_t* source = nullptr) {
  bool own = source != nullptr && source >= array->data() && source <= array->data() + array->length_;
  if (array->start_ == 0 && !array->buffer_.is_null() && !own) {
    if (Buffer* longer = Buffer::try_extend(thread.heap(), array->buffer_.get(), capacity)) {
      array->buffer_.set(array, longer);
      return {};
    }
  }
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

Result<void> ensure_capacity(Thread& thread, ByteArray* array, int64_t length, const uint8_t* source = nullptr) {
  int64_t room = array->buffer_.is_null() ? 0 : array->buffer_->length() - array->start_;
  if (length <= room) return {};
  if (length > Value::kMaxInt / 2) return thread.raise_memory_error();
  int64_t capacity = array->length_ == 0 ? length : length + length / 8 + (length < 9 ? 3 : 6);
  return move_storage(thread, array, capacity, source);
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
  if (growth < 0 && start == 0) {  // deletion at the front: the beginning moves
    array->start_ -= growth;
    if (count > 0) std::memcpy(array->data(), data.data(), data.size());
    return set_length(thread, array, length + growth);
  }
  if (growth > 0) TRY(ensure_capacity(thread, array, length + growth, data.data()));
  uint8_t* at = array->data();
  if (growth != 0 && stop < length) std::memmove(at + start + count, at + stop, static_cast<size_t>(length - stop));
  if (count > 0) std::memmove(at + start, data.data(), data.size());
  if (growth < 0) return set_length(thread, array, length + growth);
  array->length_ = length + growth;
  return {};
}

}  // namespace viperine
