// SPDX-License-Identifier: MIT
// Runs operations of src/numeric on lines of text: "operation argument ..." in, one line out.
// Integers are hexadecimal with a sign, doubles are their 16 hexadecimal digits of bits, byte strings are x +
// hexadecimal.
#include <bit>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

#include "numeric/float_arithmetic.h"
#include "numeric/float_text.h"
#include "numeric/limbs.h"
#include "numeric/siphash.h"

using namespace viperine;
using limbs::Limb;
using limbs::Signed;
using limbs::SignedSize;

namespace {

using Arguments = std::vector<std::string>;
using Buffer = std::vector<Limb>;

struct Number {
  Buffer data;
  bool negative = false;
  Signed view() const { return {{data.data(), data.size()}, negative}; }
  limbs::Limbs magnitude() const { return {data.data(), data.size()}; }
};

Number parse(const std::string& text) {
  Number number;
  size_t end = text.size(), start = text[0] == '-' ? 1 : 0;
  while (end > start) {
    size_t begin = end - start > 16 ? end - 16 : start;
    number.data.push_back(std::strtoull(text.substr(begin, end - begin).c_str(), nullptr, 16));
    end = begin;
  }
  while (!number.data.empty() && number.data.back() == 0) number.data.pop_back();
  number.negative = start == 1;
  return number;
}

uint64_t word(const std::string& text) { return std::strtoull(text.c_str(), nullptr, 16); }
double real(const std::string& text) { return std::bit_cast<double>(word(text)); }

std::string show(const Limb* data, size_t size, bool negative) {
  if (size != 0 && data[size - 1] == 0) return "not normalised";
  if (size == 0) return negative ? "negative zero" : "0";
  char buffer[24];
  std::snprintf(buffer, sizeof buffer, "%llx", static_cast<unsigned long long>(data[size - 1]));
  std::string result = negative ? "-" : "";
  result += buffer;
  for (size_t i = size - 1; i-- > 0;) {
    std::snprintf(buffer, sizeof buffer, "%016llx", static_cast<unsigned long long>(data[i]));
    result += buffer;
  }
  return result;
}

std::string show(const Buffer& data, SignedSize size) { return show(data.data(), size.size, size.negative); }
std::string show(const Buffer& data, size_t size) { return show(data.data(), size, false); }
std::string show(double value) {
  char buffer[24];
  std::snprintf(buffer, sizeof buffer, "%016llx", static_cast<unsigned long long>(std::bit_cast<uint64_t>(value)));
  return buffer;
}
std::string show_bytes(const std::vector<uint8_t>& bytes) {
  std::string result = "x";
  char buffer[4];
  for (uint8_t byte : bytes) {
    std::snprintf(buffer, sizeof buffer, "%02x", byte);
    result += buffer;
  }
  return result;
}

std::vector<uint8_t> parse_bytes(const std::string& text) {
  std::vector<uint8_t> bytes;
  for (size_t i = 1; i + 1 < text.size(); i += 2) {
    bytes.push_back(static_cast<uint8_t>(std::strtoul(text.substr(i, 2).c_str(), nullptr, 16)));
  }
  return bytes;
}

struct Operation {
  const char* name;
  std::string (*run)(const Arguments& arguments);
};

template <SignedSize function(Limb*, Signed, Signed)>
std::string binary(const Arguments& arguments) {
  Number a = parse(arguments[1]), b = parse(arguments[2]);
  Buffer out(std::max(a.data.size(), b.data.size()) + 1);
  return show(out, function(out.data(), a.view(), b.view()));
}

std::string multiply(const Arguments& arguments) {
  Number a = parse(arguments[1]), b = parse(arguments[2]);
  Buffer out(a.data.size() + b.data.size());
  return show(out, limbs::multiply(out.data(), a.magnitude(), b.magnitude()));
}

std::string divmod(const Arguments& arguments) {
  Number a = parse(arguments[1]), b = parse(arguments[2]);
  size_t extra = a.data.size() > b.data.size() ? a.data.size() - b.data.size() : 0;
  Buffer quotient(extra + 2), remainder(b.data.size() + 1);
  auto sizes = limbs::floor_divide(quotient.data(), remainder.data(), a.view(), b.view());
  return show(quotient, sizes.quotient) + " " + show(remainder, sizes.remainder);
}

std::string shift_left(const Arguments& arguments) {
  Number a = parse(arguments[1]);
  Buffer out(a.data.size() + word(arguments[2]) / 64 + 1);
  return show(out, limbs::shift_left(out.data(), a.magnitude(), word(arguments[2])));
}

std::string shift_right(const Arguments& arguments) {
  Number a = parse(arguments[1]);
  Buffer out(a.data.size() + 1);
  return show(out, limbs::shift_right_signed(out.data(), a.view(), word(arguments[2])));
}

std::string invert(const Arguments& arguments) {
  Number a = parse(arguments[1]);
  Buffer out(a.data.size() + 1);
  return show(out, limbs::bit_invert(out.data(), a.view()));
}

std::string bits(const Arguments& arguments) {
  Number a = parse(arguments[1]);
  char buffer[80];
  std::snprintf(buffer, sizeof buffer, "%llu %llu %lld",
                static_cast<unsigned long long>(limbs::bit_length(a.magnitude())),
                static_cast<unsigned long long>(limbs::bit_count(a.magnitude())),
                static_cast<long long>(limbs::hash_signed(a.view())));
  return buffer;
}

std::string power(const Arguments& arguments) {
  Number a = parse(arguments[1]);
  Arena scratch;
  Buffer out(limbs::power_size(a.magnitude(), word(arguments[2])) + 1);
  return show(out, limbs::power(out.data(), a.magnitude(), word(arguments[2]), scratch));
}

std::string power_modulo(const Arguments& arguments) {
  Number a = parse(arguments[1]), b = parse(arguments[2]), modulus = parse(arguments[3]);
  Buffer out(modulus.data.size());
  return show(out, limbs::power_modulo(out.data(), a.magnitude(), b.magnitude(), modulus.magnitude()));
}

std::string invert_modulo(const Arguments& arguments) {
  Number a = parse(arguments[1]), modulus = parse(arguments[2]);
  Buffer out(modulus.data.size());
  size_t size = 0;
  if (!limbs::invert_modulo(out.data(), &size, a.magnitude(), modulus.magnitude())) return "none";
  return show(out, size);
}

std::string gcd(const Arguments& arguments) {
  Number a = parse(arguments[1]), b = parse(arguments[2]);
  Buffer out(std::max(a.data.size(), b.data.size()));
  return show(out, limbs::gcd(out.data(), a.magnitude(), b.magnitude()));
}

std::string square_root(const Arguments& arguments) {
  Number a = parse(arguments[1]);
  Buffer out((a.data.size() + 1) / 2);
  bool exact = false;
  size_t size = limbs::square_root(out.data(), a.magnitude(), &exact);
  return show(out, size) + (exact ? " exact" : " inexact");
}

std::string to_text(const Arguments& arguments) {
  Number a = parse(arguments[1]);
  int base = static_cast<int>(word(arguments[2]));
  Arena scratch;
  std::string out(limbs::text_size(a.magnitude(), base), '?');
  out.resize(limbs::to_text(out.data(), a.magnitude(), base, scratch));
  return out;
}

std::string from_text(const Arguments& arguments) {
  int base = static_cast<int>(word(arguments[2]));
  Arena scratch;
  Buffer out(limbs::from_text_size(arguments[1].size(), base));
  return show(out, limbs::from_text(out.data(), arguments[1], base, scratch));
}

limbs::Endian endian_of(const std::string& text) {
  return text == "little" ? limbs::Endian::Little : limbs::Endian::Big;
}

std::string to_bytes(const Arguments& arguments) {
  Number a = parse(arguments[1]);
  std::vector<uint8_t> out(word(arguments[2]));
  switch (limbs::to_bytes(out, a.view(), endian_of(arguments[3]), arguments[4] == "signed")) {
    case limbs::BytesStatus::Ok:
      return show_bytes(out);
    case limbs::BytesStatus::TooBig:
      return "int too big to convert";
    case limbs::BytesStatus::NegativeToUnsigned:
      return "can't convert negative int to unsigned";
  }
  return "";
}

std::string from_bytes(const Arguments& arguments) {
  std::vector<uint8_t> bytes = parse_bytes(arguments[1]);
  Buffer out(bytes.size() / 8 + 1);
  return show(out, limbs::from_bytes(out.data(), bytes, endian_of(arguments[2]), arguments[3] == "signed"));
}

std::string to_double(const Arguments& arguments) {
  Number a = parse(arguments[1]);
  bool overflow = false;
  double value = limbs::to_double(a.magnitude(), &overflow);
  int64_t exponent = 0;
  double fraction = limbs::to_double_scaled(a.magnitude(), &exponent);
  return (overflow ? "overflow" : show(value)) + " " + show(fraction) + " " + std::to_string(exponent);
}

std::string from_double(const Arguments& arguments) {
  Buffer out(limbs::kDoubleLimbs);
  return show(out, limbs::from_double(out.data(), real(arguments[1])));
}

std::string true_divide(const Arguments& arguments) {
  Number a = parse(arguments[1]), b = parse(arguments[2]);
  Arena scratch;
  limbs::DoubleStatus status;
  double value = limbs::true_divide(a.view(), b.view(), &status, scratch);
  return status == limbs::DoubleStatus::Ok         ? show(value)
         : status == limbs::DoubleStatus::Overflow ? "overflow"
                                                   : "zero";
}

std::string compare_double(const Arguments& arguments) {
  Number a = parse(arguments[1]);
  return std::to_string(limbs::compare_double(a.view(), real(arguments[2])));
}

std::string compare(const Arguments& arguments) {
  Number a = parse(arguments[1]), b = parse(arguments[2]);
  return std::to_string(limbs::compare_signed(a.view(), b.view()));
}

// Texts with spaces and control characters travel as byte strings.
std::string parse_text(const std::string& text) {
  std::vector<uint8_t> bytes = parse_bytes(text);
  return std::string(bytes.begin(), bytes.end());
}

std::string float_format(const Arguments& arguments) {
  Arena arena;
  return std::string(float_to_text(arena, real(arguments[1]), arguments[2][0], std::atoi(arguments[3].c_str()),
                                   static_cast<unsigned>(word(arguments[4]))));
}

std::string float_repr(const Arguments& arguments) {
  char out[kFloatReprSize];
  return std::string(out, viperine::float_repr(out, real(arguments[1])));
}

std::string complex_repr(const Arguments& arguments) {
  char out[kComplexReprSize];
  return std::string(out, viperine::complex_repr(out, real(arguments[1]), real(arguments[2])));
}

std::string float_parse(const Arguments& arguments) {
  double value = 0;
  return float_from_text(parse_text(arguments[1]), &value) ? show(value) : "invalid";
}

std::string complex_parse(const Arguments& arguments) {
  double first = 0, second = 0;
  return complex_from_text(parse_text(arguments[1]), &first, &second) ? show(first) + " " + show(second) : "invalid";
}

std::string float_hex(const Arguments& arguments) {
  char out[kFloatHexSize];
  return std::string(out, float_to_hex(out, real(arguments[1])));
}

std::string float_fromhex(const Arguments& arguments) {
  double value = 0;
  switch (float_from_hex(parse_text(arguments[1]), &value)) {
    case FloatHexStatus::Ok:
      return show(value);
    case FloatHexStatus::Invalid:
      return "invalid";
    case FloatHexStatus::Overflow:
      return "overflow";
  }
  return "";
}

std::string float_round(const Arguments& arguments) {
  double value = 0;
  if (!viperine::float_round(real(arguments[1]), std::atoi(arguments[2].c_str()), &value)) return "overflow";
  return show(value);
}

std::string float_operators(const Arguments& arguments) {
  double a = real(arguments[1]), b = real(arguments[2]), result = 0;
  std::string text;
  if (b != 0) {
    FloatDivision division = float_divmod(a, b);
    text = show(division.quotient) + " " + show(division.remainder) + " " + show(float_modulo(a, b)) + " ";
  }
  switch (float_power(a, b, &result)) {
    case FloatPowerStatus::Ok:
      return text + show(result);
    case FloatPowerStatus::ZeroDivision:
      return text + "zero";
    case FloatPowerStatus::NegativeBase:
      return text + "complex";
    case FloatPowerStatus::Overflow:
      return text + "overflow";
  }
  return "";
}

std::string float_unary(const Arguments& arguments) {
  double a = real(arguments[1]);
  FloatRatio ratio = float_ratio(a);
  return std::to_string(float_hash(a)) + " " + show(&ratio.mantissa, ratio.mantissa != 0, ratio.negative && a != 0) +
         " " + std::to_string(ratio.exponent) + " " + show(float_round_half_even(a));
}

std::string hash_bytes(const Arguments& arguments) {
  std::vector<uint8_t> data = parse_bytes(arguments[2]);
  HashKey key = hash_key_from_seed(static_cast<uint32_t>(word(arguments[1])));
  return std::to_string(viperine::hash_bytes(key, data.data(), data.size()));
}

template <typename Hash>
std::string hash_items(const Arguments& arguments) {
  Hash hash;
  for (size_t i = 1; i < arguments.size(); ++i) hash.add(std::atoll(arguments[i].c_str()));
  return std::to_string(hash.finish(arguments.size() - 1));
}

const Operation kOperations[] = {
    {"hash_bytes", hash_bytes},
    {"hash_tuple", hash_items<TupleHash>},
    {"hash_frozenset", hash_items<FrozenSetHash>},
    {"float_format", float_format},
    {"float_repr", float_repr},
    {"complex_repr", complex_repr},
    {"float_parse", float_parse},
    {"complex_parse", complex_parse},
    {"float_hex", float_hex},
    {"float_fromhex", float_fromhex},
    {"float_round", float_round},
    {"float_operators", float_operators},
    {"float_unary", float_unary},
    {"add", binary<limbs::add_signed>},
    {"sub", binary<limbs::subtract_signed>},
    {"and", binary<limbs::bit_and>},
    {"or", binary<limbs::bit_or>},
    {"xor", binary<limbs::bit_xor>},
    {"compare", compare},
    {"mul", multiply},
    {"divmod", divmod},
    {"shift_left", shift_left},
    {"shift_right", shift_right},
    {"invert", invert},
    {"bits", bits},
    {"pow", power},
    {"powmod", power_modulo},
    {"invmod", invert_modulo},
    {"gcd", gcd},
    {"isqrt", square_root},
    {"to_text", to_text},
    {"from_text", from_text},
    {"to_bytes", to_bytes},
    {"from_bytes", from_bytes},
    {"to_double", to_double},
    {"from_double", from_double},
    {"true_divide", true_divide},
    {"compare_double", compare_double},
};

}  // namespace

int main() {
  std::string line;
  for (int character = 0; (character = std::getchar()) != EOF;) {
    if (character != '\n') {
      line += static_cast<char>(character);
      continue;
    }
    Arguments arguments{""};
    for (char c : line) {
      if (c == ' ') {
        arguments.emplace_back();
      } else {
        arguments.back() += c;
      }
    }
    line.clear();
    std::string result = "no such operation";
    for (const Operation& operation : kOperations) {
      if (arguments[0] == operation.name) result = operation.run(arguments);
    }
    result += '\n';
    std::fwrite(result.data(), 1, result.size(), stdout);
  }
  return 0;
}
