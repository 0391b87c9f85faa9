// SPDX-License-Identifier: MIT
// Generator: assignment in all its forms. A value goes straight into a local's register where nobody can tell.
#include "base/check.h"
#include "compiler/generator.h"

namespace viperine::compiler {

using namespace ast;

void Generator::assign(Assign* node) {
  ExprNode* first = node->targets[0];
  if (node->targets.size() == 1 && pairwise(first, node->value)) return;
  Register source;
  if (code_->scope->has_walrus && first->kind == NodeKind::Name && node->targets.size() == 1) {
    // A walrus inside the value comes before the target in co_varnames.
    auto* name = cast<Name>(first);
    if (!code_->registers.contains(mangled(name->id))) return store(first, value(node->value));
  }
  Register local = local_register(first, false);
  if (local != kNoRegister) {
    if (forbidden(cast<Name>(first)->id, false)) return;
    value_to(node->value, local);
    if (node->targets.size() == 1) return;
    source = local;
    if (local_register(first, true) == kNoRegister) move(source = temporary(), local);
  } else {
    source = value(node->value);
    store(first, source);
  }
  for (size_t i = 1; i < node->targets.size(); ++i) {
    // A later target may rebind the variable that holds the value: `a = a, b = ...` does not need care, a[0] does.
    if (!is_temporary(source) && node->targets[i]->kind != NodeKind::Name && i + 1 < node->targets.size()) {
      Register copy = temporary();
      move(copy, source);
      source = copy;
    }
    store(node->targets[i], source);
  }
}

/// `a, b = x, y` without the tuple.
bool Generator::pairwise(ExprNode* target, ExprNode* source) {
  auto* values = try_cast<Tuple>(source);
  std::span<ExprNode*> targets;
  if (auto* tuple = try_cast<Tuple>(target)) targets = tuple->elts;
  if (auto* list = try_cast<List>(target)) targets = list->elts;
  if (!values || targets.empty() || targets.size() != values->elts.size() || targets.size() > 8) return false;
  for (size_t i = 0; i < targets.size(); ++i)
    if (targets[i]->kind == NodeKind::Starred || values->elts[i]->kind == NodeKind::Starred) return false;
  Register first = code_->next_temporary;
  for (ExprNode* each : values->elts) value_in_temporary(each);
  for (size_t i = 0; i < targets.size(); ++i) store(targets[i], static_cast<Register>(first + i));
  return true;
}

void Generator::store_attribute(Register object, Attribute* node, Register source) {
  if (forbidden(node->attr, false)) return;
  std::string_view name = mangled(node->attr);
  auto* owner = try_cast<Name>(node->value);
  if (owner && code_->first_parameter.data() && owner->id == code_->first_parameter) {
    bool known = false;
    for (std::string_view each : code_->self_attributes) known |= each == name;
    if (!known) code_->self_attributes.push_back(name);
  }
  emit_name(Opcode::StoreAttr, object, source, name);
}

void Generator::store(ExprNode* target, Register source) {
  DepthGuard guard(session_);
  if (session_.failed()) return;
  TemporaryScope scope(*this);
  At at(*this, target);
  switch (target->kind) {
    case NodeKind::Name: return store_name(cast<Name>(target)->id, source);
    case NodeKind::Attribute: {
      auto* attribute = cast<Attribute>(target);
      Register object = value(attribute->value);
      start_at_attribute(attribute);
      return store_attribute(object, attribute, source);
    }
    case NodeKind::Subscript: {
      auto* subscript = cast<Subscript>(target);
      Register object = value(subscript->value);
      if (auto* slice = try_cast<Slice>(subscript->slice); slice && !slice->step) {
        Register first = temporaries(2);
        {
          At inner(*this, slice);
          slice_bounds(slice, first);
        }
        emit(Opcode::StoreSlice, source, object, first);
        return;
      }
      Register index = value(subscript->slice);
      emit(Opcode::StoreItem, object, index, source);
      return;
    }
    case NodeKind::Tuple: return unpack(cast<Tuple>(target)->elts, source);
    case NodeKind::List: return unpack(cast<List>(target)->elts, source);
    case NodeKind::Starred: return fail("starred assignment target must be in a list or tuple");
    default: return fail("cannot assign to expression");  // only in trees made by hand
  }
}

void Generator::unpack(std::span<ExprNode*> targets, Register source) {
  const size_t count = targets.size();
  size_t star = count;
  for (size_t i = 0; i < count; ++i) {
    if (targets[i]->kind != NodeKind::Starred) continue;
    if (star < count) return fail("multiple starred expressions in assignment");
    if (i >= (1 << 8) || count - i - 1 >= (INT32_MAX >> 8))
      return fail("too many expressions in star-unpacking assignment");
    star = i;
  }
  // Into neighbouring variables directly.
  bool direct = star == count && count > 0;
  Register first = kNoRegister;
  for (size_t i = 0; direct && i < count; ++i) {
    Register local = local_register(targets[i], false);
    direct = local != kNoRegister && (i == 0 || local == first + i) && cast<Name>(targets[i])->id != "__debug__";
    if (i == 0) first = local;
  }
  if (direct) {
    emit(Opcode::UnpackSequence, first, source, static_cast<Register>(count));
    return;
  }
  // Too many for the registers: the first hundred, then the rest from a list.
  constexpr size_t kRun = 100;
  if (count > kRun && star >= kRun) {
    first = temporaries(kRun + 1);
    emit(Opcode::UnpackEx, first, source, kRun).second = 0;
    for (size_t i = 0; i < kRun; ++i) store(targets[i], static_cast<Register>(first + i));
    Register rest = static_cast<Register>(first + kRun);
    move(first, rest);
    code_->next_temporary = static_cast<Register>(first + 1);
    return unpack(targets.subspan(kRun), first);
  }
  if (count > kRun && star < count) return unpack_long_tail(targets, star, source);
  first = temporaries(static_cast<int>(count == 0 ? 1 : count));
  if (star < count) {
    const size_t after = count - star - 1;
    emit(Opcode::UnpackEx, first, source, static_cast<Register>(star)).second = static_cast<int32_t>(after);
  } else {
    emit(Opcode::UnpackSequence, first, source, static_cast<Register>(count));
  }
  for (size_t i = 0; i < count; ++i) {
    ExprNode* target = targets[i];
    store(i == star ? cast<Starred>(target)->value : target, static_cast<Register>(first + i));
  }
}

/// A star with too many targets after it: the tail is cut off the list with a slice.
void Generator::unpack_long_tail(std::span<ExprNode*> targets, size_t star, Register source) {
  const auto after = static_cast<int64_t>(targets.size() - star - 1);
  Register first = temporaries(static_cast<int>(star) + 1);
  Register list = static_cast<Register>(first + star);
  emit(Opcode::UnpackEx, first, source, static_cast<Register>(star)).second = 0;
  for (size_t i = 0; i < star; ++i) store(targets[i], static_cast<Register>(first + i));
  Register part = temporaries(3);
  Register bounds = static_cast<Register>(part + 1);
  load_none(bounds);
  load_constant(int_constant(-after), static_cast<Register>(bounds + 1));
  emit(Opcode::LoadSlice, part, list, bounds);
  store(cast<Starred>(targets[star])->value, part);
  move(bounds, static_cast<Register>(bounds + 1));
  load_none(static_cast<Register>(bounds + 1));
  emit(Opcode::LoadSlice, part, list, bounds);
  move(first, part);
  code_->next_temporary = static_cast<Register>(first + 1);
  unpack(targets.subspan(star + 1), first);
}

void Generator::augmented(AugAssign* node) {
  switch (node->target->kind) {
    case NodeKind::Name: {
      auto* name = cast<Name>(node->target);
      Register local = local_register(name->id, true);
      if (local != kNoRegister) {
        {
          At at(*this, name);
          load_name(name->id, local);
        }
        if (forbidden(name->id, false)) return;
        return inplace(node->op, local, local, node->value);
      }
      Register current = temporary();
      {
        At at(*this, name);
        load_name(name->id, current);
      }
      inplace(node->op, current, current, node->value);
      At at(*this, name);
      return store_name(name->id, current);
    }
    case NodeKind::Attribute: {
      auto* target = cast<Attribute>(node->target);
      Register object, current;
      {
        At at(*this, target);
        object = value(target->value);
        current = temporary();
        start_at_attribute(target);
        emit_name(Opcode::LoadAttr, current, object, mangled(target->attr));
      }
      inplace(node->op, current, current, node->value);
      At at(*this, target);
      start_at_attribute(target);
      return store_attribute(object, target, current);
    }
    case NodeKind::Subscript: {
      auto* target = cast<Subscript>(node->target);
      Register object, index, current;
      {
        At at(*this, target);
        object = value(target->value);
        index = value(target->slice);
        current = temporary();
        emit(Opcode::LoadItem, current, object, index);
      }
      inplace(node->op, current, current, node->value);
      At at(*this, target);
      emit(Opcode::StoreItem, object, index, current);
      return;
    }
    default: return fail("illegal target for assignment");
  }
}

void Generator::evaluate_annotation(ExprNode* node) {
  TemporaryScope scope(*this);
  value(node);
}

void Generator::annotated_subscript(ExprNode* node) {
  if (auto* slice = try_cast<Slice>(node)) {
    if (slice->lower) evaluate_annotation(slice->lower);
    if (slice->upper) evaluate_annotation(slice->upper);
    if (slice->step) evaluate_annotation(slice->step);
    return;
  }
  if (auto* tuple = try_cast<Tuple>(node)) {
    for (ExprNode* each : tuple->elts) annotated_subscript(each);
    return;
  }
  evaluate_annotation(node);
}

void Generator::annotated(AnnAssign* node) {
  if (node->value) {
    TemporaryScope scope(*this);
    Register local = local_register(node->target, false);
    if (local != kNoRegister && cast<Name>(node->target)->id != "__debug__") {
      value_to(node->value, local);
    } else {
      Register source = value(node->value);
      store(node->target, source);
    }
  }
  const bool in_namespace = code_->kind == CodeKind::Module || code_->kind == CodeKind::Class;
  const bool future = (session_.future_flags & kFutureAnnotations) != 0;
  TemporaryScope scope(*this);
  switch (node->target->kind) {
    case NodeKind::Name: {
      auto* name = cast<Name>(node->target);
      if (forbidden(name->id, false)) return;
      if (node->simple && in_namespace) {
        Register annotation = temporaries(3);
        Register mapping = static_cast<Register>(annotation + 1), key = static_cast<Register>(annotation + 2);
        if (future) {
          load_text(unparse_expression(session_.arena, node->annotation), annotation);
        } else {
          value_to(node->annotation, annotation);
        }
        emit_name(Opcode::LoadName, mapping, 0, "__annotations__");
        load_constant(string_constant(mangled(name->id), true), key);
        emit(Opcode::StoreItem, mapping, key, annotation);
      }
      break;
    }
    case NodeKind::Attribute:
      if (forbidden(cast<Attribute>(node->target)->attr, false)) return;
      if (!node->value) evaluate_annotation(cast<Attribute>(node->target)->value);
      break;
    case NodeKind::Subscript:
      if (!node->value) {
        evaluate_annotation(cast<Subscript>(node->target)->value);
        annotated_subscript(cast<Subscript>(node->target)->slice);
      }
      break;
    default: return fail("illegal target for assignment");
  }
  if (!node->simple && in_namespace && !future) evaluate_annotation(node->annotation);
}

}  // namespace viperine::compiler
