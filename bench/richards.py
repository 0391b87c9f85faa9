# A simulated operating system kernel: objects, method calls, attribute state.
import sys

IDLE, WORKER, HANDLER_A, HANDLER_B, DEVICE_A, DEVICE_B = range(6)
KIND_DEVICE, KIND_WORK = 0, 1
BUFFER = 4


class Packet:
    def __init__(self, link, identity, kind):
        self.link = link
        self.identity = identity
        self.kind = kind
        self.datum = 0
        self.data = [0] * BUFFER

    def append_to(self, queue):
        self.link = None
        if queue is None:
            return self
        last = queue
        while last.link is not None:
            last = last.link
        last.link = self
        return queue


class Task:
    def __init__(self, system, identity, priority, queue, state):
        self.system = system
        self.identity = identity
        self.priority = priority
        self.queue = queue
        self.packet_pending, self.waiting, self.held = state
        self.next = system.head
        system.head = self
        system.table[identity] = self

    def is_blocked(self):
        return self.held or (not self.packet_pending and self.waiting)

    def add_packet(self, packet, old):
        if self.queue is None:
            self.queue = packet
            self.packet_pending = True
            if self.priority > old.priority:
                return self
        else:
            packet.append_to(self.queue)
        return old

    def run_task(self):
        message = None
        if self.packet_pending and self.waiting and not self.held:
            message = self.queue
            self.queue = message.link
            self.waiting = False
            self.packet_pending = self.queue is not None
        return self.run(message)

    def wait(self):
        self.waiting = True
        return self

    def hold(self):
        self.system.held += 1
        self.held = True
        return self.next

    def release(self, identity):
        task = self.system.table[identity]
        task.held = False
        return task if task.priority > self.priority else self

    def send(self, packet):
        task = self.system.table[packet.identity]
        self.system.sent += 1
        packet.link = None
        packet.identity = self.identity
        return task.add_packet(packet, self)


class IdleTask(Task):
    def __init__(self, system, identity, priority, count):
        super().__init__(system, identity, priority, None, (False, False, False))
        self.control = 1
        self.count = count

    def run(self, packet):
        self.count -= 1
        if self.count == 0:
            return self.hold()
        if self.control & 1 == 0:
            self.control //= 2
            return self.release(DEVICE_A)
        self.control = self.control // 2 ^ 0xD008
        return self.release(DEVICE_B)


class WorkTask(Task):
    def __init__(self, system, identity, priority, queue):
        super().__init__(system, identity, priority, queue, (True, True, False))
        self.destination = HANDLER_A
        self.letter = 0

    def run(self, packet):
        if packet is None:
            return self.wait()
        self.destination = HANDLER_B if self.destination == HANDLER_A else HANDLER_A
        packet.identity = self.destination
        packet.datum = 0
        for i in range(BUFFER):
            self.letter += 1
            if self.letter > 26:
                self.letter = 1
            packet.data[i] = 64 + self.letter
        return self.send(packet)


class HandlerTask(Task):
    def __init__(self, system, identity, priority, queue):
        super().__init__(system, identity, priority, queue, (True, True, False))
        self.work = None
        self.devices = None

    def run(self, packet):
        if packet is not None:
            if packet.kind == KIND_WORK:
                self.work = packet.append_to(self.work)
            else:
                self.devices = packet.append_to(self.devices)
        work = self.work
        if work is not None:
            if work.datum >= BUFFER:
                self.work = work.link
                return self.send(work)
            device = self.devices
            if device is not None:
                self.devices = device.link
                device.datum = work.data[work.datum]
                work.datum += 1
                return self.send(device)
        return self.wait()


class DeviceTask(Task):
    def __init__(self, system, identity, priority):
        super().__init__(system, identity, priority, None, (False, True, False))
        self.pending = None

    def run(self, packet):
        if packet is None:
            if self.pending is None:
                return self.wait()
            packet, self.pending = self.pending, None
            return self.send(packet)
        self.pending = packet
        return self.hold()


class System:
    def __init__(self):
        self.head = None
        self.table = [None] * 6
        self.held = 0
        self.sent = 0

    def schedule(self):
        task = self.head
        while task is not None:
            if task.is_blocked():
                task = task.next
            else:
                task = task.run_task()


def once(count):
    system = System()
    IdleTask(system, IDLE, 1, count)
    queue = Packet(None, 0, KIND_WORK)
    queue = Packet(queue, 0, KIND_WORK)
    WorkTask(system, WORKER, 1000, queue)
    for identity, device, priority in ((HANDLER_A, DEVICE_A, 2000), (HANDLER_B, DEVICE_B, 3000)):
        queue = None
        for _ in range(3):
            queue = Packet(queue, device, KIND_DEVICE)
        HandlerTask(system, identity, priority, queue)
    DeviceTask(system, DEVICE_A, 4000)
    DeviceTask(system, DEVICE_B, 5000)
    system.schedule()
    return system.held, system.sent


def main(rounds):
    for _ in range(rounds):
        result = once(10000)
    print(*result)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 8)
