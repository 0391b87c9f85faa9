# Regular expressions over a synthetic server log: groups, named groups, alternation, findall.
import re
import sys

LINE = re.compile(r'(?P<host>\d+\.\d+\.\d+\.\d+) - (?P<user>\w+|-) \[(?P<when>[^\]]+)\] '
                  r'"(?P<method>GET|POST|PUT) (?P<path>[^ "]+) HTTP/1\.[01]" (?P<status>\d{3}) (?P<size>\d+|-)')
QUERY = re.compile(r"[?&]([a-z]+)=([^&]*)")


def log(n):
    for i in range(n):
        user = "-" if i % 3 else "user%d" % (i % 17)
        method = ("GET", "POST", "PUT")[i % 3]
        yield (f'10.{i % 256}.{i // 256 % 256}.7 - {user} [12/Mar/2020:{i % 24:02}:{i % 60:02}:00 +0000] '
               f'"{method} /page/{i % 97}/item?id={i}&q=word{i % 11}&lang=en HTTP/1.1" {(200, 404, 500)[i % 3]} {i * 37 % 10000}')


def main(n):
    statuses, users, words, size = {}, set(), {}, 0
    lines = list(log(n))
    for line in lines:
        m = LINE.match(line)
        statuses[m["status"]] = statuses.get(m["status"], 0) + 1
        users.add(m.group("user"))
        size += int(m.group("size"))
        for key, value in QUERY.findall(m.group("path")):
            if key == "q":
                words[value] = words.get(value, 0) + 1
    print(statuses, len(users), size, sorted(words.items())[:3])
    text = "\n".join(lines)
    print(len(re.findall(r"\b5\d\d\b", text)), len(re.sub(r"\d+", "#", text)), len(re.split(r"[\s\"]+", text)))
    print(sum(1 for m in re.finditer(r"word(\d)\d?&", text) if m.group(1) == "1"),
          re.search(r"id=(\d*99)&", text).group(1))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 25000)
