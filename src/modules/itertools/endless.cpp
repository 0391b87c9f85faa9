// SPDX-License-Identifier: MIT
// itertools.count, cycle, repeat.
#include "modules/itertools/itertools.h"

namespace viperine {

namespace {

// --- count: a = next number, b = step

bool is_number(Thread& thread, Value value) {
  const TypeSlots& slots = type_of(thread, value)->slots();
  return slots.to_index != nullptr || slots.to_int != nullptr || slots.to_float != nullptr ||
         has_kind(value, Kind::Complex);
}

Result<Value> count_new(Thread& thread, Type* type, const Arguments& arguments) {
  static constexpr NativeMethod kSignature = signature("count(start=0, step=1)");
  BoundArguments bound;
  TRY(bind_arguments(thread, kSignature, arguments, bound));
  if (!is_number(thread, bound.values[0]) || !is_number(thread, bound.values[1]))
    return thread.raise<TypeError>("a number is required");
  ItertoolsObject* self = make_itertool(thread, type);
  self->a_.set(self, bound.values[0]);
  self->b_.set(self, bound.values[1]);
  return to_value(self);
}

Result<Optional<Value>> count_next(Thread& thread, Value value) {
  ItertoolsObject* self = self_of(value);
  Value number = self->a_.get(), step = self->b_.get();
  Value following = Value::both_ints(number, step) ? make_int(thread.heap(), number.as_int() + step.as_int())
                                                   : TRY(binary_operation(thread, BinaryOperator::Add, number, step));
  self->a_.set(self, following);
  return Optional<Value>(number);
}

Result<Value> count_repr(Thread& thread, Value value) {
  ItertoolsObject* self = self_of(value);
  Str* name = type_of(thread, value)->name();
  Str* number = TRY(repr(thread, self->a_.get()));
  if (self->b_.get() == Value::from_int(1)) return to_value(format_text(thread, "{}({})", name, number));
  return to_value(format_text(thread, "{}({}, {})", name, number, TRY(repr(thread, self->b_.get()))));
}

Result<Value> count_reduce(Thread& thread, ItertoolsObject* self) {
  Value type = type_value(thread, self);
  if (self->b_.get() == Value::from_int(1)) return tuple_of(thread, type, tuple_of(thread, self->a_.get()));
  return tuple_of(thread, type, tuple_of(thread, self->a_.get(), self->b_.get()));
}

constexpr NativeMethod kCountMethods[] = {
    method<count_reduce>("__reduce__($self, /)", "Return state information for pickling."),
};

// --- cycle: a = iterator (absent once exhausted), b = list of what it gave; n = position in the list, m = do not save

Result<Value> cycle_new(Thread& thread, Type* type, const Arguments& arguments) {
  TRY(refuse_itertool_keywords(thread, type, kCycleType, arguments));
  if (arguments.positional_count() != 1)
    return thread.raise<TypeError>("cycle expected 1 argument, got {}", arguments.positional_count());
  Value iterator = TRY(iterate(thread, arguments[0]));
  ItertoolsObject* self = make_itertool(thread, type);
  self->a_.set(self, iterator);
  self->b_.set(self, to_value(List::make(thread.heap())));
  return to_value(self);
}

Result<Optional<Value>> cycle_next(Thread& thread, Value value) {
  ItertoolsObject* self = self_of(value);
  if (!self->a_.get().is_absent()) {
    Optional<Value> item = TRY(next(thread, self->a_.get()));
    if (item) {
      if (!self->m_) TRY(list_append_value(thread, cast<List>(self->b_.get()), *item));
      return item;
    }
    self->a_.set(self, Value::absent());
  }
  auto* saved = cast<List>(self->b_.get());
  if (saved->length() == 0) return Optional<Value>();
  if (self->n_ >= saved->length()) self->n_ = 0;
  Value item = saved->at(self->n_++);
  if (self->n_ >= saved->length()) self->n_ = 0;
  return Optional<Value>(item);
}

Result<Value> cycle_reduce(Thread& thread, ItertoolsObject* self) {
  Value type = type_value(thread, self), saved = self->b_.get();
  if (!self->a_.get().is_absent())
    return tuple_of(thread, type, tuple_of(thread, self->a_.get()),
                    tuple_of(thread, saved, Value::from_bool(self->m_)));
  Value iterator = TRY(iterate(thread, saved));
  if (self->n_ != 0) TRY(call_method(thread, iterator, thread.names().__setstate__, Value::from_int(self->n_)));
  return tuple_of(thread, type, tuple_of(thread, iterator), tuple_of(thread, saved, Value::true_()));
}

Result<void> cycle_setstate(Thread& thread, ItertoolsObject* self, Value state) {
  if (!is<Tuple>(state)) return thread.raise<TypeError>("state is not a tuple");
  auto* parts = cast<Tuple>(state);
  if (parts->length() != 2)
    return thread.raise<TypeError>("function takes exactly 2 arguments ({} given)", parts->length());
  if (!is<List>(parts->at(0)))
    return thread.raise<TypeError>("argument 1 must be list, not {}", type_name_of(parts->at(0)));
  int64_t first_pass = TRY(to_c_int(thread, parts->at(1)));
  self->b_.set(self, parts->at(0));
  self->m_ = first_pass != 0;
  self->n_ = 0;
  return {};
}

constexpr NativeMethod kCycleMethods[] = {
    method<cycle_reduce>("__reduce__($self, /)", "Return state information for pickling."),
    method<cycle_setstate>("__setstate__($self, state, /)", "Set state information for unpickling."),
};

// --- repeat: a = object; n = how often still, -1 for ever

Result<Value> repeat_new(Thread& thread, Type* type, const Arguments& arguments) {
  static constexpr NativeMethod kSignature = signature("repeat(object, times=<unrepresentable>)");
  BoundArguments bound;
  TRY(bind_arguments(thread, kSignature, arguments, bound));
  int64_t times = -1;
  if (!bound.values[1].is_absent()) times = std::max<int64_t>(TRY(to_index_int64(thread, bound.values[1])), 0);
  ItertoolsObject* self = make_itertool(thread, type);
  self->a_.set(self, bound.values[0]);
  self->n_ = times;
  return to_value(self);
}

Result<Optional<Value>> repeat_next(Thread&, Value value) {
  ItertoolsObject* self = self_of(value);
  if (self->n_ == 0) return Optional<Value>();
  if (self->n_ > 0) --self->n_;
  return Optional<Value>(self->a_.get());
}

Result<Value> repeat_repr(Thread& thread, Value value) {
  ItertoolsObject* self = self_of(value);
  Str* name = type_of(thread, value)->name();
  Str* object = TRY(repr(thread, self->a_.get()));
  if (self->n_ == -1) return to_value(format_text(thread, "{}({})", name, object));
  return to_value(format_text(thread, "{}({}, {})", name, object, self->n_));
}

Result<Value> repeat_length_hint(Thread& thread, ItertoolsObject* self) {
  if (self->n_ == -1) return thread.raise<TypeError>("len() of unsized object");
  return make_int(thread.heap(), self->n_);
}

Result<Value> repeat_reduce(Thread& thread, ItertoolsObject* self) {
  Value type = type_value(thread, self);
  if (self->n_ == -1) return tuple_of(thread, type, tuple_of(thread, self->a_.get()));
  return tuple_of(thread, type, tuple_of(thread, self->a_.get(), make_int(thread.heap(), self->n_)));
}

constexpr NativeMethod kRepeatMethods[] = {
    method<repeat_length_hint>("__length_hint__($self, /)", "Private method returning an estimate of len(list(it))."),
    method<repeat_reduce>("__reduce__($self, /)", "Return state information for pickling."),
};

constexpr TypeSpec with_repr(TypeSpec spec, UnarySlot repr) {
  spec.slots.repr = repr;
  return spec;
}

}  // namespace

constinit const TypeSpec kCountType =
    with_repr(itertool("itertools.count", count_new, count_next, kCountMethods,
                       "Return a count object whose .__next__() method returns consecutive values.\n\nEquivalent to:\n"
                       "    def count(firstval=0, step=1):\n        x = firstval\n        while 1:\n            yield "
                       "x\n            x += step"),
              count_repr);
constinit const TypeSpec kCycleType =
    itertool("itertools.cycle", cycle_new, cycle_next, kCycleMethods,
             "Return elements from the iterable until it is exhausted. Then repeat the sequence indefinitely.");
constinit const TypeSpec kRepeatType = with_repr(
    itertool(
        "itertools.repeat", repeat_new, repeat_next, kRepeatMethods,
        "repeat(object [,times]) -> create an iterator which returns the object\nfor the specified number of times.  "
        "If not specified, returns the object\nendlessly."),
    repeat_repr);

}  // namespace viperine
