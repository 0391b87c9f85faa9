// SPDX-License-Identifier: MIT
// functools._lru_cache_wrapper: a dict from argument keys to results; the dict's order is the order of use when the
// size is limited.
#include "modules/collections/collections.h"
#include "modules/functools/functools.h"
#include "objects/dict_table.h"

namespace viperine {

namespace {

class LruCache final : public HeapObject {
 public:
  static constexpr Kind kKind = Kind::LruCache;
  Slot<Value> function_, info_type_, mark_;   // mark: stands between positional and keyword arguments in keys
  Slot<Dict> results_;
  int64_t maximum_;   // -1: no limit
  int64_t hits_, misses_;
  int64_t typed_;
  LAYOUT(LruCache, HeapObject, function_, info_type_, mark_, results_, maximum_, hits_, misses_, typed_);
};

LruCache* self_cache(Value self) { return static_cast<LruCache*>(self.as_object()); }

Result<Value> cache_new(Thread& thread, Type* type, const Arguments& arguments) {
  static constexpr NativeMethod kSignature = signature("lru_cache(user_function, maxsize, typed, cache_info_type)");
  BoundArguments bound;
  TRY(bind_arguments(thread, kSignature, arguments, bound));
  if (!is_callable(thread, bound.values[0])) return thread.raise<TypeError>("the first argument must be callable");
  int64_t maximum = -1;
  if (!bound.values[1].is_none()) {
    if (type_of(thread, bound.values[1])->slots().to_index == nullptr)
      return thread.raise<TypeError>("maxsize should be integer or None");
    maximum = std::max<int64_t>(TRY(to_index_int64(thread, bound.values[1])), 0);
  }
  bool typed = TRY(is_true(thread, bound.values[2]));
  Value mark = TRY(call(thread, to_value(thread.runtime().object_type())));
  auto* self = make_instance<LruCache>(thread, type);
  self->function_.set(self, bound.values[0]);
  self->info_type_.set(self, bound.values[3]);
  self->mark_.set(self, mark);
  self->results_.set(self, Dict::make(thread.heap()));
  self->maximum_ = maximum;
  self->typed_ = typed;
  return to_value(self);
}

/// One argument that is an int or a str stands for itself; everything else is a tuple.
Result<Value> make_key(Thread& thread, LruCache* self, const Arguments& arguments) {
  uint32_t positional = arguments.positional_count(), keywords = arguments.keyword_count();
  if (!self->typed_ && keywords == 0 && positional == 1) {
    Value only = arguments[0];
    if (only.is_int() || is_exact<BigInt>(only) || is_exact<Str>(only) || has_kind(only, Kind::Rope)) return only;
  }
  uint32_t length = positional + (keywords > 0 ? 1 + 2 * keywords : 0);
  Tuple* key = TRY(make_tuple(thread, int64_t{length} + (self->typed_ ? arguments.count : 0)));
  std::copy_n(arguments.values, positional, key->items());
  uint32_t at = positional;
  if (keywords > 0) key->items()[at++] = self->mark_.get();
  for (uint32_t i = 0; i < keywords; ++i) {
    key->items()[at++] = arguments.keywords->at(i);
    key->items()[at++] = arguments.keyword_value(i);
  }
  if (self->typed_)
    for (uint32_t i = 0; i < arguments.count; ++i) key->items()[at++] = to_value(type_of(thread, arguments.values[i]));
  write_barrier(key);
  return to_value(key);
}

/// The entry becomes the most recently used.
Result<void> renew(Thread& thread, Dict* dict, uint32_t entry) {
  DictTable* table = dict->table();
  if (entry == table->used() - 1) return {};
  Value key = table->key(entry), value = table->value(entry);
  uint64_t placement = placement_of_entry(thread.heap(), table, entry);
  dict_delete_entry(thread.heap(), dict, entry);
  if (!dict_reserve(thread.heap(), dict, has_cheap_hash(key))) return thread.raise_memory_error();
  dict_add_new(thread.heap(), dict, key, placement, value);
  return {};
}

Result<Value> cache_call(Thread& thread, Value value, const Arguments& arguments) {
  LruCache* self = self_cache(value);
  if (self->maximum_ == 0) {
    ++self->misses_;
    return call(thread, self->function_.get(), arguments);
  }
  Value key = TRY(make_key(thread, self, arguments));
  Dict* results = self->results_.get();
  int64_t entry = TRY(dict_entry_of(thread, results, key));
  if (entry >= 0) {
    ++self->hits_;
    Value result = results->table()->value(static_cast<uint32_t>(entry));
    if (self->maximum_ > 0) TRY(renew(thread, results, static_cast<uint32_t>(entry)));
    return result;
  }
  ++self->misses_;
  Value result = TRY(call(thread, self->function_.get(), arguments));
  results = self->results_.get();
  if (self->maximum_ > 0) {
    // The call may have put it there itself.
    if (TRY(dict_entry_of(thread, results, key)) >= 0) return result;
    if (results->length() >= self->maximum_) dict_pop_first(thread, results);
  }
  TRY(dict_set(thread, results, key, result));
  return result;
}

Result<Value> cache_bind(Thread& thread, Value self, Value object, Value) {
  if (object.is_absent() || object.is_none()) return self;
  return to_value(BoundMethod::make(thread.heap(), self, object));
}

Result<Value> cache_info(Thread& thread, LruCache* self) {
  Heap& heap = thread.heap();
  Value maximum = self->maximum_ < 0 ? Value::none() : make_int(heap, self->maximum_);
  return call(thread, self->info_type_.get(), make_int(heap, self->hits_), make_int(heap, self->misses_), maximum,
              make_int(heap, self->results_->length()));
}

Result<void> cache_clear(Thread&, LruCache* self) {
  self->hits_ = self->misses_ = 0;
  self->results_->clear();
  return {};
}

Result<Value> cache_reduce(Thread& thread, LruCache* self) {
  return get_attribute(thread, to_value(self), thread.names().__qualname__);
}
Value cache_self(Thread&, Value self) { return self; }
Value cache_deepcopy(Thread&, Value self, Value) { return self; }

constexpr NativeMethod kMethods[] = {
    method<cache_info>("cache_info($self, /)", "Report cache statistics"),
    method<cache_clear>("cache_clear($self, /)", "Clear the cache and cache statistics"),
    method<cache_reduce>("__reduce__($self, /)"),
    method<cache_self>("__copy__($self, /)"),
    method<cache_deepcopy>("__deepcopy__($self, memo, /)"),
};

}  // namespace

constinit const TypeSpec kLruCacheType = {
    .name = "functools._lru_cache_wrapper",
    .kind = Kind::LruCache,
    .flags = kTypeBase | kTypeHasDict | kTypeHasWeakrefs,
    .layout = [] { return layout_of<LruCache>("lru_cache"); },
    .slots = {.call = cache_call, .new_ = cache_new, .descriptor_get = cache_bind},
    .methods = kMethods,
    .doc =
        "Create a cached callable that wraps another function.\n\nuser_function:      the function being cached\n\n"
        "maxsize:  0         for no caching\n          None      for unlimited cache size\n          n         for a "
        "bounded cache\n\n"
        "typed:    False     cache f(3) and f(3.0) as identical calls\n          True      cache f(3) and f(3.0) as "
        "distinct calls\n\n"
        "cache_info_type:    namedtuple class with the fields:\n                        hits misses currsize maxsize\n",
};

}  // namespace viperine
