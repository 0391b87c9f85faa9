# __builtins__ and globals that are not plain dicts; names looked up in them.
class Mapping:
    def __getitem__(self, name):
        if name == "answer":
            return 42
        raise KeyError(name)


code = compile("result = answer", "", "exec")
space = {"__builtins__": Mapping()}
exec(code, space)
print(space["result"])
for builtins in (123, {}, Mapping()):
    try:
        exec(compile("print", "", "exec"), {"__builtins__": builtins})
    except (TypeError, NameError) as error:
        print(type(error).__name__, error)
space = {"__builtins__": Mapping()}
exec("def f(): return answer", space)
print(space["f"]())


class Raises(dict):
    def __getitem__(self, name):
        raise ZeroDivisionError(name)


for space in (Raises({"x": 1}), {"__builtins__": Raises({"x": 1})}):
    try:
        exec("x", space)
    except ZeroDivisionError as error:
        print("raised", error)


class Computes(dict):
    def __missing__(self, name):
        if name == "y":
            return "computed"
        raise KeyError(name)


print(eval("y", Computes()), eval("len('abc')", Computes()))


# object.__new__ cannot make what is more than an object.
class Listish(list):
    __new__ = object.__new__


print(type(Listish()).__name__, Listish([1, 2]), len(Listish("abc")))


# mro() may leave the usual order.
class Reversed(type):
    def mro(cls):
        order = type.mro(cls)
        order.reverse()
        return order


class X(metaclass=Reversed):
    def f(self):
        return "X.f"


print(X().f(), issubclass(X, object), [c.__name__ for c in X.__mro__])
print([c.__name__ for c in BaseException.__subclasses__() if c.__module__ == "builtins"])
