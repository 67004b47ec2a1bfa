"""The tables of the ledger."""

from stock.models.balances import Stock, StoreDay, StoreKpi
from stock.models.costs import AverageCost, Revaluation
from stock.models.counts import StockCount, StockCountAdjustment, StockCountEntry, StockCountKey, StockCountLine
from stock.models.exports import ExportJob
from stock.models.goods_receipts import GoodsReceipt, GoodsReceiptLine
from stock.models.imports import ImportedRecord, ImportedRow, ImportJob, ImportMapping, ImportProblem
from stock.models.mailings import MailingRecipient, MailingRun, MailingSchedule, StoreMailing
from stock.models.movements import InboxMovement, MovementKey, MovementReversal, StockMovement
from stock.models.numbers import PaperNumber
from stock.models.purchase_orders import PurchaseLetter, PurchaseLine, PurchaseOrder
from stock.models.reservations import Reservation, ReservationFulfilment, ReservationLine
from stock.models.rollups import (
    CategorySalesTotal,
    MovementQuarter,
    ProductSalesTotal,
    SalesOverlap,
    SalesProduct,
    SalesRollup,
    SalesStore,
    SalesTotal,
    SeriesSalesMonth,
)
from stock.models.sales import DailySales, SalesHistory
from stock.models.snapshots import PeriodClosing, SnapshotDay, StockSnapshot
from stock.models.transfer_orders import TransferKey, TransferLine, TransferNumber, TransferOrder
from stock.models.verification import LedgerVerification
from stock.models.watches import BalanceCall

__all__ = [
    "AverageCost",
    "BalanceCall",
    "CategorySalesTotal",
    "DailySales",
    "ExportJob",
    "GoodsReceipt",
    "GoodsReceiptLine",
    "ImportJob",
    "ImportMapping",
    "ImportProblem",
    "ImportedRecord",
    "ImportedRow",
    "InboxMovement",
    "LedgerVerification",
    "MailingRecipient",
    "MailingRun",
    "MailingSchedule",
    "MovementKey",
    "MovementQuarter",
    "MovementReversal",
    "PaperNumber",
    "PeriodClosing",
    "ProductSalesTotal",
    "PurchaseLetter",
    "PurchaseLine",
    "PurchaseOrder",
    "Reservation",
    "ReservationFulfilment",
    "ReservationLine",
    "Revaluation",
    "SalesHistory",
    "SalesOverlap",
    "SalesProduct",
    "SalesRollup",
    "SalesStore",
    "SalesTotal",
    "SeriesSalesMonth",
    "SnapshotDay",
    "Stock",
    "StockCount",
    "StockCountAdjustment",
    "StockCountEntry",
    "StockCountKey",
    "StockCountLine",
    "StockMovement",
    "StockSnapshot",
    "StoreDay",
    "StoreKpi",
    "StoreMailing",
    "TransferKey",
    "TransferLine",
    "TransferNumber",
    "TransferOrder",
]
