// SPDX-License-Identifier: MIT
// Nursery: windows, spans, retained windows.
#include "heap/spaces/nursery.h"

namespace viperine {

namespace {
char* round_up(char* address) {
  return reinterpret_cast<char*>((address_of(address) + kNurseryWindow - 1) & ~uint64_t{kNurseryWindow - 1});
}
char* round_down(char* address) { return reinterpret_cast<char*>(address_of(address) & ~uint64_t{kNurseryWindow - 1}); }
}  // namespace

void Nursery::create(SpaceMap* map, char* start, size_t first_budget, size_t largest_budget) {
  map_ = map;
  start_ = cursor_ = start;
  capacity_ = largest_budget * 2;
  budget_ = first_budget_ = first_budget;
  for (size_t i = 0; i < capacity_ / kNurseryWindow; ++i) windows_.push(0);
}

void Nursery::prepare(char* from, char* to) {
  for (char* window = from; window < to; window += kNurseryWindow) {
    uint8_t& flags = windows_[window_of(window)];
    if (flags & kDirty) std::memset(window, 0, kNurseryWindow);
    flags |= kDirty;
  }
  taken_ += static_cast<size_t>(to - from);
}

bool Nursery::refill(char*& next, char*& end, size_t bytes, bool with_reserve) {
  size_t allowed = with_reserve ? budget_ * 2 : budget_;
  char* limit = start_ + capacity_;
  if (open_) {
    char* wanted = round_up(next + bytes);
    if (wanted > limit || taken_ + static_cast<size_t>(wanted - end) > allowed) return false;
    bool free = true;
    for (char* window = end; window < wanted; window += kNurseryWindow)
      free &= !(windows_[window_of(window)] & kRetained);
    if (free) {
      prepare(end, wanted);
      end = cursor_ = wanted;
      map_->record_start(next);
      return true;
    }
    close(next, end);
  }
  for (char* start = cursor_; start < limit;) {
    char* wanted = round_up(start + bytes);
    if (wanted > limit || taken_ + static_cast<size_t>(wanted - start) > allowed) break;
    char* window = start;
    while (window < wanted && !(windows_[window_of(window)] & kRetained)) window += kNurseryWindow;
    if (window < wanted) {
      start = window + kNurseryWindow;
      continue;
    }
    prepare(start, wanted);
    next = start;
    end = cursor_ = wanted;
    spans_.push({start, wanted});
    open_ = true;
    map_->record_start(start);
    return true;
  }
  next = end = nullptr;
  return false;
}

void Nursery::close(char* next, char* end) {
  if (!open_) return;
  open_ = false;
  if (next < end) make_filler(next, static_cast<size_t>(end - next));
  spans_.back().end = end;
}

void Nursery::reset(const ObjectModel& model, PageVector<HeapObject*>& pinned) {
  if (is_off()) return;
#ifndef NDEBUG
  auto poison = [](char* from, char* to) { if (from < to) std::memset(from, 0xDB, static_cast<size_t>(to - from)); };
  for (size_t i = 0; i < spans_.size(); ++i) {
    char* from = spans_[i].start;
    for (HeapObject* object : pinned) {
      auto* place = reinterpret_cast<char*>(object);
      if (place < spans_[i].start || place >= spans_[i].end) continue;
      poison(from, place);
      from = place + model.size(object);
    }
    poison(from, spans_[i].end);
  }
#endif
  for (size_t i = 0; i < spans_.size(); ++i) map_->forget_starts(spans_[i].start, spans_[i].end);
  for (uint8_t& flags : windows_) flags &= static_cast<uint8_t>(~kRetained);
  spans_.clear();
  open_ = false;
  cursor_ = start_;
  taken_ = 0;
  char* filled = nullptr;  // cells cover the last span up to here
  // What follows a pinned object may belong to it (its length is not set yet when an emergency strikes): zeros stay
  // zeros.
  auto skip_zeros = [&](const char* end) {
    while (filled < end && *reinterpret_cast<uint64_t*>(filled) == 0) filled += 8;
  };
  auto finish = [&] {
    if (!spans_.empty()) skip_zeros(spans_.back().end);
    if (!spans_.empty() && filled < spans_.back().end)
      make_filler(filled, static_cast<size_t>(spans_.back().end - filled));
  };
  for (HeapObject* object : pinned) {
    auto* place = reinterpret_cast<char*>(object);
    char* end = place + model.size(object);
    char *first = round_down(place), *last = round_up(end);
    for (char* window = first; window < last; window += kNurseryWindow) windows_[window_of(window)] |= kRetained;
    if (spans_.empty() || first > spans_.back().end) {
      finish();
      spans_.push({first, last});
      filled = first;
    } else if (last > spans_.back().end) {
      spans_.back().end = last;
    }
    if (filled > first) skip_zeros(place);
    if (filled < place) {
      make_filler(filled, static_cast<size_t>(place - filled));
      map_->record_start(filled);
    }
    map_->record_start(place);
    filled = end;
  }
  finish();
}

void Nursery::release_unused() {
  size_t count = windows_.size();
  for (size_t i = 0; i < count;) {
    size_t first = i;
    while (i < count && !(windows_[i] & kRetained)) windows_[i++] = 0;
    if (i > first) release_memory(start_ + first * kNurseryWindow, start_ + i * kNurseryWindow);
    while (i < count && (windows_[i] & kRetained)) ++i;
  }
}

Span Nursery::span(size_t number, const char* next) const {
  Span span = spans_[number];
  if (open_ && number + 1 == spans_.size()) span.end = const_cast<char*>(next);
  return span;
}

HeapObject* Nursery::find(const ObjectModel& model, uint64_t address, const char* next) const {
  for (size_t i = spans_.size(); i-- > 0;) {
    Span found = span(i, next);
    if (address < address_of(found.start) || address >= address_of(found.end)) continue;
    HeapObject* cell = map_->find_cell(model, address, found.start);
    return cell != nullptr && model.is_object(cell) ? cell : nullptr;
  }
  return nullptr;
}

}  // namespace viperine
