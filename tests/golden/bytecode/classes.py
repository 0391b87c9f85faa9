class Point(Base, metaclass=Meta):
    """A point."""
    x: int = 0

    def __init__(self, x, *, y: "int" = 1):
        super().__init__()
        self.x, self.__y = x, y

    @property
    def both(self):
        return lambda: (self.x, __class__)
