// SPDX-License-Identifier: MIT
// Categories and charsets.
#include "text/regex/characters.h"

#include <cstring>

namespace viperine::regex {

bool in_category(uint32_t category, char32_t code) {
  bool inside = false;
  switch (static_cast<Category>(category & ~1u)) {
    case Category::Digit: inside = unicode::is_ascii_digit(code); break;
    case Category::Space: inside = code == ' ' || code - '\t' < 5; break;
    case Category::Word: inside = is_word_ascii(code); break;
    case Category::Linebreak: inside = code == '\n'; break;
    case Category::LocWord: inside = is_word_locale(code); break;
    case Category::UniDigit: inside = unicode::is_decimal(code); break;
    case Category::UniSpace: inside = unicode::is_space(code); break;
    case Category::UniWord: inside = is_word_unicode(code); break;
    case Category::UniLinebreak: inside = unicode::is_linebreak(code); break;
    default: break;
  }
  return inside != ((category & 1) != 0);
}

bool in_charset(const uint32_t* set, char32_t code) {
  bool found = true;
  for (;;) {
    switch (static_cast<Code>(*set++)) {
      case Code::Failure: return !found;
      case Code::Negate: found = !found; break;
      case Code::Literal:
        if (*set++ == code) return found;
        break;
      case Code::Category:
        if (in_category(*set++, code)) return found;
        break;
      case Code::Charset:
        if (code < 256 && (set[code / 32] >> (code % 32) & 1) != 0) return found;
        set += 8;
        break;
      case Code::Range:
        if (set[0] <= code && code <= set[1]) return found;
        set += 2;
        break;
      case Code::RangeUniIgnore: {
        if (set[0] <= code && code <= set[1]) return found;
        char32_t upper = upper_unicode(code);
        if (set[0] <= upper && upper <= set[1]) return found;
        set += 2;
        break;
      }
      case Code::BigCharset: {
        uint32_t blocks = *set++;
        uint8_t block = 0;
        std::memcpy(&block, reinterpret_cast<const uint8_t*>(set) + (code >> 8 & 0xFF), 1);
        set += 64;
        if (code < 0x10000 && (set[block * 8 + code % 256 / 32] >> (code % 32) & 1) != 0) return found;
        set += blocks * 8;
        break;
      }
      default: return false;
    }
  }
}

}  // namespace viperine::regex
