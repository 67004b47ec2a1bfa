"""The reports about what happened in a period: their figures, each with its formula."""

from __future__ import annotations

from stock.selectors.stock_reports import DAYS, MONEY, PERCENT, TEXT, TIMES, By, Figure, Report

OPENING = Figure("opening_units", "Units at the beginning", "on hand before the period", "g.opening")
CLOSING = Figure("closing_units", "Units at the end", "on hand when the period ended", "g.closing")
AVERAGE_VALUE = "((g.opening_value + g.closing_value) / 2)"

TURNOVER = Report(
    name="turnover",
    title="Stock turnover",
    source="flows.sql",
    added="flows_added.sql",
    sums=("opening", "closing", "received", "sold", "sold_at_cost", "opening_value", "closing_value"),
    figures=(
        OPENING,
        CLOSING,
        Figure("units_sold", "Units sold", "units sold − units returned in the period", "g.sold"),
        Figure(
            "unit_turnover",
            "Turnover in units",
            "units sold / ((units at the beginning + at the end) / 2)",
            "round(2 * g.sold / NULLIF(g.opening + g.closing, 0), 4)",
            TIMES,
        ),
        Figure(
            "cost_of_goods_sold",
            "Cost of goods sold",
            "Σ units sold × the average cost they went out at",
            "round(g.sold_at_cost, 4)",
            MONEY,
            costs=True,
        ),
        Figure(
            "average_value",
            "Average value",
            "(value at the beginning + at the end) / 2",
            f"round({AVERAGE_VALUE}, 4)",
            MONEY,
            costs=True,
        ),
        Figure(
            "turnover",
            "Turnover",
            "cost of goods sold / average value",
            f"round(g.sold_at_cost / NULLIF({AVERAGE_VALUE}, 0), 4)",
            TIMES,
            costs=True,
        ),
        Figure(
            "yearly_turnover",
            "Turnover a year",
            "turnover × 365 / days of the period",
            f"round(g.sold_at_cost / NULLIF({AVERAGE_VALUE}, 0) * 365 / %(period_days)s::numeric, 4)",
            TIMES,
            costs=True,
        ),
        Figure(
            "days_to_sell",
            "Days to sell it once",
            "days of the period / turnover",
            f"round({AVERAGE_VALUE} / NULLIF(g.sold_at_cost, 0) * %(period_days)s::numeric, 1)",
            DAYS,
            costs=True,
        ),
    ),
    rank="g.sold_at_cost",
    open_rank="g.sold",
    order="the most sold first",
    period="3m",
)

SELL_THROUGH = Report(
    name="sell-through",
    title="Sell-through",
    source="flows.sql",
    added="flows_added.sql",
    sums=("opening", "closing", "received", "sold"),
    figures=(
        OPENING,
        Figure(
            "units_received",
            "Units received",
            "units of receipts, openings and transfers received in the period, less those taken back",
            "g.received",
        ),
        Figure("units_sold", "Units sold", "units sold − units returned in the period", "g.sold"),
        CLOSING,
        Figure(
            "sell_through_percent",
            "Sell-through",
            "units sold / (units at the beginning + received) × 100",
            "round(100 * g.sold / NULLIF(greatest(g.opening + g.received, 0), 0), 2)",
            PERCENT,
        ),
    ),
    rank="g.sold / NULLIF(greatest(g.opening + g.received, 0), 0)",
    open_rank="g.sold / NULLIF(greatest(g.opening + g.received, 0), 0)",
    order="the largest share sold first",
    period="30d",
)

SHRINKAGE = Report(
    name="shrinkage",
    title="Shrinkage",
    source="shrinkage.sql",
    sums=("missing", "removed", "found", "shrinkage", "shrinkage_value", "shrinkage_retail"),
    figures=(
        Figure("missing_units", "Missing", "units that counts and adjustments took off", "g.missing"),
        Figure("removed_units", "Written off", "units removed, losses of transfers among them", "g.removed"),
        Figure("found_units", "Found", "units that counts and adjustments added", "g.found"),
        Figure("shrinkage_units", "Shrinkage", "missing + written off − found", "g.shrinkage"),
        Figure(
            "shrinkage_value",
            "Shrinkage at cost",
            "Σ units × the cost they went out or came in at",
            "round(g.shrinkage_value, 4)",
            MONEY,
            costs=True,
        ),
        Figure(
            "shrinkage_retail",
            "Shrinkage at sale price",
            "shrinkage × the product's present sale price",
            "round(g.shrinkage_retail, 4)",
            MONEY,
        ),
    ),
    rank="g.shrinkage_value",
    open_rank="g.shrinkage_retail",
    order="the largest loss first",
    period="30d",
)

ABC_XYZ = Report(
    name="abc-xyz",
    title="ABC and XYZ analysis",
    source="abc_xyz.sql",
    sums=("units", "revenue", "margin"),
    others={
        "share": "max",
        "share_before": "max",
        "abc": "max",
        "xyz": "max",
        "weekly_mean": "max",
        "variation": "max",
        "basis": "max",
    },
    figures=(
        Figure(
            "abc",
            "ABC",
            "A: until 80 % of the whole is reached, B: until 95 %, C: the rest and what sold nothing",
            "g.abc",
            TEXT,
            adds_up=False,
        ),
        Figure(
            "xyz", "XYZ", "X: variation up to 0.5, Y: up to 1, Z: above, or nothing sold", "g.xyz", TEXT, adds_up=False
        ),
        Figure("units_sold", "Units sold", "units sold − units returned in the period", "g.units"),
        Figure("revenue", "Revenue", "Σ units × unit price, less returns", "round(g.revenue, 4)", MONEY),
        Figure(
            "gross_margin",
            "Gross margin",
            "Σ units × (price − cost), of sales whose cost was known",
            "round(g.margin, 4)",
            MONEY,
            costs=True,
        ),
        Figure(
            "share_percent",
            "Share",
            "the product's part of the whole (of its currency) × 100",
            "round(g.share, 4)",
            PERCENT,
            adds_up=False,
        ),
        Figure(
            "share_before_percent",
            "Share before",
            "the part of all products before it × 100",
            "round(g.share_before, 4)",
            PERCENT,
            adds_up=False,
        ),
        Figure(
            "weekly_units",
            "Units a week",
            "mean of the period's whole weeks, from its first day on",
            "round(g.weekly_mean, 4)",
            adds_up=False,
        ),
        Figure(
            "variation",
            "Variation",
            "standard deviation / mean of the units of the whole weeks",
            "round(g.variation, 4)",
            TIMES,
            adds_up=False,
        ),
    ),
    rank="g.basis",
    open_rank="g.basis",
    order="the largest part first",
    bys=(By.PRODUCT,),
    period="3m",
    options=("basis",),
    whole=True,
    currency="c.currency",
)
