// SPDX-License-Identifier: MIT
// Recording of operand kinds and call targets; the listing of -X dump=feedback.
#include "interpreter/feedback.h"

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <string>
#include <vector>

#include "objects/bytes.h"
#include "objects/number.h"
#include "runtime/strings.h"

namespace viperine {

void note_target(Thread& thread, FeedbackEntry* entry, Value target) {
  Feedback* feedback = function_of(thread.frame())->feedback_.get();
  if (feedback == nullptr || entry < feedback->entries() || entry >= feedback->entries() + feedback->count_) return;
  uint32_t kind = entry->info & kCacheMask;
  if (kind == kCacheEmpty) {
    entry->info = kCacheTarget;
    entry->value = target;
    return write_barrier(feedback);
  }
  if (kind == kCacheTarget) {
    Feedback* list = Feedback::try_make(thread.runtime(), kPolymorphicEntries);
    list->entries()[0] = *entry;
    write_barrier(list);
    entry->info = kCacheTargets;
    entry->value = to_value(list);
    write_barrier(feedback);
  } else if (kind != kCacheTargets || cache_detail(entry->info) != 0) {
    return;  // a class that is instantiated here, or too many targets
  }
  auto* list = static_cast<Feedback*>(entry->value.as_object());
  for (FeedbackEntry *place = list->entries(), *end = place + kPolymorphicEntries; place < end; ++place) {
    if (place->info != kCacheEmpty && place->value == target) return;
    if (place->info != kCacheEmpty) continue;
    place->info = kCacheTarget;
    place->value = target;
    return write_barrier(list);
  }
  entry->info = make_info(kCacheTargets, 1);
}

namespace {

constexpr const char* kSeenNames[] = {"int",   "bigint", "float", "bool", "None",  "str",
                                      "bytes", "list",   "tuple", "dict", "object"};
static_assert(sizeof kSeenNames / sizeof *kSeenNames == static_cast<size_t>(SeenKind::kCount));

class FeedbackListing {
 public:
  FeedbackListing(Runtime& runtime, std::string& out) : runtime_(runtime), out_(out) {}

  void function(Function* function) {
    Code* code = function->code();
    out_ += "feedback ";
    text(code->qualified_name_.get());
    out_ += "  line " + std::to_string(code->first_line_) + "\n";
    Feedback* feedback = function->feedback_.get();
    for (uint32_t at = 0; at < code->word_count_; at += info_of(code, at).words) {
      const OpcodeInfo& info = info_of(code, at);
      if (info.words != 2 || feedback_index(code->words()[at + 1]) >= feedback->count_) continue;
      size_t before = out_.size();
      char head[48];
      std::snprintf(head, sizeof head, "%5u %-20s", at, info.name);
      out_ += head;
      size_t start = out_.size();
      entry(info.traits, feedback->entries()[feedback_index(code->words()[at + 1])]);
      if (out_.size() == start)
        out_.resize(before);  // never reached
      else
        out_ += "\n";
    }
  }

 private:
  static const OpcodeInfo& info_of(Code* code, uint32_t at) { return kOpcodes[code->words()[at] & 0xFF]; }

  void text(const Str* str) {
    if (str->is_ascii())
      out_ += str->ascii();
    else
      for (int64_t i = 0; i < str->length(); ++i) out_ += str->at(i) < 128 ? static_cast<char>(str->at(i)) : '?';
  }
  void word(std::string_view more) {
    out_ += ' ';
    out_ += more;
  }

  void entry(uint32_t traits, const FeedbackEntry& entry) {
    if (traits & SeesKinds) kinds(entry.info);
    if (traits & SeesShapes) shapes(entry);
    if (traits & SeesDict) place(entry);
    if (traits & SeesTarget) targets(entry);
    if ((traits & SeesBranch) && entry.value.bits() != 0) {
      word("jumps " + std::to_string(entry.value.bits() >> 34));
      word("goes on " + std::to_string((entry.value.bits() >> 2) & 0xFFFFFFFF));
    }
  }

  void kinds(uint32_t info) {
    for (uint32_t shift : {kSeenLeft, kSeenRight}) {
      std::string names;
      for (uint32_t i = 0; i < static_cast<uint32_t>(SeenKind::kCount); ++i)
        if (info >> (shift + i) & 1) names += (names.empty() ? "" : "|") + std::string(kSeenNames[i]);
      if (!names.empty()) word(names);
    }
  }

  void each(const FeedbackEntry& entry, bool is_list, void (FeedbackListing::*print)(const FeedbackEntry&)) {
    if (!is_list) return (this->*print)(entry);
    const FeedbackEntry* list = static_cast<Feedback*>(entry.value.as_object())->entries();
    for (uint32_t i = 0; i < kPolymorphicEntries; ++i)
      if (list[i].info != kCacheEmpty) (this->*print)(list[i]);
    if (cache_detail(entry.info) != 0) word("and more");
  }

  void shapes(const FeedbackEntry& entry) {
    if ((entry.info & kCacheMask) != kCacheEmpty)
      each(entry, (entry.info & kCacheMask) == kCachePolymorphic, &FeedbackListing::shape);
  }
  void shape(const FeedbackEntry& entry) {
    auto* shape = static_cast<Shape*>(runtime_.heap().shape_object(entry.shape_word >> 8));
    if (shape == nullptr) return;
    out_ += ' ';
    text(shape->type()->name());
    if (shape->is_dictionary()) out_ += "{...}";
    if (shape->is_dictionary() || !shape->has_dict()) return;
    out_ += '{';
    for (int32_t i = shape->member_count(); i < shape->slot_count(); ++i) {
      if (i > shape->member_count()) out_ += ' ';
      text(static_cast<Str*>(shape->name(i).as_object()));
    }
    out_ += '}';
  }

  void place(const FeedbackEntry& entry) {
    uint32_t kind = entry.info & kCacheMask;
    if (kind == kCacheGlobal) word("global");
    if (kind == kCacheBuiltin) word("builtin");
  }

  void targets(const FeedbackEntry& entry) {
    uint32_t kind = entry.info & kCacheMask;
    if (kind == kCacheInstantiate) {
      word("class, __init__");
      target(entry);
    } else if (kind != kCacheEmpty) {
      each(entry, kind == kCacheTargets, &FeedbackListing::target);
    }
  }
  void target(const FeedbackEntry& entry) {
    Value value = entry.value;
    if (has_kind(value, Kind::Function)) value = to_value(static_cast<Function*>(value.as_object())->code());
    if (has_kind(value, Kind::Code)) {
      out_ += ' ';
      text(static_cast<Code*>(value.as_object())->qualified_name_.get());
    } else {
      word("native ");
      out_ += native_of_target(value)->name();
    }
  }

  Runtime& runtime_;
  std::string& out_;
};

}  // namespace

void dump_feedback(Runtime& runtime, std::string_view only, int descriptor) {
  std::vector<Function*> functions;  // no collection runs while this is used
  runtime.heap().for_each_object(
      [](HeapObject* object, void* context) {
        if (kind_of(object) != Kind::Function || static_cast<Function*>(object)->feedback_.is_null()) return;
        static_cast<std::vector<Function*>*>(context)->push_back(static_cast<Function*>(object));
      },
      &functions);
  auto order = [](Function* a, Function* b) {
    Code *x = a->code(), *y = b->code();
    int files = compare_text(x->filename_.get(), y->filename_.get());
    return files != 0 ? files < 0 : x->first_line_ < y->first_line_;
  };
  std::sort(functions.begin(), functions.end(), order);
  std::string out;
  FeedbackListing listing(runtime, out);
  for (Function* function : functions)
    if (only.empty() || function->code()->qualified_name_->equals(only)) listing.function(function);
  for (size_t done = 0; done < out.size();) {
    ssize_t written = write(descriptor, out.data() + done, out.size() - done);
    if (written <= 0) return;
    done += static_cast<size_t>(written);
  }
}

}  // namespace viperine
