# Properties, data and non-data descriptors, __set_name__, __get__ on functions.
class Temperature:
    def __init__(self, celsius):
        self._c = celsius

    @property
    def celsius(self):
        """Degrees."""
        return self._c

    @celsius.setter
    def celsius(self, value):
        if value < -273:
            raise ValueError("too cold")
        self._c = value

    @celsius.deleter
    def celsius(self):
        print("deleted")
        self._c = 0

    @property
    def fahrenheit(self):
        return self._c * 9 / 5 + 32


t = Temperature(100)
print(t.celsius, t.fahrenheit)
t.celsius = 50
print(t.celsius, t.fahrenheit)
del t.celsius
print(t.celsius, Temperature.celsius.__doc__, type(Temperature.celsius).__name__)
for text in ("t.celsius = -300", "t.fahrenheit = 1", "del t.fahrenheit", "Temperature.fahrenheit.fget(1)"):
    try:
        exec(text)
    except Exception as error:
        print(type(error).__name__, error)


class Named:
    def __set_name__(self, owner, name):
        print("set_name", owner.__name__, name)
        self.name = name

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        print("get", self.name)
        return instance.__dict__.get(self.name, "unset")

    def __set__(self, instance, value):
        print("set", self.name, value)
        instance.__dict__[self.name] = value

    def __delete__(self, instance):
        print("delete", self.name)
        del instance.__dict__[self.name]


class Owner:
    a = Named()
    b = Named()


o = Owner()
o.a = 1
print(o.a, o.b)
del o.a
print(o.a, isinstance(Owner.a, Named))


class NonData:
    def __get__(self, instance, owner):
        return ("non-data", instance is not None, owner.__name__)


class Holder:
    n = NonData()


h = Holder()
print(h.n, Holder.n)
h.__dict__["n"] = "instance wins"
print(h.n)


class Both:
    a = Named()


x = Both()
x.__dict__["a"] = "hidden"
print(x.a)


def function(self):
    return self


print(function.__get__(5)(), function.__get__(None, int) is function, type(function.__get__(5)).__name__)


class Lazy:
    def __init__(self, function):
        self.function = function

    def __get__(self, instance, owner):
        value = self.function(instance)
        instance.__dict__[self.function.__name__] = value
        return value


class Uses:
    @Lazy
    def costly(self):
        print("computed")
        return 42


u = Uses()
print(u.costly, u.costly)


class Raising:
    @property
    def bad(self):
        raise AttributeError("inner")

    def __getattr__(self, name):
        return "fallback " + name


print(Raising().bad, Raising().other)


class OnlySet:
    def __set__(self, instance, value):
        instance.__dict__["o"] = value * 2


class UsesOnlySet:
    o = OnlySet()


v = UsesOnlySet()
print(type(v.o).__name__)
v.o = 4
print(v.o)
p = property(lambda self: 1, doc="text")
print(p.__doc__, p.fset, p.getter(lambda self: 2).fget(None))


class Sub(Temperature):
    @Temperature.celsius.getter
    def celsius(self):
        return "sub"


s = Sub(1)
print(s.celsius)
s.celsius = 4
print(s._c)


class Static:
    s = staticmethod(lambda x: x * 2)
    c = classmethod(lambda cls, x: (cls.__name__, x))
    n = staticmethod(len)


print(Static.s(4), Static().s(5), Static.c(1), Static().c(2), Static.n("abc"), Static.__dict__["s"].__func__(3))
print(staticmethod(lambda: 5)())
