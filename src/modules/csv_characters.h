// SPDX-License-Identifier: MIT
// The characters that a dialect of csv quotes or escapes, as a set that is quick to ask.
#pragma once

#include <algorithm>
#include <array>

#include "runtime/text_views.h"

namespace viperine {

class SpecialCharacters {
 public:
  /// `own`: delimiter, escape and quote (values beyond Unicode stand for none).
  SpecialCharacters(std::array<uint32_t, 3> own, const Str* terminator) : own_(own), terminator_(terminator) {
    for (uint32_t c : own) add(c);
    for (int64_t i = 0; i < terminator->length(); ++i) add(terminator->at(i));
  }
  bool has(uint32_t c) const {
    if (c < 128) return (ascii_[c >> 6] >> (c & 63) & 1) != 0;
    if (!wide_) return false;
    if (std::find(own_.begin(), own_.end(), c) != own_.end()) return true;
    for (int64_t i = 0; i < terminator_->length(); ++i)
      if (terminator_->at(i) == c) return true;
    return false;
  }
  /// Position of the first one, or the length.
  int64_t find(const Str* text) const {
    return with_width(view_of(text), [&](auto* units) {
      int64_t at = 0, length = text->length();
      while (at < length && !has(units[at])) ++at;
      return at;
    });
  }
  bool has_none_of(std::string_view characters) const {
    return std::none_of(characters.begin(), characters.end(), [&](char c) { return has(static_cast<uint8_t>(c)); });
  }

 private:
  void add(uint32_t c) {
    if (c < 128)
      ascii_[c >> 6] |= uint64_t{1} << (c & 63);
    else
      wide_ = true;
  }
  uint64_t ascii_[2] = {};
  bool wide_ = false;
  std::array<uint32_t, 3> own_;
  const Str* terminator_;
};

}  // namespace viperine
