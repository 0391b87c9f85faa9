# object.__new__ in a subclass of list makes a list all the same.
class Listish(list):
    __new__ = object.__new__


print(type(Listish()).__name__, Listish([1, 2]), len(Listish("abc")))
