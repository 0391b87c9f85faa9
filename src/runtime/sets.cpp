// SPDX-License-Identifier: MIT
// Set elements of any type: lookup may call __hash__ and __eq__, which may change the set under us. The probe order,
// the moments of growth and the steps of each operation are CPython's: the order of iteration depends on them.
#include "runtime/sets.h"

#include "base/short_memory.h"
#include "numeric/siphash.h"
#include "objects/dict_table.h"
#include "runtime/hashing.h"
#include "runtime/operators.h"
#include "runtime/strings.h"

namespace viperine {

namespace {

/// Whether the key at `place`, which has the same hash, equals `key`.
Result<bool> place_equals(Thread& thread, Set* set, SetTable* table, uint32_t place, Value key, bool* restart) {
  Value candidate = table->keys()[place];
  if (candidate == key) return true;
  if (is_exact<Str>(candidate) && is_exact<Str>(key))
    return static_cast<Str*>(candidate.as_object())->equals(static_cast<Str*>(key.as_object()));
  if (is_plain_number(candidate) && is_plain_number(key)) return plain_numbers_equal(candidate, key);
  bool equal = TRY(equals(thread, candidate, key));
  if (set->table() != table || table->keys()[place] != candidate) *restart = true;
  return equal;
}

struct Found {
  int64_t place;  // of the key, or -1
  int64_t empty;  // where a new key belongs, when place is -1 and there is a table:
  bool reused;    // the last deleted place on the way if there was one, else the empty place at its end
};

Result<Found> lookup(Thread& thread, Set* set, const HashedKey& key) {
restart:
  SetTable* table = set->table();
  if (table == nullptr) return Found{-1, -1, false};
  auto perturb = static_cast<uint64_t>(key.hash);
  uint64_t mask = table->mask(), place = perturb & mask;
  bool plain = is_plain_number(key.value);
  int64_t deleted = -1;
  for (;;) {
    uint64_t last = place + kSetLinearProbes <= mask ? place + kSetLinearProbes : place;
    for (uint64_t at = place; at <= last; ++at) {
      Value candidate = table->keys()[at];
      if (candidate == Value::absent())
        return Found{-1, deleted < 0 ? static_cast<int64_t>(at) : deleted, deleted >= 0};
      if (candidate == key.value) return Found{static_cast<int64_t>(at), -1, false};
      if (candidate == Value::deleted()) {
        deleted = static_cast<int64_t>(at);
        continue;
      }
      if (table->has_hashes_) {
        if (static_cast<int64_t>(table->hashes()[at]) != key.hash) continue;
      } else if (plain) {
        if (plain_numbers_equal(candidate, key.value)) return Found{static_cast<int64_t>(at), -1, false};
        continue;
      } else if (hash_plain_number(candidate) != key.hash) {
        continue;
      }
      bool again = false;
      bool equal = TRY(place_equals(thread, set, table, static_cast<uint32_t>(at), key.value, &again));
      if (again) goto restart;
      if (equal) return Found{static_cast<int64_t>(at), -1, false};
    }
    perturb >>= 5;
    place = (place * 5 + 1 + perturb) & mask;
  }
}

enum class Quick : uint8_t { kPresent, kMissing, kUnknown };

/// Looks for an exact str by the hash bits that it caches, in the places before the first perturbation; hashing the
/// whole text is only worth it behind them. An equal hash of another type's element is left to lookup().
Quick find_text(const Set* set, const Str* text) {
  const SetTable* table = set->table();
  if (table == nullptr) return Quick::kMissing;
  uint32_t hash = text->cached_hash();
  uint64_t mask = table->mask();
  if (hash == 0 || hash == 1 || mask >= uint64_t{1} << 30) return Quick::kUnknown;
  uint64_t place = hash & mask, last = place + kSetLinearProbes <= mask ? place + kSetLinearProbes : place;
  const Value* keys = table->keys();
  if (!table->has_hashes_) {  // numbers only
    for (uint64_t at = place; at <= last; ++at)
      if (keys[at] == Value::absent()) return Quick::kMissing;
    return Quick::kUnknown;
  }
  const uint64_t* hashes = table->hashes();
  for (uint64_t at = place; at <= last; ++at) {
    Value candidate = keys[at];
    if (candidate == Value::absent()) return Quick::kMissing;
    if (candidate == Value::from_object(text)) return Quick::kPresent;
    if (candidate == Value::deleted() || (hashes[at] & ((1u << 30) - 1)) != hash) continue;
    if (!is_exact<Str>(candidate)) return Quick::kUnknown;
    auto* other = static_cast<const Str*>(candidate.as_object());
    if (other->length() == text->length() && other->width() == text->width() &&
        equal_runs(other->data8(), text->data8(), text->byte_length()))
      return Quick::kPresent;
  }
  return Quick::kUnknown;
}

/// The same for an int, as long as only ints are met.
Quick find_int(const Set* set, Value key) {
  const SetTable* table = set->table();
  if (table == nullptr) return Quick::kMissing;
  uint64_t mask = table->mask(), place = static_cast<uint64_t>(hash_small_int(key.as_int())) & mask;
  uint64_t last = place + kSetLinearProbes <= mask ? place + kSetLinearProbes : place;
  for (uint64_t at = place; at <= last; ++at) {
    Value candidate = table->keys()[at];
    if (candidate == key) return Quick::kPresent;
    if (candidate == Value::absent()) return Quick::kMissing;
    if (!candidate.is_int()) return Quick::kUnknown;
  }
  return Quick::kUnknown;
}

uint64_t grown(uint64_t used) { return used > 50000 ? used * 2 : used * 4; }

}  // namespace

Result<HashedKey> hashed_key(Thread& thread, Value value) {
  if (has_kind(value, Kind::Rope)) value = to_value(as_str(thread, value));
  return HashedKey{value, TRY(hash_key(thread, value))};
}

Result<bool> set_contains_hashed(Thread& thread, Set* set, const HashedKey& key) {
  return TRY(lookup(thread, set, key)).place >= 0;
}

Result<bool> set_add_hashed(Thread& thread, Set* set, const HashedKey& key) {
  Heap& heap = thread.heap();
  if (!set->ensure_table(heap, !is_plain_number(key.value))) return thread.raise_memory_error();
  Found found = TRY(lookup(thread, set, key));
  if (found.place >= 0) return false;
  if (found.empty < 0 || (!set->table()->has_hashes_ && !is_plain_number(key.value))) {
    // The comparison emptied the set.
    if (!set->ensure_table(heap, !is_plain_number(key.value))) return thread.raise_memory_error();
    found = TRY(lookup(thread, set, key));
    if (found.place >= 0) return false;
  }
  SetTable* table = set->table();
  table->set_place(static_cast<uint32_t>(found.empty), key.value, key.hash);
  ++set->live_;
  ++set->version_;
  if (found.reused) return true;
  ++table->fill_;
  if (uint64_t{table->fill_} * 5 >= uint64_t{table->mask()} * 3 && !set->resize(heap, grown(set->live_)))
    return thread.raise_memory_error();
  return true;
}

Result<bool> set_remove_hashed(Thread& thread, Set* set, const HashedKey& key) {
  Found found = TRY(lookup(thread, set, key));
  if (found.place < 0) return false;
  set->table()->keys()[found.place] = Value::deleted();
  --set->live_;
  ++set->version_;
  return true;
}

bool set_next_hashed(Set* set, int64_t* position, HashedKey* key) {
  SetTable* table = set->table();
  if (table == nullptr) return false;
  for (int64_t place = *position; place < table->size(); ++place) {
    if (!table->is_live(static_cast<uint32_t>(place))) continue;
    *position = place + 1;
    *key = {table->keys()[place], table->hash_at(static_cast<uint32_t>(place))};
    return true;
  }
  *position = table->size();
  return false;
}

Set* make_set(Thread& thread, Kind kind) {
  return static_cast<Set*>(thread.heap().allocate(exact_shape_word(kind), sizeof(Set)));
}

Result<bool> set_contains(Thread& thread, Set* set, Value key) {
  if (key.is_int()) {
    Quick quick = find_int(set, key);
    if (quick != Quick::kUnknown) return quick == Quick::kPresent;
  }
  if (is_exact<Str>(key)) {
    Quick quick = find_text(set, static_cast<const Str*>(key.as_object()));
    if (quick != Quick::kUnknown) return quick == Quick::kPresent;
  }
  return set_contains_hashed(thread, set, TRY(hashed_key(thread, key)));
}
namespace {

/// Adds an int to a set of numbers, looking at nothing but ints; kUnknown: it met something else, or needs a table.
Quick add_int(Set* set, Value key) {
  SetTable* table = set->table();
  if (table == nullptr || table->has_hashes_) return Quick::kUnknown;
  int64_t hash = hash_small_int(key.as_int());
  uint64_t mask = table->mask(), place = static_cast<uint64_t>(hash) & mask;
  uint64_t last = place + kSetLinearProbes <= mask ? place + kSetLinearProbes : place;
  Value* keys = table->keys();
  for (uint64_t at = place; at <= last; ++at) {
    if (keys[at] == key) return Quick::kPresent;
    if (keys[at] == Value::absent()) {
      if ((uint64_t{table->fill_} + 1) * 5 >= mask * 3) return Quick::kUnknown;  // it will grow
      keys[at] = key;
      ++table->fill_;
      ++set->live_;
      ++set->version_;
      return Quick::kMissing;
    }
    if (!keys[at].is_int()) return Quick::kUnknown;
  }
  return Quick::kUnknown;
}

}  // namespace

Result<bool> set_add(Thread& thread, Set* set, Value key) {
  if (key.is_int()) {
    Quick quick = add_int(set, key);
    if (quick != Quick::kUnknown) return quick == Quick::kMissing;
  }
  if (is_exact<Str>(key) && find_text(set, static_cast<const Str*>(key.as_object())) == Quick::kPresent) return false;
  return set_add_hashed(thread, set, TRY(hashed_key(thread, key)));
}
Result<bool> set_remove(Thread& thread, Set* set, Value key) {
  return set_remove_hashed(thread, set, TRY(hashed_key(thread, key)));
}

Optional<Value> set_next(Set* set, int64_t* position) {
  SetTable* table = set->table();
  if (table == nullptr) return {};
  int64_t place = *position;
  while (place < table->size() && !table->is_live(static_cast<uint32_t>(place))) ++place;
  *position = place + 1;
  if (place >= table->size()) return {};
  return table->keys()[place];
}

namespace {

Result<void> merge(Thread& thread, Set* set, Set* other) {
  if (set == other || other->length() == 0) return {};
  Heap& heap = thread.heap();
  SetTable* source = other->table();
  if (!set->ensure_table(heap, source->has_hashes_)) return thread.raise_memory_error();
  if ((uint64_t{set->fill()} + other->length()) * 5 >= uint64_t{set->mask()} * 3 &&
      !set->resize(heap, (uint64_t{set->length()} + other->length()) * 2))
    return thread.raise_memory_error();
  SetTable* table = set->table();
  if (table->fill_ == 0) {
    bool same_places = table->mask() == source->mask() && source->fill_ == other->length();
    for (uint32_t place = 0; place < source->size(); ++place) {
      if (!source->is_live(place)) continue;
      if (same_places)
        table->set_place(place, source->keys()[place], source->hash_at(place));
      else
        table->insert_clean(source->keys()[place], source->hash_at(place));
    }
    table->fill_ = other->length();
    set->live_ = other->length();
    ++set->version_;
    return {};
  }
  for (int64_t place = 0; place <= other->mask() && other->table() != nullptr; ++place) {
    if (!other->table()->is_live(static_cast<uint32_t>(place))) continue;
    HashedKey key{other->table()->keys()[place], other->table()->hash_at(static_cast<uint32_t>(place))};
    TRY(set_add_hashed(thread, set, key));
  }
  return {};
}

/// The key of a dict's entry, without asking it for its hash again.
HashedKey hashed_dict_key(Thread& thread, Dict* dict, int64_t entry) {
  DictTable* table = dict->table();
  Value key = table->key(static_cast<uint32_t>(entry));
  if (has_cheap_hash(key)) return MUST(hashed_key(thread, key));
  return {key, static_cast<int64_t>(table->hashes()[entry])};
}

bool is_plain_dict(Value value) { return is_exact<Dict>(value); }

}  // namespace

Result<void> set_update(Thread& thread, Set* set, Value iterable) {
  if (is<Set>(iterable)) return merge(thread, set, cast<Set>(iterable));
  if (is_plain_dict(iterable)) {
    auto* dict = cast<Dict>(iterable);
    if ((uint64_t{set->fill()} + dict->length()) * 5 >= uint64_t{set->mask()} * 3 &&
        !set->resize(thread.heap(), (uint64_t{set->length()} + dict->length()) * 2))
      return thread.raise_memory_error();
    for (int64_t entry = dict->next_entry(0); entry >= 0; entry = dict->next_entry(entry + 1))
      TRY(set_add_hashed(thread, set, hashed_dict_key(thread, dict, entry)));
    return {};
  }
  return for_each(thread, iterable, [&](Value item) -> Result<bool> {
    TRY(set_add(thread, set, item));
    return true;
  });
}

Result<Set*> set_from_iterable(Thread& thread, Value iterable, Kind kind) {
  Set* set = make_set(thread, kind);
  TRY(set_update(thread, set, iterable));
  return set;
}

Result<Set*> set_copy(Thread& thread, Set* set, Kind kind) { return set_from_iterable(thread, to_value(set), kind); }

Result<Set*> set_intersection(Thread& thread, Set* set, Value other, Kind kind) {
  if (to_value(set) == other) return set_copy(thread, set, kind);
  Set* result = make_set(thread, kind);
  if (is<Set>(other)) {
    auto* smaller = cast<Set>(other);
    if (smaller->length() > set->length()) std::swap(smaller, set);
    HashedKey key;
    for (int64_t position = 0; set_next_hashed(smaller, &position, &key);)
      if (TRY(set_contains_hashed(thread, set, key))) TRY(set_add_hashed(thread, result, key));
    return result;
  }
  TRY(for_each(thread, other, [&](Value item) -> Result<bool> {
    if (is_exact<Str>(item) && find_text(set, static_cast<const Str*>(item.as_object())) == Quick::kMissing)
      return true;
    HashedKey key = TRY(hashed_key(thread, item));
    if (TRY(set_contains_hashed(thread, set, key))) TRY(set_add_hashed(thread, result, key));
    return true;
  }));
  return result;
}

Result<void> set_difference_update(Thread& thread, Set* set, Value other) {
  if (to_value(set) == other) {
    set->clear();
    return {};
  }
  if (is<Set>(other)) {
    auto* elements = cast<Set>(other);
    if ((elements->length() >> 3) > set->length()) elements = TRY(set_intersection(thread, set, other, Kind::Set));
    HashedKey key;
    for (int64_t position = 0; set_next_hashed(elements, &position, &key);) TRY(set_remove_hashed(thread, set, key));
  } else {
    TRY(for_each(thread, other, [&](Value item) -> Result<bool> {
      TRY(set_remove(thread, set, item));
      return true;
    }));
  }
  if (set->table() == nullptr || set->fill() - set->length() <= set->mask() / 4) return {};
  if (!set->resize(thread.heap(), grown(set->length()))) return thread.raise_memory_error();
  return {};
}

Result<Set*> set_difference(Thread& thread, Set* set, Value other, Kind kind) {
  bool is_dict = is_plain_dict(other);
  uint32_t other_length = is<Set>(other) ? cast<Set>(other)->length() : is_dict ? cast<Dict>(other)->length() : 0;
  if ((!is<Set>(other) && !is_dict) || (set->length() >> 2) > other_length) {
    Set* result = TRY(set_copy(thread, set, kind));
    TRY(set_difference_update(thread, result, other));
    return result;
  }
  Set* result = make_set(thread, kind);
  HashedKey key;
  for (int64_t position = 0; set_next_hashed(set, &position, &key);) {
    bool present = is_dict ? TRY(dict_find_hashed(thread, cast<Dict>(other), key.value, key.hash)).has_value()
                           : TRY(set_contains_hashed(thread, cast<Set>(other), key));
    if (!present) TRY(set_add_hashed(thread, result, key));
  }
  return result;
}

namespace {
Result<void> toggle(Thread& thread, Set* set, const HashedKey& key) {
  if (!TRY(set_remove_hashed(thread, set, key))) TRY(set_add_hashed(thread, set, key));
  return {};
}
}  // namespace

Result<void> set_symmetric_difference_update(Thread& thread, Set* set, Value other) {
  if (to_value(set) == other) {
    set->clear();
    return {};
  }
  if (is_plain_dict(other)) {
    auto* dict = cast<Dict>(other);
    for (int64_t entry = dict->next_entry(0); entry >= 0; entry = dict->next_entry(entry + 1))
      TRY(toggle(thread, set, hashed_dict_key(thread, dict, entry)));
    return {};
  }
  Set* elements = is<Set>(other) ? cast<Set>(other) : TRY(set_from_iterable(thread, other, Kind::Set));
  HashedKey key;
  for (int64_t position = 0; set_next_hashed(elements, &position, &key);) TRY(toggle(thread, set, key));
  return {};
}

Result<Set*> set_symmetric_difference(Thread& thread, Set* set, Value other, Kind kind) {
  Set* result = TRY(set_from_iterable(thread, other, kind));
  TRY(set_symmetric_difference_update(thread, result, to_value(set)));
  return result;
}

Result<bool> set_is_subset(Thread& thread, Set* set, Set* other) {
  if (set->length() > other->length()) return false;
  HashedKey key;
  for (int64_t position = 0; set_next_hashed(set, &position, &key);)
    if (!TRY(set_contains_hashed(thread, other, key))) return false;
  return true;
}

void set_take_over(Set* set, Set* source) {
  set->table_.set(set, source->table());
  set->live_ = source->live_;
  ++set->version_;
  source->clear();
}

int64_t set_hash(Thread&, Set* set) {
  if (set->hash_ != 0) return static_cast<int64_t>(set->hash_);
  FrozenSetHash hash;
  HashedKey key;
  for (int64_t position = 0; set_next_hashed(set, &position, &key);) hash.add(key.hash);
  int64_t result = hash.finish(set->length());
  if (!(set->gc_bits() & kGcImmortal)) set->hash_ = static_cast<uint64_t>(result);
  return result;
}

Optional<Value> set_pop(Set* set) {
  if (set->length() == 0) return {};
  SetTable* table = set->table();
  uint32_t place = table->finger_ & table->mask();
  while (!table->is_live(place)) place = place == table->mask() ? 0 : place + 1;
  Value key = table->keys()[place];
  table->keys()[place] = Value::deleted();
  table->finger_ = place + 1;
  --set->live_;
  ++set->version_;
  return key;
}

}  // namespace viperine
