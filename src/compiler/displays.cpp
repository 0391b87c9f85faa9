// SPDX-License-Identifier: MIT
// Generator: tuple, list, set and dict displays, f-strings.
// Long displays are built element by element, so that they need few registers.
#include "compiler/generator.h"

namespace viperine::compiler {

using namespace ast;

namespace {
constexpr size_t kMaxInRegisters = 30;  // elements collected in registers before one Build instruction
constexpr size_t kMaxParts = 60;        // of an f-string
}  // namespace

void Generator::display_to(std::span<ExprNode*> items, Display display, Register target) {
  bool starred = false;
  for (ExprNode* item : items) starred |= item->kind == NodeKind::Starred;
  if (items.size() > 2 && !starred && display != Display::Tuple) {
    std::vector<Constant> constants;
    for (ExprNode* item : items) {
      const Constant* constant = folder_.fold(item);
      if (!constant) break;
      constants.push_back(*constant);
    }
    if (constants.size() == items.size()) {
      Register made = scratch_for(target);
      Constant whole{.kind = display == Display::Set ? Constant::Kind::FrozenSet : Constant::Kind::Tuple};
      whole.items = session_.arena.copy(std::span<const Constant>(constants));
      emit(display == Display::Set ? Opcode::BuildSet : Opcode::BuildList, made, made, 0);
      Register all = temporary();
      load_constant(whole, all);
      emit(display == Display::Set ? Opcode::SetUpdate : Opcode::ListExtend, made, all);
      return move(target, made);
    }
  }
  if (starred || items.size() > kMaxInRegisters) return spread_to(items, display, target);
  const Opcode build = display == Display::Tuple  ? Opcode::BuildTuple
                       : display == Display::List ? Opcode::BuildList
                                                  : Opcode::BuildSet;
  Register first = is_top(target) ? target : code_->next_temporary;
  for (size_t i = 0; i < items.size(); ++i) {
    Register slot = static_cast<Register>(first + i);
    reach(slot);
    value_to(items[i], slot);
  }
  emit(build, target, first, static_cast<Register>(items.size()));
}

void Generator::spread_to(std::span<ExprNode*> items, Display display, Register target) {
  const bool set = display == Display::Set;
  const Opcode build = set ? Opcode::BuildSet : Opcode::BuildList;
  const Opcode add = set ? Opcode::SetAdd : Opcode::ListAppend;
  const Opcode extend = set ? Opcode::SetUpdate : Opcode::ListExtend;
  Register made = scratch_for(target);
  size_t i = 0;
  if (items.size() <= kMaxInRegisters) {
    Register first = is_top(made) ? made : code_->next_temporary;
    for (; items[i]->kind != NodeKind::Starred; ++i) {
      Register slot = static_cast<Register>(first + i);
      reach(slot);
      value_to(items[i], slot);
    }
    emit(build, made, first, static_cast<Register>(i));
    code_->next_temporary = first == made ? static_cast<Register>(made + 1) : first;
  } else {
    emit(build, made, made, 0);
  }
  for (; i < items.size(); ++i) {
    TemporaryScope scope(*this);
    auto* starred = try_cast<Starred>(items[i]);
    Register item = value(starred ? starred->value : items[i]);
    emit(starred ? extend : add, made, item);
  }
  if (display == Display::Tuple) {
    emit(Opcode::ListToTuple, target, made);
  } else {
    move(target, made);
  }
}

void Generator::dict_run(std::span<ExprNode*> keys, std::span<ExprNode*> values, Register target) {
  const size_t count = keys.size();
  Register first = is_top(target) ? target : code_->next_temporary;
  if (count * 2 > kMaxInRegisters) {
    emit(Opcode::BuildMap, target, target, 0);
    for (size_t i = 0; i < count; ++i) {
      TemporaryScope scope(*this);
      Register key = value(keys[i]);
      Register item = value(values[i]);
      emit(Opcode::MapAdd, target, key, item);
    }
    return;
  }
  std::vector<Constant> constants;
  for (ExprNode* key : keys) {
    const Constant* constant = count > 1 ? folder_.fold(key) : nullptr;
    if (!constant) break;
    constants.push_back(*constant);
  }
  if (count > 1 && constants.size() == count) {
    for (size_t i = 0; i < count; ++i) {
      Register slot = static_cast<Register>(first + i);
      reach(slot);
      value_to(values[i], slot);
    }
    Constant names{.kind = Constant::Kind::Tuple};
    names.items = session_.arena.copy(std::span<const Constant>(constants));
    int index = code_->constants.add(names);
    emit(Opcode::BuildConstMap, target, first).second = index;
    return;
  }
  for (size_t i = 0; i < count; ++i) {
    Register slot = static_cast<Register>(first + 2 * i);
    reach(slot);
    value_to(keys[i], slot);
    reach(static_cast<Register>(slot + 1));
    value_to(values[i], static_cast<Register>(slot + 1));
  }
  emit(Opcode::BuildMap, target, first, static_cast<Register>(count));
}

void Generator::dict_to(Dict* node, Register target) {
  bool unpacks = false;
  for (ExprNode* key : node->keys) unpacks |= key == nullptr;
  Register made = scratch_for(target);
  if (!unpacks) {
    dict_run(node->keys, node->values, made);
    return move(target, made);
  }
  bool started = false;
  for (size_t i = 0; i < node->keys.size();) {
    TemporaryScope scope(*this);
    if (node->keys[i] == nullptr) {
      if (!started) emit(Opcode::BuildMap, made, made, 0);
      Register mapping = value(node->values[i]);
      emit(Opcode::MapUpdate, made, mapping);
      ++i;
    } else {
      size_t end = i;
      while (end < node->keys.size() && node->keys[end]) ++end;
      Register part = started ? temporary() : made;
      dict_run(node->keys.subspan(i, end - i), node->values.subspan(i, end - i), part);
      if (started) emit(Opcode::MapUpdate, made, part);
      i = end;
    }
    started = true;
  }
  move(target, made);
}

void Generator::join_parts(std::span<ExprNode*> parts, Register target) {
  Register first = is_top(target) ? target : code_->next_temporary;
  for (size_t i = 0; i < parts.size(); ++i) {
    Register slot = static_cast<Register>(first + i);
    reach(slot);
    value_to(parts[i], slot);
  }
  if (parts.size() == 1 && is_temporary(first)) return move(target, first);
  emit(Opcode::BuildString, target, first, static_cast<Register>(parts.size()));
}

void Generator::joined_to(JoinedStr* node, Register target) {
  std::span<ExprNode*> parts = node->values;
  if (parts.empty()) return load_text("", target);
  if (parts.size() == 1) return value_to(parts[0], target);
  if (parts.size() <= kMaxParts) return join_parts(parts, target);
  Register made = scratch_for(target);
  join_parts(parts.subspan(0, kMaxParts), made);
  for (size_t i = kMaxParts; i < parts.size(); i += kMaxParts - 1) {
    TemporaryScope scope(*this);
    const size_t count = std::min(kMaxParts - 1, parts.size() - i);
    Register both = temporaries(2);
    Register rest = static_cast<Register>(both + 1);
    join_parts(parts.subspan(i, count), rest);
    move(both, made);
    emit(Opcode::BuildString, made, both, 2);
  }
  move(target, made);
}

void Generator::formatted_to(FormattedValue* node, Register target) {
  int how = 0;
  switch (node->conversion) {
    case 's': how = 1; break;
    case 'r': how = 2; break;
    case 'a': how = 3; break;
    default: break;
  }
  if (!node->format_spec) {
    Register object = operand(node->value, target);
    emit(Opcode::FormatValue, target, object, static_cast<Register>(how));
    return;
  }
  Register first = is_top(target) ? target : temporary();
  value_to(node->value, first);
  reach(static_cast<Register>(first + 1));
  value_to(node->format_spec, static_cast<Register>(first + 1));
  emit(Opcode::FormatValue, target, first, static_cast<Register>(how + 4));
}

}  // namespace viperine::compiler
