"""Telling an organisation's admins by mail that a webhook was given up."""

from __future__ import annotations

from datetime import timedelta

from django.utils.html import format_html

from accounts.selectors import people
from inventory_project.kernel import clock, mail, tenancy
from inventory_project.kernel.mail import Letter
from webhooks.models import WebhookEndpoint

AGAIN = timedelta(minutes=10)


def tell_if_due(*, organization_id: int, endpoint_id: int) -> None:
    """Mail what is to be told. A mail that was not taken is tried again; rather twice than never."""
    with tenancy.scope(organization_id):
        endpoint = WebhookEndpoint.objects.filter(pk=endpoint_id, tell_at__lte=clock.now()).first()
        addresses = people.admin_addresses() if endpoint is not None else []
    if endpoint is None:
        return
    failed = bool(addresses) and bool(mail.send(_letter(endpoint), to=addresses))
    with tenancy.scope(organization_id):
        paused_again = WebhookEndpoint.objects.filter(pk=endpoint_id, tell_at=endpoint.tell_at)
        paused_again.update(tell_at=clock.now() + AGAIN if failed else None)


def _letter(endpoint: WebhookEndpoint) -> Letter:
    told = (
        f"The webhook {endpoint} ({endpoint.url}) was paused after {endpoint.failures} failed tries in a row.",
        f"The last thing that went wrong: {endpoint.reason}",
        "Nothing is lost: what happens meanwhile is kept and sent, in order, once somebody resumes the webhook under "
        "Webhooks at the desk, or by POST /api/webhooks/"
        f"{endpoint.pk}/resume/.",
    )
    html = "".join(format_html("<p>{}</p>", sentence) for sentence in told)
    return Letter(subject=f"Webhook paused: {endpoint}", text="\n\n".join(told) + "\n", html=html)
