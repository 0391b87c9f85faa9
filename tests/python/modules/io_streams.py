# Streams over files, memory and raw streams written in Python: positions, line ends, errors.
import io
import os
import tempfile
folder = tempfile.mkdtemp()
name = os.path.join(folder, "f.txt")
with open(name, "w+", encoding="utf-8") as f:
    f.write("héllo\nworld\n")
    f.seek(0)
    print("line and position", f.readline(), f.tell())
    f.seek(7)
    print("after seek", f.read(3))
with open(name, "rb+") as f:
    print("part", f.read(5), f.tell())
    f.write(b"YY")
    f.seek(0)
    print("mixed", f.read(), f.seek(0, 2), f.truncate(10))
    f.seek(0)
    print("peek", f.peek(3)[:3], f.read1(100))
for mode in ("z", "rr", "rbt", "", "rw"):
    try:
        open(name, mode)
    except ValueError as e:
        print("mode", mode, e)


class Raw(io.RawIOBase):
    def __init__(self):
        self.data, self.position = b"hello\nworld", 0

    def readable(self):
        return True

    def readinto(self, target):
        n = min(len(target), 3, len(self.data) - self.position)
        target[:n] = self.data[self.position:self.position + n]
        self.position += n
        return n


reader = io.BufferedReader(Raw())
print("buffered", reader.readline(), reader.read())
print("raw", Raw().read(4), Raw().readall(), Raw().readlines())
text = io.TextIOWrapper(io.BytesIO("é\r\nx".encode("utf-16")), encoding="utf-16")
print("utf-16", text.read(1), text.read())
text = io.TextIOWrapper(io.BytesIO(b"a\r\nb\rc\n"), encoding="ascii", newline="")
print("line ends", list(text), text.newlines)
try:
    io.BytesIO().fileno()
except io.UnsupportedOperation as e:
    print("unsupported", e, isinstance(e, OSError), isinstance(e, ValueError))
