// SPDX-License-Identifier: MIT
// The format language of `struct` and the values that it packs; `array` and memoryview use the single-value functions
// too. Errors are texts (of struct.error, unless said otherwise), null on success. Python objects are the modules'
// business.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "numeric/limbs.h"

namespace viperine {

/// One code of a format with its count: `repeat` values of `size` bytes from `offset` on ('s' and 'p': one value).
/// Padding ('x') leaves no item.
struct PackItem {
  char code;
  int64_t offset;
  int64_t size;
  int64_t repeat;
};

struct PackFormat {
  bool little_endian = true;
  bool native = true;       // native sizes and alignment ('@' or no prefix)
  int64_t size = 0;         // of the packed bytes
  int64_t value_count = 0;  // arguments of pack()
  size_t item_count = 0;
  const char* error = nullptr;
};

/// items: format.size() of them always do.
PackFormat parse_pack_format(std::string_view format, PackItem* items);

/// Size and alignment of a code, 0 when there is none such.
struct PackCodeSize {
  uint8_t size;
  uint8_t alignment;
};
PackCodeSize pack_code_size(char code, bool native);
/// 'b' 'h' 'i' 'l' 'q' 'n' and their unsigned capitals, and 'P'.
bool is_integer_code(char code);
bool is_signed_code(char code);

/// Room for the error texts that name a range.
inline constexpr size_t kPackMessageSize = 96;
/// Packs an integer of the code; the error text may be built in `message`.
const char* pack_integer(uint8_t* out, char code, const PackFormat& format, limbs::Signed value, char* message);

/// The bits of an integer of 1 to 8 bytes, sign-extended when the code is a signed one.
uint64_t unpack_integer(const uint8_t* bytes, size_t size, bool is_signed, bool little_endian);

/// Codes e, f, d. The error is OverflowError's; a native 'f' turns what is too large into infinity.
const char* pack_float(uint8_t* out, char code, const PackFormat& format, double value);
double unpack_float(const uint8_t* bytes, size_t size, bool little_endian);

/// IEEE 754 binary16. False when the value is too large.
bool half_from_double(double value, uint16_t* out);
double double_from_half(uint16_t half);

}  // namespace viperine
