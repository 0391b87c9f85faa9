// SPDX-License-Identifier: MIT
// FixedSpace: first-fit allocation and the sweep.
#include "heap/spaces/fixed_space.h"

namespace viperine {

namespace {
constexpr size_t kCommitStep = 256 << 10;
constexpr size_t kSmallestFree = 32;
}  // namespace

void FixedSpace::create(SpaceMap* map, char* start, char* limit) {
  map_ = map;
  start_ = top_ = committed_ = start;
  limit_ = limit;
}

char* FixedSpace::allocate(size_t bytes) {
  used_ += bytes;
  for (size_t i = free_.size(); i-- > 0;) {
    auto available = static_cast<size_t>(free_[i].end - free_[i].start);
    if (available < bytes) continue;
    char* place = free_[i].start;
    free_[i].start += bytes;
    std::memset(place, 0, bytes);
    if (available > bytes) {
      make_filler(free_[i].start, available - bytes);
      map_->record_cell(place, free_[i].start);
    }
    if (available - bytes < kSmallestFree) {
      free_[i] = free_.back();
      free_.pop();
    }
    return place;
  }
  if (top_ + bytes > committed_) {
    auto wanted = std::max(bytes, kCommitStep);
    if (static_cast<size_t>(limit_ - committed_) < wanted || !map_->commit(committed_, committed_ + wanted)) {
      used_ -= bytes;
      return nullptr;
    }
    committed_ += wanted;
  }
  char* place = top_;
  top_ += bytes;
  map_->record_start(place);
  return place;
}

void FixedSpace::sweep(const ObjectModel& model) {
  free_.clear();
  used_ = 0;
  char* dead = nullptr;  // start of the run of dead cells before the current one
  auto finish = [&](char* end) {
    if (dead == nullptr) return;
    auto bytes = static_cast<size_t>(end - dead);
    release_and_zero(dead, end);
    make_filler(dead, bytes);
    map_->record_start(dead);
    map_->record_cell(dead, end);
    if (bytes >= kSmallestFree) free_.push({dead, end});
    dead = nullptr;
  };
  char* cell = start_;
  while (cell < top_) {
    size_t bytes = model.cell_size(reinterpret_cast<HeapObject*>(cell));
    if (map_->is_live(address_of(cell))) {
      finish(cell);
      used_ += bytes;
    } else if (dead == nullptr) {
      dead = cell;
    }
    cell += bytes;
  }
  if (dead != nullptr) {
    map_->forget_starts(dead + kBlock - 1, top_);
    release_and_zero(dead, top_);
    top_ = dead;
  }
}

HeapObject* FixedSpace::find(const ObjectModel& model, uint64_t address) const {
  if (address >= address_of(top_)) return nullptr;
  HeapObject* cell = map_->find_cell(model, address, start_);
  return cell != nullptr && model.is_object(cell) ? cell : nullptr;
}

}  // namespace viperine
