// SPDX-License-Identifier: MIT
// Writing an image: copies graphs of immutable objects out of a heap, equal ones once, to the addresses that they will
// have. See image.h for the format.
#pragma once

#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "heap/object_model.h"
#include "image/image.h"

namespace viperine {

class ImageWriter {
 public:
  ImageWriter(Heap& heap, const Layout* layouts) : heap_(heap), layouts_(layouts) {}

  /// Where an object is: what start-up reads, what importing a module reads (module and class bodies), functions, and
  /// what is seldom read: each side by side, so that few pages are touched.
  enum class Range : uint8_t { Start, Bodies, Functions, Cold };

  /// Code that start-up runs; said before it is added.
  void note_start_code(const Code* code) { start_code_.insert(code); }
  /// The address of the copy of `object`, made with all that it refers to. 0 when that contains what an image cannot
  /// hold: `refused` is then the name of its kind.
  uint64_t add(HeapObject* object, Range range = Range::Bodies);
  /// The same for text that must be found when it is interned; `near`: by many programs.
  uint64_t add_unique(Str* text, Range range = Range::Bodies, bool near = false);
  const char* refused() const { return refused_; }
  size_t object_count() const { return object_count_; }

  void add_module(const ImageModule& module) { modules_.push_back(module); }
  void add_frozen(const ImageFrozen& module) { frozen_.push_back(module); }
  /// Writes the file beside its place and renames it; false with errno set when that fails. Nothing can be added after.
  bool write(const std::string& path, uint64_t build, Tuple* empty_tuple, Bytes* empty_bytes);

 private:
  struct Pointer {  // a word that holds a pointer to an object whose place is not final yet
    Range range;
    size_t offset;
  };
  struct Unique {
    uint32_t hash;
    uint64_t address;
  };
  uint64_t add_text(Str* text, bool unique, Range range, bool near = false);
  uint64_t place(const std::string& content, const std::vector<size_t>& pointers, Range range);
  std::string plain_copy(HeapObject* object, size_t size) const;
  std::string& content_of(Range range) { return ranges_[static_cast<size_t>(range)]; }
  char* content_at(uint64_t address);
  uint64_t final_address(uint64_t address) const;
  std::string finish_objects();
  static std::string uniques_table(const std::vector<Unique>& uniques, uint64_t* mask, std::string* tags);

  Heap& heap_;
  const Layout* layouts_;
  const char* refused_ = nullptr;
  size_t object_count_ = 0;
  std::string ranges_[4];
  std::vector<Pointer> to_settle_;
  std::unordered_set<const Code*> start_code_;
  std::unordered_map<const HeapObject*, uint64_t> done_;
  std::unordered_map<std::string, uint64_t> by_content_;
  std::vector<Unique> near_uniques_, uniques_;
  std::vector<ImageModule> modules_;
  std::vector<ImageFrozen> frozen_;
};

}  // namespace viperine
