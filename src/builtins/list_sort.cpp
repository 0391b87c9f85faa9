// SPDX-License-Identifier: MIT
// list.sort: a stable, adaptive merge sort: natural runs, binary insertion up to a minimal run, merges chosen by run
// powers (powersort), galloping when one side wins often. Comparison is chosen once from the keys: ints, floats, str,
// or anything. Invariants: while sorting the list is empty and the items are in arrays of ours; on an exception they
// are all there, in some order.
#include "builtins/list_sort.h"

#include <algorithm>
#include <bit>
#include <cstring>

#include "builtins/container_support.h"

namespace viperine {

namespace {

struct IntLess {
  static Result<bool> less(Thread&, Value a, Value b) {
    return static_cast<int64_t>(a.bits()) < static_cast<int64_t>(b.bits());
  }
};
struct FloatLess {
  static Result<bool> less(Thread&, Value a, Value b) { return a.as_immediate_float() < b.as_immediate_float(); }
};
/// The first eight characters of a text of one byte each as a number that orders like them; missing ones are 0.
uint64_t leading_characters(const Str* text) {
  const uint8_t* data = text->data8();
  auto length = static_cast<size_t>(text->length());
  if (length >= 8) {
    uint64_t word;
    std::memcpy(&word, data, 8);
    return std::endian::native == std::endian::little ? __builtin_bswap64(word) : word;
  }
  uint64_t word = 0;
  for (size_t i = 0; i < length; ++i) word |= uint64_t{data[i]} << (56 - 8 * i);
  return word;
}
int order_of_texts(const Str* a, const Str* b) {
  if (a->width() <= Str::Width::Latin1 && b->width() <= Str::Width::Latin1) {
    uint64_t x = leading_characters(a), y = leading_characters(b);
    if (x != y) return x < y ? -1 : 1;
  }
  return compare_text(a, b);
}
struct StrLess {
  static Result<bool> less(Thread&, Value a, Value b) {
    return order_of_texts(static_cast<Str*>(a.as_object()), static_cast<Str*>(b.as_object())) < 0;
  }
};
struct AnyLess {
  static Result<bool> less(Thread& thread, Value a, Value b) { return compare_truth(thread, a, b, Comparison::Less); }
};
/// Non-empty exact tuples: the first items that differ decide.
struct TupleLess {
  static Result<bool> less(Thread& thread, Value left, Value right) {
    auto* a = static_cast<Tuple*>(left.as_object());
    auto* b = static_cast<Tuple*>(right.as_object());
    int64_t shorter = std::min(a->length(), b->length());
    for (int64_t i = 0; i < shorter; ++i) {
      Value x = a->at(i), y = b->at(i);
      if (x == y) continue;
      if (is_exact<Str>(x) && is_exact<Str>(y)) {
        int order = order_of_texts(static_cast<Str*>(x.as_object()), static_cast<Str*>(y.as_object()));
        if (order == 0) continue;
        return order < 0;
      }
      if (!Value::both_ints(x, y) && TRY(equals(thread, x, y))) continue;
      return compare_truth(thread, x, y, Comparison::Less);
    }
    return a->length() < b->length();
  }
};

/// Keys and, when they are not the items themselves, the items that move along with them.
struct Lanes {
  Value* keys;
  Value* items;   // null: the keys are the items

  Lanes at(int64_t offset) const { return {keys + offset, items == nullptr ? nullptr : items + offset}; }
  void copy(int64_t to, const Lanes& from, int64_t index) const {
    keys[to] = from.keys[index];
    if (items != nullptr) items[to] = from.items[index];
  }
  void move(int64_t to, const Lanes& from, int64_t index, int64_t count) const {
    __builtin_memmove(static_cast<void*>(keys + to), from.keys + index, static_cast<size_t>(count) * 8);
    if (items != nullptr)
      __builtin_memmove(static_cast<void*>(items + to), from.items + index, static_cast<size_t>(count) * 8);
  }
  void reverse(int64_t from, int64_t to) const {
    std::reverse(keys + from, keys + to);
    if (items != nullptr) std::reverse(items + from, items + to);
  }
};

template <typename Order>
class Sorter {
 public:
  Sorter(Thread& thread, Lanes lanes, int64_t length, Array* keys, Array* items)
      : thread_(thread), lanes_(lanes), length_(length), keys_(keys), items_(items) {}

  Result<void> sort() {
    if (length_ < 2) return {};
    int64_t minimum = minimal_run(length_);
    for (int64_t start = 0; start < length_;) {
      int64_t run = TRY(count_run(start));
      if (run < minimum) {
        int64_t forced = std::min(minimum, length_ - start);
        TRY(insertion_sort(start, start + run, start + forced));
        run = forced;
      }
      TRY(push_run(start, run));
      start += run;
    }
    while (run_count_ > 1) TRY(merge_at(run_count_ - 2));
    return {};
  }

 private:
  static constexpr int64_t kMinimumGallop = 7;

  Result<bool> less(Value a, Value b) { return Order::less(thread_, a, b); }
  /// Both arrays may have been seen by a collection since they were written.
  void written() {
    keys_->written();
    if (items_ != nullptr) items_->written();
  }

  static int64_t minimal_run(int64_t length) {
    int64_t rest = 0;
    while (length >= 64) {
      rest |= length & 1;
      length >>= 1;
    }
    return length + rest;
  }

  /// Length of the run at `start`; a strictly descending one is reversed.
  Result<int64_t> count_run(int64_t start) {
    int64_t end = start + 1;
    if (end == length_) return 1;
    Value* keys = lanes_.keys;
    bool descending = TRY(less(keys[end], keys[end - 1]));
    for (++end; end < length_; ++end)
      if (TRY(less(keys[end], keys[end - 1])) != descending) break;
    if (descending) {
      lanes_.reverse(start, end);
      written();
    }
    return end - start;
  }

  /// [start, sorted) is sorted; puts the items up to `end` into their places.
  Result<void> insertion_sort(int64_t start, int64_t sorted, int64_t end) {
    for (; sorted < end; ++sorted) {
      Value pivot = lanes_.keys[sorted];
      int64_t low = start, high = sorted;
      while (low < high) {
        int64_t middle = low + (high - low) / 2;
        if (TRY(less(pivot, lanes_.keys[middle]))) high = middle;
        else low = middle + 1;
      }
      Value item = lanes_.items == nullptr ? Value() : lanes_.items[sorted];
      lanes_.move(low + 1, lanes_, low, sorted - low);
      lanes_.keys[low] = pivot;
      if (lanes_.items != nullptr) lanes_.items[low] = item;
      written();
    }
    return {};
  }

  struct Run {
    int64_t start, length;
    int power;   // of the boundary to the next run
  };

  /// How deep in the ideal merge tree the boundary between two neighbouring runs lies.
  int boundary_power(const Run& left, int64_t right_length) const {
    int64_t a = 2 * left.start + left.length, b = a + left.length + right_length;
    for (int power = 1;; ++power) {
      if (a >= length_) {
        a -= length_;
        b -= length_;
      } else if (b >= length_) {
        return power;
      }
      a <<= 1;
      b <<= 1;
    }
  }

  Result<void> push_run(int64_t start, int64_t length) {
    if (run_count_ > 0) {
      int power = boundary_power(runs_[run_count_ - 1], length);
      while (run_count_ > 1 && runs_[run_count_ - 2].power > power) TRY(merge_at(run_count_ - 2));
      runs_[run_count_ - 1].power = power;
    }
    runs_[run_count_++] = Run{start, length, 0};
    return {};
  }

  Result<void> merge_at(int index) {
    Run left = runs_[index], right = runs_[index + 1];
    runs_[index].length += right.length;
    if (index == run_count_ - 3) runs_[index + 1] = runs_[index + 2];
    --run_count_;
    // What is in place already at both ends stays.
    int64_t skip = TRY(gallop_right(lanes_.keys[right.start], lanes_.keys + left.start, left.length, 0));
    left.start += skip;
    left.length -= skip;
    if (left.length == 0) return {};
    int64_t keep = TRY(gallop_left(lanes_.keys[left.start + left.length - 1], lanes_.keys + right.start, right.length,
                                   right.length - 1));
    if (keep == 0) return {};
    right.length = keep;
    if (!reserve(std::min(left.length, right.length))) return thread_.raise_memory_error();
    Result<void> result = left.length <= right.length ? merge_low(left, right) : merge_high(left, right);
    written();
    return result;
  }

  /// Position before the first element that is not less than `key`.
  Result<int64_t> gallop_left(Value key, const Value* base, int64_t length, int64_t hint) {
    int64_t last = 0, offset = 1;
    if (TRY(less(base[hint], key))) {
      int64_t most = length - hint;
      while (offset < most && TRY(less(base[hint + offset], key))) {
        last = offset;
        offset = (offset << 1) + 1;
      }
      offset = std::min(offset, most);
      last += hint;
      offset += hint;
    } else {
      int64_t most = hint + 1;
      while (offset < most && !TRY(less(base[hint - offset], key))) {
        last = offset;
        offset = (offset << 1) + 1;
      }
      offset = std::min(offset, most);
      int64_t before = last;
      last = hint - offset;
      offset = hint - before;
    }
    for (++last; last < offset;) {
      int64_t middle = last + (offset - last) / 2;
      if (TRY(less(base[middle], key))) last = middle + 1;
      else offset = middle;
    }
    return offset;
  }

  /// Position behind the last element that `key` is not less than.
  Result<int64_t> gallop_right(Value key, const Value* base, int64_t length, int64_t hint) {
    int64_t last = 0, offset = 1;
    if (TRY(less(key, base[hint]))) {
      int64_t most = hint + 1;
      while (offset < most && TRY(less(key, base[hint - offset]))) {
        last = offset;
        offset = (offset << 1) + 1;
      }
      offset = std::min(offset, most);
      int64_t before = last;
      last = hint - offset;
      offset = hint - before;
    } else {
      int64_t most = length - hint;
      while (offset < most && !TRY(less(key, base[hint + offset]))) {
        last = offset;
        offset = (offset << 1) + 1;
      }
      offset = std::min(offset, most);
      last += hint;
      offset += hint;
    }
    for (++last; last < offset;) {
      int64_t middle = last + (offset - last) / 2;
      if (TRY(less(key, base[middle]))) offset = middle;
      else last = middle + 1;
    }
    return offset;
  }

  /// Room for a copy of the smaller run.
  bool reserve(int64_t count) {
    if (count <= temporary_length_) return true;
    Array* keys = Array::try_make(thread_.heap(), count);
    Array* items = lanes_.items == nullptr ? nullptr : Array::try_make(thread_.heap(), count);
    if (keys == nullptr || (lanes_.items != nullptr && items == nullptr)) return false;
    temporary_keys_ = keys;
    temporary_items_ = items;
    temporary_length_ = count;
    return true;
  }
  Lanes temporary() const {
    return {temporary_keys_->items(), temporary_items_ == nullptr ? nullptr : temporary_items_->items()};
  }
  void temporary_written() {
    temporary_keys_->written();
    if (temporary_items_ != nullptr) temporary_items_->written();
  }

  /// What has not been merged yet, so that it can be put back whenever a comparison raises.
  struct Progress {
    int64_t copied, copied_left;   // next in the copy, how many are left there
    int64_t stay, stay_left;       // next of the run that stayed in place
    int64_t out;
  };

  Result<void> merge_low(const Run& left, const Run& right) {
    temporary().move(0, lanes_, left.start, left.length);
    temporary_written();
    Progress progress{0, left.length, right.start, right.length, left.start};
    Result<void> result = merge_low_steps(progress);
    if (progress.copied_left > 0) lanes_.move(progress.out, temporary(), progress.copied, progress.copied_left);
    return result;
  }

  Result<void> merge_low_steps(Progress& p) {
    Lanes copy = temporary();
    auto take_stay = [&](int64_t count) {
      lanes_.move(p.out, lanes_, p.stay, count);
      p.out += count, p.stay += count, p.stay_left -= count;
    };
    auto take_copy = [&](int64_t count) {
      lanes_.move(p.out, copy, p.copied, count);
      p.out += count, p.copied += count, p.copied_left -= count;
    };
    take_stay(1);
    for (;;) {
      int64_t copy_wins = 0, stay_wins = 0;
      while (std::max(copy_wins, stay_wins) < minimum_gallop_) {
        if (p.stay_left == 0 || p.copied_left == 0) return {};
        written();
        if (TRY(less(lanes_.keys[p.stay], copy.keys[p.copied]))) {
          take_stay(1);
          ++stay_wins, copy_wins = 0;
        } else {
          take_copy(1);
          ++copy_wins, stay_wins = 0;
        }
      }
      ++minimum_gallop_;
      do {
        if (p.stay_left == 0 || p.copied_left == 0) return {};
        minimum_gallop_ -= minimum_gallop_ > 1;
        written();
        copy_wins = TRY(gallop_right(lanes_.keys[p.stay], copy.keys + p.copied, p.copied_left, 0));
        take_copy(copy_wins);
        if (p.copied_left == 0) return {};
        take_stay(1);
        if (p.stay_left == 0) return {};
        written();
        stay_wins = TRY(gallop_left(copy.keys[p.copied], lanes_.keys + p.stay, p.stay_left, 0));
        take_stay(stay_wins);
        if (p.stay_left == 0) return {};
        take_copy(1);
      } while (copy_wins >= kMinimumGallop || stay_wins >= kMinimumGallop);
      ++minimum_gallop_;
    }
  }

  Result<void> merge_high(const Run& left, const Run& right) {
    temporary().move(0, lanes_, right.start, right.length);
    temporary_written();
    // Positions are one behind the next element; `out` is one behind the last free place.
    Progress progress{right.length, right.length, left.start + left.length, left.length, right.start + right.length};
    Result<void> result = merge_high_steps(progress);
    if (progress.copied_left > 0)
      lanes_.move(progress.out - progress.copied_left, temporary(), 0, progress.copied_left);
    return result;
  }

  Result<void> merge_high_steps(Progress& p) {
    Lanes copy = temporary();
    auto take_stay = [&](int64_t count) {
      p.out -= count, p.stay -= count, p.stay_left -= count;
      lanes_.move(p.out, lanes_, p.stay, count);
    };
    auto take_copy = [&](int64_t count) {
      p.out -= count, p.copied -= count, p.copied_left -= count;
      lanes_.move(p.out, copy, p.copied, count);
    };
    take_stay(1);
    for (;;) {
      int64_t copy_wins = 0, stay_wins = 0;
      while (std::max(copy_wins, stay_wins) < minimum_gallop_) {
        if (p.stay_left == 0 || p.copied_left == 0) return {};
        written();
        if (TRY(less(copy.keys[p.copied - 1], lanes_.keys[p.stay - 1]))) {
          take_stay(1);
          ++stay_wins, copy_wins = 0;
        } else {
          take_copy(1);
          ++copy_wins, stay_wins = 0;
        }
      }
      ++minimum_gallop_;
      do {
        if (p.stay_left == 0 || p.copied_left == 0) return {};
        minimum_gallop_ -= minimum_gallop_ > 1;
        written();
        int64_t place = TRY(
            gallop_right(copy.keys[p.copied - 1], lanes_.keys + p.stay - p.stay_left, p.stay_left, p.stay_left - 1));
        stay_wins = p.stay_left - place;
        take_stay(stay_wins);
        if (p.stay_left == 0) return {};
        take_copy(1);
        if (p.copied_left == 0) return {};
        written();
        place = TRY(gallop_left(lanes_.keys[p.stay - 1], copy.keys + p.copied - p.copied_left, p.copied_left,
                                p.copied_left - 1));
        copy_wins = p.copied_left - place;
        take_copy(copy_wins);
        if (p.copied_left == 0) return {};
        take_stay(1);
      } while (copy_wins >= kMinimumGallop || stay_wins >= kMinimumGallop);
      ++minimum_gallop_;
    }
  }

  Thread& thread_;
  Lanes lanes_;
  int64_t length_;
  Array* keys_;
  Array* items_;
  Array* temporary_keys_ = nullptr;
  Array* temporary_items_ = nullptr;
  int64_t temporary_length_ = 0;
  int64_t minimum_gallop_ = kMinimumGallop;
  int run_count_ = 0;
  Run runs_[85];
};

enum class KeyClass : uint8_t { Ints, Floats, Texts, Tuples, Anything };

KeyClass class_of(Value key) {
  if (key.is_int()) return KeyClass::Ints;
  if (key.is_immediate_float()) return KeyClass::Floats;
  if (is_exact<Str>(key)) return KeyClass::Texts;
  if (is_exact<Tuple>(key) && cast<Tuple>(key)->length() > 0) return KeyClass::Tuples;
  return KeyClass::Anything;
}

KeyClass common_class(std::span<const Value> keys) {
  KeyClass first = class_of(keys[0]);
  if (first == KeyClass::Anything) return first;
  for (Value key : keys)
    if (class_of(key) != first) return KeyClass::Anything;
  return first;
}

Result<void> sort_lanes(Thread& thread, Lanes lanes, int64_t length, Array* keys, Array* items) {
  switch (common_class({lanes.keys, static_cast<size_t>(length)})) {
    case KeyClass::Ints: return Sorter<IntLess>(thread, lanes, length, keys, items).sort();
    case KeyClass::Floats: return Sorter<FloatLess>(thread, lanes, length, keys, items).sort();
    case KeyClass::Texts: return Sorter<StrLess>(thread, lanes, length, keys, items).sort();
    case KeyClass::Tuples: return Sorter<TupleLess>(thread, lanes, length, keys, items).sort();
    case KeyClass::Anything: return Sorter<AnyLess>(thread, lanes, length, keys, items).sort();
  }
  __builtin_unreachable();
}

/// Sorts `array`, whose first `length` elements are the list's.
Result<void> sort_array(Thread& thread, Array* array, int64_t length, Value key, bool reverse) {
  Array* keys = array;
  if (!key.is_none()) {
    keys = Array::try_make(thread.heap(), length);
    if (keys == nullptr) return thread.raise_memory_error();
    for (int64_t i = 0; i < length; ++i) keys->set(i, TRY(call(thread, key, array->at(i))));
  }
  if (keys == array) {
    for (int64_t i = 0; i < length; ++i)   // sorted by their text: join ropes first
      if (has_kind(array->at(i), Kind::Rope)) array->set(i, to_value(as_str(thread, array->at(i))));
  }
  Lanes lanes{keys->items(), keys == array ? nullptr : array->items()};
  // Reversing before and after keeps equal elements in their order.
  if (reverse) lanes.reverse(0, length);
  Result<void> result = sort_lanes(thread, lanes, length, keys, keys == array ? nullptr : array);
  if (reverse) std::reverse(array->items(), array->items() + length);
  keys->written();
  array->written();
  return result;
}

}  // namespace

Result<void> list_sort(Thread& thread, List* list, Value key, bool reverse) {
  int64_t length = list->length();
  if (length == 0) return {};
  Array* array = list->array();
  // Whoever changes the empty list replaces this array.
  Array* mark = Array::try_make(thread.heap(), 0);
  list->set_length(0);
  list->set_array(mark);
  Result<void> result = sort_array(thread, array, length, key, reverse);
  bool modified = list->array() != mark || list->length() != 0;
  list->set_array(array);
  list->set_length(length);
  if (!result.is_raised() && modified) return thread.raise<ValueError>("list modified during sort");
  return result;
}

}  // namespace viperine
