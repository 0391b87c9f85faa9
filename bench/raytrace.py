# A small ray tracer: vector objects, polymorphic shapes, reflections.
import math
import sys


class Vector:
    def __init__(self, x, y, z):
        self.x = x
        self.y = y
        self.z = z

    def __add__(self, o):
        return Vector(self.x + o.x, self.y + o.y, self.z + o.z)

    def __sub__(self, o):
        return Vector(self.x - o.x, self.y - o.y, self.z - o.z)

    def scale(self, f):
        return Vector(self.x * f, self.y * f, self.z * f)

    def dot(self, o):
        return self.x * o.x + self.y * o.y + self.z * o.z

    def unit(self):
        return self.scale(1 / math.sqrt(self.dot(self)))

    def reflect(self, normal):
        return self - normal.scale(2 * self.dot(normal))


class Ray:
    def __init__(self, origin, direction):
        self.origin = origin
        self.direction = direction.unit()

    def at(self, t):
        return self.origin + self.direction.scale(t)


class Sphere:
    def __init__(self, centre, radius, color, mirror):
        self.centre, self.radius, self.color, self.mirror = centre, radius, color, mirror

    def hit(self, ray):
        to = self.centre - ray.origin
        along = to.dot(ray.direction)
        inside = self.radius * self.radius - to.dot(to) + along * along
        if inside < 0:
            return None
        t = along - math.sqrt(inside)
        return t if t > 1e-6 else None

    def normal(self, point):
        return (point - self.centre).unit()

    def color_at(self, point):
        return self.color


class Floor:
    mirror = 0.2

    def __init__(self, y):
        self.y = y

    def hit(self, ray):
        if abs(ray.direction.y) < 1e-9:
            return None
        t = (self.y - ray.origin.y) / ray.direction.y
        return t if t > 1e-6 else None

    def normal(self, point):
        return Vector(0, 1, 0)

    def color_at(self, point):
        return 0.9 if (math.floor(point.x) + math.floor(point.z)) % 2 else 0.2


class Scene:
    def __init__(self, shapes, light):
        self.shapes, self.light = shapes, light

    def nearest(self, ray):
        best = shape = None
        for s in self.shapes:
            t = s.hit(ray)
            if t is not None and (best is None or t < best):
                best, shape = t, s
        return best, shape

    def trace(self, ray, depth=0):
        t, shape = self.nearest(ray)
        if shape is None:
            return 0.3 + 0.3 * ray.direction.y
        point = ray.at(t)
        normal = shape.normal(point)
        to_light = (self.light - point).unit()
        _, blocker = self.nearest(Ray(point + normal.scale(1e-4), to_light))
        diffuse = 0.0 if blocker is not None else max(0.0, normal.dot(to_light))
        shade = shape.color_at(point) * (0.15 + 0.85 * diffuse)
        if shape.mirror and depth < 3:
            reflected = self.trace(Ray(point, ray.direction.reflect(normal)), depth + 1)
            shade = shade * (1 - shape.mirror) + reflected * shape.mirror
        return shade


def main(size):
    shapes = [Sphere(Vector(x * 1.5, 0.4 + 0.3 * (x % 2), 6 + z), 0.7, 0.3 + 0.2 * (x + 2) / 2, 0.3)
              for x in range(-2, 3) for z in (0, 2)]
    scene = Scene(shapes + [Floor(-0.6)], Vector(5, 8, -3))
    eye, total, rows = Vector(0, 1, -2), 0.0, []
    for y in range(size):
        row = ""
        for x in range(size):
            shade = scene.trace(Ray(eye, Vector((x - size / 2) / size, (size / 2 - y) / size, 1)))
            total += shade
            row += " .:-=+*#%@"[min(9, int(shade * 10))]
        rows.append(row)
    print("%.6f" % total)
    print("\n".join(rows[::max(1, size // 12)]))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 150)
