"""Onhand's foundation and roof: settings, kernel, HTTP kit, runtime."""

from inventory_project.celery import app as celery_app

__all__ = ["celery_app"]
