"""Paths of alerts, relative to /api/, with and without the trailing slash."""

from django.urls import re_path

from forecasting.api.alerts import AlertRestockView, AlertsAcknowledgeView, AlertSummaryView, AlertViewSet
from inventory_project.api.routers import Router

router = Router()
router.register("alerts", AlertViewSet, basename="alert")
urlpatterns = [
    re_path(r"^alerts/summary/?$", AlertSummaryView.as_view(), name="alert-summary"),
    re_path(r"^alerts/acknowledge/?$", AlertsAcknowledgeView.as_view(), name="alerts-acknowledge"),
    re_path(r"^alerts/(?P<pk>[0-9]{1,18})/restock/?$", AlertRestockView.as_view(), name="alert-restock"),
    *router.urls,
]
