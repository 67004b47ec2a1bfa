"""Paths of the stock room, relative to /api/, with and without the trailing slash."""

from django.urls import re_path

from inventory_project.api.routers import Router
from stock.api.counts import StockCountViewSet
from stock.api.exports import ExportViewSet
from stock.api.goods_receipts import GoodsReceiptViewSet, ProductLeadTimeViewSet, SupplierLeadTimeViewSet
from stock.api.holds import StockDisposeView, StockHoldView, StockUnholdView
from stock.api.imports import ImportViewSet
from stock.api.inventory import (
    InventoryTransferView,
    InventoryUpdateView,
    InventoryViewSet,
    StockViewSet,
)
from stock.api.mailing_schedules import MailingScheduleView
from stock.api.mailings import MailingViewSet
from stock.api.matrix import MatrixViewSet
from stock.api.movement_reports import MovementReportViewSet, ProductMovementsViewSet, StoreMovementsViewSet
from stock.api.movement_windows import MovementsByCategoryView, MovementTimelineView
from stock.api.movements import MovementViewSet
from stock.api.periods import PeriodViewSet
from stock.api.purchase_orders import PurchaseTimelineViewSet, PurchaseViewSet
from stock.api.reports import DashboardView, LowStockViewSet
from stock.api.reservations import ReservationViewSet
from stock.api.sales import AggregatedSalesView, SalesMetricsView
from stock.api.sales_list import SalesView
from stock.api.steps import UUID_PATTERN
from stock.api.stock_reports import VIEWS as STOCK_REPORTS
from stock.api.transfer_orders import (
    InTransitViewSet,
    TimelineViewSet,
    TransferViewSet,
    UnsettledViewSet,
)

router = Router()
router.register("stock-movements", MovementViewSet, basename="movement")
router.register("mailings", MailingViewSet, basename="mailing")
router.register("counts", StockCountViewSet, basename="count")
router.register("periods", PeriodViewSet, basename="period")
router.register("reservations", ReservationViewSet, basename="reservation")
router.register("exports", ExportViewSet, basename="export")
router.register("imports", ImportViewSet, basename="import")
router.register("stocks", StockViewSet, basename="stock")
router.register("purchase-orders", PurchaseViewSet, basename="purchase")
router.register("goods-receipts", GoodsReceiptViewSet, basename="goods-receipt")
router.register("transfers", TransferViewSet, basename="transfer")

urlpatterns = [
    re_path(r"^inventory/update/?$", InventoryUpdateView.as_view(), name="inventory-update"),
    re_path(r"^inventory/transfer/?$", InventoryTransferView.as_view(), name="inventory-transfer"),
    re_path(r"^inventory/?$", InventoryViewSet.as_view({"get": "list"}), name="inventory"),
    re_path(r"^transactions/?$", MovementViewSet.as_view({"get": "list"}), name="transactions"),
    re_path(r"^mailings/schedule/?$", MailingScheduleView.as_view(), name="mailing-schedule"),
    re_path(r"^reports/low-stock/?$", LowStockViewSet.as_view({"get": "list"}), name="low-stock"),
    re_path(r"^reports/stock/?$", MovementReportViewSet.as_view({"get": "list"}), name="movement-report"),
    *(re_path(rf"^reports/{name}/?$", view.as_view(), name=f"report-{name}") for name, view in STOCK_REPORTS.items()),
    re_path(r"^reports/movements/?$", StoreMovementsViewSet.as_view({"get": "list"}), name="store-movements"),
    re_path(
        r"^reports/movements/products/?$",
        ProductMovementsViewSet.as_view({"get": "list"}),
        name="product-movements",
    ),
    re_path(r"^stocks/matrix/?$", MatrixViewSet.as_view({"get": "list"}), name="stock-matrix"),
    re_path(r"^reports/dashboard/?$", DashboardView.as_view(), name="dashboard"),
    re_path(r"^stocks/hold/?$", StockHoldView.as_view(), name="stock-hold"),
    re_path(r"^stocks/unhold/?$", StockUnholdView.as_view(), name="stock-unhold"),
    re_path(r"^stocks/dispose/?$", StockDisposeView.as_view(), name="stock-dispose"),
    re_path(r"^movements/timeline/?$", MovementTimelineView.as_view(), name="movement-timeline"),
    re_path(r"^movements/by-category/?$", MovementsByCategoryView.as_view(), name="movements-by-category"),
    re_path(r"^sales/?$", SalesView.as_view(), name="sales"),
    re_path(r"^sales/aggregated/?$", AggregatedSalesView.as_view(), name="sales-aggregated"),
    re_path(r"^sales/metrics/?$", SalesMetricsView.as_view(), name="sales-metrics"),
    re_path(r"^transfers/unsettled/?$", UnsettledViewSet.as_view({"get": "list"}), name="transfers-unsettled"),
    re_path(r"^transfers/in-transit/?$", InTransitViewSet.as_view({"get": "list"}), name="transfers-in-transit"),
    re_path(
        rf"^transfers/(?P<id>{UUID_PATTERN})/timeline/?$",
        TimelineViewSet.as_view({"get": "list"}),
        name="transfer-timeline",
    ),
    re_path(
        rf"^purchase-orders/(?P<id>{UUID_PATTERN})/timeline/?$",
        PurchaseTimelineViewSet.as_view({"get": "list"}),
        name="purchase-timeline",
    ),
    re_path(r"^reports/lead-times/?$", SupplierLeadTimeViewSet.as_view({"get": "list"}), name="lead-times"),
    re_path(
        r"^suppliers/(?P<id>[0-9]{1,18})/lead-times/?$",
        ProductLeadTimeViewSet.as_view({"get": "list"}),
        name="supplier-lead-times",
    ),
    *router.urls,
]
