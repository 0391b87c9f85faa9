// SPDX-License-Identifier: MIT
// Folding of constant expressions: operators on literals, tuples of constants, constant subscripts, `__debug__`.
// Integers are folded up to 127 bits, which covers the masks and sizes that programs write; results are kept small
// by the same limits as in CPython (128 bits for products, powers and shifts; 4096 characters; 256 items).
#include <cmath>
#include <optional>

#include "compiler/constants.h"

namespace viperine::compiler {

using namespace ast;
using Kind = Constant::Kind;

namespace {

using Wide = __int128;
constexpr size_t kMaxText = 4096, kMaxItems = 256;

std::optional<Wide> wide_of(const Constant& constant) {
  if (constant.kind == Kind::True) return Wide{1};
  if (constant.kind == Kind::False) return Wide{0};
  if (constant.kind != Kind::Int) return std::nullopt;
  if (constant.text.empty()) return Wide{constant.small};
  std::string_view text = constant.text;
  bool negative = text.starts_with("-");
  if (negative) text.remove_prefix(1);
  unsigned base = 10;
  if (text.starts_with("0x")) {
    base = 16;
    text.remove_prefix(2);
  }
  unsigned __int128 number = 0;
  for (char digit : text) {
    unsigned unit = digit <= '9' ? static_cast<unsigned>(digit - '0') : static_cast<unsigned>(digit - 'a' + 10);
    if (number > ((static_cast<unsigned __int128>(1) << 126) - unit) / base) return std::nullopt;
    number = number * base + unit;
  }
  return negative ? -static_cast<Wide>(number) : static_cast<Wide>(number);
}

Constant int_of(Arena& arena, Wide value) {
  if (value >= INT64_MIN && value <= INT64_MAX) return int_constant(static_cast<int64_t>(value));
  unsigned __int128 magnitude = static_cast<unsigned __int128>(value);
  if (value < 0) magnitude = -magnitude;
  std::string digits;
  for (; magnitude != 0; magnitude >>= 4) digits.push_back("0123456789abcdef"[static_cast<unsigned>(magnitude & 15)]);
  std::string text = (value < 0 ? "-0x" : "0x") + std::string(digits.rbegin(), digits.rend());
  Constant made{.kind = Kind::Int};
  made.text = arena.copy(std::string_view(text));
  return made;
}

bool is_int_like(const Constant& c) { return c.kind == Kind::Int || c.kind == Kind::True || c.kind == Kind::False; }

std::optional<double> real_of(const Constant& constant) {
  if (constant.kind == Kind::Float) return constant.real;
  if (!is_int_like(constant)) return std::nullopt;
  std::optional<Wide> value = wide_of(constant);
  if (!value || *value > (Wide{1} << 53) || *value < -(Wide{1} << 53)) return std::nullopt;
  return static_cast<double>(*value);
}

Constant float_of(double value) {
  Constant made{.kind = Kind::Float};
  made.real = value;
  return made;
}

Wide floor_divide(Wide left, Wide right) {
  Wide quotient = left / right;
  return left % right != 0 && ((left < 0) != (right < 0)) ? quotient - 1 : quotient;
}

std::optional<Wide> power(Wide base, Wide exponent) {
  if (exponent < 0 || exponent > 128) return std::nullopt;
  Wide result = 1;
  for (int i = 0; i < static_cast<int>(exponent); ++i)
    if (__builtin_mul_overflow(result, base, &result)) return std::nullopt;
  return result;
}

std::optional<Wide> int_operation(Operator op, Wide left, Wide right) {
  Wide result = 0;
  switch (op) {
    case Operator::Add:
      return __builtin_add_overflow(left, right, &result) ? std::nullopt : std::optional(result);
    case Operator::Sub:
      return __builtin_sub_overflow(left, right, &result) ? std::nullopt : std::optional(result);
    case Operator::Mult:
      return __builtin_mul_overflow(left, right, &result) ? std::nullopt : std::optional(result);
    case Operator::FloorDiv:
      return right == 0 ? std::nullopt : std::optional(floor_divide(left, right));
    case Operator::Mod:
      return right == 0 ? std::nullopt : std::optional(left - floor_divide(left, right) * right);
    case Operator::Pow:
      return power(left, right);
    case Operator::LShift: {
      if (right < 0 || right > 126) return std::nullopt;
      Wide limit = Wide{1} << (126 - static_cast<int>(right));
      if (left >= limit || left <= -limit) return std::nullopt;
      return left * (Wide{1} << static_cast<int>(right));
    }
    case Operator::RShift:
      if (right < 0) return std::nullopt;
      return right > 126 ? (left < 0 ? Wide{-1} : Wide{0}) : left >> static_cast<int>(right);
    case Operator::BitOr:
      return left | right;
    case Operator::BitXor:
      return left ^ right;
    case Operator::BitAnd:
      return left & right;
    case Operator::Div:
    case Operator::MatMult:
      return std::nullopt;
  }
  return std::nullopt;
}

std::optional<double> float_operation(Operator op, double left, double right) {
  switch (op) {
    case Operator::Add:
      return left + right;
    case Operator::Sub:
      return left - right;
    case Operator::Mult:
      return left * right;
    case Operator::Div:
      return right == 0 ? std::nullopt : std::optional(left / right);
    case Operator::Pow: {
      if (left <= 0) return std::nullopt;
      double result = std::pow(left, right);
      return std::isfinite(result) ? std::optional(result) : std::nullopt;
    }
    default:
      return std::nullopt;
  }
}

std::optional<Constant> complex_operation(Operator op, const Constant& left, const Constant& right) {
  auto part = [](const Constant& c) -> std::optional<std::pair<double, double>> {
    if (c.kind == Kind::Complex) return std::pair(c.real, c.imaginary);
    if (auto real = real_of(c)) return std::pair(*real, 0.0);
    return std::nullopt;
  };
  auto a = part(left), b = part(right);
  if (!a || !b) return std::nullopt;
  Constant made{.kind = Kind::Complex};
  switch (op) {
    case Operator::Add:
      made.real = a->first + b->first;
      made.imaginary = a->second + b->second;
      return made;
    case Operator::Sub:
      made.real = a->first - b->first;
      made.imaginary = a->second - b->second;
      return made;
    case Operator::Mult:
      made.real = a->first * b->first - a->second * b->second;
      made.imaginary = a->first * b->second + a->second * b->first;
      return made;
    default:
      return std::nullopt;
  }
}

bool is_sequence(const Constant& c) { return c.kind == Kind::Str || c.kind == Kind::Bytes || c.kind == Kind::Tuple; }

std::optional<Constant> concatenate(Arena& arena, const Constant& left, const Constant& right) {
  Constant made{.kind = left.kind};
  if (left.kind == Kind::Tuple) {
    std::vector<Constant> items(left.items.begin(), left.items.end());
    items.insert(items.end(), right.items.begin(), right.items.end());
    made.items = arena.copy(std::span<const Constant>(items));
    return made;
  }
  std::string text = std::string(left.text) + std::string(right.text);
  made.text = arena.copy(std::string_view(text));
  return left.kind == Kind::Str ? string_constant(made.text, false) : made;
}

std::optional<Constant> repeat(Arena& arena, const Constant& sequence, Wide count) {
  size_t length = sequence.kind == Kind::Tuple ? sequence.items.size() : sequence.text.size();
  if (length != 0 && (count < 0 || count > static_cast<Wide>(sequence.kind == Kind::Tuple ? kMaxItems : kMaxText) /
                                               static_cast<Wide>(length)))
    return std::nullopt;
  Constant made{.kind = sequence.kind};
  std::string text;
  std::vector<Constant> items;
  for (Wide i = 0; length != 0 && i < count; ++i) {
    text += sequence.text;
    items.insert(items.end(), sequence.items.begin(), sequence.items.end());
  }
  if (sequence.kind == Kind::Tuple) {
    made.items = arena.copy(std::span<const Constant>(items));
    return made;
  }
  made.text = arena.copy(std::string_view(text));
  return sequence.kind == Kind::Str ? string_constant(made.text, false) : made;
}

}  // namespace

const Constant* Folder::fold(ExprNode* node) {
  switch (node->kind) {
    case NodeKind::Constant:
    case NodeKind::Name:
    case NodeKind::UnaryOp:
    case NodeKind::BinOp:
    case NodeKind::Tuple:
    case NodeKind::Subscript:
      break;
    default:
      return nullptr;
  }
  auto found = known_.find(node);
  if (found != known_.end()) return found->second;
  DepthGuard guard(session_);
  if (session_.failed()) return nullptr;
  const Constant* result = compute(node);
  known_[node] = result;
  return result;
}

const Constant* Folder::compute(ExprNode* node) {
  switch (node->kind) {
    case NodeKind::Constant:
      return make(constant_of(session_.arena, cast<ast::Constant>(node)->value));
    case NodeKind::Name: {
      auto* name = cast<Name>(node);
      if (name->ctx != ExprContext::Load || name->id != "__debug__") return nullptr;
      return make({.kind = session_.options.optimize > 0 ? Kind::False : Kind::True});
    }
    case NodeKind::UnaryOp:
      return unary(cast<UnaryOp>(node));
    case NodeKind::BinOp:
      return binary(cast<BinOp>(node));
    case NodeKind::Tuple:
      if (cast<Tuple>(node)->ctx != ExprContext::Load) return nullptr;
      return tuple(cast<Tuple>(node)->elts, Kind::Tuple);
    case NodeKind::Subscript:
      return subscript(cast<Subscript>(node));
    default:
      return nullptr;
  }
}

const Constant* Folder::tuple(std::span<ExprNode*> nodes, Kind kind) {
  std::vector<Constant> items;
  for (ExprNode* node : nodes) {
    const Constant* item = fold(node);
    if (!item) return nullptr;
    items.push_back(*item);
  }
  Constant made{.kind = kind};
  made.items = session_.arena.copy(std::span<const Constant>(items));
  return make(made);
}

const Constant* Folder::fold_container(ExprNode* node) {
  if (auto* list = try_cast<List>(node)) return tuple(list->elts, Kind::Tuple);
  if (auto* set = try_cast<Set>(node)) return tuple(set->elts, Kind::FrozenSet);
  return nullptr;
}

const Constant* Folder::unary(UnaryOp* node) {
  const Constant* operand = fold(node->operand);
  if (!operand) return nullptr;
  if (node->op == UnaryOperator::Not) {
    int truth = truth_of(*operand);
    return truth < 0 ? nullptr : make({.kind = truth ? Kind::False : Kind::True});
  }
  Constant made = *operand;
  if (operand->kind == Kind::Float || operand->kind == Kind::Complex) {
    if (node->op == UnaryOperator::Invert) return nullptr;
    if (node->op == UnaryOperator::USub) {
      made.real = -made.real;
      if (operand->kind == Kind::Complex) made.imaginary = -made.imaginary;
    }
    return make(made);
  }
  if (!is_int_like(*operand)) return nullptr;
  if (std::optional<Wide> value = wide_of(*operand)) {
    if (node->op == UnaryOperator::USub) value = -*value;
    if (node->op == UnaryOperator::Invert) value = ~*value;
    return make(int_of(session_.arena, *value));
  }
  if (node->op == UnaryOperator::UAdd) return operand;
  if (node->op != UnaryOperator::USub) return nullptr;
  std::string text(operand->text);
  if (text[0] == '-') {
    text.erase(0, 1);
  } else {
    text.insert(0, "-");
  }
  made.text = session_.arena.copy(std::string_view(text));
  return make(made);
}

const Constant* Folder::binary(BinOp* node) {
  const Constant* left = fold(node->left);
  const Constant* right = left ? fold(node->right) : nullptr;
  if (!right) return nullptr;
  Arena& arena = session_.arena;
  if (is_sequence(*left) && node->op == Operator::Add) {
    if (left->kind != right->kind) return nullptr;
    auto joined = concatenate(arena, *left, *right);
    return joined ? make(*joined) : nullptr;
  }
  if (node->op == Operator::Mult && (is_sequence(*left) || is_sequence(*right))) {
    const Constant* sequence = is_sequence(*left) ? left : right;
    std::optional<Wide> count = wide_of(sequence == left ? *right : *left);
    if (!count) return nullptr;
    auto repeated = repeat(arena, *sequence, *count);
    return repeated ? make(*repeated) : nullptr;
  }
  if (left->kind == Kind::Complex || right->kind == Kind::Complex) {
    auto result = complex_operation(node->op, *left, *right);
    return result ? make(*result) : nullptr;
  }
  const bool is_fraction = node->op == Operator::Div ||
                           (node->op == Operator::Pow && is_int_like(*right) && wide_of(*right).value_or(0) < 0);
  if (is_int_like(*left) && is_int_like(*right) && !is_fraction) {
    std::optional<Wide> a = wide_of(*left), b = wide_of(*right);
    if (!a || !b) return nullptr;
    bool logical = node->op == Operator::BitAnd || node->op == Operator::BitOr || node->op == Operator::BitXor;
    std::optional<Wide> result = int_operation(node->op, *a, *b);
    if (!result) return nullptr;
    if (logical && left->kind != Kind::Int && right->kind != Kind::Int)
      return make({.kind = *result ? Kind::True : Kind::False});
    return make(int_of(arena, *result));
  }
  std::optional<double> a = real_of(*left), b = real_of(*right);
  if (!a || !b) return nullptr;
  std::optional<double> result = float_operation(node->op, *a, *b);
  return result ? make(float_of(*result)) : nullptr;
}

const Constant* Folder::subscript(Subscript* node) {
  if (node->ctx != ExprContext::Load) return nullptr;
  const Constant* value = fold(node->value);
  const Constant* index = value ? fold(node->slice) : nullptr;
  if (!index || !is_sequence(*value)) return nullptr;
  std::optional<Wide> position = wide_of(*index);
  if (!position) return nullptr;
  Wide length = static_cast<Wide>(value->kind == Kind::Tuple ? value->items.size() : value->text.size());
  if (value->kind == Kind::Str)
    for (char letter : value->text)
      if (static_cast<signed char>(letter) < 0) return nullptr;
  if (*position < 0) *position += length;
  if (*position < 0 || *position >= length) return nullptr;
  size_t at = static_cast<size_t>(*position);
  if (value->kind == Kind::Tuple) return make(value->items[at]);
  if (value->kind == Kind::Bytes) return make(int_constant(static_cast<unsigned char>(value->text[at])));
  return make(string_constant(value->text.substr(at, 1), false));
}

}  // namespace viperine::compiler
