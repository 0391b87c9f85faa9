// SPDX-License-Identifier: MIT
// Generator: calls. regs[base] is the callable; arguments are computed straight into regs[base + kCallGap ...].
// Far up in the register file, where nested calls would exhaust it, arguments are gathered without the gap and moved.
#include "compiler/generator.h"

namespace viperine::compiler {

using namespace ast;

namespace {
constexpr Register kDense = 150;       // from this base on arguments are gathered without the gap
constexpr size_t kMaxArguments = 100;  // more go through CallEx
}  // namespace

bool Generator::needs_spread(std::span<ExprNode*> arguments, std::span<Keyword*> keywords, int extra) {
  if (arguments.size() + keywords.size() + static_cast<size_t>(extra) > kMaxArguments) return true;
  for (ExprNode* argument : arguments)
    if (argument->kind == NodeKind::Starred) return true;
  for (Keyword* keyword : keywords)
    if (!keyword->arg.data()) return true;
  return false;
}

void Generator::check_keywords(std::span<Keyword*> keywords) {
  for (size_t i = 0; i < keywords.size(); ++i) {
    if (!keywords[i]->arg.data()) continue;
    if (forbidden(keywords[i]->arg, false)) return;
    for (size_t j = i + 1; j < keywords.size(); ++j)
      if (keywords[j]->arg.data() && keywords[j]->arg == keywords[i]->arg)
        return fail_at(keywords[j], "keyword argument repeated: " + std::string(keywords[i]->arg));
  }
}

int Generator::keyword_names(std::span<Keyword*> keywords) {
  std::vector<Constant> names;
  for (Keyword* keyword : keywords) names.push_back(string_constant(keyword->arg, true));
  Constant tuple{.kind = Constant::Kind::Tuple};
  tuple.items = session_.arena.copy(std::span<const Constant>(names));
  return code_->constants.add(tuple);
}

void Generator::call(Register target, Register base, int count) {
  emit(Opcode::Call, target, base, static_cast<Register>(count));
}

void Generator::call_to(Call* node, Register target) {
  auto* attribute = try_cast<Attribute>(node->func);
  if (attribute && attribute->ctx == ExprContext::Load && !needs_spread(node->args, node->keywords, 1))
    return method_call(node, target);
  check_callable(node->func);
  check_keywords(node->keywords);
  Register base = is_top(target) ? target : temporary();
  value_to(node->func, base);
  if (needs_spread(node->args, node->keywords, 0))
    return spread_call(node->args, node->keywords, base, 0, 0, target);
  plain_call(node->args, node->keywords, base, 0, target, false);
}

void Generator::method_call(Call* node, Register target) {
  auto* attribute = cast<Attribute>(node->func);
  check_keywords(node->keywords);
  Register base = is_top(target) ? target : temporary();
  const bool dense = base >= kDense;
  {
    At at(*this, attribute);
    Register object = operand(attribute->value, base);
    start_at_attribute(attribute);
    emit_name(dense ? Opcode::LoadAttr : Opcode::LoadMethod, base, object, mangled(attribute->attr));
  }
  if (!dense) reach(static_cast<Register>(base + kCallGap));
  // The call has the line of the attribute's name.
  struct Restore {
    FunctionCode& code;
    Position before;
    ~Restore() { code.position = before; }
  } restore{*code_, code_->position};
  start_at_attribute(attribute);
  plain_call(node->args, node->keywords, base, dense ? 0 : 1, target, !dense);
}

void Generator::plain_call(std::span<ExprNode*> arguments, std::span<Keyword*> keywords, Register base, int skipped,
                           Register target, bool method) {
  const bool dense = base >= kDense && skipped == 0;
  const int gap = dense ? 1 : static_cast<int>(kCallGap);
  int count = 0;
  auto place = [&](ExprNode* argument) {
    Register slot = static_cast<Register>(base + gap + skipped + count++);
    reach(slot);
    value_to(argument, slot);
  };
  for (ExprNode* argument : arguments) place(argument);
  for (Keyword* keyword : keywords) place(keyword->value);
  if (dense && count > 0) {
    reach(static_cast<Register>(base + static_cast<int>(kCallGap) + count - 1));
    for (int i = count; i-- > 0;)
      move(static_cast<Register>(base + static_cast<int>(kCallGap) + i), static_cast<Register>(base + 1 + i));
  }
  // A method's skipped slot is self, which the count leaves out; other skipped slots are arguments.
  const Register total = static_cast<Register>(count + (method ? 0 : skipped));
  if (keywords.empty()) {
    emit(method ? Opcode::CallMethod : Opcode::Call, target, base, total);
  } else {
    int names = keyword_names(keywords);
    emit(method ? Opcode::CallMethodKeywords : Opcode::CallKeywords, target, base, total).second = names;
  }
}

void Generator::keywords_to(std::span<Keyword*> keywords, Register callable, Register target) {
  bool started = false;
  for (size_t i = 0; i < keywords.size();) {
    TemporaryScope scope(*this);
    if (!keywords[i]->arg.data()) {
      if (!started) emit(Opcode::BuildMap, target, target, 0);
      Register mapping = value(keywords[i]->value);
      emit(Opcode::MapMerge, target, mapping, callable);
      ++i;
    } else {
      size_t end = i;
      while (end < keywords.size() && keywords[end]->arg.data()) ++end;
      Register part = started ? temporary() : target;
      constexpr size_t kRun = 16;
      for (size_t start = i; start < end; start += kRun) {
        const size_t stop = std::min(end, start + kRun);
        TemporaryScope inner(*this);
        Register into = start == i ? part : temporary();
        Register first = is_top(into) ? into : code_->next_temporary;
        for (size_t k = start; k < stop; ++k) {
          Register slot = static_cast<Register>(first + (k - start));
          reach(slot);
          value_to(keywords[k]->value, slot);
        }
        int names = keyword_names(keywords.subspan(start, stop - start));
        emit(Opcode::BuildConstMap, into, first).second = names;
        if (into != part) emit(Opcode::MapMerge, part, into, callable);
      }
      if (started) emit(Opcode::MapMerge, target, part, callable);
      i = end;
    }
    started = true;
  }
}

void Generator::spread_call(std::span<ExprNode*> arguments, std::span<Keyword*> keywords, Register base, Register first,
                            int skipped, Register target) {
  Register positional = static_cast<Register>(base + kCallGap);
  Register named = static_cast<Register>(positional + 1);
  reach(positional);
  if (skipped == 0 && arguments.size() == 1 && arguments[0]->kind == NodeKind::Starred) {
    value_to(cast<Starred>(arguments[0])->value, positional);
  } else if (skipped == 0) {
    display_to(arguments, Display::Tuple, positional);
  } else {
    emit(Opcode::BuildList, positional, first, static_cast<Register>(skipped));
    for (ExprNode* argument : arguments) {
      TemporaryScope scope(*this);
      auto* starred = try_cast<Starred>(argument);
      Register item = value(starred ? starred->value : argument);
      emit(starred ? Opcode::ListExtend : Opcode::ListAppend, positional, item);
    }
    emit(Opcode::ListToTuple, positional, positional);
  }
  reach(named);
  if (keywords.empty()) {
    emit(Opcode::LoadUnbound, named);
  } else {
    keywords_to(keywords, base, named);
  }
  emit(Opcode::CallEx, target, base, keywords.empty() ? 0 : 1);
}

}  // namespace viperine::compiler
