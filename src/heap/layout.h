// SPDX-License-Identifier: MIT
// Layout: the declared fields of an object kind. Tracing, relocation, sizes, heap dumps and the verifier derive from
// it. LAYOUT(Class, Base, field, ...) inside a class declares its fields once; a field that is forgotten does not
// compile. An object = header, fixed fields, tail (Values first, then bytes), then the attribute words of its shape
// (heap_object.h).
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "base/check.h"

namespace viperine {

class HeapObject;

enum class FieldKind : uint8_t { Slot, WeakSlot, Raw };

struct FieldInfo {
  const char* name;
  uint16_t offset;
  uint16_t size;
  FieldKind kind;
};

/// How long the variable part of an object is: Values first, then plain bytes.
struct TailExtent {
  size_t values = 0;
  size_t bytes = 0;
};

enum LayoutFlags : uint8_t {
  kLayoutFixedPlace = 1,   // objects of this kind never move (Code, Shape): they live in the fixed space
  kLayoutRelease = 2,      // owns something outside the heap: `release` runs when the object dies
};

struct Layout {
  const char* name = nullptr;                               // null: kind not in use
  uint32_t fixed_size = 0;                                  // header and fixed fields
  uint32_t slot_mask = 0;                                   // bit i: the word at offset 8 * i is a strong slot
  uint32_t weak_mask = 0;  // bit i: that word is a weak slot (cleared when its target dies)
  TailExtent (*tail)(const HeapObject*) = nullptr;          // null: no tail
  void (*release)(HeapObject*) = nullptr;                   // kLayoutRelease; must not touch other heap objects
  uint8_t flags = 0;
  const FieldInfo* fields = nullptr;
  uint16_t field_count = 0;
};

template <typename T>
class Slot;
template <typename T>
class WeakSlot;

namespace layout_detail {
template <typename T>
struct KindOf {
  static constexpr FieldKind value = FieldKind::Raw;
};
template <typename T>
struct KindOf<Slot<T>> {
  static constexpr FieldKind value = FieldKind::Slot;
};
template <typename T>
struct KindOf<WeakSlot<T>> {
  static constexpr FieldKind value = FieldKind::WeakSlot;
};

template <size_t N>
struct FieldList {
  FieldInfo fields[N > 0 ? N : 1]{};
  static constexpr size_t count = N;
};

template <size_t A, size_t B>
constexpr FieldList<A + B> concatenate(FieldList<A> first, FieldList<B> second) {
  FieldList<A + B> result;
  for (size_t i = 0; i < A; ++i) result.fields[i] = first.fields[i];
  for (size_t i = 0; i < B; ++i) result.fields[A + i] = second.fields[i];
  return result;
}

template <size_t N>
constexpr size_t byte_sum(FieldList<N> list) {
  size_t sum = 0;
  for (size_t i = 0; i < N; ++i) sum += list.fields[i].size;
  return sum;
}

template <size_t N>
constexpr uint32_t mask_of(FieldList<N> list, FieldKind kind) {
  uint32_t mask = 0;
  for (size_t i = 0; i < N; ++i)
    if (list.fields[i].kind == kind) mask |= uint32_t{1} << (list.fields[i].offset / 8);
  return mask;
}
}  // namespace layout_detail

/// The Layout of class T, from its LAYOUT line; T may define `static TailExtent tail_extent(const HeapObject*)`,
/// `static void release(HeapObject*)` and `static constexpr uint8_t kLayoutFlags`.
template <typename T>
inline Layout layout_of(const char* name) {
  constexpr auto fields = T::FieldTable_::all();
  constexpr size_t declared = layout_detail::byte_sum(fields) + 8;
  static_assert(declared <= sizeof(T) && sizeof(T) - declared < 8, "a field is missing in LAYOUT");
  static_assert(sizeof(T) <= 32 * 8);
  Layout layout;
  layout.name = name;
  layout.fixed_size = sizeof(T);
  layout.slot_mask = layout_detail::mask_of(fields, FieldKind::Slot);
  layout.weak_mask = layout_detail::mask_of(fields, FieldKind::WeakSlot);
  if constexpr (requires { &T::tail_extent; }) layout.tail = &T::tail_extent;
  if constexpr (requires { &T::release; }) {
    layout.release = &T::release;
    layout.flags |= kLayoutRelease;
  }
  if constexpr (requires { T::kLayoutFlags; }) layout.flags |= T::kLayoutFlags;
  static constexpr auto kept = T::FieldTable_::all();
  layout.fields = kept.fields;
  layout.field_count = kept.count;
  return layout;
}

}  // namespace viperine

#define LAYOUT_FIELD_(Class, field)                                                              \
  ::viperine::FieldInfo{#field, offsetof(Class, field), sizeof(Class::field),                    \
                        ::viperine::layout_detail::KindOf<decltype(Class::field)>::value}
#define LAYOUT_1_(C, a) LAYOUT_FIELD_(C, a)
#define LAYOUT_2_(C, a, ...) LAYOUT_FIELD_(C, a), LAYOUT_1_(C, __VA_ARGS__)
#define LAYOUT_3_(C, a, ...) LAYOUT_FIELD_(C, a), LAYOUT_2_(C, __VA_ARGS__)
#define LAYOUT_4_(C, a, ...) LAYOUT_FIELD_(C, a), LAYOUT_3_(C, __VA_ARGS__)
#define LAYOUT_5_(C, a, ...) LAYOUT_FIELD_(C, a), LAYOUT_4_(C, __VA_ARGS__)
#define LAYOUT_6_(C, a, ...) LAYOUT_FIELD_(C, a), LAYOUT_5_(C, __VA_ARGS__)
#define LAYOUT_7_(C, a, ...) LAYOUT_FIELD_(C, a), LAYOUT_6_(C, __VA_ARGS__)
#define LAYOUT_8_(C, a, ...) LAYOUT_FIELD_(C, a), LAYOUT_7_(C, __VA_ARGS__)
#define LAYOUT_9_(C, a, ...) LAYOUT_FIELD_(C, a), LAYOUT_8_(C, __VA_ARGS__)
#define LAYOUT_10_(C, a, ...) LAYOUT_FIELD_(C, a), LAYOUT_9_(C, __VA_ARGS__)
#define LAYOUT_11_(C, a, ...) LAYOUT_FIELD_(C, a), LAYOUT_10_(C, __VA_ARGS__)
#define LAYOUT_12_(C, a, ...) LAYOUT_FIELD_(C, a), LAYOUT_11_(C, __VA_ARGS__)
#define LAYOUT_13_(C, a, ...) LAYOUT_FIELD_(C, a), LAYOUT_12_(C, __VA_ARGS__)
#define LAYOUT_14_(C, a, ...) LAYOUT_FIELD_(C, a), LAYOUT_13_(C, __VA_ARGS__)
#define LAYOUT_15_(C, a, ...) LAYOUT_FIELD_(C, a), LAYOUT_14_(C, __VA_ARGS__)
#define LAYOUT_16_(C, a, ...) LAYOUT_FIELD_(C, a), LAYOUT_15_(C, __VA_ARGS__)
#define LAYOUT_17_(C, a, ...) LAYOUT_FIELD_(C, a), LAYOUT_16_(C, __VA_ARGS__)
#define LAYOUT_18_(C, a, ...) LAYOUT_FIELD_(C, a), LAYOUT_17_(C, __VA_ARGS__)
#define LAYOUT_19_(C, a, ...) LAYOUT_FIELD_(C, a), LAYOUT_18_(C, __VA_ARGS__)
#define LAYOUT_20_(C, a, ...) LAYOUT_FIELD_(C, a), LAYOUT_19_(C, __VA_ARGS__)
#define LAYOUT_21_(C, a, ...) LAYOUT_FIELD_(C, a), LAYOUT_20_(C, __VA_ARGS__)
#define LAYOUT_22_(C, a, ...) LAYOUT_FIELD_(C, a), LAYOUT_21_(C, __VA_ARGS__)
#define LAYOUT_23_(C, a, ...) LAYOUT_FIELD_(C, a), LAYOUT_22_(C, __VA_ARGS__)
#define LAYOUT_24_(C, a, ...) LAYOUT_FIELD_(C, a), LAYOUT_23_(C, __VA_ARGS__)
#define LAYOUT_PICK_(_1, _2, _3, _4, _5, _6, _7, _8, _9, _10, _11, _12, _13, _14, _15, _16, _17, _18, _19, _20, _21, \
                     _22, _23, _24, NAME, ...)                                                                       \
  NAME
#define LAYOUT_FIELDS_(Class, ...)                                                                                     \
  LAYOUT_PICK_(__VA_ARGS__, LAYOUT_24_, LAYOUT_23_, LAYOUT_22_, LAYOUT_21_, LAYOUT_20_, LAYOUT_19_, LAYOUT_18_,        \
               LAYOUT_17_, LAYOUT_16_, LAYOUT_15_, LAYOUT_14_, LAYOUT_13_, LAYOUT_12_, LAYOUT_11_, LAYOUT_10_,         \
               LAYOUT_9_, LAYOUT_8_, LAYOUT_7_, LAYOUT_6_, LAYOUT_5_, LAYOUT_4_, LAYOUT_3_, LAYOUT_2_, LAYOUT_1_)      \
  (Class, __VA_ARGS__)

/// Declares the fields of a class derived from HeapObject or from a class with a LAYOUT of its own (Base). The last
/// line in the class.
#define LAYOUT(Class, Base, ...)                                                                                  \
 public:                                                                                                          \
  struct FieldTable_ {                                                                                            \
    static constexpr auto own() {                                                                                 \
      constexpr ::viperine::FieldInfo list[] = {LAYOUT_FIELDS_(Class, __VA_ARGS__)};                              \
      ::viperine::layout_detail::FieldList<sizeof(list) / sizeof(list[0])> result;                                \
      for (size_t i = 0; i < result.count; ++i) result.fields[i] = list[i];                                       \
      return result;                                                                                              \
    }                                                                                                             \
    static constexpr auto all() { return ::viperine::layout_detail::concatenate(Base::FieldTable_::all(), own()); } \
  }
