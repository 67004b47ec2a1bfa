"""Which stores a question about sales is about, and under which names their sums are kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models.functions import Upper

from inventory_project.kernel import clock


@dataclass(frozen=True, slots=True)
class Chosen:
    """Stores. The sums of `scopes` together are exactly these stores'.

    `by_product`: there are such sums by product too; they are kept of regions and of all stores of a currency, and of
    no single store.
    """

    stores: Any
    scopes: list[str]
    currencies: list[str]
    zones: list[str]
    by_product: bool
    # All the organisation has: nothing needs naming.
    everything: bool = False

    @property
    def currency(self) -> str | None:
        """The one currency of all amounts; None when the stores have several, whose amounts are never added."""
        return self.currencies[0] if len(self.currencies) == 1 else None

    def ids(self) -> list[int] | None:
        """Every store's id, None for all of the organisation's: at most one query."""
        if self.everything:
            return None
        if not self.by_product:
            return [int(scope.removeprefix("store ")) for scope in self.scopes]
        return list(self.stores.order_by("id").values_list("id", flat=True))

    def today(self) -> date:
        """The latest date it is in one of the stores."""
        now = clock.now()
        return max(now.astimezone(ZoneInfo(zone)).date() for zone in self.zones or ["UTC"])


def choose(stores: Any, *, everything: bool, whole: bool, of_region: bool, each: bool) -> Chosen:
    """The stores of a queryset, with one query.

    `everything`: all the organisation has; `whole`: all it has of the currencies among them; `of_region`: likewise all
    of their regions. `each` asks for every store's own sums.
    """
    if each or not (whole or of_region):
        rows = list(stores.order_by("id").values_list("id", "currency", "time_zone"))
        names = [f"store {row[0]}" for row in rows]
        currencies, zones = _distinct(row[1] for row in rows), _distinct(row[2] for row in rows)
        return Chosen(stores, names, currencies, zones, by_product=False, everything=everything)
    rows = list(stores.order_by().values_list("currency", "time_zone", Upper("region")).distinct())
    names = [f"region {currency} {region}" if of_region else f"all {currency}" for currency, _, region in rows]
    currencies, zones = _distinct(row[0] for row in rows), _distinct(row[1] for row in rows)
    return Chosen(stores, _distinct(names), currencies, zones, by_product=True, everything=everything)


def _distinct(values: Iterable[str]) -> list[str]:
    return sorted(set(values))
