"""The log as a file that can be verified without Onhand."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import IO, Any, cast

import orjson

from audit.selectors import chains
from inventory_project.kernel import clock

FORMAT = "onhand-audit-export/1"


def export(organization_id: int, path: Path) -> int:
    """Write one organisation's log, a JSON object a line (gzipped when the name ends in .gz); how many entries."""
    with chains.still(), _open(path) as file:
        made_at = clock.now().isoformat()
        _write(file, {"kind": "header", "format": FORMAT, "organization_id": organization_id, "made_at": made_at})
        entries = 0
        for kind, row in chains.blocks_and_entries(organization_id):
            entries += kind == "entry"
            _write(file, {"kind": kind, **row})
        heads = [[head["chain"], head["number"], head["hash"]] for head in chains.heads(organization_id)]
        _write(file, {"kind": "heads", "heads": heads})
    return entries


def _open(path: Path) -> IO[bytes]:
    return cast(IO[bytes], gzip.open(path, "wb", compresslevel=6)) if path.suffix == ".gz" else path.open("wb")


def _write(file: IO[bytes], line: dict[str, Any]) -> None:
    file.write(orjson.dumps(line, default=bytes.hex) + b"\n")
