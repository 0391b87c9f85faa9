// SPDX-License-Identifier: MIT
// A few fixed facts; with the argument "dump", every property of every code point, for tests/tools/check_unicode.py.
#include "text/unicode.h"

#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "base/check.h"
#include "text/normalize.h"
#include "text/unicode_names.h"

namespace viperine {
namespace {

using namespace unicode;  // NOLINT

void print_codes(const TextView& text) {
  std::putchar('|');
  for (size_t i = 0; i < text.length; ++i) std::printf(i == 0 ? "%X" : " %X", static_cast<unsigned>(text[i]));
}

void print_mapped(size_t (*function)(char32_t, char32_t*), char32_t code) {
  char32_t mapped[kLongestCaseMapping];
  size_t count = function(code, mapped);
  print_codes(TextView(mapped, count, 4));
}

void print_old(char32_t code) {
  std::printf("|%s,%s,%s,%d,%d,%d", old::category_name(code), old::bidirectional(code), old::east_asian_width(code),
              old::combining(code), old::is_mirrored(code), old::decimal_value(code));
  TextBuffer out;
  normalize(TextView(&code, 1, 4), NormalForm::kKd, out, Edition::kOld);
  print_codes(out.view());
}

void dump(char32_t code) {
  std::printf("%X|%s|%s|%s|%d|%X|%d|%d|%.17g", static_cast<unsigned>(code), category_name(code), bidirectional(code),
              east_asian_width(code), combining(code), flags_of(code) & ~kSpecialCase, decimal_value(code),
              digit_value(code), is_numeric(code) ? numeric_value(code) : -1.0);
  print_mapped(to_lower_full, code);
  print_mapped(to_upper_full, code);
  print_mapped(to_title_full, code);
  print_mapped(to_folded_full, code);
  Decomposition parts = decomposition_of(code);
  std::printf("|%s|", parts.tag);
  for (size_t i = 0; i < parts.unit_count; ++i) {
    unsigned part = parts.units[i];
    if (is_surrogate(part)) part = 0x10000 + ((part & 0x3FF) << 10) + (parts.units[++i] & 0x3FF);
    std::printf("%X ", part);
  }
  for (int form = 0; form < 4; ++form) {
    TextBuffer out;
    normalize(TextView(&code, 1, 4), static_cast<NormalForm>(form), out);
    print_codes(out.view());
  }
  print_old(code);
  char name[kLongestNameSize];
  size_t length = name_of(code, name);
  std::printf("|%.*s", static_cast<int>(length), name);
  if (length != 0) CHECK(code_of_name(std::string_view(name, length)) == code);
  std::putchar('\n');
}

// Lines "form code code ..." on standard input; writes the normal form and what is_normalized says.
void normalize_lines() {
  char line[4096];
  while (std::fgets(line, sizeof line, stdin) != nullptr) {
    TextBuffer text, out;
    char* at = std::strchr(line, ' ');
    NormalForm form;
    CHECK(at != nullptr && parse_normal_form(std::string_view(line, at - line), form));
    while (*at == ' ') text.append(static_cast<char32_t>(std::strtoul(at + 1, &at, 16)));
    normalize(text.view(), form, out);
    std::printf("%d", is_normalized(text.view(), form));
    print_codes(out.view());
    std::putchar('\n');
  }
}

void lookup_lines() {
  char line[4096];
  while (std::fgets(line, sizeof line, stdin) != nullptr) {
    char32_t codes[kLongestSequence];
    size_t count = lookup_name(std::string_view(line, std::strlen(line) - 1), codes);
    print_codes(TextView(codes, count, 4));
    std::putchar('\n');
  }
}

bool text_is(const TextView& text, std::u32string_view wanted) {
  if (text.length != wanted.size()) return false;
  for (size_t i = 0; i < wanted.size(); ++i) {
    if (text[i] != wanted[i]) return false;
  }
  return true;
}

void check_case(void (*function)(const TextView&, TextBuffer&), std::u32string_view text, std::u32string_view wanted) {
  TextBuffer out;
  function(TextView(text.data(), text.size(), 4), out);
  CHECK(text_is(out.view(), wanted));
}

void check_facts() {
  CHECK(is_space(0x1F) && is_space(0x85) && is_space(0xA0) && !is_space(0x200B));
  CHECK(is_printable('a') && !is_printable(0xAD) && is_printable(' ') && !is_printable(0xA0));
  CHECK(record_of(0x110000).category == 0 && record_of(0xFFFFFFFF).category == 0);
  CHECK(code_of_name("latin small letter a") == 'a' && code_of_name("NULL") == 0 && code_of_name("x") == kNoCode);
  CHECK(code_of_name("HANGUL SYLLABLE GAG") == 0xAC01 && code_of_name("CJK UNIFIED IDEOGRAPH-4E00") == 0x4E00);
  check_case(lower_text, U"ΑΣ ΣΑΣ", U"ας σας");
  check_case(lower_text, U"ABC", U"abc");
  check_case(upper_text, U"stra\u00dfe", U"STRASSE");
  check_case(title_text, U"hello wORLD \u01c6x", U"Hello World \u01c5x");
  check_case(capitalize_text, U"\ufb01NISH", U"Finish");
  check_case(swapcase_text, U"aB\u00df", U"AbSS");
  check_case(casefold_text, U"\u1e9e", U"ss");
  CHECK(is_identifier("_a1") && !is_identifier("1a") && !is_identifier(""));
}

}  // namespace
}  // namespace viperine

int main(int count, char** arguments) {
  if (count == 1) {
    viperine::check_facts();
  } else if (std::strcmp(arguments[1], "dump") == 0) {
    for (char32_t code = 0; code <= 0x10FFFF; ++code) viperine::dump(code);
  } else if (std::strcmp(arguments[1], "normalize") == 0) {
    viperine::normalize_lines();
  } else {
    viperine::lookup_lines();
  }
  return 0;
}
