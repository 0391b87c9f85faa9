# The image of the standard library: programs do the same with it, without it, and when its file is damaged.
import os
import shutil
import subprocess
import sys
import tempfile

PROGRAM = """
import collections, dataclasses, json, re, sys
@dataclasses.dataclass
class Point:
    x: int
    y: int = 2
print(json.dumps({"a": [1, None]}), re.findall("[a-c]+", "abxcab"), Point(1), collections.Counter("aab"))
print(json.dumps.__doc__[:20], json.__file__ == json.__spec__.origin, type(json.__loader__).__name__)
print(sys.intern("dataclass") is sys.intern("data" + "class"), {"dumps": 1}[json.dumps.__name__])
try:
    json.loads("{")
except ValueError as error:
    print(error, error.__traceback__.tb_next.tb_frame.f_code.co_name)
"""
HAS_IMAGE = sys.implementation.name == "viperine"


def run(program, *options):
    done = subprocess.run([program, *options, "-c", PROGRAM], capture_output=True, text=True, timeout=60)
    return done.returncode, done.stdout, done.stderr


def change_byte(path, offset):
    with open(path, "r+b") as file:
        file.seek(offset)
        byte = file.read(1)[0]
        file.seek(offset)
        file.write(bytes([byte ^ 0x10]))


def outcomes_with_damage(folder):
    """What happens with a copy of the executable whose image is damaged, as (damage, result) pairs."""
    program = os.path.join(folder, "program")
    image = os.path.join(folder, "viperine.image")
    whole = os.path.join(os.path.dirname(sys.executable), "viperine.image")
    shutil.copy(sys.executable, program)
    shutil.copyfile(whole, image)
    yield "none", run(program)
    for offset in [*range(0, 160, 13), 16, 24, 32]:
        change_byte(image, offset)
        yield "byte %d" % offset, run(program)
        change_byte(image, offset)
    change_byte(image, os.path.getsize(image) // 2)
    yield "content", run(program, "-X", "image=verify")
    for size in (os.path.getsize(image) - 1, 4096, 100, 0):
        os.truncate(image, size)
        yield "%d bytes" % size, run(program)
    os.remove(image)
    yield "missing", run(program)
    os.mkdir(image)
    yield "a folder", run(program)


expected = run(sys.executable)
print(expected[1], end="")
print(expected[0], expected[2] == "")
if HAS_IMAGE:
    for options in (["-X", "image=off"], ["-X", "image=verify"]):
        if run(sys.executable, *options) != expected:
            print("differs with", *options)
    with tempfile.TemporaryDirectory() as temporary:
        for damage, result in outcomes_with_damage(temporary):
            if result != expected:
                print("differs with damage:", damage, result)
