# A virtual environment: made by -m venv, its prefix, its paths, its scripts; the same through a link and with -I, -S, -E.
import os
import shutil
import subprocess
import sys
import tempfile

folder = os.path.realpath(tempfile.mkdtemp())
place = os.path.join(folder, "env")
implementation = sys.implementation.name


def clean(text):
    program = os.path.realpath(sys.executable)
    for old, new in ((folder, "DIR"), (program, "PROGRAM"), (os.path.dirname(program), "BIN"), (sys.executable, "PROGRAM")):
        text = text.replace(old, new)
    return text


def run(*command, **variables):
    done = subprocess.run(command, capture_output=True, text=True, timeout=100, cwd=folder, env={**os.environ, **variables})
    print(clean(" ".join(command))[:120], done.returncode)
    print("  ", clean(done.stdout).strip().replace("\n", "\n   "), clean(done.stderr).strip()[-300:])


run(sys.executable, "-m", "venv", "--without-pip", place)
print(sorted(n for n in os.listdir(place + "/bin") if n.startswith(("activ", "Activ"))), os.path.islink(place + "/bin/python3"))
with open(place + "/pyvenv.cfg") as file:
    print(clean("".join(line for line in file if not line.startswith(("version", "command", "executable")))))
python = place + "/bin/python"
SHOW = "import sys, site; print(sys.prefix, sys.base_prefix, sys.exec_prefix, sys.executable, [p for p in sys.path if 'packages' in p], sys._base_executable != sys.executable)"
run(python, "-c", SHOW)
run(python, "-I", "-c", SHOW)
run(python, "-S", "-c", "import sys; print(sys.prefix, sys.base_prefix, [p for p in sys.path if 'packages' in p])")
run(place + "/bin/../bin/python3", "-c", "import sys; print(sys.prefix)")
run("sh", "-c", ". env/bin/activate; python -c 'import sys; print(sys.executable, sys.prefix)'; deactivate; echo $VIRTUAL_ENV.")
packages = place + "/lib/python3.11/site-packages"
with open(packages + "/there.py", "w") as file:
    file.write("x = 'found'\n")
with open(packages + "/line.pth", "w") as file:
    file.write("import sys; sys.marked = 1\nextra\nnothing_there\n")
os.mkdir(packages + "/extra")
run(python, "-c", "import there, sys; print(there.x, sys.marked, [p for p in sys.path if p.endswith('extra')])")
run(python, "-c", "import sysconfig as s; print(s.get_path('purelib'), s.get_path('scripts'), s.get_path('stdlib'), s.get_default_scheme(), s.get_config_var('prefix'))")
run(python, "-m", "site")
run(python, "-c", "import site; print(site.ENABLE_USER_SITE, site.getsitepackages(), site.PREFIXES)")
run(sys.executable, "-m", "venv", "--without-pip", "--system-site-packages", "--prompt", "mine", place + "2")
run(place + "2/bin/python", "-c", "import sys; print([p for p in sys.path if 'packages' in p])", HOME=folder)
run(python, "-m", "venv", "--without-pip", place + "3")
run(place + "3/bin/python", "-c", "import sys; print(sys.prefix, sys.base_prefix)")
run(python, "-c", "import subprocess, sys; print(subprocess.check_output([sys.executable, '-c', 'import sys; print(sys.prefix)'], text=True))")
shutil.rmtree(folder)
