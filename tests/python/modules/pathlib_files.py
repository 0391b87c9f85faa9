import pathlib, tempfile, shutil, glob, os, zipfile, tarfile, io, fileinput, filecmp, stat, linecache, shelve, mmap
from pathlib import *
from _show import show, run
root = Path(tempfile.mkdtemp())
os.chdir(root)
show("""
PurePath('a/b') / 'c', PurePath('/a', 'b', '/c'), PurePath('a//b/./c/'), PurePath('a.tar.gz').suffixes, PurePath('/a/b.c').stem, PurePath('/a/b').parts, PurePath('/a/b').parent, list(PurePath('/a/b/c').parents), PurePath('a').joinpath('b', 'c'), PurePath('/a/b').relative_to('/a'), PurePath('a/b.py').match('*.py'), PurePath('a').with_name('z'), PurePath('a.x').with_suffix('.y'), PurePath('a') == PurePath('a'), PurePath('a') < PurePath('b'), hash(PurePath('a')) == hash(PurePath('a')), str(PurePath('.')), PurePath('/a').is_absolute(), PurePath('/a').as_uri(), PureWindowsPath('c:\\\\a\\\\b').parts, PurePosixPath('a').as_posix(), repr(PurePath('a')), os.fspath(PurePath('x')), PurePath('a/b').is_relative_to('a'), PurePath('a.b').with_stem('q'), PurePath('/').name, 'x' / PurePath('y')
PurePath('/a').relative_to('/b')
PurePath('a').with_suffix('bad')
PurePath(5)
PurePath('').with_name('x')
Path('nope').read_text()
Path('nope').stat()
Path('.').read_bytes()
""", globals())
run("""
p = Path('d'); p.mkdir(); (p / 'f.txt').write_text('hello\\nworld', encoding='utf-8'); print((p / 'f.txt').read_text(), (p / 'f.txt').read_bytes(), p.exists(), p.is_dir(), (p / 'f.txt').is_file(), (p / 'f.txt').stat().st_size, sorted(x.name for x in p.iterdir()), p.resolve() == root.resolve() / 'd')
---
p.mkdir()
---
Path('x/y/z').mkdir(parents=True); Path('x/y/a.py').touch(); Path('x/b.py').write_bytes(b'1'); print(sorted(map(str, Path('.').glob('**/*.py'))), sorted(map(str, Path('x').rglob('*'))), sorted(glob.glob('x/**', recursive=True)), glob.glob('none*'), sorted(glob.glob('x/[a-c]*')))
---
q = Path('d/f.txt').rename('g.txt'); print(q, Path('d/f.txt').exists()); q.unlink(); q.unlink(missing_ok=True); q.unlink()
---
with Path('o.txt').open('w') as f: f.write('1\\n2\\n')
Path('link').symlink_to('o.txt'); print(Path('link').is_symlink(), Path('link').readlink(), Path('link').resolve().name, Path('o.txt').samefile('link'), oct(Path('o.txt').stat().st_mode)[-3:], Path.cwd().name == root.name, Path('~').expanduser() != Path('~'))
---
shutil.copy('o.txt', 'copy.txt'); shutil.copytree('x', 'x2'); shutil.move('copy.txt', 'moved.txt'); print(sorted(os.listdir('.')), filecmp.cmp('o.txt', 'moved.txt'), shutil.which('sh') is not None, shutil.disk_usage('/').total > 0); shutil.rmtree('x2'); shutil.rmtree('nope')
---
with zipfile.ZipFile('a.zip', 'w', zipfile.ZIP_DEFLATED) as z: z.write('o.txt'); z.writestr('in/s.txt', 'content' * 50); print(z.namelist())
with zipfile.ZipFile('a.zip') as z: print(z.read('in/s.txt')[:7], z.getinfo('o.txt').file_size, z.testzip(), z.infolist()[1].filename, [l for l in z.open('o.txt')]); z.extractall('ex'); print(Path('ex/in/s.txt').exists(), zipfile.is_zipfile('a.zip'), zipfile.is_zipfile('o.txt'), z.read('none'))
---
zipfile.ZipFile('o.txt')
---
with tarfile.open('a.tar.gz', 'w:gz') as t: t.add('o.txt'); i = tarfile.TarInfo('mem'); i.size = 3; t.addfile(i, io.BytesIO(b'abc'))
with tarfile.open('a.tar.gz') as t: print(t.getnames(), t.extractfile('mem').read(), t.getmember('o.txt').isfile()); t.extract('o.txt', 'tx'); print(os.listdir('tx'), tarfile.is_tarfile('a.tar.gz'))
---
with tempfile.NamedTemporaryFile('w+', suffix='.t') as f: f.write('x'); f.flush(); print(os.path.exists(f.name), f.name.endswith('.t'))
print(os.path.exists(f.name)); 
with tempfile.TemporaryDirectory() as d: print(os.path.isdir(d))
print(os.path.isdir(d), tempfile.gettempdir() != '', os.path.basename(tempfile.mktemp(prefix='pp'))[:2])
with tempfile.SpooledTemporaryFile(10) as f: f.write(b'abc'); f.seek(0); print(f.read())
---
for l in fileinput.input(['o.txt']): print(fileinput.lineno(), repr(l))
---
with shelve.open('shelf') as s: s['k'] = [1, 2]; s['z'] = {'a': 1}
with shelve.open('shelf') as s: print(s['k'], sorted(s), 'z' in s, len(s)); del s['k']
---
with open('mm', 'wb') as f: f.write(b'hello world')
with open('mm', 'r+b') as f:
    with mmap.mmap(f.fileno(), 0) as m: print(m[:5], m.find(b'o'), len(m), m.readline(), m.seek(0), m.read(3)); m[0:5] = b'HELLO'; m.flush()
print(open('mm').read())
---
st = os.stat('o.txt'); print(stat.S_ISREG(st.st_mode), stat.filemode(st.st_mode), stat.S_IMODE(st.st_mode) & 0o600)
""", globals())
os.chdir("/"); shutil.rmtree(root); print(root.exists())
