// SPDX-License-Identifier: MIT
// The module _bz2 over libbz2: BZ2Compressor and BZ2Decompressor. Only compiled in when the library is there.
#ifdef VIPERINE_HAS_BZ2
#include <bzlib.h>

#include "builtins/container_support.h"
#include "modules/compression.h"
#include "runtime/attributes.h"

namespace viperine {

namespace {

struct Stream : StreamInput {
  bz_stream bz = {};
  bool open = false, finished = false;
  bool failed = false;  // the library's state is no longer sound
};

class Compressor final : public HeapObject {
 public:
  static constexpr Kind kKind = Kind::Bz2Compressor;
  Stream* stream_;
  static void release(HeapObject* object) {
    Stream* stream = static_cast<Compressor*>(object)->stream_;
    if (stream != nullptr && stream->open) BZ2_bzCompressEnd(&stream->bz);
    delete stream;
  }
  LAYOUT(Compressor, HeapObject, stream_);
};
class Decompressor final : public HeapObject {
 public:
  static constexpr Kind kKind = Kind::Bz2Decompressor;
  Slot<Value> unused_data_;
  Stream* stream_;
  uint64_t eof_, needs_input_;
  static void release(HeapObject* object) {
    Stream* stream = static_cast<Decompressor*>(object)->stream_;
    if (stream != nullptr && stream->open) BZ2_bzDecompressEnd(&stream->bz);
    delete stream;
  }
  LAYOUT(Decompressor, HeapObject, unused_data_, stream_, eof_, needs_input_);
};

Raised raise_bz2(Thread& thread, int status) {
  switch (status) {
    case BZ_PARAM_ERROR:
      return thread.raise<ValueError>("Internal error - invalid parameters passed to libbzip2");
    case BZ_MEM_ERROR:
      return thread.raise_memory_error();
    case BZ_DATA_ERROR:
    case BZ_DATA_ERROR_MAGIC:
      return thread.raise<OSError>("Invalid data stream");
    case BZ_IO_ERROR:
      return thread.raise<OSError>("Unknown I/O error");
    case BZ_UNEXPECTED_EOF:
      return thread.raise<EOFError>("Compressed file ended before the logical end-of-stream was detected");
    case BZ_SEQUENCE_ERROR:
      return thread.raise<RuntimeError>("Internal error - Invalid sequence of commands sent to libbzip2");
    default:
      return thread.raise<OSError>("Unrecognized error from libbzip2: {}", int64_t{status});
  }
}

void set_window(bz_stream& bz, const StreamWindow& window) {
  bz.next_in = const_cast<char*>(window.in);
  bz.avail_in = static_cast<unsigned>(window.in_size);
  bz.next_out = window.out;
  bz.avail_out = static_cast<unsigned>(window.out_size);
}
void take_window(const bz_stream& bz, StreamWindow& window) {
  window.in_size = bz.avail_in;
  window.out_size = bz.avail_out;
}

Result<Value> compressor_new(Thread& thread, Type* type, const Arguments& arguments) {
  static constexpr NativeMethod kSignature = signature("BZ2Compressor(compresslevel=9, /)");
  BoundArguments bound;
  TRY(bind_arguments(thread, kSignature, arguments, bound));
  int level = TRY(to_c_int(thread, bound.values[0]));
  if (level < 1 || level > 9) return thread.raise<ValueError>("compresslevel must be between 1 and 9");
  auto* self = make_instance<Compressor>(thread, type);
  self->stream_ = new Stream;
  int status = BZ2_bzCompressInit(&self->stream_->bz, level, 0, 0);
  if (status != BZ_OK) return raise_bz2(thread, status);
  self->stream_->open = true;
  return to_value(self);
}

Result<Value> run_compressor(Thread& thread, Stream* stream, const std::string& data, int action) {
  std::string output;
  int status = without_lock(thread, [&] {
    std::lock_guard<std::mutex> guard(stream->mutex);
    stream->input.append(data);
    int last = BZ_OK;
    pump_stream(stream->input, output, -1, [&](StreamWindow& window) {
      if (action == BZ_RUN && window.in_size == 0) return true;
      set_window(stream->bz, window);
      last = BZ2_bzCompress(&stream->bz, action);
      take_window(stream->bz, window);
      return last < 0 || last == BZ_STREAM_END;
    });
    return last;
  });
  if (status < 0) return raise_bz2(thread, status);
  return to_value(make_bytes(thread, output));
}
Result<Value> compressor_compress(Thread& thread, Compressor* self, Value data) {
  if (self->stream_->finished) return thread.raise<ValueError>("Compressor has been flushed");
  std::string copy = TRY(copy_bytes(thread, data));
  return run_compressor(thread, self->stream_, copy, BZ_RUN);
}
Result<Value> compressor_flush(Thread& thread, Compressor* self) {
  if (self->stream_->finished) return thread.raise<ValueError>("Repeated call to flush()");
  self->stream_->finished = true;
  return run_compressor(thread, self->stream_, {}, BZ_FINISH);
}

Result<Value> decompressor_new(Thread& thread, Type* type, const Arguments& arguments) {
  static constexpr NativeMethod kSignature = signature("BZ2Decompressor()");
  BoundArguments bound;
  TRY(bind_arguments(thread, kSignature, arguments, bound));
  auto* self = make_instance<Decompressor>(thread, type);
  self->unused_data_.initialize(to_value(make_bytes(thread, std::string_view())));
  self->needs_input_ = 1;
  self->stream_ = new Stream;
  int status = BZ2_bzDecompressInit(&self->stream_->bz, 0, 0);
  if (status != BZ_OK) return raise_bz2(thread, status);
  self->stream_->open = true;
  return to_value(self);
}
Result<Value> decompressor_decompress(Thread& thread, Decompressor* self, Value data, Index max_length) {
  if (self->eof_) return thread.raise<EOFError>("End of stream already reached");
  Stream* stream = self->stream_;
  if (stream->failed) return thread.raise<ValueError>("Decompressor is unusable after a previous error");
  std::string copy = TRY(copy_bytes(thread, data)), output, rest;
  bool drained = false;
  int status = without_lock(thread, [&] {
    std::lock_guard<std::mutex> guard(stream->mutex);
    if (stream->failed) return BZ_DATA_ERROR;  // meanwhile, by another thread
    stream->input.append(copy);
    int last = BZ_OK;
    pump_stream(stream->input, output, max_length.value, [&](StreamWindow& window) {
      set_window(stream->bz, window);
      last = BZ2_bzDecompress(&stream->bz);
      take_window(stream->bz, window);
      return last != BZ_OK;
    });
    stream->failed = last != BZ_OK && last != BZ_STREAM_END;
    if (last == BZ_STREAM_END) rest.swap(stream->input);
    drained = stream->input.empty();
    return last;
  });
  if (status != BZ_OK && status != BZ_STREAM_END) {
    self->needs_input_ = 0;
    return raise_bz2(thread, status);
  }
  if (status == BZ_STREAM_END) {
    self->eof_ = 1;
    self->unused_data_.set(self, to_value(make_bytes(thread, rest)));
  }
  bool filled = max_length.value >= 0 && static_cast<int64_t>(output.size()) == max_length.value;
  self->needs_input_ = !self->eof_ && drained && !filled;
  return to_value(make_bytes(thread, output));
}
Result<Value> decompressor_eof(Thread&, Decompressor* self) { return Value::from_bool(self->eof_ != 0); }
Result<Value> decompressor_needs_input(Thread&, Decompressor* self) {
  return Value::from_bool(self->needs_input_ != 0);
}
Result<Value> decompressor_unused(Thread&, Decompressor* self) { return self->unused_data_.get(); }
Result<Value> refuse_pickle(Thread& thread, Value self, Value) {
  return thread.raise<TypeError>("cannot pickle '{}' object", type_of(thread, self));
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
constexpr NativeAttribute kDecompressorAttributes[] = {attribute<decompressor_eof>("=eof"),
                                                       attribute<decompressor_unused>("=unused_data"),
                                                       attribute<decompressor_needs_input>("=needs_input")};

const TypeSpec kCompressorType = {.name = "_bz2.BZ2Compressor",
                                  .kind = Kind::Bz2Compressor,
                                  .layout = [] { return layout_of<Compressor>("BZ2Compressor"); },
                                  .slots = {.new_ = &compressor_new},
                                  .methods = kCompressorMethods};
const TypeSpec kDecompressorType = {.name = "_bz2.BZ2Decompressor",
                                    .kind = Kind::Bz2Decompressor,
                                    .layout = [] { return layout_of<Decompressor>("BZ2Decompressor"); },
                                    .slots = {.new_ = &decompressor_new},
                                    .methods = kDecompressorMethods,
                                    .attributes = kDecompressorAttributes};

Result<void> initialize(Thread& thread, Module* module) {
  TRY(add_type(thread, module, kCompressorType));
  TRY(add_type(thread, module, kDecompressorType));
  return {};
}

}  // namespace

extern const ModuleSpec kBz2Module = {.name = "_bz2", .initialize = &initialize};

}  // namespace viperine
#endif
