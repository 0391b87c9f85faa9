from _show import show, run
b = bytearray(b"abcdef"); m = memoryview(b)
show("""
m[0], m[-1], bytes(m[1:3]), m.tobytes(), m.tolist(), len(m), m.nbytes, m.itemsize, m.format, m.ndim, m.shape, m.strides, m.readonly, m.contiguous, m.c_contiguous, m.suboffsets, m.obj is b, bytes(m[::-1]), bytes(m[::2])
memoryview(b'abc') == b'abc', memoryview(b'abc') == memoryview(bytearray(b'abc')), m == 5, memoryview(b'a') != b'b', hash(memoryview(b'abc')) == hash(b'abc'), 97 in m, list(m), m.hex(), list(reversed(m)), memoryview(b'').nbytes
m[10]
m['a']
memoryview('a')
memoryview(5)
hash(m)
memoryview(b'abc')[0:2] < 5
m.cast('H').tolist() if False else m.cast('H').shape, m.cast('B')[0], m.cast('b').format, memoryview(b'\\1\\0\\0\\0').cast('i')[0], memoryview(bytes(8)).cast('d')[0], m.cast('c')[0], memoryview(bytes(6)).cast('B', (2, 3)).tolist(), memoryview(bytes(6)).cast('B', [2, 3]).shape
m.cast('i')
m.cast('zz')
m[1:3].cast('H').nbytes
m[::2].cast('H')
m.toreadonly().readonly, repr(m).startswith('<memory at'), m[1:4].tolist(), isinstance(m, memoryview), bytes(memoryview(m)), b''.join([m, b'x']), bytearray(m), str(m[0:2], 'ascii'), int.from_bytes(m[:2], 'big')
""", globals())
run("""
m[0] = 65; print(b)
---
m[1:3] = b'XY'; print(b)
---
m[1:3] = b'toolong'
---
m[0] = 300
---
m[0] = 'a'
---
memoryview(b'abc')[0] = 1
---
del m[0]
---
b.append(1)
---
with memoryview(b) as v: print(v[0])
v[0]
---
v = memoryview(b); v.release(); print(v); v.tobytes()
---
import array
a = array.array('i', [1, 2, 3]); v = memoryview(a); print(v.tolist(), v.format, v.itemsize, v[1], v.shape); v[1] = 9; print(a)
---
v = memoryview(b'abcdef'); print(v[1:5][1:3].tobytes(), v[::-2].tolist(), v[:0].tobytes())
""", globals())
