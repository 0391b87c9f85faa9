// SPDX-License-Identifier: MIT
// Which library modules are imported together: modules that many others need stand side by side in the image, so that
// few of its pages are touched. Read from the names that module bodies use; it decides about places only.
#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "objects/function.h"

namespace viperine {

class ImportGraph {
 public:
  /// Modules are numbered in the order in which they are added. `name` has dots; `body` is its code.
  void add_module(const std::string& name, bool is_package, const Code* body);
  /// For each module, how many modules load it when they are imported, itself included.
  std::vector<uint32_t> count_importers() const;

 private:
  struct Node {
    std::string package;  // "" or ends in a dot
    std::vector<std::string> used_names;
  };
  std::vector<size_t> find_imports(const Node& node) const;
  std::vector<Node> nodes_;
  std::unordered_map<std::string, size_t> numbers_;
};

}  // namespace viperine
