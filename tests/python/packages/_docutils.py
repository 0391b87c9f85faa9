# package: docutils
from docutils.core import publish_string
text = "Title\n=====\n\n*emphasis* and **strong**, ``code``, `a link <http://example.org>`_.\n\n"
text += "- one\n- two\n\n  - inner\n\n.. note:: Mind this.\n\n====  ====\nA     B\n====  ====\n1     2\n====  ====\n"
for writer in ("html5", "latex", "xml", "pseudoxml", "manpage"):
    print(publish_string(text, writer_name=writer, settings_overrides={"output_encoding": "unicode", "datestamp": None}))
