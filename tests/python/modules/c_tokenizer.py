# The tokens of the parser itself, as tokenize's private iterator gives them.
import token
from tokenize import _generate_tokens_from_c_tokenizer as tokens

SOURCES = [
    "x = 1 + 2\n", "def f(a, *, b=None):\n    if a:\n        return b'x' @ a\n    # note\n    pass\n", "a\\\n+b",
    "s = '''one\ntwo'''; t = f'{x!r}'\n", "é = 'ü'  # ä\n", "x := (1,\n\n 2)\n", "async def f(): await x\n", "a <<= b ** c // d -> ...\n",
    "print(1)", "", "\n\n", "lambda: not None\n", "x = 0x_ff + 1e10j\n", "class A:\n\tx: int\n\n\n\ty = 2\nz",
]
for source in SOURCES:
    print(repr(source))
    for item in tokens(source):
        print("  ", token.tok_name[item.type], repr(item.string), item.start, item.end, repr(item.line))
for bad in ["x = $\n", "'abc\n", "(\n", "if 1:\n  x\n y\n", "1_\n", "'''", "0b2\n", "x\\ y\n"]:
    try:
        print(repr(bad), [item.string for item in tokens(bad)])
    except SyntaxError as error:
        print(repr(bad), type(error).__name__, error.msg, error.lineno, error.offset)
