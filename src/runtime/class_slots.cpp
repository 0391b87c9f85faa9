// SPDX-License-Identifier: MIT
// Slots of Python classes: each function calls the special method of the class (language reference 3.3); choosing them
// for a class; the shared tables. What a method must return is checked where it is asked for (runtime/protocols.cpp)
// unless the slot's type demands it.
#include "runtime/class_slots.h"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstring>
#include <vector>

#include "runtime/attributes.h"
#include "runtime/containers.h"
#include "runtime/operators.h"
#include "runtime/slot_wrappers.h"
#include "runtime/strings.h"

namespace viperine {

namespace {

// --- calling special methods

template <typename... Values>
Result<Optional<Value>> try_special(Thread& thread, Value self, Str* name, Values... values) {
  const Value list[] = {values..., Value()};
  return call_special(thread, self, name, std::span<const Value>(list, sizeof...(values)));
}

template <typename... Values>
Result<Value> special(Thread& thread, Value self, Str* name, Values... values) {
  Optional<Value> result = TRY(try_special(thread, self, name, values...));
  if (result) return *result;
  return thread.raise_value(ExceptionKind::AttributeError, to_value(name));
}

/// The attribute called with self and the arguments, keywords included.
Result<Value> call_on_self(Thread& thread, Value attribute, Value self, const Arguments& arguments) {
  if (has_kind(attribute, Kind::Function)) {
    BoundMethod* method = BoundMethod::make(thread.heap(), attribute, self);
    return call(thread, to_value(method), arguments);
  }
  Value bound = TRY(bind_attribute(thread, attribute, self, type_of(thread, self)));
  return call(thread, bound, arguments);
}

template <Str* Names::*N>
Result<Value> class_unary(Thread& thread, Value self) {
  return special(thread, self, thread.names().*N);
}

Result<Value> default_repr(Thread& thread, Value self) {
  return thread.runtime().object_type()->slots().repr(thread, self);
}

Result<Value> class_repr(Thread& thread, Value self) {
  Optional<Value> result = TRY(try_special(thread, self, thread.names().__repr__));
  return result ? Result<Value>(*result) : default_repr(thread, self);
}

Result<Value> class_str(Thread& thread, Value self) { return special(thread, self, thread.names().__str__); }

Result<int64_t> class_hash(Thread& thread, Value self) {
  Optional<Value> method = lookup_in_type(thread, type_of(thread, self), thread.names().__hash__);
  if (!method || (*method).is_none()) return thread.raise<TypeError>("unhashable type: '{}'", type_name_of(self));
  Value result = TRY(special(thread, self, thread.names().__hash__));
  if (!is_integer(result)) return thread.raise<TypeError>("__hash__ method should return an integer");
  int64_t number;
  if (!int_fits_int64(result, &number)) number = TRY(thread.runtime().type(Kind::Int)->slots().hash(thread, result));
  return number == -1 ? -2 : number;
}

constexpr Str* Names::*kComparisonNames[] = {&Names::__lt__, &Names::__le__, &Names::__eq__,
                                             &Names::__ne__, &Names::__gt__, &Names::__ge__};

Result<Value> class_compare(Thread& thread, Value self, Value other, Comparison comparison) {
  Str* name = thread.names().*kComparisonNames[static_cast<int>(comparison)];
  Optional<Value> method = lookup_in_type(thread, type_of(thread, self), name);
  if (!method) return Value::not_implemented();
  bool is_plain = has_kind(*method, Kind::Function) || has_kind(*method, Kind::MethodDescriptor) ||
                  has_kind(*method, Kind::SlotWrapper);
  if (is_plain) return call(thread, *method, self, other);
  auto bound = bind_attribute(thread, *method, self, type_of(thread, self));
  if (bound.is_raised()) {
    // A comparison that cannot even be bound is none.
    thread.clear_pending();
    return Value::not_implemented();
  }
  return call(thread, bound.take(), other);
}

Result<Value> class_call(Thread& thread, Value self, const Arguments& arguments) {
  if (thread.native_recursion_exceeded(" while calling a Python object")) return Raised{};
  Optional<Value> method = lookup_in_type(thread, type_of(thread, self), thread.names().__call__);
  if (!method) return thread.raise<TypeError>("'{}' object is not callable", type_name_of(self));
  return call_on_self(thread, *method, self, arguments);
}

Result<void> class_init(Thread& thread, Value self, const Arguments& arguments) {
  Optional<Value> method = lookup_in_type(thread, type_of(thread, self), thread.names().__init__);
  if (!method) return {};
  Value result = TRY(call_on_self(thread, *method, self, arguments));
  if (!result.is_none())
    return thread.raise<TypeError>("__init__() should return None, not '{}'", type_name_of(result));
  return {};
}

Result<Value> class_finalize(Thread& thread, Value self) {
  Optional<Value> result = TRY(try_special(thread, self, thread.names().__del__));
  return result.value_or(Value::none());
}

// --- attribute hooks

bool is_generic_get(Thread& thread, Optional<Value> attribute) {
  if (!attribute || !has_kind(*attribute, Kind::SlotWrapper)) return false;
  return slot_at(cast<SlotWrapper>(*attribute)->type_->slots(), offsetof(TypeSlots, get_attribute)) ==
         reinterpret_cast<AnyFunction>(&generic_get_attribute);
}

Result<Value> class_get_attribute(Thread& thread, Value self, Str* name) {
  Type* type = type_of(thread, self);
  const Names& names = thread.names();
  Optional<Value> getter = lookup_in_type(thread, type, names.__getattribute__);
  Optional<Value> hook = lookup_in_type(thread, type, names.__getattr__);
  if (is_generic_get(thread, getter)) {
    auto found = find_generic_attribute(thread, self, name);
    if (!found.is_raised()) {
      if (found.take()) return *found.take();
      if (!hook) return raise_no_attribute(thread, self, name);
      return special(thread, self, names.__getattr__, to_value(name));
    }
  } else {
    auto result = special(thread, self, names.__getattribute__, to_value(name));
    if (!result.is_raised()) return result;
  }
  if (!hook || !thread.pending_is<AttributeError>()) return Raised{};
  thread.clear_pending();
  return special(thread, self, names.__getattr__, to_value(name));
}

// --- descriptors

Value none_if_absent(Value value) { return value.is_absent() ? Value::none() : value; }

Result<Value> class_descriptor_get(Thread& thread, Value self, Value object, Value type) {
  Optional<Value> result =
      TRY(try_special(thread, self, thread.names().__get__, none_if_absent(object), none_if_absent(type)));
  return result.value_or(self);
}

Result<void> class_descriptor_set(Thread& thread, Value self, Value object, Value value) {
  if (value.is_absent())
    TRY(special(thread, self, thread.names().__delete__, object));
  else
    TRY(special(thread, self, thread.names().__set__, object, value));
  return {};
}

// --- iteration and containers

Result<Value> class_iter(Thread& thread, Value self) {
  Optional<Value> method = lookup_in_type(thread, type_of(thread, self), thread.names().__iter__);
  if (!method || (*method).is_none()) return thread.raise<TypeError>("'{}' object is not iterable", type_name_of(self));
  return special(thread, self, thread.names().__iter__);
}

Result<int64_t> class_length(Thread& thread, Value self) {
  Value result = TRY(special(thread, self, thread.names().__len__));
  Value index = TRY(to_index(thread, result));
  bool is_negative = index.is_int() ? index.as_int() < 0 : cast<BigInt>(index)->is_negative();
  if (is_negative) return thread.raise<ValueError>("__len__() should return >= 0");
  return to_index_int64(thread, index);
}

Result<Value> class_get_item(Thread& thread, Value self, Value index) {
  return special(thread, self, thread.names().__getitem__, index);
}

Result<void> class_set_item(Thread& thread, Value self, Value index, Value value) {
  if (value.is_absent())
    TRY(special(thread, self, thread.names().__delitem__, index));
  else
    TRY(special(thread, self, thread.names().__setitem__, index, value));
  return {};
}

Result<bool> class_contains(Thread& thread, Value self, Value item) {
  Optional<Value> method = lookup_in_type(thread, type_of(thread, self), thread.names().__contains__);
  if (method && (*method).is_none())
    return thread.raise<TypeError>("'{}' object is not a container", type_name_of(self));
  if (method) return is_true(thread, TRY(special(thread, self, thread.names().__contains__, item)));
  bool found = false;
  TRY(for_each(thread, self, [&](Value candidate) -> Result<bool> {
    found = TRY(equals(thread, candidate, item));
    return !found;
  }));
  return found;
}

Result<bool> class_truth(Thread& thread, Value self) {
  Value result = TRY(special(thread, self, thread.names().__bool__));
  if (!result.is_bool())
    return thread.raise<TypeError>("__bool__ should return bool, returned {}", type_name_of(result));
  return result.is_true();
}

// --- binary operators

/// Whether `name` of the right operand's class is not the one that the left operand's class has.
Result<bool> is_overridden(Thread& thread, Value left, Value right, Str* name) {
  Optional<Value> theirs = lookup_in_type(thread, type_of(thread, right), name);
  if (!theirs) return false;
  Optional<Value> ours = lookup_in_type(thread, type_of(thread, left), name);
  if (!ours) return true;
  if (*ours == *theirs) return false;
  return TRY(compare_truth(thread, *ours, *theirs, Comparison::NotEqual));
}

Result<Value> special_or_not_implemented(Thread& thread, Value self, Str* name, Value other) {
  Optional<Value> result = TRY(try_special(thread, self, name, other));
  return result.value_or(Value::not_implemented());
}

/// The rule of 3.3.8: a subclass on the right that overrides the reflected method goes first.
Result<Value> run_binary(Thread& thread, Value left, Value right, bool left_has, bool right_has, Str* name,
                         Str* reflected) {
  Type* left_type = type_of(thread, left);
  Type* right_type = type_of(thread, right);
  bool try_right = left_type != right_type && right_has;
  if (left_has) {
    if (try_right && is_subtype(right_type, left_type)) {
      if (TRY(is_overridden(thread, left, right, reflected))) {
        Value result = TRY(special_or_not_implemented(thread, right, reflected, left));
        if (!result.is_not_implemented()) return result;
        try_right = false;
      }
    }
    Value result = TRY(special_or_not_implemented(thread, left, name, right));
    if (!result.is_not_implemented() || left_type == right_type) return result;
  }
  if (try_right) return special_or_not_implemented(thread, right, reflected, left);
  return Value::not_implemented();
}

template <BinarySlot TypeSlots::*F, Str* Names::*N, Str* Names::*R>
Result<Value> class_binary(Thread& thread, Value left, Value right) {
  BinarySlot self = &class_binary<F, N, R>;
  return run_binary(thread, left, right, type_of(thread, left)->slots().*F == self,
                    type_of(thread, right)->slots().*F == self, thread.names().*N, thread.names().*R);
}

template <Str* Names::*N>
Result<Value> class_inplace(Thread& thread, Value self, Value other) {
  return special(thread, self, thread.names().*N, other);
}

Result<Value> class_power(Thread& thread, Value left, Value right, Value modulus) {
  bool left_has = type_of(thread, left)->slots().power == &class_power;
  if (modulus.is_absent())
    return run_binary(thread, left, right, left_has, type_of(thread, right)->slots().power == &class_power,
                      thread.names().__pow__, thread.names().__rpow__);
  if (left_has) return special(thread, left, thread.names().__pow__, right, modulus);
  return Value::not_implemented();
}

// --- the table

constexpr std::nullptr_t no_function = nullptr;

template <typename F>
AnyFunction erase(F function) {
  return reinterpret_cast<AnyFunction>(function);
}
AnyFunction erase(std::nullptr_t) { return nullptr; }

const SlotEntry kEntries[] = {
#define SLOT(name, field, wrapper, function, signature, doc)                                                  \
  SlotEntry{#name,     &Names::name, offsetof(TypeSlots, field), Comparison::Less, &wrapper, erase(function), \
            signature, doc},
#define COMPARE(name, op, doc)                                                                  \
  SlotEntry{#name,         &Names::name,          offsetof(TypeSlots, compare), Comparison::op, \
            &wrap_compare, erase(&class_compare), "($self, value, /)",          doc},
#define BINARY(field, name, reflected, symbol)                                                                \
  SLOT(name, field, wrap_binary, (&class_binary<&TypeSlots::field, &Names::name, &Names::reflected>),         \
       "($self, value, /)", "Return self" symbol "value.")                                                    \
  SLOT(reflected, field, wrap_reflected, (&class_binary<&TypeSlots::field, &Names::name, &Names::reflected>), \
       "($self, value, /)", "Return value" symbol "self.")
#define INPLACE(field, name, symbol) \
  SLOT(name, field, wrap_binary, &class_inplace<&Names::name>, "($self, value, /)", "Return self" symbol "=value.")
#include "runtime/slots.def"
#undef SLOT
#undef COMPARE
#undef BINARY
#undef INPLACE
};

/// Entries of one field stand together: [first, last).
struct FieldGroup {
  size_t first, last;
};
FieldGroup group_at(size_t first) {
  size_t last = first + 1;
  while (last < std::size(kEntries) && kEntries[last].offset == kEntries[first].offset) ++last;
  return {first, last};
}

}  // namespace

Result<void> class_set_attribute(Thread& thread, Value self, Str* name, Value value) {
  if (value.is_absent())
    TRY(special(thread, self, thread.names().__delattr__, to_value(name)));
  else
    TRY(special(thread, self, thread.names().__setattr__, to_value(name), value));
  return {};
}

Result<Optional<Value>> class_next(Thread& thread, Value self) {
  auto result = special(thread, self, thread.names().__next__);
  if (!result.is_raised()) return Optional<Value>(result.take());
  if (!thread.pending_is<StopIteration>()) return Raised{};
  // The value travels like a generator's return value.
  thread.returned_ = exception_member(thread, thread.pending(), thread.names().value);
  thread.clear_pending();
  return Optional<Value>();
}

Result<Value> next_or_raise(Thread& thread, Value iterator) {
  NextSlot slot = type_of(thread, iterator)->slots().next;
  if (slot == nullptr) return thread.raise<TypeError>("'{}' object is not an iterator", type_name_of(iterator));
  if (slot == &class_next) return special(thread, iterator, thread.names().__next__);
  thread.returned_ = Value::none();
  Optional<Value> item = TRY(slot(thread, iterator));
  if (item) return *item;
  Value returned = thread.returned_;
  thread.returned_ = Value::none();
  if (returned.is_none()) return thread.raise<StopIteration>();
  return thread.raise_value(ExceptionKind::StopIteration, returned);
}

Result<Value> class_new(Thread& thread, Type* type, const Arguments& arguments) {
  Value method = TRY(get_attribute(thread, to_value(type), thread.names().__new__));
  Array* list = Array::try_make(thread.heap(), arguments.count + 1);
  if (list == nullptr) return thread.raise_memory_error();
  list->items()[0] = to_value(type);
  for (uint32_t i = 0; i < arguments.count; ++i) list->items()[i + 1] = arguments.values[i];
  return call(thread, method, Arguments{list->items(), arguments.count + 1, arguments.keywords});
}

std::span<const SlotEntry> slot_entries() { return kEntries; }

AnyFunction slot_at(const TypeSlots& slots, uint16_t offset) {
  AnyFunction function;
  std::memcpy(&function, reinterpret_cast<const char*>(&slots) + offset, sizeof function);
  return function;
}

void set_slot_at(TypeSlots& slots, uint16_t offset, AnyFunction function) {
  std::memcpy(reinterpret_cast<char*>(&slots) + offset, &function, sizeof function);
}

// --- shared tables

struct SlotTables {
  struct Entry {
    uint64_t checksum;
    const TypeSlots* table;
  };
  std::vector<Entry> tables;
};

namespace {

constexpr size_t kSlotBytes = offsetof(TypeSlots, is_mapping);
static_assert(kSlotBytes % sizeof(AnyFunction) == 0 && sizeof(TypeSlots) == kSlotBytes + sizeof(AnyFunction));

bool same_slots(const TypeSlots& a, const TypeSlots& b) {
  return a.is_mapping == b.is_mapping && std::memcmp(&a, &b, kSlotBytes) == 0;
}

uint64_t checksum_of(const TypeSlots& slots) {
  uint64_t sum = 0;
  for (size_t offset = 0; offset < kSlotBytes; offset += sizeof(uint64_t)) {
    uint64_t word;
    std::memcpy(&word, reinterpret_cast<const char*>(&slots) + offset, sizeof word);
    sum = std::rotl(sum, 5) ^ word;
  }
  return sum;
}

}  // namespace

const TypeSlots* intern_slots(Runtime& runtime, const TypeSlots& slots) {
  if (runtime.slot_tables_ == nullptr) runtime.slot_tables_ = new SlotTables();
  std::vector<SlotTables::Entry>& tables = runtime.slot_tables_->tables;
  uint64_t checksum = checksum_of(slots);
  // The latest are the likeliest: sibling classes look alike.
  for (size_t i = tables.size(); i-- > 0;)
    if (tables[i].checksum == checksum && same_slots(*tables[i].table, slots)) return tables[i].table;
  tables.push_back({checksum, new TypeSlots(slots)});
  return tables.back().table;
}

void inherit_slots(TypeSlots& slots, const TypeSlots& base) {
  bool own_hash = slots.hash != nullptr, own_compare = slots.compare != nullptr;
  bool own_get_item = slots.get_item != nullptr;
  for (size_t offset = 0; offset < kSlotBytes; offset += sizeof(AnyFunction)) {
    auto at = static_cast<uint16_t>(offset);
    if (slot_at(slots, at) == nullptr) set_slot_at(slots, at, slot_at(base, at));
  }
  // A type that compares in its own way does not hash as its base does.
  if (own_compare && !own_hash) slots.hash = nullptr;
  if (!own_get_item) slots.is_mapping = base.is_mapping;
}

// --- the slots of a Python class

namespace {

/// What the class has for one field: its own methods' function, or the one of the built-in type that defines the
/// methods.
AnyFunction resolve_field(Thread& thread, Type* type, FieldGroup group) {
  AnyFunction generic = nullptr, specific = nullptr;
  bool use_generic = false;
  for (size_t i = group.first; i < group.last; ++i) {
    const SlotEntry& entry = kEntries[i];
    Optional<Value> found = lookup_uncached(type, thread.names().*entry.interned);
    if (!found) continue;
    Value attribute = open_class_cell(*found);
    Type* owner = nullptr;
    if (has_kind(attribute, Kind::SlotWrapper)) {
      auto* wrapper = cast<SlotWrapper>(attribute);
      bool same_name = wrapper->entry_->name == entry.name;
      if (same_name && wrapper->entry_->offset != entry.offset) continue;  // the sequence or number variant of the name
      if (same_name) owner = wrapper->type_.get();
    } else if (has_kind(attribute, Kind::MethodDescriptor)) {
      // A built-in type that has both the slot and a method of that name (dict.__contains__).
      auto* method = static_cast<MethodDescriptor*>(attribute.as_object());
      if (method->method_->name() == entry.name) owner = method->type_.get();
      if (owner != nullptr && slot_at(owner->slots(), entry.offset) == nullptr) continue;
    } else if (attribute.is_none() && entry.offset == offsetof(TypeSlots, hash)) {
      return nullptr;
    }
    AnyFunction function = owner == nullptr ? nullptr : slot_at(owner->slots(), entry.offset);
    if (function != nullptr && type->is_subtype_of(owner) && (specific == nullptr || specific == function)) {
      specific = function;
    } else {
      use_generic = true;
    }
    generic = entry.class_function;
  }
  return use_generic ? generic : specific;
}

NewSlot resolve_new(Thread& thread, Type* type) {
  Optional<Value> found = lookup_uncached(type, thread.names().__new__);
  if (!found) return type->base() == nullptr ? nullptr : type->base()->slots().new_;
  Value attribute = open_class_cell(*found);
  if (has_kind(attribute, Kind::NativeFunction) && cast<NativeFunction>(attribute)->method_ == &kNewMethod) {
    Value owner = cast<NativeFunction>(attribute)->self_.get();
    NewSlot slot = has_kind(owner, Kind::Type) ? cast<Type>(owner)->slots().new_ : nullptr;
    // object.__new__ in a subclass of list: the inherited one all the same, as in CPython; nothing else makes a list.
    Type* built_in = type->base();
    while (built_in != nullptr && built_in->slots().new_ == &class_new) built_in = built_in->base();
    if (built_in != nullptr) return built_in->slots().new_;
    if (slot != nullptr && type->is_subtype_of(cast<Type>(owner))) return slot;
  }
  return &class_new;
}

void set_custom_flags(Type* type, const TypeSlots& slots) {
  uint32_t flags = type->flags_ & ~(kTypeCustomGetattribute | kTypeCustomSetattr);
  if (slots.get_attribute == &class_get_attribute) flags |= kTypeCustomGetattribute;
  if (slots.set_attribute == &class_set_attribute) flags |= kTypeCustomSetattr;
  if (slots.finalize != nullptr) flags |= kTypeHasFinalizer;
  type->flags_ = flags;
}

/// Which methods of kEntries a class may have otherwise than the base whose slots it starts with.
struct Changes {
  bool has[std::size(kEntries)] = {};

  void add_all() { std::fill_n(has, std::size(kEntries), true); }
  void add(const Names& names, const Str* name) {
    for (size_t i = 0; i < std::size(kEntries); ++i) has[i] = has[i] || names.*kEntries[i].interned == name;
  }
  static bool begins_as_special(const Str* name) {
    return name->length() > 4 && name->at(0) == '_' && name->at(1) == '_';
  }
  /// Those of a class whose order is itself and then that of its base: what its own namespace defines.
  void add_own(Thread& thread, Dict* dict) {
    for (int64_t at = dict->next_entry(0); at >= 0; at = dict->next_entry(at + 1)) {
      Value key = dict->table()->key(static_cast<uint32_t>(at));
      if (!is_exact<Str>(key) || !begins_as_special(cast<Str>(key))) continue;
      add(thread.names(), intern(thread, cast<Str>(key)));
    }
  }
};

bool extends_order_of_base(Type* type) {
  if (type->mro() == nullptr || type->base()->mro() == nullptr) return false;
  std::span<const Value> order = type->mro()->span(), inherited = type->base()->mro()->span();
  return order.size() == inherited.size() + 1 && order[0] == to_value(type) &&
         std::equal(inherited.begin(), inherited.end(), order.begin() + 1);
}

/// Gives the class `slots` with the changes resolved.
void recompute(Thread& thread, Type* type, TypeSlots slots, const Changes& changes, bool with_new) {
  for (size_t i = 0; i < std::size(kEntries);) {
    FieldGroup group = group_at(i);
    bool wanted = false;
    for (size_t k = group.first; k < group.last; ++k) wanted = wanted || changes.has[k];
    if (wanted) {
      AnyFunction function = resolve_field(thread, type, group);
      set_slot_at(slots, kEntries[i].offset, function);
      if (kEntries[i].offset == offsetof(TypeSlots, get_item) && function == erase(&class_get_item))
        slots.is_mapping = false;
    }
    i = group.last;
  }
  if (with_new) slots.new_ = resolve_new(thread, type);
  set_custom_flags(type, slots);
  bool as_base = type->base() != nullptr && same_slots(type->base()->slots(), slots);
  type->slots_ = as_base ? type->base()->slots_ : intern_slots(thread.runtime(), slots);
}

}  // namespace

void compute_class_slots(Thread& thread, Type* type) {
  Changes changes;
  bool is_new = type->slots_ == nullptr;
  TypeSlots slots = is_new ? type->base()->slots() : type->slots();
  slots.buffer = type->base()->slots().buffer;
  slots.is_mapping = type->base()->slots().is_mapping;
  if (is_new && extends_order_of_base(type))
    changes.add_own(thread, type->dict());
  else
    changes.add_all();
  recompute(thread, type, slots, changes, true);
}

void update_slots(Thread& thread, Type* type, Str* name) {
  bool is_new = name == thread.names().__new__, known = is_new;
  for (const SlotEntry& entry : kEntries) known = known || thread.names().*entry.interned == name;
  if (!known) return;
  Changes changes;
  changes.add(thread.names(), name);
  recompute(thread, type, type->slots(), changes, is_new);
  for_each_subclass(
      thread, type,
      [](Thread& thread, Type* subclass, void* context) {
        auto* name = static_cast<Str*>(context);
        if (subclass->dict()->find_str(name) < 0) update_slots(thread, subclass, name);
      },
      name);
}

}  // namespace viperine
