// SPDX-License-Identifier: MIT
// The module _random: the Mersenne twister behind random.Random.
#include <sys/random.h>

#include <vector>

#include "numeric/mersenne_twister.h"
#include "runtime/attributes.h"
#include "runtime/binding.h"
#include "runtime/containers.h"
#include "runtime/integers.h"

namespace viperine {

namespace {

class RandomState final : public HeapObject {
 public:
  static constexpr Kind kKind = Kind::RandomState;
  MersenneTwister* twister_;
  static void release(HeapObject* object) { delete static_cast<RandomState*>(object)->twister_; }
  LAYOUT(RandomState, HeapObject, twister_);
};

Result<void> random_seed(Thread& thread, RandomState* self, Value n) {
  if (n.is_none()) {
    uint32_t key[8];
    if (getrandom(key, sizeof key, 0) != static_cast<ssize_t>(sizeof key)) return thread.raise_errno(errno);
    self->twister_->seed_by_array(key);
    return {};
  }
  Value number = is_integer(n) ? n : make_unsigned(thread.heap(), static_cast<uint64_t>(TRY(hash(thread, n))));
  self->twister_->seed(IntView(number).magnitude());
  return {};
}
Result<Value> random_random(Thread& thread, RandomState* self) {
  return make_float(thread.heap(), self->twister_->next_double());
}
Result<Value> random_getrandbits(Thread& thread, RandomState* self, int count) {
  if (count < 0) return thread.raise<ValueError>("number of bits must be non-negative");
  if (count == 0) return Value::from_int(0);
  LimbBuffer out(static_cast<size_t>(count) / 64 + 1);
  return make_integer(thread, out.data(), self->twister_->next_bits(out.data(), static_cast<uint64_t>(count)), false);
}
Result<Value> random_getstate(Thread& thread, RandomState* self) {
  Tuple* state = TRY(make_tuple(thread, MersenneTwister::kSize + 1));
  for (int i = 0; i < MersenneTwister::kSize; ++i)
    state->set(i, Value::from_int(self->twister_->state()[static_cast<size_t>(i)]));
  state->set(MersenneTwister::kSize, Value::from_int(self->twister_->index()));
  return to_value(state);
}
Result<void> random_setstate(Thread& thread, RandomState* self, Value state) {
  if (!is<Tuple>(state)) return thread.raise<TypeError>("state vector must be a tuple");
  auto* tuple = cast<Tuple>(state);
  if (tuple->length() != MersenneTwister::kSize + 1) return thread.raise<ValueError>("state vector is the wrong size");
  uint32_t words[MersenneTwister::kSize];
  for (int i = 0; i < MersenneTwister::kSize; ++i) {
    if (!is_integer(tuple->at(i))) return thread.raise<TypeError>("an integer is required");
    IntView word(tuple->at(i));
    limbs::Limbs magnitude = word.magnitude();
    if (word.negative()) return thread.raise<OverflowError>("can't convert negative value to unsigned int");
    if (magnitude.size() > 1) return thread.raise<OverflowError>("Python int too large to convert to C unsigned long");
    words[i] = magnitude.empty() ? 0 : static_cast<uint32_t>(magnitude[0]);
  }
  int64_t index = TRY(to_c_int64(thread, tuple->at(MersenneTwister::kSize)));
  if (index < 0 || index > MersenneTwister::kSize) return thread.raise<ValueError>("invalid state");
  for (int i = 0; i < MersenneTwister::kSize; ++i) self->twister_->state()[static_cast<size_t>(i)] = words[i];
  self->twister_->set_index(static_cast<int>(index));
  return {};
}

Result<Value> random_new(Thread& thread, Type* type, const Arguments&) {
  auto* self = make_instance<RandomState>(thread, type);
  self->twister_ = new MersenneTwister();
  TRY(random_seed(thread, self, Value::none()));
  return to_value(self);
}
Result<void> random_init(Thread& thread, Value self, const Arguments& arguments) {
  if (arguments.keyword_count() > 0) return thread.raise<TypeError>("Random() takes no keyword arguments");
  if (arguments.count > 1) return thread.raise<TypeError>("Random() requires 0 or 1 argument");
  return random_seed(thread, static_cast<RandomState*>(self.as_object()),
                     arguments.count > 0 ? arguments[0] : Value::none());
}

constexpr NativeMethod kMethods[] = {
    method<random_random>("random($self, /)"),
    method<random_seed>("seed($self, n=None, /)"),
    method<random_getstate>("getstate($self, /)"),
    method<random_setstate>("setstate($self, state, /)"),
    method<random_getrandbits>("getrandbits($self, k, /)"),
};
const TypeSpec kRandomType = {.name = "_random.Random",
                              .kind = Kind::RandomState,
                              .flags = kTypeBase,
                              .layout = [] { return layout_of<RandomState>("Random"); },
                              .slots = {.new_ = &random_new, .init = &random_init},
                              .methods = kMethods,
                              .doc = "Random() -> create a random number generator with its own internal state."};

Result<void> initialize(Thread& thread, Module* module) {
  TRY(add_type(thread, module, kRandomType));
  return {};
}

}  // namespace

extern const ModuleSpec kRandomModule = {
    .name = "_random", .initialize = &initialize, .doc = "Module implements the Mersenne Twister."};

}  // namespace viperine
