// SPDX-License-Identifier: MIT
// The modules _md5, _sha1, _sha256, _sha512: hash objects over numeric/digests.h. (_sha3 and _blake2 are not here.)
#include "numeric/digests.h"

#include "runtime/binding.h"
#include "runtime/buffers.h"
#include "runtime/containers.h"

namespace viperine {

namespace {

/// One streaming state behind a virtual face, outside the heap.
class Digest {
 public:
  virtual ~Digest() = default;
  virtual void update(std::span<const uint8_t> data) = 0;
  virtual void digest(uint8_t* out) const = 0;
  virtual Digest* copy() const = 0;
  const char* name;
  size_t size, block;
};
template <typename Algorithm>
class DigestOf final : public Digest {
 public:
  explicit DigestOf(const Algorithm& algorithm) : algorithm_(algorithm) {}
  void update(std::span<const uint8_t> data) override { algorithm_.update(data); }
  void digest(uint8_t* out) const override { algorithm_.digest(out); }
  Digest* copy() const override { return new DigestOf(*this); }

 private:
  Algorithm algorithm_;
};
template <typename Algorithm>
Digest* make_digest(const Algorithm& algorithm, const char* name, size_t size) {
  auto* digest = new DigestOf<Algorithm>(algorithm);
  digest->name = name;
  digest->size = size;
  digest->block = Algorithm::kBlockSize;
  return digest;
}

class Hasher final : public HeapObject {
 public:
  static constexpr Kind kKind = Kind::Hasher;
  Digest* digest_;
  static void release(HeapObject* object) { delete static_cast<Hasher*>(object)->digest_; }
  LAYOUT(Hasher, HeapObject, digest_);
};

Result<Value> make_hasher(Thread& thread, Digest* digest, Optional<Value> data) {
  auto* hasher = make_exact<Hasher>(thread, Kind::Hasher);
  hasher->digest_ = digest;
  thread.heap().register_special(hasher);
  if (data) {
    if (is_str(*data)) return thread.raise<TypeError>("Strings must be encoded before hashing");
    BufferScope buffer(thread);
    TRY(buffer.acquire(*data));
    digest->update(buffer.span());
  }
  return to_value(hasher);
}

Result<Value> md5(Thread& thread, Optional<Value> string, bool) {
  return make_hasher(thread, make_digest(Md5(), "md5", 16), string);
}
Result<Value> sha1(Thread& thread, Optional<Value> string, bool) {
  return make_hasher(thread, make_digest(Sha1(), "sha1", 20), string);
}
Result<Value> sha224(Thread& thread, Optional<Value> string, bool) {
  return make_hasher(thread, make_digest(Sha256(28), "sha224", 28), string);
}
Result<Value> sha256(Thread& thread, Optional<Value> string, bool) {
  return make_hasher(thread, make_digest(Sha256(32), "sha256", 32), string);
}
Result<Value> sha384(Thread& thread, Optional<Value> string, bool) {
  return make_hasher(thread, make_digest(Sha512(48), "sha384", 48), string);
}
Result<Value> sha512(Thread& thread, Optional<Value> string, bool) {
  return make_hasher(thread, make_digest(Sha512(64), "sha512", 64), string);
}

Result<void> hasher_update(Thread& thread, Hasher* self, Value data) {
  if (is_str(data)) return thread.raise<TypeError>("Strings must be encoded before hashing");
  BufferScope buffer(thread);
  TRY(buffer.acquire(data));
  self->digest_->update(buffer.span());
  return {};
}
Result<Value> hasher_digest(Thread& thread, Hasher* self) {
  Bytes* bytes = TRY(try_make_bytes(thread, nullptr, static_cast<int64_t>(self->digest_->size)));
  self->digest_->digest(bytes->data());
  return to_value(bytes);
}
Result<Value> hasher_hexdigest(Thread& thread, Hasher* self) {
  uint8_t raw[64];
  self->digest_->digest(raw);
  char text[128];
  for (size_t i = 0; i < self->digest_->size; ++i) {
    text[2 * i] = "0123456789abcdef"[raw[i] >> 4];
    text[2 * i + 1] = "0123456789abcdef"[raw[i] & 15];
  }
  return to_value(make_str(thread, std::string_view(text, 2 * self->digest_->size)));
}
Result<Value> hasher_copy(Thread& thread, Hasher* self) {
  return make_hasher(thread, self->digest_->copy(), Optional<Value>());
}
Result<Value> hasher_name(Thread& thread, Hasher* self) { return to_value(intern(thread, self->digest_->name)); }
Result<Value> hasher_size(Thread&, Hasher* self) { return Value::from_int(static_cast<int64_t>(self->digest_->size)); }
Result<Value> hasher_block(Thread&, Hasher* self) {
  return Value::from_int(static_cast<int64_t>(self->digest_->block));
}

constexpr NativeMethod kMethods[] = {
    method<hasher_update>("update($self, obj, /)"), method<hasher_digest>("digest($self, /)"),
    method<hasher_hexdigest>("hexdigest($self, /)"), method<hasher_copy>("copy($self, /)"),
};
constexpr NativeAttribute kAttributes[] = {attribute<hasher_name>("name"), attribute<hasher_size>("digest_size"),
                                           attribute<hasher_block>("block_size")};
const TypeSpec kHasherType = {.name = "_hashlib.HASH",
                              .kind = Kind::Hasher,
                              .flags = kTypeDisallowInstantiation,
                              .layout = [] { return layout_of<Hasher>("HASH"); },
                              .methods = kMethods,
                              .attributes = kAttributes};

Result<void> initialize(Thread& thread, Module*) {
  if (thread.runtime().type(Kind::Hasher) == nullptr) TRY(make_builtin_type(thread, kHasherType));
  return {};
}

constexpr NativeMethod kMd5[] = {function<md5>("md5(string=<unrepresentable>, *, usedforsecurity=True)")};
constexpr NativeMethod kSha1[] = {function<sha1>("sha1(string=<unrepresentable>, *, usedforsecurity=True)")};
constexpr NativeMethod kSha256[] = {function<sha224>("sha224(string=<unrepresentable>, *, usedforsecurity=True)"),
                                    function<sha256>("sha256(string=<unrepresentable>, *, usedforsecurity=True)")};
constexpr NativeMethod kSha512[] = {function<sha384>("sha384(string=<unrepresentable>, *, usedforsecurity=True)"),
                                    function<sha512>("sha512(string=<unrepresentable>, *, usedforsecurity=True)")};

}  // namespace

extern const ModuleSpec kMd5Module = {.name = "_md5", .functions = kMd5, .initialize = &initialize};
extern const ModuleSpec kSha1Module = {.name = "_sha1", .functions = kSha1, .initialize = &initialize};
extern const ModuleSpec kSha256Module = {.name = "_sha256", .functions = kSha256, .initialize = &initialize};
extern const ModuleSpec kSha512Module = {.name = "_sha512", .functions = kSha512, .initialize = &initialize};

}  // namespace viperine
