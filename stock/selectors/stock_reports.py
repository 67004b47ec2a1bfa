"""Reports about what is held: one way to ask all of them (docs/reports.md).

A report's source answers cells, a row for each product in a store, with what can be added up; the figures are worked
out of the sums, so that a store's or a category's are as right as a single balance's. Amounts of two currencies never
meet: rows and totals are by currency. One statement, whatever is asked.
"""

from __future__ import annotations

import re
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
    `added`: the source where balances are added up, when it is another. `whole`: the source answers rows and no
    cells; `layers`: several of a balance. `when` says of a sum which column of which cells it is of. `fill` writes
    figures into rows of balances that SQL cannot say; `note` is a sentence about the whole. A room above names its
    source by its full path.
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
    when: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    period: str | None = None
    options: tuple[str, ...] = ()
    whole: bool = False
    layers: bool = False
    added: str = ""
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
    """The report's SQL: cells, a page of their sums by key with names and figures, and the totals."""
    report, by = question.report, question.by
    figures = report.shown(question.sees_costs)
    named = ", ".join(f"{expression} AS {name}" for name, expression in NAMES[by].items())
    nameless = ", ".join("NULL" for _ in NAMES[by])
    joins = "\n".join(JOIN.format(table=TABLES[name], name=name, key=key) for name, key in JOINED[by].items())
    worked_out = ", ".join(f"{figure.sql} AS {figure.name}" for figure in figures)
    cut = _ordered_first(question) if by is By.BALANCE and report.layers else _cut(question)
    return f"""{sql.statement(SQL / "base.sql")}, {cut}
SELECT false AS is_total, g.rank, g.key1, g.key2, {named}, g.currency, {worked_out}
  FROM page g
{joins}
UNION ALL
SELECT true, NULL, NULL, NULL, {nameless}, g.currency, {", ".join(f.sql if f.adds_up else "NULL" for f in figures)}
  FROM totals g
 ORDER BY 1, 2 DESC, 3, 4, currency"""


EDGE = """
     WHERE %(rank)s::numeric IS NULL
        OR (-rank, key1, key2, currency) > (-%(rank)s::numeric, %(key1)s::bigint, %(key2)s::bigint, %(currency)s::text)
     ORDER BY rank DESC, key1, key2, currency LIMIT %(most)s"""


def _cut(question: Question) -> str:
    """A page of all keys' sums; of the cells themselves, where each is a row."""
    report = question.report
    names = [*report.sums, *report.others]
    each = (question.by is By.BALANCE and not report.layers) or report.whole
    taken = ", ".join(names if each else _taken(report, names))
    added = ", ".join(f"{report.others.get(name, 'sum')}({name}) AS {name}" for name in names)
    return f"""cells AS (
{_source(question)}), grouped AS MATERIALIZED (
    SELECT {_keys(question)}, {taken} FROM {_cells(question)} {"" if each else "GROUP BY 1, 2, 3"}
), page AS MATERIALIZED (
    SELECT * FROM (SELECT g.*, coalesce({_rank(question)}, 0)::numeric AS rank FROM grouped g) g{EDGE}
), totals AS (
    SELECT currency, {added} FROM grouped GROUP BY currency
)"""


def _ordered_first(question: Question) -> str:
    """The same where a balance has several cells. The keys are ordered by no more sums than that takes, as a chain has
    half a million of them; all sums are made of a page's keys, and of all cells together."""
    report, rank = question.report, _rank(question)
    names = [*report.sums, *report.others]
    of_rank = [name for name in names if re.search(rf"\bg\.{name}\b", rank)]
    keys, cells = _keys(question), _cells(question)
    return f"""cells AS MATERIALIZED (
{_source(question)}), ordered AS MATERIALIZED (
    SELECT * FROM (
        SELECT g.key1, g.key2, g.currency, coalesce({rank}, 0)::numeric AS rank
          FROM (SELECT {keys}, {", ".join(_taken(report, of_rank))} FROM {cells} GROUP BY 1, 2, 3) g) g{EDGE}
), page AS MATERIALIZED (
    SELECT g.*, ordered.rank
      FROM (SELECT {keys}, {", ".join(_taken(report, names))} FROM {cells}
             WHERE ({", ".join(KEYS[question.by])}) IN (SELECT key1, key2 FROM ordered) GROUP BY 1, 2, 3) g
      JOIN ordered USING (key1, key2, currency)
), totals AS (
    SELECT {report.currency} AS currency, {", ".join(_taken(report, names))} FROM {cells} GROUP BY 1
)"""


def _source(question: Question) -> str:
    added = question.report.added if question.by is not By.BALANCE else ""
    return sql.statement(SQL / (question.source or added or question.report.source))


def _keys(question: Question) -> str:
    key1, key2 = KEYS[question.by]
    return f"{key1} AS key1, {key2} AS key2, {question.report.currency} AS currency"


def _cells(question: Question) -> str:
    report = question.report
    own = "" if report.whole else "JOIN goods ON goods.id = c.product_id"
    places = "LEFT JOIN shops ON shops.id = c.store_id" if "shops" in report.currency else ""
    return f"cells c {places} {own}"


def _rank(question: Question) -> str:
    return question.report.rank if question.sees_costs else question.report.open_rank


def _taken(report: Report, names: Sequence[str]) -> list[str]:
    """The aggregates of the cells under these names."""
    found = []
    for name in names:
        column, condition = report.when.get(name, (name, ""))
        only = f" FILTER (WHERE {condition})" if condition else ""
        taken = f"{report.others.get(name, 'sum')}(c.{column}){only}"
        found.append(f"{taken if name in report.others else f'coalesce({taken}, 0)'} AS {name}")
    return found
