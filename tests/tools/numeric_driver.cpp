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

#include "numeric/binary_text.h"
#include "numeric/blake2.h"
#include "numeric/complex_functions.h"
#include "numeric/digests.h"
#include "numeric/float_arithmetic.h"
#include "numeric/float_text.h"
#include "numeric/limbs.h"
#include "numeric/mersenne_twister.h"
#include "numeric/packing.h"
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

/// Adds the data in two pieces and asks twice.
template <typename Hash>
std::string run_digest(Hash hash, size_t size, const std::vector<uint8_t>& data) {
  std::vector<uint8_t> out(size), early(size);
  std::span<const uint8_t> all(data);
  hash.update(all.first(data.size() / 3));
  hash.digest(early.data());
  hash.update(all.subspan(data.size() / 3));
  hash.digest(out.data());
  return show_bytes(out);
}

std::string run_keccak(Keccak hash, size_t size, const std::vector<uint8_t>& data) {
  std::vector<uint8_t> out(size);
  std::span<const uint8_t> all(data);
  hash.update(all.first(data.size() / 3));
  hash.digest(out);
  hash.update(all.subspan(data.size() / 3));
  hash.digest(out);
  return show_bytes(out);
}

std::string digest(const Arguments& arguments) {
  std::vector<uint8_t> data = parse_bytes(arguments[2]);
  const std::string& name = arguments[1];
  if (name == "md5") return run_digest(Md5(), Md5::kDigestSize, data);
  if (name == "sha1") return run_digest(Sha1(), Sha1::kDigestSize, data);
  if (name == "sha224") return run_digest(Sha256(28), 28, data);
  if (name == "sha256") return run_digest(Sha256(32), 32, data);
  if (name == "sha384") return run_digest(Sha512(48), 48, data);
  if (name == "sha512") return run_digest(Sha512(64), 64, data);
  if (name == "sha3_224") return run_keccak(Keccak::sha3(28), 28, data);
  if (name == "sha3_256") return run_keccak(Keccak::sha3(32), 32, data);
  if (name == "sha3_384") return run_keccak(Keccak::sha3(48), 48, data);
  if (name == "sha3_512") return run_keccak(Keccak::sha3(64), 64, data);
  if (name == "shake_128") return run_keccak(Keccak::shake(128), 500, data);
  if (name == "shake_256") return run_keccak(Keccak::shake(256), 500, data);
  return "no such digest";
}

template <typename Hash>
std::string blake2(const Arguments& arguments) {
  std::vector<uint8_t> data = parse_bytes(arguments[1]), key = parse_bytes(arguments[3]),
                       salt = parse_bytes(arguments[4]), person = parse_bytes(arguments[5]);
  Blake2Parameters parameters{word(arguments[2]), key, salt, person};
  parameters.fanout = static_cast<uint8_t>(word(arguments[6]));
  parameters.depth = static_cast<uint8_t>(word(arguments[7]));
  parameters.leaf_size = static_cast<uint32_t>(word(arguments[8]));
  parameters.node_offset = word(arguments[9]);
  parameters.node_depth = static_cast<uint8_t>(word(arguments[10]));
  parameters.inner_size = static_cast<uint8_t>(word(arguments[11]));
  parameters.last_node = arguments[12] == "1";
  return run_digest(Hash(parameters), parameters.digest_size, data);
}

std::string twister(const Arguments& arguments) {
  MersenneTwister generator;
  generator.seed(parse(arguments[1]).magnitude());
  std::string text;
  Buffer bits(32);
  for (int i = 0; i < 700; ++i) generator.next();
  for (int i = 0; i < 5; ++i) text += show(generator.next_double()) + " ";
  for (uint64_t count : {0, 1, 31, 32, 33, 63, 64, 65, 96, 1000})
    text += show(bits, generator.next_bits(bits.data(), count)) + " ";
  for (uint64_t limit : {1, 2, 10, 1000000}) text += std::to_string(generator.next_below(limit)) + " ";
  return text;
}

template <typename Result>
std::string show_result(const Result& result, std::vector<uint8_t> out) {
  if (result.error != nullptr) {
    std::string text = result.error;
    for (char& c : text) c = c == ' ' ? '_' : c;
    return text;
  }
  out.resize(result.size);
  return show_bytes(out);
}

std::string binary_text(const Arguments& arguments) {
  const std::string& name = arguments[1];
  std::vector<uint8_t> data = parse_bytes(arguments[2]);
  uint64_t flags = arguments.size() > 3 ? word(arguments[3]) : 0;
  std::vector<uint8_t> out(data.size() * 6 + 100);
  char* text = reinterpret_cast<char*>(out.data());
  if (name == "base64_encode") out.resize(base64_encode(text, data, flags & 1));
  if (name == "base64_decode") {
    Base64Result result = base64_decode(out.data(), data, flags & 1);
    std::string shown = show_result(result, out);
    if (result.lone_character != 0) shown.replace(shown.find("%zd"), 3, std::to_string(result.lone_character));
    return shown;
  }
  if (name == "hex_encode") {
    int64_t group = std::atoi(arguments[3].c_str());
    size_t size = hex_encode(text, data, ':', group);
    if (size != hex_encoded_size(data.size(), group)) return "wrong size";
    out.resize(size);
  }
  if (name == "hex_decode") return show_result(hex_decode(out.data(), data), out);
  if (name == "uu_encode") return show_result(uu_encode(text, data, flags & 1), out);
  if (name == "uu_decode") return show_result(uu_decode(out.data(), data), out);
  if (name == "qp_encode") {
    QuotedPrintableOptions options{(flags & 1) != 0, (flags & 2) != 0, (flags & 4) != 0};
    size_t size = quoted_printable_encode(nullptr, data, options);
    if (size != quoted_printable_encode(text, data, options)) return "wrong size";
    out.resize(size);
  }
  if (name == "qp_decode") out.resize(quoted_printable_decode(out.data(), data, flags & 1));
  if (name == "crc_hqx") return std::to_string(crc_hqx(data, static_cast<uint16_t>(flags)));
  return show_bytes(out);
}

std::string underscored(std::string text) {
  for (char& c : text) c = c == ' ' ? '_' : c;
  return text;
}

std::string show_status(MathStatus status, const std::string& text) {
  return status == MathStatus::Ok ? text : status == MathStatus::Domain ? "domain" : "range";
}

std::string fsum(const Arguments& arguments) {
  ExactSum sum;
  for (size_t i = 1; i < arguments.size(); ++i) {
    if (!sum.add(real(arguments[i]))) return "intermediate";
  }
  double value = 0;
  return sum.result(&value) ? show(value) : "infinities";
}

std::string norm(const Arguments& arguments) {
  std::vector<double> values;
  for (size_t i = 1; i < arguments.size(); ++i) values.push_back(real(arguments[i]));
  return show(vector_norm(values));
}

template <double function(double, MathStatus*)>
std::string math_function(const Arguments& arguments) {
  MathStatus status;
  double value = function(real(arguments[1]), &status);
  return show_status(status, show(value));
}

std::string ulp(const Arguments& arguments) { return show(unit_in_last_place(real(arguments[1]))); }

std::string combinatorics(const Arguments& arguments) {
  Number n = parse(arguments[1]);
  uint64_t k = word(arguments[2]);
  Buffer first(combinations_size(n.magnitude(), k)), second(permutations_size(n.magnitude(), k)),
      third(factorial_size(k));
  return show(first, combinations(first.data(), n.magnitude(), k)) + " " +
         show(second, permutations(second.data(), n.magnitude(), k)) + " " + show(third, factorial(third.data(), k));
}

std::string show(ComplexNumber value) { return show(value.real) + " " + show(value.imaginary); }

std::string complex_function(const Arguments& arguments) {
  struct Entry {
    const char* name;
    ComplexNumber (*function)(ComplexNumber, MathStatus*);
  };
  const Entry entries[] = {
      {"acos", complex_acos}, {"acosh", complex_acosh}, {"asin", complex_asin},   {"asinh", complex_asinh},
      {"atan", complex_atan}, {"atanh", complex_atanh}, {"cos", complex_cos},     {"cosh", complex_cosh},
      {"exp", complex_exp},   {"log", complex_log},     {"log10", complex_log10}, {"sin", complex_sin},
      {"sinh", complex_sinh}, {"sqrt", complex_sqrt},   {"tan", complex_tan},     {"tanh", complex_tanh}};
  ComplexNumber z{real(arguments[2]), real(arguments[3])};
  MathStatus status;
  if (arguments[1] == "rect") {
    ComplexNumber value = complex_rect(z.real, z.imaginary, &status);
    return show_status(status, show(value));
  }
  if (arguments[1] == "abs") {
    double value = complex_absolute(z, &status);
    return show_status(status, show(value));
  }
  for (const Entry& entry : entries) {
    if (arguments[1] != entry.name) continue;
    ComplexNumber value = entry.function(z, &status);
    return show_status(status, show(value));
  }
  ComplexNumber other{real(arguments[4]), real(arguments[5])};
  if (arguments[1] == "mul") return show(complex_multiply(z, other));
  ComplexNumber value = arguments[1] == "div" ? complex_divide(z, other, &status) : complex_power(z, other, &status);
  return show_status(status, show(value));
}

std::string pack_format(const Arguments& arguments) {
  std::string text = parse_text(arguments[1]);
  std::vector<PackItem> items(text.size() + 1);
  PackFormat format = parse_pack_format(text, items.data());
  if (format.error != nullptr) return underscored(format.error);
  return std::to_string(format.size) + " " + std::to_string(format.value_count);
}

std::string pack(const Arguments& arguments) {
  std::vector<PackItem> items(arguments[1].size());
  PackFormat format = parse_pack_format(arguments[1], items.data());
  std::vector<uint8_t> out(static_cast<size_t>(format.size));
  char message[kPackMessageSize];
  const char* error = nullptr;
  char code = items[0].code;
  std::string read;
  if (is_integer_code(code)) {
    error = pack_integer(out.data(), code, format, parse(arguments[2]).view(), message);
    read = std::to_string(
        static_cast<int64_t>(unpack_integer(out.data(), out.size(), is_signed_code(code), format.little_endian)));
  } else {
    error = pack_float(out.data(), code, format, real(arguments[2]));
    read = show(unpack_float(out.data(), out.size(), format.little_endian));
  }
  return error != nullptr ? underscored(error) : show_bytes(out) + " " + read;
}

const Operation kOperations[] = {
    {"fsum", fsum},
    {"norm", norm},
    {"gamma", math_function<gamma_function>},
    {"lgamma", math_function<log_gamma_function>},
    {"ulp", ulp},
    {"combinatorics", combinatorics},
    {"complex", complex_function},
    {"pack_format", pack_format},
    {"pack", pack},
    {"digest", digest},
    {"blake2b", blake2<Blake2b>},
    {"blake2s", blake2<Blake2s>},
    {"twister", twister},
    {"binary_text", binary_text},
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
