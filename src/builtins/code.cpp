// SPDX-License-Identifier: MIT
// code: attributes and replace(). Making one is in runtime/materialize.cpp; positions are decoded by
// runtime/positions.h.
#include <cstring>

#include "builtins/builtin_types.h"
#include "builtins/code_replace.h"
#include "builtins/common.h"
#include "bytecode/blueprint.h"
#include "runtime/hashing.h"
#include "runtime/positions.h"

namespace viperine {

namespace {

Result<Value> code_repr(Thread& thread, Value self) {
  auto* code = cast<Code>(self);
  return to_value(format_text(thread, "<code object {} at {}, file \"{}\", line {}>", code->name_.get(),
                              address_text(thread, self), code->filename_.get(), code->first_line_));
}

bool is_plain_body(const Code* code) { return (code->flags_ & kCodeOptimized) == 0; }

template <auto Field>
Result<Value> text_field(Thread&, Code* self) {
  return to_value((self->*Field).get());
}
template <auto Field>
Result<Value> number_field(Thread&, Code* self) {
  return Value::from_int(self->*Field);
}
Result<Value> argument_count(Thread&, Code* self) {
  return Value::from_int(is_plain_body(self) ? 0 : self->positional_count_);
}
Result<Value> local_count(Thread&, Code* self) { return Value::from_int(self->variable_names_->length()); }
Result<Value> stack_size(Thread&, Code* self) {
  return Value::from_int(self->register_count_ - self->local_count_ + 1);
}
Result<Value> constants(Thread& thread, Code* self) {
  return to_value(TRY(make_tuple(thread, std::span<const Value>(self->constants(), self->constant_count_))));
}
Result<Value> code_bytes(Thread& thread, Code* self) {
  return to_value(TRY(try_make_bytes(thread, self->words(), static_cast<int64_t>(self->word_count_) * 4)));
}
Result<Value> line_table(Thread&, Code* self) { return to_value(self->positions_.get()); }
Value optional(int32_t number) { return number < 0 ? Value::none() : Value::from_int(number); }

/// (start, end, line) in bytes of CPython's code units: two per word.
Result<Value> co_lines(Thread& thread, Code* self) {
  List* lines = List::make(thread.heap());
  PositionReader reader(self);
  SourcePosition position, next;
  bool more = reader.next(&position);
  // A body without statements stands at the first line.
  bool is_empty = more && position.line == 0 && position_at(self, self->word_count_ - 1).line == 0;
  while (more) {
    bool has_next = reader.next(&next);
    while (has_next && next.line == position.line) has_next = reader.next(&next);
    if (is_empty && !has_next && lines->length() == 0) position.line = static_cast<int32_t>(self->first_line_);
    uint32_t end = has_next ? next.word : self->word_count_;
    TRY(list_append_value(
        thread, lines,
        to_value(Tuple::of(thread.heap(), Value::from_int(position.word * 2), Value::from_int(end * 2),
                           position.line == 0 ? Value::none() : Value::from_int(position.line)))));
    position = next;
    more = has_next;
  }
  return iterate(thread, to_value(lines));
}

/// One entry for each code unit, so that tb_lasti // 2 indexes it.
Result<Value> co_positions(Thread& thread, Code* self) {
  List* positions = List::make(thread.heap());
  PositionReader reader(self);
  SourcePosition position{0, 0, 0, -1, -1}, next{};
  bool more = reader.next(&next);
  for (uint32_t word = 0; word < self->word_count_; ++word) {
    while (more && next.word <= word) {
      position = next;
      more = reader.next(&next);
    }
    bool known = position.line != 0, columns = known && position.column >= 0 && thread.runtime().options().debug_ranges;
    Tuple* entry = Tuple::of(thread.heap(), known ? Value::from_int(position.line) : Value::none(),
                             known ? Value::from_int(position.end_line) : Value::none(),
                             columns ? optional(position.column) : Value::none(),
                             columns ? optional(position.end_column) : Value::none());
    TRY(list_append_value(thread, positions, to_value(entry)));
  }
  return iterate(thread, to_value(positions));
}

bool same_code(Thread& thread, Code* a, Code* b) {
  if (a == b) return true;
  return a->word_count_ == b->word_count_ && a->constant_count_ == b->constant_count_ && a->flags_ == b->flags_ &&
         a->first_line_ == b->first_line_ && a->positional_count_ == b->positional_count_ &&
         a->keyword_only_count_ == b->keyword_only_count_ && a->name_->equals(b->name_.get()) &&
         std::memcmp(a->words(), b->words(), a->word_count_ * 4) == 0;
}
Result<Value> code_compare(Thread& thread, Value left, Value right, Comparison op) {
  if (!is<Code>(right) || (op != Comparison::Equal && op != Comparison::NotEqual)) return Value::not_implemented();
  auto *a = cast<Code>(left), *b = cast<Code>(right);
  bool equal = same_code(thread, a, b);
  for (uint32_t i = 0; equal && a != b && i < a->constant_count_; ++i)
    equal = type_of(thread, a->constants()[i]) == type_of(thread, b->constants()[i]) &&
            TRY(equals(thread, a->constants()[i], b->constants()[i]));
  return Value::from_bool(equal == (op == Comparison::Equal));
}
Result<int64_t> code_hash(Thread& thread, Value self) {
  auto* code = cast<Code>(self);
  return hash_str(thread, code->name_.get()) ^ (int64_t{code->word_count_} << 20) ^ code->first_line_;
}

constexpr NativeMethod kMethods[] = {
    method<co_lines>("co_lines($self, /)"),
    method<co_positions>("co_positions($self, /)"),
    method<code_replace>("replace($self, /, *args, **kwargs)",
                         "Return a copy of the code object with new values for the specified fields."),
};
constexpr NativeAttribute kAttributes[] = {
    attribute<text_field<&Code::name_>>("=co_name"),
    attribute<text_field<&Code::qualified_name_>>("=co_qualname"),
    attribute<text_field<&Code::filename_>>("=co_filename"),
    attribute<text_field<&Code::variable_names_>>("co_varnames"),
    attribute<text_field<&Code::cell_names_>>("co_cellvars"),
    attribute<text_field<&Code::free_names_>>("co_freevars"),
    attribute<text_field<&Code::names_>>("=co_names"),
    attribute<number_field<&Code::first_line_>>("=co_firstlineno"),
    attribute<number_field<&Code::flags_>>("=co_flags"),
    attribute<argument_count>("=co_argcount"),
    attribute<number_field<&Code::positional_only_count_>>("=co_posonlyargcount"),
    attribute<number_field<&Code::keyword_only_count_>>("=co_kwonlyargcount"),
    attribute<local_count>("=co_nlocals"),
    attribute<stack_size>("=co_stacksize"),
    attribute<constants>("=co_consts"),
    attribute<code_bytes>("co_code"),
    attribute<code_bytes>("_co_code_adaptive"),
    attribute<line_table>("=co_linetable"),
    attribute<line_table>("co_lnotab"),
    attribute<code_exception_table>("=co_exceptiontable"),
};

}  // namespace

const TypeSpec kCodeType = {
    .name = "code",
    .kind = Kind::Code,
    .flags = kTypeHasWeakrefs,
    .layout = [] { return layout_of<Code>("code"); },
    .slots = {.repr = &code_repr, .hash = &code_hash, .compare = &code_compare, .new_ = &code_new},
    .methods = kMethods,
    .attributes = kAttributes,
    .doc = "Create a code object.  Not for the faint of heart.",
};

}  // namespace viperine
