// SPDX-License-Identifier: MIT
// Generator: match statements. What a pattern captures stays in the temporary where it was found until the whole
// pattern has matched; only then are the names bound. Temporaries of a case are freed at its end.
#include <algorithm>

#include "base/check.h"
#include "compiler/constant_text.h"
#include "compiler/generator.h"

namespace viperine::compiler {

using namespace ast;

struct Generator::PatternContext {
  struct Capture {
    std::string_view name;
    Register reg;
  };
  std::vector<Capture> captures;
  Label fail = kNoLabel;
  bool allow_irrefutable = false;
};

namespace {

bool is_wildcard(PatternNode* node) {
  auto* as = try_cast<MatchAs>(node);
  return as && !as->name.data() && !as->pattern;
}

bool is_star_wildcard(PatternNode* node) {
  auto* star = try_cast<MatchStar>(node);
  return star && !star->name.data();
}

bool is_number(const Constant& constant) {
  switch (constant.kind) {
    case Constant::Kind::True:
    case Constant::Kind::False:
    case Constant::Kind::Float:
    case Constant::Kind::Complex:
      return true;
    default:
      return constant.kind == Constant::Kind::Int && constant.text.empty();
  }
}

/// Whether two keys are equal as Python sees it: 1, 1.0 and True are one key.
bool equal_constants(const Constant& left, const Constant& right) {
  auto real = [](const Constant& c) {
    if (c.kind == Constant::Kind::Int) return static_cast<double>(c.small);
    return c.kind == Constant::Kind::True ? 1.0 : c.real;
  };
  if (is_number(left) && is_number(right)) {
    if (left.kind == Constant::Kind::Int && right.kind == Constant::Kind::Int) return left.small == right.small;
    return real(left) == real(right) && left.imaginary == right.imaginary;
  }
  ConstantPool pool;
  pool.add(left);
  return pool.add(right) == 0;
}

std::string quoted(std::string_view name) { return constant_text(string_constant(name, true)); }

}  // namespace

void Generator::pattern_capture(std::string_view name, Register subject, PatternContext& context) {
  if (!name.data() || forbidden(name, false)) return;
  for (const PatternContext::Capture& each : context.captures)
    if (each.name == name) return fail("multiple assignments to name " + quoted(name) + " in pattern");
  context.captures.push_back({name, subject});
}

void Generator::pattern(PatternNode* node, Register subject, PatternContext& context) {
  DepthGuard guard(session_);
  if (session_.failed()) return;
  code_->position = position_of(node);  // and it stays: what follows a pattern has its position
  switch (node->kind) {
    case NodeKind::MatchValue:
      return pattern_value(cast<MatchValue>(node), subject, context);
    case NodeKind::MatchSingleton:
      return pattern_singleton(cast<MatchSingleton>(node), subject, context);
    case NodeKind::MatchSequence:
      return pattern_sequence(cast<MatchSequence>(node), subject, context);
    case NodeKind::MatchMapping:
      return pattern_mapping(cast<MatchMapping>(node), subject, context);
    case NodeKind::MatchClass:
      return pattern_class(cast<MatchClass>(node), subject, context);
    case NodeKind::MatchStar:
      return pattern_capture(cast<MatchStar>(node)->name, subject, context);
    case NodeKind::MatchAs:
      return pattern_as(cast<MatchAs>(node), subject, context);
    case NodeKind::MatchOr:
      return pattern_or(cast<MatchOr>(node), subject, context);
    default:
      UNREACHABLE();
  }
}

namespace {
/// A pattern inside another may be irrefutable.
struct AllowIrrefutable {
  explicit AllowIrrefutable(bool& flag) : flag(flag), before(flag) { flag = true; }
  ~AllowIrrefutable() { flag = before; }
  bool& flag;
  bool before;
};
}  // namespace

void Generator::pattern_value(MatchValue* node, Register subject, PatternContext& context) {
  const Constant* constant = folder_.fold(node->value);
  if (!constant && node->value->kind != NodeKind::Attribute)
    return fail("patterns may only match literals and attribute lookups");
  TemporaryScope scope(*this);
  int pool_index = 0;
  if (constant && byte_constant(*constant, &pool_index)) {
    Instruction& made = emit(Opcode::JumpIfEqualConst, subject, 0, 0);
    made.value = pool_index;
    made.target = context.fail;
    return;
  }
  Register other = value(node->value);
  jump_if_registers(CompareOperator::Eq, subject, other, context.fail, false);
}

void Generator::pattern_singleton(MatchSingleton* node, Register subject, PatternContext& context) {
  Constant constant = constant_of(session_.arena, node->value);
  if (constant.kind == Constant::Kind::None) return emit_jump(Opcode::JumpIfNotNone, subject, context.fail);
  TemporaryScope scope(*this);
  Register other = temporary();
  load_constant(constant, other);
  jump_if_registers(CompareOperator::Is, subject, other, context.fail, false);
}

void Generator::pattern_sequence(MatchSequence* node, Register subject, PatternContext& context) {
  const size_t size = node->patterns.size();
  size_t star = size;
  bool only_wildcard = true, star_wildcard = false;
  for (size_t i = 0; i < size; ++i) {
    PatternNode* each = node->patterns[i];
    only_wildcard &= is_wildcard(each) || is_star_wildcard(each);
    if (each->kind != NodeKind::MatchStar) continue;
    if (star < size) return fail("multiple starred names in sequence pattern");
    star_wildcard = is_star_wildcard(each);
    only_wildcard &= star_wildcard;
    star = i;
  }
  {
    TemporaryScope scope(*this);
    Register test = temporary();
    emit(Opcode::MatchSequence, test, subject);
    emit_jump(Opcode::JumpIfFalse, test, context.fail);
    if (star == size || size > 1) {
      emit(Opcode::GetLength, test, subject);
      Register wanted = temporary();
      load_constant(int_constant(static_cast<int64_t>(star == size ? size : size - 1)), wanted);
      jump_if_registers(star == size ? CompareOperator::Eq : CompareOperator::GtE, test, wanted, context.fail, false);
    }
  }
  if (only_wildcard) return;
  AllowIrrefutable allow(context.allow_irrefutable);
  if (star_wildcard) return pattern_indexed(node->patterns, star, subject, context);
  pattern_unpacked(node->patterns, subject, context);
}

void Generator::pattern_unpacked(std::span<PatternNode*> patterns, Register subject, PatternContext& context) {
  const size_t size = patterns.size();
  size_t star = size;
  for (size_t i = 0; i < size; ++i)
    if (patterns[i]->kind == NodeKind::MatchStar) star = i;
  if (star < size && star >= (1 << 8)) return fail("too many expressions in star-unpacking sequence pattern");
  Register first = temporaries(static_cast<int>(size));
  if (star < size) {
    emit(Opcode::UnpackEx, first, subject, static_cast<Register>(star)).second = static_cast<int32_t>(size - star - 1);
  } else {
    emit(Opcode::UnpackSequence, first, subject, static_cast<Register>(size));
  }
  for (size_t i = 0; i < size; ++i) pattern(patterns[i], static_cast<Register>(first + i), context);
}

/// With `*_` in it only the named items are fetched.
void Generator::pattern_indexed(std::span<PatternNode*> patterns, size_t star, Register subject,
                                PatternContext& context) {
  const size_t size = patterns.size();
  for (size_t i = 0; i < size; ++i) {
    if (is_wildcard(patterns[i]) || i == star) continue;
    Register item = temporary();
    {
      TemporaryScope scope(*this);
      Register index = temporary();
      if (i < star) {
        load_constant(int_constant(static_cast<int64_t>(i)), index);
      } else {
        Register distance = temporary();
        emit(Opcode::GetLength, index, subject);
        load_constant(int_constant(static_cast<int64_t>(size - i)), distance);
        emit(Opcode::Subtract, index, index, distance);
      }
      emit(Opcode::LoadItem, item, subject, index);
    }
    pattern(patterns[i], item, context);
  }
}

void Generator::pattern_mapping(MatchMapping* node, Register subject, PatternContext& context) {
  const size_t size = node->keys.size();
  {
    TemporaryScope scope(*this);
    Register test = temporary();
    emit(Opcode::MatchMapping, test, subject);
    emit_jump(Opcode::JumpIfFalse, test, context.fail);
    if (size == 0 && !node->rest.data()) return;
    if (size > 0) {
      emit(Opcode::GetLength, test, subject);
      Register wanted = temporary();
      load_constant(int_constant(static_cast<int64_t>(size)), wanted);
      jump_if_registers(CompareOperator::GtE, test, wanted, context.fail, false);
    }
  }
  std::vector<Constant> seen;
  Register keys = temporary();
  Register values = temporary();
  {
    TemporaryScope scope(*this);
    Register first = code_->next_temporary;
    for (size_t i = 0; i < size; ++i) {
      ExprNode* key = node->keys[i];
      if (const Constant* constant = key ? folder_.fold(key) : nullptr) {
        for (const Constant& each : seen)
          if (equal_constants(each, *constant))
            return fail("mapping pattern checks duplicate key (" + constant_text(*constant) + ")");
        seen.push_back(*constant);
      } else if (!key || key->kind != NodeKind::Attribute) {
        return fail("mapping pattern keys may only match literals and attribute lookups");
      }
      Register slot = static_cast<Register>(first + i);
      reach(slot);
      value_to(key, slot);
    }
    emit(Opcode::BuildTuple, keys, first, static_cast<Register>(size));
  }
  emit(Opcode::MatchKeys, values, subject, keys);
  emit_jump(Opcode::JumpIfNone, values, context.fail);
  AllowIrrefutable allow(context.allow_irrefutable);
  Register first = temporaries(static_cast<int>(size == 0 ? 1 : size));
  emit(Opcode::UnpackSequence, first, values, static_cast<Register>(size));
  for (size_t i = 0; i < size; ++i) pattern(node->patterns[i], static_cast<Register>(first + i), context);
  if (node->rest.data()) {
    Register rest = temporary();
    emit(Opcode::MatchRest, rest, subject, keys);
    pattern_capture(node->rest, rest, context);
  }
}

void Generator::pattern_class(MatchClass* node, Register subject, PatternContext& context) {
  const size_t positional = node->patterns.size(), named = node->kwd_attrs.size();
  std::vector<Constant> names;
  for (size_t i = 0; i < named; ++i) {
    code_->position = position_of(node->kwd_patterns[i]);
    if (forbidden(node->kwd_attrs[i], false)) return;
    for (size_t j = i + 1; j < named; ++j) {
      if (node->kwd_attrs[i] != node->kwd_attrs[j]) continue;
      code_->position = position_of(node->kwd_patterns[j]);
      return fail("attribute name repeated in class pattern: " + std::string(node->kwd_attrs[i]));
    }
    names.push_back(string_constant(node->kwd_attrs[i], true));
  }
  code_->position = position_of(node);
  Register result = temporary();
  {
    TemporaryScope scope(*this);
    Register packed = temporaries(3);
    value_to(node->cls, static_cast<Register>(packed + 1));
    move(packed, subject);
    Constant tuple{.kind = Constant::Kind::Tuple};
    tuple.items = session_.arena.copy(std::span<const Constant>(names));
    load_constant(tuple, static_cast<Register>(packed + 2));
    emit(Opcode::MatchClass, result, packed, static_cast<Register>(positional));
  }
  emit_jump(Opcode::JumpIfNone, result, context.fail);
  const size_t count = positional + named;
  Register first = temporaries(static_cast<int>(count == 0 ? 1 : count));
  emit(Opcode::UnpackSequence, first, result, static_cast<Register>(count));
  AllowIrrefutable allow(context.allow_irrefutable);
  for (size_t i = 0; i < count; ++i) {
    PatternNode* each = i < positional ? node->patterns[i] : node->kwd_patterns[i - positional];
    if (!is_wildcard(each)) pattern(each, static_cast<Register>(first + i), context);
  }
}

void Generator::pattern_as(MatchAs* node, Register subject, PatternContext& context) {
  if (!node->pattern) {
    if (!context.allow_irrefutable) {
      if (node->name.data())
        return fail("name capture " + quoted(node->name) + " makes remaining patterns unreachable");
      return fail("wildcard makes remaining patterns unreachable");
    }
    return pattern_capture(node->name, subject, context);
  }
  pattern(node->pattern, subject, context);
  if (!session_.failed()) pattern_capture(node->name, subject, context);
}

void Generator::pattern_or(MatchOr* node, Register subject, PatternContext& context) {
  Label matched = new_label();
  std::vector<PatternContext::Capture> wanted;  // name and common register, as the first alternative found them
  const size_t size = node->patterns.size();
  // The common registers are taken after the first alternative; later alternatives use what is above them.
  for (size_t i = 0; i < size; ++i) {
    if (session_.failed()) return;
    PatternContext inner;
    inner.fail = i + 1 < size ? new_label() : context.fail;
    inner.allow_irrefutable = i + 1 == size && context.allow_irrefutable;
    Register mark = code_->next_temporary;
    pattern(node->patterns[i], subject, inner);
    if (session_.failed()) return;
    if (i == 0) {
      for (PatternContext::Capture& each : inner.captures) wanted.push_back({each.name, temporary()});
    } else if (inner.captures.size() != wanted.size()) {
      return fail("alternative patterns bind different names");
    }
    for (const PatternContext::Capture& each : wanted) {
      auto same = [&](const PatternContext::Capture& other) { return other.name == each.name; };
      auto found = std::find_if(inner.captures.begin(), inner.captures.end(), same);
      if (found == inner.captures.end()) return fail("alternative patterns bind different names");
      move(each.reg, found->reg);
    }
    if (i > 0) code_->next_temporary = mark;
    if (i + 1 < size) {
      jump(matched);
      bind(inner.fail);
    }
  }
  bind(matched);
  for (const PatternContext::Capture& each : wanted) pattern_capture(each.name, each.reg, context);
}

void Generator::match_statement(Match* node) {
  Register subject = temporary();
  value_to(node->subject, subject);
  Label end = new_label();
  const size_t count = node->cases.size();
  const bool has_default = count > 1 && is_wildcard(node->cases[count - 1]->pattern);
  for (size_t i = 0; i < count - (has_default ? 1 : 0); ++i) {
    if (session_.failed()) return;
    MatchCase* each = node->cases[i];
    TemporaryScope scope(*this);
    code_->position = position_of(each->pattern);
    PatternContext context;
    context.fail = new_label();
    if (is_wildcard(each->pattern)) emit(Opcode::Nop);  // its line
    context.allow_irrefutable = each->guard != nullptr || i + 1 == count;
    pattern(each->pattern, subject, context);
    if (session_.failed()) return;
    for (const PatternContext::Capture& capture : context.captures) store_name(capture.name, capture.reg);
    if (each->guard) jump_if(each->guard, context.fail, false);
    statements(each->body);
    emit_artificial_jump(Opcode::Jump, end);
    code_->position = position_of(each->pattern);
    bind(context.fail);
  }
  if (has_default && !session_.failed()) {
    MatchCase* last = node->cases[count - 1];
    code_->position = position_of(last->pattern);
    emit(Opcode::Nop);
    if (last->guard) jump_if(last->guard, end, false);
    statements(last->body);
  }
  bind(end);
}

}  // namespace viperine::compiler
