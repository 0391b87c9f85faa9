# package: hypothesis
from hypothesis import given, settings, strategies as st, find
@settings(max_examples=60, database=None, derandomize=True, deadline=None)
@given(st.lists(st.integers()), st.text(), st.dictionaries(st.text(max_size=3), st.floats(allow_nan=False)))
def law(a, b, c): assert sorted(a) == sorted(reversed(a)) and b.encode("utf-8").decode() == b and dict(c) == c
law(); print(find(st.lists(st.integers()), lambda x: sum(x) > 10, settings=settings(database=None, derandomize=True)))
