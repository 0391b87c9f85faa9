// SPDX-License-Identifier: MIT
// Temporaries that nobody will read again keep objects alive until they are overwritten; the words between a pending
// call and its arguments too. gc.collect() clears them first, so that it finds what CPython's reference counts would
// have freed.
#include "interpreter/dead_registers.h"

#include <utility>

#include "interpreter/code_flow.h"

namespace viperine {

namespace {

constexpr size_t kMostWords = 100'000;  // of code looked at; what is below on the stack stays as it is

struct Analyses {
  std::vector<std::pair<Code*, std::vector<Registers>>> done;
  size_t words = 0;

  const std::vector<Registers>* of(Code* code) {
    for (auto& each : done)
      if (each.first == code) return &each.second;
    words += code->word_count_;
    if (words > kMostWords) return nullptr;
    done.emplace_back(code, CodeFlow(code).liveness([](uint32_t) { return true; }));
    return &done.back().second;
  }
};

}  // namespace

void clear_dead_registers(Thread& thread) {
  Analyses analyses;
  Value* end = nullptr;  // where the header of the frame above begins
  for (Value* base = thread.frame(); base != nullptr; base = caller_of(base)) {
    Code* code = function_of(base)->code();
    uint32_t word = current_word(base);
    const std::vector<Registers>* live = word < code->word_count_ ? analyses.of(code) : nullptr;
    if (live == nullptr) return;
    for (uint32_t i = code->local_count_; i < code->register_count_ && i < 256; ++i) {
      if (end != nullptr && base + i >= end) break;
      if (!(*live)[word][i]) base[i] = Value();
    }
    end = base - kFrameWords;
  }
}

}  // namespace viperine
