// SPDX-License-Identifier: MIT
// The module audioop over numeric/audio_samples.h: operations on fragments of linear samples.
// Not here: the formats of files (wave, aifc, sunau are the standard library's).
#include <cmath>
#include <numeric>

#include "numeric/audio_samples.h"
#include "runtime/binding.h"
#include "runtime/buffers.h"
#include "runtime/containers.h"
#include "runtime/strings.h"

namespace viperine {

namespace {

using namespace audio;

Raised raise_error(Thread& thread, std::string_view text) {
  Optional<Value> module = thread.runtime().modules()->get_str(make_str(thread, "audioop"));
  if (module && is<Module>(*module)) {
    Optional<Value> error = cast<Module>(*module)->dict()->get_str(intern(thread, "error"));
    if (error) {
      Value exception = TRY(call(thread, *error, to_value(make_str(thread, text))));
      if (is<ExceptionObject>(exception)) return thread.raise_object(cast<ExceptionObject>(exception));
    }
  }
  return thread.raise<ValueError>("{}", text);
}

Result<void> check_width(Thread& thread, int width) {
  if (width < 1 || width > 4) return raise_error(thread, "Size should be 1, 2, 3 or 4");
  return {};
}

/// The samples of an argument.
class Fragment {
 public:
  explicit Fragment(Thread& thread) : thread_(thread), buffer_(thread) {}
  Result<void> take(Value object, int width) {
    TRY(buffer_.acquire(object));
    TRY(check_width(thread_, width));
    if (buffer_.length() % width != 0) return raise_error(thread_, "not a whole number of frames");
    width_ = width;
    count_ = static_cast<size_t>(buffer_.length() / width);
    return {};
  }
  /// 16-bit samples, with the text that the search functions have for anything else.
  Result<void> take_pairs(Value object) {
    TRY(buffer_.acquire(object));
    if ((buffer_.length() & 1) != 0) return raise_error(thread_, "Strings should be even-sized");
    width_ = 2;
    count_ = static_cast<size_t>(buffer_.length() / 2);
    return {};
  }
  Result<void> take_bytes(Value object) {
    TRY(buffer_.acquire(object));
    width_ = 1;
    count_ = static_cast<size_t>(buffer_.length());
    return {};
  }
  size_t count() const { return count_; }
  int width() const { return width_; }
  const uint8_t* data() const { return buffer_.data(); }
  int32_t operator[](size_t i) const { return sample_at(buffer_.data(), i, width_); }
  int32_t wide(size_t i) const { return wide_sample_at(buffer_.data(), i, width_); }

 private:
  Thread& thread_;
  BufferScope buffer_;
  size_t count_ = 0;
  int width_ = 1;
};

Result<Bytes*> make_samples(Thread& thread, size_t count, int width) {
  return try_make_bytes(thread, nullptr, static_cast<int64_t>(count) * width);
}
int64_t magnitude(int32_t sample) { return sample < 0 ? -int64_t{sample} : int64_t{sample}; }

Result<Value> audioop_getsample(Thread& thread, Value data, int width, Index index) {
  Fragment fragment(thread);
  TRY(fragment.take(data, width));
  if (index.value < 0 || static_cast<size_t>(index.value) >= fragment.count())
    return raise_error(thread, "Index out of range");
  return Value::from_int(fragment[static_cast<size_t>(index.value)]);
}

Result<Value> audioop_max(Thread& thread, Value data, int width) {
  Fragment fragment(thread);
  TRY(fragment.take(data, width));
  int64_t most = 0;
  for (size_t i = 0; i < fragment.count(); ++i) most = std::max(most, magnitude(fragment[i]));
  return Value::from_int(most);
}

Result<Value> audioop_minmax(Thread& thread, Value data, int width) {
  Fragment fragment(thread);
  TRY(fragment.take(data, width));
  int32_t least = INT32_MAX, most = INT32_MIN;
  for (size_t i = 0; i < fragment.count(); ++i) {
    least = std::min(least, fragment[i]);
    most = std::max(most, fragment[i]);
  }
  return make_pair(thread, Value::from_int(least), Value::from_int(most));
}

Result<Value> audioop_avg(Thread& thread, Value data, int width) {
  Fragment fragment(thread);
  TRY(fragment.take(data, width));
  double sum = 0.0;
  for (size_t i = 0; i < fragment.count(); ++i) sum += fragment[i];
  if (fragment.count() == 0) return Value::from_int(0);
  return Value::from_int(static_cast<int64_t>(std::floor(sum / static_cast<double>(fragment.count()))));
}

Result<Value> audioop_rms(Thread& thread, Value data, int width) {
  Fragment fragment(thread);
  TRY(fragment.take(data, width));
  double sum = 0.0;
  for (size_t i = 0; i < fragment.count(); ++i) sum += static_cast<double>(fragment[i]) * fragment[i];
  if (fragment.count() == 0) return Value::from_int(0);
  return Value::from_int(static_cast<int64_t>(std::sqrt(sum / static_cast<double>(fragment.count()))));
}

/// The sum of products of `count` samples of each fragment.
double correlation(const Fragment& a, size_t a_start, const Fragment& b, size_t b_start, size_t count) {
  double sum = 0.0;
  for (size_t i = 0; i < count; ++i) sum += static_cast<double>(a[a_start + i]) * b[b_start + i];
  return sum;
}
double squared(int32_t sample) { return static_cast<double>(sample) * sample; }

Result<Value> audioop_findfit(Thread& thread, Value data, Value reference) {
  Fragment fragment(thread), pattern(thread);
  TRY(fragment.take_pairs(data));
  TRY(pattern.take_pairs(reference));
  const size_t size = pattern.count();
  if (fragment.count() < size) return raise_error(thread, "First sample should be longer");
  const double of_pattern = correlation(pattern, 0, pattern, 0, size);
  double of_part = correlation(fragment, 0, fragment, 0, size), least = 0.0;
  size_t best = 0;
  for (size_t i = 0; i + size <= fragment.count(); ++i) {
    if (i > 0) of_part += squared(fragment[i + size - 1]) - squared(fragment[i - 1]);
    const double both = correlation(fragment, i, pattern, 0, size);
    const double error = (of_pattern * of_part - both * both) / of_part;
    if (i == 0 || error < least) {
      least = error;
      best = i;
    }
  }
  const double factor = correlation(fragment, best, pattern, 0, size) / of_pattern;
  return make_pair(thread, Value::from_int(static_cast<int64_t>(best)), make_float(thread.heap(), factor));
}

Result<Value> audioop_findfactor(Thread& thread, Value data, Value reference) {
  Fragment fragment(thread), pattern(thread);
  TRY(fragment.take_pairs(data));
  TRY(pattern.take_pairs(reference));
  if (fragment.count() != pattern.count()) return raise_error(thread, "Samples should be same size");
  const size_t size = pattern.count();
  return make_float(thread.heap(),
                    correlation(fragment, 0, pattern, 0, size) / correlation(pattern, 0, pattern, 0, size));
}

Result<Value> audioop_findmax(Thread& thread, Value data, Index length) {
  Fragment fragment(thread);
  TRY(fragment.take_pairs(data));
  if (length.value < 0 || fragment.count() < static_cast<size_t>(length.value))
    return raise_error(thread, "Input sample should be longer");
  const size_t size = static_cast<size_t>(length.value);
  double energy = correlation(fragment, 0, fragment, 0, size), most = energy;
  size_t best = 0;
  for (size_t i = 1; size > 0 && i + size <= fragment.count(); ++i) {
    energy += squared(fragment[i + size - 1]) - squared(fragment[i - 1]);
    if (energy > most) {
      most = energy;
      best = i;
    }
  }
  return Value::from_int(static_cast<int64_t>(best));
}

/// Calls `found` with each difference between neighbouring extremes.
template <typename Found>
void for_each_swing(const Fragment& fragment, Found found) {
  if (fragment.count() == 0) return;
  int32_t before = fragment[0], extreme = 0;
  bool has_extreme = false;
  int direction = 0;
  for (size_t i = 1; i < fragment.count(); ++i) {
    const int32_t now = fragment[i];
    if (now == before) continue;
    const int turned = now < before ? -1 : 1;
    if (direction == -turned) {
      if (has_extreme) found(std::llabs(int64_t{before} - extreme));
      has_extreme = true;
      extreme = before;
    }
    before = now;
    direction = turned;
  }
}

Result<Value> audioop_avgpp(Thread& thread, Value data, int width) {
  Fragment fragment(thread);
  TRY(fragment.take(data, width));
  double sum = 0.0;
  int64_t count = 0;
  for_each_swing(fragment, [&](int64_t swing) {
    sum += static_cast<double>(swing);
    ++count;
  });
  return Value::from_int(count == 0 ? 0 : static_cast<int64_t>(sum / static_cast<double>(count)));
}

Result<Value> audioop_maxpp(Thread& thread, Value data, int width) {
  Fragment fragment(thread);
  TRY(fragment.take(data, width));
  int64_t most = 0;
  for_each_swing(fragment, [&](int64_t swing) { most = std::max(most, swing); });
  return Value::from_int(most);
}

Result<Value> audioop_cross(Thread& thread, Value data, int width) {
  Fragment fragment(thread);
  TRY(fragment.take(data, width));
  int64_t count = fragment.count() == 0 ? -1 : 0;
  for (size_t i = 1; i < fragment.count(); ++i) count += (fragment[i] < 0) != (fragment[i - 1] < 0);
  return Value::from_int(count);
}

/// A bytes of as many samples, each computed from the sample of the same place.
template <typename Compute>
Result<Value> map_samples(Thread& thread, const Fragment& fragment, int width, Compute compute) {
  Bytes* out = TRY(make_samples(thread, fragment.count(), width));
  for (size_t i = 0; i < fragment.count(); ++i) store_sample(out->data(), i, width, compute(i));
  return to_value(out);
}

Result<Value> audioop_mul(Thread& thread, Value data, int width, double factor) {
  Fragment fragment(thread);
  TRY(fragment.take(data, width));
  return map_samples(thread, fragment, width, [&](size_t i) { return clip_sample(fragment[i] * factor, width); });
}

Result<Value> audioop_tomono(Thread& thread, Value data, int width, double left, double right) {
  Fragment fragment(thread);
  TRY(fragment.take(data, width));
  if (fragment.count() % 2 != 0) return raise_error(thread, "not a whole number of frames");
  Bytes* out = TRY(make_samples(thread, fragment.count() / 2, width));
  for (size_t i = 0; i + 1 < fragment.count(); i += 2)
    store_sample(out->data(), i / 2, width, clip_sample(fragment[i] * left + fragment[i + 1] * right, width));
  return to_value(out);
}

Result<Value> audioop_tostereo(Thread& thread, Value data, int width, double left, double right) {
  Fragment fragment(thread);
  TRY(fragment.take(data, width));
  Bytes* out = TRY(make_samples(thread, fragment.count() * 2, width));
  for (size_t i = 0; i < fragment.count(); ++i) {
    store_sample(out->data(), i * 2, width, clip_sample(fragment[i] * left, width));
    store_sample(out->data(), i * 2 + 1, width, clip_sample(fragment[i] * right, width));
  }
  return to_value(out);
}

Result<Value> audioop_add(Thread& thread, Value data, Value other, int width) {
  Fragment fragment(thread), second(thread);
  TRY(fragment.take(data, width));
  TRY(second.take_bytes(other));
  if (second.count() != fragment.count() * static_cast<size_t>(width))
    return raise_error(thread, "Lengths should be the same");
  return map_samples(thread, fragment, width, [&](size_t i) {
    const int64_t sum = int64_t{fragment[i]} + sample_at(second.data(), i, width), most = largest_sample(width);
    return static_cast<int32_t>(sum > most ? most : sum < -most - 1 ? -most - 1 : sum);
  });
}

Result<Value> audioop_bias(Thread& thread, Value data, int width, int bias) {
  Fragment fragment(thread);
  TRY(fragment.take(data, width));
  return map_samples(thread, fragment, width, [&](size_t i) {
    return static_cast<int32_t>(static_cast<uint32_t>(fragment[i]) + static_cast<uint32_t>(bias));
  });
}

Result<Value> audioop_reverse(Thread& thread, Value data, int width) {
  Fragment fragment(thread);
  TRY(fragment.take(data, width));
  return map_samples(thread, fragment, width, [&](size_t i) { return fragment[fragment.count() - 1 - i]; });
}

Result<Value> audioop_byteswap(Thread& thread, Value data, int width) {
  Fragment fragment(thread);
  TRY(fragment.take(data, width));
  Bytes* out = TRY(make_samples(thread, fragment.count(), width));
  const size_t size = static_cast<size_t>(width);
  for (size_t i = 0; i < fragment.count() * size; ++i)
    out->data()[i] = fragment.data()[i - i % size + size - 1 - i % size];
  return to_value(out);
}

Result<Value> audioop_lin2lin(Thread& thread, Value data, int width, int new_width) {
  Fragment fragment(thread);
  TRY(fragment.take(data, width));
  TRY(check_width(thread, new_width));
  return map_samples(thread, fragment, new_width, [&](size_t i) { return fragment.wide(i) >> (32 - 8 * new_width); });
}

/// What ratecv hands from one fragment to the next.
struct Channel {
  int32_t before = 0;
  int32_t now = 0;
};

Result<int> read_rate_state(Thread& thread, Value state, std::span<Channel> channels) {
  if (!is<Tuple>(state)) return thread.raise<TypeError>("state must be a tuple or None");
  Tuple* parts = cast<Tuple>(state);
  if (parts->length() != 2 || !is<Tuple>(parts->at(1)))
    return thread.raise<TypeError>("ratecv(): illegal state argument");
  const int distance = TRY(to_c_int(thread, parts->at(0)));
  Tuple* samples = cast<Tuple>(parts->at(1));
  if (samples->length() != static_cast<int64_t>(channels.size())) return raise_error(thread, "illegal state argument");
  for (int64_t i = 0; i < samples->length(); ++i) {
    Value pair = samples->at(i);
    if (!is<Tuple>(pair)) return thread.raise<TypeError>("ratecv(): illegal state argument");
    if (cast<Tuple>(pair)->length() != 2)
      return thread.raise<TypeError>("ratecv() takes exactly 2 arguments ({} given)", cast<Tuple>(pair)->length());
    channels[static_cast<size_t>(i)] = {TRY(to_c_int(thread, cast<Tuple>(pair)->at(0))),
                                        TRY(to_c_int(thread, cast<Tuple>(pair)->at(1)))};
  }
  return distance;
}

Result<Value> make_rate_state(Thread& thread, int distance, std::span<const Channel> channels) {
  Tuple* samples = TRY(make_tuple(thread, static_cast<int64_t>(channels.size())));
  for (size_t i = 0; i < channels.size(); ++i)
    samples->set(static_cast<int64_t>(i),
                 (make_pair(thread, Value::from_int(channels[i].before), Value::from_int(channels[i].now))));
  return make_pair(thread, Value::from_int(distance), to_value(samples));
}

/// Resamples by linear interpolation; returns the bytes written and leaves the state in `channels` and `distance`.
size_t convert_rate(const Fragment& fragment, std::span<Channel> channels, int in_rate, int out_rate, double weight,
                    double weight_before, int& distance, uint8_t* out) {
  size_t frames = fragment.count() / channels.size(), read = 0, written = 0;
  for (;;) {
    for (; distance < 0; distance += out_rate) {
      if (frames-- == 0) return written * static_cast<size_t>(fragment.width());
      for (Channel& channel : channels) {
        channel.before = channel.now;
        channel.now = static_cast<int32_t>((weight * fragment.wide(read++) + weight_before * channel.before) /
                                           (weight + weight_before));
      }
    }
    for (; distance >= 0; distance -= in_rate)
      for (const Channel& channel : channels) {
        const double sample = static_cast<double>(channel.before) * distance +
                              static_cast<double>(channel.now) * (static_cast<double>(out_rate) - distance);
        store_wide_sample(out, written++, fragment.width(), static_cast<int32_t>(sample / out_rate));
      }
  }
}

Result<Value> audioop_ratecv(Thread& thread, Value data, int width, int channel_count, int in_rate, int out_rate,
                             Value state, int weight, int weight_before) {
  BufferScope input(thread);
  TRY(input.acquire(data));
  TRY(check_width(thread, width));
  if (channel_count < 1) return raise_error(thread, "# of channels should be >= 1");
  if (width > INT32_MAX / channel_count) return thread.raise<OverflowError>("width * nchannels too big for a C int");
  if (weight < 1 || weight_before < 0) return raise_error(thread, "weightA should be >= 1, weightB should be >= 0");
  const int frame = width * channel_count;
  if (input.length() % frame != 0) return raise_error(thread, "not a whole number of frames");
  if (in_rate <= 0 || out_rate <= 0) return raise_error(thread, "sampling rate not > 0");
  const int common_rate = std::gcd(in_rate, out_rate), common_weight = std::gcd(weight, weight_before);
  in_rate /= common_rate;
  out_rate /= common_rate;
  Bytes* room = TRY(try_make_bytes(thread, nullptr, int64_t{channel_count} * static_cast<int64_t>(sizeof(Channel))));
  std::span<Channel> channels(reinterpret_cast<Channel*>(room->data()), static_cast<size_t>(channel_count));
  int distance = -out_rate;
  if (!state.is_none()) distance = TRY(read_rate_state(thread, state, channels));
  const int64_t frames = input.length() / frame;
  if (frames > 0 && (frames - 1) / in_rate + 1 > INT64_MAX / 4 / out_rate / frame) return thread.raise_memory_error();
  const int64_t bound = frames == 0 ? 0 : ((frames - 1) / in_rate + 1) * out_rate * frame;
  // A state that another rate left may be ahead by more than one step.
  const int64_t ahead = distance >= 0 ? (int64_t{distance} / in_rate + 1) * frame : 0;
  Bytes* out = TRY(try_make_bytes(thread, nullptr, bound + ahead + frame));
  Fragment fragment(thread);
  TRY(fragment.take(data, width));
  const size_t size = convert_rate(fragment, channels, in_rate, out_rate, weight / common_weight,
                                   weight_before / common_weight, distance, out->data());
  Value converted = to_value(TRY(try_make_bytes(thread, out->data(), static_cast<int64_t>(size))));
  return make_pair(thread, converted, TRY(make_rate_state(thread, distance, channels)));
}

Result<Value> audioop_lin2ulaw(Thread& thread, Value data, int width) {
  Fragment fragment(thread);
  TRY(fragment.take(data, width));
  return map_samples(thread, fragment, 1, [&](size_t i) { return encode_ulaw(fragment.wide(i) >> 18); });
}
Result<Value> audioop_lin2alaw(Thread& thread, Value data, int width) {
  Fragment fragment(thread);
  TRY(fragment.take(data, width));
  return map_samples(thread, fragment, 1, [&](size_t i) { return encode_alaw(fragment.wide(i) >> 19); });
}

template <int32_t (*Decode)(uint8_t)>
Result<Value> decode_fragment(Thread& thread, Value data, int width) {
  Fragment fragment(thread);
  TRY(fragment.take_bytes(data));
  TRY(check_width(thread, width));
  Bytes* out = TRY(make_samples(thread, fragment.count(), width));
  for (size_t i = 0; i < fragment.count(); ++i)
    store_wide_sample(out->data(), i, width,
                      static_cast<int32_t>(static_cast<uint32_t>(Decode(fragment.data()[i])) << 16));
  return to_value(out);
}

Result<void> take_adpcm_state(Thread& thread, Value value, std::string_view function, AdpcmState& state) {
  if (value.is_none()) return {};
  if (!is<Tuple>(value)) return thread.raise<TypeError>("state must be a tuple or None");
  Tuple* parts = cast<Tuple>(value);
  if (parts->length() != 2) return thread.raise<TypeError>("{}(): illegal state argument", function);
  state.predicted = TRY(to_c_int(thread, parts->at(0)));
  state.index = TRY(to_c_int(thread, parts->at(1)));
  if (!state.is_valid()) return thread.raise<ValueError>("bad state");
  return {};
}
Result<Value> with_adpcm_state(Thread& thread, Bytes* bytes, const AdpcmState& state) {
  return make_pair(thread, to_value(bytes),
                   (make_pair(thread, Value::from_int(state.predicted), Value::from_int(state.index))));
}

Result<Value> audioop_lin2adpcm(Thread& thread, Value data, int width, Value state) {
  Fragment fragment(thread);
  TRY(fragment.take(data, width));
  AdpcmState predictor;
  TRY(take_adpcm_state(thread, state, "lin2adpcm", predictor));
  Bytes* out = TRY(make_samples(thread, fragment.count() / 2, 1));
  int high = 0;
  for (size_t i = 0; i < fragment.count(); ++i) {
    const int code = predictor.encode(fragment.wide(i) >> 16);
    if (i % 2 == 0)
      high = code << 4;
    else
      out->data()[i / 2] = static_cast<uint8_t>(high | code);
  }
  return with_adpcm_state(thread, out, predictor);
}

Result<Value> audioop_adpcm2lin(Thread& thread, Value data, int width, Value state) {
  Fragment fragment(thread);
  TRY(fragment.take_bytes(data));
  TRY(check_width(thread, width));
  AdpcmState predictor;
  TRY(take_adpcm_state(thread, state, "adpcm2lin", predictor));
  Bytes* out = TRY(make_samples(thread, fragment.count() * 2, width));
  for (size_t i = 0; i < fragment.count() * 2; ++i) {
    const int code = (fragment.data()[i / 2] >> (i % 2 == 0 ? 4 : 0)) & 0xF;
    store_wide_sample(out->data(), i, width, static_cast<int32_t>(static_cast<uint32_t>(predictor.decode(code)) << 16));
  }
  return with_adpcm_state(thread, out, predictor);
}

constexpr NativeMethod kFunctions[] = {
    function<audioop_getsample>("getsample($module, fragment, width, index, /)",
                                "Return the value of sample index from the fragment."),
    function<audioop_max>("max($module, fragment, width, /)", "The largest magnitude of all samples."),
    function<audioop_minmax>("minmax($module, fragment, width, /)", "The smallest and the largest sample."),
    function<audioop_avg>("avg($module, fragment, width, /)", "The average of all samples."),
    function<audioop_rms>("rms($module, fragment, width, /)", "The root mean square of all samples."),
    function<audioop_findfit>("findfit($module, fragment, reference, /)",
                              "Where the reference fits best, and the factor for it."),
    function<audioop_findfactor>("findfactor($module, fragment, reference, /)",
                                 "The factor that makes the reference most like the fragment."),
    function<audioop_findmax>("findmax($module, fragment, length, /)", "Where `length` samples have most energy."),
    function<audioop_avgpp>("avgpp($module, fragment, width, /)", "The average peak-peak value of all samples."),
    function<audioop_maxpp>("maxpp($module, fragment, width, /)", "The largest peak-peak value."),
    function<audioop_cross>("cross($module, fragment, width, /)", "The number of zero crossings."),
    function<audioop_mul>("mul($module, fragment, width, factor, /)", "All samples multiplied by the factor."),
    function<audioop_tomono>("tomono($module, fragment, width, lfactor, rfactor, /)",
                             "A stereo fragment made mono: lfactor * left + rfactor * right."),
    function<audioop_tostereo>("tostereo($module, fragment, width, lfactor, rfactor, /)",
                               "A mono fragment made stereo."),
    function<audioop_add>("add($module, fragment1, fragment2, width, /)", "The sum of two fragments."),
    function<audioop_bias>("bias($module, fragment, width, bias, /)", "All samples with a bias added; they wrap."),
    function<audioop_reverse>("reverse($module, fragment, width, /)", "The samples in reverse order."),
    function<audioop_byteswap>("byteswap($module, fragment, width, /)", "The bytes of each sample in reverse order."),
    function<audioop_lin2lin>("lin2lin($module, fragment, width, newwidth, /)", "Samples of another width."),
    function<audioop_ratecv>(
        "ratecv($module, fragment, width, nchannels, inrate, outrate, state, weightA=1, weightB=0, /)",
        "Convert the frame rate of the fragment."),
    function<audioop_lin2ulaw>("lin2ulaw($module, fragment, width, /)", "Encode as u-law."),
    function<decode_fragment<decode_ulaw>>("ulaw2lin($module, fragment, width, /)", "Decode u-law."),
    function<audioop_lin2alaw>("lin2alaw($module, fragment, width, /)", "Encode as A-law."),
    function<decode_fragment<decode_alaw>>("alaw2lin($module, fragment, width, /)", "Decode A-law."),
    function<audioop_lin2adpcm>("lin2adpcm($module, fragment, width, state, /)", "Encode as four-bit Intel/DVI ADPCM."),
    function<audioop_adpcm2lin>("adpcm2lin($module, fragment, width, state, /)", "Decode Intel/DVI ADPCM."),
};

Result<void> audioop_initialize(Thread& thread, Module* module) {
  TRY(add_exception(thread, module, "audioop.error", thread.runtime().exception_type(ExceptionKind::Exception)));
  return {};
}

}  // namespace

extern const ModuleSpec kAudioopModule;
constinit const ModuleSpec kAudioopModule = {.name = "audioop",
                                             .functions = kFunctions,
                                             .initialize = audioop_initialize,
                                             .doc = "Operations on fragments of linear sound samples."};

}  // namespace viperine
