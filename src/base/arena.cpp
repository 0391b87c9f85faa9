// SPDX-License-Identifier: MIT
// Chunks of an Arena: a small one first, then 32 KiB each, larger ones for larger requests.
#include "base/arena.h"

#include <cstdlib>

#include "base/check.h"

namespace viperine {

namespace {
constexpr size_t kFirstChunk = 1024;
constexpr size_t kChunkSize = 32 * 1024;
}

Arena::~Arena() {
  while (last_ != nullptr) {
    Chunk* previous = last_->previous;
    std::free(last_);
    last_ = previous;
  }
}

void* Arena::allocate(size_t size) {
  size = (size + 7) & ~size_t{7};
  if (static_cast<size_t>(end_ - next_) < size) {
    size_t usual = last_ == nullptr ? kFirstChunk : kChunkSize;
    size_t chunk_size = size + sizeof(Chunk) > usual ? size + sizeof(Chunk) : usual;
    auto* chunk = static_cast<Chunk*>(std::malloc(chunk_size));
    CHECK(chunk != nullptr);
    chunk->previous = last_;
    last_ = chunk;
    next_ = reinterpret_cast<char*>(chunk + 1);
    end_ = reinterpret_cast<char*>(chunk) + chunk_size;
  }
  void* result = next_;
  next_ += size;
  bytes_used_ += size;
  std::memset(result, 0, size);
  return result;
}

std::string_view Arena::copy(std::string_view text) {
  char* data = static_cast<char*>(allocate(text.size() + 1));
  std::memcpy(data, text.data(), text.size());
  data[text.size()] = 0;
  return {data, text.size()};
}

}  // namespace viperine
