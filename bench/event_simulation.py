# A bank with queues: discrete-event simulation by generators and a heap, with random arrivals.
import heapq
import random
import sys


class Simulation:
    def __init__(self):
        self.now = 0.0
        self.events = []
        self.serial = 0

    def schedule(self, delay, process, value=None):
        self.serial += 1
        heapq.heappush(self.events, (self.now + delay, self.serial, process, value))

    def start(self, generator):
        self.schedule(0, generator)

    def run(self):
        while self.events:
            self.now, _, process, value = heapq.heappop(self.events)
            try:
                command = process.send(value)
            except StopIteration:
                continue
            command.apply(self, process)


class Delay:
    __slots__ = ("time",)

    def __init__(self, time):
        self.time = time

    def apply(self, simulation, process):
        simulation.schedule(self.time, process)


class Resource:
    def __init__(self, capacity):
        self.free = capacity
        self.waiting = []

    def release(self, simulation):
        if self.waiting:
            simulation.schedule(0, self.waiting.pop(0))
        else:
            self.free += 1


class Acquire:
    __slots__ = ("resource",)

    def __init__(self, resource):
        self.resource = resource

    def apply(self, simulation, process):
        if self.resource.free:
            self.resource.free -= 1
            simulation.schedule(0, process)
        else:
            self.resource.waiting.append(process)


def customer(simulation, tellers, source, log):
    arrived = simulation.now
    yield Acquire(tellers)
    waited = simulation.now - arrived
    yield Delay(source.expovariate(1 / 3))
    tellers.release(simulation)
    log.append(waited)


def arrivals(simulation, tellers, source, n, log):
    for _ in range(n):
        yield Delay(source.expovariate(1 / 1.6))
        simulation.start(customer(simulation, tellers, source, log))


def main(n):
    source = random.Random(42)
    simulation, log = Simulation(), []
    simulation.start(arrivals(simulation, Resource(2), source, n, log))
    simulation.run()
    print(len(log), round(simulation.now, 6), round(sum(log) / len(log), 6), round(max(log), 6),
          sum(w == 0 for w in log))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 110000)
