# Inheritance, super, method resolution order, cooperation.
class Animal:
    kind = "animal"

    def __init__(self, name):
        self.name = name

    def speak(self):
        return f"{self.name} makes a sound"

    def describe(self):
        return f"{self.kind}: {self.speak()}"


class Dog(Animal):
    kind = "dog"

    def speak(self):
        return f"{self.name} barks; {super().speak()}"


class Puppy(Dog):
    def __init__(self, name, age):
        super().__init__(name)
        self.age = age

    def speak(self):
        return super().speak() + " softly"


print(Animal("a").describe())
print(Dog("d").describe())
print(Puppy("p", 1).describe())
print([c.__name__ for c in Puppy.__mro__], Puppy.__base__, Puppy.__bases__)
print(isinstance(Puppy("x", 1), Animal), issubclass(Puppy, (int, Dog)), isinstance(Animal("x"), Dog))


class A:
    def go(self): return ["A"]
class B(A):
    def go(self): return ["B"] + super().go()
class C(A):
    def go(self): return ["C"] + super().go()
class D(B, C):
    def go(self): return ["D"] + super().go()
class E(C, B): pass


print(D().go(), E().go(), [c.__name__ for c in D.mro()])
try:
    class Bad(A, B): pass
except TypeError as error:
    print(error)
try:
    class Bad2(D, E): pass
except TypeError as error:
    print(error)
for bases in ((1,), (A, A), (bool,), (type(None),), (type(lambda: 0),), (int, str), (type(...),), (range,), (slice,)):
    try:
        type("X", bases, {})
        print("ok")
    except TypeError as error:
        print(error)


class Base:
    def __init__(self, **kwargs):
        self.rest = kwargs


class Left(Base):
    def __init__(self, left, **kwargs):
        super().__init__(**kwargs)
        self.left = left


class Right(Base):
    def __init__(self, right, **kwargs):
        super().__init__(**kwargs)
        self.right = right


class Both(Left, Right):
    pass


b = Both(left=1, right=2, other=3)
print(b.left, b.right, b.rest)
print(super(Left, b).__init__.__qualname__, super(Both, Both).__init__.__qualname__)


class WithClassMethod(Animal):
    @classmethod
    def make(cls):
        return cls("made")

    @classmethod
    def parent_name(cls):
        return super().__name__ if hasattr(super(), "__name__") else super().__thisclass__.__name__


class Sub(WithClassMethod):
    @classmethod
    def make(cls):
        x = super().make()
        x.tag = "sub"
        return x


print(type(Sub.make()).__name__, Sub.make().tag, Sub.parent_name())


class IntLike(int):
    def __add__(self, other):
        return IntLike(super().__add__(other) + 1000)

    def __repr__(self):
        return f"IntLike({int(self)})"


x = IntLike(5)
print(x + 1, x * 2, x == 5, isinstance(x, int), {5: "a"}[x], [x], -x, type(-x).__name__)


class MyList(list):
    def append(self, item):
        super().append(item * 2)

    def total(self):
        return sum(self)


m = MyList([1, 2])
m.append(5)
print(m, m.total(), len(m), m[0:2], type(m[0:2]).__name__, isinstance(m, list))


class Defaults(dict):
    def __missing__(self, key):
        self[key] = value = key * 2
        return value


d = Defaults(a=1)
print(d["a"], d["b"], d, d.get("z"))


class Text(str):
    def shout(self):
        return self.upper() + "!"


t = Text("abc")
print(t.shout(), t + "d", type(t + "d").__name__, t == "abc", t[0], {t: 1}["abc"])
B.go = lambda self: ["patched"] + A.go(self)
print(D().go())
A.late = "late"
print(D.late, D().late)
D.__bases__ = (C, B)
print([c.__name__ for c in D.__mro__])
print(A.__subclasses__() == [B, C], [c.__name__ for c in C.__subclasses__()])
try:
    super().x
except RuntimeError as error:
    print(error)
for args in ((), (int,), (int, "a"), (int, 5)):
    try:
        print(type(super(*args)).__name__)
    except (TypeError, RuntimeError) as error:
        print(type(error).__name__, error)
