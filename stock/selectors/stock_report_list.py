"""The reports about what is held: their figures, each with the formula that docs and answers give for it."""

from __future__ import annotations

from stock.selectors.stock_report_periods import ABC_XYZ, SELL_THROUGH, SHRINKAGE, TURNOVER
from stock.selectors.stock_reports import DAYS, MONEY, TEXT, By, Figure, Report

AGES = (
    ("30", "0 to 30 days"),
    ("60", "31 to 60 days"),
    ("90", "61 to 90 days"),
    ("180", "91 to 180 days"),
    ("older", "more than 180 days"),
)
OF_AGE = {
    "30": "c.age <= 30",
    "60": "c.age BETWEEN 31 AND 60",
    "90": "c.age BETWEEN 61 AND 90",
    "180": "c.age BETWEEN 91 AND 180",
    "older": "c.age > 180",
}

ON_HAND = Figure("on_hand", "On hand", "units on hand", "g.on_hand")
VALUE = Figure("value", "Value at average cost", "on hand × average cost", "round(g.value, 4)", MONEY, costs=True)
RETAIL = Figure(
    "retail_value", "Value at sale price", "on hand × the product's sale price", "round(g.retail, 4)", MONEY
)

VALUATION = Report(
    name="valuation",
    title="Stock valuation",
    source="valuation.sql",
    sums=("on_hand", "value", "replacement", "retail"),
    figures=(
        ON_HAND,
        Figure(
            "average_cost",
            "Average cost",
            "value / on hand",
            "round(g.value / NULLIF(g.on_hand, 0), 4)",
            MONEY,
            costs=True,
        ),
        VALUE,
        Figure(
            "replacement_cost",
            "At the products' cost",
            "on hand × the product's present cost",
            "round(g.replacement, 4)",
            MONEY,
            costs=True,
        ),
        RETAIL,
    ),
    rank="g.value",
    open_rank="g.retail",
    order="the most valuable first",
    options=("as_of",),
)

AGEING = Report(
    name="ageing",
    title="Stock ageing",
    source="ageing.sql",
    sums=("on_hand", "value", "unit_days", *(f"units_{age}" for age, _ in AGES), *(f"value_{age}" for age, _ in AGES)),
    figures=(
        ON_HAND,
        VALUE,
        Figure(
            "average_age",
            "Average age",
            "Σ (units × days since they came in) / on hand",
            "round(g.unit_days / NULLIF(g.on_hand, 0), 1)",
            DAYS,
        ),
        *(
            Figure(
                f"units_{age}",
                f"Units, {words}",
                f"units of the last that came in, first in first out, that came in {words} ago",
                f"coalesce(g.units_{age}, 0)",
            )
            for age, words in AGES
        ),
        *(
            Figure(
                f"value_{age}",
                f"Value, {words}",
                f"units, {words} × average cost",
                f"round(coalesce(g.value_{age}, 0), 4)",
                MONEY,
                costs=True,
            )
            for age, words in AGES
        ),
    ),
    rank="g.value_older",
    open_rank="g.units_older",
    order="the most that is older than 180 days first",
    when={
        f"{name}_{age}": (column, condition)
        for name, column in (("units", "on_hand"), ("value", "value"))
        for age, condition in OF_AGE.items()
    },
    layers=True,
)

DEAD_STOCK = Report(
    name="dead-stock",
    title="Dead stock",
    source="dead_stock.sql",
    sums=("on_hand", "value", "retail"),
    others={"last_sold_on": "max", "held_since": "min", "idle_days": "max"},
    figures=(
        ON_HAND,
        Figure("value", "Value tied up", "on hand × average cost", "round(g.value, 4)", MONEY, costs=True),
        RETAIL,
        Figure(
            "last_sold_on",
            "Last sold",
            "latest business day with a sale; empty: never",
            "g.last_sold_on",
            TEXT,
            adds_up=False,
        ),
        Figure("held_since", "Held since", "business day of the first movement", "g.held_since", TEXT, adds_up=False),
        Figure(
            "idle_days",
            "Days without a sale",
            "today − last sold, else − held since",
            "g.idle_days",
            DAYS,
            adds_up=False,
        ),
    ),
    rank="g.value",
    open_rank="g.retail",
    order="the most money tied up first",
    options=("days",),
)

DAYS_OF_COVER = Report(
    name="days-of-cover",
    title="Days of cover",
    source="days_of_cover.sql",
    sums=("available", "on_hand", "sold", "value"),
    figures=(
        ON_HAND,
        Figure("available", "Available", "on hand − reserved − on hold, at least 0", "g.available"),
        Figure("units_sold", "Units sold", "units sold − units returned in the period", "g.sold"),
        Figure(
            "units_per_day",
            "Units a day",
            "units sold / days of the period",
            "round(greatest(g.sold, 0) / %(period_days)s::numeric, 4)",
        ),
        Figure(
            "days_of_cover",
            "Days of cover",
            "available / units a day; empty: nothing was sold",
            "round(g.available * %(period_days)s::numeric / NULLIF(greatest(g.sold, 0), 0), 1)",
            DAYS,
        ),
        VALUE,
    ),
    rank="-g.available * %(period_days)s::numeric / NULLIF(greatest(g.sold, 0), 0) + 1e12 * (g.sold > 0)::integer",
    open_rank="-g.available * %(period_days)s::numeric / NULLIF(greatest(g.sold, 0), 0) + 1e12 * (g.sold > 0)::integer",
    order="what runs out first, first; what did not sell last",
    period="30d",
)

IN_TRANSIT = Report(
    name="transfers-in-transit",
    title="Transfers in transit",
    source="transfers_in_transit.sql",
    sums=("units", "value", "retail"),
    others={
        "dispatched_on": "min",
        "expected_on": "min",
        "days_in_transit": "max",
        "store_id": "min",
        "from_code": "min",
        "from_id": "min",
    },
    figures=(
        Figure("units_in_transit", "In transit", "units dispatched − received − damaged − short − returned", "g.units"),
        Figure(
            "value",
            "Value",
            "units in transit × the cost they were dispatched at, in the source's currency",
            "round(g.value, 4)",
            MONEY,
            costs=True,
        ),
        Figure(
            "retail_value",
            "Value at sale price",
            "units in transit × the product's sale price",
            "round(g.retail, 4)",
            MONEY,
        ),
        Figure("dispatched_on", "Dispatched", "business day of the source", "g.dispatched_on", TEXT, adds_up=False),
        Figure("expected_on", "Expected", "as the transfer says", "g.expected_on", TEXT, adds_up=False),
        Figure(
            "days_in_transit",
            "Days under way",
            "whole days since it was dispatched",
            "g.days_in_transit",
            DAYS,
            adds_up=False,
        ),
    ),
    rank="g.days_in_transit",
    open_rank="g.days_in_transit",
    order="the longest under way first",
    bys=(By.TRANSFER, By.STORE, By.PRODUCT),
    currency="c.money",
)

REPORTS = {
    report.name: report
    for report in (
        VALUATION, AGEING, DEAD_STOCK, ABC_XYZ, TURNOVER, DAYS_OF_COVER, SELL_THROUGH, SHRINKAGE, IN_TRANSIT,
    )
}  # fmt: skip
