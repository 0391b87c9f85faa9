from _show import show

ba = bytearray(b"hello")
show("""
b'abc', b'\\x00\\xff', b"'", b'"\\'', bytes(3), bytes([1, 2]), bytes('é', 'utf-8'), bytes(b'x'), bytes(bytearray(b'y')), bytes(range(3)), bytes(memoryview(b'z')), bytes(), bytes(x for x in [65, 66])
bytes('a')
bytes([256])
bytes([-1])
bytes(['a'])
bytes(-1)
bytes(1.5)
bytes(1, 'utf-8')
bytes(None)
bytes(10**30)
b'abc'[0], b'abc'[-1], b'abc'[1:], b'abc'[::-1], list(b'abc'), tuple(b'a'), len(b'abc'), b'a' + b'b', b'a' * 3, 3 * b'a', b'a' in b'abc', 97 in b'abc', b'' in b'a', max(b'ac'), sorted(b'ba')
b'abc'[5]
b'a' + 'b'
b'a' + 1
'a' in b'abc'
256 in b'a'
b'a' == 'a', b'a' == b'a', b'a' == bytearray(b'a'), b'a' < b'b', b'a' < bytearray(b'b'), b'a' != [97], b'' < b'a', hash(b'a') == hash(b'a')
b'a' < 'a'
b'hello'.find(b'l'), b'hello'.find(108), b'hello'.rfind(b'l'), b'hello'.index(b'e'), b'hello'.count(b'l'), b'hello'.count(108), b'hello'.find(b'x'), b'hello'.startswith(b'he'), b'hello'.endswith((b'x', b'lo')), b'hello'.replace(b'l', b'LL'), b'hello'.replace(b'', b'-'), b'a,b'.split(b','), b' a b '.split(), b'a,b,c'.rsplit(b',', 1), b'a-b'.partition(b'-'), b'ab'.rpartition(b'-'), b','.join([b'a', bytearray(b'b')]), b' a '.strip(), b'xax'.strip(b'x'), b'xa'.lstrip(b'x'), b'ax'.rstrip(b'x')
b'hello'.find('l')
b'hello'.find(256)
b'hello'.index(b'z')
b'hello'.startswith('he')
b','.join(['a'])
b'a'.split('a')
b'abc'.upper(), b'ABC'.lower(), b'aB'.swapcase(), b'hello world'.title(), b'abc'.capitalize(), b'\\xe9'.upper(), b'a'.center(3, b'*'), b'a'.ljust(3) , b'a'.rjust(3), b'7'.zfill(3), b'a\\tb'.expandtabs(4), b'a\\nb\\r\\nc'.splitlines(), b'a\\nb'.splitlines(True), b'abc'.removeprefix(b'a'), b'abc'.removesuffix(b'c')
b'abc'.isalpha(), b'1'.isdigit(), b'a1'.isalnum(), b' '.isspace(), b'a'.islower(), b'A'.isupper(), b'Ab'.istitle(), b''.isalpha(), b'\\xff'.isascii(), b''.isascii(), b'\\xe9'.isalpha()
b'abc'.hex(), b'abc'.hex(':'), b'abcdef'.hex('-', 2), b'abcdef'.hex('-', -2), bytes.fromhex('61 62'), bytes.fromhex('ABcd'), bytearray.fromhex('00')
bytes.fromhex('6')
bytes.fromhex('zz')
b'abc'.translate(None, b'b'), b'abc'.translate(bytes.maketrans(b'ab', b'xy')), b'abc'.translate(bytes(range(256)), delete=b'c'), len(bytes.maketrans(b'', b''))
b'abc'.translate(b'x')
bytes.maketrans(b'a', b'bc')
b'\\xc3\\xa9'.decode(), b'\\xe9'.decode('latin-1'), b'\\xff'.decode('utf-8', 'replace'), b'\\xff'.decode('utf-8', 'ignore'), b'\\xff'.decode('utf-8', 'backslashreplace'), b'\\xff'.decode('utf-8', 'surrogateescape'), b'a'.decode('ascii'), b'a\\0'.decode('utf-16-le'), b'\\xff\\xfea\\0'.decode('utf-16'), b'+AGE-'.decode('utf-7'), b'\\\\u0041'.decode('unicode_escape')
b'\\xff'.decode()
b'\\xe9'.decode('ascii')
b'\\xc3'.decode()
b'\\xed\\xa0\\x80'.decode()
b'\\xf5'.decode()
b'\\xe2\\x28\\xa1'.decode()
b'\\xc0\\x80'.decode()
b'a'.decode('utf-16')
b'%s %d %x' % (b'a', 5, 255), b'%b' % b'x', b'%5.1f|' % 2.55, b'%r' % 'é', b'%a' % 'é', b'%c' % 65, b'%c' % b'A', b'%%', b'%(a)s' % {b'a': b'1'}
b'%s' % 'a'
b'%d' % b'a'
b'%c' % 256
repr(b'\\n\\t\\r\\\\'), str(b'a'), b'a'.__repr__()
bytearray(), bytearray(3), bytearray(b'ab'), bytearray('é', 'utf-8'), bytearray([1, 2])
bytearray('a')
bytearray([300])
ba, repr(ba), len(ba), ba[0], ba[1:3], ba + b'x', b'x' + ba, type(b'x' + ba), type(ba + b'x'), ba * 2, ba == b'hello', ba.upper(), ba.find(b'l'), ba.decode(), ba.hex(), list(ba)[:2], ba.copy(), 104 in ba
hash(ba)
ba.append(33), ba
ba.append(256)
ba.append('a')
ba.extend(b'ab'), ba
ba.extend([1, 2]), ba
ba.extend('a')
ba.extend([300])
ba.insert(0, 72), ba
ba.pop(), ba.pop(0), ba
ba.remove(104), ba
ba.remove(255)
ba.reverse(), ba
ba.clear(), ba
ba.pop()
ba.__iadd__(b'new'), ba
ba.__imul__(2), ba
ba.__setitem__(0, 78), ba
ba.__setitem__(slice(0, 2), b'12345'), ba
ba.__setitem__(slice(0, 4, 2), b'zz'), ba
ba.__setitem__(slice(0, 4, 2), b'zzz')
ba.__delitem__(0), ba
ba.__delitem__(slice(0, 3)), ba
ba.__setitem__(50, 1)
ba.__setitem__(0, -1)
ba.__setitem__(slice(0, 1), 'a')
ba.__setitem__(slice(0, 1), 5)
bytearray(b'abc').pop(5)
bytearray(b'a,b').split(b','), bytearray(b'a-b').partition(b'-'), bytearray(b'ab').replace(b'a', b'x'), bytearray(b' a').strip(), bytearray(b',').join([b'a', b'b']), bytearray(b'%d') % 5
bytearray(b'a') < b'b', bytearray(b'a') == 'a', bytearray(b'abc').index(98)
bytes.__doc__[:10], bytearray.__mro__, bytes(bytearray(3)) == bytes(3)
bytearray(b'abc').translate(None, b'a'), bytearray(b'abc').startswith(b'a'), bytearray(b'a').isalpha(), bytearray(b'a').__alloc__() > 0
int.from_bytes(bytearray(b'\\1\\2'), 'big'), float(b'1.5'), b'x'.__class__, b'ab'.__contains__(98), b'ab'.__getnewargs__(), b'a'.__bytes__()
""", globals())


class Sub(bytes):
    pass


class B:
    def __bytes__(self):
        return b"from B"


class BadB:
    def __bytes__(self):
        return 5


print(Sub(b"abc"), type(Sub(b"a")[:]), bytes(Sub(b"x")), bytes(B()))
try:
    bytes(BadB())
except TypeError as error:
    print(error)
v = memoryview(bytearray(b"abc"))
x = bytearray(b"locked")
m = memoryview(x)
try:
    x.append(1)
except BufferError as error:
    print(error)
m.release()
x.append(33)
print(x)
b = bytearray()
for i in range(1000):
    b.append(i % 256)
print(len(b), sum(b), b[500])
del b[:900]
print(len(b), b[:5])
