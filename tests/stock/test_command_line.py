"""`manage.py stock`: the words people type, what they get, and how programs are told no."""

from __future__ import annotations

import io
import json
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connections

from audit.models import AuditEntry
from inventory_project.kernel import tenancy
from stock.management.commands.stock import Command
from stock.models import StockCountLine, StockMovement
from stock.services import count_entries, count_posting, counts
from tests.factories.reservations import book, reserve
from tests.factories.stock import Shop, build_shop


class Till:
    """Runs the command for one organisation: exit code, standard output, standard error."""

    def __init__(self, shop: Shop) -> None:
        self.shop = shop

    def __call__(self, *words: str) -> tuple[int, str, str]:
        out, err = io.StringIO(), io.StringIO()
        verb, *rest = words
        argv = [verb, "--organization", self.shop.organization.slug, *rest]
        try:
            call_command(Command(), *argv, stdout=out, stderr=err)
            code = 0
        except SystemExit as stop:
            code = int(stop.code or 0)
        return code, out.getvalue(), err.getvalue()

    def json(self, *words: str) -> Any:
        verb, *rest = words
        return json.loads(self(verb, "--json", *rest)[1])


@pytest.fixture
def till() -> Till:
    return Till(build_shop(stores=1, products=2))


@pytest.fixture
def chain() -> Till:
    return Till(build_shop(stores=2, products=2))


def last_entry(shop: Shop, action: str) -> AuditEntry:
    with tenancy.scope(shop.organization.pk):
        return AuditEntry.objects.filter(action=action).order_by("-sequence")[0]


def count_movements(shop: Shop) -> int:
    with tenancy.scope(shop.organization.pk):
        return StockMovement.objects.count()


def test_goods_go_in_and_out_and_the_log_says_who_typed_it(till: Till):
    assert till("receive", "SKU-1", "10") == (0, "Received 10 SKU-1 (Product 1) in Store 1: 10 on hand.\n", "")
    code, said, _ = till("sell", "product 1", "2", "--price", "3.5")
    assert (code, said) == (0, "Sold 2 SKU-1 (Product 1) in Store 1 for 7.00 USD: 8 on hand.\n")
    assert till.shop.on_hand() == 8
    entry = last_entry(till.shop, "stock.movement.applied")
    assert entry.actor_label.startswith("command line: ")
    assert entry.actor_id is None


def test_a_refusal_is_one_sentence_with_code_1_and_is_on_record(till: Till):
    till("receive", "SKU-1", "3")
    code, said, why = till("sell", "SKU-1", "4")
    assert (code, said) == (1, "")
    assert why == "Not enough stock. SKU-1 (Product 1) has 3 available in Store 1.\n"
    assert last_entry(till.shop, "stock.movement.rejected").actor_label.startswith("command line: ")
    refused = till.json("sell", "SKU-1", "4")
    assert refused["code"] == "rejected"
    assert refused["fields"]["rejection_code"] == "insufficient_stock"
    assert till.shop.on_hand() == 3


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("sell", "SKU-9", "1"), "There is no product 'SKU-9'; did you mean SKU-1 (Product 1) or SKU-2 (Product 2)?"),
        (("sell", "zzzz", "1"), "There is no product 'zzzz'."),
        (("receive", "zzzz", "1"), "There is no product 'zzzz'. Add it with --new NAME."),
        (("sell", "SKU-1", "1", "--store", "Stoer 1"), "There is no store 'Stoer 1'; did you mean S1?"),
        (("sell", "SKU-1", "1", "--at", "2999-01-01"), "at: The time lies in the future. Check the clock of the till."),
        (("adjust", "SKU-1", "0"), "quantity: An adjustment must not be zero."),
        (("receive", "SKU-1", "1", "--new", "Again"), "Another product already has this SKU."),
        (("receive", "SKU-3", "1", "--price", "2"), "--price describes a new product: give --new NAME with it."),
        (("receive", " ", "1", "--new", "Blank"), "product: a text of 1 to 64 characters is needed."),
        (("move", "SKU-1", "1", "--from", "S1", "--to", "S1"), "to_store: A transfer needs two different stores."),
    ],
)
def test_wrong_input_is_one_sentence_with_code_2_and_changes_nothing(till: Till, words: tuple[str, ...], says: str):
    before = count_movements(till.shop)
    assert till(*words) == (2, "", says + "\n")
    assert count_movements(till.shop) == before


@pytest.mark.parametrize(
    "words",
    [
        ("sell", "SKU-1", "-1"),
        ("sell", "SKU-1", "nan"),
        ("sell", "SKU-1", "1e999"),
        ("sell", "SKU-1", "1.0001"),
        ("sell", "SKU-1", "2000000000"),
        ("sell", "SKU-1", "1", "--price", "-1"),
        ("sell", "SKU-1", "1", "--at", "25:00"),
        ("count", "SKU-1", "-1"),
        ("history", "SKU-1", "--limit", "0"),
        ("sell", "SKU-1"),
        ("sell", "SKU-1", "1", "--colour", "red"),
        ("shell",),
    ],
    ids=" ".join,
)
def test_wrong_words_end_with_code_2(words: tuple[str, ...], capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit) as stop:
        Command().create_parser("manage.py", "stock").parse_args(words)
    assert stop.value.code == 2
    assert len(capsys.readouterr().err.strip().splitlines()) == 1


def test_a_key_counts_once_for_every_verb(chain: Till):
    for store in ("S1", "S2"):
        chain("receive", "SKU-1", "20", "--store", store)
    before = count_movements(chain.shop)
    move = ("move", "SKU-1", "2", "--from", "S1", "--to", "S2")
    here = ("--store", "S1")
    done = [("sell", "SKU-1", "1", *here), ("count", "SKU-1", "15", *here), move, ("adjust", "SKU-1", "3", *here)]
    for number, words in enumerate(done):
        first, again = (chain(*words, "--key", f"key-{number}") for _ in range(2))
        assert first[0] == again[0] == 0
        assert again[1] == first[1].rstrip("\n") + " This key was used before: nothing changed now.\n"
    assert count_movements(chain.shop) == before + 5
    for key, words in (("key-0", ("sell", "SKU-1", "9", *here)), ("key-1", ("count", "SKU-1", "3", *here))):
        assert chain(*words, "--key", key)[0] == 1
    assert count_movements(chain.shop) == before + 5


def test_a_key_of_a_count_that_found_nothing_wrong_is_remembered_too(till: Till):
    till("receive", "SKU-1", "5")
    till("count", "SKU-1", "5", "--key", "shelf")
    till("receive", "SKU-1", "5")
    assert till.json("count", "SKU-1", "5", "--key", "shelf")["replayed"]
    assert till.shop.on_hand() == 10


def test_a_count_books_the_difference_and_is_logged_either_way(till: Till):
    till("receive", "SKU-1", "10")
    counted = till.json("count", "SKU-1", "7.5")
    assert (counted["expected"], counted["counted"], counted["difference"]) == (10, 7.5, -2.5)
    assert till.shop.on_hand() == Decimal("7.5")
    assert till.json("count", "SKU-1", "7.5")["movement"] is None
    assert last_entry(till.shop, "stock.count.posted").detail["adjustments"] == 0
    assert till.json("count", "SKU-2", "4")["expected"] == 0
    assert till.shop.on_hand(product=1) == 4


def test_sales_during_a_count_are_judged_before_or_after_it(till: Till):
    """Whatever the order, the balance is the count less what was sold after it, and no sale is lost."""
    till("receive", "SKU-1", "100")

    def sell(_: int) -> int:
        try:
            return till("sell", "SKU-1", "1")[0]
        finally:
            connections.close_all()

    def count(_: int) -> dict[str, Any]:
        try:
            answer: dict[str, Any] = till.json("count", "SKU-1", "50")
            return answer
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        sales, counts = pool.map(sell, range(12)), pool.map(count, range(2))
        assert list(sales) == [0] * 12
        assert {each["counted"] for each in counts} == {50}
    count_posting.correct_late_everywhere()
    with tenancy.scope(till.shop.organization.pk):
        [*_, last] = StockCountLine.objects.order_by("counted_at")
        later = StockMovement.objects.filter(effective_at__gt=last.counted_at)
        sold_since = sum(-movement.quantity for movement in later)
        differences = sum(line.variance for line in StockCountLine.objects.all())
    assert till.shop.on_hand() == 50 - sold_since == 100 - 12 + differences


def test_a_count_that_broke_off_is_taken_up_again_by_its_key(till: Till, monkeypatch: pytest.MonkeyPatch):
    till("receive", "SKU-1", "10")

    def broken(**_: Any) -> None:
        raise KeyboardInterrupt

    for module, name in ((count_entries, "record"), (counts, "submit"), (count_posting, "approve")):
        with monkeypatch.context() as patch:
            patch.setattr(module, name, broken)
            with pytest.raises(KeyboardInterrupt):
                till("count", "SKU-1", "8", "--key", "shelf")
        assert till.shop.on_hand() == 10
    assert till("count", "SKU-1", "7", "--key", "shelf")[0] == 1
    answer = till.json("count", "SKU-1", "8", "--key", "shelf")
    assert (answer["count"][:4], answer["difference"], answer["replayed"]) == ("CNT-", -2, False)
    assert till.json("count", "SKU-1", "8", "--key", "shelf") == {**answer, "replayed": True}
    assert till.shop.on_hand() == 8


def test_a_store_is_named_only_where_there_are_several(chain: Till):
    code, _, why = chain("receive", "SKU-1", "1")
    assert (code, why) == (2, "There are several stores; name one with --store: S1, S2.\n")
    assert chain("receive", "SKU-1", "5", "--store", "store 2")[0] == 0
    moved = chain("move", "SKU-1", "2", "--from", "S2", "--to", "Store 1")
    assert moved[1] == "Moved 2 SKU-1 (Product 1): 3 on hand in Store 2, 2 in Store 1.\n"
    assert chain("move", "SKU-1", "9", "--from", "S2", "--to", "S1")[0] == 1


def test_a_name_that_two_products_share_needs_the_sku(till: Till):
    for sku in ("TWIN-1", "TWIN-2"):
        assert till("receive", sku, "1", "--new", "Twin")[0] == 0
    code, _, why = till("sell", "twin", "1")
    assert (code, why) == (2, "Several products are called 'twin': use a SKU, such as TWIN-1 or TWIN-2.\n")


def test_a_barcode_is_as_good_as_a_name(till: Till):
    assert till("receive", "NEW-1", "3", "--new", "New", "--barcode", "4006381333931", "--reorder", "2")[0] == 0
    assert till("sell", "4006381333931", "1")[1].startswith("Sold 1 NEW-1 (New)")


def test_what_is_low_and_what_happened_is_shown(till: Till):
    till("receive", "SKU-1", "4", "--at", "2026-05-01T09:00")
    till("sell", "SKU-1", "1", "--at", "2026-05-02T10:30")
    [low] = till.json("low")
    assert (low["sku"], low["available"], low["missing"], low["status"]) == ("SKU-1", 3, 2, "low")
    lines = till("history", "SKU-1")[1].splitlines()
    assert lines[0].split() == ["When", "What", "Change", "On", "hand", "Price", "Note"]
    # The store's clock: what was typed comes back.
    assert lines[1].startswith("2026-05-02 10:30  sale")
    assert [row["movement_type"] for row in till.json("history", "SKU-1", "--since", "2026-05-02")] == ["sale"]
    assert till("show", "prod")[1].splitlines()[1].split()[:4] == ["SKU-1", "Product", "1", "3"]
    assert till("show", "SKU-2")[1] == "Nothing in stock yet.\n"


def test_what_is_promised_or_on_hold_has_its_own_column(till: Till):
    till("receive", "SKU-1", "9")
    assert "Reserved" not in till("show")[1]
    reserve(till.shop, {0: 2})
    book(till.shop, "hold", {0: 3}, reason="wet")
    headings, row, *_ = till("show")[1].splitlines()
    assert headings.split()[2:8] == ["On", "hand", "Reserved", "On", "hold", "Available"]
    assert row.split()[3:7] == ["9", "2", "3", "4"]
    assert till("history", "SKU-1")[1].splitlines()[1].endswith("(+3 damaged) wet")


def test_another_organization_is_never_seen(till: Till):
    other = Till(build_shop(stores=1, products=1))
    other("receive", "SKU-1", "77")
    assert till.json("show") == []
    code, _, why = till("show", "--organization", "no-such-shop")
    assert code == 2
    assert "There is no organisation 'no-such-shop'" in why
