# options: -S
# Warnings of the compiler are shown although nobody imported warnings; an error filter makes them SyntaxErrors.
import subprocess
import sys

for options in (["-S"], ["-S", "-W", "ignore"], ["-S", "-W", "error"]):
    run = subprocess.run([sys.executable, *options, "-c", "x = 1\nprint(x is 1)\nassert (x, 'text')"], capture_output=True, text=True)
    print(run.returncode, run.stdout, run.stderr)
