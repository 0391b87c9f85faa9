from _show import show, run
run("""
p = property(lambda s: 1, lambda s, v: print('set', v), lambda s: print('del'), 'doc'); print(p.__doc__, p.fget(0), p.fset, ) if 0 else print(p.__doc__)
---
class A:
    x = property(lambda s: s._x, lambda s, v: setattr(s, '_x', v), doc='the x')
    r = property()
a = A(); a.x = 5; print(a.x, A.x.__doc__, isinstance(A.x, property)); a.r
---
a.r = 1
---
del a.x
---
print(a.r)
---
class B:
    @property
    def v(self):
        "v doc"
        return self._v
    @v.setter
    def v(self, n): self._v = n * 2
    @v.deleter
    def v(self): del self._v
b = B(); b.v = 4; print(b.v, B.v.__doc__, B.v.fget.__name__); del b.v; b.v
---
property.__get__(B.v, None, B) is B.v and print('same')
---
print(property(5).fget, property(None).__doc__, property(lambda s: 0, doc=5).__doc__); property.fget = 1
---
class Sub(property):
    extra = 1
class C:
    @Sub
    def p(self): "pd"; return 7
print(C().p, C.__dict__['p'].extra, C.__dict__['p'].__doc__)
---
class S:
    @staticmethod
    def s(a, b=1): "sd"; return a + b
    @classmethod
    def c(cls, a=1): "cd"; return cls.__name__, a
print(S.s(1), S().s(1, 2), S.c(), S().c(5), S.s.__doc__, S.c.__doc__, S.c.__self__, S.__dict__['s'].__func__.__name__, S.__dict__['c'].__func__.__name__, S.__dict__['s'].__name__, repr(S.__dict__['s'])[:14], S.__dict__['c'].__wrapped__.__name__, S.__dict__['s'].__isabstractmethod__)
---
class T(S): pass
print(T.c(), T.s(3))
---
staticmethod(5).__func__, print(staticmethod(len)('ab'), classmethod(len).__get__(None, list)) if 0 else print(staticmethod(len)('ab'))
---
classmethod(5).__get__(None, int)()
---
class U:
    @classmethod
    @property
    def cp(cls): return cls.__name__
print(U.cp, U().cp)
---
class V:
    x = staticmethod(lambda: 1)
    y = classmethod(lambda cls: cls)
    def z(self): return super().__thisclass__
print(V.x(), V.y(), V().z())
---
class Desc:
    def __get__(self, o, t=None): return (o is None, t)
    def __set_name__(self, o, n): self.name = n
class W: d = Desc()
print(W.d, W().d[0], W.__dict__['d'].name)
---
class BadName:
    def __set_name__(self, o, n): raise ValueError('bad name')
class X: d = BadName()
---
super()
---
super(int, 'a')
---
class Y(A):
    def f(self): return super().x
    def g(self): return super(Y, self), super().__self__ is self, super().__self_class__.__name__
y = Y(); y.x = 3; print(y.f(), repr(y.g()[0]).split(',')[0], y.g()[1:]); print(super(Y, y).x, super(Y, Y).x is A.x, type(super(Y, y)).__name__); super(Y, y).zz
---
class Z:
    def f(): return super()
Z.f()
---
class Z2:
    def f(self):
        del self
        return super()
Z2().f()
""", globals())
