// SPDX-License-Identifier: MIT
// datetime.timedelta.
#include <cmath>

#include "modules/datetime/datetime.h"
#include "runtime/integers.h"

namespace viperine::datetime {

namespace {

constexpr int64_t kMaximumDays = 999999999;
constexpr const char* kTooLarge = "Python int too large to convert to C int";
constexpr const char* kZeroText = "integer division or modulo by zero";

// --- microseconds as a Python int: what exact arithmetic is done on

Result<Value> to_microseconds(Thread& thread, const Delta& delta) {
  int64_t rest = delta.seconds * 1000000 + delta.microseconds;
  if (delta.days > -100000000 && delta.days < 100000000)
    return make_int(thread.heap(), delta.days * kMicrosecondsPerDay + rest);
  Value days = TRY(int_multiply(thread, Value::from_int(delta.days), Value::from_int(kMicrosecondsPerDay)));
  return int_add(thread, days, Value::from_int(rest));
}
Result<Value> from_microseconds(Thread& thread, Value microseconds) {
  Value quotient, remainder;
  TRY(int_floor_divide(thread, microseconds, Value::from_int(kMicrosecondsPerDay), &quotient, &remainder, kZeroText));
  int64_t days;
  if (!int_fits_int64(quotient, &days) || days > INT32_MAX || days < INT32_MIN)
    return thread.raise<OverflowError>("{}", kTooLarge);
  return make_delta(thread, {days, 0, remainder.as_int()});
}
/// a / b rounded to the nearest int, ties to even.
Result<Value> divide_nearest(Thread& thread, Value a, Value b) {
  Value quotient, remainder;
  TRY(int_floor_divide(thread, a, b, &quotient, &remainder, kZeroText));
  Value twice = TRY(int_multiply(thread, remainder, Value::from_int(2)));
  int order = int_compare(twice, b);
  if (IntView(b).negative()) order = -order;
  if (order == 0) {
    limbs::Limbs magnitude = IntView(quotient).magnitude();
    order = !magnitude.empty() && (magnitude[0] & 1) ? 1 : -1;
  }
  return order > 0 ? int_add(thread, quotient, Value::from_int(1)) : Result<Value>(quotient);
}
/// (numerator, denominator) of a float.
Result<Tuple*> ratio_of(Thread& thread, Value number) {
  Value ratio = TRY(call_method(thread, number, intern(thread, "as_integer_ratio")));
  if (!is<Tuple>(ratio))
    return thread.raise<TypeError>("unexpected return type from as_integer_ratio(): expected tuple, got '{}'",
                                   type_name_of(ratio));
  if (cast<Tuple>(ratio)->length() != 2) return thread.raise<ValueError>("as_integer_ratio() must return a 2-tuple");
  return cast<Tuple>(ratio);
}

// --- construction

struct Component {
  const char* name;
  int64_t units;  // how many make a day; 0: `days` days are one of it
  int64_t days;
};
constexpr Component kComponents[] = {{"days", 0, 1},
                                     {"seconds", kSecondsPerDay, 0},
                                     {"microseconds", kMicrosecondsPerDay, 0},
                                     {"milliseconds", kSecondsPerDay * 1000, 0},
                                     {"minutes", 1440, 0},
                                     {"hours", 24, 0},
                                     {"weeks", 0, 7}};
int64_t microseconds_each(const Component& component) {
  return component.units == 0 ? component.days * kMicrosecondsPerDay : kMicrosecondsPerDay / component.units;
}

/// A sum of components: whole days and microseconds apart, and what floats left below a microsecond.
struct Sum {
  int64_t days = 0, microseconds = 0;
  double left_over = 0;

  /// False: beyond every timedelta.
  [[nodiscard]] bool add(const Component& component, int64_t count) {
    int64_t whole, rest = 0;
    if (component.units == 0) {
      if (__builtin_mul_overflow(count, component.days, &whole)) return false;
    } else {
      whole = count / component.units;
      rest = count % component.units * (kMicrosecondsPerDay / component.units);
    }
    microseconds += rest;
    return !__builtin_add_overflow(days, whole, &days);
  }
};

Result<void> add_component(Thread& thread, Sum& sum, const Component& component, Value value) {
  if (is_integer(value)) {
    int64_t count;
    if (!int_fits_int64(value, &count) || !sum.add(component, count))
      return thread.raise<OverflowError>("{}", kTooLarge);
    return {};
  }
  if (!is_float(value))
    return thread.raise<TypeError>("unsupported type for timedelta {} component: {}", component.name,
                                   type_name_of(value));
  double number = as_float(value);
  if (std::isnan(number)) return thread.raise<ValueError>("cannot convert float NaN to integer");
  if (std::isinf(number)) return thread.raise<OverflowError>("cannot convert float infinity to integer");
  double whole, fraction = std::modf(number, &whole);
  if (std::fabs(whole) > 9e18 || !sum.add(component, static_cast<int64_t>(whole)))
    return thread.raise<OverflowError>("{}", kTooLarge);
  if (fraction == 0) return {};
  double whole_microseconds;
  fraction = std::modf(static_cast<double>(microseconds_each(component)) * fraction, &whole_microseconds);
  sum.microseconds += static_cast<int64_t>(whole_microseconds);
  sum.left_over += fraction;
  return {};
}

Result<Value> unused(Thread&, const Arguments&) { return Value::none(); }
constexpr NativeMethod kSignature = function<unused>(
    "__new__(days=<unrepresentable>, seconds=<unrepresentable>, microseconds=<unrepresentable>, "
    "milliseconds=<unrepresentable>, minutes=<unrepresentable>, hours=<unrepresentable>, weeks=<unrepresentable>)");

Result<Value> delta_new(Thread& thread, Type* type, const Arguments& arguments) {
  BoundArguments bound;
  TRY(bind_arguments(thread, kSignature, arguments, bound));
  Sum sum;
  // Smallest unit first: the order in which fractions are added up.
  for (int number : {2, 3, 1, 4, 5, 0, 6}) {
    Value value = bound.values[number];
    if (!value.is_absent()) TRY(add_component(thread, sum, kComponents[number], value));
  }
  if (sum.left_over != 0) {
    double rounded = std::round(sum.left_over);
    if (std::fabs(rounded - sum.left_over) == 0.5) {
      // Ties go to the even total.
      int odd = static_cast<int>(sum.microseconds & 1);
      rounded = 2.0 * std::round((sum.left_over + odd) * 0.5) - odd;
    }
    sum.microseconds += static_cast<int64_t>(rounded);
  }
  Delta normal = Delta{sum.days, 0, sum.microseconds}.normalized();
  if (normal.days > INT32_MAX || normal.days < INT32_MIN) return thread.raise<OverflowError>("{}", kTooLarge);
  return make_delta(thread, type, normal);
}

// --- operators

Result<Value> delta_add(Thread& thread, Value left, Value right) {
  if (!is_delta(left) || !is_delta(right)) return Value::not_implemented();
  return make_delta(thread, as_delta(left).plus(as_delta(right)));
}
Result<Value> delta_subtract(Thread& thread, Value left, Value right) {
  if (!is_delta(left) || !is_delta(right)) return Value::not_implemented();
  return make_delta(thread, as_delta(left).plus(as_delta(right), -1));
}
Result<Value> delta_negative(Thread& thread, Value self) {
  return make_delta(thread, Delta().plus(as_delta(self), -1));
}
Result<Value> delta_positive(Thread& thread, Value self) { return make_delta(thread, as_delta(self)); }
Result<Value> delta_absolute(Thread& thread, Value self) {
  return as_delta(self).days < 0 ? delta_negative(thread, self) : delta_positive(thread, self);
}
Result<bool> delta_truth(Thread&, Value self) { return !as_delta(self).is_zero(); }

Result<Value> delta_multiply(Thread& thread, Value left, Value right) {
  if (!is_delta(left)) std::swap(left, right);
  if (!is_delta(left)) return Value::not_implemented();
  Value microseconds = TRY(to_microseconds(thread, as_delta(left)));
  if (is_integer(right))
    return from_microseconds(thread, TRY(int_multiply(thread, microseconds, TRY(to_index(thread, right)))));
  if (!is_float(right)) return Value::not_implemented();
  Tuple* ratio = TRY(ratio_of(thread, right));
  Value product = TRY(int_multiply(thread, microseconds, ratio->at(0)));
  return from_microseconds(thread, TRY(divide_nearest(thread, product, ratio->at(1))));
}
Result<Value> delta_true_divide(Thread& thread, Value left, Value right) {
  if (!is_delta(left)) return Value::not_implemented();
  Value microseconds = TRY(to_microseconds(thread, as_delta(left)));
  if (is_delta(right))
    return binary_operation(thread, BinaryOperator::TrueDivide, microseconds,
                            TRY(to_microseconds(thread, as_delta(right))));
  if (is_integer(right))
    return from_microseconds(thread, TRY(divide_nearest(thread, microseconds, TRY(to_index(thread, right)))));
  if (!is_float(right)) return Value::not_implemented();
  Tuple* ratio = TRY(ratio_of(thread, right));
  Value product = TRY(int_multiply(thread, microseconds, ratio->at(1)));
  return from_microseconds(thread, TRY(divide_nearest(thread, product, ratio->at(0))));
}
Result<Value> delta_floor_divide(Thread& thread, Value left, Value right) {
  if (!is_delta(left)) return Value::not_implemented();
  Value microseconds = TRY(to_microseconds(thread, as_delta(left))), quotient;
  if (is_delta(right)) {
    Value divisor = TRY(to_microseconds(thread, as_delta(right)));
    TRY(int_floor_divide(thread, microseconds, divisor, &quotient, nullptr, kZeroText));
    return quotient;
  }
  if (!is_integer(right)) return Value::not_implemented();
  TRY(int_floor_divide(thread, microseconds, TRY(to_index(thread, right)), &quotient, nullptr, kZeroText));
  return from_microseconds(thread, quotient);
}
Result<Value> delta_modulo(Thread& thread, Value left, Value right) {
  if (!is_delta(left) || !is_delta(right)) return Value::not_implemented();
  Value dividend = TRY(to_microseconds(thread, as_delta(left))), remainder;
  Value divisor = TRY(to_microseconds(thread, as_delta(right)));
  TRY(int_floor_divide(thread, dividend, divisor, nullptr, &remainder, "integer modulo by zero"));
  return from_microseconds(thread, remainder);
}
Result<Value> delta_divmod(Thread& thread, Value left, Value right) {
  if (!is_delta(left) || !is_delta(right)) return Value::not_implemented();
  Value dividend = TRY(to_microseconds(thread, as_delta(left))), quotient, remainder;
  Value divisor = TRY(to_microseconds(thread, as_delta(right)));
  TRY(int_floor_divide(thread, dividend, divisor, &quotient, &remainder, kZeroText));
  return make_pair(thread, quotient, TRY(from_microseconds(thread, remainder)));
}

Result<Value> delta_compare(Thread&, Value self, Value other, Comparison op) {
  if (!is_delta(other)) return Value::not_implemented();
  return compared(as_delta(self).compare(as_delta(other)), op);
}
Result<int64_t> delta_hash(Thread& thread, Value self) {
  Delta d = as_delta(self);
  return hash(thread, to_value(Tuple::of(thread.heap(), Value::from_int(d.days), Value::from_int(d.seconds),
                                         Value::from_int(d.microseconds))));
}

Result<Value> delta_repr(Thread& thread, Value self) {
  Delta d = as_delta(self);
  StringBuilder text(thread);
  text.append(shown_name(thread, self));
  text.append("(");
  const char* separator = "";
  for (auto [name, number] :
       {std::pair{"days=", d.days}, std::pair{"seconds=", d.seconds}, std::pair{"microseconds=", d.microseconds}}) {
    if (number == 0) continue;
    text.append(separator);
    text.append(name);
    text.append_int(number);
    separator = ", ";
  }
  text.append(d.is_zero() ? "0)" : ")");
  return to_value(TRY(text.finish()));
}
Result<Value> delta_str(Thread& thread, Value self) {
  Delta d = as_delta(self);
  StringBuilder text(thread);
  if (d.days != 0) {
    text.append_int(d.days);
    text.append(d.days == 1 || d.days == -1 ? " day, " : " days, ");
  }
  text.append_int(d.seconds / 3600);
  text.append(":");
  append_padded(text, static_cast<int>(d.seconds / 60 % 60), 2);
  text.append(":");
  append_padded(text, static_cast<int>(d.seconds % 60), 2);
  if (d.microseconds != 0) {
    text.append(".");
    append_padded(text, static_cast<int>(d.microseconds), 6);
  }
  return to_value(TRY(text.finish()));
}

// --- methods and attributes

Result<Value> delta_total_seconds(Thread& thread, TimeDelta* self) { return total_seconds(thread, self->delta()); }
Result<Value> delta_reduce(Thread& thread, TimeDelta* self) {
  Tuple* state = Tuple::of(thread.heap(), Value::from_int(self->days_), Value::from_int(self->seconds_),
                           Value::from_int(self->microseconds_));
  return make_pair(thread, to_value(type_of(thread, to_value(self))), to_value(state));
}
Result<Value> delta_days(Thread&, TimeDelta* self) { return Value::from_int(self->days_); }
Result<Value> delta_seconds(Thread&, TimeDelta* self) { return Value::from_int(self->seconds_); }
Result<Value> delta_microseconds(Thread&, TimeDelta* self) { return Value::from_int(self->microseconds_); }

constexpr NativeMethod kMethods[] = {
    method<delta_total_seconds>("total_seconds($self, /)", "Total seconds in the duration."),
    method<delta_reduce>("__reduce__($self, /)", "__reduce__() -> (cls, state)"),
};
constexpr NativeAttribute kAttributes[] = {
    attribute<delta_days>("days", "Number of days."),
    attribute<delta_seconds>("seconds", "Number of seconds (>= 0 and less than 1 day)."),
    attribute<delta_microseconds>("microseconds", "Number of microseconds (>= 0 and less than 1 second)."),
};

Result<void> delta_ready(Thread& thread, Type* type) {
  set_type_entry(thread, type, "min", TRY(make_delta(thread, {-kMaximumDays, 0, 0})));
  set_type_entry(thread, type, "max", TRY(make_delta(thread, {kMaximumDays, kSecondsPerDay - 1, 999999})));
  set_type_entry(thread, type, "resolution", TRY(make_delta(thread, {0, 0, 1})));
  return {};
}

}  // namespace

Result<Value> make_delta(Thread& thread, Type* type, const Delta& delta) {
  Delta d = delta.normalized();
  if (d.days < -kMaximumDays || d.days > kMaximumDays)
    return thread.raise<OverflowError>("days={}; must have magnitude <= {}", d.days, kMaximumDays);
  auto* object = make_instance<TimeDelta>(thread, type);
  object->days_ = static_cast<int32_t>(d.days);
  object->seconds_ = static_cast<int32_t>(d.seconds);
  object->microseconds_ = static_cast<int32_t>(d.microseconds);
  return to_value(object);
}
Result<Value> make_delta(Thread& thread, const Delta& delta) {
  return make_delta(thread, thread.runtime().type(Kind::TimeDelta), delta);
}

Result<Value> total_seconds(Thread& thread, const Delta& delta) {
  if (delta.days > -100000 && delta.days < 100000) {  // exact in a double
    int64_t total = delta.days * kMicrosecondsPerDay + delta.seconds * 1000000 + delta.microseconds;
    return make_float(thread.heap(), static_cast<double>(total) / 1e6);
  }
  return binary_operation(thread, BinaryOperator::TrueDivide, TRY(to_microseconds(thread, delta)),
                          Value::from_int(1000000));
}

const TypeSpec kTimeDeltaType = {
    .name = "datetime.timedelta",
    .kind = Kind::TimeDelta,
    .flags = kTypeBase,
    .layout = [] { return layout_of<TimeDelta>("timedelta"); },
    .slots = {.repr = &delta_repr,
              .str = &delta_str,
              .hash = &delta_hash,
              .compare = &delta_compare,
              .new_ = &delta_new,
              .truth = &delta_truth,
              .negative = &delta_negative,
              .positive = &delta_positive,
              .absolute = &delta_absolute,
              .add = &delta_add,
              .subtract = &delta_subtract,
              .multiply = &delta_multiply,
              .true_divide = &delta_true_divide,
              .floor_divide = &delta_floor_divide,
              .modulo = &delta_modulo,
              .divmod = &delta_divmod},
    .methods = kMethods,
    .attributes = kAttributes,
    .doc =
        "Difference between two datetime values.\n\ntimedelta(days=0, seconds=0, microseconds=0, milliseconds=0, "
        "minutes=0, hours=0, weeks=0)",
    .ready = &delta_ready};

}  // namespace viperine::datetime
