// SPDX-License-Identifier: MIT
// HeapObject: the 8-byte header that every object has, and Slot, a field that holds a Value (writing it is the write
// barrier).
//   low 32 bits: kind (8) | shape index (24) - one compare guards both.  high 32 bits: GC bits (8) | identity number
//   (24)
// What lies behind the header is told by the kind's Layout (layout.h).
// Invariant: a Slot is only written through `set`, or `initialize` while the object is fresh (no allocation in
// between).
#pragma once

#include <cstdint>

#include "heap/layout.h"
#include "heap/value.h"

namespace viperine {

enum GcBits : uint8_t {
  kGcMustLog = 1,        // old and not in the log: the write barrier must record it
  kGcHasWeakref = 2,     // some WeakRef points here
  kGcHasFinalizer = 4,   // registered with Heap::register_finalizer
  kGcFinalized = 8,      // its finalizer has run (PEP 442: once)
  kGcLarge = 16,         // has a mapping of its own
  kGcFixed = 32,         // never moves
  kGcImmortal = 64,      // never dies, never traced, never written
  kGcUnique = kGcFinalized,   // for objects that never have finalizers: it is in the table of unique objects
};

class HeapObject {
 public:
  static constexpr uint32_t kMaxShape = (1u << 24) - 1;

  uint8_t kind_byte() const { return static_cast<uint8_t>(shape_word_); }
  uint32_t shape_index() const { return shape_word_ >> 8; }
  /// Kind and shape index in one comparable word.
  uint32_t shape_word() const { return shape_word_; }
  void set_shape_word(uint32_t word) { shape_word_ = word; }
  static constexpr uint32_t make_shape_word(uint8_t kind, uint32_t shape_index) { return shape_index << 8 | kind; }

  uint8_t gc_bits() const { return gc_bits_; }
  void set_gc_bit(uint8_t bit) { gc_bits_ |= bit; }
  void clear_gc_bit(uint8_t bit) { gc_bits_ &= static_cast<uint8_t>(~bit); }
  /// 0: none given yet. See Heap::identity.
  uint32_t identity_number() const {
    return identity_[0] | identity_[1] << 8 | static_cast<uint32_t>(identity_[2]) << 16;
  }
  void set_identity_number(uint32_t number) {
    identity_[0] = static_cast<uint8_t>(number);
    identity_[1] = static_cast<uint8_t>(number >> 8);
    identity_[2] = static_cast<uint8_t>(number >> 16);
  }

  struct FieldTable_ {
    static constexpr auto all() { return layout_detail::FieldList<0>(); }
  };

 private:
  uint32_t shape_word_;
  uint8_t gc_bits_;
  uint8_t identity_[3];
};
static_assert(sizeof(HeapObject) == 8);

/// The slow half of the write barrier: records `owner` in the log of the heap that this OS thread has entered.
void log_old_object(HeapObject* owner);

inline void write_barrier(HeapObject* owner) {
  if (owner->gc_bits() & kGcMustLog) [[unlikely]] log_old_object(owner);
}

/// The same when the written word is known: for a large array only the card around it is recorded. Prefer it for single
/// elements.
void log_old_slot(HeapObject* owner, const void* word);
inline void write_barrier(HeapObject* owner, const void* word) {
  if (owner->gc_bits() & kGcMustLog) [[unlikely]] log_old_slot(owner, word);
}

/// A field that holds a Value.
template <>
class Slot<Value> {
 public:
  Value get() const { return value_; }
  void set(HeapObject* owner, Value value) {
    value_ = value;
    write_barrier(owner);
  }
  /// Only for an object allocated since the last call that may allocate.
  void initialize(Value value) { value_ = value; }

 private:
  Value value_;
};

/// A field that holds a pointer to a T, or null (stored as the bits of int 0).
template <typename T>
class Slot {
 public:
  T* get() const { return value_.bits() == 0 ? nullptr : static_cast<T*>(value_.as_object()); }
  /// Precondition: not null.
  T* operator->() const { return static_cast<T*>(value_.as_object()); }
  bool is_null() const { return value_.bits() == 0; }
  void set(HeapObject* owner, T* object) {
    value_ = object == nullptr ? Value() : Value::from_object(object);
    write_barrier(owner);
  }
  void initialize(T* object) { value_ = object == nullptr ? Value() : Value::from_object(object); }

 private:
  Value value_;
};

/// A field whose target does not stay alive because of it; the collector sets it to None when the target dies.
template <>
class WeakSlot<Value> {
 public:
  Value get() const { return value_; }
  void set(HeapObject* owner, Value value) {
    value_ = value;
    write_barrier(owner);
  }
  void initialize(Value value) { value_ = value; }

 private:
  Value value_;
};

}  // namespace viperine
