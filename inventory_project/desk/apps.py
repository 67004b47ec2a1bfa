"""Makes our site the one that `admin.register` means, so a room's admin.py need not import the roof."""

from django.contrib.admin.apps import AdminConfig


class DeskConfig(AdminConfig):
    default_site = "inventory_project.admin_site.site.OnhandAdminSite"
