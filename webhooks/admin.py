"""Webhooks at the desk: how each gets on, what was sent, and the buttons. They are made and changed through the API."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from unfold.contrib.filters.admin import ChoicesDropdownFilter
from unfold.decorators import action

from inventory_project.desk import show
from inventory_project.desk.model_admin import DeskAdmin, NothingToWrite
from inventory_project.desk.session import desk_of, find_desk
from inventory_project.kernel.access import Role
from webhooks.models import WebhookDelivery, WebhookEndpoint
from webhooks.selectors import endpoints as selectors
from webhooks.services import endpoints

STATE_COLORS = {"ok": "success", "retrying": "warning", "paused": "danger"}
STATUS_COLORS = {"delivered": "success", "pending": "info", "failed": "warning", "dead": "danger"}


class ForAdmins(NothingToWrite, DeskAdmin):
    """Whoever sees where the log goes is an admin; so is whoever has it sent again."""

    read_role = Role.ADMIN

    def has_steer_permission(self, request: HttpRequest) -> bool:
        desk = find_desk(request)
        return desk is not None and desk.may_write(Role.ADMIN)


@admin.register(WebhookEndpoint)
class WebhookEndpointAdmin(ForAdmins):
    icon, place, log_name = "webhook", 10, "endpoint"
    words = ("webhook", "webhooks")
    list_display = ["shown", "url", "state_shown", "reason", "failures", "next_try", "last_taken", "is_active"]
    list_filter = [("state", ChoicesDropdownFilter), "is_active"]
    search_fields = ["url", "description"]
    ordering = ["id"]
    sortable_by: list[str] = []
    fields = [
        "url", "description", "types", "stores", "includes_costs", "batch_size", "is_active", "state_shown", "reason",
        "failures", "next_try", "last_taken", "place_in_log", "previous_shown",
    ]  # fmt: skip
    readonly_fields = ["state_shown", "next_try", "last_taken", "place_in_log", "previous_shown"]
    actions = ["send_test", "go_on"]

    def get_queryset(self, request: HttpRequest) -> Any:
        return selectors.visible_to(desk_of(request).access).order_by(*self.ordering)

    @show.column("Webhook")
    def shown(self, endpoint: WebhookEndpoint) -> str:
        return f"{endpoint.pk}: {endpoint}"

    @show.column("State")
    def state_shown(self, endpoint: WebhookEndpoint) -> Any:
        return show.badge(endpoint.get_state_display(), STATE_COLORS[endpoint.state])

    @show.column("Next try")
    def next_try(self, endpoint: WebhookEndpoint) -> str:
        return show.instant(endpoint.next_attempt_at)

    @show.column("Last taken")
    def last_taken(self, endpoint: WebhookEndpoint) -> str:
        return show.instant(endpoint.last_delivered_at)

    @show.column("Place in the log")
    def place_in_log(self, endpoint: WebhookEndpoint) -> str:
        return str(endpoint.cursor)

    @show.column("Old secret signs until")
    def previous_shown(self, endpoint: WebhookEndpoint) -> str:
        return show.instant(endpoint.previous_until)

    @action(description="Send a test event", permissions=["steer"])
    def send_test(self, request: HttpRequest, chosen: Any) -> None:
        actor = desk_of(request).actor
        self.each(request, chosen, "Test on its way", lambda row: endpoints.test(acting_as=actor, record=row))

    @action(description="Resume", permissions=["steer"])
    def go_on(self, request: HttpRequest, chosen: Any) -> None:
        actor = desk_of(request).actor
        self.each(request, chosen, "Resumed", lambda row: endpoints.resume(acting_as=actor, record=row))


@admin.register(WebhookDelivery)
class WebhookDeliveryAdmin(ForAdmins):
    icon, place, log_name = "send", 11, "delivery"
    words = ("webhook delivery", "webhook deliveries")
    list_display = ["id", "endpoint", "kind", "state", "events", "attempts", "response_status", "duration_ms", "begun"]
    list_filter = [("status", ChoicesDropdownFilter), ("kind", ChoicesDropdownFilter)]
    search_fields = ["endpoint__url", "endpoint__description"]
    search_help_text = "Address or description of the webhook"
    ordering = ["-id"]
    sortable_by: list[str] = []
    fields = [
        "id", "endpoint", "kind", "state", "events", "after", "until", "attempts", "response_status", "duration_ms",
        "answer", "error", "begun", "tried", "ended",
    ]  # fmt: skip
    readonly_fields = ["id", "state", "begun", "tried", "ended"]
    actions = ["send_again"]

    def get_queryset(self, request: HttpRequest) -> Any:
        return selectors.deliveries_visible_to(desk_of(request).access).order_by(*self.ordering)

    @show.column("State")
    def state(self, delivery: WebhookDelivery) -> Any:
        return show.badge(delivery.get_status_display(), STATUS_COLORS.get(delivery.status, ""))

    @show.column("Begun")
    def begun(self, delivery: WebhookDelivery) -> str:
        return show.instant(delivery.created_at)

    @show.column("Last try")
    def tried(self, delivery: WebhookDelivery) -> str:
        return show.instant(delivery.attempted_at)

    @show.column("Ended")
    def ended(self, delivery: WebhookDelivery) -> str:
        return show.instant(delivery.finished_at)

    @action(description="Send again", permissions=["steer"])
    def send_again(self, request: HttpRequest, chosen: Any) -> None:
        actor = desk_of(request).actor
        self.each(request, chosen, "Sent again", lambda row: endpoints.replay_delivery(acting_as=actor, delivery=row))
