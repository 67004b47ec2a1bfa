#!/usr/bin/env python3
"""Verifies an exported audit log. Needs Python 3.9 or newer and nothing else: no database, no Onhand.

    python verify_export.py EXPORT.jsonl[.gz] [--checkpoint FILE ...] [--key-file FILE]

The export (`manage.py export_audit`) holds one JSON object a line: blocks and entries in the order of their numbers,
then the chains' heads. Every block carries sha256(previous hash || its entries as text), so an entry that was altered,
removed or slipped in shows. A checkpoint (`manage.py export_checkpoint`) also shows a log whose end was cut off or
rewritten; its signature is checked when the signing key is given. Exit code: 0 whole, 1 damaged, 2 not readable.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import hmac
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

Record = dict[str, Any]
Heads = dict[int, tuple[int, bytes]]
Pinned = dict[tuple[int, int], bytes]

MARK = 4  # bytes of an entry's own hash that its block keeps


def genesis(organization_id: int, chain: int) -> bytes:
    """The hash before a chain's first block."""
    return hashlib.sha256(f"onhand:{organization_id}:{chain}".encode()).digest()


def canonical(entry: Record) -> str:
    """One entry as one text: the same as the database's audit_canonical(...)."""

    def number(name: str) -> str:
        return "" if entry[name] is None else str(entry[name])

    def text(name: str) -> str:
        return f"{len(entry[name])}:{entry[name]}"

    return "|".join(
        [number(name) for name in ("organization_id", "sequence", "occurred_at", "chain", "block")]
        + [number(name) for name in ("actor_id", "store_id", "product_id")]
        + [text(name) for name in ("actor_label", "action", "object_type", "object_id", "object_label", "request_id")]
        + [entry[name] or "" for name in ("before", "after", "detail")]
    )


class _Open:
    """A block whose entries are still passing by."""

    def __init__(self, block: Record) -> None:
        self.block = block
        self.entries: list[tuple[int, str]] = []

    @property
    def name(self) -> str:
        return f"chain {self.block['chain']}, block {self.block['number']}"

    def is_whole(self) -> bool:
        text = "\n".join(text for _, text in self.entries).encode()
        sealed = hashlib.sha256(self.block["previous_hash"] + text).digest()
        return bool(len(self.entries) == self.block["count"] and sealed == self.block["hash"])

    def diagnose(self) -> str:
        """Which entry is the bad one: the first whose mark is not the one that the block keeps for its place."""
        kept = [self.block["marks"][at : at + MARK] for at in range(0, len(self.block["marks"]), MARK)]
        found = [hashlib.sha256(text.encode()).digest()[:MARK] for _, text in self.entries]
        shorter = min(len(kept), len(found))
        place = next((at for at in range(shorter) if kept[at] != found[at]), shorter)
        if len(found) < self.block["count"]:
            after = self.entries[place - 1][0] if place else self.block["first_sequence"] - 1
            before = self.entries[place][0] if place < len(found) else self.block["last_sequence"] + 1
            return f"{self.name}: entry missing between sequence {after} and {before} (place {place + 1})"
        if len(found) > self.block["count"]:
            return f"{self.name}: entry {self.entries[place][0]} was inserted"
        if place < len(found):
            return f"{self.name}: entry {self.entries[place][0]} was altered"
        return f"{self.name}: the block's own record was altered"


class Verifier:
    """Takes one organisation's blocks and entries in the order of their sequence, a block before its entries.

    `heads` {chain: (number, hash)} is what the log says its chains end with; `pinned` {(chain, number): hash} is what
    checkpoints remember; `starts` {chain: (number, hash)} lets a check begin at a checkpoint.
    """

    def __init__(
        self, organization_id: int, *, heads: Heads, pinned: Pinned | None = None, starts: Heads | None = None
    ) -> None:
        self.organization_id = organization_id
        self.heads = heads
        self.pinned = dict(pinned or {})
        self.starts = dict(starts or {})
        self.last = dict(self.starts)
        self.open: dict[tuple[int, int], _Open] = {}
        self.problems: list[str] = []
        self.entries = 0
        self.blocks = 0

    def _begin(self, chain: int) -> tuple[int, bytes]:
        return self.last.get(chain) or (0, genesis(self.organization_id, chain))

    def block(self, block: Record) -> None:
        chain, number = block["chain"], block["number"]
        last_number, last_hash = self._begin(chain)
        self.blocks += 1
        if number != last_number + 1:
            self.problems.append(f"chain {chain}: block {last_number + 1} is missing (block {number} follows)")
        elif block["previous_hash"] != last_hash:
            self.problems.append(f"chain {chain}, block {number}: the link to block {last_number} is broken")
        if self.pinned.pop((chain, number), block["hash"]) != block["hash"]:
            self.problems.append(f"chain {chain}, block {number}: differs from the checkpoint")
        self.last[chain] = (number, block["hash"])
        self.open[chain, number] = _Open(block)

    def entry(self, sequence: int, chain: int, number: int, text: str) -> None:
        if number <= self.starts.get(chain, (0, b""))[0]:
            return
        self.entries += 1
        owner = self.open.get((chain, number))
        if owner is None or sequence > owner.block["last_sequence"]:
            self.problems.append(f"chain {chain}, block {number}: entry {sequence} was inserted, no block holds it")
            return
        owner.entries.append((sequence, text))
        if sequence == owner.block["last_sequence"]:
            self._close(chain, number)

    def _close(self, chain: int, number: int) -> None:
        block = self.open.pop((chain, number))
        if not block.is_whole():
            self.problems.append(block.diagnose())

    def finish(self) -> list[str]:
        """Every problem found, in the order of the log."""
        for key in list(self.open):
            self._close(*key)
        for chain in sorted(set(self.heads) | set(self.last)):
            number, digest = self._begin(chain)
            if chain not in self.heads:
                self.problems.append(f"chain {chain}: its head is missing")
            elif self.heads[chain] != (number, digest):
                self.problems.append(
                    f"chain {chain}: the head names block {self.heads[chain][0]}, the last block is {number}"
                )
        for (chain, number), digest in sorted(self.pinned.items()):
            if number and self.starts.get(chain) != (number, digest):
                self.problems.append(f"chain {chain}: cut off, block {number} of the checkpoint is gone")
        return self.problems


def checkpoint_body(checkpoint: Record) -> bytes:
    """The bytes that a checkpoint's signature covers."""
    unsigned = {name: value for name, value in checkpoint.items() if name != "signature"}
    return json.dumps(unsigned, sort_keys=True, separators=(",", ":")).encode()


def checkpoint_signature(checkpoint: Record, key: bytes) -> str:
    return hmac.new(key, checkpoint_body(checkpoint), hashlib.sha256).hexdigest()


def checkpoint_problems(checkpoints: Sequence[Record], key: bytes | None = None) -> list[str]:
    """What is wrong with a run of checkpoints itself: a false signature, a broken or missing link."""
    problems: list[str] = []
    before: Record | None = None
    for checkpoint in checkpoints:
        name = f"checkpoint {checkpoint['number']}"
        if key is not None and not hmac.compare_digest(checkpoint["signature"], checkpoint_signature(checkpoint, key)):
            problems.append(f"{name}: the signature is false")
        if before is not None and checkpoint["number"] != before["number"] + 1:
            problems.append(f"{name}: checkpoint {before['number'] + 1} is missing")
        elif before is not None and checkpoint["previous"] != hashlib.sha256(checkpoint_body(before)).hexdigest():
            problems.append(f"{name}: does not follow checkpoint {before['number']}")
        before = checkpoint
    return problems


def pinned_by(checkpoints: Iterable[Record], organization_id: int) -> Pinned:
    """What the checkpoints remember of one organisation: {(chain, number): hash}."""
    pinned: Pinned = {}
    for checkpoint in checkpoints:
        for owner, chain, number, digest in checkpoint["heads"]:
            if owner == organization_id and number:
                pinned[chain, number] = bytes.fromhex(digest)
    return pinned


def _lines(path: Path) -> Iterator[Record]:
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def verify_file(path: Path, checkpoints: Sequence[Record]) -> Verifier:
    """Check one export; the finished Verifier."""
    verifier: Verifier | None = None
    for line in _lines(path):
        kind = line["kind"]
        if kind == "header":
            owner = line["organization_id"]
            verifier = Verifier(owner, heads={}, pinned=pinned_by(checkpoints, owner))
        elif verifier is None:
            raise ValueError("the first line is not a header")
        elif kind == "block":
            for name in ("previous_hash", "hash", "marks"):
                line[name] = bytes.fromhex(line[name])
            verifier.block(line)
        elif kind == "entry":
            if line["organization_id"] != verifier.organization_id:
                verifier.problems.append(f"entry {line['sequence']}: belongs to another organisation")
            verifier.entry(line["sequence"], line["chain"], line["block"], canonical(line))
        elif kind == "heads":
            verifier.heads = {chain: (number, bytes.fromhex(digest)) for chain, number, digest in line["heads"]}
    if verifier is None:
        raise ValueError("the file is empty")
    verifier.finish()
    return verifier


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Verify an exported Onhand audit log.")
    parser.add_argument("export", type=Path)
    parser.add_argument("--checkpoint", type=Path, action="append", default=[], help="a checkpoint file; repeatable")
    parser.add_argument("--key-file", type=Path, help="the signing key, to check the checkpoints' signatures")
    options = parser.parse_args(arguments)
    try:
        checkpoints = sorted((json.loads(path.read_text()) for path in options.checkpoint), key=lambda c: c["number"])
        key = options.key_file.read_text().strip().encode() if options.key_file else None
        verifier = verify_file(options.export, checkpoints)
    except (OSError, ValueError, KeyError, TypeError) as error:
        print(f"cannot read: {error!r}", file=sys.stderr)
        return 2
    problems = checkpoint_problems(checkpoints, key) + verifier.problems
    for problem in problems:
        print(f"DAMAGED  {problem}")
    print(f"{'damaged' if problems else 'whole'}: {verifier.entries} entries in {verifier.blocks} blocks")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
