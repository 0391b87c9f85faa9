import configparser
import csv
import io
from _show import show, run
run("""
print(list(csv.reader(['a,b,"c d"', '1,"x, y","q""uoted"', '', 'e,,'])), list(csv.reader(['a;b'], delimiter=';')), list(csv.reader(["'a,b',c"], quotechar="'")), list(csv.reader(['a\\\\,b'], escapechar='\\\\')), list(csv.reader(['1,a'], quoting=csv.QUOTE_NONNUMERIC)) if 0 else '', list(csv.reader(['"a', 'b",c'])), list(csv.reader(['a, b'], skipinitialspace=True)))
---
f = io.StringIO(); w = csv.writer(f); print(w.writerow(['a', 1, 1.5, None, 'x,y', 'q"q', 'n\\nl', ''])); w.writerows([[1], [], ['']]); print(repr(f.getvalue()))
---
for q in (csv.QUOTE_ALL, csv.QUOTE_MINIMAL, csv.QUOTE_NONNUMERIC):
    f = io.StringIO(); csv.writer(f, quoting=q, lineterminator='\\n').writerow(['a', 1, 2.5, '']); print(repr(f.getvalue()))
---
csv.writer(io.StringIO(), quoting=csv.QUOTE_NONE).writerow(['a,b'])
---
csv.writer(io.StringIO()).writerow(5)
---
csv.reader(['a'], delimiter='ab')
---
csv.reader(5)
---
list(csv.reader(['"a"b'], strict=True))
---
list(csv.reader([b'a']))
---
r = csv.DictReader(io.StringIO('x,y\\n1,2\\n3\\n4,5,6\\n')); print(list(r), r.fieldnames, r.line_num)
---
f = io.StringIO(); w = csv.DictWriter(f, ['a', 'b'], extrasaction='ignore', restval='-'); w.writeheader(); w.writerow({'a': 1, 'c': 2}); print(repr(f.getvalue())); csv.DictWriter(f, ['a']).writerow({'z': 1})
---
print(csv.list_dialects(), csv.Sniffer().sniff('a;b;c\\n1;2;3\\n').delimiter, csv.Sniffer().has_header('name,age\\nbob,5\\namy,7\\n'), csv.field_size_limit()); csv.register_dialect('mine', delimiter='|'); print(list(csv.reader(['a|b'], 'mine')), csv.get_dialect('mine').delimiter); csv.unregister_dialect('mine'); csv.get_dialect('mine')
---
c = configparser.ConfigParser(); c.read_string('''[DEFAULT]
base = /x
[one]
a = 1
path = %(base)s/y
multi = l1
  l2
flag: yes
; comment
empty =
[two]
f = 1.5
'''); print(c.sections(), c['one']['a'], c.getint('one', 'a'), c['one']['path'], repr(c['one']['multi']), c.getboolean('one', 'flag'), c.getfloat('two', 'f'), c.get('two', 'zz', fallback='fb'), c.has_option('one', 'a'), dict(c['two']), c.options('two'), repr(c['one']['empty']), 'one' in c)
---
c.get('two', 'nope')
---
c.get('none', 'x')
---
c['new'] = {'k': 'v'}; c.set('new', 'k2', 'v2'); f = io.StringIO(); c.write(f); print(f.getvalue()); c.remove_section('new'); print(c.has_section('new'))
---
configparser.ConfigParser().read_string('no section')
---
configparser.ConfigParser().read_string('[a]\\n[a]')
---
configparser.ConfigParser().read_string('[a]\\nx=1\\nx=2')
---
r = configparser.RawConfigParser(allow_no_value=True); r.read_dict({'s': {'k': None, 'p': '%(x)s'}}); print(r['s']['k'], r['s']['p'])
---
e = configparser.ConfigParser(interpolation=configparser.ExtendedInterpolation()); e.read_string('[a]\\nx=1\\n[b]\\ny=${a:x}2'); print(e['b']['y'])
""", globals())
