// SPDX-License-Identifier: MIT
// NoneType, ellipsis and NotImplementedType.
#include "builtins/builtin_types.h"
#include "builtins/common.h"
#include "objects/hashing.h"
#include "runtime/warnings.h"

namespace viperine {

namespace {

template <uint64_t Address>
Result<Value> singleton_new(Thread& thread, Type* type, const Arguments& arguments) {
  if (arguments.count > 0) return thread.raise<TypeError>("{} takes no arguments", type->name());
  return Value::from_bits(Address);
}

Result<Value> none_repr(Thread& thread, Value) { return to_value(intern(thread, "None")); }
Result<bool> none_truth(Thread&, Value) { return false; }
template <int64_t Hash>
Result<int64_t> fixed_hash(Thread&, Value) {
  return Hash;
}

Result<Value> ellipsis_repr(Thread& thread, Value) { return to_value(intern(thread, "Ellipsis")); }
Value ellipsis_reduce(Thread& thread, Value) { return to_value(intern(thread, "Ellipsis")); }

Result<Value> not_implemented_repr(Thread& thread, Value) { return to_value(intern(thread, "NotImplemented")); }
Value not_implemented_reduce(Thread& thread, Value) { return to_value(intern(thread, "NotImplemented")); }
Result<bool> not_implemented_truth(Thread& thread, Value) {
  TRY(warn(thread, thread.runtime().exception_type<DeprecationWarning>(),
           "NotImplemented should not be used in a boolean context"));
  return true;
}

const NativeMethod kEllipsisMethods[] = {method<ellipsis_reduce>("__reduce__($self, /)")};
const NativeMethod kNotImplementedMethods[] = {method<not_implemented_reduce>("__reduce__($self, /)")};

}  // namespace

const TypeSpec kNoneTypeType = {
    .name = "NoneType",
    .kind = Kind::NoneType,
    .slots = {.repr = &none_repr,
              .hash = &fixed_hash<kNoneHash>,
              .new_ = &singleton_new<Value::none().bits()>,
              .truth = &none_truth},
};

const TypeSpec kEllipsisType = {
    .name = "ellipsis",
    .kind = Kind::EllipsisType,
    .slots = {.repr = &ellipsis_repr,
              .hash = &fixed_hash<kEllipsisHash>,
              .new_ = &singleton_new<Value::ellipsis().bits()>},
    .methods = kEllipsisMethods,
};

const TypeSpec kNotImplementedType = {
    .name = "NotImplementedType",
    .kind = Kind::NotImplementedType,
    .slots = {.repr = &not_implemented_repr,
              .hash = &fixed_hash<kNotImplementedHash>,
              .new_ = &singleton_new<Value::not_implemented().bits()>,
              .truth = &not_implemented_truth},
    .methods = kNotImplementedMethods,
};

}  // namespace viperine
