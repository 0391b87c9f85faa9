// SPDX-License-Identifier: MIT
// sys: facts about version, numbers, hashing and threads.
#include <cfloat>

#include "modules/sys.h"
#include "runtime/attributes.h"
#include "runtime/binding.h"
#include "runtime/class_slots.h"
#include "runtime/containers.h"
#include "runtime/import.h"

namespace viperine {

void forbid_instances(Thread& thread, Type* type) {
  TypeSlots slots = type->slots();
  slots.new_ = nullptr;
  type->slots_ = intern_slots(thread.runtime(), slots);
  type->flags_ |= kTypeDisallowInstantiation;
  type->dict()->delete_str(thread.heap(), thread.names().__new__);
}

namespace {

Result<Value> sequence(Thread& thread, Module* module, std::string_view name, std::span<const char* const> fields,
                       std::span<const Value> values) {
  Str* full = format_text(thread, "sys.{}", name);
  Type* type = TRY(add_struct_sequence(thread, nullptr, full->ascii(), fields, static_cast<int64_t>(fields.size())));
  Value made = TRY(make_struct_sequence(thread, type, values));
  forbid_instances(thread, type);
  return made;
}

Result<void> add_float_info(Thread& thread, Module* module) {
  constexpr const char* kFields[] = {"max", "max_exp",  "max_10_exp", "min",   "min_exp", "min_10_exp",
                                     "dig", "mant_dig", "epsilon",    "radix", "rounds"};
  Heap& heap = thread.heap();
  Value values[] = {make_float(heap, DBL_MAX),
                    Value::from_int(DBL_MAX_EXP),
                    Value::from_int(DBL_MAX_10_EXP),
                    make_float(heap, DBL_MIN),
                    Value::from_int(DBL_MIN_EXP),
                    Value::from_int(DBL_MIN_10_EXP),
                    Value::from_int(DBL_DIG),
                    Value::from_int(DBL_MANT_DIG),
                    make_float(heap, DBL_EPSILON),
                    Value::from_int(FLT_RADIX),
                    Value::from_int(1)};
  return add_constant(thread, module, "float_info", TRY(sequence(thread, module, "float_info", kFields, values)));
}

Result<void> add_int_info(Thread& thread, Module* module) {
  constexpr const char* kFields[] = {"bits_per_digit", "sizeof_digit", "default_max_str_digits",
                                     "str_digits_check_threshold"};
  Value values[] = {Value::from_int(64), Value::from_int(8), Value::from_int(4300), Value::from_int(640)};
  return add_constant(thread, module, "int_info", TRY(sequence(thread, module, "int_info", kFields, values)));
}

Result<void> add_hash_info(Thread& thread, Module* module) {
  constexpr const char* kFields[] = {"width",     "modulus",   "inf",       "nan",   "imag",
                                     "algorithm", "hash_bits", "seed_bits", "cutoff"};
  Value values[] = {Value::from_int(64),      make_int(thread.heap(), (int64_t{1} << 61) - 1),
                    Value::from_int(314159),  Value::from_int(0),
                    Value::from_int(1000003), to_value(intern(thread, "siphash13")),
                    Value::from_int(64),      Value::from_int(128),
                    Value::from_int(0)};
  return add_constant(thread, module, "hash_info", TRY(sequence(thread, module, "hash_info", kFields, values)));
}

Result<void> add_thread_info(Thread& thread, Module* module) {
  constexpr const char* kFields[] = {"name", "lock", "version"};
  Value values[] = {to_value(intern(thread, "pthread")), to_value(intern(thread, "semaphore")),
                    to_value(make_str(thread, "NPTL 2.36"))};
  return add_constant(thread, module, "thread_info", TRY(sequence(thread, module, "thread_info", kFields, values)));
}

Result<void> add_version(Thread& thread, Module* module) {
  constexpr const char* kFields[] = {"major", "minor", "micro", "releaselevel", "serial"};
  Value values[] = {Value::from_int(3), Value::from_int(11), Value::from_int(2), to_value(intern(thread, "final")),
                    Value::from_int(0)};
  Value version = TRY(sequence(thread, module, "version_info", kFields, values));
  TRY(add_constant(thread, module, "version_info", version));
  TRY(add_text(thread, module, "version", "3.11.2 (Viperine 0.1.0) [C++20]"));
  TRY(add_constant(
      thread, module, "_git",
      to_value(Tuple::of(thread.heap(), to_value(intern(thread, "Viperine")), to_value(thread.runtime().empty_str()),
                         to_value(thread.runtime().empty_str())))));
  Value implementation = TRY(call(thread, to_value(thread.runtime().type(Kind::SimpleNamespace))));
  TRY(set_attribute(thread, implementation, intern(thread, "name"), to_value(intern(thread, "viperine"))));
  TRY(set_attribute(thread, implementation, intern(thread, "cache_tag"), to_value(intern(thread, "viperine-311"))));
  TRY(set_attribute(thread, implementation, intern(thread, "version"), version));
  TRY(set_attribute(thread, implementation, intern(thread, "hexversion"), Value::from_int(0x030B02F0)));
  TRY(set_attribute(thread, implementation, intern(thread, "_multiarch"),
                    to_value(intern(thread, "x86_64-linux-gnu"))));
  return add_constant(thread, module, "implementation", implementation);
}

}  // namespace

Result<void> add_sys_info(Thread& thread, Module* module) {
  TRY(add_float_info(thread, module));
  TRY(add_int_info(thread, module));
  TRY(add_hash_info(thread, module));
  TRY(add_thread_info(thread, module));
  TRY(add_version(thread, module));
  constexpr const char* kUnraisable[] = {"exc_type", "exc_value", "exc_traceback", "err_msg", "object"};
  thread.runtime().unraisable_type_ =
      TRY(add_struct_sequence(thread, module, "sys.UnraisableHookArgs", kUnraisable, 5));
  return {};
}

}  // namespace viperine
