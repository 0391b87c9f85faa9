# SPDX-License-Identifier: MIT
# ./dev golden: text in, text out, by stage. tests/golden/<stage>/command.txt holds the command line, with the words
# {viperine}, {build} (the release build's folder) and {file}; every other file NAME has its output in NAME.golden.
# A stage whose program is not built is skipped. --update writes the outputs, to be reviewed as a diff.

import shlex
import sys
from pathlib import Path

import build
from common import BUILD, ROOT, Tally, executable, first_difference, parallel, run_program

FOLDER = ROOT / "tests" / "golden"


def stages(names):
    for path in sorted(FOLDER.glob("*/command.txt")):
        if not names or path.parent.name in names:
            yield path.parent


def inputs(stage):
    for path in sorted(stage.iterdir()):
        if path.is_file() and path.name != "command.txt" and path.suffix != ".golden" and not path.name.startswith("."):
            yield path


def command_of(stage, preset):
    words = {"{viperine}": str(executable(preset)), "{build}": str(BUILD / preset), "{tools}": str(ROOT / "tools")}
    command = []
    for word in shlex.split((stage / "command.txt").read_text(), comments=True):
        for name, value in words.items():
            word = word.replace(name, value)
        command.append(word)
    return command


def programs():
    """The programs of the build folder that stages need; build targets of those names make them."""
    words = [word for stage in stages(()) for word in shlex.split((stage / "command.txt").read_text(), comments=True)]
    return sorted({word.removeprefix("{build}/") for word in words if word.startswith("{build}/")})


def output(command, path):
    run = run_program([word.replace("{file}", path.name) for word in command], timeout=60, cwd=path.parent)
    text = run.out.decode(errors="replace") + run.err.decode(errors="replace")
    return text + ("" if run.status == 0 else "[%s]\n" % run.describe())


def run(names=(), update=False, preset="release"):
    tally = Tally()
    for stage in stages(names):
        command = command_of(stage, preset)
        if not Path(command[0]).exists():
            continue
        for path, text in parallel(lambda path: output(command, path), inputs(stage)):
            golden = path.with_name(path.name + ".golden")
            label = "golden %s/%s" % (stage.name, path.name)
            if update:
                golden.write_text(text)
                tally.add(label, True)
            elif not golden.exists():
                tally.add(label, False, "no %s: run ./dev golden --update" % golden.name)
            else:
                expected = golden.read_text()
                tally.add(label, text == expected, first_difference(expected, text) if text != expected else "")
    return tally


def main(arguments):
    update = "--update" in arguments
    if not build.build("release", programs()):
        return 1
    return run([name for name in arguments if not name.startswith("-")], update).finish()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
