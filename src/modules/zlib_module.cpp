// SPDX-License-Identifier: MIT
// The module zlib over libzlib: checksums, one-shot and streaming compression. Only compiled in when the library is
// there.
#ifdef VIPERINE_HAS_Z
#include <zlib.h>

#include <climits>
#include <mutex>
#include <string>

#include "modules/compression.h"
#include "runtime/attributes.h"
#include "runtime/binding.h"
#include "runtime/buffers.h"
#include "runtime/import.h"
#include "runtime/lock.h"

namespace viperine {

namespace {

constexpr int kDefaultMemory = 8;
constexpr int64_t kDefaultBuffer = 16384;

/// A zlib stream outside the heap, with the dictionary that inflate may ask for. Several threads may work on one: the
/// mutex is held, without the interpreter's lock, while zlib uses it.
struct Stream {
  std::mutex mutex;
  z_stream z = {};
  std::string dictionary;
  bool has_dictionary = false;
  bool open = false;
};

class ZlibCompress final : public HeapObject {
 public:
  static constexpr Kind kKind = Kind::ZlibCompress;
  Stream* stream_;
  static void release(HeapObject* object) {
    Stream* stream = static_cast<ZlibCompress*>(object)->stream_;
    if (stream != nullptr && stream->open) deflateEnd(&stream->z);
    delete stream;
  }
  LAYOUT(ZlibCompress, HeapObject, stream_);
};
class ZlibDecompress final : public HeapObject {
 public:
  static constexpr Kind kKind = Kind::ZlibDecompress;
  Slot<Value> unused_data_, unconsumed_tail_;
  Stream* stream_;
  uint64_t eof_;
  static void release(HeapObject* object) {
    Stream* stream = static_cast<ZlibDecompress*>(object)->stream_;
    if (stream != nullptr && stream->open) inflateEnd(&stream->z);
    delete stream;
  }
  LAYOUT(ZlibDecompress, HeapObject, unused_data_, unconsumed_tail_, stream_, eof_);
};

/// zlib.error "Error -3 while decompressing data: incorrect header check"
Raised raise_zlib(Thread& thread, const z_stream* stream, int code, const char* doing) {
  Module* module = native_module(thread, "zlib");
  auto type = get_attribute(thread, to_value(module), "error");
  if (type.is_raised()) return Raised{};
  const char* detail = code == Z_VERSION_ERROR ? "library version mismatch" : stream == nullptr ? nullptr : stream->msg;
  if (detail == nullptr) {
    if (code == Z_BUF_ERROR) detail = "incomplete or truncated stream";
    if (code == Z_STREAM_ERROR) detail = "inconsistent stream state";
    if (code == Z_DATA_ERROR) detail = "invalid input data";
  }
  Str* text = detail == nullptr ? format_text(thread, "Error {} {}", code, doing)
                                : format_text(thread, "Error {} {}: {}", code, doing, detail);
  auto error = call(thread, type.take(), to_value(text));
  if (error.is_raised()) return Raised{};
  return thread.raise_object(cast<ExceptionObject>(error.take()));
}

Value bytes_of(Thread& thread, std::string_view data) { return to_value(make_bytes(thread, data)); }

/// Feeds all of `data`; step(flush) is deflate or inflate. Output grows in `out` up to `limit` bytes (0: any number).
template <typename Step>
int pump(z_stream& z, std::string_view data, int flush, std::string& out, int64_t limit, Step step) {
  size_t fed = 0;
  int status = Z_OK;
  for (;;) {
    if (z.avail_in == 0 && fed < data.size()) {
      size_t chunk = data.size() - fed < (size_t{1} << 30) ? data.size() - fed : size_t{1} << 30;
      z.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(data.data() + fed));
      z.avail_in = static_cast<uInt>(chunk);
      fed += chunk;
    }
    size_t used = out.size();
    size_t room = used < 16384 ? 16384 : used < (size_t{1} << 29) ? used : size_t{1} << 29;
    if (limit > 0 && room > static_cast<size_t>(limit) - used) room = static_cast<size_t>(limit) - used;
    if (room == 0) return status;
    out.resize(used + room);
    z.next_out = reinterpret_cast<Bytef*>(out.data() + used);
    z.avail_out = static_cast<uInt>(room);
    status = step(fed < data.size() ? Z_NO_FLUSH : flush);
    bool filled = z.avail_out == 0;
    out.resize(used + room - z.avail_out);
    if (status != Z_OK && status != Z_BUF_ERROR) return status;
    if (!filled && z.avail_in == 0 && fed >= data.size()) return status;
    if (!filled && status == Z_BUF_ERROR) return status;
  }
}

Result<Value> zlib_crc32(Thread& thread, Value data, Value start) {
  uint64_t value = 0;
  int64_t number = 0;
  if (int_fits_int64(TRY(to_index(thread, start)), &number)) value = static_cast<uint64_t>(number);
  BufferScope buffer(thread);
  TRY(buffer.acquire(data));
  return make_unsigned(thread.heap(),
                       crc32_z(static_cast<uint32_t>(value), buffer.data(), static_cast<size_t>(buffer.length())));
}
Result<Value> zlib_adler32(Thread& thread, Value data, Value start) {
  uint64_t value = 1;
  int64_t number = 0;
  if (int_fits_int64(TRY(to_index(thread, start)), &number)) value = static_cast<uint64_t>(number);
  BufferScope buffer(thread);
  TRY(buffer.acquire(data));
  return make_unsigned(thread.heap(),
                       adler32_z(static_cast<uint32_t>(value), buffer.data(), static_cast<size_t>(buffer.length())));
}

Result<Value> zlib_compress(Thread& thread, Value data, int level, int wbits) {
  std::string input = TRY(copy_bytes(thread, data)), out;
  z_stream z = {};
  int status = deflateInit2(&z, level, Z_DEFLATED, wbits, kDefaultMemory, Z_DEFAULT_STRATEGY);
  if (status == Z_MEM_ERROR) return thread.raise<MemoryError>("Out of memory while compressing data");
  if (status != Z_OK) {
    if (status == Z_STREAM_ERROR) {
      Module* module = native_module(thread, "zlib");
      Value error = TRY(call(thread, TRY(get_attribute(thread, to_value(module), "error")),
                             to_value(make_str(thread, "Bad compression level"))));
      return thread.raise_object(cast<ExceptionObject>(error));
    }
    return raise_zlib(thread, &z, status, "while compressing data");
  }
  without_lock(thread, [&] { return pump(z, input, Z_FINISH, out, 0, [&](int flush) { return deflate(&z, flush); }); });
  deflateEnd(&z);
  return bytes_of(thread, out);
}

Result<Value> zlib_decompress(Thread& thread, Value data, int wbits, Index buffer_size) {
  if (buffer_size < 0) return thread.raise<ValueError>("bufsize must be non-negative");
  std::string input = TRY(copy_bytes(thread, data)), out;
  z_stream z = {};
  int status = inflateInit2(&z, wbits);
  if (status == Z_MEM_ERROR) return thread.raise<MemoryError>("Out of memory while decompressing data");
  if (status != Z_OK) return raise_zlib(thread, &z, status, "while preparing to decompress data");
  status = without_lock(
      thread, [&] { return pump(z, input, Z_SYNC_FLUSH, out, 0, [&](int flush) { return inflate(&z, flush); }); });
  if (status != Z_STREAM_END) {
    if (status == Z_OK) status = Z_BUF_ERROR;
    Raised raised = raise_zlib(thread, &z, status, "while decompressing data");
    inflateEnd(&z);
    return raised;
  }
  inflateEnd(&z);
  return bytes_of(thread, out);
}

// --- objects

Result<Value> make_compressor(Thread& thread, int level, int method, int wbits, int memory, int strategy,
                              Optional<Value> dictionary) {
  auto* self = make_exact<ZlibCompress>(thread, Kind::ZlibCompress);
  self->stream_ = new Stream();
  thread.heap().register_special(self);
  int status = deflateInit2(&self->stream_->z, level, method, wbits, memory, strategy);
  if (status == Z_STREAM_ERROR) return thread.raise<ValueError>("Invalid initialization option");
  if (status != Z_OK) return raise_zlib(thread, &self->stream_->z, status, "while creating compression object");
  self->stream_->open = true;
  if (dictionary) {
    std::string text = TRY(copy_bytes(thread, *dictionary));
    status = deflateSetDictionary(&self->stream_->z, reinterpret_cast<const Bytef*>(text.data()),
                                  static_cast<uInt>(text.size()));
    if (status != Z_OK) return thread.raise<ValueError>("Invalid dictionary");
  }
  return to_value(self);
}
Result<Value> compressor_run(Thread& thread, ZlibCompress* self, std::string_view input, int mode, const char* doing) {
  if (!self->stream_->open) return raise_zlib(thread, nullptr, Z_STREAM_ERROR, doing);
  std::string out;
  Stream& stream = *self->stream_;
  int status = without_lock(thread, [&] {
    std::lock_guard<std::mutex> guard(stream.mutex);
    if (!stream.open) return Z_STREAM_ERROR;
    int last = pump(stream.z, input, mode, out, 0, [&](int flush) { return deflate(&stream.z, flush); });
    if (last == Z_STREAM_END && mode == Z_FINISH) {
      deflateEnd(&stream.z);
      stream.open = false;
    }
    return last;
  });
  if (status == Z_STREAM_ERROR) return raise_zlib(thread, nullptr, status, doing);
  return bytes_of(thread, out);
}
Result<Value> compressor_compress(Thread& thread, ZlibCompress* self, Value data) {
  std::string input = TRY(copy_bytes(thread, data));
  return compressor_run(thread, self, input, Z_NO_FLUSH, "while compressing data");
}
Result<Value> compressor_flush(Thread& thread, ZlibCompress* self, int mode) {
  if (mode == Z_NO_FLUSH) return bytes_of(thread, {});
  return compressor_run(thread, self, {}, mode, "while flushing");
}
Result<Value> compressor_copy(Thread& thread, ZlibCompress* self) {
  if (!self->stream_->open) return thread.raise<ValueError>("Inconsistent stream state");
  auto* copy = make_exact<ZlibCompress>(thread, Kind::ZlibCompress);
  copy->stream_ = new Stream();
  thread.heap().register_special(copy);
  if (deflateCopy(&copy->stream_->z, &self->stream_->z) != Z_OK)
    return thread.raise<ValueError>("Inconsistent stream state");
  copy->stream_->open = true;
  return to_value(copy);
}

Result<ZlibDecompress*> new_decompressor(Thread& thread) {
  auto* self = make_exact<ZlibDecompress>(thread, Kind::ZlibDecompress);
  Value empty = to_value(thread.runtime().empty_bytes());
  self->unused_data_.initialize(empty);
  self->unconsumed_tail_.initialize(empty);
  self->stream_ = new Stream();
  self->eof_ = 0;
  thread.heap().register_special(self);
  return self;
}
Result<void> give_dictionary(Thread& thread, Stream& stream) {
  int status = inflateSetDictionary(&stream.z, reinterpret_cast<const Bytef*>(stream.dictionary.data()),
                                    static_cast<uInt>(stream.dictionary.size()));
  if (status != Z_OK) return raise_zlib(thread, &stream.z, status, "while setting zdict");
  return {};
}
Result<Value> make_decompressor(Thread& thread, int wbits, Optional<Value> dictionary) {
  auto* self = TRY(new_decompressor(thread));
  Stream& stream = *self->stream_;
  if (dictionary) {
    if (!has_buffer(thread, *dictionary))
      return thread.raise<TypeError>("zdict argument must support the buffer protocol");
    stream.dictionary = TRY(copy_bytes(thread, *dictionary));
    stream.has_dictionary = true;
  }
  int status = inflateInit2(&stream.z, wbits);
  if (status == Z_STREAM_ERROR) return thread.raise<ValueError>("Invalid initialization option");
  if (status != Z_OK) return raise_zlib(thread, &stream.z, status, "while creating decompression object");
  stream.open = true;
  if (stream.has_dictionary && wbits < 0) TRY(give_dictionary(thread, stream));
  return to_value(self);
}
Result<Value> decompressor_run(Thread& thread, ZlibDecompress* self, std::string_view input, int64_t limit, int mode) {
  Stream& stream = *self->stream_;
  std::string out;
  std::string_view rest = input;
  int status = Z_OK;
  if (!self->eof_) {
    status = without_lock(thread, [&] {
      std::lock_guard<std::mutex> guard(stream.mutex);
      stream.z.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(input.data()));
      stream.z.avail_in = 0;
      int last = pump(stream.z, input, mode, out, limit, [&](int flush) {
        int result = inflate(&stream.z, flush);
        if (result == Z_NEED_DICT && stream.has_dictionary &&
            inflateSetDictionary(&stream.z, reinterpret_cast<const Bytef*>(stream.dictionary.data()),
                                 static_cast<uInt>(stream.dictionary.size())) == Z_OK)
          result = inflate(&stream.z, flush);
        return result;
      });
      rest.remove_prefix(static_cast<size_t>(reinterpret_cast<const char*>(stream.z.next_in) - input.data()));
      stream.z.next_in = nullptr;
      stream.z.avail_in = 0;
      return last;
    });
  }
  if (status == Z_STREAM_END || self->eof_) {
    std::string unused(cast<Bytes>(self->unused_data_.get())->view());
    unused.append(rest);
    self->unused_data_.set(self, bytes_of(thread, unused));
    self->unconsumed_tail_.set(self, bytes_of(thread, {}));
    self->eof_ = 1;
  } else {
    self->unconsumed_tail_.set(self, bytes_of(thread, rest));
    if (status != Z_OK && status != Z_BUF_ERROR)
      return raise_zlib(thread, &stream.z, status, mode == Z_FINISH ? "while flushing" : "while decompressing data");
  }
  return bytes_of(thread, out);
}
Result<Value> decompressor_decompress(Thread& thread, ZlibDecompress* self, Value data, Index max_length) {
  if (max_length < 0) return thread.raise<ValueError>("max_length must be non-negative");
  std::string input = TRY(copy_bytes(thread, data));
  return decompressor_run(thread, self, input, max_length, Z_SYNC_FLUSH);
}
Result<Value> decompressor_flush(Thread& thread, ZlibDecompress* self, Index length) {
  if (length <= 0) return thread.raise<ValueError>("length must be greater than zero");
  Value rest = bytes_of(thread, {});
  if (!self->eof_) {
    std::string input(cast<Bytes>(self->unconsumed_tail_.get())->view());
    rest = TRY(decompressor_run(thread, self, input, 0, Z_FINISH));
  }
  Stream& stream = *self->stream_;
  if (self->eof_ && stream.open) {
    inflateEnd(&stream.z);
    stream.open = false;
  }
  return rest;
}
Result<Value> decompressor_copy(Thread& thread, ZlibDecompress* self) {
  if (!self->stream_->open) return thread.raise<ValueError>("Inconsistent stream state");
  auto* copy = TRY(new_decompressor(thread));
  if (inflateCopy(&copy->stream_->z, &self->stream_->z) != Z_OK)
    return thread.raise<ValueError>("Inconsistent stream state");
  copy->stream_->open = true;
  copy->stream_->dictionary = self->stream_->dictionary;
  copy->stream_->has_dictionary = self->stream_->has_dictionary;
  copy->unused_data_.set(copy, self->unused_data_.get());
  copy->unconsumed_tail_.set(copy, self->unconsumed_tail_.get());
  copy->eof_ = self->eof_;
  return to_value(copy);
}
Result<Value> compressor_deepcopy(Thread& thread, ZlibCompress* self, Value) { return compressor_copy(thread, self); }
Result<Value> decompressor_deepcopy(Thread& thread, ZlibDecompress* self, Value) {
  return decompressor_copy(thread, self);
}
Result<Value> decompressor_unused(Thread&, ZlibDecompress* self) { return self->unused_data_.get(); }
Result<Value> decompressor_tail(Thread&, ZlibDecompress* self) { return self->unconsumed_tail_.get(); }
Result<Value> decompressor_eof(Thread&, ZlibDecompress* self) { return Value::from_bool(self->eof_ != 0); }

constexpr NativeMethod kCompressMethods[] = {
    method<compressor_compress>("compress($self, data, /)"), method<compressor_flush>("flush($self, mode=4, /)"),
    method<compressor_copy>("copy($self, /)"), method<compressor_copy>("__copy__($self, /)"),
    method<compressor_deepcopy>("__deepcopy__($self, memo, /)")};
constexpr NativeMethod kDecompressMethods[] = {
    method<decompressor_decompress>("decompress($self, data, /, max_length=0)"),
    method<decompressor_flush>("flush($self, length=16384, /)"), method<decompressor_copy>("copy($self, /)"),
    method<decompressor_copy>("__copy__($self, /)"),
    method<decompressor_deepcopy>("__deepcopy__($self, memo, /)")};
constexpr NativeAttribute kDecompressAttributes[] = {attribute<decompressor_unused>("unused_data"),
                                                     attribute<decompressor_tail>("unconsumed_tail"),
                                                     attribute<decompressor_eof>("eof")};
const TypeSpec kCompressType = {.name = "zlib.Compress",
                                .kind = Kind::ZlibCompress,
                                .flags = kTypeDisallowInstantiation,
                                .layout = [] { return layout_of<ZlibCompress>("Compress"); },
                                .methods = kCompressMethods};
const TypeSpec kDecompressType = {.name = "zlib.Decompress",
                                  .kind = Kind::ZlibDecompress,
                                  .flags = kTypeDisallowInstantiation,
                                  .layout = [] { return layout_of<ZlibDecompress>("Decompress"); },
                                  .methods = kDecompressMethods,
                                  .attributes = kDecompressAttributes};

constexpr NativeMethod kFunctions[] = {
    function<zlib_crc32>("crc32(data, value=0, /)"),
    function<zlib_adler32>("adler32(data, value=1, /)"),
    function<zlib_compress>("compress(data, /, level=-1, wbits=15)"),
    function<zlib_decompress>("decompress(data, /, wbits=15, bufsize=16384)"),
    function<make_compressor>(
        "compressobj(level=-1, method=8, wbits=15, memLevel=8, strategy=0, zdict=<unrepresentable>)"),
    function<make_decompressor>("decompressobj(wbits=15, zdict=<unrepresentable>)"),
};

Result<void> initialize(Thread& thread, Module* module) {
  TRY(make_builtin_type(thread, kCompressType));
  TRY(make_builtin_type(thread, kDecompressType));
  TRY(add_exception(thread, module, "error", thread.runtime().exception_type(ExceptionKind::Exception)));
  struct Constant {
    const char* name;
    int64_t value;
  };
  static constexpr Constant kConstants[] = {{"MAX_WBITS", MAX_WBITS},
                                            {"DEFLATED", Z_DEFLATED},
                                            {"DEF_MEM_LEVEL", kDefaultMemory},
                                            {"DEF_BUF_SIZE", kDefaultBuffer},
                                            {"Z_BEST_SPEED", Z_BEST_SPEED},
                                            {"Z_BEST_COMPRESSION", Z_BEST_COMPRESSION},
                                            {"Z_DEFAULT_COMPRESSION", Z_DEFAULT_COMPRESSION},
                                            {"Z_NO_COMPRESSION", Z_NO_COMPRESSION},
                                            {"Z_FILTERED", Z_FILTERED},
                                            {"Z_HUFFMAN_ONLY", Z_HUFFMAN_ONLY},
                                            {"Z_RLE", Z_RLE},
                                            {"Z_FIXED", Z_FIXED},
                                            {"Z_DEFAULT_STRATEGY", Z_DEFAULT_STRATEGY},
                                            {"Z_NO_FLUSH", Z_NO_FLUSH},
                                            {"Z_PARTIAL_FLUSH", Z_PARTIAL_FLUSH},
                                            {"Z_SYNC_FLUSH", Z_SYNC_FLUSH},
                                            {"Z_FULL_FLUSH", Z_FULL_FLUSH},
                                            {"Z_FINISH", Z_FINISH},
                                            {"Z_BLOCK", Z_BLOCK},
                                            {"Z_TREES", Z_TREES}};
  for (const Constant& constant : kConstants) TRY(add_int(thread, module, constant.name, constant.value));
  TRY(add_text(thread, module, "ZLIB_VERSION", ZLIB_VERSION));
  TRY(add_text(thread, module, "ZLIB_RUNTIME_VERSION", zlibVersion()));
  return add_text(thread, module, "__version__", "1.0");
}

}  // namespace

extern const ModuleSpec kZlibModule = {
    .name = "zlib",
    .functions = kFunctions,
    .initialize = &initialize,
    .doc = "The functions in this module allow compression and decompression using the zlib library."};

}  // namespace viperine
#endif
