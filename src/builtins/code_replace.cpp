// SPDX-License-Identifier: MIT
// code.replace() and code(): new code objects from fields. What other fields do not say about registers stands behind
// the entries of co_exceptiontable:
//   entries | registers of cell and free variables, u16 | exceptions, registers, feedback, self attributes, locals: u32
// Invariant: whatever the fields, the result is fit to run (runtime/code_checks.h) or an exception is raised.
#include "builtins/code_replace.h"

#include <cstring>

#include "builtins/common.h"
#include "bytecode/blueprint.h"
#include "runtime/code_checks.h"
#include "runtime/function_parts.h"

namespace viperine {

namespace {

struct TableTail {
  uint32_t exceptions, registers, feedback, self_attributes, locals;
};

/// In the order of code()'s parameters.
enum Field : int {
  kArgCount,
  kPositionalOnly,
  kKeywordOnly,
  kLocals,
  kStackSize,
  kFlags,
  kCode,
  kConstants,
  kNames,
  kVariables,
  kFilename,
  kName,
  kQualifiedName,
  kFirstLine,
  kLineTable,
  kExceptionTable,
  kFree,
  kCells,
  kFieldCount
};
constexpr const char* kFieldNames[kFieldCount] = {
    "co_argcount", "co_posonlyargcount", "co_kwonlyargcount", "co_nlocals",        "co_stacksize", "co_flags",
    "co_code",     "co_consts",          "co_names",          "co_varnames",       "co_filename",  "co_name",
    "co_qualname", "co_firstlineno",     "co_linetable",      "co_exceptiontable", "co_freevars",  "co_cellvars"};

bool is_number(int field) { return field <= kFlags || field == kFirstLine; }
bool is_bytes(int field) { return field == kCode || field == kLineTable || field == kExceptionTable; }
bool is_text(int field) { return field == kFilename || field == kName || field == kQualifiedName; }

struct Fields {
  int64_t numbers[kFieldCount] = {};
  Value objects[kFieldCount];
};

Result<void> set_field(Thread& thread, Fields& fields, int field, Value value, const char* function) {
  auto wrong = [&](const char* expected) {
    return thread.raise<TypeError>("{}() argument '{}' must be {}, not {}", function, kFieldNames[field], expected,
                                   type_name_of(value));
  };
  if (is_number(field)) {
    fields.numbers[field] = TRY(to_c_int(thread, TRY(to_index(thread, value))));
    if (fields.numbers[field] < 0) return thread.raise<ValueError>("{} must be a positive integer", kFieldNames[field]);
    return {};
  }
  if (is_bytes(field) && !is<Bytes>(value)) return wrong("bytes");
  if (is_text(field)) {
    if (!is_str(value)) return wrong("str");
    value = to_value(intern(thread, as_str(thread, value)));
  }
  if (!is_bytes(field) && !is_text(field)) {
    if (!is<Tuple>(value)) return wrong("tuple");
    for (Value item : cast<Tuple>(value)->span())
      if (field != kConstants && !is_str(item)) return thread.raise<SystemError>("non-string found in code slot");
  }
  fields.objects[field] = value;
  return {};
}

Result<Tuple*> names_of(Thread& thread, Value names) {
  auto* given = cast<Tuple>(names);
  Tuple* tuple = TRY(make_tuple(thread, given->length()));
  for (int64_t i = 0; i < given->length(); ++i) tuple->set(i, to_value(intern(thread, as_str(thread, given->at(i)))));
  return tuple;
}

Result<Code*> build(Thread& thread, const Fields& fields) {
  auto malformed = [&] { return thread.raise<ValueError>("code: co_code is malformed"); };
  auto* words = cast<Bytes>(fields.objects[kCode]);
  auto* table = cast<Bytes>(fields.objects[kExceptionTable]);
  auto* constants = cast<Tuple>(fields.objects[kConstants]);
  auto* variables = cast<Tuple>(fields.objects[kVariables]);
  const int64_t cells = cast<Tuple>(fields.objects[kCells])->length(),
                free = cast<Tuple>(fields.objects[kFree])->length();
  const bool plain = (fields.numbers[kFlags] & kCodeOptimized) == 0;
  TableTail tail{};
  if (words->length() % 4 != 0 || table->length() < static_cast<int64_t>(sizeof tail)) return malformed();
  std::memcpy(&tail, table->data() + table->length() - sizeof tail, sizeof tail);
  const int64_t registers_size = table->length() - int64_t{tail.exceptions} * 16 - static_cast<int64_t>(sizeof tail);
  if (registers_size != 2 * (cells + free) && registers_size != 2 * (cells + free + 2)) return malformed();
  if (fields.numbers[kLocals] != variables->length())
    return thread.raise<ValueError>("code: co_nlocals != len(co_varnames)");
  const int64_t named = fields.numbers[kArgCount] + fields.numbers[kKeywordOnly] +
                        ((fields.numbers[kFlags] & kCodeVarArgs) != 0 ? 1 : 0) +
                        ((fields.numbers[kFlags] & kCodeVarKeywords) != 0 ? 1 : 0);
  if (!plain && named > variables->length()) return thread.raise<ValueError>("code: co_varnames is too small");
  const size_t raw = static_cast<size_t>(words->length()) + size_t{tail.exceptions} * 16;
  auto* code = static_cast<Code*>(thread.heap().allocate_fixed(
      exact_shape_word(Kind::Code),
      sizeof(Code) + static_cast<size_t>(constants->length()) * 8 + ((raw + 7) & ~size_t{7})));
  code->constant_count_ = static_cast<uint32_t>(constants->length());
  code->word_count_ = static_cast<uint32_t>(words->length() / 4);
  code->exception_count_ = tail.exceptions;
  code->first_line_ = static_cast<uint32_t>(fields.numbers[kFirstLine]);
  code->flags_ = static_cast<uint32_t>(fields.numbers[kFlags]);
  code->register_count_ = tail.registers;
  code->feedback_count_ = tail.feedback;
  code->self_attribute_count_ = tail.self_attributes;
  code->local_count_ = tail.locals;
  code->positional_count_ = plain ? 1 : static_cast<uint32_t>(fields.numbers[kArgCount]);
  code->positional_only_count_ = static_cast<uint32_t>(fields.numbers[kPositionalOnly]);
  code->keyword_only_count_ = static_cast<uint32_t>(fields.numbers[kKeywordOnly]);
  code->parameter_count_ = plain ? 1 : static_cast<uint32_t>(named);
  std::memcpy(code->words(), words->data(), static_cast<size_t>(words->length()));
  std::memcpy(code->words() + code->word_count_, table->data(), size_t{tail.exceptions} * 16);
  code->name_.set(code, cast<Str>(fields.objects[kName]));
  code->qualified_name_.set(code, cast<Str>(fields.objects[kQualifiedName]));
  code->filename_.set(code, cast<Str>(fields.objects[kFilename]));
  code->variable_names_.set(code, TRY(names_of(thread, fields.objects[kVariables])));
  code->cell_names_.set(code, TRY(names_of(thread, fields.objects[kCells])));
  code->free_names_.set(code, TRY(names_of(thread, fields.objects[kFree])));
  code->names_.set(code, TRY(names_of(thread, fields.objects[kNames])));
  code->positions_.set(code, cast<Bytes>(fields.objects[kLineTable]));
  code->registers_.set(code,
                       TRY(try_make_bytes(thread, table->data() + int64_t{tail.exceptions} * 16, registers_size)));
  for (uint32_t i = 0; i < code->constant_count_; ++i) code->constants()[i] = constants->at(i);
  note_doc(code);
  write_barrier(code);
  CodeVerifier verifier;
  if (check_code(thread, code, verifier) != nullptr) return malformed();
  return code;
}

}  // namespace

Result<Value> code_exception_table(Thread& thread, Code* code) {
  const TableTail tail{code->exception_count_, code->register_count_, code->feedback_count_,
                       code->self_attribute_count_, code->local_count_};
  std::string bytes(reinterpret_cast<const char*>(code->words() + code->word_count_),
                    size_t{code->exception_count_} * 16);
  bytes.append(code->registers_->view());
  bytes.append(reinterpret_cast<const char*>(&tail), sizeof tail);
  return to_value(make_bytes(thread, bytes));
}

Result<Value> code_replace(Thread& thread, Value self, const Arguments& arguments) {
  if (arguments.positional_count() > 0) return thread.raise<TypeError>("replace() takes no positional arguments");
  Fields fields;
  for (int field = 0; field < kFieldCount; ++field)
    TRY(set_field(thread, fields, field, TRY(get_attribute(thread, self, kFieldNames[field])), "replace"));
  for (uint32_t i = 0; i < arguments.keyword_count(); ++i) {
    Str* name = as_str(thread, arguments.keywords->at(i));
    int field = 0;
    while (field < kFieldCount && !name->equals(kFieldNames[field])) ++field;
    if (field == kFieldCount) return thread.raise<TypeError>("'{}' is an invalid keyword argument for replace()", name);
    TRY(set_field(thread, fields, field, arguments.keyword_value(i), "replace"));
  }
  return to_value(TRY(build(thread, fields)));
}

Result<Value> code_new(Thread& thread, Type*, const Arguments& arguments) {
  if (arguments.keyword_count() > 0) return thread.raise<TypeError>("code() takes no keyword arguments");
  if (arguments.count < 16)
    return thread.raise<TypeError>("code expected at least 16 arguments, got {}", int64_t{arguments.count});
  if (arguments.count > kFieldCount)
    return thread.raise<TypeError>("code expected at most 18 arguments, got {}", int64_t{arguments.count});
  Fields fields;
  fields.objects[kFree] = fields.objects[kCells] = to_value(thread.runtime().empty_tuple());
  for (uint32_t i = 0; i < arguments.count; ++i)
    TRY(set_field(thread, fields, static_cast<int>(i), arguments[i], "code"));
  return to_value(TRY(build(thread, fields)));
}

}  // namespace viperine
