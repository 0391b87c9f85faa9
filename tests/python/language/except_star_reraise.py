# What except* clauses re-raise keeps the group's message; what they raise is grouped anew.
def show(error, indent=""):
    parts = getattr(error, "exceptions", None)
    print(indent + repr(error), "notes" if getattr(error, "__notes__", None) else "")
    for part in parts or ():
        show(part, indent + "  ")


def attempt(body):
    try:
        body()
    except BaseException as error:
        show(error)
    else:
        print("nothing raised")


def group():
    return ExceptionGroup("eg", [TypeError(1), ValueError(2), OSError(3)])


def all_again():
    try:
        raise group()
    except* TypeError as error:
        raise
    except* ValueError:
        raise


def one_new():
    try:
        raise ExceptionGroup("eg", [ValueError(1)])
    except* ValueError:
        raise KeyError("new")


def naked_new():
    try:
        raise ValueError(1)
    except* ValueError:
        raise KeyError("new")


def one_of_each():
    try:
        raise group()
    except* TypeError:
        raise KeyError("new")
    except* OSError:
        raise
    except* ValueError:
        pass


for body in (all_again, one_new, naked_new, one_of_each):
    print(body.__name__)
    attempt(body)


# A bare raise adds no entry of its own frame to the traceback.
def bare():
    try:
        1 / 0
    except ZeroDivisionError:
        raise


try:
    bare()
except ZeroDivisionError as error:
    lines = []
    traceback = error.__traceback__
    while traceback is not None:
        lines.append((traceback.tb_frame.f_code.co_name, traceback.tb_lineno - traceback.tb_frame.f_code.co_firstlineno))
        traceback = traceback.tb_next
    print(lines[1:])
