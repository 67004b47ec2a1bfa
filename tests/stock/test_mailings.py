"""The low and out of stock list of a store by mail: to whom it was said, once a day, by the store's own clock."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import override_settings

from inventory_project.kernel import clock, tenancy
from stock import tasks
from stock.models import MailingRecipient, MailingRun, StoreMailing, TransferKey
from stock.services import mailings
from tests.factories.accounts import build_member
from tests.factories.stock import Shop, build_shop
from tests.support.mail import Post, post_office

TOO_LONG = f"a@{'b' * 60}.{'c' * 60}.{'d' * 60}.{'e' * 60}.{'f' * 20}.example"


@pytest.fixture
def post() -> Iterator[Post]:
    with post_office() as post, override_settings(**post.settings()):
        yield post


@pytest.fixture
def shop() -> Shop:
    """Store 1: SKU-1 low, SKU-2 out, SKU-3 well stocked; Store 2: nothing low."""
    shop = build_shop(stores=2, products=3)
    shop.post("IN", "3.5")
    shop.post("IN", 4, product=1)
    shop.post("OUT", 4, product=1)
    shop.post("IN", 90, product=2)
    shop.post("IN", 90, store=1)
    return shop


def configure(shop: Shop, store: int = 0, client: Any = None, **values: Any) -> Any:
    body = {"is_on": True, "hour": 0, "emails": ["Buyer@Example.com"], **values}
    return (client or shop.client).put(f"/api/mailings/{shop.stores[store].id}/", body, format="json")


def mailing_of(shop: Shop, store: int = 0) -> int:
    with tenancy.scope(shop.organization.id):
        return int(StoreMailing.objects.get(store=shop.stores[store]).pk)


def send(shop: Shop, store: int = 0, day: date | None = None) -> str:
    due_date = day or mailings.today_in(shop.stores[store])
    return mailings.send_due(
        organization_id=shop.organization.id, mailing_id=mailing_of(shop, store), due_date=due_date
    )


def due_of(shop: Shop, now: datetime) -> list[str]:
    found = mailings.due(now=now)
    return [row["due_date"] for row in found if row["organization_id"] == shop.organization.id]


def run_of(shop: Shop) -> MailingRun:
    with tenancy.scope(shop.organization.id):
        run: MailingRun = MailingRun.objects.get()
    return run


def age(shop: Shop, minutes: int) -> None:
    with tenancy.scope(shop.organization.id):
        MailingRun.objects.update(started_at=clock.now() - timedelta(minutes=minutes))


def test_the_list_arrives_as_text_as_html_and_as_a_file(shop: Shop, post: Post) -> None:
    member = build_member(shop.organization, "staff", stores=[shop.stores[0]])
    assert configure(shop, members=[member.pk]).status_code == 200
    assert send(shop) == "sent"
    [(to, letter)] = post.letters
    assert to == [member.user.email, "buyer@example.com"]
    assert letter["Subject"] == "Store 1: 1 out, 1 low"
    text, html = letter.get_body(("plain",)), letter.get_body(("html",))
    assert text is not None
    assert html is not None
    assert "LOW  Product 1 (SKU-1): 3.5 available, reorder at 5" in text.get_content()
    assert text.get_content().index("SKU-2") < text.get_content().index("SKU-1"), "what is out comes first"
    assert "SKU-3" not in html.get_content()
    [file] = letter.iter_attachments()
    rows = list(csv.DictReader(io.StringIO(file.get_content())))
    assert [(row["sku"], row["status"], row["shortfall"]) for row in rows] == [
        ("SKU-2", "out", "5"), ("SKU-1", "low", "1.5"),
    ]  # fmt: skip
    last = shop.client.get(f"/api/mailings/{shop.stores[0].id}/").json()["last_run"]
    assert (last["state"], last["rows"], last["error"]) == ("sent", 2, "")


def test_a_list_switched_off_after_its_bell_was_rung_stays_at_home(shop: Shop, post: Post) -> None:
    configure(shop)
    assert configure(shop, is_on=False).status_code == 200
    assert (send(shop), post.letters) == ("", [])
    configure(shop)
    assert send(shop) == "sent"


def test_a_day_s_list_is_sent_once_however_many_ask(shop: Shop, post: Post) -> None:
    configure(shop)
    day, mailing_id = mailings.today_in(shop.stores[0]), mailing_of(shop)

    def ask(_: int) -> str:
        try:
            return mailings.send_due(organization_id=shop.organization.id, mailing_id=mailing_id, due_date=day)
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        states = list(pool.map(ask, range(6)))
    assert sorted(states) == ["", "", "", "", "", "sent"]
    assert len(post.letters) == 1
    assert due_of(shop, clock.now()) == []


def test_it_is_due_from_its_hour_on_by_the_store_s_clock(shop: Shop, post: Post) -> None:
    configure(shop, hour=7)
    shop.client.patch(f"/api/stores/{shop.stores[0].id}/", {"time_zone": "Asia/Tokyo"}, format="json")
    assert due_of(shop, datetime(2026, 3, 1, 21, 59, tzinfo=UTC)) == []
    assert due_of(shop, datetime(2026, 3, 1, 22, 0, tzinfo=UTC)) == ["2026-03-02"]
    configure(shop, is_on=False)
    assert due_of(shop, datetime(2026, 3, 1, 22, 0, tzinfo=UTC)) == []


def test_the_beat_and_a_worker_send_what_is_due(shop: Shop, post: Post) -> None:
    configure(shop)
    configure(shop, store=1)
    for due in mailings.due(now=clock.now()):
        if due["organization_id"] == shop.organization.id:
            tasks.send_mailing(**due)
    assert [to for to, _ in post.letters] == [["buyer@example.com"]], "the second store has nothing to tell"
    runs = shop.client.get(f"/api/mailings/{shop.stores[1].id}/runs/").json()["results"]
    assert [(run["state"], run["rows"]) for run in runs] == [("empty", 0)]


def test_what_the_server_refuses_is_told_and_tried_again(shop: Shop, post: Post) -> None:
    configure(shop)
    post.refuses = True
    assert send(shop) == "failed"
    run = shop.client.get(f"/api/mailings/{shop.stores[0].id}/runs/").json()["results"][0]
    assert (run["state"], run["attempts"]) == ("failed", 1)
    assert "Come back later" in run["error"]
    assert (due_of(shop, clock.now()), send(shop)) == ([], ""), "not at once"
    age(shop, 11)
    assert len(due_of(shop, clock.now())) == 1
    post.refuses = False
    assert send(shop) == "sent"
    assert (run_of(shop).attempts, run_of(shop).error, len(post.letters)) == (2, "", 1)
    logged = shop.client.get("/api/logs/?action=stock.mailing.").json()["results"]
    assert [entry["action"].rpartition(".")[2] for entry in logged] == ["sent", "failed", "changed"]


def test_it_is_given_up_after_five_tries_and_stays_visible(shop: Shop, post: Post) -> None:
    configure(shop)
    post.refuses = True
    for tries in range(1, 6):
        assert send(shop) == "failed"
        age(shop, 10 * tries + 1)
    assert (send(shop), due_of(shop, clock.now())) == ("", [])
    assert (run_of(shop).state, run_of(shop).attempts) == ("failed", 5)


def test_a_try_whose_worker_died_is_taken_up_again(shop: Shop, post: Post) -> None:
    configure(shop)
    with tenancy.scope(shop.organization.id):
        MailingRun.objects.create(
            organization=shop.organization, mailing_id=mailing_of(shop), due_date=mailings.today_in(shop.stores[0])
        )
    assert send(shop) == ""
    age(shop, 11)
    assert send(shop) == "sent"
    [(_, letter)] = post.letters
    assert letter["Message-ID"].startswith("<low_stock."), "the same for every try of a day"


def test_a_member_who_left_or_lost_the_store_gets_it_no_more(shop: Shop, post: Post) -> None:
    stays, leaves, moves = (build_member(shop.organization, "staff") for _ in range(3))
    configure(shop, members=[stays.pk, leaves.pk, moves.pk], emails=[])
    assert shop.client.delete(f"/api/members/{leaves.pk}/").status_code == 204
    shop.client.patch(f"/api/members/{moves.pk}/", {"stores": [shop.stores[1].id]}, format="json")
    assert send(shop) == "sent"
    assert [to for to, _ in post.letters] == [[stays.user.email]]


def test_a_list_nobody_may_get_any_more_fails_where_it_is_seen(shop: Shop, post: Post) -> None:
    member = build_member(shop.organization, "staff")
    configure(shop, members=[member.pk], emails=[])
    shop.client.delete(f"/api/members/{member.pk}/")
    assert send(shop) == "failed"
    assert "Nobody" in run_of(shop).error
    answer = shop.client.post(f"/api/mailings/{shop.stores[0].id}/send/")
    assert (answer.status_code, answer.json()["code"]) == (409, "nobody_to_mail")


def test_a_manager_mails_it_now_and_may_look_at_it_before(shop: Shop, post: Post) -> None:
    configure(shop)
    manager = shop.client_for("manager")
    url = f"/api/mailings/{shop.stores[0].id}/"
    seen = manager.get(f"{url}preview/").json()
    assert (seen["rows"], seen["addresses"], post.letters) == (2, ["buyer@example.com"], [])
    assert "SKU-2" in seen["text"]
    assert "SKU-2" in seen["html"]
    sent = manager.post(f"{url}send/")
    assert (sent.status_code, sent.json()) == (200, {"rows": 2, "addresses": ["buyer@example.com"]})
    post.refuses = True
    refused = manager.post(f"{url}send/")
    assert (refused.status_code, refused.json()["code"]) == (503, "mail_not_sent")
    assert len(post.letters) == 1
    assert send(shop) == "failed", "the day's own list is another matter"


def test_a_list_mailed_now_is_mailed_once_for_a_key(shop: Shop, post: Post) -> None:
    configure(shop)
    url = f"/api/mailings/{shop.stores[0].id}/send/"
    first, again = (shop.client.post(url, HTTP_IDEMPOTENCY_KEY="monday") for _ in range(2))
    assert (first.status_code, again.status_code, first.json()) == (200, 200, again.json())
    assert (again.headers["Idempotency-Replayed"], len(post.letters)) == ("true", 1)
    other = shop.client.post(f"/api/mailings/{shop.stores[1].id}/send/", HTTP_IDEMPOTENCY_KEY="monday")
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")
    post.refuses = True
    assert shop.client.post(url, HTTP_IDEMPOTENCY_KEY="tuesday").status_code == 503
    post.refuses = False
    kept = shop.client.post(url, HTTP_IDEMPOTENCY_KEY="tuesday")
    assert (kept.status_code, "Idempotency-Replayed" in kept.headers, len(post.letters)) == (200, False, 2)
    with tenancy.scope(shop.organization.id):
        TransferKey.objects.filter(key="tuesday").update(answer="", recorded_at=clock.now())
    busy = shop.client.post(url, HTTP_IDEMPOTENCY_KEY="tuesday")
    assert (busy.status_code, busy.headers["Retry-After"], len(post.letters)) == (503, "5", 2)
    with tenancy.scope(shop.organization.id):
        TransferKey.objects.filter(key="tuesday").update(recorded_at=clock.now() - timedelta(hours=1))
    assert shop.client.post(url, HTTP_IDEMPOTENCY_KEY="tuesday").status_code == 200
    assert len(post.letters) == 3, "who died in the middle is taken over"


def test_only_an_admin_adds_addresses_of_strangers(shop: Shop) -> None:
    configure(shop)
    manager = shop.client_for("manager")
    refused = configure(shop, client=manager, emails=["buyer@example.com", "other@example.com"])
    assert (refused.status_code, list(refused.json()["fields"])) == (403, ["emails"])
    kept = configure(shop, client=manager, hour=9).json()
    assert (kept["hour"], [one["email"] for one in kept["recipients"]]) == (9, ["buyer@example.com"])
    assert configure(shop, client=manager, is_on=False, emails=[]).json()["recipients"] == []


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"hour": 24}, "hour"), ({"hour": -1}, "hour"), ({"hour": "noon"}, "hour"), ({"is_on": "perhaps"}, "is_on"),
        ({"emails": [TOO_LONG]}, "emails"),
        ({"emails": ["nobody"]}, "emails"), ({"emails": ["a@b.example\nBcc: c@d.example"]}, "emails"),
        ({"emails": [f"{n}@example.com" for n in range(21)]}, "emails"), ({"members": [999999999]}, "members"),
        ({"members": ["x"]}, "members"), ({"members": [2**70]}, "members"), ({"emails": []}, "members"),
        ({"day": 1}, "day"),
    ],
)  # fmt: skip
def test_a_setting_that_cannot_be_is_refused_whole(shop: Shop, values: dict[str, Any], field: str) -> None:
    answer = configure(shop, **values)
    assert (answer.status_code, list(answer.json()["fields"])) == (400, [field])
    assert shop.client.get(f"/api/mailings/{shop.stores[0].id}/").json()["is_on"] is False
    with tenancy.scope(shop.organization.id):
        assert MailingRecipient.objects.count() == 0


def test_members_need_an_address_and_the_store(shop: Shop) -> None:
    elsewhere = build_member(shop.organization, "staff", stores=[shop.stores[1]])
    silent = build_member(shop.organization, "staff", email="")
    stranger = build_member(build_shop().organization, "staff")
    for member in (elsewhere, silent, stranger):
        assert configure(shop, members=[member.pk]).status_code == 400


def test_what_products_are_called_does_not_become_markup(shop: Shop, post: Post) -> None:
    product = shop.products[0]
    shop.client.patch(f"/api/products/{product.id}/", {"name": "<script>x</script> & =1+1"}, format="json")
    shop.client.patch(f"/api/stores/{shop.stores[0].id}/", {"name": "Rock & Roll"}, format="json")
    configure(shop)
    send(shop)
    [(_, letter)] = post.letters
    html, text = letter.get_body(("html",)), letter.get_body(("plain",))
    assert html is not None
    assert text is not None
    assert "<script>" not in html.get_content()
    assert "<script>x</script> & =1+1" in text.get_content()
    assert letter["Subject"].startswith("Rock & Roll: ")


def test_a_worker_that_dies_after_the_server_s_yes_mails_it_again_under_the_same_name(
    shop: Shop, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: Any, **__: Any) -> None:
        raise KeyboardInterrupt

    configure(shop)
    with monkeypatch.context() as patch:
        patch.setattr(mailings, "_note", killed)
        with pytest.raises(KeyboardInterrupt):
            send(shop)
    assert (run_of(shop).state, len(post.letters)) == ("sending", 1), "it was taken, and nobody noted it"
    age(shop, 11)
    assert send(shop) == "sent"
    first, second = (letter["Message-ID"] for _, letter in post.letters)
    assert first == second
