"""Forecasting at the manager's desk: forecasts to read, restock policies to set, proposals to decide about."""

from forecasting.admin import alerts, forecasts, policies, proposals  # noqa: F401
