// SPDX-License-Identifier: MIT
// Slices of sequences whose length may be beyond 64 bits; the common case is slice_range in runtime/operators.h.
#pragma once

#include "runtime/operators.h"

namespace viperine {

/// start, stop and step as slice.indices(length) gives them: ints of any size.
struct SliceIndices {
  Value start, stop, step;
};
Result<SliceIndices> slice_indices(Thread& thread, Slice* slice, Value length);
Slice* make_slice(Thread& thread, Value start, Value stop, Value step);

}  // namespace viperine
