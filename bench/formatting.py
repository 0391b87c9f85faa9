# Formatting with %, str.format and f-strings.
import sys


class Money:
    def __init__(self, cents):
        self.cents = cents

    def __format__(self, spec):
        return format(self.cents / 100, spec or ".2f") + " EUR"

    def __str__(self):
        return f"{self}"

    def __repr__(self):
        return "Money(%d)" % self.cents


def main(n):
    total = 0
    names = ["alpha", "beta", "gamma", "delta"]
    for i in range(n):
        name = names[i & 3]
        a = "%s has %d items at %.2f (%5d|%-6s|%05d|%x)" % (name, i, i / 7, i, name, i, i)
        b = "{} has {} items at {:.2f} ({:>5}|{:<6}|{:05d}|{:x})".format(name, i, i / 7, i, name, i, i)
        c = f"{name} has {i} items at {i / 7:.2f} ({i:>5}|{name:<6}|{i:05d}|{i:x})"
        total += len(a) + len(b) + len(c)
        if a != b or b != c:
            print("differs", a, b, c)
        if i % 10 == 0:
            total += len(f"{Money(i)} {Money(i):8.1f} {Money(i)!r}") + len(f"{i:,} {i / 3!r} {i * 1.5e10:g} {i:b}")
            total += len("%r %s" % ([i, name], (i, None)))
    print(total)
    print(f"{n:,} {n / 3:.10f} {n * 1.1!r} {1e100:.3e} {n:^20}|")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 130000)
