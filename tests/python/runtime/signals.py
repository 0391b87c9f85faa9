# Signals: handlers, KeyboardInterrupt in loops, alarm, wakeup, masks.
import os
import signal
import subprocess
import sys
import time

got = []
old = signal.signal(signal.SIGUSR1, lambda n, f: got.append((n == signal.SIGUSR1, f.f_code.co_name)))
print(old, signal.getsignal(signal.SIGUSR1).__name__)
def main():
    os.kill(os.getpid(), signal.SIGUSR1)
    for _ in range(1000): pass
main()
print(got[0][0])
def raising(n, f): raise ValueError("from handler")
signal.signal(signal.SIGUSR1, raising)
try:
    os.kill(os.getpid(), signal.SIGUSR1)
    time.sleep(1)
except ValueError as e: print(e)
signal.signal(signal.SIGALRM, lambda n, f: got.append("alarm"))
signal.setitimer(signal.ITIMER_REAL, 0.05)
start = time.monotonic(); time.sleep(0.2); print(got[-1], time.monotonic() - start > 0.15)
signal.setitimer(signal.ITIMER_REAL, 0.05)
n = 0
while got.count("alarm") < 2: n += 1
print(n > 0)
try:
    signal.raise_signal(signal.SIGINT)
    time.sleep(1)
except KeyboardInterrupt: print("KeyboardInterrupt")
print(signal.SIGINT, signal.Signals(2), signal.Signals.SIGTERM.name, signal.SIG_DFL, signal.SIG_IGN, int(signal.SIGKILL), signal.strsignal(2), len(signal.valid_signals()) > 30, signal.default_int_handler.__name__)
for bad in (lambda: signal.signal(9999, lambda: 0), lambda: signal.signal(signal.SIGKILL, signal.SIG_IGN), lambda: signal.signal(signal.SIGINT, 5), lambda: signal.alarm("a"), lambda: signal.Signals(999)):
    try: bad()
    except Exception as e: print(type(e).__name__, e)
signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGUSR1}); os.kill(os.getpid(), signal.SIGUSR1); print(signal.sigpending()); signal.signal(signal.SIGUSR1, lambda n, f: got.append("unblocked")); signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGUSR1}); print(got[-1])
r, w = os.pipe(); os.set_blocking(w, False); signal.set_wakeup_fd(w); os.kill(os.getpid(), signal.SIGUSR1); print(os.read(r, 1)[0] == signal.SIGUSR1); signal.set_wakeup_fd(-1)
for source in ("while True: pass", "for i in iter(int, 1): pass", "import time; time.sleep(30)", "x = []\nwhile True: x = [x] if len(str(1)) else x", "import threading; threading.Event().wait(30)", "list(map(lambda x: x, iter(int, 1)))" if False else "def f():\n    while True:\n        try: pass\n        finally: pass\nf()", "input()"):
    p = subprocess.Popen([sys.executable, "-S", "-c", "print('ready', flush=True)\n" + source], stdout=subprocess.PIPE, stderr=subprocess.PIPE, stdin=subprocess.PIPE, text=True)
    p.stdout.readline(); time.sleep(0.1); p.send_signal(signal.SIGINT)
    out, err = p.communicate(timeout=20)
    print(repr(source)[:40], p.returncode, err.strip().splitlines()[-1])
