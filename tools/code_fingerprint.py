#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""A number that changes with everything that decides what bytecode is and means: cached code of another build must
never be loaded. usage: code_fingerprint.py OUTPUT SOURCE..."""
import hashlib
import pathlib
import sys


def main():
    output, *sources = map(pathlib.Path, sys.argv[1:])
    digest = hashlib.sha256()
    for source in sorted(sources):
        digest.update(source.name.encode() + b"\0" + source.read_bytes() + b"\0")
    number = int.from_bytes(digest.digest()[:4], "little")
    text = f"#include <cstdint>\nconstexpr uint32_t kCodeFingerprint = 0x{number:08x};\n"
    output.parent.mkdir(parents=True, exist_ok=True)
    output.write_text(text)


if __name__ == "__main__":
    main()
