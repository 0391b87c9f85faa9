// SPDX-License-Identifier: MIT
// Slow paths of calls: instantiation of Python classes without leaving the interpreter, keyword and unpacked calls,
// making functions.
#include <cstring>

#include "bytecode/blueprint.h"
#include "interpreter/slow_paths.h"

namespace viperine {

namespace {

/// type.__call__ -> object.__new__ -> a Python __init__, nothing else involved.
Function* plain_init(Thread& thread, Type* type) {
  Runtime& runtime = thread.runtime();
  if (type_of(thread, to_value(type)) != runtime.type_type()) return nullptr;
  if (type->instance_kind() != Kind::Instance || type->has_flag(kTypeAbstract)) return nullptr;
  if (type->slots().new_ != runtime.object_type()->slots().new_) return nullptr;
  Optional<Value> init = lookup_in_type(thread, type, thread.names().__init__);
  return init ? try_cast<Function>(*init) : nullptr;
}

/// Enters a Python function whose arguments lie anywhere, at the top of the running frame; false never (raises
/// instead).
Result<bool> enter_function(Thread& thread, Function* function, const Arguments& arguments, Opcode continuation) {
  Code* code = function->code();
  Value* new_base = free_stack(thread) + kFrameWords;
  TRY(reserve_stack(thread, new_base + code->register_count_ + 1));
  if (arguments.keywords == nullptr && is_simple_call(code, arguments.count))
    std::memcpy(static_cast<void*>(new_base), arguments.values, arguments.count * sizeof(Value));
  else
    TRY(bind_parameters(thread, function, arguments, new_base));
  if (function->feedback_.is_null()) warm_up(thread, function);
  TRY(push_frame(thread, new_base, function, continuation));
  return true;
}

/// arguments with self in front, in a heap Array (the VM stack above is not ours yet).
Result<Arguments> with_self(Thread& thread, Value self, const Arguments& arguments) {
  Array* array = Array::try_make(thread.heap(), arguments.count + 1);
  if (array == nullptr) return thread.raise_memory_error();
  array->set(0, self);
  for (uint32_t i = 0; i < arguments.count; ++i) array->set(i + 1, arguments.values[i]);
  return Arguments{array->items(), arguments.count + 1, arguments.keywords};
}

/// Calls anything: Python functions and methods by pushing their frame.
Result<bool> enter_or_call(Thread& thread, Value callable, const Arguments& arguments) {
  if (has_kind(callable, Kind::Function))
    return enter_function(thread, cast<Function>(callable), arguments, Opcode::ContinueCall);
  if (has_kind(callable, Kind::BoundMethod) && has_kind(cast<BoundMethod>(callable)->function_.get(), Kind::Function)) {
    Arguments all = TRY(with_self(thread, cast<BoundMethod>(callable)->self_.get(), arguments));
    return enter_function(thread, cast<Function>(cast<BoundMethod>(callable)->function_.get()), all,
                          Opcode::ContinueCall);
  }
  thread.returned_ = TRY(call(thread, callable, arguments));
  return false;
}

}  // namespace

Result<bool> enter_instantiation(Thread& thread, Value* base, Type* type, Value* arguments, uint32_t count,
                                 FeedbackEntry* entry) {
  Function* init = plain_init(thread, type);
  if (init != nullptr) cache_instantiation(thread, entry, type, init);
  if (init == nullptr) {
    thread.returned_ = TRY(call(thread, to_value(type), Arguments{arguments, count, nullptr}));
    return false;
  }
  Value object = to_value(allocate_instance(thread, type, sizeof(HeapObject)));
  // ContinueInit finds the object in the call's first slot (regs[b]).
  arguments[-static_cast<int>(kCallGap)] = object;
  TRY(reserve_stack(thread, arguments + count + 1));
  std::memmove(static_cast<void*>(arguments + 1), arguments, count * sizeof(Value));
  arguments[0] = object;
  Code* code = init->code();
  if (!is_simple_call(code, count + 1)) {
    TRY(reserve_stack(thread, arguments + code->register_count_));
    TRY(bind_parameters(thread, init, Arguments{arguments, count + 1, nullptr}, arguments));
  }
  if (init->feedback_.is_null()) warm_up(thread, init);
  TRY(push_frame(thread, arguments, init, Opcode::ContinueInit));
  return true;
}

Result<bool> call_with_keywords(Thread& thread, Value callable, const Arguments& arguments) {
  return enter_or_call(thread, callable, arguments);
}

Result<bool> call_unpacked(Thread& thread, Value callable, Value positional, Value keywords) {
  if (!is_exact<Tuple>(positional)) {
    Type* type = type_of(thread, positional);
    if (type->slots().iter == nullptr && type->slots().get_item == nullptr)
      return thread.raise<TypeError>("{} argument after * must be an iterable, not {}",
                                     TRY(callable_text(thread, callable)), type);
    positional = to_value(TRY(tuple_from_iterable(thread, positional)));
  }
  Tuple* tuple = cast<Tuple>(positional);
  Dict* dict = keywords.is_unbound() ? nullptr : cast<Dict>(keywords);
  if (dict == nullptr || dict->length() == 0)
    return enter_or_call(thread, callable, Arguments{tuple->items(), static_cast<uint32_t>(tuple->length()), nullptr});
  uint32_t count = static_cast<uint32_t>(tuple->length());
  Array* array = Array::try_make(thread.heap(), count + dict->length());
  Tuple* names = Tuple::try_make(thread.heap(), dict->length());
  if (array == nullptr || names == nullptr) return thread.raise_memory_error();
  for (uint32_t i = 0; i < count; ++i) array->set(i, tuple->at(i));
  uint32_t at = 0;
  for (int64_t entry = dict->next_entry(0); entry >= 0; entry = dict->next_entry(entry + 1), ++at) {
    Value key = dict->table()->key(static_cast<uint32_t>(entry));
    if (!is_str(key)) return thread.raise<TypeError>("keywords must be strings");
    names->set(at, key);
    array->set(count + at, dict->table()->value(static_cast<uint32_t>(entry)));
  }
  return enter_or_call(thread, callable, Arguments{array->items(), count + at, names});
}

namespace {

/// Functions made at one site of a warm function share their feedback: comprehensions, lambdas and closures would
/// otherwise be cold whenever they are made again. What is made only once or twice gets none here.
Feedback* shared_feedback(Thread& thread, Function* outer, Code* code, FeedbackEntry* entry) {
  Feedback* feedback = outer->feedback_.get();
  if (feedback == nullptr || entry < feedback->entries() || entry >= feedback->entries() + feedback->count_)
    return nullptr;
  if (has_kind(entry->value, Kind::Feedback)) return static_cast<Feedback*>(entry->value.as_object());
  uint32_t count = code->feedback_count_;
  if (count == 0 || count >= kNoFeedback) return nullptr;
  if (entry->value.as_int() < static_cast<int64_t>(kWarmCalls)) {
    entry->value = Value::from_int(entry->value.as_int() + 1);
    return nullptr;
  }
  Feedback* shared = Feedback::try_make(thread.runtime(), count);
  entry->value = to_value(shared);
  write_barrier(feedback);
  return shared;
}

}  // namespace

Result<Value> make_function(Thread& thread, Function* outer, Value code_value, const Value* parts, uint32_t flags,
                            FeedbackEntry* entry) {
  Feedback* feedback = shared_feedback(thread, outer, cast<Code>(code_value), entry);
  auto* function = make_exact<Function>(thread, Kind::Function);
  Code* code = cast<Code>(code_value);
  function->code_.initialize(code);
  function->globals_.initialize(outer->globals());
  function->builtins_.initialize(outer->builtins_.get());
  function->feedback_.initialize(feedback);
  if (flags & 1) function->defaults_.initialize(cast<Tuple>(*parts++));
  if (flags & 2) function->keyword_defaults_.initialize(cast<Dict>(*parts++));
  if (flags & 4) function->annotations_.initialize(*parts++);
  if (flags & 8) function->closure_.initialize(cast<Tuple>(*parts++));
  return to_value(function);
}

}  // namespace viperine
