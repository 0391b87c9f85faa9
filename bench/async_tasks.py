# asyncio: many small tasks, queues, gather, locks.
import asyncio
import sys


async def leaf(n):
    if n % 5 == 0:
        await asyncio.sleep(0)
    return n


async def branch(depth, n):
    if depth == 0:
        return await leaf(n)
    results = await asyncio.gather(*(branch(depth - 1, n * 3 + i) for i in range(3)))
    return sum(results) % 1000003


async def producer(queue, n):
    for i in range(n):
        await queue.put(i)
    await queue.put(None)


async def consumer(queue, lock, totals):
    while True:
        item = await queue.get()
        if item is None:
            await queue.put(None)
            return
        async with lock:
            totals.append(item * 2)


async def deep(n):
    return 0 if n == 0 else 1 + await deep(n - 1)


async def run(n):
    print(await branch(7, 1))
    queue, lock, totals = asyncio.Queue(16), asyncio.Lock(), []
    await asyncio.gather(producer(queue, n), *(consumer(queue, lock, totals) for _ in range(4)))
    print(len(totals), sum(totals))
    depth = 0
    for _ in range(n // 50):
        depth += await deep(50)
    print(depth)


if __name__ == "__main__":
    asyncio.run(run(int(sys.argv[1]) if len(sys.argv) > 1 else 60000))
