// SPDX-License-Identifier: MIT
// TextView: code points somewhere in memory, 1, 2 or 4 bytes each; the argument type of everything in text/.
// Owns nothing and knows no heap. with_width() turns the run-time width into a template parameter.
// A view may be wider than its contents need, but views of str objects never are.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>

namespace viperine {

struct TextView {
  const void* data = nullptr;
  size_t length = 0;  // in code points
  uint8_t width = 1;  // bytes per code point: 1 (Latin-1), 2 or 4

  TextView() = default;
  constexpr TextView(const void* data, size_t length, uint8_t width) : data(data), length(length), width(width) {}
  TextView(std::string_view latin1) : data(latin1.data()), length(latin1.size()), width(1) {}  // NOLINT
  TextView(const char* latin1) : TextView(std::string_view(latin1)) {}  // NOLINT

  const uint8_t* bytes() const { return static_cast<const uint8_t*>(data); }
  template <typename Unit>
  const Unit* as() const {
    return static_cast<const Unit*>(data);
  }
  char32_t operator[](size_t index) const {
    if (width == 1) return as<uint8_t>()[index];
    if (width == 2) return as<uint16_t>()[index];
    return as<uint32_t>()[index];
  }
  TextView slice(size_t start, size_t end) const { return {bytes() + start * width, end - start, width}; }
};

/// Calls function(pointer to uint8_t, uint16_t or uint32_t) for the view's width.
template <typename Function>
decltype(auto) with_width(const TextView& view, Function&& function) {
  if (view.width == 1) return std::forward<Function>(function)(view.as<uint8_t>());
  if (view.width == 2) return std::forward<Function>(function)(view.as<uint16_t>());
  return std::forward<Function>(function)(view.as<uint32_t>());
}

/// The width that a string whose largest code point (or the OR of all) is `bits` needs.
constexpr uint8_t width_for(char32_t bits) { return bits < 0x100 ? 1 : bits < 0x10000 ? 2 : 4; }

/// Copies code points between widths; the target must be wide enough.
void copy_text(void* target, uint8_t target_width, const TextView& source);

/// The OR of all code points: < 0x80 says ASCII, < 0x100 width 1, < 0x10000 width 2.
char32_t text_bits(const TextView& view);

bool is_ascii(const uint8_t* data, size_t length);
/// How many bytes at the start are ASCII.
size_t ascii_prefix(const uint8_t* data, size_t length);

}  // namespace viperine
