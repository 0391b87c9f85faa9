// SPDX-License-Identifier: MIT
// Reading code objects of ours: head, payload, and the checks that make the result safe to run.
#include <cstring>

#include "bytecode/opcodes.h"
#include "modules/marshal/reader.h"
#include "runtime/code_checks.h"
#include "runtime/function_parts.h"

namespace viperine::marshal {

Result<Value> Reader::read_code(bool flagged) {
  const int64_t number = TRY(reserve(flagged));
  if (code_depth_ > 0) return to_value(TRY(read_code_payload(number)));
  uint32_t fingerprint, size;
  uint64_t checksum;
  const uint8_t* head = TRY(take(kCodeHeadSize));
  std::memcpy(&fingerprint, head, 4);
  std::memcpy(&size, head + 4, 4);
  std::memcpy(&checksum, head + 8, 8);
  if (fingerprint != code_fingerprint()) return raise_bad("code of another interpreter");
  const uint8_t* payload = TRY(take(size));
  if (checksum != marshal_checksum(payload, size)) return raise_bad("code object damaged");
  std::vector<uint8_t> kept;
  const Value file = file_;
  const uint8_t* end = end_;
  if (!file.is_absent()) {
    kept = std::move(scratch_);
    payload = kept.data();
    file_ = Value::absent();
  }
  at_ = payload, end_ = payload + size;
  ++code_depth_;
  Result<Code*> code = read_code_payload(number);
  --code_depth_;
  file_ = file;
  if (!code.is_raised() && at_ != end_) return raise_bad("code object too long");
  end_ = end;
  return to_value(TRY(code));
}

Result<Str*> Reader::read_code_text() {
  Value text = TRY(read_item("code"));
  if (!is_exact<Str>(text)) return raise_bad("code object: name is not a str");
  return cast<Str>(text);
}
Result<Tuple*> Reader::read_code_names() {
  Value names = TRY(read_item("code"));
  if (!is_exact<Tuple>(names)) return raise_bad("code object: names are not a tuple");
  for (Value name : cast<Tuple>(names)->span())
    if (!is_exact<Str>(name)) return raise_bad("code object: name is not a str");
  return cast<Tuple>(names);
}
Result<Bytes*> Reader::read_code_bytes() {
  Value bytes = TRY(read_item("code"));
  if (!is_exact<Bytes>(bytes)) return raise_bad("code object: table is not bytes");
  return cast<Bytes>(bytes);
}

Result<Code*> Reader::read_code_payload(int64_t number) {
  uint32_t fields[kCodeFieldCount], counts[3];
  std::memcpy(fields, TRY(take(sizeof fields)), sizeof fields);
  std::memcpy(counts, TRY(take(sizeof counts)), sizeof counts);
  const uint64_t raw_size = uint64_t{counts[1]} * 4 + uint64_t{counts[2]} * sizeof(CodeException);
  if (counts[0] + raw_size > static_cast<uint64_t>(end_ - at_))
    return thread_.raise<EOFError>("marshal data too short");
  const size_t tail = size_t{counts[0]} * 8 + ((raw_size + 7) & ~size_t{7});
  auto* code = static_cast<Code*>(thread_.heap().allocate_fixed(exact_shape_word(Kind::Code), sizeof(Code) + tail));
  code->constant_count_ = counts[0];
  code->word_count_ = counts[1];
  code->exception_count_ = counts[2];
  for (size_t i = 0; i < kCodeFieldCount; ++i) code->*kCodeFields[i] = fields[i];
  code->name_.set(code, TRY(read_code_text()));
  code->qualified_name_.set(code, TRY(read_code_text()));
  code->filename_.set(code, TRY(read_code_text()));
  code->variable_names_.set(code, TRY(read_code_names()));
  code->cell_names_.set(code, TRY(read_code_names()));
  code->free_names_.set(code, TRY(read_code_names()));
  code->names_.set(code, TRY(read_code_names()));
  code->positions_.set(code, TRY(read_code_bytes()));
  code->registers_.set(code, TRY(read_code_bytes()));
  std::memcpy(code->words(), TRY(take(static_cast<int64_t>(raw_size))), raw_size);
  TRY(read_constants(code));
  const char* fault = check_code(thread_, code, verifier_);
  if (fault != nullptr) return raise_bad(fault);
  settle(number, to_value(code));
  return code;
}

Result<void> Reader::read_constants(Code* code) {
  for (uint32_t i = 0; i < code->constant_count_; ++i) {
    code->constants()[i] = TRY(read_item("code"));
    write_barrier(code);
  }
  note_doc(code);
  return {};
}

}  // namespace viperine::marshal
