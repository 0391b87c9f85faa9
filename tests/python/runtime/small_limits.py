# Few addresses, little data: programs start, recursion and allocation end in exceptions, threads run.
import resource
import subprocess
import sys

PROGRAM = """
import sys, threading
sys.setrecursionlimit(5000)
def deeper(n):
    return deeper(n + 1)
try:
    deeper(0)
except RecursionError as error:
    print(type(error).__name__)
try:
    [0] * 10**9
except MemoryError as error:
    print(type(error).__name__)
threads = [threading.Thread(target=print, args=(i,)) for i in range(2)]
for thread in threads:
    thread.start()
    thread.join()
"""

for kind in (resource.RLIMIT_AS, resource.RLIMIT_DATA):
    for megabytes in (128, 256, 1024):
        size = megabytes << 20

        def limit():
            resource.setrlimit(kind, (size, size))

        done = subprocess.run([sys.executable, "-S", "-c", PROGRAM], capture_output=True, text=True, preexec_fn=limit)
        print(megabytes, done.returncode, done.stdout.split(), done.stderr)
