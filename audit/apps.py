from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "audit"
    verbose_name = "Log"

    def ready(self) -> None:
        """Task names must resolve in every process that rings them."""
        from audit import tasks  # noqa: F401
