// SPDX-License-Identifier: MIT
// call(): Python functions go to the interpreter, everything else through its type's call slot.
#include "runtime/calls.h"

#include <vector>

#include "runtime/attributes.h"
#include "runtime/containers.h"
#include "runtime/operators.h"
#include "runtime/strings.h"

namespace viperine {

namespace {

/// Up to this many arguments are assembled on the native stack, more in a heap Array.
constexpr uint32_t kInlineArguments = 16;

/// arguments with `first` put before them.
template <typename Body>
Result<Value> with_first(Thread& thread, Value first, const Arguments& arguments, Body body) {
  Value buffer[kInlineArguments + 1];
  Value* values = buffer;
  if (arguments.count > kInlineArguments) {
    Array* array = Array::try_make(thread.heap(), arguments.count + 1);
    if (array == nullptr) return thread.raise_memory_error();
    values = array->items();
  }
  values[0] = first;
  for (uint32_t i = 0; i < arguments.count; ++i) values[i + 1] = arguments.values[i];
  return body(Arguments{values, arguments.count + 1, arguments.keywords});
}

}  // namespace

Result<Value> call(Thread& thread, Value callable, const Arguments& arguments) {
  if (thread.native_recursion_exceeded("")) return Raised{};
  if (has_kind(callable, Kind::Function))
    return thread.runtime().tables().call_function(thread, cast<Function>(callable), arguments);
  if (has_kind(callable, Kind::BoundMethod)) {
    auto* method = cast<BoundMethod>(callable);
    Value function = method->function_.get();
    return with_first(thread, method->self_.get(), arguments,
                      [&](const Arguments& all) { return call(thread, function, all); });
  }
  if (has_kind(callable, Kind::NativeFunction)) {
    auto* function = cast<NativeFunction>(callable);
    const NativeMethod& method = *function->method_;
    if ((method.flags & (kNativeSelf | kNativeClass)) == 0) return method.entry(thread, method, arguments);
    return with_first(thread, function->self_.get(), arguments,
                      [&](const Arguments& all) { return method.entry(thread, method, all); });
  }
  if (has_kind(callable, Kind::MethodDescriptor) && arguments.positional_count() > 0) {
    auto* descriptor = cast<MethodDescriptor>(callable);
    if (is_instance(thread, arguments[0], descriptor->type_.get()))
      return descriptor->method_->entry(thread, *descriptor->method_, arguments);
  }
  Type* type = type_of(thread, callable);
  if (type->slots().call == nullptr)
    return thread.raise<TypeError>("'{}' object is not callable", type);
  return type->slots().call(thread, callable, arguments);
}

Result<Value> call_method(Thread& thread, Value object, Str* name, std::span<const Value> values) {
  Type* type = type_of(thread, object);
  if (type->slots().get_attribute == &generic_get_attribute) {
    Optional<Value> attribute = lookup_in_type(thread, type, name);
    if (attribute && (has_kind(*attribute, Kind::Function) || has_kind(*attribute, Kind::MethodDescriptor)) &&
        (!object.is_pointer() || !instance_attribute(thread, object.as_object(), name))) {
      return with_first(thread, object, Arguments{values.data(), static_cast<uint32_t>(values.size()), nullptr},
                        [&](const Arguments& all) { return call(thread, *attribute, all); });
    }
  }
  Value callable = TRY(get_attribute(thread, object, name));
  return call(thread, callable, Arguments{values.data(), static_cast<uint32_t>(values.size()), nullptr});
}

Result<Optional<Value>> call_special(Thread& thread, Value object, Str* name, std::span<const Value> values) {
  Optional<Value> attribute = lookup_in_type(thread, type_of(thread, object), name);
  if (!attribute) return Optional<Value>();
  Arguments arguments{values.data(), static_cast<uint32_t>(values.size()), nullptr};
  if (has_kind(*attribute, Kind::Function) || has_kind(*attribute, Kind::MethodDescriptor))
    return TRY(
        with_first(thread, object, arguments, [&](const Arguments& all) { return call(thread, *attribute, all); }));
  Value bound = TRY(bind_attribute(thread, *attribute, object, type_of(thread, object)));
  return TRY(call(thread, bound, arguments));
}

Result<Value> call_with_tuple(Thread& thread, Value callable, Tuple* positional, Dict* keywords) {
  uint32_t count = static_cast<uint32_t>(positional->length());
  if (keywords == nullptr || keywords->length() == 0)
    return call(thread, callable, Arguments{positional->items(), count, nullptr});
  uint32_t names_count = keywords->length();
  Array* array = Array::try_make(thread.heap(), count + names_count);
  Tuple* names = Tuple::try_make(thread.heap(), names_count);
  if (array == nullptr || names == nullptr) return thread.raise_memory_error();
  for (uint32_t i = 0; i < count; ++i) array->set(i, positional->at(i));
  uint32_t at = 0;
  for (int64_t entry = keywords->next_entry(0); entry >= 0; entry = keywords->next_entry(entry + 1)) {
    Value key = keywords->table()->key(static_cast<uint32_t>(entry));
    if (!is_str(key)) return thread.raise<TypeError>("keywords must be strings");
    names->set(at, key);
    array->set(count + at, keywords->table()->value(static_cast<uint32_t>(entry)));
    ++at;
  }
  return call(thread, callable, Arguments{array->items(), count + names_count, names});
}

bool is_callable(Thread& thread, Value value) {
  return type_of(thread, value)->slots().call != nullptr;
}

}  // namespace viperine
