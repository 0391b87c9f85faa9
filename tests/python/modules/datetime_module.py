from datetime import *
import datetime as dt
from _show import show
d, t, n = date(2020, 2, 29), time(12, 30, 45, 123456), datetime(2020, 2, 29, 12, 30, 45, 123456)
show("""
d, t, n, str(d), str(t), str(n), d.isoformat(), n.isoformat(' '), n.isoformat(timespec='minutes'), n.isoformat(timespec='milliseconds'), repr(timedelta(1, 2, 3)), str(timedelta(days=1, hours=2, microseconds=5)), str(-timedelta(seconds=1)), timedelta(weeks=1, days=-1, minutes=1.5)
d.year, d.month, d.day, d.weekday(), d.isoweekday(), d.isocalendar(), d.toordinal(), d.timetuple()[:8], date.fromordinal(737484), date.fromisoformat('2020-02-29'), date.fromisocalendar(2020, 9, 6), d.replace(year=2024), d.ctime(), date.min, date.max, date.resolution
date(2019, 2, 29)
date(2020, 13, 1)
date(0, 1, 1)
date('a', 1, 1)
date.fromisoformat('2020-2-29')
date.fromisoformat('x')
time(25)
time(1, 60)
datetime(2020, 1, 1, 24)
d + timedelta(1), d - timedelta(365), d - date(2019, 1, 1), n + timedelta(hours=12), n - datetime(2020, 1, 1), timedelta(1) + timedelta(hours=1), timedelta(1) * 2.5, timedelta(10) / 4, timedelta(10) // timedelta(3), timedelta(10) % timedelta(3), divmod(timedelta(10), timedelta(3)), timedelta(10) / timedelta(4), -timedelta(1), abs(timedelta(-1)), timedelta(1) < timedelta(2), timedelta(hours=36).total_seconds(), bool(timedelta()), sum([timedelta(1)] * 3, timedelta()), timedelta.max, timedelta.resolution
d + 1
date.max + timedelta(1)
d < 5
d == 5, d < date(2021, 1, 1), d == date(2020, 2, 29), n > datetime(2019, 1, 1), d == n, hash(d) == hash(date(2020, 2, 29))
d < n
timedelta(10**10)
timedelta(1) / 0
n.date(), n.time(), n.replace(hour=0, microsecond=0), n.timetuple().tm_yday, datetime.combine(d, t), datetime.fromisoformat('2020-02-29T12:30:45.123456+02:00'), datetime.fromisoformat('20200229T123045Z'), datetime.strptime('29/02/2020 12:30', '%d/%m/%Y %H:%M'), n.strftime('%Y-%m-%d %H:%M:%S.%f %a %A %b %B %j %p %I %y %w %U %%'), f'{n:%d.%m.%Y}', format(d, '%j'), d.strftime('%x'), datetime(2020, 1, 1, tzinfo=timezone.utc).timestamp(), datetime.fromtimestamp(0, timezone.utc), datetime.utcfromtimestamp(86400.5)
datetime.strptime('x', '%Y')
datetime.strptime('2020 extra', '%Y')
timezone.utc, timezone(timedelta(hours=5, minutes=30)), timezone(timedelta(hours=-5), 'EST'), timezone(timedelta(hours=1)).utcoffset(None), str(timezone(timedelta(seconds=-3661))), datetime(2020, 1, 1, tzinfo=timezone.utc).astimezone(timezone(timedelta(hours=2))), datetime(2020, 1, 1, tzinfo=timezone.utc).utcoffset(), time(1, tzinfo=timezone.utc), n.tzinfo, datetime(2020, 1, 1, tzinfo=timezone.utc).tzname(), datetime(2020, 6, 1, tzinfo=timezone.utc) - datetime(2020, 6, 1, tzinfo=timezone(timedelta(hours=1)))
timezone(timedelta(hours=25))
timezone(5)
datetime(2020, 1, 1) < datetime(2020, 1, 1, tzinfo=timezone.utc)
datetime(2020, 1, 1) - datetime(2020, 1, 1, tzinfo=timezone.utc)
t.hour, t.isoformat('seconds'), time.fromisoformat('04:23:01.5'), time.min, time.max, t.replace(hour=1), bool(time(0)), t < time(13), t.strftime('%H'), time(1, 2).isoformat()
dt.MINYEAR, dt.MAXYEAR, dt.UTC
""", globals())
import pickle, copy
for x in (d, t, n, timedelta(1, 2), timezone.utc, datetime(2020, 1, 1, tzinfo=timezone.utc)):
    print(pickle.loads(pickle.dumps(x)) == x, copy.deepcopy(x) == x, x.__reduce__()[0].__name__)
class MyDate(date):
    def next(self): return self + timedelta(1)
print(repr(MyDate(2020, 1, 1).next()), MyDate.fromisoformat("2020-01-02"))
