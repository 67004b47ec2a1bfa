"""Rows that cannot go in: each with its line, column, value and reason, and the others go in all the same (E4)."""

from __future__ import annotations

import csv as standard
import io

from stock.services.imports import files
from tests.factories.imports import UNIFIED, csv, movements, problems, send
from tests.factories.stock import build_shop
from tests.support.ledger import assert_whole

GOOD = "Tea,Drinks,1.00,1,2.00,2025-05-01,{stock}"
BROKEN = [
    "Tea,Drinks,1.00,1,2.00,2025-02-30,90",
    "Tea,Drinks,1.00,-1,2.00,2025-05-02,90",
    "Tea,Drinks,1.00,many,2.00,2025-05-02,90",
    "Tea,Drinks,1.00,1,2.00",
    "Tea,Drinks,1.00,1,2.00,2025-05-01,99",
    ",Drinks,1.00,1,2.00,2025-05-02,90",
    "Tea,Drinks,1.00,1,2.00,2025-05-02,-4",
    "Tea,Drinks,one,1,2.00,2025-05-02,90",
    "Tea,Drinks,1.00,1,2.00,2999-01-01,90",
    "Tea,Drinks,1.00,1.2345,2.00,2025-05-02,90",
    "Tea,Drinks,1.00,1,2.00,2025-05-02,90,surplus",
]


def test_every_kind_of_broken_row_is_named_and_the_good_ones_go_in():
    shop = build_shop(stores=1, products=0)
    job = send(shop, csv(UNIFIED, [GOOD.format(stock=99), *BROKEN, GOOD.format(stock=98)]))
    assert (job.status, job.rows, job.succeeded, job.skipped, job.failed) == ("applied", 13, 2, 1, 10)
    assert problems(shop, job) == [
        (3, "sale_date", "2025-02-30", "failed"),
        (4, "quantity_sold", "-1", "failed"),
        (5, "quantity_sold", "many", "failed"),
        (6, "", "", "failed"),
        (7, "", "", "skipped"),
        (8, "product_name", "", "failed"),
        (9, "stock_after_sale", "-4", "failed"),
        (10, "unit_cost", "one", "failed"),
        (11, "sale_date", "2999-01-01", "failed"),
        (12, "quantity_sold", "1.2345", "failed"),
        (13, "", "", "failed"),
    ]
    assert movements(shop) == [("TEA", "opening", 100, 100), ("TEA", "sale", -1, 99), ("TEA", "sale", -1, 98)]
    assert_whole(shop)


def test_the_failed_rows_come_back_as_a_file_that_can_be_mended_and_sent_again():
    shop = build_shop(stores=1, products=0)
    job = send(shop, csv(UNIFIED, [GOOD.format(stock=99), *BROKEN[:3]]))
    with files.opened(job.result["failed_rows"]) as file:
        rows = list(standard.reader(io.StringIO(file.read().decode("utf-8-sig"))))
    assert rows[0] == [*UNIFIED.split(","), "error"]
    assert [",".join(row[:-1]) for row in rows[1:]] == BROKEN[:3]
    assert rows[1][-1] == "sale_date: This is not a date."
    mended = [",".join(row[:-1]).replace("2025-02-30", "2025-05-03") for row in rows[1:2]]
    again = send(shop, csv(UNIFIED, mended))
    assert (again.succeeded, again.failed) == (1, 0)


def test_an_overlapping_file_brings_only_what_is_new():
    shop = build_shop(stores=1, products=0)
    send(shop, csv(UNIFIED, [GOOD.format(stock=99), GOOD.format(stock=98)]))
    job = send(shop, csv(UNIFIED, [GOOD.format(stock=98), GOOD.format(stock=97)]))
    assert (job.succeeded, job.skipped) == (1, 1)
    assert shop_stock(shop) == 97
    assert_whole(shop)


def test_repeats_are_kept_when_the_uploader_says_so():
    shop = build_shop(stores=1)
    shop.post("IN", 9)
    body = "product_id,quantity,price,sale_date\n" + "SKU-1,1,4,2025-10-01\n" * 3
    job = send(shop, body, keep_repeats=True)
    assert (job.succeeded, job.skipped) == (3, 0)
    again = send(shop, body, keep_repeats=True)
    assert (again.succeeded, again.skipped) == (0, 3)
    assert shop.on_hand() == 6


def test_stock_that_jumps_is_booked_as_an_adjustment_and_said():
    shop = build_shop(stores=1, products=0)
    rows = ["Tea,D,1,1,2,2025-05-01,9", "Tea,D,1,2,2,2025-05-02,27", "Tea,D,1,1,2,2025-05-03,20"]
    job = send(shop, csv(UNIFIED, rows))
    assert (job.succeeded, job.notices) == (3, 2)
    assert movements(shop) == [
        ("TEA", "opening", 10, 10),
        ("TEA", "sale", -1, 9),
        ("TEA", "adjustment", 20, 29),
        ("TEA", "sale", -2, 27),
        ("TEA", "adjustment", -6, 21),
        ("TEA", "sale", -1, 20),
    ]
    assert_whole(shop)


def test_a_file_of_the_past_does_not_turn_todays_stock_back():
    shop = build_shop(stores=1, products=0)
    send(shop, csv(UNIFIED, ["Tea,D,1,1,2,2025-06-01,50"]))
    job = send(shop, csv(UNIFIED, ["Tea,D,1,4,2,2025-05-01,9", "Tea,D,1,2,2,2025-05-02,7"]))
    assert job.succeeded == 2
    assert shop_stock(shop) == 50
    assert_whole(shop)


def shop_stock(shop):
    return movements(shop)[-1][3]
