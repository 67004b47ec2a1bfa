"""Signed checkpoints: where every chain ended at one instant, kept outside the database.

A chain shows a change in its middle. Only a checkpoint shows that its end was cut off or that all of it was rewritten,
so each file is signed with a key the database does not hold, and names the one before it. Copy the files elsewhere.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
from pathlib import Path
from typing import Any

from django.conf import settings

from audit.selectors import chains
from audit.verifier import verify_export
from inventory_project.kernel import clock

FORMAT = "onhand-audit-checkpoint/1"
Checkpoint = dict[str, Any]


def default_directory() -> Path:
    return Path(settings.DATA_DIR) / "checkpoints"


def signing_key() -> bytes:
    """AUDIT_SIGNING_KEY, else <data-dir>/audit-signing.key, made on first use and readable by its owner only."""
    given = os.environ.get("AUDIT_SIGNING_KEY", "").strip()
    if given:
        return given.encode()
    path = Path(settings.DATA_DIR) / "audit-signing.key"
    path.parent.mkdir(parents=True, exist_ok=True)
    made = path.with_suffix(f".{os.getpid()}")
    try:
        made.touch(mode=0o600)
        made.write_text(secrets.token_hex(32))
        os.link(made, path)  # fails when the key exists: the first one to come makes it, whole
    except FileExistsError:
        pass
    finally:
        made.unlink(missing_ok=True)
    return path.read_text().strip().encode()


def load(directory: Path | None = None) -> list[Checkpoint]:
    """Every checkpoint kept in the directory, oldest first."""
    files = (directory or default_directory()).glob("checkpoint-*.json")
    return sorted((json.loads(path.read_text()) for path in files), key=lambda checkpoint: checkpoint["number"])


def export(directory: Path | None = None) -> Path:
    """Write the next checkpoint; the file."""
    directory = directory or default_directory()
    directory.mkdir(parents=True, exist_ok=True)
    before = load(directory)
    with chains.still():
        heads = chains.heads()
    checkpoint: Checkpoint = {
        "format": FORMAT,
        "number": before[-1]["number"] + 1 if before else 1,
        "made_at": clock.now().isoformat(),
        "previous": hashlib.sha256(verify_export.checkpoint_body(before[-1])).hexdigest() if before else "",
        "heads": [[head["organization_id"], head["chain"], head["number"], head["hash"].hex()] for head in heads],
    }
    checkpoint["signature"] = verify_export.checkpoint_signature(checkpoint, signing_key())
    path = directory / f"checkpoint-{checkpoint['number']:08d}.json"
    unfinished = path.with_suffix(f".{os.getpid()}")
    unfinished.write_text(json.dumps(checkpoint, indent=1))
    try:
        os.link(unfinished, path)  # never over an existing one
    finally:
        unfinished.unlink()
    return path
