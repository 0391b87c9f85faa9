# A decompressor that met bad data says so again and again: the library's state is not used any more.
import bz2

DATA = bytes.fromhex("425a6839314159265359000000000000007fffff" + "00" * 31 + "e037" + "00" * 37 + "83f3")
decompressor = bz2.BZ2Decompressor()
for _ in range(3):
    try:
        print(decompressor.decompress(DATA))
    except (OSError, ValueError) as error:
        print(type(error).__name__, error, decompressor.needs_input, decompressor.eof)
