// SPDX-License-Identifier: MIT
// re.Match: what one match found.
#include "modules/sre/sre.h"

namespace viperine {

namespace {

Result<Value> slice_of(Thread& thread, RegexMatch* self, int64_t group, Value fallback) {
  if (self->start(group) < 0) return fallback;
  Subject subject(thread);
  TRY(subject.take(nullptr, self->string_.get()));
  auto length = static_cast<int64_t>(subject.view().length);
  return subject.slice(std::min(self->start(group), length), std::min(self->end(group), length));
}

/// The group that a number or name means; IndexError "no such group".
Result<int64_t> group_number(Thread& thread, RegexMatch* self, Value index) {
  int64_t number = -1;
  if (index.is_int()) {
    number = index.as_int();
  } else if (is_integer(index) || type_of(thread, index)->slots().to_index != nullptr) {
    number = TRY(to_index_clipped(thread, index));
  } else if (is<Dict>(self->pattern()->group_index_.get())) {
    auto found = dict_find(thread, cast<Dict>(self->pattern()->group_index_.get()), index);
    if (found.is_raised()) thread.clear_pending();
    else if (Optional<Value> value = found.take(); value && (*value).is_int()) number = (*value).as_int();
  }
  if (number < 0 || number > self->group_count_) return thread.raise<IndexError>("no such group");
  return number;
}

Result<Value> match_group(Thread& thread, RegexMatch* self, Rest groups) {
  if (groups.count == 0) return slice_of(thread, self, 0, Value::none());
  if (groups.count == 1) return slice_of(thread, self, TRY(group_number(thread, self, groups[0])), Value::none());
  Tuple* result = TRY(make_tuple(thread, groups.count));
  for (uint32_t i = 0; i < groups.count; ++i)
    result->set(i, TRY(slice_of(thread, self, TRY(group_number(thread, self, groups[i])), Value::none())));
  return to_value(result);
}

Result<Value> match_get_item(Thread& thread, Value self, Value index) {
  auto* match = cast<RegexMatch>(self);
  return slice_of(thread, match, TRY(group_number(thread, match, index)), Value::none());
}

Result<Value> match_groups(Thread& thread, RegexMatch* self, Value fallback) {
  Tuple* result = TRY(make_tuple(thread, self->group_count_));
  for (int64_t i = 0; i < self->group_count_; ++i) result->set(i, TRY(slice_of(thread, self, i + 1, fallback)));
  return to_value(result);
}

Result<Value> match_groupdict(Thread& thread, RegexMatch* self, Value fallback) {
  Dict* result = Dict::make(thread.heap());
  if (!is<Dict>(self->pattern()->group_index_.get())) return to_value(result);
  auto* names = cast<Dict>(self->pattern()->group_index_.get());
  for (int64_t entry = names->next_entry(0); entry >= 0; entry = names->next_entry(entry + 1)) {
    Value name = names->table()->key(static_cast<uint32_t>(entry));
    int64_t group = TRY(group_number(thread, self, name));
    TRY(dict_set(thread, result, name, TRY(slice_of(thread, self, group, fallback))));
  }
  return to_value(result);
}

Result<int64_t> group_or_whole(Thread& thread, RegexMatch* self, Optional<Value> group) {
  if (!group) return int64_t{0};
  return group_number(thread, self, *group);
}

Result<Value> match_start(Thread& thread, RegexMatch* self, Optional<Value> group) {
  return Value::from_int(self->start(TRY(group_or_whole(thread, self, group))));
}
Result<Value> match_end(Thread& thread, RegexMatch* self, Optional<Value> group) {
  return Value::from_int(self->end(TRY(group_or_whole(thread, self, group))));
}
Result<Value> match_span(Thread& thread, RegexMatch* self, Optional<Value> group) {
  int64_t number = TRY(group_or_whole(thread, self, group));
  return make_pair(thread, Value::from_int(self->start(number)), Value::from_int(self->end(number)));
}

Result<Value> match_expand(Thread& thread, RegexMatch* self, Value pattern) {
  Value expand = TRY(re_function(thread, "_expand"));
  return call(thread, expand, self->pattern_.get(), to_value(self), pattern);
}

Result<Value> match_repr(Thread& thread, Value value) {
  auto* self = cast<RegexMatch>(value);
  Value text = TRY(slice_of(thread, self, 0, Value::none()));
  Str* shown = TRY(repr(thread, text));
  return to_value(format_text(thread, "<{} object; span=({}, {}), match={}>",
                              TRY(full_type_name(thread, type_of(thread, value))), self->start(0), self->end(0),
                              TRY(substring(thread, shown, 0, std::min<int64_t>(shown->length(), 50)))));
}

Value match_copy(Thread&, RegexMatch* self) { return to_value(self); }
Value match_deepcopy(Thread&, RegexMatch* self, Value) { return to_value(self); }
Value match_string(Thread&, RegexMatch* self) { return self->string_.get(); }
Value match_re(Thread&, RegexMatch* self) { return self->pattern_.get(); }
Value match_pos(Thread&, RegexMatch* self) { return Value::from_int(self->position_); }
Value match_endpos(Thread&, RegexMatch* self) { return Value::from_int(self->end_position_); }
Value match_lastindex(Thread&, RegexMatch* self) {
  return self->last_index_ < 0 ? Value::none() : Value::from_int(self->last_index_);
}
Value match_lastgroup(Thread&, RegexMatch* self) {
  Value names = self->pattern()->index_group_.get();
  if (self->last_index_ < 0 || !is<Tuple>(names) || self->last_index_ >= cast<Tuple>(names)->length())
    return Value::none();
  return cast<Tuple>(names)->at(self->last_index_);
}
Result<Value> match_regs(Thread& thread, RegexMatch* self) {
  if (!self->regs_.get().is_none()) return self->regs_.get();
  Tuple* regs = TRY(make_tuple(thread, self->group_count_ + 1));
  for (int64_t i = 0; i <= self->group_count_; ++i)
    regs->set(i, make_pair(thread, Value::from_int(self->start(i)), Value::from_int(self->end(i))));
  self->regs_.set(self, to_value(regs));
  return to_value(regs);
}

constexpr NativeMethod kMatchMethods[] = {
    method<match_group>("group($self, /, *groups)",
                        "group([group1, ...]) -> str or tuple.\nReturn subgroup(s) of the match by indices or "
                        "names.\nFor 0 returns the entire match."),
    method<match_start>("start($self, group=0, /)", "Return index of the start of the substring matched by group."),
    method<match_end>("end($self, group=0, /)", "Return index of the end of the substring matched by group."),
    method<match_span>("span($self, group=0, /)",
                       "For match object m, return the 2-tuple (m.start(group), m.end(group))."),
    method<match_groups>("groups($self, /, default=None)",
                         "Return a tuple containing all the subgroups of the match, from 1.\n\n  default\n    Is used "
                         "for groups that did not participate in the match."),
    method<match_groupdict>(
        "groupdict($self, /, default=None)",
        "Return a dictionary containing all the named subgroups of the match, keyed by the subgroup name.\n\n  "
        "default\n    Is used for groups that did not participate in the match."),
    method<match_expand>("expand($self, /, template)",
                         "Return the string obtained by doing backslash substitution on the string template, as done "
                         "by the sub() method."),
    method<match_copy>("__copy__($self, /)"),
    method<match_deepcopy>("__deepcopy__($self, memo, /)"),
    method<class_getitem>("__class_getitem__($type, item, /)", "See PEP 585"),
};
constexpr NativeAttribute kMatchAttributes[] = {
    attribute<match_string>("=string", "The string passed to match() or search()."),
    attribute<match_re>("=re", "The regular expression object."),
    attribute<match_pos>("=pos", "The index into the string at which the RE engine started looking for a match."),
    attribute<match_endpos>("=endpos", "The index into the string beyond which the RE engine will not go."),
    attribute<match_lastindex>("lastindex", "The integer index of the last matched capturing group."),
    attribute<match_lastgroup>("lastgroup", "The name of the last matched capturing group."),
    attribute<match_regs>("regs"),
};

}  // namespace

constinit const TypeSpec kMatchType = {
    .name = "re.Match",
    .kind = Kind::RegexMatch,
    .flags = kTypeDisallowInstantiation,
    .layout = [] { return layout_of<RegexMatch>("re.Match"); },
    .slots = {.repr = match_repr, .get_item = match_get_item, .is_mapping = true},
    .methods = kMatchMethods,
    .attributes = kMatchAttributes,
    .doc = "The result of re.match() and re.search().\nMatch objects always have a boolean value of True.",
};

}  // namespace viperine
