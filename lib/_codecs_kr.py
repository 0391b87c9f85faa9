# SPDX-License-Identifier: MIT
# The encodings euc_kr cp949 johab.
from _multibytecodec import _finder

getcodec = _finder(__name__, """euc_kr cp949 johab""".split())
