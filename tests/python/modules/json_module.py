import json
from _show import show, run
show("""
json.dumps(None), json.dumps(True), json.dumps(1), json.dumps(1.5), json.dumps('a"b\\\\c\\n\\t\\x01é😀'), json.dumps([1, [2]]), json.dumps({'a': 1, 'b': [True, None]}), json.dumps((1,)), json.dumps({}), json.dumps([]), json.dumps(10**30), json.dumps(1e100), json.dumps(-0.0), json.dumps('')
json.dumps({1: 'a', None: 'b', True: 'c', 1.5: 'd'}), json.dumps('é', ensure_ascii=False), json.dumps([1, 2], indent=2), json.dumps({'b': 1, 'a': {'c': []}}, indent='\\t', sort_keys=True), json.dumps([1, {'a': 2}], separators=(',', ':')), json.dumps({(1, 2): 3, 'a': 1}, skipkeys=True)
json.dumps(float('nan')), json.dumps([float('inf'), -float('inf')])
json.dumps(float('nan'), allow_nan=False)
json.dumps({(1,): 2})
json.dumps({1, 2})
json.dumps(b'a')
json.dumps({'b': 1, 1: 2}, sort_keys=True)
json.dumps(object(), default=lambda o: 'default'), json.dumps({1, 2}, default=sorted)
json.loads('null'), json.loads('true'), json.loads('12'), json.loads('-1.5e3'), json.loads('"a\\\\u00e9\\\\ud83d\\\\ude00\\\\n"'), json.loads('[1, [2], {}]'), json.loads('{"a": {"b": 1}}'), json.loads(' [ ] '), json.loads(b'[1]'), json.loads('1' * 30), json.loads('NaN'), json.loads('-Infinity'), json.loads('1E5'), json.loads('"\\\\ud800"'), json.loads('[]\\n')
json.loads('')
json.loads('[1,]')
json.loads('[1 2]')
json.loads('{"a" 1}')
json.loads('{"a": 1,}')
json.loads('{a: 1}')
json.loads('"abc')
json.loads('"a\\nb"')
json.loads('"\\\\x"')
json.loads('"\\\\u12"')
json.loads('[1] 2')
json.loads('tru')
json.loads('01')
json.loads('1.')
json.loads('{')
json.loads('[')
json.loads('{"a":')
json.loads(5)
json.loads('\\ufeff1')
json.loads('{"a": 1, "a": 2}'), json.loads('{"a": 1}', object_pairs_hook=list), json.loads('{"a": 1}', object_hook=lambda d: len(d)), json.loads('1.5', parse_float=str), json.loads('[1]', parse_int=float), json.loads('NaN', parse_constant=lambda c: c), json.loads('"a\\nb"', strict=False)
json.JSONDecoder().raw_decode('[1] tail'), json.JSONEncoder().encode([1]), list(json.JSONEncoder().iterencode({'a': [1]}))
""", globals())
run("""
x = []; x.append(x); json.dumps(x)
---
import io; f = io.StringIO(); json.dump({'a': 1}, f); print(f.getvalue(), json.load(io.StringIO('[1, 2]')))
---
try: json.loads('[1,\\n x]')
except json.JSONDecodeError as e: print(e.msg, e.pos, e.lineno, e.colno, e.doc)
---
class E(json.JSONEncoder):
    def default(self, o): return list(o) if isinstance(o, set) else super().default(o)
print(json.dumps({'s': {1}}, cls=E)); json.dumps(object(), cls=E)
---
data = {'k%d' % i: [i, i / 3, str(i), None, {'n': {'m': i}}] for i in range(50)}; print(json.loads(json.dumps(data)) == data, len(json.dumps(data)), json.loads(json.dumps(data, indent=1)) == data)
---
import enum
class N(enum.IntEnum): A = 1
class I(int): pass
class S(str): pass
print(json.dumps([N.A, I(5), S('s'), True]))
""", globals())
