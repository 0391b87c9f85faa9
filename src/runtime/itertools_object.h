// SPDX-License-Identifier: MIT
// ItertoolsObject: the body of every iterator of itertools; each type says what its fields mean (modules/itertools).
// It is here because next() knows it: the type's slot is kept in the object, a long way of loads is saved.
// Invariants: an empty field holds Value::absent(); next_ is 0 unless the type is built in (such types never change).
#pragma once

#include "runtime/runtime.h"

namespace viperine {

class ItertoolsObject final : public HeapObject {
 public:
  static constexpr Kind kKind = Kind::ItertoolsObject;
  Slot<Value> a_, b_, c_, d_, e_, f_;
  int64_t n_, m_, k_, l_;
  int64_t next_;
  void set_next_of(const Type* type) {
    next_ = type->is_heap_type() ? 0 : reinterpret_cast<int64_t>(type->slots().next);
  }
  /// Null: ask the type.
  NextSlot next_slot() const { return reinterpret_cast<NextSlot>(next_); }
  LAYOUT(ItertoolsObject, HeapObject, a_, b_, c_, d_, e_, f_, n_, m_, k_, l_, next_);
};

}  // namespace viperine
