// SPDX-License-Identifier: MIT
// Names that happen to be those of modules count as imports: harmless, they only move a module.
#include "shell/import_graph.h"

#include "objects/str.h"

namespace viperine {

void ImportGraph::add_module(const std::string& name, bool is_package, const Code* body) {
  Node node;
  node.package = is_package ? name + "." : name.substr(0, name.rfind('.') + 1);
  for (Value used : body->names_->span()) {
    auto* text = static_cast<const Str*>(used.as_object());
    if (text->is_ascii()) node.used_names.emplace_back(text->ascii());
  }
  numbers_.emplace(name, nodes_.size());
  nodes_.push_back(node);
}

std::vector<size_t> ImportGraph::find_imports(const Node& node) const {
  std::vector<size_t> imports;
  auto consider = [&](const std::string& name) {
    if (auto found = numbers_.find(name); found != numbers_.end()) imports.push_back(found->second);
  };
  for (const std::string& name : node.used_names) {
    for (size_t dot = name.find('.'); dot != std::string::npos; dot = name.find('.', dot + 1))
      consider(name.substr(0, dot));
    consider(name);
    if (!node.package.empty()) consider(node.package + name);
  }
  if (!node.package.empty()) consider(node.package.substr(0, node.package.size() - 1));
  return imports;
}

std::vector<uint32_t> ImportGraph::count_importers() const {
  std::vector<std::vector<size_t>> imports;
  for (const Node& node : nodes_) imports.push_back(find_imports(node));
  std::vector<uint32_t> counts(nodes_.size());
  std::vector<size_t> seen_by(nodes_.size(), SIZE_MAX);
  for (size_t start = 0; start < nodes_.size(); ++start) {
    std::vector<size_t> waiting{start};
    seen_by[start] = start;
    while (!waiting.empty()) {
      size_t module = waiting.back();
      waiting.pop_back();
      ++counts[module];
      for (size_t next : imports[module]) {
        if (seen_by[next] == start) continue;
        seen_by[next] = start;
        waiting.push_back(next);
      }
    }
  }
  return counts;
}

}  // namespace viperine
