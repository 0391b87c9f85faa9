// SPDX-License-Identifier: MIT
// tell() and seek() of text: a position is that of a safe starting point in the bytes, with what to do from there, in
// one integer:
//   bits 0-63 byte position | 64-95 decoder flags | 96-127 bytes to decode | 128-159 characters to skip | 160-167 end
//   of input needed
#include "modules/io/text_io.h"
#include "runtime/integers.h"

namespace viperine {

namespace {

struct Cookie {
  int64_t start = 0;
  int32_t decoder_flags = 0;
  int32_t bytes_to_feed = 0;
  int32_t characters_to_skip = 0;
  bool need_end = false;
};

Result<Value> pack(Thread& thread, const Cookie& cookie) {
  limbs::Limb words[3] = {static_cast<uint64_t>(cookie.start),
                          static_cast<uint64_t>(static_cast<uint32_t>(cookie.decoder_flags)) |
                              static_cast<uint64_t>(static_cast<uint32_t>(cookie.bytes_to_feed)) << 32,
                          static_cast<uint64_t>(static_cast<uint32_t>(cookie.characters_to_skip)) |
                              static_cast<uint64_t>(cookie.need_end) << 32};
  size_t size = 3;
  while (size > 0 && words[size - 1] == 0) --size;
  return make_integer(thread, words, size, false);
}

Result<Cookie> unpack(Thread& thread, Value value) {
  IntView view(value);
  limbs::Limbs words = view.magnitude();
  if (words.size() > 3 || (words.size() == 3 && (words[2] >> 40) != 0))
    return thread.raise<OverflowError>("int too big to convert");
  Cookie cookie;
  if (words.size() > 0) cookie.start = static_cast<int64_t>(words[0]);
  if (words.size() > 1) {
    cookie.decoder_flags = static_cast<int32_t>(words[1]);
    cookie.bytes_to_feed = static_cast<int32_t>(words[1] >> 32);
  }
  if (words.size() > 2) {
    cookie.characters_to_skip = static_cast<int32_t>(words[2]);
    cookie.need_end = (words[2] >> 32) != 0;
  }
  return cookie;
}

/// Decodes part of the snapshot, from the state that the decoder is in: the number of characters.
Result<int64_t> decode_part(Thread& thread, NewlineDecoder* decoder, const uint8_t* data, int64_t length,
                            bool final = false) {
  Value bytes = to_value(TRY(try_make_bytes(thread, data, length)));
  return TRY(decoder_decode(thread, decoder, bytes, final))->length();
}

/// Fills the cookie so that `skip` characters of the snapshot lie between its start and the position.
Result<void> locate(Thread& thread, TextIO* text, int64_t skip, Cookie& cookie) {
  NewlineDecoder* decoder = text->decoder();
  Bytes* input = text->snapshot_input_.get();
  DecoderState start{thread.runtime().empty_bytes(), cookie.decoder_flags};
  // A first guess from the average, then back by doubling steps until the decoder has nothing in hand there.
  auto skip_bytes = static_cast<int64_t>(text->bytes_per_character_ * static_cast<double>(skip));
  int64_t skip_back = 1;
  if (skip_bytes > input->length()) skip_bytes = input->length();
  while (skip_bytes > 0) {
    TRY(set_decoder_state(thread, decoder, start));
    int64_t decoded = TRY(decode_part(thread, decoder, input->data(), skip_bytes));
    if (decoded <= skip) {
      DecoderState state = TRY(decoder_state(thread, decoder));
      if (state.input->length() == 0) {
        cookie.decoder_flags = static_cast<int32_t>(state.flags);
        skip -= decoded;
        break;
      }
      skip_bytes -= state.input->length();
      skip_back = 1;
    } else {
      skip_bytes -= skip_back;
      skip_back *= 2;
    }
  }
  if (skip_bytes <= 0) {
    skip_bytes = 0;
    TRY(set_decoder_state(thread, decoder, start));
  }
  cookie.start += skip_bytes;
  cookie.characters_to_skip = static_cast<int32_t>(skip);
  if (skip == 0) return {};
  // From there byte by byte, noting safe starting points on the way.
  int64_t decoded = 0;
  for (int64_t at = skip_bytes; at < input->length(); ++at) {
    decoded += TRY(decode_part(thread, decoder, input->data() + at, 1));
    ++cookie.bytes_to_feed;
    DecoderState state = TRY(decoder_state(thread, decoder));
    if (state.input->length() == 0 && decoded <= skip) {
      cookie.start += cookie.bytes_to_feed;
      skip -= decoded;
      cookie.decoder_flags = static_cast<int32_t>(state.flags);
      cookie.bytes_to_feed = 0;
      decoded = 0;
    }
    if (decoded >= skip) {
      cookie.characters_to_skip = static_cast<int32_t>(skip);
      return {};
    }
  }
  decoded += TRY(decode_part(thread, decoder, nullptr, 0, true));
  cookie.need_end = true;
  if (decoded < skip) return thread.raise<OSError>("can't reconstruct logical file position");
  cookie.characters_to_skip = static_cast<int32_t>(skip);
  return {};
}

}  // namespace

Result<Value> text_tell(Thread& thread, TextIO* text) {
  if (!text->has(kTextSeekable)) return raise_unsupported(thread, "underlying stream is not seekable");
  if (!text->has(kTextTelling)) return thread.raise<OSError>("telling position disabled by next() call");
  TRY(text_write_pending(thread, text));
  TRY(call_method(thread, to_value(text), thread.names().flush));
  Value position = TRY(call_method(thread, text->buffer_.get(), thread.names().tell));
  if (text->decoder() == nullptr || text->snapshot_input_.is_null()) return position;
  Cookie cookie;
  cookie.start = TRY(to_offset(thread, position)) - text->snapshot_input_->length();
  cookie.decoder_flags = static_cast<int32_t>(text->snapshot_flags_);
  if (text->decoded_used_ == 0) return pack(thread, cookie);
  DecoderState saved = TRY(decoder_state(thread, text->decoder()));
  auto done = locate(thread, text, text->decoded_used_, cookie);
  ExceptionObject* error = done.is_raised() ? thread.take_pending() : nullptr;
  auto restored = set_decoder_state(thread, text->decoder(), saved);
  if (error != nullptr) return chain_errors(thread, error);
  if (restored.is_raised()) return Raised{};
  return pack(thread, cookie);
}

namespace {

Result<bool> is_zero(Thread& thread, Value value) { return equals(thread, value, Value::from_int(0)); }

Result<Value> seek_to_end(Thread& thread, TextIO* text) {
  TRY(call_method(thread, to_value(text), thread.names().flush));
  text->drop_decoded();
  if (text->decoder() != nullptr) TRY(reset_decoder(thread, text->decoder()));
  Value position =
      TRY(call_method(thread, text->buffer_.get(), thread.names().seek, Value::from_int(0), Value::from_int(2)));
  TRY(reset_text_encoder(thread, text, TRY(is_zero(thread, position))));
  return position;
}

}  // namespace

Result<Value> text_seek(Thread& thread, TextIO* text, Value target, int whence) {
  const Names& names = thread.names();
  if (!text->has(kTextSeekable)) return raise_unsupported(thread, "underlying stream is not seekable");
  switch (whence) {
    case SEEK_SET: break;
    case SEEK_CUR:
      if (!TRY(is_zero(thread, target))) return raise_unsupported(thread, "can't do nonzero cur-relative seeks");
      TRY(call_method(thread, to_value(text), names.flush));
      target = TRY(call_method(thread, to_value(text), names.tell));
      break;
    case SEEK_END:
      if (!TRY(is_zero(thread, target))) return raise_unsupported(thread, "can't do nonzero end-relative seeks");
      return seek_to_end(thread, text);
    default: return thread.raise<ValueError>("invalid whence ({}, should be 0, 1 or 2)", whence);
  }
  Value number = TRY(to_index(thread, target));
  if (int_compare(number, Value::from_int(0)) < 0)
    return thread.raise<ValueError>("negative seek position {}", TRY(repr(thread, target)));
  TRY(call_method(thread, to_value(text), names.flush));
  Cookie cookie = TRY(unpack(thread, number));
  TRY(call_method(thread, text->buffer_.get(), names.seek, offset_value(thread, cookie.start)));
  text->drop_decoded();
  bool at_start = cookie.start == 0 && cookie.decoder_flags == 0;
  NewlineDecoder* decoder = text->decoder();
  if (decoder != nullptr) {
    if (at_start) TRY(reset_decoder(thread, decoder));
    else TRY(set_decoder_state(thread, decoder, {thread.runtime().empty_bytes(), cookie.decoder_flags}));
  }
  text->snapshot_flags_ = cookie.decoder_flags;
  if (cookie.characters_to_skip != 0 && decoder != nullptr) {
    Value data = TRY(call_method(thread, text->buffer_.get(), names.read, Value::from_int(cookie.bytes_to_feed)));
    auto* input = try_cast<Bytes>(data);
    if (input == nullptr)
      return thread.raise<TypeError>("underlying read() should have returned a bytes object, not '{}'",
                                     type_name_of(data));
    text->snapshot_input_.set(text, input);
    Str* decoded = TRY(decoder_decode(thread, decoder, data, cookie.need_end));
    text->set_decoded(decoded);
    if (decoded->length() < cookie.characters_to_skip)
      return thread.raise<OSError>("can't restore logical file position");
    text->decoded_used_ = cookie.characters_to_skip;
  } else {
    text->snapshot_input_.set(text, thread.runtime().empty_bytes());
  }
  TRY(reset_text_encoder(thread, text, at_start));
  return target;
}

}  // namespace viperine
