"""What was sold, by anything, over any period, beside the period before and the year before: docs/analytics.md.

The answer comes from the sums behind the ledger and what they have not seen yet, in one statement; or, for the days of
products of single stores and while the sums may not be used, from the daily sales and histories themselves. All say the
same: `_sources` names them, the quickest first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from operator import itemgetter
from pathlib import Path
from typing import Any, NamedTuple

import orjson

from catalog.models import Product
from inventory_project.kernel import sql
from inventory_project.kernel.tenancy import current_organization_id
from stock.selectors.sales_periods import DAY, Period, Span
from stock.selectors.sales_stores import Chosen

SQL = Path(__file__).resolve().parent.parent / "sql"
CURRENT, PREVIOUS, YEAR_BEFORE = "current", "previous", "year_before"
MEASURES = ("units", "revenue", "cost", "costed_revenue", "transactions", "history_units")


class By(StrEnum):
    """What the sums are taken by."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    STORE = "store"
    CATEGORY = "category"
    PRODUCT = "product"


IN_TIME = frozenset({By.DAY, By.WEEK, By.MONTH})
KEYS = {
    By.DAY: "c.day",
    By.WEEK: "date_trunc('week', c.day)::date",
    By.MONTH: "date_trunc('month', c.day)::date",
    By.STORE: "substr(c.scope, 7)::bigint",
    By.CATEGORY: "p.category_id",
    By.PRODUCT: "c.product_id",
}
PRODUCTS = "LEFT JOIN catalog_product p ON p.organization_id = %(organization)s AND p.id = c.product_id"
ROLLED = "WITH rolled AS MATERIALIZED (SELECT {function}(%(organization)s) AS snapshot)\n"
SUMS = """,
    cells AS ({cells}),
    answer AS (
        SELECT c.part, {key} AS key, {sums} FROM cells c {products} GROUP BY 1, 2
    )
    SELECT answer.* {usable}
"""
THOUSANDTHS = "::numeric / 1000"


@dataclass(frozen=True, slots=True)
class Source:
    """Where sums are read. `rolled` says whether they may be; None: what they are made of, which always may.

    `thousandths`: units of history files are counted in these; `named`: cells have a category and no product.
    """

    cells: tuple[str, ...]
    middle: str
    rolled: str | None = "stock_rolled"
    thousandths: bool = False
    named: bool = False


TOTALS = Source(("sales_of_totals.sql",), "sales_rolled.sql")
OF_CATEGORIES = Source(("sales_of_categories.sql",), "sales_rolled.sql", rolled="stock_rolled_categories", named=True)
OF_PRODUCTS = Source(("sales_of_products.sql",), "sales_rolled.sql")
OF_MONTHS = Source(("sales_of_months.sql", "sales_of_whole_series.sql"), "sales_months.sql", thousandths=True)
SERIES = Source(("sales_of_series.sql",), "sales_base.sql", rolled=None, thousandths=True)
WHOLE_SERIES = Source(("sales_of_whole_series.sql",), "sales_base.sql", rolled=None, thousandths=True)


class Sums(NamedTuple):
    """What was sold. `units` are the ledger's; money and transactions are known of those only.

    A tuple, because five years by day are five thousand of them.
    """

    units: Decimal = Decimal(0)
    revenue: Decimal = Decimal(0)
    cost: Decimal = Decimal(0)
    costed_revenue: Decimal = Decimal(0)
    transactions: int = 0
    history_units: Decimal = Decimal(0)

    @property
    def all_units(self) -> Decimal:
        return self.units + self.history_units


@dataclass(frozen=True, slots=True)
class Question:
    """`products` None: all of them, or all of `category` where that is named."""

    chosen: Chosen
    by: By
    period: Period
    products: list[int] | None = None
    category: int | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """Sums by key of each period; `known_since` is the first day anything is known of the stores."""

    question: Question
    known_since: date | None
    current: dict[Any, Sums] = field(default_factory=dict)
    previous: dict[Any, Sums] = field(default_factory=dict)
    year_before: dict[Any, Sums] = field(default_factory=dict)

    def knows(self, period: Period) -> bool:
        """All of its days lie within what is known."""
        return self.known_since is not None and self.known_since <= period.first_day


def ask(question: Question) -> Answer:
    """One or two statements for the sums, one for how far back they reach."""
    answer = Answer(question, known_since(question.chosen))
    parts = {part: getattr(answer, part) for part in (CURRENT, PREVIOUS, YEAR_BEFORE)}
    measures = itemgetter(*MEASURES)
    for row in _rows(answer):
        sums = Sums._make(measures(row))
        if any(sums):  # what was only sold on days that were taken away, or taken back
            parts[row["part"]][row["key"]] = sums
    return answer


def total(sums: dict[Any, Sums]) -> Sums:
    return Sums._make(map(sum, zip(*sums.values(), strict=True))) if sums else Sums()


def known_since(chosen: Chosen) -> date | None:
    """The first day the books, or a history file, know of the stores."""
    params = {"organization": current_organization_id(), "stores": chosen.ids()}
    day: date | None = sql.rows(sql.statement(SQL / "sales_known_since.sql"), params)[0]["day"]
    return day


def _rows(answer: Answer) -> list[dict[str, Any]]:
    question, asked = answer.question, _params(answer)
    for source in _sources(question):
        statement = _statement(source, question)
        found = sql.rows(statement, asked | _named(question, statement))
        if source.rolled is None:
            return found
        if found[0]["usable"]:
            return [row for row in found if row["part"]]
    raise AssertionError("What the sums are made of may always be read.")


def _sources(question: Question) -> list[Source]:
    """Where the answer may be read, the quickest first; the last may always be."""
    chosen, by = question.chosen, question.by
    in_time = by in IN_TIME
    found = []
    if question.products is None and by is not By.PRODUCT:
        found.append(OF_CATEGORIES if by is By.CATEGORY or question.category else TOTALS)
    if found != [TOTALS]:
        if chosen.by_product:
            found.append(OF_PRODUCTS)
        elif not in_time:
            found.append(OF_MONTHS)
    return [*found, SERIES if in_time else WHOLE_SERIES]


def _statement(source: Source, question: Question) -> str:
    in_time = question.by in IN_TIME
    signed = source.rolled is not None and (question.by is By.MONTH or not in_time)
    scale = {"history_units": THOUSANDTHS} if source.thousandths else {}
    by_category = question.by is By.CATEGORY
    taken = "CASE WHEN c.less THEN -c.{name} ELSE c.{name} END" if signed else "c.{name}"
    sums = (f"sum({taken.format(name=name)}){scale.get(name, '')} AS {name}" for name in MEASURES)
    usable = ", rolled.snapshot IS NOT NULL AS usable FROM rolled LEFT JOIN answer ON true"
    names = {
        "cells": "".join(sql.statement(SQL / cells) for cells in source.cells),
        "key": "c.category_id" if by_category and source.named else KEYS[question.by],
        "sums": ", ".join(sums),
        "products": PRODUCTS if by_category and not source.named else "",
        "usable": usable if source.rolled else "FROM answer",
    }
    beginning = ROLLED.format(function=source.rolled) if source.rolled else "WITH "
    return beginning + sql.statement(SQL / source.middle) + SUMS.format(**names)


def _params(answer: Answer) -> dict[str, Any]:
    question, parts, spans = answer.question, [], []
    for part, period, days, years in _parts(question):
        if part == CURRENT and (answer.known_since is None or period.last_day < answer.known_since):
            continue  # there is nothing to be found
        if part != CURRENT and not answer.knows(period):
            continue  # nothing would be said of it
        shift = {"part": part, "days": days, "years": years}
        parts.append(shift | _bounds(period) | {"less": False})
        for span, sign, piece in _spans(question, part, period):
            spans.append(shift | {"span": span, "less": sign < 0} | _bounds(piece))
    return {
        "organization": current_organization_id(),
        "parts": orjson.dumps(parts).decode(),
        "spans": orjson.dumps(spans).decode(),
        "scopes": question.chosen.scopes,
        "category": question.category,
    }


def _named(question: Question, statement: str) -> dict[str, list[int] | None]:
    """The stores and products by their ids, where the statement asks for them: a query each."""
    given = {"stores": question.chosen.ids, "products": lambda: _products(question)}
    return {name: ids() for name, ids in given.items() if f"%({name})s" in statement}


def _products(question: Question) -> list[int] | None:
    if question.products is None and question.category is not None:
        return list(Product.objects.filter(category_id=question.category).values_list("id", flat=True))
    return question.products


def _parts(question: Question) -> Sequence[tuple[str, Period, int, int]]:
    """The periods, and the days and years that lay each over the present one, for keys that are dates."""
    period = question.period
    return [
        (CURRENT, period, 0, 0),
        (PREVIOUS, period.previous(), period.days, 0),
        (YEAR_BEFORE, period.year_before(), 0, 1),
    ]


def _spans(question: Question, part: str, period: Period) -> list[Span]:
    if question.by in IN_TIME and (question.by is not By.MONTH or part != CURRENT):
        return [Span(DAY, 1, period)]
    return list(period.spans())


def _bounds(period: Period) -> dict[str, date]:
    return {"first_day": period.first_day, "last_day": period.last_day}


def keys_in_time(by: By, period: Period) -> list[date]:
    """Every day, or the first day of every week or month, that has a day in the period."""
    days = [period.first_day + timedelta(days=n) for n in range(period.days)]
    return days if by is By.DAY else sorted({key_of(by, day) for day in days})


def key_of(by: By, day: date) -> date:
    if by is By.WEEK:
        return day - timedelta(days=day.weekday())
    return day.replace(day=1) if by is By.MONTH else day
