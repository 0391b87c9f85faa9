// SPDX-License-Identifier: MIT
// What the iterators of itertools share: making them, and their types.
#pragma once

#include "builtins/container_support.h"
#include "runtime/itertools_object.h"

namespace viperine {

inline ItertoolsObject* self_of(Value self) { return static_cast<ItertoolsObject*>(self.as_object()); }

inline ItertoolsObject* make_itertool(Thread& thread, Type* type) {
  auto* object = make_instance<ItertoolsObject>(thread, type);
  for (auto* slot : {&object->a_, &object->b_, &object->c_, &object->d_, &object->e_, &object->f_})
    slot->initialize(Value::absent());
  object->set_next_of(type);
  return object;
}

inline Result<Value> itertool_iter(Thread&, Value self) { return self; }
inline Value type_value(Thread& thread, HeapObject* self) { return to_value(type_of(thread, to_value(self))); }

/// TypeError for keywords, but for a subclass with an __init__ of its own.
Result<void> refuse_itertool_keywords(Thread& thread, Type* type, const TypeSpec& spec, const Arguments& arguments);

/// A spec of an iterator type of itertools.
constexpr TypeSpec itertool(const char* name, NewSlot make, NextSlot next, std::span<const NativeMethod> methods,
                            const char* doc) {
  TypeSpec spec;
  spec.name = name;
  spec.kind = Kind::ItertoolsObject;
  spec.flags = kTypeBase;
  spec.slots.new_ = make;
  spec.slots.iter = itertool_iter;
  spec.slots.next = next;
  spec.slots.get_attribute = &generic_get_attribute;
  spec.methods = methods;
  spec.doc = doc;
  spec.layout = [] { return layout_of<ItertoolsObject>("itertools"); };
  return spec;
}

/// Types by name of this module, for __reduce__.
Result<Value> itertools_type(Thread& thread, std::string_view name);

extern const TypeSpec kAccumulateType, kChainType, kCombinationsType, kCombinationsWithReplacementType, kCompressType,
    kCountType, kCycleType, kDropWhileType, kFilterFalseType, kGroupByType, kGrouperType, kISliceType, kPairwiseType,
    kPermutationsType, kProductType, kRepeatType, kStarMapType, kTakeWhileType, kTeeType, kTeeDataType, kZipLongestType;
Result<Value> itertools_tee(Thread& thread, Value iterable, Index count);

}  // namespace viperine
