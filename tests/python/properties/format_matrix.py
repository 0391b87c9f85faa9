# The format mini-language over a matrix of values and specs; digests by row, so that a difference is found by its line.
import zlib
INTS = [0, 1, -1, 7, 42, -42, 255, 1000, -12345, 1234567, 2**31, 2**62, -2**63, 10**25]
FLOATS = [0.0, -0.0, 1.0, -1.5, 3.14159, 0.1, 1e-7, 1e16, 123456789.123, 1e22, 5e-324, 1.7e308, float("inf"), float("-inf"), float("nan"), 2.5, 0.5, 1234.5678, -0.0004]
TEXTS = ["", "a", "abc", "héllo", "日本", "x" * 12]
FILLS = ["", "<", ">", "^", "=", "*<", "0>", "é^", "x="]
SIGNS = ["", "+", "-", " "]
WIDTHS = ["", "1", "8", "015"]
PRECISIONS = ["", ".0", ".3", ".12"]
def one(v, spec):
    try: return format(v, spec)
    except (ValueError, OverflowError) as e: return type(e).__name__ + " " + str(e)
for values, kinds in ((INTS, ["", "d", "x", "X", "o", "b", "n", "c", "e", "f", "g", "%", "s", "#x", "#b", "#o", ",", "_", ",d", "_x", ",x", "_b"]), (FLOATS, ["", "e", "E", "f", "F", "g", "G", "%", "n", "d", "s", ",", "_", ",f", "_g", "#g", "#e"]), (TEXTS, ["", "s", "d", ",", "x"])):
    for kind in kinds:
        for v in values:
            out = []
            for fill in FILLS:
                for sign in SIGNS:
                    for width in WIDTHS:
                        for precision in PRECISIONS:
                            alternate = "#" if kind.startswith("#") else ""
                            group = kind.lstrip("#")[:1] if kind.lstrip("#")[:1] in (",", "_") else ""
                            spec = fill + sign + alternate + width + group + precision + kind.lstrip("#,_")
                            out.append(one(v, spec))
            print(repr(v), repr(kind), zlib.crc32("\n".join(out).encode()), out[0], "|", out[37], "|", out[-1])
for v in INTS + FLOATS + TEXTS:
    row = []
    for flag in ("", "-", "+", "0", " ", "#", "-5", "08", "+6"):
        for precision in ("", ".0", ".4"):
            for kind in "diuxXoeEfFgGcrsa%":
                try: row.append(("%" + flag + precision + kind) % (v,))
                except (TypeError, ValueError, OverflowError) as e: row.append(type(e).__name__ + str(e))
    print(repr(v), zlib.crc32("\n".join(row).encode()), row[3], row[40], row[-5])
