# Random format specifications, % directives, round(), float() and int() of text: a digest of the results.
import hashlib
import random
import struct

source = random.Random(5)
digest = hashlib.md5()


def record(function, *arguments):
    try:
        result = function(*arguments)
    except Exception as error:
        result = type(error).__name__, str(error)
    digest.update(repr((arguments, result)).encode("utf-8", "surrogatepass"))


def number():
    kind = source.random()
    if kind < 0.3:
        return struct.unpack("d", struct.pack("Q", source.getrandbits(64)))[0]
    if kind < 0.6:
        return round(source.uniform(-1e6, 1e6), source.randrange(6))
    if kind < 0.8:
        return source.randrange(-10**6, 10**6) / 2 ** source.randrange(30)
    return source.choice([0.0, -0.0, 0.5, 1.5, 2.5, 0.125, 0.375, 1e15, 9007199254740993.0, float("inf"),
                          float("-inf"), float("nan"), 1e22, 1e23, 5e-324, 0.05, 0.005])


def specification(types):
    text = ""
    if source.random() < 0.5:
        text += source.choice(["", "", "*", "0", " ", "<", "é"]) + source.choice("<>^=")
    for part, chance in (("+", 0.1), (" ", 0.05), ("z", 0.05), ("#", 0.08), ("0", 0.3)):
        if source.random() < chance:
            text += part
    if source.random() < 0.7:
        text += str(source.randrange(source.choice([3, 12, 40])))
    if source.random() < 0.2:
        text += source.choice(",_")
    if source.random() < 0.4:
        text += "." + source.choice(["", str(source.randrange(20))])
    return text + source.choice(types + "\0").strip("\0")


def word():
    return "".join(source.choice("abc 1é☃\x00{%") for _ in range(source.randrange(12)))


for step in range(1500):
    record(format, number(), specification("feEFgGdnsx%"))
    record(format, source.choice([source.randrange(-20, 20), source.randrange(-10**18, 10**18),
                                  source.getrandbits(100) - 2**99, True]), specification("dxXobcnfs"))
    record(format, word(), specification("sd"))
    directive = ("%" + source.choice(["", "-", "0", "+", " ", "#", "-0"]) + source.choice(["", "5", "12"]) +
                 source.choice(["", ".0", ".3", ".15", ".30"]) + source.choice("feEgGdxXosrac"))
    record(lambda text, value: text % value, directive,
           source.choice([number(), source.randrange(-1000, 10**6), word()]))
    record(lambda text, value: ("é" + text + "|%s") % (value, "z"), directive, source.choice([1.5, 77, "ab"]))
    record(round, number(), source.randrange(-4, 20))
    digits = source.choice(["", "-", "+", " "]) + str(source.randrange(10 ** source.randrange(1, 25)))
    record(float, digits + source.choice(["", ".", ".5", ".0", ".00000000000000000001", "e5", ".5e-3", "_0", ".1_2",
                                          " "]))
    record(int, digits + source.choice(["", "", "_0", " ", ".", "x", "\x00"]))
    record(repr, word() + source.choice(["", "'", '"', "\\", "\n"]))
    record(str, number())
    if step % 100 == 0:
        print(step, digest.hexdigest())
print(digest.hexdigest())
