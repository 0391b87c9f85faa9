#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes the packed Unicode tables that src/text/unicode*.cpp compile in.

usage: generate_unicode.py [--source /usr/share/unicode] [--version 14.0] OUTPUT_DIRECTORY

Reads the Unicode Character Database of Debian's package unicode-data and leaves out what DerivedAge.txt says is newer
than --version. Standard library only; the output depends on the input alone.
"""

import argparse
import bz2
import os
import re
import sys

LIMIT = 0x110000
CATEGORIES = ("Cn Lu Ll Lt Mn Mc Me Nd Nl No Zs Zl Zp Cc Cf Cs Co Lm Lo Pc Pd Ps Pe Pi Pf Po Sm Sc Sk So").split()
BIDIRECTIONALS = ("", *"L LRE LRO R AL RLE RLO PDF EN ES ET AN CS NSM BN B S WS ON LRI RLI FSI PDI".split())
WIDTHS = "F H W Na A N".split()
FORMS = ("NFD_QC", "NFKD_QC", "NFC_QC", "NFKC_QC")

# What Unicode 15.0 says of older characters, and no file dates.
LATER_LOWERCASE = {0x10FC, 0xA7F2, 0xA7F3, 0xA7F4, 0xAB69}
LATER_ALIASES = ("EM", "ARABIC SMALL HIGH LIGATURE ALEF WITH YEH BARREE", "SUNDANESE LETTER ARCHAIC I")

FLAGS = """alpha lower upper title linebreak space xid_start xid_continue printable case_ignorable cased mirrored
decimal digit numeric special_case""".split()
FLAG = {name: 1 << number for number, name in enumerate(FLAGS)}


class Database:
    """The files, parsed; every list is indexed by code point."""

    def __init__(self, folder, version):
        self.folder = folder
        self.version = tuple(map(int, version.split(".")))
        age = self.ranges("DerivedAge.txt")
        self.age = [None] * LIMIT
        for first, last, fields in age:
            number = tuple(map(int, fields[0].split(".")))
            for code in range(first, last + 1):
                self.age[code] = number
        self.known = [number is not None and number <= self.version for number in self.age]
        self.read_unicode_data()
        self.width = ["F" if category == "Cn" else "N" for category in self.category]
        for first, last, fields in self.ranges("EastAsianWidth.txt"):
            for code in range(first, last + 1):
                if self.known[code] and self.category[code] != "Cn":
                    self.width[code] = fields[0]
        self.read_properties()
        self.read_case()
        self.read_names()

    def lines(self, name):
        path = os.path.join(self.folder, name)
        data = open(path, "rb").read() if os.path.exists(path) else bz2.open(path + ".bz2").read()
        for line in data.decode("utf-8").splitlines():
            line = line.partition("#")[0].strip()
            if line:
                yield [field.strip() for field in line.split(";")]

    def ranges(self, name):
        for fields in self.lines(name):
            first, _, last = fields[0].partition("..")
            yield int(first, 16), int(last or first, 16), fields[1:]

    def read_unicode_data(self):
        self.category = ["Cn"] * LIMIT
        self.bidirectional = [""] * LIMIT
        self.combining = [0] * LIMIT
        self.mirrored = [False] * LIMIT
        self.decomposition = {}
        self.decimal, self.digit, self.numeric = {}, {}, {}
        self.simple = {}
        self.name = {}
        self.ideographs = []
        start = None
        for fields in self.lines("UnicodeData.txt"):
            code = int(fields[0], 16)
            label = fields[1]
            if label.endswith(", First>"):
                start = code
                continue
            first = start if label.endswith(", Last>") else code
            start = None
            if label.startswith("<CJK Ideograph"):
                known = [point for point in range(first, code + 1) if self.known[point]]
                if known:
                    self.ideographs.append((known[0], known[-1]))
            for point in range(first, code + 1):
                if self.known[point]:
                    self.add_point(point, fields)
        self.read_unihan()

    def add_point(self, point, fields):
        self.category[point] = fields[2]
        self.combining[point] = int(fields[3])
        self.bidirectional[point] = fields[4]
        if fields[5]:
            self.decomposition[point] = fields[5]
        if fields[6]:
            self.decimal[point] = int(fields[6])
        if fields[7]:
            self.digit[point] = int(fields[7])
        if fields[8]:
            self.numeric[point] = fields[8]
        self.mirrored[point] = fields[9] == "Y"
        if fields[12] or fields[13] or fields[14]:
            self.simple[point] = tuple(int(field, 16) if field else point for field in fields[12:15])
            if not fields[14]:
                self.simple[point] = self.simple[point][:2] + (self.simple[point][0],)
        if not fields[1].startswith("<"):
            self.name[point] = fields[1]

    def read_unihan(self):
        path = os.path.join(self.folder, "Unihan_NumericValues.txt")
        opened = open(path, "rb").read() if os.path.exists(path) else bz2.open(path + ".bz2").read()
        for line in opened.decode("utf-8").splitlines():
            if line.startswith("U+"):
                code, tag, value = line.split("\t")[:3]
                code = int(code[2:], 16)
                if self.known[code] and tag in ("kAccountingNumeric", "kOtherNumeric", "kPrimaryNumeric"):
                    self.numeric[code] = value.split()[0]

    def read_properties(self):
        self.property = {}
        for name in ("DerivedCoreProperties.txt", "PropList.txt"):
            for first, last, fields in self.ranges(name):
                self.property.setdefault(fields[0], set()).update(range(first, last + 1))
        if self.version < (15, 0):
            for name in ("Lowercase", "Cased"):
                self.property[name] -= LATER_LOWERCASE
        self.linebreak = set()
        for first, last, fields in self.ranges("LineBreak.txt"):
            if fields[0] in ("BK", "CR", "LF", "NL"):
                self.linebreak.update(range(first, last + 1))
        self.quick_check = [0] * LIMIT
        self.excluded = set()
        for first, last, fields in self.ranges("DerivedNormalizationProps.txt"):
            if fields[0] in FORMS:
                value = {"N": 1, "M": 2}[fields[1]]
                for code in range(first, last + 1):
                    if self.known[code]:
                        self.quick_check[code] |= value << (2 * FORMS.index(fields[0]))
            elif fields[0] == "Full_Composition_Exclusion":
                self.excluded.update(range(first, last + 1))

    def read_case(self):
        def points(text):
            return tuple(int(item, 16) for item in text.split())

        self.special, self.fold = {}, {}
        for fields in self.lines("SpecialCasing.txt"):
            if len(fields) <= 5 or not fields[4]:  # no condition
                lower, title, upper = map(points, fields[1:4])
                self.special[int(fields[0], 16)] = (upper, lower, title)
        for fields in self.lines("CaseFolding.txt"):
            if fields[1] in "CF" and self.known[int(fields[0], 16)]:
                self.fold[int(fields[0], 16)] = points(fields[2])

    def read_names(self):
        self.aliases, self.sequences = [], []
        for fields in self.lines("NameAliases.txt"):
            if self.known[int(fields[0], 16)] and (self.version >= (15, 0) or fields[1] not in LATER_ALIASES):
                self.aliases.append((fields[1], int(fields[0], 16)))
        for fields in self.lines("NamedSequences.txt"):
            points = tuple(int(item, 16) for item in fields[1].split())
            if all(self.known[point] for point in points):
                self.sequences.append((fields[0], points))
        self.jamo = {}
        for fields in self.lines("Jamo.txt"):
            self.jamo[int(fields[0], 16)] = fields[1]


def number_of(text):
    numerator, _, denominator = text.partition("/")
    return int(numerator) / int(denominator or 1)


def build_records(db):
    """Returns (records, cases, specials, numerics, record number of every code point)."""
    numerics = sorted({number_of(text) for text in db.numeric.values()})
    numeric_number = {value: number + 1 for number, value in enumerate(numerics)}
    cases, specials, special_at = {(0, 0, 0, 0, 0): 0}, [], {}
    records, number_at = {}, [0] * LIMIT
    records[(0, 0, 0, 0, 0, 0, 0, 0)] = 0
    property_ = db.property
    for code in range(LIMIT):
        category = db.category[code]
        if category == "Cn":
            continue
        flags = 0
        bidirectional = db.bidirectional[code]
        for name, test in (
            ("alpha", category in ("Lm", "Lt", "Lu", "Ll", "Lo")),
            ("lower", code in property_["Lowercase"]),
            ("upper", code in property_["Uppercase"]),
            ("title", category == "Lt"),
            ("linebreak", bidirectional == "B" or code in db.linebreak),
            ("space", category == "Zs" or bidirectional in ("WS", "B", "S")),
            ("xid_start", code in property_["XID_Start"]),
            ("xid_continue", code in property_["XID_Continue"]),
            ("printable", code == 0x20 or category[0] not in "CZ"),
            ("case_ignorable", code in property_["Case_Ignorable"]),
            ("cased", code in property_["Cased"]),
            ("mirrored", db.mirrored[code]),
            ("decimal", code in db.decimal),
            ("digit", code in db.digit),
            ("numeric", code in db.numeric),
        ):
            if test:
                flags |= FLAG[name]
        upper, lower, title = db.simple.get(code, (code, code, code))
        full = db.special.get(code, ((upper,), (lower,), (title,)))
        fold = db.fold.get(code, (code,))
        special = 0
        if full != ((upper,), (lower,), (title,)) or len(fold) > 1:
            flags |= FLAG["special_case"]
            key = full + (fold,)
            if key not in special_at:
                special_at[key] = len(specials)
                specials.append(sum(len(part) << (2 * index) for index, part in enumerate(key)))
                for part in key:
                    specials.extend(part)
            special = special_at[key]
        fold_delta = fold[0] - code if len(fold) == 1 else 0
        case = (upper - code, lower - code, title - code, fold_delta, special)
        case_number = cases.setdefault(case, len(cases))
        numeric = numeric_number[number_of(db.numeric[code])] if code in db.numeric else 0
        record = (
            CATEGORIES.index(category),
            BIDIRECTIONALS.index(bidirectional),
            db.combining[code],
            WIDTHS.index(db.width[code]),
            flags,
            db.quick_check[code],
            numeric,
            case_number,
        )
        number_at[code] = records.setdefault(record, len(records))
    return list(records), list(cases), specials, numerics, number_at


def two_stages(values, shift=7):
    """Block numbers and the concatenated different blocks."""
    block = 1 << shift
    blocks, index = {}, []
    for start in range(0, len(values), block):
        index.append(blocks.setdefault(tuple(values[start : start + block]), len(blocks)))
    return index, [value for part in blocks for value in part]


def utf16(points):
    units = []
    for point in points:
        if point > 0xFFFF:
            units += [0xD800 + ((point - 0x10000) >> 10), 0xDC00 + (point & 0x3FF)]
        else:
            units.append(point)
    return units


def build_decompositions(db):
    """Returns (tags, pool, pool offset of every code point, (first, second, composed) sorted)."""
    tags, pool, offsets, offset_at, pairs = {"": 0}, [0], {}, [0] * LIMIT, []
    for code, text in sorted(db.decomposition.items()):
        parts = text.split()
        tag = parts.pop(0) if parts[0].startswith("<") else ""
        points = tuple(int(part, 16) for part in parts)
        key = tags.setdefault(tag, len(tags)), points
        if key not in offsets:
            offsets[key] = len(pool)
            units = utf16(points)
            pool += [key[0] << 8 | len(units), *units]
        offset_at[code] = offsets[key]
        if not tag and len(points) == 2 and code not in db.excluded:
            pairs.append((*points, code))
    return list(tags), pool, offset_at, sorted(pairs)


def old_ranges(db, version=(3, 2)):
    """Starts of alternating runs: unassigned in that version, assigned, unassigned, ..."""
    starts, state = [], False
    for code in range(LIMIT):
        old = db.age[code] is not None and db.age[code] <= version and db.category[code] != "Cn"
        if old != state:
            starts.append(code)
            state = old
    return starts


def old_decompositions(db, version=(3, 2)):
    """(code point, its single decomposition) where a later corrigendum changed it."""
    found = []
    for fields in db.lines("NormalizationCorrections.txt"):
        if tuple(map(int, fields[3].split(".")))[:2] > version:
            found.append((int(fields[0], 16), int(fields[1], 16)))
    return sorted(found)


HEX = "\1"  # stands for the code point in hexadecimal at the end of a name
BLOCK = 16  # names, and words, per block of front coding


def tokens_of(name, code):
    """Words; one that starts with '-' or ' ' follows its predecessor without a space."""
    suffix = "-%04X" % code if code is not None else None
    if suffix and name.endswith(suffix):
        return tokens_of(name[: -len(suffix)], None) + ["-" + HEX]
    tokens = []
    for word in name.split(" "):
        parts = re.findall(r"^-[^-]*|-?[^-]+|-$", word)
        assert "".join(parts) == word, name
        if parts[0].startswith("-"):
            parts[0] = " " + parts[0]
        tokens += parts
    return tokens


def front_coded(words):
    """Blocks of BLOCK sorted words: shared length and rest length in a byte each but for the first, then the rest."""
    data, starts, previous = bytearray(), [], b""
    for number, word in enumerate(words):
        word = word.encode("ascii")
        shared = 0
        if number % BLOCK == 0:
            starts.append(len(data))
        else:
            while shared < min(len(word), len(previous), 15) and word[shared] == previous[shared]:
                shared += 1
        rest = word[shared:]
        assert len(rest) <= 255
        if len(rest) < 15:
            data.append(shared << 4 | len(rest))
        else:
            data += bytes((shared << 4 | 15, len(rest)))
        data += rest
        previous = word
    return bytes(data), starts


def build_names(db):
    """Entries: named code points in order, aliases, named sequences. Returns a dictionary of tables."""
    ranges, entries = [], []
    for code, name in sorted(db.name.items()):
        if not ranges or ranges[-1][1] + 1 != code:
            ranges.append([code, code, len(entries)])
        ranges[-1][1] = code
        entries.append((name, tokens_of(name, code)))
    characters = len(entries)
    aliases = sorted(db.aliases)
    sequences = sorted(db.sequences)
    entries += [(name, tokens_of(name, None)) for name, _ in aliases]
    entries += [(name, tokens_of(name, None)) for name, _ in sequences]
    count = {}
    previous = []
    for number, (_, tokens) in enumerate(entries):
        shared = shared_tokens(previous, tokens) if number % BLOCK else 0
        for token in tokens[shared:]:
            count[token] = count.get(token, 0) + 1
        previous = tokens
    ranked = sorted(count, key=lambda word: (-count[word], word))
    short = 256 - (len(ranked) + 255) // 256
    words = sorted(ranked[:short]) + sorted(ranked[short:])
    word_number = {word: number for number, word in enumerate(words)}
    data, starts, previous = bytearray(), [], []
    for number, (_, tokens) in enumerate(entries):
        shared = 0
        if number % BLOCK == 0:
            starts.append(len(data))
        else:
            shared = shared_tokens(previous, tokens)
        fresh = [word_number[token] for token in tokens[shared:]]
        assert len(fresh) <= 15
        data.append(shared << 4 | len(fresh))
        for word in fresh:
            data += bytes((word,)) if word < short else bytes((short + ((word - short) >> 8), (word - short) & 255))
        previous = tokens
    word_data, word_starts = front_coded(words)
    order = sorted(range(len(entries)), key=lambda number: entries[number][0].encode("ascii"))
    pool, at = [], []
    for _, points in sequences:
        at.append(len(pool))
        pool += [len(points), *points]
    return {
        "ranges": ranges, "characters": characters, "aliases": [code for _, code in aliases],
        "sequences": at, "sequence_pool": pool, "short": short, "data": bytes(data), "starts": starts,
        "word_data": word_data, "word_starts": word_starts, "order": order, "total": len(entries),
        "longest": max(len(name) for name, _ in entries), "words": len(words),
        "most_tokens": max(len(tokens) for _, tokens in entries),
    }


def shared_tokens(left, right):
    shared = 0
    while shared < min(len(left), len(right), 15) and left[shared] == right[shared]:
        shared += 1
    if len(right) - shared > 15:
        raise SystemExit("a name has too many words: " + " ".join(right))
    return shared


class Writer:
    """Collects C++ array definitions and counts their bytes."""

    def __init__(self):
        self.parts = ["// Written by tools/generate_unicode.py; do not edit.\n"]
        self.size = 0

    def array(self, name, values, size):
        kind = {1: "uint8_t", 2: "uint16_t", 4: "uint32_t"}[size]
        self.size += size * len(values)
        assert min(values) >= 0 and max(values) < 1 << (8 * size), name
        self.table(kind, name, [str(value) for value in values])

    def table(self, kind, name, items):
        lines, line = [], " "
        for item in items:
            if len(line) + len(item) > 116:
                lines.append(line)
                line = " "
            line += " " + item + ","
        lines.append(line)
        self.parts.append("const %s %s[] = {\n%s\n};\n" % (kind, name, "\n".join(lines)))

    def constant(self, name, value):
        self.parts.append("constexpr uint32_t %s = %d;\n" % (name, value))

    def save(self, path):
        text = "\n".join(self.parts)
        with open(path, "w", encoding="ascii") as file:
            file.write(text)


def write_properties(db, folder):
    out = Writer()
    for name, bit in FLAG.items():
        camel = "".join(part.capitalize() for part in name.split("_"))
        out.parts.append("static_assert(k%s == %d);" % (camel, bit))
    for number, name in enumerate(CATEGORIES):
        out.parts.append("static_assert(static_cast<int>(Category::%s) == %d);" % (name, number))
    out.table("char* const", "kCategoryNames", ['"%s"' % name for name in CATEGORIES])
    out.table("char* const", "kBidirectionalNames", ['"%s"' % name for name in BIDIRECTIONALS])
    out.table("char* const", "kWidthNames", ['"%s"' % name for name in WIDTHS])
    records, cases, specials, numerics, number_at = build_records(db)
    index, data = two_stages(number_at)
    out.array("kRecordIndex", index, 2)
    out.array("kRecordNumber", data, 2)
    out.table("Record", "kRecords", ["{%s}" % ",".join(map(str, record)) for record in records])
    out.size += 12 * len(records)
    out.table("CaseRecord", "kCaseRecords", ["{%s}" % ",".join(map(str, case)) for case in cases])
    out.size += 20 * len(cases)
    out.array("kSpecialCases", specials, 2)
    out.table("double", "kNumericValues", [repr(value) for value in [0.0] + numerics])
    out.size += 8 * len(numerics)
    latin = [records[number_at[code]][4] for code in range(256)]
    out.array("kLatin1Flags", latin, 2)
    out.array("kOldRangeStarts", old_ranges(db), 4)
    tags, pool, offset_at, pairs = build_decompositions(db)
    index, data = two_stages(offset_at)
    out.array("kDecompositionIndex", index, 1 if max(index) < 256 else 2)
    out.array("kDecompositionOffset", data, 2)
    out.array("kDecompositionPool", pool, 2)
    out.table("char* const", "kDecompositionTags", ['"%s"' % tag for tag in tags])
    out.table("CompositionPair", "kCompositionPairs", ["{%d,%d,%d}" % pair for pair in pairs])
    out.size += 12 * len(pairs)
    out.table("OldDecomposition", "kOldDecompositions", ["{%d,%d}" % pair for pair in old_decompositions(db)])
    out.save(os.path.join(folder, "unicode_tables.inc"))
    return out.size


def write_names(db, folder):
    out = Writer()
    names = build_names(db)
    out.constant("kNamedCharacters", names["characters"])
    out.constant("kNamedAliases", len(names["aliases"]))
    out.constant("kNamedTotal", names["total"])
    out.constant("kShortWords", names["short"])
    out.constant("kLongestName", names["longest"])
    out.constant("kMostTokens", names["most_tokens"])
    out.table("NameRange", "kNameRanges", ["{%d,%d,%d}" % tuple(item) for item in names["ranges"]])
    out.size += 12 * len(names["ranges"])
    out.array("kNameData", names["data"], 1)
    out.array("kNameStarts", names["starts"], 4)
    out.array("kWordData", names["word_data"], 1)
    out.array("kWordStarts", names["word_starts"], 4)
    out.array("kNameOrder", names["order"], 2)
    out.array("kAliasCodes", names["aliases"], 4)
    out.array("kSequenceAt", names["sequences"], 2)
    out.array("kSequencePool", names["sequence_pool"], 4)
    out.table("CodeRange", "kIdeographRanges", ["{%d,%d}" % pair for pair in sorted(db.ideographs)])
    jamo = [db.jamo[code] for code in sorted(db.jamo) if 0x1100 <= code]
    leading = [db.jamo[0x1100 + number] for number in range(19)]
    vowels = [db.jamo[0x1161 + number] for number in range(21)]
    trailing = [""] + [db.jamo[0x11A8 + number] for number in range(27)]
    assert len(jamo) == 67
    for name, values in (("kJamoLeading", leading), ("kJamoVowels", vowels), ("kJamoTrailing", trailing)):
        out.table("char* const", name, ['"%s"' % value for value in values])
    out.save(os.path.join(folder, "unicode_names.inc"))
    return out.size


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--source", default="/usr/share/unicode")
    parser.add_argument("--version", default="14.0")
    parser.add_argument("output")
    options = parser.parse_args()
    os.makedirs(options.output, exist_ok=True)
    db = Database(options.source, options.version)
    size = write_properties(db, options.output), write_names(db, options.output)
    print("Unicode %s: %d bytes of properties, %d bytes of names" % (options.version, *size))
    if sum(size) > 500_000:
        sys.exit("generate_unicode.py: the tables are over their budget of 500,000 bytes")


if __name__ == "__main__":
    main()
