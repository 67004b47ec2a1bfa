from django.apps import AppConfig


class ForecastingConfig(AppConfig):
    name = "forecasting"

    def ready(self) -> None:
        """Task names must resolve in every process that rings them; the restock report is mailed like other lists."""
        from forecasting import tasks  # noqa: F401
        from forecasting.services import restock_letters

        restock_letters.join()
