"""A bank simulated: accounts, transfers that fail and roll back, interest, statements, an audit."""
import abc
import contextlib
import dataclasses
import enum
import functools
import itertools
import random
import sys
from decimal import ROUND_HALF_EVEN, Decimal


class Kind(enum.Enum):
    DEPOSIT = "+"
    WITHDRAWAL = "-"
    TRANSFER = ">"
    INTEREST = "%"


class BankError(Exception):
    """Anything that the bank refuses."""


class Overdrawn(BankError):
    def __init__(self, account, amount):
        super().__init__(f"{account.owner} lacks {amount - account.available():,.2f}")
        self.account = account


@dataclasses.dataclass(frozen=True, order=True)
class Entry:
    serial: int
    kind: Kind = dataclasses.field(compare=False)
    amount: Decimal = dataclasses.field(compare=False)
    note: str = dataclasses.field(default="", compare=False)

    def __str__(self):
        return f"{self.serial:>4} {self.kind.value} {self.amount:>12,.2f}  {self.note}"


class Account(abc.ABC):
    serials = itertools.count(1)

    def __init__(self, owner):
        self.owner = owner
        self.entries: list[Entry] = []

    @property
    def balance(self):
        return sum((e.amount for e in self.entries), Decimal(0))

    @abc.abstractmethod
    def available(self): ...

    def post(self, kind, amount, note=""):
        if amount < 0 and self.available() + amount < 0:
            raise Overdrawn(self, -amount)
        self.entries.append(Entry(next(self.serials), kind, amount, note))

    def month_end(self):
        pass


class Current(Account):
    def __init__(self, owner, limit=0):
        super().__init__(owner)
        self.limit = Decimal(limit)

    def available(self):
        return self.balance + self.limit


class Savings(Account):
    rate = Decimal("0.0375")

    def available(self):
        return self.balance

    def month_end(self):
        interest = (self.balance * self.rate / 12).quantize(Decimal("0.01"), ROUND_HALF_EVEN)
        if interest:
            self.post(Kind.INTEREST, interest, f"{self.rate:.2%} a year")


def audited(method):
    @functools.wraps(method)
    def wrapper(self, *arguments):
        before = self.total()
        try:
            return method(self, *arguments)
        finally:
            self.audit.append((method.__name__, self.total() - before))
    return wrapper


class Bank:
    def __init__(self):
        self.accounts: dict[str, Account] = {}
        self.audit = []

    def open(self, account):
        if account.owner in self.accounts:
            raise BankError(f"{account.owner} has an account")
        self.accounts[account.owner] = account

    def total(self):
        return sum((a.balance for a in self.accounts.values()), Decimal(0))

    @contextlib.contextmanager
    def transaction(self, *accounts):
        lengths = [len(a.entries) for a in accounts]
        try:
            yield
        except BaseException:
            for account, length in zip(accounts, lengths):
                del account.entries[length:]
            raise

    @audited
    def deposit(self, owner, amount):
        self.accounts[owner].post(Kind.DEPOSIT, Decimal(amount))

    @audited
    def transfer(self, source, target, amount):
        a, b, amount = self.accounts[source], self.accounts[target], Decimal(amount)
        with self.transaction(a, b):
            b.post(Kind.TRANSFER, amount, f"from {source}")
            a.post(Kind.TRANSFER, -amount, f"to {target}")


def main():
    bank = Bank()
    for account in (Current("Ada", 500), Savings("Brook"), Current("Chen")):
        bank.open(account)
    with contextlib.suppress(BankError):
        bank.open(Savings("Ada"))
    for owner, amount in (("Ada", "1000"), ("Brook", "2500.50"), ("Chen", "75.25")):
        bank.deposit(owner, amount)
    source, failures = random.Random(11), 0
    owners = list(bank.accounts)
    for month in range(3):
        for _ in range(15):
            a, b = source.sample(owners, 2)
            try:
                bank.transfer(a, b, source.randrange(1, 90000) / Decimal(100))
            except Overdrawn as error:
                failures += 1
                if failures <= 3:
                    print("refused:", error)
        for account in bank.accounts.values():
            account.month_end()
    for account in bank.accounts.values():
        print(f"{account.owner} ({type(account).__name__}) {account.balance:,.2f}")
        for entry in sorted(account.entries)[-3:]:
            print("   ", entry)
    moved = [change for name, change in bank.audit if name == "transfer"]
    print(f"{failures} refused, {len(moved)} transfers changed the total by {sum(moved)}, total {bank.total():,.2f}")


if __name__ == "__main__":
    main()
