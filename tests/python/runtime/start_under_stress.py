# Starting and ending while the collector runs all the time: nothing that start-up holds may move or die.
import subprocess
import sys

for arguments in (["-m", "keyword"], ["-m", "nonexistent_module"], ["-c", "raise SystemExit(-1)"], ["-c", "1/0"],
                  ["-c", "import atexit; atexit.register(print)"]):
    done = subprocess.run([sys.executable, "-X", "gc-stress=3", *arguments], capture_output=True)
    print(arguments, done.returncode)
