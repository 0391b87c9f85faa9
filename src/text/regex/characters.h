// SPDX-License-Identifier: MIT
// Single characters as regular expressions see them: categories, charsets in code words, case for IGNORECASE.
// Locale functions ask the C library's current locale and know bytes only.
#pragma once

#include <cctype>

#include "text/regex/code.h"
#include "text/unicode.h"

namespace viperine::regex {

inline char32_t lower_ascii(char32_t code) { return code - 'A' < 26 ? code + 32 : code; }
inline char32_t lower_unicode(char32_t code) { return unicode::to_lower(code); }
inline char32_t upper_unicode(char32_t code) { return unicode::to_upper(code); }
inline char32_t lower_locale(char32_t code) {
  return code < 256 ? static_cast<char32_t>(std::tolower(static_cast<int>(code))) : code;
}
inline char32_t upper_locale(char32_t code) {
  return code < 256 ? static_cast<char32_t>(std::toupper(static_cast<int>(code))) : code;
}

inline bool is_word_ascii(char32_t code) {
  return unicode::is_ascii_alpha(code) || unicode::is_ascii_digit(code) || code == '_';
}
inline bool is_word_unicode(char32_t code) { return unicode::is_alnum(code) || code == '_'; }
inline bool is_word_locale(char32_t code) {
  return code < 256 && (std::isalnum(static_cast<int>(code)) != 0 || code == '_');
}

/// `category` is a Category.
bool in_category(uint32_t category, char32_t code);

/// `set` is a charset that compile_program has accepted; it ends with Failure.
bool in_charset(const uint32_t* set, char32_t code);

// What _sre exports.
inline bool ascii_is_cased(char32_t code) { return unicode::is_ascii_alpha(code); }
inline bool unicode_is_cased(char32_t code) { return lower_unicode(code) != code || upper_unicode(code) != code; }
inline char32_t ascii_to_lower(char32_t code) { return lower_ascii(code); }
inline char32_t unicode_to_lower(char32_t code) { return lower_unicode(code); }
inline char32_t get_lower(char32_t code, uint32_t flags) {
  if ((flags & kFlagLocale) != 0) return lower_locale(code);
  return (flags & kFlagUnicode) != 0 ? lower_unicode(code) : lower_ascii(code);
}

}  // namespace viperine::regex
