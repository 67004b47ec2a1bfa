"""A shop with a forecast, for tests of restocking: so many units a day, every day alike, straying as Poisson counts
do."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Any

from forecasting.choices import HORIZON, SPREAD_DAYS, ChunkStatus, Method, RunStatus, State, Trigger
from forecasting.engine.sums import GRID, Spread
from forecasting.models import Forecast, ForecastChunk, ForecastRun, RestockLine, RestockProposal
from forecasting.services import proposals
from inventory_project.kernel import clock, tenancy
from tests.factories.catalog import build_supplier
from tests.factories.stock import Shop, build_shop

Daily = Mapping[tuple[int, int], float]
UNUSED = [
    "lost_units", "lost_money", "test_days", "test_units", "test_forecast", "test_absolute", "test_squared",
    "test_symmetric", "test_percentage", "test_selling_days", "base_forecast", "base_absolute", "base_squared",
    "base_symmetric", "base_percentage", "windows", "covered", "pinball", "base_pinball", "level", "trend",
    "season", "average_7", "average_28", "weekly_strength", "yearly_strength",
]  # fmt: skip


def forecast(shop: Shop, daily: Daily, *, age: int = 0) -> ForecastRun:
    """Make this the current forecast: {(number of the store, of the product): units a day}; so many days ago, with
    nothing expected on the days that are over since."""
    import numpy as np

    owner = shop.organization
    spread = Spread(SPREAD_DAYS, tuple(np.zeros(0) for _ in SPREAD_DAYS), tuple(GRID[None] for _ in SPREAD_DAYS))
    today = clock.now().date() - timedelta(days=age)
    with tenancy.scope(owner.id):
        ForecastRun.objects.filter(is_current=True).update(is_current=False)
        run = ForecastRun.objects.create(
            organization=owner, trigger=Trigger.ON_DEMAND, due_date=today, status=RunStatus.FINISHED, is_current=True,
            code_version="1", finished_at=clock.now(), chunks=1, chunks_done=1, last_day=today - timedelta(days=1),
        )  # fmt: skip
        chunk = ForecastChunk.objects.create(
            organization=owner, run=run, place=0, status=ChunkStatus.DONE, store_ids=[], product_ids=[],
            category_ids=[], last_day=today, spread=spread.as_json(),
        )  # fmt: skip
        Forecast.objects.bulk_create(_forecast(shop, run, chunk, place, units, age) for place, units in daily.items())
    return run


def _forecast(
    shop: Shop, run: ForecastRun, chunk: ForecastChunk, place: tuple[int, int], units: float, age: int
) -> Forecast:
    sums = {f"units_{days}": units * days for days in (1, 7, 14, 30)}
    quantiles = {name: [units * days for days in (1, 7, 14, 30)] for name in ("low", "median", "high")}
    return Forecast(
        organization=shop.organization, run=run, chunk=chunk, store=shop.stores[place[0]],
        product=shop.products[place[1]], first_day=clock.now().date() - timedelta(days=age), state=State.OK,
        method=Method.POOLED, flags=0, observed_days=365, stockout_days=0, mean=[0.0] * age + [units] * (HORIZON - age),
        variance=[units * days for days in SPREAD_DAYS], weekday=[1.0] * 7, tested=[], weekly_found=False,
        yearly_found=False, **sums, **quantiles, **dict.fromkeys(UNUSED, 0.0),
    )  # fmt: skip


def restock_shop(
    daily: Daily, stock: Mapping[tuple[int, int], Any], *, stores: int = 2, products: int = 2, **product: Any
) -> Shop:
    """A shop with a forecast and this much on hand; its products have one supplier, seven days away."""
    shop = build_shop(stores=stores, products=products)
    supplier = build_supplier(shop.organization, lead_time_days=7)
    with tenancy.scope(shop.organization.id):
        for each in shop.products:
            type(each).objects.filter(pk=each.pk).update(supplier=supplier, **product)
            each.refresh_from_db()
    for (store, number), units in stock.items():
        assert shop.post("IN", units, store=store, product=number).status_code in (200, 201)
    forecast(shop, daily)
    return shop


def propose(shop: Shop, **body: Any) -> RestockProposal:
    """Ask for a proposal over HTTP, and work it out as a worker would."""
    answer = shop.client.post("/api/restock/propose/", body, format="json")
    assert answer.status_code == 202, answer.content
    proposals.work(organization_id=shop.organization.id, proposal_id=answer.json()["id"])
    with tenancy.scope(shop.organization.id):
        found = RestockProposal.objects.get(pk=answer.json()["id"])
    assert found.status == "ready", found.error
    return found


def lines_of(shop: Shop, client: Any = None, **params: Any) -> list[dict[str, Any]]:
    """The lines shown, the best use of money first."""
    answer = (client or shop.client).get("/api/restock/lines/", {"page_size": 500, **params})
    assert answer.status_code == 200, answer.content
    return list(answer.json()["results"])


def line_row(shop: Shop, line_id: int) -> RestockLine:
    with tenancy.scope(shop.organization.id):
        return RestockLine.objects.get(pk=line_id)


def set_policy(shop: Shop, scope: str = "organization", client: Any = None, **values: Any) -> dict[str, Any]:
    answer = (client or shop.client).post("/api/restock/policies/", {"scope": scope, **values}, format="json")
    assert answer.status_code == 201, answer.content
    return dict(answer.json())


def units(value: Any) -> Decimal:
    return Decimal(str(value))
