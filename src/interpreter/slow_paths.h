// SPDX-License-Identifier: MIT
// What handlers call when the work is more than a few instructions. One function per opcode, in slow_paths_*.cpp by
// family.
#pragma once

#include "interpreter/feedback.h"
#include "interpreter/frames.h"
#include "objects/module.h"
#include "runtime/attributes.h"
#include "runtime/containers.h"
#include "runtime/strings.h"
#include "runtime/type_spec.h"

namespace viperine {

// --- names (slow_names.cpp)
Raised raise_name_error(Thread& thread, Str* name);
Raised raise_unbound_local(Thread& thread, Value name);
Raised raise_unbound_free(Thread& thread, Value name);
Result<void> store_global_slow(Thread& thread, Function* function, Str* name, Value value, FeedbackEntry* entry);
Result<void> delete_global(Thread& thread, Dict* globals, Str* name);
Result<Value> load_name(Thread& thread, Function* function, Value locals, Str* name, FeedbackEntry* entry);
Result<void> store_name(Thread& thread, Value locals, Str* name, Value value);
Result<void> delete_name(Thread& thread, Value locals, Str* name);
Result<Value> load_class_cell(Thread& thread, Value locals, Value cell, Str* name);
Result<Value> load_build_class(Thread& thread, Function* function);
Result<Value> import_name(Thread& thread, Function* function, Value* base, Str* name, Value level, Value fromlist);
Result<Value> import_from(Thread& thread, Value module, Str* name);
Result<void> import_star(Thread& thread, Value module, Value locals);
Result<void> setup_annotations(Thread& thread, Value locals);
Result<void> print_expression(Thread& thread, Value value);

// --- items and containers (slow_containers.cpp)
Value dict_hint_load(Thread& thread, Value object, uint32_t at, Value name);
Result<Value> dict_item(Thread& thread, Dict* dict, Value key);
Result<Value> load_slice(Thread& thread, Value object, Value start, Value stop);
Result<void> store_slice(Thread& thread, Value object, Value start, Value stop, Value value);
Result<Value> build_tuple(Thread& thread, const Value* items, uint32_t count);
Result<Value> build_list(Thread& thread, const Value* items, uint32_t count);
Result<Value> build_set(Thread& thread, const Value* items, uint32_t count);
Result<Value> build_map(Thread& thread, const Value* pairs, uint32_t count);
Result<Value> build_const_map(Thread& thread, const Value* values, Tuple* keys);
Result<Value> build_string(Thread& thread, const Value* parts, uint32_t count);
/// "module.f()" as error texts about calls name what is called.
Result<Str*> callable_text(Thread& thread, Value callable);
Result<Value> format_value(Thread& thread, Value value, uint32_t conversion, Value specification);
Result<void> list_extend_starred(Thread& thread, List* list, Value iterable);
Result<void> map_update(Thread& thread, Dict* dict, Value other);
Result<void> map_merge(Thread& thread, Dict* dict, Value other, Value callable);
Result<void> unpack_sequence(Thread& thread, Value iterable, Value* targets, uint32_t count);
Result<void> unpack_starred(Thread& thread, Value iterable, Value* targets, uint32_t before, uint32_t after);
Result<Value> match_keys(Thread& thread, Value subject, Tuple* keys);
Result<Value> match_rest(Thread& thread, Value subject, Tuple* keys);
Result<Value> match_class(Thread& thread, Value subject, Value type, Tuple* names, uint32_t positional);

// --- calls (slow_calls.cpp). True: a frame was pushed, go on in thread.frame(); false: the result is thread.returned_.
Result<bool> enter_instantiation(Thread& thread, Value* base, Type* type, Value* arguments, uint32_t count,
                                 FeedbackEntry* entry);
Result<bool> call_with_keywords(Thread& thread, Value callable, const Arguments& arguments);
Result<bool> call_unpacked(Thread& thread, Value callable, Value positional, Value keywords);
Result<void> reserve_stack_slow(Thread& thread, Value* end);
inline Result<void> reserve_stack(Thread& thread, Value* end) {
  if (end <= thread.stack_soft_end_) [[likely]]
    return {};
  return reserve_stack_slow(thread, end);
}
void warm_up(Thread& thread, Function* function);
Result<Value> make_function(Thread& thread, Function* outer, Value code, const Value* parts, uint32_t flags,
                            FeedbackEntry* entry);
Result<void> loop_poll(Thread& thread, Value* base);

// --- exceptions and context managers (slow_exceptions.cpp)
void raise_statement(Thread& thread, Value exception, Value cause);
void raise_again(Thread& thread);
Result<bool> match_exception(Thread& thread, Value exception, Value types);
Result<void> match_exception_group(Thread& thread, Value exception, Value types, Value* targets);
Result<Value> merge_except_star(Thread& thread, Value original, List* parts);
Result<void> enter_context(Thread& thread, Value manager, bool is_async, Value* targets);
Result<Value> call_exit(Thread& thread, Value exit, Value exception);

// --- iteration of generators and awaitables (generators.cpp)
Result<Value> yield_from_iterator(Thread& thread, Function* function, Value iterable);
Result<Value> get_awaitable(Thread& thread, Value object, uint32_t context);
Result<Value> get_async_iterator(Thread& thread, Value object);
Result<Value> get_async_next(Thread& thread, Value object);
Result<Optional<Value>> send_to(Thread& thread, Value iterator, Value value);
Value wrap_async_value(Thread& thread, Value value);

}  // namespace viperine
