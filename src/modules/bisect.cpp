// SPDX-License-Identifier: MIT
// The module _bisect: places in sorted sequences.
#include "builtins/container_support.h"

namespace viperine {

namespace {

enum class Side : uint8_t { Left, Right };

template <Side side>
Result<int64_t> find_place(Thread& thread, Value sequence, Value item, int64_t low, Value high_value, Value key) {
  if (low < 0) return thread.raise<ValueError>("lo must be non-negative");
  int64_t high = high_value.is_none() ? TRY(length(thread, sequence)) : TRY(to_index_int64(thread, high_value));
  while (low < high) {
    int64_t middle = low + (high - low) / 2;
    Value candidate = is_exact<List>(sequence) && middle < cast<List>(sequence)->length()
                          ? cast<List>(sequence)->at(middle)
                          : TRY(get_item(thread, sequence, make_int(thread.heap(), middle)));
    if (!key.is_none()) candidate = TRY(call(thread, key, candidate));
    if (side == Side::Left) {
      if (TRY(compare_truth(thread, candidate, item, Comparison::Less))) low = middle + 1;
      else high = middle;
    } else {
      if (TRY(compare_truth(thread, item, candidate, Comparison::Less))) high = middle;
      else low = middle + 1;
    }
  }
  return low;
}

template <Side side>
Result<Value> bisect(Thread& thread, Value sequence, Value item, Index low, Value high, Value key) {
  return make_int(thread.heap(), TRY(find_place<side>(thread, sequence, item, low, high, key)));
}

template <Side side>
Result<void> insort(Thread& thread, Value sequence, Value item, Index low, Value high, Value key) {
  Value wanted = key.is_none() ? item : TRY(call(thread, key, item));
  int64_t place = TRY(find_place<side>(thread, sequence, wanted, low, high, key));
  TRY(call_method(thread, sequence, intern(thread, "insert"), make_int(thread.heap(), place), item));
  return {};
}

constexpr NativeMethod kFunctions[] = {
    function<bisect<Side::Right>>(
        "bisect_right(a, x, lo=0, hi=None, *, key=None)",
        "Return the index where to insert item x in list a, assuming a is sorted.\n\nThe return value i is such "
        "that all e in a[:i] have e <= x, and all e in\na[i:] have e > x.  So if x already appears in the list, "
        "a.insert(i, x) will\ninsert just after the rightmost x already there.\n\nOptional args lo (default 0) and "
        "hi (default len(a)) bound the\nslice of a to be searched.\n\nA custom key function can be supplied to "
        "customize the sort order."),
    function<bisect<Side::Left>>(
        "bisect_left(a, x, lo=0, hi=None, *, key=None)",
        "Return the index where to insert item x in list a, assuming a is sorted.\n\nThe return value i is such that "
        "all e in a[:i] have e < x, and all e in\na[i:] have e >= x.  So if x already appears in the list, "
        "a.insert(i, x) will\ninsert just before the leftmost x already there.\n\nOptional args lo (default 0) and "
        "hi (default len(a)) bound the\nslice of a to be searched.\n\nA custom key function can be supplied to "
        "customize the sort order."),
    function<insort<Side::Right>>(
        "insort_right(a, x, lo=0, hi=None, *, key=None)",
        "Insert item x in list a, and keep it sorted assuming a is sorted.\n\nIf x is already in a, insert it to the "
        "right of the rightmost x.\n\nOptional args lo (default 0) and hi (default len(a)) bound the\nslice of a to "
        "be searched.\n\nA custom key function can be supplied to customize the sort order."),
    function<insort<Side::Left>>(
        "insort_left(a, x, lo=0, hi=None, *, key=None)",
        "Insert item x in list a, and keep it sorted assuming a is sorted.\n\nIf x is already in a, insert it to the "
        "left of the leftmost x.\n\nOptional args lo (default 0) and hi (default len(a)) bound the\nslice of a to be "
        "searched.\n\nA custom key function can be supplied to customize the sort order."),
};

}  // namespace

extern const ModuleSpec kBisectModule;
constinit const ModuleSpec kBisectModule = {
    .name = "_bisect",
    .functions = kFunctions,
    .doc = "Bisection algorithms.",
};

}  // namespace viperine
