import builtins
import sys
from _show import show, run
show("""
abs(-5), abs(-1.5), abs(True), abs(-2**70), all([1]), any([]), ascii('é'), bin(5), bool(0), bytes(2), callable(len), chr(97), chr(0x10FFFF), complex(1), dict(a=1), divmod(7, -2), divmod(-7.5, 2), eval('1 + 1'), eval('x', {'x': 5}), eval('x + y', {'x': 1}, {'y': 2}), eval(b'1'), eval(' 1'), float(1), format(5, '03'), format('a'), getattr(5, 'real'), getattr(5, 'zz', None), hasattr(5, 'real'), hash(5), hex(255), id(5) == id(5), int(5.5), isinstance(5, int), issubclass(int, object), iter([]).__class__.__name__, len('abc'), list('a'), max(1, 2), min(1, 2), next(iter([1])), object().__class__, oct(8), ord('a'), ord(b'a'), pow(2, 3), pow(2, 3, 5), pow(2, -1), pow(2.0, 3), range(3), repr('a'), reversed([1]).__class__.__name__, round(2.5), round(-1.55, 1), round(15, -1), set('a'), slice(1), sorted('ba'), str(5), sum([1]), tuple('a'), type(5), vars(type('X', (), {'a': 1}))['a'], zip().__class__.__name__, __import__('math').pi, dir.__name__, pow(base=2, exp=3), round(1.5, ndigits=0), sum([1], start=2), __build_class__.__name__, __name__, __debug__, __doc__, callable(callable)
abs('a')
bin(1.5)
chr(-1)
chr(0x110000)
chr('a')
divmod('a', 1)
eval('1 +')
eval('x = 1')
eval('')
eval(5)
eval('1', 5)
eval('1', {}, 5)
exec('1 +')
exec(5)
compile('1', 'f', 'bad')
compile('1', 'f', 'exec', flags=99999999)
format(5, 5)
getattr(5, 'zz')
getattr(5, 5)
hash([])
hex('a')
isinstance(5, 5)
len(5)
len()
next(5)
oct(1.5)
ord('ab')
ord(5)
ord(b'ab')
pow(2, 3, 0)
pow(2.0, 3, 5)
pow('a', 2)
pow(2, -1, 4)
round('a')
round(1.5, 'a')
vars(5)
setattr(5, 'a', 1)
delattr(5, 'real')
__import__('nonexistent_module')
__import__(5)
__import__('')
dir()[:0], sorted(dir(type('X', (), {'zz': 1})()))[-1], input.__name__, print.__name__, open.__name__, breakpoint.__name__, help.__class__.__name__, exit.__class__.__name__, repr(exit), copyright.__class__.__name__
compile('1 + 1', 'f', 'eval').co_filename, eval(compile('2 * 3', 'f', 'eval')), exec(compile('q = 5', 'f', 'exec')), q, exec('r = 6', globals()), r, compile('1\\n', 'f', 'single').co_name
sorted(n for n in dir(builtins) if not n.startswith('_'))[:5], len([n for n in dir(builtins) if n.endswith('Error')]), len([n for n in dir(builtins) if n.endswith('Warning')])
issubclass(int, 5)
isinstance(5, (int, 'a')), isinstance('a', (int, 'a')) if 0 else 1
int.__call__ if 0 else 2, sum(range(5), 0.5), max('abc', key=ord), min([[1, 2], [1]]), sorted([[2], [1, 5]]), list(map(pow, [2, 3], [3, 2])), zip([1], [2]).__next__()
""", globals())
print(1, "a", None, sep="|", end="!\n")
print()
print(*[1, 2], sep="")
print("a", file=None)
print(end="")
print("x", sep=None, end=None)
for bad in ({"sep": 5}, {"end": 5}, {"file": 5}, {"bad": 1}):
    try: print("q", **bad)
    except Exception as e: print(type(e).__name__, e)
class W:
    def write(self, s): sys.stdout.write("<" + repr(s) + ">")
print(1, 2, file=W()); print()
run("""
x = 10
def f(): y = 5; return sorted(locals()), eval('y + x'), sorted(vars())
print(f())
---
def g():
    exec('z = 1'); return 'z' in locals()
print(g())
---
d = {}; exec('a = 1\\ndef f(): return a', d); print(d['f'](), sorted(k for k in d if k != '__builtins__'), '__builtins__' in d)
---
exec('import math\\nprint(math.floor(2.5))\\nfor i in range(2): print(i)')
---
print([eval('i') for i in range(2)]) if False else print(eval('[i for i in range(3)]'), eval('(lambda: 5)()'))
---
class N(dict):
    def __missing__(self, k): return k.upper()
print(eval('abc', {}, N()))
---
globals()['made'] = 3; print(made); del globals()['made']; made
---
class D:
    def __dir__(self): return ['z', 'a']
    def __len__(self): return 2**70
print(dir(D())); len(D())
---
class H:
    def __hash__(self): return 2**70
print(hash(H()), hash(H()) == hash(2**70))
---
class R:
    def __round__(self, n=None): return ('r', n)
    def __divmod__(self, o): return 'dm'
    def __pow__(self, a, b=None): return ('pow', a, b)
print(round(R()), round(R(), 2), divmod(R(), 1), pow(R(), 2), pow(R(), 2, 3))
""", globals())
