# The very first program.
print("hello, world")  # expect: hello, world
print(1 + 2, "a" * 3)  # expect: 3 aaa
