"""Paths of the forecasting room, relative to /api/, with and without the trailing slash."""

from django.urls import re_path

from forecasting.api.forecasts import ForecastViewSet
from forecasting.api.reports import AccuracyView, PredictionsView
from forecasting.api.restock_reports import RestockReportView
from forecasting.api.runs import RetrainView, RunViewSet
from inventory_project.api.routers import Router

router = Router()
router.register("forecasts/runs", RunViewSet, basename="forecast-run")
router.register("forecasts", ForecastViewSet, basename="forecast")

urlpatterns = [
    re_path(r"^forecasts/retrain/?$", RetrainView.as_view(), name="forecast-retrain"),
    re_path(r"^forecasts/accuracy/?$", AccuracyView.as_view(), name="forecast-accuracy"),
    re_path(r"^sales/predictions/?$", PredictionsView.as_view(), name="sales-predictions"),
    re_path(r"^reports/restock/?$", RestockReportView.as_view(), name="report-restock"),
    *router.urls,
]
