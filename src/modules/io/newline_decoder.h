// SPDX-License-Identifier: MIT
// NewlineDecoder: io.IncrementalNewlineDecoder, and the decoder of every TextIOWrapper: bytes to text, then line ends.
// The codecs that text files nearly always have are done here; others are incremental decoders of the module codecs.
#pragma once

#include "runtime/text_views.h"
#include "runtime/type_spec.h"

namespace viperine {

enum class TextCodec : uint8_t {
  None,      // input is text already
  Python,    // decoder_ does it
  Utf8,
  Ascii,
  Latin1,
};

enum SeenNewlines : uint8_t { kSeenCr = 1, kSeenLf = 2, kSeenCrLf = 4 };

class NewlineDecoder final : public HeapObject {
 public:
  static constexpr Kind kKind = Kind::NewlineDecoder;
  Slot<Value> decoder_;       // int 0 before __init__; None when the codec is ours
  Slot<Str> errors_;
  TextCodec codec_;
  uint8_t universal_;         // line ends are looked at
  uint8_t translate_;         // and become \n
  uint8_t pending_cr_;        // the last input ended with \r
  uint8_t seen_;              // SeenNewlines
  uint8_t undecoded_count_;
  uint8_t undecoded_[4];      // beginning of a UTF-8 sequence
  uint8_t padding_[6];
  LAYOUT(NewlineDecoder, HeapObject, decoder_, errors_, codec_, universal_, translate_, pending_cr_, seen_,
         undecoded_count_, undecoded_, padding_);
};

/// What getstate() says.
struct DecoderState {
  Bytes* input;
  int64_t flags;
};

enum class LineEnds : uint8_t { Keep, Look, Translate };
NewlineDecoder* make_newline_decoder(Thread& thread, TextCodec codec, Value decoder, Str* errors, LineEnds line_ends);
/// The codec that text/ does for an encoding of that name, or Python.
TextCodec native_codec(Str* encoding);
/// `object` holds the bytes (or is the text); `final` as in decode(input, final).
Result<Str*> decoder_decode(Thread& thread, NewlineDecoder* decoder, Value object, bool final);
Result<DecoderState> decoder_state(Thread& thread, NewlineDecoder* decoder);
Result<void> set_decoder_state(Thread& thread, NewlineDecoder* decoder, DecoderState state);
Result<void> reset_decoder(Thread& thread, NewlineDecoder* decoder);
Value decoder_newlines(Thread& thread, NewlineDecoder* decoder);
/// Only the line ends, for text (StringIO).
Result<Str*> decode_line_ends(Thread& thread, NewlineDecoder* decoder, Str* text, bool final);

}  // namespace viperine
