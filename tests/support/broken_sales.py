"""A unified sales file with one broken row in a hundred of every kind, from a seed, and what each kind comes to."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

HEADER = "product_name,category,unit_cost,quantity_sold,sale_price,sale_date,stock_after_sale,product_id"
FIRST_DAY = date(2024, 1, 1)
Cells = list[str]


def _cell(place: int, value: str) -> Callable[[Cells], Cells]:
    return lambda cells: [*cells[:place], value, *cells[place + 1 :]]


# What is wrong with a row -> the sentence of the file of failed rows.
FAILURES: dict[str, tuple[str, Callable[[Cells], Cells]]] = {
    "bad date": ("sale_date: This is not a date.", _cell(5, "2025-02-30")),
    "negative": ("quantity_sold: The quantity must be above zero.", _cell(3, "-2")),
    "text in number": ("sale_price: This is not a number.", _cell(4, "cheap")),
    "missing column": ("The row has 6 columns instead of 8.", lambda cells: cells[:6]),
    "unknown product": ("product_id: No such product.", _cell(7, "NOBODY-KNOWS-IT")),
}
DUPLICATE, MISMATCH = "duplicate", "stock mismatch"
KINDS = (*FAILURES, DUPLICATE, MISMATCH)
SHARE = 0.01


@dataclass
class BrokenSales:
    """The file, and what it must come to: rows by what is wrong with them, and each product's last stock."""

    products: int
    days: int
    seed: int = 7
    rows: int = 0
    wrong: Counter[str] = field(default_factory=Counter)
    stock: dict[str, int] = field(default_factory=dict)
    lines: list[str] = field(default_factory=lambda: [HEADER])

    def __post_init__(self) -> None:
        dice = random.Random(self.seed)
        for day in range(self.days):
            for number in range(self.products):
                for cells in self._rows(dice, f"Thing number {number}", str(FIRST_DAY + timedelta(day)), number):
                    self.lines.append(",".join(cells))
                    self.rows += 1

    @property
    def content(self) -> bytes:
        return "\n".join(self.lines).encode()

    @property
    def failures(self) -> Counter[str]:
        """How often each sentence stands in the file of failed rows."""
        return Counter({sentence: self.wrong[kind] for kind, (sentence, _) in FAILURES.items()})

    def _rows(self, dice: random.Random, name: str, day: str, number: int) -> Iterator[Cells]:
        """A product's row of a day: a good one, a broken one in its place, or the same one twice."""
        sold, kind = dice.randint(1, 3), self._lot(dice)
        before = self.stock.get(name, 5 * self.days)
        after = before - sold
        if kind == MISMATCH and name in self.stock:
            after += 100  # a delivery the file does not mention
            self.wrong[MISMATCH] += 1
        cells = [name, f"Group {number % 7}", "1.25", str(sold), "2.50", day, str(after), ""]
        if kind in FAILURES:
            self.wrong[kind] += 1
            yield FAILURES[kind][1](cells)
            return
        self.stock[name] = after
        yield cells
        if kind == DUPLICATE:
            self.wrong[DUPLICATE] += 1
            yield cells

    @staticmethod
    def _lot(dice: random.Random) -> str:
        place = int(dice.random() / SHARE)
        return KINDS[place] if place < len(KINDS) else ""
