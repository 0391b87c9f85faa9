# __getattr__, __getattribute__, __setattr__, __delattr__, __dir__, class-level and module-level.
class Hooks:
    existing = "class"

    def __init__(self):
        object.__setattr__(self, "log", [])

    def __getattr__(self, name):
        if name.startswith("dyn_"):
            return name[4:]
        raise AttributeError(f"no {name} here")

    def __setattr__(self, name, value):
        self.log.append(("set", name, value))
        super().__setattr__(name, value)

    def __delattr__(self, name):
        self.log.append(("del", name))
        super().__delattr__(name)


h = Hooks()
print(h.existing, h.dyn_abc)
h.x = 1
h.x += 1
del h.x
print(h.log, hasattr(h, "x"), getattr(h, "nope", "default"))
try:
    h.nope
except AttributeError as error:
    print(error)
try:
    del h.nope
except AttributeError as error:
    print(error)


class Every:
    def __getattribute__(self, name):
        if name == "secret":
            return "intercepted"
        return object.__getattribute__(self, name)

    def __getattr__(self, name):
        return "missing " + name

    def method(self):
        return "method"


e = Every()
e.plain = 5
print(e.secret, e.plain, e.method(), e.unknown)


class Special:
    def __getattr__(self, name):
        print("asked for", name)
        raise AttributeError(name)


s = Special()
try:
    len(s)
except TypeError as error:
    print(error)
try:
    s + 1
except TypeError as error:
    print(error)
s.__len__ = lambda: 5
try:
    len(s)
except TypeError as error:
    print(error)


class Meta(type):
    def __getattr__(cls, name):
        return f"{cls.__name__} has no {name}"

    def __setattr__(cls, name, value):
        print("class set", name)
        super().__setattr__(name, value)

    @property
    def meta_property(cls):
        return "from the metaclass"


class Managed(metaclass=Meta):
    pass


print(Managed.anything, Managed.meta_property)
Managed.value = 1
print(Managed.value, hasattr(Managed(), "anything"))


class Recursive:
    def __getattr__(self, name):
        return self.other


try:
    Recursive().x
except RecursionError:
    print("RecursionError")


class Proxy:
    def __init__(self, target):
        self.__dict__["_target"] = target

    def __getattr__(self, name):
        return getattr(self._target, name)

    def __setattr__(self, name, value):
        setattr(self._target, name, value)


class Target:
    pass


target = Target()
proxy = Proxy(target)
proxy.a = 1
print(target.a, proxy.a, proxy.__dict__ == {"_target": target})
d = {}
d2 = Target()
d2.__dict__ = d
d2.k = 1
print(d, d2.__dict__ is d)
d["j"] = 2
print(d2.j)
d2.__dict__.clear()
print(hasattr(d2, "k"))
for i in range(50):
    setattr(d2, f"attribute_{i}", i)
print(d2.attribute_49, len(d2.__dict__), list(d2.__dict__)[:3])
del d2.attribute_0
d2.attribute_0 = "again"
print(list(d2.__dict__)[-1], list(vars(d2))[0])
for call in (lambda: getattr(d2, 5), lambda: setattr(d2, 5, 1), lambda: hasattr(d2, 5), lambda: getattr(d2, "é"), lambda: setattr(d2, "a b", 1) or d2.__dict__["a b"]):
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__, error)
