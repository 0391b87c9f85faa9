# SPDX-License-Identifier: MIT
# The encodings big5 cp950.
from _multibytecodec import _finder

getcodec = _finder(__name__, """big5 cp950""".split())
