# exit: 130
# A program may end with 130: only an uncaught KeyboardInterrupt ends it as SIGINT does.
import os
import signal
import subprocess
import sys

if len(sys.argv) > 1:
    if sys.argv[1] == "uncaught":
        sys.stderr.close()
        raise KeyboardInterrupt
    sys.exit(130)
print(subprocess.run([sys.executable, __file__, "exit"]).returncode)
print(subprocess.run([sys.executable, __file__, "uncaught"], stderr=subprocess.DEVNULL).returncode == -signal.SIGINT)
sys.stdout.flush()
sys.exit(130)
