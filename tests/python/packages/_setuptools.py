# package: setuptools
from pathlib import Path
import os, sys, contextlib, io
os.makedirs("pk"); Path("pk/__init__.py").write_text("x = 1\n"); Path("setup.py").write_text("from setuptools import setup; setup(name='pk', version='1.0', packages=['pk'], entry_points={'console_scripts': ['pk = pk:x']})\n")
import setuptools; sys.argv = ["setup.py", "-q", "sdist", "--formats=zip", "bdist_wheel"]
with contextlib.redirect_stdout(io.StringIO()): exec(open("setup.py").read())
import zipfile; print(sorted(os.listdir("dist")), [sorted(zipfile.ZipFile("dist/" + f).namelist()) for f in sorted(os.listdir("dist"))])
