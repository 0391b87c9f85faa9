// SPDX-License-Identifier: MIT
// OldSpace: promotion, direct allocation, gaps.
#include "heap/spaces/old_space.h"

namespace viperine {

namespace {
constexpr size_t kCommitStep = size_t{1} << 20;
}

void OldSpace::create(SpaceMap* map, char* start, char* limit) {
  map_ = map;
  start_ = bottom_ = top_ = committed_ = start;
  limit_ = limit;
}

bool OldSpace::ensure(char* end) {
  if (end <= committed_) return true;
  if (end > limit_) return false;
  size_t step = std::max(kCommitStep, committed() / 8);
  auto wanted = std::max(static_cast<size_t>(end - committed_), step);
  wanted = std::min((wanted + kCommitStep - 1) & ~(kCommitStep - 1), static_cast<size_t>(limit_ - committed_));
  if (!map_->commit(committed_, committed_ + wanted)) return false;
  if (committed_ == start_) map_->record_start(start_);
  committed_ += wanted;
  return true;
}

bool OldSpace::next_gap(size_t bytes, Span& found) {
  for (; first_gap_ < gaps_.size(); ++first_gap_) {
    found = gaps_[first_gap_];
    gap_bytes_ -= static_cast<size_t>(found.end - found.start);
    if (static_cast<size_t>(found.end - found.start) < bytes)
      continue;  // its filler stays dead until the next full collection
    ++first_gap_;
    return true;
  }
  return false;
}

void OldSpace::begin_promotion() {
  cursor_ = cursor_end_ = nullptr;
  cursor_at_top_ = false;
  promoted_.clear();
}

char* OldSpace::promote_slow(size_t bytes) {
  if (cursor_at_top_) {
    if (!ensure(cursor_ + bytes)) return nullptr;
    cursor_end_ = committed_;
    return promote(bytes);
  }
  if (!promoted_.empty()) promoted_.back().end = cursor_;
  if (cursor_ < cursor_end_) {
    make_filler(cursor_, static_cast<size_t>(cursor_end_ - cursor_));
    map_->record_cell(cursor_, cursor_end_);
  }
  Span gap;
  if (next_gap(bytes, gap)) {
    cursor_ = gap.start;
    cursor_end_ = gap.end;
  } else {
    cursor_ = cursor_end_ = top_;
    if (!ensure(top_ + bytes)) return nullptr;
    cursor_at_top_ = true;
    cursor_end_ = committed_;
  }
  promoted_.push({cursor_, cursor_});
  return promote(bytes);
}

void OldSpace::end_promotion() {
  if (!promoted_.empty()) promoted_.back().end = cursor_;
  if (cursor_at_top_) {
    top_ = cursor_;
  } else if (cursor_ < cursor_end_) {
    make_filler(cursor_, static_cast<size_t>(cursor_end_ - cursor_));
    map_->record_cell(cursor_, cursor_end_);
    gaps_[--first_gap_] = {cursor_, cursor_end_};
    gap_bytes_ += static_cast<size_t>(cursor_end_ - cursor_);
  }
  cursor_ = cursor_end_ = nullptr;
  cursor_at_top_ = false;
}

bool OldSpace::refill(char*& next, char*& end, size_t bytes) {
  auto round = [](size_t size) { return (size + kNurseryWindow - 1) & ~(kNurseryWindow - 1); };
  if (direct_) {
    char* wanted = next + round(bytes);
    if (direct_at_top_ && ensure(wanted)) {
      top_ = end = wanted;
      map_->record_start(next);
      return true;
    }
    if (!direct_at_top_ && next + bytes <= direct_limit_) {
      wanted = std::min(wanted, direct_limit_);
      std::memset(end, 0, static_cast<size_t>(wanted - end));
      end = wanted;
      map_->record_start(next);
      return true;
    }
    close(next, end);
  }
  Span gap;
  if (next_gap(bytes, gap)) {
    next = gap.start;
    end = std::min(gap.end, next + round(bytes));
    std::memset(next, 0, static_cast<size_t>(end - next));
    direct_limit_ = gap.end;
    direct_at_top_ = false;
  } else {
    char* wanted = top_ + round(bytes);
    if (!ensure(wanted)) {
      next = end = nullptr;
      return false;
    }
    next = top_;
    top_ = end = wanted;
    direct_at_top_ = true;
  }
  map_->record_start(next);
  direct_ = true;
  fresh_.push({next, next});
  return true;
}

void OldSpace::close(char* next, char* end) {
  if (!direct_) return;
  direct_ = false;
  fresh_.back().end = next;
  if (direct_at_top_) {
    top_ = next;
  } else if (next < direct_limit_) {
    make_filler(next, static_cast<size_t>(direct_limit_ - next));
    map_->record_start(next);
    if (static_cast<size_t>(direct_limit_ - next) >= kSmallestGap) {
      gaps_[--first_gap_] = {next, direct_limit_};
      gap_bytes_ += static_cast<size_t>(direct_limit_ - next);
    }
  }
}

HeapObject* OldSpace::find(const ObjectModel& model, uint64_t address, const char* next, const char* end) const {
  if (address < address_of(bottom_) || address >= address_of(top_)) return nullptr;
  if (direct_) {
    auto* rest_end = direct_at_top_ ? end : direct_limit_;
    if (address >= address_of(next) && address < address_of(rest_end)) return nullptr;
  }
  HeapObject* cell = map_->find_cell(model, address, bottom_);
  return cell != nullptr && model.is_object(cell) ? cell : nullptr;
}

void OldSpace::set_bounds(char* bottom, char* top) {
  bottom_ = bottom;
  top_ = top;
  map_->record_start(bottom);
}

void OldSpace::clear_gaps() {
  gaps_.clear();
  first_gap_ = 0;
  gap_bytes_ = 0;
}

void OldSpace::add_gap(char* start, char* end) {
  gaps_.push({start, end});
  gap_bytes_ += static_cast<size_t>(end - start);
}

}  // namespace viperine
