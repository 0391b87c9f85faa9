# Random operations on texts, sets and dicts of texts, csv: a digest of the results.
import collections
import csv
import hashlib
import io
import random

source = random.Random(3)
digest = hashlib.md5()


def text(limit):
    alphabet = source.choice(["ab ", "abcé", "a☃é \t\n", '😀a,"\r\n', "a,b;\"'\\\r\n x"])
    return "".join(source.choice(alphabet) for _ in range(source.randrange(limit)))


def record(*values):
    digest.update(repr(values).encode("utf-8", "surrogatepass"))


DIALECTS = [{}, dict(delimiter=";"), dict(quoting=csv.QUOTE_ALL), dict(quoting=csv.QUOTE_NONNUMERIC),
            dict(quoting=csv.QUOTE_NONE, escapechar="\\"), dict(doublequote=False, escapechar="\\"),
            dict(quotechar="'"), dict(delimiter="5"), dict(delimiter="☃", quotechar="é"), dict(strict=True),
            dict(skipinitialspace=True)]


def rows(content, options):
    try:
        return list(csv.reader(io.StringIO(content, newline=""), **options))
    except (csv.Error, ValueError) as error:
        return repr(error)


for step in range(600):
    a, b, c = text(60), text(3), text(5)
    record(a[::-1], a[1::2], a[-1:0:-3], a.replace(b, c), a.split(), a.strip(), a.join([b, c, a]), list(a), a.count(b),
           a.find(b), a + b, b + a, a.encode(), a.encode("utf-8").decode("utf-8"), a.ljust(30), a.center(31, "*"),
           a.translate({97: "X", 98: None, 32: "zz"}), b in a, a == (a + "x")[:-1], a < c)
    for options in DIALECTS:
        stream = io.StringIO()
        try:
            csv.writer(stream, **options).writerows([[a, 5, -15, 1.5, None, b, True, 10**20], [c], [7]])
        except csv.Error as error:
            record(str(error))
        record(stream.getvalue(), rows(stream.getvalue(), options), rows(a + "\n" + b + "," + c, options))
    if step % 100 == 0:
        print(step, digest.hexdigest())

csv.field_size_limit(10)
for line in ("abcdefghij", "abcdefghijk", '"abcdefghijk"', 'abc,"defghijklmnop"'):
    print(rows(line, {}))
print(csv.field_size_limit())


class Same(str):
    __hash__ = str.__hash__

    def __eq__(self, other):
        return str.__eq__(self, other)


words = [w + str(i % 50) for i, w in enumerate(["a", "bc", "def", "é", "☃x", "", "a longer text, number "] * 60)]
words += [1, 2.0, (1, 2), ("a", 1), frozenset([1]), b"x", 10**30]
elements, counts, seen = set(), {}, []
for step in range(20000):
    word = source.choice(words)
    if isinstance(word, str):
        word = (word + " ")[:-1]
        if source.random() < 0.1:
            word = Same(word)
    if step % 3 == 0:
        elements.add(word)
    elif step % 3 == 1:
        seen.append(word in elements)
        elements.discard(source.choice(words))
    else:
        key = (word, source.choice(words)) if step % 2 else word
        counts[key] = counts.get(key, 0) + 1
record(sorted(map(str, elements)), [str(item) for item in counts.items()], seen)
print(len(elements), len(counts), digest.hexdigest())


class TenTimes(collections.Counter):
    def __setitem__(self, key, value):
        super().__setitem__(key, value * 10)


class FiveAlways(dict):
    def get(self, key, default=None):
        return 5


five = FiveAlways()
collections._count_elements(five, "abca")
print(collections.Counter("abracadabra"), TenTimes("abra"), five)

mixed = [1, 2, 2.0, True, -1, -2, 10**18, 2**61 - 1, 2**61, 3.5, "3", (3,), None, b"3"]
for step in range(3000):
    other = set()
    for _ in range(source.randrange(12)):
        other.add(source.choice(mixed) if step % 3 == 0 else source.randrange(-20, 40))
        if source.random() < 0.2:
            other.discard(source.randrange(-3, 10))
    table = dict.fromkeys(source.sample(range(40), 5))
    table.pop(source.randrange(40), None)
    table.setdefault(source.randrange(40), 1)
    table[2.0] = "two"
    record(sorted(map(str, other)), 5 in other, 1 in other, 2**61 in other, list(table), list(table.items()),
           sorted(map(str, table.keys() & other)))
    if step % 3:
        record(list(other))   # the order of ints
words.sort(key=str)
record(list(map(str, words)), sorted(text(12) for _ in range(50)), sorted((text(3), step) for step in range(50)))
record([hex(n) + bin(n) + oct(n) for n in (0, 1, -1, 255, -256, 2**61, -2**61, 2**80)])
record(b"ab" + b"", b"" + b"cd", b"ab" + b"cd" * 20, b"ab" == b"ab", b"ab" != b"ac", b"a" == "a", b"x".decode(),
       b"".decode())
print(digest.hexdigest())
