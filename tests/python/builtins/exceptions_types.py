import builtins
from _show import show, run
def tree(c, depth=0):
    print(" " * depth + c.__name__)
    for s in sorted((s for s in c.__subclasses__() if s.__module__ == "builtins"), key=lambda s: s.__name__):
        tree(s, depth + 1)
tree(BaseException)
show("""
Exception(), Exception('a'), Exception('a', 1), str(Exception()), str(Exception('a')), str(Exception('a', 1)), repr(Exception(5)), Exception('a').args, Exception(1, 2).args, ValueError('x') == ValueError('x'), hash(ValueError()) is not None, Exception('a').__cause__, Exception().__traceback__, Exception().__suppress_context__, Exception.__doc__, isinstance(KeyError(), LookupError)
str(KeyError('a')), str(KeyError()), str(KeyError(1, 2)), repr(KeyError('a')), StopIteration(5).value, StopIteration().value, StopAsyncIteration(5).args, SystemExit(3).code, SystemExit().code, SystemExit(1, 2).code, str(SystemExit(3)), GeneratorExit().args
OSError(2, 'msg'), str(OSError(2, 'msg')), str(OSError(2, 'msg', 'file')), str(OSError(2, 'msg', 'f', None, 'g')), OSError(2, 'm').errno, OSError(2, 'm', 'f').filename, OSError('one').errno, OSError(1, 2, 3, 4, 5).args, type(OSError(2, 'x')), type(OSError(13, 'x')), type(OSError(17, 'x')), type(OSError(32, 'x')), type(OSError(4, 'x')), type(OSError(9999, 'x')), IOError is OSError, EnvironmentError is OSError, FileNotFoundError('a').errno, OSError(2, 'm', 'f').args, BlockingIOError(11, 'm').errno
ImportError('m', name='n', path='p').name, ImportError('m', name='n').path, ModuleNotFoundError('m', name='x'), str(ImportError('m', name='x')), AttributeError('m', name='a', obj=5).obj, NameError('m', name='n').name, AttributeError('x').name
ImportError('m', bad=1)
AttributeError('m', zz=1)
UnicodeDecodeError('utf-8', b'abc', 0, 1, 'reason'), str(UnicodeDecodeError('utf-8', b'abc', 0, 1, 'r')), str(UnicodeDecodeError('utf-8', b'abc', 0, 2, 'r')), str(UnicodeEncodeError('ascii', 'aé', 1, 2, 'r')), str(UnicodeEncodeError('ascii', 'a日', 1, 2, 'r')), str(UnicodeTranslateError('aé', 0, 2, 'r')), UnicodeDecodeError('u', b'a', 0, 1, 'r').object
UnicodeDecodeError()
UnicodeDecodeError('a', 'b', 0, 1, 'r')
UnicodeEncodeError('a', b'b', 0, 1, 'r')
SyntaxError('m').msg, SyntaxError('m', ('f', 1, 2, 'text')).lineno, str(SyntaxError('m', ('f', 1, 2, 't'))), SyntaxError('m', ('f', 1, 2, 't', 3, 4)).end_lineno, SyntaxError().msg, SyntaxError('m', ('f', 1, 2, 't')).print_file_and_line, str(SyntaxError('m'))
SyntaxError('m', 5)
SyntaxError('m', (1,))
Exception(a=1)
BaseException.__new__(ValueError, 5), ValueError.__init__(ValueError(), 5), ValueError(5).with_traceback(None), ValueError().__reduce__(), ValueError('a').__reduce__(), OSError(2, 'm', 'f').__reduce__()[1], ValueError('a').__setstate__({'x': 1})
ValueError().with_traceback(5)
BaseException('a').add_note('n'), issubclass(ExceptionGroup, Exception), issubclass(BaseExceptionGroup, BaseException), UnboundLocalError.__mro__[1:3], RecursionError.__base__, TimeoutError.__base__, NotImplementedError.__base__, FloatingPointError.__base__, BrokenPipeError.__base__, ConnectionError.__base__, TabError.__mro__[1:3], BytesWarning.__base__, EncodingWarning.__base__, ResourceWarning.__base__
""", globals())
run("""
e = ValueError('a'); e.args = (1, 2); print(e, e.args); e.args = 5
---
e = ValueError(); e.__cause__ = KeyError(); print(e.__suppress_context__); e.__cause__ = 5
---
e = ValueError(); e.__context__ = 5
---
e = ValueError(); e.__traceback__ = 5
---
e = ValueError(); e.x = 1; print(e.__dict__, e.x); del e.args
---
class E(Exception):
    def __init__(self, a, b=2): self.a = a
print(E(1).args, E(1, b=3).args, repr(E(5)), str(E(1, 2)))
---
class E2(ValueError):
    def __str__(self): return 'custom'
    def __repr__(self): return 'R'
print(E2(1), repr(E2(1)), f'{E2()}', [E2()])
---
class E3(Exception):
    def __str__(self): raise ValueError('in str')
print(E3())
---
e = OSError(2, 'm', 'f'); e.errno = 5; e.filename = 'g'; print(e, e.args)
---
import pickle
for e in (ValueError('a', 1), KeyError('k'), OSError(2, 'm', 'f'), UnicodeDecodeError('u', b'a', 0, 1, 'r'), StopIteration(3), SystemExit(2), ImportError('m', name='n'), SyntaxError('m', ('f', 1, 2, 't')), ExceptionGroup('g', [ValueError(1)]), AttributeError('a', name='n', obj=1)):
    f = pickle.loads(pickle.dumps(e)); print(type(f).__name__, f.args, str(f))
---
e = UnicodeDecodeError('utf-8', b'abc', 0, 1, 'r'); e.start = 1; e.end = 2; e.reason = 'new'; print(e)
---
s = SyntaxError('m', ('f.py', 3, 5, 'source text', 3, 8)); print(s, s.filename, s.lineno, s.offset, s.text, s.end_offset, s.args)
---
try: raise ValueError('x') from ValueError('y')
except ValueError as e: print(e.__cause__, e.__traceback__ is not None, e.__traceback__.tb_lineno)
""", globals())
