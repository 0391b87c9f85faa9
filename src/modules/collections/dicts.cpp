// SPDX-License-Identifier: MIT
// collections.defaultdict (its default_factory is a member slot) and OrderedDict: a dict keeps its order anyway, so
// OrderedDict adds only what can be done with it. Both are Dicts to all C++ code.
#include "builtins/dict_views.h"
#include "modules/collections/collections.h"
#include "objects/dict_table.h"
#include "runtime/classes.h"

namespace viperine {

extern const TypeSpec kDictType;

bool dict_move_to_front(Heap& heap, Dict* dict, uint32_t moved) {
  DictTable* table = dict->table();
  Dict* fresh = Dict::make(heap);
  if (!dict_reserve(heap, fresh, !table->has_hashes(), dict->length())) return false;
  auto add = [&](uint32_t entry) {
    dict_add_new(heap, fresh, table->key(entry), placement_of_entry(heap, table, entry), table->value(entry));
  };
  add(moved);
  for (uint32_t entry = 0; entry < table->used(); ++entry)
    if (entry != moved && table->key(entry) != Value::deleted()) add(entry);
  dict->table_.set(dict, fresh->table());
  ++dict->version_;
  return true;
}

Tuple* dict_pop_first(Thread& thread, Dict* dict) {
  int64_t entry = dict->next_entry(0);
  if (entry < 0) return nullptr;
  // Many deleted entries before it: a table without them, so that a queue does not get slower and slower.
  if (entry > 32 && entry > dict->length() / 8) {
    if (DictTable* table = dict_copy_table(thread.heap(), dict)) {
      dict->table_.set(dict, table);
      entry = 0;
    }
  }
  DictTable* table = dict->table();
  auto number = static_cast<uint32_t>(entry);
  Tuple* pair = Tuple::of(thread.heap(), table->key(number), table->value(number));
  dict_delete_entry(thread.heap(), dict, number);
  return pair;
}

namespace {

Dict* self_dict(Value self) { return static_cast<Dict*>(self.as_object()); }

// --- defaultdict

Value factory_of(Thread& thread, Dict* self) {
  Value factory = member(thread, self, 0);
  return factory.is_unbound() ? Value::none() : factory;
}

Result<void> defaultdict_init(Thread& thread, Value self, const Arguments& arguments) {
  Value factory = Value::none();
  Arguments rest = arguments;
  if (arguments.positional_count() > 0) {
    factory = arguments[0];
    if (!factory.is_none() && !is_callable(thread, factory))
      return thread.raise<TypeError>("first argument must be callable or None");
    rest = arguments.without_first();
  }
  set_member(thread, self.as_object(), 0, factory);
  return thread.runtime().type(Kind::Dict)->slots().init(thread, self, rest);
}

Result<Value> defaultdict_missing(Thread& thread, Dict* self, Value key) {
  Value factory = factory_of(thread, self);
  if (factory.is_none()) return thread.raise_value(ExceptionKind::KeyError, key);
  Value value = TRY(call(thread, factory));
  TRY(set_item(thread, to_value(self), key, value));
  return value;
}

Result<Value> defaultdict_repr(Thread& thread, Value self) {
  Str* base = as_str(thread, TRY(thread.runtime().type(Kind::Dict)->slots().repr(thread, self)));
  Value factory = factory_of(thread, self_dict(self));
  Str* text;
  {
    ReprScope scope(thread, factory);
    text = !factory.is_none() && scope.entered_before() ? make_str(thread, "...") : TRY(repr(thread, factory));
  }
  return to_value(format_text(thread, "{}({}, {})", type_of(thread, self)->name(), text, base));
}

Result<Value> defaultdict_copy(Thread& thread, Dict* self) {
  return call(thread, to_value(type_of(thread, to_value(self))), factory_of(thread, self), to_value(self));
}

Result<Value> defaultdict_reduce(Thread& thread, Dict* self) {
  Value factory = factory_of(thread, self);
  Value arguments = factory.is_none() ? to_value(thread.runtime().empty_tuple()) : tuple_of(thread, factory);
  Value items = TRY(iterate(thread, TRY(call_method(thread, to_value(self), thread.names().items))));
  return tuple_of(thread, to_value(type_of(thread, to_value(self))), arguments, Value::none(), Value::none(), items);
}

bool is_defaultdict(Thread& thread, Value value) {
  if (!is<Dict>(value)) return false;
  for (Type* type = type_of(thread, value); type != nullptr; type = type->base())
    if (type->spec_ == &kDefaultDictType) return true;
  return false;
}

Result<Value> defaultdict_or(Thread& thread, Value left, Value right) {
  Value self = left, other = right;
  if (!is_defaultdict(thread, left)) std::swap(self, other);
  if (!is<Dict>(other)) return Value::not_implemented();
  Value made = TRY(call(thread, to_value(type_of(thread, self)), factory_of(thread, self_dict(self)), left));
  if (!is<Dict>(made)) return thread.raise<TypeError>("unsupported operand type(s) for |");
  TRY(dict_update(thread, self_dict(made), right));
  return made;
}

Result<void> defaultdict_ready(Thread& thread, Type* type) {
  constexpr std::string_view kMembers[] = {"default_factory"};
  return add_members(thread, type, kMembers, kMemberNoneWhenUnset);
}

constexpr NativeMethod kDefaultDictMethods[] = {
    method<defaultdict_missing>("__missing__($self, key, /)",
                                "__missing__(key) # Called by __getitem__ for missing key; pseudo-code:\n"
                                "  if self.default_factory is None: raise KeyError((key,))\n"
                                "  self[key] = value = self.default_factory()\n  return value"),
    method<defaultdict_copy>("copy($self, /)", "D.copy() -> a shallow copy of D."),
    method<defaultdict_copy>("__copy__($self, /)", "D.copy() -> a shallow copy of D."),
    method<defaultdict_reduce>("__reduce__($self, /)", "Return state information for pickling."),
    method<class_getitem>("__class_getitem__($type, item, /)", "See PEP 585"),
};

// --- OrderedDict

bool is_ordered_dict(Thread& thread, Value value) {
  if (!is<Dict>(value)) return false;
  for (Type* type = type_of(thread, value); type != nullptr; type = type->base())
    if (type->spec_ == &kOrderedDictType) return true;
  return false;
}
bool is_exact_ordered_dict(Thread& thread, Value value) { return type_of(thread, value)->spec_ == &kOrderedDictType; }

/// self[key] = value, by way of the class when it may have a __setitem__ of its own.
Result<void> put(Thread& thread, Value self, Value key, Value value) {
  if (is_exact_ordered_dict(thread, self)) return dict_set(thread, self_dict(self), key, value);
  return set_item(thread, self, key, value);
}

Result<void> put_pairs(Thread& thread, Value self, Value pairs) {
  return for_each(thread, pairs, [&](Value pair) -> Result<bool> {
    List* parts = TRY(list_from_iterable(thread, pair));
    if (parts->length() < 2)
      return thread.raise<ValueError>("need more than {} value{} to unpack", parts->length(),
                                      parts->length() == 1 ? "" : "s");
    if (parts->length() > 2) return thread.raise<ValueError>("too many values to unpack (expected 2)");
    TRY(put(thread, self, parts->at(0), parts->at(1)));
    return true;
  });
}

/// MutableMapping.update for one argument.
Result<void> update_from(Thread& thread, Value self, Value other) {
  if (is_exact<Dict>(other)) {
    auto* dict = self_dict(other);
    for (int64_t entry = dict->next_entry(0); entry >= 0; entry = dict->next_entry(entry + 1)) {
      auto number = static_cast<uint32_t>(entry);
      TRY(put(thread, self, dict->table()->key(number), dict->table()->value(number)));
    }
    return {};
  }
  Optional<Value> keys = TRY(find_attribute(thread, other, thread.names().keys));
  if (keys) {
    Value list = TRY(call(thread, *keys));
    return for_each(thread, list, [&](Value key) -> Result<bool> {
      TRY(put(thread, self, key, TRY(get_item(thread, other, key))));
      return true;
    });
  }
  Optional<Value> items = TRY(find_attribute(thread, other, thread.names().items));
  if (items) return put_pairs(thread, self, TRY(call(thread, *items)));
  return put_pairs(thread, self, other);
}

Result<void> update_from_arguments(Thread& thread, Value self, const Arguments& arguments, const char* name) {
  if (arguments.positional_count() > 1)
    return thread.raise<TypeError>("{}() takes at most 1 positional argument ({} given)", name,
                                   arguments.positional_count());
  if (arguments.positional_count() == 1) TRY(update_from(thread, self, arguments[0]));
  for (uint32_t i = 0; i < arguments.keyword_count(); ++i)
    TRY(put(thread, self, arguments.keywords->at(i), arguments.keyword_value(i)));
  return {};
}

Result<void> ordered_init(Thread& thread, Value self, const Arguments& arguments) {
  if (arguments.positional_count() > 1)
    return thread.raise<TypeError>("expected at most 1 arguments, got {}", arguments.positional_count());
  return update_from_arguments(thread, self, arguments, "update");
}

Result<Value> ordered_repr(Thread& thread, Value self) {
  Str* name = type_of(thread, self)->name();
  if (self_dict(self)->length() == 0) return to_value(format_text(thread, "{}()", name));
  ReprScope scope(thread, self);
  if (scope.entered_before()) return to_value(make_str(thread, "..."));
  Value items = is_exact_ordered_dict(thread, self) ? make_dict_view(thread, self_dict(self), Kind::DictItems)
                                                    : TRY(call_method(thread, self, thread.names().items));
  List* pairs = TRY(list_from_iterable(thread, items));
  return to_value(format_text(thread, "{}({})", name, TRY(repr(thread, to_value(pairs)))));
}

Result<bool> same_order(Thread& thread, Dict* left, Dict* right) {
  int64_t a = left->next_entry(0), b = right->next_entry(0);
  while (a >= 0 && b >= 0) {
    Value x = left->table()->key(static_cast<uint32_t>(a)), y = right->table()->key(static_cast<uint32_t>(b));
    uint32_t left_version = left->version(), right_version = right->version();
    if (!TRY(equals(thread, x, y))) return false;
    if (left->version() != left_version || right->version() != right_version)
      return thread.raise<RuntimeError>("OrderedDict changed size during iteration");
    a = left->next_entry(a + 1);
    b = right->next_entry(b + 1);
  }
  return a < 0 && b < 0;
}

Result<Value> ordered_compare(Thread& thread, Value self, Value other, Comparison op) {
  if (!is<Dict>(other) || (op != Comparison::Equal && op != Comparison::NotEqual)) return Value::not_implemented();
  bool equal = TRY(dicts_equal(thread, self_dict(self), self_dict(other)));
  if (equal && is_ordered_dict(thread, other)) equal = TRY(same_order(thread, self_dict(self), self_dict(other)));
  return Value::from_bool(equal == (op == Comparison::Equal));
}

Result<Value> ordered_or(Thread& thread, Value left, Value right) {
  Value self = is_ordered_dict(thread, left) ? left : right;
  if (!is<Dict>(left) || !is<Dict>(right)) return Value::not_implemented();
  Value made = TRY(call(thread, to_value(type_of(thread, self)), left));
  TRY(update_from(thread, made, right));
  return made;
}

Result<Value> ordered_inplace_or(Thread& thread, Value self, Value other) {
  TRY(update_from(thread, self, other));
  return self;
}

Result<void> ordered_update(Thread& thread, Dict* self, Arguments arguments) {
  return update_from_arguments(thread, to_value(self), arguments, "update");
}

Result<Value> ordered_fromkeys(Thread& thread, Type* type, Value iterable, Value value) {
  Value made = TRY(call(thread, to_value(type)));
  TRY(for_each(thread, iterable, [&](Value key) -> Result<bool> {
    TRY(set_item(thread, made, key, value));
    return true;
  }));
  return made;
}

Result<Value> ordered_setdefault(Thread& thread, Dict* self, Value key, Value fallback) {
  Value value = to_value(self);
  if (is_exact_ordered_dict(thread, value)) return dict_set_default(thread, self, key, fallback);
  if (TRY(contains(thread, value, key))) return get_item(thread, value, key);
  TRY(set_item(thread, value, key, fallback));
  return fallback;
}

Result<Value> ordered_pop(Thread& thread, Dict* self, Value key, Optional<Value> fallback) {
  Value value = to_value(self);
  if (is_exact_ordered_dict(thread, value)) {
    Optional<Value> found = TRY(dict_remove(thread, self, key));
    if (found) return *found;
  } else if (TRY(contains(thread, value, key))) {
    Value found = TRY(get_item(thread, value, key));
    TRY(delete_item(thread, value, key));
    return found;
  }
  if (fallback) return *fallback;
  return thread.raise_value(ExceptionKind::KeyError, key);
}

Result<Value> ordered_popitem(Thread& thread, Dict* self, bool last) {
  Tuple* pair = last ? dict_pop_last(thread, self) : dict_pop_first(thread, self);
  if (pair == nullptr)
    return thread.raise_value(ExceptionKind::KeyError, to_value(make_str(thread, "dictionary is empty")));
  return to_value(pair);
}

Result<void> ordered_move_to_end(Thread& thread, Dict* self, Value key, bool last) {
  int64_t found = TRY(dict_entry_of(thread, self, key));
  if (found < 0) return thread.raise_value(ExceptionKind::KeyError, key);
  auto entry = static_cast<uint32_t>(found);
  DictTable* table = self->table();
  if (!last) {
    if (self->next_entry(0) == found) return {};
    if (!dict_move_to_front(thread.heap(), self, entry)) return thread.raise_memory_error();
    return {};
  }
  if (entry == table->used() - 1) return {};
  Value own_key = table->key(entry), value = table->value(entry);
  uint64_t placement = placement_of_entry(thread.heap(), table, entry);
  bool cheap = has_cheap_hash(own_key);
  if (!dict_reserve(thread.heap(), self, cheap)) return thread.raise_memory_error();
  if (self->table() != table) entry = static_cast<uint32_t>(TRY(dict_entry_of(thread, self, own_key)));
  dict_delete_entry(thread.heap(), self, entry);
  dict_add_new(thread.heap(), self, own_key, placement, value);
  return {};
}

Result<Value> ordered_copy(Thread& thread, Dict* self) {
  Value type = to_value(type_of(thread, to_value(self)));
  Value made = TRY(call(thread, type));
  if (is_exact_ordered_dict(thread, to_value(self)) && is<Dict>(made)) {
    TRY(dict_merge(thread, self_dict(made), self, true));
  } else {
    for (int64_t entry = self->next_entry(0); entry >= 0; entry = self->next_entry(entry + 1)) {
      Value key = self->table()->key(static_cast<uint32_t>(entry));
      TRY(set_item(thread, made, key, TRY(get_item(thread, to_value(self), key))));
    }
  }
  if (is<Dict>(made)) {
    Dict* attributes = TRY(copy_instance_dict(thread, self));
    if (attributes != nullptr && attributes->length() > 0) {
      Dict* target = TRY(instance_dict(thread, made.as_object()));
      TRY(dict_merge(thread, target, attributes, true));
    }
  }
  return made;
}

Result<Value> ordered_reduce(Thread& thread, Dict* self) {
  Value state = TRY(call_method(thread, to_value(self), thread.names().__getstate__));
  Value items = TRY(iterate(thread, TRY(call_method(thread, to_value(self), thread.names().items))));
  return tuple_of(thread, to_value(type_of(thread, to_value(self))), to_value(thread.runtime().empty_tuple()), state,
                  Value::none(), items);
}

Result<Value> ordered_keys(Thread& thread, Dict* self) { return make_dict_view(thread, self, Kind::DictKeys); }
Result<Value> ordered_values(Thread& thread, Dict* self) { return make_dict_view(thread, self, Kind::DictValues); }
Result<Value> ordered_items(Thread& thread, Dict* self) { return make_dict_view(thread, self, Kind::DictItems); }
Result<Value> ordered_reversed(Thread& thread, Dict* self) {
  return make_dict_iterator(thread, self, Kind::DictReverseKeyIterator);
}
Result<void> ordered_clear(Thread&, Dict* self) {
  self->clear();
  return {};
}

constexpr NativeMethod kOrderedDictMethods[] = {
    method<ordered_fromkeys>("fromkeys($type, iterable, value=None)",
                             "Create a new ordered dictionary with keys from iterable and values set to value."),
    method<ordered_reduce>("__reduce__($self, /)", "Return state information for pickling"),
    method<ordered_setdefault>("setdefault($self, key, default=None)",
                               "Insert key with a value of default if key is not in the dictionary.\n\n"
                               "Return the value for key if key is in the dictionary, else default."),
    method<ordered_pop>("pop($self, key, default=<unrepresentable>)",
                        "od.pop(key[,default]) -> v, remove specified key and return the corresponding value.\n\n"
                        "If the key is not found, return the default if given; otherwise,\nraise a KeyError."),
    method<ordered_popitem>("popitem($self, last=True)",
                            "Remove and return a (key, value) pair from the dictionary.\n\n"
                            "Pairs are returned in LIFO order if last is true or FIFO order if false."),
    method<ordered_keys>("keys($self, /)"),
    method<ordered_values>("values($self, /)"),
    method<ordered_items>("items($self, /)"),
    method<ordered_update>("update($self, /, *args, **kwargs)"),
    method<ordered_clear>("clear($self, /)", "od.clear() -> None.  Remove all items from od."),
    method<ordered_copy>("copy($self, /)", "od.copy() -> a shallow copy of od"),
    method<ordered_reversed>("__reversed__($self, /)", "od.__reversed__() <==> reversed(od)"),
    method<ordered_move_to_end>("move_to_end($self, key, last=True)",
                                "Move an existing element to the end (or beginning if last is false).\n\n"
                                "Raise KeyError if the element does not exist."),
};

}  // namespace

constinit const TypeSpec kDefaultDictType = {
    .name = "collections.defaultdict",
    .kind = Kind::Dict,
    .base = Kind::Dict,
    .flags = kTypeBase | kTypeHasWeakrefs,
    .slots = {.repr = defaultdict_repr, .init = defaultdict_init, .or_ = defaultdict_or},
    .methods = kDefaultDictMethods,
    .doc =
        "defaultdict(default_factory=None, /, [...]) --> dict with default factory\n\n"
        "The default factory is called without arguments to produce\na new value when a key is not present, in "
        "__getitem__ only.\n"
        "A defaultdict compares equal to a dict with the same items.\nAll remaining arguments are treated the same as "
        "if they were\n"
        "passed to the dict constructor, including keyword arguments.",
    .ready = defaultdict_ready,
    .base_spec = &kDictType,
};

constinit const TypeSpec kOrderedDictType = {
    .name = "collections.OrderedDict",
    .kind = Kind::Dict,
    .base = Kind::Dict,
    .flags = kTypeBase | kTypeHasDict | kTypeHasWeakrefs,
    .slots = {.repr = ordered_repr, .compare = ordered_compare, .init = ordered_init, .or_ = ordered_or,
              .inplace_or = ordered_inplace_or},
    .methods = kOrderedDictMethods,
    .doc = "Dictionary that remembers insertion order",
    .base_spec = &kDictType,
};

}  // namespace viperine
