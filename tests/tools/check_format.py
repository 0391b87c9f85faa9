#!/usr/bin/env python3.11
# SPDX-License-Identifier: MIT
"""usage: check_format.py TEXT_FORMAT_TEST [COUNT] -- compares formatting with this Python (3.11) on random specs."""

import _string
import random
import subprocess
import sys

INTS = [0, 1, -1, 42, 255, 1234, 1234567, -9876543210, 2**62, 65, 0x20AC]
FLOATS = [0.0, -0.0, 1.5, -2.25, 1234567.891, 1e22, 1e-7, 0.1, -0.0004, 123456789012.0, float("inf"), float("nan"), 0.5]


def hexed(text):
    return "".join("%X " % ord(character) for character in text)


def maybe(probability, choices):
    return random.choice(choices) if random.random() < probability else ""


def random_spec(types):
    if random.random() < 0.1:
        return "".join(random.choice("<>=^ +-z#05,_.dxs\u0663\u00e9") for _ in range(random.randint(0, 6)))
    align = maybe(0.4, "<>=^")
    fill = maybe(0.5, "*0\u20ac<") if align else ""
    return "".join((fill, align, maybe(0.3, "+- "), maybe(0.1, "z"), maybe(0.2, "#"), maybe(0.2, "0"),
                    maybe(0.5, ["1", "5", "9", "12", "21", "40", "\u0663"]), maybe(0.25, [",", "_", ",_"]),
                    maybe(0.3, [".0", ".1", ".3", ".12", "."]), maybe(0.85, types)))


def attempt(function, *arguments):
    try:
        return "ok " + hexed(function(*arguments))
    except ValueError as error:
        return "error " + hexed(str(error))


def markup(text):
    out = ""
    try:
        for literal, name, spec, conversion in _string.formatter_parser(text):
            out += hexed(literal)
            if name is not None:
                out += "{ " + hexed(name) + "! %X : " % ord(conversion or "\0") + hexed(spec)
            out += "| "
    except ValueError as error:
        return out + str(error)
    return out


def name(text):
    out = ""
    try:
        first, rest = _string.formatter_field_name_split(text)
        out = "%d " % (first if isinstance(first, int) else -1)
        out += hexed(text[: next((i for i, c in enumerate(text) if c in "[."), len(text))])
        for is_attribute, item in rest:
            is_index = isinstance(item, int)
            # The text of an index is not given: only ours prints it; see the comparison.
            out += "%s %d " % ("." if is_attribute else "[", item if is_index else -1)
            out += "#" if is_index else hexed(item)
    except ValueError as error:
        return out + str(error)
    return out


class Anything:
    """Every key and every index."""

    def __getitem__(self, key):
        return None


def percent(text, is_bytes):
    """Values for the directives of random texts, found by trying: the texts below use only d i x X o s and '*'."""
    values, at = [], 0
    while at < len(text):
        if text[at] != "%":
            at += 1
            continue
        at += 1
        if text[at : at + 1] == "%":
            at += 1
            continue
        while text[at : at + 1] and text[at] in "-+ #0":
            at += 1
        if text[at : at + 1] == "*":
            values.append(7)
            at += 1
        else:
            while text[at : at + 1].isdigit():
                at += 1
        if text[at : at + 1] == ".":
            at += 1
            if text[at : at + 1] == "*":
                values.append(7)
                at += 1
            else:
                while text[at : at + 1].isdigit():
                    at += 1
        if text[at : at + 1] and text[at] in "hlL":
            at += 1
        kind = text[at : at + 1]
        values.append(-42 if kind in "di" else 255 if kind in "xXo" else b"abc" if is_bytes else "abc")
        at += 1
    if is_bytes:
        return attempt(lambda: (text.encode() % tuple(values)).decode())
    return attempt(lambda: text % tuple(values))


def random_percent():
    parts = []
    for _ in range(random.randint(1, 3)):
        parts.append(random.choice(["", "a", "%%", "xy"]))
        parts.append("%" + maybe(0.4, ["-", "+", " ", "#", "0", "-0", "+0", "#0", " #"]) + maybe(0.5, ["5", "9", "*"]) +
                     maybe(0.08, [".*", "."]) + maybe(0.1, "hlL") + random.choice("dixXosdixXosy%"))
    if random.random() < 0.05:
        parts.append(random.choice(["%", "%5", "%.", "%99999999999999999999d", "%.99999999999d"]))
    return "".join(parts)


def main():
    random.seed(3)
    queries, wanted = [], []
    for _ in range(int(sys.argv[2]) if len(sys.argv) > 2 else 40000):
        kind = random.choice(("int", "int", "float", "float", "complex", "str", "markup", "name", "percent"))
        value = "-"
        if kind == "int":
            value, text = random.choice(INTS), random_spec("bcdoxXndeEfFgG%sy")
            if "c" in text and not 0 <= value < 0x10000:
                continue
            wanted.append(attempt(format, value, text))
        elif kind in ("float", "complex"):
            value, text = random.choice(FLOATS), random_spec("eEfFgGn%sd")
            wanted.append(attempt(format, value if kind == "float" else complex(value, -1.5), text))
        elif kind == "str":
            value, text = random.choice(("a", "hello")), random_spec("sssd")
            wanted.append(attempt(format, value, text))
        elif kind == "markup":
            text = "".join(random.choice("{}{}{}!:[]ab.0r ") for _ in range(random.randint(1, 12)))
            wanted.append(markup(text))
        elif kind == "name":
            text = "".join(random.choice("a.[]01.[]\u0663") for _ in range(random.randint(1, 9)))
            wanted.append(name(text))
        else:
            text = random_percent()
            value = random.choice("sb")
            wanted.append(percent(text, value == "b"))
        queries.append("%s %s %s\n" % (kind, value, hexed(text).rstrip()))
    data = "".join(query.replace(" \n", "\n") for query in queries).encode()
    out = subprocess.run([sys.argv[1], "run"], input=data, stdout=subprocess.PIPE, check=True).stdout.decode()
    bad = 0
    for query, got, want in zip(queries, out.split("\n"), wanted):
        if "#" in want and query.startswith("name"):  # an index: compare what is before its digits
            got, want = got[: want.index("#")], want[: want.index("#")]
        if got != want:
            bad += 1
            if bad < 15:
                print(query.strip(), "|", "".join(chr(int(x, 16)) for x in query.split()[2:]))
                for label, line in ("got ", got), ("want", want):
                    try:
                        line = line + " = " + "".join(chr(int(x, 16)) for x in line.split()[1:])
                    except ValueError:
                        pass
                    print("  ", label, ascii(line))
    print("%d differences in %d" % (bad, len(queries)))
    sys.exit(bad != 0)


if __name__ == "__main__":
    main()
