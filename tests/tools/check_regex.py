#!/usr/bin/env python3.11
# SPDX-License-Identifier: MIT
"""usage: check_regex.py TEXT_REGEX_REGEX_TEST [COUNT [SEED]] -- compares our regex engine with this Python's (3.11).

The patterns of CPython's test.re_tests and random ones are compiled by re._compiler; both engines run the code words.
"""

import random
import re
import re._compiler
import re._parser
import signal
import subprocess
import sys
import warnings

warnings.simplefilter("ignore")


class Slow(Exception):
    pass


def on_alarm(*_):
    raise Slow


signal.signal(signal.SIGALRM, on_alarm)


def spans(match):
    if match is None:
        return ""
    parts = ["%d-%d" % match.span()]
    for group in range(1, match.re.groups + 1):
        start, end = match.span(group)
        parts.append("none" if start < 0 else "%d-%d" % (start, end))
    return " ".join(parts) + " last %d;" % (match.lastindex or -1)


def expected(pattern, mode, text, start, end):
    signal.setitimer(signal.ITIMER_REAL, 2)
    try:
        if mode == "a":
            return "".join(spans(match) for match in pattern.finditer(text, start, end))
        function = {"m": pattern.match, "f": pattern.fullmatch, "s": pattern.search}[mode]
        return spans(function(text, start, end))
    except Slow:
        return None
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


class Queries:
    def __init__(self):
        self.lines, self.wanted = [], []

    def pattern(self, source, flags):
        """False if it is no pattern."""
        try:
            parsed = re._parser.parse(source, flags)
            code = re._compiler._code(parsed, flags)
            self.compiled = re.compile(source, flags)
        except (re.error, OverflowError, RecursionError, ValueError):
            return False
        self.lines.append("p %d %s" % (parsed.state.groups - 1, " ".join(map(str, map(int, code)))))
        return True

    def text(self, text):
        codes = text if isinstance(text, bytes) else list(map(ord, text))
        most = max(codes, default=0)
        self.current = text
        self.lines.append("t %d%s" % (1 if most < 256 else 2 if most < 65536 else 4,
                                      "".join(" %d" % code for code in codes)))

    def run(self, mode, start=0, end=None):
        end = len(self.current) if end is None else end
        want = expected(self.compiled, mode, self.current, start, end)
        if want is None:
            return
        self.lines.append("%s %d %d" % (mode, start, end))
        self.wanted.append((self.compiled, self.current, mode, start, end, want))


def add_re_tests(queries):
    try:
        from test.re_tests import tests
    except ImportError:
        return
    for pattern, text, *_ in tests:
        for flags in (0, re.I, re.A, re.S | re.M, re.L):
            as_bytes = flags == re.L
            try:
                source, subject = (pattern.encode("latin-1"), text.encode("latin-1")) if as_bytes else (pattern, text)
            except UnicodeEncodeError:
                continue
            if queries.pattern(source, flags):
                queries.text(subject)
                for mode in "mfsa":
                    queries.run(mode)


ATOMS = ["a", "b", "c", "ab", ".", "\\w", "\\d", "\\s", "\\b", "\\B", "^", "$", "\\A", "\\Z", "[ab]", "[^a]",
         "[a-c\\d]", "x", "abc", "\\W", "[\\w-]", "\u00e9", "\u0416", "[\u0430-\u044f]", "[\u0416x\U0001f600]",
         "\U0001f600", "\n", "[^\\W\\d]", "[\u00df\u017f]", "K", "aB"]
QUANTIFIERS = ["*", "+", "?", "*?", "+?", "??", "{2}", "{1,2}", "{0,2}?", "{2,}", "*+", "++", "?+", "{1,2}+", "{,3}"]


def random_pattern(depth, groups):
    parts = []
    for _ in range(random.choice((1, 1, 2, 2, 3))):
        kind = random.random()
        if depth == 0 or kind < 0.5:
            part = random.choice(ATOMS)
            atomic = len(part) == 1 or part.startswith(("[", "\\"))
        else:
            inner = random_pattern(depth - 1, groups)
            form = random.choice(("(?:%s)", "(%s)", "(%s)", "(?=%s)", "(?!%s)", "(?<=%s)", "(?<!%s)", "(?>%s)",
                                  "%s|%s", "(?i:%s)", "(?(%d)%s|%s)", "(?(%d)%s)"))
            if form == "(%s)":
                groups.append(0)
            if form == "%s|%s":
                part = "(?:%s|%s)" % (inner, random_pattern(depth - 1, groups))
            elif form.startswith("(?("):
                number = random.randint(1, len(groups)) if groups else 0
                if not number:
                    part = "(?:%s)" % inner
                elif form.count("%s") == 2:
                    part = form % (number, inner, random_pattern(0, groups))
                else:
                    part = form % (number, inner)
            else:
                part = form % inner
            atomic = True
        if random.random() < 0.4:
            part = (part if atomic else "(?:%s)" % part) + random.choice(QUANTIFIERS)
        elif groups and random.random() < 0.1:
            part += "\\%d" % random.randint(1, len(groups))
        parts.append(part)
    return "".join(parts)


LETTERS = ["aaab", "abc", "abcx1 \n", "ab\u00e9\u00c9\u0416\u0436", "a\U0001f600bk\u212a\u00df\u017fs", "AbBaX_"]


def add_random(queries, count):
    while count > 0:
        flags = random.choice((0, 0, 0, re.I, re.A, re.M, re.S, re.I | re.A, re.X))
        source = random_pattern(random.choice((1, 2, 2, 3)), [])
        as_bytes = random.random() < 0.15
        if as_bytes:
            try:
                source = source.encode("latin-1")
            except UnicodeEncodeError:
                continue
            flags &= ~re.A
            flags |= random.choice((0, re.L))
        if not queries.pattern(source, flags):
            continue
        for _ in range(3):
            letters = random.choice(LETTERS)
            text = "".join(random.choice(letters) for _ in range(random.randint(0, 14)))
            queries.text(text.encode("latin-1", "replace") if as_bytes else text)
            for mode in "mfsa":
                queries.run(mode)
            if text:
                start = random.randint(0, len(text))
                queries.run(random.choice("mfsa"), start, random.randint(start, len(text)))
            count -= 1


def add_damaged(queries, count):
    """Code words with random damage: whatever comes out, the engine must not crash. Nothing is compared."""
    lines = []
    originals = [line for line in queries.lines if line.startswith("p ")]
    for _ in range(count):
        words = random.choice(originals).split()
        for _ in range(random.choice((1, 1, 2, 3))):
            place = random.randrange(1, len(words))
            words[place] = str(random.choice((0, 1, 2, 3, 7, 14, 16, 24, 27, 100, 4294967295, random.randrange(44))))
        if int(words[1]) > 1000:
            continue
        lines += [" ".join(words), "t 2 97 98 99 97 1046 97", "a 0 6", "f 0 6"]
    return lines


def main():
    random.seed(int(sys.argv[3]) if len(sys.argv) > 3 else 11)
    queries = Queries()
    add_re_tests(queries)
    add_random(queries, int(sys.argv[2]) if len(sys.argv) > 2 else 6000)
    data = "\n".join(queries.lines) + "\n"
    out = subprocess.run([sys.argv[1], "run"], input=data.encode(), stdout=subprocess.PIPE, check=True).stdout.decode()
    got = out.split("\n")[:-1]
    bad = 0
    for (pattern, text, mode, start, end, want), line in zip(queries.wanted, got):
        if line != want:
            bad += 1
            if bad < 15:
                print("%r %r %s %d %d\n  got  %s\n  want %s" % (pattern, text, mode, start, end, line, want))
    if len(got) != len(queries.wanted):
        print("%d answers to %d queries" % (len(got), len(queries.wanted)), "invalid" in got)
        bad += 1
    damaged = "\n".join(add_damaged(queries, 20000)) + "\n"
    subprocess.run([sys.argv[1], "run"], input=damaged.encode(), stdout=subprocess.DEVNULL, check=True, timeout=300)
    print("%d differences in %d" % (bad, len(queries.wanted)))
    sys.exit(bad != 0)


if __name__ == "__main__":
    main()
