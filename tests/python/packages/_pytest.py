# package: pytest
from pathlib import Path
import pytest
Path("test_sample.py").write_text("import pytest\n@pytest.fixture\ndef v(): return [1, 2]\n@pytest.mark.parametrize('n', [1, 2, 3])\ndef test_in(v, n): assert n in v\ndef test_raises():\n    with pytest.raises(ZeroDivisionError, match='div'): 1 / 0\ndef test_tmp(tmp_path, capsys, monkeypatch):\n    (tmp_path / 'x').write_text('y'); print('shown'); assert capsys.readouterr().out == 'shown\\n'\n@pytest.mark.skip\ndef test_s(): pass\n")
class Quiet:
    def pytest_report_header(self): return None
status = pytest.main(["-qq", "--no-header", "-p", "no:cacheprovider", "-p", "no:hypothesispytest", "--tb=short", "--color=no", "-rA", "--durations=0", "-vv"][:7] + ["test_sample.py"]); print(status)
