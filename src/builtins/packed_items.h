// SPDX-License-Identifier: MIT
// Single values in native machine formats (the codes of module struct), for memoryview, struct and array.
#pragma once

#include "numeric/packing.h"
#include "runtime/operators.h"
#include "runtime/strings.h"

namespace viperine {

/// An int object as limbs; `storage` must outlive the result.
inline limbs::Signed signed_limbs(Value integer, uint64_t& storage) {
  int64_t number;
  if (!int_fits_int64(integer, &number))
    return {cast<BigInt>(integer)->magnitude(), cast<BigInt>(integer)->is_negative()};
  storage = number < 0 ? uint64_t{0} - static_cast<uint64_t>(number) : static_cast<uint64_t>(number);
  return {limbs::from_word(storage), number < 0};
}

/// The value at `data` of a code other than s, p, x.
inline Value unpack_value(Thread& thread, const uint8_t* data, char code, int64_t size, bool little_endian) {
  switch (code) {
    case 'c': return to_value(make_bytes(thread, std::string_view(reinterpret_cast<const char*>(data), 1)));
    case '?': return Value::from_bool(data[0] != 0);
    case 'e':
    case 'f':
    case 'd':
      return make_float(thread.heap(), unpack_float(data, static_cast<size_t>(size), little_endian));
    default: break;
  }
  uint64_t bits = unpack_integer(data, static_cast<size_t>(size), is_signed_code(code), little_endian);
  return is_signed_code(code) ? make_int(thread.heap(), static_cast<int64_t>(bits))
                              : make_unsigned(thread.heap(), bits);
}

}  // namespace viperine
