# mmap, resource, termios, syslog, _locale: what they answer and their error texts.
import locale, mmap, os, pty, resource, syslog, tempfile, termios, _locale
def show(text):
    try:
        value = eval(text, globals())
        print(text, "->", value)
    except Exception as e:
        print(text, "!!", type(e).__name__, e)
m = mmap.mmap(-1, 100)
f = tempfile.TemporaryFile(); f.write(b"line 1\nline 2\nrest"); f.flush()
r = mmap.mmap(f.fileno(), 0, access=mmap.ACCESS_READ)
w = mmap.mmap(f.fileno(), 0)
for text in """m[0] ; m[:5] ; m[1:10:3] ; m[200] ; m["a"] ; m.write(b"hello world") ; m.tell() ; m.seek(0) ; m.read(5)
m.read() [:5] ; m.seek(-200) ; m.seek(0, 5) ; m.find(b"wor") ; m.seek(0) ; m.find(b"wor") ; m.rfind(b"o") ; m.find(b"wor", 8) ; m.move(20, 0, 5) ; m[20:25]
m.move(99, 0, 5) ; m.write_byte(300) ; m.read_byte() ; m.size() ; len(m) ; m ; m.closed ; r.readline() ; r.readline() ; r.readline() ; r.readline()
r.write(b"x") ; r.resize(5) ; r.size() ; r[0] ; memoryview(r).readonly ; w.flush() ; w.flush(0, 1000) ; w.madvise(mmap.MADV_NORMAL)
w.madvise(0, 1000) ; w.resize(4096) ; len(w) ; w[:6] ; list(w[:3]) ; [x for x in w][:3] ; b"i" in w ; mmap.mmap(-1, -1) ; mmap.mmap(-1, 0) ; mmap.mmap(-1, 5, access=9)
mmap.mmap(-1, 5, flags=2, access=1) ; mmap.mmap(f.fileno(), 1 << 20) ; mmap.mmap(f.fileno(), 0, offset=1 << 20) ; mmap.mmap("x", 1) ; m.close() ; m.closed ; m[0] ; m.read() ; m
w.__setitem__(0, 65) ; w[0] ; w.__setitem__(0, 300) ; w.__setitem__(slice(0, 2), b"xyz") ; w.__setitem__(slice(0, 2), b"BC") ; w[:3] ; w.__setitem__(0, "a") ; w.__delitem__(0)
resource.getrlimit(99) ; resource.setrlimit(resource.RLIMIT_CORE, 5) ; resource.setrlimit(resource.RLIMIT_CORE, (0, 0)) ; resource.getrlimit(resource.RLIMIT_CORE) ; resource.setrlimit(resource.RLIMIT_CORE, (1, 0)) ; resource.getrusage(77) ; len(resource.getrusage(resource.RUSAGE_SELF)) ; resource.getrusage(0).ru_maxrss > 0 ; resource.prlimit(0, resource.RLIMIT_CORE) ; resource.getpagesize()
syslog.LOG_UPTO(3) ; syslog.LOG_MASK(3) ; syslog.syslog() ; syslog.syslog(1, 2) ; syslog.LOG_USER
locale.setlocale(locale.LC_NUMERIC, "C") ; locale.setlocale(locale.LC_ALL, "nowhere") ; locale.localeconv()["decimal_point"] ; locale.strcoll("a", "b") < 0 ; locale.strxfrm("abc") < locale.strxfrm("abd") ; locale.nl_langinfo(locale.MON_1) ; locale.nl_langinfo(5) ; _locale.gettext("text") ; format(1234567.5, "n") ; format(1234567, "n") ; locale.format_string("%d", 1234567, grouping=True) ; locale.str(1.5) ; locale.Error.__mro__""".replace("\n", " ; ").split(" ; "):
    show(text)
w.close()
master, slave = pty.openpty()
a = termios.tcgetattr(slave)
print(len(a), len(a[6]), type(a[6][0]), a[3] & termios.ICANON != 0)
a[3] &= ~(termios.ICANON | termios.ECHO)
termios.tcsetattr(slave, termios.TCSANOW, a)
b = termios.tcgetattr(slave)
print(b[3] & termios.ICANON, type(b[6][termios.VMIN]))
termios.tcsetwinsize(slave, (10, 20))
print(termios.tcgetwinsize(master), os.get_terminal_size(slave), os.isatty(slave))
show("termios.tcgetattr(f)")
show("termios.tcgetattr('x')")
show("termios.tcsetattr(slave, 0, [1])")
show("termios.tcsetattr(slave, 0, a[:6] + [[]])")
show("termios.tcsetwinsize(slave, 5)")
show("termios.tcsetwinsize(slave, (1 << 20, 5))")
os.write(master, b"x"); print(os.read(slave, 5))


# uuid's library, hashes of passwords, shadow entries, and the line of a generator that has not begun.
def check_small_modules():
    import _crypt
    import _uuid

    data, status = _uuid.generate_time_safe()
    print(len(data), status in (0, -1), data[6] >> 4, _uuid.has_uuid_generate_time_safe)
    print(_crypt.crypt("word", "$6$salt")[:8], _crypt.crypt("word", "ab"))

    def generator():
        yield

    print(generator().gi_frame.f_lineno - check_small_modules.__code__.co_firstlineno)


check_small_modules()
