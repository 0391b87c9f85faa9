// SPDX-License-Identifier: MIT
// The module _zoneinfo: ZoneInfo. Files are found and read by the library's zoneinfo._tzpath and zoneinfo._common.
// An instance keeps its tables as bytes (ZoneRules, then per transition: UTC, local before and after, index) and its
// offsets and names as a tuple of three values per kind of local time.
#include <algorithm>
#include <cstring>
#include <vector>

#include "modules/datetime/datetime.h"
#include "modules/datetime/zone_rules.h"
#include "runtime/import.h"

namespace viperine::datetime {

namespace {

enum Member : uint32_t { kKey, kFileText, kTables, kInformation, kSource };
enum Source : int64_t { kFromCache, kNoCache, kFromFile };
constexpr std::string_view kMembers[] = {"_key", "_file_repr", "_tables", "_information", "_source"};
extern const TypeSpec kZoneInfoType;

Value field(Thread& thread, Value self, Member which) { return member(thread, self.as_object(), which); }

/// A view of the tables of an instance.
struct Tables {
  ZoneRules rules;
  const int64_t *utc, *local[2];
  const int32_t* index;
};
Tables tables_of(Thread& thread, Value self) {
  const uint8_t* data = cast<Bytes>(field(thread, self, kTables))->data();
  Tables tables;
  std::memcpy(&tables.rules, data, sizeof(ZoneRules));
  auto count = static_cast<size_t>(tables.rules.count);
  tables.utc = reinterpret_cast<const int64_t*>(data + sizeof(ZoneRules));
  tables.local[0] = tables.utc + count;
  tables.local[1] = tables.utc + 2 * count;
  tables.index = reinterpret_cast<const int32_t*>(tables.utc + 3 * count);
  return tables;
}
static_assert(sizeof(ZoneRules) % 8 == 0);

/// How many of the sorted times are not after `seconds`.
int32_t count_until(const int64_t* times, int32_t count, int64_t seconds) {
  return static_cast<int32_t>(std::upper_bound(times, times + count, seconds) - times);
}
int64_t local_seconds(const Fields& f) {
  return utc_seconds(f.year, f.month, f.day, f.hour, f.minute, f.second) - kPosixEpoch;
}
Value information(Thread& thread, Value self, int32_t index, int which) {
  if (index < 0) return Value::none();
  return cast<Tuple>(field(thread, self, kInformation))->at(3 * index + which);
}

// --- reading

/// Adds a kind of local time to the list; its number.
Result<int32_t> add_information(Thread& thread, List* list, int64_t offset, int64_t summer, Value name) {
  TRY(list_append_value(thread, list, TRY(make_delta(thread, Delta{0, offset, 0}.normalized()))));
  TRY(list_append_value(thread, list, TRY(make_delta(thread, Delta{0, summer, 0}.normalized()))));
  TRY(list_append_value(thread, list, name));
  return static_cast<int32_t>(list->length() / 3 - 1);
}
template <typename T>
Result<std::vector<T>*> numbers_of(Thread& thread, Value sequence, std::vector<T>& out) {
  Tuple* items = TRY(tuple_from_iterable(thread, sequence));
  for (int64_t i = 0; i < items->length(); ++i) out.push_back(static_cast<T>(TRY(to_c_int64(thread, items->at(i)))));
  return &out;
}

Result<void> apply_zone_string(Thread& thread, Value text, List* list, ZoneRules& rules) {
  std::string_view bytes = cast<Bytes>(text)->view();
  ZoneString zone;
  if (!parse_zone_string(bytes, &zone))
    return thread.raise<ValueError>("malformed TZ string: {}", TRY(repr(thread, text)));
  rules.standard_offset = zone.standard_offset;
  rules.standard =
      TRY(add_information(thread, list, zone.standard_offset, 0, to_value(make_str(thread, zone.standard_name))));
  if (zone.summer_name.empty()) {
    rules.after = rules.standard;
    return {};
  }
  rules.summer_offset = zone.summer_offset;
  rules.summer = TRY(add_information(thread, list, zone.summer_offset, rules.difference(),
                                     to_value(make_str(thread, zone.summer_name))));
  rules.start = zone.start;
  rules.end = zone.end;
  return {};
}

Result<bool> same_information(Thread& thread, List* list, int32_t a, int32_t b) {
  for (int i = 0; i < 3; ++i)
    if (!TRY(equals(thread, list->at(3 * a + i), list->at(3 * b + i)))) return false;
  return true;
}

Result<void> load(Thread& thread, Value self, Value file) {
  Value common = TRY(import_module(thread, "zoneinfo._common"));
  Tuple* parts = TRY(tuple_from_iterable(thread, TRY(call_method(thread, common, intern(thread, "load_data"), file))));
  if (parts->length() != 6) return thread.raise<ValueError>("load_data() must return six values");
  std::vector<int32_t> index;
  std::vector<int64_t> utc_times, offsets;
  std::vector<uint8_t> is_summer;
  TRY(numbers_of(thread, parts->at(0), index));
  TRY(numbers_of(thread, parts->at(1), utc_times));
  TRY(numbers_of(thread, parts->at(2), offsets));
  TRY(numbers_of(thread, parts->at(3), is_summer));
  Tuple* names = TRY(tuple_from_iterable(thread, parts->at(4)));
  size_t kinds = offsets.size(), count = utc_times.size();
  if (index.size() != count || is_summer.size() != kinds || names->length() != static_cast<int64_t>(kinds))
    return thread.raise<ValueError>("inconsistent time zone data");
  for (int32_t i : index)
    if (i < 0 || static_cast<size_t>(i) >= kinds) return thread.raise<ValueError>("Invalid transition index found");
  std::vector<int64_t> summer(kinds);
  infer_summer_offsets(index, offsets, is_summer, summer);
  List* list = List::make(thread.heap());
  for (size_t i = 0; i < kinds; ++i)
    TRY(add_information(thread, list, offsets[i], summer[i], names->at(static_cast<int64_t>(i))));

  ZoneRules rules;
  rules.count = static_cast<int32_t>(count);
  rules.before = count > 0 ? index[0] : -1;
  for (size_t i = kinds; i-- > 0;)
    if (!is_summer[i]) rules.before = static_cast<int32_t>(i);
  Value text = parts->at(5);
  bool has_rule = false;
  if (is<Bytes>(text) && cast<Bytes>(text)->length() > 0) {
    TRY(apply_zone_string(thread, text, list, rules));
    has_rule = rules.after < 0;
  } else {
    if (kinds == 0) return thread.raise<ValueError>("No time zone information found.");
    rules.after = count > 0 ? index.back() : static_cast<int32_t>(kinds) - 1;
  }
  rules.is_fixed = kinds <= 1 && !has_rule && (kinds == 0 || TRY(same_information(thread, list, 0, rules.after)));

  Bytes* tables = TRY(try_make_bytes(thread, nullptr, static_cast<int64_t>(sizeof rules + count * 28)));
  std::memcpy(tables->data(), &rules, sizeof rules);
  auto* utc = reinterpret_cast<int64_t*>(tables->data() + sizeof rules);
  auto* indexes = reinterpret_cast<int32_t*>(utc + 3 * count);
  for (size_t i = 0; i < count; ++i) {
    int64_t first = kinds > 1 || i > 0 ? offsets[static_cast<size_t>(i > 0 ? index[i - 1] : 0)] : offsets[0];
    int64_t second = offsets[static_cast<size_t>(index[i])];
    if (i == 0 && kinds <= 1) second = first;
    utc[i] = utc_times[i];
    utc[count + i] = utc_times[i] + std::max(first, second);
    utc[2 * count + i] = utc_times[i] + std::min(first, second);
    indexes[i] = index[i];
  }
  set_member(thread, self.as_object(), kTables, to_value(tables));
  set_member(thread, self.as_object(), kInformation, to_value(list_to_tuple(thread, list)));
  return {};
}

Value allocate_zone(Thread& thread, Type* type, Value key, Source source) {
  HeapObject* object = allocate_instance(thread, type, sizeof(HeapObject));
  set_member(thread, object, kKey, key);
  set_member(thread, object, kFileText, Value::none());
  set_member(thread, object, kTables, Value::none());
  set_member(thread, object, kInformation, Value::none());
  set_member(thread, object, kSource, Value::from_int(source));
  return to_value(object);
}
Result<Value> open_zone(Thread& thread, Type* type, Value key, Source source) {
  Value paths = TRY(import_module(thread, "zoneinfo._tzpath"));
  Value path = TRY(call_method(thread, paths, intern(thread, "find_tzfile"), key)), file;
  if (path.is_none()) {
    Value common = TRY(import_module(thread, "zoneinfo._common"));
    file = TRY(call_method(thread, common, intern(thread, "load_tzdata"), key));
  } else {
    file = TRY(call_method(thread, TRY(import_module(thread, "io")), thread.names().open, path,
                           to_value(intern(thread, "rb"))));
  }
  Value self = allocate_zone(thread, type, key, source);
  Result<void> loaded = load(thread, self, file);
  if (loaded.is_raised()) {
    ExceptionObject* error = thread.take_pending();
    if (call_method(thread, file, thread.names().close).is_raised()) thread.clear_pending();
    return thread.restore_pending(error);
  }
  TRY(call_method(thread, file, thread.names().close));
  return self;
}

// --- the class

Type* base_type(Thread& thread, Type* type) {
  (void)thread;
  while (type->spec_ != &kZoneInfoType) type = type->base();
  return type;
}
Result<Value> make_weak_cache(Thread& thread) {
  Value weakref = TRY(import_module(thread, "weakref"));
  return call_method(thread, weakref, intern(thread, "WeakValueDictionary"));
}
Result<Value> weak_cache(Thread& thread, Type* type) {
  if (type->spec_ == &kZoneInfoType) return cast<Tuple>(type->extra_.get())->at(0);
  return get_attribute(thread, to_value(type), "_weak_cache");
}
/// The keys used last stay alive: an ordered dict of the base class.
Result<void> keep_alive(Thread& thread, Type* type, Value key, Value zone) {
  constexpr uint32_t kStrongCacheSize = 8;
  if (type->spec_ != &kZoneInfoType) return {};
  auto* strong = cast<Dict>(cast<Tuple>(type->extra_.get())->at(1));
  TRY(dict_remove(thread, strong, key));
  TRY(dict_set(thread, strong, key, zone));
  while (strong->length() > kStrongCacheSize) {
    int64_t entry = strong->next_entry(0);
    TRY(dict_remove(thread, strong, strong->table()->key(static_cast<uint32_t>(entry))));
  }
  return {};
}

Result<Value> unused(Thread&, const Arguments&) { return Value::none(); }
constexpr NativeMethod kSignature = function<unused>("function(key)");

Result<Value> zoneinfo_new(Thread& thread, Type* type, const Arguments& arguments) {
  BoundArguments bound;
  TRY(bind_arguments(thread, kSignature, arguments, bound));
  Value key = bound.values[0], cache = TRY(weak_cache(thread, type));
  Value zone = TRY(call_method(thread, cache, thread.names().get, key, Value::none()));
  if (zone.is_none()) {
    zone = TRY(open_zone(thread, type, key, kFromCache));
    zone = TRY(call_method(thread, cache, intern(thread, "setdefault"), key, zone));
  }
  TRY(keep_alive(thread, type, key, zone));
  return zone;
}
Result<Value> zoneinfo_no_cache(Thread& thread, Type* type, Value key) {
  return open_zone(thread, type, key, kNoCache);
}
Result<Value> zoneinfo_from_file(Thread& thread, Type* type, Value file, Value key) {
  Value self = allocate_zone(thread, type, key, kFromFile);
  set_member(thread, self.as_object(), kFileText, to_value(TRY(repr(thread, file))));
  TRY(load(thread, self, file));
  return self;
}
Result<void> zoneinfo_clear_cache(Thread& thread, Type* type, Value only_keys) {
  Value cache = TRY(weak_cache(thread, type));
  auto* strong = cast<Dict>(cast<Tuple>(base_type(thread, type)->extra_.get())->at(1));
  bool is_base = type->spec_ == &kZoneInfoType;
  if (only_keys.is_none()) {
    TRY(call_method(thread, cache, thread.names().clear));
    if (is_base) strong->clear();
    return {};
  }
  return for_each(thread, only_keys, [&](Value key) -> Result<bool> {
    TRY(call_method(thread, cache, thread.names().pop, key, Value::none()));
    if (is_base) TRY(dict_remove(thread, strong, key));
    return true;
  });
}
Result<void> zoneinfo_init_subclass(Thread& thread, Type* type, Keywords) {
  return set_attribute(thread, to_value(type), intern(thread, "_weak_cache"), TRY(make_weak_cache(thread)));
}
Result<Value> zoneinfo_unpickle(Thread& thread, Type* type, Value key, bool from_cache) {
  if (from_cache) return call(thread, to_value(type), key);
  return zoneinfo_no_cache(thread, type, key);
}

// --- what a tzinfo is asked

Result<int32_t> find(Thread& thread, Value self, Value dt) {
  Tables tables = tables_of(thread, self);
  const ZoneRules& rules = tables.rules;
  if (dt.is_none()) return rules.is_fixed ? rules.after : -1;
  if (!is_datetime(dt))
    return thread.raise<TypeError>("fromutc: argument must be a datetime instance or None, not {}", type_name_of(dt));
  Fields f = as_datetime(dt)->fields();
  int64_t seconds = local_seconds(f);
  const int64_t* times = tables.local[f.fold];
  if (rules.count > 0 && seconds < times[0]) return rules.before;
  if (rules.count == 0 || seconds > times[rules.count - 1])
    return rules.after >= 0 ? rules.after : rules.at_local(seconds, f.year, f.fold);
  return tables.index[count_until(times, rules.count, seconds) - 1];
}
template <int kWhich>
Result<Value> zoneinfo_ask(Thread& thread, Value self, Value dt) {
  return information(thread, self, TRY(find(thread, self, dt)), kWhich);
}
Result<Value> zoneinfo_fromutc(Thread& thread, Value self, Value dt) {
  if (!is_datetime(dt)) return thread.raise<TypeError>("fromutc: argument must be a datetime instance");
  if (as_datetime(dt)->tzinfo() != self) return thread.raise<ValueError>("fromutc: dt.tzinfo is not self");
  Tables tables = tables_of(thread, self);
  const ZoneRules& rules = tables.rules;
  Fields f = as_datetime(dt)->fields();
  int64_t seconds = local_seconds(f);
  int32_t now;
  int fold = 0;
  if (rules.count > 0 && seconds < tables.utc[0]) {
    now = rules.before;
  } else if ((rules.count == 0 || seconds > tables.utc[rules.count - 1]) && rules.after < 0) {
    now = rules.at_utc(seconds, f.year, &fold);
  } else if (rules.count == 0) {
    now = rules.after;
  } else {
    int32_t place = count_until(tables.utc, rules.count, seconds) - 1;
    bool beyond = seconds > tables.utc[rules.count - 1];
    now = beyond && place == 0 ? rules.after : tables.index[place];
    int32_t previous = place > 0 ? tables.index[place - 1] : beyond ? tables.index[0] : rules.before;
    Value before = information(thread, self, previous, 0), after = information(thread, self, now, 0);
    if (is_delta(before)) {
      Delta shift = as_delta(before).plus(as_delta(after), -1);
      fold = shift.days * kSecondsPerDay + shift.seconds > seconds - tables.utc[place];
    }
  }
  Value offset = information(thread, self, now, 0);
  if (!is_delta(offset)) return thread.raise<ValueError>("fromutc: no time zone information");
  Value result = TRY(datetime_plus(thread, as_datetime(dt), as_delta(offset), 1));
  if (fold != 0 && is_datetime(result)) as_datetime(result)->word_ |= 1;
  return result;
}

Result<Value> zoneinfo_repr(Thread& thread, Value self) {
  Type* type = type_of(thread, self);
  Str* name = type->is_heap_type() ? type->name() : intern(thread, "zoneinfo.ZoneInfo");
  Value key = field(thread, self, kKey);
  if (!key.is_none()) return to_value(format_text(thread, "{}(key={})", name, TRY(repr(thread, key))));
  return to_value(format_text(thread, "{}.from_file({})", name, as_str(thread, field(thread, self, kFileText))));
}
Result<Value> zoneinfo_str(Thread& thread, Value self) {
  Value key = field(thread, self, kKey);
  return key.is_none() ? zoneinfo_repr(thread, self) : Result<Value>(to_value(TRY(str(thread, key))));
}
Result<Value> zoneinfo_reduce(Thread& thread, Value self) {
  int64_t source = field(thread, self, kSource).as_int();
  if (source == kFromFile) {
    Value pickle = TRY(import_module(thread, "pickle"));
    Value error = TRY(call_method(thread, pickle, intern(thread, "PicklingError"),
                                  to_value(make_str(thread, "Cannot pickle a ZoneInfo file from a file stream."))));
    return thread.raise_object(cast<ExceptionObject>(error));
  }
  Value maker = TRY(get_attribute(thread, to_value(type_of(thread, self)), "_unpickle"));
  return make_pair(thread, maker, make_pair(thread, field(thread, self, kKey), Value::from_bool(source == kFromCache)));
}
Result<Value> zoneinfo_key(Thread& thread, Value self) { return field(thread, self, kKey); }

constexpr NativeMethod kMethods[] = {
    method<zoneinfo_clear_cache>("clear_cache($type, /, *, only_keys=None)", "Clear the ZoneInfo cache."),
    method<zoneinfo_no_cache>("no_cache($type, key)", "Get a new instance of ZoneInfo, bypassing the cache."),
    method<zoneinfo_from_file>("from_file($type, fobj, /, key=None)", "Create a ZoneInfo file from a file object."),
    method<zoneinfo_ask<0>>("utcoffset($self, dt, /)", "The offset from UTC at this local time."),
    method<zoneinfo_ask<1>>("dst($self, dt, /)", "The daylight saving time adjustment at this local time."),
    method<zoneinfo_ask<2>>("tzname($self, dt, /)", "The abbreviation of the zone's name at this local time."),
    method<zoneinfo_fromutc>("fromutc($self, dt, /)",
                             "Given a datetime with local time in UTC, adjust it to the zone."),
    method<zoneinfo_reduce>("__reduce__($self, /)"),
    method<zoneinfo_unpickle>("_unpickle($type, key, from_cache, /)"),
    method<zoneinfo_init_subclass>("__init_subclass__($type, /, **kwargs)"),
};
constexpr NativeAttribute kAttributes[] = {attribute<zoneinfo_key>("key")};

Result<void> zoneinfo_ready(Thread& thread, Type* type) {
  TRY(add_members(thread, type, kMembers, 1));
  Value cache = TRY(make_weak_cache(thread));
  type->extra_.set(type, make_pair(thread, cache, to_value(Dict::make(thread.heap()))));
  return {};
}

const TypeSpec kZoneInfoType = {.name = "zoneinfo.ZoneInfo",
                                .kind = Kind::TzInfo,
                                .base = Kind::TzInfo,
                                .flags = kTypeBase | kTypeHasWeakrefs,
                                .slots = {.repr = &zoneinfo_repr, .str = &zoneinfo_str, .new_ = &zoneinfo_new},
                                .methods = kMethods,
                                .attributes = kAttributes,
                                .doc = "ZoneInfo(key): a time zone of the IANA database.",
                                .ready = &zoneinfo_ready};

Result<void> initialize(Thread& thread, Module* module) {
  TRY(import_module(thread, "_datetime"));
  TRY(add_type(thread, module, kZoneInfoType));
  return {};
}

}  // namespace

}  // namespace viperine::datetime

namespace viperine {

extern const ModuleSpec kZoneInfoModule = {
    .name = "_zoneinfo", .initialize = &datetime::initialize, .doc = "C implementation of the zoneinfo module"};

}  // namespace viperine
