# _thread.interrupt_main asks the handler of the signal; threads report what they raise also without sys.stderr.
import _thread
import atexit
import select
import signal
import sys
import threading


def raises(function, *arguments):
    try:
        return function(*arguments)
    except BaseException as error:
        return "%s: %s" % (type(error).__name__, error)


for number in (-1, 0, signal.NSIG):
    print(raises(_thread.interrupt_main, number))
for disposition in (signal.SIG_IGN, signal.SIG_DFL):
    signal.signal(signal.SIGTERM, disposition)
    print(raises(_thread.interrupt_main, signal.SIGTERM))


def interrupted():
    thread = threading.Thread(target=_thread.interrupt_main)
    thread.start()
    thread.join()


print(raises(interrupted))


class Vanishing:
    def fileno(self):
        waited.pop()
        return sys.__stdout__.fileno()


waited = [Vanishing() for _ in range(10)]
print(len(select.select([], waited, [])[1]))


class Recorder:
    text = ""

    def write(self, text):
        Recorder.text += text

    def flush(self):
        pass


def fail():
    sys.stderr = None
    1 / 0


kept, sys.stderr = sys.stderr, Recorder()
thread = threading.Thread(target=fail, name="failing")
thread.start()
thread.join()
sys.stderr = kept
print(Recorder.text.splitlines()[0], "|", Recorder.text.splitlines()[-1])

atexit.register(print, "first")
del sys.modules["atexit"]
import atexit as again
again.register(print, "second")
print(atexit is again)
