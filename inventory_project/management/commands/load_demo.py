"""manage.py load_demo: two invented companies to look around in."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from inventory_project.demo import loader
from inventory_project.kernel.errors import DomainError


class Command(BaseCommand):
    help = "Loads two demo companies with generated passwords (demo-logins.json). Safe to repeat."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--alongside", action="store_true", help="also where there is somebody's own data already")

    def handle(self, *args: Any, alongside: bool, **options: Any) -> None:
        file = settings.DATA_DIR / "demo-logins.json"
        try:
            logins = loader.load(logins_file=file, alongside=alongside, say=self.stdout.write)
        except DomainError as error:
            raise CommandError(error.detail) from error
        for login in logins:
            self.stdout.write(f"  {login.organization:<20} {login.role:<8} {login.username:<26} {login.password}")
        if logins:
            self.stdout.write(f"The logins are kept in {file}.")
