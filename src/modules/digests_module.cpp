// SPDX-License-Identifier: MIT
// The modules _md5, _sha1, _sha256, _sha512, _sha3, _blake2: hash objects over numeric/digests.h and numeric/blake2.h.
// Invariant: a Hasher carries the whole state of its algorithm behind its fixed fields, as bytes; copying it is memcpy.
#include <cstring>
#include <new>

#include "numeric/blake2.h"
#include "numeric/digests.h"
#include "runtime/binding.h"
#include "runtime/buffers.h"
#include "runtime/classes.h"
#include "runtime/containers.h"
#include "runtime/integers.h"

namespace viperine {

namespace {

/// What the methods need to know of one algorithm.
struct DigestKind {
  const char* name;        // "sha3_256", also the last part of the type's name
  const char* type_entry;  // the name in the module, when that is not the type's
  size_t state_size;
  size_t block_size;
  void (*start)(void* state);
  void (*update)(void* state, std::span<const uint8_t> data);
  size_t (*size)(const void* state);
  void (*digest)(const void* state, std::span<uint8_t> out);
};

class Hasher final : public HeapObject {
 public:
  static constexpr viperine::Kind kKind = viperine::Kind::Hasher;
  void* state() { return this + 1; }
  size_t size() { return kind_->size(state()); }
  static TailExtent tail_extent(const HeapObject* object) {
    return {0, static_cast<const Hasher*>(object)->kind_->state_size};
  }
  const DigestKind* kind_;
  LAYOUT(Hasher, HeapObject, kind_);
};

template <typename Algorithm>
Algorithm* state_as(void* state) {
  return static_cast<Algorithm*>(state);
}
template <typename Algorithm, typename Make, size_t kSize>
constexpr DigestKind digest_kind(const char* name, const char* type_entry) {
  return {name,
          type_entry,
          sizeof(Algorithm),
          Algorithm::kBlockSize,
          [](void* state) { new (state) Algorithm(Make()()); },
          [](void* state, std::span<const uint8_t> data) { state_as<Algorithm>(state)->update(data); },
          [](const void*) { return kSize; },
          [](const void* state, std::span<uint8_t> out) { static_cast<const Algorithm*>(state)->digest(out.data()); }};
}
template <typename Algorithm>
struct MakePlain {
  Algorithm operator()() const { return Algorithm(); }
};
template <typename Algorithm, size_t kSize>
struct MakeSized {
  Algorithm operator()() const { return Algorithm(kSize); }
};
template <size_t kSize, size_t kStrength>
constexpr DigestKind keccak_kind(const char* name) {
  return {name,
          nullptr,
          sizeof(Keccak),
          kSize != 0 ? 200 - 2 * kSize : 200 - kStrength / 4,
          [](void* state) { new (state) Keccak(kSize != 0 ? Keccak::sha3(kSize) : Keccak::shake(kStrength)); },
          [](void* state, std::span<const uint8_t> data) { state_as<Keccak>(state)->update(data); },
          [](const void*) { return kSize; },
          [](const void* state, std::span<uint8_t> out) { static_cast<const Keccak*>(state)->digest(out); }};
}
template <typename Algorithm>
constexpr DigestKind blake2_kind(const char* name) {
  return {name,
          nullptr,
          sizeof(Algorithm),
          Algorithm::kBlockSize,
          nullptr,
          [](void* state, std::span<const uint8_t> data) { state_as<Algorithm>(state)->update(data); },
          [](const void* state) { return static_cast<const Algorithm*>(state)->digest_size(); },
          [](const void* state, std::span<uint8_t> out) { static_cast<const Algorithm*>(state)->digest(out.data()); }};
}

constexpr DigestKind kDigests[] = {
    digest_kind<Md5, MakePlain<Md5>, 16>("md5", "MD5Type"),
    digest_kind<Sha1, MakePlain<Sha1>, 20>("sha1", "SHA1Type"),
    digest_kind<Sha256, MakeSized<Sha256, 28>, 28>("sha224", "SHA224Type"),
    digest_kind<Sha256, MakeSized<Sha256, 32>, 32>("sha256", "SHA256Type"),
    digest_kind<Sha512, MakeSized<Sha512, 48>, 48>("sha384", "SHA384Type"),
    digest_kind<Sha512, MakeSized<Sha512, 64>, 64>("sha512", "SHA512Type"),
    keccak_kind<28, 0>("sha3_224"),
    keccak_kind<32, 0>("sha3_256"),
    keccak_kind<48, 0>("sha3_384"),
    keccak_kind<64, 0>("sha3_512"),
    keccak_kind<0, 128>("shake_128"),
    keccak_kind<0, 256>("shake_256"),
    blake2_kind<Blake2b>("blake2b"),
    blake2_kind<Blake2s>("blake2s"),
};
enum DigestNumber {
  kMd5,
  kSha1,
  kSha224,
  kSha256,
  kSha384,
  kSha512,
  kSha3,
  kShake128 = kSha3 + 4,
  kShake256,
  kBlake2b,
  kBlake2s
};

// --- objects

/// Types by the name of their algorithm; the first type of the kind keeps the table.
Dict* type_table(Thread& thread) { return try_cast<Dict>(thread.runtime().type(viperine::Kind::Hasher)->extra_.get()); }
Hasher* allocate_hasher(Thread& thread, const DigestKind& kind) {
  Optional<Value> type = type_table(thread)->get_str(intern(thread, kind.name));
  auto* hasher = make_instance<Hasher>(thread, cast<Type>(*type), kind.state_size);
  hasher->kind_ = &kind;
  return hasher;
}

Result<void> feed(Thread& thread, Hasher* hasher, Value data) {
  if (is_str(data)) return thread.raise<TypeError>("Strings must be encoded before hashing");
  if (!has_buffer(thread, data)) return thread.raise<TypeError>("object supporting the buffer API required");
  BufferScope buffer(thread);
  TRY(buffer.acquire(data));
  if (buffer.view().dimensions > 1) return thread.raise<BufferError>("Buffer must be single dimension");
  hasher->kind_->update(hasher->state(), buffer.span());
  return {};
}

template <int kNumber>
Result<Value> new_hasher(Thread& thread, Optional<Value> data, bool) {
  Hasher* hasher = allocate_hasher(thread, kDigests[kNumber]);
  kDigests[kNumber].start(hasher->state());
  if (data) TRY(feed(thread, hasher, *data));
  return to_value(hasher);
}

Result<void> hasher_update(Thread& thread, Hasher* self, Value data) { return feed(thread, self, data); }

Result<Value> digest_of(Thread& thread, Hasher* self, int64_t length) {
  Bytes* bytes = TRY(try_make_bytes(thread, nullptr, length));
  self->kind_->digest(self->state(), {bytes->data(), static_cast<size_t>(length)});
  return to_value(bytes);
}
Result<Value> hexdigest_of(Thread& thread, Hasher* self, int64_t length) {
  Bytes* raw = cast<Bytes>(TRY(digest_of(thread, self, length)));
  Str* text = Str::try_make(thread.heap(), 2 * length, Str::Width::Ascii);
  if (text == nullptr) return thread.raise_memory_error();
  for (int64_t i = 0; i < length; ++i) {
    text->data8()[2 * i] = static_cast<uint8_t>("0123456789abcdef"[raw->data()[i] >> 4]);
    text->data8()[2 * i + 1] = static_cast<uint8_t>("0123456789abcdef"[raw->data()[i] & 15]);
  }
  return to_value(text);
}
Result<Value> hasher_digest(Thread& thread, Hasher* self) {
  return digest_of(thread, self, static_cast<int64_t>(self->size()));
}
Result<Value> hasher_hexdigest(Thread& thread, Hasher* self) {
  return hexdigest_of(thread, self, static_cast<int64_t>(self->size()));
}
Result<int64_t> shake_length(Thread& thread, Value length) {
  Value number = TRY(to_index(thread, length));
  if (IntView(number).negative()) return thread.raise<ValueError>("value must be positive");
  int64_t count;
  if (!int_fits_int64(number, &count))
    return thread.raise<OverflowError>("Python int too large to convert to C unsigned long");
  if (count >= (1 << 29)) return thread.raise<ValueError>("length is too large");
  return count;
}
Result<Value> shake_digest(Thread& thread, Hasher* self, Value length) {
  return digest_of(thread, self, TRY(shake_length(thread, length)));
}
Result<Value> shake_hexdigest(Thread& thread, Hasher* self, Value length) {
  return hexdigest_of(thread, self, TRY(shake_length(thread, length)));
}
Result<Value> hasher_copy(Thread& thread, Hasher* self) {
  Hasher* copy = allocate_hasher(thread, *self->kind_);
  std::memcpy(copy->state(), self->state(), self->kind_->state_size);
  return to_value(copy);
}
Result<Value> hasher_name(Thread& thread, Hasher* self) { return to_value(intern(thread, self->kind_->name)); }
Result<Value> hasher_size(Thread&, Hasher* self) { return Value::from_int(static_cast<int64_t>(self->size())); }
Result<Value> hasher_block(Thread&, Hasher* self) {
  return Value::from_int(static_cast<int64_t>(self->kind_->block_size));
}
Result<Value> keccak_rate(Thread&, Hasher* self) {
  return Value::from_int(static_cast<int64_t>(self->kind_->block_size * 8));
}
Result<Value> keccak_capacity(Thread&, Hasher* self) {
  return Value::from_int(1600 - static_cast<int64_t>(self->kind_->block_size * 8));
}
Result<Value> keccak_suffix(Thread& thread, Hasher* self) {
  char suffix = static_cast<char>(state_as<Keccak>(self->state())->suffix());
  return to_value(make_bytes(thread, std::string_view(&suffix, 1)));
}

// --- BLAKE2

/// An optional number as C's unsigned types are filled.
Result<uint64_t> unsigned_option(Thread& thread, Value value, uint64_t limit, const char* too_large) {
  Value number = TRY(to_index(thread, value));
  IntView view(number);
  if (view.negative()) return thread.raise<ValueError>("value must be positive");
  limbs::Limbs magnitude = view.magnitude();
  if (magnitude.size() > 1) return thread.raise<OverflowError>("int too big to convert");
  uint64_t result = magnitude.empty() ? 0 : magnitude[0];
  if (result > limit) return thread.raise<OverflowError>("{}", too_large);
  return result;
}

template <typename Algorithm, int kNumber>
Result<Value> new_blake2(Thread& thread, Optional<Value> data, int64_t digest_size, Optional<Value> key,
                         Optional<Value> salt, Optional<Value> person, int fanout, int depth, Value leaf_size,
                         Value node_offset, int node_depth, int inner_size, bool last_node, bool) {
  constexpr auto kMost = static_cast<int64_t>(Algorithm::kMaximumDigestSize);
  Blake2Parameters parameters{};
  if (digest_size <= 0 || digest_size > kMost)
    return thread.raise<ValueError>("digest_size must be between 1 and {} bytes", kMost);
  parameters.digest_size = static_cast<size_t>(digest_size);
  BufferScope key_buffer(thread), salt_buffer(thread), person_buffer(thread);
  if (salt) {
    TRY(salt_buffer.acquire(*salt));
    parameters.salt = salt_buffer.span();
    if (parameters.salt.size() > Algorithm::kSaltSize)
      return thread.raise<ValueError>("maximum salt length is {} bytes", Algorithm::kSaltSize);
  }
  if (person) {
    TRY(person_buffer.acquire(*person));
    parameters.person = person_buffer.span();
    if (parameters.person.size() > Algorithm::kSaltSize)
      return thread.raise<ValueError>("maximum person length is {} bytes", Algorithm::kSaltSize);
  }
  if (fanout < 0 || fanout > 255) return thread.raise<ValueError>("fanout must be between 0 and 255");
  if (depth <= 0 || depth > 255) return thread.raise<ValueError>("depth must be between 1 and 255");
  parameters.fanout = static_cast<uint8_t>(fanout);
  parameters.depth = static_cast<uint8_t>(depth);
  parameters.leaf_size =
      static_cast<uint32_t>(TRY(unsigned_option(thread, leaf_size, 0xFFFFFFFF, "leaf_size is too large")));
  parameters.node_offset = TRY(unsigned_option(
      thread, node_offset, kNumber == kBlake2s ? (uint64_t{1} << 48) - 1 : UINT64_MAX, "node_offset is too large"));
  if (node_depth < 0 || node_depth > 255) return thread.raise<ValueError>("node_depth must be between 0 and 255");
  if (inner_size < 0 || inner_size > kMost)
    return thread.raise<ValueError>("inner_size must be between 0 and is {}", kMost);
  parameters.node_depth = static_cast<uint8_t>(node_depth);
  parameters.inner_size = static_cast<uint8_t>(inner_size);
  parameters.last_node = last_node;
  if (key) {
    TRY(key_buffer.acquire(*key));
    parameters.key = key_buffer.span();
    if (parameters.key.size() > Algorithm::kMaximumKeySize)
      return thread.raise<ValueError>("maximum key length is {} bytes", Algorithm::kMaximumKeySize);
  }
  Hasher* hasher = allocate_hasher(thread, kDigests[kNumber]);
  new (hasher->state()) Algorithm(parameters);
  if (data) TRY(feed(thread, hasher, *data));
  return to_value(hasher);
}

// --- tables

constexpr NativeMethod kMethods[] = {
    method<hasher_update>("update($self, obj, /)", "Update this hash object's state with the provided string."),
    method<hasher_digest>("digest($self, /)", "Return the digest value as a bytes object."),
    method<hasher_hexdigest>("hexdigest($self, /)", "Return the digest value as a string of hexadecimal digits."),
    method<hasher_copy>("copy($self, /)", "Return a copy of the hash object."),
};
constexpr NativeMethod kShakeMethods[] = {
    method<hasher_update>("update($self, data, /)",
                          "Update this hash object's state with the provided bytes-like object."),
    method<shake_digest>("digest($self, length, /)", "Return the digest value as a bytes object."),
    method<shake_hexdigest>("hexdigest($self, length, /)",
                            "Return the digest value as a string of hexadecimal digits."),
    method<hasher_copy>("copy($self, /)", "Return a copy of the hash object."),
};
constexpr NativeAttribute kAttributes[] = {attribute<hasher_name>("name"), attribute<hasher_size>("digest_size"),
                                           attribute<hasher_block>("block_size")};
constexpr NativeAttribute kKeccakAttributes[] = {attribute<hasher_name>("name"),
                                                 attribute<hasher_size>("digest_size"),
                                                 attribute<hasher_block>("block_size"),
                                                 attribute<keccak_rate>("_rate_bits"),
                                                 attribute<keccak_capacity>("_capacity_bits"),
                                                 attribute<keccak_suffix>("_suffix")};

#define PLAIN_SIGNATURE(name) name "(string=b'', *, usedforsecurity=True)"
constexpr NativeMethod kMd5Functions[] = {function<new_hasher<kMd5>>(PLAIN_SIGNATURE("md5"))};
constexpr NativeMethod kSha1Functions[] = {function<new_hasher<kSha1>>(PLAIN_SIGNATURE("sha1"))};
constexpr NativeMethod kSha256Functions[] = {function<new_hasher<kSha224>>(PLAIN_SIGNATURE("sha224")),
                                             function<new_hasher<kSha256>>(PLAIN_SIGNATURE("sha256"))};
constexpr NativeMethod kSha512Functions[] = {function<new_hasher<kSha384>>(PLAIN_SIGNATURE("sha384")),
                                             function<new_hasher<kSha512>>(PLAIN_SIGNATURE("sha512"))};
#undef PLAIN_SIGNATURE
#define KECCAK_SIGNATURE(name) name "(data=b'', /, *, usedforsecurity=True)"
#define BLAKE2_SIGNATURE(name, most)                                       \
  name "(data=b'', /, *, digest_size=" most                                \
       ", key=b'', salt=b'', person=b'', fanout=1, depth=1, leaf_size=0, " \
       "node_offset=0, node_depth=0, inner_size=0, last_node=False, usedforsecurity=True)"
constexpr NativeMethod kConstructors[] = {
    function<new_hasher<kSha3>>(KECCAK_SIGNATURE("sha3_224")),
    function<new_hasher<kSha3 + 1>>(KECCAK_SIGNATURE("sha3_256")),
    function<new_hasher<kSha3 + 2>>(KECCAK_SIGNATURE("sha3_384")),
    function<new_hasher<kSha3 + 3>>(KECCAK_SIGNATURE("sha3_512")),
    function<new_hasher<kShake128>>(KECCAK_SIGNATURE("shake_128")),
    function<new_hasher<kShake256>>(KECCAK_SIGNATURE("shake_256")),
    function<new_blake2<Blake2b, kBlake2b>>(BLAKE2_SIGNATURE("blake2b", "64")),
    function<new_blake2<Blake2s, kBlake2s>>(BLAKE2_SIGNATURE("blake2s", "32")),
};
#undef KECCAK_SIGNATURE
#undef BLAKE2_SIGNATURE
template <int kNumber>
Result<Value> construct(Thread& thread, Type*, const Arguments& arguments) {
  const NativeMethod& constructor = kConstructors[kNumber - kSha3];
  return constructor.entry(thread, constructor, arguments);
}

constexpr TypeSpec hasher_type(const char* name, NewSlot constructor, std::span<const NativeMethod> methods,
                               std::span<const NativeAttribute> attributes, const char* doc) {
  return {.name = name,
          .kind = viperine::Kind::Hasher,
          .flags = constructor == nullptr ? uint32_t{kTypeDisallowInstantiation} : 0,
          .layout = [] { return layout_of<Hasher>("HASH"); },
          .slots = {.new_ = constructor},
          .methods = methods,
          .attributes = attributes,
          .doc = doc};
}
const TypeSpec kTypes[] = {
    hasher_type("_md5.md5", nullptr, kMethods, kAttributes, nullptr),
    hasher_type("_sha1.sha1", nullptr, kMethods, kAttributes, nullptr),
    hasher_type("_sha256.sha224", nullptr, kMethods, kAttributes, nullptr),
    hasher_type("_sha256.sha256", nullptr, kMethods, kAttributes, nullptr),
    hasher_type("_sha512.sha384", nullptr, kMethods, kAttributes, nullptr),
    hasher_type("_sha512.sha512", nullptr, kMethods, kAttributes, nullptr),
    hasher_type("_sha3.sha3_224", &construct<kSha3>, kMethods, kKeccakAttributes,
                "sha3_224([data], *, usedforsecurity=True) -> hash object of SHA3 with 28 bytes"),
    hasher_type("_sha3.sha3_256", &construct<kSha3 + 1>, kMethods, kKeccakAttributes,
                "sha3_256([data], *, usedforsecurity=True) -> hash object of SHA3 with 32 bytes"),
    hasher_type("_sha3.sha3_384", &construct<kSha3 + 2>, kMethods, kKeccakAttributes,
                "sha3_384([data], *, usedforsecurity=True) -> hash object of SHA3 with 48 bytes"),
    hasher_type("_sha3.sha3_512", &construct<kSha3 + 3>, kMethods, kKeccakAttributes,
                "sha3_512([data], *, usedforsecurity=True) -> hash object of SHA3 with 64 bytes"),
    hasher_type("_sha3.shake_128", &construct<kShake128>, kShakeMethods, kKeccakAttributes,
                "shake_128([data], *, usedforsecurity=True) -> hash object of SHAKE"),
    hasher_type("_sha3.shake_256", &construct<kShake256>, kShakeMethods, kKeccakAttributes,
                "shake_256([data], *, usedforsecurity=True) -> hash object of SHAKE"),
    hasher_type("_blake2.blake2b", &construct<kBlake2b>, kMethods, kAttributes, "Return a new BLAKE2b hash object."),
    hasher_type("_blake2.blake2s", &construct<kBlake2s>, kMethods, kAttributes, "Return a new BLAKE2s hash object."),
};

template <int kFirst, int kLast>
Result<void> add_types(Thread& thread, Module* module) {
  for (int number = kFirst; number <= kLast; ++number) {
    Type* type = TRY(make_builtin_type(thread, kTypes[number]));
    Type* keeper = thread.runtime().type(viperine::Kind::Hasher);
    if (!is<Dict>(keeper->extra_.get())) keeper->extra_.set(keeper, to_value(Dict::make(thread.heap())));
    const DigestKind& kind = kDigests[number];
    TRY(dict_set_name(thread, type_table(thread), intern(thread, kind.name), to_value(type)));
    TRY(add_constant(thread, module, kind.type_entry != nullptr ? kind.type_entry : kind.name, to_value(type)));
  }
  return {};
}
Result<void> initialize_sha3(Thread& thread, Module* module) {
  TRY(add_text(thread, module, "implementation", "viperine"));
  TRY(add_int(thread, module, "keccakopt", 64));
  return add_types<kSha3, kShake256>(thread, module);
}
Result<void> initialize_blake2(Thread& thread, Module* module) {
  TRY((add_types<kBlake2b, kBlake2s>(thread, module)));
  struct Constant {
    const char *type_name, *module_name;
    int64_t value;
  };
  constexpr Constant kConstants[2][4] = {{{"SALT_SIZE", "BLAKE2B_SALT_SIZE", 16},
                                          {"PERSON_SIZE", "BLAKE2B_PERSON_SIZE", 16},
                                          {"MAX_KEY_SIZE", "BLAKE2B_MAX_KEY_SIZE", 64},
                                          {"MAX_DIGEST_SIZE", "BLAKE2B_MAX_DIGEST_SIZE", 64}},
                                         {{"SALT_SIZE", "BLAKE2S_SALT_SIZE", 8},
                                          {"PERSON_SIZE", "BLAKE2S_PERSON_SIZE", 8},
                                          {"MAX_KEY_SIZE", "BLAKE2S_MAX_KEY_SIZE", 32},
                                          {"MAX_DIGEST_SIZE", "BLAKE2S_MAX_DIGEST_SIZE", 32}}};
  for (int i = 0; i < 2; ++i) {
    Optional<Value> type = module->dict()->get_str(intern(thread, kDigests[kBlake2b + i].name));
    for (const Constant& constant : kConstants[i]) {
      TRY(add_int(thread, module, constant.module_name, constant.value));
      set_type_entry(thread, cast<Type>(*type), constant.type_name, Value::from_int(constant.value));
    }
  }
  return {};
}

}  // namespace

extern const ModuleSpec kMd5Module = {.name = "_md5", .functions = kMd5Functions, .initialize = &add_types<kMd5, kMd5>};
extern const ModuleSpec kSha1Module = {
    .name = "_sha1", .functions = kSha1Functions, .initialize = &add_types<kSha1, kSha1>};
extern const ModuleSpec kSha256Module = {
    .name = "_sha256", .functions = kSha256Functions, .initialize = &add_types<kSha224, kSha256>};
extern const ModuleSpec kSha512Module = {
    .name = "_sha512", .functions = kSha512Functions, .initialize = &add_types<kSha384, kSha512>};
extern const ModuleSpec kSha3Module = {.name = "_sha3", .initialize = &initialize_sha3};
extern const ModuleSpec kBlake2Module = {
    .name = "_blake2", .initialize = &initialize_blake2, .doc = "_blake2b provides BLAKE2b for hashlib\n"};

}  // namespace viperine
