// SPDX-License-Identifier: MIT
// Python values as arguments of C functions, and the objects that byref() and from_param() give.
// Invariant: addresses of bytes in a CArgument lie on the native stack, so that the collector leaves the bytes in
// place.
#ifdef VIPERINE_HAS_FFI
#include <cstring>

#include "modules/ctypes/ctypes.h"

namespace viperine::ctypes {

CData* make_argument(Thread& thread, char code, Value object) {
  CData* argument = make_internal(thread, kArgumentType, Role::Argument);
  argument->code_ = code;
  argument->objects_.set(argument, object);
  if (give_memory(thread, argument, 16).is_raised()) thread.clear_pending();
  CHECK(argument->data_ != nullptr);
  return argument;
}

Result<CData*> make_reference(Thread& thread, CData* object, int64_t offset) {
  CData* argument = make_argument(thread, 'P', to_value(object));
  const uint8_t* address = object->data_ + offset;
  std::memcpy(argument->data_, &address, sizeof(address));
  return argument;
}

namespace {

void set_pointer(CArgument* out, const void* address) {
  out->type = &ffi_type_pointer;
  std::memcpy(out->value, &address, sizeof(address));
}

void set_bytes(CArgument* out, const uint8_t* data, int64_t size, ffi_type* type) {
  out->type = type;
  std::memcpy(out->value, data, static_cast<size_t>(std::min<int64_t>(size, sizeof(out->value))));
}

Result<void> convert_prepared(Thread& thread, CData* argument, CArgument* out) {
  Value object = argument->objects_.get();
  out->kept = to_value(argument);
  if (argument->code_ == 'z' && is<Bytes>(object)) {
    out->kept = object;
    set_pointer(out, cast<Bytes>(object)->data());
    return {};
  }
  if (argument->code_ == 'O') {
    set_pointer(out, reinterpret_cast<void*>(TRY(handle_of(thread, object))));
    return {};
  }
  set_bytes(out, argument->data_, 16,
            is_scalar_code(argument->code_) ? scalar_ffi(argument->code_) : &ffi_type_pointer);
  return {};
}

Result<void> convert_instance(Thread& thread, CData* data, CArgument* out) {
  TypeInfo* info = info_of(type_of_data(thread, data));
  if (info == nullptr) return thread.raise<TypeError>("abstract class");
  switch (info->category) {
    case Category::Simple:
      set_bytes(out, data->data_, info->size, &info->ffi);
      break;
    case Category::Array:
      set_pointer(out, data->data_);
      break;
    case Category::Pointer:
    case Category::Function:
      set_bytes(out, data->data_, sizeof(void*), &ffi_type_pointer);
      break;
    case Category::Structure:
    case Category::Union:
      out->type = &info->ffi;
      out->place = data->data_;
      break;
  }
  return {};
}

}  // namespace

Result<void> convert_argument(Thread& thread, Value value, int64_t number, CArgument* out) {
  out->place = out->value;
  out->kept = value;
  if (is_data(value)) return convert_instance(thread, cast<CData>(value), out);
  if (is<CData>(value) && cast<CData>(value)->role_ == Role::Argument)
    return convert_prepared(thread, cast<CData>(value), out);
  if (value.is_none()) {
    set_pointer(out, nullptr);
    return {};
  }
  if (is_integer(value)) {
    int64_t number_value = 0;
    bool fits = int_fits_int64(value, &number_value);
    if (!fits && (cast<BigInt>(value)->is_negative() || cast<BigInt>(value)->limb_count() > 1))
      return thread.raise<OverflowError>("int too long to convert");
    uint64_t bits = int_bits(value);
    out->type = &ffi_type_sint32;
    std::memcpy(out->value, &bits, sizeof(bits));
    return {};
  }
  if (is<Bytes>(value)) {
    set_pointer(out, cast<Bytes>(value)->data());
    return {};
  }
  if (is_str(value)) {
    CData* copy = TRY(wide_copy(thread, as_str(thread, value)));
    out->kept = to_value(copy);
    set_pointer(out, copy->data_);
    return {};
  }
  Optional<Value> parameter = TRY(find_attribute(thread, value, intern(thread, "_as_parameter_")));
  if (!parameter) return thread.raise<TypeError>("Don't know how to convert parameter {}", number);
  if (thread.native_recursion_exceeded("")) return Raised{};
  return convert_argument(thread, *parameter, number, out);
}

namespace {

Result<Value> argument_repr(Thread& thread, Value self) {
  CData* argument = self_data(self);
  Type* type = type_of(thread, self);
  (void)type;
  if (std::strchr("bBhHiIlLqQ", argument->code_) != nullptr || std::strchr("dfc", argument->code_) != nullptr) {
    Value value = TRY(read_scalar(thread, argument->code_, false, argument->data_, 0));
    Str* text = nullptr;
    if (argument->code_ == 'c') {
      uint8_t byte = argument->data_[0];
      char hexadecimal[8];
      snprintf(hexadecimal, sizeof(hexadecimal),
               byte >= 32 && byte < 127 && byte != '\'' && byte != '\\' ? "%c" : "\\x%02x", byte);
      return to_value(format_text(thread, "<cparam 'c' ('{}')>", std::string_view(hexadecimal)));
    }
    text = TRY(repr(thread, value));
    return to_value(format_text(thread, "<cparam '{}' ({})>", argument->code_, text));
  }
  uint64_t bits;
  std::memcpy(&bits, argument->data_, sizeof(bits));
  Value object = argument->objects_.get();
  if (argument->code_ == 'z' && is<Bytes>(object))
    bits = reinterpret_cast<uint64_t>(TRY(stable_address(thread, cast<Bytes>(object))));
  char address[24];
  if (argument->code_ == 'z' || argument->code_ == 'Z' || argument->code_ == 'P') {
    snprintf(address, sizeof(address), "0x%lx", bits);
    return to_value(format_text(thread, "<cparam '{}' ({})>", argument->code_, std::string_view(address)));
  }
  return to_value(format_text(thread, "<cparam '{}' at {}>", argument->code_, address_text(thread, self)));
}

Value argument_object(Thread&, CData* self) {
  return is_nothing(self->objects_.get()) ? Value::none() : self->objects_.get();
}
constexpr NativeAttribute kAttributes[] = {attribute<argument_object>("=_obj", "the wrapped object")};

}  // namespace

const TypeSpec kArgumentSpec = {.name = "CArgObject",
                                .kind = Kind::CData,
                                .flags = kTypeDisallowInstantiation,
                                .slots = {.repr = &argument_repr},
                                .attributes = kAttributes};

}  // namespace viperine::ctypes

#endif
