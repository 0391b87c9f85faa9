// SPDX-License-Identifier: MIT
// The listing. Operands are decoded by the format letters of opcodes.def.
#include "bytecode/disassembler.h"

#include <cstdarg>
#include <cstdio>
#include <map>
#include <vector>

#include "bytecode/opcodes.h"

namespace viperine {

namespace {

void append(std::string& out, const char* format, ...) __attribute__((format(printf, 2, 3)));
void append(std::string& out, const char* format, ...) {
  char buffer[512];
  va_list arguments;
  va_start(arguments, format);
  std::vsnprintf(buffer, sizeof buffer, format, arguments);
  va_end(arguments);
  out += buffer;
}

std::string escaped(std::string_view text) {
  std::string out = "'";
  for (char letter : text) {
    const unsigned code = static_cast<unsigned char>(letter);
    if (letter == '\'' || letter == '\\') {
      out.push_back('\\');
      out.push_back(letter);
    } else if (letter == '\n') {
      out += "\\n";
    } else if (code < 0x20 || code == 0x7F) {
      append(out, "\\x%02x", code);
    } else {
      out.push_back(letter);
    }
  }
  return out + "'";
}

class Listing {
 public:
  Listing(const Blueprint& blueprint, ListingDetail detail, std::string& out)
      : code_(blueprint), detail_(detail), out_(out) {}

  void run() {
    header();
    find_labels();
    size_t next_position = 0;
    for (uint32_t word = 0; word < code_.code.size();) {
      while (next_position < code_.positions.size() && code_.positions[next_position].word <= word) ++next_position;
      const SourcePosition* position = next_position ? &code_.positions[next_position - 1] : nullptr;
      word += instruction(word, position);
    }
    for (const ExceptionRange& range : code_.exceptions)
      append(out_, "  range %u..%u -> %s in r%u\n", range.start, range.end, label(range.handler).c_str(), range.target);
  }

 private:
  void names(const char* title, std::span<const std::string_view> all, std::span<const uint16_t> registers = {}) {
    if (all.empty()) return;
    append(out_, "  %s:", title);
    for (size_t i = 0; i < all.size(); ++i) {
      out_ += " ";
      out_ += all[i];
      if (i < registers.size()) append(out_, "=r%u", registers[i]);
    }
    out_ += "\n";
  }

  void header() {
    out_ += "code ";
    out_ += code_.qualified_name;
    append(out_, "  line %u  flags 0x%x  arguments %u/%u/%u  registers %u  feedback %u\n", code_.first_line,
           code_.flags, code_.positional_count, code_.positional_only_count, code_.keyword_only_count,
           code_.register_count, code_.feedback_count);
    names("variables", code_.variable_names);
    names("cells", code_.cell_names, code_.cell_registers);
    names("free", code_.free_names, code_.free_registers);
    names("self", code_.self_attributes);
  }

  static uint32_t words_at(uint32_t word) { return kOpcodes[word & 0xFF].words; }
  bool known(uint32_t at) const { return (code_.code[at] & 0xFF) < kOpcodeCount; }

  /// Target of the jump at `at`, or -1.
  int64_t target_of(uint32_t at) const {
    const uint32_t first = code_.code[at];
    const OpcodeInfo& info = kOpcodes[first & 0xFF];
    const int64_t end = int64_t{at} + info.words;
    for (const char* letter = info.format; *letter; ++letter) {
      if (*letter == 'J') return end + operand_i(first);
      if (*letter == 'L') return end + operand_l(first);
      if (*letter == 'E' && at + 1 < code_.code.size()) return end + extra_jump(code_.code[at + 1]);
    }
    return -1;
  }

  void find_labels() {
    for (uint32_t at = 0; at < code_.code.size(); at += known(at) ? words_at(code_.code[at]) : 1)
      if (known(at) && target_of(at) >= 0) labels_[static_cast<uint32_t>(target_of(at))] = 0;
    for (const ExceptionRange& range : code_.exceptions) labels_[range.handler] = 0;
    int number = 0;
    for (auto& each : labels_) each.second = ++number;
  }

  std::string label(uint32_t word) const {
    auto found = labels_.find(word);
    return found == labels_.end() ? "?" : "L" + std::to_string(found->second);
  }

  std::string constant(uint32_t index) const {
    if (index >= code_.constants.size()) return "<bad constant " + std::to_string(index) + ">";
    return constant_listing(code_.constants[index]);
  }

  uint32_t instruction(uint32_t at, const SourcePosition* position) {
    if (labels_.contains(at)) append(out_, "%s:\n", label(at).c_str());
    if (detail_ == ListingDetail::Positions && position) {
      append(out_, "  %4d-%-4d %3d-%-3d ", position->line, position->end_line, position->column, position->end_column);
    } else if (position && position->line != last_line_) {
      last_line_ = position->line;
      position->line ? append(out_, "%5d ", position->line) : append(out_, "    - ");
    } else {
      out_ += "      ";
    }
    if (!known(at)) {
      append(out_, "<bad opcode %u>\n", code_.code[at] & 0xFF);
      return 1;
    }
    const uint32_t first = code_.code[at];
    const OpcodeInfo& info = kOpcodes[first & 0xFF];
    const uint32_t second = info.words == 2 && at + 1 < code_.code.size() ? code_.code[at + 1] : 0;
    append(out_, "%4u %-20s ", at, info.name);
    const uint32_t bytes[3] = {operand_a(first), operand_b(first), operand_c(first)};
    std::string operands;
    for (int i = 0; info.format[i]; ++i) {
      std::string text;
      switch (info.format[i]) {
        case 'T': case 'R': text = "r" + std::to_string(bytes[i]); break;
        case 'B': text = "r" + std::to_string(bytes[i]) + ".."; break;
        case 'U': text = std::to_string(bytes[i]); break;
        case 'K': text = constant(bytes[i]); break;
        case 'D':
          text = opcode_of(first) == Opcode::LoadConst ? constant(operand_d(first))
                                                       : "#" + std::to_string(operand_d(first));
          break;
        case 'M': text = constant(operand_d(first)); break;
        case 'I': text = std::to_string(operand_i(first)); break;
        case 'J': case 'L': case 'E': text = "-> " + label(static_cast<uint32_t>(target_of(at))); break;
        case 'N': text = constant(extra(second)); break;
        case 'C':
          text = opcode_of(first) == Opcode::UnpackEx ? std::to_string(extra(second)) : constant(extra(second));
          break;
        default: break;
      }
      if (text.empty()) continue;
      if (!operands.empty()) operands += ", ";
      operands += text;
    }
    out_ += operands;
    while (out_.ends_with(' ')) out_.pop_back();
    out_ += "\n";
    return info.words;
  }

  const Blueprint& code_;
  ListingDetail detail_;
  std::string& out_;
  std::map<uint32_t, int> labels_;
  int32_t last_line_ = -1;
};

void list_nested(const BlueprintConstant& constant, ListingDetail detail, std::string& out);

void list_all(const Blueprint& blueprint, ListingDetail detail, std::string& out) {
  Listing(blueprint, detail, out).run();
  for (const BlueprintConstant& constant : blueprint.constants) list_nested(constant, detail, out);
}

void list_nested(const BlueprintConstant& constant, ListingDetail detail, std::string& out) {
  if (constant.kind != BlueprintConstant::Kind::Code) return;
  out += "\n";
  list_all(*constant.code, detail, out);
}

}  // namespace

std::string constant_listing(const BlueprintConstant& constant) {
  using Kind = BlueprintConstant::Kind;
  std::string out;
  switch (constant.kind) {
    case Kind::None: return "None";
    case Kind::True: return "True";
    case Kind::False: return "False";
    case Kind::Ellipsis: return "...";
    case Kind::Int: return constant.text.empty() ? std::to_string(constant.small) : std::string(constant.text);
    case Kind::Float: append(out, "%.17g", constant.real); return out;
    case Kind::Complex: append(out, "(%.17g%+.17gj)", constant.real, constant.imaginary); return out;
    case Kind::Str: return escaped(constant.text);
    case Kind::Bytes: return "b" + escaped(constant.text);
    case Kind::Tuple: case Kind::FrozenSet:
      out = constant.kind == Kind::Tuple ? "(" : "frozenset(";
      for (size_t i = 0; i < constant.items.size(); ++i) out += (i ? ", " : "") + constant_listing(constant.items[i]);
      return out + ")";
    case Kind::Code: return "<code " + std::string(constant.code->qualified_name) + ">";
    case Kind::Opaque: return "<object " + std::to_string(constant.opaque_index) + ">";
  }
  return out;
}

std::string disassemble(const Blueprint& blueprint, ListingDetail detail) {
  std::string out;
  list_all(blueprint, detail, out);
  return out;
}

}  // namespace viperine
