// SPDX-License-Identifier: MIT
// LargeSpace: mapping, unmapping, finding by address.
#include "heap/spaces/large_space.h"

#include <algorithm>
#include <cstring>

namespace viperine {

namespace {
constexpr size_t kKeptAtLeast = size_t{2} << 20;  // freed mappings kept: this much, or a quarter of what is in use

size_t mapping_for(size_t bytes) {
  size_t mapping = sizeof(LargeHead) + bytes + bytes / (kCardWords * 8) + 1;
  return (mapping + page_size() - 1) & ~(page_size() - 1);
}
size_t charge(const LargeHead* head) { return head->hollow ? page_size() : head->mapping; }
}  // namespace

LargeSpace::~LargeSpace() {
  release_kept();
  for (LargeHead* head : list_) unmap_memory(reinterpret_cast<char*>(head), head->mapping);
}

LargeHead* LargeSpace::allocate(size_t bytes) {
  size_t mapping = mapping_for(bytes);
  LargeHead* head = reuse(mapping);
  if (head == nullptr) {
    char* memory = map_memory(mapping);
    if (memory == nullptr) return nullptr;
    if (mapping >= (size_t{2} << 20)) avoid_huge_pages(memory, mapping);
    head = reinterpret_cast<LargeHead*>(memory);
  } else {
    mapping = head->mapping;
    std::memset(static_cast<void*>(head), 0, sizeof(LargeHead) + bytes + bytes / (kCardWords * 8) + 1);
  }
  enter(head, mapping, bytes);
  return head;
}

/// Fills a head that is zero, and puts it on the lists.
void LargeSpace::enter(LargeHead* head, size_t mapping, size_t bytes) {
  head->mapping = mapping;
  head->bytes = bytes;
  head->number = static_cast<uint32_t>(list_.size());
  head->young = true;
  head->magic = LargeHead::kMagic;
  list_.push(head);
  young_.push(head);
  sorted_.clear();
  used_ += mapping;
  young_low_ = std::min(young_low_, address_of(head));
  young_high_ = std::max(young_high_, address_of(head) + mapping);
}

LargeHead* LargeSpace::extend(LargeHead* head, size_t bytes) {
  const LargeHead before = *head;
  const uint64_t header = header_of(head->object());
  const size_t mapping = std::max(mapping_for(bytes), before.mapping);
  char* memory = move_pages(reinterpret_cast<char*>(head), before.mapping, mapping);
  if (memory == nullptr) return nullptr;
  if (mapping >= (size_t{2} << 20)) avoid_huge_pages(memory, mapping);
  used_ -= before.mapping - page_size();
  *head = before;
  head->hollow = true;
  *reinterpret_cast<uint64_t*>(head->object()) = header;
  auto* grown = reinterpret_cast<LargeHead*>(memory);
  char* rest = reinterpret_cast<char*>(grown->cards());  // may be dirty: cards, and what an earlier object left
  std::memset(rest, 0, static_cast<size_t>(memory + before.mapping - rest));
  std::memset(static_cast<void*>(grown), 0, sizeof(LargeHead));
  enter(grown, mapping, bytes);
  return grown;
}

void LargeSpace::free(LargeHead* head) {
  used_ -= charge(head);
  list_[head->number] = list_.back();
  list_[head->number]->number = head->number;
  list_.pop();
  sorted_.clear();
  size_t allowed = std::max(kKeptAtLeast, used_ / 4);
  if (!head->hollow && head->mapping <= allowed / 2 && kept_bytes_ + head->mapping <= allowed) {
    kept_bytes_ += head->mapping;
    kept_.push(head);
    return;
  }
  unmap_memory(reinterpret_cast<char*>(head), head->mapping);
}

/// A kept mapping of at least this size and at most a quarter more.
LargeHead* LargeSpace::reuse(size_t mapping) {
  for (size_t i = kept_.size(); i-- > 0;) {
    LargeHead* head = kept_[i];
    if (head->mapping < mapping || head->mapping > mapping + mapping / 4) continue;
    kept_[i] = kept_.back();
    kept_.pop();
    kept_bytes_ -= head->mapping;
    return head;
  }
  return nullptr;
}

void LargeSpace::release_kept() {
  for (LargeHead* head : kept_) unmap_memory(reinterpret_cast<char*>(head), head->mapping);
  kept_.release();
  kept_bytes_ = 0;
}

void LargeSpace::forget_young() {
  young_.clear();
  young_.shrink();
  young_low_ = UINT64_MAX;
  young_high_ = 0;
}

HeapObject* LargeSpace::find(uint64_t address) {
  if (list_.empty()) return nullptr;
  if (sorted_.empty()) {
    for (LargeHead* head : list_) sorted_.push(head);
    std::sort(sorted_.begin(), sorted_.end());
  }
  auto* after = std::upper_bound(sorted_.begin(), sorted_.end(), address,
                                 [](uint64_t wanted, LargeHead* head) { return wanted < address_of(head); });
  if (after == sorted_.begin()) return nullptr;
  LargeHead* head = after[-1];
  bool inside = address >= address_of(head->object()) && address < address_of(head->object()) + head->bytes;
  return inside ? head->object() : nullptr;
}

}  // namespace viperine
