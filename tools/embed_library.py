# SPDX-License-Identifier: MIT
# Used by the build: embed_library.py OUTPUT FILE.py...: the modules of lib/ as C++ string literals, one
# EMBEDDED_MODULE(name, source) per file. The executable carries them; importlib finds them as frozen modules.

import sys
from pathlib import Path


def literal(text):
    """Lines as C++ string literals of ASCII."""
    lines = []
    for line in text.splitlines(keepends=True):
        body = line.rstrip("\n").replace("\\", "\\\\").replace('"', '\\"').replace("?", "\\?")
        body = "".join(c if " " <= c <= "~" else "".join("\\%03o" % b for b in c.encode()) for c in body)
        lines.append('    "%s%s"' % (body, "\\n" if line.endswith("\n") else ""))
    return "\n".join(lines)


def main(output, *files):
    parts = ["// Made by tools/embed_library.py from lib/."]
    for file in sorted(files):
        path = Path(file)
        parts.append('EMBEDDED_MODULE("%s",\n%s)' % (path.stem, literal(path.read_text(encoding="utf-8"))))
    Path(output).parent.mkdir(parents=True, exist_ok=True)
    Path(output).write_text("\n".join(parts) + "\n")


main(*sys.argv[1:])
