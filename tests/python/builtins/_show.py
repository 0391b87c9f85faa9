# Helper of the tests of built-in types: evaluates lines one by one, so that one failure does not hide the rest.
def show(lines, names):
    for line in lines.strip().splitlines():
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        try:
            print(line, "->", repr(eval(line, names)))
        except Exception as error:
            print(line, "!!", type(error).__name__ + ":", error)


def run(blocks, names):
    """Blocks of statements, separated by lines of dashes."""
    for block in blocks.split("\n---\n"):
        try:
            exec(block.strip(), names)
        except Exception as error:
            print(block.strip().splitlines()[0], "!!", type(error).__name__ + ":", error)
