# package: ensurepip
import os
import subprocess
import sys
import zipfile

folder = os.getcwd()
wheel = "demo_thing-1.5-py3-none-any.whl"
with zipfile.ZipFile(wheel, "w") as archive:
    archive.writestr("demo_thing/__init__.py", "def main(): print('demo', __name__)\n")
    archive.writestr("demo_thing-1.5.dist-info/METADATA", "Metadata-Version: 2.1\nName: demo-thing\nVersion: 1.5\nSummary: A thing.\nRequires-Dist: absent; platform_python_implementation == 'Nothing'\n")
    archive.writestr("demo_thing-1.5.dist-info/WHEEL", "Wheel-Version: 1.0\nGenerator: hand\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
    archive.writestr("demo_thing-1.5.dist-info/entry_points.txt", "[console_scripts]\ndemo = demo_thing:main\n")
    archive.writestr("demo_thing-1.5.dist-info/RECORD", "demo_thing/__init__.py,,\ndemo_thing-1.5.dist-info/METADATA,,\ndemo_thing-1.5.dist-info/WHEEL,,\ndemo_thing-1.5.dist-info/entry_points.txt,,\ndemo_thing-1.5.dist-info/RECORD,,\n")
environment = {**{k: v for k, v in os.environ.items() if not k.startswith("PIP_")}, "PIP_CONFIG_FILE": "/dev/null", "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_NO_INDEX": "1", "HOME": folder}


def run(*command):
    done = subprocess.run(command, capture_output=True, text=True, timeout=170, env=environment)
    lines = [line for line in done.stdout.replace(folder, "DIR").splitlines() if not line.startswith(("Processing", "Location", "Editable"))]
    print(command[1:], done.returncode, "|".join(lines), done.stderr[-500:])


print(subprocess.run([sys.executable, "-m", "venv", "env"], env=environment, timeout=170).returncode)
python = folder + "/env/bin/python"
run(python, "-m", "pip", "--version")
run(python, "-m", "pip", "install", "--no-compile", wheel)
run("env/bin/demo")
run(python, "-m", "pip", "list", "--format=freeze")
run(python, "-m", "pip", "show", "-f", "demo_thing")
run(python, "-c", "import importlib.metadata as m; print(m.version('demo-thing'), [e.value for e in m.entry_points(group='console_scripts') if e.name == 'demo'], m.metadata('demo_thing')['Summary'], [str(f) for f in m.files('demo-thing')][:2])")
run(python, "-m", "pip", "uninstall", "-y", "demo-thing")
run(python, "-m", "pip", "install", "nothing-of-that-name")
