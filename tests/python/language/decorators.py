# Function and class decorators.
def announce(function):
    print("decorating", function.__name__)
    def wrapper(*args, **kwargs):
        print("calling", function.__name__)
        return function(*args, **kwargs)
    wrapper.__name__ = function.__name__
    return wrapper


def times(n):
    def decorate(function):
        def wrapper(*args):
            return [function(*args) for _ in range(n)]
        return wrapper
    return decorate


@announce
def hello(name):
    return "hello " + name


@times(3)
@announce
def one():
    return 1


print(hello("x"), one())


def register(cls):
    cls.registered = True
    return cls


@register
class Thing:
    @staticmethod
    @announce
    def s(): return "s"

    @classmethod
    @announce
    def c(cls): return cls.__name__

    @property
    @announce
    def p(self): return "p"


print(Thing.registered, Thing.s(), Thing.c(), Thing().p)


@lambda f: f()
def value():
    return "called at once"


print(value)
decorators = [announce, times(2)]


@decorators[0]
@decorators[-1]
def indexed(): return 5


E2 = None
try:
    @5
    def bad(): pass
except TypeError as error:
    print(error)


class CountCalls:
    def __init__(self, function):
        self.function = function
        self.calls = 0

    def __call__(self, *args):
        self.calls += 1
        return self.function(*args)

    def __get__(self, instance, owner):
        import functools
        return functools.partial(self, instance)


@CountCalls
def counted(x):
    return x


counted(1)
counted(2)
print(counted.calls)


class Uses:
    @CountCalls
    def method(self, x):
        return (type(self).__name__, x)


print(Uses().method(5))
import functools


@functools.lru_cache(maxsize=None)
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


print(fib(50), fib.cache_info())


@functools.wraps(fib)
def wrapped(n): pass


print(wrapped.__name__, wrapped.__wrapped__ is fib)
order = []


def mark(name):
    order.append("evaluate " + name)
    def decorate(f):
        order.append("apply " + name)
        return f
    return decorate


@mark("a")
@mark("b")
def f(x=order.append("default")): pass


print(order)
