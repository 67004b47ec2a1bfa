"""The words of this room."""

from __future__ import annotations

from django.db import models


class EndpointState(models.TextChoices):
    """How an endpoint gets on."""

    OK = "ok"
    RETRYING = "retrying"  # the receiver did not take the last batch; it is tried again
    PAUSED = "paused"  # given up, until somebody resumes it


class DeliveryKind(models.TextChoices):
    """Why something is sent."""

    EVENTS = "events"  # the endpoint's own line through the log
    REPLAY = "replay"  # one delivery, sent again because somebody asked
    PING = "ping"  # a test


class DeliveryStatus(models.TextChoices):
    """What became of a delivery."""

    PENDING = "pending"
    DELIVERED = "delivered"
    FAILED = "failed"  # a replay or a test: these are tried once
    DEAD = "dead"  # tried for days and given up: the endpoint is paused before it
    REPLACED = "replaced"  # the endpoint was sent elsewhere in the log before this was taken
