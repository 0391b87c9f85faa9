# dis decodes whatever instructions the interpreter has: what does not depend on them.
import dis
import io


def example(items, more=1):
    import os.path
    try:
        for item in items:
            print(item + more)
    except ValueError:
        return os.path


instructions = list(dis.get_instructions(example))
print(len(instructions) > 10, all(i.opname and i.offset >= 0 for i in instructions))
lines = [line - example.__code__.co_firstlineno for _, line in dis.findlinestarts(example.__code__) if line]
print(set(range(1, 6)) <= set(lines))
offsets = {i.offset for i in instructions}
print(all(i.offset in offsets for i in instructions if i.is_jump_target), any(i.is_jump_target for i in instructions))
print(list(dis._find_imports(example.__code__)))
print(list(dis._find_store_names(compile("a = 1\nb = 2\n", "x", "exec"))))
out = io.StringIO()
dis.dis(example, file=out)
print("print" in out.getvalue(), ">>" in out.getvalue(), "ExceptionTable" in out.getvalue())
print("os.path" in dis.Bytecode(example).dis(), dis.stack_effect(dis.opmap["NOP"]))


# What holds for every instruction set.
def sample(a, b=2):
    for i in a:
        print(i + b, "text")
    return [x for x in a if x]


code = dis.Bytecode(sample)
print(len(list(code)) == len(list(dis.get_instructions(sample))), code.codeobj is sample.__code__)
print("text" in [i.argval for i in code], "print" in [i.argval for i in code])
print(any(i.is_jump_target for i in code), {type(i.offset) for i in code})
print(len(list(dis.get_instructions(sample, show_caches=True))) == len(list(sample.__code__.co_positions())))
lines = [line - sample.__code__.co_firstlineno for _, line in dis.findlinestarts(sample.__code__)]
print({1, 2, 3} <= set(lines), dis.opname[dis.opmap["LOAD_CONST"]], dis.opmap["LOAD_CONST"] in dis.hasconst)
out = io.StringIO()
dis.dis(sample, file=out)
print("Disassembly of <code object <listcomp>" in out.getvalue(), "print" in out.getvalue())
out = io.StringIO()
dis.dis(sample, file=out, depth=0)
print("listcomp" in out.getvalue().split("\n")[-2])
print(dis.code_info(sample).split("\n")[0].split(), dis.code_info("x = 1").split("\n")[0].split())
for wrong in (3, None.__class__, [].append):
    try:
        dis.code_info(wrong)
    except TypeError as error:
        print(str(error)[:31])
try:
    1 / 0
except ZeroDivisionError as error:
    out = io.StringIO()
    dis.distb(error.__traceback__, file=out)
    print("-->" in out.getvalue())
