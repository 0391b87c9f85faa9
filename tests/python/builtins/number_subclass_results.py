# __index__, __int__ and __float__ that give instances of subclasses warn; __trunc__ warns.
import operator
import warnings


class I(int):
    pass


class F(float):
    pass


class X:
    def __index__(self):
        return True

    def __int__(self):
        return I(3)

    def __float__(self):
        return F(3)


class Y:
    def __index__(self):
        return I(4)


class T:
    def __trunc__(self):
        return 5


class G(float):
    def __float__(self):
        return 42.0


for function in (operator.index, int, float):
    for value in (X(), Y(), T()):
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            try:
                result = function(value)
                print(function.__name__, result, type(result).__name__)
            except TypeError as error:
                print(function.__name__, error)
        for warning in caught:
            print(" ", warning.category.__name__, warning.message)
print(float(G(1)))


class K(float):
    def __init__(self, value, more=None):
        self.more = more


print(K(2.5, more=3), K(2.5, more=3).more)
for wrong in (lambda: int.from_bytes(0, "big"), lambda: "% %" % 1, lambda: b"% %" % 1):
    try:
        print(wrong())
    except (TypeError, ValueError) as error:
        print(error)
