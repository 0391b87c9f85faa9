// SPDX-License-Identifier: MIT
// The types set, frozenset and their iterator. The algebra is in runtime/sets.cpp.
#include "builtins/container_support.h"
#include "runtime/sets.h"

namespace viperine {

namespace {

Set* self_set(Value self) { return static_cast<Set*>(self.as_object()); }
/// Results are set or frozenset, never a subclass.
Kind kind_of_result(const Set* set) { return kind_of(set); }
bool is_exact_frozenset(Value value) {
  return value.is_pointer() && value.as_object()->shape_word() == exact_shape_word(Kind::FrozenSet);
}

Result<Value> set_new(Thread& thread, Type* type, const Arguments&) {
  return to_value(make_instance<Set>(thread, type));
}

Result<void> set_init(Thread& thread, Value self, const Arguments& arguments) {
  static constexpr NativeMethod kSignature = signature("set(iterable=(), /)");
  BoundArguments bound;
  TRY(bind_arguments(thread, kSignature, arguments, bound));
  Set* set = self_set(self);
  if (set->table() != nullptr) set->clear();
  if (bound.values[0].is_absent()) return {};
  return set_update(thread, set, bound.values[0]);
}

Result<Value> frozenset_new(Thread& thread, Type* type, const Arguments& arguments) {
  static constexpr NativeMethod kSignature = signature("frozenset(iterable=(), /)");
  bool exact = type == thread.runtime().type(Kind::FrozenSet);
  BoundArguments bound;
  TRY(bind_arguments(thread, kSignature, without_init_keywords(thread, type, Kind::FrozenSet, arguments), bound));
  if (exact && is_exact_frozenset(bound.values[0])) return bound.values[0];
  Set* set = make_instance<Set>(thread, type);
  if (!bound.values[0].is_absent()) TRY(set_update(thread, set, bound.values[0]));
  return to_value(set);
}

Result<Value> set_repr(Thread& thread, Value self) {
  Set* set = self_set(self);
  Str* name = type_of(thread, self)->name();
  if (set->length() == 0) return to_value(format_text(thread, "{}()", name));
  ReprScope scope(thread, self);
  if (scope.entered_before()) return to_value(format_text(thread, "{}(...)", name));
  List* elements = TRY(list_from_iterable(thread, self));
  bool plain = self.as_object()->shape_word() == exact_shape_word(Kind::Set);
  StringBuilder builder(thread);
  if (!plain) {
    builder.append(name);
    builder.append(uint32_t{'('});
  }
  builder.append(uint32_t{'{'});
  TRY(append_items(thread, builder, elements));
  builder.append(plain ? "}" : "})");
  return to_value(TRY(builder.finish()));
}

Result<int64_t> frozenset_hash(Thread& thread, Value self) { return set_hash(thread, self_set(self)); }

Result<bool> sets_equal(Thread& thread, Set* left, Set* right) {
  if (left->length() != right->length()) return false;
  if (left->hash_ != 0 && right->hash_ != 0 && left->hash_ != right->hash_) return false;
  return set_is_subset(thread, left, right);
}

Result<Value> set_compare(Thread& thread, Value self, Value other, Comparison op) {
  if (!is<Set>(other)) return Value::not_implemented();
  Set* left = self_set(self);
  auto* right = cast<Set>(other);
  bool result = false;
  switch (op) {
    case Comparison::Equal:
      result = TRY(sets_equal(thread, left, right));
      break;
    case Comparison::NotEqual:
      result = !TRY(sets_equal(thread, left, right));
      break;
    case Comparison::LessEqual:
      result = TRY(set_is_subset(thread, left, right));
      break;
    case Comparison::GreaterEqual:
      result = TRY(set_is_subset(thread, right, left));
      break;
    case Comparison::Less:
      result = left->length() < right->length() && TRY(set_is_subset(thread, left, right));
      break;
    case Comparison::Greater:
      result = left->length() > right->length() && TRY(set_is_subset(thread, right, left));
      break;
  }
  return Value::from_bool(result);
}

Result<Value> set_iter(Thread& thread, Value self) {
  auto* iterator = make_kind<TableIterator>(thread, Kind::SetIterator);
  iterator->container_.initialize(self);
  iterator->length_ = iterator->remaining_ = self_set(self)->length();
  return to_value(iterator);
}

Result<int64_t> set_length(Thread&, Value self) { return self_set(self)->length(); }

/// The key as sets look it up: a set that is no key itself stands for the equal frozenset.
Result<HashedKey> lookup_key(Thread& thread, Value key) {
  Result<HashedKey> hashed = hashed_key(thread, key);
  if (!hashed.is_raised()) return hashed;
  if (!has_kind(key, Kind::Set) || !thread.pending_is<TypeError>()) return Raised{};
  thread.clear_pending();
  Set* frozen = TRY(set_copy(thread, cast<Set>(key), Kind::FrozenSet));
  return HashedKey{to_value(frozen), set_hash(thread, frozen)};
}

Result<bool> set_contains_slot(Thread& thread, Value self, Value key) {
  if (key.is_int() || is_exact<Str>(key)) return set_contains(thread, self_set(self), key);
  return set_contains_hashed(thread, self_set(self), TRY(lookup_key(thread, key)));
}

// --- operators: both operands must be sets

Result<Value> set_or(Thread& thread, Value left, Value right) {
  if (!is<Set>(left) || !is<Set>(right)) return Value::not_implemented();
  Set* result = TRY(set_copy(thread, self_set(left), kind_of_result(self_set(left))));
  if (left != right) TRY(set_update(thread, result, right));
  return to_value(result);
}
Result<Value> set_and(Thread& thread, Value left, Value right) {
  if (!is<Set>(left) || !is<Set>(right)) return Value::not_implemented();
  return to_value(TRY(set_intersection(thread, self_set(left), right, kind_of_result(self_set(left)))));
}
Result<Value> set_subtract(Thread& thread, Value left, Value right) {
  if (!is<Set>(left) || !is<Set>(right)) return Value::not_implemented();
  return to_value(TRY(set_difference(thread, self_set(left), right, kind_of_result(self_set(left)))));
}
Result<Value> set_xor(Thread& thread, Value left, Value right) {
  if (!is<Set>(left) || !is<Set>(right)) return Value::not_implemented();
  return to_value(TRY(set_symmetric_difference(thread, self_set(left), right, kind_of_result(self_set(left)))));
}
Result<Value> set_inplace_or(Thread& thread, Value self, Value other) {
  if (!is<Set>(other)) return Value::not_implemented();
  TRY(set_update(thread, self_set(self), other));
  return self;
}
Result<Value> set_inplace_and(Thread& thread, Value self, Value other) {
  if (!is<Set>(other)) return Value::not_implemented();
  set_take_over(self_set(self), TRY(set_intersection(thread, self_set(self), other, Kind::Set)));
  return self;
}
Result<Value> set_inplace_subtract(Thread& thread, Value self, Value other) {
  if (!is<Set>(other)) return Value::not_implemented();
  TRY(set_difference_update(thread, self_set(self), other));
  return self;
}
Result<Value> set_inplace_xor(Thread& thread, Value self, Value other) {
  if (!is<Set>(other)) return Value::not_implemented();
  TRY(set_symmetric_difference_update(thread, self_set(self), other));
  return self;
}

// --- methods

Result<void> set_add_method(Thread& thread, Set* self, Value element) {
  TRY(set_add(thread, self, element));
  return {};
}

Result<void> set_clear(Thread&, Set* self) {
  self->clear();
  return {};
}

Result<Value> set_copy_method(Thread& thread, Set* self) {
  if (is_exact_frozenset(to_value(self))) return to_value(self);
  return to_value(TRY(set_copy(thread, self, kind_of_result(self))));
}

Result<void> set_discard(Thread& thread, Set* self, Value element) {
  TRY(set_remove_hashed(thread, self, TRY(lookup_key(thread, element))));
  return {};
}

Result<void> set_remove_method(Thread& thread, Set* self, Value element) {
  if (!TRY(set_remove_hashed(thread, self, TRY(lookup_key(thread, element)))))
    return thread.raise_value(ExceptionKind::KeyError, element);
  return {};
}

Result<Value> set_pop_method(Thread& thread, Set* self) {
  Optional<Value> element = set_pop(self);
  if (!element) return thread.raise_value(ExceptionKind::KeyError, to_value(make_str(thread, "pop from an empty set")));
  return *element;
}

Result<Value> set_union(Thread& thread, Set* self, Rest others) {
  Set* result = TRY(set_copy(thread, self, kind_of_result(self)));
  for (Value other : others.span())
    if (other != to_value(self)) TRY(set_update(thread, result, other));
  return to_value(result);
}

Result<void> set_update_method(Thread& thread, Set* self, Rest others) {
  for (Value other : others.span()) TRY(set_update(thread, self, other));
  return {};
}

Result<Set*> intersection_of(Thread& thread, Set* self, Rest others) {
  if (others.count == 0) return set_copy(thread, self, kind_of_result(self));
  Set* result = self;
  for (Value other : others.span()) result = TRY(set_intersection(thread, result, other, kind_of_result(self)));
  return result;
}

Result<Set*> set_intersection_method(Thread& thread, Set* self, Rest others) {
  return intersection_of(thread, self, others);
}

Result<void> set_intersection_update(Thread& thread, Set* self, Rest others) {
  Set* result = TRY(intersection_of(thread, self, others));
  if (result != self) set_take_over(self, result);
  return {};
}

Result<Set*> set_difference_method(Thread& thread, Set* self, Rest others) {
  if (others.count == 0) return set_copy(thread, self, kind_of_result(self));
  Set* result = TRY(set_difference(thread, self, others[0], kind_of_result(self)));
  for (Value other : others.span().subspan(1)) TRY(set_difference_update(thread, result, other));
  return result;
}

Result<void> set_difference_update_method(Thread& thread, Set* self, Rest others) {
  for (Value other : others.span()) TRY(set_difference_update(thread, self, other));
  return {};
}

Result<Set*> set_symmetric_difference_method(Thread& thread, Set* self, Value other) {
  return set_symmetric_difference(thread, self, other, kind_of_result(self));
}

Result<void> set_symmetric_difference_update_method(Thread& thread, Set* self, Value other) {
  return set_symmetric_difference_update(thread, self, other);
}

Result<bool> set_isdisjoint(Thread& thread, Set* self, Value other) {
  if (to_value(self) == other) return self->length() == 0;
  if (is<Set>(other)) {
    auto* smaller = cast<Set>(other);
    Set* larger = self;
    if (smaller->length() > larger->length()) std::swap(smaller, larger);
    HashedKey key;
    for (int64_t position = 0; set_next_hashed(smaller, &position, &key);)
      if (TRY(set_contains_hashed(thread, larger, key))) return false;
    return true;
  }
  bool disjoint = true;
  TRY(for_each(thread, other,
               [&](Value item) -> Result<bool> { return disjoint = !TRY(set_contains(thread, self, item)); }));
  return disjoint;
}

Result<bool> set_issubset(Thread& thread, Set* self, Value other) {
  Set* whole = is<Set>(other) ? cast<Set>(other) : TRY(set_from_iterable(thread, other, Kind::Set));
  return set_is_subset(thread, self, whole);
}

Result<bool> set_issuperset(Thread& thread, Set* self, Value other) {
  if (is<Set>(other)) return set_is_subset(thread, cast<Set>(other), self);
  bool all = true;
  TRY(for_each(thread, other, [&](Value item) -> Result<bool> { return all = TRY(set_contains(thread, self, item)); }));
  return all;
}

Result<Value> set_reduce(Thread& thread, Set* self) {
  List* elements = TRY(list_from_iterable(thread, to_value(self)));
  Value state = TRY(call_method(thread, to_value(self), thread.names().__getstate__));
  return tuple_of(thread, to_value(type_of(thread, to_value(self))), tuple_of(thread, to_value(elements)), state);
}

Result<Value> set_sizeof(Thread& thread, Set* self) {
  return Value::from_int(object_size(thread, self) + object_size(thread, self->table()));
}

Result<bool> set_contains_method(Thread& thread, Set* self, Value key) {
  return set_contains_slot(thread, to_value(self), key);
}

#define COMMON_SET_METHODS                                                                                        \
  method<set_contains_method>("__contains__($self, object, /)", "x.__contains__(y) <==> y in x."),                \
      method<set_reduce>("__reduce__($self, /)", "Return state information for pickling."),                       \
      method<set_sizeof>("__sizeof__($self, /)", "S.__sizeof__() -> size of S in memory, in bytes"),              \
      method<set_copy_method>("copy($self, /)", "Return a shallow copy of a set."),                               \
      method<set_difference_method>("difference($self, /, *others)",                                              \
                                    "Return the difference of two or more sets as a new set.\n\n"                 \
                                    "(i.e. all elements that are in this set but not the others.)"),              \
      method<set_intersection_method>("intersection($self, /, *others)",                                          \
                                      "Return the intersection of two sets as a new set.\n\n"                     \
                                      "(i.e. all elements that are in both sets.)"),                              \
      method<set_isdisjoint>("isdisjoint($self, other, /)", "Return True if two sets have a null intersection."), \
      method<set_issubset>("issubset($self, other, /)", "Report whether another set contains this set."),         \
      method<set_issuperset>("issuperset($self, other, /)", "Report whether this set contains another set."),     \
      method<set_symmetric_difference_method>("symmetric_difference($self, other, /)",                            \
                                              "Return the symmetric difference of two sets as a new set.\n\n"     \
                                              "(i.e. all elements that are in exactly one of the sets.)"),        \
      method<set_union>("union($self, /, *others)",                                                               \
                        "Return the union of sets as a new set.\n\n"                                              \
                        "(i.e. all elements that are in either set.)"),                                           \
      method<class_getitem>("__class_getitem__($type, item, /)", "See PEP 585")

constexpr NativeMethod kSetMethods[] = {
    COMMON_SET_METHODS,
    method<set_add_method>("add($self, object, /)",
                           "Add an element to a set.\n\nThis has no effect if the element is already present."),
    method<set_clear>("clear($self, /)", "Remove all elements from this set."),
    method<set_discard>(
        "discard($self, object, /)",
        "Remove an element from a set if it is a member.\n\nUnlike set.remove(), the discard() method does not "
        "raise\nan exception when an element is missing from the set."),
    method<set_difference_update_method>("difference_update($self, /, *others)",
                                         "Remove all elements of another set from this set."),
    method<set_intersection_update>("intersection_update($self, /, *others)",
                                    "Update a set with the intersection of itself and another."),
    method<set_pop_method>("pop($self, /)",
                           "Remove and return an arbitrary set element.\nRaises KeyError if the set is empty."),
    method<set_remove_method>("remove($self, object, /)",
                              "Remove an element from a set; it must be a member.\n\n"
                              "If the element is not a member, raise a KeyError."),
    method<set_symmetric_difference_update_method>("symmetric_difference_update($self, other, /)",
                                                   "Update a set with the symmetric difference of itself and another."),
    method<set_update_method>("update($self, /, *others)", "Update a set with the union of itself and others."),
};
constexpr NativeMethod kFrozenSetMethods[] = {COMMON_SET_METHODS};
#undef COMMON_SET_METHODS

constexpr TypeSlots frozenset_slots() {
  TypeSlots slots;
  slots.repr = set_repr;
  slots.compare = set_compare;
  slots.iter = set_iter;
  slots.length = set_length;
  slots.contains = set_contains_slot;
  slots.or_ = set_or;
  slots.and_ = set_and;
  slots.subtract = set_subtract;
  slots.xor_ = set_xor;
  slots.hash = frozenset_hash;
  slots.new_ = frozenset_new;
  return slots;
}

constexpr TypeSlots set_slots() {
  TypeSlots slots = frozenset_slots();
  slots.hash = nullptr;
  slots.new_ = set_new;
  slots.init = set_init;
  slots.inplace_or = set_inplace_or;
  slots.inplace_and = set_inplace_and;
  slots.inplace_subtract = set_inplace_subtract;
  slots.inplace_xor = set_inplace_xor;
  return slots;
}

// --- iterator

Result<Value> iterator_self(Thread&, Value self) { return self; }

Result<Optional<Value>> set_iterator_next(Thread& thread, Value self) {
  auto* iterator = static_cast<TableIterator*>(self.as_object());
  if (iterator->container_.get().is_int()) return Optional<Value>();
  Set* set = self_set(iterator->container_.get());
  if (iterator->length_ != set->length()) {
    iterator->length_ = 0xFFFFFFFF;
    return thread.raise<RuntimeError>("Set changed size during iteration");
  }
  Optional<Value> element = set_next(set, &iterator->position_);
  if (element) {
    if (iterator->remaining_ > 0) --iterator->remaining_;
  } else {
    iterator->container_.set(iterator, Value());
  }
  return element;
}

Result<Value> set_iterator_length_hint(Thread&, TableIterator* self) {
  if (self->container_.get().is_int() || self->length_ != self_set(self->container_.get())->length())
    return Value::from_int(0);
  return Value::from_int(self->remaining_);
}

Result<Value> set_iterator_reduce(Thread& thread, TableIterator* self) {
  List* rest = List::make(thread.heap());
  if (!self->container_.get().is_int()) {
    Set* set = self_set(self->container_.get());
    if (self->length_ != set->length()) return thread.raise<RuntimeError>("Set changed size during iteration");
    int64_t position = self->position_;
    while (Optional<Value> element = set_next(set, &position)) TRY(list_append_value(thread, rest, *element));
  }
  return tuple_of(thread, builtin(thread, "iter"), tuple_of(thread, to_value(rest)));
}

constexpr NativeMethod kSetIteratorMethods[] = {
    method<set_iterator_length_hint>("__length_hint__($self, /)",
                                     "Private method returning an estimate of len(list(it))."),
    method<set_iterator_reduce>("__reduce__($self, /)", "Return state information for pickling."),
};

}  // namespace

extern const TypeSpec kSetType, kFrozenSetType, kSetIteratorType;

constinit const TypeSpec kSetType = {
    .name = "set",
    .kind = Kind::Set,
    .flags = kTypeBase | kTypeMatchSelf | kTypeHasWeakrefs,
    .layout = [] { return layout_of<Set>("set"); },
    .slots = set_slots(),
    .methods = kSetMethods,
    .doc =
        "set() -> new empty set object\nset(iterable) -> new set object\n\nBuild an unordered collection of unique "
        "elements.",
};

constinit const TypeSpec kFrozenSetType = {
    .name = "frozenset",
    .kind = Kind::FrozenSet,
    .flags = kTypeBase | kTypeMatchSelf | kTypeHasWeakrefs,
    .layout = [] { return layout_of<Set>("frozenset"); },
    .slots = frozenset_slots(),
    .methods = kFrozenSetMethods,
    .doc =
        "frozenset() -> empty frozenset object\nfrozenset(iterable) -> frozenset object\n\n"
        "Build an immutable unordered collection of unique elements.",
};

constinit const TypeSpec kSetIteratorType = {
    .name = "set_iterator",
    .kind = Kind::SetIterator,
    .flags = kTypeDisallowInstantiation,
    .layout = [] { return layout_of<TableIterator>("set_iterator"); },
    .slots = {.iter = iterator_self, .next = set_iterator_next},
    .methods = kSetIteratorMethods,
};

}  // namespace viperine
