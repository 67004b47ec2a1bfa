"""Every way webhooks say no."""

from __future__ import annotations

from inventory_project.kernel.errors import Conflict, DomainError


class TooManyEndpoints(Conflict):
    """The organisation has as many endpoints as it may."""

    code = "too_many_webhooks"
    default_detail = "An organisation has at most 20 webhooks. Delete one first."


class NothingToResume(Conflict):
    """Only what was given up, or waits for its next try, can be resumed."""

    code = "nothing_to_resume"
    default_detail = "This webhook is neither paused nor waiting for another try."


class NothingToReplay(Conflict):
    """The delivery has no events, as a test has none, or is still on its way."""

    code = "nothing_to_replay"
    default_detail = "This delivery has nothing to send again: it was a test, or it is still on its way."


class SecretLost(DomainError):
    """The key that the endpoint's secret is derived from is none of the installation's."""

    code = "secret_lost"
    default_detail = "The installation's SECRET_KEY has changed since this secret was made. Rotate the secret."
