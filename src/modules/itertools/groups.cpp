// SPDX-License-Identifier: MIT
// itertools.groupby with its groups, and tee with its shared links of values.
#include "modules/itertools/itertools.h"

namespace viperine {

/// One link of what the iterators of a tee share: the source, up to kLength values read from it, the next link.
class TeeData final : public HeapObject {
 public:
  static constexpr Kind kKind = Kind::TeeData;
  static constexpr int64_t kLength = 57;
  Slot<Value> source_, next_;  // next: absent, or a TeeData
  Slot<List> values_;
  int64_t running_;
  LAYOUT(TeeData, HeapObject, source_, next_, values_, running_);
};

namespace {

// --- groupby: a = iterator, b = key function or None, c = key of the group given out, d = current key, e = current
// value,
//     f = current group (not owned in spirit); when there is none, the type of the last one, or absent

Result<Value> groupby_new(Thread& thread, Type* type, const Arguments& arguments) {
  static constexpr NativeMethod kSignature = signature("groupby(iterable, key=None)");
  BoundArguments bound;
  TRY(bind_arguments(thread, kSignature, arguments, bound));
  Value iterator = TRY(iterate(thread, bound.values[0]));
  ItertoolsObject* self = make_itertool(thread, type);
  self->a_.set(self, iterator);
  self->b_.set(self, bound.values[1]);
  return to_value(self);
}

/// Reads the next item; false at the end.
Result<bool> groupby_step(Thread& thread, ItertoolsObject* self) {
  Optional<Value> item = TRY(next(thread, self->a_.get()));
  if (!item) return false;
  Value key = self->b_.get().is_none() ? *item : TRY(call(thread, self->b_.get(), *item));
  self->e_.set(self, *item);
  self->d_.set(self, key);
  return true;
}

/// _grouper: a = its groupby, b = its key.
Value make_grouper(Thread& thread, Type* type, ItertoolsObject* parent, Value key) {
  ItertoolsObject* group = make_itertool(thread, type);
  group->a_.set(group, to_value(parent));
  group->b_.set(group, key);
  parent->f_.set(parent, to_value(group));
  return to_value(group);
}

/// The type of the group given out last, or absent.
Value type_of_last_group(Thread& thread, ItertoolsObject* self) {
  Value last = self->f_.get();
  if (is<Type>(last)) return last;
  bool known = is<ItertoolsObject>(last) && type_of(thread, last)->spec_ == &kGrouperType;
  return known ? type_value(thread, last.as_object()) : Value::absent();
}

Result<Type*> grouper_type(Thread& thread, ItertoolsObject* self) {
  Value known = type_of_last_group(thread, self);
  return cast<Type>(known.is_absent() ? TRY(itertools_type(thread, "_grouper")) : known);
}

Result<Optional<Value>> groupby_next(Thread& thread, Value value) {
  ItertoolsObject* self = self_of(value);
  self->f_.set(self, type_of_last_group(thread, self));
  for (;;) {
    if (!self->d_.get().is_absent()) {
      if (self->c_.get().is_absent()) break;
      if (!TRY(equals(thread, self->c_.get(), self->d_.get()))) break;
    }
    if (!TRY(groupby_step(thread, self))) return Optional<Value>();
  }
  self->c_.set(self, self->d_.get());
  Value group = make_grouper(thread, TRY(grouper_type(thread, self)), self, self->c_.get());
  return Optional<Value>(make_pair(thread, self->d_.get(), group));
}

Result<Value> groupby_reduce(Thread& thread, ItertoolsObject* self) {
  Value type = type_value(thread, self), arguments = tuple_of(thread, self->a_.get(), self->b_.get());
  if (self->c_.get().is_absent() || self->d_.get().is_absent() || self->e_.get().is_absent())
    return tuple_of(thread, type, arguments);
  return tuple_of(thread, type, arguments, tuple_of(thread, self->d_.get(), self->e_.get(), self->c_.get()));
}

Result<void> groupby_setstate(Thread& thread, ItertoolsObject* self, Value state) {
  if (!is<Tuple>(state)) return thread.raise<TypeError>("state is not a tuple");
  auto* parts = cast<Tuple>(state);
  if (parts->length() != 3)
    return thread.raise<TypeError>("function takes exactly 3 arguments ({} given)", parts->length());
  self->d_.set(self, parts->at(0));
  self->e_.set(self, parts->at(1));
  self->c_.set(self, parts->at(2));
  return {};
}

constexpr NativeMethod kGroupByMethods[] = {
    method<groupby_reduce>("__reduce__($self, /)", "Return state information for pickling."),
    method<groupby_setstate>("__setstate__($self, state, /)", "Set state information for unpickling."),
};

Result<Value> grouper_new(Thread& thread, Type* type, const Arguments& arguments) {
  if (arguments.count != 2) return thread.raise<TypeError>("_grouper expected 2 arguments, got {}", arguments.count);
  Value parent = arguments[0];
  if (!is<ItertoolsObject>(parent) || !is_instance(thread, parent, cast<Type>(TRY(itertools_type(thread, "groupby")))))
    return thread.raise<TypeError>("_grouper() argument 1 must be itertools.groupby, not {}", type_name_of(parent));
  return make_grouper(thread, type, self_of(parent), arguments[1]);
}

Result<Optional<Value>> grouper_next(Thread& thread, Value value) {
  ItertoolsObject* self = self_of(value);
  ItertoolsObject* parent = self_of(self->a_.get());
  if (parent->f_.get() != value) return Optional<Value>();
  if (parent->e_.get().is_absent() && !TRY(groupby_step(thread, parent))) return Optional<Value>();
  if (!TRY(equals(thread, self->b_.get(), parent->d_.get()))) return Optional<Value>();
  Value item = parent->e_.get();
  parent->e_.set(parent, Value::absent());
  parent->d_.set(parent, Value::absent());
  return Optional<Value>(item);
}

Result<Value> grouper_reduce(Thread& thread, ItertoolsObject* self) {
  if (self_of(self->a_.get())->f_.get() != to_value(self))
    return tuple_of(thread, builtin(thread, "iter"), tuple_of(thread, to_value(thread.runtime().empty_tuple())));
  return tuple_of(thread, type_value(thread, self), tuple_of(thread, self->a_.get(), self->b_.get()));
}

constexpr NativeMethod kGrouperMethods[] = {
    method<grouper_reduce>("__reduce__($self, /)", "Return state information for pickling."),
};

// --- tee: a = link, n = position in it

TeeData* make_tee_data(Thread& thread, Type* type, Value source) {
  auto* data = make_instance<TeeData>(thread, type);
  data->source_.set(data, source);
  data->next_.set(data, Value::absent());
  List* values = List::make(thread.heap());
  data->values_.set(data, values);
  values->reserve(thread.heap(), TeeData::kLength);  // all are used, but for the last link
  return data;
}

Type* tee_data_type(Thread& thread) { return thread.runtime().type(Kind::TeeData); }

Result<Optional<Value>> tee_data_item(Thread& thread, TeeData* data, int64_t index) {
  if (index < data->values_->length()) return Optional<Value>(data->values_->at(index));
  if (data->running_) return thread.raise<RuntimeError>("cannot re-enter the tee iterator");
  data->running_ = 1;
  Result<Optional<Value>> item = next(thread, data->source_.get());
  data->running_ = 0;
  if (item.is_raised() || !item.take()) return item;
  TRY(list_append_value(thread, data->values_.get(), *item.take()));
  return item;
}

Result<Value> make_tee(Thread& thread, Type* type, Value iterable) {
  Value iterator = TRY(iterate(thread, iterable));
  if (is<ItertoolsObject>(iterator) && type_of(thread, iterator)->spec_ == &kTeeType) {
    ItertoolsObject* copy = make_itertool(thread, type);
    copy->a_.set(copy, self_of(iterator)->a_.get());
    copy->n_ = self_of(iterator)->n_;
    return to_value(copy);
  }
  TeeData* data = make_tee_data(thread, tee_data_type(thread), iterator);
  ItertoolsObject* self = make_itertool(thread, type);
  self->a_.set(self, to_value(data));
  return to_value(self);
}

Result<Value> tee_new(Thread& thread, Type* type, const Arguments& arguments) {
  if (arguments.count != 1 || arguments.keyword_count() > 0)
    return thread.raise<TypeError>("_tee expected 1 argument, got {}", arguments.count);
  return make_tee(thread, type, arguments[0]);
}

Result<Optional<Value>> tee_next(Thread& thread, Value value) {
  ItertoolsObject* self = self_of(value);
  auto* data = static_cast<TeeData*>(self->a_.get().as_object());
  if (self->n_ >= TeeData::kLength) {
    if (data->next_.get().is_absent())
      data->next_.set(data, to_value(make_tee_data(thread, tee_data_type(thread), data->source_.get())));
    data = static_cast<TeeData*>(data->next_.get().as_object());
    self->a_.set(self, to_value(data));
    self->n_ = 0;
  }
  if (self->n_ < data->values_->length()) return Optional<Value>(data->values_->at(self->n_++));
  Optional<Value> item = TRY(tee_data_item(thread, data, self->n_));
  if (item) ++self->n_;
  return item;
}

Result<Value> tee_copy(Thread& thread, ItertoolsObject* self) {
  ItertoolsObject* copy = make_itertool(thread, type_of(thread, to_value(self)));
  copy->a_.set(copy, self->a_.get());
  copy->n_ = self->n_;
  return to_value(copy);
}

Result<Value> tee_reduce(Thread& thread, ItertoolsObject* self) {
  return tuple_of(thread, type_value(thread, self), tuple_of(thread, to_value(thread.runtime().empty_tuple())),
                  tuple_of(thread, self->a_.get(), Value::from_int(self->n_)));
}

Result<void> tee_setstate(Thread& thread, ItertoolsObject* self, Value state) {
  if (!is<Tuple>(state)) return thread.raise<TypeError>("state is not a tuple");
  auto* parts = cast<Tuple>(state);
  if (parts->length() != 2)
    return thread.raise<TypeError>("function takes exactly 2 arguments ({} given)", parts->length());
  if (!is<TeeData>(parts->at(0)))
    return thread.raise<TypeError>("argument 1 must be itertools._tee_dataobject, not {}", type_name_of(parts->at(0)));
  int64_t index = TRY(to_c_int64(thread, parts->at(1)));
  if (index < 0 || index > TeeData::kLength) return thread.raise<ValueError>("Index out of range");
  self->a_.set(self, parts->at(0));
  self->n_ = index;
  return {};
}

constexpr NativeMethod kTeeMethods[] = {
    method<tee_copy>("__copy__($self, /)", "Returns an independent iterator."),
    method<tee_reduce>("__reduce__($self, /)", "Return state information for pickling."),
    method<tee_setstate>("__setstate__($self, state, /)", "Set state information for unpickling."),
};

Result<Value> tee_data_new(Thread& thread, Type* type, const Arguments& arguments) {
  if (arguments.count != 3 || arguments.keyword_count() > 0)
    return thread.raise<TypeError>("_tee_dataobject expected 3 arguments, got {}", arguments.count);
  if (!is<List>(arguments[1]))
    return thread.raise<TypeError>("_tee_dataobject() argument 2 must be list, not {}", type_name_of(arguments[1]));
  auto* values = cast<List>(arguments[1]);
  if (values->length() > TeeData::kLength) return thread.raise<ValueError>("Invalid arguments");
  Value following = arguments[2];
  if (values->length() == TeeData::kLength) {
    if (!following.is_none() && !is<TeeData>(following))
      return thread.raise<ValueError>("_tee_dataobject next link is not a _tee_dataobject");
  } else if (!following.is_none()) {
    return thread.raise<ValueError>("Invalid arguments");
  }
  TeeData* data = make_tee_data(thread, type, arguments[0]);
  data->values_.set(data, TRY(make_list(thread, values->span())));
  if (!following.is_none()) data->next_.set(data, following);
  return to_value(data);
}

Result<Value> tee_data_reduce(Thread& thread, TeeData* self) {
  List* values = TRY(make_list(thread, self->values_->span()));
  Value following = self->next_.get().is_absent() ? Value::none() : self->next_.get();
  return tuple_of(thread, type_value(thread, self), tuple_of(thread, self->source_.get(), to_value(values), following));
}

constexpr NativeMethod kTeeDataMethods[] = {
    method<tee_data_reduce>("__reduce__($self, /)", "Return state information for pickling."),
};

}  // namespace

Result<Value> itertools_tee(Thread& thread, Value iterable, Index count) {
  if (count < 0) return thread.raise<ValueError>("n must be >= 0");
  Tuple* result = TRY(make_tuple(thread, count));
  if (count == 0) return to_value(result);
  Value iterator = TRY(iterate(thread, iterable));
  Optional<Value> copy = TRY(lookup_special(thread, iterator, thread.names().__copy__));
  if (!copy) {
    iterator = TRY(make_tee(thread, cast<Type>(TRY(itertools_type(thread, "_tee"))), iterator));
    copy = TRY(lookup_special(thread, iterator, thread.names().__copy__));
  }
  result->set(0, iterator);
  for (int64_t i = 1; i < count; ++i) result->set(i, TRY(call(thread, *copy)));
  return to_value(result);
}

constinit const TypeSpec kGroupByType = itertool(
    "itertools.groupby", groupby_new, groupby_next, kGroupByMethods,
    "make an iterator that returns consecutive keys and groups from the iterable\n\n  iterable\n    Elements to divide "
    "into "
    "groups according to the key function.\n  key\n    A function for computing the group category for each element.\n"
    "    If the key function is not specified or is None, the element itself\n    is used for grouping.");
constinit const TypeSpec kGrouperType =
    itertool("itertools._grouper", grouper_new, grouper_next, kGrouperMethods, nullptr);
constinit const TypeSpec kTeeType = [] {
  TypeSpec spec = itertool("itertools._tee", tee_new, tee_next, kTeeMethods, "Iterator wrapped to make it copyable.");
  spec.flags = kTypeHasWeakrefs;
  return spec;
}();
constinit const TypeSpec kTeeDataType = {
    .name = "itertools._tee_dataobject",
    .kind = Kind::TeeData,
    .layout = [] { return layout_of<TeeData>("_tee_dataobject"); },
    .slots = {.new_ = tee_data_new},
    .methods = kTeeDataMethods,
    .doc = "teedataobject(iterable, values, next, /)\n--\n\nData container common to multiple tee objects.",
};

}  // namespace viperine
