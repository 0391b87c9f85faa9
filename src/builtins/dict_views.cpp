// SPDX-License-Identifier: MIT
// dict_keys, dict_values, dict_items (with the set operations of keys and items) and the six iterators over dicts.
// Iterators hold an entry position, and notice when the number of keys is no longer what it was.
#include "builtins/dict_views.h"

#include "builtins/container_support.h"
#include "runtime/sets.h"

namespace viperine {

Value make_dict_view(Thread& thread, Dict* dict, Kind kind) {
  auto* view = make_kind<DictView>(thread, kind);
  view->dict_.initialize(dict);
  return to_value(view);
}

Value make_dict_iterator(Thread& thread, Dict* dict, Kind kind) {
  auto* iterator = make_kind<TableIterator>(thread, kind);
  iterator->container_.initialize(to_value(dict));
  iterator->length_ = iterator->remaining_ = dict->length();
  if (kind >= Kind::DictReverseKeyIterator)
    iterator->position_ = dict->table() == nullptr ? -1 : dict->table()->used() - int64_t{1};
  return to_value(iterator);
}

namespace {

constexpr uint32_t kBroken = 0xFFFFFFFF;

bool is_reverse(Kind kind) { return kind >= Kind::DictReverseKeyIterator && kind <= Kind::DictReverseItemIterator; }

int64_t previous_entry(Dict* dict, int64_t position) {
  DictTable* table = dict->table();
  if (table == nullptr) return -1;
  position = std::min<int64_t>(position, int64_t{table->used()} - 1);
  while (position >= 0 && table->key(static_cast<uint32_t>(position)) == Value::deleted()) --position;
  return position;
}

Value entry_of(Thread& thread, Dict* dict, int64_t entry, Kind kind) {
  DictTable* table = dict->table();
  Value key = table->key(static_cast<uint32_t>(entry)), value = table->value(static_cast<uint32_t>(entry));
  if (kind == Kind::DictKeyIterator || kind == Kind::DictReverseKeyIterator) return key;
  if (kind == Kind::DictValueIterator || kind == Kind::DictReverseValueIterator) return value;
  return make_pair(thread, key, value);
}

Result<Optional<Value>> iterator_next(Thread& thread, Value self) {
  auto* iterator = static_cast<TableIterator*>(self.as_object());
  if (iterator->container_.get().is_int()) return Optional<Value>();
  auto* dict = static_cast<Dict*>(iterator->container_.get().as_object());
  if (iterator->length_ != dict->length()) {
    iterator->length_ = kBroken;
    return thread.raise<RuntimeError>("dictionary changed size during iteration");
  }
  Kind kind = kind_of(iterator);
  bool reverse = is_reverse(kind);
  int64_t entry = reverse ? previous_entry(dict, iterator->position_) : dict->next_entry(iterator->position_);
  if (entry < 0) {
    iterator->container_.set(iterator, Value());
    return Optional<Value>();
  }
  if (iterator->remaining_ == 0) {
    iterator->container_.set(iterator, Value());
    return thread.raise<RuntimeError>("dictionary keys changed during iteration");
  }
  --iterator->remaining_;
  iterator->position_ = reverse ? entry - 1 : entry + 1;
  return Optional<Value>(entry_of(thread, dict, entry, kind));
}

Result<Value> iterator_self(Thread&, Value self) { return self; }

Result<Value> iterator_length_hint(Thread&, TableIterator* self) {
  if (self->container_.get().is_int()) return Value::from_int(0);
  auto* dict = static_cast<Dict*>(self->container_.get().as_object());
  return Value::from_int(self->length_ == dict->length() ? self->remaining_ : 0);
}

Result<Value> iterator_reduce(Thread& thread, TableIterator* self) {
  List* rest = List::make(thread.heap());
  if (!self->container_.get().is_int()) {
    auto* dict = static_cast<Dict*>(self->container_.get().as_object());
    if (self->length_ != dict->length()) {
      self->length_ = kBroken;
      return thread.raise<RuntimeError>("dictionary changed size during iteration");
    }
    Kind kind = kind_of(self);
    bool reverse = is_reverse(kind);
    int64_t entry = self->position_;
    while ((entry = reverse ? previous_entry(dict, entry) : dict->next_entry(entry)) >= 0) {
      TRY(list_append_value(thread, rest, entry_of(thread, dict, entry, kind)));
      entry += reverse ? -1 : 1;
    }
  }
  return tuple_of(thread, builtin(thread, "iter"), tuple_of(thread, to_value(rest)));
}

constexpr NativeMethod kIteratorMethods[] = {
    method<iterator_length_hint>("__length_hint__($self, /)", "Private method returning an estimate of len(list(it))."),
    method<iterator_reduce>("__reduce__($self, /)", "Return state information for pickling."),
};

constexpr TypeSpec iterator_type(const char* name, Kind kind, Layout (*layout)()) {
  TypeSpec spec;
  spec.name = name;
  spec.kind = kind;
  spec.flags = kTypeDisallowInstantiation;
  spec.layout = layout;
  spec.slots.iter = iterator_self;
  spec.slots.next = iterator_next;
  spec.methods = kIteratorMethods;
  return spec;
}

// --- views

DictView* self_view(Value self) { return static_cast<DictView*>(self.as_object()); }
bool is_set_view(Value value) { return has_kind(value, Kind::DictKeys) || has_kind(value, Kind::DictItems); }

Kind iterator_kind(Kind view, bool reverse) {
  if (view == Kind::DictKeys) return reverse ? Kind::DictReverseKeyIterator : Kind::DictKeyIterator;
  if (view == Kind::DictValues) return reverse ? Kind::DictReverseValueIterator : Kind::DictValueIterator;
  return reverse ? Kind::DictReverseItemIterator : Kind::DictItemIterator;
}

Result<Value> view_iter(Thread& thread, Value self) {
  return make_dict_iterator(thread, self_view(self)->dict(), iterator_kind(kind_of(self.as_object()), false));
}
Result<Value> view_reversed(Thread& thread, DictView* self) {
  return make_dict_iterator(thread, self->dict(), iterator_kind(kind_of(self), true));
}
Result<int64_t> view_length(Thread&, Value self) { return self_view(self)->dict()->length(); }

Result<Value> view_repr(Thread& thread, Value self) {
  ReprScope scope(thread, self);
  if (scope.entered_before()) return to_value(make_str(thread, "..."));
  List* items = TRY(list_from_iterable(thread, self));
  Str* text = TRY(repr(thread, to_value(items)));
  std::string_view name = has_kind(self, Kind::DictKeys)     ? "dict_keys"
                          : has_kind(self, Kind::DictValues) ? "dict_values"
                                                             : "dict_items";
  // OrderedDict shares the views of dict.
  Type* owner = type_of(thread, to_value(self_view(self)->dict()));
  if (owner->slots().repr != thread.runtime().type(Kind::Dict)->slots().repr && owner->name()->equals("OrderedDict"))
    return to_value(format_text(thread, "o{}({})", name, text));
  return to_value(format_text(thread, "{}({})", name, text));
}

Result<bool> view_contains(Thread& thread, Value self, Value item) {
  DictView* view = self_view(self);
  if (kind_of(view) == Kind::DictKeys) return TRY(dict_find(thread, view->dict(), item)).has_value();
  if (!is<Tuple>(item) || cast<Tuple>(item)->length() != 2) return false;
  Optional<Value> value = TRY(dict_find(thread, view->dict(), cast<Tuple>(item)->at(0)));
  if (!value) return false;
  return equals(thread, *value, cast<Tuple>(item)->at(1));
}

Result<bool> all_contained(Thread& thread, Value part, Value whole) {
  bool all = true;
  TRY(for_each(thread, part, [&](Value item) -> Result<bool> { return all = TRY(contains(thread, whole, item)); }));
  return all;
}

Result<Value> view_compare(Thread& thread, Value self, Value other, Comparison op) {
  if (!is<Set>(other) && !is_set_view(other)) return Value::not_implemented();
  int64_t left = TRY(view_length(thread, self)), right = TRY(length(thread, other));
  bool result = false;
  switch (op) {
    case Comparison::Equal:
    case Comparison::NotEqual:
      result = left == right && TRY(all_contained(thread, self, other));
      if (op == Comparison::NotEqual) result = !result;
      break;
    case Comparison::Less: result = left < right && TRY(all_contained(thread, self, other)); break;
    case Comparison::LessEqual: result = left <= right && TRY(all_contained(thread, self, other)); break;
    case Comparison::Greater: result = left > right && TRY(all_contained(thread, other, self)); break;
    case Comparison::GreaterEqual: result = left >= right && TRY(all_contained(thread, other, self)); break;
  }
  return Value::from_bool(result);
}

/// A set of what is in `source`, which may be any operand.
Result<Set*> to_set(Thread& thread, Value source) {
  if (has_kind(source, Kind::DictKeys)) source = to_value(self_view(source)->dict());
  return set_from_iterable(thread, source, Kind::Set);
}

Result<Value> view_subtract(Thread& thread, Value left, Value right) {
  Set* result = TRY(to_set(thread, left));
  TRY(set_difference_update(thread, result, right));
  return to_value(result);
}

Result<Value> view_or(Thread& thread, Value left, Value right) {
  Set* result = TRY(to_set(thread, left));
  TRY(set_update(thread, result, right));
  return to_value(result);
}

Result<Value> view_and(Thread& thread, Value left, Value right) {
  if (!is_set_view(left)) std::swap(left, right);
  if (is_set_view(right) && TRY(view_length(thread, right)) > TRY(view_length(thread, left))) std::swap(left, right);
  if (has_kind(right, Kind::Set) && TRY(view_length(thread, left)) <= cast<Set>(right)->length())
    return to_value(TRY(set_intersection(thread, cast<Set>(right), left, Kind::Set)));
  Set* result = make_set(thread, Kind::Set);
  TRY(for_each(thread, right, [&](Value item) -> Result<bool> {
    if (TRY(view_contains(thread, left, item))) TRY(set_add(thread, result, item));
    return true;
  }));
  return to_value(result);
}

Result<Value> view_xor(Thread& thread, Value left, Value right) {
  Set* result = TRY(to_set(thread, left));
  if (has_kind(right, Kind::DictKeys)) right = to_value(self_view(right)->dict());
  TRY(set_symmetric_difference_update(thread, result, right));
  return to_value(result);
}

Result<bool> view_isdisjoint(Thread& thread, DictView* self, Value other) {
  Value left = to_value(self);
  if (left == other) return self->dict()->length() == 0;
  if ((is<Set>(other) || is_set_view(other)) && TRY(length(thread, other)) > self->dict()->length())
    std::swap(left, other);
  bool disjoint = true;
  TRY(for_each(thread, other, [&](Value item) -> Result<bool> {
    return disjoint = !TRY(contains(thread, left, item));
  }));
  return disjoint;
}

Value view_mapping(Thread& thread, DictView* self) {
  auto* proxy = make_kind<MappingProxy>(thread, Kind::MappingProxy);
  proxy->mapping_.initialize(to_value(self->dict()));
  return to_value(proxy);
}

constexpr NativeMethod kSetViewMethods[] = {
    method<view_isdisjoint>("isdisjoint($self, other, /)",
                            "Return True if the view and the given iterable have a null intersection."),
    method<view_reversed>("__reversed__($self, /)", "Return a reverse iterator over the dict keys."),
};
constexpr NativeMethod kValuesMethods[] = {
    method<view_reversed>("__reversed__($self, /)", "Return a reverse iterator over the dict values."),
};
constexpr NativeAttribute kViewAttributes[] = {
    attribute<view_mapping>("mapping", "dictionary that this view refers to"),
};

constexpr TypeSlots set_view_slots() {
  TypeSlots slots;
  slots.repr = view_repr;
  slots.compare = view_compare;
  slots.iter = view_iter;
  slots.length = view_length;
  slots.contains = view_contains;
  slots.subtract = view_subtract;
  slots.and_ = view_and;
  slots.or_ = view_or;
  slots.xor_ = view_xor;
  return slots;
}

}  // namespace

extern const TypeSpec kDictKeysType, kDictValuesType, kDictItemsType, kDictKeyIteratorType, kDictValueIteratorType,
    kDictItemIteratorType, kDictReverseKeyIteratorType, kDictReverseValueIteratorType, kDictReverseItemIteratorType;

constinit const TypeSpec kDictKeysType = {
    .name = "dict_keys",
    .kind = Kind::DictKeys,
    .flags = kTypeDisallowInstantiation,
    .layout = [] { return layout_of<DictView>("dict_keys"); },
    .slots = set_view_slots(),
    .methods = kSetViewMethods,
    .attributes = kViewAttributes,
};
constinit const TypeSpec kDictItemsType = {
    .name = "dict_items",
    .kind = Kind::DictItems,
    .flags = kTypeDisallowInstantiation,
    .layout = [] { return layout_of<DictView>("dict_items"); },
    .slots = set_view_slots(),
    .methods = kSetViewMethods,
    .attributes = kViewAttributes,
};
constinit const TypeSpec kDictValuesType = {
    .name = "dict_values",
    .kind = Kind::DictValues,
    .flags = kTypeDisallowInstantiation,
    .layout = [] { return layout_of<DictView>("dict_values"); },
    .slots = {.repr = view_repr, .iter = view_iter, .length = view_length},
    .methods = kValuesMethods,
    .attributes = kViewAttributes,
};

constinit const TypeSpec kDictKeyIteratorType = iterator_type(
    "dict_keyiterator", Kind::DictKeyIterator, [] { return layout_of<TableIterator>("dict_keyiterator"); });
constinit const TypeSpec kDictValueIteratorType = iterator_type(
    "dict_valueiterator", Kind::DictValueIterator, [] { return layout_of<TableIterator>("dict_valueiterator"); });
constinit const TypeSpec kDictItemIteratorType = iterator_type(
    "dict_itemiterator", Kind::DictItemIterator, [] { return layout_of<TableIterator>("dict_itemiterator"); });
constinit const TypeSpec kDictReverseKeyIteratorType =
    iterator_type("dict_reversekeyiterator", Kind::DictReverseKeyIterator,
                  [] { return layout_of<TableIterator>("dict_reversekeyiterator"); });
constinit const TypeSpec kDictReverseValueIteratorType =
    iterator_type("dict_reversevalueiterator", Kind::DictReverseValueIterator,
                  [] { return layout_of<TableIterator>("dict_reversevalueiterator"); });
constinit const TypeSpec kDictReverseItemIteratorType =
    iterator_type("dict_reverseitemiterator", Kind::DictReverseItemIterator,
                  [] { return layout_of<TableIterator>("dict_reverseitemiterator"); });

}  // namespace viperine
