// SPDX-License-Identifier: MIT
// Reader: one load() of an Unpickler: where it is in the input, the stack of objects and its marks.
// Invariants: nothing is believed: every length is compared with what is left, and no opcode reaches below the last
// mark. Before Python code runs nothing points into the input but offsets.
#pragma once

#include <string_view>
#include <vector>

#include "modules/pickle/pickle.h"

namespace viperine::pickle {

class Reader {
 public:
  Reader(Thread& thread, Unpickler* unpickler)
      : thread_(thread), unpickler_(unpickler), buffer_(thread), stack_(thread.runtime()) {}
  Result<void> use(Value data);
  Result<Value> load();

 private:
  // --- input (reader.cpp)
  Raised raise_truncated() { return raise_unpickling(thread_, "pickle data was truncated"); }
  Result<const uint8_t*> take(uint64_t count) {
    if (count <= static_cast<uint64_t>(size_ - at_)) [[likely]] {
      const uint8_t* bytes = data_ + at_;
      at_ += static_cast<int64_t>(count);
      return bytes;
    }
    return take_slow(count);
  }
  Result<const uint8_t*> take_slow(uint64_t count);
  Result<void> take_into(uint8_t* target, int64_t count, Value owner);
  Result<int64_t> read_file(int64_t count);
  Result<void> skip_consumed();
  Result<std::string_view> line();
  Result<uint64_t> number(int bytes);
  Result<void> set_data(Value data);

  // --- stack
  int64_t depth() const { return static_cast<int64_t>(stack_.size()); }
  int64_t fence() const { return marks_.empty() ? 0 : marks_.back(); }
  Raised raise_underflow() {
    return raise_unpickling(thread_, marks_.empty() ? "unpickling stack underflow" : "unexpected MARK found");
  }
  Result<void> need(int64_t count) {
    if (depth() - fence() < count) [[unlikely]]
      return raise_underflow();
    return {};
  }
  Result<Value> pop() {
    TRY(need(1));
    return stack_.pop();
  }
  Value top() { return stack_[stack_.size() - 1]; }
  Result<void> push(Value value) {
    stack_.push(value);
    return {};
  }
  Result<int64_t> pop_mark();
  void cut(int64_t length) {
    while (depth() > length) stack_.pop();
  }
  std::span<Value> above(int64_t start) { return stack_.span().subspan(static_cast<size_t>(start)); }
  Result<Tuple*> pop_tuple(int64_t start);

  // --- opcodes
  Result<void> step(uint8_t op);
  Result<void> step_more(uint8_t op);
  Result<void> load_int();  // load_values.cpp
  Result<void> load_long_text();
  Result<void> load_long(int bytes);
  Result<void> load_float();
  Result<void> load_binary_float();
  Result<void> load_string();
  Result<void> load_binary_string(int bytes);
  Result<void> push_decoded(const uint8_t* data, int64_t size);
  Result<void> load_unicode();
  Result<void> load_binary_unicode(int bytes);
  Result<void> load_binary_bytes(int bytes);
  Result<void> load_bytearray();
  Result<void> load_next_buffer();
  Result<void> load_readonly_buffer();
  Result<void> load_tuple(int64_t start);
  Result<void> load_counted_tuple(int64_t count);
  Result<void> load_list();
  Result<void> load_dict();
  Result<void> load_frozenset();
  Result<void> load_inst();  // load_objects.cpp
  Result<void> load_obj();
  Result<Value> instantiate(Value cls, Tuple* arguments);
  Result<void> load_newobj(bool keywords);
  Result<void> load_global();
  Result<void> load_stack_global();
  Result<Value> find(Value module, Value name);
  Result<void> load_persid();
  Result<void> load_binpersid();
  Result<void> load_extension(int bytes);
  Result<void> load_reduce();
  Result<void> load_build();
  Result<void> set_state(Value object, Dict* state);
  Result<void> load_pop();
  Result<void> load_dup();
  Result<void> load_get(uint64_t number);
  Result<void> load_get_text();
  Result<void> load_put(int64_t number);
  Result<void> load_put_text();
  Result<void> append(int64_t start);
  Result<void> set_items(int64_t start);
  Result<void> add_items();
  Result<void> load_proto();
  Result<void> load_frame();

  Thread& thread_;
  Unpickler* unpickler_;
  BufferScope buffer_;  // of the bytes given to loads()
  Value held_;          // what data_ lies in, when it came from a file
  const uint8_t* data_ = nullptr;
  int64_t size_ = 0, at_ = 0;
  int64_t prefetched_ = 0;  // bytes of the data that the file itself has passed already
  bool from_memory_ = false;
  RootVector stack_;
  std::vector<int64_t> marks_;
};

}  // namespace viperine::pickle
