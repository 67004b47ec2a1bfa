"""Links that work by themselves for a few minutes, so that a browser or a download program need not log in again.

A link opens one file and nothing else. Whoever holds it gets the file with the present rights of the one who asked for
it: it ends at once with the membership, with the token it was made through, and with the export. Reasons: ADR 16.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core import signing
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework import exceptions
from rest_framework.authentication import BaseAuthentication
from rest_framework.request import Request
from rest_framework.reverse import reverse

from accounts.selectors import credentials
from inventory_project.api import throttles
from inventory_project.api.exceptions import CHALLENGE
from inventory_project.api.views import KnownCaller
from inventory_project.kernel.access import Access
from stock.models import ExportJob
from stock.selectors import exports

PARAM = "link"
SIGNER = signing.TimestampSigner(salt="stock.exports.link")


class LinkInvalid(exceptions.AuthenticationFailed):
    default_code = "link_invalid"
    default_detail = "This link is not valid. Read the export again for a new one."


class LinkExpired(exceptions.AuthenticationFailed):
    default_code = "link_expired"
    default_detail = "This link has expired. Read the export again for a new one."


def link_to(job: ExportJob, request: Request) -> str:
    """The address of the file, good for EXPORT_LINK_SECONDS."""
    address = reverse("export-download", [job.pk], request=request).removesuffix("/") + "/"
    return f"{address}?{PARAM}={SIGNER.sign_object([job.pk, job.organization_id])}"


class LinkAuthentication(BaseAuthentication):
    """`?link=`, beside a token or a session."""

    def authenticate_header(self, request: Request) -> str:
        return CHALLENGE

    def authenticate(self, request: Request) -> tuple[KnownCaller, Access] | None:
        text = request.query_params.get(PARAM)
        if text is None:
            return None
        try:
            job_id, organization_id = SIGNER.unsign_object(text, max_age=settings.EXPORT_LINK_SECONDS)
        except signing.SignatureExpired as error:
            raise LinkExpired() from error
        except (signing.BadSignature, ValueError) as error:
            # Guessing is charged to the address.
            throttles.require(f"address:{throttles.client_address(request)}", settings.RATE_LIMITS["address"])
            raise LinkInvalid() from error
        maker = exports.maker_of(job_id, organization_id)
        if maker is None or str(job_id) != request.parser_context["kwargs"]["pk"]:
            raise LinkInvalid()
        if maker[1] is not None:
            # Callers with a token are charged where they are authenticated, and that is here.
            throttles.require(f"token:{maker[1]}", settings.RATE_LIMITS["token"])
        access = credentials.access_now(user_id=maker[0], organization_id=organization_id, token_id=maker[1])
        if access is None:
            raise LinkInvalid()
        return KnownCaller(access.user_id, access.username), access


class LinkScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """The link in the API's description."""

    target_class = "stock.api.export_links.LinkAuthentication"
    name = "exportLink"

    def get_security_definition(self, auto_schema: Any) -> dict[str, Any]:
        said = "Part of an export's `download_url`: opens its one file for some minutes."
        return {"type": "apiKey", "in": "query", "name": PARAM, "description": said}
