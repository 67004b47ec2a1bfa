"""Reservations: what is promised to whom, until when, and the steps a manager takes. The same services as the API's."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from unfold.contrib.filters.admin import ChoicesDropdownFilter

from inventory_project.desk import show
from inventory_project.desk.filters import RelatedFilter
from inventory_project.desk.model_admin import ReadOnlyAdmin, ReadOnlyInline
from inventory_project.desk.session import desk_of
from inventory_project.desk.starts import WithStarts
from inventory_project.desk.steps import WithSteps
from stock.admin.reservation_steps import STARTS, STEPS
from stock.models import Reservation, ReservationLine
from stock.selectors import reservations

LINES_A_PAGE = 50
STATUS_COLORS = {"active": "info", "fulfilled": "success", "expired": "warning"}


class ReservationLineInline(ReadOnlyInline):
    model = ReservationLine
    verbose_name_plural = "Lines"
    per_page = LINES_A_PAGE
    hide_title = True
    show_change_link = False
    fields = ["product", "reserved", "handed_over", "given_back", "still_open"]
    readonly_fields = fields

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("product").order_by("position", "id")

    @show.column("Reserved")
    def reserved(self, line: ReservationLine) -> str:
        return show.number(line.quantity)

    @show.column("Handed over")
    def handed_over(self, line: ReservationLine) -> str:
        return show.number(line.fulfilled)

    @show.column("Given back")
    def given_back(self, line: ReservationLine) -> str:
        return show.number(line.released)

    @show.column("Still reserved")
    def still_open(self, line: ReservationLine) -> str:
        return show.number(line.open)


@admin.register(Reservation)
class ReservationAdmin(WithStarts, WithSteps, ReadOnlyAdmin):
    icon, place, log_name = "bookmark", 34, "reservation"
    words = ("reservation", "reservations")
    list_display = ["label_shown", "store", "state", "until", "reserved_by", "made", "ended"]
    list_filter = [("status", ChoicesDropdownFilter), ("store", RelatedFilter)]
    list_select_related = ["store"]
    search_fields = ["reference"]
    search_help_text = "Reference"
    ordering = ["-id"]
    sortable_by: list[str] = []
    fields = ["label_shown", "store", "state", "reference", "note", "until", "reserved_by", "made", "ended"]
    readonly_fields = ["label_shown", "state", "until", "made", "ended"]
    inlines = [ReservationLineInline]
    steps, starts = STEPS, STARTS

    def facts_of(self, reservation: Reservation) -> list[tuple[str, Any]]:
        return [
            ("Reservation", reservation.label),
            ("Store", reservation.store),
            ("Reference", reservation.reference or show.NOTHING),
            ("Note", reservation.note or show.NOTHING),
            ("Until", show.instant(reservation.expires_at)),
        ]

    def get_queryset(self, request: HttpRequest) -> Any:
        return reservations.visible_to(desk_of(request).access).order_by(*self.ordering)

    @show.column("Reservation")
    def label_shown(self, reservation: Reservation) -> str:
        return reservation.label

    @show.column("State")
    def state(self, reservation: Reservation) -> Any:
        return show.badge(reservation.get_status_display(), STATUS_COLORS.get(reservation.status, ""))

    @show.column("Until")
    def until(self, reservation: Reservation) -> str:
        return show.instant(reservation.expires_at)

    @show.column("Made")
    def made(self, reservation: Reservation) -> str:
        return show.instant(reservation.created_at)

    @show.column("Ended")
    def ended(self, reservation: Reservation) -> str:
        return show.instant(reservation.ended_at)
