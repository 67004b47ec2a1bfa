"""Makes our site the one that `admin.register` means, so a room's admin.py need not import the roof."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.admin.apps import SimpleAdminConfig
from django.contrib.admin.checks import check_admin_app, check_dependencies
from django.core import checks


class DeskConfig(SimpleAdminConfig):
    """The rooms' desks are imported with the URLs: workers, beat and most commands show nobody a page."""

    default_site = "inventory_project.admin_site.site.OnhandAdminSite"

    def ready(self) -> None:
        checks.register(check_dependencies, checks.Tags.admin)
        checks.register(check_desks, checks.Tags.admin)


def check_desks(app_configs: Any, **kwargs: Any) -> list[checks.CheckMessage]:
    """Django's own check, of desks that may not be there yet."""
    admin.autodiscover()
    found: list[checks.CheckMessage] = check_admin_app(app_configs, **kwargs)
    return found
