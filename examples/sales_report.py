"""A report from a CSV file of sales: sales_report.py FILE.csv (columns date, region, product, quantity, price)."""
import collections
import csv
import datetime
import decimal
import io
import statistics
import sys
from decimal import Decimal

SAMPLE = """date,region,product,quantity,price
2024-01-05,North,Tea,10,3.50
2024-01-19,South,Coffee,4,7.25
2024-02-02,North,Coffee,6,7.25
2024-02-14,East,"Cocoa, dark",12,5.10
2024-02-30,East,Tea,1,3.50
2024-03-01,South,Tea,30,3.40
2024-03-21,North,Coffee,x,7.00
2024-03-30,East,Coffee,9,6.95
2024-04-04,South,"Cocoa, dark",3,5.25
"""
Sale = collections.namedtuple("Sale", "date region product quantity price")


def read(file):
    for number, row in enumerate(csv.DictReader(file), 2):
        try:
            yield Sale(datetime.date.fromisoformat(row["date"]), row["region"], row["product"], int(row["quantity"]),
                       Decimal(row["price"]))
        except (ValueError, decimal.InvalidOperation) as error:
            print(f"line {number} left out: {error}")


def totals(sales, key):
    table = collections.defaultdict(Decimal)
    for sale in sales:
        table[key(sale)] += sale.quantity * sale.price
    return dict(sorted(table.items(), key=lambda item: -item[1]))


def bars(title, table):
    print(title)
    largest = max(table.values())
    for name, value in table.items():
        print(f"  {name!s:<14} {value:>10,.2f} {'█' * int(value / largest * 20)}")


def report(file):
    sales = list(read(file))
    bars("By region", totals(sales, lambda s: s.region))
    bars("By product", totals(sales, lambda s: s.product))
    bars("By month", totals(sales, lambda s: f"{s.date:%Y-%m}"))
    amounts = [s.quantity * s.price for s in sales]
    print(f"total {sum(amounts):,.2f}, mean {statistics.mean(amounts):.2f}, median {statistics.median(amounts):.2f}, "
          f"largest {max(sales, key=lambda s: s.quantity * s.price).product}")
    pivot = collections.defaultdict(lambda: collections.Counter())
    for sale in sales:
        pivot[sale.product][sale.region] += sale.quantity
    regions = sorted({s.region for s in sales})
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["product", *regions])
    for product in sorted(pivot):
        writer.writerow([product, *(pivot[product][region] for region in regions)])
    print(out.getvalue(), end="")


if __name__ == "__main__":
    if "--demo" in sys.argv:
        report(io.StringIO(SAMPLE))
    else:
        with open(sys.argv[1], newline="", encoding="utf-8") as source:
            report(source)
