// SPDX-License-Identifier: MIT
// The module binascii over numeric/binary_text.h and zlib's CRC-32.
#include <cstdio>
#include <cstring>

#if VIPERINE_HAS_Z
#include <zlib.h>
#endif

#include "builtins/byte_methods.h"
#include "numeric/binary_text.h"
#include "runtime/buffers.h"
#include "runtime/text_views.h"

namespace viperine {

namespace {

/// binascii.Error, a ValueError; found in the module's dict.
Raised raise_error(Thread& thread, std::string_view text) {
  Optional<Value> module = thread.runtime().modules()->get_str(make_str(thread, "binascii"));
  if (module && is<Module>(*module)) {
    Optional<Value> error = cast<Module>(*module)->dict()->get_str(intern(thread, "Error"));
    if (error) {
      Value exception = TRY(call(thread, *error, to_value(make_str(thread, text))));
      if (is<ExceptionObject>(exception)) return thread.raise_object(cast<ExceptionObject>(exception));
    }
  }
  return thread.raise<ValueError>("{}", text);
}

/// Input of the a2b functions: ASCII str or bytes-like.
class AsciiInput {
 public:
  explicit AsciiInput(Thread& thread) : thread_(thread), buffer_(thread) {}
  Result<void> take(Value value) {
    if (is_str(value)) {
      Str* text = as_str(thread_, value);
      if (!text->is_ascii()) return thread_.raise<ValueError>("string argument should contain only ASCII characters");
      span_ = {text->data8(), static_cast<size_t>(text->length())};
      return {};
    }
    if (!has_buffer(thread_, value))
      return thread_.raise<TypeError>("argument should be bytes, buffer or ASCII string, not '{}'",
                                      type_name_of(value));
    TRY(buffer_.acquire(value));
    span_ = buffer_.span();
    return {};
  }
  std::span<const uint8_t> span() const { return span_; }

 private:
  Thread& thread_;
  BufferScope buffer_;
  std::span<const uint8_t> span_;
};

/// A bytes of which only the first `size` bytes are wanted.
Result<Value> cut(Thread& thread, Bytes* bytes, size_t size) {
  if (static_cast<int64_t>(size) == bytes->length()) return to_value(bytes);
  return to_value(TRY(try_make_bytes(thread, bytes->data(), static_cast<int64_t>(size))));
}
char* characters(Bytes* bytes) { return reinterpret_cast<char*>(bytes->data()); }

Result<Value> a2b_base64(Thread& thread, Value data, bool strict_mode) {
  AsciiInput input(thread);
  TRY(input.take(data));
  Bytes* out =
      TRY(try_make_bytes(thread, nullptr, static_cast<int64_t>(base64_decoded_bound(input.span().size())) + 4));
  Base64Result result = base64_decode(out->data(), input.span(), strict_mode);
  if (result.error == nullptr) return cut(thread, out, result.size);
  char message[160];
  if (result.lone_character != 0) {
    std::snprintf(
        message, sizeof message,
        "Invalid base64-encoded string: number of data characters (%zd) cannot be 1 more than a multiple of 4",
        result.lone_character);
    return raise_error(thread, message);
  }
  return raise_error(thread, result.error);
}

Result<Value> b2a_base64(Thread& thread, Value data, bool newline) {
  BufferScope input(thread);
  TRY(input.acquire(data));
  Bytes* out =
      TRY(try_make_bytes(thread, nullptr, static_cast<int64_t>(base64_encoded_size(input.span().size(), newline))));
  base64_encode(characters(out), input.span(), newline);
  return to_value(out);
}

Result<Value> a2b_hex(Thread& thread, Value hexstr) {
  AsciiInput input(thread);
  TRY(input.take(hexstr));
  Bytes* out = TRY(try_make_bytes(thread, nullptr, static_cast<int64_t>(input.span().size() / 2)));
  BinaryTextResult result = hex_decode(out->data(), input.span());
  if (result.error != nullptr) return raise_error(thread, result.error);
  return cut(thread, out, result.size);
}

Result<Value> b2a_hex(Thread& thread, Value data, Optional<Value> sep, Index bytes_per_sep) {
  BufferScope input(thread);
  TRY(input.acquire(data));
  Value text = TRY(hex_text(thread, input.span(), sep, bytes_per_sep.value));
  return to_value(TRY(try_make_bytes(thread, cast<Str>(text)->data8(), cast<Str>(text)->length())));
}

Result<Value> a2b_uu(Thread& thread, Value data) {
  AsciiInput input(thread);
  TRY(input.take(data));
  uint8_t out[64];
  BinaryTextResult result = uu_decode(out, input.span());
  if (result.error != nullptr) return raise_error(thread, result.error);
  return to_value(TRY(try_make_bytes(thread, out, static_cast<int64_t>(result.size))));
}

Result<Value> b2a_uu(Thread& thread, Value data, bool backtick) {
  BufferScope input(thread);
  TRY(input.acquire(data));
  char out[128];
  if (input.span().size() > kUuMaximumLine) return raise_error(thread, "At most 45 bytes at once");
  BinaryTextResult result = uu_encode(out, input.span(), backtick);
  if (result.error != nullptr) return raise_error(thread, result.error);
  return to_value(TRY(try_make_bytes(thread, out, static_cast<int64_t>(result.size))));
}

Result<Value> a2b_qp(Thread& thread, Value data, bool header) {
  AsciiInput input(thread);
  TRY(input.take(data));
  Bytes* out = TRY(try_make_bytes(thread, nullptr, static_cast<int64_t>(input.span().size())));
  return cut(thread, out, quoted_printable_decode(out->data(), input.span(), header));
}

Result<Value> b2a_qp(Thread& thread, Value data, bool quotetabs, bool istext, bool header) {
  BufferScope input(thread);
  TRY(input.acquire(data));
  QuotedPrintableOptions options{quotetabs, istext, header};
  Bytes* out = TRY(
      try_make_bytes(thread, nullptr, static_cast<int64_t>(quoted_printable_encode(nullptr, input.span(), options))));
  quoted_printable_encode(characters(out), input.span(), options);
  return to_value(out);
}

uint32_t crc32_of(uint32_t crc, std::span<const uint8_t> data) {
#if VIPERINE_HAS_Z
  while (!data.empty()) {
    size_t piece = std::min<size_t>(data.size(), size_t{1} << 30);
    crc = static_cast<uint32_t>(crc32(crc, data.data(), static_cast<unsigned>(piece)));
    data = data.subspan(piece);
  }
  return crc;
#else
  crc = ~crc;
  for (uint8_t byte : data) {
    crc ^= byte;
    for (int i = 0; i < 8; ++i) crc = crc >> 1 ^ (crc & 1 ? 0xEDB88320u : 0u);
  }
  return ~crc;
#endif
}

/// The low 32 bits of an int of any size.
Result<uint32_t> low_bits(Thread& thread, Value value) {
  Value index = TRY(to_index(thread, value));
  int64_t number;
  if (int_fits_int64(index, &number)) return static_cast<uint32_t>(number);
  uint64_t limb = cast<BigInt>(index)->limbs()[0];
  return static_cast<uint32_t>(cast<BigInt>(index)->is_negative() ? uint64_t{0} - limb : limb);
}

Result<Value> binascii_crc32(Thread& thread, Value data, Value crc) {
  uint32_t start = TRY(low_bits(thread, crc));
  BufferScope input(thread);
  TRY(input.acquire(data));
  return Value::from_int(crc32_of(start, input.span()));
}

Result<Value> binascii_crc_hqx(Thread& thread, Value data, Value crc) {
  uint32_t start = TRY(low_bits(thread, crc));
  BufferScope input(thread);
  TRY(input.acquire(data));
  return Value::from_int(crc_hqx(input.span(), static_cast<uint16_t>(start)));
}

constexpr NativeMethod kFunctions[] = {
    function<a2b_uu>("a2b_uu($module, data, /)", "Decode a line of uuencoded data."),
    function<b2a_uu>("b2a_uu($module, data, /, *, backtick=False)", "Uuencode line of data."),
    function<a2b_base64>("a2b_base64($module, data, /, *, strict_mode=False)", "Decode a line of base64 data."),
    function<b2a_base64>("b2a_base64($module, data, /, *, newline=True)", "Base64-code line of data."),
    function<a2b_hex>("a2b_hex($module, hexstr, /)", "Binary data of hexadecimal representation."),
    function<b2a_hex>("b2a_hex($module, /, data, sep=<unrepresentable>, bytes_per_sep=1)",
                      "Hexadecimal representation of binary data."),
    function<a2b_hex>("unhexlify($module, hexstr, /)", "Binary data of hexadecimal representation."),
    function<b2a_hex>("hexlify($module, /, data, sep=<unrepresentable>, bytes_per_sep=1)",
                      "Hexadecimal representation of binary data."),
    function<a2b_qp>("a2b_qp($module, /, data, header=False)", "Decode a string of qp-encoded data."),
    function<b2a_qp>("b2a_qp($module, /, data, quotetabs=False, istext=True, header=False)",
                     "Encode a string using quoted-printable encoding."),
    function<binascii_crc_hqx>("crc_hqx($module, data, crc, /)", "Compute CRC-CCITT incrementally."),
    function<binascii_crc32>("crc32($module, data, crc=0, /)", "Compute CRC-32 incrementally."),
};

Result<void> binascii_initialize(Thread& thread, Module* module) {
  TRY(add_exception(thread, module, "binascii.Error", thread.runtime().exception_type<ValueError>()));
  TRY(add_exception(thread, module, "binascii.Incomplete", thread.runtime().exception_type(ExceptionKind::Exception)));
  return {};
}

}  // namespace

extern const ModuleSpec kBinasciiModule;
constinit const ModuleSpec kBinasciiModule = {.name = "binascii",
                                              .functions = kFunctions,
                                              .initialize = binascii_initialize,
                                              .doc = "Conversion between binary data and ASCII"};

}  // namespace viperine
