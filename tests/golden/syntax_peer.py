# SPDX-License-Identifier: MIT
"""Both sides of a comparison of front ends: `syntax_tool batch`, and what this Python (3.11) says itself.

Answers are lists of lines: a dump, "ok", or one line with class, message and place of the error, fields split by tabs.
"""
import ast
import re
import subprocess
import sys
import warnings

MODES = {"exec": "exec", "eval": "eval", "single": "single", "func_type": "func_type"}
PyCF_DONT_IMPLY_DEDENT, PyCF_ALLOW_INCOMPLETE_INPUT, BARRY = 0x200, 0x4000, 0x400000


class Tool:
    def __init__(self, path):
        self.path = path
        self.process = None

    def ask(self, source, mode="exec", flags="-"):
        if self.process is None:
            self.process = subprocess.Popen([self.path, "batch"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        if isinstance(source, str):
            source = source.encode("utf-8", "surrogatepass")
        self.process.stdin.write(f"{mode} {flags} {len(source)}\n".encode() + source)
        self.process.stdin.flush()
        lines = []
        while True:
            line = self.process.stdout.readline()
            if not line:
                status = self.process.wait()
                self.process = None
                return [*lines, f"CRASH {status}"]
            line = line.decode("utf-8", "surrogatepass")
            if line == ".\n":
                return lines
            lines.append(line.rstrip("\n"))


def quoted(text):
    out = []
    for c in text:
        if c in '"\\':
            out.append("\\" + c)
        elif ord(c) < 0x20:
            out.append("\\u%04x" % ord(c))
        else:
            out.append(c)
    return '"' + "".join(out) + '"'


def error_line(error):
    if not isinstance(error, SyntaxError):
        return f"{type(error).__name__}\t{quoted(str(error))}"
    fields = [error.lineno, error.offset, error.end_lineno, error.end_offset]
    text = "None" if error.text is None else quoted(error.text)
    return "\t".join([type(error).__name__, quoted(error.msg), *map(str, fields), text])


def oracle(source, mode="exec", flags="-"):
    bits = ast.PyCF_ONLY_AST
    if "i" in flags:
        bits |= PyCF_ALLOW_INCOMPLETE_INPUT
    if "D" in flags:
        bits |= PyCF_DONT_IMPLY_DEDENT
    if "t" in flags:
        bits |= ast.PyCF_TYPE_COMMENTS
    if "f" in flags:
        bits |= BARRY
    version = int(re.search(r"v(\d+)", flags)[1]) if "v" in flags else -1
    lines = []
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            tree = compile(source, "<string>", mode, bits, dont_inherit=True, _feature_version=version)
        except UnicodeEncodeError:
            raise  # a str with surrogates is the caller's problem
        except (SyntaxError, MemoryError, ValueError, RecursionError, OverflowError) as error:
            result = error_line(error)
        else:
            result = ast.dump(tree, include_attributes=True) if "d" in flags else "ok"
    if "w" in flags:
        lines = [f"{w.category.__name__}\t{w.lineno}\t{quoted(str(w.message))}" for w in caught]
    return [*lines, *result.split("\n")]


def find_tool(argument=None):
    import os
    here = os.path.dirname(os.path.abspath(__file__))
    root = os.path.dirname(os.path.dirname(here))
    candidates = [argument] if argument else []
    for folder in ("build", "build/release", "build/debug", "build/sanitize"):
        candidates.append(os.path.join(root, folder, "syntax_tool"))
    for path in candidates:
        if path and os.access(path, os.X_OK):
            return path
    sys.exit("no syntax_tool: build it first")
