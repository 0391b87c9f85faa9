import errno
import os
import stat
import sys
import tempfile
folder = os.path.realpath(tempfile.mkdtemp())
os.chdir(folder)
print(os.getcwd() == folder, os.listdir("."), os.path.join("a", "b", "/c", "d"), os.path.split("/a/b.c"), os.path.splitext("x.tar.gz"), os.path.basename("/a/"), os.path.dirname("/a/b"), os.path.normpath("a/./b/../c//d"), os.path.isabs("/a"), os.path.commonprefix(["/ab", "/ac"]), os.path.commonpath(["/a/b", "/a/c"]), os.path.relpath("/a/b", "/a/c"), os.path.expanduser("~nobodyatall"))
os.mkdir("d"); os.makedirs("x/y/z", exist_ok=True)
with open("d/f.txt", "w") as f: f.write("hello")
print(os.path.exists("d"), os.path.isdir("d"), os.path.isfile("d/f.txt"), os.path.getsize("d/f.txt"), sorted(os.listdir()), os.access("d", os.R_OK))
st = os.stat("d/f.txt"); print(st.st_size, stat.S_ISREG(st.st_mode), oct(st.st_mode & 0o777), stat.filemode(st.st_mode), len(st), st[6])
os.chmod("d/f.txt", 0o600); os.rename("d/f.txt", "g.txt"); os.symlink("g.txt", "link"); os.link("g.txt", "hard")
print(os.readlink("link"), os.path.islink("link"), os.lstat("link").st_size, os.stat("g.txt").st_nlink, os.path.samefile("g.txt", "hard"))
with os.scandir(".") as it: print(sorted((e.name, e.is_dir(), e.is_file(), e.is_symlink()) for e in it))
print([(r, sorted(d), sorted(f)) for r, d, f in os.walk(".")][0])
for f in (lambda: os.mkdir("d"), lambda: os.remove("nothing"), lambda: os.rmdir("x"), lambda: os.listdir("none"), lambda: os.stat("none"), lambda: os.open("none", os.O_RDONLY), lambda: os.chdir("none"), lambda: os.rename("none", "q"), lambda: os.close(9999), lambda: os.readlink("g.txt"), lambda: os.stat("a\0b"), lambda: os.fspath(5), lambda: os.getenv(5), lambda: os.environ["nope"], lambda: os.strerror("a"), lambda: os.kill(999999, 0)):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
fd = os.open("raw", os.O_RDWR | os.O_CREAT, 0o644); print(os.write(fd, b"0123456789"), os.lseek(fd, 2, os.SEEK_SET), os.read(fd, 3), os.fstat(fd).st_size, os.ftruncate(fd, 5), os.pread(fd, 2, 1)); os.close(fd)
r, w = os.pipe(); os.write(w, b"pipe"); print(os.read(r, 10), os.get_inheritable(r)); os.close(r); os.close(w)
os.environ["MY_VARIABLE"] = "value"; print(os.getenv("MY_VARIABLE"), os.environ.get("NOPE"), "MY_VARIABLE" in os.environ, os.environb[b"MY_VARIABLE"]); del os.environ["MY_VARIABLE"]; print(os.getenv("MY_VARIABLE", "gone"))
print(os.fsencode("é"), os.fsdecode(b"\xc3\xa9"), os.fspath("a"), os.sep, os.linesep, os.curdir, os.name, os.extsep, os.devnull, os.strerror(errno.ENOENT), errno.errorcode[2], os.fsdecode(b"\xff").encode("unicode_escape"))
pid = os.fork()
if pid == 0: os._exit(7)
print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), os.getpid() > 0, os.getppid() > 0)
print(os.system("exit 3") >> 8, os.popen("echo popen").read(), os.cpu_count() > 0, len(os.urandom(5)), os.get_terminal_size.__name__, os.umask(0o22) >= 0)
class P:
    def __fspath__(self): return "g.txt"
print(os.path.exists(P()), open(P()).read(), os.fspath(P()), sorted(os.listdir(b"."))[0])
os.utime("g.txt", (100, 200)); print(os.stat("g.txt").st_mtime, os.stat("g.txt").st_atime_ns, os.path.getmtime("g.txt"))
os.removedirs("x/y/z"); os.unlink("link"); os.replace("hard", "g.txt"); print(sorted(os.listdir()))
os.chdir("/"); import shutil; shutil.rmtree(folder); print(os.path.exists(folder))
