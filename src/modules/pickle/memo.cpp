// SPDX-License-Identifier: MIT
// The memos: of a Pickler, from an object's identity to its number, of an Unpickler, from numbers to objects; and the
// proxies that Python sees. Identities and not addresses, because Python code runs in between and objects move.
#include "modules/pickle/pickle.h"

namespace viperine::pickle {

namespace {

// memo_table_: 2 * capacity places of an index, whose entries are positions + 1, then the numbers, by position.
uint32_t* places_of(Pickler* pickler) { return reinterpret_cast<uint32_t*>(pickler->memo_table_->data()); }
uint32_t* numbers_of(Pickler* pickler) { return places_of(pickler) + pickler->memo_capacity_ * 2; }

/// The place of an object in the index, or the empty one where it belongs.
uint32_t* place_of(Pickler* pickler, const HeapObject* object, uint64_t identity) {
  const size_t mask = static_cast<size_t>(pickler->memo_capacity_) * 2 - 1;
  uint32_t* places = places_of(pickler);
  const Value* objects = pickler->memo_objects_->items();
  // Identities are given one after the other, often by memo_add: sixteen neighbours share a cache line, lines are
  // scattered.
  size_t line = static_cast<size_t>((identity >> 4) * 0x9E3779B97F4A7C15u >> 32);
  size_t place = (line << 4 | (identity & 15)) & mask;
  while (places[place] != 0 && objects[places[place] - 1].as_object() != object) place = (place + 1) & mask;
  return &places[place];
}

Result<void> grow(Thread& thread, Pickler* pickler) {
  const int64_t before = pickler->memo_capacity_, capacity = before == 0 ? 32 : before * 2;
  Buffer* table = Buffer::try_make(thread.heap(), capacity * 3 * static_cast<int64_t>(sizeof(uint32_t)));
  Array* objects = before == 0 ? nullptr : Array::try_extend(thread.heap(), pickler->memo_objects_.get(), capacity);
  if (objects == nullptr) {
    objects = Array::try_make(thread.heap(), capacity);
    if (objects == nullptr) return thread.raise_memory_error();
    for (int64_t i = 0; i < pickler->memo_count_; ++i) objects->items()[i] = pickler->memo_objects_->at(i);
    objects->written();
  }
  pickler->memo_objects_.set(pickler, objects);
  if (table == nullptr) return thread.raise_memory_error();
  const Buffer* old = pickler->memo_table_.get();
  const uint32_t* numbers = old == nullptr ? nullptr : numbers_of(pickler);
  pickler->memo_table_.set(pickler, table);
  pickler->memo_capacity_ = capacity;
  for (int64_t i = 0; i < pickler->memo_count_; ++i) {
    HeapObject* object = objects->at(i).as_object();
    *place_of(pickler, object, thread.heap().identity(object)) = static_cast<uint32_t>(i) + 1;
    numbers_of(pickler)[i] = numbers[i];
  }
  return {};
}

}  // namespace

int64_t memo_find(Thread& thread, Pickler* pickler, Value object) {
  if (!object.is_pointer() || pickler->memo_count_ == 0) return kNoMemo;
  HeapObject* known = object.as_object();
  if (known->identity_number() == 0 && (known->gc_bits() & kGcImmortal) == 0) return kNoMemo;  // nobody asked yet
  const uint32_t position = *place_of(pickler, known, thread.heap().identity(known));
  return position == 0 ? kNoMemo : int64_t{numbers_of(pickler)[position - 1]};
}

Result<void> memo_add(Thread& thread, Pickler* pickler, Value object, int64_t number) {
  if (!object.is_pointer()) return {};
  if (pickler->memo_count_ == pickler->memo_capacity_) TRY(grow(thread, pickler));
  uint32_t* place = place_of(pickler, object.as_object(), thread.heap().identity(object.as_object()));
  if (*place == 0) {
    pickler->memo_objects_->set(pickler->memo_count_++, object);
    *place = static_cast<uint32_t>(pickler->memo_count_);
  }
  numbers_of(pickler)[*place - 1] = static_cast<uint32_t>(number);
  return {};
}

void memo_clear(Pickler* pickler) {
  pickler->memo_table_.set(pickler, nullptr);
  pickler->memo_objects_.set(pickler, nullptr);
  pickler->memo_count_ = pickler->memo_capacity_ = 0;
}

namespace {
/// Calls body(object, number) for each entry, in the order in which they came.
template <typename Body>
Result<void> each_entry(Thread& thread, Pickler* pickler, Body body) {
  for (int64_t i = 0; i < pickler->memo_count_; ++i) {
    Value object = pickler->memo_objects_->at(i);
    TRY(body(object, memo_find(thread, pickler, object)));
  }
  return {};
}
}  // namespace

Result<void> memo_copy(Thread& thread, Pickler* target, Pickler* source) {
  if (target == source) return {};
  memo_clear(target);
  return each_entry(thread, source,
                    [&](Value object, int64_t number) { return memo_add(thread, target, object, number); });
}

Result<Value> memo_to_dict(Thread& thread, Pickler* pickler) {
  Dict* dict = TRY(make_dict(thread, pickler->memo_count_));
  TRY(each_entry(thread, pickler, [&](Value object, int64_t number) -> Result<void> {
    Value key = make_int(thread.heap(), static_cast<int64_t>(thread.heap().identity(object.as_object())));
    return dict_set(thread, dict, key, make_pair(thread, Value::from_int(number), object));
  }));
  return to_value(dict);
}

Result<void> unpickler_memo_put(Thread& thread, Unpickler* unpickler, int64_t number, Value object) {
  const int64_t capacity = unpickler->memo_.is_null() ? 0 : unpickler->memo_->length();
  if (number >= capacity) {
    // Far numbers of altered pickles must not take memory for what is between.
    if (number > (int64_t{1} << 32)) return thread.raise_memory_error();
    const int64_t wanted = std::max(capacity + capacity / 4 + 32, number + 1);
    Array* grown = capacity == 0 ? nullptr : Array::try_extend(thread.heap(), unpickler->memo_.get(), wanted);
    if (grown == nullptr) {
      grown = Array::try_make(thread.heap(), wanted);
      if (grown == nullptr) return thread.raise_memory_error();
      for (int64_t i = 0; i < capacity; ++i) grown->items()[i] = unpickler->memo_->at(i);
    }
    for (int64_t i = capacity; i < wanted; ++i) grown->items()[i] = Value::absent();
    grown->written();
    unpickler->memo_.set(unpickler, grown);
  }
  if (unpickler->memo_->at(number).is_absent()) ++unpickler->memo_count_;
  unpickler->memo_->set(number, object);
  return {};
}

// --- proxies

namespace {

Result<Pickler*> pickler_of(Thread& thread, Pickler* proxy) {
  if (!is<Pickler>(proxy->owner_.get())) return thread.raise<TypeError>("not a memo of a Pickler");
  return cast<Pickler>(proxy->owner_.get());
}
Result<Unpickler*> unpickler_of(Thread& thread, Unpickler* proxy) {
  if (!is<Unpickler>(proxy->owner_.get())) return thread.raise<TypeError>("not a memo of an Unpickler");
  return cast<Unpickler>(proxy->owner_.get());
}

Result<void> pickler_memo_clear(Thread& thread, Pickler* proxy) {
  memo_clear(TRY(pickler_of(thread, proxy)));
  return {};
}
Result<Value> pickler_memo_copy(Thread& thread, Pickler* proxy) {
  return memo_to_dict(thread, TRY(pickler_of(thread, proxy)));
}

Result<void> unpickler_memo_clear(Thread& thread, Unpickler* proxy) {
  Unpickler* unpickler = TRY(unpickler_of(thread, proxy));
  unpickler->memo_.set(unpickler, nullptr);
  unpickler->memo_count_ = 0;
  return {};
}
Result<Value> unpickler_memo_copy(Thread& thread, Unpickler* proxy) {
  Unpickler* unpickler = TRY(unpickler_of(thread, proxy));
  Dict* dict = TRY(make_dict(thread, unpickler->memo_count_));
  Array* memo = unpickler->memo_.get();
  for (int64_t i = 0; memo != nullptr && i < memo->length(); ++i)
    if (!memo->at(i).is_absent()) TRY(dict_set(thread, dict, Value::from_int(i), memo->at(i)));
  return to_value(dict);
}

template <auto Copy, typename T>
Result<Value> memo_reduce(Thread& thread, T* proxy) {
  Value contents = TRY(Copy(thread, proxy));
  return make_pair(thread, to_value(thread.runtime().type(Kind::Dict)), to_value(Tuple::of(thread.heap(), contents)));
}

constexpr NativeMethod kPicklerMemoMethods[] = {
    method<pickler_memo_clear>("clear($self, /)", "Remove all items from memo."),
    method<pickler_memo_copy>("copy($self, /)", "Copy the memo to a new object."),
    method<memo_reduce<&pickler_memo_copy, Pickler>>("__reduce__($self, /)", "Implement pickle support."),
};
constexpr NativeMethod kUnpicklerMemoMethods[] = {
    method<unpickler_memo_clear>("clear($self, /)", "Remove all items from memo."),
    method<unpickler_memo_copy>("copy($self, /)", "Copy the memo to a new object."),
    method<memo_reduce<&unpickler_memo_copy, Unpickler>>("__reduce__($self, /)", "Implement pickling support."),
};

}  // namespace

const TypeSpec kPicklerMemoType = {.name = "_pickle.PicklerMemoProxy",
                                   .kind = Kind::Pickler,
                                   .flags = kTypeDisallowInstantiation,
                                   .layout = [] { return layout_of<Pickler>("Pickler"); },
                                   .methods = kPicklerMemoMethods};
const TypeSpec kUnpicklerMemoType = {.name = "_pickle.UnpicklerMemoProxy",
                                     .kind = Kind::Unpickler,
                                     .flags = kTypeDisallowInstantiation,
                                     .layout = [] { return layout_of<Unpickler>("Unpickler"); },
                                     .methods = kUnpicklerMemoMethods};

}  // namespace viperine::pickle
