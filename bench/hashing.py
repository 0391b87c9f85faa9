# base64, hashlib, zlib, binascii, struct, and checksums in Python.
import base64
import binascii
import hashlib
import hmac
import struct
import sys
import zlib


def fnv(data):
    h = 0xCBF29CE484222325
    for byte in data:
        h = ((h ^ byte) * 0x100000001B3) & 0xFFFFFFFFFFFFFFFF
    return h


def adler(data):
    a, b = 1, 0
    for byte in data:
        a = (a + byte) % 65521
        b = (b + a) % 65521
    return b << 16 | a


def crc_table():
    table = []
    for n in range(256):
        for _ in range(8):
            n = n >> 1 ^ 0xEDB88320 if n & 1 else n >> 1
        table.append(n)
    return table


def crc(data, table):
    c = 0xFFFFFFFF
    for byte in data:
        c = table[(c ^ byte) & 255] ^ c >> 8
    return c ^ 0xFFFFFFFF


def main(n):
    data = bytes((i * i + i // 3) & 255 for i in range(n))
    print(fnv(data), adler(data) == zlib.adler32(data), crc(data, crc_table()) == zlib.crc32(data))
    for name in ("md5", "sha1", "sha256", "sha512", "sha3_256", "blake2b"):
        h = hashlib.new(name)
        for i in range(0, n, 4096):
            h.update(data[i:i + 4096])
        print(name, h.hexdigest()[:16])
    text = base64.b64encode(data)
    print(len(text), base64.b64decode(text) == data, base64.b32encode(data[:10]), base64.b85encode(data[:8]),
          binascii.hexlify(data[:6]))
    packed = zlib.compress(data)
    print(zlib.decompress(packed) == data, hmac.new(b"key", data, "sha256").hexdigest()[:16])
    records = b"".join(struct.pack("<IHd4s", i, i & 0xFFFF, i / 3, b"abcd") for i in range(n // 40))
    print(len(records), sum(r[0] for r in struct.iter_unpack("<IHd4s", records)),
          sum(hash(str(i)) & 1 for i in range(5)) >= 0)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 700000)
