// SPDX-License-Identifier: MIT
// Generic walk over the field tables; only constants need to know what they are.
#include "syntax/dump.h"

#include <cstdio>
#include <type_traits>

#include "numeric/float_text.h"
#include "text/unicode.h"

namespace viperine::syntax {

namespace {

using namespace ast;

class Dumper {
 public:
  Dumper(const DumpOptions& options, Buffer<char>& out) : options_(options), out_(out) {}

  void node(const Node* node) {
    const NodeInfo& info = node_info(node->kind);
    text(info.name);
    text("(");
    bool first = true;
    visit_fields(node, [&](const FieldInfo& field_info, const auto& member) {
      if (is_default(field_info, member)) return;
      separate(first);
      text(field_info.name);
      text("=");
      field(field_info, member);
    });
    if (options_.include_attributes && info.has_positions) {
      const PositionedNode* place = as_positioned(node);
      attribute("lineno", place->lineno, first);
      attribute("col_offset", place->col_offset, first);
      attribute("end_lineno", place->end_lineno, first);
      attribute("end_col_offset", place->end_col_offset, first);
    }
    text(")");
  }

 private:
  void text(std::string_view text) {
    for (char c : text) out_.push(c);
  }
  void number(int64_t value) {
    char digits[24];
    std::snprintf(digits, sizeof digits, "%lld", static_cast<long long>(value));
    text(digits);
  }
  void separate(bool& first) {
    if (!first) text(", ");
    first = false;
  }
  void attribute(const char* name, int32_t value, bool& first) {
    separate(first);
    text(name);
    text("=");
    number(value);
  }

  /// ast.dump leaves out absent optional fields.
  template <typename T>
  bool is_default(const FieldInfo& info, const T& member) {
    if (info.arity != Arity::Optional) return false;
    if constexpr (std::is_pointer_v<T>) return member == nullptr;
    if constexpr (std::is_same_v<T, std::string_view>) return member.data() == nullptr;
    return false;
  }

  template <typename T>
  void field(const FieldInfo& info, const T& member) {
    if constexpr (std::is_pointer_v<T>) {
      if (member)
        node(member);
      else
        text("None");
    } else if constexpr (std::is_same_v<T, std::string_view>) {
      quoted(member, false);
    } else if constexpr (std::is_same_v<T, int32_t>) {
      number(member);
    } else if constexpr (std::is_same_v<T, ConstantValue>) {
      constant(member);
    } else if constexpr (std::is_enum_v<T>) {
      text(enumerator_name(info.type, static_cast<uint8_t>(member)));
      text("()");
    } else {
      text("[");
      bool first = true;
      for (const auto& item : member) {
        separate(first);
        field(info, item);
      }
      text("]");
    }
  }

  void constant(const ConstantValue& value) {
    switch (value.kind) {
      case ConstantKind::None: return text("None");
      case ConstantKind::True: return text("True");
      case ConstantKind::False: return text("False");
      case ConstantKind::Ellipsis: return text("Ellipsis");
      case ConstantKind::Opaque: return text("<opaque>");
      case ConstantKind::Str: return quoted(value.text, false);
      case ConstantKind::Bytes: return text("b"), quoted(value.text, true);
      case ConstantKind::Int: return integer(value);
      case ConstantKind::Float: {
        char digits[kFloatReprSize];
        return text({digits, float_repr(digits, value.real)});
      }
      case ConstantKind::Complex: {
        char digits[kComplexReprSize];
        return text({digits, complex_repr(digits, value.real, value.imaginary)});
      }
    }
  }

  /// Decimal digits of any base, by repeated multiplication: dumps are no hot path.
  void integer(const ConstantValue& value) {
    if (value.negative) text("-");
    if (value.base == 10) return text(value.text);
    constexpr uint64_t kLimb = 1000000000;
    Buffer<uint32_t> limbs;
    limbs.push(0);
    for (char c : value.text) {
      uint64_t carry = static_cast<uint64_t>(c <= '9' ? c - '0' : c - 'a' + 10);
      for (size_t i = 0; i < limbs.size(); ++i) {
        uint64_t next = limbs[i] * static_cast<uint64_t>(value.base) + carry;
        limbs[i] = static_cast<uint32_t>(next % kLimb);
        carry = next / kLimb;
      }
      if (carry) limbs.push(static_cast<uint32_t>(carry));
    }
    number(limbs.back());
    for (size_t i = limbs.size() - 1; i-- > 0;) {
      char digits[16];
      std::snprintf(digits, sizeof digits, "%09u", limbs[i]);
      text(digits);
    }
  }

  void escaped(const char* format, uint32_t code_point) {
    char digits[16];
    std::snprintf(digits, sizeof digits, format, code_point);
    text(digits);
  }

  /// repr() of a str or the tail of repr() of bytes.
  void quoted(std::string_view value, bool is_bytes) {
    bool has_single = value.find('\'') != std::string_view::npos;
    char quote = has_single && value.find('"') == std::string_view::npos ? '"' : '\'';
    out_.push(quote);
    for (size_t i = 0; i < value.size();) {
      uint32_t code_point = static_cast<unsigned char>(value[i]);
      int size = is_bytes ? 1 : decode_utf8(value.substr(i), &code_point, true);
      std::string_view piece = value.substr(i, size);
      i += size ? size : 1;
      if (code_point == static_cast<unsigned char>(quote) || code_point == '\\') {
        out_.push('\\');
        out_.push(static_cast<char>(code_point));
      } else if (code_point == '\n') {
        text("\\n");
      } else if (code_point == '\r') {
        text("\\r");
      } else if (code_point == '\t') {
        text("\\t");
      } else if (code_point < 0x20 || code_point == 0x7F || (is_bytes && code_point >= 0x80)) {
        escaped("\\x%02x", code_point);
      } else if (code_point < 0x80 || unicode::is_printable(code_point)) {
        text(piece);
      } else {
        escaped(code_point < 0x100 ? "\\x%02x" : code_point < 0x10000 ? "\\u%04x" : "\\U%08x", code_point);
      }
    }
    out_.push(quote);
  }

  const DumpOptions& options_;
  Buffer<char>& out_;
};

}  // namespace

void dump_tree(const Node* node, const DumpOptions& options, Buffer<char>& out) { Dumper(options, out).node(node); }

}  // namespace viperine::syntax
