"""The stream, and the polling form of it that waits.

A view says yes or no and where to begin; a web server's door that can (`request.META[DOOR]`) then serves the listener
in its event loop, so that none of its few threads is held. Behind any other server both answer at once: the stream
with what was missed, after which the client comes back by itself.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, StreamingHttpResponse
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from audit.api.examples import CHANGES
from audit.api.serializers import ChangesFilterSerializer, ChangesQuestionSerializer, ChangesSerializer
from audit.selectors import feed
from audit.selectors.feed import Cursor, position_of
from audit.selectors.lines import horizon
from inventory_project.api.renderers import OrjsonRenderer
from inventory_project.api.views import OrganizationView
from inventory_project.kernel.access import Role
from live import origins
from live.api import examples
from live.doors import DOOR, WAITED, Waits
from live.errors import OriginRefused, TooManyConnections
from live.events import Event, Wanted
from live.hub import hub
from live.leases import Lease
from live.selectors.rights import Credential
from live.streams import Stream, greeting

CATCH_UP = 1000
EVENT_STREAM = "text/event-stream"


class ListeningView(OrganizationView):
    """What both forms know of their caller."""

    scope_area = "stock"
    read_role = write_role = Role.STAFF

    def listener(self, wanted: Wanted, cursor: Cursor, lease: Lease | None = None) -> Stream:
        return Stream(self.credential(), self.access, wanted, cursor, lease)

    def credential(self) -> Credential:
        _, _, text = self.request.META.get("HTTP_AUTHORIZATION", "").partition(" ")
        token = Credential.of_token(text.strip()) if self.access.token_id is not None else None
        return token or Credential(session_key=self.request._request.session.session_key or "")

    def require_own_page(self) -> None:
        """Raises OriginRefused."""
        request = self.request._request
        origin = request.headers.get("Origin")
        if not origins.is_allowed(origin, scheme=request.scheme or "http", host=request.get_host()):
            raise OriginRefused()


def wanted_of(asked: dict[str, Any], *, log_only: bool = False) -> Wanted:
    stores = asked.get("store")
    return Wanted(
        stores=None if stores is None else frozenset(stores),
        types=tuple(asked.get("types") or ()),
        kinds=frozenset(asked.get("kinds") or ()),
        log_only=log_only,
    )


class StreamView(ListeningView):
    """What changes, as it happens."""

    query_parameters = tuple(ChangesFilterSerializer().fields)

    def perform_content_negotiation(self, request: Request, force: bool = False) -> tuple[BaseRenderer, str]:
        # Browsers ask for an event stream; a refusal is JSON as everywhere.
        return OrjsonRenderer(), OrjsonRenderer.media_type

    @extend_schema(
        summary="Listen to what changes, as server-sent events",
        description="One unnamed event for each change, as `/api/changes` lists them: sales and other movements, "
        "transfers, alerts, and for managers the catalogue. The event `kpi` brings the dashboard's figures, `import` "
        "how far an import is, each when it changed and at most four times a second; whoever names `types` gets them "
        "by naming `kpi` or `import` too. Every event's id is its cursor: a browser sends the last one as "
        "`Last-Event-ID` when it comes back, and is told everything between. A sign of life comes every 15 seconds. "
        "The event `goodbye` says why the server ends a stream. A token that is revoked, a logout or a changed role "
        "takes effect within five seconds.",
        parameters=[
            ChangesFilterSerializer,
            OpenApiParameter("Last-Event-ID", str, OpenApiParameter.HEADER, description="Goes before `since`."),
        ],
        responses={(200, EVENT_STREAM): examples.EVENT},
        examples=[examples.STREAM],
    )
    def get(self, request: Request, **kwargs: Any) -> HttpResponse:
        self.require_own_page()
        asked = ChangesFilterSerializer(data=request.query_params)
        asked.is_valid(raise_exception=True)
        since = request.headers.get("Last-Event-ID") or asked.validated_data["since"] or "now"
        cursor = position_of(since, now=horizon())
        wanted = wanted_of(asked.validated_data)
        if DOOR in request.META and request.method == "GET":
            answer: Any = StreamingHttpResponse((), content_type=EVENT_STREAM)
            answer.live = self.listener(wanted, cursor, hub().admit(self.access))
        else:
            answer = HttpResponse(self._missed(self.listener(wanted, cursor)), content_type=EVENT_STREAM)
        answer["Cache-Control"] = "no-store, no-transform"
        answer["X-Accel-Buffering"] = "no"
        return answer

    def _missed(self, stream: Stream) -> bytes:
        wanted = stream.wanted
        page = feed(
            access=self.access,
            since=str(stream.cursor),
            limit=CATCH_UP,
            stores=wanted.stores,
            types=wanted.types,
            kinds=wanted.kinds,
        )
        return greeting(stream) + b"".join(Event(entry).frame_for(self.access) for entry in page.entries)


class ChangesView(ListeningView):
    """What changed since a cursor or an instant: the polling form of the live feed."""

    query_parameters = tuple(ChangesQuestionSerializer().fields)

    @extend_schema(
        summary="Read what changed since a cursor or an instant",
        description="Oldest first. Staff see the stock events and alerts of their own stores; managers the "
        "catalogue's too; admins everything; a token needs `audit:read`, or the room's own scope, for what is neither. "
        "A change appears once every transaction begun before it has ended, so none is skipped. With `wait` an answer "
        "that would be empty is put off until something happens.",
        parameters=[ChangesQuestionSerializer],
        responses=ChangesSerializer,
        examples=[CHANGES],
    )
    def get(self, request: Request, **kwargs: Any) -> Response:
        asked = ChangesQuestionSerializer(data=request.query_params)
        asked.is_valid(raise_exception=True)
        wanted = asked.validated_data
        page = feed(
            access=self.access,
            since=wanted["since"],
            limit=wanted["limit"],
            stores=wanted.get("store"),
            types=wanted.get("types"),
            kinds=wanted.get("kinds"),
        )
        answer = {"results": page.entries, "next": str(page.next), "has_more": page.has_more}
        response: Any = Response(ChangesSerializer(answer, context={"access": self.access}).data)
        if wanted["wait"] and not page.entries and not page.has_more and (lease := self._may_wait()):
            response.live = Waits(self.listener(wanted_of(wanted, log_only=True), page.next, lease), wanted["wait"])
        return response

    def _may_wait(self) -> Lease | None:
        if DOOR not in self.request.META or WAITED in self.request.META or self.request.method != "GET":
            return None
        try:
            return hub().admit(self.access)
        except TooManyConnections:
            return None
