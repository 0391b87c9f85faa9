// SPDX-License-Identifier: MIT
// LargeSpace: objects of 16 KiB and more, each in a mapping of its own: a head, the object, its cards (one byte per 128
// words). Freed means unmapped (a few small mappings wait for reuse until the next full collection). Who is alive is
// decided in collect/. Invariant: an object with kGcLarge follows its LargeHead directly.
#pragma once

#include "heap/object_model.h"
#include "heap/page_vector.h"

namespace viperine {

constexpr size_t kCardWords = 128;

struct LargeHead {
  size_t mapping;   // bytes
  size_t bytes;     // of the object
  uint32_t number;  // index in the space's list
  bool young, marked, carded;
  bool hollow;  // its pages have gone to the object that `extend` made of it: only the first one is in use
  uint8_t padding[32];
  uint64_t magic;

  HeapObject* object() { return reinterpret_cast<HeapObject*>(this + 1); }
  uint8_t* cards() { return reinterpret_cast<uint8_t*>(this + 1) + bytes; }
  size_t card_count() const { return bytes / (kCardWords * 8) + 1; }
  static LargeHead* of(HeapObject* object) { return reinterpret_cast<LargeHead*>(object) - 1; }
  static constexpr uint64_t kMagic = 0x4C61726765486561;
};
static_assert(sizeof(LargeHead) == 64);

class LargeSpace {
 public:
  ~LargeSpace();
  /// A zeroed object, or null when the system refuses.
  LargeHead* allocate(size_t bytes);
  /// An object of this kind and with this content that is larger, made by moving pages; the old one stays as an object
  /// of which everything but the header is zero. Null (and nothing changed) when the system refuses.
  LargeHead* extend(LargeHead* head, size_t bytes);
  void free(LargeHead* head);
  /// Mappings that `free` has kept for reuse go back to the operating system.
  void release_kept();
  size_t count() const { return list_.size(); }
  LargeHead* at(size_t number) const { return list_[number]; }
  size_t used() const { return used_; }
  HeapObject* find(uint64_t address);
  /// Range of addresses in which all young large objects lie: one comparison in minor collections.
  uint64_t young_low() const { return young_low_; }
  uint64_t young_size() const { return young_high_ > young_low_ ? young_high_ - young_low_ : 0; }
  /// Those allocated since the last forget_young.
  PageVector<LargeHead*>& young() { return young_; }
  void forget_young();

 private:
  LargeHead* reuse(size_t mapping);
  void enter(LargeHead* head, size_t mapping, size_t bytes);

  PageVector<LargeHead*> list_;
  PageVector<LargeHead*> young_;
  PageVector<LargeHead*> sorted_;  // for find; empty when out of date
  PageVector<LargeHead*> kept_;    // freed, small, still mapped: the next objects of about their size are cheaper
  size_t kept_bytes_ = 0;
  size_t used_ = 0;
  uint64_t young_low_ = UINT64_MAX, young_high_ = 0;
};

}  // namespace viperine
