"""The command that checks the ledger, against ledgers somebody tampered with."""

from __future__ import annotations

import io
import json
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command

from inventory_project.kernel import clock, tenancy
from stock.choices import AppliedVia
from stock.models import LedgerVerification
from stock.services import ledger, ledger_rows, snapshots
from tests.factories.stock import Shop, build_shop
from tests.support.superuser import superuser


def report(shop: Shop) -> tuple[int, dict]:
    out = io.StringIO()
    code = 0
    try:
        call_command("verify_ledger", organization=shop.organization.id, json=True, stdout=out)
    except SystemExit as end:
        code = int(str(end.code))
    return code, json.loads(out.getvalue())["organizations"][0]


@pytest.fixture
def shop() -> Shop:
    shop = build_shop()
    shop.post("IN", 10)
    shop.post("OUT", 3)
    return shop


def test_an_honest_ledger_has_no_drift_and_the_result_is_published(shop: Shop) -> None:
    code, found = report(shop)
    assert (code, found["drift"], found["movements"]) == (0, 0, 2)
    with tenancy.scope(shop.organization.id):
        assert LedgerVerification.objects.count() == 1


@pytest.mark.parametrize(
    ("tampering", "figure"),
    [
        ("UPDATE stock_stock SET on_hand = on_hand + 1, status = 'in_stock'", "balance_drift"),
        ("UPDATE stock_stockmovement SET quantity = quantity - 1", "chain_breaks"),
        ("DELETE FROM stock_stockmovement WHERE kind = 'receipt'", "chain_breaks"),
        ("UPDATE stock_storekpi SET cost_value = cost_value + 1", "kpi_drift"),
        ("UPDATE stock_dailysales SET units = units + 1", "daily_sales_drift"),
        ("UPDATE stock_stock SET average_cost = average_cost + 1", "value_drift"),
        ("UPDATE stock_stockmovement SET unit_cost = unit_cost + 1 WHERE kind = 'receipt'", "value_drift"),
    ],
)
def test_each_kind_of_tampering_shows(shop: Shop, tampering: str, figure: str) -> None:
    word = " AND " if "WHERE" in tampering else " WHERE "
    with superuser(tampering=True) as connection:
        connection.execute(f"{tampering}{word}organization_id = %s", [shop.organization.id])
    code, found = report(shop)
    assert code == 1
    assert found[figure] > 0


def test_the_table_names_the_organisation_and_an_unknown_one_is_refused(shop: Shop) -> None:
    out = io.StringIO()
    call_command("verify_ledger", organization=shop.organization.slug, stdout=out)
    assert str(shop.organization.id) in out.getvalue()
    assert "drift 0: 2 movements" in out.getvalue()
    with pytest.raises(CommandError, match="no such organisation"):
        call_command("verify_ledger", organization="nobody")


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE stock_stocksnapshot SET on_hand = on_hand + 1",
        "DELETE FROM stock_stocksnapshot",
        "UPDATE stock_snapshotday SET ends_at = ends_at - interval '2 days'",
        "UPDATE stock_snapshotday SET sequence = 0",
    ],
)
def test_a_closing_balance_that_is_not_the_ledger_s_shows(tampering: str) -> None:
    shop = build_shop()
    then = (clock.now() - timedelta(days=3)).isoformat()
    row = ledger_rows.row_defaults(
        id=ledger_rows.new_id(),
        store=shop.stores[0].id,
        product=shop.products[0].id,
        kind="receipt",
        quantity=4,
        effective_at=then,
        recorded_at=then,
        actor=None,
        actor_label="",
        request_id="",
        source="api",
    )
    ledger.apply(lambda: [row], organization_id=shop.organization.id, via=AppliedVia.COMMAND)
    snapshots.take(organization_id=shop.organization.id)
    code, found = report(shop)
    assert (code, found["snapshot_drift"]) == (0, 0)
    with superuser(tampering=True) as connection:
        connection.execute(f"{tampering} WHERE organization_id = %s", [shop.organization.id])
    code, found = report(shop)
    assert code == 1
    assert found["snapshot_drift"] >= 1
