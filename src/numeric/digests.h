// SPDX-License-Identifier: MIT
// Streaming message digests: MD5, SHA-1, SHA-2, SHA-3, SHAKE. BLAKE2 is in blake2.h.
// Every class may be copied as bytes; digest() may be asked repeatedly and more data added after it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace viperine {

using ByteSpan = std::span<const uint8_t>;

/// What MD5, SHA-1 and SHA-2 share: a block buffer, a byte count, and the padding with the length at the end.
template <typename Algorithm, typename Word, size_t kWords, size_t kBlock>
class BlockDigest {
 public:
  static constexpr size_t kBlockSize = kBlock;
  void update(ByteSpan data);

 protected:
  /// Pads a copy and leaves its state in `words`.
  void finish(Word* words) const;

  Word state_[kWords] = {};
  uint64_t length_ = 0;  // bytes so far
  uint8_t buffer_[kBlock] = {};
};

class Md5 : public BlockDigest<Md5, uint32_t, 4, 64> {
 public:
  static constexpr size_t kDigestSize = 16;
  static constexpr bool kBigEndian = false;
  Md5();
  void digest(uint8_t* out) const;
  static void compress(uint32_t* state, const uint8_t* block);
};

class Sha1 : public BlockDigest<Sha1, uint32_t, 5, 64> {
 public:
  static constexpr size_t kDigestSize = 20;
  static constexpr bool kBigEndian = true;
  Sha1();
  void digest(uint8_t* out) const;
  static void compress(uint32_t* state, const uint8_t* block);
};

/// SHA-224 and SHA-256.
class Sha256 : public BlockDigest<Sha256, uint32_t, 8, 64> {
 public:
  static constexpr bool kBigEndian = true;
  /// digest_size: 28 or 32.
  explicit Sha256(size_t digest_size);
  size_t digest_size() const { return digest_size_; }
  void digest(uint8_t* out) const;
  static void compress(uint32_t* state, const uint8_t* block);

 private:
  size_t digest_size_;
};

/// SHA-384 and SHA-512.
class Sha512 : public BlockDigest<Sha512, uint64_t, 8, 128> {
 public:
  static constexpr bool kBigEndian = true;
  /// digest_size: 48 or 64.
  explicit Sha512(size_t digest_size);
  size_t digest_size() const { return digest_size_; }
  void digest(uint8_t* out) const;
  static void compress(uint64_t* state, const uint8_t* block);

 private:
  size_t digest_size_;
};

/// SHA-3 (fixed digest sizes) and SHAKE (any length on demand).
class Keccak {
 public:
  /// digest_size: 28, 32, 48 or 64.
  static Keccak sha3(size_t digest_size) { return Keccak(200 - 2 * digest_size, 0x06, digest_size); }
  /// strength: 128 or 256.
  static Keccak shake(size_t strength) { return Keccak(200 - strength / 4, 0x1F, 0); }

  size_t block_size() const { return rate_; }
  /// 0 for SHAKE.
  size_t digest_size() const { return digest_size_; }
  /// What CPython shows as _suffix.
  uint8_t suffix() const { return suffix_; }
  void update(ByteSpan data);
  void digest(std::span<uint8_t> out) const;

 private:
  Keccak(size_t rate, uint8_t suffix, size_t digest_size)
      : rate_(static_cast<uint16_t>(rate)), digest_size_(static_cast<uint16_t>(digest_size)), suffix_(suffix) {}
  void absorb_byte(size_t position, uint8_t byte) { lanes_[position / 8] ^= uint64_t{byte} << (8 * (position % 8)); }
  void permute();

  uint64_t lanes_[25] = {};
  uint16_t position_ = 0;  // bytes absorbed into the current block
  uint16_t rate_;
  uint16_t digest_size_;
  uint8_t suffix_;
};

}  // namespace viperine
