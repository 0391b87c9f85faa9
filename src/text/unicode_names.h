// SPDX-License-Identifier: MIT
// Names of characters, both ways: unicodedata.name and lookup, \N{...} in literals.
// Names are front-coded lists of dictionary words, 16 to a block; Hangul syllables and unified ideographs are computed.
#pragma once

#include "text/text_view.h"

namespace viperine::unicode {

constexpr size_t kLongestNameSize = 256;  // room for any name, generously

/// Writes the name of `code`; returns its length, 0 if it has none.
size_t name_of(char32_t code, char* out);

/// The code point of a name or alias in any case of ASCII letters, or 0xFFFFFFFF.
constexpr char32_t kNoCode = 0xFFFFFFFF;
char32_t code_of_name(std::string_view name);

/// As code_of_name, and named sequences (up to 4 code points): how many were written, 0 if there is no such name.
constexpr size_t kLongestSequence = 8;
size_t lookup_name(std::string_view name, char32_t* out);

}  // namespace viperine::unicode
