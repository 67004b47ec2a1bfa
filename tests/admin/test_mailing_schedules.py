"""One time for all stores at which a list is mailed, set at the desk."""

from __future__ import annotations

from inventory_project.kernel import tenancy
from stock.models import MailingSchedule
from tests.factories.desk import filled, manager_client
from tests.factories.stock import build_shop
from tests.support.records import actions

ADD = "/admin/stock/mailingschedule/add/"


def test_an_admin_sets_changes_and_removes_the_time_of_a_list_and_a_manager_looks() -> None:
    shop = build_shop(stores=1, products=1)
    admin, manager = (manager_client(shop.organization, role) for role in ("admin", "manager"))
    body = {"kind": "restock", "at": "06:30", "weekdays": ["0", "3"]}
    assert admin.post(ADD, {**body, "weekdays": []}).status_code == 200
    assert admin.post(ADD, {**body, "weekdays": ["7"]}).status_code == 200
    assert shop.client.get("/api/mailings/schedule/?kind=restock").json()["at"] is None
    assert admin.post(ADD, body).status_code == 302
    said = shop.client.get("/api/mailings/schedule/?kind=restock").json()
    assert (said["at"], said["weekdays"]) == ("06:30", [0, 3])
    assert "already" in admin.post(ADD, {**body, "at": "23:00"}).content.decode(), "nothing is overwritten unseen"
    with tenancy.scope(shop.organization.id):
        schedule = MailingSchedule.objects.get()
    url = f"/admin/stock/mailingschedule/{schedule.pk}/"
    assert "Monday, Thursday" in manager.get("/admin/stock/mailingschedule/").content.decode()
    assert (manager.get(f"{url}change/").status_code, manager.post(f"{url}change/", body).status_code) == (200, 403)
    changed = filled(admin.get(f"{url}change/"), at="07:15")
    assert changed["weekdays"] == [0, 3]
    assert admin.post(f"{url}change/", changed).status_code == 302
    assert shop.client.get("/api/mailings/schedule/?kind=restock").json()["at"] == "07:15"
    assert "object_id=restock" in admin.get(f"{url}history/").headers["Location"]
    assert admin.post(f"{url}delete/", {"post": "yes"}).status_code == 302
    assert shop.client.get("/api/mailings/schedule/?kind=restock").json()["at"] is None
    assert actions(shop.organization, "mailing_schedule", "restock") == ["stock.mailing.scheduled"] * 3
