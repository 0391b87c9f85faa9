// SPDX-License-Identifier: MIT
// itertools: the module, and the iterators that pass items of others on: chain, islice, starmap, takewhile, ... and
// accumulate, compress, pairwise, zip_longest. Endless ones are in endless.cpp, combinatoric ones in combinatorics.cpp,
// groupby and tee in groups.cpp.
#include "modules/itertools/itertools.h"

namespace viperine {

Result<void> refuse_itertool_keywords(Thread& thread, Type* type, const TypeSpec& spec, const Arguments& arguments) {
  if (!refuses_keywords(thread, type, arguments)) return {};
  std::string_view name = spec.name;
  return thread.raise<TypeError>("{}() takes no keyword arguments", name.substr(name.rfind('.') + 1));
}

Result<Value> itertools_type(Thread& thread, std::string_view name) {
  Optional<Value> module = TRY(dict_find(thread, thread.runtime().modules(), to_value(intern(thread, "itertools"))));
  if (!module) return thread.raise<RuntimeError>("itertools is not imported");
  return get_attribute(thread, *module, name);
}

namespace {

Raised raise_no_tuple(Thread& thread) { return thread.raise<TypeError>("state is not a tuple"); }

Result<void> exact_count(Thread& thread, const Arguments& arguments, const char* name, uint32_t count) {
  if (arguments.positional_count() == count) return {};
  return thread.raise<TypeError>("{} expected {} arguments, got {}", name, count, arguments.positional_count());
}

// --- accumulate: a = total, b = iterator, c = function or None, d = initial or None

Result<Value> accumulate_new(Thread& thread, Type* type, const Arguments& arguments) {
  static constexpr NativeMethod kSignature = signature("accumulate(iterable, func=None, *, initial=None)");
  BoundArguments bound;
  TRY(bind_arguments(thread, kSignature, arguments, bound));
  Value iterator = TRY(iterate(thread, bound.values[0]));
  ItertoolsObject* self = make_itertool(thread, type);
  self->b_.set(self, iterator);
  self->c_.set(self, bound.values[1]);
  self->d_.set(self, bound.values[2]);
  return to_value(self);
}

Result<Optional<Value>> accumulate_next(Thread& thread, Value value) {
  ItertoolsObject* self = self_of(value);
  Value initial = self->d_.get();
  if (!initial.is_none()) {
    self->a_.set(self, initial);
    self->d_.set(self, Value::none());
    return Optional<Value>(initial);
  }
  Optional<Value> item = TRY(next(thread, self->b_.get()));
  if (!item) return item;
  Value total = *item;
  if (!self->a_.get().is_absent())
    total = self->c_.get().is_none() ? TRY(binary_operation(thread, BinaryOperator::Add, self->a_.get(), *item))
                                     : TRY(call(thread, self->c_.get(), self->a_.get(), *item));
  self->a_.set(self, total);
  return Optional<Value>(total);
}

Result<Value> accumulate_reduce(Thread& thread, ItertoolsObject* self) {
  Value function = self->c_.get(), total = self->a_.get(), type = type_value(thread, self);
  if (!self->d_.get().is_none()) {
    Value chain = TRY(itertools_type(thread, "chain"));
    Value joined = TRY(call(thread, chain, tuple_of(thread, self->d_.get()), self->b_.get()));
    return tuple_of(thread, type, tuple_of(thread, joined, function), Value::none());
  }
  if (total.is_none()) {
    Value chain = TRY(itertools_type(thread, "chain"));
    Value joined = TRY(call(thread, chain, tuple_of(thread, total), self->b_.get()));
    Value inner = TRY(call(thread, type, joined, function));
    return tuple_of(thread, TRY(itertools_type(thread, "islice")),
                    tuple_of(thread, inner, Value::from_int(1), Value::none()));
  }
  return tuple_of(thread, type, tuple_of(thread, self->b_.get(), function), total.is_absent() ? Value::none() : total);
}

Result<void> accumulate_setstate(Thread&, ItertoolsObject* self, Value state) {
  self->a_.set(self, state);
  return {};
}

constexpr NativeMethod kAccumulateMethods[] = {
    method<accumulate_reduce>("__reduce__($self, /)", "Return state information for pickling."),
    method<accumulate_setstate>("__setstate__($self, state, /)", "Set state information for unpickling."),
};

// --- chain: a = iterator of iterables (absent at the end), b = iterator in use or absent

Result<Value> chain_of(Thread& thread, Type* type, Value iterator) {
  ItertoolsObject* self = make_itertool(thread, type);
  self->a_.set(self, iterator);
  return to_value(self);
}

Result<Value> chain_new(Thread& thread, Type* type, const Arguments& arguments) {
  TRY(refuse_itertool_keywords(thread, type, kChainType, arguments));
  Tuple* iterables = TRY(make_tuple(thread, arguments.positional()));
  return chain_of(thread, type, TRY(iterate(thread, to_value(iterables))));
}

Result<Value> chain_from_iterable(Thread& thread, Type* type, Value iterable) {
  return chain_of(thread, type, TRY(iterate(thread, iterable)));
}

Result<Optional<Value>> chain_next(Thread& thread, Value value) {
  ItertoolsObject* self = self_of(value);
  while (!self->a_.get().is_absent()) [[likely]] {
      if (self->b_.get().is_absent()) {
        Result<Optional<Value>> iterable = next(thread, self->a_.get());
        if (iterable.is_raised() || !iterable.take()) {
          self->a_.set(self, Value::absent());
          return iterable;
        }
        Result<Value> iterator = iterate(thread, *iterable.take());
        if (iterator.is_raised()) {
          self->a_.set(self, Value::absent());
          return Raised{};
        }
        self->b_.set(self, iterator.take());
      }
      Optional<Value> item = TRY(next(thread, self->b_.get()));
      if (item) return item;
      self->b_.set(self, Value::absent());
    }
  return Optional<Value>();
}

Result<Value> chain_reduce(Thread& thread, ItertoolsObject* self) {
  Value type = type_value(thread, self), nothing = to_value(thread.runtime().empty_tuple());
  if (self->a_.get().is_absent()) return tuple_of(thread, type, nothing);
  if (self->b_.get().is_absent()) return tuple_of(thread, type, nothing, tuple_of(thread, self->a_.get()));
  return tuple_of(thread, type, nothing, tuple_of(thread, self->a_.get(), self->b_.get()));
}

Result<void> chain_setstate(Thread& thread, ItertoolsObject* self, Value state) {
  if (!is<Tuple>(state)) return raise_no_tuple(thread);
  auto* parts = cast<Tuple>(state);
  if (parts->length() < 1 || parts->length() > 2)
    return thread.raise<TypeError>("function takes at {} {} argument{} ({} given)",
                                   parts->length() < 1 ? "least" : "most", parts->length() < 1 ? 1 : 2,
                                   parts->length() < 1 ? "" : "s", parts->length());
  for (Value part : parts->span())
    if (type_of(thread, part)->slots().next == nullptr) return thread.raise<TypeError>("Arguments must be iterators.");
  self->a_.set(self, parts->at(0));
  self->b_.set(self, parts->length() == 2 ? parts->at(1) : Value::absent());
  return {};
}

constexpr NativeMethod kChainMethods[] = {
    method<chain_from_iterable>(
        "from_iterable($type, iterable, /)",
        "Alternative chain() constructor taking a single iterable argument that evaluates lazily."),
    method<class_getitem>("__class_getitem__($type, item, /)", "See PEP 585"),
    method<chain_reduce>("__reduce__($self, /)", "Return state information for pickling."),
    method<chain_setstate>("__setstate__($self, state, /)", "Set state information for unpickling."),
};

// --- compress: a = data, b = selectors

Result<Value> compress_new(Thread& thread, Type* type, const Arguments& arguments) {
  static constexpr NativeMethod kSignature = signature("compress(data, selectors)");
  BoundArguments bound;
  TRY(bind_arguments(thread, kSignature, arguments, bound));
  Value data = TRY(iterate(thread, bound.values[0]));
  Value selectors = TRY(iterate(thread, bound.values[1]));
  ItertoolsObject* self = make_itertool(thread, type);
  self->a_.set(self, data);
  self->b_.set(self, selectors);
  return to_value(self);
}

Result<Optional<Value>> compress_next(Thread& thread, Value value) {
  ItertoolsObject* self = self_of(value);
  for (;;) {
    Optional<Value> item = TRY(next(thread, self->a_.get()));
    if (!item) return item;
    Optional<Value> selector = TRY(next(thread, self->b_.get()));
    if (!selector) return selector;
    if (TRY(is_true(thread, *selector))) return item;
  }
}

/// (type, (a, b)).
Result<Value> reduce_two(Thread& thread, ItertoolsObject* self) {
  return tuple_of(thread, type_value(thread, self), tuple_of(thread, self->a_.get(), self->b_.get()));
}

constexpr NativeMethod kReduceTwoMethods[] = {
    method<reduce_two>("__reduce__($self, /)", "Return state information for pickling."),
};

// --- dropwhile, takewhile, filterfalse, starmap: a = function, b = iterator; n = started or stopped

Result<Value> new_with_function(Thread& thread, Type* type, const TypeSpec& spec, const char* name,
                                const Arguments& arguments) {
  TRY(refuse_itertool_keywords(thread, type, spec, arguments));
  TRY(exact_count(thread, arguments, name, 2));
  Value iterator = TRY(iterate(thread, arguments[1]));
  ItertoolsObject* self = make_itertool(thread, type);
  self->a_.set(self, arguments[0]);
  self->b_.set(self, iterator);
  return to_value(self);
}

Result<Value> dropwhile_new(Thread& thread, Type* type, const Arguments& arguments) {
  return new_with_function(thread, type, kDropWhileType, "dropwhile", arguments);
}
Result<Value> takewhile_new(Thread& thread, Type* type, const Arguments& arguments) {
  return new_with_function(thread, type, kTakeWhileType, "takewhile", arguments);
}
Result<Value> filterfalse_new(Thread& thread, Type* type, const Arguments& arguments) {
  return new_with_function(thread, type, kFilterFalseType, "filterfalse", arguments);
}
Result<Value> starmap_new(Thread& thread, Type* type, const Arguments& arguments) {
  return new_with_function(thread, type, kStarMapType, "starmap", arguments);
}

Result<Optional<Value>> dropwhile_next(Thread& thread, Value value) {
  ItertoolsObject* self = self_of(value);
  for (;;) {
    Optional<Value> item = TRY(next(thread, self->b_.get()));
    if (!item || self->n_) return item;
    if (TRY(is_true(thread, TRY(call(thread, self->a_.get(), *item))))) continue;
    self->n_ = 1;
    return item;
  }
}

Result<Optional<Value>> takewhile_next(Thread& thread, Value value) {
  ItertoolsObject* self = self_of(value);
  if (self->n_) return Optional<Value>();
  Optional<Value> item = TRY(next(thread, self->b_.get()));
  if (!item) return item;
  if (TRY(is_true(thread, TRY(call(thread, self->a_.get(), *item))))) return item;
  self->n_ = 1;
  return Optional<Value>();
}

Result<Optional<Value>> filterfalse_next(Thread& thread, Value value) {
  ItertoolsObject* self = self_of(value);
  Value function = self->a_.get();
  bool by_truth = function.is_none() || function == to_value(thread.runtime().type(Kind::Bool));
  for (;;) {
    Optional<Value> item = TRY(next(thread, self->b_.get()));
    if (!item) return item;
    Value verdict = by_truth ? *item : TRY(call(thread, function, *item));
    if (!TRY(is_true(thread, verdict))) return item;
  }
}

Result<Optional<Value>> starmap_next(Thread& thread, Value value) {
  ItertoolsObject* self = self_of(value);
  Optional<Value> item = TRY(next(thread, self->b_.get()));
  if (!item) return item;
  Tuple* arguments = is<Tuple>(*item) ? cast<Tuple>(*item) : TRY(tuple_from_iterable(thread, *item));
  return Optional<Value>(TRY(call(thread, self->a_.get(),
                                  Arguments{arguments->items(), static_cast<uint32_t>(arguments->length()), nullptr})));
}

Result<Value> reduce_with_flag(Thread& thread, ItertoolsObject* self) {
  return tuple_of(thread, type_value(thread, self), tuple_of(thread, self->a_.get(), self->b_.get()),
                  Value::from_int(self->n_));
}

Result<void> setstate_flag(Thread&, ItertoolsObject* self, bool state) {
  self->n_ = state;
  return {};
}

constexpr NativeMethod kFlagMethods[] = {
    method<reduce_with_flag>("__reduce__($self, /)", "Return state information for pickling."),
    method<setstate_flag>("__setstate__($self, state, /)", "Set state information for unpickling."),
};

// --- islice: a = iterator (absent at the end); n = next position wanted, m = stop or -1, k = step, l = position of the
// iterator

/// None: `fallback`; otherwise a position, -1 when it is no valid one.
Result<int64_t> islice_position(Thread& thread, Value value, int64_t fallback) {
  if (value.is_none()) return fallback;
  Result<int64_t> position = to_index_int64(thread, value);
  if (!position.is_raised()) return position.take() < 0 ? -1 : position.take();
  thread.clear_pending();
  return -1;
}

Result<Value> islice_new(Thread& thread, Type* type, const Arguments& arguments) {
  TRY(refuse_itertool_keywords(thread, type, kISliceType, arguments));
  uint32_t count = arguments.positional_count();
  if (count < 2) return thread.raise<TypeError>("islice expected at least 2 arguments, got {}", count);
  if (count > 4) return thread.raise<TypeError>("islice expected at most 4 arguments, got {}", count);
  int64_t start = 0, stop = -1, step = 1;
  Value stop_value = arguments[count == 2 ? 1 : 2];
  if (count == 2) {
    stop = TRY(islice_position(thread, stop_value, -1));
    if (stop < 0 && !stop_value.is_none())
      return thread.raise<ValueError>("Stop argument for islice() must be None or an integer: 0 <= x <= sys.maxsize.");
  } else {
    start = TRY(islice_position(thread, arguments[1], 0));
    stop = TRY(islice_position(thread, stop_value, -1));
    if (stop < 0 && !stop_value.is_none())
      return thread.raise<ValueError>("Stop argument for islice() must be None or an integer: 0 <= x <= sys.maxsize.");
    if (start < 0)
      return thread.raise<ValueError>("Indices for islice() must be None or an integer: 0 <= x <= sys.maxsize.");
  }
  if (count == 4) step = TRY(islice_position(thread, arguments[3], 1));
  if (step < 1) return thread.raise<ValueError>("Step for islice() must be a positive integer or None.");
  Value iterator = TRY(iterate(thread, arguments[0]));
  ItertoolsObject* self = make_itertool(thread, type);
  self->a_.set(self, iterator);
  self->n_ = start, self->m_ = stop, self->k_ = step;
  return to_value(self);
}

Result<Optional<Value>> islice_next(Thread& thread, Value value) {
  ItertoolsObject* self = self_of(value);
  if (self->a_.get().is_absent()) return Optional<Value>();
  Value iterator = self->a_.get();
  auto end = [&] {
    self->a_.set(self, Value::absent());
    return Optional<Value>();
  };
  while (self->l_ < self->n_) {
    if (!TRY(next(thread, iterator))) return end();
    ++self->l_;
  }
  if (self->m_ != -1 && self->l_ >= self->m_) return end();
  Optional<Value> item = TRY(next(thread, iterator));
  if (!item) return end();
  ++self->l_;
  int64_t wanted;
  if (__builtin_add_overflow(self->n_, self->k_, &wanted) || (self->m_ != -1 && wanted > self->m_))
    wanted = self->m_ == -1 ? INT64_MAX : self->m_;
  self->n_ = wanted;
  return item;
}

Result<Value> islice_reduce(Thread& thread, ItertoolsObject* self) {
  Value type = type_value(thread, self);
  if (self->a_.get().is_absent()) {
    Value empty = TRY(iterate(thread, to_value(List::make(thread.heap()))));
    return tuple_of(thread, type, tuple_of(thread, empty, Value::from_int(0)), Value::from_int(0));
  }
  Heap& heap = thread.heap();
  Value stop = self->m_ == -1 ? Value::none() : make_int(heap, self->m_);
  return tuple_of(thread, type,
                  tuple_of(thread, self->a_.get(), make_int(heap, self->n_), stop, make_int(heap, self->k_)),
                  make_int(heap, self->l_));
}

Result<void> islice_setstate(Thread& thread, ItertoolsObject* self, Value state) {
  self->l_ = TRY(to_c_int64(thread, state));
  return {};
}

constexpr NativeMethod kISliceMethods[] = {
    method<islice_reduce>("__reduce__($self, /)", "Return state information for pickling."),
    method<islice_setstate>("__setstate__($self, state, /)", "Set state information for unpickling."),
};

// --- pairwise: a = iterator (absent at the end), b = the item before

Result<Value> pairwise_new(Thread& thread, Type* type, const Arguments& arguments) {
  TRY(refuse_itertool_keywords(thread, type, kPairwiseType, arguments));
  if (arguments.positional_count() != 1)
    return thread.raise<TypeError>("pairwise expected 1 argument, got {}", arguments.positional_count());
  Value iterator = TRY(iterate(thread, arguments[0]));
  ItertoolsObject* self = make_itertool(thread, type);
  self->a_.set(self, iterator);
  return to_value(self);
}

Result<Optional<Value>> pairwise_next(Thread& thread, Value value) {
  ItertoolsObject* self = self_of(value);
  if (self->a_.get().is_absent()) return Optional<Value>();
  auto step = [&]() -> Result<Optional<Value>> {
    Result<Optional<Value>> item = next(thread, self->a_.get());
    if (item.is_raised() || !item.take()) {
      self->a_.set(self, Value::absent());
      self->b_.set(self, Value::absent());
    }
    return item;
  };
  if (self->b_.get().is_absent()) {
    Optional<Value> first = TRY(step());
    if (!first) return first;
    self->b_.set(self, *first);
    if (self->a_.get().is_absent()) return Optional<Value>();
  }
  Value before = self->b_.get();
  Optional<Value> item = TRY(step());
  if (!item) return item;
  self->b_.set(self, *item);
  return Optional<Value>(make_pair(thread, before, *item));
}

// --- zip_longest: a = list of iterators (None when exhausted), b = fill value; n = how many are left

Result<Value> zip_longest_new(Thread& thread, Type* type, const Arguments& arguments) {
  Value fill = Value::none();
  for (uint32_t i = 0; i < arguments.keyword_count(); ++i) {
    if (!as_str(thread, arguments.keywords->at(i))->equals("fillvalue")) {
      return thread.raise<TypeError>("zip_longest() got an unexpected keyword argument");
    }
    fill = arguments.keyword_value(i);
  }
  List* iterators = TRY(make_list(thread, {}));
  for (Value iterable : arguments.positional())
    TRY(list_append_value(thread, iterators, TRY(iterate(thread, iterable))));
  ItertoolsObject* self = make_itertool(thread, type);
  self->a_.set(self, to_value(iterators));
  self->b_.set(self, fill);
  self->n_ = iterators->length();
  return to_value(self);
}

Result<Optional<Value>> zip_longest_next(Thread& thread, Value value) {
  ItertoolsObject* self = self_of(value);
  auto* iterators = cast<List>(self->a_.get());
  int64_t count = iterators->length();
  if (count == 0 || self->n_ == 0) return Optional<Value>();
  Tuple* result = TRY(make_tuple(thread, count));
  for (int64_t i = 0; i < count; ++i) {
    Optional<Value> item;
    if (!iterators->at(i).is_none()) {
      Result<Optional<Value>> answer = next(thread, iterators->at(i));
      if (answer.is_raised()) {
        self->n_ = 0;
        return Raised{};
      }
      item = answer.take();
      if (!item) {
        if (--self->n_ <= 0) return Optional<Value>();
        iterators->set(i, Value::none());
      }
    }
    result->set(i, item.value_or(self->b_.get()));
  }
  return Optional<Value>(to_value(result));
}

Result<Value> zip_longest_reduce(Thread& thread, ItertoolsObject* self) {
  auto* iterators = cast<List>(self->a_.get());
  Tuple* arguments = TRY(make_tuple(thread, iterators->length()));
  for (int64_t i = 0; i < iterators->length(); ++i)
    arguments->set(i, iterators->at(i).is_none() ? to_value(thread.runtime().empty_tuple()) : iterators->at(i));
  return tuple_of(thread, type_value(thread, self), to_value(arguments), self->b_.get());
}

Result<void> zip_longest_setstate(Thread&, ItertoolsObject* self, Value state) {
  self->b_.set(self, state);
  return {};
}

constexpr NativeMethod kZipLongestMethods[] = {
    method<zip_longest_reduce>("__reduce__($self, /)", "Return state information for pickling."),
    method<zip_longest_setstate>("__setstate__($self, state, /)", "Set state information for unpickling."),
};

// --- the module

constexpr NativeMethod kFunctions[] = {
    function<itertools_tee>("tee(iterable, n=2, /)", "Returns a tuple of n independent iterators."),
};

Result<void> initialize_itertools(Thread& thread, Module* module) {
  for (const TypeSpec* spec : {&kAccumulateType, &kCombinationsType, &kCombinationsWithReplacementType,
                               &kCycleType,      &kDropWhileType,    &kTakeWhileType,
                               &kISliceType,     &kStarMapType,      &kChainType,
                               &kCompressType,   &kFilterFalseType,  &kCountType,
                               &kZipLongestType, &kPairwiseType,     &kPermutationsType,
                               &kProductType,    &kRepeatType,       &kGroupByType,
                               &kGrouperType,    &kTeeType,          &kTeeDataType})
    TRY(add_type(thread, module, *spec));
  return {};
}

}  // namespace

constinit const TypeSpec kAccumulateType =
    itertool("itertools.accumulate", accumulate_new, accumulate_next, kAccumulateMethods,
             "Return series of accumulated sums (or other binary function results).");
constinit const TypeSpec kChainType =
    itertool("itertools.chain", chain_new, chain_next, kChainMethods,
             "chain(*iterables) --> chain object\n\nReturn a chain object whose .__next__() method "
             "returns elements from the\nfirst iterable until it is exhausted, then elements from "
             "the next\niterable, until all of the iterables are exhausted.");
constinit const TypeSpec kCompressType = itertool("itertools.compress", compress_new, compress_next, kReduceTwoMethods,
                                                  "Return data elements corresponding to true selector "
                                                  "elements.\n\nForms a shorter iterator from selected data elements "
                                                  "using the selectors to\nchoose the data elements.");
constinit const TypeSpec kDropWhileType =
    itertool("itertools.dropwhile", dropwhile_new, dropwhile_next, kFlagMethods,
             "Drop items from the iterable while predicate(item) is true.\n\nAfterwards, return every element until "
             "the iterable is exhausted.");
constinit const TypeSpec kTakeWhileType =
    itertool("itertools.takewhile", takewhile_new, takewhile_next, kFlagMethods,
             "Return successive entries from an iterable as long as the predicate evaluates to true for each entry.");
constinit const TypeSpec kFilterFalseType =
    itertool("itertools.filterfalse", filterfalse_new, filterfalse_next, kReduceTwoMethods,
             "Return those items of iterable for which function(item) is false.\n\nIf function is None, return the "
             "items that are false.");
constinit const TypeSpec kStarMapType = itertool("itertools.starmap", starmap_new, starmap_next, kReduceTwoMethods,
                                                 "Return an iterator whose values are returned from the function "
                                                 "evaluated with an argument tuple taken from the given sequence.");
constinit const TypeSpec kISliceType =
    itertool("itertools.islice", islice_new, islice_next, kISliceMethods,
             "islice(iterable, stop) --> islice object\nislice(iterable, start, stop[, step]) --> islice object\n\n"
             "Return an iterator whose next() method returns selected values from an\niterable.  If start is "
             "specified, will skip all "
             "preceding elements;\notherwise, start defaults to zero.  Step defaults to one.  If\nspecified as another "
             "value, step "
             "determines how many values are\nskipped between successive calls.  Works like a slice() on a list\nbut "
             "returns an iterator.");
constinit const TypeSpec kPairwiseType = itertool("itertools.pairwise", pairwise_new, pairwise_next, {},
                                                  "Return an iterator of overlapping pairs taken from the input "
                                                  "iterator.\n\n    s -> (s0,s1), (s1,s2), (s2, s3), ...");
constinit const TypeSpec kZipLongestType = itertool(
    "itertools.zip_longest", zip_longest_new, zip_longest_next, kZipLongestMethods,
    "zip_longest(iter1 [,iter2 [...]], [fillvalue=None]) --> zip_longest object\n\nReturn a zip_longest object whose "
    ".__next__() method returns a tuple where\nthe i-th element comes from the i-th iterable argument.  The "
    ".__next__()\n"
    "method continues until the longest iterable in the argument sequence\nis exhausted and then it raises "
    "StopIteration.  "
    "When the shorter iterables\nare exhausted, the fillvalue is substituted in their place.  The fillvalue\ndefaults "
    "to None "
    "or can be specified by a keyword argument.");

extern const ModuleSpec kItertoolsModule;
constinit const ModuleSpec kItertoolsModule = {
    .name = "itertools",
    .functions = kFunctions,
    .initialize = initialize_itertools,
    .doc = "Functional tools for creating and using iterators.",
};

}  // namespace viperine
