"""Makes our site the one that `admin.register` means, so a room's admin.py need not import the roof.

Each room's desk is imported with the URLs and not as every process starts: workers, beat and commands serve no pages.
"""

from typing import Any

from django.contrib import admin
from django.contrib.admin.apps import SimpleAdminConfig
from django.contrib.admin.checks import check_admin_app, check_dependencies
from django.core import checks


class DeskConfig(SimpleAdminConfig):
    default_site = "inventory_project.admin_site.site.OnhandAdminSite"

    def ready(self) -> None:
        checks.register(check_dependencies, checks.Tags.admin)
        checks.register(check_desks, checks.Tags.admin)


def check_desks(app_configs: Any, **options: Any) -> list[checks.CheckMessage]:
    """Django's check of what is registered, whether or not the URLs were looked at before."""
    admin.autodiscover()
    return check_admin_app(app_configs, **options)
