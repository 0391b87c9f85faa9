// SPDX-License-Identifier: MIT
// The Python name of the built-in type of a kind, for error texts.
#pragma once

#include "runtime/type_spec.h"

namespace viperine {

inline const char* kind_name(const Runtime& runtime, Kind kind) {
  Type* type = runtime.type(kind);
  if (type == nullptr || type->spec_ == nullptr) return "object";
  const char* name = type->spec_->name;
  const char* dot = __builtin_strrchr(name, '.');
  return dot == nullptr ? name : dot + 1;
}

}  // namespace viperine
