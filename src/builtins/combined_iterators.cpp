// SPDX-License-Identifier: MIT
// enumerate, zip, map, filter and callable_iterator (iter(callable, sentinel)).
//   enumerate: first = iterator, second = next number   zip: first = tuple of iterators, flag = strict
//   map: first = function, second = tuple of iterators   filter: first = function or None, second = iterator
//   callable_iterator: first = callable (int 0 once exhausted), second = sentinel
#include "builtins/iterators.h"

#include "builtins/container_support.h"

namespace viperine {

namespace {

CombinedIterator* self_iterator(Value self) { return static_cast<CombinedIterator*>(self.as_object()); }
Result<Value> iterator_self(Thread&, Value self) { return self; }

Result<Tuple*> iterators_of(Thread& thread, std::span<const Value> iterables) {
  Tuple* iterators = TRY(make_tuple(thread, static_cast<int64_t>(iterables.size())));
  for (size_t i = 0; i < iterables.size(); ++i)
    iterators->set(static_cast<int64_t>(i), TRY(iterate(thread, iterables[i])));
  return iterators;
}

// --- enumerate

Result<Value> enumerate_new(Thread& thread, Type* type, const Arguments& arguments) {
  static constexpr NativeMethod kSignature = signature("enumerate(iterable, start=0)");
  if (arguments.count == 0) return thread.raise<TypeError>("enumerate() missing required argument 'iterable'");
  BoundArguments bound;
  TRY(bind_arguments(thread, kSignature, arguments, bound));
  Value start = TRY(to_index(thread, bound.values[1]));
  Value iterator = TRY(iterate(thread, bound.values[0]));
  auto* result = make_instance<CombinedIterator>(thread, type);
  result->first_.set(result, iterator);
  result->second_.set(result, start);
  return to_value(result);
}

Result<Optional<Value>> enumerate_next(Thread& thread, Value self) {
  CombinedIterator* iterator = self_iterator(self);
  Optional<Value> item = TRY(next(thread, iterator->first_.get()));
  if (!item) return item;
  Value number = iterator->second_.get();
  Value following = number.is_int() ? make_int(thread.heap(), number.as_int() + 1)
                                    : TRY(binary_operation(thread, BinaryOperator::Add, number, Value::from_int(1)));
  iterator->second_.set(iterator, following);
  return Optional<Value>(make_pair(thread, number, *item));
}

Result<Value> enumerate_reduce(Thread& thread, CombinedIterator* self) {
  return tuple_of(thread, to_value(type_of(thread, to_value(self))),
                  tuple_of(thread, self->first_.get(), self->second_.get()));
}

constexpr NativeMethod kEnumerateMethods[] = {
    method<enumerate_reduce>("__reduce__($self, /)", "Return state information for pickling."),
    method<class_getitem>("__class_getitem__($type, item, /)", "See PEP 585"),
};

// --- zip

Result<Value> zip_new(Thread& thread, Type* type, const Arguments& arguments) {
  bool strict = false;
  for (uint32_t i = 0; i < arguments.keyword_count(); ++i) {
    Str* name = as_str(thread, arguments.keywords->at(i));
    if (!name->equals("strict")) {
      if (arguments.keyword_count() > 1)
        return thread.raise<TypeError>("zip() takes at most 1 keyword argument ({} given)", arguments.keyword_count());
      return thread.raise<TypeError>("'{}' is an invalid keyword argument for zip()", name);
    }
    strict = TRY(is_true(thread, arguments.keyword_value(i)));
  }
  Tuple* iterators = TRY(iterators_of(thread, arguments.positional()));
  auto* result = make_instance<CombinedIterator>(thread, type);
  result->first_.set(result, to_value(iterators));
  result->flag_ = strict;
  return to_value(result);
}

Raised raise_zip_length(Thread& thread, int64_t number, bool is_shorter) {
  const char* plural = number == 1 ? " " : "s 1-";
  return thread.raise<ValueError>("zip() argument {} is {} than argument{}{}", number + 1,
                                  is_shorter ? "shorter" : "longer", plural, number);
}

/// Iterator `ended` of a strict zip is exhausted: all must be, and it must be the first.
Result<Optional<Value>> check_strict_end(Thread& thread, Tuple* iterators, int64_t ended) {
  if (ended > 0) return raise_zip_length(thread, ended, true);
  for (int64_t i = 1; i < iterators->length(); ++i)
    if (TRY(next(thread, iterators->at(i)))) return raise_zip_length(thread, i, false);
  return Optional<Value>();
}

Result<Optional<Value>> zip_next(Thread& thread, Value self) {
  CombinedIterator* iterator = self_iterator(self);
  auto* iterators = static_cast<Tuple*>(iterator->first_.get().as_object());
  int64_t count = iterators->length();
  if (count == 0) return Optional<Value>();
  Tuple* result = TRY(make_tuple(thread, count));
  for (int64_t i = 0; i < count; ++i) {
    Optional<Value> item = TRY(next(thread, iterators->at(i)));
    if (!item) return iterator->flag_ ? check_strict_end(thread, iterators, i) : Result<Optional<Value>>(item);
    result->set(i, *item);
  }
  return Optional<Value>(to_value(result));
}

Result<Value> zip_reduce(Thread& thread, CombinedIterator* self) {
  Value type = to_value(type_of(thread, to_value(self)));
  if (self->flag_) return tuple_of(thread, type, self->first_.get(), Value::true_());
  return tuple_of(thread, type, self->first_.get());
}

Result<void> zip_setstate(Thread&, CombinedIterator* self, bool state) {
  self->flag_ = state;
  return {};
}

constexpr NativeMethod kZipMethods[] = {
    method<zip_reduce>("__reduce__($self, /)", "Return state information for pickling."),
    method<zip_setstate>("__setstate__($self, state, /)", "Set state information for unpickling."),
};

// --- map

Result<Value> map_new(Thread& thread, Type* type, const Arguments& arguments) {
  if (refuses_keywords(thread, type, arguments))
    return thread.raise<TypeError>("map() takes no keyword arguments");
  if (arguments.positional_count() < 2) return thread.raise<TypeError>("map() must have at least two arguments.");
  Tuple* iterators = TRY(iterators_of(thread, arguments.positional().subspan(1)));
  auto* result = make_instance<CombinedIterator>(thread, type);
  result->first_.set(result, arguments[0]);
  result->second_.set(result, to_value(iterators));
  return to_value(result);
}

Result<Optional<Value>> map_next(Thread& thread, Value self) {
  CombinedIterator* iterator = self_iterator(self);
  auto* iterators = static_cast<Tuple*>(iterator->second_.get().as_object());
  auto count = static_cast<uint32_t>(iterators->length());
  constexpr uint32_t kFew = 8;
  Value few[kFew];
  Array* many = count > kFew ? Array::try_make(thread.heap(), count) : nullptr;
  if (count > kFew && many == nullptr) return thread.raise_memory_error();
  for (uint32_t i = 0; i < count; ++i) {
    Optional<Value> item = TRY(next(thread, iterators->at(i)));
    if (!item) return item;
    if (many != nullptr) many->set(i, *item);
    else few[i] = *item;
  }
  Arguments arguments{many != nullptr ? many->items() : few, count, nullptr};
  return Optional<Value>(TRY(call(thread, iterator->first_.get(), arguments)));
}

Result<Value> map_reduce(Thread& thread, CombinedIterator* self) {
  auto* iterators = static_cast<Tuple*>(self->second_.get().as_object());
  Tuple* arguments = TRY(make_tuple(thread, iterators->length() + 1));
  arguments->set(0, self->first_.get());
  for (int64_t i = 0; i < iterators->length(); ++i) arguments->set(i + 1, iterators->at(i));
  return tuple_of(thread, to_value(type_of(thread, to_value(self))), to_value(arguments));
}

constexpr NativeMethod kMapMethods[] = {
    method<map_reduce>("__reduce__($self, /)", "Return state information for pickling."),
};

// --- filter

Result<Value> filter_new(Thread& thread, Type* type, const Arguments& arguments) {
  if (refuses_keywords(thread, type, arguments))
    return thread.raise<TypeError>("filter() takes no keyword arguments");
  if (arguments.positional_count() != 2)
    return thread.raise<TypeError>("filter expected 2 arguments, got {}", arguments.positional_count());
  Value iterator = TRY(iterate(thread, arguments[1]));
  auto* result = make_instance<CombinedIterator>(thread, type);
  result->first_.set(result, arguments[0]);
  result->second_.set(result, iterator);
  return to_value(result);
}

Result<Optional<Value>> filter_next(Thread& thread, Value self) {
  CombinedIterator* iterator = self_iterator(self);
  Value function = iterator->first_.get();
  bool by_truth = function.is_none() || function == to_value(thread.runtime().type(Kind::Bool));
  for (;;) {
    Optional<Value> item = TRY(next(thread, iterator->second_.get()));
    if (!item) return item;
    Value verdict = by_truth ? *item : TRY(call(thread, function, *item));
    if (TRY(is_true(thread, verdict))) return item;
  }
}

Result<Value> filter_reduce(Thread& thread, CombinedIterator* self) {
  return tuple_of(thread, to_value(type_of(thread, to_value(self))),
                  tuple_of(thread, self->first_.get(), self->second_.get()));
}

constexpr NativeMethod kFilterMethods[] = {
    method<filter_reduce>("__reduce__($self, /)", "Return state information for pickling."),
};

// --- callable_iterator

Result<Optional<Value>> callable_iterator_next(Thread& thread, Value self) {
  CombinedIterator* iterator = self_iterator(self);
  if (iterator->first_.get().is_int()) return Optional<Value>();
  Result<Value> result = call(thread, iterator->first_.get());
  if (result.is_raised()) {
    if (!thread.pending_is<StopIteration>()) return Raised{};
    thread.clear_pending();
    iterator->first_.set(iterator, Value());
    return Optional<Value>();
  }
  if (iterator->first_.get().is_int()) return Optional<Value>();   // exhausted by the call
  if (!TRY(equals(thread, iterator->second_.get(), result.take()))) return Optional<Value>(result.take());
  iterator->first_.set(iterator, Value());
  return Optional<Value>();
}

Result<Value> callable_iterator_reduce(Thread& thread, CombinedIterator* self) {
  Value iter = builtin(thread, "iter");
  if (self->first_.get().is_int())
    return tuple_of(thread, iter, tuple_of(thread, to_value(thread.runtime().empty_tuple())));
  return tuple_of(thread, iter, tuple_of(thread, self->first_.get(), self->second_.get()));
}

constexpr NativeMethod kCallableIteratorMethods[] = {
    method<callable_iterator_reduce>("__reduce__($self, /)", "Return state information for pickling."),
};

}  // namespace

/// iter(callable, sentinel).
Value make_callable_iterator(Thread& thread, Value callable, Value sentinel) {
  auto* iterator = make_kind<CombinedIterator>(thread, Kind::CallableIterator);
  iterator->first_.initialize(callable);
  iterator->second_.initialize(sentinel);
  return to_value(iterator);
}

extern const TypeSpec kEnumerateType, kZipType, kMapType, kFilterType, kCallableIteratorType;

constinit const TypeSpec kEnumerateType = {
    .name = "enumerate",
    .kind = Kind::Enumerate,
    .flags = kTypeBase,
    .layout = [] { return layout_of<CombinedIterator>("enumerate"); },
    .slots = {.new_ = enumerate_new, .iter = iterator_self, .next = enumerate_next},
    .methods = kEnumerateMethods,
    .doc = "Return an enumerate object.\n\n  iterable\n    an object supporting iteration\n\n"
           "The enumerate object yields pairs containing a count (from start, which\n"
           "defaults to zero) and a value yielded by the iterable argument.\n\n"
           "enumerate is useful for obtaining an indexed list:\n    (0, seq[0]), (1, seq[1]), (2, seq[2]), ...",
    .text_signature = "(iterable, start=0)",
};

constinit const TypeSpec kZipType = {
    .name = "zip",
    .kind = Kind::Zip,
    .flags = kTypeBase,
    .layout = [] { return layout_of<CombinedIterator>("zip"); },
    .slots = {.new_ = zip_new, .iter = iterator_self, .next = zip_next},
    .methods = kZipMethods,
    .doc =
        "zip(*iterables, strict=False) --> Yield tuples until an input is exhausted.\n\n"
        "   >>> list(zip('abcdefg', range(3), range(4)))\n   [('a', 0, 0), ('b', 1, 1), ('c', 2, 2)]\n\n"
        "The zip object yields n-length tuples, where n is the number of iterables\n"
        "passed as positional arguments to zip().  The i-th element in every tuple\n"
        "comes from the i-th iterable argument to zip().  This continues until the\n"
        "shortest argument is exhausted.\n\nIf strict is true and one of the arguments is exhausted before the "
        "others,\n"
        "raise a ValueError.",
};

constinit const TypeSpec kMapType = {
    .name = "map",
    .kind = Kind::Map,
    .flags = kTypeBase,
    .layout = [] { return layout_of<CombinedIterator>("map"); },
    .slots = {.new_ = map_new, .iter = iterator_self, .next = map_next},
    .methods = kMapMethods,
    .doc = "map(func, *iterables) --> map object\n\nMake an iterator that computes the function using arguments from\n"
           "each of the iterables.  Stops when the shortest iterable is exhausted.",
};

constinit const TypeSpec kFilterType = {
    .name = "filter",
    .kind = Kind::Filter,
    .flags = kTypeBase,
    .layout = [] { return layout_of<CombinedIterator>("filter"); },
    .slots = {.new_ = filter_new, .iter = iterator_self, .next = filter_next},
    .methods = kFilterMethods,
    .doc =
        "filter(function or None, iterable) --> filter object\n\nReturn an iterator yielding those items of iterable "
        "for "
        "which function(item)\nis true. If function is None, return the items that are true.",
};

constinit const TypeSpec kCallableIteratorType = {
    .name = "callable_iterator",
    .kind = Kind::CallableIterator,
    .flags = kTypeDisallowInstantiation,
    .layout = [] { return layout_of<CombinedIterator>("callable_iterator"); },
    .slots = {.iter = iterator_self, .next = callable_iterator_next},
    .methods = kCallableIteratorMethods,
};

}  // namespace viperine
