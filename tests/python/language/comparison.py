# Comparison operators, identity, membership, chains.
print(1 < 2, 2 < 1, 1 <= 1, 1 >= 2, 1 == 1, 1 != 1, 2 > 1)
print(1 < 2 < 3, 1 < 3 < 2, 1 == 1 != 2, 3 > 2 >= 2 == 2, 1 < 2 > 1)
print("a" < "b", "a" < "B", "abc" < "abd", "" < "a", "é" > "z", "a" == "a")
print([1, 2] < [1, 3], [1] < [1, 0], [] < [0], (1, 2) == (1, 2), [1, 2] == (1, 2), (1,) < (2,))
print({1: 2} == {1: 2}, {1, 2} == {2, 1}, {1} < {1, 2}, {1, 2} <= {1, 2}, {1} < {2}, {1} >= set())
print(1 == 1.0, 1 == "1", None == None, None == 0, 0 == False, "" == False, [] == False)
print(1 is 1, None is None, None is not 1, [] is [], True is True)
print(1 in [1, 2], 3 in [1, 2], 3 not in [1, 2], "b" in "abc", "bc" in "abc", "" in "abc", 1 in {1: 2}, 2 in {1: 2})
print(float("nan") == float("nan"), float("nan") < 1, float("inf") > 10**400, -10**400 < float("-inf"), 10**400 == float("inf"))
nan = float("nan")
print(nan in [nan], [nan] == [nan], nan is nan, nan == nan, {nan: 1} == {nan: 1})
calls = []


def noted(value):
    calls.append(value)
    return value


print(noted(1) < noted(2) < noted(3), calls)
calls.clear()
print(noted(3) < noted(2) < noted(1), calls)
for bad in ("1 < 'a'", "'a' >= 1", "None < None", "[] < ()", "{} < {}", "1j < 2j", "1 in 5", "1 in 'abc'", "{1} < [1]", "[1, 'a'] < [1, 2]",
            "object() < object()", "b'a' < 'a'"):
    try:
        print(bad, "=", eval(bad))
    except TypeError as error:
        print(bad, "raises", error)
print(sorted([3, 1, 2]), max(1, 2.5), min("b", "a"), sorted(["b", "A", "c"]), sorted([2, True, 1.5]))
