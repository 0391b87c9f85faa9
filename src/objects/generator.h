// SPDX-License-Identifier: MIT
// Generator, coroutine and asynchronous generator: a suspended activation. Resuming is in interpreter/generators.cpp.
// Tail: the registers of the suspended frame.
#pragma once

#include "objects/exception.h"

namespace viperine {

enum class GeneratorState : uint8_t { Created, Suspended, Running, Finished };

class Generator final : public HeapObject {
 public:
  static constexpr Kind kFirstKind = Kind::Generator;
  static bool is_kind(Kind kind) {
    return kind == Kind::Generator || kind == Kind::Coroutine || kind == Kind::AsyncGenerator;
  }
  Value* registers() { return reinterpret_cast<Value*>(this + 1); }
  static TailExtent tail_extent(const HeapObject* object) {
    return {static_cast<const Generator*>(object)->register_count_, 0};
  }
  GeneratorState state() const { return static_cast<GeneratorState>(state_); }

  Slot<Function> function_;
  Slot<Value> name_, qualified_name_;  // str
  Slot<Value> handled_;                // suspended: exception handled inside, or None; running: the resumer's
  Slot<Value> frame_;                  // int 0 or Frame
  Slot<Value> delegate_;               // yield from / await target while suspended in one, else int 0
  Slot<Value> more_;                   // async generators: hooks, finalizer; coroutines: cr_origin
  uint32_t word_;                      // where to resume, in words
  uint32_t register_count_;
  uint8_t state_;
  uint8_t flags_;
  uint8_t handling_;  // 1 inside an except or finally block of its own
  uint8_t padding1_;
  uint32_t padding2_;
  LAYOUT(Generator, HeapObject, function_, name_, qualified_name_, handled_, frame_, delegate_, more_, word_,
         register_count_, state_, flags_, handling_, padding1_, padding2_);
};

}  // namespace viperine
