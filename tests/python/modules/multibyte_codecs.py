# The encodings of East Asia: samples in each, errors, shift states, incremental codecs and streams.
import codecs
import io

NAMES = """gb2312 gbk gb18030 hz big5hkscs cp932 shift_jis euc_jp euc_jisx0213 shift_jisx0213 euc_jis_2004 shift_jis_2004
cp949 euc_kr johab big5 cp950 iso2022_jp iso2022_jp_1 iso2022_jp_2 iso2022_jp_2004 iso2022_jp_3 iso2022_jp_ext
iso2022_kr""".split()
SAMPLES = ["plain ASCII ~ \\ \n", "日本語テキスト、かな。", "中文简体和繁體", "한국어 뷁 문장", "\xa5\u203e\uff71\uff9d", "\xe6\u0300\u304b\u309a",
           "\u20ac\u2014\u2015\u2225", "\U00020087\ue78d\ufe10", "\xca\u0304\xea", "αβγ жзи ①②"]

for name in NAMES:
    for text in SAMPLES:
        for errors in "strict", "replace", "ignore", "backslashreplace":
            try:
                data = text.encode(name, errors)
                print(name, errors, data, ascii(data.decode(name, "replace")))
            except UnicodeEncodeError as error:
                print(name, ascii(str(error)))
            else:
                if errors == "strict":
                    break

for name in "gb18030", "euc_jp", "shift_jis", "cp949", "iso2022_jp", "iso2022_kr", "hz", "euc_kr":
    for data in b"ab\x80cd", b"ab\xc8", b"\x1b$", b"\x1b$B\x24", b"~{", b"\x84\x30\x81", b"\xa4\xd4\xa4", b"\x0e!!\x0f", b"~z":
        for errors in "strict", "replace", "ignore":
            try:
                print(name, errors, ascii(data.decode(name, errors)))
            except UnicodeDecodeError as error:
                print(name, error)
    encoder, decoder = codecs.getincrementalencoder(name)(), codecs.getincrementaldecoder(name)()
    data = b"".join([encoder.encode(c) for c in "a\u65e5b\u4e2d\uac00" if c.encode(name, "ignore")] + [encoder.encode("", True)])
    print(name, data, [ascii(decoder.decode(data[i:i + 1])) for i in range(len(data))], decoder.getstate(), encoder.getstate())
    stream = codecs.getreader(name)(io.BytesIO(data * 3))
    print(ascii(stream.read(3)), ascii(stream.readline()), ascii(stream.read()))
    writer = codecs.getwriter(name)(io.BytesIO())
    writer.writelines(["\u65e5", "x\n"])
    writer.reset()
    print(writer.getvalue(), writer.errors)
