from django.apps import AppConfig


class InventoryProjectConfig(AppConfig):
    name = "inventory_project"
    verbose_name = "Onhand"
