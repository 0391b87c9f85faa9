# Names that are long constants of a library module: interned, and used as attribute names.
import json
import sys


class Holder:
    pass


text = json.__doc__
same = sys.intern(text)
print(same == text, sys.intern("".join([text])) is same)
holder = Holder()
setattr(holder, text, 1)
print(list(vars(holder)) == [text], getattr(holder, text))
