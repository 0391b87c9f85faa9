// SPDX-License-Identifier: MIT
// Magnitudes to and from digits of any base, and to and from bytes.
// Signs, prefixes, underscores and the digit limit are the callers' business.
#include <bit>
#include <cmath>
#include <cstring>
#include <utility>

#include "base/check.h"
#include "base/wide_integer.h"
#include "numeric/limbs.h"
#include "numeric/limbs_backend.h"

namespace viperine::limbs {

namespace {

constexpr char kDigits[] = "0123456789abcdefghijklmnopqrstuvwxyz";

/// The largest power of the base that fits a word, and its exponent.
struct Chunk {
  uint64_t power;
  int digits;
};

constexpr Chunk chunk_of(int base) {
  Chunk chunk{1, 0};
  while (chunk.power <= UINT64_MAX / static_cast<unsigned>(base)) {
    chunk.power *= static_cast<unsigned>(base);
    ++chunk.digits;
  }
  return chunk;
}

/// Writes the digits of one word right-aligned before `end`; at least `minimum` digits. Returns the first.
char* write_word(char* end, uint64_t value, unsigned base, int minimum) {
  char* start = end;
  if (base == 10) {
    for (; value != 0; value /= 10) *--start = static_cast<char>('0' + value % 10);
  } else {
    for (; value != 0; value /= base) *--start = kDigits[value % base];
  }
  while (end - start < minimum) *--start = '0';
  return start;
}

/// Bases 2, 4, 8, 16, 32: a walk over the bits.
size_t power_of_two_to_text(char* out, Limbs a, int base) {
  unsigned bits = static_cast<unsigned>(std::countr_zero(static_cast<unsigned>(base)));
  size_t length = static_cast<size_t>((bit_length(a) + bits - 1) / bits);
  uint64_t position = 0;
  for (size_t i = length; i-- > 0; position += bits) {
    size_t index = static_cast<size_t>(position / 64);
    unsigned offset = position % 64;
    Limb value = a[index] >> offset;
    if (offset + bits > 64 && index + 1 < a.size()) value |= a[index + 1] << (64 - offset);
    out[i] = kDigits[value & static_cast<unsigned>(base - 1)];
  }
  return length;
}

size_t power_of_two_from_text(Limb* out, std::string_view digits, int base) {
  unsigned bits = static_cast<unsigned>(std::countr_zero(static_cast<unsigned>(base)));
  size_t size = static_cast<size_t>((uint64_t{digits.size()} * bits + 63) / 64);
  std::memset(out, 0, size * sizeof(Limb));
  uint64_t position = 0;
  for (size_t i = digits.size(); i-- > 0; position += bits) {
    Limb value = digit_value(digits[i]);
    size_t index = static_cast<size_t>(position / 64);
    unsigned offset = position % 64;
    out[index] |= value << offset;
    if (offset + bits > 64 && value >> (64 - offset) != 0) out[index + 1] |= value >> (64 - offset);
  }
  return normalised_size(out, size);
}

}  // namespace

unsigned digit_value(char character) {
  if (character >= '0' && character <= '9') return static_cast<unsigned>(character - '0');
  if (character >= 'a' && character <= 'z') return static_cast<unsigned>(character - 'a') + 10;
  if (character >= 'A' && character <= 'Z') return static_cast<unsigned>(character - 'A') + 10;
  return 37;
}

size_t text_size(Limbs a, int base) {
  if (a.empty()) return 1;
  // log2 of the base, rounded down a little so that the bound holds.
  double bits = std::log2(static_cast<double>(base)) * (1 - 1e-12);
  return static_cast<size_t>(static_cast<double>(bit_length(a)) / bits) + 3;
}

size_t to_text(char* out, Limbs a, int base, Arena& scratch) {
  if (a.empty()) {
    out[0] = '0';
    return 1;
  }
  if (std::has_single_bit(static_cast<unsigned>(base))) return power_of_two_to_text(out, a, base);
  if (a.size() <= 4) {
    // Peel off a word's worth of digits at a time.
    Chunk chunk = chunk_of(base);
    Limb rest[4];
    char buffer[64 * 4];
    std::memcpy(rest, a.data(), a.size_bytes());
    size_t size = a.size();
    char* end = buffer + sizeof buffer;
    char* start = end;
    while (size > 0) {
      Limb low = size == 1 && rest[0] < chunk.power ? std::exchange(rest[0], 0)
                                                    : divide_word(rest, &size, {rest, size}, chunk.power);
      size = normalised_size(rest, size);
      start = write_word(start, low, static_cast<unsigned>(base), size > 0 ? chunk.digits : 1);
    }
    std::memcpy(out, start, static_cast<size_t>(end - start));
    return static_cast<size_t>(end - start);
  }
  auto* copy = static_cast<Limb*>(scratch.allocate(a.size_bytes() + sizeof(Limb)));
  std::memcpy(copy, a.data(), a.size_bytes());
  auto* digits = reinterpret_cast<unsigned char*>(scratch.allocate(text_size(a, base) + 2));
  size_t length = mpn_get_str(digits, base, backend::data(copy), backend::size(a));
  size_t skip = 0;
  while (skip + 1 < length && digits[skip] == 0) ++skip;
  for (size_t i = skip; i < length; ++i) out[i - skip] = kDigits[digits[i]];
  return length - skip;
}

size_t from_text_size(size_t digits, int base) {
  return static_cast<size_t>(static_cast<double>(digits) * std::log2(static_cast<double>(base)) * (1 + 1e-12) / 64) + 2;
}

size_t from_text(Limb* out, std::string_view digits, int base, Arena& scratch) {
  while (!digits.empty() && digits.front() == '0') digits.remove_prefix(1);
  if (digits.empty()) return 0;
  if (std::has_single_bit(static_cast<unsigned>(base))) return power_of_two_from_text(out, digits, base);
  Chunk chunk = chunk_of(base);
  if (digits.size() <= 80) {
    size_t size = 0;
    for (size_t i = 0; i < digits.size();) {
      uint64_t value = 0, scale = 1;
      for (int k = 0; k < chunk.digits && i < digits.size(); ++k, ++i) {
        value = value * static_cast<unsigned>(base) + digit_value(digits[i]);
        scale *= static_cast<unsigned>(base);
      }
      size = multiply_word(out, {out, size}, scale);
      size = add(out, {out, size}, from_word(value));
    }
    return size;
  }
  auto* values = static_cast<unsigned char*>(scratch.allocate(digits.size()));
  for (size_t i = 0; i < digits.size(); ++i) values[i] = static_cast<unsigned char>(digit_value(digits[i]));
  return backend::finish(out, mpn_set_str(backend::data(out), values, digits.size(), base));
}

BytesStatus to_bytes(std::span<uint8_t> out, Signed a, Endian endian, bool is_signed) {
  if (a.negative && !is_signed) return BytesStatus::NegativeToUnsigned;
  // -2 ** k needs as many bits as 2 ** k - 1, plus the sign.
  uint64_t bits = bit_length(a.magnitude);
  if (a.negative && bits == 1 && out.empty()) return BytesStatus::Ok;  // CPython encodes -1 in no bytes at all
  if (is_signed && bits > 0) {
    bool power_of_two = a.negative && trailing_zeros(a.magnitude) + 1 == bits;
    bits += power_of_two ? 0 : 1;
  }
  if (bits > uint64_t{out.size()} * 8) return BytesStatus::TooBig;
  Limb carry = 1;
  for (size_t i = 0; i < out.size(); i += 8) {
    Limb limb = i / 8 < a.magnitude.size() ? a.magnitude[i / 8] : 0;
    if (a.negative) limb = add_carry(~limb, 0, &carry);
    for (size_t k = i; k < i + 8 && k < out.size(); ++k, limb >>= 8) {
      out[endian == Endian::Little ? k : out.size() - 1 - k] = static_cast<uint8_t>(limb);
    }
  }
  return BytesStatus::Ok;
}

SignedSize from_bytes(Limb* out, std::span<const uint8_t> bytes, Endian endian, bool is_signed) {
  size_t count = bytes.size();
  if (count == 0) return {0, false};
  auto byte_at = [&](size_t i) { return bytes[endian == Endian::Little ? i : count - 1 - i]; };
  bool negative = is_signed && (byte_at(count - 1) & 0x80) != 0;
  Limb carry = 1;
  size_t size = 0;
  for (size_t i = 0; i < count; i += 8) {
    Limb limb = 0;
    for (size_t k = 0; k < 8; ++k) {
      Limb byte = i + k < count ? byte_at(i + k) : negative ? 0xFF : 0;
      limb |= byte << (8 * k);
    }
    out[size++] = negative ? add_carry(~limb, 0, &carry) : limb;
  }
  // Only -2 ** (8 * count) with whole limbs could overflow, and it has no encoding in `count` bytes.
  return {normalised_size(out, size), negative};
}

}  // namespace viperine::limbs
