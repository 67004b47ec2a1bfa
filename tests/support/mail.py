"""A real SMTP server that keeps what it was given, and can be told to refuse."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller

from inventory_project.runtime.ports import free_port


@dataclass
class Post:
    """The mail server: `letters` as they came, with whom the envelope names."""

    host: str = "127.0.0.1"
    port: int = 0
    refuses: bool = False
    letters: list[tuple[list[str], EmailMessage]] = field(default_factory=list)

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        if self.refuses:
            return "451 Come back later"
        letter = email.message_from_bytes(envelope.content, policy=email.policy.default)
        assert isinstance(letter, EmailMessage)
        self.letters.append((list(envelope.rcpt_tos), letter))
        return "250 Kept"

    def settings(self) -> dict[str, Any]:
        """What the project's settings must say to write here."""
        backend = "django.core.mail.backends.smtp.EmailBackend"
        return {"EMAIL_BACKEND": backend, "EMAIL_HOST": self.host, "EMAIL_PORT": self.port, "EMAIL_USE_TLS": False}


@contextmanager
def post_office() -> Iterator[Post]:
    post = Post(port=free_port())
    server = Controller(post, hostname=post.host, port=post.port)
    server.start()
    try:
        yield post
    finally:
        server.stop()
