// SPDX-License-Identifier: MIT
// What the dicts of built-in types hold: method, classmethod, slot wrapper, member and getset descriptors, and bound
// slot wrappers. How a slot is called is in runtime/slot_wrappers.cpp.
#include "builtins/builtin_types.h"
#include "builtins/common.h"
#include "runtime/classes.h"

namespace viperine {

namespace {

/// Name and owner of any of these descriptors.
struct DescriptorFace {
  Str* name;
  Type* type;
};

DescriptorFace face_of(Thread& thread, Value descriptor) {
  HeapObject* object = descriptor.as_object();
  switch (kind_of(object)) {
    case Kind::SlotWrapper: {
      auto* wrapper = static_cast<SlotWrapper*>(object);
      return {thread.names().*(wrapper->entry_->interned), wrapper->type_.get()};
    }
    case Kind::MemberDescriptor: {
      auto* member = static_cast<MemberDescriptor*>(object);
      return {member->name_.get(), member->type_.get()};
    }
    case Kind::GetSetDescriptor: {
      auto* getset = static_cast<GetSetDescriptor*>(object);
      return {intern(thread, getset->attribute_->name), getset->type_.get()};
    }
    default: {
      auto* method = static_cast<MethodDescriptor*>(object);
      return {intern(thread, method->method_->name()), method->type_.get()};
    }
  }
}

Result<void> check_receiver(Thread& thread, Value descriptor, Value object) {
  // The name, which may have to be interned, is for errors only.
  HeapObject* self = descriptor.as_object();
  Type* type = kind_of(self) == Kind::SlotWrapper        ? static_cast<SlotWrapper*>(self)->type_.get()
               : kind_of(self) == Kind::MemberDescriptor ? static_cast<MemberDescriptor*>(self)->type_.get()
               : kind_of(self) == Kind::GetSetDescriptor ? static_cast<GetSetDescriptor*>(self)->type_.get()
                                                         : static_cast<MethodDescriptor*>(self)->type_.get();
  if (is_instance(thread, object, type)) return {};
  DescriptorFace face = face_of(thread, descriptor);
  return thread.raise<TypeError>("descriptor '{}' for '{}' objects doesn't apply to a '{}' object", face.name,
                                 face.type->name(), type_name_of(object));
}

Value descriptor_name(Thread& thread, Value self) { return to_value(face_of(thread, self).name); }
Value descriptor_objclass(Thread& thread, Value self) { return to_value(face_of(thread, self).type); }
Result<Value> descriptor_qualname(Thread& thread, Value self) {
  DescriptorFace face = face_of(thread, self);
  return to_value(format_text(thread, "{}.{}", face.type->qualified_name_.get(), face.name));
}
Result<Value> descriptor_reduce(Thread& thread, Value self) {
  DescriptorFace face = face_of(thread, self);
  Optional<Value> getattr = thread.runtime().builtins_dict()->get_str(intern(thread, "getattr"));
  if (!getattr) return thread.raise<AttributeError>("getattr");
  return make_pair(thread, *getattr, make_pair(thread, to_value(face.type), to_value(face.name)));
}

Result<Value> show(Thread& thread, const char* what, Value self) {
  DescriptorFace face = face_of(thread, self);
  return to_value(format_text(thread, "<{} '{}' of '{}' objects>", what, face.name, face.type));
}

constexpr NativeMethod kReduce = method<descriptor_reduce>("__reduce__($self, /)", "Helper for pickle.");

// --- method_descriptor

Result<Value> method_get(Thread& thread, Value self, Value object, Value) {
  if (object.is_absent()) return self;
  TRY(check_receiver(thread, self, object));
  auto* descriptor = static_cast<MethodDescriptor*>(self.as_object());
  return to_value(make_native_function(thread, *descriptor->method_, object, Value::none()));
}

Result<Value> method_call(Thread& thread, Value self, const Arguments& arguments) {
  auto* descriptor = static_cast<MethodDescriptor*>(self.as_object());
  if (arguments.positional_count() == 0)
    return thread.raise<TypeError>("unbound method {}.{}() needs an argument", descriptor->type_->name(),
                                   descriptor->method_->name());
  TRY(check_receiver(thread, self, arguments[0]));
  return descriptor->method_->entry(thread, *descriptor->method_, arguments);
}

Result<Value> method_repr(Thread& thread, Value self) { return show(thread, "method", self); }

Value method_doc(Thread& thread, Value self) {
  const char* doc = static_cast<MethodDescriptor*>(self.as_object())->method_->doc;
  return doc == nullptr ? Value::none() : to_value(make_str(thread, doc));
}
Value method_signature(Thread& thread, Value self) {
  return to_value(signature_text(thread, *static_cast<MethodDescriptor*>(self.as_object())->method_));
}

const NativeMethod kMethods[] = {kReduce};
const NativeAttribute kMethodAttributes[] = {
    attribute<method_doc>("__doc__"),           attribute<method_signature>("__text_signature__"),
    attribute<descriptor_name>("=__name__"),     attribute<descriptor_qualname>("__qualname__"),
    attribute<descriptor_objclass>("=__objclass__"),
};

// --- classmethod_descriptor

Result<Value> class_method_get(Thread& thread, Value self, Value object, Value type) {
  auto* descriptor = static_cast<MethodDescriptor*>(self.as_object());
  Type* owner = descriptor->type_.get();
  std::string_view name = descriptor->method_->name();
  if (type.is_absent()) {
    if (object.is_absent())
      return thread.raise<TypeError>("descriptor '{}' for type '{}' needs either an object or a type", name,
                                     owner->name());
    type = to_value(type_of(thread, object));
  }
  if (!has_kind(type, Kind::Type))
    return thread.raise<TypeError>("descriptor '{}' for type '{}' needs a type, not a '{}' as arg 2", name,
                                   owner->name(), type_name_of(type));
  if (!cast<Type>(type)->is_subtype_of(owner))
    return thread.raise<TypeError>("descriptor '{}' requires a subtype of '{}' but received '{}'", name, owner->name(),
                                   cast<Type>(type)->name());
  return to_value(make_native_function(thread, *descriptor->method_, type, Value::none()));
}

Result<Value> class_method_call(Thread& thread, Value self, const Arguments& arguments) {
  auto* descriptor = static_cast<MethodDescriptor*>(self.as_object());
  Type* owner = descriptor->type_.get();
  std::string_view name = descriptor->method_->name();
  if (arguments.positional_count() == 0)
    return thread.raise<TypeError>("descriptor '{}' of '{}' object needs an argument", name, owner->name());
  Value bound = TRY(class_method_get(thread, self, Value::absent(), arguments[0]));
  return call(thread, bound, arguments.without_first());
}

// --- wrapper_descriptor

Result<Value> wrapper_get(Thread& thread, Value self, Value object, Value) {
  if (object.is_absent()) return self;
  TRY(check_receiver(thread, self, object));
  auto* bound = make_exact<MethodWrapper>(thread, Kind::MethodWrapper);
  bound->wrapper_.initialize(cast<SlotWrapper>(self));
  bound->self_.initialize(object);
  return to_value(bound);
}

Result<Value> wrapper_call(Thread& thread, Value self, const Arguments& arguments) {
  auto* wrapper = cast<SlotWrapper>(self);
  Type* owner = wrapper->type_.get();
  std::string_view name = wrapper->entry_->name;
  if (arguments.positional_count() == 0)
    return thread.raise<TypeError>("descriptor '{}' of '{}' object needs an argument", name, owner->name());
  if (!is_instance(thread, arguments[0], owner))
    return thread.raise<TypeError>("descriptor '{}' requires a '{}' object but received a '{}'", name, owner->name(),
                                   type_name_of(arguments[0]));
  return call_slot_wrapper(thread, wrapper, arguments[0], arguments.without_first());
}

Result<Value> wrapper_repr(Thread& thread, Value self) { return show(thread, "slot wrapper", self); }
Value wrapper_doc(Thread& thread, SlotWrapper* self) { return to_value(make_str(thread, self->entry_->doc)); }
Value wrapper_signature(Thread& thread, SlotWrapper* self) {
  return to_value(make_str(thread, self->entry_->signature));
}

const NativeAttribute kWrapperAttributes[] = {
    attribute<wrapper_doc>("__doc__"),          attribute<wrapper_signature>("__text_signature__"),
    attribute<descriptor_name>("=__name__"),     attribute<descriptor_qualname>("__qualname__"),
    attribute<descriptor_objclass>("=__objclass__"),
};

// --- method-wrapper

Result<Value> bound_wrapper_call(Thread& thread, Value self, const Arguments& arguments) {
  auto* bound = cast<MethodWrapper>(self);
  return call_slot_wrapper(thread, bound->wrapper_.get(), bound->self_.get(), arguments);
}
Result<Value> bound_wrapper_repr(Thread& thread, Value self) {
  auto* bound = cast<MethodWrapper>(self);
  return to_value(format_text(thread, "<method-wrapper '{}' of {} object at {}>", bound->wrapper_->entry_->name,
                              type_name_of(bound->self_.get()), address_text(thread, bound->self_.get())));
}
Result<Value> bound_wrapper_compare(Thread& thread, Value self, Value other, Comparison op) {
  if ((op != Comparison::Equal && op != Comparison::NotEqual) || !is<MethodWrapper>(other))
    return Value::not_implemented();
  auto* a = cast<MethodWrapper>(self);
  auto* b = cast<MethodWrapper>(other);
  bool equal = a->wrapper_.get() == b->wrapper_.get() && same_object(a->self_.get(), b->self_.get());
  return Value::from_bool(equal == (op == Comparison::Equal));
}
Result<int64_t> bound_wrapper_hash(Thread& thread, Value self) {
  auto* bound = cast<MethodWrapper>(self);
  int64_t object = bound->self_.get().is_pointer()
                       ? static_cast<int64_t>(thread.heap().identity(bound->self_.get().as_object()))
                       : static_cast<int64_t>(bound->self_.get().bits() >> 2);
  return object * 31 ^ static_cast<int64_t>(thread.heap().identity(bound->wrapper_.get()));
}
Value bound_wrapper_self(Thread&, MethodWrapper* self) { return self->self_.get(); }
Value bound_wrapper_name(Thread& thread, MethodWrapper* self) {
  return descriptor_name(thread, to_value(self->wrapper_.get()));
}
Result<Value> bound_wrapper_qualname(Thread& thread, MethodWrapper* self) {
  return descriptor_qualname(thread, to_value(self->wrapper_.get()));
}
Value bound_wrapper_objclass(Thread&, MethodWrapper* self) { return to_value(self->wrapper_->type_.get()); }
Value bound_wrapper_doc(Thread& thread, MethodWrapper* self) { return wrapper_doc(thread, self->wrapper_.get()); }
Value bound_wrapper_signature(Thread& thread, MethodWrapper* self) {
  return wrapper_signature(thread, self->wrapper_.get());
}
Result<Value> bound_wrapper_reduce(Thread& thread, MethodWrapper* self) {
  Optional<Value> getattr = thread.runtime().builtins_dict()->get_str(intern(thread, "getattr"));
  return make_pair(thread, getattr.value_or(Value::none()),
                   make_pair(thread, self->self_.get(), bound_wrapper_name(thread, self)));
}

const NativeMethod kBoundWrapperMethods[] = {method<bound_wrapper_reduce>("__reduce__($self, /)")};
const NativeAttribute kBoundWrapperAttributes[] = {
    attribute<bound_wrapper_self>("=__self__"),         attribute<bound_wrapper_objclass>("__objclass__"),
    attribute<bound_wrapper_name>("__name__"),         attribute<bound_wrapper_qualname>("__qualname__"),
    attribute<bound_wrapper_doc>("__doc__"),           attribute<bound_wrapper_signature>("__text_signature__"),
};

// --- member_descriptor

const NativeAttribute* computed(const MemberDescriptor* descriptor) {
  return reinterpret_cast<const NativeAttribute*>(descriptor->doc_.get().bits());
}

Result<Value> member_get(Thread& thread, Value self, Value object, Value) {
  if (object.is_absent()) return self;
  TRY(check_receiver(thread, self, object));
  auto* descriptor = cast<MemberDescriptor>(self);
  if (descriptor->flags_ & kMemberComputed) return computed(descriptor)->getter(thread, object);
  if (descriptor->flags_ & kMemberTupleItem) return static_cast<Tuple*>(object.as_object())->at(descriptor->slot_);
  Value value = member(thread, object.as_object(), descriptor->slot_);
  if (!value.is_unbound()) return value;
  if (descriptor->flags_ & kMemberNoneWhenUnset) return Value::none();
  return raise_no_attribute(thread, object, descriptor->name_.get());
}

Result<void> member_set(Thread& thread, Value self, Value object, Value value) {
  TRY(check_receiver(thread, self, object));
  auto* descriptor = cast<MemberDescriptor>(self);
  if (descriptor->flags_ & (kMemberReadOnly | kMemberTupleItem))
    return thread.raise<AttributeError>("readonly attribute");
  if (descriptor->flags_ & kMemberComputed) {
    if (computed(descriptor)->setter == nullptr) return thread.raise<AttributeError>("readonly attribute");
    return computed(descriptor)->setter(thread, object, value);
  }
  if (value.is_absent()) {
    bool is_unset = member(thread, object.as_object(), descriptor->slot_).is_unbound();
    if (is_unset && (descriptor->flags_ & kMemberNoneWhenUnset) == 0)
      return thread.raise_value(ExceptionKind::AttributeError, to_value(descriptor->name_.get()));
    value = Value::unbound();
  }
  set_member(thread, object.as_object(), descriptor->slot_, value);
  return {};
}

Result<Value> member_repr(Thread& thread, Value self) { return show(thread, "member", self); }
Value member_doc(Thread& thread, MemberDescriptor* self) {
  if ((self->flags_ & kMemberComputed) == 0) return self->doc_.get();
  const char* doc = computed(self)->doc;
  return doc == nullptr ? Value::none() : to_value(make_str(thread, doc));
}

const NativeAttribute kMemberAttributes[] = {
    attribute<member_doc>("__doc__"),
    attribute<descriptor_name>("=__name__"),
    attribute<descriptor_qualname>("__qualname__"),
    attribute<descriptor_objclass>("=__objclass__"),
};

// --- getset_descriptor

Result<Value> getset_get(Thread& thread, Value self, Value object, Value) {
  if (object.is_absent()) return self;
  TRY(check_receiver(thread, self, object));
  return cast<GetSetDescriptor>(self)->attribute_->getter(thread, object);
}

Result<void> getset_set(Thread& thread, Value self, Value object, Value value) {
  TRY(check_receiver(thread, self, object));
  auto* descriptor = cast<GetSetDescriptor>(self);
  if (descriptor->attribute_->setter == nullptr)
    return thread.raise<AttributeError>("attribute '{}' of '{}' objects is not writable", descriptor->attribute_->name,
                                        descriptor->type_->name());
  return descriptor->attribute_->setter(thread, object, value);
}

Result<Value> getset_repr(Thread& thread, Value self) { return show(thread, "attribute", self); }
Value getset_doc(Thread& thread, GetSetDescriptor* self) {
  return self->attribute_->doc == nullptr ? Value::none() : to_value(make_str(thread, self->attribute_->doc));
}

const NativeAttribute kGetSetAttributes[] = {
    attribute<getset_doc>("__doc__"),
    attribute<descriptor_name>("=__name__"),
    attribute<descriptor_qualname>("__qualname__"),
    attribute<descriptor_objclass>("=__objclass__"),
};

}  // namespace

const TypeSpec kMethodDescriptorType = {
    .name = "method_descriptor",
    .kind = Kind::MethodDescriptor,
    .flags = kTypeDisallowInstantiation,
    .layout = [] { return layout_of<MethodDescriptor>("method_descriptor"); },
    .slots = {.repr = &method_repr, .call = &method_call, .descriptor_get = &method_get},
    .methods = kMethods,
    .attributes = kMethodAttributes,
};

const TypeSpec kClassMethodDescriptorType = {
    .name = "classmethod_descriptor",
    .kind = Kind::ClassMethodDescriptor,
    .flags = kTypeDisallowInstantiation,
    .layout = [] { return layout_of<MethodDescriptor>("classmethod_descriptor"); },
    .slots = {.repr = &method_repr, .call = &class_method_call, .descriptor_get = &class_method_get},
    .attributes = kMethodAttributes,
};

const TypeSpec kSlotWrapperType = {
    .name = "wrapper_descriptor",
    .kind = Kind::SlotWrapper,
    .flags = kTypeDisallowInstantiation,
    .layout = [] { return layout_of<SlotWrapper>("wrapper_descriptor"); },
    .slots = {.repr = &wrapper_repr, .call = &wrapper_call, .descriptor_get = &wrapper_get},
    .methods = kMethods,
    .attributes = kWrapperAttributes,
};

const TypeSpec kMethodWrapperType = {
    .name = "method-wrapper",
    .kind = Kind::MethodWrapper,
    .flags = kTypeDisallowInstantiation,
    .layout = [] { return layout_of<MethodWrapper>("method-wrapper"); },
    .slots = {.repr = &bound_wrapper_repr,
              .hash = &bound_wrapper_hash,
              .compare = &bound_wrapper_compare,
              .call = &bound_wrapper_call},
    .methods = kBoundWrapperMethods,
    .attributes = kBoundWrapperAttributes,
};

const TypeSpec kMemberDescriptorType = {
    .name = "member_descriptor",
    .kind = Kind::MemberDescriptor,
    .flags = kTypeDisallowInstantiation,
    .layout = [] { return layout_of<MemberDescriptor>("member_descriptor"); },
    .slots = {.repr = &member_repr, .descriptor_get = &member_get, .descriptor_set = &member_set},
    .methods = kMethods,
    .attributes = kMemberAttributes,
};

const TypeSpec kGetSetDescriptorType = {
    .name = "getset_descriptor",
    .kind = Kind::GetSetDescriptor,
    .flags = kTypeDisallowInstantiation,
    .layout = [] { return layout_of<GetSetDescriptor>("getset_descriptor"); },
    .slots = {.repr = &getset_repr, .descriptor_get = &getset_get, .descriptor_set = &getset_set},
    .attributes = kGetSetAttributes,
};

}  // namespace viperine
