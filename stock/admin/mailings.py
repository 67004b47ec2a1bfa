"""Lists mailed to a store's people: who gets them, when, and what became of each day's."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.core.validators import validate_email
from django.db.models import OuterRef, Subquery
from django.http import HttpRequest
from unfold.widgets import (
    UnfoldAdminCheckboxSelectMultipleWidget,
    UnfoldAdminSelectWidget,
    UnfoldAdminTextareaWidget,
    UnfoldBooleanSwitchWidget,
)

from accounts.models import Membership
from inventory_project.desk import show
from inventory_project.desk.filters import RelatedFilter
from inventory_project.desk.forms import DeskForm
from inventory_project.desk.model_admin import DeskAdmin, ReadOnlyInline
from inventory_project.desk.session import Desk, desk_of
from inventory_project.desk.steps import Step, WithSteps
from stock.models import MailingRecipient, MailingRun, StoreMailing
from stock.models.mailings import LAST_HOUR
from stock.selectors import mailings as selectors
from stock.services import mailings
from stores import selectors as stores

RUNS_SHOWN = 20
STATE_COLORS = {"sent": "success", "empty": "", "failed": "danger", "sending": "info"}
HOURS = [(hour, f"{hour:02}:00") for hour in range(LAST_HOUR + 1)]


class MailingForm(DeskForm):
    """Who gets it. Members are offered who may see the store and have an address."""

    hour = forms.TypedChoiceField(
        coerce=int,
        choices=HOURS,
        initial=7,
        widget=UnfoldAdminSelectWidget,
        label="From",
        help_text="Each day from this hour on, by the store's clock, unless the organisation has a schedule.",
    )
    members = forms.ModelMultipleChoiceField(
        Membership.unscoped.none(),
        required=False,
        widget=UnfoldAdminCheckboxSelectMultipleWidget,
        help_text="Members who may see the store and have an e-mail address.",
    )
    is_on = forms.BooleanField(required=False, widget=UnfoldBooleanSwitchWidget, label="Mailed daily")
    emails = forms.CharField(
        required=False,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}),
        label="Other addresses",
        help_text="One a line. Only admins add new ones.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "members" not in self.fields:
            return  # somebody who only reads
        members: Any = self.fields["members"]
        members.label_from_instance = lambda member: f"{member.user.get_full_name() or member.user.username}"
        if self.instance.pk is None:
            self.initial["members"] = []
            members.queryset = Membership.objects.filter(is_active=True).exclude(user__email="").select_related("user")
            return
        members.queryset = selectors.may_get(self.instance.store_id)
        if not members.queryset.exists():
            members.help_text = "No member who may see the store has an e-mail address."
        people = MailingRecipient.objects.filter(mailing=self.instance)
        self.initial["members"] = [one.membership_id for one in people if one.membership_id]
        self.initial["emails"] = "\n".join(one.email for one in people if one.email)

    def clean_emails(self) -> list[str]:
        lines = [line.strip() for line in self.cleaned_data["emails"].splitlines() if line.strip()]
        for line in lines:
            validate_email(line)
        return lines


class RunInline(ReadOnlyInline):
    """What became of the last days' lists."""

    model = MailingRun
    verbose_name_plural = "What was mailed"
    per_page = RUNS_SHOWN
    hide_title = True
    show_change_link = False
    fields = ["day", "state_shown", "products", "to", "tries", "said"]
    readonly_fields = fields

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).order_by("-due_date")

    @show.column("Day")
    def day(self, run: MailingRun) -> str:
        return run.due_date.isoformat()

    @show.column("State")
    def state_shown(self, run: MailingRun) -> Any:
        return show.badge(run.get_state_display(), STATE_COLORS[run.state])

    @show.column("Products")
    def products(self, run: MailingRun) -> str:
        return show.number(run.rows)

    @show.column("To")
    def to(self, run: MailingRun) -> str:
        return ", ".join(run.addresses) or show.NOTHING

    @show.column("Tries")
    def tries(self, run: MailingRun) -> int:
        return run.attempts

    @show.column("What went wrong")
    def said(self, run: MailingRun) -> str:
        return run.error or show.NOTHING


def _send(desk: Desk, mailing: StoreMailing, data: dict[str, Any]) -> object:
    return mailings.send_now(
        store_id=mailing.store_id, kind=mailing.kind, access=desk.access, acting_as=desk.actor, key=data["key"]
    )


STEPS = (
    Step(
        name="send_now",
        title="Mail the list now",
        submit="Send now",
        done="The list was mailed.",
        icon="send",
        warning="It goes to everybody named, beside the day's own list.",
        fits=lambda desk, mailing: True,
        call=_send,
    ),
)


@admin.register(StoreMailing)
class StoreMailingAdmin(WithSteps, DeskAdmin):
    icon, place, log_name, store_path = "mark_email_read", 70, "mailing", "store_id"
    words = ("mailed list", "mailed lists")
    form = MailingForm
    list_display = ["store_shown", "kind_shown", "on", "time", "last"]
    list_filter = ["is_on", ("store", RelatedFilter)]
    list_select_related = ["store"]
    search_fields = ["store__name", "store__code"]
    search_help_text = "Store's name or code"
    ordering = ["store__name", "id"]
    autocomplete_fields = ["store"]
    fields = ["store", "kind", "is_on", "hour", "members", "emails"]
    inlines = [RunInline]
    steps = STEPS

    def get_queryset(self, request: HttpRequest) -> Any:
        newest = MailingRun.objects.filter(mailing_id=OuterRef("id")).order_by("-due_date")
        return (
            super()
            .get_queryset(request)
            .annotate(last_day=Subquery(newest.values("due_date")[:1]), last_state=Subquery(newest.values("state")[:1]))
        )

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return ["store", "kind"] if obj else []

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        if obj is None or self.has_change_permission(request, obj):
            return self.fields
        return ["store", "kind", "is_on", "hour", "people"]

    def get_inlines(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        return self.inlines if obj else []

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def facts_of(self, mailing: StoreMailing) -> list[tuple[str, Any]]:
        letter, rows, addresses = mailings.preview_of(mailing)
        return [("Subject", letter.subject), ("Products", show.number(rows)), ("To", ", ".join(addresses) or "nobody")]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        desk, data = desk_of(request), form.cleaned_data
        store = obj.store if change else data["store"]
        kind = obj.kind if change else data["kind"]
        mailings.configure(
            store_id=store.pk,
            is_on=data["is_on"],
            hour=data["hour"],
            members=[member.pk for member in data["members"]],
            emails=data["emails"],
            kind=kind,
            access=desk.access,
            acting_as=desk.actor,
        )
        obj.pk = StoreMailing.objects.get(store=store, kind=kind).pk

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "store":
            kwargs["queryset"] = stores.visible_to(desk_of(request).access).filter(is_active=True)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    @show.column("Store", order="store__name")
    def store_shown(self, mailing: StoreMailing) -> str:
        return str(mailing.store)

    @show.column("List")
    def kind_shown(self, mailing: StoreMailing) -> str:
        return str(mailing.get_kind_display())

    @show.column("State", order="is_on")
    def on(self, mailing: StoreMailing) -> Any:
        return show.badge("on", "success") if mailing.is_on else show.badge("off")

    @show.column("From", order="hour")
    def time(self, mailing: StoreMailing) -> str:
        return f"{mailing.hour:02}:00, {mailing.store.time_zone}"

    @show.column("Last list")
    def last(self, mailing: Any) -> Any:
        if mailing.last_state is None:
            return show.NOTHING
        return show.badge(f"{mailing.last_day}: {mailing.last_state}", STATE_COLORS[mailing.last_state])

    @show.column("Recipients")
    def people(self, mailing: StoreMailing) -> str:
        return ", ".join(selectors.addresses_of(mailing)) or show.NOTHING
