// SPDX-License-Identifier: MIT
// dict_keys, dict_values, dict_items and the iterators over dicts.
#pragma once

#include "objects/dict.h"
#include "objects/module.h"
#include "runtime/runtime.h"

namespace viperine {

class DictView final : public HeapObject {
 public:
  static constexpr Kind kFirstKind = Kind::DictKeys;
  static bool is_kind(Kind kind) {
    return kind == Kind::DictKeys || kind == Kind::DictValues || kind == Kind::DictItems;
  }
  Dict* dict() const { return dict_.get(); }
  Slot<Dict> dict_;
  LAYOUT(DictView, HeapObject, dict_);
};

/// A view; `kind` is DictKeys, DictValues or DictItems.
Value make_dict_view(Thread& thread, Dict* dict, Kind kind);
/// An iterator; `kind` is DictKeyIterator ... DictReverseItemIterator.
Value make_dict_iterator(Thread& thread, Dict* dict, Kind kind);
/// "{k: v, ...}" without a guard against recursion.
Result<Str*> dict_text(Thread& thread, Dict* dict);

}  // namespace viperine
