// SPDX-License-Identifier: MIT
// operator.itemgetter, attrgetter, methodcaller.
#include "modules/operator/operator.h"

namespace viperine {

namespace {

/// itemgetter: the items. attrgetter: each a str, or a tuple of str for a dotted name; names_ as given.
class Getter final : public HeapObject {
 public:
  static constexpr Kind kFirstKind = Kind::ItemGetter;
  static bool is_kind(Kind kind) { return kind == Kind::ItemGetter || kind == Kind::AttrGetter; }
  Slot<Tuple> items_, names_;
  LAYOUT(Getter, HeapObject, items_, names_);
};

class MethodCaller final : public HeapObject {
 public:
  static constexpr Kind kKind = Kind::MethodCaller;
  Slot<Str> name_;
  Slot<Tuple> values_;          // positional, then keyword values
  Slot<Tuple> keywords_;        // null when there are none
  LAYOUT(MethodCaller, HeapObject, name_, values_, keywords_);
};

Getter* self_getter(Value self) { return static_cast<Getter*>(self.as_object()); }

Result<Value> one_argument(Thread& thread, const char* name, const Arguments& arguments) {
  if (arguments.keyword_count() > 0) return thread.raise<TypeError>("{}() takes no keyword arguments", name);
  if (arguments.count != 1) return thread.raise<TypeError>("{} expected 1 argument, got {}", name, arguments.count);
  return arguments[0];
}

/// The single result, or a tuple of all.
template <typename Get>
Result<Value> collect(Thread& thread, Tuple* items, Get get) {
  if (items->length() == 1) return get(items->at(0));
  Tuple* result = TRY(make_tuple(thread, items->length()));
  for (int64_t i = 0; i < items->length(); ++i) result->set(i, TRY(get(items->at(i))));
  return to_value(result);
}

Result<Value> itemgetter_new(Thread& thread, Type* type, const Arguments& arguments) {
  if (arguments.keyword_count() > 0) return thread.raise<TypeError>("itemgetter() takes no keyword arguments");
  if (arguments.count == 0) return thread.raise<TypeError>("itemgetter expected 1 argument, got 0");
  Tuple* items = TRY(make_tuple(thread, arguments.positional()));
  auto* self = make_instance<Getter>(thread, type);
  self->items_.set(self, items);
  self->names_.set(self, items);
  return to_value(self);
}

Result<Value> itemgetter_call(Thread& thread, Value self, const Arguments& arguments) {
  Value object = TRY(one_argument(thread, "itemgetter", arguments));
  return collect(thread, self_getter(self)->items_.get(), [&](Value item) -> Result<Value> {
    if (item.is_int() && is_exact<Tuple>(object)) {
      int64_t index = item.as_int();
      if (index >= 0 && index < cast<Tuple>(object)->length()) return cast<Tuple>(object)->at(index);
    }
    return get_item(thread, object, item);
  });
}

Result<Value> getter_repr(Thread& thread, Value self) {
  Type* type = type_of(thread, self);
  ReprScope scope(thread, self);
  Str* full = type->spec_ != nullptr ? make_str(thread, type->spec_->name) : type->name();
  if (scope.entered_before()) return to_value(format_text(thread, "{}(...)", full));
  StringBuilder builder(thread);
  builder.append(full);
  builder.append(uint32_t{'('});
  TRY(append_items(thread, builder, self_getter(self)->names_.get()));
  builder.append(uint32_t{')'});
  return to_value(TRY(builder.finish()));
}

Result<Value> getter_reduce(Thread& thread, Getter* self) {
  return tuple_of(thread, to_value(type_of(thread, to_value(self))), to_value(self->names_.get()));
}

/// "a.b.c" as a tuple of names, "a" as itself.
Result<Value> split_name(Thread& thread, Str* text) {
  List* parts = List::make(thread.heap());
  int64_t start = 0;
  for (int64_t i = 0; i <= text->length(); ++i) {
    if (i < text->length() && text->at(i) != '.') continue;
    Str* part = TRY(substring(thread, text, start, i));
    TRY(list_append_value(thread, parts, to_value(intern(thread, part))));
    start = i + 1;
  }
  if (parts->length() == 1) return parts->at(0);
  return to_value(list_to_tuple(thread, parts));
}

Result<Value> attrgetter_new(Thread& thread, Type* type, const Arguments& arguments) {
  if (arguments.keyword_count() > 0) return thread.raise<TypeError>("attrgetter() takes no keyword arguments");
  if (arguments.count == 0) return thread.raise<TypeError>("attrgetter expected 1 argument, got 0");
  Tuple* names = TRY(make_tuple(thread, arguments.positional()));
  Tuple* items = TRY(make_tuple(thread, names->length()));
  for (int64_t i = 0; i < names->length(); ++i) {
    if (!is_str(names->at(i))) return thread.raise<TypeError>("attribute name must be a string");
    items->set(i, TRY(split_name(thread, as_str(thread, names->at(i)))));
  }
  auto* self = make_instance<Getter>(thread, type);
  self->items_.set(self, items);
  self->names_.set(self, names);
  return to_value(self);
}

Result<Value> attrgetter_call(Thread& thread, Value self, const Arguments& arguments) {
  Value object = TRY(one_argument(thread, "attrgetter", arguments));
  return collect(thread, self_getter(self)->items_.get(), [&](Value item) -> Result<Value> {
    if (is<Str>(item)) return get_attribute(thread, object, cast<Str>(item));
    Value current = object;
    for (Value part : cast<Tuple>(item)->span()) current = TRY(get_attribute(thread, current, cast<Str>(part)));
    return current;
  });
}

// --- methodcaller

MethodCaller* self_caller(Value self) { return static_cast<MethodCaller*>(self.as_object()); }

Result<Value> methodcaller_new(Thread& thread, Type* type, const Arguments& arguments) {
  if (arguments.positional_count() < 1)
    return thread.raise<TypeError>("methodcaller needs at least one argument, the method name");
  if (!is_str(arguments[0])) return thread.raise<TypeError>("method name must be a string");
  Str* name = intern(thread, as_str(thread, arguments[0]));
  Tuple* values = TRY(make_tuple(thread, std::span<const Value>(arguments.values + 1, arguments.count - 1)));
  auto* self = make_instance<MethodCaller>(thread, type);
  self->name_.set(self, name);
  self->values_.set(self, values);
  self->keywords_.set(self, arguments.keyword_count() == 0 ? nullptr : arguments.keywords);
  return to_value(self);
}

Result<Value> methodcaller_call(Thread& thread, Value value, const Arguments& arguments) {
  Value object = TRY(one_argument(thread, "methodcaller", arguments));
  MethodCaller* self = self_caller(value);
  Tuple* values = self->values_.get();
  if (self->keywords_.is_null()) return call_method(thread, object, self->name_.get(), values->span());
  Value callable = TRY(get_attribute(thread, object, self->name_.get()));
  return call(thread, callable,
              Arguments{values->items(), static_cast<uint32_t>(values->length()), self->keywords_.get()});
}

int64_t positional_count(MethodCaller* self) {
  return self->values_->length() - (self->keywords_.is_null() ? 0 : self->keywords_->length());
}

Result<Value> methodcaller_repr(Thread& thread, Value value) {
  MethodCaller* self = self_caller(value);
  ReprScope scope(thread, value);
  Type* type = type_of(thread, value);
  Str* full = type->spec_ != nullptr ? make_str(thread, type->spec_->name) : type->name();
  if (scope.entered_before()) return to_value(format_text(thread, "{}(...)", full));
  StringBuilder builder(thread);
  builder.append(full);
  builder.append(uint32_t{'('});
  builder.append(TRY(repr(thread, to_value(self->name_.get()))));
  int64_t positional = positional_count(self);
  for (int64_t i = 0; i < self->values_->length(); ++i) {
    builder.append(", ");
    if (i >= positional) {
      builder.append(as_str(thread, self->keywords_->at(i - positional)));
      builder.append(uint32_t{'='});
    }
    builder.append(TRY(repr(thread, self->values_->at(i))));
  }
  builder.append(uint32_t{')'});
  return to_value(TRY(builder.finish()));
}

Result<Value> methodcaller_reduce(Thread& thread, MethodCaller* self) {
  Value type = to_value(type_of(thread, to_value(self)));
  int64_t positional = positional_count(self);
  if (self->keywords_.is_null()) {
    Tuple* all = TRY(make_tuple(thread, positional + 1));
    all->set(0, to_value(self->name_.get()));
    for (int64_t i = 0; i < positional; ++i) all->set(i + 1, self->values_->at(i));
    return tuple_of(thread, type, to_value(all));
  }
  // partial(methodcaller, name, **keywords)(*positional)
  Value import = builtin(thread, "__import__");
  Value functools = TRY(call(thread, import, to_value(intern(thread, "functools"))));
  Value partial = TRY(get_attribute(thread, functools, "partial"));
  Tuple* start = Tuple::of(thread.heap(), type, to_value(self->name_.get()));
  Dict* keywords = Dict::make(thread.heap());
  for (int64_t i = 0; i < self->keywords_->length(); ++i)
    TRY(dict_set(thread, keywords, self->keywords_->at(i), self->values_->at(positional + i)));
  Value maker = TRY(call_with_tuple(thread, partial, start, keywords));
  Tuple* rest = TRY(make_tuple(thread, self->values_->span().subspan(0, static_cast<size_t>(positional))));
  return tuple_of(thread, maker, to_value(rest));
}

constexpr NativeMethod kGetterMethods[] = {
    method<getter_reduce>("__reduce__($self, /)", "Return state information for pickling"),
};
constexpr NativeMethod kMethodCallerMethods[] = {
    method<methodcaller_reduce>("__reduce__($self, /)", "Return state information for pickling"),
};

}  // namespace

constinit const TypeSpec kItemGetterType = {
    .name = "operator.itemgetter",
    .kind = Kind::ItemGetter,
    .layout = [] { return layout_of<Getter>("itemgetter"); },
    .slots = {.repr = getter_repr, .call = itemgetter_call, .new_ = itemgetter_new},
    .methods = kGetterMethods,
    .doc =
        "itemgetter(item, ...) --> itemgetter object\n\nReturn a callable object that fetches the given item(s) from "
        "its operand.\n"
        "After f = itemgetter(2), the call f(r) returns r[2].\nAfter g = itemgetter(2, 5, 3), the call g(r) returns "
        "(r[2], r[5], r[3])",
};
constinit const TypeSpec kAttrGetterType = {
    .name = "operator.attrgetter",
    .kind = Kind::AttrGetter,
    .layout = [] { return layout_of<Getter>("attrgetter"); },
    .slots = {.repr = getter_repr, .call = attrgetter_call, .new_ = attrgetter_new},
    .methods = kGetterMethods,
    .doc =
        "attrgetter(attr, ...) --> attrgetter object\n\nReturn a callable object that fetches the given attribute(s) "
        "from its operand.\n"
        "After f = attrgetter('name'), the call f(r) returns r.name.\nAfter g = attrgetter('name', 'date'), the call "
        "g(r) returns "
        "(r.name, r.date).\nAfter h = attrgetter('name.first', 'name.last'), the call h(r) returns\n(r.name.first, "
        "r.name.last).",
};
constinit const TypeSpec kMethodCallerType = {
    .name = "operator.methodcaller",
    .kind = Kind::MethodCaller,
    .layout = [] { return layout_of<MethodCaller>("methodcaller"); },
    .slots = {.repr = methodcaller_repr, .call = methodcaller_call, .new_ = methodcaller_new},
    .methods = kMethodCallerMethods,
    .doc =
        "methodcaller(name, ...) --> methodcaller object\n\nReturn a callable object that calls the given method on "
        "its operand.\n"
        "After f = methodcaller('name'), the call f(r) returns r.name().\nAfter g = methodcaller('name', 'date', "
        "foo=1), the call g(r) "
        "returns\nr.name('date', foo=1).",
};

}  // namespace viperine
