// SPDX-License-Identifier: MIT
// LargeSpace: mapping, unmapping, finding by address.
#include "heap/spaces/large_space.h"

#include <algorithm>
#include <cstring>

namespace viperine {

namespace {
constexpr size_t kKeptAtLeast = size_t{2} << 20;   // freed mappings kept: this much, or a quarter of what is in use
}  // namespace

LargeSpace::~LargeSpace() {
  release_kept();
  for (LargeHead* head : list_) unmap_memory(reinterpret_cast<char*>(head), head->mapping);
}

LargeHead* LargeSpace::allocate(size_t bytes) {
  size_t mapping = sizeof(LargeHead) + bytes + bytes / (kCardWords * 8) + 1;
  mapping = (mapping + page_size() - 1) & ~(page_size() - 1);
  LargeHead* head = reuse(mapping);
  if (head == nullptr) {
    char* memory = map_memory(mapping);
    if (memory == nullptr) return nullptr;
    if (mapping >= (size_t{2} << 20)) avoid_huge_pages(memory, mapping);
    head = reinterpret_cast<LargeHead*>(memory);
    head->mapping = mapping;
  } else {
    mapping = head->mapping;
    std::memset(static_cast<void*>(head), 0, sizeof(LargeHead) + bytes + bytes / (kCardWords * 8) + 1);
    head->mapping = mapping;
  }
  auto* memory = reinterpret_cast<char*>(head);
  head->bytes = bytes;
  head->number = static_cast<uint32_t>(list_.size());
  head->young = true;
  head->magic = LargeHead::kMagic;
  list_.push(head);
  young_.push(head);
  sorted_.clear();
  used_ += mapping;
  young_low_ = std::min(young_low_, address_of(memory));
  young_high_ = std::max(young_high_, address_of(memory) + mapping);
  return head;
}

void LargeSpace::free(LargeHead* head) {
  used_ -= head->mapping;
  list_[head->number] = list_.back();
  list_[head->number]->number = head->number;
  list_.pop();
  sorted_.clear();
  size_t allowed = std::max(kKeptAtLeast, used_ / 4);
  if (head->mapping <= allowed / 2 && kept_bytes_ + head->mapping <= allowed) {
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
