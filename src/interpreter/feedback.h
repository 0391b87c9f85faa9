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

/// By Kind, of exact instances (a Rope is a str).
struct SeenKinds {
  uint8_t by_kind[256];
  constexpr SeenKinds() : by_kind() {
    for (uint8_t& seen : by_kind) seen = static_cast<uint8_t>(SeenKind::Other);
    auto put = [this](Kind kind, SeenKind seen) { by_kind[static_cast<uint8_t>(kind)] = static_cast<uint8_t>(seen); };
    put(Kind::Int, SeenKind::BigInt);
    put(Kind::Float, SeenKind::Float);
    put(Kind::Str, SeenKind::Str);
    put(Kind::Rope, SeenKind::Str);
    put(Kind::Bytes, SeenKind::Bytes);
    put(Kind::List, SeenKind::List);
    put(Kind::Tuple, SeenKind::Tuple);
    put(Kind::Dict, SeenKind::Dict);
  }
};
inline constexpr SeenKinds kSeenKinds;

inline SeenKind seen_kind(Value value) {
  if (value.is_int()) return SeenKind::Int;
  if (value.is_immediate_float()) return SeenKind::Float;
  if (value.is_none()) return SeenKind::None;
  if (value.is_bool()) return SeenKind::Bool;
  Kind kind = kind_of(value.as_object());
  if (value.as_object()->shape_word() != exact_shape_word(kind)) return SeenKind::Other;
  return static_cast<SeenKind>(kSeenKinds.by_kind[static_cast<uint8_t>(kind)]);
}
inline uint32_t kind_seen(Value value) { return seen_left(seen_kind(value)); }
inline uint32_t kinds_of(Value left, Value right) { return seen_left(seen_kind(left)) | seen_right(seen_kind(right)); }

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
