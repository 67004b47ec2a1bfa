"""Alerts at the desk."""

from __future__ import annotations

from django.urls import reverse

from inventory_project.kernel import tenancy
from stock.models import PurchaseOrder
from tests.admin.test_steps import offered, take
from tests.factories.accounts import build_member
from tests.factories.alerts import alert_of, review
from tests.factories.desk import manager_client
from tests.factories.restock import restock_shop
from tests.factories.stock import build_shop


def test_an_alert_is_read_restocked_and_put_off():
    shop = restock_shop({(0, 0): 2.0}, {(0, 0): 1}, stores=1, products=1)
    review(shop)
    alert = alert_of(shop, "at_risk")
    manager = manager_client(shop.organization)
    page = manager.get(reverse("admin:forecasting_alert_changelist") + "?severity__in=1").content.decode()
    assert shop.products[0].sku in page
    assert offered(manager, alert) == {"restock", "acknowledge", "assign", "snooze", "resolve"}
    theirs = build_member(shop.organization, "staff", stores=[shop.stores[0]])
    stranger = build_member(build_shop().organization, "staff")
    assert "not one of the available choices" in take(manager, alert, "assign", user=stranger.user_id)
    assert "whose the alert is" in take(manager, alert, "assign", user=theirs.user_id)
    assert alert_of(shop, "at_risk").assignee == theirs.user.username
    take(manager, alert, "assign", user="")
    assert alert_of(shop, "at_risk").assignee_id is None
    assert take(manager, alert, "restock") == "A draft was made of it."
    assert alert_of(shop, "at_risk").status == "acknowledged"
    with tenancy.scope(shop.organization.id):
        assert PurchaseOrder.objects.get().status == "draft"
    assert "sleeps" in take(manager, alert, "snooze", days="2")
    assert "resolved" in take(manager, alert, "resolve", note="Truck came")
    other = alert_of(shop, "predicted_stockout")
    chosen = {"action": "acknowledge_all", "_selected_action": [other.pk]}
    assert manager.post(reverse("admin:forecasting_alert_changelist"), chosen).status_code == 302
    assert alert_of(shop, "predicted_stockout").status == "acknowledged"
    staff = manager_client(shop.organization, "staff")
    assert staff.post(reverse("admin:forecasting_alert_changelist"), chosen).status_code in (302, 403)
