// SPDX-License-Identifier: MIT
// Unicode normal forms: NFC, NFD, NFKC, NFKD of whole texts, and the quick check.
// `Edition::kOld` is unicodedata.ucd_3_2_0: what was unassigned in Unicode 3.2 stays as it is, corrigenda are undone.
#pragma once

#include "text/text_buffer.h"
#include "text/text_view.h"

namespace viperine::unicode {

enum class NormalForm : uint8_t { kD, kKd, kC, kKc };
enum class Edition : uint8_t { kCurrent, kOld };
enum class QuickCheck : uint8_t { kYes, kMaybe, kNo };

/// Reads "NFC", "NFKD" and so on.
bool parse_normal_form(const TextView& name, NormalForm& form);

/// kMaybe: only normalize() can tell.
QuickCheck quick_check(const TextView& text, NormalForm form);
void normalize(const TextView& text, NormalForm form, TextBuffer& out, Edition edition = Edition::kCurrent);
bool is_normalized(const TextView& text, NormalForm form, Edition edition = Edition::kCurrent);

/// The primary composite of two code points, or 0 (Hangul not included).
char32_t compose_pair(char32_t first, char32_t second);

}  // namespace viperine::unicode
