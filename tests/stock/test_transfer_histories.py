"""Whatever happens to a transfer, in whatever order: every unit is somewhere, and the ledger says where."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inventory_project.kernel import tenancy
from stock.models import TransferLine
from stock.services import verification
from tests.factories.stock import Shop, build_shop
from tests.factories.transfers import shipped, step

SHOPS: list[Shop] = []
quantities = st.decimals(min_value=0, max_value=12, places=3).map(str)
skus = st.sampled_from(["SKU-1", "SKU-2"])
rows = st.lists(
    st.fixed_dictionaries({"product": skus, "quantity": quantities}, optional={"damaged": quantities}),
    min_size=1,
    max_size=3,
)
steps = st.one_of(
    st.tuples(st.just("receive"), st.fixed_dictionaries({}, optional={"lines": rows})),
    st.tuples(
        st.just("settle"),
        st.fixed_dictionaries(
            {"outcome": st.sampled_from(["written_off", "returned"]), "reason": st.just("r")}, optional={"lines": rows}
        ),
    ),
    st.tuples(st.sampled_from(["cancel", "close", "dispatch", "request"]), st.just({})),
)


def shop() -> Shop:
    if not SHOPS:
        SHOPS.append(build_shop(transfer_tolerance_percent=10))
    return SHOPS[0]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(history=st.lists(steps, max_size=8))
def test_every_unit_is_accounted_for_after_any_history(history: list[tuple[str, dict[str, Any]]]) -> None:
    place = shop()
    stood = [place.on_hand(store, product) for product in (0, 1) for store in (0, 1)]
    transfer = shipped(place, {0: 10, 1: "7.5"})
    for verb, body in history:
        answer = step(place, transfer, verb, body)
        assert answer.status_code in (200, 400, 409), answer.content
    with tenancy.scope(place.organization.id):
        lines = list(TransferLine.objects.filter(order_id=transfer["id"]).order_by("position"))
    for number, line in enumerate(lines):
        assert line.dispatched == line.received + line.damaged + line.short + line.returned + line.in_transit
        gained = sum(place.on_hand(store, number) - stood[2 * number + store] for store in (0, 1))
        assert gained == line.requested - line.in_transit - line.damaged - line.short + line.over
        assert line.over <= line.dispatched / Decimal(10)
    status = place.client.get(f"/api/transfers/{transfer['id']}/").json()["status"]
    assert (sum(line.in_transit for line in lines) > 0) == (status in ("dispatched", "partially_received"))
    assert verification.verify(organization_id=place.organization.id).drift == 0
