// SPDX-License-Identifier: MIT
// What `text % values` and `bytes % values` share: taking values one after the other or by key, and writing numbers.
#pragma once

#include "runtime/binding.h"
#include "text/percent.h"

namespace viperine {

/// The right operand, consumed piece by piece.
class PercentValues {
 public:
  PercentValues(Thread& thread, Value arguments, bool is_bytes);
  /// The next value, or "not enough arguments for format string".
  Result<Value> next();
  /// Selects the mapping's value for `key`: it alone is what next() gives.
  Result<void> select(Value key);
  bool has_mapping() const { return mapping_; }
  /// "not all arguments converted during string formatting".
  Result<void> check_used();
  /// The value of a '*'.
  Result<void> take_width(PercentParser& parser);
  Result<void> take_precision(PercentParser& parser);

 private:
  Thread& thread_;
  Value all_, current_;
  bool is_bytes_, mapping_ = false, is_tuple_ = false, selected_ = false;
  int64_t used_ = 0;
};

/// d i u o x X of any number; e E f F g G.
Result<void> append_percent_integer_value(Thread& thread, const PercentDirective& directive, Value value,
                                          TextBuffer& out);
Result<void> append_percent_float_value(Thread& thread, const PercentDirective& directive, Value value, TextBuffer& out,
                                        bool is_bytes);

}  // namespace viperine
