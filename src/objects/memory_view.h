// SPDX-License-Identifier: MIT
// MemoryView: a window on the bytes of another object. Methods are in builtins/memoryview.cpp.
// Invariants: storage_ is what the bytes lie in (a Bytes, the Buffer of a bytearray, or the exporter itself) and
// offset_ counts from its beginning, so that the collector may move it; extents_ holds shapes and strides when there is
// more than one dimension.
#pragma once

#include "objects/bytes.h"

namespace viperine {

class MemoryView final : public HeapObject {
 public:
  static constexpr Kind kKind = Kind::MemoryView;
  static constexpr int kMostDimensions = 8;
  bool is_released() const { return released_ != 0; }
  const int64_t* shape() const {
    return extents_.is_null() ? &shape_ : reinterpret_cast<const int64_t*>(extents_->data());
  }
  const int64_t* strides() const { return extents_.is_null() ? &stride_ : shape() + dimensions_; }
  const char* format() const { return reinterpret_cast<const char*>(format_->data()); }
  Slot<Value> object_;      // who exported (obj); None once released
  Slot<Value> storage_;
  Slot<Bytes> format_;
  Slot<Buffer> extents_;
  int64_t offset_, length_, item_size_, shape_, stride_, hash_;
  int32_t dimensions_, exports_;
  uint8_t readonly_, released_, locked_, has_hash_;
  uint32_t padding_;
  LAYOUT(MemoryView, HeapObject, object_, storage_, format_, extents_, offset_, length_, item_size_, shape_, stride_,
         hash_, dimensions_, exports_, readonly_, released_, locked_, has_hash_, padding_);
};

}  // namespace viperine
