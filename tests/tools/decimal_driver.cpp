// SPDX-License-Identifier: MIT
// Runs decimal operations on lines of text: "operation precision Emax Emin rounding clamp operand ..." in, "result
// flags" out. Operands are exact decimals (an empty one is ""), except where the operation takes text.
// decimal_compare.py feeds it.
#include <bit>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "numeric/decimal/decimal.h"

using namespace viperine;
using namespace viperine::decimal;

namespace {

using Unary = Decimal (*)(Context&, const Decimal&);
using Binary = Decimal (*)(Context&, const Decimal&, const Decimal&);
using Ternary = Decimal (*)(Context&, const Decimal&, const Decimal&, const Decimal&);

template <typename Function>
struct Entry {
  const char* name;
  Function function;
};

Decimal wrap_total(Context& context, const Decimal& a, const Decimal& b) {
  return make_integer(context.scratch, compare_total(a, b));
}
Decimal wrap_total_magnitude(Context& context, const Decimal& a, const Decimal& b) {
  return make_integer(context.scratch, compare_total_magnitude(a, b));
}
Decimal wrap_same_quantum(Context& context, const Decimal& a, const Decimal& b) {
  return make_integer(context.scratch, same_quantum(a, b));
}
Decimal wrap_rescale(Context& context, const Decimal& a, const Decimal& b) {
  limbs::Signed exponent{};
  if (b.is_special()) return quantize(context, a, b);
  if (!b.is_finite() || !is_integer(b) || !to_integer(context.scratch, b, &exponent) || exponent.magnitude.size() > 1) {
    return invalid(context);
  }
  int64_t value = exponent.magnitude.empty() ? 0 : static_cast<int64_t>(exponent.magnitude[0]);
  return rescale(context, a, exponent.negative ? -value : value);
}
Decimal wrap_divmod_rest(Context& context, const Decimal& a, const Decimal& b) {
  Decimal rest;
  divide_remainder(context, a, b, &rest);
  return rest;
}
Decimal wrap_divmod_quotient(Context& context, const Decimal& a, const Decimal& b) {
  Decimal rest;
  return divide_remainder(context, a, b, &rest);
}

const Entry<Unary> kUnary[] = {{"plus", plus},
                               {"minus", minus},
                               {"abs", absolute},
                               {"sqrt", square_root},
                               {"exp", decimal::exp},
                               {"ln", ln},
                               {"log10", decimal::log10},
                               {"logb", decimal::logb},
                               {"reduce", reduce},
                               {"next_minus", next_minus},
                               {"next_plus", next_plus},
                               {"to_integral_value", to_integral_value},
                               {"to_integral_exact", to_integral_exact},
                               {"invert", logical_invert}};
const Entry<Binary> kBinary[] = {{"add", add},
                                 {"subtract", subtract},
                                 {"multiply", multiply},
                                 {"divide", divide},
                                 {"divide_int", divide_integer},
                                 {"remainder", decimal::remainder},
                                 {"divmod_quotient", wrap_divmod_quotient},
                                 {"divmod_rest", wrap_divmod_rest},
                                 {"remainder_near", remainder_near},
                                 {"power", power},
                                 {"compare", compare},
                                 {"compare_signal", compare_signal},
                                 {"compare_total", wrap_total},
                                 {"compare_total_mag", wrap_total_magnitude},
                                 {"max", maximum},
                                 {"min", minimum},
                                 {"max_mag", maximum_magnitude},
                                 {"min_mag", minimum_magnitude},
                                 {"next_toward", next_toward},
                                 {"quantize", quantize},
                                 {"rescale", wrap_rescale},
                                 {"same_quantum", wrap_same_quantum},
                                 {"scaleb", scaleb},
                                 {"shift", shift},
                                 {"rotate", rotate},
                                 {"and", logical_and},
                                 {"or", logical_or},
                                 {"xor", logical_xor}};
const Entry<Ternary> kTernary[] = {{"fma", fused_multiply_add}, {"power_modulo", power_modulo}};

std::string show(const Decimal& a, bool engineering = false) {
  std::string out(text_size(a), '?');
  out.resize(to_text(out.data(), a, engineering, true));
  return out;
}

std::string show(Scratch& scratch, limbs::Limbs value, bool negative) {
  std::string out(limbs::text_size(value, 10), '?');
  out.resize(limbs::to_text(out.data(), value, 10, scratch.arena()));
  return negative ? "-" + out : out;
}

std::string unquoted(const std::string& text) { return text == "\"\"" ? "" : text; }

std::string run_text(Context& context, const std::string& name, const std::string& text) {
  if (name == "from_text") return show(from_text(context, text));
  if (name == "from_text_engineering") return show(from_text(context, text), true);
  if (name == "from_double") {
    return show(from_double_exact(context, std::bit_cast<double>(std::strtoull(text.c_str(), nullptr, 16))));
  }
  Decimal a = from_text_exact(context, text);
  if (name == "text") return show(a);
  if (name == "engineering") return show(a, true);
  if (name == "hash") return std::to_string(hash(a));
  if (name == "class") return number_class(context, a);
  if (name == "integer") {
    limbs::Signed value{};
    to_integer(context.scratch, a, &value);
    return show(context.scratch, value.magnitude, value.negative);
  }
  if (name == "ratio") {
    limbs::Signed numerator{};
    limbs::Limbs denominator;
    to_ratio(context.scratch, a, &numerator, &denominator);
    return show(context.scratch, numerator.magnitude, numerator.negative) + "/" +
           show(context.scratch, denominator, false);
  }
  return "";
}

std::string run_format(Context& context, const std::string& text, std::string spec_text) {
  for (char& c : spec_text) c = c == '~' ? ' ' : c;
  FormatSpec spec;
  if (!parse_format_spec(spec_text, true, &spec)) return "invalid";
  std::string out(format(context, from_text_exact(context, text), spec));
  for (char& c : out) c = c == ' ' ? '~' : c;
  return out;
}

std::string run(Context& context, const std::vector<std::string>& words) {
  const std::string& name = words[0];
  std::string first = unquoted(words[6]);
  if (name == "format") return run_format(context, first, unquoted(words[7]));
  std::string text = run_text(context, name, first);
  if (!text.empty()) return text;
  Decimal a = from_text_exact(context, first);
  context.status = 0;
  for (const auto& entry : kUnary) {
    if (name == entry.name) return show(entry.function(context, a));
  }
  Decimal b = from_text_exact(context, unquoted(words[7]));
  context.status = 0;
  for (const auto& entry : kBinary) {
    if (name == entry.name) return show(entry.function(context, a, b));
  }
  Decimal c = from_text_exact(context, unquoted(words[8]));
  context.status = 0;
  for (const auto& entry : kTernary) {
    if (name == entry.name) return show(entry.function(context, a, b, c));
  }
  return "no such operation";
}

}  // namespace

int main() {
  std::string line;
  for (int character = 0; (character = std::getchar()) != EOF;) {
    if (character != '\n') {
      line += static_cast<char>(character);
      continue;
    }
    std::vector<std::string> words{""};
    for (char c : line) {
      if (c == ' ') {
        words.emplace_back();
      } else {
        words.back() += c;
      }
    }
    line.clear();
    Scratch scratch;
    Context context(scratch);
    context.precision = std::atoll(words[1].c_str());
    context.maximum_exponent = std::atoll(words[2].c_str());
    context.minimum_exponent = std::atoll(words[3].c_str());
    context.rounding = static_cast<Rounding>(std::atoi(words[4].c_str()));
    context.clamp = words[5] == "1";
    std::string result = run(context, words);
    result += " " + std::to_string(context.status) + "\n";
    std::fwrite(result.data(), 1, result.size(), stdout);
  }
  return 0;
}
