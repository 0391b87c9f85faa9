# _datetime: argument errors, subclasses, pickles, ISO 8601, folds.
import copy
import os
import pickle
import time
from datetime import MAXYEAR, UTC, date, datetime, time as clock, timedelta, timezone, tzinfo

os.environ["TZ"] = "EST+05EDT,M3.2.0,M11.1.0"
time.tzset()


def show(call):
    try:
        print(repr(call()))
    except Exception as error:
        print(type(error).__name__, error)


class Day(date):
    def __new__(cls, *args, **kwargs):
        return super().__new__(cls, *args, **kwargs)


class Moment(datetime):
    extra = 5


class Span(timedelta):
    pass


class Zone(tzinfo):
    def __init__(self, hours=1):
        self.hours = hours

    def utcoffset(self, dt):
        return timedelta(hours=self.hours)

    def dst(self, dt):
        return timedelta(0)

    def tzname(self, dt):
        return "Z%d" % self.hours


for call in (lambda: date(0, 1, 1), lambda: date(1, 13, 1), lambda: date(1, 2, 29), lambda: date("1", 1, 1),
             lambda: datetime(1, 1, 1, 24), lambda: datetime(1, 1, 1, fold=2), lambda: datetime(1, 1, 1, tzinfo=1),
             lambda: clock(1, 60), lambda: clock(microsecond=10 ** 6), lambda: timedelta(10 ** 10),
             lambda: timedelta("a"), lambda: timedelta(float("nan")), lambda: timedelta(days=1) * 1e300,
             lambda: timedelta(1) / 0, lambda: timedelta(1) // timedelta(0), lambda: timedelta(1) % timedelta(0),
             lambda: date.min - timedelta(1), lambda: datetime.max + timedelta(1), lambda: date.fromordinal(0),
             lambda: date.fromisocalendar(2020, 54, 1), lambda: date.fromisocalendar(2020, 1, 8),
             lambda: timezone(timedelta(1)), lambda: timezone(5), lambda: tzinfo().utcoffset(None),
             lambda: datetime(2020, 1, 1) < datetime(2020, 1, 1, tzinfo=UTC),
             lambda: datetime(2020, 1, 1) - datetime(2020, 1, 1, tzinfo=UTC), lambda: datetime(2020, 1, 1) < date.min,
             lambda: clock(1) < clock(1, tzinfo=UTC), lambda: date.fromtimestamp(1e300),
             lambda: datetime.fromtimestamp(float("inf")), lambda: datetime.combine(1, 2),
             lambda: datetime.fromisoformat("2020-13-01"), lambda: clock.fromisoformat("25:00"),
             lambda: datetime(2020, 1, 1).isoformat("ab"), lambda: clock(1).isoformat("x"), lambda: date.min + 1):
    show(call)

for text in ("2020-01-02", "20200102", "2020W011", "2020-W01-5", "2020-W01", "2020W01"):
    print(text, date.fromisoformat(text))
for text in ("2020-01-02T03", "20200102T0304", "2020-01-02 03:04:05.678", "2020-W01-4T03:04:05,1234567Z",
             "2020-01-02T03:04:05+05:30", "20200102T030405.5-0000", "2020-01-02x03:04:05+01:02:03.000004",
             "2020-01-02T", "2020-01-02T1", "2020-01-02T03:04:5", "2020-01-02T03:0405", "2020-1-2"):
    show(lambda: datetime.fromisoformat(text))

day = Day(2020, 2, 28)
for value in (day + timedelta(1), day.replace(month=3), Day.today().__class__, Day.fromordinal(5), day - timedelta(1),
              Moment(2020, 1, 1) + timedelta(1), Moment.fromtimestamp(0, UTC), Moment(2020, 1, 1).astimezone(UTC),
              Moment.combine(day, clock(5, tzinfo=Zone())), type(Span(1) + Span(2)), Span(5), -Span(5),
              Moment.strptime("5/6/2021", "%d/%m/%Y").extra):
    print(repr(value).replace("__main__.", ""))

aware = datetime(2021, 5, 6, 7, 8, 9, 10, tzinfo=Zone(3))
print(aware, aware.utctimetuple()[:6], aware.tzname(), aware.astimezone(Zone(-2)), aware.strftime("%z %Z %f %%"))
print(aware == aware.astimezone(UTC), hash(aware) == hash(aware.astimezone(UTC)), aware.timetz(), aware.timestamp())
for value in (day, aware, Moment(2020, 1, 1, fold=1), clock(1, 2, fold=1), timedelta(1, 2, 3), UTC, timezone.min,
              timezone(timedelta(hours=2), "name"), clock(3, tzinfo=UTC)):
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        again = pickle.loads(pickle.dumps(value, protocol))
        assert (again == value or again.tzinfo) and type(again) is type(value), value
    print(repr(copy.deepcopy(value)), hash(value) == hash(copy.copy(value)))

for second in (1604210400, 1604214000, 1604217600, 1583650800):
    local = datetime.fromtimestamp(second)
    print(local, local.fold, local.timestamp() == second, local.astimezone())
print(datetime(2020, 3, 8, 2, 30).timestamp(), datetime(2020, 3, 8, 2, 30, fold=1).timestamp())
print(datetime.utcfromtimestamp(1.0000005), datetime.utcfromtimestamp(-1.5), MAXYEAR, timedelta.max.total_seconds())
print(timedelta(weeks=1.5, hours=-0.25, microseconds=0.5), timedelta(seconds=1) / 3, timedelta(1) * 0.1,
      divmod(timedelta(5), timedelta(hours=7)))
print(date(2020, 12, 31).isocalendar(), date(2021, 1, 3).isocalendar().week, f"{aware:%H:%M} {day:%j} {clock(5)!s}")
