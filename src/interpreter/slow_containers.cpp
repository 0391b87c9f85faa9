// SPDX-License-Identifier: MIT
// Slow paths of items, slices, container displays, unpacking and pattern matching.
#include <algorithm>
#include <cstring>

#include "base/short_memory.h"
#include "interpreter/slow_paths.h"
#include "runtime/classes.h"
#include "text/text_view.h"

namespace viperine {

Value dict_hint_load(Thread& thread, Value object, uint32_t at, Value name) {
  Shape* shape = thread.runtime().shape_of(object.as_object());
  Value extra_word = *attribute_words(thread.runtime(), object.as_object(), shape);
  if (!has_kind(extra_word, Kind::Dict)) return Value::absent();
  DictTable* table = cast<Dict>(extra_word)->table();
  if (table == nullptr || at >= table->used() || table->key(at) != name) return Value::absent();
  return table->value(at);
}

Result<Value> dict_item(Thread& thread, Dict* dict, Value key) {
  Optional<Value> value = TRY(dict_find(thread, dict, key));
  if (value) return *value;
  return thread.raise_value(ExceptionKind::KeyError, key);
}

namespace {
Value make_slice(Thread& thread, Value start, Value stop) {
  auto* slice = make_exact<Slice>(thread, Kind::Slice);
  slice->start_.initialize(start);
  slice->stop_.initialize(stop);
  slice->step_.initialize(Value::none());
  return to_value(slice);
}

/// A slice's end as a place in a sequence; `missing` when it is None. Precondition: None or an immediate int.
int64_t place_of(Value end, int64_t length, int64_t missing) {
  if (end.is_none()) return missing;
  int64_t place = end.as_int();
  return std::clamp<int64_t>(place < 0 ? place + length : place, 0, length);
}

/// What [start:stop] of an exact list, tuple or str gives, without a slice object; absent for anything else.
Result<Optional<Value>> plain_slice(Thread& thread, Value object, Value start, Value stop) {
  if (!(start.is_int() || start.is_none()) || !(stop.is_int() || stop.is_none())) return Optional<Value>();
  auto cut = [&](std::span<const Value> items) {
    auto length = static_cast<int64_t>(items.size());
    int64_t from = place_of(start, length, 0), to = std::max(from, place_of(stop, length, length));
    return items.subspan(static_cast<size_t>(from), static_cast<size_t>(to - from));
  };
  if (is_exact<List>(object)) return Optional<Value>(to_value(TRY(make_list(thread, cut(cast<List>(object)->span())))));
  if (is_exact<Tuple>(object)) {
    std::span<const Value> all = cast<Tuple>(object)->span(), part = cut(all);
    if (part.size() == all.size()) return Optional<Value>(object);
    return Optional<Value>(to_value(TRY(make_tuple(thread, part))));
  }
  if (!is_exact<Str>(object)) return Optional<Value>();
  auto* text = cast<Str>(object);
  int64_t from = place_of(start, text->length(), 0), to = place_of(stop, text->length(), text->length());
  if (to <= from) return Optional<Value>(to_value(thread.runtime().empty_str()));
  return Optional<Value>(to_value(TRY(substring(thread, text, from, to))));
}
}  // namespace

Result<Value> load_slice(Thread& thread, Value object, Value start, Value stop) {
  Optional<Value> plain = TRY(plain_slice(thread, object, start, stop));
  if (plain) return *plain;
  return get_item(thread, object, make_slice(thread, start, stop));
}

Result<void> store_slice(Thread& thread, Value object, Value start, Value stop, Value value) {
  return set_item(thread, object, make_slice(thread, start, stop), value);
}

Result<Value> build_tuple(Thread& thread, const Value* items, uint32_t count) {
  if (count == 0) return to_value(thread.runtime().empty_tuple());
  return to_value(Tuple::make(thread.heap(), {items, count}));
}

Result<Value> build_list(Thread& thread, const Value* items, uint32_t count) {
  return to_value(TRY(make_list(thread, {items, count})));
}

Result<Value> build_set(Thread& thread, const Value* items, uint32_t count) {
  Set* set = make_set(thread, Kind::Set);
  for (uint32_t i = 0; i < count; ++i) TRY(set_add(thread, set, items[i]));
  return to_value(set);
}

Result<Value> build_map(Thread& thread, const Value* pairs, uint32_t count) {
  Dict* dict = TRY(make_dict(thread, count));
  for (uint32_t i = 0; i < count; ++i) TRY(dict_set(thread, dict, pairs[2 * i], pairs[2 * i + 1]));
  return to_value(dict);
}

Result<Value> build_const_map(Thread& thread, const Value* values, Tuple* keys) {
  Dict* dict = TRY(make_dict(thread, keys->length()));
  for (int64_t i = 0; i < keys->length(); ++i) TRY(dict_set(thread, dict, keys->at(i), values[i]));
  return to_value(dict);
}

Result<Value> build_string(Thread& thread, const Value* parts, uint32_t count) {
  int64_t length = 0;
  Str::Width width = Str::Width::Ascii;
  for (uint32_t i = 0; i < count; ++i) {
    Str* part = as_str(thread, parts[i]);
    length += part->length();
    width = std::max(width, part->width());
  }
  Str* text = Str::try_make(thread.heap(), length, width);
  if (text == nullptr) return thread.raise_memory_error();
  auto unit = static_cast<size_t>(text->unit_size());
  auto* at = static_cast<uint8_t*>(text->data());
  for (uint32_t i = 0; i < count; ++i) {
    Str* part = as_str(thread, parts[i]);
    TextView view(part->data(), static_cast<size_t>(part->length()), static_cast<uint8_t>(part->unit_size()));
    if (part->unit_size() == text->unit_size())
      copy_run(at, part->data(), part->byte_length());
    else
      copy_text(at, static_cast<uint8_t>(unit), view);
    at += static_cast<size_t>(part->length()) * unit;
  }
  return to_value(text);
}

Result<Value> format_value(Thread& thread, Value value, uint32_t conversion, Value specification) {
  if (conversion == 1) value = to_value(TRY(str(thread, value)));
  if (conversion == 2) value = to_value(TRY(repr(thread, value)));
  if (conversion == 3) value = to_value(TRY(ascii(thread, value)));
  Str* spec = specification.is_absent() ? thread.runtime().empty_str() : as_str(thread, specification);
  return format(thread, value, spec);
}

Result<void> list_extend_starred(Thread& thread, List* list, Value iterable) {
  Type* type = type_of(thread, iterable);
  if (type->slots().iter == nullptr && type->slots().get_item == nullptr)
    return thread.raise<TypeError>("Value after * must be an iterable, not {}", type);
  return list_extend(thread, list, iterable);
}

Result<void> map_update(Thread& thread, Dict* dict, Value other) {
  if (!is<Dict>(other)) {
    auto keys = find_attribute(thread, other, thread.names().keys);
    if (keys.is_raised()) return Raised{};
    if (!keys.take()) return thread.raise<TypeError>("'{}' object is not a mapping", type_name_of(other));
  }
  return dict_update(thread, dict, other);
}

Result<Str*> callable_text(Thread& thread, Value callable) {
  auto qualified = find_attribute(thread, callable, thread.names().__qualname__);
  if (!qualified.is_raised() && qualified.take() && is_str(*qualified.take())) {
    Str* name = as_str(thread, *qualified.take());
    auto module = find_attribute(thread, callable, thread.names().__module__);
    if (!module.is_raised() && module.take() && is_str(*module.take()) &&
        !as_str(thread, *module.take())->equals("builtins"))
      return format_text(thread, "{}.{}()", as_str(thread, *module.take()), name);
    thread.clear_pending();
    return format_text(thread, "{}()", name);
  }
  thread.clear_pending();
  return str(thread, callable);
}

namespace {
/// Takes what any mapping gives for its keys; a key may not come twice.
Result<void> merge_keys(Thread& thread, Dict* dict, Value mapping, Value keys, Value callable) {
  return for_each(thread, keys, [&](Value key) -> Result<bool> {
    if (TRY(dict_find(thread, dict, key)))
      return thread.raise<TypeError>("{} got multiple values for keyword argument '{}'",
                                     TRY(callable_text(thread, callable)), TRY(str(thread, key)));
    TRY(dict_set(thread, dict, key, TRY(get_item(thread, mapping, key))));
    return true;
  });
}
}  // namespace

Result<void> map_merge(Thread& thread, Dict* dict, Value other, Value callable) {
  Dict* source = try_cast<Dict>(other);
  if (source == nullptr || !is_exact<Dict>(other)) {
    Optional<Value> keys = TRY(find_attribute(thread, other, thread.names().keys));
    if (!keys)
      return thread.raise<TypeError>("{} argument after ** must be a mapping, not {}",
                                     TRY(callable_text(thread, callable)), type_name_of(other));
    if (source == nullptr) return merge_keys(thread, dict, other, TRY(call(thread, *keys)), callable);
    source = Dict::make(thread.heap());
    TRY(dict_update(thread, source, other));
  }
  for (int64_t entry = source->next_entry(0); entry >= 0; entry = source->next_entry(entry + 1)) {
    Value key = source->table()->key(static_cast<uint32_t>(entry));
    if (TRY(dict_find(thread, dict, key))) {
      return thread.raise<TypeError>("{} got multiple values for keyword argument '{}'",
                                     TRY(callable_text(thread, callable)), TRY(str(thread, key)));
    }
    TRY(dict_set(thread, dict, key, source->table()->value(static_cast<uint32_t>(entry))));
  }
  return {};
}

// --- unpacking

Result<void> unpack_sequence(Thread& thread, Value iterable, Value* targets, uint32_t count) {
  std::span<const Value> items;
  bool plain = is_exact<List>(iterable) || is_exact<Tuple>(iterable);
  if (plain) items = is_exact<List>(iterable) ? cast<List>(iterable)->span() : cast<Tuple>(iterable)->span();
  if (plain) {
    if (items.size() > count) return thread.raise<ValueError>("too many values to unpack (expected {})", count);
    if (items.size() < count)
      return thread.raise<ValueError>("not enough values to unpack (expected {}, got {})", count, items.size());
    for (uint32_t i = 0; i < count; ++i) targets[i] = items[i];
    return {};
  }
  Type* type = type_of(thread, iterable);
  if (type->slots().iter == nullptr && type->slots().get_item == nullptr)
    return thread.raise<TypeError>("cannot unpack non-iterable {} object", type);
  Value iterator = TRY(iterate(thread, iterable));
  for (uint32_t i = 0; i < count; ++i) {
    Optional<Value> item = TRY(next(thread, iterator));
    if (!item) return thread.raise<ValueError>("not enough values to unpack (expected {}, got {})", count, i);
    targets[i] = *item;
  }
  if (TRY(next(thread, iterator))) return thread.raise<ValueError>("too many values to unpack (expected {})", count);
  return {};
}

Result<void> unpack_starred(Thread& thread, Value iterable, Value* targets, uint32_t before, uint32_t after) {
  Type* type = type_of(thread, iterable);
  if (type->slots().iter == nullptr && type->slots().get_item == nullptr)
    return thread.raise<TypeError>("cannot unpack non-iterable {} object", type);
  List* items = TRY(list_from_iterable(thread, iterable));
  int64_t count = items->length();
  if (count < static_cast<int64_t>(before) + after)
    return thread.raise<ValueError>("not enough values to unpack (expected at least {}, got {})", before + after,
                                    count);
  for (uint32_t i = 0; i < before; ++i) targets[i] = items->at(i);
  int64_t middle = count - before - after;
  targets[before] = to_value(TRY(make_list(thread, items->span().subspan(before, static_cast<size_t>(middle)))));
  for (uint32_t i = 0; i < after; ++i) targets[before + 1 + i] = items->at(before + middle + i);
  return {};
}

// --- pattern matching (PEP 634)

Result<Value> match_keys(Thread& thread, Value subject, Tuple* keys) {
  if (keys->length() == 0) return to_value(thread.runtime().empty_tuple());
  Set* seen = make_set(thread, Kind::Set);
  Value get = TRY(get_attribute(thread, subject, thread.names().get));
  Value missing = to_value(thread.heap().allocate(exact_shape_word(Kind::Object), sizeof(HeapObject)));
  Tuple* values = TRY(make_tuple(thread, keys->length()));
  for (int64_t i = 0; i < keys->length(); ++i) {
    if (!TRY(set_add(thread, seen, keys->at(i))))
      return thread.raise<ValueError>("mapping pattern checks duplicate key ({})", TRY(repr(thread, keys->at(i))));
    Value value = TRY(call(thread, get, keys->at(i), missing));
    if (value == missing) return Value::none();
    values->set(i, value);
  }
  return to_value(values);
}

Result<Value> match_rest(Thread& thread, Value subject, Tuple* keys) {
  Dict* rest = Dict::make(thread.heap());
  TRY(dict_update(thread, rest, subject));
  for (int64_t i = 0; i < keys->length(); ++i) TRY(dict_remove(thread, rest, keys->at(i)));
  return to_value(rest);
}

namespace {

Result<Value> match_attribute(Thread& thread, Value subject, Value type, Value name, Set* seen, Value* out) {
  if (!TRY(set_add(thread, seen, name)))
    return thread.raise<TypeError>("{}() got multiple sub-patterns for attribute {}", cast<Type>(type)->name(),
                                   TRY(repr(thread, name)));
  Optional<Value> value = TRY(find_attribute(thread, subject, as_str(thread, name)));
  if (!value) return Value::false_();
  *out = *value;
  return Value::true_();
}

}  // namespace

Result<Value> match_class(Thread& thread, Value subject, Value type, Tuple* names, uint32_t positional) {
  if (!is<Type>(type)) return thread.raise<TypeError>("called match pattern must be a type");
  if (!TRY(is_instance_of(thread, subject, type))) return Value::none();
  Tuple* attributes = TRY(make_tuple(thread, static_cast<int64_t>(positional) + names->length()));
  Set* seen = make_set(thread, Kind::Set);
  int64_t at = 0;
  if (positional > 0) {
    Str* type_name = cast<Type>(type)->name();
    Optional<Value> match_args = TRY(find_attribute(thread, type, thread.names().__match_args__));
    bool match_self = !match_args && cast<Type>(type)->has_flag(kTypeMatchSelf);
    if (match_args && !is<Tuple>(*match_args))
      return thread.raise<TypeError>("{}.__match_args__ must be a tuple (got {})", type_name,
                                     type_name_of(*match_args));
    int64_t allowed = match_args ? cast<Tuple>(*match_args)->length() : match_self ? 1 : 0;
    if (allowed < static_cast<int64_t>(positional))
      return thread.raise<TypeError>("{}() accepts {} positional sub-pattern{} ({} given)", type_name, allowed,
                                     allowed == 1 ? "" : "s", positional);
    if (match_self) {
      attributes->set(at++, subject);
    } else {
      for (uint32_t i = 0; i < positional; ++i) {
        Value name = cast<Tuple>(*match_args)->at(i);
        if (!is_str(name))
          return thread.raise<TypeError>("__match_args__ elements must be strings (got {})", type_name_of(name));
        Value value;
        if (TRY(match_attribute(thread, subject, type, name, seen, &value)).is_false()) return Value::none();
        attributes->set(at++, value);
      }
    }
  }
  for (int64_t i = 0; i < names->length(); ++i) {
    Value value;
    if (TRY(match_attribute(thread, subject, type, names->at(i), seen, &value)).is_false()) return Value::none();
    attributes->set(at++, value);
  }
  return to_value(attributes);
}

}  // namespace viperine
