"""What a program imports as it starts: nothing heavy that only some of its work needs, nothing that is not there."""

from __future__ import annotations

import subprocess
import sys

from inventory_project.runtime.instance import BASE_DIR

# Imported where they are used: together they took longer than everything else, in each of seven processes.
HEAVY = {"statsmodels", "scipy", "pandas", "patsy", "openpyxl", "matplotlib", "PIL", "weasyprint", "reportlab", "lxml"}
STARTED = """
import sys
import django
django.setup()
print(*sys.modules)
from django.urls import get_resolver
get_resolver().url_patterns
print(*sys.modules)
"""


def test_no_process_imports_a_heavy_library_before_it_needs_one() -> None:
    done = subprocess.run([sys.executable, "-c", STARTED], cwd=BASE_DIR, capture_output=True, text=True, check=True)
    everywhere, web = (set(line.split()) for line in done.stdout.splitlines())
    assert "stock.models" in everywhere
    assert {name.partition(".")[0] for name in web} & HEAVY == set()
    # The desks are with the URLs: workers, beat and commands, most of the processes, serve no pages.
    assert "stock.admin" in web
    assert {"stock.admin", "unfold.admin", "rest_framework.serializers"} & everywhere == set()


def test_the_comparison_of_forecasts_needs_nothing_that_only_the_tests_have() -> None:
    alone = "import sys; sys.modules['pytest'] = None; import tests.benchmarks.forecast.__main__"
    done = subprocess.run([sys.executable, "-c", alone], cwd=BASE_DIR, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
