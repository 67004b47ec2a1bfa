"""The log at the manager's desk: to read, never to change."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import BooleanField, Value
from django.http import HttpRequest
from unfold.contrib.filters.admin import DropdownFilter, FieldTextFilter
from unfold.widgets import UnfoldAdminIntegerFieldWidget

from audit import selectors
from audit.models import AuditBlock, AuditEntry
from audit.selectors.logs import SECURITY, by_action
from inventory_project.desk import pages, show
from inventory_project.desk.filters import DayFilter
from inventory_project.desk.model_admin import ReadOnlyAdmin
from inventory_project.desk.session import Desk, desk_of
from inventory_project.kernel.access import Role

ROOMS = [
    ("stock.", "Stock"),
    ("catalog.", "Catalogue"),
    ("stores.", "Stores"),
    ("accounts.", "People and sign-in"),
    ("alert.", "Alerts"),
    ("webhooks.", "Webhooks"),
    ("platform.", "Operators of the platform"),
]


class RoomFilter(DropdownFilter):
    """Everything that begins with a room's name."""

    title = "what"
    parameter_name = "room"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        sees_security = desk_of(request).access.role is Role.ADMIN
        return [room for room in ROOMS if sees_security or room[0] not in SECURITY]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        known = dict(ROOMS)
        return queryset.filter(by_action(self.value())) if self.value() in known else queryset


class ExactTextFilter(FieldTextFilter):
    """A whole word, which an index can find."""

    def __init__(
        self, field: Any, request: HttpRequest, params: Any, model: Any, model_admin: Any, field_path: str
    ) -> None:
        super().__init__(field, request, params, model, model_admin, field_path)
        self.lookup_kwarg = field_path
        self.lookup_val = params.pop(field_path, None)
        if self.lookup_val:
            self.used_parameters[field_path] = self.value()

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        wanted = (self.value() or "").replace("\x00", "")
        return queryset.filter(**{self.field_path: wanted}) if wanted else queryset


@admin.register(AuditEntry)
class AuditEntryAdmin(ReadOnlyAdmin):
    """Who may see what of the log is the log's own rule: managers see no events of people and security."""

    icon, place = "history", 10
    words = ("entry", "audit log")
    list_display = ["when", "who", "action_shown", "object_shown", "changed"]
    list_filter = [
        RoomFilter,
        ("occurred_at", DayFilter),
        ("action", ExactTextFilter),
        ("actor_label", ExactTextFilter),
        ("object_type", ExactTextFilter),
        ("object_id", ExactTextFilter),
    ]
    ordering = ["-sequence"]
    sortable_by: list[str] = []
    fields = [
        "sequence", "when", "who", "action_shown", "object_shown", "store_id", "product_id", "before_shown",
        "after_shown", "detail_shown", "request_id", "sealed_in",
    ]  # fmt: skip
    readonly_fields = [
        "when", "who", "action_shown", "object_shown", "before_shown", "after_shown", "detail_shown", "sealed_in",
    ]  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> Any:
        access = desk_of(request).access
        shown = Value(access.sees_costs, output_field=BooleanField())
        entries = AuditEntry.objects.filter(selectors.visible_to(access)).annotate(shows_costs=shown)
        return entries.order_by(*self.ordering)

    @show.column("When")
    def when(self, entry: AuditEntry) -> str:
        return show.instant(entry.occurred_at)

    @show.column("Who")
    def who(self, entry: AuditEntry) -> str:
        return entry.actor_label or show.NOTHING

    @show.column("What")
    def action_shown(self, entry: AuditEntry) -> Any:
        verb = entry.action.rpartition(".")[2]
        return show.badge(entry.action, VERB_COLORS.get(verb, ""))

    @show.column("Object")
    def object_shown(self, entry: AuditEntry) -> str:
        return f"{entry.object_type} {entry.object_label or entry.object_id}".strip()

    @show.column("Change")
    def changed(self, entry: AuditEntry) -> str:
        return _in_one_line(entry)

    @show.column("Before")
    def before_shown(self, entry: AuditEntry) -> Any:
        return show.facts(_facts(entry, entry.before))

    @show.column("After")
    def after_shown(self, entry: AuditEntry) -> Any:
        return show.facts(_facts(entry, entry.after))

    @show.column("Detail")
    def detail_shown(self, entry: AuditEntry) -> Any:
        return show.facts(_facts(entry, entry.detail))

    @show.column("Sealed in")
    def sealed_in(self, entry: AuditEntry) -> str:
        return f"chain {entry.chain}, block {entry.block}"


VERB_COLORS = {
    "created": "success",
    "applied": "success",
    "succeeded": "success",
    "updated": "info",
    "changed": "info",
    "rejected": "danger",
    "failed": "danger",
    "refused": "danger",
    "deleted": "danger",
    "revoked": "warning",
    "retired": "warning",
    "entered": "warning",
}
LONGEST = 80


def _in_one_line(entry: AuditEntry) -> str:
    """What changed, in a few words: `on hand 5 → 3`."""
    before, after = _facts(entry, entry.before) or {}, _facts(entry, entry.after) or {}
    words = [
        f"{name.replace('_', ' ')} {_word(before[name])} → {_word(after.get(name))}"
        if name in before and after
        else name
        for name in (after or before)
    ]
    line = ", ".join(words)
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"


def _facts(entry: Any, facts: Any) -> Any:
    return facts if entry.shows_costs else selectors.without_costs(facts)


def _word(value: Any) -> str:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return show.number(value)
    return show.NOTHING if value in (None, "") else str(value)


class ChainForm(forms.Form):
    chain = forms.IntegerField(min_value=0, max_value=32767, required=False, widget=UnfoldAdminIntegerFieldWidget)


def _blocks(desk: Desk, wanted: dict[str, Any]) -> Any:
    return AuditBlock.objects.filter(chain=wanted.get("chain") or 0).order_by("-number")


pages.add(
    pages.TablePage(
        room="audit",
        slug="seals",
        title="Seals",
        icon="verified",
        place=20,
        explanation="Every batch of entries is sealed by a hash over them and over the seal before, so a change made "
        "behind the product's back shows. Several chains are written side by side. `verify_audit` checks them all.",
        filters=ChainForm,
        rows=_blocks,
        columns=lambda desk: [
            ("Chain", lambda block: block.chain),
            ("Block", lambda block: show.number(block.number)),
            ("Entries", lambda block: show.number(block.count)),
            ("Sequences", lambda block: f"{block.first_sequence} – {block.last_sequence}"),
            ("Hash", lambda block: f"{bytes(block.hash).hex()[:16]}…"),
            ("Sealed", lambda block: show.instant(block.sealed_at)),
        ],
    )
)
