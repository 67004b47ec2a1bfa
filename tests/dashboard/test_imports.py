"""A file at the dashboard, from a first line that says nothing to the undo of what was mended."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from accounts.models import Membership
from stock.models import ImportJob
from tests.dashboard.test_dashboard import enter, row
from tests.factories.imports import carry_out
from tests.factories.stock import Shop
from tests.support.browser import CHROMIUM, sees

pytestmark = pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium is not installed (.ci/run does)")

SOLD = b"Artikel,Menge,Tag\nSKU-1,2,2026-03-04\nNO-SUCH,1,2026-03-04\nSKU-1,many,2026-03-05\n"


def sent(page: Any) -> int:
    page.wait_for_url(re.compile(r"[?&]id=\d+"))
    return int(re.search(r"[?&]id=(\d+)", page.url)[1])  # type: ignore[index]


def drop(page: Any, name: str, body: bytes) -> None:
    page.get_by_test_id("import-file").set_input_files({"name": name, "mimeType": "text/csv", "buffer": body})


def says(page: Any, what: str, means: str) -> None:
    page.get_by_role("combobox", name=what).click()
    page.get_by_role("option", name=means, exact=True).click()


def steps(page: Any, shop: Shop, job_id: int, button: str, *, done: str) -> ImportJob:
    """What the button asks for, done by the worker, as the screen tells without being loaded again."""
    page.get_by_role("button", name=button).click()
    page.get_by_label("Progress").first.wait_for()
    job = carry_out(shop, job_id)
    page.get_by_text(done, exact=True).first.wait_for()
    return job


def test_a_file_is_understood_imported_mended_sent_again_and_undone(
    page: Any, address: str, shop: Shop, manager: Membership, tmp_path: Path
) -> None:
    held = shop.on_hand()
    enter(page, address, manager, f"/imports/?store={shop.stores[0].id}")
    drop(page, "till.csv", SOLD)
    sees(page, "What is in this file?")
    says(page, "What the file holds", "Sales")
    says(page, "What the column Artikel is", "SKU")
    says(page, "What the column Menge is", "Quantity")
    sees(page, 'A file of the kind "Sales" needs: Date.')
    says(page, "What the column Tag is", "Date")
    page.get_by_role("button", name="Send it").click()
    first = sent(page)
    carry_out(shop, first)
    row(page, "NO-SUCH").wait_for()
    row(page, "4", "Menge", "many").wait_for()
    page.get_by_role("button", name="Rows", exact=True).click()
    row(page, "SKU-1", "Goes in").wait_for()
    assert shop.on_hand() == held, "nothing is in before it was looked at"
    steps(page, shop, first, "Import 1 rows", done="Rows in")
    assert shop.on_hand() == held - 2
    with page.expect_download() as download:
        page.get_by_role("link", name="Failed rows").click()
    download.value.save_as(tmp_path / "failed.csv")
    failed = (tmp_path / "failed.csv").read_text(encoding="utf-8-sig")
    assert failed.splitlines()[0] == "Artikel,Menge,Tag,error"
    page.get_by_role("link", name="Imports").first.click()
    row(page, "till.csv", "Imported").wait_for()
    drop(page, "mended.csv", failed.replace("NO-SUCH", "SKU-1").replace("many", "3").encode())
    again = sent(page)
    assert carry_out(shop, again).failed == 0, "the first file's columns are remembered"
    steps(page, shop, again, "Import 2 rows", done="Rows in")
    assert shop.on_hand() == held - 6
    page.get_by_role("button", name="Undo import").click()
    steps(page, shop, again, "Take it back", done="Undone")
    assert shop.on_hand() == held - 2
    sees(page, f"Taken back by {manager.user.username}")
