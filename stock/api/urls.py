"""Paths of the stock room, relative to /api/, with and without the trailing slash."""

from django.urls import re_path

from inventory_project.api.routers import Router
from stock.api.counts import StockCountViewSet
from stock.api.imports import ImportViewSet
from stock.api.inventory import (
    InventoryTransferView,
    InventoryUpdateView,
    InventoryViewSet,
    StockViewSet,
)
from stock.api.movements import MovementViewSet
from stock.api.reports import DashboardView, LowStockViewSet, MovementReportViewSet
from stock.api.transfer_orders import (
    UUID_PATTERN,
    InTransitViewSet,
    TimelineViewSet,
    TransferViewSet,
    UnsettledViewSet,
)

router = Router()
router.register("stock-movements", MovementViewSet, basename="movement")
router.register("counts", StockCountViewSet, basename="count")
router.register("imports", ImportViewSet, basename="import")
router.register("stocks", StockViewSet, basename="stock")
router.register("transfers", TransferViewSet, basename="transfer")

urlpatterns = [
    re_path(r"^inventory/update/?$", InventoryUpdateView.as_view(), name="inventory-update"),
    re_path(r"^inventory/transfer/?$", InventoryTransferView.as_view(), name="inventory-transfer"),
    re_path(r"^inventory/?$", InventoryViewSet.as_view({"get": "list"}), name="inventory"),
    re_path(r"^transactions/?$", MovementViewSet.as_view({"get": "list"}), name="transactions"),
    re_path(r"^reports/low-stock/?$", LowStockViewSet.as_view({"get": "list"}), name="low-stock"),
    re_path(r"^reports/stock/?$", MovementReportViewSet.as_view({"get": "list"}), name="movement-report"),
    re_path(r"^reports/dashboard/?$", DashboardView.as_view(), name="dashboard"),
    re_path(r"^transfers/unsettled/?$", UnsettledViewSet.as_view({"get": "list"}), name="transfers-unsettled"),
    re_path(r"^transfers/in-transit/?$", InTransitViewSet.as_view({"get": "list"}), name="transfers-in-transit"),
    re_path(
        rf"^transfers/(?P<id>{UUID_PATTERN})/timeline/?$",
        TimelineViewSet.as_view({"get": "list"}),
        name="transfer-timeline",
    ),
    *router.urls,
]
