// SPDX-License-Identifier: MIT
// cell: a variable shared by a function and those nested in it.
#include "builtins/builtin_types.h"
#include "builtins/common.h"
#include "runtime/comparison.h"
#include "runtime/operators.h"

namespace viperine {

namespace {

Result<Value> cell_new(Thread& thread, Type*, const Arguments& arguments) {
  TRY(refuse_keywords(thread, "cell", arguments));
  if (arguments.count > 1) return thread.raise<TypeError>("cell expected at most 1 argument, got {}", arguments.count);
  return to_value(Cell::make(thread.heap(), arguments.count == 1 ? arguments[0] : Value::unbound()));
}

Result<Value> cell_repr(Thread& thread, Value self) {
  Value value = cast<Cell>(self)->value_.get();
  if (value.is_unbound()) return to_value(format_text(thread, "<cell at {}: empty>", address_text(thread, self)));
  return to_value(format_text(thread, "<cell at {}: {} object at {}>", address_text(thread, self), type_name_of(value),
                              address_text(thread, value)));
}

Result<Value> cell_compare(Thread& thread, Value self, Value other, Comparison op) {
  if (!is<Cell>(other)) return Value::not_implemented();
  Value a = cast<Cell>(self)->value_.get(), b = cast<Cell>(other)->value_.get();
  if (!a.is_unbound() && !b.is_unbound()) return compare(thread, a, b, op);
  // An empty cell comes before a filled one.
  int left = a.is_unbound() ? 0 : 1, right = b.is_unbound() ? 0 : 1;
  return Value::from_bool(holds(left, right, op));
}

Result<Value> cell_contents(Thread& thread, Cell* self) {
  if (self->value_.get().is_unbound()) return thread.raise<ValueError>("Cell is empty");
  return self->value_.get();
}
Result<void> set_cell_contents(Thread&, Cell* self, Value value) {
  self->value_.set(self, value.is_absent() ? Value::unbound() : value);
  return {};
}

const NativeAttribute kAttributes[] = {attribute<cell_contents, set_cell_contents>("cell_contents")};

}  // namespace

const TypeSpec kCellType = {
    .name = "cell",
    .kind = Kind::Cell,
    .layout = [] { return layout_of<Cell>("cell"); },
    .slots = {.repr = &cell_repr, .compare = &cell_compare, .new_ = &cell_new},
    .attributes = kAttributes,
    .doc = "Create a new cell object.",
    .text_signature = "([contents])",
};

}  // namespace viperine
