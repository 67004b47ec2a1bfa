"""manage.py up: start everything on this machine."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from inventory_project.runtime.errors import CannotStart
from inventory_project.runtime.instance import data_dir
from inventory_project.runtime.up import Options, Up
from inventory_project.settings.env import FROM_INSTANCE


class Command(BaseCommand):
    help = "Starts PostgreSQL, Valkey, web, worker and beat under one supervisor, and stops them all on Ctrl-C."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--demo", action="store_true", help="load two demo organisations at the first start")
        parser.add_argument("--no-sales", action="store_true", help="with --demo: nothing is sold by itself")
        parser.add_argument("--data-dir", type=Path, default=data_dir(), help="where the instance keeps its files")
        parser.add_argument(
            "--archive",
            type=Path,
            metavar="DIR",
            help="keep the database's log there from now on",
        )
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--workers", type=int, default=max(1, min(4, os.cpu_count() or 1)), help="web processes")

    def handle(self, *args: Any, **options: Any) -> None:
        given = {name: value for name, value in os.environ.items() if name not in FROM_INSTANCE}
        wanted = Options(
            root=options["data_dir"].absolute(),
            host=options["host"],
            port=options["port"],
            workers=max(1, options["workers"]),
            demo=options["demo"],
            sales=not options["no_sales"],
            archive=options["archive"],
            environment=given,
        )
        try:
            Up(wanted, self.say).run()
        except CannotStart as error:
            raise CommandError(str(error)) from error

    def say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()
