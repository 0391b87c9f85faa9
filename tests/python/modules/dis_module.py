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
