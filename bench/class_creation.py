# Making many classes: type(), inheritance, metaclasses, namedtuple, enum, dataclass, ABCs.
import abc
import collections
import dataclasses
import enum
import sys


class Meta(type):
    def __new__(mcls, name, bases, namespace):
        namespace["tag"] = name.lower()
        return super().__new__(mcls, name, bases, namespace)


def main(n):
    total = 0
    for i in range(n):
        class Base:
            kind = i

            def __init__(self, x):
                self.x = x

            def value(self):
                return self.x + self.kind

            @property
            def double(self):
                return self.x * 2

        class Derived(Base, metaclass=Meta):
            def value(self):
                return super().value() * 2

        total += Derived(i).value() + Derived(1).double + len(Derived.tag)
        made = type("Made%d" % i, (Base,), {"extra": lambda self: self.x - 1})
        total += made(i).extra()
    print(total)
    for i in range(n // 40):
        point = collections.namedtuple("Point%d" % i, "x y z")
        total += sum(point(1, 2, i))
        color = enum.Enum("Color%d" % i, "RED GREEN BLUE")
        total += color.BLUE.value + len(color)
        record = dataclasses.make_dataclass("Record%d" % i, [("a", int), ("b", int, 5)])
        total += record(i).b + (record(1) == record(1))
    print(total)
    for i in range(n // 10):
        shape = abc.ABCMeta("Shape", (), {"area": abc.abstractmethod(lambda self: 0)})
        square = type("Square", (shape,), {"area": lambda self: 4})
        total += square().area() + isinstance(square(), shape)
    print(total)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 9000)
