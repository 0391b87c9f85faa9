// SPDX-License-Identifier: MIT
// Writing an image: copies graphs of immutable objects out of a heap, equal ones once, to the addresses that they will
// have. See image.h for the format.
#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "heap/object_model.h"
#include "image/image.h"

namespace viperine {

class ImageWriter {
 public:
  ImageWriter(Heap& heap, const Layout* layouts) : heap_(heap), layouts_(layouts) {}

  /// The address of the copy of `object`, made with all that it refers to. 0 when that contains what an image cannot
  /// hold: `refused` is then the name of its kind.
  uint64_t add(HeapObject* object);
  /// The same for text that must be found when it is interned.
  uint64_t add_unique(Str* text);
  const char* refused() const { return refused_; }
  size_t object_count() const { return object_count_; }

  void add_module(const ImageModule& module) { modules_.push_back(module); }
  void add_frozen(const ImageFrozen& module) { frozen_.push_back(module); }
  /// Writes the file beside its place and renames it; false with errno set when that fails. Nothing can be added after.
  bool write(const std::string& path, uint64_t build, Tuple* empty_tuple, Bytes* empty_bytes);

 private:
  struct Pointer {  // a word of one of the two ranges that holds a pointer to a cold object
    bool in_cold;
    size_t offset;
  };
  uint64_t add_text(Str* text, bool unique);
  uint64_t place(const std::string& content, const std::vector<size_t>& pointers, bool cold);
  char* content_at(uint64_t address);
  uint64_t final_address(uint64_t address) const;
  std::string finish_objects();
  std::string uniques_table(uint64_t* mask) const;

  Heap& heap_;
  const Layout* layouts_;
  const char* refused_ = nullptr;
  size_t object_count_ = 0;
  std::string hot_, cold_;  // two ranges of objects
  std::vector<Pointer> to_cold_;
  std::unordered_map<const HeapObject*, uint64_t> done_;
  std::unordered_map<std::string, uint64_t> by_content_;
  std::vector<std::pair<uint32_t, uint64_t>> uniques_;  // hash, address
  std::vector<ImageModule> modules_;
  std::vector<ImageFrozen> frozen_;
};

}  // namespace viperine
