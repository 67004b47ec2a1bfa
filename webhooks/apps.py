from django.apps import AppConfig


class WebhooksConfig(AppConfig):
    name = "webhooks"

    def ready(self) -> None:
        """Task names must resolve in every process that rings them."""
        from webhooks import tasks  # noqa: F401
