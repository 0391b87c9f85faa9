# audioop: samples of each width, codes of G.711 and ADPCM, rate conversion with its state.
import warnings
warnings.simplefilter("ignore")
import audioop

samples = [0, 1, -1, 1000, -1000, 32767, -32768, 12345]


def pack(values, width):
    return b"".join(v.to_bytes(width, "little", signed=True) for v in values)


data = pack(samples, 2)
print([audioop.getsample(data, 2, i) for i in range(8)])
print(audioop.max(data, 2), audioop.minmax(data, 2), audioop.avg(data, 2), audioop.rms(data, 2))
print(audioop.avgpp(data, 2), audioop.maxpp(data, 2), audioop.cross(data, 2))
print(audioop.minmax(b"", 1), audioop.cross(b"", 1), audioop.rms(b"", 4))
for width in 1, 2, 3, 4:
    wide = audioop.lin2lin(data, 2, width)
    print(width, wide.hex())
    print(audioop.mul(wide, width, 1.5).hex(), audioop.bias(wide, width, 100).hex(), audioop.reverse(wide, width).hex())
    print(audioop.byteswap(wide, width).hex(), audioop.add(wide, wide, width).hex())
    print(audioop.tostereo(wide, width, 1, -0.5).hex(), audioop.tomono(wide, width, 0.5, 0.5).hex())
    print(audioop.lin2ulaw(wide, width).hex(), audioop.lin2alaw(wide, width).hex(), audioop.lin2adpcm(wide, width, None))
    print(audioop.adpcm2lin(bytes(range(16)), width, (5, 20)))
every = bytes(range(256))
print(audioop.ulaw2lin(every, 2).hex(), audioop.alaw2lin(every, 3).hex())
part, state = audioop.ratecv(data, 2, 2, 8000, 11025, None, 3, 1)
rest, state = audioop.ratecv(data, 2, 2, 8000, 11025, state, 3, 1)
print(part.hex(), rest.hex(), state)
print(audioop.findfit(data, data[4:8]), audioop.findfactor(data[:4], data[4:8]), audioop.findmax(data, 3))
for call in (lambda: audioop.max(b"abc", 2), lambda: audioop.max(b"", 5), lambda: audioop.getsample(data, 2, 8),
             lambda: audioop.add(data, data[2:], 2), lambda: audioop.ratecv(data, 2, 1, 0, 5, None),
             lambda: audioop.ratecv(data, 2, 1, 1, 5, (1,)), lambda: audioop.lin2adpcm(data, 2, 555),
             lambda: audioop.lin2adpcm(data, 2, (0, 99)), lambda: audioop.findmax(b"abc", 1), lambda: audioop.max("a", 1)):
    try:
        print(call())
    except (audioop.error, TypeError, ValueError) as error:
        print(type(error).__name__, error)
