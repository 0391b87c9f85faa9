// SPDX-License-Identifier: MIT
// Changing a class after its creation: __bases__ of classes, __class__ of objects.
#include "runtime/attributes.h"
#include "runtime/audit.h"
#include "runtime/class_creation.h"
#include "runtime/class_slots.h"
#include "runtime/containers.h"
#include "runtime/strings.h"

namespace viperine {

namespace {

/// Whether instances of both look alike in memory: native part, members, __dict__, weak references.
bool same_layout(Type* a, Type* b) {
  if (a == b) return true;
  auto kind = [](Type* type) { return type->instance_kind() == Kind::Object ? Kind::Instance : type->instance_kind(); };
  if (kind(a) != kind(b)) return false;
  constexpr uint32_t kFlags = kTypeHasDict | kTypeHasWeakrefs;
  if ((a->flags_ & kFlags) != (b->flags_ & kFlags)) return false;
  Shape* shape_a = a->root_shape();
  Shape* shape_b = b->root_shape();
  if (shape_a->member_count() != shape_b->member_count() || shape_a->has_dict() != shape_b->has_dict()) return false;
  for (int32_t i = 0; i < shape_a->member_count(); ++i)
    if (!(shape_a->name(i) == shape_b->name(i))) return false;
  return true;
}

/// `type` without the classes at its end that add nothing to the layout of their base.
Type* layout_class(Type* type) {
  for (Type* base = type->base(); base != nullptr; type = base, base = type->base()) {
    constexpr uint32_t kFlags = kTypeHasDict | kTypeHasWeakrefs;
    if ((type->flags_ & kFlags) != (base->flags_ & kFlags) || type->instance_kind() != base->instance_kind() ||
        type->root_shape()->member_count() != base->root_shape()->member_count())
      break;
  }
  return type;
}

/// Whether __class__ may change from one to the other: the last class that adds members must be the same, or add the
/// same ones to the same base.
bool assignable_layout(Type* a, Type* b) {
  Type* first = layout_class(a);
  Type* second = layout_class(b);
  return first == second || (first->base() == second->base() && same_layout(a, b));
}

/// Whether CPython's cyclic collector tracks instances: error texts tell the difference.
bool is_collected(Type* type) {
  for (; type->is_heap_type(); type = type->base())
    if (type->has_flag(kTypeHasDict) || type->root_shape()->member_count() > 0) return true;
  switch (type->instance_kind()) {
    case Kind::Object:
    case Kind::Instance:
    case Kind::Int:
    case Kind::Bool:
    case Kind::Float:
    case Kind::Complex:
    case Kind::Str:
    case Kind::Bytes:
    case Kind::ByteArray:
    case Kind::Range:
      return false;
    default:
      return true;
  }
}

Result<void> recompute_subtree(Thread& thread, Type* type) {
  TRY(compute_mro(thread, type));
  compute_class_slots(thread, type);
  class_modified(thread, type);
  if (!type->subclasses_.get().is_pointer()) return {};
  auto* list = static_cast<List*>(type->subclasses_.get().as_object());
  for (int64_t i = 0; i < list->length(); ++i) {
    Optional<Value> target = weakref_target(static_cast<WeakRef*>(list->at(i).as_object()));
    if (target) TRY(recompute_subtree(thread, cast<Type>(*target)));
  }
  return {};
}

/// The parts of a class that hang on its bases.
void relink(Thread& thread, Type* type, Tuple* from, Tuple* to, Type* base) {
  for (Value value : from->span())
    if (has_kind(value, Kind::Type)) remove_subclass(thread, cast<Type>(value), type);
  type->bases_.set(type, to);
  type->base_.set(type, base);
  for (Value value : to->span())
    if (has_kind(value, Kind::Type)) add_subclass(thread, cast<Type>(value), type);
}

}  // namespace

Result<void> assign_bases(Thread& thread, Type* type, Value value) {
  if (!type->is_heap_type() || type->has_flag(kTypeImmutable))
    return thread.raise<TypeError>("cannot set '__bases__' attribute of immutable type '{}'", type->name());
  if (value.is_absent())
    return thread.raise<TypeError>("cannot delete '__bases__' attribute of immutable type '{}'", type->name());
  if (!is<Tuple>(value))
    return thread.raise<TypeError>("can only assign tuple to {}.__bases__, not {}", type->name(), type_name_of(value));
  auto* bases = cast<Tuple>(value);
  if (bases->length() == 0)
    return thread.raise<TypeError>("can only assign non-empty tuple to {}.__bases__, not ()", type->name());
  for (Value base : bases->span()) {
    if (!has_kind(base, Kind::Type))
      return thread.raise<TypeError>("{}.__bases__ must be tuple of classes, not '{}'", type->name(),
                                     type_name_of(base));
    // mro() may have hidden the class: the chain of layout bases counts too.
    bool is_cycle = cast<Type>(base)->is_subtype_of(type);
    for (Type* at = cast<Type>(base); at != nullptr && !is_cycle; at = at->base()) is_cycle = at == type;
    if (is_cycle) return thread.raise<TypeError>("a __bases__ item causes an inheritance cycle");
  }
  Type* base = TRY(best_base(thread, bases));
  Type* old_base = type->base();
  bool compatible = same_layout(base, old_base);
  if (!compatible) {
    // What the class itself adds (a __dict__ over object) does not count.
    auto plain = [&](Type* t) { return t->instance_kind() == Kind::Object || t->instance_kind() == Kind::Instance; };
    compatible = plain(base) && plain(old_base) && base->root_shape()->member_count() == 0 &&
                 old_base->root_shape()->member_count() == 0 && type->has_flag(kTypeHasDict) &&
                 base->has_flag(kTypeHasDict) == old_base->has_flag(kTypeHasDict);
  }
  if (!compatible && is_collected(base) != is_collected(old_base))
    return thread.raise<TypeError>("__bases__ assignment: '{}' deallocator differs from '{}'", base->name(),
                                   old_base->name());
  if (!compatible)
    return thread.raise<TypeError>("__bases__ assignment: '{}' object layout differs from '{}'", base->name(),
                                   old_base->name());
  Tuple* old_bases = type->bases();
  relink(thread, type, old_bases, bases, base);
  if (recompute_subtree(thread, type).is_raised()) {
    ExceptionObject* error = thread.take_pending();
    if (type->bases() != bases) return thread.restore_pending(error);  // mro() has set others meanwhile: they stay
    relink(thread, type, bases, old_bases, old_base);
    if (recompute_subtree(thread, type).is_raised()) thread.clear_pending();
    return thread.restore_pending(error);
  }
  return {};
}

namespace {

bool is_module_type(Thread& thread, Type* type) { return type->is_subtype_of(thread.runtime().type(Kind::Module)); }

/// The shape that `type` has for an object whose shape is `old`.
Shape* corresponding_shape(Thread& thread, Shape* old, Type* type) {
  if (!old->has_dict()) return shape_like_root(thread, type, old->inline_count());
  if (old->is_dictionary()) return dictionary_shape_of(thread, type, old->inline_count());
  Shape* shape = shape_like_root(thread, type, old->inline_count());
  for (int32_t slot = old->member_count(); shape != nullptr && slot < old->slot_count(); ++slot)
    shape = shape_with(thread, shape, static_cast<Str*>(old->name(slot).as_object()));
  return shape;
}

}  // namespace

Result<void> assign_class(Thread& thread, Value object, Value value) {
  if (value.is_absent()) return thread.raise<TypeError>("can't delete __class__ attribute");
  if (!has_kind(value, Kind::Type))
    return thread.raise<TypeError>("__class__ must be set to a class, not '{}' object", type_name_of(value));
  TRY(audit(thread, "object.__setattr__", object, to_value(thread.names().__class__), value));
  Type* type = cast<Type>(value);
  Type* old = type_of(thread, object);
  bool modules = is_module_type(thread, type) && is_module_type(thread, old);
  auto is_mutable = [](Type* t) { return t->is_heap_type() && !t->has_flag(kTypeImmutable); };
  if (!modules && (!is_mutable(type) || !is_mutable(old)))
    return thread.raise<TypeError>("__class__ assignment only supported for mutable types or ModuleType subclasses");
  if (!modules && !assignable_layout(type, old))
    return thread.raise<TypeError>("__class__ assignment: '{}' object layout differs from '{}'", type->name(),
                                   old->name());
  HeapObject* instance = object.as_object();
  Shape* shape = corresponding_shape(thread, thread.runtime().shape_of(instance), type);
  if (shape == nullptr) {
    TRY(instance_dict(thread, instance));
    shape = corresponding_shape(thread, thread.runtime().shape_of(instance), type);
  }
  instance->set_shape_word(HeapObject::make_shape_word(instance->kind_byte(), shape->index()));
  if (type->has_flag(kTypeHasFinalizer) && !old->has_flag(kTypeHasFinalizer))
    thread.heap().register_finalizer(instance);
  return {};
}

}  // namespace viperine
