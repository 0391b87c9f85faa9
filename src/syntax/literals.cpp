// SPDX-License-Identifier: MIT
// Number tokens become digits or doubles.
#include "syntax/literals.h"

#include "numeric/float_text.h"

namespace viperine::syntax {

namespace {

std::string_view normal_digits(Session& session, std::string_view digits) {
  bool clean = digits[0] != '0' || digits.size() == 1;
  for (char c : digits) clean &= c != '_' && !(c >= 'A' && c <= 'F');
  if (clean) return session.arena().copy(digits);
  char* out = static_cast<char*>(session.arena().allocate(digits.size()));
  size_t size = 0;
  for (char c : digits) {
    if (c == '_' || (c == '0' && size == 0)) continue;
    out[size++] = static_cast<char>(c >= 'A' && c <= 'F' ? c | 0x20 : c);
  }
  if (size == 0) out[size++] = '0';
  return {out, size};
}

}  // namespace

ast::ConstantValue number_value(Session& session, std::string_view token) {
  ast::ConstantValue value;
  char last = token.back();
  char second = token.size() > 1 ? static_cast<char>(token[1] | 0x20) : '\0';
  int base = token[0] != '0' ? 10 : second == 'x' ? 16 : second == 'o' ? 8 : second == 'b' ? 2 : 10;
  if (base != 10) {
    value.kind = ast::ConstantKind::Int;
    value.base = static_cast<uint8_t>(base);
    value.text = normal_digits(session, token.substr(2));
    return value;
  }
  bool imaginary = last == 'j' || last == 'J';
  bool integer = !imaginary && token.find_first_of(".eE") == std::string_view::npos;
  if (integer) {
    value.kind = ast::ConstantKind::Int;
    value.text = normal_digits(session, token);
    return value;
  }
  double number = 0;
  CHECK(float_from_text(imaginary ? token.substr(0, token.size() - 1) : token, &number));
  value.kind = imaginary ? ast::ConstantKind::Complex : ast::ConstantKind::Float;
  (imaginary ? value.imaginary : value.real) = number;
  return value;
}

std::string_view number_limit_error(Session& session, const ast::ConstantValue& value) {
  int limit = session.options().max_str_digits;
  if (value.kind != ast::ConstantKind::Int || value.base != 10 || limit <= 0) return {};
  if (value.text.size() <= static_cast<size_t>(limit) || value.text.size() <= 640) return {};
  return session.format(
      "Exceeds the limit (%d digits) for integer string conversion: value has %zu digits; use "
      "sys.set_int_max_str_digits() to increase the limit - Consider hexadecimal for huge integer literals to avoid "
      "decimal conversion limits.",
      limit, value.text.size());
}

}  // namespace viperine::syntax
