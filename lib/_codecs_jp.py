# SPDX-License-Identifier: MIT
# The encodings shift_jis cp932 euc_jp shift_jis_2004 euc_jis_2004 euc_jisx0213 shift_jisx0213.
from _multibytecodec import _finder

getcodec = _finder(__name__, """shift_jis cp932 euc_jp shift_jis_2004 euc_jis_2004 euc_jisx0213 shift_jisx0213""".split())
