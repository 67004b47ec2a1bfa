"""GET /api/stream: what happens is told as it happens, once, to whom it may concern."""

from __future__ import annotations

from tests.factories.accounts import build_token
from tests.factories.stock import build_shop
from tests.support.instances import eventually
from tests.support.listening import Stream


def test_a_sale_is_told_with_its_cursor(web: str):
    shop = build_shop()
    shop.post("IN", 10)
    with Stream(web, build_token(shop.admin)) as stream:
        eventually(lambda: stream.named("connected"))
        shop.post("OUT", 3)
        eventually(lambda: stream.messages)
        listed = shop.client.get("/api/changes", {"since": stream.named("connected")[0]["cursor"]}).json()["results"]
    assert stream.messages == listed
    assert stream.messages[0]["detail"]["kind"] == "sale"
    assert stream.told[-1].id or stream.messages
    assert stream.answer["content-type"] == "text/event-stream"
    assert stream.answer["cache-control"] == "no-store, no-transform"
    assert stream.answer["x-accel-buffering"] == "no"
