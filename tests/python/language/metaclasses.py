# Metaclasses, __prepare__, type(), __init_subclass__, __class_getitem__, __instancecheck__.
class Meta(type):
    def __new__(mcls, name, bases, namespace, **kwargs):
        print("new", name, [b.__name__ for b in bases], sorted(k for k in namespace if not k.startswith("__")), kwargs)
        cls = super().__new__(mcls, name, bases, namespace)
        cls.tag = kwargs.get("tag")
        return cls

    def __init__(cls, name, bases, namespace, **kwargs):
        print("init", name)
        super().__init__(name, bases, namespace)

    def __call__(cls, *args, **kwargs):
        print("call", cls.__name__, args, kwargs)
        return super().__call__(*args, **kwargs)

    @classmethod
    def __prepare__(mcls, name, bases, **kwargs):
        print("prepare", name, kwargs)
        return {"prepared": True}

    def __len__(cls):
        return 7

    def __iter__(cls):
        return iter("abc")

    def __contains__(cls, item):
        return item == "in"

    def __getitem__(cls, key):
        return ("item", key)

    def __add__(cls, other):
        return "added"

    def __repr__(cls):
        return f"<meta {cls.__name__}>"


class A(metaclass=Meta, tag="a"):
    x = 1

    def __init__(self, *args, **kwargs):
        pass


class B(A):
    pass


a = A(1, b=2)
print(A.tag, B.tag, A.prepared, len(A), list(A), "in" in A, A["k"], A + 1, A, type(B) is Meta, isinstance(B, Meta))
C = type("C", (), {"y": 5, "get": lambda self: self.y})
print(C().get(), C.__name__, C.__module__, type(C))


class Registry:
    classes = []

    def __init_subclass__(cls, /, name=None, **kwargs):
        super().__init_subclass__(**kwargs)
        Registry.classes.append((cls.__name__, name))


class One(Registry, name="first"): pass
class Two(Registry): pass
class Three(One, name="third"): pass


print(Registry.classes)
try:
    class Four(Registry, bad=1): pass
except TypeError as error:
    print(error)
try:
    class Five(metaclass=Meta, bad=1):
        pass
    class Six(x=1): pass
except TypeError as error:
    print(error)


class Generic:
    def __class_getitem__(cls, item):
        return (cls.__name__, item)


print(Generic[int], Generic["a", 1])


class Duck(type):
    def __instancecheck__(cls, instance):
        return hasattr(instance, "quack")

    def __subclasscheck__(cls, sub):
        return "quack" in sub.__dict__


class Quacker(metaclass=Duck): pass
class Mallard:
    def quack(self): pass


print(isinstance(Mallard(), Quacker), isinstance(5, Quacker), issubclass(Mallard, Quacker), issubclass(int, Quacker))


class Other(type): pass
class UsesOther(metaclass=Other): pass


try:
    class Conflict(A, UsesOther): pass
except TypeError as error:
    print(error)


def function_meta(name, bases, namespace):
    return (name, bases, sorted(namespace))


class Odd(metaclass=function_meta):
    z = 1


print(Odd)


class Singleton(type):
    instances = {}

    def __call__(cls, *args):
        if cls not in cls.instances:
            cls.instances[cls] = super().__call__(*args)
        return cls.instances[cls]


class Config(metaclass=Singleton):
    pass


print(Config() is Config())


class Order(type):
    @classmethod
    def __prepare__(mcls, name, bases):
        class Logging(dict):
            def __setitem__(self, key, value):
                if not key.startswith("__"):
                    print("define", key)
                super().__setitem__(key, value)
        return Logging()


class Ordered(metaclass=Order):
    b = 1
    a = 2
    def f(self): return __class__


print(Ordered().f() is Ordered)
try:
    class BadPrepare(metaclass=type("M", (type,), {"__prepare__": classmethod(lambda *a: 5)})): pass
except TypeError as error:
    print(error)
import types
print(types.new_class("Made", (A,), {"tag": "t"}).tag)


class Entry:
    def __mro_entries__(self, bases):
        return (dict,)


class FromEntry(Entry()):
    pass


print(FromEntry.__mro__, FromEntry.__orig_bases__[0].__class__.__name__)
for args in ((), ("X",), ("X", ()), (1, (), {}), ("X", 1, {}), ("X", (), 1), ("X\0", (), {})):
    try:
        print(type(*args).__name__)
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)
