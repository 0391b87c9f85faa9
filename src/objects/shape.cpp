// SPDX-License-Identifier: MIT
// Lookup of an attribute name in a shape. Making shapes is in runtime/shapes.cpp.
#include "objects/type.h"

namespace viperine {

int32_t Shape::find(const Str* name) const {
  if (slot_count_ == member_count_) return -1;
  if (!index_dict_.is_null()) {
    int64_t entry = index_dict_->find_str(name);
    if (entry < 0) return -1;
    int64_t slot = index_dict_->table()->value(static_cast<uint32_t>(entry)).as_int();
    return slot < slot_count_ ? static_cast<int32_t>(slot) : -1;
  }
  Value wanted = Value::from_object(name);
  const Value* names = names_->items();
  for (int32_t slot = member_count_; slot < slot_count_; ++slot)
    if (names[slot] == wanted) return slot;
  return -1;
}

}  // namespace viperine
