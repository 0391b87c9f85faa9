// SPDX-License-Identifier: MIT
// What a comparison operator says of two C++ values; how Python objects compare is in operators.h.
#pragma once

#include "runtime/slots.h"

namespace viperine {

template <typename T>
constexpr bool holds(T left, T right, Comparison op) {
  switch (op) {
    case Comparison::Less:
      return left < right;
    case Comparison::LessEqual:
      return left <= right;
    case Comparison::Equal:
      return left == right;
    case Comparison::NotEqual:
      return left != right;
    case Comparison::Greater:
      return left > right;
    case Comparison::GreaterEqual:
      return left >= right;
  }
  __builtin_unreachable();
}

}  // namespace viperine
