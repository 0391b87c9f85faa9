// SPDX-License-Identifier: MIT
// The module _lzma over liblzma: LZMACompressor, LZMADecompressor, filter chains. Only compiled in when the library is
// there.
#ifdef VIPERINE_HAS_LZMA
#include <lzma.h>

#include "builtins/container_support.h"
#include "modules/compression.h"
#include "runtime/attributes.h"
#include "runtime/containers.h"
#include "runtime/import.h"

namespace viperine {

namespace {

enum Format : int { kAuto, kXz, kAlone, kRaw };
constexpr int64_t kUnknownCheck = LZMA_CHECK_ID_MAX + 1;

/// A filter chain with the options that its entries point to.
struct FilterChain {
  lzma_filter filters[LZMA_FILTERS_MAX + 1];
  union Options {
    lzma_options_lzma lzma;
    lzma_options_delta delta;
    lzma_options_bcj bcj;
  } options[LZMA_FILTERS_MAX];
  FilterChain() { filters[0].id = LZMA_VLI_UNKNOWN; }
};

struct Stream : StreamInput {
  lzma_stream lzma = LZMA_STREAM_INIT;
  FilterChain chain;
  bool finished = false;
  ~Stream() { lzma_end(&lzma); }
};

class Compressor final : public HeapObject {
 public:
  static constexpr Kind kKind = Kind::LzmaCompressor;
  Stream* stream_;
  static void release(HeapObject* object) { delete static_cast<Compressor*>(object)->stream_; }
  LAYOUT(Compressor, HeapObject, stream_);
};
class Decompressor final : public HeapObject {
 public:
  static constexpr Kind kKind = Kind::LzmaDecompressor;
  Slot<Value> unused_data_;
  Stream* stream_;
  int64_t check_;
  uint64_t eof_, needs_input_;
  static void release(HeapObject* object) { delete static_cast<Decompressor*>(object)->stream_; }
  LAYOUT(Decompressor, HeapObject, unused_data_, stream_, check_, eof_, needs_input_);
};

Raised raise_error(Thread& thread, Str* text) {
  auto module = import_module(thread, "_lzma");
  if (module.is_raised()) return Raised{};
  auto type = get_attribute(thread, module.take(), "LZMAError");
  if (type.is_raised()) return Raised{};
  auto error = call(thread, type.take(), to_value(text));
  if (error.is_raised()) return Raised{};
  return thread.raise_object(cast<ExceptionObject>(error.take()));
}

/// Success, the end of the stream and news about the check are no errors.
Result<void> check_status(Thread& thread, lzma_ret status) {
  const char* text = nullptr;
  switch (status) {
    case LZMA_OK:
    case LZMA_GET_CHECK:
    case LZMA_NO_CHECK:
    case LZMA_STREAM_END:
      return {};
    case LZMA_UNSUPPORTED_CHECK:
      text = "Unsupported integrity check";
      break;
    case LZMA_MEM_ERROR:
      return thread.raise_memory_error();
    case LZMA_MEMLIMIT_ERROR:
      text = "Memory usage limit exceeded";
      break;
    case LZMA_FORMAT_ERROR:
      text = "Input format not supported by decoder";
      break;
    case LZMA_OPTIONS_ERROR:
      text = "Invalid or unsupported options";
      break;
    case LZMA_DATA_ERROR:
      text = "Corrupt input data";
      break;
    case LZMA_BUF_ERROR:
      text = "Insufficient buffer space";
      break;
    case LZMA_PROG_ERROR:
      text = "Internal error";
      break;
    default:
      return raise_error(thread, format_text(thread, "Unrecognized error from liblzma: {}", int64_t{status}));
  }
  return raise_error(thread, make_str(thread, text));
}

// --- filter chains

/// An unsigned number of a filter specifier; `fallback` when it has no such entry.
Result<uint64_t> entry_of(Thread& thread, Value specifier, const char* name, uint64_t fallback) {
  Value key = to_value(intern(thread, name));
  if (!TRY(contains(thread, specifier, key))) return fallback;
  return to_c_uint64(thread, TRY(get_item(thread, specifier, key)));
}

/// ValueError for entries that this kind of filter does not have.
Result<void> check_entries(Thread& thread, Value specifier, std::initializer_list<std::string_view> known,
                           const char* what) {
  Value iterator = TRY(iterate(thread, specifier));
  for (;;) {
    Optional<Value> key = TRY(next(thread, iterator));
    if (!key) return {};
    bool found = false;
    for (std::string_view name : known) found = found || (is_str(*key) && as_str(thread, *key)->equals(name));
    if (!found) return thread.raise<ValueError>("Invalid filter specifier for {} filter", what);
  }
}

Result<void> read_lzma_options(Thread& thread, Value specifier, lzma_options_lzma& options) {
  TRY(check_entries(thread, specifier,
                    {"id", "preset", "dict_size", "lc", "lp", "pb", "mode", "nice_len", "mf", "depth"}, "LZMA"));
  auto preset = static_cast<uint32_t>(TRY(entry_of(thread, specifier, "preset", LZMA_PRESET_DEFAULT)));
  if (lzma_lzma_preset(&options, preset))
    return raise_error(thread, format_text(thread, "Invalid compression preset: {}", int64_t{preset}));
  options.dict_size = static_cast<uint32_t>(TRY(entry_of(thread, specifier, "dict_size", options.dict_size)));
  options.lc = static_cast<uint32_t>(TRY(entry_of(thread, specifier, "lc", options.lc)));
  options.lp = static_cast<uint32_t>(TRY(entry_of(thread, specifier, "lp", options.lp)));
  options.pb = static_cast<uint32_t>(TRY(entry_of(thread, specifier, "pb", options.pb)));
  options.mode = static_cast<lzma_mode>(TRY(entry_of(thread, specifier, "mode", options.mode)));
  options.nice_len = static_cast<uint32_t>(TRY(entry_of(thread, specifier, "nice_len", options.nice_len)));
  options.mf = static_cast<lzma_match_finder>(TRY(entry_of(thread, specifier, "mf", options.mf)));
  options.depth = static_cast<uint32_t>(TRY(entry_of(thread, specifier, "depth", options.depth)));
  return {};
}

Result<void> read_filter(Thread& thread, Value specifier, lzma_filter& filter, FilterChain::Options& options) {
  if (!type_of(thread, specifier)->slots().is_mapping && !is<Dict>(specifier))
    return thread.raise<TypeError>("Filter specifier must be a dict or dict-like object");
  if (!TRY(contains(thread, specifier, to_value(intern(thread, "id")))))
    return thread.raise<ValueError>("Filter specifier must have an \"id\" entry");
  filter.id = TRY(entry_of(thread, specifier, "id", 0));
  switch (filter.id) {
    case LZMA_FILTER_LZMA1:
    case LZMA_FILTER_LZMA2:
      filter.options = &options.lzma;
      return read_lzma_options(thread, specifier, options.lzma);
    case LZMA_FILTER_DELTA:
      TRY(check_entries(thread, specifier, {"id", "dist"}, "delta"));
      options.delta = {};
      options.delta.type = LZMA_DELTA_TYPE_BYTE;
      options.delta.dist = static_cast<uint32_t>(TRY(entry_of(thread, specifier, "dist", 1)));
      filter.options = &options.delta;
      return {};
    case LZMA_FILTER_X86:
    case LZMA_FILTER_POWERPC:
    case LZMA_FILTER_IA64:
    case LZMA_FILTER_ARM:
    case LZMA_FILTER_ARMTHUMB:
    case LZMA_FILTER_SPARC:
      TRY(check_entries(thread, specifier, {"id", "start_offset"}, "BCJ"));
      options.bcj = {};
      options.bcj.start_offset = static_cast<uint32_t>(TRY(entry_of(thread, specifier, "start_offset", 0)));
      filter.options = &options.bcj;
      return {};
    default:
      return thread.raise<ValueError>("Invalid filter ID: {}", static_cast<int64_t>(filter.id));
  }
}

Result<void> read_chain(Thread& thread, Value specifiers, FilterChain& chain) {
  if (is<Dict>(specifiers)) return thread.raise<TypeError>("{} is not a sequence", type_of(thread, specifiers));
  int64_t count = TRY(length(thread, specifiers));
  if (count > LZMA_FILTERS_MAX)
    return thread.raise<ValueError>("Too many filters - liblzma supports a maximum of {}", int64_t{LZMA_FILTERS_MAX});
  for (int64_t i = 0; i < count; ++i) {
    Value specifier = TRY(get_item(thread, specifiers, Value::from_int(i)));
    TRY(read_filter(thread, specifier, chain.filters[i], chain.options[i]));
  }
  chain.filters[count].id = LZMA_VLI_UNKNOWN;
  return {};
}

// --- compressor

Result<lzma_ret> open_encoder(Thread& thread, Stream* stream, int format, int check, Value preset_value,
                              Value filters) {
  uint32_t preset = LZMA_PRESET_DEFAULT;
  if (!preset_value.is_none()) {
    uint64_t number = TRY(to_c_uint64(thread, preset_value));
    if (number > UINT32_MAX) return thread.raise<OverflowError>("Value too large for uint32_t type");
    preset = static_cast<uint32_t>(number);
  }
  if (!filters.is_none()) TRY(read_chain(thread, filters, stream->chain));
  const lzma_filter* chain = stream->chain.filters;
  switch (format) {
    case kXz: {
      auto kind = static_cast<lzma_check>(check < 0 ? static_cast<int>(LZMA_CHECK_CRC64) : check);
      return filters.is_none() ? lzma_easy_encoder(&stream->lzma, preset, kind)
                               : lzma_stream_encoder(&stream->lzma, chain, kind);
    }
    case kAlone:
      if (filters.is_none()) {
        lzma_options_lzma& options = stream->chain.options[0].lzma;
        if (lzma_lzma_preset(&options, preset))
          return raise_error(thread, format_text(thread, "Invalid compression preset: {}", int64_t{preset}));
        return lzma_alone_encoder(&stream->lzma, &options);
      }
      if (chain[0].id != LZMA_FILTER_LZMA1 || chain[1].id != LZMA_VLI_UNKNOWN)
        return thread.raise<ValueError>("Invalid filter chain for FORMAT_ALONE - must be a single LZMA1 filter");
      return lzma_alone_encoder(&stream->lzma, static_cast<lzma_options_lzma*>(chain[0].options));
    case kRaw:
      if (filters.is_none()) return thread.raise<ValueError>("Must specify filters for FORMAT_RAW");
      return lzma_raw_encoder(&stream->lzma, chain);
    default:
      return thread.raise<ValueError>("Invalid container format: {}", int64_t{format});
  }
}

Result<Value> compressor_new(Thread& thread, Type* type, const Arguments& arguments) {
  static constexpr NativeMethod kSignature = signature("LZMACompressor(format=1, check=-1, preset=None, filters=None)");
  BoundArguments bound;
  TRY(bind_arguments(thread, kSignature, arguments, bound));
  int format = TRY(to_c_int(thread, bound.values[0])), check = TRY(to_c_int(thread, bound.values[1]));
  if (!bound.values[2].is_none() && !bound.values[3].is_none())
    return thread.raise<ValueError>("Cannot specify both preset and filter chain");
  if (format != kXz && check != -1 && check != LZMA_CHECK_NONE)
    return thread.raise<ValueError>("Integrity checks are only supported by FORMAT_XZ");
  auto* self = make_instance<Compressor>(thread, type);
  self->stream_ = new Stream;
  lzma_ret status = TRY(open_encoder(thread, self->stream_, format, check, bound.values[2], bound.values[3]));
  TRY(check_status(thread, status));
  return to_value(self);
}

struct Coded {
  lzma_ret status;
  std::string output;
  std::string rest;  // input behind the end of the stream
  bool drained;      // all input was taken
};
/// Runs the coder over what was given before and `data`.
Coded run_coder(Thread& thread, Stream* stream, const std::string& data, lzma_action action, int64_t limit) {
  Coded coded;
  std::string& output = coded.output;
  coded.status = without_lock(thread, [&] {
    std::lock_guard<std::mutex> guard(stream->mutex);
    stream->input.append(data);
    lzma_ret last = LZMA_OK;
    pump_stream(stream->input, output, limit, [&](StreamWindow& window) {
      lzma_stream& lzma = stream->lzma;
      lzma.next_in = reinterpret_cast<const uint8_t*>(window.in);
      lzma.avail_in = window.in_size;
      lzma.next_out = reinterpret_cast<uint8_t*>(window.out);
      lzma.avail_out = window.out_size;
      do last = lzma_code(&lzma, action);
      while (last == LZMA_GET_CHECK || last == LZMA_NO_CHECK);
      window.in_size = lzma.avail_in;
      window.out_size = lzma.avail_out;
      // Nothing to do just now is no error.
      if (last == LZMA_BUF_ERROR && lzma.avail_in == 0 && lzma.avail_out > 0) last = LZMA_OK;
      return last != LZMA_OK;
    });
    if (last == LZMA_STREAM_END) coded.rest.swap(stream->input);
    coded.drained = stream->input.empty();
    return last;
  });
  return coded;
}

Result<Value> compress_step(Thread& thread, Stream* stream, const std::string& data, lzma_action action) {
  Coded coded = run_coder(thread, stream, data, action, -1);
  TRY(check_status(thread, coded.status));
  return to_value(make_bytes(thread, coded.output));
}
Result<Value> compressor_compress(Thread& thread, Compressor* self, Value data) {
  if (self->stream_->finished) return thread.raise<ValueError>("Compressor has been flushed");
  std::string copy = TRY(copy_bytes(thread, data));
  return compress_step(thread, self->stream_, copy, LZMA_RUN);
}
Result<Value> compressor_flush(Thread& thread, Compressor* self) {
  if (self->stream_->finished) return thread.raise<ValueError>("Repeated call to flush()");
  self->stream_->finished = true;
  return compress_step(thread, self->stream_, {}, LZMA_FINISH);
}

// --- decompressor

Result<lzma_ret> open_decoder(Thread& thread, Decompressor* self, int format, uint64_t limit, Value filters) {
  constexpr uint32_t kFlags = LZMA_TELL_ANY_CHECK | LZMA_TELL_NO_CHECK;
  lzma_stream* lzma = &self->stream_->lzma;
  switch (format) {
    case kAuto:
      return lzma_auto_decoder(lzma, limit, kFlags);
    case kXz:
      return lzma_stream_decoder(lzma, limit, kFlags);
    case kAlone:
      self->check_ = LZMA_CHECK_NONE;
      return lzma_alone_decoder(lzma, limit);
    case kRaw:
      self->check_ = LZMA_CHECK_NONE;
      TRY(read_chain(thread, filters, self->stream_->chain));
      return lzma_raw_decoder(lzma, self->stream_->chain.filters);
    default:
      return thread.raise<ValueError>("Invalid container format: {}", int64_t{format});
  }
}

Result<Value> decompressor_new(Thread& thread, Type* type, const Arguments& arguments) {
  static constexpr NativeMethod kSignature = signature("LZMADecompressor(format=0, memlimit=None, filters=None)");
  BoundArguments bound;
  TRY(bind_arguments(thread, kSignature, arguments, bound));
  int format = TRY(to_c_int(thread, bound.values[0]));
  Value memory = bound.values[1], filters = bound.values[2];
  uint64_t limit = UINT64_MAX;
  if (!memory.is_none()) {
    if (format == kRaw) return thread.raise<ValueError>("Cannot specify memory limit with FORMAT_RAW");
    limit = TRY(to_c_uint64(thread, memory));
  }
  if (format == kRaw && filters.is_none()) return thread.raise<ValueError>("Must specify filters for FORMAT_RAW");
  if (format != kRaw && !filters.is_none())
    return thread.raise<ValueError>("Cannot specify filters except with FORMAT_RAW");
  auto* self = make_instance<Decompressor>(thread, type);
  self->unused_data_.initialize(to_value(make_bytes(thread, std::string_view())));
  self->check_ = kUnknownCheck;
  self->needs_input_ = 1;
  self->stream_ = new Stream;
  lzma_ret status = TRY(open_decoder(thread, self, format, limit, filters));
  TRY(check_status(thread, status));
  return to_value(self);
}

Result<Value> decompressor_decompress(Thread& thread, Decompressor* self, Value data, Index max_length) {
  if (self->eof_) return thread.raise<EOFError>("Already at end of stream");
  Stream* stream = self->stream_;
  std::string copy = TRY(copy_bytes(thread, data));
  Coded coded = run_coder(thread, stream, copy, LZMA_RUN, max_length.value);
  TRY(check_status(thread, coded.status));
  if (self->check_ == kUnknownCheck && stream->lzma.total_in >= 12)
    self->check_ = static_cast<int64_t>(lzma_get_check(&stream->lzma));
  if (coded.status == LZMA_STREAM_END) {
    self->eof_ = 1;
    self->unused_data_.set(self, to_value(make_bytes(thread, coded.rest)));
  }
  bool filled = max_length.value >= 0 && static_cast<int64_t>(coded.output.size()) == max_length.value;
  self->needs_input_ = !self->eof_ && coded.drained && !filled;
  return to_value(make_bytes(thread, coded.output));
}
Result<Value> decompressor_check(Thread&, Decompressor* self) { return Value::from_int(self->check_); }
Result<Value> decompressor_eof(Thread&, Decompressor* self) { return Value::from_bool(self->eof_ != 0); }
Result<Value> decompressor_needs_input(Thread&, Decompressor* self) {
  return Value::from_bool(self->needs_input_ != 0);
}
Result<Value> decompressor_unused(Thread&, Decompressor* self) { return self->unused_data_.get(); }
Result<Value> refuse_pickle(Thread& thread, Value self, Value) {
  return thread.raise<TypeError>("cannot pickle '{}' object", type_of(thread, self));
}

// --- functions

Result<Value> is_check_supported(Thread&, int check) {
  return Value::from_bool(lzma_check_is_supported(static_cast<lzma_check>(check)) != 0);
}
Result<Value> encode_properties(Thread& thread, Value specifier) {
  lzma_filter filter;
  FilterChain::Options options;
  TRY(read_filter(thread, specifier, filter, options));
  uint32_t size;
  TRY(check_status(thread, lzma_properties_size(&size, &filter)));
  std::string out(size, '\0');
  TRY(check_status(thread, lzma_properties_encode(&filter, reinterpret_cast<uint8_t*>(out.data()))));
  return to_value(make_bytes(thread, out));
}
Result<Value> decode_properties(Thread& thread, Value id, Value encoded) {
  lzma_filter filter;
  filter.id = TRY(to_c_uint64(thread, id));
  std::string data = TRY(copy_bytes(thread, encoded));
  TRY(check_status(
      thread, lzma_properties_decode(&filter, nullptr, reinterpret_cast<const uint8_t*>(data.data()), data.size())));
  Dict* dict = Dict::make(thread.heap());
  auto set = [&](const char* name, uint64_t value) {
    return dict_set_name(thread, dict, name, make_unsigned(thread.heap(), value));
  };
  auto fill = [&]() -> Result<void> {
    TRY(set("id", filter.id));
    if (filter.id == LZMA_FILTER_LZMA1) {
      auto* options = static_cast<lzma_options_lzma*>(filter.options);
      TRY(set("lc", options->lc));
      TRY(set("lp", options->lp));
      TRY(set("pb", options->pb));
      return set("dict_size", options->dict_size);
    }
    if (filter.id == LZMA_FILTER_LZMA2)
      return set("dict_size", static_cast<lzma_options_lzma*>(filter.options)->dict_size);
    if (filter.id == LZMA_FILTER_DELTA) return set("dist", static_cast<lzma_options_delta*>(filter.options)->dist);
    if (filter.options != nullptr)
      return set("start_offset", static_cast<lzma_options_bcj*>(filter.options)->start_offset);
    return {};
  };
  auto result = fill();
  std::free(filter.options);
  if (result.is_raised()) return Raised{};
  return to_value(dict);
}

constexpr NativeMethod kCompressorMethods[] = {
    method<compressor_compress>("compress($self, data, /)", "Provide data to the compressor object."),
    method<compressor_flush>("flush($self, /)", "Finish the compression process."),
    method<refuse_pickle>("__reduce_ex__($self, protocol, /)"),
};
constexpr NativeMethod kDecompressorMethods[] = {
    method<decompressor_decompress>("decompress($self, data, max_length=-1)", "Decompress data."),
    method<refuse_pickle>("__reduce_ex__($self, protocol, /)"),
};
constexpr NativeAttribute kDecompressorAttributes[] = {
    attribute<decompressor_check>("=check"), attribute<decompressor_eof>("=eof"),
    attribute<decompressor_needs_input>("=needs_input"), attribute<decompressor_unused>("=unused_data")};
constexpr NativeMethod kFunctions[] = {
    function<is_check_supported>("is_check_supported(check_id, /)",
                                 "Test whether the given integrity check is supported."),
    function<encode_properties>("_encode_filter_properties(filter, /)"),
    function<decode_properties>("_decode_filter_properties(filter_id, encoded_props, /)"),
};

const TypeSpec kCompressorType = {.name = "_lzma.LZMACompressor",
                                  .kind = Kind::LzmaCompressor,
                                  .flags = kTypeBase,
                                  .layout = [] { return layout_of<Compressor>("LZMACompressor"); },
                                  .slots = {.new_ = &compressor_new},
                                  .methods = kCompressorMethods};
const TypeSpec kDecompressorType = {.name = "_lzma.LZMADecompressor",
                                    .kind = Kind::LzmaDecompressor,
                                    .flags = kTypeBase,
                                    .layout = [] { return layout_of<Decompressor>("LZMADecompressor"); },
                                    .slots = {.new_ = &decompressor_new},
                                    .methods = kDecompressorMethods,
                                    .attributes = kDecompressorAttributes};

struct Constant {
  const char* name;
  uint64_t value;
};
constexpr Constant kConstants[] = {
    {"FORMAT_AUTO", kAuto},
    {"FORMAT_XZ", kXz},
    {"FORMAT_ALONE", kAlone},
    {"FORMAT_RAW", kRaw},
    {"CHECK_NONE", LZMA_CHECK_NONE},
    {"CHECK_CRC32", LZMA_CHECK_CRC32},
    {"CHECK_CRC64", LZMA_CHECK_CRC64},
    {"CHECK_SHA256", LZMA_CHECK_SHA256},
    {"CHECK_ID_MAX", LZMA_CHECK_ID_MAX},
    {"CHECK_UNKNOWN", static_cast<uint64_t>(kUnknownCheck)},
    {"FILTER_LZMA1", LZMA_FILTER_LZMA1},
    {"FILTER_LZMA2", LZMA_FILTER_LZMA2},
    {"FILTER_DELTA", LZMA_FILTER_DELTA},
    {"FILTER_X86", LZMA_FILTER_X86},
    {"FILTER_IA64", LZMA_FILTER_IA64},
    {"FILTER_ARM", LZMA_FILTER_ARM},
    {"FILTER_ARMTHUMB", LZMA_FILTER_ARMTHUMB},
    {"FILTER_SPARC", LZMA_FILTER_SPARC},
    {"FILTER_POWERPC", LZMA_FILTER_POWERPC},
    {"MF_HC3", LZMA_MF_HC3},
    {"MF_HC4", LZMA_MF_HC4},
    {"MF_BT2", LZMA_MF_BT2},
    {"MF_BT3", LZMA_MF_BT3},
    {"MF_BT4", LZMA_MF_BT4},
    {"MODE_FAST", LZMA_MODE_FAST},
    {"MODE_NORMAL", LZMA_MODE_NORMAL},
    {"PRESET_DEFAULT", LZMA_PRESET_DEFAULT},
    {"PRESET_EXTREME", LZMA_PRESET_EXTREME},
};

Result<void> initialize(Thread& thread, Module* module) {
  for (const Constant& constant : kConstants)
    TRY(add_constant(thread, module, constant.name, make_unsigned(thread.heap(), constant.value)));
  TRY(add_exception(thread, module, "LZMAError", thread.runtime().exception_type<Exception>(),
                    "Call to liblzma failed."));
  TRY(add_type(thread, module, kCompressorType));
  TRY(add_type(thread, module, kDecompressorType));
  return {};
}

}  // namespace

extern const ModuleSpec kLzmaModule = {.name = "_lzma", .functions = kFunctions, .initialize = &initialize};

}  // namespace viperine
#endif
