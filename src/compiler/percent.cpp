// SPDX-License-Identifier: MIT
// Generator: "..." % (a, b) with a literal format of plain %s, %r and %a becomes an f-string, as in CPython.
#include "compiler/generator.h"

namespace viperine::compiler {

using namespace ast;

namespace {

class PercentFormat {
 public:
  PercentFormat(Arena& arena, BinOp* node, std::string_view format, std::span<ExprNode*> values)
      : arena_(arena), node_(node), format_(format), values_(values) {}

  /// nullptr: leave the expression as it is.
  JoinedStr* rewrite() {
    size_t used = 0;
    for (;;) {
      literal();
      if (at_ >= format_.size()) break;
      if (used >= values_.size()) return nullptr;
      if (values_[used]->kind == NodeKind::Starred || !field(values_[used++])) return nullptr;
    }
    if (used < values_.size()) return nullptr;
    auto* joined = make_node<JoinedStr>(arena_, node_);
    joined->values = span_of_parts();
    return joined;
  }

 private:
  std::span<ExprNode*> span_of_parts() {
    auto** data = static_cast<ExprNode**>(arena_.allocate(parts_.size() * sizeof(ExprNode*)));
    for (size_t i = 0; i < parts_.size(); ++i) data[i] = parts_[i];
    return {data, parts_.size()};
  }

  ast::Constant* text_node(std::string_view text) {
    auto* made = make_node<ast::Constant>(arena_, node_);
    made->value.kind = ConstantKind::Str;
    made->value.text = arena_.copy(text);
    return made;
  }

  void literal() {
    std::string text;
    while (at_ < format_.size()) {
      if (format_[at_] != '%') {
        text.push_back(format_[at_++]);
      } else if (at_ + 1 < format_.size() && format_[at_ + 1] == '%') {
        text.push_back('%');
        at_ += 2;
      } else {
        break;
      }
    }
    if (!text.empty()) parts_.push_back(text_node(text));
  }

  /// Up to three digits; -1: none, -2: too many.
  int number() {
    int value = -1;
    for (int digits = 0; at_ < format_.size() && format_[at_] >= '0' && format_[at_] <= '9'; ++at_) {
      if (++digits > 3) return -2;
      value = (value < 0 ? 0 : value * 10) + (format_[at_] - '0');
    }
    return value;
  }

  bool field(ExprNode* value) {
    ++at_;
    bool left = false;
    for (; at_ < format_.size() && (format_[at_] == '-'); ++at_) left = true;
    constexpr std::string_view kOtherFlags = "+ #0";
    if (at_ < format_.size() && kOtherFlags.find(format_[at_]) != std::string_view::npos) return false;
    int width = number(), precision = -1;
    if (width == -2) return false;
    if (at_ < format_.size() && format_[at_] == '.') {
      ++at_;
      precision = number();
      if (precision == -2) return false;
      if (precision < 0) precision = 0;
    }
    if (at_ >= format_.size()) return false;
    const char code = format_[at_++];
    if (code != 's' && code != 'r' && code != 'a') return false;
    std::string spec;
    if (!left && width > 0) spec = ">";
    if (width >= 0) spec += std::to_string(width);
    if (precision >= 0) spec += "." + std::to_string(precision);
    auto* made = make_node<FormattedValue>(arena_, value);
    made->value = value;
    made->conversion = code;
    if (!spec.empty()) made->format_spec = text_node(spec);
    parts_.push_back(made);
    return true;
  }

  Arena& arena_;
  BinOp* node_;
  std::string_view format_;
  std::span<ExprNode*> values_;
  size_t at_ = 0;
  std::vector<ExprNode*> parts_;
};

}  // namespace

bool Generator::percent_to(BinOp* node, Register target) {
  auto* values = try_cast<Tuple>(node->right);
  if (node->op != Operator::Mod || !values) return false;
  const Constant* format = folder_.fold(node->left);
  if (!format || format->kind != Constant::Kind::Str) return false;
  JoinedStr* joined = PercentFormat(session_.arena, node, format->text, values->elts).rewrite();
  if (!joined) return false;
  joined_to(joined, target);
  return true;
}

}  // namespace viperine::compiler
