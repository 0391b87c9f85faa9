// SPDX-License-Identifier: MIT
// The module _elementtree: Element and SubElement; TreeBuilder and XMLParser stay those of xml.etree.ElementTree.
// Elements and their iterators have one kind and one layout; role_ tells them apart.
#include "runtime/attributes.h"
#include "runtime/binding.h"
#include "runtime/containers.h"
#include "runtime/import.h"
#include "runtime/repr_scope.h"

namespace viperine {

namespace {

enum Role : int64_t { kElement, kElementIterator, kTextIterator };

class XmlObject final : public HeapObject {
 public:
  static constexpr Kind kKind = Kind::Accumulator;
  // Of an element; what an iterator keeps in the field is behind the stroke.
  Slot<Value> tag_;         // tag | the tag wanted, None for all
  Slot<Value> attributes_;  // a dict, None until somebody asks | -
  Slot<Value> text_;        // text | the element to begin with, None when it has begun
  Slot<Value> tail_;        // tail | a tail to be given next, or None
  Slot<Value> children_;    // a list, None while there are none | the way from the root: element, next child, ...
  int64_t role_;
  int64_t length() const { return children_.get().is_none() ? 0 : cast<List>(children_.get())->length(); }
  LAYOUT(XmlObject, HeapObject, tag_, attributes_, text_, tail_, children_, role_);
};

}  // namespace

/// Methods of elements refuse iterators, whose fields hold other things.
template <>
struct Converter<XmlObject*> {
  static Result<XmlObject*> convert(Thread& thread, Value value, const ParameterPlace& place) {
    if (is<XmlObject>(value) && cast<XmlObject>(value)->role_ == kElement) [[likely]]
      return cast<XmlObject>(value);
    return raise_wrong_type(thread, place, XmlObject::kKind, value);
  }
};

namespace {

bool is_element(Value value) { return is<XmlObject>(value) && cast<XmlObject>(value)->role_ == kElement; }
XmlObject* element_of(Value value) { return static_cast<XmlObject*>(value.as_object()); }

/// What the module keeps: the types.
Array* state_of(Thread& thread) {
  Value module = to_value(native_module(thread, "_elementtree"));
  return static_cast<Array*>(cast<Module>(module)->state_.get().as_object());
}

XmlObject* make_node(Thread& thread, Type* type, Role role) {
  auto* self = make_instance<XmlObject>(thread, type);
  for (auto* field : {&self->tag_, &self->attributes_, &self->text_, &self->tail_, &self->children_})
    field->set(self, Value::none());
  self->role_ = role;
  return self;
}
XmlObject* make_element(Thread& thread, Value tag, Value attributes) {
  XmlObject* self = make_node(thread, cast<Type>(state_of(thread)->at(0)), kElement);
  self->tag_.set(self, tag);
  self->attributes_.set(self, attributes);
  return self;
}
Result<Dict*> attributes_of(Thread& thread, XmlObject* self) {
  if (self->attributes_.get().is_none()) self->attributes_.set(self, to_value(Dict::make(thread.heap())));
  return cast<Dict>(self->attributes_.get());
}
List* children_of(Thread& thread, XmlObject* self) {
  if (self->children_.get().is_none()) self->children_.set(self, to_value(List::make(thread.heap())));
  return cast<List>(self->children_.get());
}

Result<void> require_element(Thread& thread, Value value, const char* function, const char* argument = "") {
  if (is_element(value)) return {};
  return thread.raise<TypeError>("{}() argument{} must be xml.etree.ElementTree.Element, not {}", function, argument,
                                 type_name_of(value));
}

/// The attributes of a new element: a copy of the dict that was given, with the keywords; None when there are none.
Result<Value> new_attributes(Thread& thread, const Arguments& arguments, uint32_t position, const char* function) {
  Dict* result = nullptr;
  auto copy_of = [&](Value given) -> Result<void> {
    result = TRY(dict_copy(thread, cast<Dict>(given)));
    return {};
  };
  if (arguments.positional_count() > position) {
    Value given = arguments[position];
    if (!is<Dict>(given))
      return thread.raise<TypeError>("{}() argument {} must be dict, not {}", function, position + 1,
                                     type_name_of(given));
    TRY(copy_of(given));
  }
  for (uint32_t i = 0; i < arguments.keyword_count(); ++i) {
    if (result != nullptr || !as_str(thread, arguments.keywords->at(i))->equals("attrib")) continue;
    Value given = arguments.keyword_value(i);
    if (!is<Dict>(given)) return thread.raise<TypeError>("attrib must be dict, not {}", type_name_of(given));
    TRY(copy_of(given));
  }
  bool is_given = arguments.positional_count() > position;
  for (uint32_t i = 0; i < arguments.keyword_count(); ++i) {
    if (!is_given && as_str(thread, arguments.keywords->at(i))->equals("attrib")) continue;
    if (result == nullptr) result = Dict::make(thread.heap());
    TRY(dict_set(thread, result, arguments.keywords->at(i), arguments.keyword_value(i)));
  }
  return result == nullptr ? Value::none() : to_value(result);
}

Result<Value> element_new(Thread& thread, Type* type, const Arguments&) {
  return to_value(make_node(thread, type, kElement));
}
Result<void> element_init(Thread& thread, Value self, const Arguments& arguments) {
  if (arguments.positional_count() < 1)
    return thread.raise<TypeError>("Element() takes at least 1 argument ({} given)", arguments.positional_count());
  if (arguments.positional_count() > 2)
    return thread.raise<TypeError>("Element() takes at most 2 arguments ({} given)", arguments.positional_count());
  Value attributes = TRY(new_attributes(thread, arguments, 1, "Element"));
  XmlObject* element = element_of(self);
  element->tag_.set(element, arguments[0]);
  element->attributes_.set(element, attributes);
  return {};
}
Result<Value> make_subelement(Thread& thread, const Arguments& arguments) {
  if (arguments.positional_count() < 2)
    return thread.raise<TypeError>("SubElement() takes at least 2 arguments ({} given)", arguments.positional_count());
  if (arguments.positional_count() > 3)
    return thread.raise<TypeError>("SubElement() takes at most 3 arguments ({} given)", arguments.positional_count());
  TRY(require_element(thread, arguments[0], "SubElement", " 1"));
  XmlObject* element = make_element(thread, arguments[1], TRY(new_attributes(thread, arguments, 2, "SubElement")));
  TRY(list_append_value(thread, children_of(thread, element_of(arguments[0])), to_value(element)));
  return to_value(element);
}
Result<Value> element_makeelement(Thread& thread, XmlObject*, Value tag, Value attributes) {
  if (!is<Dict>(attributes))
    return thread.raise<TypeError>("makeelement() argument 2 must be dict, not {}", type_name_of(attributes));
  return to_value(make_element(thread, tag, to_value(TRY(dict_copy(thread, cast<Dict>(attributes))))));
}

// --- children

Result<void> element_append(Thread& thread, XmlObject* self, Value subelement) {
  TRY(require_element(thread, subelement, "append"));
  return list_append_value(thread, children_of(thread, self), subelement);
}
Result<void> element_insert(Thread& thread, XmlObject* self, Index index, Value subelement) {
  TRY(require_element(thread, subelement, "insert", " 2"));
  List* list = children_of(thread, self);
  TRY(call_method(thread, to_value(list), intern(thread, "insert"), Value::from_int(index), subelement));
  return {};
}
/// A list of the elements of a sequence.
Result<List*> elements_of(Thread& thread, Value sequence) {
  auto listed = list_from_iterable(thread, sequence);
  if (listed.is_raised()) {
    if (!thread.pending_is<TypeError>()) return Raised{};
    thread.clear_pending();
    return thread.raise<TypeError>("expected sequence, not \"{}\"", type_name_of(sequence));
  }
  List* list = listed.take();
  for (int64_t i = 0; i < list->length(); ++i)
    if (!is_element(list->at(i)))
      return thread.raise<TypeError>("expected an Element, not \"{}\"", type_name_of(list->at(i)));
  return list;
}
Result<void> element_extend(Thread& thread, XmlObject* self, Value elements) {
  List* list = TRY(elements_of(thread, elements));
  return list_extend(thread, children_of(thread, self), to_value(list));
}
Result<void> element_remove(Thread& thread, XmlObject* self, Value subelement) {
  TRY(require_element(thread, subelement, "remove"));
  for (int pass = 0; pass < 2; ++pass) {  // the same object first, then an equal one
    for (int64_t i = 0; i < self->length(); ++i) {
      Value child = cast<List>(self->children_.get())->at(i);
      bool found = pass == 0 ? child == subelement : TRY(equals(thread, child, subelement));
      if (!found) continue;
      if (i < self->length()) TRY(delete_item(thread, self->children_.get(), Value::from_int(i)));
      return {};
    }
  }
  return thread.raise<ValueError>("list.remove(x): x not in list");
}
Result<void> element_clear(Thread&, XmlObject* self) {
  for (auto* field : {&self->attributes_, &self->text_, &self->tail_, &self->children_})
    field->set(self, Value::none());
  return {};
}
Result<int64_t> element_length(Thread&, Value self) { return element_of(self)->length(); }

Result<int64_t> child_position(Thread& thread, XmlObject* self, Value index, const char* text) {
  if (type_of(thread, index)->slots().to_index == nullptr)
    return thread.raise<TypeError>("element indices must be integers");
  int64_t position = TRY(to_index_int64(thread, index));
  if (position < 0) position += self->length();
  if (position < 0 || position >= self->length()) return thread.raise<IndexError>("{}", text);
  return position;
}
Result<Value> element_get_item(Thread& thread, Value self_value, Value index) {
  XmlObject* self = element_of(self_value);
  if (is<Slice>(index)) return get_item(thread, to_value(children_of(thread, self)), index);
  int64_t position = TRY(child_position(thread, self, index, "child index out of range"));
  return cast<List>(self->children_.get())->at(position);
}
Result<void> element_set_item(Thread& thread, Value self_value, Value index, Value value) {
  XmlObject* self = element_of(self_value);
  if (is<Slice>(index)) {
    if (value.is_absent()) return delete_item(thread, to_value(children_of(thread, self)), index);
    List* list = TRY(elements_of(thread, value));
    return set_item(thread, to_value(children_of(thread, self)), index, to_value(list));
  }
  int64_t position = TRY(child_position(thread, self, index, "child assignment index out of range"));
  if (value.is_absent()) return delete_item(thread, self->children_.get(), Value::from_int(position));
  if (!is_element(value)) return thread.raise<TypeError>("expected an Element, not \"{}\"", type_name_of(value));
  cast<List>(self->children_.get())->set(position, value);
  return {};
}

// --- attributes of the XML element

Result<Value> element_get(Thread& thread, XmlObject* self, Value key, Value fallback) {
  if (self->attributes_.get().is_none()) return fallback;
  return TRY(dict_find(thread, cast<Dict>(self->attributes_.get()), key)).value_or(fallback);
}
Result<void> element_set(Thread& thread, XmlObject* self, Value key, Value value) {
  return dict_set(thread, TRY(attributes_of(thread, self)), key, value);
}
Result<Value> element_keys(Thread& thread, XmlObject* self) {
  return to_value(dict_keys_list(thread, TRY(attributes_of(thread, self))));
}
Result<Value> element_items(Thread& thread, XmlObject* self) {
  Value items = TRY(call_method(thread, to_value(TRY(attributes_of(thread, self))), thread.names().items));
  return to_value(TRY(list_from_iterable(thread, items)));
}

// --- searching

/// Whether a path is more than a tag: then xml.etree.ElementPath does the work.
bool is_path(Thread& thread, Value path) {
  Str* text = try_str(thread, path);
  if (text == nullptr) return true;
  bool outside = true;
  if (text->length() >= 3 && text->at(0) == '{' && (text->at(1) == '}' || (text->at(1) == '*' && text->at(2) == '}')))
    return true;
  for (int64_t i = 0; i < text->length(); ++i) {
    uint32_t c = text->at(i);
    if (c == '{')
      outside = false;
    else if (c == '}')
      outside = true;
    else if (outside && (c == '/' || c == '*' || c == '[' || c == '@' || c == '.'))
      return true;
  }
  return false;
}
template <typename... Values>
Result<Value> search_path(Thread& thread, const char* function, Values... values) {
  Value module = TRY(import_module(thread, "xml.etree.ElementPath"));
  return call_method(thread, module, intern(thread, function), values...);
}
/// Calls found(child) for each child with the tag until it says false.
template <typename Found>
Result<void> for_children(Thread& thread, XmlObject* self, Value tag, Found found) {
  for (int64_t i = 0; i < self->length(); ++i) {
    Value child = cast<List>(self->children_.get())->at(i);
    if (TRY(equals(thread, element_of(child)->tag_.get(), tag)) && !TRY(found(child))) return {};
  }
  return {};
}
Result<Value> element_find(Thread& thread, XmlObject* self, Value path, Value namespaces) {
  if (!namespaces.is_none() || is_path(thread, path))
    return search_path(thread, "find", to_value(self), path, namespaces);
  Value result = Value::none();
  TRY(for_children(thread, self, path, [&](Value child) -> Result<bool> {
    result = child;
    return false;
  }));
  return result;
}
Result<Value> element_findtext(Thread& thread, XmlObject* self, Value path, Value fallback, Value namespaces) {
  if (!namespaces.is_none() || is_path(thread, path))
    return search_path(thread, "findtext", to_value(self), path, fallback, namespaces);
  Value result = fallback;
  TRY(for_children(thread, self, path, [&](Value child) -> Result<bool> {
    Value text = element_of(child)->text_.get();
    result = text.is_none() ? to_value(thread.runtime().empty_str()) : text;
    return false;
  }));
  return result;
}
Result<Value> element_findall(Thread& thread, XmlObject* self, Value path, Value namespaces) {
  if (!namespaces.is_none() || is_path(thread, path))
    return search_path(thread, "findall", to_value(self), path, namespaces);
  List* list = List::make(thread.heap());
  TRY(for_children(thread, self, path, [&](Value child) -> Result<bool> {
    TRY(list_append_value(thread, list, child));
    return true;
  }));
  return to_value(list);
}
Result<Value> element_iterfind(Thread& thread, XmlObject* self, Value path, Value namespaces) {
  return search_path(thread, "iterfind", to_value(self), path, namespaces);
}

// --- iteration

Result<Value> make_iterator(Thread& thread, XmlObject* self, Role role, Value tag) {
  XmlObject* iterator = make_node(thread, cast<Type>(state_of(thread)->at(1)), role);
  iterator->tag_.set(iterator, tag);
  iterator->text_.set(iterator, to_value(self));
  iterator->children_.set(iterator, to_value(List::make(thread.heap())));
  return to_value(iterator);
}
Result<Value> element_iter(Thread& thread, XmlObject* self, Value tag) {
  Str* text = try_str(thread, tag);
  return make_iterator(thread, self, kElementIterator, text != nullptr && text->equals("*") ? Value::none() : tag);
}
Result<Value> element_itertext(Thread& thread, XmlObject* self) {
  return make_iterator(thread, self, kTextIterator, Value::none());
}
/// Whether the iterator gives this element, or (the text iterator) its text; `given` is what it gives.
Result<bool> gives(Thread& thread, XmlObject* iterator, XmlObject* element, Value* given) {
  if (iterator->role_ == kTextIterator) {
    *given = element->text_.get();
    return is_true(thread, *given);
  }
  *given = to_value(element);
  Value tag = iterator->tag_.get();
  return tag.is_none() ? Result<bool>(true) : equals(thread, element->tag_.get(), tag);
}
Result<Optional<Value>> iterator_next(Thread& thread, Value self_value) {
  XmlObject* self = element_of(self_value);
  auto* way = cast<List>(self->children_.get());
  Value given;
  auto enter = [&](XmlObject* element) -> Result<bool> {
    TRY(list_append_value(thread, way, to_value(element)));
    TRY(list_append_value(thread, way, Value::from_int(0)));
    return gives(thread, self, element, &given);
  };
  if (Value root = self->text_.get(); !root.is_none()) {
    self->text_.set(self, Value::none());
    if (TRY(enter(element_of(root)))) return Optional<Value>(given);
  }
  while (way->length() > 0) {
    int64_t top = way->length() - 2;
    XmlObject* parent = element_of(way->at(top));
    int64_t next = way->at(top + 1).as_int();
    if (next < parent->length()) {
      way->set(top + 1, Value::from_int(next + 1));
      XmlObject* child = element_of(cast<List>(parent->children_.get())->at(next));
      if (TRY(enter(child))) return Optional<Value>(given);
      continue;
    }
    TRY(delete_item(thread, to_value(way), Value::from_int(top + 1)));
    TRY(delete_item(thread, to_value(way), Value::from_int(top)));
    if (self->role_ == kTextIterator && top > 0) {  // the tail of the root is not part of it
      Value tail = parent->tail_.get();
      if (TRY(is_true(thread, tail))) return Optional<Value>(tail);
    }
  }
  return Optional<Value>();
}
Result<Value> itself(Thread&, Value self) { return self; }

// --- copies

Result<Value> element_copy(Thread& thread, XmlObject* self) {
  Value attributes = self->attributes_.get();
  if (!attributes.is_none()) attributes = to_value(TRY(dict_copy(thread, cast<Dict>(attributes))));
  XmlObject* copy = make_element(thread, self->tag_.get(), attributes);
  copy->text_.set(copy, self->text_.get());
  copy->tail_.set(copy, self->tail_.get());
  if (self->length() > 0)
    copy->children_.set(copy, to_value(TRY(make_list(thread, cast<List>(self->children_.get())->span()))));
  return to_value(copy);
}
Result<Value> element_deepcopy(Thread& thread, XmlObject* self, Value memo) {
  if (!is<Dict>(memo))
    return thread.raise<TypeError>("__deepcopy__() argument must be dict, not {}", type_name_of(memo));
  Value module = TRY(import_module(thread, "copy"));
  Value deepcopy = TRY(get_attribute(thread, module, "deepcopy"));
  auto copied = [&](Value value) -> Result<Value> {
    return value.is_none() || is_str(value) ? value : call(thread, deepcopy, value, memo);
  };
  Value tag = TRY(copied(self->tag_.get()));
  XmlObject* copy = make_element(thread, tag, TRY(copied(self->attributes_.get())));
  copy->text_.set(copy, TRY(copied(self->text_.get())));
  copy->tail_.set(copy, TRY(copied(self->tail_.get())));
  for (int64_t i = 0; i < self->length(); ++i) {
    Value child = TRY(copied(cast<List>(self->children_.get())->at(i)));
    TRY(list_append_value(thread, children_of(thread, copy), child));
  }
  Optional<Value> identity = thread.runtime().builtins_dict()->get_str(intern(thread, "id"));
  TRY(dict_set(thread, cast<Dict>(memo), TRY(call(thread, *identity, to_value(self))), to_value(copy)));
  return to_value(copy);
}
Result<Value> element_getstate(Thread& thread, XmlObject* self) {
  Dict* dict = Dict::make(thread.heap());
  List* children = TRY(make_list(thread, {}));
  if (self->length() > 0) TRY(list_extend(thread, children, self->children_.get()));
  TRY(dict_set_name(thread, dict, "tag", self->tag_.get()));
  TRY(dict_set_name(thread, dict, "_children", to_value(children)));
  TRY(dict_set_name(thread, dict, "attrib", to_value(TRY(attributes_of(thread, self)))));
  TRY(dict_set_name(thread, dict, "text", self->text_.get()));
  TRY(dict_set_name(thread, dict, "tail", self->tail_.get()));
  return to_value(dict);
}
Result<void> element_setstate(Thread& thread, XmlObject* self, Value state) {
  if (!is<Dict>(state))
    return thread.raise<TypeError>("Don't know how to unpickle \"{}\" as an Element", TRY(repr(thread, state)));
  auto part = [&](const char* name) { return cast<Dict>(state)->get_str(intern(thread, name)); };
  if (!part("tag")) return thread.raise<TypeError>("tag may not be NULL");
  Value attributes = part("attrib").value_or(Value::none());
  if (!attributes.is_none() && !is<Dict>(attributes))
    return thread.raise<TypeError>("attrib must be dict, not {}", type_name_of(attributes));
  Value children = part("_children").value_or(Value::none());
  if (!children.is_none()) {
    if (!is<List>(children)) return thread.raise<TypeError>("'_children' is not a list");
    children = to_value(TRY(elements_of(thread, children)));
  }
  self->tag_.set(self, *part("tag"));
  self->attributes_.set(self, attributes);
  self->text_.set(self, part("text").value_or(Value::none()));
  self->tail_.set(self, part("tail").value_or(Value::none()));
  self->children_.set(self, children);
  return {};
}

Result<Value> element_repr(Thread& thread, Value self_value) {
  XmlObject* self = element_of(self_value);
  ReprScope scope(thread, self_value);
  if (scope.entered_before())
    return thread.raise<RuntimeError>("reentrant call inside {}.__repr__", type_name_of(self_value));
  Str* tag = TRY(repr(thread, self->tag_.get()));
  Value address = make_unsigned(thread.heap(), (thread.heap().identity(self) + 0x100000) * 16);
  return to_value(format_text(thread, "<Element {} at {}>", tag,
                              as_str(thread, TRY(format(thread, address, intern(thread, "#x"))))));
}

template <auto Field>
Value field_getter(Thread&, XmlObject* self) {
  return (self->*Field).get();
}
template <auto Field>
Result<void> field_setter(Thread& thread, XmlObject* self, Value value) {
  if (value.is_absent()) return thread.raise<AttributeError>("can't delete element attribute");
  (self->*Field).set(self, value);
  return {};
}
Result<Value> attributes_getter(Thread& thread, XmlObject* self) { return to_value(TRY(attributes_of(thread, self))); }
Result<void> attributes_setter(Thread& thread, XmlObject* self, Value value) {
  if (value.is_absent()) return thread.raise<AttributeError>("can't delete element attribute");
  if (!is<Dict>(value)) return thread.raise<TypeError>("attrib must be dict, not {}", type_name_of(value));
  self->attributes_.set(self, value);
  return {};
}

constexpr NativeMethod kElementMethods[] = {
    method<element_clear>("clear($self, /)"),
    method<element_get>("get($self, /, key, default=None)"),
    method<element_set>("set($self, key, value, /)"),
    method<element_find>("find($self, /, path, namespaces=None)"),
    method<element_findtext>("findtext($self, /, path, default=None, namespaces=None)"),
    method<element_findall>("findall($self, /, path, namespaces=None)"),
    method<element_append>("append($self, subelement, /)"),
    method<element_extend>("extend($self, elements, /)"),
    method<element_insert>("insert($self, index, subelement, /)"),
    method<element_remove>("remove($self, subelement, /)"),
    method<element_iter>("iter($self, /, tag=None)"),
    method<element_itertext>("itertext($self, /)"),
    method<element_iterfind>("iterfind($self, /, path, namespaces=None)"),
    method<element_items>("items($self, /)"),
    method<element_keys>("keys($self, /)"),
    method<element_makeelement>("makeelement($self, tag, attrib, /)"),
    method<element_copy>("__copy__($self, /)"),
    method<element_deepcopy>("__deepcopy__($self, memo, /)"),
    method<element_getstate>("__getstate__($self, /)"),
    method<element_setstate>("__setstate__($self, state, /)"),
};
constexpr NativeAttribute kElementAttributes[] = {
    attribute<&field_getter<&XmlObject::tag_>, &field_setter<&XmlObject::tag_>>("tag"),
    attribute<&field_getter<&XmlObject::text_>, &field_setter<&XmlObject::text_>>("text"),
    attribute<&field_getter<&XmlObject::tail_>, &field_setter<&XmlObject::tail_>>("tail"),
    attribute<&attributes_getter, &attributes_setter>("attrib")};

const TypeSpec kElementType = {.name = "xml.etree.ElementTree.Element",
                               .kind = Kind::Accumulator,
                               .flags = kTypeBase | kTypeHasWeakrefs,
                               .layout = [] { return layout_of<XmlObject>("Element"); },
                               .slots = {.repr = &element_repr,
                                         .new_ = &element_new,
                                         .init = &element_init,
                                         .length = &element_length,
                                         .get_item = &element_get_item,
                                         .set_item = &element_set_item},
                               .methods = kElementMethods,
                               .attributes = kElementAttributes};
const TypeSpec kIteratorType = {.name = "_elementtree._element_iterator",
                                .kind = Kind::Accumulator,
                                .flags = kTypeDisallowInstantiation,
                                .slots = {.iter = &itself, .next = &iterator_next}};

/// CPython's own parser makes comments with these; ours is written in Python and knows them.
Result<Value> set_factories(Thread& thread, Value comment, Value instruction) {
  if (!comment.is_none() && !is_callable(thread, comment))
    return thread.raise<TypeError>("Comment factory must be callable, not {}", type_name_of(comment));
  if (!instruction.is_none() && !is_callable(thread, instruction))
    return thread.raise<TypeError>("PI factory must be callable, not {}", type_name_of(instruction));
  Array* state = state_of(thread);
  Value old = make_pair(thread, state->at(2), state->at(3));
  state->set(2, comment);
  state->set(3, instruction);
  return old;
}

constexpr NativeMethod kFunctions[] = {
    function<make_subelement>("SubElement(*args, **kwargs)"),
    function<set_factories>("_set_factories(comment_factory, pi_factory, /)"),
};

Result<void> initialize(Thread& thread, Module* module) {
  Array* state = Array::try_make(thread.heap(), 4);
  for (int64_t i = 0; i < 4; ++i) state->set(i, Value::none());
  module->state_.set(module, to_value(state));
  state->set(0, to_value(TRY(add_type(thread, module, kElementType))));
  state->set(1, to_value(TRY(make_builtin_type(thread, kIteratorType))));
  return {};
}

}  // namespace

extern const ModuleSpec kElementModule = {.name = "_elementtree", .functions = kFunctions, .initialize = &initialize};

}  // namespace viperine
