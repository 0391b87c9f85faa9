// SPDX-License-Identifier: MIT
// Dict operations with keys of any type: lookup that may call __hash__ and __eq__, which may change the dict under us.
// Language of places: objects/dict_table.h. Invariant: after every call of __eq__ the table and the key are looked at
// again.
#include <algorithm>

#include "objects/dict_table.h"
#include "runtime/attributes.h"
#include "runtime/containers.h"
#include "runtime/hashing.h"
#include "runtime/operators.h"
#include "runtime/strings.h"

namespace viperine {

namespace {

constexpr int64_t kRestart = -2;

/// What lookup needs to know about a key.
struct Key {
  Value value;  // never a Rope
  uint64_t placement;
  enum class Class : uint8_t { Str, Number, Other } key_class;
  bool may_equal_plain = false;  // Other: some == may hold with a str or a number
  bool is_cheap() const { return key_class != Class::Other; }
};

/// Types whose instances never equal a str or a number: no Python in their ==.
bool may_equal_plain(Value value) {
  if (!value.is_pointer()) return false;
  if (value.as_object()->shape_word() != exact_shape_word(kind_of(value.as_object()))) return true;
  switch (kind_of(value.as_object())) {
    case Kind::Tuple:
    case Kind::FrozenSet:
    case Kind::Bytes:
    case Kind::Type:
    case Kind::Function:
    case Kind::NativeFunction:
    case Kind::Code:
    case Kind::Range:
    case Kind::Module:
    case Kind::Object:
      return false;
    default:
      return true;
  }
}

Result<Key> make_key(Thread& thread, Value value) {
  if (is_exact<Str>(value))
    return Key{value, str_hash30(thread.heap(), static_cast<const Str*>(value.as_object())), Key::Class::Str};
  if (is_plain_number(value)) return Key{value, placement_of_hash(hash_plain_number(value)), Key::Class::Number};
  if (has_kind(value, Kind::Rope)) {
    Str* text = as_str(thread, value);
    return Key{to_value(text), str_hash30(thread.heap(), text), Key::Class::Str};
  }
  int64_t hashed = TRY(hash(thread, value));
  return Key{value, placement_of_hash(hashed), Key::Class::Other, may_equal_plain(value)};
}

Key make_hashed_key(Thread& thread, Value value, int64_t hashed) {
  if (is_exact<Str>(value) || is_plain_number(value) || has_kind(value, Kind::Rope))
    return MUST(make_key(thread, value));
  return Key{value, placement_of_hash(hashed), Key::Class::Other, may_equal_plain(value)};
}

/// Whether two tuples are equal, when only texts, numbers and identical objects must be looked at: 1, 0; else -1.
int plain_tuples_equal(const Tuple* left, const Tuple* right) {
  if (left->length() != right->length()) return 0;
  for (int64_t i = 0; i < left->length(); ++i) {
    Value a = left->at(i), b = right->at(i);
    if (a == b) continue;
    if (is_exact<Str>(a) && is_exact<Str>(b)) {
      if (!static_cast<const Str*>(a.as_object())->equals(static_cast<const Str*>(b.as_object()))) return 0;
    } else if (is_plain_number(a) && is_plain_number(b)) {
      if (!plain_numbers_equal(a, b)) return 0;
    } else {
      return -1;
    }
  }
  return 1;
}

/// Whether the entry's key equals `key`: 1, 0, or kRestart when the dict changed meanwhile.
Result<int64_t> entry_equals(Thread& thread, Dict* dict, DictTable* table, uint32_t entry, Value key) {
  Value candidate = table->key(entry);
  if (is_exact<Tuple>(candidate) && is_exact<Tuple>(key)) {
    int quick = plain_tuples_equal(cast<Tuple>(candidate), cast<Tuple>(key));
    if (quick >= 0) return quick;
  }
  bool equal = TRY(equals(thread, candidate, key));
  if (dict->table() != table || table->key(entry) != candidate) return kRestart;
  return equal ? 1 : 0;
}

/// Searches entries that are no exact str (others when `strings`) for a key whose comparison may run Python.
Result<int64_t> search(Thread& thread, Dict* dict, const Key& key, uint64_t placement, bool strings) {
  DictTable* table = dict->table();
  bool indexed = table->index_bits() != 0 && !(strings && table->is_keyed());
  IndexProbe probe(table, placement);
  for (uint32_t linear = 0;; ++linear) {
    uint32_t entry;
    if (indexed) {
      uint32_t place = index_place(table, probe.position());
      if (place == 0) return -1;
      entry = place - 1;
      probe.advance();
    } else {
      if (linear >= table->used()) return -1;
      entry = linear;
    }
    Value candidate = table->key(entry);
    if (candidate == key.value) return entry;
    if (candidate == Value::deleted() || is_exact<Str>(candidate) != strings) continue;
    uint64_t present = strings ? str_hash30(thread.heap(), static_cast<const Str*>(candidate.as_object()))
                               : placement_of_entry(thread.heap(), table, entry);
    if (present != placement) continue;
    int64_t answer = TRY(entry_equals(thread, dict, table, entry, key.value));
    if (answer == kRestart) return kRestart;
    if (answer == 1) return entry;
  }
}

uint64_t low_bits(uint64_t hash) {
  uint64_t low = hash & ((1u << 30) - 1);
  return low == 0 ? 1 : low;
}

/// Entry of the key, or -1.
Result<int64_t> find_entry(Thread& thread, Dict* dict, const Key& key) {
  for (;;) {
    DictTable* table = dict->table();
    if (table == nullptr) return -1;
    int64_t entry = -1;
    if (key.key_class == Key::Class::Str) {
      entry = dict->find_str(static_cast<const Str*>(key.value.as_object()));
      if (entry >= 0 || !table->has_hashes()) return entry;
      auto placement = placement_of_hash(hash_str(thread.heap(), static_cast<const Str*>(key.value.as_object())));
      entry = TRY(search(thread, dict, key, placement, false));
    } else if (key.key_class == Key::Class::Number) {
      entry = find_plain_number(dict, key.value, key.placement);
      if (entry >= 0 || !table->has_hashes()) return entry;
      entry = TRY(search(thread, dict, key, key.placement, false));
    } else {
      if (table->has_hashes() || key.may_equal_plain) entry = TRY(search(thread, dict, key, key.placement, false));
      if (entry == -1 && key.may_equal_plain) entry = TRY(search(thread, dict, key, low_bits(key.placement), true));
    }
    if (entry != kRestart) return entry;
  }
}

Result<void> add_new(Thread& thread, Dict* dict, const Key& key, Value value) {
  if (!dict_reserve(thread.heap(), dict, key.is_cheap())) return thread.raise_memory_error();
  dict_add_new(thread.heap(), dict, key.value, key.placement, value);
  return {};
}

Result<void> set_key(Thread& thread, Dict* dict, const Key& key, Value value) {
  int64_t entry = TRY(find_entry(thread, dict, key));
  if (entry < 0) return add_new(thread, dict, key, value);
  dict->table()->set_value(static_cast<uint32_t>(entry), value);
  return {};
}

}  // namespace

namespace {

/// find_entry for keys whose comparison runs no Python as long as the table holds nothing else; kRestart: not the case.
int64_t find_cheap(Thread& thread, Dict* dict, Value key) {
  if (is_exact<Str>(key)) {
    auto* text = static_cast<const Str*>(key.as_object());
    str_hash30(thread.heap(), text);
    int64_t entry = dict->find_str(text);
    if (entry >= 0 || dict->table() == nullptr || !dict->table()->has_hashes()) return entry;
  } else if (key.is_int()) {
    int64_t entry = find_plain_number(dict, key, placement_of_hash(hash_plain_number(key)));
    if (entry >= 0 || dict->table() == nullptr || !dict->table()->has_hashes()) return entry;
  }
  return kRestart;
}

}  // namespace

Result<Optional<Value>> dict_find(Thread& thread, Dict* dict, Value key) {
  int64_t cheap = find_cheap(thread, dict, key);
  if (cheap >= 0) return Optional<Value>(dict->table()->value(static_cast<uint32_t>(cheap)));
  if (cheap != kRestart) return Optional<Value>();
  Key known = TRY(make_key(thread, key));
  int64_t entry = TRY(find_entry(thread, dict, known));
  if (entry < 0) return Optional<Value>();
  return Optional<Value>(dict->table()->value(static_cast<uint32_t>(entry)));
}

Result<Optional<Value>> dict_find_hashed(Thread& thread, Dict* dict, Value key, int64_t hash) {
  int64_t entry = TRY(find_entry(thread, dict, make_hashed_key(thread, key, hash)));
  if (entry < 0) return Optional<Value>();
  return Optional<Value>(dict->table()->value(static_cast<uint32_t>(entry)));
}

Result<void> dict_set(Thread& thread, Dict* dict, Value key, Value value) {
  int64_t cheap = find_cheap(thread, dict, key);
  if (cheap >= 0) {
    dict->table()->set_value(static_cast<uint32_t>(cheap), value);
    return {};
  }
  if (cheap != kRestart) {
    if (!key.is_int()) return add_new(thread, dict, MUST(make_key(thread, key)), value);
    return add_new(thread, dict, Key{key, placement_of_hash(hash_small_int(key.as_int())), Key::Class::Number}, value);
  }
  return set_key(thread, dict, TRY(make_key(thread, key)), value);
}

Result<void> dict_set_hashed(Thread& thread, Dict* dict, Value key, int64_t hash, Value value) {
  return set_key(thread, dict, make_hashed_key(thread, key, hash), value);
}

Result<Optional<Value>> dict_remove(Thread& thread, Dict* dict, Value key) {
  int64_t entry = find_cheap(thread, dict, key);
  if (entry == kRestart) {
    Key known = TRY(make_key(thread, key));
    entry = TRY(find_entry(thread, dict, known));
  }
  if (entry < 0) return Optional<Value>();
  Value value = dict->table()->value(static_cast<uint32_t>(entry));
  dict_delete_entry(thread.heap(), dict, static_cast<uint32_t>(entry));
  return Optional<Value>(value);
}

Result<int64_t> dict_ensure_entry(Thread& thread, Dict* dict, Value key, Value initial, bool* added) {
  int64_t entry = find_cheap(thread, dict, key);
  *added = false;
  if (entry >= 0) return entry;
  Key known = TRY(make_key(thread, key));
  if (entry == kRestart) entry = TRY(find_entry(thread, dict, known));
  if (entry >= 0) return entry;
  *added = true;
  TRY(add_new(thread, dict, known, initial));
  return static_cast<int64_t>(dict->table()->used()) - 1;
}

Result<Value> dict_set_default(Thread& thread, Dict* dict, Value key, Value fallback) {
  bool added;
  int64_t entry = TRY(dict_ensure_entry(thread, dict, key, fallback, &added));
  return dict->table()->value(static_cast<uint32_t>(entry));
}

Result<int64_t> dict_entry_of(Thread& thread, Dict* dict, Value key) {
  int64_t cheap = find_cheap(thread, dict, key);
  if (cheap != kRestart) return cheap;
  Key known = TRY(make_key(thread, key));
  return find_entry(thread, dict, known);
}

Result<void> dict_set_name(Thread& thread, Dict* dict, Str* name, Value value) {
  if (!dict->set_str(thread.heap(), name, value)) return thread.raise_memory_error();
  return {};
}

Result<void> dict_set_name(Thread& thread, Dict* dict, std::string_view name, Value value) {
  return dict_set_name(thread, dict, intern(thread, name), value);
}

Result<void> dict_merge(Thread& thread, Dict* dict, Dict* other, bool replace) {
  if (dict == other || other->length() == 0) return {};
  if (dict->length() == 0) {
    DictTable* table = dict_copy_table(thread.heap(), other);
    if (table == nullptr) return thread.raise_memory_error();
    dict->table_.set(dict, table);
    dict->live_ = other->live_;
    ++dict->version_;
    return {};
  }
  uint32_t length = other->length();
  for (int64_t entry = other->next_entry(0); entry >= 0; entry = other->next_entry(entry + 1)) {
    DictTable* table = other->table();
    Value key = table->key(static_cast<uint32_t>(entry)), value = table->value(static_cast<uint32_t>(entry));
    uint64_t placement = placement_of_entry(thread.heap(), table, static_cast<uint32_t>(entry));
    auto key_class = is_exact<Str>(key)     ? Key::Class::Str
                     : is_plain_number(key) ? Key::Class::Number
                                            : Key::Class::Other;
    Key known{key, placement, key_class, key_class == Key::Class::Other && may_equal_plain(key)};
    int64_t found = TRY(find_entry(thread, dict, known));
    if (found < 0)
      TRY(add_new(thread, dict, known, value));
    else if (replace)
      dict->table()->set_value(static_cast<uint32_t>(found), value);
    if (other->length() != length) return thread.raise<RuntimeError>("dict mutated during update");
  }
  return {};
}

namespace {

Result<void> update_from_keys(Thread& thread, Dict* dict, Value mapping, Value keys_method) {
  Value keys = TRY(call(thread, keys_method));
  Value iterator = TRY(iterate(thread, keys));
  for (;;) {
    Optional<Value> key = TRY(next(thread, iterator));
    if (!key) return {};
    Value value = TRY(get_item(thread, mapping, *key));
    TRY(dict_set(thread, dict, *key, value));
  }
}

Result<void> update_from_pair(Thread& thread, Dict* dict, Value pair, int64_t number) {
  Value items[2];
  int64_t count = 0;
  if (is<Tuple>(pair) || is<List>(pair)) {
    std::span<const Value> span = is<Tuple>(pair) ? cast<Tuple>(pair)->span() : cast<List>(pair)->span();
    count = static_cast<int64_t>(span.size());
    if (count == 2) std::copy_n(span.begin(), 2, items);
  } else {
    Result<Value> iterator = iterate(thread, pair);
    if (iterator.is_raised()) {
      if (!thread.pending_is<TypeError>()) return Raised{};
      thread.clear_pending();
      return thread.raise<TypeError>("cannot convert dictionary update sequence element #{} to a sequence", number);
    }
    for (;;) {
      Optional<Value> item = TRY(next(thread, iterator.take()));
      if (!item) break;
      if (count < 2) items[count] = *item;
      ++count;
    }
  }
  if (count != 2)
    return thread.raise<ValueError>("dictionary update sequence element #{} has length {}; 2 is required", number,
                                    count);
  return dict_set(thread, dict, items[0], items[1]);
}

}  // namespace

Result<void> dict_update(Thread& thread, Dict* dict, Value other) {
  if (is_exact<Dict>(other)) return dict_merge(thread, dict, cast<Dict>(other), true);
  // A subclass that iterates like dict is read directly.
  if (is<Dict>(other) && type_of(thread, other)->slots().iter == thread.runtime().type(Kind::Dict)->slots().iter)
    return dict_merge(thread, dict, cast<Dict>(other), true);
  Optional<Value> keys = TRY(find_attribute(thread, other, thread.names().keys));
  if (keys) return update_from_keys(thread, dict, other, *keys);
  Value iterator = TRY(iterate(thread, other));
  for (int64_t number = 0;; ++number) {
    Optional<Value> pair = TRY(next(thread, iterator));
    if (!pair) return {};
    TRY(update_from_pair(thread, dict, *pair, number));
  }
}

Result<Dict*> dict_copy(Thread& thread, Dict* dict) {
  Dict* copy = Dict::make(thread.heap());
  TRY(dict_merge(thread, copy, dict, true));
  return copy;
}

Result<Dict*> make_dict(Thread& thread, int64_t count) {
  Dict* dict = Dict::make(thread.heap());
  if (count > 0 && !dict_reserve(thread.heap(), dict, true, static_cast<uint32_t>(std::min<int64_t>(count, 1 << 30))))
    return thread.raise_memory_error();
  return dict;
}

Result<bool> dicts_equal(Thread& thread, Dict* left, Dict* right) {
  if (left == right) return true;
  if (left->length() != right->length()) return false;
  for (int64_t entry = left->next_entry(0); entry >= 0; entry = left->next_entry(entry + 1)) {
    DictTable* table = left->table();
    Value key = table->key(static_cast<uint32_t>(entry)), value = table->value(static_cast<uint32_t>(entry));
    uint64_t placement = placement_of_entry(thread.heap(), table, static_cast<uint32_t>(entry));
    auto key_class = is_exact<Str>(key)     ? Key::Class::Str
                     : is_plain_number(key) ? Key::Class::Number
                                            : Key::Class::Other;
    Key known{key, placement, key_class, key_class == Key::Class::Other && may_equal_plain(key)};
    int64_t found = TRY(find_entry(thread, right, known));
    if (found < 0) return false;
    if (!TRY(equals(thread, value, right->table()->value(static_cast<uint32_t>(found))))) return false;
  }
  return true;
}

List* dict_keys_list(Thread& thread, Dict* dict) {
  List* list = List::try_make(thread.heap(), dict->length());
  CHECK(list != nullptr);
  for (int64_t entry = dict->next_entry(0); entry >= 0; entry = dict->next_entry(entry + 1))
    list->append(thread.heap(), dict->table()->key(static_cast<uint32_t>(entry)));
  return list;
}

Tuple* dict_pop_last(Thread& thread, Dict* dict) {
  DictTable* table = dict->table();
  if (table == nullptr) return nullptr;
  uint32_t entry = table->used();
  do {
    if (entry == 0) return nullptr;
    --entry;
  } while (table->key(entry) == Value::deleted());
  Tuple* pair = Tuple::of(thread.heap(), table->key(entry), table->value(entry));
  dict_delete_entry(thread.heap(), dict, entry);
  if (dict->table() == table) table->used_ = entry;  // the deleted ones behind it need not be looked at again
  return pair;
}

}  // namespace viperine
