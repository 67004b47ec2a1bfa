"""`make bench`: measure, print a table, write var/bench/*.json.

ONHAND_BENCH_MOVEMENTS says how many movements the ledger holds before anything is measured (1,000,000),
ONHAND_BENCH_IMPORT_ROWS how long the imported file is (1,000,000), ONHAND_BENCH_SERIES how many products in stores are
forecast (5,000), ONHAND_BENCH_TOLD from where (ledger,history), ONHAND_BENCH_LISTENERS how many connections are open
(1,000). ONHAND_BENCH_DIR names a directory to keep the instance in, so that a second run need not make its data again.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import sys
import tempfile
from pathlib import Path

from inventory_project.runtime.instance import BASE_DIR
from tests.benchmarks import analytics, asof, bulk, dataset, forecasts, history, imports, live, reads, rls, single
from tests.benchmarks.bench import Bench
from tests.benchmarks.instance import Running, conditions
from tests.benchmarks.report import heading, keep, show

PARTS = {
    "bulk": bulk.measure,
    "single": single.measure,
    "reads": reads.measure,
    "rls": rls.measure,
    "history": history.measure,
    "asof": asof.measure,
    "imports": imports.measure,
    "analytics": analytics.measure,
    "forecasts": forecasts.measure,
    "live": live.measure,
}

# Parts that need no ledger made before: none at all, or a small one.
DATA_OF_THEIR_OWN = {"forecasts"}
SMALL = {"live", *DATA_OF_THEIR_OWN}


def main() -> None:
    parser = argparse.ArgumentParser(prog="make bench", description="Measure Onhand beside its references.")
    parser.add_argument("parts", nargs="*", metavar="part", help=f"Any of {', '.join(PARTS)}; all when none is named.")
    chosen = parser.parse_args().parts or list(PARTS)
    kept = os.environ.get("ONHAND_BENCH_DIR")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the instance is stopped too
    root = Path(kept) if kept else Path(tempfile.mkdtemp(prefix="onhand-bench-")) / "data"
    running = Running(root)
    try:
        dataset.open_django()
        bench = Bench(running, _data_for(set(chosen), running))
        facts = {**conditions(running), "movements": bench.dataset.movements}
        print(", ".join(f"{name} {value}" for name, value in facts.items()))
        heading()
        for name in chosen:
            rows = PARTS[name](bench)
            show(rows)
            keep(BASE_DIR / "var" / "bench", name, rows, facts)
    finally:
        running.stop()
        if not kept:
            shutil.rmtree(root.parent, ignore_errors=True)


def _data_for(chosen: set[str], running: Running) -> dataset.Dataset:
    if not chosen - DATA_OF_THEIR_OWN:
        return dataset.NONE
    return dataset.build(running) if chosen - SMALL else dataset.build_small(running)


if __name__ == "__main__":
    main()
