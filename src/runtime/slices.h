// SPDX-License-Identifier: MIT
// Slices of mutable sequences: __index__ of a part may change the sequence, so its length is read after all of them.
// For sequences that cannot change slice_range (runtime/operators.h) does.
#pragma once

#include "runtime/operators.h"

namespace viperine {

struct SliceParts {
  int64_t start = 0, stop = 0, step = 1;
  bool has_start = false, has_stop = false;
};
Result<SliceParts> slice_parts(Thread& thread, Slice* slice);
SliceRange adjust_slice(const SliceParts& parts, int64_t length);
template <typename Sequence>
Result<SliceRange> slice_range_in(Thread& thread, Slice* slice, const Sequence* sequence) {
  SliceParts parts = TRY(slice_parts(thread, slice));
  return adjust_slice(parts, sequence->length());
}

}  // namespace viperine
