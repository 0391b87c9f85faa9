// SPDX-License-Identifier: MIT
// TypeSlots: what a type does for each operation, as function pointers: the one place where operators ask "how does
// this object do it?". Built-in types fill the table in their TypeSpec; Python classes get entries that call their
// special methods (runtime/class_slots.cpp). slots.def ties each special method name to its field.
#pragma once

#include "heap/value.h"

namespace viperine {

class Thread;
class Type;
class Str;
struct Arguments;

enum class Comparison : uint8_t { Less, LessEqual, Equal, NotEqual, Greater, GreaterEqual };

using UnarySlot = Result<Value> (*)(Thread&, Value self);
using BinarySlot = Result<Value> (*)(Thread&, Value left,
                                     Value right);  // NotImplemented when it does not know; either may be of the type
using TernarySlot = Result<Value> (*)(Thread&, Value, Value, Value);
using HashSlot = Result<int64_t> (*)(Thread&, Value self);
using LengthSlot = Result<int64_t> (*)(Thread&, Value self);
using TruthSlot = Result<bool> (*)(Thread&, Value self);
using CompareSlot = Result<Value> (*)(Thread&, Value self, Value other, Comparison);
using NextSlot = Result<Optional<Value>> (*)(Thread&, Value self);        // absent = exhausted
using CallSlot = Result<Value> (*)(Thread&, Value self, const Arguments&);
using NewSlot = Result<Value> (*)(Thread&, Type* type, const Arguments&);
using InitSlot = Result<void> (*)(Thread&, Value self, const Arguments&);
using GetItemSlot = Result<Value> (*)(Thread&, Value self, Value index);
using SetItemSlot = Result<void> (*)(Thread&, Value self, Value index, Value value);   // value absent = delete
using ContainsSlot = Result<bool> (*)(Thread&, Value self, Value item);
using GetAttributeSlot = Result<Value> (*)(Thread&, Value self, Str* name);
using SetAttributeSlot = Result<void> (*)(Thread&, Value self, Str* name, Value value);  // value absent = delete
using DescriptorGetSlot = Result<Value> (*)(Thread&, Value self, Value object,
                                            Value type);  // object absent or type absent
using DescriptorSetSlot = Result<void> (*)(Thread&, Value self, Value object, Value value);  // value absent = delete

/// Null = the type does not have the operation. `hash == nullptr` means unhashable.
struct TypeSlots {
  UnarySlot repr = nullptr, str = nullptr;
  HashSlot hash = nullptr;
  CompareSlot compare = nullptr;
  CallSlot call = nullptr;
  NewSlot new_ = nullptr;
  InitSlot init = nullptr;
  UnarySlot finalize = nullptr;
  GetAttributeSlot get_attribute = nullptr;
  SetAttributeSlot set_attribute = nullptr;
  DescriptorGetSlot descriptor_get = nullptr;
  DescriptorSetSlot descriptor_set = nullptr;
  UnarySlot iter = nullptr;
  NextSlot next = nullptr;
  UnarySlot await = nullptr, aiter = nullptr, anext = nullptr;
  LengthSlot length = nullptr;
  GetItemSlot get_item = nullptr;
  SetItemSlot set_item = nullptr;
  ContainsSlot contains = nullptr;
  TruthSlot truth = nullptr;
  UnarySlot to_int = nullptr, to_float = nullptr, to_index = nullptr;
  UnarySlot negative = nullptr, positive = nullptr, absolute = nullptr, invert = nullptr;
  BinarySlot add = nullptr, subtract = nullptr, multiply = nullptr, matrix_multiply = nullptr, true_divide = nullptr,
             floor_divide = nullptr, modulo = nullptr, divmod = nullptr, left_shift = nullptr, right_shift = nullptr,
             and_ = nullptr, or_ = nullptr, xor_ = nullptr;
  TernarySlot power = nullptr;   // third operand absent for **
  BinarySlot inplace_add = nullptr, inplace_subtract = nullptr, inplace_multiply = nullptr,
             inplace_matrix_multiply = nullptr, inplace_true_divide = nullptr, inplace_floor_divide = nullptr,
             inplace_modulo = nullptr, inplace_left_shift = nullptr, inplace_right_shift = nullptr,
             inplace_and = nullptr, inplace_or = nullptr, inplace_xor = nullptr, inplace_power = nullptr;
  // Sequence concatenation and repetition, tried after the numeric ones (as CPython's sq_concat, sq_repeat).
  BinarySlot concatenate = nullptr, inplace_concatenate = nullptr;
  Result<Value> (*repeat)(Thread&, Value self, int64_t count) = nullptr;
  Result<Value> (*inplace_repeat)(Thread&, Value self, int64_t count) = nullptr;
  // The buffer protocol: fills a BufferView (runtime/buffers.h).
  Result<void> (*buffer)(Thread&, Value self, struct BufferView& view, bool writable) = nullptr;
  bool is_mapping = false;       // get_item takes keys, not positions (error texts, operator.index rules)
};

}  // namespace viperine
