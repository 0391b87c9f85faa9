// SPDX-License-Identifier: MIT
// The type dict. Lookup is in runtime/dicts.cpp, views and iterators in dict_views.cpp.
#include "builtins/container_support.h"
#include "builtins/dict_views.h"
#include "runtime/sets.h"

namespace viperine {

Result<Str*> dict_text(Thread& thread, Dict* dict) {
  StringBuilder builder(thread);
  builder.append(uint32_t{'{'});
  bool first = true;
  for (int64_t entry = dict->next_entry(0); entry >= 0; entry = dict->next_entry(entry + 1)) {
    Value key = dict->table()->key(static_cast<uint32_t>(entry)),
          value = dict->table()->value(static_cast<uint32_t>(entry));
    if (!first) builder.append(", ");
    first = false;
    builder.append(TRY(repr(thread, key)));
    builder.append(": ");
    builder.append(TRY(repr(thread, value)));
  }
  builder.append(uint32_t{'}'});
  return builder.finish();
}

namespace {

Dict* self_dict(Value self) { return static_cast<Dict*>(self.as_object()); }

Result<Value> dict_new(Thread& thread, Type* type, const Arguments&) {
  return to_value(make_instance<Dict>(thread, type));
}

/// dict(...) and update(...): one mapping or iterable of pairs, then keywords.
Result<void> update_from(Thread& thread, Dict* dict, const Arguments& arguments, const char* name) {
  if (arguments.positional_count() > 1)
    return thread.raise<TypeError>("{} expected at most 1 argument, got {}", name, arguments.positional_count());
  if (arguments.positional_count() == 1) TRY(dict_update(thread, dict, arguments[0]));
  for (uint32_t i = 0; i < arguments.keyword_count(); ++i)
    TRY(dict_set(thread, dict, arguments.keywords->at(i), arguments.keyword_value(i)));
  return {};
}

Result<void> dict_init(Thread& thread, Value self, const Arguments& arguments) {
  return update_from(thread, self_dict(self), arguments, "dict");
}

Result<Value> dict_repr(Thread& thread, Value self) {
  Dict* dict = self_dict(self);
  if (dict->length() == 0) return to_value(make_str(thread, "{}"));
  ReprScope scope(thread, self);
  if (scope.entered_before()) return to_value(make_str(thread, "{...}"));
  return to_value(TRY(dict_text(thread, dict)));
}

Result<Value> dict_compare(Thread& thread, Value self, Value other, Comparison op) {
  if (!is<Dict>(other) || (op != Comparison::Equal && op != Comparison::NotEqual)) return Value::not_implemented();
  bool equal = TRY(dicts_equal(thread, self_dict(self), cast<Dict>(other)));
  return Value::from_bool(equal == (op == Comparison::Equal));
}

Result<Value> dict_iter(Thread& thread, Value self) {
  return make_dict_iterator(thread, self_dict(self), Kind::DictKeyIterator);
}

Result<int64_t> dict_length(Thread&, Value self) { return self_dict(self)->length(); }

Result<Value> dict_get_item(Thread& thread, Value self, Value key) {
  Optional<Value> value = TRY(dict_find(thread, self_dict(self), key));
  if (value) return *value;
  if (!is_exact<Dict>(self)) {
    Optional<Value> missing = TRY(lookup_special(thread, self, thread.names().__missing__));
    if (missing) return call(thread, *missing, key);
  }
  return thread.raise_value(ExceptionKind::KeyError, key);
}

Result<void> dict_set_item(Thread& thread, Value self, Value key, Value value) {
  if (!value.is_absent()) return dict_set(thread, self_dict(self), key, value);
  if (!TRY(dict_remove(thread, self_dict(self), key))) return thread.raise_value(ExceptionKind::KeyError, key);
  return {};
}

Result<bool> dict_contains(Thread& thread, Value self, Value key) {
  return TRY(dict_find(thread, self_dict(self), key)).has_value();
}

Result<Value> dict_or(Thread& thread, Value left, Value right) {
  if (!is<Dict>(left) || !is<Dict>(right)) return Value::not_implemented();
  Dict* result = TRY(dict_copy(thread, cast<Dict>(left)));
  TRY(dict_update(thread, result, right));
  return to_value(result);
}

Result<Value> dict_inplace_or(Thread& thread, Value self, Value other) {
  TRY(dict_update(thread, self_dict(self), other));
  return self;
}

// --- methods

Result<Value> dict_contains_method(Thread& thread, Dict* self, Value key) {
  return Value::from_bool(TRY(dict_find(thread, self, key)).has_value());
}

Result<Value> dict_getitem_method(Thread& thread, Dict* self, Value key) {
  return dict_get_item(thread, to_value(self), key);
}

Result<Value> dict_get_method(Thread& thread, Dict* self, Value key, Value fallback) {
  return TRY(dict_find(thread, self, key)).value_or(fallback);
}

Result<Value> dict_setdefault(Thread& thread, Dict* self, Value key, Value fallback) {
  return dict_set_default(thread, self, key, fallback);
}

Result<Value> dict_pop(Thread& thread, Dict* self, Value key, Optional<Value> fallback) {
  Optional<Value> value = TRY(dict_remove(thread, self, key));
  if (value) return *value;
  if (fallback) return *fallback;
  return thread.raise_value(ExceptionKind::KeyError, key);
}

Result<Value> dict_popitem(Thread& thread, Dict* self) {
  Tuple* pair = dict_pop_last(thread, self);
  if (pair == nullptr)
    return thread.raise_value(ExceptionKind::KeyError, to_value(make_str(thread, "popitem(): dictionary is empty")));
  return to_value(pair);
}

Result<Value> dict_keys(Thread& thread, Dict* self) { return make_dict_view(thread, self, Kind::DictKeys); }
Result<Value> dict_values(Thread& thread, Dict* self) { return make_dict_view(thread, self, Kind::DictValues); }
Result<Value> dict_items(Thread& thread, Dict* self) { return make_dict_view(thread, self, Kind::DictItems); }

Result<void> dict_update_method(Thread& thread, Dict* self, Arguments arguments) {
  return update_from(thread, self, arguments, "update");
}

Result<Value> dict_fromkeys(Thread& thread, Type* type, Value iterable, Value value) {
  Value made = TRY(call(thread, to_value(type)));
  bool direct = is_exact<Dict>(made);
  if (direct && is<Set>(iterable)) {   // the hashes are known
    HashedKey key;
    for (int64_t position = 0; set_next_hashed(cast<Set>(iterable), &position, &key);)
      TRY(dict_set_hashed(thread, cast<Dict>(made), key.value, key.hash, value));
    return made;
  }
  TRY(for_each(thread, iterable, [&](Value key) -> Result<bool> {
    if (direct) TRY(dict_set(thread, cast<Dict>(made), key, value));
    else TRY(set_item(thread, made, key, value));
    return true;
  }));
  return made;
}

Result<void> dict_clear(Thread&, Dict* self) {
  self->clear();
  return {};
}

Result<Value> dict_copy_method(Thread& thread, Dict* self) { return to_value(TRY(dict_copy(thread, self))); }

Result<Value> dict_reversed(Thread& thread, Dict* self) {
  return make_dict_iterator(thread, self, Kind::DictReverseKeyIterator);
}

Result<Value> dict_sizeof(Thread& thread, Dict* self) {
  return Value::from_int(object_size(thread, self) + object_size(thread, self->table()));
}

constexpr NativeMethod kDictMethods[] = {
    method<dict_contains_method>("__contains__($self, key, /)",
                                 "True if the dictionary has the specified key, else False."),
    method<dict_getitem_method>("__getitem__($self, key, /)", "x.__getitem__(y) <==> x[y]"),
    method<dict_sizeof>("__sizeof__($self, /)", "D.__sizeof__() -> size of D in memory, in bytes"),
    method<dict_get_method>("get($self, key, default=None, /)",
                            "Return the value for key if key is in the dictionary, else default."),
    method<dict_setdefault>("setdefault($self, key, default=None, /)",
                            "Insert key with a value of default if key is not in the dictionary.\n\n"
                            "Return the value for key if key is in the dictionary, else default."),
    method<dict_pop>("pop($self, key, default=<unrepresentable>, /)",
                     "D.pop(k[,d]) -> v, remove specified key and return the corresponding value.\n\n"
                     "If the key is not found, return the default if given; otherwise,\nraise a KeyError."),
    method<dict_popitem>("popitem($self, /)",
                         "Remove and return a (key, value) pair as a 2-tuple.\n\nPairs are returned in "
                         "LIFO (last-in, first-out) order.\nRaises KeyError if the dict is empty."),
    method<dict_keys>("keys($self, /)", "D.keys() -> a set-like object providing a view on D's keys"),
    method<dict_items>("items($self, /)", "D.items() -> a set-like object providing a view on D's items"),
    method<dict_values>("values($self, /)", "D.values() -> an object providing a view on D's values"),
    method<dict_update_method>(
        "update($self, /, *args, **kwargs)",
        "D.update([E, ]**F) -> None.  Update D from dict/iterable E and F.\nIf E is present and has a "
        ".keys() method, then does:  for k in E: D[k] = E[k]\nIf E is present and lacks a .keys() method, "
        "then does:  for k, v in E: D[k] = v\nIn either case, this is followed by: for k in F:  D[k] = F[k]"),
    method<dict_fromkeys>("fromkeys($type, iterable, value=None, /)",
                          "Create a new dictionary with keys from iterable and values set to value."),
    method<dict_clear>("clear($self, /)", "D.clear() -> None.  Remove all items from D."),
    method<dict_copy_method>("copy($self, /)", "D.copy() -> a shallow copy of D"),
    method<dict_reversed>("__reversed__($self, /)", "Return a reverse iterator over the dict keys."),
    method<class_getitem>("__class_getitem__($type, item, /)", "See PEP 585"),
};

constexpr TypeSlots dict_slots() {
  TypeSlots slots;
  slots.repr = dict_repr;
  slots.compare = dict_compare;
  slots.new_ = dict_new;
  slots.init = dict_init;
  slots.iter = dict_iter;
  slots.length = dict_length;
  slots.get_item = dict_get_item;
  slots.set_item = dict_set_item;
  slots.contains = dict_contains;
  slots.or_ = dict_or;
  slots.inplace_or = dict_inplace_or;
  slots.is_mapping = true;
  return slots;
}

}  // namespace

extern const TypeSpec kDictType;
constinit const TypeSpec kDictType = {
    .name = "dict",
    .kind = Kind::Dict,
    .flags = kTypeBase | kTypeMapping | kTypeMatchSelf,
    .layout = [] { return layout_of<Dict>("dict"); },
    .slots = dict_slots(),
    .methods = kDictMethods,
    .doc =
        "dict() -> new empty dictionary\ndict(mapping) -> new dictionary initialized from a mapping object's\n"
        "    (key, value) pairs\ndict(iterable) -> new dictionary initialized as if via:\n    d = {}\n"
        "    for k, v in iterable:\n        d[k] = v\ndict(**kwargs) -> new dictionary initialized with the name=value "
        "pairs\n"
        "    in the keyword argument list.  For example:  dict(one=1, two=2)",
};

}  // namespace viperine
