# SPDX-License-Identifier: MIT
# What CPython's own tests ask of the interpreter under test: test.support does not run test_compile, test_traceback and
# others without it. Only what means something here; the rest is absent, so that its tests are skipped or fail.
import sys
from posixpath import normpath as normalize_path

SIZEOF_PYGC_HEAD = 0


def get_config():
    """The part of the configuration that tests read."""
    return {"code_debug_ranges": int(sys._xoptions.get("no_debug_ranges") is None), "dev_mode": sys.flags.dev_mode,
            "use_environment": int(not sys.flags.ignore_environment), "utf8_mode": sys.flags.utf8_mode}


def get_configs():
    return {"config": get_config()}


def get_recursion_depth():
    """How many calls are under way, this one not counted."""
    depth, frame = 0, sys._getframe(1)
    while frame is not None:
        depth, frame = depth + 1, frame.f_back
    return depth


def EncodeLocaleEx(text, current_locale=0, errors="strict"):
    if errors not in ("strict", "surrogateescape", "surrogatepass"):
        raise ValueError("unsupported error handler")
    try:
        return text.encode("utf-8", errors)
    except UnicodeEncodeError as error:
        raise RuntimeError("encode error: pos=%d, reason=%s" % (error.start, error.reason)) from None


def DecodeLocaleEx(data, current_locale=0, errors="strict"):
    if errors not in ("strict", "surrogateescape", "surrogatepass"):
        raise ValueError("unsupported error handler")
    try:
        return data.decode("utf-8", errors)
    except UnicodeDecodeError as error:
        raise RuntimeError("decode error: wlen=%d, reason=%s" % (error.start, error.reason)) from None
