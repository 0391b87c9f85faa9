# os.fork runs the hooks of register_at_fork, and only the forking thread is left in the child.
import multiprocessing as mp
import os
import sys
import threading
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import shared_memory


def square(x):
    return x * x


def put_double(queue, number):
    queue.put(number * 2)


def hooks():
    order = []
    for n in "12":
        os.register_at_fork(before=lambda n=n: order.append("before" + n),
                            after_in_parent=lambda n=n: order.append("parent" + n),
                            after_in_child=lambda n=n: order.append("child" + n))
    reader, writer = os.pipe()
    stop = threading.Event()
    thread = threading.Thread(target=stop.wait, daemon=True)
    thread.start()
    pid = os.fork()
    if pid == 0:
        shown = (order, threading.active_count(), threading.current_thread() is threading.main_thread())
        os.write(writer, repr(shown).encode())
        os._exit(0)
    os.waitpid(pid, 0)
    print(os.read(reader, 1000), order)
    stop.set()
    thread.join()
    for bad in (lambda: os.register_at_fork(), lambda: os.register_at_fork(before=1)):
        try:
            bad()
        except TypeError as e:
            print(e)


def main():
    context = mp.get_context("fork")
    queue = context.Queue()
    processes = [context.Process(target=put_double, args=(queue, i)) for i in range(3)]
    for p in processes:
        p.start()
    print(sorted(queue.get() for _ in processes))
    for p in processes:
        p.join()
    print([p.exitcode for p in processes])
    with context.Pool(2) as pool:
        print(pool.map(square, range(6)), pool.apply(square, (7,)))
    lock = context.RLock()
    with lock, lock:
        print(lock._semlock._count(), lock._semlock._is_mine(), lock._semlock._is_zero())
    semaphore = context.BoundedSemaphore(1)
    try:
        semaphore.release()
    except ValueError as e:
        print(e)
    print(semaphore.acquire(), semaphore.acquire(timeout=0.01))
    memory = shared_memory.SharedMemory(create=True, size=100)
    memory.buf[:3] = b"abc"
    other = shared_memory.SharedMemory(memory.name)
    print(bytes(other.buf[:3]))
    other.close()
    memory.close()
    memory.unlink()
    with ProcessPoolExecutor(2, mp_context=context) as executor:
        print(list(executor.map(square, range(4))))
    process = context.Process(target=sys.exit, args=(3,))
    process.start()
    process.join()
    print(process.exitcode)
    a, b = context.Pipe()
    a.send({"x": [1, 2]})
    print(b.recv())


if __name__ == "__main__":
    hooks()
    main()
