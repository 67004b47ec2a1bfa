"""Reading alerts: one query a page, whatever its size."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from accounts.models import Membership, MembershipStore
from audit.models import AuditEntry
from forecasting.errors import AlertNotFound
from forecasting.models import Alert
from forecasting.models.alerts import GOING_ON, SHORTAGES, AlertKind, Severity
from inventory_project.kernel import records
from inventory_project.kernel.access import Access
from stock.models import Stock

Row = dict[str, Any]
DAYS = (1, 7, 30)
STEPS_SHOWN = 100
OF_MONEY = ("money_at_risk",)
# Digits a figure is shown with; it is kept, and judged by, as it was worked out.
DIGITS = {
    "units_1": 3, "units_7": 3, "units_30": 3, "reorder_point": 3, "order_up_to": 3, "units_at_risk": 3,
    "money_at_risk": 2,
}  # fmt: skip
FIELDS = (
    "id", "kind", "severity", "status", "position", "units_1", "units_7", "units_30", "reorder_point", "order_up_to",
    "coming", "expected_on", "delivery_days", "quantity", "order_now", "units_at_risk", "money_at_risk", "at_opening",
    "opened_at", "looked_at", "closed_at", "snoozed_until", "assignee_id", "assignee", "note", "decided_by",
    "decided_at", "version", "updated_at",
)  # fmt: skip


def visible_to(access: Access) -> Any:
    """The alerts of the stores the caller may see."""
    alerts = Alert.objects.all()
    return alerts if access.store_ids is None else alerts.filter(store_id__in=access.store_ids)


def going_on(alerts: Any) -> Any:
    """Those somebody may still have to do something about."""
    return alerts.filter(status__in=GOING_ON, closed_at=None)


def as_rows(alerts: Any) -> Any:
    """Alerts as plain rows, with the names a person needs and what is available at this moment."""
    here = Stock.objects.filter(store_id=OuterRef("store_id"), product_id=OuterRef("product_id"))
    names = {
        "store_name": F("store__name"),
        "store_code": F("store__code"),
        "sku": F("product__sku"),
        "product_name": F("product__name"),
        "unit": F("product__unit"),
        "category": F("product__category__name"),
        "supplier": F("product__supplier__name"),
    }
    present = {"available_now": Coalesce(Subquery(here.values(now=Stock.available())[:1]), F("available"))}
    return alerts.values(*FIELDS, "store", "product", "available", **names, **present)


def shown(rows: Sequence[Row], access: Access) -> list[Row]:
    """Rows as people read them; money for whoever may see costs."""
    return [_shown(dict(row), access) for row in rows]


def find(alert_id: int, access: Access) -> Row:
    """One alert with what became of it, newest first. Raises AlertNotFound."""
    row = as_rows(visible_to(access).filter(pk=alert_id)).first()
    if row is None:
        raise AlertNotFound()
    return {**_shown(dict(row), access), "history": history(alert_id)}


def history(alert_id: int) -> list[Row]:
    """What the log tells of an alert the caller may see, newest first."""
    entries = AuditEntry.objects.filter(object_type="alert", object_id=str(alert_id)).order_by("-sequence")
    return [
        {
            "at": entry.occurred_at,
            "action": entry.action.removeprefix("alert."),
            "by": entry.actor_label,
            "severity": (entry.after or {}).get("severity"),
            "status": (entry.after or {}).get("status"),
            "note": (entry.detail or {}).get("note", ""),
        }
        for entry in entries[:STEPS_SHOWN]
    ]


def summary(access: Access) -> Row:
    """How many are going on, by severity, by kind and by status: one query."""
    counted = going_on(visible_to(access)).values("severity", "kind", "status").annotate(number=Count("id")).order_by()
    by_severity = dict.fromkeys((each.name.lower() for each in Severity), 0)
    by_kind, by_status = dict.fromkeys(AlertKind.values, 0), dict.fromkeys(map(str, GOING_ON), 0)
    for row in counted:
        by_severity[Severity(row["severity"]).name.lower()] += row["number"]
        by_kind[row["kind"]] += row["number"]
        by_status[row["status"]] += row["number"]
    return {"total": sum(by_status.values()), "severity": by_severity, "kind": by_kind, "status": by_status}


def assignable(store_id: int) -> Any:
    """The members an alert of the store may be given to: active, and with a right to see it. With their people."""
    theirs = MembershipStore.objects.filter(membership_id=OuterRef("id"), store_id=store_id)
    members = Membership.objects.filter(Q(all_stores=True) | Exists(theirs), is_active=True, user__is_active=True)
    return members.select_related("user").order_by("user__username")


def horizons(row: Row) -> list[int]:
    """Of 1, 7 and 30 days those whose expected sales are more than what is available."""
    units = [(days, row[f"units_{days}"]) for days in DAYS]
    return [days for days, expected in units if expected is not None and float(row["available"]) < expected]


def days_of_cover(row: Row) -> float | None:
    """Days what is available lasts, as expected sales go on evenly between 1, 7 and 30 days; null where nothing is
    expected to sell, or nothing is known."""
    if not row["units_30"]:
        return None
    left, before, covered = max(float(row["available"]), 0.0), 0.0, 0
    for days in DAYS:
        expected = row[f"units_{days}"]
        if left < expected:
            return round(covered + (days - covered) * (left - before) / (expected - before), 2)
        before, covered = expected, days
    return round(left * DAYS[-1] / row["units_30"], 2)


def sentence(row: Row) -> str:
    """The alert as one would say it over the counter."""
    left, kind = _said(row["available"]), row["kind"]
    if kind == AlertKind.OUT_OF_STOCK:
        said = "Nothing left to sell."
    elif kind == AlertKind.AT_RISK:
        days = horizons(row)
        most = days[0] if days else DAYS[-1]
        said = f"{left} left, and {row[f'units_{most}']:.1f} are expected to sell in {most} day{'s' * (most > 1)}."
    elif kind == AlertKind.BELOW_REORDER_POINT:
        position, point = _said(row["position"]), _said(row["reorder_point"])
        said = f"{position} left and under way, at or below the reorder point of {point}."
    elif kind == AlertKind.PREDICTED_STOCKOUT:
        comes = f"expected on {row['expected_on']}" if row["coming"] > 0 and row["expected_on"] else "ordered today"
        said = f"{left} left will not last until goods {comes} are here ({row['delivery_days']} days)."
    elif kind == AlertKind.OVERSTOCK:
        said = f"{left} available, {_said(row['units_at_risk'])} more than the limit."
    else:
        said = f"{_said(row['units_at_risk'])} on hand and no sale for a long time."
    if kind in SHORTAGES and row["quantity"] > 0:
        said += f" Recommended order: {_said(row['quantity'])}."
    return said


def _shown(row: Row, access: Access) -> Row:
    row["sentence"] = sentence(row)
    row["horizons_at_risk"] = horizons(row)
    row["days_of_cover"] = days_of_cover(row)
    row["severity"] = Severity(row["severity"]).name.lower()
    opening = row.pop("at_opening")
    row["at_opening"] = {**_rounded(opening), "severity": Severity(opening["severity"]).name.lower()}
    row |= _rounded(row)
    if not access.sees_costs:
        for name in OF_MONEY:
            del row[name]
    return row


def _said(units: Decimal | float) -> str:
    """Units as one reads them: all of them, to a thousandth."""
    return records.plain(round(Decimal(units), 3))


def _rounded(row: Row) -> Row:
    return {
        name: None if value is None else round(value, DIGITS[name]) if name in DIGITS else value
        for name, value in row.items()
    }
