"""Speaking HTTP as tills do: a login each, connections that stay open, and the same key again when in doubt."""

from __future__ import annotations

import threading
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx
import numpy as np

TRIES = 6
LONGEST_WAIT = 5.0
PAGE = 500
AGAIN = {429, 502, 503, 504}


class Unreachable(Exception):
    """Nobody answers, or not to these logins; the message is for the person at the keyboard."""


@dataclass(slots=True)
class Tally:
    """What was sent and how it was answered. Many threads write to it."""

    answers: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    troubles: Counter[str] = field(default_factory=Counter)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, what: str, answer: str, seconds: float | None = None, count: int = 1) -> None:
        with self.lock:
            self.answers[what][answer] += count
            if seconds is not None:
                self.seconds[what].append(seconds)

    def trouble(self, what: str) -> None:
        with self.lock:
            self.troubles[what] += 1

    def total(self, answer: str) -> int:
        with self.lock:
            return sum(counter[answer] for counter in self.answers.values())

    def milliseconds(self, what: str | None = None) -> tuple[float, float, float]:
        """p50, p95, p99 of one kind of request, or of all; zeros when there were none."""
        with self.lock:
            lists = [self.seconds[what]] if what else list(self.seconds.values())
            taken = [second for seconds in lists for second in seconds]
        if not taken:
            return 0.0, 0.0, 0.0
        p50, p95, p99 = np.percentile(taken, [50, 95, 99]) * 1000
        return float(p50), float(p95), float(p99)


class Till:
    """One person's login at one address. Threads may share it."""

    def __init__(self, client: httpx.Client, tally: Tally, username: str, password: str) -> None:
        self.client, self.tally = client, tally
        self.username, self.password = username, password
        self.headers: dict[str, str] = {}

    def sign_in(self) -> None:
        """Raises Unreachable."""
        body = {"username": self.username, "password": self.password}
        answer = self._send("sign in", "POST", "/api/auth/login/", json=body, headers={})
        if answer.status_code != 200:
            raise Unreachable(f"{self.username} cannot sign in at {self.client.base_url}: {_detail(answer)}")
        self.headers = {"Authorization": f"Token {answer.json()['token']}"}

    def get(self, path: str, **params: Any) -> Any:
        answer = self._send("read", "GET", path, params=params, headers=self.headers)
        if answer.status_code != 200:
            raise Unreachable(f"GET {path} was answered with {answer.status_code}: {_detail(answer)}")
        return answer.json()

    def every(self, path: str, **params: Any) -> Iterator[dict[str, Any]]:
        """All rows of a list, page by page."""
        page = self.get(path, page_size=PAGE, **params)
        while True:
            yield from page["results"]
            if not page["next"]:
                return
            page = self.get(str(httpx.URL(page["next"]).raw_path, "ascii"))

    def post(
        self, what: str, path: str, body: Any, key: str, headers: Mapping[str, str] | None = None
    ) -> httpx.Response:
        """Send one change under its key. Raises Unreachable when the instance stays away."""
        sent = {**self.headers, "Idempotency-Key": key, **(headers or {})}
        return self._send(what, "POST", path, json=body, headers=sent)

    def _send(self, what: str, method: str, path: str, **request: Any) -> httpx.Response:
        """A request, repeated while the instance is busy or away: its key makes that harmless."""
        trouble = ""
        for number in range(TRIES):
            started = time.monotonic()
            try:
                answer = self.client.request(method, path, **request)
            except httpx.HTTPError as error:
                trouble, wait = type(error).__name__, 0.2 * 2**number
            else:
                if answer.status_code not in AGAIN:
                    self.tally.note(what, "requests", time.monotonic() - started)
                    return answer
                trouble, wait = str(answer.status_code), float(answer.headers.get("Retry-After", 0.2 * 2**number))
            self.tally.trouble(trouble)
            if what == "sign in" and not trouble.isdigit():
                break  # nobody is there at all: say so at once
            time.sleep(min(wait, LONGEST_WAIT))
        raise Unreachable(f"{self.client.base_url} does not answer ({trouble}).")


def _detail(answer: httpx.Response) -> str:
    try:
        return str(answer.json()["detail"])
    except (ValueError, KeyError, TypeError):
        return answer.text[:100]
