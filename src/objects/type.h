// SPDX-License-Identifier: MIT
// Type: a Python class, built-in or not. Creation and lookup are in runtime/types.h, the Python-visible side in
// builtins/type.cpp. Invariants: slots_ is complete (inherited entries filled in); dict_
// maps interned names to values, or to a ClassCell for attributes that were assigned to after their first use.
#pragma once

#include "objects/shape.h"

namespace viperine {

struct TypeSlots;
struct TypeSpec;

enum TypeFlags : uint32_t {
  kTypeHeap = 1,                 // made by a class statement or type(): mutable attributes
  kTypeBase = 2,                 // may be subclassed
  kTypeAbstract = 4,             // has abstract methods: cannot be instantiated
  kTypeObserved = 8,             // an inline cache or the lookup cache depends on its attributes
  kTypeHasDict = 16,             // instances have a __dict__
  kTypeHasWeakrefs = 32,         // instances can be weakly referenced
  kTypeCustomGetattribute = 64,  // __getattribute__ or __getattr__ is Python code
  kTypeCustomSetattr = 128,
  kTypeSequence = 256,  // pattern matching: collections.abc.Sequence
  kTypeMapping = 512,
  kTypeReady = 1024,
  kTypeDisallowInstantiation = 2048,
  kTypeImmutable = 4096,  // attributes cannot be set although not built in
  kTypeMatchSelf = 8192,  // class pattern with one positional matches the subject itself
  kTypeSubclassOfException = 16384,
  kTypeHasFinalizer = 32768,
};

class Type final : public HeapObject {
 public:
  static constexpr Kind kKind = Kind::Type;
  Str* name() const { return name_.get(); }
  Tuple* bases() const { return bases_.get(); }
  Tuple* mro() const { return mro_.get(); }
  Dict* dict() const { return dict_.get(); }
  Type* base() const { return base_.get(); }
  /// Kind of the native part of instances; Kind::Instance for plain Python classes.
  Kind instance_kind() const { return static_cast<Kind>(instance_kind_); }
  Shape* root_shape() const { return root_shape_.get(); }
  const TypeSlots& slots() const { return *slots_; }
  uint32_t flags() const { return flags_; }
  bool has_flag(uint32_t flag) const { return flags_ & flag; }
  bool is_heap_type() const { return flags_ & kTypeHeap; }
  /// Whether `other` is this type or one of its bases (MRO walk; no __instancecheck__).
  bool is_subtype_of(const Type* other) const {
    if (this == other) return true;
    Tuple* order = mro_.get();
    if (order == nullptr) return base_subtype_of(other);
    for (int64_t i = 0; i < order->length(); ++i)
      if (order->at(i).as_object() == other) return true;
    return false;
  }

  Slot<Str> name_, qualified_name_;
  Slot<Tuple> bases_, mro_;
  Slot<Type> base_;  // the base that determines the native part
  Slot<Dict> dict_;
  Slot<Shape> root_shape_;  // shape of fresh instances
  Slot<Value> subclasses_;  // int 0, or a Dict: id -> WeakRef
  Slot<Value> extra_;       // for the creator's use (structseq fields, ...)
  const TypeSlots* slots_ = nullptr;
  const TypeSpec* spec_ = nullptr;  // built-in types
  uint32_t flags_ = 0;
  uint32_t version_ = 0;  // changes whenever attribute lookup on the class may give another result; never reused
  uint8_t instance_kind_ = 0;
  uint8_t padding_[3] = {};
  uint32_t expected_attributes_ = 0;  // inline slots to give to instances
  LAYOUT(Type, HeapObject, name_, qualified_name_, bases_, mro_, base_, dict_, root_shape_, subclasses_, extra_, slots_,
         spec_, flags_, version_, instance_kind_, padding_, expected_attributes_);

 private:
  bool base_subtype_of(const Type* other) const {
    for (const Type* type = this; type != nullptr; type = type->base())
      if (type == other) return true;
    return false;
  }
};

/// Value of a class attribute that changes (class counters): inline caches hold the cell.
class ClassCell final : public HeapObject {
 public:
  static constexpr Kind kKind = Kind::ClassCell;
  Slot<Value> value_;
  LAYOUT(ClassCell, HeapObject, value_);
};

}  // namespace viperine
