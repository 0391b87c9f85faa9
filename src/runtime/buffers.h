// SPDX-License-Identifier: MIT
// The buffer protocol: a view of an object's bytes while it is exported. Exporters fill a BufferView through
// TypeSlots::buffer. Invariant: between acquire and release the exporter does not resize, and `data` stays valid only
// until the next safepoint that could move the exporter: native code that holds a view and calls Python must use data()
// again afterwards.
#pragma once

#include "runtime/calls.h"

namespace viperine {

struct BufferView {
  Value owner;                 // who exports
  uint8_t* data = nullptr;
  int64_t length = 0;          // bytes
  int64_t item_size = 1;
  const char* format = "B";    // struct syntax
  bool readonly = true;
  int32_t dimensions = 1;
  int64_t shape[8] = {};       // when dimensions > 1, or for a memoryview with strides
  int64_t strides[8] = {};
  bool contiguous = true;
  Value storage;  // the Buffer that data lies in, when it does (int 0: unknown); memoryviews keep it instead of asking
                  // again
  void (*release)(Thread&, BufferView&) = nullptr;
};

/// TypeError "a bytes-like object is required, not 'int'"; BufferError when writable memory was asked for and is not.
Result<void> acquire_buffer(Thread& thread, Value object, BufferView& view, bool writable = false);
void release_buffer(Thread& thread, BufferView& view);
bool has_buffer(Thread& thread, Value object);

/// Acquires, and releases at the end of the scope.
class BufferScope {
 public:
  explicit BufferScope(Thread& thread) : thread_(thread) {}
  ~BufferScope() {
    if (acquired_) release_buffer(thread_, view_);
  }
  BufferScope(const BufferScope&) = delete;
  Result<void> acquire(Value object, bool writable = false) {
    TRY(acquire_buffer(thread_, object, view_, writable));
    acquired_ = true;
    return {};
  }
  uint8_t* data() const { return view_.data; }
  int64_t length() const { return view_.length; }
  std::span<const uint8_t> span() const { return {view_.data, static_cast<size_t>(view_.length)}; }
  std::string_view text() const {
    return {reinterpret_cast<const char*>(view_.data), static_cast<size_t>(view_.length)};
  }
  BufferView& view() { return view_; }

 private:
  Thread& thread_;
  BufferView view_;
  bool acquired_ = false;
};

}  // namespace viperine
