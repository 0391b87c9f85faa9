// SPDX-License-Identifier: MIT
// Generator: expressions except displays, calls, functions and comprehensions.
#include "compiler/generator.h"

#include "base/check.h"

namespace viperine::compiler {

using namespace ast;

namespace {

Opcode opcode_of_operator(Operator op) {
  switch (op) {
    case Operator::Add: return Opcode::Add;
    case Operator::Sub: return Opcode::Subtract;
    case Operator::Mult: return Opcode::Multiply;
    case Operator::MatMult: return Opcode::MatrixMultiply;
    case Operator::Div: return Opcode::TrueDivide;
    case Operator::Mod: return Opcode::Modulo;
    case Operator::Pow: return Opcode::Power;
    case Operator::LShift: return Opcode::LeftShift;
    case Operator::RShift: return Opcode::RightShift;
    case Operator::BitOr: return Opcode::Or;
    case Operator::BitXor: return Opcode::Xor;
    case Operator::BitAnd: return Opcode::And;
    case Operator::FloorDiv: return Opcode::FloorDivide;
  }
  UNREACHABLE();
}

Opcode next_opcode(Opcode op, int steps) { return static_cast<Opcode>(static_cast<int>(op) + steps); }

// The order of the four forms in opcodes.def.
static_assert(static_cast<int>(Opcode::AddConst) == static_cast<int>(Opcode::Add) + 1);
static_assert(static_cast<int>(Opcode::InplaceAdd) == static_cast<int>(Opcode::Add) + 2);
static_assert(static_cast<int>(Opcode::InplaceAddConst) == static_cast<int>(Opcode::Add) + 3);

}  // namespace

/// A register that holds the value: the variable's own for a plain local, a new temporary otherwise.
Register Generator::value(ExprNode* node) { return operand(node, kNoRegister); }

Register Generator::value_in_temporary(ExprNode* node) {
  Register made = temporary();
  value_to(node, made);
  return made;
}

/// As value(), but computes into `scratch` if that is a temporary instead of taking a new one.
Register Generator::operand(ExprNode* node, Register scratch) {
  Register local = local_register(node, true);
  if (local != kNoRegister) {
    At at(*this, node);
    load_name(cast<Name>(node)->id, local);
    return local;
  }
  if (scratch == kNoRegister || !is_temporary(scratch)) scratch = temporary();
  value_to(node, scratch);
  return scratch;
}

void Generator::value_to(ExprNode* node, Register target) {
  DepthGuard guard(session_);
  if (session_.failed()) return;
  At at(*this, node);
  TemporaryScope scope(*this);
  if (const Constant* constant = folder_.fold(node)) return load_constant(*constant, target);
  switch (node->kind) {
    case NodeKind::BoolOp: return bool_to(cast<BoolOp>(node), target);
    case NodeKind::NamedExpr: return walrus_to(cast<NamedExpr>(node), target);
    case NodeKind::BinOp: return binary_to(cast<BinOp>(node), target);
    case NodeKind::UnaryOp: return unary_to(cast<UnaryOp>(node), target);
    case NodeKind::Lambda: return lambda_to(cast<Lambda>(node), target);
    case NodeKind::IfExp: return conditional_to(cast<IfExp>(node), target);
    case NodeKind::Dict: return dict_to(cast<Dict>(node), target);
    case NodeKind::Set: return display_to(cast<Set>(node)->elts, Display::Set, target);
    case NodeKind::ListComp: {
      auto* each = cast<ListComp>(node);
      return comprehension_to(node, each->generators, each->elt, nullptr, ComprehensionKind::List, target);
    }
    case NodeKind::SetComp: {
      auto* each = cast<SetComp>(node);
      return comprehension_to(node, each->generators, each->elt, nullptr, ComprehensionKind::Set, target);
    }
    case NodeKind::DictComp: {
      auto* each = cast<DictComp>(node);
      return comprehension_to(node, each->generators, each->key, each->value, ComprehensionKind::Dict, target);
    }
    case NodeKind::GeneratorExp: {
      auto* each = cast<GeneratorExp>(node);
      return comprehension_to(node, each->generators, each->elt, nullptr, ComprehensionKind::Generator, target);
    }
    case NodeKind::Await: return await_to(cast<Await>(node), target);
    case NodeKind::Yield: return yield_to(cast<Yield>(node), target);
    case NodeKind::YieldFrom: return yield_from_to(cast<YieldFrom>(node), target);
    case NodeKind::Compare: return compare_to(cast<Compare>(node), target);
    case NodeKind::Call: return call_to(cast<Call>(node), target);
    case NodeKind::FormattedValue: return formatted_to(cast<FormattedValue>(node), target);
    case NodeKind::JoinedStr: return joined_to(cast<JoinedStr>(node), target);
    case NodeKind::Attribute: return attribute_to(cast<Attribute>(node), target);
    case NodeKind::Subscript: return subscript_to(cast<Subscript>(node), target);
    case NodeKind::Starred: return fail("can't use starred expression here");
    case NodeKind::Name: return name_to(cast<Name>(node), target);
    case NodeKind::List: return display_to(cast<List>(node)->elts, Display::List, target);
    case NodeKind::Tuple: return display_to(cast<Tuple>(node)->elts, Display::Tuple, target);
    case NodeKind::Slice: return slice_to(cast<Slice>(node), target);
    default: UNREACHABLE();
  }
}

void Generator::name_to(Name* node, Register target) { load_name(node->id, target); }

void Generator::binary_to(BinOp* node, Register target) {
  if (percent_to(node, target)) return;
  Opcode op = opcode_of_operator(node->op);
  Register left = operand(node->left, target);
  int pool_index = 0;
  const Constant* constant = folder_.fold(node->right);
  if (constant && byte_constant(*constant, &pool_index)) {
    emit(next_opcode(op, 1), target, left).value = pool_index;
    return;
  }
  Register right = operand(node->right, left == target ? kNoRegister : target);
  emit(op, target, left, right);
}

void Generator::inplace(Operator operation, Register target, Register left, ExprNode* right) {
  Opcode op = opcode_of_operator(operation);
  int pool_index = 0;
  const Constant* constant = folder_.fold(right);
  if (constant && byte_constant(*constant, &pool_index)) {
    emit(next_opcode(op, 3), target, left).value = pool_index;
    return;
  }
  TemporaryScope scope(*this);
  Register other = value(right);
  emit(next_opcode(op, 2), target, left, other);
}

void Generator::unary_to(UnaryOp* node, Register target) {
  if (node->op == UnaryOperator::Not) {
    // `not a is b`, `not a in b` are one operation.
    if (auto* compare = try_cast<Compare>(node->operand); compare && compare->ops.size() == 1) {
      CompareOperator opposite = compare->ops[0];
      switch (compare->ops[0]) {
        case CompareOperator::Is: opposite = CompareOperator::IsNot; break;
        case CompareOperator::IsNot: opposite = CompareOperator::Is; break;
        case CompareOperator::In: opposite = CompareOperator::NotIn; break;
        case CompareOperator::NotIn: opposite = CompareOperator::In; break;
        default: break;
      }
      if (opposite != compare->ops[0]) {
        check_compare(compare, true);
        Register left = operand(compare->left, target);
        Register right = kNoRegister;
        if (const Constant* container = folder_.fold_container(compare->comparators[0])) {
          At at(*this, compare->comparators[0]);
          load_constant(*container, right = left == target ? temporary() : scratch_for(target));
        } else {
          right = operand(compare->comparators[0], left == target ? kNoRegister : target);
        }
        return compare_pair(opposite, target, left, right);
      }
    }
  }
  Register inner = operand(node->operand, target);
  switch (node->op) {
    case UnaryOperator::Invert: emit(Opcode::Invert, target, inner); return;
    case UnaryOperator::Not: emit(Opcode::Not, target, inner); return;
    case UnaryOperator::UAdd: emit(Opcode::Positive, target, inner); return;
    case UnaryOperator::USub: emit(Opcode::Negative, target, inner); return;
  }
}

void Generator::bool_to(BoolOp* node, Register target) {
  const Opcode leave = node->op == BoolOperator::And ? Opcode::JumpIfFalse : Opcode::JumpIfTrue;
  Register scratch = scratch_for(target);
  Label end = new_label(), done = new_label();
  const size_t last = node->values.size() - 1;
  bool jumped = false;
  for (size_t i = 0; i < last; ++i) {
    const Constant* constant = folder_.fold(node->values[i]);
    int truth = constant ? truth_of(*constant) : -1;
    value_to(node->values[i], scratch);
    if (truth >= 0) {
      if ((truth == 1) == (node->op == BoolOperator::Or)) {
        jump(end);
        jumped = true;
      }
      continue;
    }
    emit_jump(leave, scratch, end);
    jumped = true;
  }
  value_to(node->values[last], target);
  if (scratch != target && jumped) {
    jump(done);
    bind(end);
    move(target, scratch);
  } else {
    bind(end);
  }
  bind(done);
}

void Generator::compare_pair(CompareOperator op, Register target, Register left, Register right) {
  switch (op) {
    case CompareOperator::Eq: emit(Opcode::Equal, target, left, right); return;
    case CompareOperator::NotEq: emit(Opcode::NotEqual, target, left, right); return;
    case CompareOperator::Lt: emit(Opcode::Less, target, left, right); return;
    case CompareOperator::LtE: emit(Opcode::LessEqual, target, left, right); return;
    case CompareOperator::Gt: emit(Opcode::Greater, target, left, right); return;
    case CompareOperator::GtE: emit(Opcode::GreaterEqual, target, left, right); return;
    case CompareOperator::Is: emit(Opcode::Is, target, left, right); return;
    case CompareOperator::IsNot: emit(Opcode::IsNot, target, left, right); return;
    case CompareOperator::In: emit(Opcode::In, target, left, right); return;
    case CompareOperator::NotIn: emit(Opcode::NotIn, target, left, right); return;
  }
}

void Generator::compare_to(Compare* node, Register target) {
  check_compare(node);
  auto right_operand = [&](size_t i, Register scratch) {
    ExprNode* comparator = node->comparators[i];
    const bool membership = node->ops[i] == CompareOperator::In || node->ops[i] == CompareOperator::NotIn;
    // Only the last comparator may become a constant: in a chain the display is an operand twice.
    const Constant* container =
        membership && i + 1 == node->ops.size() ? folder_.fold_container(comparator) : nullptr;
    if (!container) return operand(comparator, scratch);
    At at(*this, comparator);
    Register made = scratch != kNoRegister && is_temporary(scratch) ? scratch : temporary();
    load_constant(*container, made);
    return made;
  };
  if (node->ops.size() == 1) {
    Register left = operand(node->left, target);
    Register right = right_operand(0, left == target ? kNoRegister : target);
    return compare_pair(node->ops[0], target, left, right);
  }
  Register scratch = scratch_for(target);
  Label end = new_label();
  Register operands = temporaries(2);  // the operands take turns in these
  Register left = operand(node->left, operands);
  for (size_t i = 0; i < node->ops.size(); ++i) {
    const bool last = i + 1 == node->ops.size();
    Register right = right_operand(i, static_cast<Register>(operands + (i + 1) % 2));
    compare_pair(node->ops[i], scratch, left, right);
    if (!last) emit_jump(Opcode::JumpIfFalse, scratch, end);
    left = right;
  }
  bind(end);
  move(target, scratch);
}

void Generator::conditional_to(IfExp* node, Register target) {
  Label otherwise = new_label(), end = new_label();
  jump_if(node->test, otherwise, false);
  value_to(node->body, target);
  emit_artificial_jump(Opcode::Jump, end);
  bind(otherwise);
  value_to(node->orelse, target);
  bind(end);
}

/// The line of an attribute is that of its name, not of the object before it.
void Generator::start_at_attribute(Attribute* node) {
  Position& at = code_->position;
  if (at.line == node->end_lineno) return;
  at.line = node->end_lineno;
  int32_t length = 0;
  for (char letter : node->attr) length += (letter & 0xC0) != 0x80;
  if (length <= node->end_col_offset) {
    at.column = node->end_col_offset - length;
  } else {
    at.column = at.end_column = -1;
  }
}

void Generator::attribute_to(Attribute* node, Register target) {
  Register object = operand(node->value, target);
  start_at_attribute(node);
  emit_name(Opcode::LoadAttr, target, object, mangled(node->attr));
}

void Generator::slice_bounds(Slice* node, Register first) {
  auto bound = [&](ExprNode* expression, Register target) {
    expression ? value_to(expression, target) : load_none(target);
  };
  bound(node->lower, first);
  bound(node->upper, static_cast<Register>(first + 1));
  if (node->step) bound(node->step, static_cast<Register>(first + 2));
}

void Generator::slice_to(Slice* node, Register target) {
  const int count = node->step ? 3 : 2;
  Register first = temporaries(count);
  slice_bounds(node, first);
  emit(Opcode::BuildSlice, target, first, static_cast<Register>(count));
}

void Generator::subscript_to(Subscript* node, Register target) {
  check_subscript(node);
  Register object = operand(node->value, target);
  if (auto* slice = try_cast<Slice>(node->slice); slice && !slice->step) {
    Register first = temporaries(2);
    {
      At at(*this, slice);
      slice_bounds(slice, first);
    }
    emit(Opcode::LoadSlice, target, object, first);
    return;
  }
  Register index = operand(node->slice, object == target ? kNoRegister : target);
  emit(Opcode::LoadItem, target, object, index);
}

void Generator::walrus_to(NamedExpr* node, Register target) {
  auto* name = cast<Name>(node->target);
  Register scratch = scratch_for(target);
  value_to(node->value, scratch);
  {
    At at(*this, node->target);
    store_name(name->id, scratch);
  }
  move(target, scratch);
}

void Generator::yield_to(Yield* node, Register target) {
  if (code_->scope->kind != ScopeKind::Function) return fail("'yield' outside function");
  Register sent;
  if (node->value) {
    sent = operand(node->value, target);
  } else {
    load_none(sent = scratch_for(target));
  }
  if (code_->scope->coroutine && code_->scope->generator) {
    Register wrapped = scratch_for(target);
    emit(Opcode::WrapAsyncValue, wrapped, sent);
    sent = wrapped;
  }
  emit(Opcode::Yield, target, sent);
}

void Generator::delegate(Register iterator, Register target, bool) {
  Register current = scratch_for(target);
  if (current == iterator) current = temporary();
  load_none(current);
  Label again = new_label(), done = new_label();
  bind(again);
  emit(Opcode::Send, current, iterator, current).target = done;
  emit(Opcode::YieldFrom, current, current);
  jump(again);
  bind(done);
  move(target, current);
}

void Generator::yield_from_to(YieldFrom* node, Register target) {
  if (code_->scope->kind != ScopeKind::Function) return fail("'yield' outside function");
  if (code_->kind == CodeKind::AsyncFunction) return fail("'yield from' inside async function");
  Register iterator = temporary();
  Register object = operand(node->value, iterator);
  emit(Opcode::GetYieldFromIter, iterator, object);
  delegate(iterator, target);
}

void Generator::await_value(Register object, Register target, int kind) {
  TemporaryScope scope(*this);
  Register iterator = temporary();
  emit(Opcode::GetAwaitable, iterator, object, static_cast<Register>(kind));
  delegate(iterator, target);
}

void Generator::await_to(Await* node, Register target) {
  if (!(session_.options.flags & kAllowTopLevelAwait) || code_->kind != CodeKind::Module) {
    if (code_->scope->kind != ScopeKind::Function) return fail("'await' outside function");
    if (code_->kind != CodeKind::AsyncFunction && code_->kind != CodeKind::Comprehension)
      return fail("'await' outside async function");
  }
  Register object = operand(node->value, target);
  await_value(object, target, 0);
}

}  // namespace viperine::compiler
