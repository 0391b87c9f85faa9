# package: SCons
from pathlib import Path
import os, sys
Path("SConstruct").write_text("env = Environment(tools=[])\nenv.Command('out.txt', 'in.txt', lambda target, source, env: __import__('pathlib').Path(str(target[0])).write_text(__import__('pathlib').Path(str(source[0])).read_text().upper()) and None)\n"); Path("in.txt").write_text("abc")
import SCons.Script; sys.argv = ["scons", "-Q"]
try: SCons.Script.main()
except SystemExit as error: print("exit", error.code)
print(open("out.txt").read())
