from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class InventoryProjectConfig(AppConfig):
    name = "inventory_project"
    verbose_name = "Onhand"

    def ready(self) -> None:
        post_migrate.connect(grant_framework_tables, sender=self)


def grant_framework_tables(using: str, **_: Any) -> None:
    """Let the app and platform roles use Django's own tables after each migration."""
    from django.db import connections

    from inventory_project.runtime import roles

    if using != "owner":
        return
    connection = connections[using]
    with connection.cursor() as cursor:
        for statement in roles.framework_grants(set(connection.introspection.table_names(cursor))):
            cursor.execute(statement)
