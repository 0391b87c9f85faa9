# Slices of sequences: every sign of start, stop, step; assignment and deletion; slice objects.
data = list(range(10))
for a in (None, 0, 3, -3, 12, -12):
    for b in (None, 0, 7, -2, 12, -12):
        print([data[a:b:c] for c in (None, 1, 2, 3, -1, -2, 20, -20)])
text, raw, pair = "abcdefgh", b"abcdefgh", (1, 2, 3, 4)
print(text[1:4], text[::-1], text[-3:], raw[1:3], raw[::-2], pair[::2], pair[5:], bytearray(raw)[2:4], range(10)[2:8:2], range(10)[::-1])
x = list(range(6)); x[1:3] = "ab"; print(x)
x = list(range(6)); x[1:1] = [9, 9]; print(x)
x = list(range(6)); x[:] = []; print(x)
x = list(range(6)); x[::2] = "abc"; print(x)
x = list(range(6)); x[::-2] = "abc"; print(x)
x = list(range(6)); x[4:1] = ["q"]; print(x)
x = list(range(6)); x[-100:100] = (1,); print(x)
x = list(range(6)); x[2:4] = x; print(x)
x = list(range(6)); del x[1:3]; print(x)
x = list(range(6)); del x[::2]; print(x)
x = list(range(6)); del x[::-3]; print(x)
x = list(range(6)); del x[4:1]; print(x)
x = list(range(6)); del x[:]; print(x)
b = bytearray(b"abcdef"); b[1:3] = b"XYZ"; del b[::2]; print(b)
s = slice(1, 10, 2)
print(s, s.start, s.stop, s.step, s.indices(5), slice(None).indices(3), slice(5, None, -1).indices(3), slice(-1, -5, -1).indices(10), s == slice(1, 10, 2), slice(1) < slice(2))
class Show:
    def __getitem__(self, key): return key
    def __setitem__(self, key, value): print("set", key, value)
    def __delitem__(self, key): print("del", key)
q = Show()
print(q[1], q[1:2], q[:], q[::], q[1:2:3], q[1, 2], q[1:2, ::3], q[...], q[()], q["a":"b"], q[1,], q[*[1, 2]], q[*"ab", 3])
q[1:2] = 5
q[:, 1] = 6
del q[::2]
class Index:
    def __index__(self): return 2
print(data[Index():], data[Index()], data[:Index()], text[Index():], slice(Index(), None).indices(5))
for bad in ("data[::0]", "text[::0]", "pair[::0]", "data['a':]", "data[1.5:]", "text[:'b']", "data[10]", "data[-11]", "pair[4]", "text[8]", "raw[8]", "data['a']", "pair[None]", "hash(slice(1))", "data[1, 2]", "slice(1).indices(-1)", "slice(1,2,0).indices(3)", "range(10)[10]"):
    try:
        eval(bad)
    except Exception as error:
        print(bad, type(error).__name__, error)
for bad in ("data[::2] = [1]", "data[0:2] = 5", "data[::2] = 5", "pair[0] = 1", "text[0] = 'x'", "del pair[0]", "del text[0]", "raw[0] = 1", "b[0] = 256", "b[0] = 'a'", "data[99] = 1", "del data[99]", "range(3)[0] = 1", "data['x'] = 1", "b[0:1] = 'a'", "data[:1:] = None"):
    try:
        exec(bad)
    except Exception as error:
        print(bad, type(error).__name__, error)
