# SPDX-License-Identifier: MIT
# Codecs, incremental codecs and streams of East Asia's encodings, on the conversions of _multibyte, which stop at the
# first error. State that callers see is CPython's: eight bytes of shifts, and text or bytes that wait for more.
import _multibyte
from _codecs import lookup_error

_MOST_PENDING = 8
_INVALID, _INCOMPLETE = "illegal multibyte sequence", "incomplete multibyte sequence"


class MultibyteCodec:
    """What getcodec() gives."""

    __slots__ = ("name", "_decoding", "_encoding")

    def __init__(self, name):
        self.name = name
        self._decoding = _multibyte.initial_state(name, True)
        self._encoding = _multibyte.initial_state(name, False)

    def encode(self, input, errors=None):
        if not isinstance(input, str):
            input = str(input)
        return _encode(self, input, errors, self._encoding, True)[0], len(input)

    def decode(self, input, errors=None):
        if isinstance(input, str):
            raise TypeError("a bytes-like object is required, not 'str'")
        data = input if isinstance(input, bytes) else bytes(memoryview(input))
        return _decode(self, data, errors, self._decoding, True)[0], len(data)


def _finder(module, names):
    names = frozenset(names)

    def getcodec(encoding, /):
        if not isinstance(encoding, str):
            raise TypeError("encoding name must be a string.")
        if encoding not in names:
            raise LookupError("no such codec is supported.")
        return MultibyteCodec(encoding)

    getcodec.__module__ = module
    return getcodec


def _position(position, length):
    if not isinstance(position, int):
        raise TypeError("'%s' object cannot be interpreted as an integer" % type(position).__name__)
    if position < 0:
        position += length
    if not 0 <= position <= length:
        raise IndexError("position %d from error handler out of bounds" % position)
    return position


def _decode(codec, data, errors, state, final):
    """(text, the bytes that wait for more, state). An exception carries the state in which it was raised."""
    name, parts, start = codec.name, [], 0
    while True:
        text, start, error, state = _multibyte.decode(name, data, start, state)
        parts.append(text)
        if error == 0 or (error < 0 and not final):
            return "".join(parts), data[start:], state
        end = len(data) if error < 0 else min(start + error, len(data))
        if errors == "ignore":
            start = end
        elif errors == "replace":
            parts.append("\ufffd")
            start = end
        else:
            problem = UnicodeDecodeError(name, data, start, end, _INCOMPLETE if error < 0 else _INVALID)
            if errors is None or errors == "strict":
                raise problem
            answer = lookup_error(errors)(problem)
            if not (isinstance(answer, tuple) and len(answer) == 2 and isinstance(answer[0], str)):
                raise TypeError("decoding error handler must return (str, int) tuple")
            start = _position(answer[1], len(data))
            parts.append(answer[0])


def _encode(codec, text, errors, state, final):
    """(bytes, the text that waits for more, state)."""
    name, parts, start = codec.name, [], 0
    while True:
        data, start, error, state = _multibyte.encode(name, text, start, state, final)
        parts.append(data)
        if error == 0 or (error < 0 and not final):
            if final:
                data, _, _, state = _multibyte.reset(name, state)
                parts.append(data)
            return b"".join(parts), text[start:], state
        end = start + max(error, 1)
        if errors == "ignore":
            start = end
        elif errors == "replace":
            data, state = _replacement(name, "?", state)
            parts.append(data)
            start = end
        else:
            problem = UnicodeEncodeError(name, text, start, end, _INVALID)
            if errors is None or errors == "strict":
                raise problem
            answer = lookup_error(errors)(problem)
            if not (isinstance(answer, tuple) and len(answer) == 2 and isinstance(answer[0], (str, bytes))):
                raise TypeError("encoding error handler must return (str, int) tuple")
            data = answer[0]
            if isinstance(data, str):
                data, state = _replacement(name, data, state)
            parts.append(data)
            start = _position(answer[1], len(text))


def _replacement(name, text, state):
    data, position, error, state = _multibyte.encode(name, text, 0, state, True)
    if error:
        raise UnicodeEncodeError(name, text, position, position + max(error, 1), _INVALID)
    return data, state


class _WithErrors:
    """The attribute errors, which cannot be deleted."""

    @property
    def errors(self):
        return self._errors

    @errors.setter
    def errors(self, value):
        if not isinstance(value, str):
            raise TypeError("errors must be a string")
        self._errors = value

    def _take_errors(self, errors):
        if errors is None:
            errors = "strict"
        elif not isinstance(errors, str):
            raise TypeError("argument 'errors' must be str or None, not " + type(errors).__name__)
        self._errors = errors

    def _take_codec(self):
        codec = self.codec
        if not isinstance(codec, MultibyteCodec):
            raise TypeError("codec is unexpected type")
        self._codec = codec


class _Encoding(_WithErrors):
    def _begin(self):
        self._state = self._codec._encoding
        self._pending = ""

    def _feed(self, text, final):
        if not isinstance(text, str):
            text = str(text)
        data, self._pending, self._state = _encode(self._codec, self._pending + text, self._errors, self._state, final)
        return data


class MultibyteIncrementalEncoder(_Encoding):
    def __init__(self, errors="strict"):
        self._take_codec()
        self._take_errors(errors)
        self._begin()

    def encode(self, input, final=False):
        return self._feed(input, final)

    def getstate(self):
        pending = self._pending.encode()
        if len(pending) > _MOST_PENDING:
            raise UnicodeError("pending buffer too large")
        data = bytes((len(pending),)) + pending + self._state.to_bytes(8, "little")
        return int.from_bytes(data, "little")

    def setstate(self, state, /):
        data = state.to_bytes(1 + _MOST_PENDING + 8, "little")
        size = data[0]
        if size > _MOST_PENDING:
            raise UnicodeError("pending buffer too large")
        self._pending = data[1:1 + size].decode()
        self._state = int.from_bytes(data[1 + size:1 + size + 8], "little")

    def reset(self):
        self._begin()


class MultibyteIncrementalDecoder(_WithErrors):
    def __init__(self, errors="strict"):
        self._take_codec()
        self._take_errors(errors)
        self.reset()

    def decode(self, input, final=False):
        if isinstance(input, str):
            raise TypeError("a bytes-like object is required, not 'str'")
        data = self._pending + bytes(memoryview(input))
        text, pending, state = _decode(self._codec, data, self._errors, self._state, final)
        if len(pending) > _MOST_PENDING:
            raise UnicodeError("pending buffer overflow")
        self._pending, self._state = pending, state
        return text

    def getstate(self):
        return self._pending, self._state

    def setstate(self, state, /):
        if not isinstance(state, tuple):
            raise TypeError("setstate() argument must be tuple, not " + type(state).__name__)
        pending, shifts = state
        if not isinstance(pending, bytes):
            raise TypeError("argument 1 must be bytes, not " + type(pending).__name__)
        if not isinstance(shifts, int):
            raise TypeError("argument 2 must be int, not " + type(shifts).__name__)
        if len(pending) > _MOST_PENDING:
            raise UnicodeError("pending buffer too large")
        self._pending, self._state = pending, shifts & 0xFFFFFFFFFFFFFFFF

    def reset(self):
        self._pending = b""
        self._state = self._codec._decoding


class MultibyteStreamReader(_WithErrors):
    def __init__(self, stream, errors="strict"):
        self._take_codec()
        self.stream = stream
        self._take_errors(errors)
        self.reset()

    def _read(self, method, size):
        if size == 0:
            return ""
        method = getattr(self.stream, method)
        parts, data = [], self._pending
        while True:
            more = method() if size is None or size < 0 else method(size)
            if not isinstance(more, bytes):
                raise TypeError("stream function returned a non-bytes object (%s)" % type(more).__name__)
            at_end = not more or size is None or size < 0
            text, data, self._state = _decode(self._codec, data + more, self._errors, self._state, at_end)
            parts.append(text)
            if text or at_end:
                break
            size = 1            # one whole character at least
        self._pending = data
        return "".join(parts)

    def read(self, size=None, /):
        return self._read("read", _size(size))

    def readline(self, size=None, /):
        return self._read("readline", _size(size))

    def readlines(self, sizehint=None, /):
        return self._read("read", _size(sizehint)).splitlines(True)

    def reset(self):
        self._pending = b""
        self._state = self._codec._decoding


def _size(size):
    if size is not None and not isinstance(size, int):
        raise TypeError("arg 1 must be an integer")
    return size


class MultibyteStreamWriter(_Encoding):
    def __init__(self, stream, errors="strict"):
        self._take_codec()
        self.stream = stream
        self._take_errors(errors)
        self._begin()

    def write(self, strobj, /):
        self.stream.write(self._feed(strobj, False))

    def writelines(self, lines, /):
        for line in lines:
            self.write(line)

    def reset(self):
        if not self._pending and self._state == self._codec._encoding:
            return
        data = self._feed("", True)
        if data:
            self.stream.write(data)
