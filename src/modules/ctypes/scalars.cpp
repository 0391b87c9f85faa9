// SPDX-License-Identifier: MIT
// Values of the simple C types: the letters of _type_, their sizes, and how Python values get into memory and back.
#ifdef VIPERINE_HAS_FFI
#include <cstring>
#include <cwchar>

#include "modules/ctypes/ctypes.h"
#include "runtime/integers.h"

namespace viperine::ctypes {

namespace {

struct Scalar {
  char code;
  uint8_t size;
  bool is_signed;
  ffi_type* ffi;
};

const Scalar kScalars[] = {
    {'c', 1, true, &ffi_type_sint8},
    {'b', 1, true, &ffi_type_sint8},
    {'B', 1, false, &ffi_type_uint8},
    {'h', 2, true, &ffi_type_sint16},
    {'H', 2, false, &ffi_type_uint16},
    {'i', 4, true, &ffi_type_sint32},
    {'I', 4, false, &ffi_type_uint32},
    {'d', 8, true, &ffi_type_double},
    {'f', 4, true, &ffi_type_float},
    {'z', sizeof(void*), false, &ffi_type_pointer},
    {'Z', sizeof(void*), false, &ffi_type_pointer},
    {'P', sizeof(void*), false, &ffi_type_pointer},
    {'O', sizeof(void*), false, &ffi_type_pointer},
    {'q', 8, true, &ffi_type_sint64},
    {'Q', 8, false, &ffi_type_uint64},
    {'v', 2, true, &ffi_type_sint16},
    {'?', 1, false, &ffi_type_uint8},
    {'g', sizeof(long double), true, &ffi_type_longdouble},
    {'u', sizeof(wchar_t), true, sizeof(wchar_t) == 4 ? &ffi_type_sint32 : &ffi_type_sint16},
    {'l', sizeof(long), true, sizeof(long) == 8 ? &ffi_type_sint64 : &ffi_type_sint32},
    {'L', sizeof(long), false, sizeof(long) == 8 ? &ffi_type_uint64 : &ffi_type_uint32},
};

const Scalar* find_scalar(char code) {
  for (const Scalar& scalar : kScalars)
    if (scalar.code == code) return &scalar;
  return nullptr;
}

int field_shift(int64_t field) { return static_cast<int>(field & 0xFFFF); }
int field_bits(int64_t field) { return static_cast<int>(field >> 16); }

uint64_t load(const uint8_t* address, int size, bool swapped) {
  uint64_t bits = 0;
  for (int i = 0; i < size; ++i) bits |= uint64_t{address[swapped ? size - 1 - i : i]} << (8 * i);
  return bits;
}
void store(uint8_t* address, int size, bool swapped, uint64_t bits) {
  for (int i = 0; i < size; ++i) address[swapped ? size - 1 - i : i] = static_cast<uint8_t>(bits >> (8 * i));
}

uint64_t load_field(const uint8_t* address, const Scalar& scalar, bool swapped, int64_t field) {
  uint64_t bits = load(address, scalar.size, swapped);
  int width = field_bits(field) > 0 ? field_bits(field) : scalar.size * 8;
  bits <<= 64 - width - field_shift(field);
  return scalar.is_signed ? static_cast<uint64_t>(static_cast<int64_t>(bits) >> (64 - width)) : bits >> (64 - width);
}
void store_field(uint8_t* address, const Scalar& scalar, bool swapped, int64_t field, uint64_t bits) {
  int width = field_bits(field);
  if (width > 0) {
    uint64_t mask = (~uint64_t{0} >> (64 - width)) << field_shift(field);
    bits = (load(address, scalar.size, swapped) & ~mask) | (bits << field_shift(field) & mask);
  }
  store(address, scalar.size, swapped, bits);
}

uint8_t* load_pointer(const uint8_t* address) {
  uint8_t* pointer;
  std::memcpy(&pointer, address, sizeof(pointer));
  return pointer;
}
void store_pointer(uint8_t* address, const void* pointer) { std::memcpy(address, &pointer, sizeof(pointer)); }

Result<Value> write_character(Thread& thread, uint8_t* address, Value value) {
  if (is<Bytes>(value) && cast<Bytes>(value)->length() == 1) {
    *address = cast<Bytes>(value)->data()[0];
  } else if (is<ByteArray>(value) && cast<ByteArray>(value)->length() == 1) {
    *address = cast<ByteArray>(value)->data()[0];
  } else if (is_integer(value)) {
    int64_t number;
    if (!int_fits_int64(value, &number) || number < 0 || number > 255)
      return thread.raise<TypeError>("one character bytes, bytearray or integer expected");
    *address = static_cast<uint8_t>(number);
  } else {
    return thread.raise<TypeError>("one character bytes, bytearray or integer expected");
  }
  return Value::none();
}

Result<Value> write_wide_character(Thread& thread, uint8_t* address, Value value) {
  Str* text = try_str(thread, value);
  if (text == nullptr)
    return thread.raise<TypeError>("unicode string expected instead of {} instance", type_name_of(value));
  if (text->length() != 1) return thread.raise<TypeError>("one character unicode string expected");
  auto character = static_cast<wchar_t>(text->at(0));
  std::memcpy(address, &character, sizeof(character));
  return Value::none();
}

Result<Value> write_text_pointer(Thread& thread, uint8_t* address, Value value) {
  if (value.is_none()) {
    store_pointer(address, nullptr);
    return value;
  }
  if (is<Bytes>(value)) {
    store_pointer(address, TRY(stable_address(thread, cast<Bytes>(value))));
    return value;
  }
  if (is_integer(value)) {
    store_pointer(address, reinterpret_cast<void*>(int_bits(value)));
    return Value::none();
  }
  return thread.raise<TypeError>("bytes or integer address expected instead of {} instance", type_name_of(value));
}

Result<Value> write_wide_pointer(Thread& thread, uint8_t* address, Value value) {
  if (value.is_none()) {
    store_pointer(address, nullptr);
    return value;
  }
  if (is_integer(value)) {
    store_pointer(address, reinterpret_cast<void*>(int_bits(value)));
    return Value::none();
  }
  Str* text = try_str(thread, value);
  if (text == nullptr)
    return thread.raise<TypeError>("unicode string or integer address expected instead of {} instance",
                                   type_name_of(value));
  CData* copy = TRY(wide_copy(thread, text));
  store_pointer(address, copy->data_);
  return to_value(copy);
}

Result<Value> write_float(Thread& thread, char code, bool swapped, uint8_t* address, Value value) {
  double number = TRY(to_double(thread, value));
  if (code == 'd') {
    store(address, 8, swapped, std::bit_cast<uint64_t>(number));
  } else if (code == 'f') {
    store(address, 4, swapped, std::bit_cast<uint32_t>(static_cast<float>(number)));
  } else {
    auto wide = static_cast<long double>(number);
    std::memcpy(address, &wide, sizeof(wide));
  }
  return Value::none();
}

double read_float(char code, bool swapped, const uint8_t* address) {
  if (code == 'd') return std::bit_cast<double>(load(address, 8, swapped));
  if (code == 'f') return static_cast<double>(std::bit_cast<float>(static_cast<uint32_t>(load(address, 4, swapped))));
  long double wide;
  std::memcpy(&wide, address, sizeof(wide));
  return static_cast<double>(wide);
}

}  // namespace

bool is_scalar_code(char code) { return find_scalar(code) != nullptr; }
int64_t scalar_size(char code) { return find_scalar(code)->size; }
ffi_type* scalar_ffi(char code) { return find_scalar(code)->ffi; }

uint64_t int_bits(Value integer) {
  if (integer.is_int()) return static_cast<uint64_t>(integer.as_int());
  if (integer.is_bool()) return integer.is_true() ? 1 : 0;
  auto* big = cast<BigInt>(integer);
  if (big->limb_count() == 0) return 0;
  return big->is_negative() ? uint64_t{0} - big->limbs()[0] : big->limbs()[0];
}

Value make_wide_text(Thread& thread, const wchar_t* text, int64_t length) {
  auto result = make_str_from_units(thread, text, sizeof(wchar_t), length);
  return result.is_raised() ? Value::raised() : to_value(result.take());
}

Result<CData*> wide_copy(Thread& thread, Str* text) {
  CData* copy = make_internal(thread, kThunkType, Role::Argument);
  TRY(give_memory(thread, copy, (text->length() + 1) * static_cast<int64_t>(sizeof(wchar_t))));
  auto* out = reinterpret_cast<wchar_t*>(copy->data_);
  for (int64_t i = 0; i < text->length(); ++i) out[i] = static_cast<wchar_t>(text->at(i));
  return copy;
}

Result<Value> read_scalar(Thread& thread, char code, bool swapped, const uint8_t* address, int64_t field) {
  switch (code) {
    case 'c':
      return to_value(make_bytes(thread, std::string_view(reinterpret_cast<const char*>(address), 1)));
    case 'f':
    case 'd':
    case 'g':
      return make_float(thread.heap(), read_float(code, swapped, address));
    case 'u':
      return make_wide_text(thread, reinterpret_cast<const wchar_t*>(address), 1);
    case 'z': {
      auto* text = reinterpret_cast<const char*>(load_pointer(address));
      return text == nullptr ? Value::none() : to_value(make_bytes(thread, text));
    }
    case 'Z': {
      auto* text = reinterpret_cast<const wchar_t*>(load_pointer(address));
      if (text == nullptr) return Value::none();
      return make_wide_text(thread, text, static_cast<int64_t>(std::wcslen(text)));
    }
    case 'P': {
      auto number = reinterpret_cast<uint64_t>(load_pointer(address));
      return number == 0 ? Value::none() : make_unsigned(thread.heap(), number);
    }
    case 'O': {
      auto number = reinterpret_cast<uint64_t>(load_pointer(address));
      if (number != 0) return object_of(thread, number);
      if (thread.has_pending()) return Raised{};
      return thread.raise<ValueError>("PyObject is NULL");
    }
    default:
      break;
  }
  const Scalar& scalar = *find_scalar(code);
  uint64_t bits = load_field(address, scalar, swapped, field);
  if (code == '?' || code == 'v') return Value::from_bool(bits != 0);
  return scalar.is_signed ? make_int(thread.heap(), static_cast<int64_t>(bits)) : make_unsigned(thread.heap(), bits);
}

Result<Value> write_scalar(Thread& thread, char code, bool swapped, uint8_t* address, Value value, int64_t field) {
  switch (code) {
    case 'c':
      return write_character(thread, address, value);
    case 'f':
    case 'd':
    case 'g':
      return write_float(thread, code, swapped, address, value);
    case 'u':
      return write_wide_character(thread, address, value);
    case 'z':
      return write_text_pointer(thread, address, value);
    case 'Z':
      return write_wide_pointer(thread, address, value);
    case 'P':
      if (!value.is_none() && !is_integer(value)) return thread.raise<TypeError>("cannot be converted to pointer");
      store_pointer(address, value.is_none() ? nullptr : reinterpret_cast<void*>(int_bits(value)));
      return Value::none();
    case 'O':
      store_pointer(address, reinterpret_cast<void*>(TRY(handle_of(thread, value))));
      return value;
    default:
      break;
  }
  uint64_t bits;
  if (code == '?') {
    bits = TRY(is_true(thread, value)) ? 1 : 0;
  } else if (code == 'v') {
    bits = TRY(is_true(thread, value)) ? ~uint64_t{0} : 0;
  } else {
    bits = int_bits(TRY(to_index(thread, value)));
  }
  store_field(address, *find_scalar(code), swapped, field, bits);
  return Value::none();
}

// --- arrays of characters

char text_code(Type* type) {
  if (!has_category(type, Category::Array)) return 0;
  TypeInfo* item = info_of_value(info_part(type, kTarget));
  return item != nullptr && item->category == Category::Simple && (item->code == 'c' || item->code == 'u') ? item->code
                                                                                                           : 0;
}

Result<Value> read_text(Thread& thread, const uint8_t* address, int64_t bytes, bool wide) {
  if (!wide) {
    auto* text = reinterpret_cast<const char*>(address);
    return to_value(TRY(try_make_bytes(thread, text, static_cast<int64_t>(strnlen(text, static_cast<size_t>(bytes))))));
  }
  auto* text = reinterpret_cast<const wchar_t*>(address);
  return make_wide_text(thread, text,
                        static_cast<int64_t>(wcsnlen(text, static_cast<size_t>(bytes) / sizeof(wchar_t))));
}

Result<Value> write_text(Thread& thread, uint8_t* address, int64_t bytes, Value value, bool wide) {
  if (!wide) {
    if (!is<Bytes>(value)) return thread.raise<TypeError>("expected bytes, {} found", type_name_of(value));
    auto* text = cast<Bytes>(value)->data();
    auto used = static_cast<int64_t>(std::strlen(reinterpret_cast<const char*>(text)));
    if (used > bytes) return thread.raise<ValueError>("bytes too long ({}, maximum length {})", used, bytes);
    std::memcpy(address, text, static_cast<size_t>(std::min(used + 1, bytes)));
    return Value::none();
  }
  Str* text = try_str(thread, value);
  if (text == nullptr)
    return thread.raise<TypeError>("unicode string expected instead of {} instance", type_name_of(value));
  int64_t room = bytes / static_cast<int64_t>(sizeof(wchar_t));
  if (text->length() > room)
    return thread.raise<ValueError>("string too long ({}, maximum length {})", text->length(), room);
  for (int64_t i = 0; i < std::min(text->length() + 1, room); ++i) {
    auto character = static_cast<wchar_t>(i < text->length() ? text->at(i) : 0);
    std::memcpy(address + i * static_cast<int64_t>(sizeof(wchar_t)), &character, sizeof(character));
  }
  return Value::none();
}

}  // namespace viperine::ctypes

#endif
