// SPDX-License-Identifier: MIT
// itertools.product, permutations, combinations, combinations_with_replacement.
//   a = pool (tuple; product: tuple of tuples), b = indices (Array of ints), c = cycles of permutations (Array)
//   n = length of a result, m = kFresh before the first, kRunning, or kStopped
#include "modules/itertools/itertools.h"

namespace viperine {

namespace {

enum State : int64_t { kFresh, kRunning, kStopped };

Tuple* pool_of(ItertoolsObject* self) { return static_cast<Tuple*>(self->a_.get().as_object()); }
Array* indices_of(ItertoolsObject* self) { return static_cast<Array*>(self->b_.get().as_object()); }
int64_t index_at(const Array* indices, int64_t i) { return indices->at(i).as_int(); }

Result<Array*> make_indices(Thread& thread, int64_t length) {
  Array* array = length > (int64_t{1} << 40) ? nullptr : Array::try_make(thread.heap(), length);
  if (array == nullptr) return thread.raise_memory_error();
  return array;
}

Result<Tuple*> indices_tuple(Thread& thread, const Array* indices) {
  return make_tuple(thread, std::span<const Value>(indices->items(), static_cast<size_t>(indices->length())));
}

/// The result that the indices say.
Result<Optional<Value>> selection(Thread& thread, ItertoolsObject* self) {
  const int64_t length = self->n_;
  Tuple* result = TRY(make_tuple(thread, length));
  Value* out = result->items();
  const Value *pool = pool_of(self)->items(), *indices = indices_of(self)->items();
  for (int64_t i = 0; i < length; ++i) out[i] = pool[indices[i].as_int()];
  write_barrier(result);
  return Optional<Value>(to_value(result));
}

Optional<Value> stop(ItertoolsObject* self) {
  self->m_ = kStopped;
  return {};
}

/// The state tuple with this many ints.
Result<Tuple*> state_tuple(Thread& thread, Value state, int64_t length) {
  if (!is<Tuple>(state) || cast<Tuple>(state)->length() != length) return thread.raise<ValueError>("invalid arguments");
  return cast<Tuple>(state);
}

// --- product

Result<Value> product_new(Thread& thread, Type* type, const Arguments& arguments) {
  int64_t repeat = 1;
  for (uint32_t i = 0; i < arguments.keyword_count(); ++i) {
    Str* name = as_str(thread, arguments.keywords->at(i));
    if (!name->equals("repeat")) {
      return thread.raise<TypeError>("'{}' is an invalid keyword argument for product()", name);
    }
    repeat = TRY(to_index_int64(thread, arguments.keyword_value(i)));
    if (repeat < 0) return thread.raise<ValueError>("repeat argument cannot be negative");
  }
  int64_t given = repeat == 0 ? 0 : arguments.positional_count();
  int64_t count;
  if (__builtin_mul_overflow(given, repeat, &count) || count > INT64_MAX / 16)
    return thread.raise<OverflowError>("repeat argument too large");
  Tuple* pools = TRY(make_tuple(thread, count));
  for (int64_t i = 0; i < given; ++i)
    pools->set(i, to_value(TRY(tuple_from_iterable(thread, arguments[static_cast<uint32_t>(i)]))));
  for (int64_t i = given; i < count; ++i) pools->set(i, pools->at(i - given));
  Array* indices = TRY(make_indices(thread, count));
  ItertoolsObject* self = make_itertool(thread, type);
  self->a_.set(self, to_value(pools));
  self->b_.set(self, to_value(indices));
  self->n_ = count;
  return to_value(self);
}

Result<Optional<Value>> product_result(Thread& thread, ItertoolsObject* self) {
  const int64_t length = self->n_;
  Tuple* result = TRY(make_tuple(thread, length));
  Value* out = result->items();
  const Value *pools = pool_of(self)->items(), *indices = indices_of(self)->items();
  for (int64_t i = 0; i < length; ++i) out[i] = cast<Tuple>(pools[i])->items()[indices[i].as_int()];
  write_barrier(result);
  return Optional<Value>(to_value(result));
}

Result<Optional<Value>> product_next(Thread& thread, Value value) {
  ItertoolsObject* self = self_of(value);
  Tuple* pools = pool_of(self);
  if (self->m_ == kStopped) return Optional<Value>();
  if (self->m_ == kFresh) {
    for (Value pool : pools->span())
      if (cast<Tuple>(pool)->length() == 0) return stop(self);
    self->m_ = kRunning;
    return product_result(thread, self);
  }
  Array* indices = indices_of(self);
  int64_t i = self->n_ - 1;
  for (; i >= 0; --i) {
    int64_t index = index_at(indices, i) + 1;
    bool carry = index == cast<Tuple>(pools->at(i))->length();
    indices->items()[i] = Value::from_int(carry ? 0 : index);
    if (!carry) break;
  }
  if (i < 0) return stop(self);
  return product_result(thread, self);
}

Result<Value> product_reduce(Thread& thread, ItertoolsObject* self) {
  Value type = type_value(thread, self);
  if (self->m_ == kStopped) return tuple_of(thread, type, tuple_of(thread, to_value(thread.runtime().empty_tuple())));
  if (self->m_ == kFresh) return tuple_of(thread, type, self->a_.get());
  return tuple_of(thread, type, self->a_.get(), to_value(TRY(indices_tuple(thread, indices_of(self)))));
}

Result<void> product_setstate(Thread& thread, ItertoolsObject* self, Value state) {
  Tuple* pools = pool_of(self);
  Tuple* parts = TRY(state_tuple(thread, state, pools->length()));
  for (int64_t i = 0; i < parts->length(); ++i) {
    int64_t size = cast<Tuple>(pools->at(i))->length();
    int64_t index = TRY(to_c_int64(thread, parts->at(i)));
    if (size == 0) {
      self->m_ = kStopped;
      return {};
    }
    indices_of(self)->items()[i] = Value::from_int(std::clamp<int64_t>(index, 0, size - 1));
  }
  self->m_ = kRunning;
  return {};
}

constexpr NativeMethod kProductMethods[] = {
    method<product_reduce>("__reduce__($self, /)", "Return state information for pickling."),
    method<product_setstate>("__setstate__($self, state, /)", "Set state information for unpickling."),
};

// --- combinations, with and without replacement

/// iterable, r -> pool, n; the indices are the first combination.
Result<ItertoolsObject*> new_with_pool(Thread& thread, Type* type, const NativeMethod& parameters,
                                       const Arguments& arguments) {
  BoundArguments bound;
  TRY(bind_arguments(thread, parameters, arguments, bound));
  Tuple* pool = TRY(tuple_from_iterable(thread, bound.values[0]));
  int64_t length = pool->length();
  if (!bound.values[1].is_absent() && !bound.values[1].is_none()) {
    if (parameters.required == 1 && !is_integer(bound.values[1])) return thread.raise<TypeError>("Expected int as r");
    length = TRY(to_index_int64(thread, bound.values[1]));
  }
  if (length < 0) return thread.raise<ValueError>("r must be non-negative");
  ItertoolsObject* self = make_itertool(thread, type);
  self->a_.set(self, to_value(pool));
  self->n_ = length;
  return self;
}

Result<Value> combinations_new(Thread& thread, Type* type, const Arguments& arguments) {
  static constexpr NativeMethod kSignature = signature("combinations(iterable, r)");
  ItertoolsObject* self = TRY(new_with_pool(thread, type, kSignature, arguments));
  if (self->n_ > pool_of(self)->length()) self->m_ = kStopped;
  Array* indices = TRY(make_indices(thread, self->m_ == kStopped ? 0 : self->n_));
  for (int64_t i = 0; i < indices->length(); ++i) indices->items()[i] = Value::from_int(i);
  self->b_.set(self, to_value(indices));
  return to_value(self);
}

Result<Optional<Value>> combinations_next(Thread& thread, Value value) {
  ItertoolsObject* self = self_of(value);
  if (self->m_ == kStopped) return Optional<Value>();
  if (self->m_ == kFresh) {
    self->m_ = kRunning;
    return selection(thread, self);
  }
  Array* indices = indices_of(self);
  int64_t spare = pool_of(self)->length() - self->n_;
  int64_t i = self->n_ - 1;
  while (i >= 0 && index_at(indices, i) == i + spare) --i;
  if (i < 0) return stop(self);
  int64_t index = index_at(indices, i) + 1;
  for (; i < self->n_; ++i) indices->items()[i] = Value::from_int(index++);
  return selection(thread, self);
}

Result<Value> combinations_reduce(Thread& thread, ItertoolsObject* self) {
  Value type = type_value(thread, self), length = make_int(thread.heap(), self->n_);
  if (self->m_ == kFresh) return tuple_of(thread, type, tuple_of(thread, self->a_.get(), length));
  if (self->m_ == kStopped)
    return tuple_of(thread, type, tuple_of(thread, to_value(thread.runtime().empty_tuple()), length));
  return tuple_of(thread, type, tuple_of(thread, self->a_.get(), length),
                  to_value(TRY(indices_tuple(thread, indices_of(self)))));
}

Result<void> combinations_setstate(Thread& thread, ItertoolsObject* self, Value state) {
  int64_t pool = pool_of(self)->length();
  Tuple* parts = TRY(state_tuple(thread, state, self->n_));
  if (indices_of(self)->length() != self->n_) return {};
  for (int64_t i = 0; i < self->n_; ++i) {
    int64_t index = TRY(to_c_int64(thread, parts->at(i)));
    indices_of(self)->items()[i] = Value::from_int(std::max<int64_t>(std::min(index, i + pool - self->n_), 0));
  }
  self->m_ = kRunning;
  return {};
}

constexpr NativeMethod kCombinationsMethods[] = {
    method<combinations_reduce>("__reduce__($self, /)", "Return state information for pickling."),
    method<combinations_setstate>("__setstate__($self, state, /)", "Set state information for unpickling."),
};

Result<Value> replacement_new(Thread& thread, Type* type, const Arguments& arguments) {
  static constexpr NativeMethod kSignature = signature("combinations_with_replacement(iterable, r)");
  ItertoolsObject* self = TRY(new_with_pool(thread, type, kSignature, arguments));
  Array* indices = TRY(make_indices(thread, self->n_));
  self->b_.set(self, to_value(indices));
  if (pool_of(self)->length() == 0 && self->n_ > 0) self->m_ = kStopped;
  return to_value(self);
}

Result<Optional<Value>> replacement_next(Thread& thread, Value value) {
  ItertoolsObject* self = self_of(value);
  if (self->m_ == kStopped) return Optional<Value>();
  if (self->m_ == kFresh) {
    self->m_ = kRunning;
    return selection(thread, self);
  }
  Array* indices = indices_of(self);
  int64_t last = pool_of(self)->length() - 1;
  int64_t i = self->n_ - 1;
  while (i >= 0 && index_at(indices, i) == last) --i;
  if (i < 0) return stop(self);
  int64_t index = index_at(indices, i) + 1;
  for (; i < self->n_; ++i) indices->items()[i] = Value::from_int(index);
  return selection(thread, self);
}

Result<void> replacement_setstate(Thread& thread, ItertoolsObject* self, Value state) {
  int64_t pool = pool_of(self)->length();
  Tuple* parts = TRY(state_tuple(thread, state, self->n_));
  for (int64_t i = 0; i < self->n_; ++i) {
    int64_t index = TRY(to_c_int64(thread, parts->at(i)));
    indices_of(self)->items()[i] = Value::from_int(std::max<int64_t>(std::min(index, pool - 1), 0));
  }
  if (pool > 0 || self->n_ == 0) self->m_ = kRunning;
  return {};
}

constexpr NativeMethod kReplacementMethods[] = {
    method<combinations_reduce>("__reduce__($self, /)", "Return state information for pickling."),
    method<replacement_setstate>("__setstate__($self, state, /)", "Set state information for unpickling."),
};

// --- permutations

Array* cycles_of(ItertoolsObject* self) { return static_cast<Array*>(self->c_.get().as_object()); }

Result<Value> permutations_new(Thread& thread, Type* type, const Arguments& arguments) {
  static constexpr NativeMethod kSignature = signature("permutations(iterable, r=None)");
  ItertoolsObject* self = TRY(new_with_pool(thread, type, kSignature, arguments));
  int64_t pool = pool_of(self)->length();
  Array* indices = TRY(make_indices(thread, pool));
  self->b_.set(self, to_value(indices));
  for (int64_t i = 0; i < pool; ++i) indices->items()[i] = Value::from_int(i);
  if (self->n_ > pool) self->m_ = kStopped;
  Array* cycles = TRY(make_indices(thread, self->m_ == kStopped ? 0 : self->n_));
  self->c_.set(self, to_value(cycles));
  for (int64_t i = 0; i < cycles->length(); ++i) cycles->items()[i] = Value::from_int(pool - i);
  return to_value(self);
}

Result<Optional<Value>> permutations_next(Thread& thread, Value value) {
  ItertoolsObject* self = self_of(value);
  if (self->m_ == kStopped) return Optional<Value>();
  if (self->m_ == kFresh) {
    self->m_ = kRunning;
    return selection(thread, self);
  }
  int64_t pool = pool_of(self)->length();
  if (pool == 0) return stop(self);
  Value* indices = indices_of(self)->items();
  Value* cycles = cycles_of(self)->items();
  for (int64_t i = self->n_ - 1; i >= 0; --i) {
    int64_t cycle = cycles[i].as_int() - 1;
    cycles[i] = Value::from_int(cycle);
    if (cycle == 0) {
      std::rotate(indices + i, indices + i + 1, indices + pool);
      cycles[i] = Value::from_int(pool - i);
      continue;
    }
    std::swap(indices[i], indices[pool - cycle]);
    return selection(thread, self);
  }
  return stop(self);
}

Result<Value> permutations_reduce(Thread& thread, ItertoolsObject* self) {
  Value type = type_value(thread, self), length = make_int(thread.heap(), self->n_);
  if (self->m_ == kFresh) return tuple_of(thread, type, tuple_of(thread, self->a_.get(), length));
  if (self->m_ == kStopped)
    return tuple_of(thread, type, tuple_of(thread, to_value(thread.runtime().empty_tuple()), length));
  Tuple* indices = TRY(indices_tuple(thread, indices_of(self)));
  Tuple* cycles = TRY(indices_tuple(thread, cycles_of(self)));
  return tuple_of(thread, type, tuple_of(thread, self->a_.get(), length),
                  tuple_of(thread, to_value(indices), to_value(cycles)));
}

Result<void> permutations_setstate(Thread& thread, ItertoolsObject* self, Value state) {
  if (!is<Tuple>(state) || cast<Tuple>(state)->length() != 2) return thread.raise<ValueError>("invalid arguments");
  int64_t pool = pool_of(self)->length();
  Tuple* indices = TRY(state_tuple(thread, cast<Tuple>(state)->at(0), pool));
  Tuple* cycles = TRY(state_tuple(thread, cast<Tuple>(state)->at(1), self->n_));
  if (cycles_of(self)->length() != self->n_) return {};
  for (int64_t i = 0; i < pool; ++i) {
    int64_t index = TRY(to_c_int64(thread, indices->at(i)));
    indices_of(self)->items()[i] = Value::from_int(std::clamp<int64_t>(index, 0, pool - 1));
  }
  for (int64_t i = 0; i < self->n_; ++i) {
    int64_t cycle = TRY(to_c_int64(thread, cycles->at(i)));
    cycles_of(self)->items()[i] = Value::from_int(std::clamp<int64_t>(cycle, 1, pool - i));
  }
  self->m_ = kRunning;
  return {};
}

constexpr NativeMethod kPermutationsMethods[] = {
    method<permutations_reduce>("__reduce__($self, /)", "Return state information for pickling."),
    method<permutations_setstate>("__setstate__($self, state, /)", "Set state information for unpickling."),
};

}  // namespace

constinit const TypeSpec kProductType = itertool("itertools.product", product_new, product_next, kProductMethods,
                                                 "product(*iterables, repeat=1) --> product object\n\nCartesian "
                                                 "product of input iterables.  Equivalent to nested for-loops.");
constinit const TypeSpec kCombinationsType =
    itertool("itertools.combinations", combinations_new, combinations_next, kCombinationsMethods,
             "Return successive r-length combinations of elements in the iterable.\n\ncombinations(range(4), 3) --> "
             "(0,1,2), (0,1,3), (0,2,3), (1,2,3)");
constinit const TypeSpec kCombinationsWithReplacementType = itertool(
    "itertools.combinations_with_replacement", replacement_new, replacement_next, kReplacementMethods,
    "Return successive r-length combinations of elements in the iterable allowing individual elements to have "
    "successive repeats.\n\n"
    "combinations_with_replacement('ABC', 2) --> ('A','A'), ('A','B'), ('A','C'), ('B','B'), ('B','C'), ('C','C')");
constinit const TypeSpec kPermutationsType =
    itertool("itertools.permutations", permutations_new, permutations_next, kPermutationsMethods,
             "Return successive r-length permutations of elements in the iterable.\n\npermutations(range(3), 2) --> "
             "(0,1), (0,2), (1,0), (1,2), (2,0), (2,1)");

}  // namespace viperine
