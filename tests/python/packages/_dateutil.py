# package: dateutil
from dateutil import parser, rrule, relativedelta, tz
from datetime import datetime
print(parser.parse("3 Feb 2024 4:05pm"), parser.parse("2024-02-03T04:05:06.789+02:00"), list(rrule.rrule(rrule.MONTHLY, count=4, byweekday=rrule.FR(-1), dtstart=datetime(2024, 1, 1))), datetime(2024, 1, 31) + relativedelta.relativedelta(months=1))
