// SPDX-License-Identifier: MIT
// BigInt, BoxedFloat, Complex and the helpers that hide whether a number is immediate. Arithmetic is in numeric/ and
// builtins/. Invariants: an int that fits 62 bits is immediate unless it is an instance of a subclass; BigInt limbs
// have no leading zeros; a float whose encoding has bit 0 is immediate unless it is an instance of a subclass.
#pragma once

#include <span>

#include "heap/heap.h"
#include "objects/kinds.h"

namespace viperine {

/// Sign-magnitude, 64-bit limbs, least significant first. Also the body of int subclasses (IntEnum members, ...) and of
/// no bool.
class BigInt final : public HeapObject {
 public:
  static constexpr Kind kKind = Kind::Int;
  bool is_negative() const { return size_ < 0; }
  int64_t limb_count() const { return size_ < 0 ? -size_ : size_; }
  uint64_t* limbs() { return reinterpret_cast<uint64_t*>(this + 1); }
  const uint64_t* limbs() const { return reinterpret_cast<const uint64_t*>(this + 1); }
  std::span<const uint64_t> magnitude() const { return {limbs(), static_cast<size_t>(limb_count())}; }
  void initialize(int64_t limb_count, bool negative) { size_ = negative ? -limb_count : limb_count; }
  static TailExtent tail_extent(const HeapObject* object) {
    return {0, static_cast<size_t>(static_cast<const BigInt*>(object)->limb_count()) * 8};
  }
  /// Uninitialised limbs; null when the heap's limit forbids it.
  static BigInt* try_make(Heap& heap, int64_t limb_count, bool negative) {
    auto* result = static_cast<BigInt*>(
        heap.try_allocate(exact_shape_word(Kind::Int), sizeof(BigInt) + static_cast<size_t>(limb_count) * 8));
    if (result != nullptr) result->initialize(limb_count, negative);
    return result;
  }

 private:
  int64_t size_;  // limbs, negative for negative numbers; 0 only for a subclass instance that equals 0
  LAYOUT(BigInt, HeapObject, size_);
};

class BoxedFloat final : public HeapObject {
 public:
  static constexpr Kind kKind = Kind::Float;
  double value() const { return value_; }
  void initialize(double value) { value_ = value; }

 private:
  double value_;
  LAYOUT(BoxedFloat, HeapObject, value_);
};

class Complex final : public HeapObject {
 public:
  static constexpr Kind kKind = Kind::Complex;
  double real() const { return real_; }
  double imaginary() const { return imaginary_; }
  void initialize(double real, double imaginary) { real_ = real, imaginary_ = imaginary; }
  static Complex* make(Heap& heap, double real, double imaginary) {
    auto* result = static_cast<Complex*>(heap.allocate(exact_shape_word(Kind::Complex), sizeof(Complex)));
    result->initialize(real, imaginary);
    return result;
  }

 private:
  double real_, imaginary_;
  LAYOUT(Complex, HeapObject, real_, imaginary_);
};

/// A Python float (subclass instances included).
inline bool is_float(Value value) { return value.is_immediate_float() || is<BoxedFloat>(value); }
/// Precondition: is_float(value).
inline double as_float(Value value) {
  return value.is_immediate_float() ? value.as_immediate_float() : cast<BoxedFloat>(value)->value();
}
inline Value make_float(Heap& heap, double value) {
  uint64_t bits = Value::encode_float(value);
  if (Value::is_immediate_float_encoding(bits)) [[likely]] return Value::from_bits(bits);
  auto* box = static_cast<BoxedFloat*>(heap.allocate(exact_shape_word(Kind::Float), sizeof(BoxedFloat)));
  box->initialize(value);
  return to_value(box);
}

/// An int in Python's sense: immediate, BigInt (subclasses included) or bool.
inline bool is_integer(Value value) { return value.is_int() || is<BigInt>(value) || value.is_bool(); }
/// The int made of a 64-bit value.
inline Value make_int(Heap& heap, int64_t value) {
  if (Value::fits_int(value)) [[likely]] return Value::from_int(value);
  BigInt* result = BigInt::try_make(heap, 1, value < 0);
  result->limbs()[0] = value < 0 ? uint64_t{0} - static_cast<uint64_t>(value) : static_cast<uint64_t>(value);
  return to_value(result);
}
inline Value make_unsigned(Heap& heap, uint64_t value) {
  if (value <= static_cast<uint64_t>(Value::kMaxInt)) return Value::from_int(static_cast<int64_t>(value));
  BigInt* result = BigInt::try_make(heap, 1, false);
  result->limbs()[0] = value;
  return to_value(result);
}

/// `a is b`: boxed floats of type float count as values.
inline bool same_object(Value a, Value b) {
  if (a == b) return true;
  if (!is_exact<BoxedFloat>(a) || !is_exact<BoxedFloat>(b)) return false;
  return std::bit_cast<uint64_t>(as_float(a)) == std::bit_cast<uint64_t>(as_float(b));
}

}  // namespace viperine
