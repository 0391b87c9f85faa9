// SPDX-License-Identifier: MIT
// See code_checks.h.
#include "runtime/code_checks.h"

#include <cstring>

#include "runtime/strings.h"

namespace viperine {

namespace {

constexpr uint32_t kMaxRegisters = 1 << 16, kMaxFeedback = 1 << 16;

bool counts_agree(const Code* code) {
  if (code->register_count_ > kMaxRegisters || code->feedback_count_ > kMaxFeedback) return false;
  if (code->parameter_count_ > code->local_count_ || code->local_count_ > code->register_count_) return false;
  if ((code->flags_ & kCodeOptimized) == 0)
    return code->parameter_count_ == 1 && code->positional_count_ == 1 && code->keyword_only_count_ == 0;
  const uint64_t parameters = uint64_t{code->positional_count_} + code->keyword_only_count_ +
                              ((code->flags_ & kCodeVarArgs) != 0 ? 1 : 0) +
                              ((code->flags_ & kCodeVarKeywords) != 0 ? 1 : 0);
  return parameters == code->parameter_count_ && code->positional_only_count_ <= code->positional_count_ &&
         static_cast<int64_t>(parameters) <= code->variable_names_->length();
}

VerifierConstant facts_of(Value constant) {
  using K = VerifierConstant::Kind;
  VerifierConstant facts;
  if (is_exact<Str>(constant)) {
    facts.kind = K::Str;
  } else if (is<Code>(constant)) {
    facts.kind = K::Code;
  } else if (is_exact<Tuple>(constant)) {
    auto* tuple = cast<Tuple>(constant);
    facts.kind = K::Names;
    facts.length = static_cast<uint32_t>(tuple->length());
    for (Value item : tuple->span())
      if (!is_exact<Str>(item)) facts.kind = K::Tuple;
  }
  return facts;
}

}  // namespace

const char* check_code(Thread& thread, Code* code, CodeVerifier& verifier) {
  if (!counts_agree(code)) return "code object: counts do not agree";
  const int64_t cells = code->cell_names_->length(), free = code->free_names_->length();
  const int64_t places = code->registers_->length() / 2 - cells - free;
  auto* registers = reinterpret_cast<const uint16_t*>(code->registers_->data());
  bool is_far = places == 2 && registers[cells + free] < code->local_count_ &&
                registers[cells + free + 1] <= code->variable_names_->length();
  if ((places != 0 && !is_far) || code->registers_->length() % 2 != 0)
    return "code object: cell tables differ in length";
  VerifierConstant few[64];
  std::vector<VerifierConstant> many;
  std::span<VerifierConstant> facts(few, code->constant_count_ <= 64 ? code->constant_count_ : 0);
  if (code->constant_count_ > 64) {
    many.resize(code->constant_count_);
    facts = many;
  }
  for (uint32_t i = 0; i < code->constant_count_; ++i) facts[i] = facts_of(code->constants()[i]);
  static_assert(sizeof(CodeException) == sizeof(ExceptionRange));
  std::vector<ExceptionRange> exceptions(code->exception_count_);
  auto* entries = reinterpret_cast<const CodeException*>(code->words() + code->word_count_);
  for (uint32_t i = 0; i < code->exception_count_; ++i) {
    if (entries[i].target > 0xFFFF) return "code object: handler's register out of range";
    exceptions[i] = {entries[i].start, entries[i].end, entries[i].handler, static_cast<uint16_t>(entries[i].target)};
  }
  const std::string& fault = verifier.check({"code object",
                                             {code->words(), code->word_count_},
                                             facts,
                                             exceptions,
                                             {registers, static_cast<size_t>(cells)},
                                             {registers + cells, static_cast<size_t>(free)},
                                             code->register_count_,
                                             code->feedback_count_});
  if (!fault.empty()) return fault.c_str();
  for (uint32_t i = 0; i < code->constant_count_; ++i) {
    if (!facts[i].used_as_name) continue;
    Str* name = cast<Str>(code->constants()[i]);
    Str* interned = intern(thread, name);
    if (interned == name) continue;
    code->constants()[i] = to_value(interned);
    write_barrier(code);
  }
  return nullptr;
}

}  // namespace viperine
