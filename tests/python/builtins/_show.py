# Helper of the tests of built-in types: evaluates expressions one by one, so that one failure does not hide the rest.


def parts(line):
    """The expressions of a line: split at the commas that stand outside brackets and quotes."""
    out, start, depth, quote, i = [], 0, 0, "", 0
    while i < len(line):
        c = line[i]
        if quote:
            if c == "\\":
                i += 1
            elif c == quote:
                quote = ""
        elif c in "'\"":
            quote = c
        elif c in "([{":
            depth += 1
        elif c in ")]}":
            depth -= 1
        elif c == "," and depth == 0:
            out.append(line[start:i])
            start = i + 1
        i += 1
    out.append(line[start:])
    return [part.strip() for part in out if part.strip()]


def show(lines, names):
    for line in lines.strip().splitlines():
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        for part in parts(line):
            try:
                print(part, "->", repr(eval(part, names)))
            except Exception as error:
                print(part, "!!", type(error).__name__ + ":", error)


def run(blocks, names):
    """Blocks of statements, separated by lines of dashes."""
    for block in blocks.split("\n---\n"):
        try:
            exec(block.strip(), names)
        except Exception as error:
            print(block.strip().splitlines()[0], "!!", type(error).__name__ + ":", error)
