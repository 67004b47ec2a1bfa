"""Where a webhook may go: https to a public address, and never into a network of ours.

A name is judged by the addresses it leads to, each of them, at the moment of connecting; `wire` then connects to the
addresses that were judged and asks no name server again.
"""

from __future__ import annotations

import re
import socket
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as TookTooLong
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import urlsplit

from django.conf import settings

from webhooks.models import LONGEST_URL

Address = IPv4Address | IPv6Address
PORTS = {"https": 443, "http": 80}
# Below it live the protocols of mail, name servers and the like; above, anybody's web server.
LEAST_OTHER_PORT = 1024
_NAME = re.compile(r"(?!-)[A-Za-z0-9_-]{1,63}(\.[A-Za-z0-9_-]{1,63})*\.?")
_PRINTABLE = re.compile(r"[\x21-\x7e]+")

NAT64 = ip_network("64:ff9b::/96")
# Public by the register of addresses, and yet a way to somewhere else, or to nobody in particular.
NEVER = tuple(
    ip_network(text)
    for text in (
        "192.88.99.0/24",  # relays of 6to4
        "::ffff:0:0/96", "::/96", "64:ff9b:1::/48", "2001::/23", "2002::/16", "fec0::/10",
    )
)  # fmt: skip
RESOLVERS = 32


class NotAllowed(Exception):
    """The address must not be connected to; the text is a sentence for people, without the address."""


@dataclass(frozen=True, slots=True)
class Target:
    """An address of the web in parts. `host` is a name or an address without brackets."""

    scheme: str
    host: str
    port: int
    path: str


def parse(url: str) -> Target:
    """Raises NotAllowed, saying what is wrong with the form."""
    if len(url) > LONGEST_URL or not _PRINTABLE.fullmatch(url) or "\\" in url:
        raise NotAllowed(f"An address of at most {LONGEST_URL} printable ASCII characters.")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise NotAllowed("Not an address of the web.") from error
    if parts.scheme not in PORTS or (parts.scheme == "http" and not settings.WEBHOOK_ALLOW_HTTP):
        raise NotAllowed("The address must begin with https://.")
    if parts.username is not None or parts.password is not None:
        raise NotAllowed("The address must not hold a name and a password.")
    if "#" in url:
        raise NotAllowed("The address must not end in a fragment (#).")
    host = parts.hostname or ""
    _judge_host(host)
    if port is not None and port != PORTS[parts.scheme] and port < LEAST_OTHER_PORT:
        raise NotAllowed(f"Use port {PORTS[parts.scheme]}, or one from {LEAST_OTHER_PORT} on.")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(parts.scheme, host, PORTS[parts.scheme] if port is None else port, path)


def _judge_host(host: str) -> None:
    literal = _literal(host)
    if literal is not None:
        if not may_connect(literal):
            raise NotAllowed("This address is not on the public internet.")
    elif not _NAME.fullmatch(host) or len(host) > 253 or host.rstrip(".").rpartition(".")[2].isdigit():
        raise NotAllowed("The address names no host. Write names with other letters in their ASCII form (xn--…).")


def addresses_of(host: str, port: int, *, seconds: float) -> list[Address]:
    """Where the name leads, asked once. Raises NotAllowed when one of the addresses is not public; OSError."""
    literal = _literal(host)
    found = [literal] if literal is not None else _resolve(host, port, seconds)
    if not found:
        raise OSError("The name leads nowhere.")
    if not all(may_connect(address) for address in found):
        raise NotAllowed("The name leads to an address that is not on the public internet.")
    return found


def may_connect(address: Address) -> bool:
    """True for an address of the public internet, or of WEBHOOK_ALLOWED_NETWORKS."""
    if any(address in ip_network(text) for text in settings.WEBHOOK_ALLOWED_NETWORKS):
        return True
    if isinstance(address, IPv6Address):
        if address.scope_id is not None:
            return False
        if address in NAT64:  # how an IPv6-only network reaches IPv4
            return may_connect(IPv4Address(int(address) & 0xFFFFFFFF))
    if any(address in network for network in NEVER if network.version == address.version):
        return False
    return address.is_global and not (
        address.is_private or address.is_multicast or address.is_reserved or address.is_unspecified
    )


def _resolve(host: str, port: int, seconds: float) -> list[Address]:
    # The C library has no time limit of its own that could be set for one question.
    asked = _resolvers().submit(socket.getaddrinfo, host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
    try:
        answers = asked.result(timeout=max(seconds, 0))
    except TookTooLong as error:
        asked.cancel()
        raise OSError("The name server did not answer in time.") from error
    except UnicodeError as error:
        raise OSError("The name cannot be looked up.") from error
    return list(dict.fromkeys(ip_address(answer[4][0]) for answer in answers))


@lru_cache(maxsize=1)
def _resolvers() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(RESOLVERS, thread_name_prefix="resolve")


def _literal(host: str) -> Address | None:
    try:
        return ip_address(host)
    except ValueError:
        return None
