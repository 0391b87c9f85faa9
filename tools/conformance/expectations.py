# SPDX-License-Identifier: MIT
# tests/conformance/expected/FILE.txt: what does not pass yet. A line is "id | class | reason"; an id may end in "*".
# Classes: missing module, not implemented, differs by design, implementation detail, to be mended.

import re

from common import ROOT

FOLDER = ROOT / "tests" / "conformance"
CLASSES = ("missing module", "not implemented", "differs by design", "implementation detail", "to be mended")
GOOD = ("pass", "expected failure")


def inventory():
    """file -> {tier, category, methods, portable}"""
    table = {}
    for line in (FOLDER / "files.tsv").read_text().splitlines():
        if line and not line.startswith("#"):
            name, tier, category, methods, portable = line.split("\t")
            table[name] = {"tier": int(tier), "category": category, "methods": int(methods), "portable": int(portable)}
    return table


def sample():
    """The fixed part of the suite that ./check runs."""
    text = (FOLDER / "sample.txt").read_text()
    return [line.split()[0] for line in text.splitlines() if line.strip() and not line.startswith("#")]


def path_of(file):
    return FOLDER / "expected" / (file + ".txt")


def load(file):
    """[(id, class, reason)]"""
    path = path_of(file)
    if not path.exists():
        return []
    entries = []
    for line in path.read_text().splitlines():
        if line.strip() and not line.startswith("#"):
            parts = [part.strip() for part in line.split(" | ")]
            if len(parts) != 3 or parts[1] not in CLASSES:
                raise SystemExit("%s: not 'id | class | reason': %s" % (path, line))
            entries.append(tuple(parts))
    return entries


def matches(entry, name):
    pattern = entry[0]
    return name == pattern or (pattern.endswith("*") and name.startswith(pattern[:-1]))


def compare(file, reference, outcomes):
    """(passed, worse, unexpected): of the methods that CPython passes, which pass, which do not though nobody expects it,
    and which pass though the list says they do not."""
    entries = load(file)
    passed, worse, unexpected = [], [], []
    for name, (kind, _, _) in sorted(reference.items()):
        if kind not in GOOD:
            continue
        ours = outcomes.get(name, ("not run", 0, ""))[0]
        expected = [entry for entry in entries if matches(entry, name)]
        if ours in GOOD:
            (unexpected if expected and not any(e[0].endswith("*") for e in expected) else passed).append(name)
        elif not expected:
            worse.append((name, ours))
    return passed, worse, unexpected


def update(file, reference, outcomes, reason=None, cause=None):
    """Removes what passes now; adds what fails only with a reason, and only when `cause` (an expression) is found in
    its id, outcome or traceback. Returns (removed, added, refused)."""
    entries = load(file)
    failing = [n for n, (kind, _, _) in sorted(reference.items())
               if kind in GOOD and outcomes.get(n, ("not run",))[0] not in GOOD]
    kept = [e for e in entries if any(matches(e, name) for name in failing)]
    new = [name for name in failing if not any(matches(e, name) for e in kept)]
    wanted = [name for name in new if reason and has_cause(name, outcomes.get(name, ("not run", 0, "")), cause)]
    added = [(name, reason[1], reason[0]) for name in wanted]
    lines = ["%s | %s | %s" % entry for entry in sorted(kept + added)]
    path = path_of(file)
    if lines:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(lines) + "\n")
    elif path.exists():
        path.unlink()
    return len(entries) - len(kept), len(added), len(new) - len(added)


def has_cause(name, outcome, cause):
    return not cause or re.search(cause, "%s\n%s\n%s" % (name, outcome[0], outcome[2])) is not None
