# and, or, not: short circuit and values; truth of every kind.
print(1 and 2, 0 and 2, 1 or 2, 0 or 2, "" or "x", [] or {}, None and 1)
print(not 1, not 0, not "", not "a", not [], not [0], not None)
print(1 and 2 or 3, 0 and 2 or 3, 1 or 2 and 3, not 1 or 2, not (1 or 2))
for value in (0, 1, -1, 0.0, 0.1, -0.0, 0j, "", " ", b"", b"0", [], [None], (), ((),), {}, {0: 0}, set(), {0}, None, True, False,
              range(0), range(1), ..., NotImplemented.__class__, object, 2**100, float("nan")):
    print(repr(value), bool(value), "yes" if value else "no")


class Flag:
    def __init__(self, value):
        self.value = value

    def __bool__(self):
        print("bool", self.value)
        return self.value


class Sized:
    def __len__(self):
        return 0


print("taken" if Flag(True) and Flag(False) else "not taken")
print("taken" if Flag(False) or Flag(True) else "not taken")
print(bool(Sized()), not Sized(), 1 if Sized() else 2)
while Flag(False):
    pass
print(bool(Flag(True)) is True)


class Bad:
    def __bool__(self):
        return 1


class BadLength:
    def __len__(self):
        return -1


class NoInt:
    def __len__(self):
        return "x"


for kind in (Bad, BadLength, NoInt):
    try:
        if kind():
            print("?")
    except Exception as error:
        print(type(error).__name__, error)
x = 5
print(0 < x < 10 and x != 3, x == 5 or 1 / 0, x != 5 and 1 / 0)
