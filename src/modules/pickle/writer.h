// SPDX-License-Identifier: MIT
// Writer: one dump() of a Pickler: the bytes made so far, framing, and the saving of every kind of object.
// Invariant: the bytes are the C pickler's of CPython 3.11, opcode by opcode.
#pragma once

#include <cstdlib>
#include <cstring>

#include "modules/pickle/pickle.h"

namespace viperine::pickle {

class Writer {
 public:
  Writer(Thread& thread, Pickler* pickler)
      : thread_(thread), pickler_(pickler), protocol_(pickler->protocol_), binary_(pickler->binary_ != 0) {}
  ~Writer() { std::free(data_); }
  Writer(const Writer&) = delete;

  Result<Value> dump(Value object);

 private:
  // --- bytes (save_values.cpp)
  void make_room(size_t more);
  void put(const void* bytes, size_t count) {
    if (size_ + count + kFrameHeader > capacity_) [[unlikely]]
      make_room(count);
    if (framing_ && frame_start_ < 0) [[unlikely]] {
      frame_start_ = static_cast<int64_t>(size_);
      size_ += kFrameHeader;
    }
    std::memcpy(data_ + size_, bytes, count);
    size_ += count;
  }
  void put(uint8_t op) { put(&op, 1); }
  void put_number(uint8_t op, uint64_t number, int bytes);
  void put_line(uint8_t op, int64_t number);
  Result<void> put_large(const uint8_t* header, size_t header_size, const void* data, size_t size, Value payload);
  void close_frame();
  Result<void> flush();
  Result<void> boundary();

  // --- memo
  int64_t find_memo(Value object) { return memo_find(thread_, pickler_, object); }
  Result<void> get_memo(int64_t number);
  Result<void> put_memo(Value object);

  // --- values
  Result<void> save(Value object, bool persistent = true);
  Result<bool> save_plain(Value object);
  Result<void> save_int(Value number);
  void save_float(double number);
  Result<void> save_bytes(Value object);
  Result<void> save_bytes_data(Value object, const uint8_t* data, size_t size);
  Result<void> save_bytearray(Value object);
  Result<void> save_bytearray_data(Value object, const uint8_t* data, size_t size);
  Result<void> save_text(Str* text);
  Result<void> save_tuple(Tuple* tuple);
  Result<void> save_list(List* list);
  Result<void> save_dict(Dict* dict);
  Result<void> save_set(Set* set);
  Result<void> save_frozenset(Set* set);
  Result<void> save_buffer(Value object);
  Result<void> batch_items(Value iterator);
  Result<void> batch_pairs(Value iterator);
  Result<bool> enter_fast(Value object);
  void leave_fast() {
    if (pickler_->fast_ != 0) --pickler_->fast_nesting_;
  }

  // --- objects (save_objects.cpp)
  Result<bool> save_persistent(Value object);
  Result<void> save_object(Value object, Type* type);
  Result<void> save_type(Value object);
  Result<void> save_global(Value object, Value name);
  Result<bool> save_extension(Value object, Value module, Value name);
  Result<void> put_identifier(Str* text, const char* what);
  Result<void> save_reduced(Value object, Value reduced);
  Result<void> save_reduce(Tuple* parts, Value object);
  Result<void> save_callable(Value callable, Tuple* arguments, Value object);
  Result<void> save_new_object_ex(Tuple* arguments);
  Result<void> save_new_object(Tuple* arguments, Value object);
  Result<void> save_state(Value state, Value setter, Value object);
  Result<Optional<Value>> dispatch_function(Type* type);
  Result<Value> find_module(Value object, Str* path);

  Thread& thread_;
  Pickler* pickler_;
  const int protocol_;
  const bool binary_;
  bool framing_ = false, failed_ = false;
  int64_t frame_start_ = -1;
  uint8_t* data_ = nullptr;
  size_t size_ = 0, capacity_ = 0;
  Value reducer_override_;  // int 0: none
  Value dispatch_;          // copyreg.dispatch_table, int 0 until asked for
  Value fast_memo_;         // int 0, or a dict of identities
};

}  // namespace viperine::pickle
