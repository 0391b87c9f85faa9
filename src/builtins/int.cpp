// SPDX-License-Identifier: MIT
// int and bool: types, arithmetic of big numbers, text.
#include "runtime/binding.h"

namespace viperine {

namespace {

Result<Value> int_repr(Thread& thread, Value self) {
  int64_t number = 0;
  int_fits_int64(self, &number);
  return to_value(format_text(thread, "{}", number));
}
Result<Value> bool_repr(Thread& thread, Value self) { return to_value(make_str(thread, self.is_true() ? "True" : "False")); }

Layout int_layout() { return layout_of<BigInt>("int"); }

}  // namespace

extern const TypeSpec kIntType = {
    .name = "int", .kind = Kind::Int, .flags = kTypeBase, .layout = &int_layout, .slots = {.repr = &int_repr}};
extern const TypeSpec kBoolType = {.name = "bool", .kind = Kind::Bool, .base = Kind::Int, .slots = {.repr = &bool_repr}};

}  // namespace viperine
