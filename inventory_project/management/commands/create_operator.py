"""`manage.py create_operator`: a person who runs the platform and signs in at /operator/login/."""

from __future__ import annotations

import getpass
import secrets
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.services import operators
from inventory_project.kernel.errors import DomainError


class Command(BaseCommand):
    help = "Make a platform operator. The password is typed twice, or made and shown once with --generate."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--email", default="")
        parser.add_argument("--generate", action="store_true", help="make a password and show it once")

    def handle(self, *args: Any, **options: Any) -> None:
        password = secrets.token_urlsafe(18) if options["generate"] else self._typed()
        try:
            operators.create(username=options["username"], password=password, email=options["email"])
        except DomainError as refusal:
            said = [str(sentence) for sentences in refusal.fields.values() for sentence in sentences]
            raise CommandError(" ".join(said) or refusal.detail) from refusal
        self.stdout.write(f"Operator {options['username']} may sign in at /operator/login/.")
        if options["generate"]:
            self.stdout.write(f"Password, shown this once: {password}")

    def _typed(self) -> str:
        password = getpass.getpass("Password: ")
        if password != getpass.getpass("Password again: "):
            raise CommandError("The passwords differ.")
        return password
