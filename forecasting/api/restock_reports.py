"""The restock report over HTTP: JSON by pages, files, and a page to print, as every report about what is held."""

from forecasting.selectors.restock_report import RESTOCK
from stock.api.stock_reports import view_of

RestockReportView = view_of(RESTOCK)
