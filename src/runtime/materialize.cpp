// SPDX-License-Identifier: MIT
// Making Code objects: constants (equal ones shared by the compiler already), names interned, words copied.
#include "runtime/materialize.h"

#include <cstring>

#include "numeric/limbs.h"
#include "objects/list.h"
#include "runtime/containers.h"
#include "runtime/function_parts.h"
#include "runtime/positions.h"
#include "runtime/strings.h"
#include "runtime/type_spec.h"

namespace viperine {

namespace {

Result<Value> constant_value(Thread& thread, const BlueprintConstant& constant, List* opaque);

Result<Value> tuple_constant(Thread& thread, const BlueprintConstant& constant, List* opaque) {
  if (constant.items.empty()) return to_value(thread.runtime().empty_tuple());
  Tuple* tuple = TRY(make_tuple(thread, static_cast<int64_t>(constant.items.size())));
  for (size_t i = 0; i < constant.items.size(); ++i)
    tuple->set(static_cast<int64_t>(i), TRY(constant_value(thread, constant.items[i], opaque)));
  return to_value(tuple);
}

/// Whether interning finds another object: lower case letters and the underscore are names from the start, other
/// characters are the same object everywhere.
bool is_known_name(Thread& thread, std::string_view text) {
  if (text.size() == 1) return (text[0] >= 'a' && text[0] <= 'z') || text[0] == '_';
  Str* fresh = make_str(thread, text);
  return intern(thread, fresh) != fresh;
}

Result<Value> constant_value(Thread& thread, const BlueprintConstant& constant, List* opaque) {
  using K = BlueprintConstant::Kind;
  switch (constant.kind) {
    case K::None:
      return Value::none();
    case K::True:
      return Value::true_();
    case K::False:
      return Value::false_();
    case K::Ellipsis:
      return Value::ellipsis();
    case K::Int:
      if (constant.text.empty()) return make_int(thread.heap(), constant.small);
      return int_from_literal(thread, constant.text);
    case K::Float:
      return make_float(thread.heap(), constant.real);
    case K::Complex:
      return to_value(Complex::make(thread.heap(), constant.real, constant.imaginary));
    case K::Str: {
      Str* text = make_str(thread, constant.text);
      return to_value(constant.interned ? intern(thread, text) : text);
    }
    case K::Bytes:
      return to_value(make_bytes(thread, constant.text));
    case K::Tuple:
      return tuple_constant(thread, constant, opaque);
    case K::FrozenSet: {
      // Filled again as often as CPython does, so that elements which meet in the table stand in its order: once when
      // constants are merged, once when a name among them was known before.
      int fills = 2;
      Set* set = make_set(thread, Kind::FrozenSet);
      for (const BlueprintConstant& item : constant.items) {
        if (item.kind == K::Str && item.interned && is_known_name(thread, item.text)) fills = 3;
        TRY(set_add(thread, set, TRY(constant_value(thread, item, opaque))));
      }
      for (; fills > 1; --fills) {
        Set* next = make_set(thread, Kind::FrozenSet);
        int64_t position = 0;
        while (Optional<Value> element = set_next(set, &position)) TRY(set_add(thread, next, *element));
        set = next;
      }
      return to_value(set);
    }
    case K::Code:
      return to_value(TRY(materialize(thread, *constant.code, opaque)));
    case K::Opaque:
      return opaque->at(constant.opaque_index);
  }
  return Value::none();
}

Result<Tuple*> name_tuple(Thread& thread, std::span<const std::string_view> names) {
  Tuple* tuple = TRY(make_tuple(thread, static_cast<int64_t>(names.size())));
  for (size_t i = 0; i < names.size(); ++i)
    tuple->set(static_cast<int64_t>(i), to_value(intern(thread, make_str(thread, names[i]))));
  return tuple;
}

uint32_t count_locals(const Blueprint& blueprint) {
  // Parameters arrive in registers, the far ones too.
  uint32_t count = std::max(blueprint.near_count, blueprint.positional_count + blueprint.keyword_only_count +
                                                      ((blueprint.flags & kCodeVarArgs) != 0 ? 1 : 0) +
                                                      ((blueprint.flags & kCodeVarKeywords) != 0 ? 1 : 0));
  if (blueprint.far_list != 0) count = std::max(count, blueprint.far_list + 1u);
  for (uint16_t place : blueprint.cell_registers) count = place + 1u > count ? place + 1u : count;
  for (uint16_t place : blueprint.free_registers) count = place + 1u > count ? place + 1u : count;
  return count;
}

void copy_registers(Bytes* bytes, const Blueprint& blueprint) {
  auto* out = reinterpret_cast<uint16_t*>(bytes->data());
  for (uint16_t place : blueprint.cell_registers) *out++ = place;
  for (uint16_t place : blueprint.free_registers) *out++ = place;
  if (blueprint.far_list == 0) return;
  *out++ = blueprint.far_list;
  *out++ = static_cast<uint16_t>(blueprint.near_count);
}

}  // namespace

Result<Value> int_from_literal(Thread& thread, std::string_view text) {
  int base = 10;
  const bool negative = text.starts_with("-");  // folded constants
  if (negative) text.remove_prefix(1);
  if (text.size() > 2 && text[0] == '0') {
    char kind = static_cast<char>(text[1] | 32);
    base = kind == 'x' ? 16 : kind == 'o' ? 8 : kind == 'b' ? 2 : 10;
    if (base != 10) text.remove_prefix(2);
  }
  Arena scratch;
  size_t room = limbs::from_text_size(text.size(), base);
  BigInt* big = BigInt::try_make(thread.heap(), static_cast<int64_t>(room), false);
  if (big == nullptr) return thread.raise_memory_error();
  auto* buffer = static_cast<limbs::Limb*>(scratch.allocate(room * 8 + 8));
  size_t count = limbs::from_text(buffer, text, base, scratch);
  if (count == 0) return Value::from_int(0);
  if (count == 1 && buffer[0] <= static_cast<uint64_t>(Value::kMaxInt)) {
    const int64_t small = static_cast<int64_t>(buffer[0]);
    return Value::from_int(negative ? -small : small);
  }
  BigInt* result = BigInt::try_make(thread.heap(), static_cast<int64_t>(count), negative);
  if (result == nullptr) return thread.raise_memory_error();
  std::memcpy(result->limbs(), buffer, count * 8);
  return to_value(result);
}

Result<Code*> materialize(Thread& thread, const Blueprint& blueprint, List* opaque) {
  Heap& heap = thread.heap();
  size_t constants = blueprint.constants.size(), words = blueprint.code.size(),
         exceptions = blueprint.exceptions.size();
  size_t tail = constants * 8 + ((words * 4 + exceptions * 16 + 7) & ~size_t{7});
  auto* code = static_cast<Code*>(heap.allocate_fixed(exact_shape_word(Kind::Code), sizeof(Code) + tail));
  code->constant_count_ = static_cast<uint32_t>(constants);
  code->word_count_ = static_cast<uint32_t>(words);
  code->exception_count_ = static_cast<uint32_t>(exceptions);
  code->first_line_ = blueprint.first_line;
  code->flags_ = blueprint.flags;
  code->register_count_ = blueprint.register_count;
  code->feedback_count_ = blueprint.feedback_count;
  code->positional_count_ = blueprint.positional_count;
  code->positional_only_count_ = blueprint.positional_only_count;
  code->keyword_only_count_ = blueprint.keyword_only_count;
  code->parameter_count_ = blueprint.positional_count + blueprint.keyword_only_count +
                           ((blueprint.flags & kCodeVarArgs) != 0 ? 1 : 0) +
                           ((blueprint.flags & kCodeVarKeywords) != 0 ? 1 : 0);
  code->self_attribute_count_ = static_cast<uint32_t>(blueprint.self_attributes.size());
  code->local_count_ = count_locals(blueprint);
  // Code of modules and class bodies takes the locals mapping in register 0.
  if ((blueprint.flags & kCodeOptimized) == 0) {
    code->parameter_count_ = code->positional_count_ = 1;
    code->local_count_ = code->local_count_ < 1 ? 1 : code->local_count_;
  }
  std::memcpy(code->words(), blueprint.code.data(), words * 4);
  auto* entries = reinterpret_cast<CodeException*>(code->words() + words);
  for (size_t i = 0; i < exceptions; ++i) {
    const ExceptionRange& range = blueprint.exceptions[i];
    entries[i] = {range.start, range.end, range.handler, range.target};
  }
  code->name_.set(code, intern(thread, make_str(thread, blueprint.name)));
  code->qualified_name_.set(code, intern(thread, make_str(thread, blueprint.qualified_name)));
  code->filename_.set(code, intern(thread, make_str(thread, blueprint.filename)));
  code->variable_names_.set(code, TRY(name_tuple(thread, blueprint.variable_names)));
  code->cell_names_.set(code, TRY(name_tuple(thread, blueprint.cell_names)));
  code->free_names_.set(code, TRY(name_tuple(thread, blueprint.free_names)));
  code->names_.set(code, TRY(name_tuple(thread, blueprint.names)));
  code->positions_.set(code, encode_positions(thread, blueprint.positions, blueprint.first_line));
  Bytes* places = Bytes::try_make(
      heap, static_cast<int64_t>(2 * (blueprint.cell_registers.size() + blueprint.free_registers.size() +
                                      (blueprint.far_list != 0 ? 2 : 0))));
  copy_registers(places, blueprint);
  code->registers_.set(code, places);
  for (size_t i = 0; i < constants; ++i) {
    code->constants()[i] = TRY(constant_value(thread, blueprint.constants[i], opaque));
    write_barrier(code);
  }
  note_doc(code);
  return code;
}

Dict* builtins_of(Thread& thread, Dict* globals) {
  Optional<Value> found = globals->get_str(thread.names().__builtins__);
  if (found) {
    if (is<Module>(*found)) return cast<Module>(*found)->dict();
    return is<Dict>(*found) ? cast<Dict>(*found) : nullptr;
  }
  return thread.runtime().builtins_dict();
}

Result<Function*> make_plain_function(Thread& thread, Code* code, Dict* globals) {
  auto* function = make_exact<Function>(thread, Kind::Function);
  function->code_.initialize(code);
  function->globals_.initialize(globals);
  function->builtins_.initialize(builtins_of(thread, globals));
  return function;
}

}  // namespace viperine
