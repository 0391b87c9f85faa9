# package: sortedcontainers
from sortedcontainers import SortedList, SortedDict, SortedSet
s = SortedList(range(5000, 0, -3)); s.discard(50); s.update([1, 1]); print(len(s), s[5], s.bisect(100), SortedDict(b=1, a=2), SortedSet("hello")); s._check()
