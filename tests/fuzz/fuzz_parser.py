# SPDX-License-Identifier: MIT
"""Fuzzes the front end against this Python (3.11): mutated pieces of the standard library, grammar soup, random bytes.

Compares trees, errors (class, message, place, text) and warnings. A difference is printed once per kind of message, with
the smallest source found by cutting; a crash of the tool is always a failure.
  python3.11 -I tests/fuzz/fuzz_parser.py [--seconds N] [--seed N] [--tool PATH] [--show N]
"""
import argparse
import ast
import glob
import io
import os
import random
import re
import sys
import sysconfig
import time
import tokenize

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "golden"))
from syntax_peer import Tool, find_tool, oracle  # noqa: E402

WORDS = """False None True and as assert async await break class continue def del elif else except finally for from global
if import in is lambda nonlocal not or pass raise return try while with yield match case _ print exec x y a b c f self
1 0 2.5 3j 0x1f 'a' "b" f'{x}' b'c' f'{x!r:>{y}}' f'{x=}' u'd' r'\\e' '''t''' ( ) [ ] { } , : . ; @ = -> := == != < > <= >=
<> + - * / // % ** << >> & | ^ ~ += -= *= **= //= ... ! ? $ ` \\ # \n \n \n""".replace("\\n", "\n").split(" ")
WORDS = [w for chunk in WORDS for w in chunk.split()] + ["\n", "\n", "\n    ", "\n  ", "\n\t", "\\\n", " ", "# c\n"]
LINES = """if x:|elif y:|else:|while x:|for x in y:|for x, y in z:|try:|except:|except E:|except E as e:|except* E:|finally:|
with a:|with a as b:|with (a as b, c as d):|def f(a, b=1, /, c=2, *args, d, e=3, **kw):|def f():|class C:|class C(B, m=1):|
async def f():|async with a:|async for x in y:|match x:|case 1:|case [a, *b]:|case {'k': v, **r}:|case C(x, y=1):|case a | b:|
case _ if x:|pass|return x|x = 1|x, *y = z|x: int = 5|x += 1|del x, y[0]|import a.b as c|from . import x|from a import (b, c)|
print(x)|print x|raise E from x|global x|assert x, y|lambda x, *y: z|[x for x in y if z]|{a: b for a, b in c}|f(x, *y, z=1, **w)|
f(x for x in y)|x[1:2, ::3]|x if y else z|not x|await x|yield x|yield from y|x = yield|(x := 1)|@dec|f'{x!r:{y}}' 'z'|a < b == c|
{1, 2}|{**a, 'b': c}|-x ** -y|x @ y|break|continue|nonlocal x|"\\z"|'''a|b'''|(|)|x = (1,|  2)|# comment|\\|x;y|return|
lambda: (yield)|def f(a, *, b): pass|def f(*, a=1, **k) -> int: ...|x.y.z = 1|(a, b) = c|[a, b] = c""".replace("\n", "").split("|")


def fragments():
    """Functions and statements of the standard library, a few lines each."""
    out = []
    for path in sorted(glob.glob(os.path.join(sysconfig.get_path("stdlib"), "**/*.py"), recursive=True)):
        try:
            text = open(path, encoding="utf-8").read()
            tree = ast.parse(text)
        except (SyntaxError, UnicodeDecodeError, ValueError):
            continue
        lines = text.split("\n")
        for node in ast.walk(tree):
            if isinstance(node, ast.stmt) and 1 <= node.end_lineno - node.lineno < 14:
                piece = lines[node.lineno - 1:node.end_lineno]
                indent = len(piece[0]) - len(piece[0].lstrip())
                out.append("\n".join(line[indent:] for line in piece) + "\n")
        if len(out) > 30000:
            break
    return out


def split(source):
    return re.findall(r"\s+|\w+|[^\w\s]", source)


def mutate(rng, source):
    parts = split(source)
    for _ in range(rng.choice((1, 1, 1, 2, 3))):
        if not parts:
            break
        i = rng.randrange(len(parts))
        action = rng.randrange(7)
        if action == 0:
            del parts[i]
        elif action == 1:
            parts.insert(i, rng.choice(WORDS))
        elif action == 2:
            parts[i] = rng.choice(WORDS)
        elif action == 3:
            j = rng.randrange(len(parts))
            parts[i], parts[j] = parts[j], parts[i]
        elif action == 4:
            parts.insert(i, parts[rng.randrange(len(parts))])
        elif action == 5:
            del parts[i:i + rng.randrange(1, 8)]
        else:
            text = parts[i]
            k = rng.randrange(len(text) + 1)
            parts[i] = text[:k] + rng.choice("\t\n ()[]{}:,.=*'\"\\#é€\x00\x0c\r_0aA@%!\u00a0\U0001d56b") + text[k:]
    return "".join(parts)


def soup(rng):
    if rng.random() < 0.5:
        return rng.choice(("", " ")).join(rng.choice(WORDS) for _ in range(rng.randrange(1, 14)))
    lines = []
    depth = 0
    for _ in range(rng.randrange(1, 8)):
        line = rng.choice(LINES)
        lines.append("  " * depth + line)
        if line.endswith(":"):
            depth += rng.random() < 0.9
        elif rng.random() < 0.4:
            depth = max(0, depth - 1)
        elif rng.random() < 0.05:
            depth += 1
    text = "\n".join(lines) + rng.choice(("", "\n"))
    return mutate(rng, text) if rng.random() < 0.5 else text


def fstring(rng):
    inner = "".join(rng.choice(["{", "}", "x", "y", "!r", ":", "=", " ", "(", ")", "'", '"', "\\n", "{{", "}}", "#", "a b",
                                "[", "]", ">", "lambda x: 1", "*a", "yield", "\\N{DIGIT ONE}", "\\N", "!", "f'{z}'", "\n", "1",
                                "é", ",", ":=", "\\x"]) for _ in range(rng.randrange(1, 9)))
    quote = rng.choice(["'", '"', "'''", '"""'])
    text = rng.choice(["", "x = ", "(", "print("]) + rng.choice(["f", "rf", "F", "f", "b", "", "u"]) + quote + inner + quote
    return text + rng.choice(["", "\n", ")", " 'tail'", " f'{q}'", "\n\n x"])


def source_of(rng, pieces):
    kind = rng.randrange(10)
    if kind < 4:
        return mutate(rng, rng.choice(pieces))
    if kind < 7:
        return soup(rng)
    if kind < 9:
        return fstring(rng)
    if rng.random() < 0.5:
        return bytes(rng.randrange(256) for _ in range(rng.randrange(1, 40)))
    return mutate(rng, rng.choice(pieces)).encode("utf-8", "replace") + bytes([rng.randrange(128, 256)])


def shrink(differs, source):
    """Cuts pieces off while the difference stays."""
    for size in (16, 8, 4, 2, 1):
        i = 0
        while i < len(source):
            shorter = source[:i] + source[i + size:]
            if shorter and differs(shorter):
                source = shorter
            else:
                i += size
    return source


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--tool")
    parser.add_argument("--show", type=int, default=20)
    options = parser.parse_args()
    seed = options.seed if options.seed is not None else int(time.time())
    rng = random.Random(seed)
    tool = Tool(find_tool(options.tool))
    pieces = fragments()
    deadline = time.time() + options.seconds
    count = 0
    seen = {}
    while time.time() < deadline:
        source = source_of(rng, pieces)
        mode, flags = rng.choice((("exec", "dw"), ("exec", "dw"), ("exec", "d"), ("eval", "d"), ("single", "d"),
                                  ("single", "di"), ("exec", "Did"), ("exec", "dt"), ("exec", "db"), ("func_type", "d")))
        if isinstance(source, bytes):
            flags += "b"
        elif "b" in flags:
            source = source.encode()

        def differs(source):
            try:
                return tool.ask(source, mode, flags) != oracle(source, mode, flags)
            except UnicodeEncodeError:
                return False

        count += 1
        if not differs(source):
            continue
        ours, theirs = tool.ask(source, mode, flags), oracle(source, mode, flags)
        key = (mode, re.sub(r"\d+", "#", ours[-1])[:40], re.sub(r"\d+", "#", theirs[-1])[:40])
        if "CRASH" in ours[-1] or key not in seen:
            seen[key] = 1
            if len(seen) <= options.show:
                source = shrink(differs, source)
                ours, theirs = tool.ask(source, mode, flags), oracle(source, mode, flags)
                print(f"{mode} {flags} {source!r}\n   ours: {' / '.join(ours)[:400]}\n   ref:  {' / '.join(theirs)[:400]}")
        else:
            seen[key] += 1
    print(f"seed {seed}: {count} sources, {sum(seen.values())} differ in {len(seen)} ways")
    return 1 if seen else 0


if __name__ == "__main__":
    sys.exit(main())
