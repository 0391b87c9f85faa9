// SPDX-License-Identifier: MIT
// Built-in types from their TypeSpecs, instances, modules' contents. Python classes are made in class_creation.cpp.
#include <cstring>

#include "runtime/attributes.h"
#include "runtime/class_creation.h"
#include "runtime/class_slots.h"
#include "runtime/classes.h"
#include "runtime/containers.h"
#include "runtime/strings.h"

namespace viperine {

// --- entries of type dicts

void set_type_entry(Thread& thread, Type* type, Str* name, Value value) {
  bool done = type->dict()->set_str(thread.heap(), name, value);
  CHECK(done);
}

void set_type_entry(Thread& thread, Type* type, std::string_view name, Value value) {
  set_type_entry(thread, type, intern(thread, name), value);
}

MemberDescriptor* make_computed_member(Thread& thread, Type* type, const NativeAttribute* attribute) {
  auto* descriptor = make_exact<MemberDescriptor>(thread, Kind::MemberDescriptor);
  descriptor->name_.initialize(intern(thread, attribute->name + 1));
  descriptor->type_.initialize(type);
  descriptor->doc_.initialize(Value::from_bits(reinterpret_cast<uint64_t>(attribute)));   // aligned: reads as an int
  descriptor->flags_ = kMemberComputed;
  return descriptor;
}

GetSetDescriptor* make_getset(Thread& thread, Type* type, const NativeAttribute* attribute) {
  auto* descriptor = make_exact<GetSetDescriptor>(thread, Kind::GetSetDescriptor);
  descriptor->attribute_ = attribute;
  descriptor->type_.initialize(type);
  return descriptor;
}

NativeFunction* make_native_function(Thread& thread, const NativeMethod& method, Value self, Value module) {
  auto* function = make_exact<NativeFunction>(thread, Kind::NativeFunction);
  function->method_ = &method;
  function->self_.initialize(self);
  function->module_.initialize(module);
  return function;
}

namespace {

// --- __new__ of built-in types

Result<Value> call_new(Thread& thread, const NativeMethod&, const Arguments& arguments) {
  Type* owner = cast<Type>(arguments[0]);
  if (arguments.positional_count() < 2)
    return thread.raise<TypeError>("{}.__new__(): not enough arguments", owner->name());
  if (!has_kind(arguments[1], Kind::Type))
    return thread.raise<TypeError>("{}.__new__(X): X is not a type object ({})", owner->name(),
                                   type_name_of(arguments[1]));
  Type* type = cast<Type>(arguments[1]);
  if (!type->is_subtype_of(owner))
    return thread.raise<TypeError>("{}.__new__({}): {} is not a subtype of {}", owner->name(), type->name(),
                                   type->name(), owner->name());
  // object.__new__(dict) would make a dict that is none: the most derived built-in base must have this very __new__.
  Type* built_in = type;
  while (built_in != nullptr && built_in->slots().new_ == &class_new) built_in = built_in->base();
  if (built_in != nullptr && built_in->slots().new_ != owner->slots().new_)
    return thread.raise<TypeError>("{}.__new__({}) is not safe, use {}.__new__()", owner->name(), type->name(),
                                   built_in->name());
  return owner->slots().new_(thread, type, arguments.without_first().without_first());
}

constexpr NativeMethod make_new_method() {
  NativeMethod method;
  method.entry = &call_new;
  method.text = "__new__($type, *args, **kwargs)";
  method.doc = "Create and return a new object.  See help(type) for accurate signature.";
  method.name_length = 7;
  method.required = method.positional = method.total = 1;
  method.flags = kNativeSelf | kNativeRest | kNativeKeywords;
  return method;
}

// --- specs

std::string_view short_name(const char* name) {
  const char* dot = std::strrchr(name, '.');
  return dot == nullptr ? name : dot + 1;
}

struct SpecSearch {
  const TypeSpec* spec;
  Type* found;
};

void search_subclasses(Thread& thread, Type* type, void* context) {
  auto* search = static_cast<SpecSearch*>(context);
  if (type->spec_ == search->spec) search->found = type;
  if (search->found == nullptr) for_each_subclass(thread, type, &search_subclasses, context);
}

Type* base_of_spec(Thread& thread, const TypeSpec& spec) {
  Runtime& runtime = thread.runtime();
  if (spec.base_spec == nullptr) return runtime.type(spec.base);
  Type* type = runtime.type(spec.base_spec->kind);
  if (type != nullptr && type->spec_ == spec.base_spec) return type;
  SpecSearch search{spec.base_spec, nullptr};
  search_subclasses(thread, runtime.object_type(), &search);
  return search.found;
}

void add_slot_wrappers(Thread& thread, Type* type, const TypeSlots& own) {
  const Names& names = thread.names();
  for (const SlotEntry& entry : slot_entries()) {
    Str* name = names.*entry.interned;
    if (slot_at(own, entry.offset) == nullptr || type->dict()->find_str(name) >= 0) continue;
    if (name == names.__getattr__) continue;
    auto* wrapper = make_exact<SlotWrapper>(thread, Kind::SlotWrapper);
    wrapper->entry_ = &entry;
    wrapper->type_.initialize(type);
    set_type_entry(thread, type, name, to_value(wrapper));
  }
  if (own.new_ != nullptr && !type->has_flag(kTypeDisallowInstantiation))
    set_type_entry(thread, type, names.__new__,
                   to_value(make_native_function(thread, kNewMethod, to_value(type), Value::none())));
  if (own.compare != nullptr && own.hash == nullptr && type->dict()->find_str(names.__hash__) < 0)
    set_type_entry(thread, type, names.__hash__, Value::none());
}

void add_methods(Thread& thread, Type* type, std::span<const NativeMethod> methods) {
  for (const NativeMethod& method : methods) {
    Str* name = intern(thread, method.name());
    if (method.flags & kNativeStatic) {
      auto* wrapped = static_cast<MethodKind*>(
          thread.heap().allocate(exact_shape_word(Kind::StaticMethod), sizeof(MethodKind) + 8));
      NativeFunction* function = make_native_function(thread, method, to_value(type), Value::none());
      wrapped->callable_.set(wrapped, to_value(function));
      set_type_entry(thread, type, name, to_value(wrapped));
      continue;
    }
    Kind kind = (method.flags & kNativeClass) != 0 ? Kind::ClassMethodDescriptor : Kind::MethodDescriptor;
    auto* descriptor = make_exact<MethodDescriptor>(thread, kind);
    descriptor->method_ = &method;
    descriptor->type_.initialize(type);
    set_type_entry(thread, type, name, to_value(descriptor));
  }
}

/// Names of the member slots that `type`'s instances have, by its root shape.
std::span<const Value> member_names(Shape* shape) {
  if (shape == nullptr || shape->member_count() == 0) return {};
  return {shape->names_->items(), shape->member_count()};
}

}  // namespace

constexpr NativeMethod kNewMethod = make_new_method();

bool needs_extra_word(Type* type) { return type->has_flag(kTypeHasDict) && !keeps_own_dict(type->instance_kind()); }

Result<Type*> make_builtin_type(Thread& thread, const TypeSpec& spec) {
  Runtime& runtime = thread.runtime();
  Heap& heap = thread.heap();
  if (spec.layout != nullptr)
    runtime.register_layout(spec.kind, spec.layout());  // types of modules; the others have theirs by now
  bool is_object = spec.kind == Kind::Object && runtime.object_type() == nullptr;
  Type* base = is_object ? nullptr : base_of_spec(thread, spec);
  CHECK(is_object || base != nullptr);
  auto* type = static_cast<Type*>(heap.allocate(exact_shape_word(Kind::Type), sizeof(Type)));
  type->name_.initialize(intern(thread, short_name(spec.name)));
  type->qualified_name_.initialize(type->name());
  type->spec_ = &spec;
  constexpr uint32_t kInherited =
      kTypeHasDict | kTypeHasWeakrefs | kTypeSubclassOfException | kTypeMatchSelf | kTypeSequence | kTypeMapping;
  type->flags_ = spec.flags | kTypeReady | (base != nullptr ? base->flags_ & kInherited : 0);
  Kind kind = spec.kind == Kind::Object && !is_object ? Kind::Instance : spec.kind;
  type->instance_kind_ = static_cast<uint8_t>(kind);
  if (spec.layout != nullptr && runtime.layouts_[static_cast<size_t>(kind)].name == nullptr)
    runtime.register_layout(kind, spec.layout());
  type->base_.initialize(base);
  type->dict_.initialize(Dict::make(heap));
  if (runtime.type(kind) == nullptr && kind != Kind::Instance) runtime.set_type(kind, type);
  type->bases_.set(type, base == nullptr ? runtime.empty_tuple() : Tuple::of(heap, to_value(base)));
  int64_t length = base == nullptr ? 1 : base->mro()->length() + 1;
  Tuple* order = Tuple::try_make(heap, length);
  order->set(0, to_value(type));
  for (int64_t i = 1; i < length; ++i) order->set(i, base->mro()->at(i - 1));
  type->mro_.set(type, order);
  TypeSlots slots = spec.slots;
  if (base != nullptr) {
    inherit_slots(slots, base->slots());
    if (spec.slots.new_ == nullptr && (spec.flags & kTypeDisallowInstantiation)) slots.new_ = nullptr;
    // Types with a kind of their own cannot be made by another kind's __new__.
    if (spec.slots.new_ == nullptr && base == runtime.object_type() && kind != Kind::Instance) slots.new_ = nullptr;
  }
  type->slots_ = intern_slots(runtime, slots);
  add_methods(thread, type, spec.methods);
  add_slot_wrappers(thread, type, spec.slots);
  // A name that begins with "=": CPython declares it as a member.
  for (const NativeAttribute& attribute : spec.attributes) {
    if (attribute.name[0] == '=')
      set_type_entry(thread, type, attribute.name + 1, to_value(make_computed_member(thread, type, &attribute)));
    else
      set_type_entry(thread, type, attribute.name, to_value(make_getset(thread, type, &attribute)));
  }
  if ((spec.flags & kTypeHasDict) != 0 && !keeps_own_dict(kind) && type->dict()->find_str(thread.names().__dict__) < 0)
    set_type_entry(thread, type, thread.names().__dict__, to_value(make_getset(thread, type, &kDictAttribute)));
  if (type->dict()->find_str(thread.names().__doc__) < 0)
    set_type_entry(thread, type, thread.names().__doc__,
                   spec.doc == nullptr ? Value::none() : to_value(make_str(thread, spec.doc)));
  const char* dot = std::strrchr(spec.name, '.');
  if (dot != nullptr && type->dict()->find_str(thread.names().__module__) < 0)
    set_type_entry(thread, type, thread.names().__module__,
                   to_value(intern(thread, std::string_view(spec.name, static_cast<size_t>(dot - spec.name)))));
  std::span<const Value> members = base == nullptr ? std::span<const Value>() : member_names(base->root_shape());
  type->root_shape_.set(
      type, make_root_shape(thread, type, members, needs_extra_word(type), static_cast<uint32_t>(members.size())));
  if (base != nullptr) add_subclass(thread, base, type);
  if (spec.ready != nullptr) TRY(spec.ready(thread, type));
  return type;
}

Result<void> add_members(Thread& thread, Type* type, std::span<const std::string_view> names, uint32_t flags) {
  std::span<const Value> inherited = member_names(type->root_shape());
  constexpr size_t kMost = 64;
  CHECK(inherited.size() + names.size() <= kMost);
  Value all[kMost];
  size_t count = 0;
  for (Value name : inherited) all[count++] = name;
  for (std::string_view text : names) {
    Str* name = intern(thread, text);
    auto* descriptor = make_exact<MemberDescriptor>(thread, Kind::MemberDescriptor);
    descriptor->name_.initialize(name);
    descriptor->type_.initialize(type);
    descriptor->doc_.initialize(Value::none());
    descriptor->slot_ = static_cast<uint32_t>(count);
    descriptor->flags_ = flags;
    if (type->dict()->find_str(name) < 0) set_type_entry(thread, type, name, to_value(descriptor));
    all[count++] = to_value(name);
  }
  type->root_shape_.set(type, make_root_shape(thread, type, std::span<const Value>(all, count), needs_extra_word(type),
                                              static_cast<uint32_t>(count)));
  return {};
}

// --- instances

HeapObject* allocate_instance(Thread& thread, Type* type, size_t fixed_size, size_t tail_bytes) {
  Heap& heap = thread.heap();
  Shape* shape = type->root_shape();
  size_t native = (fixed_size + tail_bytes + 7) & ~size_t{7};
  uint32_t words = shape->inline_count() + (shape->has_dict() ? 1u : 0u);
  HeapObject* object = heap.allocate(
      HeapObject::make_shape_word(static_cast<uint8_t>(type->instance_kind()), shape->index()), native + words * 8);
  auto* members = reinterpret_cast<Value*>(reinterpret_cast<char*>(object) + native) + (shape->has_dict() ? 1 : 0);
  for (uint32_t i = 0; i < shape->member_count(); ++i) members[i] = Value::unbound();
  const Layout& layout = heap.layout(object);
  if (layout.weak_mask != 0 || (layout.flags & kLayoutRelease) != 0) heap.register_special(object);
  if (type->has_flag(kTypeHasFinalizer)) heap.register_finalizer(object);
  return object;
}

// --- what modules hold

Result<Type*> add_type(Thread& thread, Module* module, const TypeSpec& spec) {
  Type* type = TRY(make_builtin_type(thread, spec));
  TRY(dict_set_name(thread, module->dict(), type->name(), to_value(type)));
  return type;
}

Result<void> add_constant(Thread& thread, Module* module, std::string_view name, Value value) {
  return dict_set_name(thread, module->dict(), intern(thread, name), value);
}

Result<void> add_int(Thread& thread, Module* module, std::string_view name, int64_t value) {
  return add_constant(thread, module, name, make_int(thread.heap(), value));
}

Result<void> add_text(Thread& thread, Module* module, std::string_view name, std::string_view value) {
  return add_constant(thread, module, name, to_value(make_str(thread, value)));
}

Result<Type*> add_exception(Thread& thread, Module* module, std::string_view name, Type* base, std::string_view doc) {
  size_t dot = name.rfind('.');
  Dict* space = Dict::make(thread.heap());
  std::string_view module_name = dot == std::string_view::npos ? std::string_view() : name.substr(0, dot);
  if (dot == std::string_view::npos) {
    Optional<Value> own = module->dict()->get_str(thread.names().__name__);
    TRY(dict_set_name(thread, space, thread.names().__module__, own.value_or(Value::none())));
  } else {
    TRY(dict_set_name(thread, space, thread.names().__module__, to_value(intern(thread, module_name))));
  }
  if (!doc.empty()) TRY(dict_set_name(thread, space, thread.names().__doc__, to_value(make_str(thread, doc))));
  Str* short_text = intern(thread, dot == std::string_view::npos ? name : name.substr(dot + 1));
  Type* type = TRY(make_class(thread, thread.runtime().type_type(), short_text,
                              Tuple::of(thread.heap(), to_value(base)), space, nullptr));
  TRY(dict_set_name(thread, module->dict(), short_text, to_value(type)));
  return type;
}

}  // namespace viperine
