# Building strings by +=, join, StringIO, formatting.
import io
import sys


def by_addition(n):
    out = ""
    for i in range(n):
        out += str(i)
        out += ","
    return out


def by_join(n):
    return ",".join([str(i) for i in range(n)]) + ","


def by_stream(n):
    stream = io.StringIO()
    for i in range(n):
        stream.write(str(i))
        stream.write(",")
    return stream.getvalue()


def html(n):
    rows = []
    for i in range(n // 20):
        cells = "".join(f"<td>{i * j}</td>" for j in range(10))
        rows.append("<tr class='%s'>%s</tr>" % ("odd" if i % 2 else "even", cells))
    return "<table>\n" + "\n".join(rows) + "\n</table>"


def main(n):
    a, b, c = by_addition(n), by_join(n), by_stream(n)
    print(len(a), a == b == c, len(html(n)), html(n)[-60:])
    line = ""
    for i in range(n // 10):
        line = line + chr(97 + i % 26)
        if len(line) > 80:
            line = line[1:]
    print(line)
    prefix = ""
    for i in range(2000):
        prefix = "x" + prefix
    print(len(prefix), "".join("ab" if i % 2 else "é" for i in range(n))[:10])


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 400000)
