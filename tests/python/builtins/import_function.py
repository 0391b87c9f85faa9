# __import__ is a built-in function.
import os.path

print(__import__, __import__("os") is os, __import__("os.path") is os, __import__("os.path", fromlist=["x"]) is os.path)
print(__import__("os.path", globals(), locals(), ["join"], 0) is os.path)
for wrong in (lambda: __import__(5), lambda: __import__(), lambda: __import__(""), lambda: __import__("no_such_module"),
              lambda: __import__("os", level=-1), lambda: __import__("os.nothing")):
    try:
        wrong()
    except Exception as error:
        print(type(error).__name__, error)
