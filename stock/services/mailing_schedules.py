"""When an organisation mails a kind of list, once for all its stores. Who gets it is said store by store."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time
from typing import Any

from audit import services as audit
from inventory_project.kernel import clock
from inventory_project.kernel.access import Access, Actor
from stock.models import MailingSchedule
from stock.selectors import mailings as selectors


def set_for(*, kind: str, at: time | None, weekdays: Sequence[int], access: Access, acting_as: Actor) -> None:
    """From `at` on by the organisation's clock, on these weekdays (0 is Monday); without `at` every store follows its
    own hour again, every day."""
    before = _facts(selectors.schedule_of(kind))
    if at is None:
        MailingSchedule.objects.filter(kind=kind).delete()
    else:
        MailingSchedule.objects.update_or_create(
            organization_id=access.organization_id,
            kind=kind,
            defaults={"at": at, "weekdays": sorted(set(weekdays)), "updated_at": clock.now()},
        )
    found = selectors.schedule_of(kind)
    audit.record(
        "stock.mailing.scheduled",
        acting_as=acting_as,
        object_type="mailing_schedule",
        object_id=kind,
        object_label=kind.replace("_", " "),
        before=before,
        after=_facts(found),
    )


def _facts(schedule: MailingSchedule | None) -> dict[str, Any]:
    if schedule is None:
        return {"at": None, "weekdays": []}
    return {"at": schedule.at.isoformat("minutes"), "weekdays": schedule.weekdays}
