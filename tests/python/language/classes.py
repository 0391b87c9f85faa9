# Class statements, instances, methods, class attributes.
class Empty:
    pass


class Point:
    """A point."""
    dimensions = 2
    count = 0

    def __init__(self, x, y=0):
        self.x = x
        self.y = y
        Point.count += 1

    def norm(self):
        return (self.x ** 2 + self.y ** 2) ** 0.5

    def moved(self, dx, dy):
        return Point(self.x + dx, self.y + dy)

    def __repr__(self):
        return f"Point({self.x}, {self.y})"

    def __eq__(self, other):
        return isinstance(other, Point) and (self.x, self.y) == (other.x, other.y)

    def __hash__(self):
        return hash((self.x, self.y))

    @staticmethod
    def origin():
        return Point(0, 0)

    @classmethod
    def diagonal(cls, n):
        return cls(n, n)


p = Point(3, 4)
print(p, p.norm(), p.moved(1, 1), Point.origin(), Point.diagonal(2), p.diagonal(5), p.origin())
print(p == Point(3, 4), p != Point(3, 4), p == 1, hash(p) == hash(Point(3, 4)), p in [Point(3, 4)], {p: 1}[Point(3, 4)])
print(Point.count, p.count, p.dimensions, Point.__name__, Point.__doc__, Point.__qualname__, Point.__module__)
p.dimensions = 3
print(p.dimensions, Point.dimensions, p.__dict__)
del p.dimensions
print(p.dimensions, vars(p))
p.extra = "new"
print(p.extra, sorted(p.__dict__), "x" in p.__dict__)
m = p.norm
print(m(), m.__self__ is p, m.__func__ is Point.norm, m.__name__, m.__qualname__)
print(Point.norm(p), type(p) is Point, isinstance(p, Point), isinstance(p, object), issubclass(Point, object))
print(p.__class__, Point.__class__, Point.__bases__, Point.__mro__, type(Empty()).__name__)
for text in ("p.missing", "Point.missing", "del p.missing", "p.norm = 5; p.norm()", "Empty().x", "Empty(1)", "None.x", "(1).x = 2", "p.moved()",
             "del Empty.nothing", "Empty.x = 1; print(Empty().x)", "object().x = 1", "object.x = 1", "int.x = 1", "[].x = 1", "len.x = 1", "print(p.xx)",
             "p.norms", "p.moveed", "'a'.uper", "[].apend", "Point.origi", "del p.__class__", "p.__class__ = 1", "p.__dict__ = 1"):
    try:
        exec(text)
        print(text, "ok")
    except Exception as error:
        print(text, "raises", type(error).__name__, error)


class Body:
    a = 1
    b = a + 1
    for i in range(3):
        a += i
    if a > 2:
        def conditional(self):
            return "conditional"
    c = [a for _ in range(1)] if False else b
    print("in the body", a, b)
    del i


print(Body.a, Body.b, Body().conditional(), hasattr(Body, "i"))


class Nested:
    class Inner:
        value = 1

        class Deep:
            pass


print(Nested.Inner.value, Nested.Inner.Deep.__qualname__)
q = Point.__new__(Point)
print(q.__dict__, hasattr(q, "x"))


class Callable:
    def __call__(self, *args, **kwargs):
        return args, kwargs


print(Callable()(1, a=2), callable(Callable()), callable(Empty()))


def with_locals():
    class Local:
        def get(self):
            return "local"
    return Local


print(with_locals()().get(), with_locals().__qualname__)
Empty.method = lambda self: "patched"
print(Empty().method())
e = Empty()
e.method = lambda: "on the instance"
print(e.method())
e.__class__ = Point
print(type(e).__name__, isinstance(e, Point))
setattr(e, "dyn", 5)
print(getattr(e, "dyn"), getattr(e, "none", "default"), hasattr(e, "dyn"), delattr(e, "dyn"), hasattr(e, "dyn"))
