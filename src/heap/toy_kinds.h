// SPDX-License-Identifier: MIT
// Toy kinds for the heap's own tests and for measuring it: the heap knows nothing of Python, and here neither does
// anybody else. Invariant: every object carries a number by which a model can recognise it.
#pragma once

#include <vector>

#include "heap/heap.h"

namespace viperine::toy {

enum Kind : uint8_t { kNode = 1, kArray, kText, kWeak, kOwner, kInstance, kFixed, kShape, kNone };

class Node final : public HeapObject {
 public:
  int64_t number_;
  Slot<Value> first_, second_;
  LAYOUT(Node, HeapObject, number_, first_, second_);
};
class Array final : public HeapObject {
 public:
  int64_t number_, length_;
  Value* items() { return reinterpret_cast<Value*>(this + 1); }
  static TailExtent tail_extent(const HeapObject* object) {
    return {static_cast<size_t>(static_cast<const Array*>(object)->length_), 0};
  }
  LAYOUT(Array, HeapObject, number_, length_);
};
class Text final : public HeapObject {
 public:
  int64_t number_, length_;
  char* data() { return reinterpret_cast<char*>(this + 1); }
  static TailExtent tail_extent(const HeapObject* object) {
    return {0, static_cast<size_t>(static_cast<const Text*>(object)->length_)};
  }
  LAYOUT(Text, HeapObject, number_, length_);
};
class Weak final : public HeapObject {
 public:
  int64_t number_;
  WeakSlot<Value> referent_, next_;
  Slot<Value> other_;
  LAYOUT(Weak, HeapObject, number_, referent_, next_, other_);
};
class Owner final : public HeapObject {
 public:
  int64_t number_;
  int* released_;   // counts releases
  Slot<Value> other_;
  static void release(HeapObject* object) { ++*static_cast<Owner*>(object)->released_; }
  LAYOUT(Owner, HeapObject, number_, released_, other_);
};
class Instance final : public HeapObject {
 public:
  int64_t number_;
  Value* attributes() { return reinterpret_cast<Value*>(this + 1); }
  LAYOUT(Instance, HeapObject, number_);
};
class Fixed final : public HeapObject {
 public:
  static constexpr uint8_t kLayoutFlags = kLayoutFixedPlace;
  int64_t number_;
  Slot<Value> other_;
  LAYOUT(Fixed, HeapObject, number_, other_);
};
class Shape final : public HeapObject {
 public:
  static constexpr uint8_t kLayoutFlags = kLayoutFixedPlace;
  int64_t number_;
  uint64_t index_;
  LAYOUT(Shape, HeapObject, number_, index_);
};

inline const Layout* layouts() {
  static const std::vector<Layout> table = [] {
    std::vector<Layout> made(256);
    made[kNode] = layout_of<Node>("Node");
    made[kArray] = layout_of<Array>("Array");
    made[kText] = layout_of<Text>("Text");
    made[kWeak] = layout_of<Weak>("Weak");
    made[kOwner] = layout_of<Owner>("Owner");
    made[kInstance] = layout_of<Instance>("Instance");
    made[kFixed] = layout_of<Fixed>("Fixed");
    made[kShape] = layout_of<Shape>("Shape");
    made[kNone].name = "None";
    made[kNone].fixed_size = 8;
    return made;
  }();
  return table.data();
}

inline uint32_t word_of(Kind kind) { return HeapObject::make_shape_word(kind, kind); }

/// Roots in a plain vector, native stack in another one.
class Roots final : public RootProvider {
 public:
  std::vector<Value> values;
  std::vector<uint64_t> native;
  int collections = 0, requests = 0;

  void visit_roots(EdgeVisitor& visitor) override { visitor.visit(values.data(), values.size()); }
  std::span<const NativeRange> native_ranges() override {
    range_ = {native.data(), native.data() + native.size()};
    return {&range_, native.empty() ? size_t{0} : size_t{1}};
  }
  void collection_finished() override { ++collections; }
  void request_safepoint() override { ++requests; }

 private:
  NativeRange range_{};
};

inline void map_toy_singletons() { map_fixed_objects({kNone, kNone, kNone, kNone}); }

inline Node* make_node(Heap& heap, int64_t number) {
  auto* node = static_cast<Node*>(heap.allocate(word_of(kNode), sizeof(Node)));
  node->number_ = number;
  return node;
}
inline Array* make_array(Heap& heap, int64_t number, int64_t length) {
  auto* array =
      static_cast<Array*>(heap.try_allocate(word_of(kArray), sizeof(Array) + static_cast<size_t>(length) * 8));
  if (array == nullptr) return nullptr;
  array->number_ = number;
  array->length_ = length;
  return array;
}
inline Text* make_text(Heap& heap, int64_t number, int64_t length) {
  auto* text = static_cast<Text*>(heap.try_allocate(word_of(kText), sizeof(Text) + static_cast<size_t>(length)));
  if (text == nullptr) return nullptr;
  text->number_ = number;
  text->length_ = length;
  return text;
}

}  // namespace viperine::toy
