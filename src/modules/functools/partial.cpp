// SPDX-License-Identifier: MIT
// functools.partial.
#include "modules/functools/functools.h"

namespace viperine {

namespace {

class Partial final : public HeapObject {
 public:
  static constexpr Kind kKind = Kind::Partial;
  Slot<Value> function_;
  Slot<Tuple> arguments_;
  Slot<Dict> keywords_;
  LAYOUT(Partial, HeapObject, function_, arguments_, keywords_);
};

Partial* self_partial(Value self) { return static_cast<Partial*>(self.as_object()); }

/// Attributes of the instance were set: it is not taken apart when it becomes part of another.
Result<bool> has_attributes(Thread& thread, Value self) {
  Dict* attributes = TRY(copy_instance_dict(thread, self.as_object()));
  return attributes != nullptr && attributes->length() > 0;
}

Result<Value> partial_new(Thread& thread, Type* type, const Arguments& arguments) {
  if (arguments.positional_count() < 1) return thread.raise<TypeError>("type 'partial' takes at least one argument");
  Value function = arguments[0];
  Tuple* before = thread.runtime().empty_tuple();
  Dict* keywords_before = nullptr;
  if (is<Partial>(function) && type_of(thread, function)->spec_ == &kPartialType && type->spec_ == &kPartialType &&
      !TRY(has_attributes(thread, function))) {
    Partial* inner = self_partial(function);
    before = inner->arguments_.get();
    keywords_before = inner->keywords_.get();
    function = inner->function_.get();
  }
  if (!is_callable(thread, function)) return thread.raise<TypeError>("the first argument must be callable");
  std::span<const Value> given = arguments.positional().subspan(1);
  Tuple* all = TRY(make_tuple(thread, before->length() + static_cast<int64_t>(given.size())));
  std::copy_n(before->items(), before->length(), all->items());
  std::copy(given.begin(), given.end(), all->items() + before->length());
  write_barrier(all);
  Dict* keywords = Dict::make(thread.heap());
  if (keywords_before != nullptr) TRY(dict_merge(thread, keywords, keywords_before, true));
  for (uint32_t i = 0; i < arguments.keyword_count(); ++i)
    TRY(dict_set(thread, keywords, arguments.keywords->at(i), arguments.keyword_value(i)));
  auto* self = make_instance<Partial>(thread, type);
  self->function_.set(self, function);
  self->arguments_.set(self, all);
  self->keywords_.set(self, keywords);
  return to_value(self);
}

Result<Value> partial_call(Thread& thread, Value value, const Arguments& arguments) {
  Partial* self = self_partial(value);
  Tuple* before = self->arguments_.get();
  auto positional = static_cast<uint32_t>(before->length()) + arguments.positional_count();
  Dict* keywords = self->keywords_.get();
  if (keywords->length() > 0 && arguments.keyword_count() > 0) {
    keywords = TRY(dict_copy(thread, keywords));
    for (uint32_t i = 0; i < arguments.keyword_count(); ++i)
      TRY(dict_set(thread, keywords, arguments.keywords->at(i), arguments.keyword_value(i)));
  }
  uint32_t own = keywords->length();
  uint32_t total = positional + (own > 0 ? own : arguments.keyword_count());
  constexpr uint32_t kFew = 16;
  Value few[kFew];
  Value* values = few;
  if (total > kFew) {
    Array* array = Array::try_make(thread.heap(), total);
    if (array == nullptr) return thread.raise_memory_error();
    values = array->items();
  }
  std::copy_n(before->items(), before->length(), values);
  std::copy_n(arguments.values, arguments.positional_count(), values + before->length());
  Tuple* names = arguments.keywords;
  if (own == 0) {
    std::copy_n(arguments.values + arguments.positional_count(), arguments.keyword_count(), values + positional);
  } else {
    names = TRY(make_tuple(thread, own));
    uint32_t at = 0;
    for (int64_t entry = keywords->next_entry(0); entry >= 0; entry = keywords->next_entry(entry + 1)) {
      Value name = keywords->table()->key(static_cast<uint32_t>(entry));
      if (!is_str(name)) return thread.raise<TypeError>("keywords must be strings");
      names->set(at, name);
      values[positional + at++] = keywords->table()->value(static_cast<uint32_t>(entry));
    }
  }
  return call(thread, self->function_.get(), Arguments{values, total, names});
}

Result<Value> partial_repr(Thread& thread, Value value) {
  Partial* self = self_partial(value);
  ReprScope scope(thread, value);
  if (scope.entered_before()) return to_value(make_str(thread, "..."));
  StringBuilder builder(thread);
  Type* type = type_of(thread, value);
  if (type->spec_ == &kPartialType) builder.append("functools.");
  builder.append(type->name());
  builder.append(uint32_t{'('});
  builder.append(TRY(repr(thread, self->function_.get())));
  Tuple* arguments = self->arguments_.get();
  for (int64_t i = 0; i < arguments->length(); ++i) {
    builder.append(", ");
    builder.append(TRY(repr(thread, arguments->at(i))));
  }
  Dict* keywords = self->keywords_.get();
  for (int64_t entry = keywords->next_entry(0); entry >= 0; entry = keywords->next_entry(entry + 1)) {
    Value key = keywords->table()->key(static_cast<uint32_t>(entry)),
          item = keywords->table()->value(static_cast<uint32_t>(entry));
    builder.append(", ");
    builder.append(TRY(str(thread, key)));
    builder.append(uint32_t{'='});
    builder.append(TRY(repr(thread, item)));
  }
  builder.append(uint32_t{')'});
  return to_value(TRY(builder.finish()));
}

Result<Value> partial_reduce(Thread& thread, Partial* self) {
  Dict* attributes = TRY(copy_instance_dict(thread, self));
  Value state = attributes != nullptr && attributes->length() > 0 ? to_value(attributes) : Value::none();
  return tuple_of(thread, to_value(type_of(thread, to_value(self))), tuple_of(thread, self->function_.get()),
                  tuple_of(thread, self->function_.get(), to_value(self->arguments_.get()),
                           to_value(self->keywords_.get()), state));
}

Result<void> partial_setstate(Thread& thread, Partial* self, Value state) {
  auto* parts = try_cast<Tuple>(state);
  if (parts == nullptr || parts->length() != 4 || !is_callable(thread, parts->at(0)) || !is<Tuple>(parts->at(1)) ||
      (!is<Dict>(parts->at(2)) && !parts->at(2).is_none()))
    return thread.raise<TypeError>("invalid partial state");
  Tuple* arguments = is_exact<Tuple>(parts->at(1)) ? cast<Tuple>(parts->at(1))
                                                   : TRY(make_tuple(thread, cast<Tuple>(parts->at(1))->span()));
  Dict* keywords = parts->at(2).is_none()         ? Dict::make(thread.heap())
                   : is_exact<Dict>(parts->at(2)) ? cast<Dict>(parts->at(2))
                                                  : TRY(dict_copy(thread, cast<Dict>(parts->at(2))));
  self->function_.set(self, parts->at(0));
  self->arguments_.set(self, arguments);
  self->keywords_.set(self, keywords);
  Value attributes = parts->at(3);
  if (is<Dict>(attributes))
    TRY(replace_instance_dict(thread, self, cast<Dict>(attributes)));
  else if (attributes.is_none())
    TRY(replace_instance_dict(thread, self, Dict::make(thread.heap())));
  return {};
}

Value partial_func(Thread&, Partial* self) { return self->function_.get(); }
Value partial_args(Thread&, Partial* self) { return to_value(self->arguments_.get()); }
Value partial_keywords(Thread&, Partial* self) { return to_value(self->keywords_.get()); }

constexpr NativeMethod kMethods[] = {
    method<partial_reduce>("__reduce__($self, /)"),
    method<partial_setstate>("__setstate__($self, state, /)"),
    method<class_getitem>("__class_getitem__($type, item, /)", "See PEP 585"),
};
constexpr NativeAttribute kAttributes[] = {
    attribute<partial_func>("func", "function object to use in future partial calls"),
    attribute<partial_args>("args", "tuple of arguments to future partial calls"),
    attribute<partial_keywords>("keywords", "dictionary of keyword arguments to future partial calls"),
};

}  // namespace

constinit const TypeSpec kPartialType = {
    .name = "functools.partial",
    .kind = Kind::Partial,
    .flags = kTypeBase | kTypeHasDict | kTypeHasWeakrefs,
    .layout = [] { return layout_of<Partial>("partial"); },
    .slots = {.repr = partial_repr, .call = partial_call, .new_ = partial_new},
    .methods = kMethods,
    .attributes = kAttributes,
    .doc =
        "partial(func, *args, **keywords) - new function with partial application\n    of the given arguments and "
        "keywords.\n",
};

}  // namespace viperine
