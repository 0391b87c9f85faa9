// SPDX-License-Identifier: MIT
// ExceptionObject (every BaseException) and Traceback. Raising is in runtime/errors.h, printing in
// runtime/traceback_text.h. Fields that only some exceptions have (OSError.errno, StopIteration.value, ...) are member
// slots of their types.
#pragma once

#include "objects/function.h"

namespace viperine {

class ExceptionObject final : public HeapObject {
 public:
  static constexpr Kind kKind = Kind::Exception;
  Slot<Tuple> args_;
  Slot<Value> traceback_, context_, cause_;   // None when missing
  uint64_t suppress_context_;
  LAYOUT(ExceptionObject, HeapObject, args_, traceback_, context_, cause_, suppress_context_);
};

class Traceback final : public HeapObject {
 public:
  static constexpr Kind kKind = Kind::Traceback;
  Slot<Value> next_;       // None or Traceback (towards where it was raised)
  Slot<Value> frame_;      // Frame
  uint32_t word_;          // instruction, in words from the start of the code
  int32_t line_;
  LAYOUT(Traceback, HeapObject, next_, frame_, word_, line_);
};

/// A frame as Python sees it; made only when someone looks. While the activation runs, base_ points to its registers;
/// when it ends, the registers are copied into values_.
class Frame final : public HeapObject {
 public:
  static constexpr Kind kKind = Kind::Frame;
  Slot<Function> function_;
  Slot<Value> back_;            // None or Frame, once the activation has ended
  Slot<Value> values_;          // int 0 while running; then an Array of the registers
  Slot<Value> locals_;          // int 0, or the dict given out by f_locals
  Slot<Value> trace_;           // f_trace: None or a callable
  Slot<Value> generator_;       // int 0, or the generator that owns the activation
  Value* base_;                 // registers while running, else null
  uint32_t word_;               // current instruction once ended
  int32_t line_;                // line event state for tracing
  uint32_t flags_;              // FrameFlags
  uint32_t padding_;
  LAYOUT(Frame, HeapObject, function_, back_, values_, locals_, trace_, generator_, base_, word_, line_, flags_,
         padding_);
};
enum FrameFlags : uint32_t { kFrameTraceOpcodes = 1, kFrameNoTraceLines = 2, kFrameCleared = 4, kFrameEnded = 8 };

}  // namespace viperine
