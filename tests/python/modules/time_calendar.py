import calendar, sched, time, timeit, zoneinfo, datetime
from _show import show
show("""
time.gmtime(0), time.gmtime(86400.5).tm_mday, time.strftime('%Y-%m-%d %H:%M:%S', time.gmtime(0)), time.strptime('2020-02-29', '%Y-%m-%d')[:6], time.strptime('Jan 5 99', '%b %d %y').tm_year, calendar.timegm(time.gmtime(12345)), time.asctime(time.gmtime(0)), time.mktime(time.localtime(0)), time.ctime(0)[-4:], time.struct_time((2020, 1, 2, 3, 4, 5, 6, 7, 0)).tm_hour, time.gmtime(0) == time.gmtime(0), len(time.gmtime(0)), time.gmtime(0)[0:3], time.time() > 1e9, time.time_ns() > 10**18, time.monotonic() <= time.monotonic(), time.perf_counter_ns() > 0, time.process_time() >= 0, time.get_clock_info('monotonic').monotonic, time.sleep(0), time.timezone, time.daylight, time.tzname[0] != '', time.thread_time() >= 0, time.clock_gettime(time.CLOCK_REALTIME) > 0
time.gmtime(10**20)
time.strptime('x', '%Y')
time.strptime('2020', '%q')
time.sleep(-1)
time.sleep('a')
time.strftime('%Y', (1,))
time.struct_time((1, 2))
time.mktime((2020, 1))
calendar.isleap(2020), calendar.monthrange(2020, 2), calendar.month(2020, 2), calendar.weekday(2020, 2, 29), calendar.leapdays(2000, 2020), calendar.TextCalendar().formatweek([(1, 2), (0, 3)], 2), list(calendar.Calendar().itermonthdays(2020, 2))[:8], calendar.month_name[2], calendar.day_abbr[0], calendar.HTMLCalendar().formatmonth(2020, 2)[:40], calendar.monthcalendar(2020, 2)[0]
calendar.monthrange(2020, 13)
timeit.timeit('x = 1', number=10) >= 0, timeit.Timer('pass').repeat(2, 5).__len__(), timeit.default_timer is time.perf_counter
zoneinfo.ZoneInfo('UTC'), datetime.datetime(2020, 7, 1, tzinfo=zoneinfo.ZoneInfo('Europe/Berlin')).utcoffset(), datetime.datetime(2020, 1, 1, tzinfo=zoneinfo.ZoneInfo('America/New_York')).tzname(), datetime.datetime(2020, 7, 1, 12, tzinfo=datetime.timezone.utc).astimezone(zoneinfo.ZoneInfo('Asia/Tokyo'))
zoneinfo.ZoneInfo('No/Where')
""", globals())
log = []; s = sched.scheduler(time.monotonic, time.sleep); s.enter(0.02, 1, log.append, ("b",)); s.enter(0.01, 1, log.append, ("a",)); e = s.enter(0.03, 1, log.append, ("c",)); s.cancel(e); s.run(); print(log, s.empty())
