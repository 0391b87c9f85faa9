// SPDX-License-Identifier: MIT
// What a PickleBuffer looks like.
#pragma once

#include "modules/pickle/pickle.h"
#include "objects/memory_view.h"

namespace viperine::pickle {

class PickleBuffer final : public HeapObject {
 public:
  static constexpr Kind kKind = Kind::PickleBuffer;
  Slot<Value> object_;     // who exports
  Slot<MemoryView> view_;  // null once released
  LAYOUT(PickleBuffer, HeapObject, object_, view_);
};

}  // namespace viperine::pickle
