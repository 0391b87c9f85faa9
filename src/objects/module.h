// SPDX-License-Identifier: MIT
// Module, WeakRef, small built-in objects without a file of their own (Range, Slice, Super, iterators with plain
// fields).
#pragma once

#include "objects/type.h"

namespace viperine {

class Module final : public HeapObject {
 public:
  static constexpr Kind kKind = Kind::Module;
  Dict* dict() const { return dict_.get(); }
  Slot<Dict> dict_;
  Slot<Value> state_;       // native modules: an Array of their Values, or int 0
  const struct ModuleSpec* spec_;
  LAYOUT(Module, HeapObject, dict_, state_, spec_);
};

/// weakref.ref, and proxies. next_ chains the references to one referent (Heap::weakref_head).
class WeakRef final : public HeapObject {
 public:
  static bool is_kind(Kind kind) {
    return kind == Kind::WeakRef || kind == Kind::WeakProxy || kind == Kind::CallableProxy;
  }
  WeakSlot<Value> referent_;   // None when dead
  Slot<Value> callback_;       // None when missing
  WeakSlot<Value> next_;       // WeakRef or None
  int64_t hash_;               // -1: not computed
  LAYOUT(WeakRef, HeapObject, referent_, callback_, next_, hash_);
};

class Range final : public HeapObject {
 public:
  static constexpr Kind kKind = Kind::Range;
  Slot<Value> start_, stop_, step_, length_;   // ints of any size
  LAYOUT(Range, HeapObject, start_, stop_, step_, length_);
};

class RangeIterator final : public HeapObject {
 public:
  static constexpr Kind kKind = Kind::RangeIterator;
  int64_t next_, step_, remaining_;   // all values on the way are immediate ints
  LAYOUT(RangeIterator, HeapObject, next_, step_, remaining_);
};

class Slice final : public HeapObject {
 public:
  static constexpr Kind kKind = Kind::Slice;
  Slot<Value> start_, stop_, step_;
  LAYOUT(Slice, HeapObject, start_, stop_, step_);
};

class MappingProxy final : public HeapObject {
 public:
  static constexpr Kind kKind = Kind::MappingProxy;
  Slot<Value> mapping_;     // any mapping; a Type stands for its namespace
  LAYOUT(MappingProxy, HeapObject, mapping_);
};

class Super final : public HeapObject {
 public:
  static constexpr Kind kKind = Kind::Super;
  Slot<Value> type_, object_, object_type_;   // int 0 while not initialised; object_ None when unbound
  LAYOUT(Super, HeapObject, type_, object_, object_type_);
};

/// Iterator over something with an index: list, tuple, str, bytes, old-style sequences, their reverses, array, deque
/// ...
class IndexIterator final : public HeapObject {
 public:
  static constexpr Kind kFirstKind = Kind::SequenceIterator;
  static bool is_kind(Kind kind) {
    return (kind >= Kind::SequenceIterator && kind <= Kind::MemoryIterator) || kind == Kind::Reversed;
  }
  Slot<Value> sequence_;    // int 0 when exhausted
  int64_t index_;
  LAYOUT(IndexIterator, HeapObject, sequence_, index_);
};

/// Iterators over dict and set tables.
class TableIterator final : public HeapObject {
 public:
  static constexpr Kind kFirstKind = Kind::DictKeyIterator;
  static bool is_kind(Kind kind) { return kind >= Kind::DictKeyIterator && kind <= Kind::SetIterator; }
  Slot<Value> container_;   // int 0 when exhausted
  int64_t position_;        // next entry
  uint32_t length_;         // length when iteration began ("changed size during iteration")
  uint32_t remaining_;
  LAYOUT(TableIterator, HeapObject, container_, position_, length_, remaining_);
};

/// enumerate, zip, map, filter, callable_iterator, reversed: a callable or iterator(s) and a counter.
class CombinedIterator final : public HeapObject {
 public:
  static constexpr Kind kFirstKind = Kind::Enumerate;
  static bool is_kind(Kind kind) {
    return kind == Kind::Enumerate || kind == Kind::Zip || kind == Kind::Map || kind == Kind::Filter ||
           kind == Kind::CallableIterator;
  }
  Slot<Value> first_, second_, third_;
  int64_t flag_;
  LAYOUT(CombinedIterator, HeapObject, first_, second_, third_, flag_);
};

}  // namespace viperine
