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
