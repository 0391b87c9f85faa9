# if, elif, else; conditional expressions; nesting.
def grade(n):
    if n >= 90:
        return "A"
    elif n >= 80:
        return "B"
    elif n >= 70:
        return "C"
    else:
        return "F"


print([grade(n) for n in (95, 85, 75, 10, 90, 80)])
for n in range(16):
    if n % 15 == 0:
        print("FizzBuzz", end=" ")
    elif n % 5 == 0:
        print("Buzz", end=" ")
    elif n % 3 == 0:
        print("Fizz", end=" ")
    else:
        print(n, end=" ")
print()
x = 5
print("big" if x > 3 else "small")
print("a" if x < 0 else "b" if x < 3 else "c")
print((1 if x else 2) + 3, [y if y % 2 else -y for y in range(5)])
if x: print("one line")
if not x: print("no")
else: print("else line")
if x > 1:
    if x > 10:
        print("x > 10")
    else:
        if x == 5:
            print("x is 5")
if x == 5 and (x > 4 or x < 0) and not x == 6:
    print("condition")
if False:
    never = 1
try:
    never
except NameError as error:
    print(error)
y = None
if y is None:
    y = "default"
print(y)
if (n := len("walrus")) > 3:
    print(n)
pass
