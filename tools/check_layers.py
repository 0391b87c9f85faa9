# SPDX-License-Identifier: MIT
# Fails on an #include of a folder that stands later in the list of layers (CMakeLists.txt) or that escapes src/.
# There is no list of exceptions, and there will be none.

import re
import sys

from common import ROOT

INCLUDE = re.compile(r'^\s*#\s*include\s+"([^"]+)"', re.MULTILINE)


def layers():
    text = (ROOT / "CMakeLists.txt").read_text()
    return re.search(r"set\(VIPERINE_LAYERS([^)]*)\)", text).group(1).split()


def violations():
    order = {name: position for position, name in enumerate(layers())}
    source = ROOT / "src"
    for path in sorted(source.rglob("*")):
        if path.suffix not in (".h", ".cpp", ".def", ".inc"):
            continue
        relative = path.relative_to(source)
        layer = relative.parts[0]
        if layer not in order:
            yield "%s: folder %s is not a layer" % (relative, layer)
            continue
        for match in INCLUDE.finditer(path.read_text(errors="replace")):
            target = match.group(1)
            line = path.read_text(errors="replace").count("\n", 0, match.start()) + 1
            if target.startswith("..") or "/../" in target:
                yield "%s:%d: include %s by its path from src/" % (relative, line, target)
                continue
            first = target.split("/")[0]
            if first in order and order[first] > order[layer]:
                yield "%s:%d: %s must not include %s" % (relative, line, layer, target)


def main(arguments):
    found = list(violations())
    for line in found:
        print("src/" + line)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
