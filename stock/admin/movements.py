"""The ledger's movements and those that wait: final, so they are read; what was wrong is reversed."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from unfold.contrib.filters.admin import ChoicesDropdownFilter, MultipleChoicesDropdownFilter
from unfold.decorators import action

from catalog.admin import FoundByProduct
from inventory_project.desk import pages, show
from inventory_project.desk.filters import IdDayFilter, RelatedFilter
from inventory_project.desk.forms import ReasonForm, show_refusal
from inventory_project.desk.model_admin import ReadOnlyAdmin
from inventory_project.desk.session import desk_of, in_organization, opens_own_scope
from inventory_project.kernel.errors import DomainError
from stock.choices import REJECTIONS, MovementStatus
from stock.models import InboxMovement, MovementReversal, StockMovement
from stock.services import reversals


class OfProduct(FoundByProduct, ReadOnlyAdmin):
    """Rows about a product in a store."""

    store_path = "store_id"
    list_select_related = ["product", "store"]
    sortable_by: list[str] = []

    @show.column("Recorded")
    def when(self, movement: Any) -> str:
        return show.instant(movement.recorded_at)

    @show.column("Happened")
    def happened(self, movement: Any) -> str:
        return show.instant(movement.effective_at)

    @show.column("Kind")
    def kind_shown(self, movement: Any) -> str:
        return str(movement.get_kind_display())

    @show.column("Quantity")
    def moved(self, movement: Any) -> Any:
        return show.signed(movement.quantity)

    @show.column("Price")
    def price(self, movement: Any) -> str:
        return show.money(movement.unit_price)


@admin.register(StockMovement)
class StockMovementAdmin(OfProduct):
    icon, place, log_name = "swap_vert", 20, "movement"
    words = ("movement", "movements")
    list_display = ["when", "kind_shown", "product", "store", "moved", "after", "state", "reference"]
    list_filter = [
        ("kind", MultipleChoicesDropdownFilter),
        ("status", ChoicesDropdownFilter),
        ("store", RelatedFilter),
        ("product", RelatedFilter),
        ("recorded_at", IdDayFilter),
    ]
    ordering = ["-id"]
    actions_detail = ["reverse"]
    fields = [
        "product", "store", "kind_shown", "moved", "on_hold", "after", "state", "why_rejected", "happened", "when",
        "day", "applied", "applied_via", "price", "cost", "source", "reference", "reason", "actor_id", "transfer_id",
        "reverses", "reversed_by", "id",
    ]  # fmt: skip
    readonly_fields = [
        "kind_shown", "moved", "on_hold", "after", "state", "why_rejected", "happened", "when", "day", "applied",
        "price", "cost", "reverses", "reversed_by",
    ]  # fmt: skip

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        sees_costs = desk_of(request).access.sees_costs
        return [name for name in self.fields if name != "cost" or sees_costs]

    def has_reverse_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may_write(request, self.write_role)

    @action(description="Reverse…", permissions=["reverse"], icon="undo")
    @opens_own_scope
    def reverse(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Undo the movement by an equal and opposite one, after the reason was given."""
        with in_organization(request) as desk:
            movement = self.get_object(request, object_id)
            if movement is None:
                raise Http404
            facts = [
                ("Product", movement.product),
                ("Store", movement.store),
                ("Movement", f"{movement.get_kind_display()}, {show.instant(movement.effective_at)}"),
                ("Quantity", show.signed(movement.quantity)),
            ]
        form = ReasonForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            try:
                new_id = reversals.reverse(
                    movement_id=str(movement.pk),
                    reason=form.cleaned_data["reason"],
                    access=desk.access,
                    acting_as=desk.actor,
                )
                self.message_user(request, "The movement was reversed.", messages.SUCCESS)
                return HttpResponseRedirect(self.url("change", new_id))
            except DomainError as refusal:
                show_refusal(form, refusal)
        with in_organization(request):
            return pages.ask(
                request,
                title="Reverse a movement",
                form=form,
                facts=facts,
                warning="An equal and opposite movement is booked. Both stay in the ledger. "
                "A transfer's two legs are reversed together.",
                back=self.url("change", object_id),
                submit="Reverse it",
            )

    @show.column("On hold")
    def on_hold(self, movement: StockMovement) -> str:
        return f"{show.signed(movement.held)} {movement.bucket}" if movement.bucket else ""

    @show.column("Balance after")
    def after(self, movement: StockMovement) -> str:
        return show.number(movement.balance_after)

    @show.column("State")
    def state(self, movement: StockMovement) -> Any:
        applied = movement.status == MovementStatus.APPLIED
        return show.badge(movement.get_status_display(), "success" if applied else "danger")

    @show.column("Business day")
    def day(self, movement: StockMovement) -> str:
        return movement.business_date.isoformat()

    @show.column("Applied")
    def applied(self, movement: StockMovement) -> str:
        return show.instant(movement.applied_at)

    @show.column("Why rejected")
    def why_rejected(self, movement: StockMovement) -> str:
        return REJECTIONS.get(movement.rejection, movement.rejection) or show.NOTHING

    @show.column("Cost")
    def cost(self, movement: StockMovement) -> str:
        return show.money(movement.unit_cost)

    @show.column("Reverses")
    def reverses(self, movement: StockMovement) -> Any:
        return _link(movement.reverses_id)

    @show.column("Reversed by")
    def reversed_by(self, movement: StockMovement) -> Any:
        found = MovementReversal.objects.filter(movement_id=movement.pk).first()
        return _link(found.reversal_id if found else None)


def _link(movement_id: Any) -> Any:
    if movement_id is None:
        return show.NOTHING
    return show.link(reverse("admin:stock_stockmovement_change", args=[movement_id]), movement_id)


@admin.register(InboxMovement)
class InboxMovementAdmin(OfProduct):
    """Accepted, not applied yet. Rows leave within seconds; one that stays is a sign."""

    icon, place = "hourglass_top", 30
    words = ("waiting movement", "waiting movements")
    list_display = ["when", "kind_shown", "product", "store", "moved", "reference", "actor_label"]
    list_filter = [("kind", MultipleChoicesDropdownFilter), ("store", RelatedFilter), ("product", RelatedFilter)]
    ordering = ["lane", "sequence"]
    fields = [
        "product", "store", "kind_shown", "moved", "happened", "when", "price", "source", "reference", "reason",
        "actor_label", "lane", "id",
    ]  # fmt: skip
    readonly_fields = ["kind_shown", "moved", "happened", "when", "price"]
