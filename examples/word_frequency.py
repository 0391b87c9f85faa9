"""Counts words in files or in standard input: word_frequency.py [-n N] [--min LENGTH] [FILE...]"""
import argparse
import collections
import fileinput
import io
import re
import sys

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
SAMPLE = """Call me Ishmael. Some years ago—never mind how long precisely—having little or no money in my purse, and nothing
particular to interest me on shore, I thought I would sail about a little and see the watery part of the world. It is a
way I have of driving off the spleen and regulating the circulation. Whenever I find myself growing grim about the mouth;
whenever it is a damp, drizzly November in my soul; it's then, I account it high time to get to sea as soon as I can."""


def words(lines, shortest):
    for line in lines:
        for word in WORD.findall(line.casefold()):
            if len(word) >= shortest:
                yield word


def report(lines, count, shortest, out):
    frequencies = collections.Counter(words(lines, shortest))
    total = sum(frequencies.values())
    ordered = sorted(frequencies.items(), key=lambda item: (-item[1], item[0]))[:count]
    width = max((len(word) for word, _ in ordered), default=0)
    for word, n in ordered:
        print(f"{word:<{width}} {n:>5} {n / total:>7.2%} {'#' * n}", file=out)
    print(f"{total} words, {len(frequencies)} different, {sum(n == 1 for n in frequencies.values())} once", file=out)
    lengths = collections.Counter(map(len, frequencies))
    print(" ".join(f"{length}:{n}" for length, n in sorted(lengths.items())), file=out)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*")
    parser.add_argument("-n", type=int, default=10)
    parser.add_argument("--min", type=int, default=1)
    parser.add_argument("--demo", action="store_true")
    options = parser.parse_args()
    if options.demo:
        report(io.StringIO(SAMPLE), 8, 1, sys.stdout)
        report(io.StringIO(SAMPLE), 5, 6, sys.stdout)
    else:
        report(fileinput.input(options.files, encoding="utf-8"), options.n, options.min, sys.stdout)


if __name__ == "__main__":
    main()
