"""One time for all stores at which a list is mailed. To whom a store's list goes is said with the mailed list."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from unfold.widgets import UnfoldAdminCheckboxSelectMultipleWidget

from inventory_project.desk import show
from inventory_project.desk.forms import ClockInput, DeskForm
from inventory_project.desk.model_admin import DeskAdmin
from inventory_project.desk.session import desk_of
from inventory_project.kernel.access import Role
from stock.models import MailingSchedule
from stock.selectors import mailings as selectors
from stock.services import mailing_schedules

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
TAKEN = "There is a time for this list already. Change that one."


class ScheduleForm(DeskForm):
    """A time of day and weekdays, by the organisation's clock."""

    at = forms.TimeField(
        widget=ClockInput,
        label="From",
        help_text="By the organisation's clock, for all stores. It goes before the stores' own hours.",
    )
    weekdays = forms.TypedMultipleChoiceField(
        coerce=int, choices=list(enumerate(DAYS)), widget=UnfoldAdminCheckboxSelectMultipleWidget, label="On"
    )

    def clean_kind(self) -> str:
        kind: str = self.cleaned_data["kind"]
        if self.instance.pk is None and selectors.schedule_of(kind) is not None:
            raise forms.ValidationError(TAKEN)
        return kind


@admin.register(MailingSchedule)
class MailingScheduleAdmin(DeskAdmin):
    """Admins set and remove it; managers look."""

    icon, place, log_name = "schedule_send", 71, "mailing_schedule"
    words = ("mailing time", "mailing times")
    write_role = Role.ADMIN
    form = ScheduleForm
    list_display = ["kind_shown", "time", "days"]
    ordering = ["kind"]
    fields = ["kind", "at", "weekdays"]
    delete_words = "Each store is mailed the list from its own hour on again, every day."

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return ["kind"] if obj else []

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        if obj is None or self.has_change_permission(request, obj):
            return self.fields
        return ["kind", "at", "days"]

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """The log knows it by the kind of list: there is one of each."""
        found = self.get_object(request, object_id)
        if found is None:
            return HttpResponseRedirect(self.url("changelist"))
        return super().history_view(request, found.kind, extra_context)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        desk, data = desk_of(request), form.cleaned_data
        kind = obj.kind if change else data["kind"]
        mailing_schedules.set_for(
            kind=kind, at=data["at"], weekdays=data["weekdays"], access=desk.access, acting_as=desk.actor
        )
        obj.pk = MailingSchedule.objects.get(kind=kind).pk

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        desk = desk_of(request)
        mailing_schedules.set_for(kind=obj.kind, at=None, weekdays=[], access=desk.access, acting_as=desk.actor)

    @show.column("List")
    def kind_shown(self, schedule: MailingSchedule) -> str:
        return str(schedule.get_kind_display())

    @show.column("From")
    def time(self, schedule: MailingSchedule) -> str:
        return f"{schedule.at:%H:%M}, by the organisation's clock"

    @show.column("On")
    def days(self, schedule: MailingSchedule) -> str:
        if len(schedule.weekdays) == len(DAYS):
            return "every day"
        return ", ".join(DAYS[day] for day in schedule.weekdays)
