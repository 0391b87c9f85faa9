// SPDX-License-Identifier: MIT
// PageVector: a growable array in a mapping of its own, so that what it no longer needs goes back to the operating
// system. The collector's lists, stacks and queues are made of it. Items are plain data. Running out of memory here
// ends the process.
#pragma once

#include <cstdio>
#include <cstdlib>
#include <type_traits>
#include <utility>

#include "platform/virtual_memory.h"

namespace viperine {

[[noreturn]] inline void out_of_memory(const char* what) {
  std::fprintf(stderr, "viperine: out of memory (%s)\n", what);
  std::abort();
}

template <typename T>
class PageVector {
  static_assert(std::is_trivially_copyable_v<T>);

 public:
  PageVector() = default;
  PageVector(const PageVector&) = delete;
  PageVector& operator=(const PageVector&) = delete;
  ~PageVector() { release(); }

  size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  T& operator[](size_t index) { return data_[index]; }
  const T& operator[](size_t index) const { return data_[index]; }
  T* begin() { return data_; }
  T* end() { return data_ + size_; }
  T& back() { return data_[size_ - 1]; }
  size_t bytes() const { return capacity_ * sizeof(T); }

  void push(T item) {
    if (size_ == capacity_) [[unlikely]]
      grow();
    data_[size_++] = item;
  }
  T pop() { return data_[--size_]; }
  void truncate(size_t size) { size_ = size; }
  void clear() { size_ = 0; }
  void swap(PageVector& other) {
    std::swap(data_, other.data_);
    std::swap(size_, other.size_);
    std::swap(capacity_, other.capacity_);
  }
  /// Empty, and without memory.
  void release() {
    if (data_ != nullptr) unmap_memory(reinterpret_cast<char*>(data_), capacity_ * sizeof(T));
    data_ = nullptr;
    size_ = capacity_ = 0;
  }
  /// Keeps the items and at most about twice the memory that they need.
  void shrink() {
    if (size_ == 0) return release();
    size_t wanted = (size_ * sizeof(T) + page_size() - 1) & ~(page_size() - 1);
    if (wanted * 2 < capacity_ * sizeof(T)) resize(wanted);
  }

 private:
  [[gnu::noinline]] void grow() { resize(capacity_ == 0 ? page_size() : capacity_ * sizeof(T) * 2); }
  void resize(size_t bytes) {
    char* memory = data_ == nullptr ? map_memory(bytes)
                                    : remap_memory(reinterpret_cast<char*>(data_), capacity_ * sizeof(T), bytes);
    if (memory == nullptr) out_of_memory("the collector's lists");
    data_ = reinterpret_cast<T*>(memory);
    capacity_ = bytes / sizeof(T);
  }

  T* data_ = nullptr;
  size_t size_ = 0, capacity_ = 0;
};

}  // namespace viperine
