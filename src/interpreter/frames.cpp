// SPDX-License-Identifier: MIT
// Binding arguments of Python functions and entering the interpreter from C++. Error texts follow CPython 3.11's ceval.
#include "interpreter/frames.h"

#include <algorithm>
#include <cstring>

#include "bytecode/blueprint.h"
#include "runtime/containers.h"
#include "runtime/strings.h"

namespace viperine {

Raised raise_recursion(Thread& thread) {
  // Room for the handlers that deal with the error.
  thread.depth_limit_ += 50;
  thread.raise<RecursionError>("maximum recursion depth exceeded");
  thread.depth_limit_ -= 50;
  return Raised{};
}

Result<void> grow_stack(Thread& thread, Value* needed_end) {
  if (needed_end + kStackStep > thread.stack_end_) return raise_recursion(thread);
  while (thread.stack_soft_end_ < needed_end) thread.stack_soft_end_ += kStackStep;
  thread.stack_soft_end_ = std::min(thread.stack_soft_end_, thread.stack_end_);
  return {};
}

namespace {

Str* function_name(Thread& thread, Function* function) {
  Value name = function->qualified_name_.get();
  return name.is_pointer() ? as_str(thread, name) : function->code()->qualified_name_.get();
}

/// "'a'", "'a' and 'b'", "'a', 'b', and 'c'"
Result<Str*> quoted_list(Thread& thread, std::span<const Value> names) {
  StringBuilder text(thread);
  for (size_t i = 0; i < names.size(); ++i) {
    if (i > 0) text.append(names.size() == 2 ? " and " : i + 1 == names.size() ? ", and " : ", ");
    text.append("'");
    text.append(as_str(thread, names[i]));
    text.append("'");
  }
  return text.finish();
}

Raised raise_missing(Thread& thread, Function* function, Value* registers, uint32_t first, uint32_t last,
                     bool keyword_only) {
  Code* code = function->code();
  Array* names = Array::try_make(thread.heap(), last - first);
  int64_t count = 0;
  for (uint32_t i = first; i < last; ++i)
    if (registers[i].is_unbound()) names->set(count++, code->variable_names_->at(i));
  auto list = quoted_list(thread, {names->items(), static_cast<size_t>(count)});
  if (list.is_raised()) return Raised{};
  return thread.raise<TypeError>("{}() missing {} required {} argument{}: {}", function_name(thread, function), count,
                                 keyword_only ? "keyword-only" : "positional", count == 1 ? "" : "s", list.take());
}

Raised raise_too_many(Thread& thread, Function* function, uint32_t given, Value* registers) {
  Code* code = function->code();
  uint32_t most = code->positional_count_;
  uint32_t defaults = function->defaults_.is_null() ? 0 : static_cast<uint32_t>(function->defaults_->length());
  uint32_t keyword_only_given = 0;
  for (uint32_t i = most; i < most + code->keyword_only_count_; ++i)
    if (!registers[i].is_unbound()) ++keyword_only_given;
  bool plural = defaults > 0 ? true : most != 1;
  Str* takes =
      defaults > 0 ? format_text(thread, "from {} to {}", most - defaults, most) : format_text(thread, "{}", most);
  Str* extra = keyword_only_given == 0
                   ? thread.runtime().empty_str()
                   : format_text(thread, " positional argument{} (and {} keyword-only argument{})",
                                 given != 1 ? "s" : "", keyword_only_given, keyword_only_given != 1 ? "s" : "");
  return thread.raise<TypeError>("{}() takes {} positional argument{} but {}{} {} given",
                                 function_name(thread, function), takes, plural ? "s" : "", given, extra,
                                 given == 1 && keyword_only_given == 0 ? "was" : "were");
}

/// Number of the parameter that a keyword names, -1 when none.
int64_t parameter_named(Thread& thread, Code* code, Str* name, uint32_t first, uint32_t last) {
  for (uint32_t i = first; i < last; ++i)
    if (code->variable_names_->at(i).as_object() == name) return i;
  for (uint32_t i = first; i < last; ++i)
    if (as_str(thread, code->variable_names_->at(i))->equals(name)) return i;
  return -1;
}

Result<void> bind_keyword(Thread& thread, Function* function, Str* name, Value value, Value* registers, Dict* rest,
                          const Arguments& arguments) {
  Code* code = function->code();
  uint32_t named = code->positional_count_ + code->keyword_only_count_;
  int64_t number = parameter_named(thread, code, name, code->positional_only_count_, named);
  if (number >= 0) {
    if (!registers[number].is_unbound())
      return thread.raise<TypeError>("{}() got multiple values for argument '{}'", function_name(thread, function),
                                     name);
    registers[number] = value;
    return {};
  }
  if (rest != nullptr) return dict_set(thread, rest, to_value(name), value);
  if (parameter_named(thread, code, name, 0, code->positional_only_count_) >= 0) {
    StringBuilder names(thread);
    bool first = true;
    for (uint32_t i = 0; i < arguments.keyword_count(); ++i) {
      Str* keyword = as_str(thread, arguments.keywords->at(i));
      if (parameter_named(thread, code, keyword, 0, code->positional_only_count_) < 0) continue;
      if (!first) names.append(", ");
      names.append(keyword);
      first = false;
    }
    return thread.raise<TypeError>("{}() got some positional-only arguments passed as keyword arguments: '{}'",
                                   function_name(thread, function), TRY(names.finish()));
  }
  return thread.raise<TypeError>("{}() got an unexpected keyword argument '{}'", function_name(thread, function), name);
}

Result<void> fill_defaults(Thread& thread, Function* function, Value* registers, uint32_t given) {
  Code* code = function->code();
  uint32_t positional = code->positional_count_;
  uint32_t defaults = function->defaults_.is_null() ? 0 : static_cast<uint32_t>(function->defaults_->length());
  uint32_t first_default = positional > defaults ? positional - defaults : 0;
  for (uint32_t i = given; i < first_default; ++i)
    if (registers[i].is_unbound()) return raise_missing(thread, function, registers, given, first_default, false);
  for (uint32_t i = std::max(given, first_default); i < positional; ++i)
    if (registers[i].is_unbound()) registers[i] = function->defaults_->at(i - (positional - defaults));
  bool missing = false;
  for (uint32_t i = positional; i < positional + code->keyword_only_count_; ++i) {
    if (!registers[i].is_unbound()) continue;
    Dict* keyword_defaults = function->keyword_defaults_.get();
    Optional<Value> value;
    if (keyword_defaults != nullptr) value = keyword_defaults->get_str(as_str(thread, code->variable_names_->at(i)));
    if (value)
      registers[i] = *value;
    else
      missing = true;
  }
  if (missing)
    return raise_missing(thread, function, registers, positional, positional + code->keyword_only_count_, true);
  return {};
}

}  // namespace

Result<void> bind_parameters(Thread& thread, Function* function, const Arguments& arguments, Value* registers) {
  Code* code = function->code();
  if ((code->flags_ & kCodeOptimized) == 0 && arguments.count == 0) {
    // A module's or class's code called as a function works on the globals.
    registers[0] = to_value(function->globals());
    return {};
  }
  uint32_t positional = code->positional_count_, given = arguments.positional_count();
  uint32_t named = positional + code->keyword_only_count_;
  Tuple* rest = nullptr;
  Dict* rest_keywords = nullptr;
  if (code->flags_ & kCodeVarArgs) {
    uint32_t extra = given > positional ? given - positional : 0;
    rest = extra == 0 ? thread.runtime().empty_tuple() : Tuple::try_make(thread.heap(), extra);
    if (rest == nullptr) return thread.raise_memory_error();
    for (uint32_t i = 0; i < extra; ++i) rest->set(i, arguments[positional + i]);
  }
  if (code->flags_ & kCodeVarKeywords) rest_keywords = Dict::make(thread.heap());
  // Keyword values may lie where the registers are: keep them aside while positional ones move into place.
  uint32_t keyword_count = arguments.keyword_count();
  constexpr uint32_t kInline = 16;
  Value inline_values[kInline];
  Value* keyword_values = inline_values;
  if (keyword_count > kInline) {
    Array* array = Array::try_make(thread.heap(), keyword_count);
    if (array == nullptr) return thread.raise_memory_error();
    keyword_values = array->items();
  }
  for (uint32_t i = 0; i < keyword_count; ++i) keyword_values[i] = arguments.keyword_value(i);
  uint32_t taken = std::min(given, positional);
  if (arguments.values != registers)
    std::memmove(static_cast<void*>(registers), arguments.values, taken * sizeof(Value));
  for (uint32_t i = taken; i < code->parameter_count_; ++i) registers[i] = Value::unbound();
  if (rest != nullptr) registers[named] = to_value(rest);
  if (rest_keywords != nullptr) registers[named + (rest != nullptr ? 1 : 0)] = to_value(rest_keywords);
  for (uint32_t i = 0; i < keyword_count; ++i)
    TRY(bind_keyword(thread, function, as_str(thread, arguments.keywords->at(i)), keyword_values[i], registers,
                     rest_keywords, arguments));
  if (given > positional && rest == nullptr) return raise_too_many(thread, function, given, registers);
  return fill_defaults(thread, function, registers, taken);
}

Result<Value> call_python_function(Thread& thread, Function* function, const Arguments& arguments) {
  Code* code = function->code();
  Value* new_base = free_stack(thread) + kFrameWords;
  uint32_t room = std::max(code->register_count_, arguments.count) + 1;
  if (new_base + room > thread.stack_soft_end_) TRY(grow_stack(thread, new_base + room));
  if (arguments.keywords == nullptr && is_simple_call(code, arguments.count))
    for (uint32_t i = 0; i < arguments.count; ++i) new_base[i] = arguments.values[i];
  else
    TRY(bind_parameters(thread, function, arguments, new_base));
  if (++function->call_count_ == kWarmCalls) make_feedback(thread, function);
  TRY(push_frame(thread, new_base, function, Opcode::ContinueExit));
  return execute(thread);
}

void make_feedback(Thread& thread, Function* function) {
  uint32_t count = function->code()->feedback_count_;
  if (count == 0 || count >= kNoFeedback || !function->feedback_.is_null()) return;
  function->feedback_.set(function, Feedback::try_make(thread.runtime(), count));
}

}  // namespace viperine
