// SPDX-License-Identifier: MIT
// Making shapes: roots of classes, transitions, dictionary shapes, and the limits beyond which an instance keeps a real
// dict. Transitions with an int as name: 2n = the dictionary shape with n inline slots, 2n + 1 = an empty shape with n
// inline slots (for instances whose __class__ was assigned). Invariant: all shapes reached from one root by attribute
// names have the same inline count, so that an object never changes size.
#include <algorithm>

#include "runtime/attributes.h"

namespace viperine {

namespace {

constexpr uint32_t kMaxAttributes = 128;      // beyond: a dictionary
constexpr uint32_t kMaxFamily = 1500;         // shapes derived from one root
constexpr int64_t kMaxBranches = 128;         // children of one shape
constexpr uint16_t kIndexedFrom = 12;         // more slots than this are looked up in a dict

/// A shape that looks like `model` and is entered in the heap's table.
Shape* allocate_shape(Thread& thread, const Shape& model, uint32_t index) {
  Heap& heap = thread.heap();
  auto* shape = static_cast<Shape*>(heap.allocate_fixed(exact_shape_word(Kind::Shape), sizeof(Shape)));
  shape->type_.initialize(model.type_.get());
  shape->names_.initialize(model.names_.get());
  shape->transitions_.initialize(nullptr);
  shape->parent_.initialize(nullptr);
  shape->index_dict_.initialize(model.index_dict_.get());
  shape->flags_ = model.flags_;
  shape->member_count_ = model.member_count_;
  shape->slot_count_ = model.slot_count_;
  shape->inline_count_ = model.inline_count_;
  shape->attributes_offset_ = model.attributes_offset_;
  shape->family_size_ = 0;
  if (index != 0) {
    heap.set_shape(index, shape);
  } else {
    index = heap.add_shape(shape);
    CHECK(index != 0);
  }
  shape->index_ = index;
  heap.set_attribute_words(index, static_cast<uint8_t>(shape->inline_count_ + (shape->has_dict() ? 1 : 0)));
  return shape;
}

Shape* find_transition(Shape* shape, Value key) {
  Array* transitions = shape->transitions_.get();
  if (transitions == nullptr) return nullptr;
  for (int64_t i = 0; i + 1 < transitions->length() && transitions->at(i + 1).is_pointer(); i += 2)
    if (transitions->at(i) == key) return static_cast<Shape*>(transitions->at(i + 1).as_object());
  return nullptr;
}

int64_t transition_count(Shape* shape) {
  Array* transitions = shape->transitions_.get();
  if (transitions == nullptr) return 0;
  int64_t count = transitions->length() / 2;
  while (count > 0 && !transitions->at(2 * count - 1).is_pointer()) --count;
  return count;
}

void add_transition(Thread& thread, Shape* shape, Value key, Shape* child) {
  int64_t count = transition_count(shape);
  Array* transitions = shape->transitions_.get();
  if (transitions == nullptr || count * 2 == transitions->length()) {
    Array* grown = Array::try_make(thread.heap(), count == 0 ? 2 : count * 4);
    CHECK(grown != nullptr);
    for (int64_t i = 0; i < count * 2; ++i) grown->items()[i] = transitions->at(i);
    grown->written();
    shape->transitions_.set(shape, grown);
    transitions = grown;
  }
  transitions->set(2 * count, key);
  transitions->set(2 * count + 1, to_value(child));
  child->parent_.set(child, shape);
}

/// Names of `shape` with room behind them that no other branch uses.
Array* names_with_room(Thread& thread, Shape* shape, bool* is_shared) {
  Array* names = shape->names_.get();
  uint16_t count = shape->slot_count();
  *is_shared = names != nullptr && count < names->length() && !names->at(count).is_pointer();
  if (*is_shared) return names;
  Array* grown = Array::try_make(thread.heap(), std::max<int64_t>(4, count + count / 2));
  CHECK(grown != nullptr);
  for (int64_t i = 0; i < count; ++i) grown->items()[i] = names->at(i);
  grown->written();
  return grown;
}

void index_name(Thread& thread, Dict* index, Value name, uint16_t slot) {
  bool done = index->set_str(thread.heap(), static_cast<Str*>(name.as_object()), Value::from_int(slot));
  CHECK(done);
}

/// The name -> slot dict of a shape that got one more name. Branches do not share it.
void update_index(Thread& thread, Shape* parent, Shape* child, bool is_shared) {
  if (child->slot_count() <= kIndexedFrom) {
    child->index_dict_.set(child, nullptr);
    return;
  }
  Dict* index = is_shared ? parent->index_dict_.get() : nullptr;
  if (index == nullptr) {
    index = Dict::make(thread.heap());
    for (uint16_t slot = child->member_count(); slot < parent->slot_count(); ++slot)
      index_name(thread, index, child->name(slot), slot);
  }
  index_name(thread, index, child->name(parent->slot_count()), parent->slot_count());
  child->index_dict_.set(child, index);
}

Shape* root_of(Shape* shape) {
  while (!shape->parent_.is_null()) shape = shape->parent_.get();
  return shape;
}

}  // namespace

Shape* make_root_shape(Thread& thread, Type* type, std::span<const Value> members, bool has_dict,
                       uint32_t inline_count) {
  Runtime& runtime = thread.runtime();
  const Layout& layout = runtime.layouts_[static_cast<size_t>(type->instance_kind())];
  Shape model{};
  model.type_.initialize(type);
  model.member_count_ = model.slot_count_ = static_cast<uint16_t>(members.size());
  model.inline_count_ = static_cast<uint16_t>(std::max<size_t>(std::min<uint32_t>(inline_count, 250), members.size()));
  CHECK(model.inline_count_ <= 250);
  model.flags_ =
      static_cast<uint16_t>((has_dict ? kShapeHasDict : 0) | (layout.tail != nullptr ? kShapeVariableSize : 0) |
                            (type->has_flag(kTypeHasFinalizer) ? kShapeHasFinalizer : 0));
  model.attributes_offset_ = layout.tail != nullptr ? 0 : static_cast<uint16_t>((layout.fixed_size + 7) & ~7u);
  if (!members.empty()) {
    Array* names = Array::try_make(thread.heap(), static_cast<int64_t>(members.size()));
    CHECK(names != nullptr);
    for (size_t i = 0; i < members.size(); ++i) names->items()[i] = members[i];
    model.names_.initialize(names);
  }
  bool owns_kind = !type->is_heap_type() && runtime.type(type->instance_kind()) == type;
  return allocate_shape(thread, model, owns_kind ? static_cast<uint32_t>(type->instance_kind()) : 0);
}

Shape* shape_with(Thread& thread, Shape* shape, Str* name) {
  Value key = to_value(name);
  Shape* child = find_transition(shape, key);
  if (child != nullptr) return child;
  if (shape->is_dictionary() || shape->slot_count() >= kMaxAttributes + shape->member_count()) return nullptr;
  Shape* root = root_of(shape);
  if (root->family_size_ >= kMaxFamily || transition_count(shape) >= kMaxBranches) return nullptr;
  ++root->family_size_;
  bool is_shared;
  Array* names = names_with_room(thread, shape, &is_shared);
  child = allocate_shape(thread, *shape, 0);
  names->set(shape->slot_count(), key);
  child->names_.set(child, names);
  child->slot_count_ = static_cast<uint16_t>(shape->slot_count() + 1);
  // The parent may go on with the longer array: a linear chain keeps one.
  if (!is_shared && transition_count(shape) == 0)
    shape->names_.set(shape, names), is_shared = !shape->index_dict_.is_null();
  update_index(thread, shape, child, is_shared);
  add_transition(thread, shape, key, child);
  return child;
}

Shape* shape_like_root(Thread& thread, Type* type, uint16_t inline_count) {
  Shape* root = type->root_shape();
  if (root->inline_count() == inline_count) return root;
  Value key = Value::from_int(2 * inline_count + 1);
  Shape* shape = find_transition(root, key);
  if (shape != nullptr) return shape;
  shape = allocate_shape(thread, *root, 0);
  shape->inline_count_ = inline_count;
  thread.heap().set_attribute_words(shape->index(), static_cast<uint8_t>(inline_count + (shape->has_dict() ? 1 : 0)));
  add_transition(thread, root, key, shape);
  return shape;
}

Shape* dictionary_shape_of(Thread& thread, Type* type, uint16_t inline_count) {
  Shape* root = type->root_shape();
  Value key = Value::from_int(2 * inline_count);
  Shape* shape = find_transition(root, key);
  if (shape != nullptr) return shape;
  shape = allocate_shape(thread, *root, 0);
  shape->flags_ |= kShapeDictionary;
  shape->inline_count_ = inline_count;
  thread.heap().set_attribute_words(shape->index(), static_cast<uint8_t>(inline_count + 1));
  add_transition(thread, root, key, shape);
  return shape;
}

Shape* dictionary_shape(Thread& thread, Shape* shape) {
  return dictionary_shape_of(thread, shape->type(), shape->inline_count());
}

Value* attribute_words(const Runtime& runtime, HeapObject* object, Shape* shape) {
  size_t offset = shape->attributes_offset_;
  if (offset == 0) offset = runtime.heap_->attributes_offset(object);
  return reinterpret_cast<Value*>(reinterpret_cast<char*>(object) + offset);
}

}  // namespace viperine
