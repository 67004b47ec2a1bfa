"""The restock report: what it holds, who gets it by mail and when, and the command that prints it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import override_settings
from openpyxl import load_workbook

from inventory_project.kernel import clock, tenancy
from stock.choices import MailingKind, MailingState
from stock.models import MailingRun, StoreMailing
from stock.services import mailings
from tests.factories.accounts import build_member
from tests.factories.exports import body_of, csv_rows
from tests.factories.restock import lines_of, propose, restock_shop
from tests.factories.stock import Shop
from tests.support.mail import Post, post_office
from tests.support.statements import statements_sent


@pytest.fixture
def post() -> Iterator[Post]:
    with post_office() as post, override_settings(**post.settings()):
        yield post


@pytest.fixture
def shop() -> Shop:
    """Store 1 sells 4 and 2 a day and has nearly nothing; Store 2 has more of product 2 than it needs, and a draft."""
    shop = restock_shop({(0, 0): 4.0, (0, 1): 2.0, (1, 1): 0.5}, {(0, 0): 2, (0, 1): 1, (1, 1): 40})
    shop.post("OUT", 2)
    propose(shop)
    return shop


def report(shop: Shop, query: str = "", client: Any = None) -> dict[str, Any]:
    answer = (client or shop.client).get(f"/api/reports/restock/?{query}")
    assert answer.status_code == 200, answer.content
    return dict(answer.json())


def configure(shop: Shop, store: int = 0, **values: Any) -> None:
    body = {"is_on": True, "hour": 0, "emails": ["buyer@example.com"], **values}
    answer = shop.client.put(f"/api/mailings/{shop.stores[store].id}/?kind=restock", body, format="json")
    assert answer.status_code == 200, answer.content


def mailing_of(shop: Shop, store: int = 0) -> int:
    with tenancy.scope(shop.organization.id):
        return int(StoreMailing.objects.get(store=shop.stores[store], kind=MailingKind.RESTOCK).pk)


def send(shop: Shop, day: date | None = None) -> str:
    return mailings.send_due(
        organization_id=shop.organization.id,
        mailing_id=mailing_of(shop),
        due_date=day or mailings.today_in(shop.stores[0]),
    )


def due_of(shop: Shop, now: datetime) -> list[str]:
    return [row["due_date"] for row in mailings.due(now=now) if row["organization_id"] == shop.organization.id]


def age(shop: Shop, minutes: int, **values: Any) -> None:
    with tenancy.scope(shop.organization.id):
        MailingRun.objects.update(started_at=clock.now() - timedelta(minutes=minutes), **values)


def command(shop: Shop, *options: str) -> str:
    out = io.StringIO()
    call_command("restock_report", "--organization", shop.organization.slug, *options, stdout=out, stderr=out)
    return out.getvalue()


def test_it_says_what_to_order_and_move_what_is_out_and_what_is_a_draft(shop: Shop) -> None:
    lines = {(line["sku"], line["source"]): line for line in lines_of(shop)}
    body = report(shop)
    assert body["meta"]["note"].startswith("Made from proposal R-")
    rows = {(row["store_code"], row["sku"]): row for row in body["results"]}
    tea, oil = rows["S1", "SKU-1"], rows["S1", "SKU-2"]
    bought = lines["SKU-1", "buy"]
    assert (tea["to_order"], tea["cost"], tea["out"]) == (bought["quantity"], bought["cost"], 1)
    assert tea["margin_at_risk"] == pytest.approx(bought["margin_at_risk"], abs=0.01)
    assert (tea["forecast_7"], tea["forecast_30"], tea["on_hand"], tea["days_of_cover"]) == (28, 120, 0, 0)
    assert tea["reason"] == bought["sentence"]
    assert tea["order_from"] == bought["supplier_name"]
    moved = lines["SKU-2", "transfer"]
    assert (oil["to_transfer"], oil["out"]) == (moved["quantity"], 0)
    assert "from Store 2" in oil["reason"]
    path = f"/api/restock/lines/{bought['id']}/"
    assert shop.client.patch(path, {"quantity": 50, "reason": "the fair"}, format="json").status_code == 200
    tea = report(shop, "store=S1")["results"][0]
    assert (tea["to_order"], tea["reason"].endswith("Changed to 50: the fair")) == (50, True)
    answer = shop.client.post("/api/restock/accept/", {"lines": [bought["id"]]}, format="json")
    assert answer.status_code == 201, answer.content
    tea = next(row for row in report(shop)["results"] if row["sku"] == "SKU-1" and row["store_code"] == "S1")
    assert (tea["to_order"], tea["on_drafts"], tea["out"]) == (0, 50, 1)
    assert "50 are on drafts" in tea["reason"]
    totals = report(shop, "by=supplier")
    assert sum(row["on_drafts"] for row in totals["results"]) == totals["totals"][0]["on_drafts"] == 50


def test_it_is_a_file_and_a_page_to_print_and_tells_costs_to_whom_may_see_them(shop: Shop) -> None:
    rows = report(shop)["results"]
    table = csv_rows(body_of(shop.client.get("/api/reports/restock/?format=csv")))
    assert [line["reason"] for line in table] == [row["reason"] for row in rows]
    book = load_workbook(io.BytesIO(body_of(shop.client.get("/api/reports/restock/?format=xlsx"))))
    assert len(list(book.worksheets[0].iter_rows())) == len(rows) + 1
    page = shop.client.get("/api/reports/restock/?format=html").content.decode()
    assert "Made from proposal R-" in page
    assert rows[0]["reason"].split(":")[0] in page
    staff = shop.client_for("staff", stores=[shop.stores[0]])
    mine = report(shop, client=staff)["results"]
    assert {row["store_code"] for row in mine} == {"S1"}
    assert not {"cost", "margin_at_risk"} & mine[0].keys()
    assert "Margin" not in staff.get("/api/reports/restock/?format=html").content.decode()
    with statements_sent() as many:
        report(shop)
    assert len(many) <= 6


def test_the_letter_arrives_as_text_as_html_and_as_a_file_without_costs_for_strangers(shop: Shop, post: Post) -> None:
    configure(shop)
    assert send(shop) == "sent"
    [(to, letter)] = post.letters
    assert to == ["buyer@example.com"]
    assert letter["Subject"] == "Store 1: 2 to order from 1 supplier, 1 to transfer, 1 out"
    text, html = letter.get_body(("plain",)), letter.get_body(("html",))
    assert text is not None
    assert html is not None
    for word in ("ORDER FROM", "TAKE FROM OTHER STORES", "OUT OF STOCK", "forecast 7 days 28, 30 days 120"):
        assert word in text.get_content()
    assert "Take from other stores" in html.get_content()
    assert "cost" not in text.get_content()
    [file] = letter.iter_attachments()
    rows = list(csv.DictReader(io.StringIO(file.get_content())))
    assert {row["store_code"] for row in rows} == {"S1"}
    assert "cost" not in rows[0]
    buyer = build_member(shop.organization, "manager", sees_costs=True)
    configure(shop, emails=[], members=[buyer.pk])
    shown = shop.client.get(f"/api/mailings/{shop.stores[0].id}/preview/?kind=restock").json()
    assert "margin at risk" in shown["text"]
    blind = shop.client_for("manager", sees_costs=False)
    assert "margin at risk" not in blind.get(f"/api/mailings/{shop.stores[0].id}/preview/?kind=restock").json()["text"]
    assert shop.client.get(f"/api/mailings/{shop.stores[0].id}/").json()["recipients"] == [], "the other list is apart"


def test_it_goes_out_once_a_due_date_however_many_ask(shop: Shop, post: Post) -> None:
    configure(shop)
    day, mailing_id = mailings.today_in(shop.stores[0]), mailing_of(shop)

    def ask(_: int) -> str:
        try:
            return mailings.send_due(organization_id=shop.organization.id, mailing_id=mailing_id, due_date=day)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(ask, range(4))) == ["", "", "", "sent"]
    assert len(post.letters) == 1
    assert due_of(shop, clock.now()) == []


def test_what_the_server_refuses_is_tried_again_and_given_up_with_the_reason(shop: Shop, post: Post) -> None:
    configure(shop)
    post.refuses = True
    for tries in range(1, 6):
        assert send(shop) == "failed"
        age(shop, 10 * tries + 1)
    assert (send(shop), due_of(shop, clock.now())) == ("", [])
    [run] = shop.client.get(f"/api/mailings/{shop.stores[0].id}/runs/?kind=restock").json()["results"]
    assert (run["state"], run["attempts"], "Come back later" in run["error"]) == ("failed", 5, True)


def test_a_last_try_whose_worker_died_is_ended_with_its_reason(shop: Shop, post: Post) -> None:
    configure(shop)
    send(shop)
    age(shop, 51, state=MailingState.SENDING, attempts=5)
    assert len(due_of(shop, clock.now())) == 1
    assert (send(shop), due_of(shop, clock.now()), len(post.letters)) == ("failed", [], 1)
    last = shop.client.get(f"/api/mailings/{shop.stores[0].id}/?kind=restock").json()["last_run"]
    assert (last["state"], "did not come back" in last["error"]) == ("failed", True)


def test_the_organisation_says_once_when_and_on_which_weekdays(shop: Shop) -> None:
    shop.client.patch(f"/api/stores/{shop.stores[0].id}/", {"time_zone": "Europe/Madrid"})
    configure(shop, hour=23)
    assert shop.client.patch("/api/organization/", {"time_zone": "Asia/Tokyo"}, format="json").status_code == 200
    path = "/api/mailings/schedule/?kind=restock"
    body = {"at": "06:30", "weekdays": [0, 3]}
    assert shop.client_for("manager").put(path, body, format="json").status_code == 403
    answer = shop.client.put(path, body, format="json").json()
    assert (answer["at"], answer["weekdays"], answer["time_zone"]) == ("06:30", [0, 3], "Asia/Tokyo")
    monday = datetime(2026, 3, 1, 21, 30, tzinfo=UTC)  # 06:30 of Monday the 2nd in Tokyo
    assert due_of(shop, monday - timedelta(minutes=1)) == []
    assert due_of(shop, monday) == ["2026-03-02"]
    assert due_of(shop, monday + timedelta(days=1)) == []
    assert due_of(shop, monday + timedelta(days=3)) == ["2026-03-05"]
    for wrong, field in (
        ({"at": "25:00"}, "at"),
        ({"at": "06:30", "weekdays": []}, "weekdays"),
        ({"weekdays": [7], "at": None}, "weekdays"),
    ):
        refused = shop.client.put(path, wrong, format="json")
        assert (refused.status_code, list(refused.json()["fields"])) == (400, [field])
    assert shop.client.put(path, {"at": None}, format="json").json()["at"] is None
    assert due_of(shop, monday + timedelta(hours=1)) == ["2026-03-01"], "by the store's own hour again"
    assert shop.client.get("/api/mailings/schedule/?kind=gossip").status_code == 400


def test_the_command_prints_writes_files_and_mails(shop: Shop, post: Post) -> None:
    rows = report(shop, "store=S1")["results"]
    text = command(shop, "--store", "S1")
    assert "Product 1" in text
    assert "2 products in stores. Made from proposal R-" in text
    assert [
        line["reason"] for line in csv.DictReader(io.StringIO(command(shop, "--store", "S1", "--format", "csv")))
    ] == [row["reason"] for row in rows]
    body = json.loads(command(shop, "--format", "json"))
    assert body["results"][0]["to_order"] == rows[0]["to_order"]
    assert "<h1>Restock report</h1>" in command(shop, "--format", "html")
    with pytest.raises(CommandError, match="No store has recipients"):
        command(shop, "--send")
    configure(shop)
    assert "S1: 2 products to buyer@example.com" in command(shop, "--send")
    assert len(post.letters) == 1
    post.refuses = True
    with pytest.raises(SystemExit) as ended:
        command(shop, "--send")
    assert ended.value.code == 1
    with pytest.raises(CommandError, match="did you mean"):
        command(shop, "--store", "S9")
