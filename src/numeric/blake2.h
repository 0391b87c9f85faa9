// SPDX-License-Identifier: MIT
// BLAKE2b and BLAKE2s (RFC 7693) with all parameters of the tree mode, streaming. The range checks are the callers'.
// May be copied as bytes; digest() may be asked repeatedly.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace viperine {

struct Blake2Parameters {
  size_t digest_size;               // 1 to kMaximumDigestSize
  std::span<const uint8_t> key;     // up to kMaximumKeySize bytes
  std::span<const uint8_t> salt;    // up to kSaltSize bytes, padded with zeros
  std::span<const uint8_t> person;  // as long
  uint8_t fanout = 1;
  uint8_t depth = 1;
  uint32_t leaf_size = 0;
  uint64_t node_offset = 0;  // below 2 ** 48 for BLAKE2s
  uint8_t node_depth = 0;
  uint8_t inner_size = 0;
  bool last_node = false;
};

template <typename Word>
class Blake2 {
 public:
  static constexpr size_t kBlockSize = 16 * sizeof(Word);
  static constexpr size_t kMaximumDigestSize = 8 * sizeof(Word);
  static constexpr size_t kMaximumKeySize = 8 * sizeof(Word);
  static constexpr size_t kSaltSize = 2 * sizeof(Word);

  explicit Blake2(const Blake2Parameters& parameters);
  size_t digest_size() const { return digest_size_; }
  void update(std::span<const uint8_t> data);
  void digest(uint8_t* out) const;

 private:
  void compress(bool is_last);

  Word state_[8];
  uint64_t length_ = 0;  // bytes compressed so far
  uint8_t buffer_[kBlockSize] = {};
  uint8_t used_ = 0;  // bytes in the buffer; a full one waits for more data
  uint8_t digest_size_;
  bool last_node_;
};

using Blake2b = Blake2<uint64_t>;
using Blake2s = Blake2<uint32_t>;
extern template class Blake2<uint64_t>;
extern template class Blake2<uint32_t>;

}  // namespace viperine
