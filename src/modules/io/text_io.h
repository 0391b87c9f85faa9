// SPDX-License-Identifier: MIT
// TextIOWrapper: text over a buffered stream. Reading: chunks of bytes are decoded into decoded_, of which
// decoded_used_ characters were given out. Writing: encoded text waits in pending_. Reading is in text_read.cpp,
// writing in text_write.cpp, positions in text_seek.cpp, construction and reconfigure in text_init.cpp, the type in
// text_io.cpp. Invariant: snapshot_input_ (when not null) and snapshot_flags_ lead from the decoder's state before the
// last chunk to its state now.
#pragma once

#include "modules/io/buffered.h"
#include "modules/io/newline_decoder.h"

namespace viperine {

enum TextFlags : uint32_t {
  kTextReady = 1,
  kTextDetached = 2,
  kTextLineBuffered = 4,
  kTextWriteThrough = 8,
  kTextReadUniversal = 16,
  kTextReadTranslate = 32,
  kTextWriteTranslate = 64,
  kTextSeekable = 128,
  kTextTelling = 256,
  kTextHasRead1 = 512,
  kTextReads = 1024,
  kTextWrites = 2048,
};

class TextIO final : public IoObject {
 public:
  static constexpr Kind kKind = Kind::TextIOWrapper;
  bool has(uint32_t flag) const { return (flags_ & flag) != 0; }
  void set_flag(uint32_t flag, bool on) { flags_ = on ? flags_ | flag : flags_ & ~flag; }
  NewlineDecoder* decoder() const { return decoder_.get(); }
  int64_t available() const { return decoded_.is_null() ? 0 : decoded_->length() - decoded_used_; }
  void set_decoded(Str* text) {
    decoded_.set(this, text);
    decoded_used_ = 0;
  }
  void drop_decoded() {
    decoded_.set(this, nullptr);
    decoded_used_ = 0;
    snapshot_input_.set(this, nullptr);
  }

  Slot<Value> buffer_;            // int 0 before __init__ and after detach()
  Slot<Str> encoding_, errors_;
  Slot<Value> encoder_;           // an incremental encoder of the module codecs, None when the codec is ours
  Slot<NewlineDecoder> decoder_;  // null: not readable
  Slot<Value> newline_;           // as given: None or str
  Slot<Value> mode_;              // int 0, or what open() says
  Slot<Str> decoded_;
  Slot<Bytes> snapshot_input_;
  Slot<Buffer> pending_;
  int64_t decoded_used_, snapshot_flags_, pending_length_, chunk_size_;
  double bytes_per_character_;
  uint32_t flags_;
  TextCodec codec_;
  uint8_t padding_[3];
  LAYOUT(TextIO, IoObject, buffer_, encoding_, errors_, encoder_, decoder_, newline_, mode_, decoded_, snapshot_input_,
         pending_, decoded_used_, snapshot_flags_, pending_length_, chunk_size_, bytes_per_character_, flags_, codec_,
         padding_);
};

struct TextOptions {
  Value buffer;
  Str* encoding = nullptr;        // null: the locale's
  Str* errors = nullptr;          // null: strict
  Value newline = Value::none();
  bool line_buffering = false, write_through = false;
};

Result<void> text_initialize(Thread& thread, TextIO* text, const TextOptions& options);
Result<void> text_init(Thread& thread, Value self, const Arguments& arguments);
Result<Value> text_reconfigure(Thread& thread, TextIO* self, Value encoding, Value errors, Optional<Value> newline,
                               Value line_buffering, Value write_through);
/// The encoding of text files when none is given.
Str* locale_encoding(Thread& thread);

/// ValueError unless initialised, attached and open.
Result<void> text_check(Thread& thread, TextIO* text);
Result<void> text_check_open(Thread& thread, TextIO* text);

/// False at the end of the stream.
Result<bool> text_read_chunk(Thread& thread, TextIO* text, int64_t size_hint);
Result<Value> text_read(Thread& thread, TextIO* text, int64_t size);
Result<Str*> text_readline(Thread& thread, TextIO* text, int64_t limit);
Result<void> text_write(Thread& thread, TextIO* text, Str* string);
/// What is pending goes to the buffer, which is not flushed.
Result<void> text_write_pending(Thread& thread, TextIO* text);
Result<void> text_flush(Thread& thread, TextIO* text);
Result<Value> text_tell(Thread& thread, TextIO* text);
Result<Value> text_seek(Thread& thread, TextIO* text, Value cookie, int whence);
/// The encoder begins anew, at the start of the stream or behind it (no byte order mark).
Result<void> reset_text_encoder(Thread& thread, TextIO* text, bool at_start);

/// Where the line ends that begins at `start`: its end in *end and true, or false and *end is how much surely belongs
/// to the line.
bool find_line_end(const TextView& text, size_t start, bool translated, bool universal, Str* newline, size_t* end);

}  // namespace viperine
