# A class that gains __get__ and __set__ makes descriptors of its instances, also where attributes were read before.


class Attribute:
    pass


class Holder:
    kept = Attribute()

    def __init__(self):
        self.kept = 1


class Plain:
    kept = Attribute()


class Meta(type):
    kept = Attribute()


class WithMeta(metaclass=Meta):
    kept = True


def read(holder):
    return holder.kept


for holder in (Holder(), Plain(), WithMeta):
    for _ in range(3000):
        read(holder)
Attribute.__get__ = lambda self, instance, owner: 2
print(read(Holder()), read(Plain()), read(WithMeta))
for _ in range(3000):
    read(Plain())
Attribute.__set__ = lambda self, instance, value: None
print(read(Holder()), read(Plain()), read(WithMeta))
del Attribute.__get__
print(type(read(Plain())).__name__)
