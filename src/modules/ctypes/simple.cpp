// SPDX-License-Identifier: MIT
// _SimpleCData and its metaclass: classes with a letter as _type_, and their twins with the other byte order.
#ifdef VIPERINE_HAS_FFI
#include <cstring>

#include "modules/ctypes/ctypes.h"

namespace viperine::ctypes {

namespace {

constexpr std::string_view kCodes = "cbBhHiIlLdfuzZqQPXOv?g";

TypeInfo* simple_info(Thread& thread, CData* self) {
  TypeInfo* info = info_of(type_of_data(thread, self));
  return info != nullptr && info->category == Category::Simple ? info : nullptr;
}

Result<Value> simple_value(Thread& thread, CData* self) {
  TypeInfo* info = simple_info(thread, self);
  if (info == nullptr) return thread.raise<TypeError>("abstract class");
  return read_scalar(thread, info->code, info->swapped, self->data_, 0);
}

Result<void> simple_set_value(Thread& thread, CData* self, Value value) {
  if (value.is_absent()) return thread.raise<TypeError>("can't delete attribute");
  TypeInfo* info = simple_info(thread, self);
  if (info == nullptr) return thread.raise<TypeError>("abstract class");
  Value kept = TRY(write_scalar(thread, info->code, info->swapped, self->data_, value, 0));
  return keep_reference(thread, self, 0, kept);
}

Result<void> simple_init(Thread& thread, Value self, const Arguments& arguments) {
  if (arguments.positional_count() > 1)
    return thread.raise<TypeError>("__init__ expected at most 1 argument, got {}", arguments.positional_count());
  if (arguments.positional_count() == 0) return {};
  return simple_set_value(thread, self_data(self), arguments[0]);
}

Result<bool> simple_truth(Thread& thread, Value self) {
  CData* data = self_data(self);
  for (int64_t i = 0; i < data->size_; ++i)
    if (data->data_[i] != 0) return true;
  (void)thread;
  return false;
}

Result<Value> simple_repr(Thread& thread, Value self) {
  Type* type = type_of(thread, self);
  if (type->base() != state_type(thread, kSimpleType))
    return to_value(format_text(thread, "<{} object at {}>", type->name(), address_text(thread, self)));
  Value value = TRY(simple_value(thread, self_data(self)));
  Str* text = TRY(repr(thread, value));
  return to_value(format_text(thread, "{}({})", type->name(), text));
}

Result<Value> simple_from_outparam(Thread& thread, CData* self) {
  if (is_simple_subclass(thread, type_of_data(thread, self))) return to_value(self);
  return simple_value(thread, self);
}

constexpr NativeMethod kMethods[] = {method<simple_from_outparam>("__ctypes_from_outparam__($self, /)")};
constexpr NativeAttribute kAttributes[] = {attribute<simple_value, simple_set_value>("value", "current value")};

/// The class's twin with the other byte order.
Result<Type*> make_swapped(Thread& thread, Type* type, char code, const Arguments& arguments) {
  Type* metatype = type_of(thread, to_value(type));
  Value name = to_value(format_text(thread, "{}_be", arguments[0]));
  Value values[] = {name, arguments[1], arguments[2]};
  Value made = TRY(type_new(thread, metatype, Arguments{values, 3, nullptr}));
  Type* swapped = cast<Type>(made);
  TypeInfo* info = attach_info(thread, swapped, Category::Simple);
  *info = *info_of(type);
  info->format = nullptr;
  info->code = code;
  info->swapped = true;
  set_info_part(swapped, kTarget, info_part(type, kTarget));
  return swapped;
}

/// '<' or '>' and the letter of PEP 3118.
void set_scalar_format(TypeInfo* info, bool swapped) {
  char code = info->code;
  // long is as wide as long long here: the standard letter is that of its size.
  if (code == 'l' && sizeof(long) == 8) code = 'q';
  if (code == 'L' && sizeof(long) == 8) code = 'Q';
  char text[3] = {swapped ? '>' : '<', code, 0};
  set_format(info, text);
}

}  // namespace

Result<void> ready_simple(Thread& thread, Type* type, const Arguments& arguments) {
  Optional<Value> given = TRY(find_class_attribute(thread, to_value(type), "_type_"));
  if (!given) return thread.raise<AttributeError>("class must define a '_type_' attribute");
  Str* text = try_str(thread, *given);
  if (text == nullptr) return thread.raise<TypeError>("class must define a '_type_' string attribute");
  if (text->length() != 1)
    return thread.raise<ValueError>("class must define a '_type_' attribute which must be a string of length 1");
  auto code = static_cast<char>(text->at(0) < 128 ? text->at(0) : 0);
  if (code == 0 || kCodes.find(code) == std::string_view::npos || !is_scalar_code(code))
    return thread.raise<AttributeError>(
        "class must define a '_type_' attribute which must be\na single character "
        "string containing one of '{}'.",
        "cbBhHiIlLdfuzZqQPXOv?g");
  TypeInfo* info = attach_info(thread, type, Category::Simple);
  info->code = code;
  info->size = scalar_size(code);
  info->ffi = *scalar_ffi(code);
  info->alignment = info->ffi.alignment;
  if (code == 'z' || code == 'Z' || code == 'P' || code == 'O') info->flags |= kIsPointer;
  set_scalar_format(info, false);
  set_info_part(type, kTarget, *given);
  constexpr std::string_view kSwappable = "hHiIlLqQdf";
  if (type->base() != state_type(thread, kSimpleType) || kSwappable.find(code) == std::string_view::npos) return {};
  Type* swapped = TRY(make_swapped(thread, type, code, arguments));
  set_scalar_format(info_of(swapped), true);
  for (Type* owner : {type, swapped}) {
    TRY(type_set_attribute(thread, to_value(owner), intern(thread, "__ctype_be__"), to_value(swapped)));
    TRY(type_set_attribute(thread, to_value(owner), intern(thread, "__ctype_le__"), to_value(type)));
  }
  return {};
}

const TypeSpec kSimpleSpec = {.name = "_ctypes._SimpleCData",
                              .kind = Kind::CData,
                              .flags = kTypeBase,
                              .slots = {.repr = &simple_repr,
                                        .new_ = &data_new,
                                        .init = &simple_init,
                                        .truth = &simple_truth,
                                        .buffer = &data_buffer},
                              .methods = kMethods,
                              .attributes = kAttributes,
                              .doc = "Base class of numbers, characters and other simple C values.",
                              .base_spec = &kDataSpec};

}  // namespace viperine::ctypes

#endif
