"""Stock counts over HTTP: states, rounds, moments, keys, rights, and input that is refused."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest

from inventory_project.kernel import clock, tenancy
from stock.models import StockCountEntry, StockMovement
from stock.services import count_posting, lanes, verification
from tests.factories.counts import Counting, plan_count, started_count, stocked_shop
from tests.factories.stock import Shop, build_shop
from tests.support.superuser import superuser
from tests.support.world_state import state_of

MINUTE = timedelta(minutes=1)


@pytest.fixture
def shop() -> Shop:
    return stocked_shop(3, units=10, at=clock.now() - timedelta(days=2))


def no_drift(shop: Shop) -> bool:
    return verification.verify(organization_id=shop.organization.id).drift == 0


def adjustments(shop: Shop) -> list[int]:
    with tenancy.scope(shop.organization.id):
        found = StockMovement.objects.filter(kind="count_adjustment").order_by("sequence")
        return [int(movement.quantity) for movement in found]


def test_a_full_count_lists_every_balance_and_takes_what_is_found_besides(shop: Shop) -> None:
    count = started_count(shop)
    assert sorted(count.lines()) == [0, 1, 2]
    other = build_shop(stores=1, products=4)
    spot = started_count(other, "spot")
    spot.enter(3, 2)
    assert {n: (line["added"], line["variance"]) for n, line in spot.lines().items()} == {3: (True, 2)}
    spot.ok("submit")
    spot.ok("approve")
    assert other.on_hand(0, 3) == 2
    assert no_drift(other)


def test_selling_goes_on_and_does_not_matter(shop: Shop) -> None:
    count = started_count(shop)
    shop.post("OUT", 2)
    count.enter(0, 7)
    shop.post("OUT", 3)
    shop.post("IN", 1)
    count.ok("submit")
    assert count.lines()[0] | {"id": 0, "counted_at": ""} == {
        "id": 0, "product": shop.products[0].id, "sku": "SKU-1", "product_name": "Product 1", "unit": "each",
        "round": 1, "recounting": False, "added": False, "entries": 1, "counted": 7, "counted_at": "", "book": 8,
        "variance": -1, "moved": 0, "within_tolerance": False, "variance_cost": -2.5,
    }  # fmt: skip
    count.ok("approve")
    assert shop.on_hand() == 5
    assert no_drift(shop)


def test_entries_of_several_people_add_up_within_a_round_and_a_recount_replaces_them(shop: Shop) -> None:
    count = started_count(shop)
    count.enter(0, 4, place="shelf")
    count.enter(0, 5, place="window")
    assert count.variances()[0] == -1
    count.ok("submit")
    count.ok("recount", {"products": ["sku-1"]})
    assert count.lines()[0]["counted"] is None
    count.enter(0, 6, place="shelf")
    count.enter(0, 4, place="window")
    assert count.variances()[0] == 0
    with_rounds = [(entry["round"], entry["quantity"]) for entry in count.get("entries")["results"]]
    assert with_rounds == [(1, 4), (1, 5), (2, 6), (2, 4)]


def test_in_a_recount_only_the_named_lines_take_entries(shop: Shop) -> None:
    count = started_count(shop)
    count.enter(0, 4)
    count.enter(1, 10)
    count.ok("submit")
    count.ok("recount", {"which": "variance"})
    refused = count.verb("entries", [{"product": "SKU-1", "quantity": 1}, {"product": "SKU-2", "quantity": 1}])
    assert refused.status_code == 400
    assert refused.json()["fields"] == {"rows": {"2": {"product": ["This product is not recounted."]}}}
    assert count.lines()[0]["counted"] is None


def test_what_is_not_recounted_falls_back_to_the_round_before(shop: Shop) -> None:
    count = started_count(shop)
    count.enter(0, 4)
    count.enter(1, 9)
    count.ok("submit")
    count.ok("recount", {"which": "variance"})
    count.enter(1, 10)
    count.ok("submit")
    assert count.variances() == {0: -6, 1: 0, 2: None}


def test_units_that_move_between_two_entries_of_a_line_have_it_recounted_or_accepted(shop: Shop) -> None:
    now = clock.now()
    count = started_count(shop)
    count.enter(0, 6, now - 9 * MINUTE, place="shelf")
    count.enter(0, 3, now - 3 * MINUTE, place="window")
    count.ok("submit")
    assert count.lines()[0]["moved"] == 0
    shop.post("OUT", 1, effective_at=(now - 5 * MINUTE).isoformat())
    line = count.lines()[0]
    assert (line["moved"], line["book"], line["variance"]) == (1, 9, 0), "the last entry's moment is the line's"
    refused = count.verb("approve")
    assert (refused.status_code, refused.json()["code"]) == (409, "moved_while_counted")
    assert refused.json()["fields"] == {"products": {"SKU-1": ["1 came and went while it was counted."]}}
    assert count.ok("approve", {"accept_moved": True})["state"] == "posted"
    assert shop.on_hand() == 9


def test_uncounted_lines_are_left_alone_unless_they_count_as_nothing_found(shop: Shop) -> None:
    count = started_count(shop)
    count.enter(0, 10)
    count.ok("submit")
    shop.post("OUT", 1, 0, 1)
    summary = count.get("summary")
    assert (summary["counted"], summary["uncounted"]) == (1, 2)
    assert [line["sku"] for line in summary["uncounted_products"]] == ["SKU-2", "SKU-3"]
    count.ok("approve")
    assert (shop.on_hand(0, 1), shop.on_hand(0, 2)) == (9, 10)
    again = started_count(shop)
    again.enter(0, 10)
    again.ok("submit")
    again.ok("approve", {"uncounted_as_zero": True})
    assert [shop.on_hand(0, n) for n in range(3)] == [10, 0, 0]
    assert again.variances() == {0: 0, 1: -9, 2: -10}
    assert no_drift(shop)


def test_an_adjustment_below_zero_refuses_the_approval_whole_and_names_the_product(shop: Shop) -> None:
    count = started_count(shop)
    count.enter(0, 12)
    count.enter(1, 2)
    count.ok("submit")
    shop.post("OUT", 7, 0, 1)
    before = state_of(shop.organization.id)
    refused = count.verb("approve")
    assert (refused.status_code, refused.json()["code"]) == (409, "adjustment_refused")
    assert list(refused.json()["fields"]["products"]) == ["SKU-2"]
    assert "Counted 2 at" in refused.json()["fields"]["products"]["SKU-2"][0]
    assert state_of(shop.organization.id) == before
    count.ok("recount", {"products": ["SKU-2"]})
    count.enter(1, 3)
    count.ok("submit")
    count.ok("approve")
    assert [shop.on_hand(0, n) for n in range(3)] == [12, 3, 10]


def test_a_refusal_names_every_row_that_stands_in_the_way(shop: Shop) -> None:
    count = started_count(shop)
    count.enter(0, 1)
    count.enter(1, 2)
    count.enter(2, 10)
    count.ok("submit")
    shop.post("OUT", 7, 0, 0)
    shop.post("OUT", 7, 0, 1)
    refused = count.verb("approve").json()
    assert list(refused["fields"]["products"]) == ["SKU-1", "SKU-2"]
    assert "2 products cannot be corrected" in refused["detail"]


def test_the_sweep_corrects_a_posted_count_for_a_sale_that_arrives_late(shop: Shop) -> None:
    count = started_count(shop)
    now = clock.now()
    count.enter(0, 9, now - 10 * MINUTE)
    count.ok("submit")
    count.ok("approve")
    assert shop.on_hand() == 9
    shop.post("OUT", 2, effective_at=(now - 20 * MINUTE).isoformat())
    shop.post("OUT", 1, effective_at=(now - 5 * MINUTE).isoformat())
    assert count_posting.correct_late_everywhere() >= 1
    assert (shop.on_hand(), adjustments(shop)) == (8, [-1, 2])
    assert count.lines()[0] | {"id": 0} == count.lines()[0] | {"id": 0, "book": 8, "variance": 1, "counted": 9}
    assert (count.get("summary")["late_adjustments"], count.get("summary")["late_units"]) == (1, 2)
    count_posting.correct_late_everywhere()
    assert adjustments(shop) == [-1, 2]
    assert no_drift(shop)


def test_a_count_that_somebody_holds_keeps_no_other_from_being_corrected(shop: Shop) -> None:
    """Organisations are gone through in order, and the first one's count is held for longer than anybody waits."""
    shops = [shop, stocked_shop(1, units=10, at=clock.now() - timedelta(days=2))]
    counted = [started_count(each) for each in shops]
    for each, count in zip(shops, counted, strict=True):
        count.enter(0, 9, clock.now() - 10 * MINUTE)
        count.ok("submit")
        count.ok("approve")
        each.post("OUT", 2, effective_at=(clock.now() - 20 * MINUTE).isoformat())
    with superuser() as connection:
        connection.execute("SELECT FROM stock_stockcount WHERE id = %s FOR UPDATE", [counted[0].id])
        count_posting.correct_late_everywhere()
    assert [each.on_hand() for each in shops] == [7, 9]
    count_posting.correct_late_everywhere()
    assert [each.on_hand() for each in shops] == [9, 9]


def test_what_a_person_reversed_stays_reversed(shop: Shop) -> None:
    count = started_count(shop)
    count.enter(0, 7)
    count.ok("submit")
    count.ok("approve")
    posted = shop.client.get("/api/stock-movements/", {"reference": count.get()["number"]}).json()["results"][0]
    assert (
        shop.client.post(f"/api/stock-movements/{posted['id']}/reverse/", {"reason": "wrong shelf"}).status_code == 201
    )
    assert count.ok("correct-late") == {"corrections": []}
    assert shop.on_hand() == 10


@pytest.mark.parametrize("first", ["earlier", "later"])
def test_two_counts_of_one_product_agree_whichever_is_posted_first(shop: Shop, first: str) -> None:
    now = clock.now()
    earlier, later = started_count(shop, "spot"), started_count(shop, "spot")
    earlier.enter(0, 8, now - 30 * MINUTE)
    shop.post("OUT", 1, effective_at=(now - 20 * MINUTE).isoformat())
    later.enter(0, 6, now - 10 * MINUTE)
    order = [earlier, later] if first == "earlier" else [later, earlier]
    for count in order:
        count.ok("submit")
        count.ok("approve")
    assert shop.on_hand() == 6
    assert (earlier.variances(), later.variances()) == ({0: -2}, {0: -1})
    # A sale from before both, known only now, concerns the first of them.
    shop.post("OUT", 1, effective_at=(now - 40 * MINUTE).isoformat())
    for count in order[::-1]:
        count.ok("correct-late")
        assert shop.on_hand() == 6
    assert (earlier.variances(), later.variances()) == ({0: -1}, {0: -1})
    assert no_drift(shop)


def test_movements_that_wait_in_their_lane_are_in_the_books_before_they_are_compared(shop: Shop) -> None:
    count = started_count(shop)
    body = shop.movement("OUT", 4)
    assert shop.client.post("/api/stock-movements/", body, format="json").status_code == 202
    count.enter(0, 6)
    count.ok("submit")
    count.ok("approve")
    with tenancy.scope(shop.organization.id):
        assert lanes.waiting(range(lanes.LANES), organization_id=shop.organization.id) == []
    assert (shop.on_hand(), adjustments(shop)) == (6, [])


def test_repeating_a_verb_changes_nothing(shop: Shop) -> None:
    key = {"headers": {"Idempotency-Key": str(uuid.uuid4())}}
    body = {"store": shop.stores[0].id, "kind": "spot", "products": ["SKU-1"]}
    first, second = (shop.client.post("/api/counts/", body, format="json", **key) for _ in range(2))
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json() == second.json()
    assert second.headers["Idempotency-Replayed"] == "true"
    other = shop.client.post("/api/counts/", {**body, "products": ["SKU-2"]}, format="json", **key)
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")
    count = Counting(shop, shop.client, first.json()["id"], f"/api/counts/{first.json()['id']}/")
    for verb in ("start", "submit", "approve"):
        if verb == "submit":
            count.enter(0, 9)
        done = count.verb(verb)
        state = state_of(shop.organization.id)
        repeated = count.verb(verb)
        assert (repeated.status_code, repeated.json()) == (done.status_code, done.json())
        assert repeated.headers["Idempotency-Replayed"] == "true"
        assert state_of(shop.organization.id) == state
    assert adjustments(shop) == [-1]


def test_a_repeated_recount_opens_one_round(shop: Shop) -> None:
    count = started_count(shop)
    count.enter(0, 9)
    count.ok("submit")
    key = {"headers": {"Idempotency-Key": "again"}}
    for _ in range(2):
        count.ok("recount", {"products": ["SKU-1"]}, **key)
        count.ok("recount", {"products": ["SKU-1"]})
    count.enter(0, 10)
    count.ok("submit")
    count.ok("recount", {"products": ["SKU-1"]}, **key)
    assert (count.lines()[0]["round"], count.get()["state"]) == (2, "counted")


def test_a_repeated_entry_counts_once_even_after_the_count_is_posted(shop: Shop) -> None:
    count = started_count(shop)
    entry = {"product": "SKU-1", "quantity": 9, "place": "shelf", "idempotency_key": "scan-1"}
    first = count.verb("entries", entry)
    again = count.verb("entries", [entry, entry])
    assert (first.status_code, again.status_code) == (201, 200)
    assert [row["id"] for row in again.json()["results"]] == [first.json()["results"][0]["id"]] * 2
    wrong = count.verb("entries", [{**entry, "quantity": 8}, {"product": "SKU-2", "quantity": 1}])
    assert (wrong.status_code, list(wrong.json()["fields"]["rows"])) == (422, ["1"])
    assert count.lines()[1]["counted"] is None
    count.ok("submit")
    count.ok("approve")
    again = count.verb("entries", entry)
    assert (again.json()["replayed"], again.headers["Idempotency-Replayed"]) == (1, "true")
    refused = count.verb("entries", {"product": "SKU-1", "quantity": 9})
    assert (refused.status_code, refused.json()["code"]) == (409, "wrong_count_state")


def test_the_requests_key_covers_each_row(shop: Shop) -> None:
    count = started_count(shop)
    rows = [{"product": "SKU-1", "quantity": 4}, {"product": "SKU-1", "quantity": 4}]
    key = {"headers": {"Idempotency-Key": "k" * 255}}
    assert count.verb("entries", rows, **key).json()["recorded"] == 2
    assert count.verb("entries", rows, **key).json()["replayed"] == 2
    assert count.lines()[0]["counted"] == 8


def test_a_mistaken_entry_is_voided_by_its_author_or_a_manager(shop: Shop) -> None:
    count = started_count(shop)
    staff, colleague = shop.client_for("staff"), shop.client_for("staff")
    mine = count.verb("entries", {"product": "SKU-1", "quantity": 99}, client=staff).json()["results"][0]["id"]
    refused = count.verb("void", {"entries": [mine]}, client=colleague)
    assert (refused.status_code, refused.json()["fields"]) == (400, {"entries": {str(mine): ["No such entry."]}})
    assert count.verb("void", {"entries": [mine]}, client=staff).json() == {"voided": 1}
    assert count.ok("void", {"entries": [mine]}) == {"voided": 0}
    assert count.lines()[0]["counted"] is None
    assert count.get("entries")["results"][0]["voided_by"]
    assert count.verb("submit").json()["code"] == "nothing_counted"


WRONG_ENTRIES: list[tuple[Any, str]] = [
    ({"quantity": -1}, "quantity"),
    ({"quantity": "many"}, "quantity"),
    ({"quantity": None}, "quantity"),
    ({"quantity": True}, "quantity"),
    ({"quantity": 1.2345}, "quantity"),
    ({"quantity": 10**12}, "quantity"),
    ({"product": "NOTHING"}, "product"),
    ({"product": None}, "product"),
    ({"product": [1]}, "product"),
    ({"counted_at": "noon"}, "counted_at"),
    ({"counted_at": "2999-01-01T00:00:00Z"}, "counted_at"),
    ({"counted_at": "2020-01-01T00:00:00Z"}, "counted_at"),
    ({"counted_at": "2026-05-01T09:30:00"}, "counted_at"),
    ({"place": "x" * 101}, "place"),
    ({"place": 7}, "place"),
    ({"idempotency_key": "x" * 256}, "idempotency_key"),
    ({"book": 7}, "book"),
]


@pytest.mark.parametrize(("change", "field"), WRONG_ENTRIES)
def test_a_wrong_entry_names_row_and_field_and_nothing_is_kept(shop: Shop, change: Any, field: str) -> None:
    count = started_count(shop)
    before = state_of(shop.organization.id)
    right = {"product": "SKU-1", "quantity": 1}
    answer = count.verb("entries", [right, {**right, **change}])
    assert answer.status_code == 400, answer.content
    assert {row: list(fields) for row, fields in answer.json()["fields"]["rows"].items()} == {"2": [field]}
    assert state_of(shop.organization.id) == before


@pytest.mark.parametrize("body", [[], "x", {"entries": {}}, {"entries": []}, [1], None, {"entries": None}])
def test_what_is_no_list_of_entries_is_refused(shop: Shop, body: Any) -> None:
    count = started_count(shop)
    answer = shop.client.post(f"{count.path}entries/", body, format="json")
    assert answer.status_code == 400, answer.content
    assert "rows" in answer.json()["fields"]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"store": "NOWHERE"}, "store"),
        ({"store": None}, "store"),
        ({"store": {"id": 1}}, "store"),
        ({"kind": "wild"}, "kind"),
        ({"kind": None}, "kind"),
        ({"kind": "full", "products": ["SKU-1"]}, "products"),
        ({"products": ["SKU-1", "NOTHING"]}, "products"),
        ({"products": "SKU-1"}, "products"),
        ({"products": [None]}, "products"),
        ({"kind": "cycle", "take": 0}, "take"),
        ({"tolerance_units": -1}, "tolerance_units"),
        ({"tolerance_percent": 101}, "tolerance_percent"),
        ({"planned_for": "tomorrow"}, "planned_for"),
        ({"name": "a\nb"}, "name"),
        ({"name": "x" * 121}, "name"),
        ({"blind": "perhaps"}, "blind"),
        ({"tolerance_unit": 2}, "tolerance_unit"),
    ],
)
def test_a_wrong_plan_names_the_field_and_nothing_is_planned(shop: Shop, change: dict[str, Any], field: str) -> None:
    before = state_of(shop.organization.id)
    body = {"store": shop.stores[0].id, "kind": "spot", **change}
    answer = shop.client.post("/api/counts/", body, format="json")
    assert answer.status_code == 400, answer.content
    assert list(answer.json()["fields"]) == [field]
    assert state_of(shop.organization.id) == before


def test_a_word_no_verb_knows_is_refused_by_name(shop: Shop) -> None:
    """A misspelt `uncounted_as_zero` would post another count than was meant."""
    count = plan_count(shop)
    before = state_of(shop.organization.id)
    for verb in ("start", "submit", "recount", "approve", "correct-late", "void", "cancel"):
        answer = count.verb(verb, {"which": "moved", "entries": [1], "uncounted_is_zero": True})
        assert (answer.status_code, "uncounted_is_zero" in answer.json()["fields"]) == (400, True), verb
    assert state_of(shop.organization.id) == before


def test_verbs_out_of_turn_are_refused(shop: Shop) -> None:
    count = plan_count(shop)
    for verb in ("submit", "recount", "approve", "correct-late"):
        refused = count.verb(verb, {"products": ["SKU-1"]} if verb == "recount" else None)
        assert (refused.status_code, refused.json()["code"]) == (409, "wrong_count_state"), verb
    assert count.verb("entries", {"product": "SKU-1", "quantity": 1}).json()["code"] == "wrong_count_state"
    count.ok("cancel")
    for verb in ("start", "submit", "approve"):
        assert count.verb(verb).status_code == 409
    again = shop.client.post("/api/counts/", {"store": "S1", "kind": "full"}, format="json")
    assert again.status_code == 201
    second = shop.client.post("/api/counts/", {"store": "S1", "kind": "full"}, format="json")
    assert (second.status_code, second.json()["code"], list(second.json()["fields"])) == (
        409,
        "already_exists",
        ["store"],
    )


def test_edits_and_verbs_say_which_version_they_mean(shop: Shop) -> None:
    count = plan_count(shop)
    read = shop.client.get(count.path)
    assert read.headers["ETag"] == '"1"'
    named = shop.client.patch(count.path, {"name": "Night", "blind": False}, format="json", HTTP_IF_MATCH='"1"')
    assert (named.status_code, named.json()["name"], named.headers["ETag"]) == (200, "Night", '"2"')
    assert shop.client.patch(count.path, {"name": "Day"}, format="json", HTTP_IF_MATCH='"1"').status_code == 412
    assert count.verb("start", HTTP_IF_MATCH='"1"').status_code == 412
    count.ok("start", HTTP_IF_MATCH='"2"')
    assert shop.client.patch(count.path, {"blind": True}, format="json").status_code == 409


class TestBlind:
    """Staff of a blind count learn nothing of the book until it is posted."""

    def everything(self, count: Counting, staff: Any) -> str:
        paths = [count.path, f"{count.path}lines/", f"{count.path}entries/", f"{count.path}summary/", "/api/counts/"]
        paths += ["/api/changes/?since=2000-01-01T00:00:00Z"]
        return "".join(staff.get(path).content.decode() for path in paths)

    def test_no_answer_holds_book_or_variance_until_it_is_posted(self) -> None:
        shop = stocked_shop(1, units=77713)
        staff = shop.client_for("staff", stores=[shop.stores[0]])
        before = staff.get("/api/changes/?since=2000-01-01T00:00:00Z").content.decode().count("77713")
        count = started_count(shop)
        count.enter(0, 70000)
        for _ in range(2):
            text = self.everything(count, staff)
            assert text.count("77713") == before
            assert "-7713" not in text
            assert not any(f'"{word}"' in text for word in ("variance", "book", "moved", "shrinkage_units", "accuracy"))
            assert staff.get(f"{count.path}lines/", {"status": "variance"}).status_code == 400
            count.verb("submit")
        assert count.lines()[0]["variance"] == -7713
        count.ok("approve")
        assert count.lines(staff)[0]["variance"] == -7713

    def test_staff_see_their_own_entries_only(self) -> None:
        shop = stocked_shop(1)
        staff, colleague = shop.client_for("staff"), shop.client_for("staff")
        count = started_count(shop)
        count.verb("entries", {"product": "SKU-1", "quantity": 41}, client=colleague)
        assert count.get("entries", staff)["results"] == []
        assert len(count.get("entries", colleague)["results"]) == 1

    def test_a_count_that_is_not_blind_shows_the_book(self) -> None:
        shop = stocked_shop(1)
        count = started_count(shop, blind=False)
        count.enter(0, 99)
        assert count.lines(shop.client_for("staff"))[0]["variance"] == -1


def test_costs_are_for_those_who_see_costs(shop: Shop) -> None:
    count = started_count(shop)
    count.enter(0, 9)
    count.ok("submit")
    count.ok("approve")
    manager = shop.client_for("manager", sees_costs=False)
    assert "cost" not in str([count.get("summary", manager), count.lines(manager)])
    for path in (f"/api/counts/due/?store={shop.stores[0].id}", "/api/counts/accuracy/"):
        assert "cost" not in manager.get(path).content.decode()
        assert "cost" in shop.client.get(path).content.decode()


def test_weighed_goods_are_counted_to_the_gram(shop: Shop) -> None:
    count = started_count(shop)
    count.enter(0, "3.125", place="a")
    count.enter(0, 6.5, place="b")
    count.ok("submit")
    count.ok("approve")
    assert float(shop.on_hand()) == 9.625
    with tenancy.scope(shop.organization.id):
        assert StockCountEntry.objects.count() == 2
