from django.apps import AppConfig


class StockConfig(AppConfig):
    name = "stock"

    def ready(self) -> None:
        """Task names must resolve in every process that rings them."""
        from stock import tasks  # noqa: F401
