import bisect, heapq, statistics, numbers, array, base64, binascii, hashlib, hmac, secrets, uuid, zlib, gzip, bz2, lzma
from _show import show, run
show("""
statistics.mean([1, 2, 4]), statistics.median([1, 3, 2]), statistics.median([1, 2, 3, 4]), statistics.mode('aab'), statistics.stdev([1, 2, 3, 4]), statistics.pvariance([1, 2, 3]), statistics.variance([1.5, 2.5]), statistics.quantiles([1, 2, 3, 4, 5]), statistics.harmonic_mean([1, 2]), statistics.geometric_mean([1, 4]), statistics.fmean([1, 2]), statistics.multimode('aabb'), statistics.correlation([1, 2, 3], [1, 2, 4]), statistics.linear_regression([1, 2], [3, 5]), statistics.NormalDist(0, 1).cdf(1), statistics.NormalDist(5, 2) + 1, statistics.median_low([1, 2]), statistics.covariance([1, 2], [1, 3])
statistics.mean([])
statistics.stdev([1])
bisect.bisect([1, 2, 2, 3], 2), bisect.bisect_left([1, 2, 2], 2), bisect.bisect([1, 5], 3, key=lambda x: x), bisect.bisect([], 1)
bisect.bisect([1], 'a')
bisect.bisect_left([1], 1, -1)
heapq.nsmallest(2, [3, 1, 2]), heapq.nlargest(2, 'cab', key=ord), list(heapq.merge([1, 3], [2, 4])), heapq.heappushpop([1, 2], 0), heapq.heapreplace([1, 2], 5)
heapq.heappop([])
heapq.heappush(5, 1)
isinstance(1, numbers.Integral), isinstance(1.5, numbers.Rational), isinstance(1j, numbers.Complex), issubclass(bool, numbers.Number)
array.array('i', [1, 2]), array.array('d'), array.array('b', b'ab'), array.array('u', 'hé'), array.array('i', range(3))[1:], array.array('i', [1]) + array.array('i', [2]), array.array('i', [1]) * 3, array.array('h', [1]).tobytes(), array.array('i', [1, 2]) == array.array('l', [1, 2]), array.array('i').itemsize, array.array('q', [1]).typecode, 2 in array.array('i', [2]), array.array('i', [3, 1]).tolist(), array.array('f', [1.5])[0], array.typecodes, array.array('i', [1, 2]).index(2), array.array('i', [1]) < array.array('i', [2])
array.array('z')
array.array('i', ['a'])
array.array('b', [300])
array.array('i', 'ab')
array.array('i', [1]) + [2]
array.array('i').pop()
array.array('i', b'abc')
base64.b64encode(b'hello'), base64.b64decode('aGVsbG8='), base64.urlsafe_b64encode(b'\\xff\\xfe'), base64.b32encode(b'a'), base64.b16encode(b'a'), base64.a85encode(b'hello'), base64.b85encode(b'hello'), base64.b85decode(b'Xk~0{Zv'), base64.encodebytes(b'x' * 60), base64.b64decode(b'aGVs\\nbG8=')
base64.b64decode('a')
base64.b64decode('a===', validate=True)
base64.b32decode('1')
binascii.hexlify(b'ab', '-'), binascii.unhexlify('6162'), binascii.crc32(b'abc'), binascii.crc_hqx(b'abc', 0), binascii.b2a_base64(b'a', newline=False), binascii.a2b_uu(binascii.b2a_uu(b'abc')), binascii.b2a_qp(b'a=b\\xff'), binascii.a2b_qp(b'a=3D')
binascii.unhexlify('6')
binascii.unhexlify('zz')
hashlib.md5(b'a').hexdigest(), hashlib.sha1(b'a').hexdigest(), hashlib.sha256(b'').hexdigest(), hashlib.sha512(b'a').hexdigest()[:20], hashlib.sha224(b'a').hexdigest(), hashlib.sha384(b'a').hexdigest()[:20], hashlib.sha3_256(b'a').hexdigest(), hashlib.shake_128(b'a').hexdigest(10), hashlib.blake2b(b'a', digest_size=8).hexdigest(), hashlib.blake2s(b'a', key=b'k').hexdigest()[:10], hashlib.new('md5', b'a').hexdigest(), hashlib.sha256(b'a').digest()[:4], hashlib.sha256().name, hashlib.sha256().block_size, hashlib.sha256().digest_size, sorted(hashlib.algorithms_guaranteed)[:4], hashlib.pbkdf2_hmac('sha256', b'p', b's', 10).hex(), hashlib.scrypt(b'p', salt=b's', n=16, r=1, p=1, dklen=8).hex()
hashlib.new('nope')
hashlib.md5('a')
hmac.new(b'k', b'm', 'sha256').hexdigest(), hmac.digest(b'k', b'm', 'md5').hex(), hmac.compare_digest(b'a', b'a'), hmac.compare_digest('a', 'b'), len(secrets.token_bytes(5)), len(secrets.token_hex(4)), secrets.compare_digest(b'a', b'a')
uuid.UUID('12345678123456781234567812345678'), uuid.uuid5(uuid.NAMESPACE_DNS, 'x.org'), uuid.uuid3(uuid.NAMESPACE_URL, 'a'), uuid.UUID(int=5), uuid.uuid4().version, uuid.UUID(int=1).hex, repr(uuid.UUID(int=1)), uuid.UUID(bytes=b'x' * 16).fields
uuid.UUID('x')
zlib.crc32(b'abc'), zlib.adler32(b'abc'), zlib.decompress(zlib.compress(b'a' * 100)), len(zlib.compress(b'a' * 1000)), zlib.decompressobj().decompress(zlib.compress(b'xy')), gzip.decompress(gzip.compress(b'hello')), zlib.decompress(zlib.compress(b'q', 9, -15), -15) if True else 0
zlib.decompress(b'bad')
gzip.decompress(b'bad')
bz2.decompress(bz2.compress(b'a' * 100)) == b'a' * 100, lzma.decompress(lzma.compress(b'abc')), bz2.BZ2Decompressor().decompress(bz2.compress(b'z'))
""", globals())
run("""
a = array.array('i', [1, 2, 3]); a.append(4); a.extend([5]); a.insert(0, 0); a.reverse(); print(a, a.pop(), a.remove(3), a.count(2), a.buffer_info()[1]); a[1:2] = array.array('i', [7, 8]); del a[0]; a.byteswap(); print(a); a.frombytes(b'\\1\\0\\0\\0'); a.fromlist([9]); print(a[-2:], len(a))
---
c = zlib.compressobj(); d = c.compress(b'abc') + c.flush(); o = zlib.decompressobj(); print(o.decompress(d + b'tail'), o.unused_data, o.eof, o.copy().eof if hasattr(o, 'copy') else 0)
---
h = hashlib.sha256(); h.update(b'a'); c = h.copy(); h.update(b'b'); print(h.hexdigest()[:8], c.hexdigest()[:8], h == c)
---
l = []; [bisect.insort(l, x) for x in (3, 1, 2)]; print(l); h = [3, 1, 2]; heapq.heapify(h); heapq.heappush(h, 0); print([heapq.heappop(h) for _ in range(4)])
---
import io; f = io.BytesIO(); g = gzip.GzipFile(fileobj=f, mode='wb', mtime=0); g.write(b'data' * 10); g.close(); print(gzip.GzipFile(fileobj=io.BytesIO(f.getvalue())).read()[:8], gzip.open(io.BytesIO(f.getvalue()), 'rt').read(4))
""", globals())
