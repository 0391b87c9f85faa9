# SPDX-License-Identifier: MIT
# The encodings big5hkscs.
from _multibytecodec import _finder

getcodec = _finder(__name__, """big5hkscs""".split())
