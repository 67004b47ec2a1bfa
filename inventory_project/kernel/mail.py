"""Mail out: one message with a text part, an HTML part and files, or a plain sentence why it was not taken."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.core.mail import EmailMultiAlternatives

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class File:
    """An attachment; `content` is text."""

    name: str
    content: str
    media_type: str = "text/csv"


@dataclass(frozen=True, slots=True)
class Letter:
    """What is mailed: the same said twice, as text and as HTML. `message_id` is the same for a repeat of a letter."""

    subject: str
    text: str
    html: str
    files: Sequence[File] = field(default_factory=tuple)
    message_id: str | None = None


def send(letter: Letter, *, to: Sequence[str]) -> str:
    """Hand the letter to the mail server. Empty when it was taken, else what went wrong, in one line."""
    # A line break in a subject would be a forged header.
    message = EmailMultiAlternatives(" ".join(letter.subject.split()), letter.text, to=list(to))
    message.attach_alternative(letter.html, "text/html")
    for file in letter.files:
        message.attach(file.name, file.content, file.media_type)
    if letter.message_id is not None:
        message.extra_headers["Message-ID"] = letter.message_id
    try:
        message.send()
    except Exception as error:  # whatever the server or the way to it says, it means: not sent
        logger.warning("mail not sent", extra={"error": str(error)})
        return " ".join(f"{type(error).__name__}: {error}".split())[:300]
    return ""
