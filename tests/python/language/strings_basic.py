# Strings: indexing, slicing, iteration, concatenation, common methods.
s = "Hello, World"
print(s[0], s[-1], s[2:5], s[:5], s[7:], s[::-1], s[::2], s[5:2], s[-5:], s[100:], len(s))
print(s.upper(), s.lower(), s.swapcase(), s.title(), s.capitalize(), s.casefold())
print(s.find("o"), s.find("z"), s.rfind("o"), s.index("W"), s.count("l"), s.startswith("He"), s.endswith(("d", "x")))
print(s.replace("l", "L"), s.replace("l", "L", 1), s.split(", "), s.split("o", 1), s.rsplit("o", 1), s.partition(", "), s.rpartition("o"))
print("  pad ".strip() + "|", "xxaxx".strip("x"), "  a".lstrip(), "a  ".rstrip() + "|", "abc".removeprefix("a"), "abc".removesuffix("c"))
print("a,b,,c".split(","), " a  b ".split(), "".split(), "".split(","), "a\nb\r\nc\x0bd".splitlines(), "a\nb\n".splitlines(True))
print("-".join(["a", "b"]), "".join([]), ",".join("abc"), "ab" * 3, "ab" + "cd", 3 * "x", "x" * 0, "x" * -1)
print("abc".center(9, "*"), "abc".ljust(5) + "|", "abc".rjust(5), "42".zfill(5), "-42".zfill(5), "a\tb".expandtabs(4))
print("abc".isalpha(), "123".isdigit(), "a1".isalnum(), " ".isspace(), "Ab".isupper(), "AB".isupper(), "ab".islower(), "Ab C".istitle(), "a_1".isidentifier(), "".isalpha(), "½".isnumeric(), "²".isdigit(), "²".isdecimal(), "\n".isprintable(), "é".isascii())
for c in "añ日😀":
    print(c, ord(c), hex(ord(c)), c.encode("utf-8"), chr(ord(c)) == c)
print("é" == "e\u0301", len("é"), len("e\u0301"), "ß".upper(), "ŉ".upper(), "İ".lower().encode("unicode_escape"), "Σ".lower(), "ΑΣ".lower())
print("abc" "def", "a" < "b" < "c", sorted("hello"), list("abc"), set("aab") == {"a", "b"}, tuple("xy"), "".join(reversed("abc")))
print("a" in "abc", "d" not in "abc", "abc".translate({97: "X", 98: None}), "abc".translate(str.maketrans("ab", "xy", "c")))
print("%s is %d years and %.2f" % ("Bob", 42, 1.5), "%5d|%-5d|%05d|%+d" % (1, 2, 3, 4), "%x %X %o %e %g %%" % (255, 255, 8, 1.5, 0.00001), "%r %a %c %s" % ("é", "é", "c", None))
print("%(a)s %(b)d" % {"a": 1, "b": 2}, "%*d" % (5, 42), "%.*f" % (2, 3.14159), "%s" % [1, 2], "%s" % (1,), "%10.3s|" % "abcdef")
print("{} {}".format(1, 2), "{1} {0}".format("a", "b"), "{a} {b!r}".format(a=1, b="x"), "{0[1]} {0[0]}".format([1, 2]), "{0.real}".format(5), "{:>10}|{:<10}|{:^10}|{:*^9}".format("r", "l", "c", "m"))
print("{:,} {:_} {:b} {:x} {:#x} {:o} {:e} {:.3f} {:%} {:g} {:n} {:c}".format(1234567, 1234567, 5, 255, 255, 8, 12345.678, 3.14159, 0.25, 1e10, 5, 65))
print("{:{}}|{:{w}.{p}}|{{}}".format("a", 5, 3.14159, w=10, p=3), "{:+} {: } {:-} {:06.2f} {:=+8}".format(1, 2, -3, 3.14159, 42))
big = "x" * 1000 + "y"
print(len(big), big.index("y"), big.count("x"), len(big * 10), big[-3:], hash("abc") == hash("ab" + "c"))
t = ""
for i in range(1000):
    t += str(i)
print(len(t), t[:20], t[-10:], t.count("9"))
for bad in ("'a'[5]", "'a'['b']", "'a'[1.0]", "''.index('a')", "'abc'.split('')", "'a'.join([1])", "'%d' % 'a'", "'%s %s' % 'a'", "'{'.format()", "'}'.format()", "'{0} {}'.format(1, 2)", "'{a}'.format()", "'{!z}'.format(1)", "'{:d}'.format('a')", "'{:s}'.format(1)", "'%z' % 1", "'%' % 1", "'%(a)s' % 1", "'a'.center(1, 'ab')", "'a'.replace(1, 2)", "'a'.startswith(1)", "chr(-1)", "chr(1114112)", "ord('')", "'a' * 1.5", "'\\ud800'.encode()", "'a'.encode('nope')", "'%c' % 'ab'", "'%c' % -1", "'%*d' % ('a', 1)", "'a'.find()", "'abc'.zfill('a')"):
    try:
        print(bad, "=", repr(eval(bad)))
    except Exception as error:
        print(bad, "raises", type(error).__name__, error)
