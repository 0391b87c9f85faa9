import sys
import types
from _show import show, run
def outer(a):
    b = 2
    def inner(): return sys._getframe(), b
    return inner()[0], sys._getframe()
fi, fo = outer(1)
show("""
fo.f_code.co_name, fi.f_code.co_name, fi.f_back is None or fi.f_back.f_code.co_name, fo.f_locals['a'], sorted(fo.f_locals), fi.f_locals, fo.f_globals is globals(), fo.f_lineno > 0, fo.f_lasti >= 0, fo.f_builtins['len'] is len, fo.f_trace, fo.f_trace_lines, repr(fo).split(' at')[0], repr(fo).split(',')[-1]
types.ModuleType('m').__name__, types.ModuleType('m', 'doc').__doc__, repr(types.ModuleType('m')), sorted(types.ModuleType('m').__dict__), repr(sys), repr(types)[:15], type(sys).__name__, types.__name__, types.__spec__.name, sys.modules['types'] is types, types.__file__[-8:]
types.ModuleType()
types.ModuleType(5)
sys.nothing
types.nothing
types.SimpleNamespace(a=1, b='x'), types.SimpleNamespace(a=1) == types.SimpleNamespace(a=1), types.SimpleNamespace().__dict__, types.MappingProxyType({1: 2})[1], types.NoneType, types.EllipsisType, types.NotImplementedType, types.FunctionType is types.LambdaType, types.CodeType.__name__, types.FrameType.__name__, types.TracebackType.__name__, types.GetSetDescriptorType.__name__, types.MemberDescriptorType.__name__, types.DynamicClassAttribute.__name__, types.coroutine.__name__
types.SimpleNamespace(1)
compile('a = 1\\nb = a', 'name.py', 'exec').co_names, compile('a', 'f', 'eval').co_filename, [c for c in compile('def f(x, *y, z=1, **w): pass', 'f', 'exec').co_consts if hasattr(c, 'co_varnames')][0].co_varnames, compile('', 'f', 'exec').co_consts, compile('x', 'f', 'single').co_name, compile(b'x=1', 'f', 'exec').co_names, compile('"doc"', 'f', 'exec').co_consts[0]
""", globals())
run("""
m = types.ModuleType('m'); m.x = 1; print(m.x, vars(m)['x'], dir(m)[-1]); exec('y = x + 1', m.__dict__); print(m.y); del m.x; m.x
---
m = types.ModuleType('m'); m.__getattr__ = lambda n: 'dyn ' + n; m.__dir__ = lambda: ['q']; print(m.anything, dir(m))
---
class Sub(types.ModuleType):
    @property
    def p(self): return 'prop'
s = Sub('s'); print(s.p, repr(s)); m.__class__ = Sub; print(m.p)
---
def f():
    frame = sys._getframe(); x = 1; print(sorted(frame.f_locals)); return frame
fr = f(); print(fr.f_locals['x'], fr.f_back); fr.clear(); print(fr.f_locals)
---
sys._getframe(1000)
---
def depth(): return sys._getframe(1).f_code.co_name
def caller(): return depth()
print(caller())
---
def gen(): yield sys._getframe()
g = gen(); fr = next(g); print(fr.f_code.co_name, g.gi_frame is fr, fr.f_back)
---
try: 1/0
except ZeroDivisionError as e:
    tb = e.__traceback__; print(tb.tb_lineno, tb.tb_next, tb.tb_frame.f_code.co_name, tb.tb_lasti >= 0, types.TracebackType(None, tb.tb_frame, 0, 5).tb_lineno)
---
def lines():
    a = 1

    return a
print(sorted({l - lines.__code__.co_firstlineno for _, _, l in lines.__code__.co_lines() if l} - {0}), len(list(lines.__code__.co_positions())) > 0)
---
ns = types.SimpleNamespace(a=1); ns.b = 2; print(ns, ns.a); del ns.a; print(ns); ns.a
---
c = compile('x = 1\\nprint(x)', 'f', 'exec'); d = {}; exec(c, d); print(d['x'], c.co_flags & 64, eval(compile('3', 'f', 'eval')))
""", globals())
