# ExceptionGroup and except*.
def show(group, indent=0):
    if isinstance(group, BaseExceptionGroup):
        print(" " * indent + type(group).__name__, group.message)
        for e in group.exceptions:
            show(e, indent + 2)
    else:
        print(" " * indent + repr(group))


try:
    raise ExceptionGroup("many", [ValueError(1), TypeError(2), ExceptionGroup("inner", [ValueError(3), KeyError(4)])])
except* ValueError as g:
    print("values")
    show(g)
except* TypeError as g:
    print("types")
    show(g)
except* KeyError as g:
    print("keys")
    show(g)
try:
    try:
        raise ExceptionGroup("rest", [ValueError(1), OSError(2)])
    except* ValueError:
        print("handled")
except ExceptionGroup as g:
    show(g)
try:
    raise ValueError("plain")
except* ValueError as g:
    show(g)
try:
    print("no exception")
except* Exception:
    print("never")
else:
    print("else")
finally:
    print("finally")
try:
    try:
        raise ExceptionGroup("g", [ValueError(1), TypeError(2)])
    except* ValueError:
        raise KeyError("new")
except ExceptionGroup as g:
    show(g)
try:
    try:
        raise ExceptionGroup("g", [ValueError(1), TypeError(2)])
    except* (ValueError, TypeError) as g:
        raise
except ExceptionGroup as g:
    show(g)
g = ExceptionGroup("s", [ValueError(1), TypeError(2), ExceptionGroup("n", [ValueError(3)])])
match_, rest = g.split(ValueError)
show(match_)
show(rest)
show(g.subgroup(lambda e: isinstance(e, TypeError)))
print(g.subgroup(KeyError), g.exceptions[0], g.message, repr(g), str(g))
show(g.derive([KeyError(5)]))
for args in (("m",), ("m", []), ("m", [1]), (1, [ValueError()]), ("m", 5), ("m", [KeyboardInterrupt()])):
    try:
        ExceptionGroup(*args)
        print("ok")
    except Exception as error:
        print(type(error).__name__, error)
print(type(BaseExceptionGroup("b", [ValueError()])).__name__, type(BaseExceptionGroup("b", [KeyboardInterrupt()])).__name__)
print(ExceptionGroup.__mro__)


class MyGroup(ExceptionGroup):
    def derive(self, excs):
        return MyGroup(self.message, excs)


a, b = MyGroup("mine", [ValueError(), KeyError()]).split(KeyError)
print(type(a).__name__, type(b).__name__)
for source in ("try: pass\nexcept* ExceptionGroup: pass",):
    try:
        try:
            raise ValueError
        except* ExceptionGroup:
            pass
    except TypeError as error:
        print(error)
for i in range(2):
    try:
        raise ExceptionGroup("loop", [ValueError(i)])
    except* ValueError as e:
        print(i, len(e.exceptions))
