// SPDX-License-Identifier: MIT
// Inline caches: what a FeedbackEntry of an attribute or global site holds, and the slow paths that fill it.
// info = kind | detail << 8 (kinds are multiples of 4: the two low bits stay clear).
// Invariant: an entry is valid until the class changes (RuntimeTables::invalidate_caches empties all entries) or its
// own guard fails.
#pragma once

#include "interpreter/dispatch.h"

namespace viperine {

enum CacheKind : uint32_t {
  kCacheEmpty = 0,
  kCacheInlineSlot = 4,    // detail: byte offset in the object; guard: shape word
  kCacheOverflowSlot = 8,  // detail: index in the overflow Array
  kCacheClassValue = 12,   // value: the attribute, not to be bound
  kCacheClassCell = 16,    // value: ClassCell
  kCacheMethod = 20,       // value: a function that binds the object
  kCacheProperty = 24,     // value: getter, a Python function
  kCacheModule = 28,       // detail: entry in the module's dict; guard: key identity
  kCacheType = 32,         // receiver is a class: detail: its version, value the result
  kCacheTypeCell = 36,     // the same, value: ClassCell
  kCacheAddSlot = 40,      // store that adds an attribute: value = new Shape, detail: byte offset
  kCacheDictHint = 44,     // dictionary shape: detail: entry in the instance's dict; guard: shape word, key identity
  kCacheGlobal = 48,       // detail: entry in the globals
  kCacheBuiltin = 52,      // detail: entry in the builtins; shape_word: version of the globals
  kCacheNativeGet = 56,    // value: the GetSetDescriptor, whose getter is called
  kCacheInstantiate = 60,  // a Call of a class: shape_word: its version, value: its Python __init__
  kCachePolymorphic = 64,  // shape_word 0, value: a Feedback whose entries are tried in turn (most recent last)
  kCacheTarget = 68,       // a call site: value: the only target (feedback.h)
  kCacheTargets = 72,      // value: a Feedback that lists the targets; detail 1: there were more
  kCacheMask = 0xFC,
};
constexpr uint32_t cache_detail(uint32_t info) { return info >> 8; }
constexpr uint32_t make_info(CacheKind kind, uint32_t detail) { return kind | detail << 8; }
constexpr uint32_t kMaxDetail = (1u << 24) - 1;

Result<Value> load_attribute_slow(Thread& thread, Value object, Str* name, FeedbackEntry* entry);
Result<void> store_attribute_slow(Thread& thread, Value object, Str* name, Value value, FeedbackEntry* entry);
/// For LoadMethod: *self is the object when the result is to be called with it first, otherwise Unbound.
Result<Value> load_method_slow(Thread& thread, Value object, Str* name, FeedbackEntry* entry, Value* self);
Result<Value> load_global_slow(Thread& thread, Function* function, Str* name, FeedbackEntry* entry);

/// A property getter that can be entered directly.
bool is_simple_getter(const Function* function);
/// RuntimeTables::invalidate_caches.
void invalidate_inline_caches(Runtime& runtime);
/// Remembers what the running function's Call of `type` has to do (kCacheInstantiate).
void cache_instantiation(Thread& thread, FeedbackEntry* entry, Type* type, Function* init);

constexpr uint32_t kPolymorphicEntries = 4;
extern const FeedbackEntry kNoEntry;
/// The entry of a polymorphic site for this shape, or kNoEntry.
[[gnu::always_inline]] inline const FeedbackEntry* polymorphic_entry(const FeedbackEntry* entry, uint32_t shape_word) {
  if ((entry->info & kCacheMask) != kCachePolymorphic) return &kNoEntry;
  const FeedbackEntry* list = static_cast<Feedback*>(entry->value.as_object())->entries();
  for (uint32_t i = 0; i < kPolymorphicEntries; ++i)
    if (list[i].shape_word == shape_word) return list + i;
  return &kNoEntry;
}

inline Value* slot_at(Value object, uint32_t offset) {
  return reinterpret_cast<Value*>(reinterpret_cast<char*>(object.as_object()) + offset);
}

}  // namespace viperine
