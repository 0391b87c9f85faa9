# zoneinfo: offsets, folds, caches, pickles of many zones.
import zoneinfo, datetime as d, random, pickle, copy, io
from zoneinfo import ZoneInfo
print(zoneinfo.ZoneInfo.__module__, ZoneInfo('UTC'), repr(ZoneInfo('UTC')), ZoneInfo('UTC') is ZoneInfo('UTC'))
random.seed(7)
for k in ['Europe/Berlin','America/New_York','Asia/Tokyo','Australia/Sydney','Europe/Dublin','Africa/Casablanca','America/Sao_Paulo','Asia/Kathmandu','Etc/GMT+5','America/St_Johns','Pacific/Apia','Africa/Monrovia','EST5EDT','Antarctica/Troll','Australia/Lord_Howe','Europe/Lisbon','UTC','Asia/Gaza']:
    z=ZoneInfo(k)
    for i in range(40):
        y=random.choice([random.randint(1,9999),random.randint(1850,2050),random.randint(2030,2045)])
        dt=d.datetime(y,random.randint(1,12),random.randint(1,28),random.randint(0,23),random.choice([0,30,59]),fold=random.randint(0,1),tzinfo=z)
        try: u=d.datetime(y,dt.month,dt.day,dt.hour,dt.minute,tzinfo=d.timezone.utc).astimezone(z)
        except OverflowError: u=None
        print(k,dt,dt.tzname(),dt.dst(),u,u and u.fold)
    print(z.utcoffset(None),d.time(5,tzinfo=z),pickle.loads(pickle.dumps(z)) is z,ZoneInfo.no_cache(k) is z, z.key)
for m,day in ((3,26),(3,27),(10,29),(10,30)):
    for s in range(0,6*3600,900):
        t=d.datetime(2022,m,day,tzinfo=d.timezone.utc)+d.timedelta(seconds=s)
        for k in ('Europe/Berlin','Europe/Dublin'):
            x=t.astimezone(ZoneInfo(k)); print(x,x.fold,x.tzname(),x.dst(), x.astimezone(d.timezone.utc)==t)
class Z(ZoneInfo): pass
print(Z('UTC') is Z('UTC'), repr(Z('UTC')).split('.')[-1], Z('UTC') is ZoneInfo('UTC'))
for call in (lambda: ZoneInfo('Nowhere/x'), lambda: ZoneInfo('../etc'), lambda: ZoneInfo(5), lambda: pickle.dumps(ZoneInfo.from_file(open('/usr/share/zoneinfo/UTC','rb'),key='a'))):
    try: print(call())
    except Exception as e: print(type(e).__name__, e)
f=ZoneInfo.from_file(open('/usr/share/zoneinfo/Europe/Paris','rb'))
print(f.key, repr(f)[:30], f.tzname(d.datetime(2020,7,1)))
ZoneInfo.clear_cache(only_keys=['UTC']); ZoneInfo.clear_cache()
try: ZoneInfo('UTC').key='a'
except AttributeError as e: print('ro')
