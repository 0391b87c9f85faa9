// SPDX-License-Identifier: MIT
// Type variables of generic aliases and unions: collecting them, replacing them (PEP 585, PEP 646).
#include "builtins/generic_alias.h"
#include "runtime/operators.h"

namespace viperine {

namespace {

Result<void> add_distinct(Thread& thread, List* list, Value value) {
  for (Value known : list->span())
    if (known == value) return {};
  return list_append_value(thread, list, value);
}

bool is_class(Value value) { return has_kind(value, Kind::Type); }

/// object.__parameters__ when it is a tuple with items.
Result<Tuple*> parameters_of(Thread& thread, Value object) {
  Optional<Value> found =
      is_class(object) ? Optional<Value>() : TRY(find_attribute(thread, object, thread.names().__parameters__));
  if (!found || !is<Tuple>(*found)) return thread.runtime().empty_tuple();
  return cast<Tuple>(*found);
}

int64_t index_of(Tuple* tuple, Value value) {
  for (int64_t i = 0; i < tuple->length(); ++i)
    if (tuple->at(i) == value) return i;
  return -1;
}

/// Items given, with *tuple[int, str] opened.
Result<Tuple*> unpack_items(Thread& thread, Value item) {
  std::span<const Value> given(&item, 1);
  if (is<Tuple>(item)) given = cast<Tuple>(item)->span();
  List* items = List::make(thread.heap());
  for (Value value : given) {
    Optional<Value> inner;
    if (!is_class(value)) inner = TRY(find_attribute(thread, value, thread.names().__typing_unpacked_tuple_args__));
    if (inner && is<Tuple>(*inner)) {
      auto* parts = cast<Tuple>(*inner);
      bool is_open = parts->length() > 0 && parts->at(parts->length() - 1) == Value::ellipsis();
      if (!is_open) {
        for (Value part : parts->span()) TRY(list_append_value(thread, items, part));
        continue;
      }
    }
    TRY(list_append_value(thread, items, value));
  }
  return list_to_tuple(thread, items);
}

/// An argument that is generic itself: its own parameters are replaced.
Result<Value> substitute_inside(Thread& thread, Value object, Tuple* parameters, Tuple* items) {
  Tuple* own = TRY(parameters_of(thread, object));
  if (own->length() == 0) return object;
  List* arguments = List::make(thread.heap());
  for (Value parameter : own->span()) {
    int64_t index = index_of(parameters, parameter);
    if (index < 0) {
      TRY(list_append_value(thread, arguments, parameter));
      continue;
    }
    Value item = items->at(index);
    if (type_of(thread, parameters->at(index))->slots().iter != nullptr && is<Tuple>(item)) {
      for (Value part : cast<Tuple>(item)->span()) TRY(list_append_value(thread, arguments, part));
      continue;
    }
    TRY(list_append_value(thread, arguments, item));
  }
  return get_item(thread, object, to_value(list_to_tuple(thread, arguments)));
}

Result<bool> is_unpacked_variable(Thread& thread, Value argument) {
  Optional<Value> flag = TRY(find_attribute(thread, argument, intern(thread, "__typing_is_unpacked_typevartuple__")));
  if (!flag) return false;
  return is_true(thread, *flag);
}

}  // namespace

Result<Tuple*> collect_parameters(Thread& thread, Tuple* args) {
  List* found = List::make(thread.heap());
  for (Value argument : args->span()) {
    if (is_class(argument)) continue;
    if (TRY(find_attribute(thread, argument, thread.names().__typing_subst__))) {
      TRY(add_distinct(thread, found, argument));
      continue;
    }
    Tuple* inner = TRY(parameters_of(thread, argument));
    for (Value parameter : inner->span()) TRY(add_distinct(thread, found, parameter));
  }
  return list_to_tuple(thread, found);
}

Result<Tuple*> substitute_parameters(Thread& thread, Value self, Tuple* args, Tuple* parameters, Value item) {
  int64_t count = parameters->length();
  if (count == 0) return thread.raise<TypeError>("{} is not a generic class", TRY(repr(thread, self)));
  Value prepared = to_value(TRY(unpack_items(thread, item)));
  for (Value parameter : parameters->span()) {
    Optional<Value> prepare = TRY(find_attribute(thread, parameter, thread.names().__typing_prepare_subst__));
    if (!prepare || (*prepare).is_none()) continue;
    Value given = is<Tuple>(prepared) ? prepared : to_value(Tuple::of(thread.heap(), prepared));
    prepared = TRY(call(thread, *prepare, self, given));
  }
  Tuple* items = is<Tuple>(prepared) ? cast<Tuple>(prepared) : Tuple::of(thread.heap(), prepared);
  if (items->length() != count)
    return thread.raise<TypeError>("Too {} arguments for {}; actual {}, expected {}",
                                   items->length() > count ? "many" : "few", TRY(repr(thread, self)), items->length(),
                                   count);
  List* result = List::make(thread.heap());
  for (Value argument : args->span()) {
    if (is_class(argument)) {
      TRY(list_append_value(thread, result, argument));
      continue;
    }
    bool unpack = TRY(is_unpacked_variable(thread, argument));
    Optional<Value> substitute = TRY(find_attribute(thread, argument, thread.names().__typing_subst__));
    int64_t index = index_of(parameters, argument);
    Value replaced;
    if (substitute && index >= 0)
      replaced = TRY(call(thread, *substitute, items->at(index)));
    else
      replaced = TRY(substitute_inside(thread, argument, parameters, items));
    if (unpack && is<Tuple>(replaced)) {
      for (Value part : cast<Tuple>(replaced)->span()) TRY(list_append_value(thread, result, part));
    } else {
      TRY(list_append_value(thread, result, replaced));
    }
  }
  return list_to_tuple(thread, result);
}

Result<void> append_type_text(Thread& thread, StringBuilder& text, Value item) {
  const Names& names = thread.names();
  if (item == Value::ellipsis()) {
    text.append("...");
    return {};
  }
  bool is_alias = !is_class(item) && TRY(find_attribute(thread, item, names.__origin__)) &&
                  TRY(find_attribute(thread, item, names.__args__));
  Optional<Value> qualified, module;
  if (!is_alias) {
    qualified = TRY(find_attribute(thread, item, names.__qualname__));
    module = TRY(find_attribute(thread, item, names.__module__));
  }
  if (!qualified || !module || (*module).is_none()) {
    text.append(TRY(repr(thread, item)));
    return {};
  }
  Str* module_text = TRY(str(thread, *module));
  if (!module_text->equals("builtins")) {
    text.append(module_text);
    text.append(".");
  }
  text.append(TRY(str(thread, *qualified)));
  return {};
}

}  // namespace viperine
