// SPDX-License-Identifier: MIT
// Arena: bump allocation for trees that die together (syntax tree, compiler scratch). Never holds Values.
// Destructors are not run: put only trivially destructible things in it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>

namespace viperine {

class Arena {
 public:
  Arena() = default;
  Arena(const Arena&) = delete;
  Arena& operator=(const Arena&) = delete;
  ~Arena();

  /// `size` bytes aligned to 8; zeroed.
  void* allocate(size_t size);

  template <typename T, typename... Arguments>
  T* make(Arguments&&... arguments) {
    static_assert(std::is_trivially_destructible_v<T> && alignof(T) <= 8);
    return new (allocate(sizeof(T))) T{std::forward<Arguments>(arguments)...};
  }

  template <typename T>
  std::span<T> copy(std::span<const T> items) {
    static_assert(std::is_trivially_copyable_v<T> && alignof(T) <= 8);
    T* data = static_cast<T*>(allocate(items.size() * sizeof(T)));
    if (!items.empty()) std::memcpy(static_cast<void*>(data), items.data(), items.size() * sizeof(T));
    return {data, items.size()};
  }

  std::string_view copy(std::string_view text);

  size_t bytes_used() const { return bytes_used_; }

 private:
  struct Chunk {
    Chunk* previous;
  };
  Chunk* last_ = nullptr;
  char* next_ = nullptr;
  char* end_ = nullptr;
  size_t bytes_used_ = 0;
};

}  // namespace viperine
