# A regular-expression tokenizer and several awkward patterns: backtracking, look-around, back references, Unicode.
import re
import sys

TOKENS = re.compile(r"""
    (?P<number>\d+(?:\.\d*)?(?:[eE][+-]?\d+)?) |
    (?P<name>[A-Za-z_]\w*) |
    (?P<string>"(?:\\.|[^"\\])*") |
    (?P<operator>\*\*|<=|>=|==|!=|[-+*/%<>=(){}\[\],.:;]) |
    (?P<comment>\#[^\n]*) |
    (?P<space>\s+)
""", re.VERBOSE)
SOURCE = '''def area(width, height):  # compute
    total = width * height + 3.14e2 ** 2
    if total >= 100 and name != "a \\" quoted text":
        return {"k": [1, 2, 3], "z": total / 2.5}
    return -total
'''


def main(n):
    counts = {}
    text = SOURCE * n
    for m in TOKENS.finditer(text):
        kind = m.lastgroup
        counts[kind] = counts.get(kind, 0) + 1
    print(sorted(counts.items()))
    words = re.findall(r"[a-z]+", text)
    print(len(words), len(re.findall(r"\b(\w)\w*\1\b", text)), len(re.findall(r"(?<=return )[-{]", text)),
          len(re.findall(r"\w+(?=\()", text)))
    print(len(re.findall(r"(?:a|e|i)+[b-z]*?t", text)), bool(re.match(r"(a+)+$", "a" * 18 + "b")),
          bool(re.fullmatch(r"(x+x+)+y", "x" * 14 + "y")))
    print(re.sub(r"(\w+) \* (\w+)", r"\2 * \1", SOURCE).splitlines()[1],
          re.sub(r"\d+", lambda m: str(int(m.group()) * 2), "a1b22c333"))
    accents = "Ünïcödé wörds ärè fine " * n
    print(len(re.findall(r"\w+", accents)), len(re.findall(r"(?i)Ö", accents)), len(re.findall(r"[à-ü]", accents)))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 4500)
