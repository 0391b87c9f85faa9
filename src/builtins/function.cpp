// SPDX-License-Identifier: MIT
// function: attributes of Python functions and types.FunctionType(...). Calling is the interpreter's business.
#include "builtins/builtin_types.h"
#include "builtins/common.h"
#include "runtime/function_parts.h"
#include "runtime/interpreter_data.h"
#include "runtime/materialize.h"

namespace viperine {

namespace {

Result<Value> function_repr(Thread& thread, Value self) {
  Value name = function_qualified_name(cast<Function>(self));
  return to_value(format_text(thread, "<function {} at {}>", name, address_text(thread, self)));
}

Result<Value> function_call(Thread& thread, Value self, const Arguments& arguments) {
  return thread.runtime().tables().call_function(thread, cast<Function>(self), arguments);
}

Result<Value> function_get(Thread& thread, Value self, Value object, Value) {
  if (object.is_absent() || object.is_none()) {
    // None as an object means the class, unless the class is NoneType itself.
    if (object.is_absent()) return self;
  }
  return to_value(BoundMethod::make(thread.heap(), self, object));
}

// --- attributes

template <typename T>
Value none_or(T* object) {
  return object == nullptr ? Value::none() : to_value(object);
}

Value function_code(Thread&, Function* self) { return to_value(self->code()); }
Result<void> set_function_code(Thread& thread, Function* self, Value value) {
  if (value.is_absent() || !is<Code>(value)) return thread.raise<TypeError>("__code__ must be set to a code object");
  auto count = [](Tuple* tuple) { return tuple == nullptr ? int64_t{0} : tuple->length(); };
  int64_t wanted = count(cast<Code>(value)->free_names_.get()), given = count(self->closure_.get());
  if (wanted != given)
    return thread.raise<ValueError>("{}() requires a code object with {} free vars, not {}", function_name(self), given,
                                    wanted);
  // What was the old code's by default stays the function's own.
  self->name_.set(self, function_name(self));
  self->qualified_name_.set(self, function_qualified_name(self));
  set_function_part(thread, self, FunctionMore::Doc, function_doc(thread, self));
  self->code_.set(self, cast<Code>(value));
  self->feedback_.set(self, nullptr);
  self->call_count_ = 0;
  return {};
}

Value function_defaults(Thread&, Function* self) { return none_or(self->defaults_.get()); }
Result<void> set_function_defaults(Thread& thread, Function* self, Value value) {
  if (value.is_absent() || value.is_none()) {
    self->defaults_.set(self, nullptr);
    return {};
  }
  if (!is<Tuple>(value)) return thread.raise<TypeError>("__defaults__ must be set to a tuple object");
  self->defaults_.set(self, cast<Tuple>(value));
  return {};
}

Value function_keyword_defaults(Thread&, Function* self) { return none_or(self->keyword_defaults_.get()); }
Result<void> set_function_keyword_defaults(Thread& thread, Function* self, Value value) {
  if (value.is_absent() || value.is_none()) {
    self->keyword_defaults_.set(self, nullptr);
    return {};
  }
  if (!is<Dict>(value)) return thread.raise<TypeError>("__kwdefaults__ must be set to a dict object");
  self->keyword_defaults_.set(self, cast<Dict>(value));
  return {};
}

Result<Value> function_annotations(Thread& thread, Function* self) {
  Value annotations = self->annotations_.get();
  if (is<Dict>(annotations)) return annotations;
  Dict* dict = TRY(make_dict(thread, 0));
  if (is<Tuple>(annotations)) {
    auto* packed = cast<Tuple>(annotations);
    for (int64_t i = 0; i + 1 < packed->length(); i += 2)
      TRY(dict_set_name(thread, dict, as_str(thread, packed->at(i)), packed->at(i + 1)));
  }
  self->annotations_.set(self, to_value(dict));
  return to_value(dict);
}
Result<void> set_function_annotations(Thread& thread, Function* self, Value value) {
  if (value.is_absent() || value.is_none()) {
    self->annotations_.set(self, Value());
    return {};
  }
  if (!is<Dict>(value)) return thread.raise<TypeError>("__annotations__ must be set to a dict object");
  self->annotations_.set(self, value);
  return {};
}

Value function_name_attribute(Thread&, Function* self) { return function_name(self); }
Result<void> set_function_name(Thread& thread, Function* self, Value value) {
  if (value.is_absent() || !is_str(value)) return thread.raise<TypeError>("__name__ must be set to a string object");
  self->name_.set(self, to_value(as_str(thread, value)));
  return {};
}
Value function_qualname_attribute(Thread&, Function* self) { return function_qualified_name(self); }
Result<void> set_function_qualname(Thread& thread, Function* self, Value value) {
  if (value.is_absent() || !is_str(value))
    return thread.raise<TypeError>("__qualname__ must be set to a string object");
  self->qualified_name_.set(self, to_value(as_str(thread, value)));
  return {};
}

Value function_doc_attribute(Thread& thread, Function* self) { return function_doc(thread, self); }
Result<void> set_function_doc(Thread& thread, Function* self, Value value) {
  set_function_part(thread, self, FunctionMore::Doc, value.is_absent() ? Value::none() : value);
  return {};
}
Value function_module_attribute(Thread& thread, Function* self) { return function_module(thread, self); }
Result<void> set_function_module(Thread& thread, Function* self, Value value) {
  set_function_part(thread, self, FunctionMore::Module, value.is_absent() ? Value::none() : value);
  return {};
}
Value function_dict_attribute(Thread& thread, Function* self) { return to_value(function_dict(thread, self, true)); }
Result<void> set_function_dict_attribute(Thread& thread, Function* self, Value value) {
  if (value.is_absent()) return thread.raise<TypeError>("cannot delete __dict__");
  if (!is<Dict>(value))
    return thread.raise<TypeError>("__dict__ must be set to a dictionary, not a '{}'", type_name_of(value));
  set_function_dict(thread, self, cast<Dict>(value));
  return {};
}
Value function_closure(Thread&, Function* self) { return none_or(self->closure_.get()); }
Value function_globals(Thread&, Function* self) { return to_value(self->globals()); }
Value function_builtins(Thread&, Function* self) { return none_or(self->builtins_.get()); }

// --- FunctionType(code, globals, name=None, argdefs=None, closure=None)

Result<void> check_closure(Thread& thread, Code* code, Value closure) {
  int64_t wanted = code->free_names_.is_null() ? 0 : code->free_names_->length();
  if (!is<Tuple>(closure)) {
    if (wanted > 0 && closure.is_none()) return thread.raise<TypeError>("arg 5 (closure) must be tuple");
    if (!closure.is_none()) return thread.raise<TypeError>("arg 5 (closure) must be None or tuple");
  }
  int64_t given = closure.is_none() ? 0 : cast<Tuple>(closure)->length();
  if (wanted != given)
    return thread.raise<ValueError>("{} requires closure of length {}, not {}", code->name_.get(), wanted, given);
  for (int64_t i = 0; i < given; ++i)
    if (!is<Cell>(cast<Tuple>(closure)->at(i)))
      return thread.raise<TypeError>("arg 5 (closure) expected cell, found {}",
                                     type_name_of(cast<Tuple>(closure)->at(i)));
  return {};
}

Result<Value> make_function(Thread& thread, Code* code, Dict* globals, Value name, Value defaults, Value closure) {
  if (!name.is_none() && !is_str(name)) return thread.raise<TypeError>("arg 3 (name) must be None or string");
  if (!defaults.is_none() && !is<Tuple>(defaults))
    return thread.raise<TypeError>("arg 4 (defaults) must be None or tuple");
  TRY(check_closure(thread, code, closure));
  Function* function = TRY(make_plain_function(thread, code, globals));
  // Globals without __builtins__ mean those of the caller.
  if (thread.frame() != nullptr && !globals->get_str(thread.names().__builtins__))
    function->builtins_.set(function, function_of(thread.frame())->builtins_.get());
  if (!name.is_none()) function->name_.set(function, to_value(as_str(thread, name)));
  if (!defaults.is_none()) function->defaults_.set(function, cast<Tuple>(defaults));
  if (!closure.is_none()) function->closure_.set(function, cast<Tuple>(closure));
  return to_value(function);
}

constexpr NativeMethod kMake =
    function<make_function>("function(code, globals, name=None, argdefs=None, closure=None)");

Result<Value> function_new(Thread& thread, Type*, const Arguments& arguments) {
  return kMake.entry(thread, kMake, arguments);
}

const NativeAttribute kAttributes[] = {
    attribute<function_code, set_function_code>("__code__"),
    attribute<function_defaults, set_function_defaults>("__defaults__"),
    attribute<function_keyword_defaults, set_function_keyword_defaults>("__kwdefaults__"),
    attribute<function_annotations, set_function_annotations>("__annotations__"),
    attribute<function_name_attribute, set_function_name>("__name__"),
    attribute<function_qualname_attribute, set_function_qualname>("__qualname__"),
    attribute<function_doc_attribute, set_function_doc>("=__doc__"),
    attribute<function_module_attribute, set_function_module>("=__module__"),
    attribute<function_dict_attribute, set_function_dict_attribute>("__dict__"),
    attribute<function_closure>("=__closure__"),
    attribute<function_globals>("=__globals__"),
    attribute<function_builtins>("=__builtins__"),
};

}  // namespace

const TypeSpec kFunctionType = {
    .name = "function",
    .kind = Kind::Function,
    .flags = kTypeHasDict | kTypeHasWeakrefs,
    .layout = [] { return layout_of<Function>("function"); },
    .slots = {.repr = &function_repr, .call = &function_call, .new_ = &function_new, .descriptor_get = &function_get},
    .attributes = kAttributes,
    .doc = "Create a function object from a code object and its globals.",
    .text_signature = "(code, globals, name=None, argdefs=None, closure=None)",
};

}  // namespace viperine
