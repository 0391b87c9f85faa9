# SPDX-License-Identifier: MIT
# Stands before the standard library's platform: loads that module under its own name, and tells it who we are.
# (It knows four implementations by the text of sys.version and takes every other one for CPython.)
import sys
from importlib.machinery import PathFinder
from importlib.util import module_from_spec


def _load():
    spec = PathFinder.find_spec("platform")
    if spec is None:
        raise ModuleNotFoundError("No module named 'platform'", name="platform")
    module = module_from_spec(spec)
    if __name__ == "platform":
        sys.modules["platform"] = module
    spec.loader.exec_module(module)
    words = sys.version.split("[", 1)
    branch, revision = sys._git[1:]
    module._sys_version_cache[sys.version] = (
        "Viperine", "%d.%d.%d" % sys.version_info[:3], branch, revision, "", "", words[-1].rstrip("]"))
    return module


if __name__ == "__main__":  # python -m platform
    _module = _load()
    sys.modules["platform"] = _module
    exec(_module.__spec__.loader.get_code("platform"), {"__name__": "__main__", "__builtins__": __builtins__})
else:
    _load()
