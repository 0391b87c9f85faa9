# A Brainfuck compiler to Python closures and an interpreter.
HELLO = "++++++++[>++++[>++>+++>+++>+<<<<-]>+>+>->>+[<]<-]>>.>---.+++++++..+++.>>.<-.<.+++.------.--------.>>+.>++."
def run(code, data=""):
    stack, jumps = [], {}
    for i, c in enumerate(code):
        if c == "[": stack.append(i)
        elif c == "]": j = stack.pop(); jumps[i], jumps[j] = j, i
    tape, p, i, out, source = [0] * 100, 0, 0, [], iter(data)
    while i < len(code):
        c = code[i]
        if c == ">": p += 1
        elif c == "<": p -= 1
        elif c == "+": tape[p] = (tape[p] + 1) % 256
        elif c == "-": tape[p] = (tape[p] - 1) % 256
        elif c == ".": out.append(chr(tape[p]))
        elif c == ",": tape[p] = ord(next(source, "\0"))
        elif c == "[" and not tape[p]: i = jumps[i]
        elif c == "]" and tape[p]: i = jumps[i]
        i += 1
    return "".join(out)
def translate(code):
    lines, depth = ["def f(out, data):", " t, p = [0] * 100, 0"], 1
    for c in code:
        pad = " " * depth
        if c in "[": lines.append(pad + "while t[p]:"); depth += 1; lines.append(" " * depth + "pass")
        elif c == "]": depth -= 1
        else: lines.append(pad + {">": "p += 1", "<": "p -= 1", "+": "t[p] = (t[p] + 1) % 256", "-": "t[p] = (t[p] - 1) % 256", ".": "out.append(chr(t[p]))", ",": "t[p] = ord(next(data, '\\0'))"}[c])
    ns = {}
    exec("\n".join(lines), ns)
    def call(data=""):
        out = []; ns["f"](out, iter(data)); return "".join(out)
    return call
print(run(HELLO), end=""); print(translate(HELLO)(), end=""); print(repr(run(",[.,]", "echo")), repr(translate(",[.,]")("compiled")), run("++[>+++<-]>" + "+" * 60 + "."))
