// SPDX-License-Identifier: MIT
// Generator: jumps on conditions, fused with comparisons where there is an instruction for it; warnings about literals.
#include "base/check.h"
#include "compiler/generator.h"

namespace viperine::compiler {

using namespace ast;

void Generator::jump_if(ExprNode* node, Label label, bool sense) {
  DepthGuard guard(session_);
  if (session_.failed()) return;
  if (const Constant* constant = folder_.fold(node)) {
    int truth = truth_of(*constant);
    if (truth >= 0) {
      At at(*this, node);
      if ((truth != 0) == sense) {
        jump(label);
      } else {
        emit(Opcode::Nop);
      }
      return;
    }
  }
  switch (node->kind) {
    case NodeKind::UnaryOp:
      if (cast<UnaryOp>(node)->op == UnaryOperator::Not) {
        ExprNode* operand = cast<UnaryOp>(node)->operand;
        if (auto* compare = try_cast<Compare>(operand); compare && compare->ops.size() == 1)
          return jump_if_compare(compare, label, !sense, true);
        return jump_if(operand, label, !sense);
      }
      break;
    case NodeKind::BoolOp: {
      auto* each = cast<BoolOp>(node);
      const bool decides = each->op == BoolOperator::Or;  // the truth that decides early
      Label done = decides == sense ? label : new_label();
      for (size_t i = 0; i + 1 < each->values.size(); ++i) jump_if(each->values[i], done, decides);
      jump_if(each->values.back(), label, sense);
      if (done != label) bind(done);
      return;
    }
    case NodeKind::IfExp: {
      auto* each = cast<IfExp>(node);
      Label otherwise = new_label(), end = new_label();
      jump_if(each->test, otherwise, false);
      jump_if(each->body, label, sense);
      emit_artificial_jump(Opcode::Jump, end);
      bind(otherwise);
      jump_if(each->orelse, label, sense);
      bind(end);
      return;
    }
    case NodeKind::Compare: return jump_if_compare(cast<Compare>(node), label, sense, false);
    default: break;
  }
  TemporaryScope scope(*this);
  Register test = value(node);
  emit_jump(sense ? Opcode::JumpIfTrue : Opcode::JumpIfFalse, test, label);
}

namespace {

Opcode jump_opcode(CompareOperator op) {
  switch (op) {
    case CompareOperator::Eq: return Opcode::JumpIfEqual;
    case CompareOperator::NotEq: return Opcode::JumpIfNotEqual;
    case CompareOperator::Lt: return Opcode::JumpIfLess;
    case CompareOperator::LtE: return Opcode::JumpIfLessEqual;
    case CompareOperator::Gt: return Opcode::JumpIfGreater;
    case CompareOperator::GtE: return Opcode::JumpIfGreaterEqual;
    default: return Opcode::Nop;
  }
}

static_assert(static_cast<int>(Opcode::JumpIfLessConst) == static_cast<int>(Opcode::JumpIfLess) + 1);

}  // namespace

void Generator::jump_if_registers(CompareOperator op, Register left, Register right, Label label, bool sense) {
  if (op == CompareOperator::Is || op == CompareOperator::IsNot) {
    Instruction& made = emit(Opcode::JumpIfIs, left, right, sense == (op == CompareOperator::Is));
    made.target = label;
    return;
  }
  if (op == CompareOperator::In || op == CompareOperator::NotIn) {
    TemporaryScope scope(*this);
    Register test = temporary();
    compare_pair(op, test, left, right);
    emit_jump(sense ? Opcode::JumpIfTrue : Opcode::JumpIfFalse, test, label);
    return;
  }
  emit(jump_opcode(op), left, right, sense).target = label;
}

void Generator::jump_if_pair(CompareOperator op, ExprNode* left_node, ExprNode* right_node, Label label, bool sense) {
  TemporaryScope scope(*this);
  Register left = value(left_node);
  const Constant* constant = folder_.fold(right_node);
  const bool identity = op == CompareOperator::Is || op == CompareOperator::IsNot;
  if (constant && identity && constant->kind == Constant::Kind::None)
    return emit_jump(sense == (op == CompareOperator::Is) ? Opcode::JumpIfNone : Opcode::JumpIfNotNone, left, label);
  int pool_index = 0;
  if (constant && jump_opcode(op) != Opcode::Nop && byte_constant(*constant, &pool_index)) {
    Instruction& made = emit(static_cast<Opcode>(static_cast<int>(jump_opcode(op)) + 1), left, 0, sense);
    made.value = pool_index;
    made.target = label;
    return;
  }
  const bool membership = op == CompareOperator::In || op == CompareOperator::NotIn;
  const Constant* container = membership ? folder_.fold_container(right_node) : nullptr;
  Register right;
  if (container) {
    At at(*this, right_node);
    load_constant(*container, right = temporary());
  } else {
    right = value(right_node);
  }
  jump_if_registers(op, left, right, label, sense);
}

void Generator::jump_if_compare(Compare* node, Label label, bool sense, bool negated) {
  // The position stays after the jump, as in CPython: an assertion's error is shown at its comparison.
  code_->position = position_of(node);
  check_compare(node, negated);
  if (node->ops.size() == 1) return jump_if_pair(node->ops[0], node->left, node->comparators[0], label, sense);
  TemporaryScope scope(*this);
  Label done = sense ? new_label() : label;  // where a false part leads
  Register operands = temporaries(2);  // the operands take turns in these
  Register left = operand(node->left, operands);
  for (size_t i = 0; i < node->ops.size(); ++i) {
    const bool last = i + 1 == node->ops.size();
    Register right = operand(node->comparators[i], static_cast<Register>(operands + (i + 1) % 2));
    jump_if_registers(node->ops[i], left, right, last ? label : done, last ? sense : false);
    left = right;
  }
  if (sense) bind(done);
}

namespace {

bool is_literal(ExprNode* node) {
  if (node->kind != NodeKind::Constant) return false;
  switch (cast<ast::Constant>(node)->value.kind) {
    case ConstantKind::None: case ConstantKind::True: case ConstantKind::False: case ConstantKind::Ellipsis:
    case ConstantKind::Opaque: return false;
    default: return true;
  }
}

/// The types whose literals cannot be indexed.
bool unindexable(Constant::Kind kind) {
  switch (kind) {
    case Constant::Kind::Str: case Constant::Kind::Bytes: case Constant::Kind::Tuple: case Constant::Kind::Opaque:
    case Constant::Kind::Code: return false;
    default: return true;
  }
}

}  // namespace

void Generator::check_compare(Compare* node, bool negated) {
  auto literal = [&](ExprNode* each) {
    if (is_literal(each)) return true;
    const Constant* constant = folder_.fold(each);
    if (!constant) return false;
    switch (constant->kind) {
      case Constant::Kind::None: case Constant::Kind::True: case Constant::Kind::False:
      case Constant::Kind::Ellipsis: case Constant::Kind::Opaque: return false;
      default: return true;
    }
  };
  bool left = !literal(node->left);
  for (size_t i = 0; i < node->ops.size(); ++i) {
    bool right = !literal(node->comparators[i]);
    const bool is = (node->ops[i] == CompareOperator::Is) != negated;
    const bool identity = node->ops[i] == CompareOperator::Is || node->ops[i] == CompareOperator::IsNot;
    if (identity && (!right || !left))
      return warn(is ? "\"is\" with a literal. Did you mean \"==\"?"
                     : "\"is not\" with a literal. Did you mean \"!=\"?");
    left = right;
  }
}

std::string Generator::type_of_constant(const Constant& constant) {
  switch (constant.kind) {
    case Constant::Kind::None: return "NoneType";
    case Constant::Kind::True: case Constant::Kind::False: return "bool";
    case Constant::Kind::Ellipsis: return "ellipsis";
    case Constant::Kind::Int: return "int";
    case Constant::Kind::Float: return "float";
    case Constant::Kind::Complex: return "complex";
    case Constant::Kind::Str: return "str";
    case Constant::Kind::Bytes: return "bytes";
    case Constant::Kind::Tuple: return "tuple";
    case Constant::Kind::FrozenSet: return "frozenset";
    case Constant::Kind::Code: return "code";
    case Constant::Kind::Opaque: return "";
  }
  return "";
}

std::string Generator::infer_type(ExprNode* node) {
  if (const Constant* constant = folder_.fold(node)) return type_of_constant(*constant);
  switch (node->kind) {
    case NodeKind::Tuple: return "tuple";
    case NodeKind::List: case NodeKind::ListComp: return "list";
    case NodeKind::Dict: case NodeKind::DictComp: return "dict";
    case NodeKind::Set: case NodeKind::SetComp: return "set";
    case NodeKind::GeneratorExp: return "generator";
    case NodeKind::Lambda: return "function";
    case NodeKind::JoinedStr: case NodeKind::FormattedValue: return "str";
    default: return "";
  }
}

void Generator::check_callable(ExprNode* node) {
  switch (node->kind) {
    case NodeKind::Lambda: return;
    case NodeKind::Name: case NodeKind::BinOp: case NodeKind::UnaryOp: case NodeKind::Subscript:
      if (!folder_.fold(node)) return;
      break;
    default: break;
  }
  std::string type = infer_type(node);
  if (!type.empty()) warn("'" + type + "' object is not callable; perhaps you missed a comma?");
}

void Generator::check_subscript(Subscript* node) {
  const Constant* constant = folder_.fold(node->value);
  std::string type = infer_type(node->value);
  bool bad = constant ? unindexable(constant->kind) : false;
  switch (node->value->kind) {
    case NodeKind::Set: case NodeKind::SetComp: case NodeKind::GeneratorExp: case NodeKind::Lambda: bad = true; break;
    default: break;
  }
  if (bad && !type.empty())
    return warn("'" + type + "' object is not subscriptable; perhaps you missed a comma?");
  std::string index = infer_type(node->slice);
  if (index.empty() || index == "int" || index == "bool") return;
  switch (node->value->kind) {
    case NodeKind::Tuple: case NodeKind::List: case NodeKind::ListComp: case NodeKind::JoinedStr:
    case NodeKind::FormattedValue: break;
    default:
      if (!constant || unindexable(constant->kind) || constant->kind == Constant::Kind::Opaque) return;
  }
  warn(type + " indices must be integers or slices, not " + index + "; perhaps you missed a comma?");
}

}  // namespace viperine::compiler
