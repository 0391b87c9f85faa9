// SPDX-License-Identifier: MIT
// Integers of any size as C++ code works on them: sign-magnitude views, results that are immediate when they fit.
// Limb arithmetic itself is numeric/limbs.h; the Python-visible methods are in builtins/int.cpp.
#pragma once

#include "numeric/limbs.h"
#include "runtime/runtime.h"

namespace viperine {

/// A signed magnitude view of an int, bool or instance of a subclass. Valid while the object is not moved.
class IntView {
 public:
  /// Precondition: is_integer(value).
  explicit IntView(Value value);
  limbs::Signed get() const {
    return {big_ != nullptr ? big_->magnitude() : limbs::from_word(word_),
            big_ != nullptr ? big_->is_negative() : negative_};
  }
  operator limbs::Signed() const { return get(); }  // NOLINT
  limbs::Limbs magnitude() const { return get().magnitude; }
  bool negative() const { return get().negative; }

 private:
  const BigInt* big_ = nullptr;
  limbs::Limb word_ = 0;
  bool negative_ = false;
};

/// Room for the limbs of a result: on the native stack when small.
class LimbBuffer {
 public:
  explicit LimbBuffer(size_t count) : data_(count <= kInline ? inline_ : allocate(count)) {}
  ~LimbBuffer();
  LimbBuffer(const LimbBuffer&) = delete;
  limbs::Limb* data() { return data_; }

 private:
  static constexpr size_t kInline = 32;
  static limbs::Limb* allocate(size_t count);
  limbs::Limb inline_[kInline];
  limbs::Limb* data_;
};

/// The int with this magnitude: immediate when it fits. MemoryError when it does not fit into the heap.
Result<Value> make_integer(Thread& thread, const limbs::Limb* data, size_t size, bool negative);
inline Result<Value> make_integer(Thread& thread, const limbs::Limb* data, limbs::SignedSize size) {
  return make_integer(thread, data, size.size, size.negative);
}

Result<Value> int_add(Thread& thread, Value a, Value b);
Result<Value> int_subtract(Thread& thread, Value a, Value b);
Result<Value> int_multiply(Thread& thread, Value a, Value b);
/// Python's // and %; ZeroDivisionError. Either pointer may be null.
Result<void> int_floor_divide(Thread& thread, Value a, Value b, Value* quotient, Value* remainder,
                              const char* zero_text);
Result<Value> int_negate(Thread& thread, Value a);
int int_compare(Value a, Value b);
bool int_is_zero(Value a);
/// int(value) of a finite double.
Result<Value> int_from_double(Thread& thread, double value);
/// OverflowError "int too large to convert to float".
Result<double> int_to_double(Thread& thread, Value a);
/// Digits in the base, without prefix.
Result<Str*> int_to_text(Thread& thread, Value a, int base);

}  // namespace viperine
