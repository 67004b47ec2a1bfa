"""Which form an answer takes."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import Http404
from rest_framework.exceptions import ValidationError
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.renderers import BaseRenderer


class NamedFormat(DefaultContentNegotiation):
    """Refuses a `?format=` this address does not have by name; "not found" would be taken for the address."""

    def filter_renderers(self, renderers: Sequence[BaseRenderer], format: str) -> list[BaseRenderer]:
        try:
            return super().filter_renderers(renderers, format)
        except Http404:
            known = ", ".join(dict.fromkeys(str(renderer.format) for renderer in renderers))
            raise ValidationError({"format": [f"This form is not offered here. Known: {known}."]}) from None
