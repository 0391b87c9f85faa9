# SPDX-License-Identifier: MIT
# ./dev build and ./dev where: CMake presets into build/<preset>.

import subprocess
import sys

from common import BUILD, PRESETS, ROOT, executable


def configure(preset, quiet=True):
    if (BUILD / preset / "build.ninja").exists():
        return True
    BUILD.mkdir(exist_ok=True)
    done = subprocess.run(["cmake", "--preset", preset], cwd=ROOT, text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if done.returncode != 0 or not quiet:
        print(done.stdout, file=sys.stderr)
    return done.returncode == 0


def build(preset, targets=()):
    if not configure(preset):
        return False
    command = ["cmake", "--build", "--preset", preset]
    if targets:
        command += ["--target", *targets]
    return subprocess.run(command, cwd=ROOT, stdout=sys.stderr).returncode == 0


def main(arguments):
    for preset in arguments or ["release"]:
        if preset not in PRESETS:
            print("build: no preset %r; there are: %s" % (preset, " ".join(PRESETS)), file=sys.stderr)
            return 2
        if not build(preset):
            return 1
    return 0


def where(arguments):
    print(executable(arguments[0] if arguments else "release"))
    return 0
