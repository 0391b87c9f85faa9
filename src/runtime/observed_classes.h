// SPDX-License-Identifier: MIT
// Which classes inline caches depend on: only their changes must empty caches (attributes.cpp: class_modified).
#pragma once

#include "objects/type.h"

namespace viperine {

/// An inline cache now relies on what attribute lookup on `type` gives, until RuntimeTables::invalidate_caches is
/// called.
inline void observe_class(Type* type) {
  if (type->has_flag(kTypeObserved) || type->mro() == nullptr) return;
  for (Value base : type->mro()->span())
    if (has_kind(base, Kind::Type)) static_cast<Type*>(base.as_object())->flags_ |= kTypeObserved;
}

}  // namespace viperine
