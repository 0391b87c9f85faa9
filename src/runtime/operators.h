// SPDX-License-Identifier: MIT
// What Python's operators and protocol functions mean, once. Fast paths in the interpreter and in builtins are listed
// beside the definitions (runtime/operators_*.cpp) and tested against them. Object model: language reference, 3.3.
#pragma once

#include "objects/list.h"
#include "runtime/calls.h"

namespace viperine {

enum class BinaryOperator : uint8_t {
  Add, Subtract, Multiply, MatrixMultiply, TrueDivide, FloorDivide, Modulo, Power, LeftShift, RightShift, And, Or, Xor
};
/// left op right, with reflected methods and the TypeError "unsupported operand type(s) for +: 'int' and 'str'".
Result<Value> binary_operation(Thread& thread, BinaryOperator op, Value left, Value right);
Result<Value> inplace_operation(Thread& thread, BinaryOperator op, Value left, Value right);
Result<Value> power(Thread& thread, Value base, Value exponent, Value modulus);  // modulus absent or None: two operands
Result<Value> divmod(Thread& thread, Value left, Value right);
Result<Value> negative(Thread& thread, Value value);
Result<Value> positive(Thread& thread, Value value);
Result<Value> invert(Thread& thread, Value value);
Result<Value> absolute(Thread& thread, Value value);

/// Rich comparison; the result may be any object.
Result<Value> compare(Thread& thread, Value left, Value right, Comparison op);
Result<bool> compare_truth(Thread& thread, Value left, Value right, Comparison op);
/// left == right as containers ask it: identity first.
Result<bool> equals(Thread& thread, Value left, Value right);
Result<bool> truth(Thread& thread, Value value);
inline Result<bool> is_true(Thread& thread, Value value) {
  if (value.is_true()) return true;
  if (value.is_false() || value.is_none()) return false;
  return truth(thread, value);
}
/// hash(value); TypeError "unhashable type: 'list'".
Result<int64_t> hash(Thread& thread, Value value);
Result<int64_t> length(Thread& thread, Value value);
/// len(), or __length_hint__, or `fallback`.
Result<int64_t> length_hint(Thread& thread, Value value, int64_t fallback);
Result<Str*> repr(Thread& thread, Value value);
Result<Str*> ascii(Thread& thread, Value value);
Result<Str*> str(Thread& thread, Value value);
Result<Value> format(Thread& thread, Value value, Str* specification);

Result<Value> get_item(Thread& thread, Value container, Value index);
Result<void> set_item(Thread& thread, Value container, Value index, Value value);
Result<void> delete_item(Thread& thread, Value container, Value index);
Result<bool> contains(Thread& thread, Value container, Value item);

/// iter(value); TypeError "'int' object is not iterable".
Result<Value> iterate(Thread& thread, Value value);
/// next(iterator) without StopIteration: absent when exhausted. Precondition: an iterator.
Result<Optional<Value>> next(Thread& thread, Value iterator);
/// Calls `body(Value) -> Result<bool>` for each item until it says false; lists and tuples without an iterator.
template <typename Body>
Result<void> for_each(Thread& thread, Value iterable, Body body);

/// operator.index(): an int (immediate or BigInt); TypeError "'str' object cannot be interpreted as an integer".
Result<Value> to_index(Thread& thread, Value value);
/// The same as a 64-bit number; OverflowError "cannot fit 'int' into an index-sized integer" when it does not fit.
Result<int64_t> to_index_int64(Thread& thread, Value value);
/// As slices use it: out of range values are clipped.
Result<int64_t> to_index_clipped(Thread& thread, Value value);
/// float(value) as a C double through __float__ or __index__; TypeError "must be real number, not str".
Result<double> to_double(Thread& thread, Value value);
/// A C int / long long from an int object; OverflowError "Python int too large to convert to C int".
Result<int> to_c_int(Thread& thread, Value value);
Result<int64_t> to_c_int64(Thread& thread, Value value);
Result<uint64_t> to_c_uint64(Thread& thread, Value value);
/// The value of an int object modulo 2^64, when it fits into int64_t: otherwise false.
bool int_fits_int64(Value integer, int64_t* result);

/// start, stop, step of a slice for a sequence of this length, adjusted as slice.indices does.
struct SliceRange {
  int64_t start, stop, step, length;
};
Result<SliceRange> slice_range(Thread& thread, Slice* slice, int64_t length);

// --- template body
template <typename Body>
Result<void> for_each(Thread& thread, Value iterable, Body body) {
  if (is_exact<List>(iterable)) {
    for (int64_t i = 0; i < cast<List>(iterable)->length(); ++i)
      if (!TRY(body(cast<List>(iterable)->at(i)))) return {};
    return {};
  }
  Value iterator = TRY(iterate(thread, iterable));
  for (;;) {
    Optional<Value> item = TRY(next(thread, iterator));
    if (!item) return {};
    if (!TRY(body(*item))) return {};
  }
}

}  // namespace viperine
