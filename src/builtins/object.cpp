// SPDX-License-Identifier: MIT
// object: what every value can do. Creation (object.__new__) is in runtime/class_creation.cpp, attribute access in
// runtime/attributes.cpp.
#include "builtins/builtin_types.h"
#include "builtins/common.h"
#include "builtins/reduce.h"

namespace viperine {

namespace {

Result<Value> object_str(Thread& thread, Value self) { return to_value(TRY(repr(thread, self))); }

Result<int64_t> object_hash(Thread& thread, Value self) {
  if (!self.is_pointer()) return static_cast<int64_t>(self.bits() >> 2);
  return static_cast<int64_t>(thread.heap().identity(self.as_object()));
}

Result<Value> object_compare(Thread& thread, Value self, Value other, Comparison op) {
  if (op == Comparison::Equal) return same_object(self, other) ? Value::true_() : Value::not_implemented();
  if (op != Comparison::NotEqual) return Value::not_implemented();
  // != is the opposite of what the class says for ==.
  CompareSlot slot = type_of(thread, self)->slots().compare;
  if (slot == nullptr) return Value::not_implemented();
  Value equal = TRY(slot(thread, self, other, Comparison::Equal));
  if (equal.is_not_implemented()) return equal;
  return Value::from_bool(!TRY(is_true(thread, equal)));
}

Result<Value> object_format(Thread& thread, Value self, Str* specification) {
  if (specification->length() > 0)
    return thread.raise<TypeError>("unsupported format string passed to {}.__format__", type_name_of(self));
  return to_value(TRY(str(thread, self)));
}

Result<Value> object_sizeof(Thread& thread, Value self) {
  return Value::from_int(self.is_pointer() ? static_cast<int64_t>(thread.heap().size_of(self.as_object())) : 8);
}

Result<Value> object_dir(Thread& thread, Value self) {
  Dict* names = TRY(make_dict(thread, 0));
  Optional<Value> own = TRY(find_attribute(thread, self, thread.names().__dict__));
  if (own && is<Dict>(*own)) TRY(dict_update(thread, names, *own));
  Optional<Value> cls = TRY(find_attribute(thread, self, thread.names().__class__));
  if (cls) TRY(merge_class_names(thread, names, *cls));
  return to_value(dict_keys_list(thread, names));
}

Result<Value> object_class(Thread& thread, Value self) { return to_value(type_of(thread, self)); }

Value object_subclass_hook(Thread&, Type*, Rest) { return Value::not_implemented(); }
Value object_init_subclass(Thread&, Type*) { return Value::none(); }

/// "C.__init_subclass__() takes no keyword arguments" names the class that was asked.
Result<Value> init_subclass_entry(Thread& thread, Type* type, Arguments arguments) {
  if (arguments.keyword_count() > 0)
    return thread.raise<TypeError>("{}.__init_subclass__() takes no keyword arguments", type->name());
  if (arguments.count > 0)
    return thread.raise<TypeError>("{}.__init_subclass__() takes no arguments ({} given)", type->name(),
                                   arguments.count);
  return object_init_subclass(thread, type);
}

const NativeMethod kMethods[] = {
    method<object_reduce_ex>("__reduce_ex__($self, protocol, /)", "Helper for pickle."),
    method<object_reduce>("__reduce__($self, /)", "Helper for pickle."),
    method<object_getstate>("__getstate__($self, /)", "Helper for pickle."),
    method<object_subclass_hook>("__subclasshook__($type, /, *args)",
                                 "Abstract classes can override this to customize issubclass()."),
    method<init_subclass_entry>("__init_subclass__($type, /, *args, **kwargs)",
                                "This method is called when a class is subclassed."),
    method<object_format>("__format__($self, format_spec, /)", "Default object formatter."),
    method<object_sizeof>("__sizeof__($self, /)", "Size of object in memory, in bytes."),
    method<object_dir>("__dir__($self, /)", "Default dir() implementation."),
};

const NativeAttribute kAttributes[] = {
    attribute<object_class, assign_class>("__class__", "the object's class"),
};

}  // namespace

const TypeSpec kObjectType = {
    .name = "object",
    .kind = Kind::Object,
    .flags = kTypeBase,
    .slots = {.repr = &default_object_repr,
              .str = &object_str,
              .hash = &object_hash,
              .compare = &object_compare,
              .new_ = &object_new,
              .init = &object_init,
              .get_attribute = &generic_get_attribute,
              .set_attribute = &generic_set_attribute},
    .methods = kMethods,
    .attributes = kAttributes,
    .doc = "The base class of the class hierarchy.",
    .text_signature = "()",
};

}  // namespace viperine
