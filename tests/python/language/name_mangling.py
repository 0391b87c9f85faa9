# Private names.
class Account:
    __total = 0

    def __init__(self, n):
        self.__n = n
        self.__dunder__ = "kept"
        Account.__total += n

    def read(self):
        return self.__n

    def compare(self, other):
        return self.__n == other.__n

    def __private(self):
        return "private"

    def call(self):
        return self.__private()

    def inner(self):
        def f(__x):
            return __x
        class Nested:
            __y = 1
        return f(5), sorted(k for k in Nested.__dict__ if k.endswith("y"))

    def keyword(self, __k=1):
        return __k

    def global_name(self):
        global __g
        __g = 3


a = Account(5)
print(a.read(), a._Account__n, a._Account__total, Account._Account__total, a.call(), a.inner(), a.__dunder__)
print(a.compare(Account(5)), sorted(vars(a)), a.keyword(), a.keyword(_Account__k=4))
a.global_name()
print(_Account__g)
try:
    a.__n
except AttributeError as error:
    print(error)


class _Leading:
    __x = 1


class __Only:
    __x = 2


class ___:
    __x = 3


print(_Leading._Leading__x, __Only._Only__x, ___.__x if hasattr(___, "__x") else "?")


class Sub(Account):
    def read_sub(self):
        try:
            return self.__n
        except AttributeError as error:
            return str(error)


print(Sub(1).read_sub(), Sub(2).read())


class Strings:
    def get(self):
        return getattr(self, "__z", "not mangled in strings")


print(Strings().get())
