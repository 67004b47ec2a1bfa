"""Alerts at the desk: the most urgent first, and the steps a manager takes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from unfold.contrib.filters.admin import MultipleChoicesDropdownFilter
from unfold.widgets import UnfoldAdminIntegerFieldWidget, UnfoldAdminSelectWidget, UnfoldAdminTextInputWidget

from catalog.admin import FoundByProduct
from forecasting.models import Alert
from forecasting.models.alerts import SHORTAGES, AlertStatus, Severity
from forecasting.selectors import alerts as selectors
from forecasting.services import alert_orders, alerts
from inventory_project.desk import show
from inventory_project.desk.filters import RelatedFilter
from inventory_project.desk.model_admin import ReadOnlyAdmin
from inventory_project.desk.session import Desk, desk_of
from inventory_project.desk.steps import Step, StepForm, WithSteps
from inventory_project.kernel import clock, tenancy
from inventory_project.kernel.access import Role

COLORS = {Severity.CRITICAL: "danger", Severity.HIGH: "warning", Severity.MEDIUM: "info"}
STATUS_COLORS = {AlertStatus.OPEN: "warning", AlertStatus.RESOLVED: "success"}
MONEY = ("money_at_risk",)


class NoteForm(StepForm):
    note = forms.CharField(max_length=300, required=False, widget=UnfoldAdminTextInputWidget)


class SnoozeForm(NoteForm):
    days = forms.IntegerField(
        min_value=1, max_value=alerts.LONGEST_SNOOZE.days, initial=1, widget=UnfoldAdminIntegerFieldWidget
    )


class AssignForm(StepForm):
    """Members who may see the alert's store."""

    user = forms.TypedChoiceField(
        coerce=int, empty_value=None, required=False, widget=UnfoldAdminSelectWidget, label="Whose it is"
    )

    def of_record(self, record: Any) -> None:
        people = [
            (member.user_id, member.user.get_full_name() or member.user.username)
            for member in selectors.assignable(record.store_id)
        ]
        self.fields["user"].choices = [("", "Nobody"), *people]  # type: ignore[attr-defined]
        self.fields["user"].initial = record.assignee_id


def _lasts(desk: Desk, alert: Alert) -> bool:
    return alert.closed_at is None


def _is_new(desk: Desk, alert: Alert) -> bool:
    return alert.closed_at is None and alert.status != AlertStatus.ACKNOWLEDGED


def _is_short(desk: Desk, alert: Alert) -> bool:
    return alert.closed_at is None and alert.kind in SHORTAGES


def _acknowledge(desk: Desk, alert: Alert, data: dict[str, Any]) -> object:
    with tenancy.scope(desk.access.organization_id, durable=True):
        return alerts.acknowledge(alert_ids=[alert.pk], note=data["note"], access=desk.access, acting_as=desk.actor)


def _snooze(desk: Desk, alert: Alert, data: dict[str, Any]) -> object:
    until = clock.now() + timedelta(days=data["days"])
    with tenancy.scope(desk.access.organization_id, durable=True):
        alerts.snooze(alert_id=alert.pk, until=until, note=data["note"], access=desk.access, acting_as=desk.actor)
    return None


def _resolve(desk: Desk, alert: Alert, data: dict[str, Any]) -> object:
    with tenancy.scope(desk.access.organization_id, durable=True):
        alerts.resolve(alert_id=alert.pk, note=data["note"], access=desk.access, acting_as=desk.actor)
    return None


def _assign(desk: Desk, alert: Alert, data: dict[str, Any]) -> object:
    with tenancy.scope(desk.access.organization_id, durable=True):
        alerts.assign(alert_id=alert.pk, user_id=data["user"], access=desk.access, acting_as=desk.actor)
    return None


def _restock(desk: Desk, alert: Alert, data: dict[str, Any]) -> object:
    return alert_orders.restock(
        alert_id=alert.pk, quantity=None, access=desk.access, acting_as=desk.actor, key=data["key"]
    )


STEPS = (
    Step(
        name="restock",
        title="Restock",
        submit="Restock",
        done="A draft was made of it.",
        icon="add_shopping_cart",
        warning="It becomes a draft to the supplier, or a draft transfer. Nothing is sent yet.",
        fits=_is_short,
        call=_restock,
    ),
    Step(
        name="acknowledge",
        title="Acknowledge",
        submit="Acknowledge",
        done="The alert was acknowledged.",
        icon="done",
        form=NoteForm,
        fits=_is_new,
        call=_acknowledge,
    ),
    Step(
        name="assign",
        title="Give to somebody",
        submit="Assign",
        done="It is said whose the alert is.",
        icon="person_add",
        form=AssignForm,
        fits=_lasts,
        call=_assign,
    ),
    Step(
        name="snooze",
        title="Not now",
        submit="Snooze",
        done="The alert sleeps, unless it gets worse.",
        icon="snooze",
        form=SnoozeForm,
        fits=_lasts,
        call=_snooze,
    ),
    Step(
        name="resolve",
        title="Seen to",
        submit="Resolve",
        done="The alert is resolved. While its cause lasts it stays silent, unless it gets worse.",
        icon="task_alt",
        form=NoteForm,
        fits=_lasts,
        call=_resolve,
    ),
)


@admin.register(Alert)
class AlertAdmin(WithSteps, FoundByProduct, ReadOnlyAdmin):
    """What is wrong, and what was."""

    icon, place, log_name, store_path = "notifications", 35, "alert", "store_id"
    words = ("alert", "alerts")
    list_display = ["product", "store", "what", "how_urgent", "state", "left", "to_order", "assignee", "since"]
    list_filter = [
        ("severity", MultipleChoicesDropdownFilter),
        ("kind", MultipleChoicesDropdownFilter),
        ("status", MultipleChoicesDropdownFilter),
        ("store", RelatedFilter),
    ]
    list_select_related = ["product", "store"]
    ordering = ["-opened_at", "-id"]
    sortable_by: list[str] = []
    fields = [
        "product", "store", "what", "how_urgent", "state", "sentence", "left", "position", "units_1", "units_7",
        "units_30", "reorder_point", "order_up_to", "coming", "expected_on", "delivery_days", "to_order",
        "units_at_risk", *MONEY, "since", "until", "assignee", "note", "decided_by",
    ]  # fmt: skip
    readonly_fields = ["what", "how_urgent", "state", "sentence", "left", "to_order", "since", "until"]
    actions = ["acknowledge_all"]
    steps = STEPS

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        hidden = () if desk_of(request).access.sees_costs else MONEY
        return [name for name in self.fields if name not in hidden]

    def get_actions(self, request: HttpRequest) -> Any:
        actions = super().get_actions(request)
        if not desk_of(request).may_write(Role.MANAGER):
            actions.pop("acknowledge_all", None)
        return actions

    @admin.action(description="Acknowledge")
    def acknowledge_all(self, request: HttpRequest, queryset: Any) -> None:
        desk = desk_of(request)

        def one(alert: Alert) -> object:
            return alerts.acknowledge(alert_ids=[alert.pk], access=desk.access, acting_as=desk.actor)

        self.each(request, queryset, "Acknowledged", one)

    def facts_of(self, alert: Alert) -> list[tuple[str, Any]]:
        words = [("Product", alert.product), ("In", alert.store), ("Alert", self.sentence(alert))]
        return [*words, ("Recommended order", show.number(alert.quantity))]

    @show.column("Alert")
    def what(self, alert: Alert) -> str:
        return str(alert.get_kind_display())

    @show.column("Severity")
    def how_urgent(self, alert: Alert) -> Any:
        return show.badge(alert.get_severity_display(), COLORS[Severity(alert.severity)])

    @show.column("State")
    def state(self, alert: Alert) -> Any:
        return show.badge(alert.get_status_display(), STATUS_COLORS.get(AlertStatus(alert.status), ""))

    @show.column("In words")
    def sentence(self, alert: Alert) -> str:
        return selectors.sentence(vars(alert))

    @show.column("Available")
    def left(self, alert: Alert) -> str:
        return show.number(alert.available)

    @show.column("To order")
    def to_order(self, alert: Alert) -> str:
        return show.number(alert.quantity)

    @show.column("Raised")
    def since(self, alert: Alert) -> str:
        return show.instant(alert.opened_at)

    @show.column("Over")
    def until(self, alert: Alert) -> str:
        return show.instant(alert.closed_at)
