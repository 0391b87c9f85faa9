# SPDX-License-Identifier: MIT
# The encodings gb2312 gbk gb18030 hz.
from _multibytecodec import _finder

getcodec = _finder(__name__, """gb2312 gbk gb18030 hz""".split())
