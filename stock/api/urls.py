"""Paths of the stock room, relative to /api/, with and without the trailing slash."""

from django.urls import re_path

from inventory_project.api.routers import Router
from stock.api.counts import StockCountViewSet
from stock.api.inventory import (
    InventoryTransferView,
    InventoryUpdateView,
    InventoryViewSet,
    StockViewSet,
)
from stock.api.movements import MovementViewSet
from stock.api.reports import DashboardView, LowStockViewSet, MovementReportViewSet

router = Router()
router.register("stock-movements", MovementViewSet, basename="movement")
router.register("counts", StockCountViewSet, basename="count")
router.register("stocks", StockViewSet, basename="stock")

urlpatterns = [
    re_path(r"^inventory/update/?$", InventoryUpdateView.as_view(), name="inventory-update"),
    re_path(r"^inventory/transfer/?$", InventoryTransferView.as_view(), name="inventory-transfer"),
    re_path(r"^inventory/?$", InventoryViewSet.as_view({"get": "list"}), name="inventory"),
    re_path(r"^transactions/?$", MovementViewSet.as_view({"get": "list"}), name="transactions"),
    re_path(r"^reports/low-stock/?$", LowStockViewSet.as_view({"get": "list"}), name="low-stock"),
    re_path(r"^reports/stock/?$", MovementReportViewSet.as_view({"get": "list"}), name="movement-report"),
    re_path(r"^reports/dashboard/?$", DashboardView.as_view(), name="dashboard"),
    *router.urls,
]
