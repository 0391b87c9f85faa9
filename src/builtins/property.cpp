// SPDX-License-Identifier: MIT
// property. Error texts name the property when __set_name__ told its name.
#include "builtins/builtin_types.h"
#include "builtins/common.h"
#include "runtime/operators.h"

namespace viperine {

namespace {

Raised raise_no_accessor(Thread& thread, Property* self, Value object, const char* what) {
  Str* owner = TRY(repr(thread, to_value(type_of(thread, object)->qualified_name_.get())));
  if (self->name_.get().is_none()) return thread.raise<AttributeError>("property of {} object has no {}", owner, what);
  Str* name = TRY(repr(thread, self->name_.get()));
  return thread.raise<AttributeError>("property {} of {} object has no {}", name, owner, what);
}

Result<Value> property_get(Thread& thread, Value self, Value object, Value) {
  if (object.is_absent() || object.is_none()) return self;
  auto* property = cast<Property>(self);
  if (property->getter_.get().is_none()) return raise_no_accessor(thread, property, object, "getter");
  return call(thread, property->getter_.get(), object);
}

Result<void> property_set(Thread& thread, Value self, Value object, Value value) {
  auto* property = cast<Property>(self);
  if (value.is_absent()) {
    if (property->deleter_.get().is_none()) return raise_no_accessor(thread, property, object, "deleter");
    TRY(call(thread, property->deleter_.get(), object));
    return {};
  }
  if (property->setter_.get().is_none()) return raise_no_accessor(thread, property, object, "setter");
  TRY(call(thread, property->setter_.get(), object, value));
  return {};
}

Result<Value> property_new(Thread& thread, Type* type, const Arguments&) {
  auto* property = make_instance<Property>(thread, type);
  for (Slot<Value>* slot :
       {&property->getter_, &property->setter_, &property->deleter_, &property->doc_, &property->name_})
    slot->initialize(Value::none());
  return to_value(property);
}

/// The doc goes to the instance dict when a subclass has one (its class attribute __doc__ hides the slot).
Result<void> store_doc(Thread& thread, Property* self, Value doc) {
  if (self->shape_word() == exact_shape_word(Kind::Property)) {
    self->doc_.set(self, doc);
    return {};
  }
  return set_attribute(thread, to_value(self), thread.names().__doc__, doc);
}

Result<void> property_initialize(Thread& thread, Property* self, Value getter, Value setter, Value deleter, Value doc) {
  self->getter_.set(self, getter);
  self->setter_.set(self, setter);
  self->deleter_.set(self, deleter);
  self->doc_.set(self, doc);
  self->name_.set(self, Value::none());
  self->doc_from_getter_ = 0;
  if (!doc.is_none()) {
    if (self->shape_word() != exact_shape_word(Kind::Property)) TRY(store_doc(thread, self, doc));
    return {};
  }
  if (getter.is_none()) return {};
  Optional<Value> inherited = TRY(find_attribute(thread, getter, thread.names().__doc__));
  if (!inherited) return {};
  TRY(store_doc(thread, self, *inherited));
  self->doc_from_getter_ = 1;
  return {};
}

constexpr NativeMethod kInit =
    method<property_initialize>("property($self, fget=None, fset=None, fdel=None, doc=None)");

Result<void> property_init(Thread& thread, Value self, const Arguments& arguments) {
  Value values[6] = {self};
  if (arguments.count > 4) {
    return thread.raise<TypeError>("property() takes at most 4 arguments ({} given)", arguments.count);
  }
  for (uint32_t i = 0; i < arguments.count; ++i) values[i + 1] = arguments.values[i];
  TRY(kInit.entry(thread, kInit, Arguments{values, arguments.count + 1, arguments.keywords}));
  return {};
}

/// A copy in which one accessor is replaced; made by calling the type, so that subclasses stay.
Result<Value> property_copy(Thread& thread, Property* self, Value getter, Value setter, Value deleter) {
  auto pick = [](Value given, Value old) { return given.is_absent() || given.is_none() ? old : given; };
  Value new_getter = pick(getter, self->getter_.get());
  Value doc = self->doc_from_getter_ && !new_getter.is_none() ? Value::none() : self->doc_.get();
  Type* type = type_of(thread, to_value(self));
  Value copy = TRY(call(thread, to_value(type), new_getter, pick(setter, self->setter_.get()),
                        pick(deleter, self->deleter_.get()), doc));
  if (auto* property = try_cast<Property>(copy)) property->name_.set(property, self->name_.get());
  return copy;
}

Result<Value> property_getter(Thread& thread, Property* self, Value getter) {
  return property_copy(thread, self, getter, Value::absent(), Value::absent());
}
Result<Value> property_setter(Thread& thread, Property* self, Value setter) {
  return property_copy(thread, self, Value::absent(), setter, Value::absent());
}
Result<Value> property_deleter(Thread& thread, Property* self, Value deleter) {
  return property_copy(thread, self, Value::absent(), Value::absent(), deleter);
}

Result<void> property_set_name(Thread& thread, Property* self, Arguments arguments) {
  if (arguments.count != 2)
    return thread.raise<TypeError>("__set_name__() takes 2 positional arguments but {} were given", arguments.count);
  self->name_.set(self, arguments[1]);
  return {};
}

Value property_fget(Thread&, Property* self) { return self->getter_.get(); }
Value property_fset(Thread&, Property* self) { return self->setter_.get(); }
Value property_fdel(Thread&, Property* self) { return self->deleter_.get(); }
Result<void> refuse_set(Thread& thread, Property*, Value) { return thread.raise<AttributeError>("readonly attribute"); }
Value property_doc(Thread&, Property* self) { return self->doc_.get(); }
Result<void> set_property_doc(Thread&, Property* self, Value value) {
  self->doc_.set(self, value.is_absent() ? Value::none() : value);
  return {};
}

Result<Value> property_is_abstract(Thread& thread, Property* self) {
  for (Value function : {self->getter_.get(), self->setter_.get(), self->deleter_.get()}) {
    if (function.is_none()) continue;
    Optional<Value> flag = TRY(find_attribute(thread, function, thread.names().__isabstractmethod__));
    if (flag && TRY(is_true(thread, *flag))) return Value::true_();
  }
  return Value::false_();
}

const NativeMethod kMethods[] = {
    method<property_getter>("getter($self, object, /)",
                            "Descriptor to obtain a copy of the property with a different getter."),
    method<property_setter>("setter($self, object, /)",
                            "Descriptor to obtain a copy of the property with a different setter."),
    method<property_deleter>("deleter($self, object, /)",
                             "Descriptor to obtain a copy of the property with a different deleter."),
    method<property_set_name>("__set_name__($self, /, *args, **kwargs)", "Method to set name of a property."),
};

const NativeAttribute kAttributes[] = {
    attribute<property_fget, refuse_set>("=fget"),
    attribute<property_fset, refuse_set>("=fset"),
    attribute<property_fdel, refuse_set>("=fdel"),
    attribute<property_doc, set_property_doc>("=__doc__"),
    attribute<property_is_abstract>("__isabstractmethod__"),
};

}  // namespace

const TypeSpec kPropertyType = {
    .name = "property",
    .kind = Kind::Property,
    .flags = kTypeBase,
    .layout = [] { return layout_of<Property>("property"); },
    .slots = {.new_ = &property_new,
              .init = &property_init,
              .descriptor_get = &property_get,
              .descriptor_set = &property_set},
    .methods = kMethods,
    .attributes = kAttributes,
    .doc = "Property attribute: accessor functions behind an attribute.",
    .text_signature = "(fget=None, fset=None, fdel=None, doc=None)",
};

}  // namespace viperine
