# Literals of every built-in kind and how print shows them.
print(0, 1, -1, 10, 1_000_000)
print(0x1F, 0o17, 0b101, 0XAB, 0B1, 0O7)
print(1.0, 1.5, -2.25, 1e3, 1E-3, .5, 5., 1_0.0_1, 1e100)
print(1j, 2.5j, 3 + 4j, -1j, 1e3j)
print(True, False, None, ..., Ellipsis, NotImplemented)
print("a", 'b', """c""", '''d''', "it's", 'say "x"')
print("tab\there", "line\\n", "\x41\u0042\U00000043", "\101\60", "\N{BULLET}")
print(r"raw\n\t", R"C:\dir")
print(b"bytes", b"\x00\xff\n", br"\x00", rb"\n", B'q"\'')
print("adjacent " "strings " 'join')
print("multi \
line")
print("""first
  second
third""")
print((), (1,), (1, 2), [], [1, "a"], {}, {"k": 1}, {1}, set())
print([1, [2, [3]]], (1, (2, (3,))), {"a": {"b": [1]}})
print(100000000000000000000000000000000, -2**70)
print(1.0e16, 1e15, 123456789012345678.0, 1e-4, 1e-5, 0.1 + 0.2, 1e22, 1e23)
print(float("inf"), float("-inf"), float("nan"), -0.0)
print("é", "日本語", "\U0001F600", repr("é\n\x7f\u200b\ud800"), ascii("é日\U0001F600"))
print('a' 'b' "c"
      "d")
print(repr("'"), repr('"'), repr("'\""), repr("\t\r\n\0\x1b"))
print(str(b"ab"), repr(b"'"), repr(b'"'), repr(b"'\""))
