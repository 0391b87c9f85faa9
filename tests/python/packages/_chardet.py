# package: chardet
import chardet
for text, encoding in (("Привет, мир, как дела сегодня", "koi8-r"), ("été à la plage déjà vu", "latin-1"), ("日本語のテキスト", "utf-8")): print(chardet.detect(text.encode(encoding)))
