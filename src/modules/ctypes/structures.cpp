// SPDX-License-Identifier: MIT
// Structure and Union: where fields lie, the descriptors of fields, making instances.
// Invariant: a field's descriptor and the type of its class are laid out together; FINAL types never change.
#ifdef VIPERINE_HAS_FFI
#include <cstdlib>
#include <cstring>
#include <vector>

#include "modules/ctypes/ctypes.h"

namespace viperine::ctypes {

namespace {

/// Where the next field goes.
struct Cursor {
  int64_t size = 0, offset = 0, alignment = 0;  // alignment: of the last field
  int64_t open_bits = 0, used_bits = 0;         // the storage unit of the last bit field, and what is taken of it
  int64_t pack = 0;
  bool big_endian = false;
};

struct FieldSpec {
  Str* name = nullptr;
  Type* type = nullptr;
  int64_t bits = 0;  // 0: no bit field
};

/// Puts one field behind those before it; true when it began a storage unit.
bool place_field(Cursor& cursor, const TypeInfo& info, int64_t bits, CData* field) {
  int64_t unit = info.size * 8;
  bool is_open = bits > 0 && cursor.open_bits > 0;
  bool continues = is_open && unit <= cursor.open_bits && cursor.used_bits + bits <= cursor.open_bits;
  bool expands = is_open && !continues && unit >= cursor.open_bits && cursor.used_bits + bits <= unit;
  if (expands) {
    int64_t more = info.size - cursor.open_bits / 8;
    cursor.offset += more;
    cursor.size += more;
    cursor.open_bits = unit;
  }
  if (!continues && !expands) {
    cursor.open_bits = bits > 0 ? unit : 0;
    cursor.used_bits = 0;
    int64_t alignment = cursor.pack > 0 ? std::min(cursor.pack, info.alignment) : info.alignment;
    if (alignment > 0 && cursor.offset % alignment != 0) {
      int64_t gap = alignment - cursor.offset % alignment;
      cursor.size += gap;
      cursor.offset += gap;
    }
    cursor.alignment = alignment;
    cursor.size += info.size;
    cursor.offset += info.size;
  }
  field->index_ = cursor.offset - info.size;
  field->size_ = info.size;
  if (bits > 0) {
    int64_t shift = cursor.big_endian ? cursor.open_bits - cursor.used_bits - bits : cursor.used_bits;
    field->size_ = bits << 16 | shift;
    field->code_ = 'b';
    cursor.used_bits += bits;
  }
  return !continues && !expands;
}

Result<FieldSpec> read_field_spec(Thread& thread, Value pair, int64_t index) {
  constexpr const char* kText = "'_fields_' must be a sequence of (name, C type) pairs";
  FieldSpec spec;
  if (!is<Tuple>(pair)) return thread.raise<TypeError>(kText);
  auto* tuple = cast<Tuple>(pair);
  if (tuple->length() < 2 || tuple->length() > 3 || !is_str(tuple->at(0))) return thread.raise<TypeError>(kText);
  spec.name = intern(thread, as_str(thread, tuple->at(0)));
  TypeInfo* info = info_of_value(tuple->at(1));
  if (info == nullptr)
    return thread.raise<TypeError>("second item in _fields_ tuple (index {}) must be a C type", index);
  spec.type = cast<Type>(tuple->at(1));
  if (tuple->length() == 2) return spec;
  if (!is_integer(tuple->at(2))) return thread.raise<TypeError>(kText);
  bool allowed = info->category == Category::Simple && std::strchr("bBhHiIlLqQ?", info->code) != nullptr;
  if (!allowed) return thread.raise<TypeError>("bit fields not allowed for type {}", spec.type->name());
  if (!int_fits_int64(tuple->at(2), &spec.bits) || spec.bits <= 0 || spec.bits > info->size * 8)
    return thread.raise<ValueError>("number of bits invalid for bit field");
  return spec;
}

CData* make_field(Thread& thread, Type* type, int64_t number) {
  CData* field = make_internal(thread, kFieldType, Role::Field);
  field->base_.set(field, to_value(type));
  field->length_ = number;
  return field;
}

/// The C types that a by-value structure hands to libffi: arrays become their items.
void append_elements(std::vector<ffi_type*>& elements, Type* type) {
  constexpr size_t kMost = 64;
  TypeInfo* info = info_of(type);
  if (info->category != Category::Array) return elements.push_back(&info->ffi);
  for (int64_t i = 0; i < info->length && elements.size() < kMost; ++i) append_elements(elements, target_of(type));
}

void set_elements(TypeInfo* info, const std::vector<ffi_type*>& elements) {
  if (info->ffi.type == FFI_TYPE_STRUCT) std::free(info->ffi.elements);
  info->ffi.type = FFI_TYPE_STRUCT;
  info->ffi.size = static_cast<size_t>(info->size);
  info->ffi.alignment = static_cast<unsigned short>(info->alignment);
  info->ffi.elements = static_cast<ffi_type**>(std::calloc(elements.size() + 1, sizeof(ffi_type*)));
  CHECK(info->ffi.elements != nullptr);
  std::copy(elements.begin(), elements.end(), info->ffi.elements);
}

bool is_float_only(const std::vector<ffi_type*>& elements) {
  for (const ffi_type* element : elements) {
    if (element->type == FFI_TYPE_STRUCT) {
      for (ffi_type** inner = element->elements; inner != nullptr && *inner != nullptr; ++inner)
        if (!is_float_only({*inner})) return false;
    } else if (element->type != FFI_TYPE_FLOAT && element->type != FFI_TYPE_DOUBLE) {
      return false;
    }
  }
  return true;
}

/// How a union is passed by value: its widest alternative when all are floats, otherwise as integers that fill it.
void settle_union_elements(std::vector<ffi_type*>& elements, int64_t size, int64_t alignment) {
  if (is_float_only(elements)) {
    ffi_type* widest = nullptr;
    for (ffi_type* element : elements)
      if (widest == nullptr || element->size > widest->size) widest = element;
    elements.assign(widest == nullptr ? 0 : 1, widest);
    return;
  }
  ffi_type* unit = alignment >= 8   ? &ffi_type_uint64
                   : alignment == 4 ? &ffi_type_uint32
                   : alignment == 2 ? &ffi_type_uint16
                                    : &ffi_type_uint8;
  elements.assign(static_cast<size_t>(std::min<int64_t>(size / static_cast<int64_t>(unit->size), 64)), unit);
}

/// Text of PEP 3118 while it grows.
class FormatText {
 public:
  ~FormatText() { std::free(text_); }
  void append(std::string_view more) {
    text_ = static_cast<char*>(std::realloc(text_, length_ + more.size() + 1));
    CHECK(text_ != nullptr);
    std::memcpy(text_ + length_, more.data(), more.size());
    length_ += more.size();
  }
  void append_number(int64_t number) {
    char digits[24];
    append(std::string_view(digits, static_cast<size_t>(snprintf(digits, sizeof(digits), "%ld", long{number}))));
  }
  void append_field(const TypeInfo& info, std::string_view name) {
    if (info.dimensions > 0) {
      append("(");
      for (int i = 0; i < info.dimensions; ++i) {
        if (i > 0) append(",");
        append_number(info.shape[i]);
      }
      append(")");
    }
    append(info.format == nullptr ? "B" : std::string_view(info.format));
    append(":");
    append(name);
    append(":");
  }
  std::string_view view() const { return {text_, length_}; }

 private:
  char* text_ = nullptr;
  size_t length_ = 0;
};

struct Layout {
  Cursor cursor;
  int64_t union_size = 0, alignment = 1;
  std::vector<ffi_type*> elements;
  FormatText format;
  bool is_union = false;
};

Result<void> add_field(Thread& thread, Type* type, Layout& layout, const FieldSpec& spec, int64_t number) {
  TypeInfo* own = info_of(type);
  TypeInfo* info = info_of(spec.type);
  if ((info->flags & (kIsPointer | kHasPointer)) != 0) own->flags |= kHasPointer;
  own->flags |= info->flags & (kHasUnion | kHasBitFields);
  if (spec.bits > 0) own->flags |= kHasBitFields;
  info->flags |= kFinal;
  CData* field = make_field(thread, spec.type, number);
  if (layout.is_union) layout.cursor.size = layout.cursor.offset = layout.cursor.alignment = 0;
  if (place_field(layout.cursor, *info, spec.bits, field)) append_elements(layout.elements, spec.type);
  if (!layout.is_union && layout.cursor.pack == 0) {
    Bytes* name = TRY(encode_utf8(thread, spec.name));
    layout.format.append_field(*info, name->view());
  }
  layout.union_size = std::max(layout.union_size, layout.cursor.size);
  layout.alignment = std::max(layout.alignment, layout.cursor.alignment);
  return type_set_attribute(thread, to_value(type), spec.name, to_value(field));
}

/// _pack_ and the base class decide where fields begin.
Result<void> begin_layout(Thread& thread, Type* type, Layout& layout) {
  Optional<Value> pack = TRY(find_class_attribute(thread, to_value(type), "_pack_"));
  if (pack) {
    int64_t number;
    if (!is_integer(*pack) || !int_fits_int64(*pack, &number) || number < 0 || number > INT32_MAX)
      return thread.raise<ValueError>("_pack_ must be a non-negative integer");
    layout.cursor.pack = number;
  }
  layout.cursor.big_endian =
      TRY(find_class_attribute(thread, to_value(type), "_swappedbytes_")).has_value() ? true : false;
  TypeInfo* own = info_of(type);
  if (layout.is_union) own->flags |= kHasUnion;
  TypeInfo* base = info_of(type->base());
  if (base == nullptr) return {};
  base->flags |= kFinal;
  own->flags |= base->flags & (kHasUnion | kHasBitFields | kHasPointer);
  layout.cursor.size = layout.cursor.offset = base->size;
  layout.union_size = base->size;
  layout.alignment = std::max<int64_t>(base->alignment, 1);
  for (ffi_type** element = base->ffi.elements; element != nullptr && *element != nullptr; ++element)
    layout.elements.push_back(*element);
  return {};
}

// --- anonymous fields

Result<CData*> field_of(Thread& thread, Type* type, Value name) {
  Str* text = try_str(thread, name);
  if (text == nullptr) return thread.raise<TypeError>("attribute name must be string, not '{}'", type_name_of(name));
  Value descriptor = TRY(get_attribute(thread, to_value(type), text));
  if (!is<CData>(descriptor) || cast<CData>(descriptor)->role_ != Role::Field)
    return thread.raise<AttributeError>("'{}' is specified in _anonymous_ but not in _fields_", text);
  return cast<CData>(descriptor);
}

constexpr uint8_t kAnonymous = 1;  // CData::padding_[0] of a field

Result<void> lift_fields(Thread& thread, Type* type, CData* anonymous, int64_t number, int64_t offset) {
  if (thread.native_recursion_exceeded("")) return Raised{};
  Type* inner = cast<Type>(anonymous->base_.get());
  Value fields = TRY(get_attribute(thread, to_value(inner), "_fields_"));
  Tuple* list = TRY(tuple_from_iterable(thread, fields));
  for (Value pair : list->span()) {
    FieldSpec spec = TRY(read_field_spec(thread, pair, 0));
    CData* field = TRY(field_of(thread, inner, to_value(spec.name)));
    if (field->padding_[0] == kAnonymous) {
      TRY(lift_fields(thread, type, field, number + field->length_, offset + field->index_));
      continue;
    }
    CData* lifted = make_field(thread, cast<Type>(field->base_.get()), number + field->length_);
    lifted->size_ = field->size_;
    lifted->index_ = field->index_ + offset;
    lifted->code_ = field->code_;
    TRY(type_set_attribute(thread, to_value(type), spec.name, to_value(lifted)));
  }
  return {};
}

Result<void> lift_anonymous(Thread& thread, Type* type) {
  Optional<Value> names = TRY(find_class_attribute(thread, to_value(type), "_anonymous_"));
  if (!names) return {};
  auto list = tuple_from_iterable(thread, *names);
  if (list.is_raised()) {
    thread.clear_pending();
    return thread.raise<TypeError>("_anonymous_ must be a sequence");
  }
  Tuple* tuple = list.take();
  for (Value name : tuple->span()) {
    CData* field = TRY(field_of(thread, type, name));
    field->padding_[0] = kAnonymous;
    TRY(lift_fields(thread, type, field, field->length_, field->index_));
  }
  return {};
}

}  // namespace

Result<void> lay_out_fields(Thread& thread, Type* type, Value fields) {
  TypeInfo* info = info_of(type);
  if (info == nullptr) return thread.raise<TypeError>("ctypes state is not initialized");
  bool is_sequence = is<Tuple>(fields) || is<List>(fields) || type_of(thread, fields)->slots().get_item != nullptr;
  if (!is_sequence || type_of(thread, fields)->slots().length == nullptr)
    return thread.raise<TypeError>("'_fields_' must be a sequence of pairs");
  if ((info->flags & kFinal) != 0) return thread.raise<AttributeError>("_fields_ is final");
  Tuple* list = TRY(tuple_from_iterable(thread, fields));
  Layout layout;
  layout.is_union = info->category == Category::Union;
  TRY(begin_layout(thread, type, layout));
  Tuple* types = TRY(make_tuple(thread, list->length()));
  for (int64_t i = 0; i < list->length(); ++i) {
    FieldSpec spec = TRY(read_field_spec(thread, list->at(i), i));
    if (spec.type == type) return thread.raise<AttributeError>("Structure or union cannot contain itself");
    types->set(i, to_value(spec.type));
    TRY(add_field(thread, type, layout, spec, i));
    if ((info->flags & kFinal) != 0) return thread.raise<AttributeError>("_fields_ is final");
  }
  int64_t size = layout.is_union ? layout.union_size : layout.cursor.size;
  info->size = (size + layout.alignment - 1) / layout.alignment * layout.alignment;
  info->alignment = layout.alignment;
  TypeInfo* base = info_of(type->base());
  info->length = list->length() + (base == nullptr ? 0 : base->length);
  FormatText text;
  if (layout.is_union || layout.cursor.pack > 0) {
    text.append("B");
  } else {
    text.append("T{");
    text.append(layout.format.view());
    text.append("}");
  }
  set_format(info, text.view());
  set_info_part(type, kFieldTypes, to_value(types));
  if (layout.is_union) settle_union_elements(layout.elements, info->size, info->alignment);
  set_elements(info, layout.elements);
  info->flags |= kFinal;
  return lift_anonymous(thread, type);
}

Result<void> ready_structure(Thread& thread, Type* type, Category category) {
  if (type->dict()->get_str(intern(thread, "_abstract_"))) return {};
  TypeInfo* info = attach_info(thread, type, category);
  info->ffi = ffi_type{};
  info->ffi.type = FFI_TYPE_STRUCT;
  info->alignment = 0;
  set_format(info, "B");
  Optional<Value> fields = type->dict()->get_str(intern(thread, "_fields_"));
  if (fields) return set_attribute(thread, to_value(type), intern(thread, "_fields_"), open_class_cell(*fields));
  TypeInfo* base = info_of(type->base());
  if (base == nullptr) {
    set_elements(info, {});
    return {};
  }
  base->flags |= kFinal;
  info->size = base->size;
  info->alignment = base->alignment;
  info->length = base->length;
  info->flags = base->flags & ~uint32_t{kFinal};
  if (base->format != nullptr) set_format(info, base->format);
  std::vector<ffi_type*> elements;
  for (ffi_type** element = base->ffi.elements; element != nullptr && *element != nullptr; ++element)
    elements.push_back(*element);
  set_elements(info, elements);
  return {};
}

// --- instances

namespace {

/// Values by position: the fields of base classes come first. How many were used.
Result<int64_t> set_by_position(Thread& thread, Value self, Type* type, const Arguments& arguments) {
  int64_t used = info_of(type->base()) == nullptr ? 0 : TRY(set_by_position(thread, self, type->base(), arguments));
  Optional<Value> fields = type->dict()->get_str(intern(thread, "_fields_"));
  if (!fields) return used;
  Tuple* list = TRY(tuple_from_iterable(thread, open_class_cell(*fields)));
  for (int64_t i = 0; i < list->length() && used < arguments.positional_count(); ++i, ++used) {
    Value name = TRY(get_item(thread, list->at(i), Value::from_int(0)));
    Str* text = try_str(thread, name);
    if (text == nullptr) return thread.raise<TypeError>("attribute name must be string");
    for (uint32_t k = 0; k < arguments.keyword_count(); ++k)
      if (as_str(thread, arguments.keywords->at(k))->equals(text))
        return thread.raise<TypeError>("duplicate values for field {}", TRY(repr(thread, name)));
    TRY(set_attribute(thread, self, text, arguments[static_cast<uint32_t>(used)]));
  }
  return used;
}

Result<void> structure_init(Thread& thread, Value self, const Arguments& arguments) {
  if (arguments.positional_count() > 0) {
    int64_t used = TRY(set_by_position(thread, self, type_of(thread, self), arguments));
    if (used < arguments.positional_count()) return thread.raise<TypeError>("too many initializers");
  }
  for (uint32_t i = 0; i < arguments.keyword_count(); ++i)
    TRY(set_attribute(thread, self, as_str(thread, arguments.keywords->at(i)), arguments.keyword_value(i)));
  return {};
}

// --- CField

Result<Value> field_get(Thread& thread, Value self, Value object, Value) {
  if (object.is_absent() || object.is_none()) return self;
  CData* field = self_data(self);
  if (!is_data(object)) return thread.raise<TypeError>("not a ctype instance");
  CData* data = cast<CData>(object);
  Type* type = cast<Type>(field->base_.get());
  uint8_t* address = data->data_ + field->index_;
  TypeInfo* info = info_of(type);
  if (field->code_ == 'b') return read_scalar(thread, info->code, info->swapped, address, field->size_);
  char text = text_code(type);
  if (text != 0) return read_text(thread, address, info->size, text == 'u');
  return read_item(thread, type, data, field->length_, address);
}

Result<void> field_set(Thread& thread, Value self, Value object, Value value) {
  CData* field = self_data(self);
  if (!is_data(object)) return thread.raise<TypeError>("not a ctype instance");
  if (value.is_absent()) return thread.raise<TypeError>("can't delete attribute");
  CData* data = cast<CData>(object);
  Type* type = cast<Type>(field->base_.get());
  uint8_t* address = data->data_ + field->index_;
  TypeInfo* info = info_of(type);
  if (field->code_ == 'b') {
    TRY(write_scalar(thread, info->code, info->swapped, address, value, field->size_));
    return {};
  }
  char text = text_code(type);
  if (text != 0) {
    TRY(write_text(thread, address, info->size, value, text == 'u'));
    return {};
  }
  return write_item(thread, data, type, value, field->length_, address);
}

Result<Value> field_repr(Thread& thread, Value self) {
  CData* field = self_data(self);
  Str* name = cast<Type>(field->base_.get())->name();
  if (field->code_ == 'b')
    return to_value(format_text(thread, "<Field type={}, ofs={}:{}, bits={}>", name, field->index_,
                                field->size_ & 0xFFFF, field->size_ >> 16));
  return to_value(format_text(thread, "<Field type={}, ofs={}, size={}>", name, field->index_, field->size_));
}

Value field_offset(Thread&, CData* self) { return Value::from_int(self->index_); }
Value field_size(Thread&, CData* self) { return Value::from_int(self->size_); }

constexpr NativeAttribute kFieldAttributes[] = {
    attribute<field_offset>("offset", "offset in bytes of this field"),
    attribute<field_size>("size", "size in bytes of this field"),
};

}  // namespace

const TypeSpec kFieldSpec = {.name = "_ctypes.CField",
                             .kind = Kind::CData,
                             .flags = kTypeDisallowInstantiation,
                             .slots = {.repr = &field_repr, .descriptor_get = &field_get, .descriptor_set = &field_set},
                             .attributes = kFieldAttributes,
                             .doc = "Where a member of a structure or union lies."};

const TypeSpec kStructureSpec = {.name = "_ctypes.Structure",
                                 .kind = Kind::CData,
                                 .flags = kTypeBase,
                                 .slots = {.new_ = &data_new, .init = &structure_init, .buffer = &data_buffer},
                                 .doc = "Base class of structures.",
                                 .base_spec = &kDataSpec};

const TypeSpec kUnionSpec = {.name = "_ctypes.Union",
                             .kind = Kind::CData,
                             .flags = kTypeBase,
                             .slots = {.new_ = &data_new, .init = &structure_init, .buffer = &data_buffer},
                             .doc = "Base class of unions.",
                             .base_spec = &kDataSpec};

}  // namespace viperine::ctypes

#endif
