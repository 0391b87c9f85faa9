#!/usr/bin/env python3.11
# SPDX-License-Identifier: MIT
"""usage: check_unicode.py TEXT_UNICODE_TEST -- compares our Unicode tables with this Python's (3.11), all of them."""

import os
import random
import subprocess
import sys
import unicodedata

old = unicodedata.ucd_3_2_0


def codes(text):
    return " ".join("%X" % ord(character) for character in text)


def flags(c):
    tests = (
        unicodedata.category(c) in ("Lm", "Lt", "Lu", "Ll", "Lo"), c.islower(), c.isupper(), None,
        len(("a" + c + "b").splitlines()) > 1, c.isspace(), c.isidentifier() and c != "_", ("a" + c).isidentifier(),
        c.isprintable(), None, None, unicodedata.mirrored(c), c.isdecimal(), c.isdigit(), c.isnumeric(),
    )
    return tests


def expected(number):
    c = chr(number)
    tag, parts = "", unicodedata.decomposition(c).split()
    if parts and parts[0].startswith("<"):
        tag = parts.pop(0)
    fields = [
        "%X" % number, unicodedata.category(c), unicodedata.bidirectional(c), unicodedata.east_asian_width(c),
        str(unicodedata.combining(c)), None, str(unicodedata.decimal(c, -1)), str(unicodedata.digit(c, -1)),
        "%.17g" % unicodedata.numeric(c, -1), codes(c.lower()), codes(c.upper()), codes(c.title()), codes(c.casefold()),
        tag, "".join(part.lstrip("0") + " " for part in parts),
    ]
    for form in ("NFD", "NFKD", "NFC", "NFKC"):
        fields.append(codes(unicodedata.normalize(form, c)))
    fields.append("%s,%s,%s,%d,%d,%d" % (old.category(c), old.bidirectional(c), old.east_asian_width(c),
                                         old.combining(c), old.mirrored(c), old.decimal(c, -1)))
    fields.append(codes(old.normalize("NFKD", c)))
    fields.append(unicodedata.name(c, ""))
    return fields


def main():
    program = sys.argv[1]
    bad = 0
    lines = subprocess.run([program, "dump"], stdout=subprocess.PIPE, check=True).stdout.decode().split("\n")
    for number in range(sys.maxunicode + 1):
        got = lines[number].split("|")
        want = expected(number)
        bits = int(got[5], 16)
        for place, test in enumerate(flags(chr(number))):
            if test is not None and bool(test) != bool(bits >> place & 1):
                bad += 1
                print("flag %d of %X: %s" % (place, number, test))
        cased, ignorable = bits >> 10 & 1, bits >> 9 & 1
        before = tuple((start + chr(number) + "\u03a3").lower()[-1] == "\u03c2" for start in ("", "a"))
        if before != (bool(cased and not ignorable), bool(cased or ignorable)):
            bad += 1
            print("cased or ignorable of %X: %d %d" % (number, cased, ignorable))
        got[5] = want[5] = None
        if got != want:
            bad += 1
            print("got ", [(x, y) for x, y in zip(got, want) if x != y], hex(number))
        if bad > 20:
            sys.exit("too many")
    # Normal forms of random texts.
    interesting = [i for i in range(0x3000) if unicodedata.combining(chr(i)) or unicodedata.decomposition(chr(i))]
    interesting += list(range(0x1100, 0x1200)) + list(range(0xAC00, 0xAC80)) + [0x41, 0x65, 0x6F, 0x4E00, 0x1D15E]
    interesting += [0x11099, 0x110BA, 0x1109B]
    random.seed(1)
    queries = []
    for _ in range(20000):
        text = "".join(chr(random.choice(interesting)) for _ in range(random.randint(1, 8)))
        form = random.choice(("NFD", "NFKD", "NFC", "NFKC"))
        queries.append((form, text))
    data = "".join("%s %s\n" % (form, codes(text)) for form, text in queries).encode()
    out = subprocess.run([program, "normalize"], input=data, stdout=subprocess.PIPE, check=True).stdout.decode()
    for (form, text), line in zip(queries, out.split("\n")):
        want = "%d|%s" % (unicodedata.is_normalized(form, text), codes(unicodedata.normalize(form, text)))
        if line != want:
            bad += 1
            print(form, codes(text), line, want)
    # Aliases, sequences, wrong names.
    names = ["nope", "", "HANGUL SYLLABLE XX", "hangul syllable ga", "CJK UNIFIED IDEOGRAPH-4e00", "LINE FEED", "LF",
             "LATIN SMALL LETTER A ", "CJK UNIFIED IDEOGRAPH-31350", "CJK UNIFIED IDEOGRAPH-", "HANGUL SYLLABLE "]
    for file in ("NameAliases.txt", "NamedSequences.txt"):
        for line in open(os.path.join("/usr/share/unicode", file), encoding="utf-8"):
            fields = line.partition("#")[0].strip().split(";")
            if len(fields) > 1:
                names.append(fields[1] if file.startswith("NameA") else fields[0])
    data = "".join(name + "\n" for name in names).encode()
    out = subprocess.run([program, "lookup"], input=data, stdout=subprocess.PIPE, check=True).stdout.decode()
    for name, line in zip(names, out.split("\n")):
        try:
            want = "|" + codes(unicodedata.lookup(name))
        except KeyError:
            want = "|"
        if line != want:
            bad += 1
            print("lookup", name, line, want)
    print("%d differences" % bad)
    sys.exit(bad != 0)


if __name__ == "__main__":
    main()
