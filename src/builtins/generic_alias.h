// SPDX-License-Identifier: MIT
// GenericAlias (list[int]) and UnionType (int | str): their objects and what both share.
#pragma once

#include "builtins/common.h"

namespace viperine {

class GenericAlias final : public HeapObject {
 public:
  static constexpr Kind kKind = Kind::GenericAlias;
  Slot<Value> origin_;
  Slot<Tuple> args_;
  Slot<Tuple> parameters_;   // null: not computed yet
  uint64_t starred_;         // *tuple[int]
  LAYOUT(GenericAlias, HeapObject, origin_, args_, parameters_, starred_);
};

class UnionType final : public HeapObject {
 public:
  static constexpr Kind kKind = Kind::UnionType;
  Slot<Tuple> args_;
  Slot<Tuple> parameters_;
  LAYOUT(UnionType, HeapObject, args_, parameters_);
};

/// origin[args]; `args` that is no tuple is one argument.
Result<Value> make_generic_alias(Thread& thread, Value origin, Value args);
/// "int", "list[str]", "..." : how an argument is shown.
Result<void> append_type_text(Thread& thread, StringBuilder& text, Value item);
/// The distinct type variables in `args`.
Result<Tuple*> collect_parameters(Thread& thread, Tuple* args);
/// `args` with the parameters replaced by `item`; errors name `self`.
Result<Tuple*> substitute_parameters(Thread& thread, Value self, Tuple* args, Tuple* parameters, Value item);

}  // namespace viperine
