// SPDX-License-Identifier: MIT
// Shape: the hidden class of an instance: its Python class and the ordered attribute names that its slots hold, with
// transitions. How attributes are looked up and stored is in runtime/attributes.cpp; making shapes in runtime/shapes.h.
//   An instance = native part, then (when its class has a __dict__) the extra word, then inline slots.
//   extra word: int 0, or an Array (slots beyond the inline ones), or a Dict (dictionary shapes: __dict__ was asked for
//   or abused).
// Invariants: immutable but for transitions and the shared name array's growth; never moves. Names are interned str.
#pragma once

#include "objects/dict.h"
#include "objects/tuple.h"

namespace viperine {

class Type;

enum ShapeFlags : uint16_t {
  kShapeHasDict = 1,          // there is an extra word
  kShapeDictionary = 2,       // the extra word is a Dict with all __dict__ attributes
  kShapeHasFinalizer = 4,     // the class defines __del__
  kShapeVariableSize = 8,     // the native part has a tail: attribute offset depends on the object
};

class Shape final : public HeapObject {
 public:
  static constexpr Kind kKind = Kind::Shape;
  static constexpr uint8_t kLayoutFlags = kLayoutFixedPlace;
  Type* type() const { return type_.get(); }
  uint32_t index() const { return index_; }
  uint16_t flags() const { return flags_; }
  bool has_dict() const { return flags_ & kShapeHasDict; }
  bool is_dictionary() const { return flags_ & kShapeDictionary; }
  /// __slots__ members come first, then __dict__ attributes in insertion order.
  uint16_t member_count() const { return member_count_; }
  uint16_t slot_count() const { return slot_count_; }
  uint16_t inline_count() const { return inline_count_; }
  Value name(int32_t slot) const { return names_->at(slot); }
  /// Slot number of a __dict__ attribute, -1 when absent. Compares by identity: `name` must be interned.
  int32_t find(const Str* name) const;

  Slot<Type> type_;
  Slot<Array> names_;  // at least slot_count_ names; shared with children; may hold more (other branches do not share)
  Slot<Array> transitions_;   // pairs: name (or int, see runtime/shapes.cpp), child Shape; null when none
  Slot<Shape> parent_;
  Slot<Dict> index_dict_;     // name -> slot, made when slot_count_ > 12
  uint32_t index_;            // in headers
  uint16_t flags_;
  uint16_t member_count_, slot_count_, inline_count_;
  uint16_t attributes_offset_;  // offset of the extra word (or of the first slot), 0 when kShapeVariableSize
  uint16_t family_size_;        // root shapes: how many shapes were derived from it
  LAYOUT(Shape, HeapObject, type_, names_, transitions_, parent_, index_dict_, index_, flags_, member_count_,
         slot_count_, inline_count_, attributes_offset_, family_size_);
};

}  // namespace viperine
