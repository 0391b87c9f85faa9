// SPDX-License-Identifier: MIT
// Edit distance over UTF-8 bytes, with CPython 3.11's costs and limits, and where the candidates come from.
#include "runtime/suggestions.h"

#include <algorithm>
#include <climits>

#include "objects/list.h"
#include "runtime/attributes.h"
#include "runtime/calls.h"
#include "runtime/containers.h"
#include "runtime/interpreter_data.h"
#include "runtime/strings.h"

namespace viperine {

namespace {

constexpr int64_t kMoveCost = 2, kCaseCost = 1;
constexpr size_t kLongestWord = 40;
constexpr int64_t kMostCandidates = 750;

int64_t replacement_cost(char a, char b) {
  if (a == b) return 0;
  auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  return lower(a) == lower(b) ? kCaseCost : kMoveCost;
}

Str* closest(Thread& thread, List* candidates, Str* name) {
  if (candidates->length() >= kMostCandidates) return nullptr;
  auto wanted = encode_utf8(thread, name);
  if (wanted.is_raised()) {
    thread.clear_pending();
    return nullptr;
  }
  Str* best = nullptr;
  int64_t best_cost = INT64_MAX;
  for (int64_t i = 0; i < candidates->length(); ++i) {
    Str* candidate = try_str(thread, candidates->at(i));
    if (candidate == nullptr) return nullptr;
    if (candidate->equals(name)) continue;
    auto encoded = encode_utf8(thread, candidate);
    if (encoded.is_raised()) {
      thread.clear_pending();
      return nullptr;
    }
    std::string_view from = wanted.take()->view(), to = encoded.take()->view();
    // At most a third of the letters may differ.
    int64_t limit = static_cast<int64_t>(from.size() + to.size() + 3) * kMoveCost / 6;
    limit = std::min(limit, best_cost - 1);
    int64_t cost = edit_cost(from, to, limit);
    if (cost > limit) continue;
    best = candidate;
    best_cost = cost;
  }
  return best;
}

List* list_of(Thread& thread, Value iterable) {
  auto items = tuple_from_iterable(thread, iterable);
  if (items.is_raised()) {
    thread.clear_pending();
    return nullptr;
  }
  List* list = List::make(thread.heap());
  for (int64_t i = 0; i < items.take()->length(); ++i) list->append(thread.heap(), items.take()->at(i));
  return list;
}

Str* attribute_suggestion(Thread& thread, ExceptionObject* exception) {
  Value name = exception_member(thread, exception, thread.names().name);
  Value object = exception_member(thread, exception, thread.names().obj);
  if (!is_str(name) || object.is_none()) return nullptr;
  Optional<Value> dir = thread.runtime().builtins_dict()->get_str(intern(thread, "dir"));
  if (!dir) return nullptr;
  auto names = call(thread, *dir, object);
  if (names.is_raised()) {
    thread.clear_pending();
    return nullptr;
  }
  List* candidates = list_of(thread, names.take());
  return candidates == nullptr ? nullptr : closest(thread, candidates, as_str(thread, name));
}

Str* name_suggestion(Thread& thread, ExceptionObject* exception) {
  Value name = exception_member(thread, exception, thread.names().name);
  Value entry = exception->traceback_.get();
  if (!is_str(name) || !is<Traceback>(entry)) return nullptr;
  while (is<Traceback>(cast<Traceback>(entry)->next_.get())) entry = cast<Traceback>(entry)->next_.get();
  if (!is<Frame>(cast<Traceback>(entry)->frame_.get())) return nullptr;
  Function* function = cast<Frame>(cast<Traceback>(entry)->frame_.get())->function_.get();
  Code* code = function->code();
  List* variables = List::make(thread.heap());
  for (Tuple* names : {code->variable_names_.get(), code->cell_names_.get(), code->free_names_.get()})
    for (int64_t i = 0; i < names->length(); ++i) variables->append(thread.heap(), names->at(i));
  Str* wanted = as_str(thread, name);
  if (Str* found = closest(thread, variables, wanted)) return found;
  for (Dict* space : {function->globals(), function->builtins_.get()}) {
    if (space == nullptr) continue;
    List* candidates = list_of(thread, to_value(space));
    Str* found = candidates == nullptr ? nullptr : closest(thread, candidates, wanted);
    if (found != nullptr) return found;
  }
  return nullptr;
}

}  // namespace

int64_t edit_cost(std::string_view from, std::string_view to, int64_t limit) {
  while (!from.empty() && !to.empty() && from.front() == to.front()) from.remove_prefix(1), to.remove_prefix(1);
  while (!from.empty() && !to.empty() && from.back() == to.back()) from.remove_suffix(1), to.remove_suffix(1);
  if (from.empty() || to.empty()) return static_cast<int64_t>(from.size() + to.size()) * kMoveCost;
  if (from.size() > kLongestWord || to.size() > kLongestWord) return limit + 1;
  if (to.size() < from.size()) std::swap(from, to);
  if (static_cast<int64_t>(to.size() - from.size()) * kMoveCost > limit) return limit + 1;
  // One row of the usual matrix, updated in place: row[i] is the cost of from[:i + 1] for the letters of `to` so far.
  int64_t row[kLongestWord];
  for (size_t i = 0; i < from.size(); ++i) row[i] = static_cast<int64_t>(i + 1) * kMoveCost;
  int64_t result = 0;
  for (size_t j = 0; j < to.size(); ++j) {
    int64_t diagonal = static_cast<int64_t>(j) * kMoveCost, least = INT64_MAX;
    result = diagonal;
    for (size_t i = 0; i < from.size(); ++i) {
      int64_t replaced = diagonal + replacement_cost(to[j], from[i]);
      diagonal = row[i];
      result = std::min(std::min(result, diagonal) + kMoveCost, replaced);
      row[i] = result;
      least = std::min(least, result);
    }
    if (least > limit) return limit + 1;
  }
  return result;
}

Str* suggestion_for(Thread& thread, ExceptionObject* exception) {
  Type* type = type_of(thread, to_value(exception));
  if (type == thread.runtime().exception_type<AttributeError>()) return attribute_suggestion(thread, exception);
  if (type == thread.runtime().exception_type<NameError>()) return name_suggestion(thread, exception);
  return nullptr;
}

}  // namespace viperine
