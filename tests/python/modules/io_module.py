import io
import os
import tempfile
from _show import show, run
folder = tempfile.mkdtemp()
name = os.path.join(folder, "f.txt")
run("""
s = io.StringIO('abc\\ndef\\n'); print(s.read(2), s.readline(), s.tell(), s.readlines(), s.read(), s.seek(0), list(s), s.getvalue())
---
s = io.StringIO(); print(s.write('héllo'), s.tell(), s.seek(0), s.read(), s.truncate(2), s.getvalue(), s.closed); s.close(); print(s.closed); s.read()
---
b = io.BytesIO(b'abc\\ndef'); print(b.read(2), b.readline(), b.tell(), b.read(), b.seek(1), b.read1(2), b.getvalue(), b.getbuffer()[0], b.seek(-2, 2), b.read(), b.readable(), b.writable(), b.seekable())
---
b = io.BytesIO(); b.write(b'xyz'); b.seek(5); b.write(b'!'); print(b.getvalue()); buf = bytearray(3); b.seek(0); print(b.readinto(buf), buf, b.readlines(), b.truncate(2), b.getvalue()); b.writelines([b'1', b'2']); print(b.getvalue())
---
io.BytesIO().write('a')
---
io.StringIO().write(b'a')
---
io.StringIO(newline='bad')
---
with open(name, 'w', encoding='utf-8') as f: print(f.write('line1\\nline2 é\\nline3'), f.name == name, f.mode, f.encoding, f.closed, f.fileno() > 2, f.isatty(), f.line_buffering)
print(f.closed)
---
with open(name, encoding='utf-8') as f: print(f.readline(), f.read(3), f.tell() > 0, f.read(), repr(f.read()), f.seek(0), f.readlines(), f.newlines)
---
with open(name, encoding='utf-8') as f:
    for i, line in enumerate(f): print(i, repr(line))
---
with open(name, 'rb') as f: print(type(f).__name__, f.read(5), f.peek(2)[:2], f.tell(), f.seek(-5, 2), f.read(), f.raw.__class__.__name__)
---
with open(name, 'ab') as f: print(f.write(b'\\nmore'), f.tell())
---
with open(name, 'r+b') as f: f.seek(2); f.write(b'XX'); f.seek(0); print(f.read(8), type(f).__name__)
---
with open(name, 'rb', buffering=0) as f: print(type(f).__name__, f.read(3), f.readall()[:3], f.mode)
---
with open(name, 'w', newline='') as f: f.write('a\\r\\nb\\nc\\rd')
for nl in (None, '', '\\n', '\\r\\n', '\\r'):
    with open(name, newline=nl) as f: print(repr(nl), f.readlines(), f.newlines)
---
with open(name, 'w', newline='\\r\\n') as f: f.write('a\\nb\\n')
print(open(name, 'rb').read())
---
open(name, 'x')
---
open(os.path.join(folder, 'missing'))
---
open(folder)
---
open(name, 'zz')
---
open(name, 'rw')
---
open(name, 'rb', encoding='utf-8')
---
open(name, 'r', buffering=0)
---
open(name, encoding='nonexistent')
---
open('a\\0b')
---
open(99999)
---
f = open(name); f.close(); f.read()
---
f = open(name, 'w'); f.read()
---
f = open(name); f.write('a')
---
with open(name, 'wb') as f: f.write(b'\\xff\\xfe')
open(name, encoding='utf-8').read()
---
print(repr(open(name, encoding='utf-8', errors='replace').read()), repr(open(name, encoding='latin-1').read()), repr(open(name, encoding='utf-8', errors='surrogateescape').read()))
---
with open(name, 'w', encoding='ascii', errors='xmlcharrefreplace') as f: f.write('é')
print(open(name).read())
---
open(name, 'w', encoding='ascii').write('é')
---
with open(name, 'w', encoding='utf-16') as f: f.write('ab')
print(open(name, 'rb').read(), open(name, encoding='utf-16').read())
---
t = io.TextIOWrapper(io.BytesIO(b'a\\nb'), encoding='ascii'); print(t.readline(), t.detach().__class__.__name__)
---
r = io.BufferedReader(io.BytesIO(b'0123456789'), 4); print(r.read(2), r.peek(1), r.read1(3), r.read(), r.tell())
---
w = io.BufferedWriter(io.BytesIO(), 4); print(w.write(b'ab'), w.raw.getvalue(), w.write(b'cdef'), w.flush(), w.raw.getvalue())
---
class Raw(io.RawIOBase):
    def __init__(self): self.n = 0
    def readable(self): return True
    def readinto(self, b): self.n += 1; b[:1] = b'%d' % self.n; return 1 if self.n < 5 else 0
print(Raw().readall(), io.BufferedReader(Raw()).read(3), io.TextIOWrapper(io.BufferedReader(Raw())).read())
---
print(isinstance(open(name), io.TextIOBase), isinstance(io.BytesIO(), io.BufferedIOBase), issubclass(io.FileIO, io.RawIOBase), io.DEFAULT_BUFFER_SIZE, io.SEEK_END, io.open is open, io.UnsupportedOperation.__mro__[1:3])
---
with open(name, 'w') as f: print('a', 1, None, sep='-', end='!', file=f, flush=True); f.writelines(['x', 'y']); print(f.tell())
print(open(name).read())
---
with open(name, 'w+') as f: f.write('hello'); f.seek(0); print(f.read(2)); p = f.tell(); print(f.read()); f.seek(p); print(f.read(1)); f.seek(0, 2); f.truncate(3)
print(open(name).read(), os.path.getsize(name))
---
d = io.IncrementalNewlineDecoder(None, True); print(d.decode('a\\r'), repr(d.decode('\\nb')), d.newlines)
""", globals())
import shutil
shutil.rmtree(folder)
