"""verify_audit: is the log whole?"""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from audit.selectors import chains
from audit.selectors.verification import Verdict, verify
from audit.services import checkpoints
from audit.verifier.verify_export import checkpoint_problems
from inventory_project.kernel.errors import NotFound
from inventory_project.kernel.organizations import id_in_log

SHOWN = 20


class Command(BaseCommand):
    help = (
        "Recompute the log's hash chains and compare them with the checkpoints. Exit code 1 when anything is damaged."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--organization", metavar="SLUG", help="one organisation, by its slug or id (0: the installation itself)"
        )
        parser.add_argument("--since-checkpoint", action="store_true", help="read only what came after the newest one")
        parser.add_argument("--checkpoints", type=Path, help="their directory, by default <data-dir>/checkpoints")
        parser.add_argument("--json", action="store_true", help="one JSON object instead of sentences")

    def handle(self, *, organization: str | None, since_checkpoint: bool, json: bool, **options: Any) -> None:
        kept = checkpoints.load(options["checkpoints"])
        problems = checkpoint_problems(kept, checkpoints.signing_key() if kept else None)
        with chains.still():
            ids = self._ids(organization, kept)
            verdicts = [verify(each, checkpoints=kept, since_checkpoint=since_checkpoint) for each in ids]
        if json:
            self._print_json(verdicts, problems)
        else:
            self._print(verdicts, problems)
        if problems or not all(verdict.is_whole for verdict in verdicts):
            sys.exit(1)

    def _ids(self, organization: str | None, kept: list[dict[str, Any]]) -> list[int]:
        """The asked one, or all: also those that only a checkpoint still knows."""
        if organization is not None:
            try:
                return [id_in_log(str(organization))]
            except NotFound as error:
                raise CommandError(error.detail) from error
        remembered = {head[0] for checkpoint in kept for head in checkpoint["heads"]}
        return sorted(remembered | set(chains.organizations()))

    def _print(self, verdicts: list[Verdict], problems: list[str]) -> None:
        for problem in problems:
            self.stdout.write(f"DAMAGED  {problem}")
        for verdict in verdicts:
            for problem in verdict.problems[:SHOWN]:
                self.stdout.write(f"DAMAGED  organisation {verdict.organization_id}: {problem}")
            if len(verdict.problems) > SHOWN:
                self.stdout.write(
                    f"DAMAGED  organisation {verdict.organization_id}: and {len(verdict.problems) - SHOWN} more"
                )
        entries, seconds = sum(v.entries for v in verdicts), sum(v.seconds for v in verdicts)
        state = "damaged" if problems or not all(v.is_whole for v in verdicts) else "whole"
        self.stdout.write(
            f"{state}: {entries} entries in {sum(v.blocks for v in verdicts)} blocks of {len(verdicts)} organisations, "
            f"{entries / max(seconds, 1e-9):.0f} entries/s"
        )

    def _print_json(self, verdicts: list[Verdict], problems: list[str]) -> None:
        whole = not problems and all(verdict.is_whole for verdict in verdicts)
        report = {"whole": whole, "checkpoints": problems, "organizations": [asdict(verdict) for verdict in verdicts]}
        self.stdout.write(json.dumps(report, indent=2))
