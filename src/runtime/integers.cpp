// SPDX-License-Identifier: MIT
// Arithmetic on integers of any size: fast paths for immediates, limbs otherwise.
#include "runtime/integers.h"

#include <charconv>
#include <cmath>
#include <cstdlib>
#include <cstring>

#include "runtime/operators.h"
#include "runtime/strings.h"

namespace viperine {

IntView::IntView(Value value) {
  if (!value.is_int() && !value.is_bool()) {
    big_ = cast<BigInt>(value);
    return;
  }
  int64_t number = value.is_int() ? value.as_int() : value.is_true() ? 1 : 0;
  negative_ = number < 0;
  word_ = negative_ ? uint64_t{0} - static_cast<uint64_t>(number) : static_cast<uint64_t>(number);
}

limbs::Limb* LimbBuffer::allocate(size_t count) {
  auto* data = static_cast<limbs::Limb*>(std::malloc(count * sizeof(limbs::Limb)));
  CHECK(data != nullptr);
  return data;
}
LimbBuffer::~LimbBuffer() {
  if (data_ != inline_) std::free(data_);
}

Result<Value> make_integer(Thread& thread, const limbs::Limb* data, size_t size, bool negative) {
  if (size == 0) return Value::from_int(0);
  if (size == 1 && data[0] <= (uint64_t{1} << 61)) {
    int64_t number = negative ? -static_cast<int64_t>(data[0]) : static_cast<int64_t>(data[0]);
    if (Value::fits_int(number)) return Value::from_int(number);
  }
  BigInt* result = BigInt::try_make(thread.heap(), static_cast<int64_t>(size), negative);
  if (result == nullptr) return thread.raise_memory_error();
  std::memcpy(result->limbs(), data, size * sizeof(limbs::Limb));
  return to_value(result);
}

Result<Value> int_add(Thread& thread, Value a, Value b) {
  if (Value::both_ints(a, b)) return make_int(thread.heap(), a.as_int() + b.as_int());
  IntView x(a), y(b);
  LimbBuffer out(std::max(x.magnitude().size(), y.magnitude().size()) + 1);
  return make_integer(thread, out.data(), limbs::add_signed(out.data(), x, y));
}

Result<Value> int_subtract(Thread& thread, Value a, Value b) {
  if (Value::both_ints(a, b)) return make_int(thread.heap(), a.as_int() - b.as_int());
  IntView x(a), y(b);
  LimbBuffer out(std::max(x.magnitude().size(), y.magnitude().size()) + 1);
  return make_integer(thread, out.data(), limbs::subtract_signed(out.data(), x, y));
}

Result<Value> int_multiply(Thread& thread, Value a, Value b) {
  int64_t product;
  if (Value::both_ints(a, b) && !__builtin_mul_overflow(a.as_int(), b.as_int(), &product))
    return make_int(thread.heap(), product);
  IntView x(a), y(b);
  size_t room = x.magnitude().size() + y.magnitude().size();
  if (room == 0) return Value::from_int(0);
  LimbBuffer out(room);
  size_t size = limbs::multiply(out.data(), x.magnitude(), y.magnitude());
  return make_integer(thread, out.data(), size, x.negative() != y.negative());
}

Result<void> int_floor_divide(Thread& thread, Value a, Value b, Value* quotient, Value* remainder,
                              const char* zero_text) {
  if (int_is_zero(b)) return thread.raise<ZeroDivisionError>(zero_text);
  if (Value::both_ints(a, b)) {
    int64_t x = a.as_int(), y = b.as_int();
    int64_t q = x / y, r = x % y;
    if (r != 0 && (r < 0) != (y < 0)) --q, r += y;
    if (quotient != nullptr) *quotient = make_int(thread.heap(), q);
    if (remainder != nullptr) *remainder = Value::from_int(r);
    return {};
  }
  IntView x(a), y(b);
  size_t x_size = x.magnitude().size(), y_size = y.magnitude().size();
  LimbBuffer q((x_size > y_size ? x_size - y_size : 0) + 2), r(y_size + 1);
  limbs::SignedDivisionSizes sizes = limbs::floor_divide(q.data(), r.data(), x, y);
  if (quotient != nullptr) *quotient = TRY(make_integer(thread, q.data(), sizes.quotient));
  if (remainder != nullptr) *remainder = TRY(make_integer(thread, r.data(), sizes.remainder));
  return {};
}

Result<Value> int_negate(Thread& thread, Value a) {
  if (a.is_int()) return make_int(thread.heap(), -a.as_int());
  IntView x(a);
  return make_integer(thread, x.magnitude().data(), x.magnitude().size(), !x.negative());
}

int int_compare(Value a, Value b) {
  if (Value::both_ints(a, b)) return a.as_int() < b.as_int() ? -1 : a.as_int() > b.as_int() ? 1 : 0;
  IntView x(a), y(b);
  return limbs::compare_signed(x, y);
}

bool int_is_zero(Value a) {
  if (a.is_int()) return a.as_int() == 0;
  if (a.is_bool()) return a.is_false();
  return cast<BigInt>(a)->limb_count() == 0;
}

Result<Value> int_from_double(Thread& thread, double value) {
  if (std::fabs(value) < 1e18) return make_int(thread.heap(), static_cast<int64_t>(value));
  limbs::Limb out[limbs::kDoubleLimbs];
  return make_integer(thread, out, limbs::from_double(out, value));
}

Result<double> int_to_double(Thread& thread, Value a) {
  if (a.is_int()) return static_cast<double>(a.as_int());
  IntView x(a);
  bool overflow = false;
  double result = limbs::to_double(x.magnitude(), &overflow);
  if (overflow) return thread.raise<OverflowError>("int too large to convert to float");
  return x.negative() ? -result : result;
}

Result<Str*> int_to_text(Thread& thread, Value a, int base) {
  if (base == 10 && a.is_int()) {
    char digits[24];
    auto end = std::to_chars(digits, digits + sizeof digits, a.as_int());
    auto length = static_cast<size_t>(end.ptr - digits);
    Str* text = Str::try_make(thread.heap(), static_cast<int64_t>(length), Str::Width::Ascii);
    if (text == nullptr) return thread.raise_memory_error();
    std::memcpy(text->data8(), digits, length);
    return text;
  }
  IntView x(a);
  if (base == 10) {
    int64_t limit = thread.runtime().options().int_max_str_digits;
    // The bound is on digits; only numbers beyond it in bits need an exact count.
    if (limit > 0 && limbs::bit_length(x.magnitude()) > static_cast<uint64_t>(limit) * 3322 / 1000 + 64)
      return thread.raise<ValueError>(
          "Exceeds the limit ({} digits) for integer string conversion; use sys.set_int_max_str_digits() to "
          "increase the limit",
          limit);
  }
  size_t room = limbs::text_size(x.magnitude(), base) + 1;
  Arena scratch;
  char small[80];
  char* text = room <= sizeof small ? small : static_cast<char*>(scratch.allocate(room));
  size_t length = limbs::to_text(text + 1, x.magnitude(), base, scratch);
  char* start = text + 1;
  if (x.negative()) *--start = '-', ++length;
  if (base == 10) {
    int64_t limit = thread.runtime().options().int_max_str_digits;
    if (limit > 0 && static_cast<int64_t>(length) - (x.negative() ? 1 : 0) > limit)
      return thread.raise<ValueError>(
          "Exceeds the limit ({} digits) for integer string conversion; use sys.set_int_max_str_digits() to "
          "increase the limit",
          limit);
  }
  Str* result = Str::try_make(thread.heap(), static_cast<int64_t>(length), Str::Width::Ascii);
  if (result == nullptr) return thread.raise_memory_error();
  std::memcpy(result->data8(), start, length);
  return result;
}

}  // namespace viperine
