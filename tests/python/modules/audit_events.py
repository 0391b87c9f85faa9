# Audit events of os, socket, marshal, pickle and files (PEP 578).
import io
import marshal
import os
import pickle
import socket
import sys
import tempfile

log = []
watching = False


def hook(event, arguments):
    if watching and event.split(".")[0] in ("os", "open", "socket", "marshal", "pickle"):
        log.append((event, arguments))


sys.addaudithook(hook)
folder = tempfile.mkdtemp()
first, second = os.path.join(folder, "a"), os.path.join(folder, "b")
open(first, "w").close()
directory = os.open(folder, os.O_RDONLY)
old = os.getcwd()


def show(name, action):
    global watching
    log.clear()
    watching = True
    try:
        action()
    except OSError as error:
        name += " " + type(error).__name__
    watching = False
    for event, arguments in list(log):
        plain = tuple(a if isinstance(a, (int, str, bytes, type(None), tuple, list)) else type(a).__name__
                      for a in arguments)
        print(name, event, str(plain).replace(folder, "FOLDER").replace(str(directory), "DIRECTORY"))


"name".encode("idna")   # imported before anything is watched


class Plain:
    pass


show("open", lambda: os.close(os.open(first, os.O_RDONLY)))
show("FileIO", lambda: io.FileIO(first).close())
show("chdir", lambda: os.chdir(folder))
os.chdir(old)
show("chmod", lambda: os.chmod(first, 0o600))
show("chmod", lambda: os.chmod("a", 0o600, dir_fd=directory))
show("chown", lambda: os.chown(first, -1, -1))
show("fchown", lambda: os.fchown(directory, -1, -1))
show("getxattr", lambda: os.getxattr(first, "user.none"))
show("removexattr", lambda: os.removexattr(first, b"user.none"))
show("listxattr", lambda: os.listxattr())
show("lockf", lambda: os.lockf(directory, os.F_TEST, 1))
show("execv", lambda: os.execv(os.path.join(folder, "none"), ["none"]))
show("posix_spawn", lambda: os.posix_spawn(os.path.join(folder, "none"), ["none"], {}))
show("link", lambda: os.link(first, second))
show("remove", lambda: os.remove(second))
show("symlink", lambda: os.symlink(first, second))
show("unlink", lambda: os.unlink(second))
show("rename", lambda: os.rename(first, second))
show("replace", lambda: os.replace(second, first))
show("mkdir", lambda: os.mkdir(second))
show("rmdir", lambda: os.rmdir(second))
show("listdir", lambda: os.listdir(folder))
show("listdir", lambda: os.listdir())
show("scandir", lambda: list(os.scandir(folder)))
show("putenv", lambda: os.environ.__setitem__("AUDITED", "yes"))
show("unsetenv", lambda: os.environ.__delitem__("AUDITED"))
show("system", lambda: os.system("true"))
show("truncate", lambda: os.truncate(first, 0))
show("utime", lambda: os.utime(first, (1, 2)))
show("utime", lambda: os.utime(first, ns=(1, 2)))
show("exec", lambda: os.execv("/nonexistent", ["a"]))
show("kill", lambda: os.kill(0, 0))
sockets = []
show("socket", lambda: sockets.append(socket.socket()))
show("bind", lambda: sockets[0].bind(("127.0.0.1", 0)))
show("connect", lambda: socket.socket().connect(("127.0.0.1", 1)))
show("connect_ex", lambda: socket.socket().connect_ex(("127.0.0.1", 1)))
show("sendto", lambda: socket.socket(type=socket.SOCK_DGRAM).sendto(b"x", ("127.0.0.1", 9)))
show("gethostname", socket.gethostname)
show("getaddrinfo", lambda: socket.getaddrinfo("127.0.0.1", 80))
show("marshal", lambda: marshal.loads(marshal.dumps(1)))
show("pickle", lambda: pickle.loads(pickle.dumps(Plain)))
os.remove(first)
os.rmdir(folder)
for each in sockets:
    each.close()
