# str % values: the short way of plain formats and the general way agree.
import itertools

class Text(str):
    def __str__(self):
        return "own"

values = [0, 7, -42, 10 ** 20, True, 1.5, -0.0, 1e300, float("inf"), float("-nan"), "abc", "\xe9", Text("t"), None,
          "", ("in",), [1]]
for flags, width, precision, kind in itertools.product(["", "-", "0", "-0", "+"], ["", "1", "9"], ["", ".0", ".3", "."],
                                                       "dsfi"):
    line = []
    for value in values:
        try:
            line.append("<%%%s%s%s%s>" % (flags, width, precision, kind) % (value,))
        except (TypeError, ValueError, OverflowError) as error:
            line.append(type(error).__name__)
    print(flags + width + precision + kind, line)

def attempt(text, value):
    try:
        print(ascii(text), repr(text % value))
    except (TypeError, ValueError, MemoryError) as error:
        print(ascii(text), type(error).__name__, error)

for text, value in [("%d", 5), ("%d", "x"), ("%s", "x"), ("", 5), ("", ()), ("", "x"), ("%", 1), ("%5", 1), ("%-", 1),
                    ("%.", 1), ("%%", ()), ("%%", 1), ("100%% %d", 3), ("%d %d", 1), ("%d %d", (1, 2, 3)), ("%d", (1, 2)),
                    ("%y", 1), ("%s", {}), ("%(a)d", {"a": 1}), ("%d", {}), ("%*d", (5, 3)), ("a", {"x": 1}),
                    ("%s" * 3, ("a" * 100, "b" * 100, "c" * 100)), ("%300d", 1), ("%.400f", 1.5), ("%s\xe9", 1),
                    ("%s", ("x" * 1,)), ("%ld", 4), ("%c", 65), ("%5%", ()), ("%s", 1.5), ("%d%%", 12)]:
    attempt(text, value)
