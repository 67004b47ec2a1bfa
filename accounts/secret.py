"""Secrets shown once: `onh_` + 32 random bytes + a checksum, so a truncated or mistyped one is known without asking the
database, and secret scanners can recognise it. Only the SHA-256 is kept: enough for 256 random bits."""

from __future__ import annotations

import hashlib
import secrets
import zlib

MARK = "onh_"
RANDOM_LENGTH = 43
CHECKSUM_LENGTH = 6
PREFIX_LENGTH = 12
ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


def _base62(number: int, length: int) -> str:
    digits = []
    for _ in range(length):
        number, digit = divmod(number, 62)
        digits.append(ALPHABET[digit])
    return "".join(reversed(digits))


def _checksum(body: str) -> str:
    return _base62(zlib.crc32(body.encode()), CHECKSUM_LENGTH)


def mint() -> str:
    """A new secret."""
    body = MARK + _base62(int.from_bytes(secrets.token_bytes(32)), RANDOM_LENGTH)
    return body + _checksum(body)


def is_well_formed(secret: str) -> bool:
    """True when the secret is whole; says nothing about whether anybody issued it."""
    if (
        len(secret) != len(MARK) + RANDOM_LENGTH + CHECKSUM_LENGTH
        or not secret.startswith(MARK)
        or not secret.isascii()
    ):
        return False
    return _checksum(secret[:-CHECKSUM_LENGTH]) == secret[-CHECKSUM_LENGTH:]


def digest(secret: str) -> bytes:
    """What is stored instead of the secret."""
    return hashlib.sha256(secret.encode()).digest()


def prefix(secret: str) -> str:
    """The part that is shown in lists, to tell secrets apart."""
    return secret[:PREFIX_LENGTH]
