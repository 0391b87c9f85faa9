from _show import show, run
def f(a, b=2, /, c=3, *args, d, e=5, **kw):
    "docstring"
    local = a
    return local
class C:
    def m(self, x=1): return (self, x)
    @classmethod
    def k(cls): return cls.__name__
    @staticmethod
    def s(x): return x
c = C()
show("""
f.__name__, f.__qualname__, f.__doc__, f.__defaults__, f.__kwdefaults__, f.__module__, f.__annotations__, f.__dict__, f.__closure__, f.__globals__ is globals(), f.__code__.co_name, f.__builtins__ is __builtins__.__dict__ or True, f.__type_params__ if hasattr(f, '__type_params__') else 'none'
f.__code__.co_argcount, f.__code__.co_posonlyargcount, f.__code__.co_kwonlyargcount, f.__code__.co_varnames, f.__code__.co_nlocals, f.__code__.co_flags & 0x0F, f.__code__.co_firstlineno, f.__code__.co_names, f.__code__.co_consts[0], f.__code__.co_freevars, f.__code__.co_cellvars, f.__code__.co_filename == __file__, f.__code__.co_qualname
(lambda x: x).__name__, (lambda: 0).__qualname__, (lambda: 0)(), repr(lambda: 0).split(' at')[0], repr(f).split(' at')[0], repr(c.m).split(' object at')[0], repr(C.k), repr(C.s).split(' at')[0], callable(f), f == f, hash(f) == hash(f), bool(f), f is f
c.m.__self__ is c, c.m.__func__ is C.m, c.m.__name__, c.m.__doc__, c.m == c.m, c.m is c.m, C.m(c, 5)[1], C.k(), c.k(), C.s(3), c.s(4), c.m.__call__(7)[1], C.k.__self__, C.__dict__['k'].__func__.__name__, C.__dict__['s'].__wrapped__.__name__, hash(c.m) == hash(c.m)
f()
f(1)
f(1, d=2), f(1, 2, 3, 4, d=5, z=6)
f(a=1, d=2)
C.m()
c.m(1, 2)
c.m.x
f.missing
type(f)(f.__code__, {}, 'new', (1,), None).__name__
type(f)(5, {})
type(f)()
type(c.m)(len, [1, 2])()
type(c.m)(5, 1)
""", globals())
run("""
f.attr = 1; print(f.attr, f.__dict__); del f.attr; f.attr
---
c.m.attr = 1
---
f.__name__ = 'g'; f.__qualname__ = 'q.g'; f.__doc__ = 'nd'; print(f.__name__, f.__qualname__, f.__doc__); f.__name__ = 5
---
f.__defaults__ = (9,); print(f(1, d=0)); f.__defaults__ = 5
---
def g(a): return a
def h(a): return a * 2
g.__code__ = h.__code__; print(g(4)); g.__code__ = 5
---
def outer():
    x = 1
    def inner(): return x
    return inner
h.__code__ = outer().__code__
---
def d(x=[]): x.append(1); return x
d(); print(d(), d.__defaults__)
---
import types
print(types.FunctionType(h.__code__, globals())(4), types.MethodType(h, 5)(), isinstance(len, types.BuiltinFunctionType), isinstance(f, types.LambdaType))
---
o = outer(); print(o.__closure__[0].cell_contents, types.FunctionType(o.__code__, {}, 'n', None, (types.CellType(7),))())
---
cell = types.CellType(); cell.cell_contents
---
cell = types.CellType(3); print(cell.cell_contents, cell == types.CellType(3), cell < types.CellType(4)); cell.cell_contents = 8; print(cell.cell_contents); del cell.cell_contents; print(repr(cell)[:6])
---
f.__dict__ = {'n': 1}; print(f.n); f.__dict__ = 5
---
f.__closure__ = ()
---
import inspect
print(inspect.signature(f), inspect.signature(C.m), inspect.signature(c.m), inspect.signature(lambda *a, k=1: 0), inspect.signature(len), inspect.signature(C))
---
code = h.__code__; new = code.replace(co_name='zz', co_consts=code.co_consts); print(new.co_name, code == h.__code__, hash(code) == hash(h.__code__), list(code.co_lines())[0][2] == code.co_firstlineno, repr(code)[:14])
---
code.replace(zz=1)
---
def nested(a): return (lambda b: (lambda c: a + b + c))
print(nested(1)(2)(3), nested.__code__.co_cellvars, nested(1).__code__.co_freevars)
""", globals())
