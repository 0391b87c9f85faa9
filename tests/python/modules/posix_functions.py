# The functions of os beyond files and paths: several buffers, ranges, attributes, identities, programs, waiting.
import os
import pwd
import resource
import signal
import tempfile
import warnings


def raises(function, *arguments, **keywords):
    try:
        return function(*arguments, **keywords)
    except Exception as error:
        return "%s: %s" % (type(error).__name__, error)


def scatter_and_gather():
    with tempfile.TemporaryFile() as file:
        fd = file.fileno()
        print(os.writev(fd, [b"abc", bytearray(b"def")]), os.pwritev(fd, [b"X", b"Y"], 1))
        os.lseek(fd, 0, 0)
        first, second = bytearray(2), bytearray(10)
        print(os.readv(fd, [first, second]), first, second)
        print(os.preadv(fd, [first], 3), first, os.preadv(fd, [bytearray(1)], 0, os.RWF_HIPRI))
        print(raises(os.readv, fd, 1), raises(os.writev, fd, ["a"]))
        os.posix_fallocate(fd, 0, 100)
        print(os.fstat(fd).st_size, os.posix_fadvise(fd, 0, 0, os.POSIX_FADV_NORMAL))
        print(os.lockf(fd, os.F_LOCK, 4), os.lockf(fd, os.F_ULOCK, 4))
        with tempfile.TemporaryFile() as other:
            print(os.copy_file_range(fd, other.fileno(), 6, offset_src=0))
            print(os.pread(other.fileno(), 10, 0), raises(os.copy_file_range, fd, fd, -1))
    fd = os.eventfd(3)
    os.eventfd_write(fd, 4)
    print(os.eventfd_read(fd), os.get_inheritable(fd))
    os.close(fd)
    fd = os.memfd_create("viperine")
    print(os.write(fd, b"12"), os.fstatvfs(fd).f_namemax)
    os.close(fd)


def seek_moves_what_a_child_inherits():
    with tempfile.TemporaryFile() as file:
        file.write(b"pear")
        print(file.seek(0), os.lseek(file.fileno(), 0, os.SEEK_CUR))


def configuration():
    print(os.sysconf("SC_PAGESIZE") == os.sysconf(os.sysconf_names["SC_PAGESIZE"]), os.pathconf("/", "PC_NAME_MAX"),
          os.confstr("CS_PATH"), os.fpathconf(0, "PC_PIPE_BUF") > 0)
    print(raises(os.sysconf, "SC_NOTHING"), raises(os.pathconf, "/", 1.5), len(os.sysconf_names) > 100)
    device = os.makedev(5, 77)
    print(os.major(device), os.minor(device))
    print(raises(os.getxattr, "/", "user.nothing")[:7], type(os.listxattr("/")))


def identities():
    print(os.getresuid() == (os.getuid(), os.geteuid(), os.getuid()), raises(os.setuid, -2), raises(os.setgid, 1 << 64),
          raises(os.setuid, "x"))
    user = pwd.getpwuid(os.getuid())
    print(user.pw_gid in os.getgrouplist(user.pw_name, user.pw_gid), os.getpriority(os.PRIO_PROCESS, 0) >= -20)
    print(raises(pwd.getpwnam, "a\0b"))
    print(os.sched_param(5), os.sched_param(sched_priority=6).sched_priority, os.sched_getscheduler(0) == os.SCHED_OTHER,
          os.sched_getparam(0), raises(os.sched_setparam, 0, os.sched_param(None))[:9])
    print(os.sched_setaffinity(0, os.sched_getaffinity(0)), raises(os.sched_setaffinity, 0, [-1]))


def programs():
    read, write = os.pipe()
    pid = os.posix_spawn("/bin/sh", ["sh", "-c", "echo $WORD"], {"WORD": "spawned"},
                         file_actions=[(os.POSIX_SPAWN_DUP2, write, 1), (os.POSIX_SPAWN_CLOSE, read)],
                         setsigmask=[signal.SIGUSR1], setsigdef=[signal.SIGPIPE])
    result = os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)
    print(result.si_pid == pid, result.si_status, result.si_signo == signal.SIGCHLD)
    found, status, usage = os.wait4(pid, 0)
    print(found == pid, status, isinstance(usage, resource.struct_rusage), os.read(read, 20))
    print(raises(os.posix_spawnp, "no-such-program-x", ["a"], {}))
    print(raises(os.posix_spawn, "/bin/true", [], {}), raises(os.posix_spawn, "/bin/true", ["a"], {}, setsigmask=[99]))
    print(raises(os.posix_spawn, "/bin/true", ["a"], {}, file_actions=[()]))
    print(raises(os.execv, "/bin/true", []), raises(os.execv, "/bin/true", [""]), raises(os.execv, "/bin/true", "ab"))
    print(raises(os.execve, "/bin/true", ["a"], {"A=B": "1"}), raises(os.execve, "/bin/true", ["a"], {"A\0": "1"}))
    print(raises(os.execve, "/bin/true", ["a\0"], {}), raises(os.execve, "/bin/true", ["a"], None))


def signals():
    signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGUSR1])
    os.kill(os.getpid(), signal.SIGUSR1)
    info = signal.sigtimedwait([signal.SIGUSR1], 5)
    print(info.si_signo == signal.SIGUSR1, info.si_pid == os.getpid(), signal.sigtimedwait([signal.SIGUSR1], 0))
    print(raises(signal.sigtimedwait, [signal.SIGUSR1], -1), raises(signal.pthread_sigmask, 0, [1 << 1000]))
    read, write = os.pipe()
    print(raises(signal.set_wakeup_fd, write) == "ValueError: the fd %d must be in non-blocking mode" % write)
    os.close(write)
    print(raises(signal.set_wakeup_fd, write))


def bytes_like_paths():
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        print(os.stat(bytearray(b"/")).st_mode == os.stat("/").st_mode, caught[0].category.__name__, caught[0].message)
    print(raises(os.lstat, 3), raises(os.stat, 1, follow_symlinks=False))


for test in (scatter_and_gather, seek_moves_what_a_child_inherits, configuration, identities, programs, signals,
             bytes_like_paths):
    test()
