# csv: writing, reading, dialects, grouping into a report.
import csv
import io
import sys


def main(n):
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["id", "region", "product", "quantity", "price", "note"])
    for i in range(n):
        writer.writerow([i, "region %d" % (i % 7), 'product "%d"' % (i % 31), i % 11 + 1, "%.2f" % (i % 97 * 1.25),
                         "a, b\nc" if i % 10 == 0 else ""])
    text = out.getvalue()
    print(len(text))
    totals = {}
    for row in csv.DictReader(io.StringIO(text)):
        key = row["region"], row["product"]
        totals[key] = totals.get(key, 0.0) + int(row["quantity"]) * float(row["price"])
    best = sorted(totals.items(), key=lambda kv: (-kv[1], kv[0]))[:3]
    print(len(totals), best)
    out = io.StringIO()
    writer = csv.DictWriter(out, ["region", "product", "total"], delimiter="\t", quoting=csv.QUOTE_ALL,
                            lineterminator="\n")
    writer.writeheader()
    for (region, product), total in sorted(totals.items()):
        writer.writerow({"region": region, "product": product, "total": round(total, 2)})
    rows = list(csv.reader(io.StringIO(out.getvalue()), delimiter="\t"))
    print(len(rows), rows[0], rows[-1], sum(len(r) for r in csv.reader(io.StringIO(text))))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 60000)
