// SPDX-License-Identifier: MIT
// See reduce.h; PEP 307 describes the protocol.
#include "builtins/reduce.h"

#include "builtins/common.h"
#include "runtime/operators.h"

namespace viperine {

namespace {

Raised raise_cannot_pickle(Thread& thread, Value self) {
  return thread.raise<TypeError>("cannot pickle '{}' object", type_name_of(self));
}

/// Names of the __slots__ of the class and its bases, kept in cls.__slotnames__.
Result<Value> slot_names(Thread& thread, Type* type) {
  Optional<Value> cached = type->dict()->get_str(thread.names().__slotnames__);
  if (cached) {
    Value names = open_class_cell(*cached);
    if (!names.is_none() && !is<List>(names))
      return thread.raise<TypeError>("{}.__slotnames__ should be a list or None, not {}", type->name(),
                                     type_name_of(names));
    return names;
  }
  Value names = TRY(call(thread, TRY(import_attribute(thread, "copyreg", "_slotnames")), to_value(type)));
  if (!names.is_none() && !is<List>(names))
    return thread.raise<TypeError>("copyreg._slotnames didn't return a list or None");
  return names;
}

/// Values of the slots that are set.
Result<Dict*> slot_values(Thread& thread, Value self, List* names) {
  Dict* values = TRY(make_dict(thread, names->length()));
  for (int64_t i = 0; i < names->length(); ++i) {
    Str* name = try_str(thread, names->at(i));
    if (name == nullptr) continue;
    name = intern(thread, name);   // an exact str, whatever the list holds
    Optional<Value> value = TRY(find_attribute(thread, self, name));
    if (value) TRY(dict_set_name(thread, values, name, *value));
  }
  return values;
}

Result<Value> default_state(Thread& thread, Value self, bool required) {
  Type* type = type_of(thread, self);
  bool plain = type->instance_kind() == Kind::Instance || type->instance_kind() == Kind::Object;
  if (required && !plain) return raise_cannot_pickle(thread, self);
  Value state = Value::none();
  // A copy keeps the object's own attributes where they are; an empty __dict__ is no state.
  if (type->has_flag(kTypeHasDict) && self.is_pointer()) {
    Dict* dict = TRY(copy_instance_dict(thread, self.as_object()));
    if (dict->length() > 0) state = to_value(dict);
  }
  Value names = TRY(slot_names(thread, type));
  if (names.is_none() || cast<List>(names)->length() == 0) return state;
  Dict* values = TRY(slot_values(thread, self, cast<List>(names)));
  if (values->length() == 0) return state;
  return make_pair(thread, state, to_value(values));
}

struct NewArguments {
  Value positional = Value::absent();
  Value keywords = Value::absent();
};

Result<NewArguments> new_arguments(Thread& thread, Value self) {
  NewArguments result;
  Optional<Value> extended = TRY(lookup_special(thread, self, thread.names().__getnewargs_ex__));
  if (extended) {
    Value both = TRY(call(thread, *extended));
    if (!is<Tuple>(both))
      return thread.raise<TypeError>("__getnewargs_ex__ should return a tuple, not '{}'", type_name_of(both));
    auto* pair = cast<Tuple>(both);
    if (pair->length() != 2)
      return thread.raise<ValueError>("__getnewargs_ex__ should return a tuple of length 2, not {}", pair->length());
    if (!is<Tuple>(pair->at(0)))
      return thread.raise<TypeError>("first item of the tuple returned by __getnewargs_ex__ must be a tuple, not '{}'",
                                     type_name_of(pair->at(0)));
    if (!is<Dict>(pair->at(1)))
      return thread.raise<TypeError>("second item of the tuple returned by __getnewargs_ex__ must be a dict, not '{}'",
                                     type_name_of(pair->at(1)));
    result.positional = pair->at(0);
    result.keywords = pair->at(1);
    return result;
  }
  Optional<Value> getter = TRY(lookup_special(thread, self, thread.names().__getnewargs__));
  if (!getter) return result;
  result.positional = TRY(call(thread, *getter));
  if (!is<Tuple>(result.positional))
    return thread.raise<TypeError>("__getnewargs__ should return a tuple, not '{}'", type_name_of(result.positional));
  return result;
}

/// (cls, *positional)
Result<Tuple*> class_and_arguments(Thread& thread, Value cls, Value positional) {
  int64_t count = positional.is_absent() ? 0 : cast<Tuple>(positional)->length();
  Tuple* result = TRY(make_tuple(thread, count + 1));
  result->set(0, cls);
  for (int64_t i = 0; i < count; ++i) result->set(i + 1, cast<Tuple>(positional)->at(i));
  return result;
}

Result<Value> reduce_new_object(Thread& thread, Value self) {
  Type* type = type_of(thread, self);
  if (type->slots().new_ == nullptr) return raise_cannot_pickle(thread, self);
  NewArguments arguments = TRY(new_arguments(thread, self));
  bool has_keywords = !arguments.keywords.is_absent() && cast<Dict>(arguments.keywords)->length() > 0;
  Value maker, maker_arguments;
  Value cls = to_value(type);
  if (has_keywords) {
    maker = TRY(import_attribute(thread, "copyreg", "__newobj_ex__"));
    maker_arguments = to_value(Tuple::of(thread.heap(), cls, arguments.positional, arguments.keywords));
  } else {
    maker = TRY(import_attribute(thread, "copyreg", "__newobj__"));
    maker_arguments = to_value(TRY(class_and_arguments(thread, cls, arguments.positional)));
  }
  bool is_list = is<List>(self), is_dict = is<Dict>(self);
  Value state = TRY(pickle_state(thread, self, arguments.positional.is_absent() && !is_list && !is_dict));
  Value items = Value::none(), pairs = Value::none();
  if (is_list) items = TRY(iterate(thread, self));
  if (is_dict) pairs = TRY(iterate(thread, TRY(call_method(thread, self, thread.names().items))));
  return to_value(Tuple::of(thread.heap(), maker, maker_arguments, state, items, pairs));
}

Result<Value> common_reduce(Thread& thread, Value self, int protocol) {
  if (protocol >= 2) return reduce_new_object(thread, self);
  Value reduce = TRY(import_attribute(thread, "copyreg", "_reduce_ex"));
  return call(thread, reduce, self, Value::from_int(protocol));
}

}  // namespace

Result<Value> pickle_state(Thread& thread, Value self, bool required) {
  Value getter = TRY(get_attribute(thread, self, thread.names().__getstate__));
  auto* native = try_cast<NativeFunction>(getter);
  Optional<Value> original = thread.runtime().object_type()->dict()->get_str(thread.names().__getstate__);
  if (native != nullptr && native->self_.get() == self && original &&
      native->method_ == static_cast<MethodDescriptor*>((*original).as_object())->method_)
    return default_state(thread, self, required);
  return call(thread, getter);
}

Result<Value> object_getstate(Thread& thread, Value self) { return default_state(thread, self, false); }

Result<Value> object_reduce(Thread& thread, Value self) { return common_reduce(thread, self, 0); }

Result<Value> object_reduce_ex(Thread& thread, Value self, int protocol) {
  Str* name = thread.names().__reduce__;
  Optional<Value> reduce = TRY(find_attribute(thread, self, name));
  if (reduce) {
    Value cls = TRY(get_attribute(thread, self, thread.names().__class__));
    Value theirs = TRY(get_attribute(thread, cls, name));
    Optional<Value> original = thread.runtime().object_type()->dict()->get_str(name);
    if (!(theirs == *original)) return call(thread, *reduce);
  }
  return common_reduce(thread, self, protocol);
}

}  // namespace viperine
