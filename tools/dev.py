# SPDX-License-Identifier: MIT
# The front of ./dev: maps a command to a tool. Each tool is a module with main(arguments) -> exit status.

import importlib
import sys

COMMANDS = {
    "build": ("build", "[PRESET...]            build a preset (release, debug, sanitize, gc-stress, gcc)"),
    "where": ("build", "[PRESET]               print the path of the built executable"),
    "test": ("run_tests", "[FILE...]               unit tests and tests/python (see ./dev test --help)"),
    "golden": ("golden", "[--update] [STAGE...]   text in, text out, by stage"),
    "bench": ("bench", "[NAME...]               time and memory beside python3.11 and pypy3"),
    "memory": ("memory", "                        bytes per object, memory given back"),
    "fuzz": ("fuzz", "[--minutes N]           differential fuzzer"),
    "stress": ("stress", "[ROW...]                tests/python under the collector's stress modes"),
    "conformance": ("conformance", "[FILE...|--tier N]      CPython's own test suite, method by method"),
    "fmt": ("format", "[--check]               tidy the sources"),
    "layers": ("check_layers", "                        #include directions"),
    "programs": ("programs", "[--path FOLDER] [NAME...]  packages of other people beside python3.11"),
    "size": ("size", "                        what the executable is made of"),
    "order": ("order_functions", "                        order of the functions in the executable, for few pages"),
    "check": ("check", "                        all of it, as ./check"),
}


def usage(stream):
    print("usage: ./dev COMMAND [ARGUMENT...]", file=stream)
    for name, (_, text) in COMMANDS.items():
        print("  %-12s %s" % (name, text), file=stream)


def main():
    if len(sys.argv) < 2 or sys.argv[1] in ("help", "-h", "--help"):
        usage(sys.stdout)
        return 0
    name = sys.argv[1]
    if name not in COMMANDS:
        print("dev: no command %r" % name, file=sys.stderr)
        usage(sys.stderr)
        return 2
    tool = importlib.import_module(COMMANDS[name][0])
    arguments = sys.argv[2:]
    if name == "where":
        return tool.where(arguments)
    return tool.main(arguments)


if __name__ == "__main__":
    import os
    sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
    sys.dont_write_bytecode = True
    try:
        status = main()
    except KeyboardInterrupt:
        status = 130
    except BrokenPipeError:
        status = 1
    sys.exit(status)
