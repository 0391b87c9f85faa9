// SPDX-License-Identifier: MIT
// What the runtime knows of the interpreter's data: frame words on the VM stack, feedback objects. Executing is in
// interpreter/.
#pragma once

#include <vector>

#include "objects/generator.h"
#include "runtime/runtime.h"

namespace viperine {

/// Words before register 0 (see runtime/thread.h).
enum FrameWord : int {
  kFrameFunction = -6,
  kFrameCaller = -5,
  kFramePc = -4,
  kFrameContinuation = -3,
  kFrameObject = -2,
  kFrameGenerator = -1,
};

constexpr size_t kStackStep = 16384;                // words by which a VM stack's soft end grows
constexpr size_t kColdFeedbackBytes = size_t{1} << 20;

inline Value raw_word(const void* pointer) { return Value::from_bits(reinterpret_cast<uint64_t>(pointer)); }
inline Value* caller_of(const Value* base) { return reinterpret_cast<Value*>(base[kFrameCaller].bits()); }
inline const uint32_t* saved_pc(const Value* base) { return reinterpret_cast<const uint32_t*>(base[kFramePc].bits()); }
inline Function* function_of(const Value* base) { return static_cast<Function*>(base[kFrameFunction].as_object()); }
inline Generator* generator_of(const Value* base) {
  return base[kFrameGenerator].is_pointer() ? static_cast<Generator*>(base[kFrameGenerator].as_object()) : nullptr;
}

/// First free word above the running frame.
Value* stack_top(const Thread& thread);
bool initialize_thread(Runtime& runtime, Thread& thread);
void finish_thread(Thread& thread);
/// The bounds of the calling OS thread's stack.
void set_native_limits(Thread& thread);
/// What waits for a thread's end: the locks of threading (modules/thread).
void run_thread_exit_work(Thread& thread);
void visit_lookup_cache(Runtime& runtime, EdgeVisitor& visitor);

/// What one site has seen. `info` has its two low bits clear, so that the first word reads as an int Value.
struct FeedbackEntry {
  uint32_t info;
  uint32_t shape_word;
  Value value;
};
static_assert(sizeof(FeedbackEntry) == 16);

struct FeedbackList;

/// What the sites of one function have seen, or the entries of one polymorphic site. It never moves; the registry of
/// its runtime (null in those that are not registered) finds it when caches must be emptied.
class Feedback final : public HeapObject {
 public:
  static constexpr Kind kKind = Kind::Feedback;
  static constexpr uint8_t kLayoutFlags = kLayoutFixedPlace;
  static Feedback* try_make(Runtime& runtime, uint32_t count);
  static void release(HeapObject* object);
  FeedbackEntry* entries() { return reinterpret_cast<FeedbackEntry*>(this + 1); }
  static TailExtent tail_extent(const HeapObject* object) {
    return {static_cast<const Feedback*>(object)->count_ * 2, 0};
  }
  uint32_t count_;
  uint32_t number_;            // its place in the registry
  FeedbackList* registry_;
  LAYOUT(Feedback, HeapObject, count_, number_, registry_);
};

/// Every Feedback of a runtime.
struct FeedbackList {
  std::vector<Feedback*> members;      // null: free place
  std::vector<uint32_t> free_places;
  Type* changed = nullptr;  // RuntimeTables::invalidate_caches: only what relies on this class or subclasses; null: all
};

// --- frames as Python sees them (runtime/frames.cpp)
/// The Frame object of a running activation, made when needed.
Frame* frame_object(Thread& thread, Value* base);
/// The activation ends: its Frame object keeps a copy of the registers.
void detach_frame(Thread& thread, Value* base);
/// f_locals: the mapping of a module or class body, otherwise a snapshot dict that belongs to the frame.
Result<Value> frame_locals(Thread& thread, Frame* frame);
/// Instruction (in words) and line at which an activation stands.
uint32_t current_word(Value* base);
int32_t line_at(Code* code, uint32_t word);
/// Adds an entry for the running frame to the exception's traceback.
void add_traceback(Thread& thread, ExceptionObject* exception, Value* base, uint32_t word);

}  // namespace viperine
