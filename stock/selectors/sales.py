"""What was sold, by anything, over any period, beside the period before and the year before: docs/analytics.md.

The answer comes from the sums behind the ledger and what they have not seen yet, in one statement; or, for the products
of single stores and while the sums may not be used, from the daily sales and histories themselves. Both say the same.
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

from inventory_project.kernel import sql
from inventory_project.kernel.tenancy import current_organization_id
from stock.selectors.sales_periods import DAY, Period
from stock.selectors.sales_stores import Chosen

SQL = Path(__file__).resolve().parent.parent / "sql"
BASE = "sales_base.sql"
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
SUMS = """,
    cells AS ({source}),
    answer AS (
        SELECT c.part, {key} AS key, {sums} FROM cells c {products} GROUP BY 1, 2
    )
    SELECT answer.* {usable}
"""


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
    """`products` None: all of them."""

    chosen: Chosen
    by: By
    period: Period
    products: list[int] | None = None


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
        parts[row["part"]][row["key"]] = Sums._make(measures(row))
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
    by_product = question.products is not None or question.by in (By.CATEGORY, By.PRODUCT)
    if question.chosen.by_product or not by_product:
        found = _rolled(question, asked, "sales_of_products.sql" if by_product else "sales_of_totals.sql")
        if found is not None:
            return found
    params = asked | {"stores": question.chosen.ids()}
    source = "sales_of_series.sql" if question.by in IN_TIME else "sales_of_whole_series.sql"
    return sql.rows(_statement(BASE, source, question, usable="FROM answer"), params)


def _rolled(question: Question, asked: dict[str, Any], source: str) -> list[dict[str, Any]] | None:
    """The sums' answer; None when they may not be used."""
    usable = ", rolled.snapshot IS NOT NULL AS usable FROM rolled LEFT JOIN answer ON true"
    query = _statement("sales_rolled.sql", source, question, usable=usable)
    found = sql.rows(query, asked | {"scopes": question.chosen.scopes})
    return [row for row in found if row["part"]] if found[0]["usable"] else None


def _statement(beginning: str, source: str, question: Question, *, usable: str) -> str:
    scale = {"history_units": "::numeric / 1000"} if beginning == BASE else {}
    names = {
        "source": sql.statement(SQL / source),
        "key": KEYS[question.by],
        "sums": ", ".join(f"sum(c.{name}){scale.get(name, '')} AS {name}" for name in MEASURES),
        "products": PRODUCTS if question.by is By.CATEGORY else "",
        "usable": usable,
    }
    return sql.statement(SQL / beginning) + SUMS.format(**names)


def _params(answer: Answer) -> dict[str, Any]:
    question, parts, spans = answer.question, [], []
    for part, period, days, years in _parts(question):
        if answer.known_since is None or period.last_day < answer.known_since:
            continue  # there is nothing to be found
        shift = {"part": part, "days": days, "years": years}
        parts.append(shift | _bounds(period))
        for span, piece in _spans(question, part, period):
            spans.append(shift | {"span": span} | _bounds(piece))
    return {
        "organization": current_organization_id(),
        "parts": orjson.dumps(parts).decode(),
        "spans": orjson.dumps(spans).decode(),
        "products": question.products,
    }


def _parts(question: Question) -> Sequence[tuple[str, Period, int, int]]:
    """The periods, and the days and years that lay each over the present one, for keys that are dates."""
    period = question.period
    return [
        (CURRENT, period, 0, 0),
        (PREVIOUS, period.previous(), period.days, 0),
        (YEAR_BEFORE, period.year_before(), 0, 1),
    ]


def _spans(question: Question, part: str, period: Period) -> list[tuple[str, Period]]:
    if question.by in IN_TIME and (question.by is not By.MONTH or part != CURRENT):
        return [(DAY, period)]
    return list(period.spans())


def _bounds(period: Period) -> dict[str, date]:
    return {"first_day": period.first_day, "last_day": period.last_day}


def keys_in_time(by: By, period: Period) -> list[date]:
    """Every day, or the first day of every week or month, that has a day in the period."""
    days = (period.first_day + timedelta(days=n) for n in range(period.days))
    return sorted({key_of(by, day) for day in days})


def key_of(by: By, day: date) -> date:
    if by is By.WEEK:
        return day - timedelta(days=day.weekday())
    return day.replace(day=1) if by is By.MONTH else day
