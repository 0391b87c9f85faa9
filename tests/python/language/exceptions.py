# try, except, else, finally, raise, chaining, custom exceptions.
def attempt(f):
    try:
        result = f()
    except ZeroDivisionError as error:
        return "zero", str(error)
    except (KeyError, IndexError) as error:
        return "lookup", type(error).__name__, error.args
    except Exception as error:
        return "other", type(error).__name__, str(error)
    else:
        return "else", result
    finally:
        print("finally", end=" ")


print(attempt(lambda: 1 / 0))
print(attempt(lambda: {}["k"]))
print(attempt(lambda: [][3]))
print(attempt(lambda: int("x")))
print(attempt(lambda: 42))


class AppError(Exception):
    pass


class Detailed(AppError):
    def __init__(self, code, message="none"):
        super().__init__(code, message)
        self.code = code

    def __str__(self):
        return f"[{self.code}] {self.args[1]}"


try:
    raise Detailed(7, "failed")
except AppError as error:
    print(error, repr(error), error.code, error.args, isinstance(error, Exception))
try:
    raise AppError
except AppError as error:
    print(repr(error), error.args, str(error) == "")
try:
    raise ValueError("a", 1)
except ValueError as error:
    print(error, repr(error))
try:
    try:
        raise ValueError("first")
    except ValueError as error:
        raise KeyError("second") from error
except KeyError as error:
    print(repr(error), repr(error.__cause__), error.__suppress_context__, error.__context__ is error.__cause__)
try:
    try:
        1 / 0
    except ZeroDivisionError:
        undefined
except NameError as error:
    print(repr(error.__context__), error.__cause__, error.__suppress_context__)
try:
    try:
        1 / 0
    except ZeroDivisionError:
        raise ValueError("no context") from None
except ValueError as error:
    print(error.__cause__, error.__suppress_context__, type(error.__context__).__name__)


def reraise():
    try:
        raise IndexError("again")
    except IndexError:
        raise


try:
    reraise()
except IndexError as error:
    print(error, error.__traceback__.tb_frame.f_code.co_name, error.__traceback__.tb_next.tb_frame.f_code.co_name)
try:
    error
except NameError as missing:
    print(missing)
for value in (5, "text", None, int, object(), [ValueError], (ValueError,)):
    try:
        raise value
    except TypeError as problem:
        print(problem)
try:
    raise ValueError from 5
except TypeError as problem:
    print(problem)
try:
    raise
except RuntimeError as problem:
    print(problem)
for handler in (5, "x", (ValueError, 5), None):
    try:
        try:
            1 / 0
        except handler:
            print("caught")
    except TypeError as problem:
        print(problem)
    except ZeroDivisionError:
        print("fell through")


def nested():
    for i in range(3):
        try:
            try:
                if i == 0:
                    raise ValueError(i)
                if i == 1:
                    raise KeyError(i)
            except ValueError as e:
                print("inner", e)
            else:
                print("no error", i)
            finally:
                print("cleanup", i)
        except KeyError as e:
            print("outer", e)


nested()
try:
    try:
        raise ValueError("lost")
    finally:
        raise KeyError("wins")
except KeyError as error:
    print(error, repr(error.__context__))
import sys
try:
    raise OSError(2, "No such file", "name.txt")
except OSError as error:
    print(type(error).__name__, error, error.errno, error.strerror, error.filename)
print(sys.exc_info())
try:
    1 / 0
except ZeroDivisionError:
    print(sys.exc_info()[0].__name__, sys.exc_info()[1])
    try:
        [][0]
    except IndexError:
        print(sys.exc_info()[0].__name__)
    print(sys.exc_info()[0].__name__)
print(sys.exc_info()[0])
e = ValueError("noted")
e.add_note("a note")
e.add_note("another")
print(e.__notes__)
try:
    e.add_note(5)
except TypeError as error:
    print(error)
print(ValueError("x").with_traceback(None), BaseException.__subclasses__()[0].__name__)
assert True
try:
    assert 1 == 2, "message"
except AssertionError as error:
    print(repr(error))
try:
    assert []
except AssertionError as error:
    print(repr(error))
try:
    raise StopIteration(5)
except StopIteration as error:
    print(error.value)
try:
    sys.exit(3)
except SystemExit as error:
    print(error.code, repr(error))
try:
    "x".encode("ascii", "bad") if False else "é".encode("ascii")
except UnicodeEncodeError as error:
    print(error, error.start, error.end, error.reason, error.object, error.encoding)
try:
    b"\xff".decode("utf-8")
except UnicodeDecodeError as error:
    print(error)
