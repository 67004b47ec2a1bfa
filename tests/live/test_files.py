"""Each live connection is an open file, and a shell lets a program open few."""

from __future__ import annotations

import subprocess
import sys

from inventory_project.runtime.instance import BASE_DIR

PROGRAM = """
import resource
_, most = resource.getrlimit(resource.RLIMIT_NOFILE)
resource.setrlimit(resource.RLIMIT_NOFILE, (1024, min(most, 5000) if most > 0 else 5000))
from inventory_project.runtime import processes
processes.open_more_files()
print(resource.getrlimit(resource.RLIMIT_NOFILE)[0])
"""


def test_more_files_may_be_open_than_a_shell_allows():
    said = subprocess.run([sys.executable, "-c", PROGRAM], cwd=BASE_DIR, capture_output=True, text=True, check=True)
    assert int(said.stdout) > 1024
