// SPDX-License-Identifier: MIT
// See function_parts.h. The Python-visible attributes are in builtins/function.cpp.
#include "runtime/function_parts.h"

#include "runtime/strings.h"

namespace viperine {

Value function_part(Function* function, FunctionMore part) {
  if (!function->more_.get().is_pointer()) return Value::unbound();
  return static_cast<Array*>(function->more_.get().as_object())->at(static_cast<int64_t>(part));
}

void set_function_part(Thread& thread, Function* function, FunctionMore part, Value value) {
  if (!function->more_.get().is_pointer()) {
    constexpr int64_t kCount = static_cast<int64_t>(FunctionMore::kCount);
    Array* more = Array::try_make(thread.heap(), kCount);
    CHECK(more != nullptr);
    for (int64_t i = 0; i < kCount; ++i) more->items()[i] = Value::unbound();
    function->more_.set(function, to_value(more));
  }
  static_cast<Array*>(function->more_.get().as_object())->set(static_cast<int64_t>(part), value);
}

Dict* function_dict(Thread& thread, Function* function, bool make) {
  Value dict = function_part(function, FunctionMore::Dict);
  if (dict.is_pointer()) return static_cast<Dict*>(dict.as_object());
  if (!make) return nullptr;
  Dict* fresh = Dict::make(thread.heap());
  set_function_part(thread, function, FunctionMore::Dict, to_value(fresh));
  return fresh;
}

void set_function_dict(Thread& thread, Function* function, Dict* dict) {
  set_function_part(thread, function, FunctionMore::Dict, to_value(dict));
}

Value function_name(Function* function) {
  Value name = function->name_.get();
  return name.is_pointer() ? name : to_value(function->code()->name_.get());
}

Value function_qualified_name(Function* function) {
  Value name = function->qualified_name_.get();
  return name.is_pointer() ? name : to_value(function->code()->qualified_name_.get());
}

void note_doc(Code* code) { code->has_doc_ = code->constant_count_ > 0 && is_str(code->constants()[0]); }

Value function_doc(Thread&, Function* function) {
  Value doc = function_part(function, FunctionMore::Doc);
  if (!doc.is_unbound()) return doc;
  // The first constant of a body with a docstring is the docstring (compiler's promise).
  Code* code = function->code();
  if (code->has_doc_) return code->constants()[0];
  return Value::none();
}

Value function_module(Thread& thread, Function* function) {
  Value module = function_part(function, FunctionMore::Module);
  if (!module.is_unbound()) return module;
  Optional<Value> name = function->globals()->get_str(thread.names().__name__);
  return name.value_or(Value::none());
}

}  // namespace viperine
