// SPDX-License-Identifier: MIT
// Feedback: what sites record besides inline caches (inline_cache.h), for the compiler and for -X dump=feedback:
//   operand kinds: bits 8.. (left or only operand) and 19.. (right operand) of FeedbackEntry::info, by SeenKind
//   jumps: FeedbackEntry::value counts, taken above bit 34, not taken in bits 2..33 (an int for the collector)
//   call targets: kCacheTarget with the Code or native function in `value`, kCacheTargets with a list of them
// Entries of functions that are not warm yet are shared scratch words that nobody reads.
#pragma once

#include "interpreter/inline_cache.h"

namespace viperine {

enum class SeenKind : uint8_t { Int, BigInt, Float, Bool, None, Str, Bytes, List, Tuple, Dict, Other, kCount };
constexpr uint32_t kSeenLeft = 8, kSeenRight = kSeenLeft + static_cast<uint32_t>(SeenKind::kCount);
static_assert(kSeenRight + static_cast<uint32_t>(SeenKind::kCount) <= 32);

constexpr uint32_t seen_left(SeenKind kind) { return 1u << (kSeenLeft + static_cast<uint32_t>(kind)); }
constexpr uint32_t seen_right(SeenKind kind) { return 1u << (kSeenRight + static_cast<uint32_t>(kind)); }
constexpr uint32_t kSawInt = seen_left(SeenKind::Int);
constexpr uint32_t kSawFloat = seen_left(SeenKind::Float);
constexpr uint32_t kSawBool = seen_left(SeenKind::Bool);
constexpr uint32_t kSawTuple = seen_left(SeenKind::Tuple);
constexpr uint32_t kSawInts = kSawInt | seen_right(SeenKind::Int);
constexpr uint32_t kSawFloats = seen_left(SeenKind::Float) | seen_right(SeenKind::Float);
constexpr uint32_t kSawIntFloat = kSawInt | seen_right(SeenKind::Float);
constexpr uint32_t kSawFloatInt = seen_left(SeenKind::Float) | seen_right(SeenKind::Int);
constexpr uint32_t kSawListInt = seen_left(SeenKind::List) | seen_right(SeenKind::Int);
constexpr uint32_t kSawStrInt = seen_left(SeenKind::Str) | seen_right(SeenKind::Int);
constexpr uint32_t kSawTupleInt = seen_left(SeenKind::Tuple) | seen_right(SeenKind::Int);

SeenKind seen_kind(Value value);
inline uint32_t kind_seen(Value value) { return seen_left(seen_kind(value)); }
uint32_t kinds_of(Value left, Value right);

constexpr uint64_t kJumpNotTaken = uint64_t{1} << 2, kJumpTaken = uint64_t{1} << 34;
inline Value counted(Value counts, bool taken) {
  return Value::from_bits(counts.bits() + (taken ? kJumpTaken : kJumpNotTaken));
}

/// The address of a native function as an int that the collector ignores.
inline Value native_target(const NativeMethod* method) {
  return Value::from_bits(reinterpret_cast<uint64_t>(method) << 2);
}
inline const NativeMethod* native_of_target(Value target) {
  return reinterpret_cast<const NativeMethod*>(target.bits() >> 2);
}
/// A call site of the running function called something that its entry does not name as the only target.
void note_target(Thread& thread, FeedbackEntry* entry, Value target);

/// -X dump=feedback: every function that has feedback (`only`: the one with this qualified name), in the order of
/// their code's places in the source, to the stream with this descriptor.
void dump_feedback(Runtime& runtime, std::string_view only, int descriptor);

}  // namespace viperine
