"""Where a request may go, and what a receiver cannot do to the sender."""

from __future__ import annotations

import resource
import socket
import threading
import time
from collections.abc import Callable, Iterator
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest

from tests.support.receiver import Handler, Receiver, authority, receiving
from webhooks.services import addresses, wire
from webhooks.services.addresses import NotAllowed
from webhooks.services.wire import Answer, Line

NOT_PUBLIC = [
    "0.0.0.0", "10.0.0.1", "100.64.0.1", "127.0.0.1", "127.9.9.9", "169.254.169.254", "172.16.0.1", "172.31.255.255",
    "192.0.0.1", "192.0.2.1", "192.88.99.1", "192.168.1.1", "198.18.0.1", "198.51.100.1", "203.0.113.1", "224.0.0.1",
    "239.255.255.255", "240.0.0.1", "255.255.255.255",
    "::", "::1", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe",
    "64:ff9b:1::1", "100::1", "2001::1", "2001:db8::1", "2002:7f00:1::1", "2002:808:808::1", "fc00::1", "fd00:ec2::254",
    "fe80::1", "fe80::1%lo", "fec0::1", "ff02::1", "ff0e::1",
]  # fmt: skip
PUBLIC = ["8.8.8.8", "93.184.215.14", "100.63.255.255", "2606:4700::1111", "64:ff9b::808:808"]

REFUSED = [
    "", "/hook", "hook", "//receiver.example/", "ftp://receiver.example/", "file:///etc/passwd", "gopher://x/",
    "https://", "https:///hook", "https://user:word@receiver.example/", "https://user@receiver.example/",
    "https://receiver.example/#part", "https://receiver.example:22/", "https://receiver.example:0/",
    "https://receiver.example:80/", "https://receiver.example:99999/", "https://receiver.example:x/",
    "https://receiver.example/a b", "https://receiver.example/\r\nX-Evil: 1", "https://receiver.example/\x00",
    "https://receiver.example\\@127.0.0.1/", "https://127.0.0.1\\@receiver.example/", "https://räuber.example/",
    "https://-x.example/", "https://a..example/", "https://2130706433/", "https://127.1/", "https://[fe80::1%25lo]/",
    "https://192.168.0.1/", "https://[::1]/", "https://[::ffff:127.0.0.1]/", "https://169.254.169.254/latest/",
    f"https://receiver.example/{'a' * 500}",
]  # fmt: skip


@pytest.fixture
def line() -> Iterator[Line]:
    found = Line()
    yield found
    found.close()


def names(monkeypatch: pytest.MonkeyPatch, *answers: list[str]) -> list[str]:
    """A name server that gives these answers, one after the other, and what it was asked."""
    asked: list[str] = []

    def look_up(host: str, port: int, **_: Any) -> list[Any]:
        asked.append(host)
        found = answers[min(len(asked), len(answers)) - 1]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in found]

    monkeypatch.setattr(addresses.socket, "getaddrinfo", look_up)
    return asked


def test_only_addresses_of_the_public_internet_are_connected_to(settings: Any):
    settings.WEBHOOK_ALLOWED_NETWORKS = []
    assert [text for text in NOT_PUBLIC if addresses.may_connect(ip_address(text))] == []
    assert [text for text in PUBLIC if not addresses.may_connect(ip_address(text))] == []
    settings.WEBHOOK_ALLOWED_NETWORKS = ["10.1.0.0/16", "fd00::/8"]
    assert addresses.may_connect(ip_address("10.1.2.3"))
    assert addresses.may_connect(ip_address("fd00::1"))
    assert not addresses.may_connect(ip_address("10.2.0.1"))


def test_an_address_that_could_lead_elsewhere_is_refused_by_its_form(settings: Any):
    settings.WEBHOOK_ALLOWED_NETWORKS = []
    settings.WEBHOOK_ALLOW_HTTP = False
    for url in [*REFUSED, "http://receiver.example/"]:
        with pytest.raises(NotAllowed):
            addresses.parse(url)
    found = addresses.parse("https://Receiver.example:8443/a/b?c=d%20e")
    assert (found.scheme, found.host, found.port, found.path) == ("https", "receiver.example", 8443, "/a/b?c=d%20e")
    assert addresses.parse("https://[2606:4700::1111]").port == 443


def test_a_name_with_one_address_of_ours_is_refused_whole_and_told_without_it(
    line: Line, settings: Any, monkeypatch: pytest.MonkeyPatch
):
    settings.WEBHOOK_ALLOWED_NETWORKS = []
    names(monkeypatch, ["93.184.215.14", "192.168.7.7"])
    monkeypatch.setattr(wire, "_connected", lambda *_: pytest.fail("connected"))
    answer = line.post("https://receiver.example/", b"{}", {})
    assert (answer.status, answer.is_taken) == (None, False)
    assert "not on the public internet" in answer.error
    assert "192" not in answer.error


def test_a_name_that_changes_its_mind_is_asked_once(
    line: Line, receiver: Receiver, settings: Any, monkeypatch: pytest.MonkeyPatch
):
    settings.WEBHOOK_ALLOWED_NETWORKS = ["127.0.0.1/32"]
    asked = names(monkeypatch, ["127.0.0.1"], ["169.254.169.254"])
    url = f"http://receiver.example:{receiver.port}/"
    assert line.post(url, b"{}", {}).is_taken
    assert line.post(url, b"{}", {}).is_taken, "the connection was kept"
    assert asked == ["receiver.example"]
    assert receiver.seen[0].headers["Host"] == f"receiver.example:{receiver.port}"
    second = Line()
    assert "not on the public internet" in second.post(url, b"{}", {}).error
    second.close()


def test_a_redirect_is_not_followed(line: Line, receiver: Receiver):
    receiver.manner = lambda handler: handler.say(302, Location="http://169.254.169.254/latest/meta-data/")
    answer = line.post(receiver.url, b"{}", {})
    assert (answer.status, answer.is_taken, len(receiver.seen)) == (302, False, 1)


def test_proxies_of_the_environment_are_not_asked(line: Line, receiver: Receiver, monkeypatch: pytest.MonkeyPatch):
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "HTTPS_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert line.post(receiver.url, b"{}", {}).is_taken


SLOW: dict[str, Callable[[Handler], None]] = {
    "never answers": lambda handler: handler.never_answer(),
    "drips its headers": lambda handler: handler.drip(),
    "drips its status": lambda handler: handler.drip(b"HTTP/1.1 2"),
    "goes on continuing": lambda handler: handler.drip(b"HTTP/1.1 100 Continue\r\n\r\n" * 9),
}


@pytest.mark.parametrize("manner", SLOW)
def test_the_time_of_a_request_is_bounded_as_a_whole(manner: str, line: Line, receiver: Receiver, settings: Any):
    settings.WEBHOOK_TIMEOUT_SECONDS = 0.4
    receiver.manner = SLOW[manner]
    began = time.monotonic()
    answer = line.post(receiver.url, b"{}", {})
    assert (answer.status, answer.error) == (None, "The receiver did not answer within 0.4 seconds.")
    assert time.monotonic() - began < 5


def test_a_body_without_end_is_cut_and_its_status_counts(line: Line, receiver: Receiver):
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    receiver.manner = lambda handler: handler.flood()
    answer = line.post(receiver.url, b"{}", {})
    assert answer.is_taken
    assert len(answer.body) == wire.MOST_READ
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100 * 1024  # KiB
    receiver.manner = lambda handler: handler.say(200)
    assert line.post(receiver.url, b"{}", {}).is_taken, "on a new connection"


def test_a_body_that_drips_after_a_good_status_is_taken(line: Line, receiver: Receiver, monkeypatch: Any):
    monkeypatch.setattr(wire, "BODY_SECONDS", 0.2)
    receiver.manner = lambda handler: handler.drip(b"HTTP/1.1 200 OK\r\nContent-Length: 99999\r\n\r\n")
    assert line.post(receiver.url, b"{}", {}).is_taken


def test_nonsense_and_hanging_up_are_failures_and_no_faults(line: Line, receiver: Receiver):
    def mutter(handler: Handler) -> None:
        handler.wfile.write(b"\x16\x03\x01 mumble\r\n\r\n" * 20)
        handler.hang_up()

    def boast(handler: Handler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\n" + b"X-Much: " + b"a" * (1 << 20))
        handler.hang_up()

    for manner in (mutter, boast, lambda handler: handler.hang_up()):
        receiver.manner = manner
        answer = line.post(receiver.url, b"{}", {})
        assert answer.status is None
        assert answer.error.startswith("The connection failed: ")
    nobody = line.post("http://127.0.0.1:1025/", b"{}", {})
    assert nobody.error.startswith("The connection failed: ")


def test_a_name_server_that_does_not_answer_costs_no_more_than_the_request(
    line: Line, settings: Any, monkeypatch: pytest.MonkeyPatch
):
    settings.WEBHOOK_TIMEOUT_SECONDS = 0.3
    waits = threading.Event()
    monkeypatch.setattr(addresses.socket, "getaddrinfo", lambda *_, **__: waits.wait(20) and [])
    answer = line.post("https://receiver.example/", b"{}", {})
    waits.set()
    assert answer.error == "The connection failed: The name server did not answer in time."


@pytest.fixture
def trusting(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """Trusts the authority of these tests, as it would a company's own."""
    authority().cert_pem.write_to_path(str(tmp_path / "authority.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
    wire._ssl_context.cache_clear()
    yield
    wire._ssl_context.cache_clear()


def over_tls(line: Line, host: str) -> Answer:
    with receiving(tls=True) as receiver:
        return line.post(f"https://{host}:{receiver.port}/", b"{}", {})


def test_https_reaches_the_name_at_the_address_that_was_judged(
    trusting: None, line: Line, monkeypatch: pytest.MonkeyPatch
):
    names(monkeypatch, ["127.0.0.1"])
    assert over_tls(line, "receiver.example").is_taken
    assert "No safe connection: Hostname mismatch" in over_tls(line, "other.example").error


def test_a_certificate_nobody_vouches_for_is_refused(line: Line, monkeypatch: pytest.MonkeyPatch):
    names(monkeypatch, ["127.0.0.1"])
    assert "No safe connection: unable to get local issuer certificate" in over_tls(line, "receiver.example").error
