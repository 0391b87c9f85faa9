#!/usr/bin/env python3.11
# SPDX-License-Identifier: MIT
"""usage: check_codecs.py TEXT_CODECS_TEST [COUNT] -- compares our codecs with this Python's (3.11) on random input."""

import codecs
import random
import subprocess
import sys
import warnings

warnings.simplefilter("ignore")
POLICIES = ["strict", "ignore", "replace", "backslashreplace", "surrogateescape", "surrogatepass", "custom"]
DECODERS = {
    "utf-8": codecs.utf_8_decode, "utf-16": codecs.utf_16_decode, "utf-16-le": codecs.utf_16_le_decode,
    "utf-16-be": codecs.utf_16_be_decode, "utf-32": codecs.utf_32_decode, "utf-32-le": codecs.utf_32_le_decode,
    "utf-32-be": codecs.utf_32_be_decode, "utf-7": codecs.utf_7_decode,
    "ascii": lambda data, errors, final: codecs.ascii_decode(data, errors),
    "latin-1": lambda data, errors, final: codecs.latin_1_decode(data, errors),
    "unicode_escape": codecs.unicode_escape_decode, "raw_unicode_escape": codecs.raw_unicode_escape_decode,
    "charmap": lambda data, errors, final: codecs.charmap_decode(data, errors, "\0x\ufffe\u20ac\U0001f600z"),
}
TABLE = codecs.charmap_build("\0x\ufffe\u20ac\U0001f600z?\\u0")
ENCODERS = {
    "utf-8": codecs.utf_8_encode, "utf-16": codecs.utf_16_encode, "utf-16-le": codecs.utf_16_le_encode,
    "utf-16-be": codecs.utf_16_be_encode, "utf-32": codecs.utf_32_encode, "utf-32-le": codecs.utf_32_le_encode,
    "utf-32-be": codecs.utf_32_be_encode, "utf-7": codecs.utf_7_encode, "ascii": codecs.ascii_encode,
    "latin-1": codecs.latin_1_encode, "unicode_escape": codecs.unicode_escape_encode,
    "raw_unicode_escape": codecs.raw_unicode_escape_encode,
    "charmap": lambda text, errors: codecs.charmap_encode(text, errors, TABLE),
}
BYTES = {
    "utf-8": [0x41, 0x7F, 0x80, 0xBF, 0xC1, 0xC2, 0xC3, 0xDF, 0xE0, 0xE1, 0xED, 0xEF, 0xF0, 0xF1, 0xF4, 0xF5, 0xFF,
              0xA0, 0x9F, 0x8F, 0x90],
    "utf-16": [0x41, 0, 0xD8, 0xDC, 0xDB, 0xDF, 0xFF, 0xFE],
    "utf-32": [0x41, 0, 0, 0, 0, 0xD8, 0xDC, 0x10, 0x11, 0xFF, 0xFE],
    "utf-7": list(b"+-A/aZ9~\\,.\t\x80 +2AAA") + [0xFF],
    "ascii": [0x41, 0x80, 0xFF], "latin-1": [0x41, 0x80], "charmap": [0, 1, 2, 3, 4, 5, 6, 255],
    "unicode_escape": list(b"\\\\\\\\\\xuUN{}0147aAfF08d\n'\"q") + [0x80],
    "raw_unicode_escape": list(b"\\\\\\\\uuU00001dDfF8x") + [0xE9],
}
CODES = [0x41, 0x2B, 0x2D, 0x5C, 0x7E, 0x7F, 0, 10, 0x80, 0xE9, 0xFF, 0x100, 0x20AC, 0xD800, 0xDBFF, 0xDC00, 0xDC80,
         0xDCFF, 0xDFFF, 0xFFFF, 0x10000, 0x1F600, 0x10FFFF, ord("x"), ord("z")]


def custom(error):
    if isinstance(error, UnicodeDecodeError):
        return "[\xbf]", error.end
    return "[?]", error.end


codecs.register_error("custom", custom)


def expected(query):
    operation, name, policy, final, data = query
    try:
        if operation == "decode":
            text, used = DECODERS[name](bytes(data), policy, final)
            return "".join([str(used)] + [" %X" % ord(character) for character in text])
        if operation == "encode":
            out = ENCODERS[name]("".join(map(chr, data)), policy)[0]
        elif operation == "unescape":
            out = codecs.escape_decode(bytes(data), policy)[0]
        else:
            out = codecs.escape_encode(bytes(data))[0]
        return "".join(["0"] + [" %X" % byte for byte in out])
    except UnicodeError as error:
        return "E %s %d %d %s" % (error.encoding, error.start, error.end, error.reason)
    except ValueError as error:
        return "E escape " + str(error)


def main():
    random.seed(7)
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 60000
    queries = []
    for _ in range(count):
        kind = random.random()
        length = random.choice((0, 1, 2, 3, 4, 5, 8, 12, 40))
        if kind < 0.55:
            name = random.choice(list(DECODERS))
            source = BYTES[name.removesuffix("-le").removesuffix("-be")]
            data = [random.choice(source) for _ in range(length)]
            queries.append(("decode", name, random.choice(POLICIES), random.randrange(2), data))
        elif kind < 0.9:
            codes = random.choice((CODES, CODES[:12], CODES[8:20]))
            data = [random.choice(codes) for _ in range(length)]
            policy = random.choice(POLICIES + ["xmlcharrefreplace", "namereplace"])
            queries.append(("encode", random.choice(list(ENCODERS)), policy, 1, data))
        else:
            data = [random.choice(b"\\\\\\x0417afAn\n'\"q\x80\t") for _ in range(length)]
            policy = random.choice(("strict", "ignore", "replace", "custom"))
            queries.append((random.choice(("unescape", "escape")), "-", policy, 1, data))
    lines = "".join("%s %s %s %d%s\n" % (*query[:4], "".join(" %X" % item for item in query[4])) for query in queries)
    out = subprocess.run([sys.argv[1], "run"], input=lines.encode(), stdout=subprocess.PIPE, check=True).stdout.decode()
    bad = 0
    for query, got in zip(queries, out.split("\n")):
        want = expected(query)
        if want.startswith("E escape") and got.startswith("E escape"):
            continue
        if want != got:
            bad += 1
            if bad < 20:
                print(query[:4], " ".join("%X" % item for item in query[4]), "\n  got  %s\n  want %s" % (got, want))
    print("%d differences in %d" % (bad, count))
    sys.exit(bad != 0)


if __name__ == "__main__":
    main()
