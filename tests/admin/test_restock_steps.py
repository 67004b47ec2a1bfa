"""Lines of restock proposals decided about at the desk."""

from __future__ import annotations

from forecasting.models import RestockLine
from tests.admin.test_steps import offered, take
from tests.factories.desk import manager_client
from tests.factories.restock import line_row, lines_of, propose, restock_shop
from tests.factories.stock import Shop


def shop_with_a_line() -> tuple[Shop, RestockLine]:
    shop = restock_shop({(0, 0): 4.0}, {(0, 0): 2}, stores=1, products=1)
    propose(shop)
    return shop, line_row(shop, lines_of(shop)[0]["id"])


def test_a_line_is_accepted_as_it_was_proposed():
    shop, line = shop_with_a_line()
    assert "A draft was made of it" in take(manager_client(shop.organization), line, "accept")
    accepted = line_row(shop, line.pk)
    assert (accepted.status, accepted.accepted) == ("accepted", line.quantity)


def test_a_line_whose_stock_has_changed_says_the_new_quantity_and_waits():
    shop, line = shop_with_a_line()
    shop.post("IN", 5)
    manager = manager_client(shop.organization)
    said = take(manager, line, "accept")
    then = int(line.quantity)
    assert said == f"Stock has changed since: {then - 5} would be proposed now, not {then}."
    assert line_row(shop, line.pk).status == "proposed"
    assert "A draft was made of it" in take(manager, line, "accept", fresh="on")
    assert line_row(shop, line.pk).accepted == line.quantity - 5


def test_a_line_is_dismissed_with_a_reason_and_offered_no_more():
    shop, line = shop_with_a_line()
    manager = manager_client(shop.organization)
    assert offered(manager, line) == {"accept", "dismiss"}
    assert "dismissed" in take(manager, line, "dismiss", reason="Not in summer")
    dismissed = line_row(shop, line.pk)
    assert (dismissed.status, dismissed.reason) == ("dismissed", "Not in summer")
    assert offered(manager, line) == set()
