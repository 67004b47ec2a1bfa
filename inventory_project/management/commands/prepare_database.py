"""manage.py prepare_database: roles, migrations, partitions. Safe to repeat."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connections

from audit import services as audit
from inventory_project import migration_states
from inventory_project.runtime import roles
from inventory_project.runtime.errors import CannotStart
from stock.services import maintenance

ALIASES = {"app": "default", "owner": "owner", "platform": "platform"}


@contextmanager
def alone() -> Iterator[None]:
    """Wait for other machines that prepare the same database."""
    with connections["owner"].cursor() as cursor:
        roles.wait_for_turn(cursor)
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [roles.ONE_AT_A_TIME])


class Command(BaseCommand):
    help = (
        "Creates the three database roles with the passwords of the DATABASE_*_URLs (through DATABASE_ADMIN_URL, when "
        "it is set), then migrates as the owner and makes the partitions of the coming months. A database that came "
        "back from a copy gets a new line of its changes feed."
    )
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        admin_url = os.environ.get("DATABASE_ADMIN_URL", "")
        if admin_url:
            try:
                roles.prepare(admin_url, **{name: roles.Login.of_alias(alias) for name, alias in ALIASES.items()})
            except CannotStart as error:
                raise CommandError(str(error)) from error
        with alone(), migration_states.light():
            call_command("migrate", database="owner", interactive=False, verbosity=options["verbosity"])
            audit.ensure_line()
        # Not left to beat: after months switched off, the first movement would come before it.
        audit.ensure_partitions()
        maintenance.ensure_partitions()
