# package: commonmark
import commonmark
print(commonmark.commonmark("Hello *World*\n\n- a\n- b\n\n[x](y \"t\")\n\n<b>\n"), commonmark.dumpAST(commonmark.Parser().parse("a *b*")))
