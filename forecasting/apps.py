from django.apps import AppConfig


class ForecastingConfig(AppConfig):
    name = "forecasting"

    def ready(self) -> None:
        """Task names must resolve in every process that rings them."""
        from forecasting import tasks  # noqa: F401
