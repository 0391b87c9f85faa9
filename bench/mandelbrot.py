# The Mandelbrot set with real and with complex numbers.
import sys


def real(size, limit):
    total = 0
    for row in range(size):
        ci = 2.0 * row / size - 1.0
        for column in range(size):
            cr = 2.5 * column / size - 2.0
            zr = zi = 0.0
            n = 0
            while n < limit:
                rr = zr * zr
                ii = zi * zi
                if rr + ii > 4.0:
                    break
                zi = 2.0 * zr * zi + ci
                zr = rr - ii + cr
                n += 1
            total += n
    return total


def complex_numbers(size, limit):
    total = 0
    for row in range(size):
        for column in range(size):
            c = complex(2.5 * column / size - 2.0, 2.0 * row / size - 1.0)
            z = 0j
            for n in range(limit):
                if abs(z) > 2:
                    total += n
                    break
                z = z * z + c
    return total


def main(size):
    print(real(size, 60), complex_numbers(size // 2, 60))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 300)
