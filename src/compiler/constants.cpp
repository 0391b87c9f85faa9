// SPDX-License-Identifier: MIT
// The constant pool and the conversion of literals.
#include "compiler/constants.h"

#include <cstring>

namespace viperine::compiler {

namespace {

bool looks_like_name(std::string_view text) {
  for (char letter : text)
    if (!(letter == '_' || (letter >= '0' && letter <= '9') || (letter >= 'a' && letter <= 'z') ||
          (letter >= 'A' && letter <= 'Z')))
      return false;
  return true;
}

void append_raw(std::string& key, const void* data, size_t size) { key.append(static_cast<const char*>(data), size); }

void append_key(std::string& key, const Constant& constant) {
  using Kind = Constant::Kind;
  key.push_back(static_cast<char>(constant.kind));
  switch (constant.kind) {
    case Kind::None: case Kind::True: case Kind::False: case Kind::Ellipsis: break;
    case Kind::Int:
      if (constant.text.empty()) {
        key.push_back('s');
        append_raw(key, &constant.small, sizeof constant.small);
        break;
      }
      [[fallthrough]];
    case Kind::Str: case Kind::Bytes: {
      size_t size = constant.text.size();
      append_raw(key, &size, sizeof size);
      key.append(constant.text);
      break;
    }
    case Kind::Float: case Kind::Complex:
      append_raw(key, &constant.real, sizeof constant.real);
      append_raw(key, &constant.imaginary, sizeof constant.imaginary);
      break;
    case Kind::Tuple: case Kind::FrozenSet: {
      size_t size = constant.items.size();
      append_raw(key, &size, sizeof size);
      for (const Constant& item : constant.items) append_key(key, item);
      break;
    }
    case Kind::Code: append_raw(key, &constant.code, sizeof constant.code); break;
    case Kind::Opaque: append_raw(key, &constant.opaque_index, sizeof constant.opaque_index); break;
  }
}

/// Digits in base 2 or 8 as "0x..." text.
std::string_view hexadecimal(Arena& arena, std::string_view digits, int bits_per_digit) {
  std::string reversed;
  uint32_t pending = 0;
  int bits = 0;
  for (size_t i = digits.size(); i-- > 0;) {
    pending |= static_cast<uint32_t>(digits[i] - '0') << bits;
    bits += bits_per_digit;
    for (; bits >= 4; bits -= 4, pending >>= 4) reversed.push_back("0123456789abcdef"[pending & 15]);
  }
  if (bits > 0) reversed.push_back("0123456789abcdef"[pending & 15]);
  while (reversed.size() > 1 && reversed.back() == '0') reversed.pop_back();
  std::string text = "0x" + std::string(reversed.rbegin(), reversed.rend());
  return arena.copy(std::string_view(text));
}

Constant int_literal(Arena& arena, const ast::ConstantValue& value) {
  uint64_t number = 0;
  bool fits = true;
  for (char digit : value.text) {
    uint32_t unit = digit <= '9' ? static_cast<uint32_t>(digit - '0') : static_cast<uint32_t>(digit - 'a' + 10);
    if (number > (static_cast<uint64_t>(INT64_MAX) - unit) / value.base) {
      fits = false;
      break;
    }
    number = number * value.base + unit;
  }
  Constant made{.kind = Constant::Kind::Int};
  if (fits) {
    made.small = value.negative ? -static_cast<int64_t>(number) : static_cast<int64_t>(number);
    return made;
  }
  std::string text;
  if (value.base == 10) text = value.text;
  if (value.base == 16) text = "0x" + std::string(value.text);
  if (value.base == 2 || value.base == 8) text = hexadecimal(arena, value.text, value.base == 2 ? 1 : 3);
  if (value.negative) text.insert(0, "-");
  made.text = arena.copy(std::string_view(text));
  return made;
}

}  // namespace

int ConstantPool::add(const Constant& constant) {
  std::string key;
  append_key(key, constant);
  auto [found, inserted] = index_.try_emplace(std::move(key), size());
  if (inserted) items_.push_back(constant);
  if (constant.interned) items_[static_cast<size_t>(found->second)].interned = true;
  return found->second;
}

int ConstantPool::add_name(Arena& arena, std::string_view name) {
  Constant made = string_constant(name, true);
  return add(made);
}

Constant string_constant(std::string_view text, bool interned) {
  Constant made{.kind = Constant::Kind::Str};
  made.text = text.data() ? text : std::string_view("");
  made.interned = interned || looks_like_name(text);
  return made;
}

Constant int_constant(int64_t value) {
  Constant made{.kind = Constant::Kind::Int};
  made.small = value;
  return made;
}

Constant constant_of(Arena& arena, const ast::ConstantValue& value) {
  Constant made;
  switch (value.kind) {
    case ast::ConstantKind::None: made.kind = Constant::Kind::None; break;
    case ast::ConstantKind::True: made.kind = Constant::Kind::True; break;
    case ast::ConstantKind::False: made.kind = Constant::Kind::False; break;
    case ast::ConstantKind::Ellipsis: made.kind = Constant::Kind::Ellipsis; break;
    case ast::ConstantKind::Int: return int_literal(arena, value);
    case ast::ConstantKind::Float:
      made.kind = Constant::Kind::Float;
      made.real = value.real;
      break;
    case ast::ConstantKind::Complex:
      made.kind = Constant::Kind::Complex;
      made.real = value.real;
      made.imaginary = value.imaginary;
      break;
    case ast::ConstantKind::Str: return string_constant(value.text, false);
    case ast::ConstantKind::Bytes:
      made.kind = Constant::Kind::Bytes;
      made.text = value.text.data() ? value.text : std::string_view("");
      break;
    case ast::ConstantKind::Opaque:
      made.kind = Constant::Kind::Opaque;
      made.opaque_index = value.opaque_index;
      break;
  }
  return made;
}

int truth_of(const Constant& constant) {
  using Kind = Constant::Kind;
  switch (constant.kind) {
    case Kind::None: case Kind::False: return 0;
    case Kind::True: case Kind::Ellipsis: case Kind::Code: return 1;
    case Kind::Int: return !constant.text.empty() || constant.small != 0;
    case Kind::Float: return constant.real != 0;
    case Kind::Complex: return constant.real != 0 || constant.imaginary != 0;
    case Kind::Str: case Kind::Bytes: return !constant.text.empty();
    case Kind::Tuple: case Kind::FrozenSet: return !constant.items.empty();
    case Kind::Opaque: return -1;
  }
  return -1;
}

}  // namespace viperine::compiler
