# Dataclasses, named tuples, enums and properties in an order book.
import collections
import dataclasses
import enum
import sys
from typing import Optional

Trade = collections.namedtuple("Trade", "buyer seller price quantity")


class Side(enum.Enum):
    BUY = 1
    SELL = 2


class Flag(enum.IntFlag):
    NEW = 1
    PARTIAL = 2
    FILLED = 4


@dataclasses.dataclass(order=True)
class Key:
    price: float
    serial: int


@dataclasses.dataclass
class Order:
    serial: int
    side: Side
    price: float
    quantity: int
    note: Optional[str] = None
    flags: Flag = Flag.NEW
    history: list = dataclasses.field(default_factory=list)

    @property
    def total(self):
        return self.price * self.quantity

    def key(self):
        return Key(self.price if self.side is Side.SELL else -self.price, self.serial)


@dataclasses.dataclass(frozen=True)
class Symbol:
    name: str
    market: str = "X"


def main(n):
    buys, sells, trades, totals = [], [], [], collections.defaultdict(int)
    x = 99
    for i in range(n):
        x = (x * 1103515245 + 12345) & 0x7FFFFFFF
        order = Order(i, Side.BUY if x & 64 else Side.SELL, 100.0 + x % 41 - 20, x // 64 % 50 + 1)
        own, other = (buys, sells) if order.side is Side.BUY else (sells, buys)
        while other and order.quantity:
            best = min(other[-8:], key=Order.key)
            crosses = best.price <= order.price if order.side is Side.BUY else best.price >= order.price
            if not crosses:
                break
            quantity = min(best.quantity, order.quantity)
            trades.append(Trade(order.serial, best.serial, best.price, quantity))
            best.quantity -= quantity
            order.quantity -= quantity
            order.flags |= Flag.PARTIAL
            best.history.append(quantity)
            if best.quantity == 0:
                best.flags |= Flag.FILLED
                other.remove(best)
        if order.quantity:
            own.append(order)
        totals[Symbol("S%d" % (i % 20))] += order.quantity
    print(len(trades), sum(t.quantity for t in trades), len(buys), len(sells), sum(o.total for o in buys))
    print(trades[5], sorted(totals.items(), key=lambda kv: kv[0].name)[:2], trades[0]._replace(price=0))
    print(dataclasses.asdict(buys[0]), Key(1, 2) < Key(1, 3), buys[0] == dataclasses.replace(buys[0]),
          len(repr(buys[:100])))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 6000)
