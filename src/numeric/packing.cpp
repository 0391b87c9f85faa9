// SPDX-License-Identifier: MIT
// struct formats and values.
#include "numeric/packing.h"

#include <bit>
#include <charconv>
#include <cmath>
#include <cstring>
#include <limits>

namespace viperine {

namespace {

bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

template <typename T>
constexpr PackCodeSize native_size() {
  struct Probe {
    char first;
    T value;
  };
  return {sizeof(T), offsetof(Probe, value)};
}

PackCodeSize native_code_size(char code) {
  switch (code) {
    case 'h':
    case 'H':
      return native_size<short>();
    case 'i':
    case 'I':
      return native_size<int>();
    case 'l':
    case 'L':
      return native_size<long>();
    case 'n':
    case 'N':
      return native_size<size_t>();
    case 'q':
    case 'Q':
      return native_size<long long>();
    case 'e':
      return {2, alignof(short)};
    case 'f':
      return native_size<float>();
    case 'd':
      return native_size<double>();
    case 'P':
      return native_size<void*>();
    case '?':
      return native_size<bool>();
    default:
      return {0, 0};
  }
}

void store(uint8_t* out, uint64_t bits, size_t size, bool little_endian) {
  for (size_t i = 0; i < size; ++i) {
    out[little_endian ? i : size - 1 - i] = static_cast<uint8_t>(bits);
    bits >>= 8;
  }
}

char* append(char* p, std::string_view text) {
  std::memcpy(p, text.data(), text.size());
  return p + text.size();
}

/// "short format requires -32768 <= number <= 32767" and the like.
const char* range_message(char* out, char code, size_t size, bool host_order) {
  int bits = static_cast<int>(8 * size);
  char* p = out;
  // Names only where CPython packs through the machine's own type.
  switch (host_order || size == 1 ? code : '?') {
    case 'b':
      p = append(p, "byte");
      break;
    case 'B':
      p = append(p, "ubyte");
      break;
    case 'h':
      p = append(p, "short");
      break;
    case 'H':
      p = append(p, "ushort");
      break;
    default:
      *p++ = '\'';
      *p++ = code;
      *p++ = '\'';
      break;
  }
  p = append(p, " format requires ");
  int64_t low = is_signed_code(code) ? -(int64_t{1} << (bits - 1)) : 0;
  int64_t high = (int64_t{1} << (is_signed_code(code) ? bits - 1 : bits)) - 1;
  p = std::to_chars(p, p + 24, low).ptr;
  p = append(p, " <= number <= ");
  p = std::to_chars(p, p + 24, high).ptr;
  *p = 0;
  return out;
}

}  // namespace

PackCodeSize pack_code_size(char code, bool native) {
  switch (code) {
    case 'x':
    case 'b':
    case 'B':
    case 'c':
    case 's':
    case 'p':
      return {1, 1};
    case '?':
      if (!native) return {1, 1};
      break;
    case 'h':
    case 'H':
    case 'e':
      if (!native) return {2, 1};
      break;
    case 'i':
    case 'I':
    case 'l':
    case 'L':
    case 'f':
      if (!native) return {4, 1};
      break;
    case 'q':
    case 'Q':
    case 'd':
      if (!native) return {8, 1};
      break;
    default:
      if (!native) return {0, 0};
      break;
  }
  return native_code_size(code);
}

bool is_integer_code(char code) { return std::string_view("bBhHiIlLqQnNP").find(code) != std::string_view::npos; }
bool is_signed_code(char code) {
  switch (code) {
    case 'b':
    case 'h':
    case 'i':
    case 'l':
    case 'q':
    case 'n':
      return true;
    default:
      return false;
  }
}

PackFormat parse_pack_format(std::string_view format, PackItem* items) {
  PackFormat result;
  auto fail = [&](const char* error) {
    result.error = error;
    return result;
  };
  if (format.find('\0') != std::string_view::npos) return fail("embedded null character");
  size_t i = 0;
  constexpr bool kLittle = std::endian::native == std::endian::little;
  result.little_endian = kLittle;
  if (!format.empty()) {
    switch (format[0]) {
      case '@':
        i = 1;
        break;
      case '=':
        result.native = false, i = 1;
        break;
      case '<':
        result.native = false, result.little_endian = true, i = 1;
        break;
      case '>':
      case '!':
        result.native = false, result.little_endian = false, i = 1;
        break;
      default:
        break;
    }
  }
  constexpr const char* kTooLong = "total struct size too long";
  constexpr int64_t kLimit = std::numeric_limits<ptrdiff_t>::max();
  while (i < format.size()) {
    char c = format[i++];
    if (is_space(c)) continue;
    int64_t count = 1;
    if (c >= '0' && c <= '9') {
      count = c - '0';
      for (; i < format.size() && format[i] >= '0' && format[i] <= '9'; ++i) {
        int digit = format[i] - '0';
        if (count > (kLimit - digit) / 10) return fail(kTooLong);
        count = count * 10 + digit;
      }
      if (i == format.size()) return fail("repeat count given without format specifier");
      c = format[i++];
    }
    PackCodeSize code = pack_code_size(c, result.native);
    if (code.size == 0) return fail("bad char in struct format");
    int64_t padding = -result.size & (code.alignment - 1);  // alignments are powers of two
    if (result.size > kLimit - padding) return fail(kTooLong);
    result.size += padding;
    int64_t bytes;
    if (__builtin_mul_overflow(count, int64_t{code.size}, &bytes) || bytes > kLimit - result.size)
      return fail(kTooLong);
    bool is_string = c == 's' || c == 'p';
    if (is_string) {
      items[result.item_count++] = {c, result.size, count, 1};
      ++result.value_count;
    } else if (c != 'x' && count > 0) {
      items[result.item_count++] = {c, result.size, code.size, count};
      result.value_count += count;
    }
    result.size += bytes;
  }
  return result;
}

const char* pack_integer(uint8_t* out, char code, const PackFormat& format, limbs::Signed value, char* message) {
  size_t size = pack_code_size(code, format.native).size;
  size_t limb_count = value.magnitude.size();
  uint64_t magnitude = limb_count == 0 ? 0 : value.magnitude[0];
  constexpr uint64_t kSignBit = uint64_t{1} << 63;
  bool fits_signed = limb_count <= 1 && (value.negative ? magnitude <= kSignBit : magnitude < kSignBit);
  bool fits_unsigned = limb_count <= 1 && !value.negative;
  uint64_t bits = value.negative ? 0 - magnitude : magnitude;
  if (code == 'P') {
    if (!fits_signed && !fits_unsigned) return "int too large to convert";
  } else {
    // The narrow unsigned codes go through a signed word, as in CPython.
    bool host_order = format.little_endian == (std::endian::native == std::endian::little);
    bool through_signed = is_signed_code(code) || size == 1 || (size < 4 && host_order);
    if (through_signed ? !fits_signed : !fits_unsigned) {
      return size == 8 && !host_order ? "int too large to convert" : "argument out of range";
    }
    if (size < 8) {
      auto number = static_cast<int64_t>(bits);
      int64_t half = int64_t{1} << (8 * size - 1);
      bool in_range = is_signed_code(code) ? number >= -half && number < half : bits < 2 * static_cast<uint64_t>(half);
      if (!in_range) return range_message(message, code, size, host_order);
    }
  }
  store(out, bits, size, format.little_endian);
  return nullptr;
}

uint64_t unpack_integer(const uint8_t* bytes, size_t size, bool is_signed, bool little_endian) {
  uint64_t bits = 0;
  for (size_t i = 0; i < size; ++i) bits = bits << 8 | bytes[little_endian ? size - 1 - i : i];
  if (!is_signed || size == 8) return bits;
  uint64_t sign = uint64_t{1} << (8 * size - 1);
  return (bits ^ sign) - sign;
}

const char* pack_float(uint8_t* out, char code, const PackFormat& format, double value) {
  if (code == 'e') {
    uint16_t half = 0;
    if (!half_from_double(value, &half)) return "float too large to pack with e format";
    store(out, half, 2, format.little_endian);
  } else if (code == 'f') {
    auto narrow = static_cast<float>(value);
    if (!format.native && std::isinf(narrow) && !std::isinf(value)) return "float too large to pack with f format";
    store(out, std::bit_cast<uint32_t>(narrow), 4, format.little_endian);
  } else {
    store(out, std::bit_cast<uint64_t>(value), 8, format.little_endian);
  }
  return nullptr;
}

double unpack_float(const uint8_t* bytes, size_t size, bool little_endian) {
  uint64_t bits = unpack_integer(bytes, size, false, little_endian);
  if (size == 2) return double_from_half(static_cast<uint16_t>(bits));
  if (size == 4) return static_cast<double>(std::bit_cast<float>(static_cast<uint32_t>(bits)));
  return std::bit_cast<double>(bits);
}

bool half_from_double(double value, uint16_t* out) {
  auto sign = static_cast<uint16_t>(std::signbit(value) ? 0x8000 : 0);
  if (std::isnan(value)) {
    *out = sign | 0x7E00;
    return true;
  }
  if (std::isinf(value)) {
    *out = sign | 0x7C00;
    return true;
  }
  if (value == 0) {
    *out = sign;
    return true;
  }
  int exponent = 0;
  std::frexp(value, &exponent);
  // The spacing of binary16 numbers near the value; rint rounds half to even.
  int spacing = (exponent > -13 ? exponent : -13) - 11;
  auto count = static_cast<uint32_t>(std::nearbyint(std::ldexp(std::fabs(value), -spacing)));
  // count has 11 bits (or 12 after a carry, or fewer below the normal numbers); its top bit carries into the exponent.
  uint32_t bits = static_cast<uint32_t>(spacing + 24) * 1024 + count;
  if (exponent > 16) return false;
  if (bits >= 0x7C00) return false;
  *out = static_cast<uint16_t>(sign | bits);
  return true;
}

double double_from_half(uint16_t half) {
  int exponent = (half >> 10) & 31;
  int mantissa = half & 0x3FF;
  double magnitude = 0;
  if (exponent == 31) {
    magnitude = mantissa == 0 ? std::numeric_limits<double>::infinity() : std::numeric_limits<double>::quiet_NaN();
  } else if (exponent == 0) {
    magnitude = std::ldexp(mantissa, -24);
  } else {
    magnitude = std::ldexp(1024 + mantissa, exponent - 25);
  }
  return (half & 0x8000) != 0 ? -magnitude : magnitude;
}

}  // namespace viperine
