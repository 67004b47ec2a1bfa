"""Reports about what is held: one way to ask all of them (docs/reports.md).

A report's source answers cells, a row for each product in a store, with what can be added up; the figures are worked
out of the sums, so that a store's or a category's are as right as a single balance's. Amounts of two currencies never
meet: rows and totals are by currency. One statement, whatever is asked.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Any

from inventory_project.kernel import sql
from inventory_project.kernel.tenancy import current_organization_id

SQL = Path(__file__).resolve().parent.parent / "sql" / "reports"
Row = dict[str, Any]
Edge = tuple[Decimal, int, int, str]
"""Where a page begins: rank, keys and currency of the row before it."""


# What figures are in, besides units.
MONEY, DAYS, PERCENT, TEXT, TIMES = "money", "days", "percent", "text", "times"


class By(StrEnum):
    """What a row is."""

    BALANCE = "balance"
    STORE = "store"
    PRODUCT = "product"
    CATEGORY = "category"
    SUPPLIER = "supplier"
    TRANSFER = "transfer"


EVERYWHERE = (By.BALANCE, By.STORE, By.PRODUCT, By.CATEGORY, By.SUPPLIER)
# What tells rows apart, as columns of the cells (c), the products (goods) and their names.
KEYS: dict[By, tuple[str, str]] = {
    By.BALANCE: ("c.store_id", "c.product_id"),
    By.STORE: ("c.store_id", "0"),
    By.PRODUCT: ("c.product_id", "0"),
    By.CATEGORY: ("coalesce(goods.category_id, 0)", "0"),
    By.SUPPLIER: ("coalesce(goods.supplier_id, 0)", "0"),
    By.TRANSFER: ("c.transfer_number::bigint", "c.product_id"),
}
STORE = {"store_id": "store.id", "store_code": "store.code", "store": "store.name"}
PRODUCT = {"product_id": "product.id", "sku": "product.sku", "product": "product.name", "unit": "product.unit"}
NAMES: dict[By, dict[str, str]] = {
    By.BALANCE: STORE | PRODUCT,
    By.STORE: STORE,
    By.PRODUCT: PRODUCT,
    By.CATEGORY: {"category_id": "category.id", "category": "category.name"},
    By.SUPPLIER: {"supplier_id": "supplier.id", "supplier": "supplier.name"},
    By.TRANSFER: {
        "transfer": "'T-' || lpad(g.key1::text, 6, '0')",
        "from_store_id": "g.from_id",
        "from_store": "g.from_code",
        "to_store_id": "store.id",
        "to_store": "store.code",
    }
    | PRODUCT,
}
JOIN = "LEFT JOIN {table} {name} ON {name}.organization_id = %(organization)s AND {name}.id = {key}"
TABLES = {
    "store": "stores_store",
    "product": "catalog_product",
    "category": "catalog_category",
    "supplier": "catalog_supplier",
}
JOINED: dict[By, dict[str, str]] = {
    By.BALANCE: {"store": "g.key1", "product": "g.key2"},
    By.STORE: {"store": "g.key1"},
    By.PRODUCT: {"product": "g.key1"},
    By.CATEGORY: {"category": "g.key1"},
    By.SUPPLIER: {"supplier": "g.key1"},
    By.TRANSFER: {"store": "g.store_id", "product": "g.key2"},
}


@dataclass(frozen=True, slots=True)
class Figure:
    """A column: what it says, how it is worked out (in words, and in SQL over a row's sums `g`), and its unit.

    `costs`: only for callers who may see costs. `adds_up`: there is a total of it.
    """

    name: str
    label: str
    formula: str
    sql: str
    unit: str = "units"
    costs: bool = False
    adds_up: bool = True


@dataclass(frozen=True, slots=True)
class Report:
    """A report: its cells' source, what of them is added up (or, by aggregate, taken otherwise), its figures.

    `rank` orders the rows, largest first, for callers who see costs; `open_rank` for others, or the order would tell.
    `whole`: the source answers rows and no cells; `layers`: several of a balance. `fill` writes figures into rows of
    balances that SQL cannot say; `note` is a sentence about the whole. A room above names its source by its full path.
    """

    name: str
    title: str
    source: str | Path
    sums: tuple[str, ...]
    figures: tuple[Figure, ...]
    rank: str
    open_rank: str
    order: str
    bys: tuple[By, ...] = EVERYWHERE
    others: Mapping[str, str] = field(default_factory=dict)
    period: str | None = None
    options: tuple[str, ...] = ()
    whole: bool = False
    layers: bool = False
    currency: str = "shops.currency"
    fill: Callable[[list[Row]], None] | None = None
    note: Callable[[], str] | None = None

    def shown(self, sees_costs: bool) -> tuple[Figure, ...]:
        return tuple(figure for figure in self.figures if sees_costs or not figure.costs)


@dataclass(frozen=True, slots=True)
class Question:
    """A report, by what, and what it is about; `params` are the source's own."""

    report: Report
    by: By
    sees_costs: bool
    params: Mapping[str, Any]
    source: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """Rows in order, and the totals by currency, over all rows and not only these."""

    rows: list[Row]
    totals: list[Row]
    edges: list[Edge]


def ask(question: Question, *, most: int, after: Edge | None = None) -> Answer:
    """At most so many rows after the edge; one statement, and one more where the report fills in what it cannot say."""
    rank, key1, key2, currency = after or (None, None, None, None)
    edge = {"rank": rank, "key1": key1, "key2": key2, "currency": currency, "most": most}
    params = {"organization": current_organization_id(), **question.params, **edge}
    answer = Answer([], [], [])
    for row in sql.rows(statement(question), params):
        is_total = row.pop("is_total")
        edge_of = (row.pop("rank"), row.pop("key1"), row.pop("key2"), row["currency"])
        if is_total:
            answer.totals.append({name: row[name] for name in ("currency", *totalled(question))})
        else:
            answer.rows.append(row)
            answer.edges.append(edge_of)
    if question.report.fill is not None and question.by is By.BALANCE and answer.rows:
        question.report.fill(answer.rows)
    return answer


def columns_of(by: By, figures: Sequence[str]) -> list[str]:
    """A row's columns in order: who it is about, the currency of its amounts, the figures."""
    return [*NAMES[by], "currency", *figures]


def totalled(question: Question) -> list[str]:
    return [figure.name for figure in question.report.shown(question.sees_costs) if figure.adds_up]


def statement(question: Question) -> str:
    """The report's SQL: cells, sums by key and currency, a page of them with names and figures, and the totals."""
    report, by = question.report, question.by
    figures = report.shown(question.sees_costs)
    key1, key2 = KEYS[by]
    each = (by is By.BALANCE and not report.layers) or report.whole
    sums = [name if each else f"sum({name}) AS {name}" for name in report.sums]
    others = [name if each else f"{how}({name}) AS {name}" for name, how in report.others.items()]
    taken = ", ".join([*sums, *others])
    totals = ", ".join(
        [*(f"sum({n}) AS {n}" for n in report.sums), *(f"{h}({n}) AS {n}" for n, h in report.others.items())]
    )
    grouping = "" if each else "GROUP BY 1, 2, 3"
    named = ", ".join(f"{expression} AS {name}" for name, expression in NAMES[by].items())
    nameless = ", ".join("NULL" for _ in NAMES[by])
    joins = "\n".join(JOIN.format(table=TABLES[name], name=name, key=key) for name, key in JOINED[by].items())
    own = "" if report.whole else "JOIN goods ON goods.id = c.product_id"
    places = "LEFT JOIN shops ON shops.id = c.store_id" if "shops" in report.currency else ""
    worked_out = ", ".join(f"{figure.sql} AS {figure.name}" for figure in figures)
    rank = report.rank if question.sees_costs else report.open_rank
    return f"""{sql.statement(SQL / "base.sql")}, cells AS (
{sql.statement(SQL / (question.source or report.source))}), grouped AS MATERIALIZED (
    SELECT {key1} AS key1, {key2} AS key2, {report.currency} AS currency, {taken} FROM cells c {places} {own} {grouping}
), page AS MATERIALIZED (
    SELECT * FROM (SELECT g.*, coalesce({rank}, 0)::numeric AS rank FROM grouped g) g
     WHERE %(rank)s::numeric IS NULL
        OR (-rank, key1, key2, currency) > (-%(rank)s::numeric, %(key1)s::bigint, %(key2)s::bigint, %(currency)s::text)
     ORDER BY rank DESC, key1, key2, currency LIMIT %(most)s
)
SELECT false AS is_total, g.rank, g.key1, g.key2, {named}, g.currency, {worked_out}
  FROM page g
{joins}
UNION ALL
SELECT true, NULL, NULL, NULL, {nameless}, g.currency, {", ".join(f.sql if f.adds_up else "NULL" for f in figures)}
  FROM (SELECT currency, {totals} FROM grouped GROUP BY currency) g
 ORDER BY 1, 2 DESC, 3, 4, currency"""
