"""Proposals: asked for, worked out, shown. A proposal is shown by the transaction that works it out, whole.

`request` notes that one is wanted and rings; `work` does it. A worker that dies leaves it queued, and the sweep rings
again; how many began is counted and committed before the work, so that a proposal no worker survives is noticed.
"""

from __future__ import annotations

import logging
from datetime import timedelta
from decimal import Decimal

from django.db import OperationalError, connections, transaction
from django.db.models import F

from audit import services as audit
from forecasting.errors import ForecastTooOld, NothingToPropose
from forecasting.models import ForecastRun, RestockLine, RestockProposal
from forecasting.models.proposals import LineStatus, ProposalStatus, ProposalTrigger
from forecasting.selectors import restock
from forecasting.selectors.restock import Series
from forecasting.services import alert_reviews, proposal_lines
from inventory_project.kernel import clock, queue, sql, tenancy
from inventory_project.kernel.access import SYSTEM, Actor

logger = logging.getLogger(__name__)
TASK = "forecasting.propose"
CODE_VERSION = "1"
"""Raised when the same inputs would give other lines."""

# The role's own limits are for requests; a chain's lines take minutes to work out, in which the database is not asked.
LIMITS = ("SET LOCAL statement_timeout = '5min'", "SET LOCAL idle_in_transaction_session_timeout = '10min'")
TRIED_FOR = timedelta(days=1)
"""How long after it was asked for a proposal is given up that no worker could work out."""

MOST_ATTEMPTS = 4
"""Workers that may die of a proposal. Trouble the database tells of is not counted."""

OLDEST_FORECAST = 14
"""Days after its first day up to which a forecast is good enough to order from."""

NOT_WORKED_OUT = "It could not be worked out. Ask for another one."
DEADLY = "The workers did not survive this proposal. The one before stays; the operator should look at it."
UNTOUCHED_KEPT = timedelta(days=7)
"""How long lines are kept that nobody decided about; decided ones stay."""

# One proposal of an organisation is worked out at a time.
LOCK = "SELECT pg_try_advisory_xact_lock(hashtextextended('restock', %(organization)s)) AS alone"


def request(*, organization_id: int, acting_as: Actor, budget: Decimal | None = None) -> int:
    """Ask for a proposal, and ring; its id. While one of the same kind and budget waits it is that one.

    Raises NothingToPropose before the first forecast, ForecastTooOld when it is too long ago.
    """
    with tenancy.scope(organization_id, durable=True):
        run = ForecastRun.objects.filter(is_current=True).first()
        if run is None:
            raise NothingToPropose()
        if run.last_day is not None:
            _refuse_old((clock.now().date() - run.last_day).days - 1)
        waiting = RestockProposal.objects.filter(status=ProposalStatus.QUEUED, trigger=ProposalTrigger.ON_DEMAND)
        found = waiting.filter(budget=budget).values_list("pk", flat=True).first()
        if found is None:
            return request_step(
                organization_id=organization_id, trigger=ProposalTrigger.ON_DEMAND, acting_as=acting_as, budget=budget
            )
        _ring(organization_id, found)
        return int(found)


def request_step(
    *, organization_id: int, trigger: ProposalTrigger, acting_as: Actor = SYSTEM, budget: Decimal | None = None
) -> int:
    """The same inside the caller's transaction: rung when it has committed."""
    proposal = RestockProposal.objects.create(
        organization_id=organization_id,
        trigger=trigger,
        code_version=CODE_VERSION,
        budget=budget,
        actor_id=acting_as.user_id,
        actor_label=acting_as.label[:150],
    )
    found = int(proposal.pk)
    audit.record(
        "forecasting.proposal.requested",
        acting_as=acting_as,
        object_type="proposal",
        object_id=found,
        object_label=label(found),
        after={"trigger": str(trigger)},
    )
    _ring(organization_id, found)
    return found


def _ring(organization_id: int, proposal_id: int) -> None:
    transaction.on_commit(lambda: queue.ring(TASK, organization_id=organization_id, proposal_id=proposal_id))


def work(*, organization_id: int, proposal_id: int) -> bool:
    """Work out a proposal that is queued. False when it is not, or somebody is at it or at another one: the sweep rings
    again for what stays queued.

    Raises OperationalError when the database could not be asked; it stays queued then.
    """
    attempt = _begin(organization_id, proposal_id)
    if attempt is None:
        return False
    try:
        with tenancy.scope(organization_id, durable=True):
            for limit in LIMITS:
                sql.rows(limit, {})
            proposal = _taken(proposal_id, attempts=attempt)
            if proposal is None:
                return False
            _work_out(proposal)
            alert_reviews.request_review_step(organization_id)
            return True
    except OperationalError:
        _give_back(organization_id, proposal_id)
        raise
    except ForecastTooOld as error:
        with tenancy.scope(organization_id, durable=True):
            _fail(proposal_id, error.detail)
        return False
    except Exception:
        logger.exception("a proposal failed", extra={"organization": organization_id, "proposal": proposal_id})
        with tenancy.scope(organization_id, durable=True):
            _fail(proposal_id, NOT_WORKED_OUT)
        raise


def _begin(organization_id: int, proposal_id: int) -> int | None:
    """The number of this attempt, which nobody else has; None when it is not our turn, or it is given up."""
    with tenancy.scope(organization_id, durable=True):
        proposal = _taken(proposal_id)
        if proposal is None:
            return None
        if proposal.attempts >= MOST_ATTEMPTS:
            _fail(proposal.pk, DEADLY)
            return None
        if proposal.created_at < clock.now() - TRIED_FOR:
            _fail(proposal.pk, NOT_WORKED_OUT)
            return None
        RestockProposal.objects.filter(pk=proposal.pk).update(attempts=proposal.attempts + 1)
        return int(proposal.attempts) + 1


def _taken(proposal_id: int, **which: int) -> RestockProposal | None:
    """The queued proposal, locked; None while somebody is at it, or at another one of the organisation."""
    waiting = RestockProposal.objects.filter(pk=proposal_id, status=ProposalStatus.QUEUED, **which)
    found: RestockProposal | None = waiting.select_for_update(skip_locked=True, of=("self",)).first()
    if found is None or not sql.rows(LOCK, {"organization": found.organization_id})[0]["alone"]:
        return None
    return found


def _give_back(organization_id: int, proposal_id: int) -> None:
    """The database refused this attempt, no worker died of it. When it cannot be asked for that either, it counts."""
    try:
        with tenancy.scope(organization_id, durable=True):
            waiting = RestockProposal.objects.filter(pk=proposal_id, status=ProposalStatus.QUEUED, attempts__gt=0)
            waiting.update(attempts=F("attempts") - 1)
    except OperationalError:
        logger.info("an attempt stays counted", extra={"organization": organization_id, "proposal": proposal_id})


def _work_out(proposal: RestockProposal) -> None:
    series: Series = restock.series()
    _refuse_old(series.demand.age)
    found = proposal_lines.write(
        series,
        organization=proposal.organization_id,
        proposal=proposal.pk,
        budget=None if proposal.budget is None else float(proposal.budget),
        nightly=proposal.trigger == ProposalTrigger.FORECAST,
    )
    _forget_untouched()
    # From here on whoever accepts waits, so this comes last.
    newer = RestockProposal.objects.filter(pk__gt=proposal.pk, is_current=True).exists()
    if not newer:
        RestockProposal.objects.filter(is_current=True).update(is_current=False)
    RestockProposal.objects.filter(pk=proposal.pk).update(
        status=ProposalStatus.READY,
        is_current=not newer,
        run=ForecastRun.objects.filter(is_current=True).values("pk")[:1],
        forecast_age=series.demand.age,
        series=found.series,
        lines=found.lines,
        lines_left_out=found.left_out,
        finished_at=clock.now(),
    )


def _refuse_old(age: int) -> None:
    if age > OLDEST_FORECAST:
        raise ForecastTooOld(
            f"The forecast is {age} days old, and orders are proposed from one of at most {OLDEST_FORECAST} days. "
            "Ask for a new forecast first."
        )


def _forget_untouched() -> None:
    old = clock.now() - UNTOUCHED_KEPT
    untouched = RestockLine.objects.filter(status=LineStatus.PROPOSED, chosen=None, proposal__is_current=False)
    untouched.filter(proposal__finished_at__lt=old).delete()


def _fail(proposal_id: int, sentence: str) -> None:
    """End it. Alerts follow the new forecast all the same, with the levels of the proposal before."""
    RestockProposal.objects.filter(pk=proposal_id, status=ProposalStatus.QUEUED).update(
        status=ProposalStatus.FAILED,
        error=sentence,
        finished_at=clock.now(),
    )
    alert_reviews.request_review_step(tenancy.current_organization_id())


def stragglers() -> list[tuple[int, int]]:
    """(organisation, proposal) still queued after half a minute: a hint may have been lost, a worker killed."""
    query = """
        SELECT organization_id, id FROM forecasting_restockproposal
         WHERE status = 'queued' AND created_at < now() - interval '30 seconds' ORDER BY id LIMIT 100
    """
    with connections["platform"].cursor() as cursor:
        cursor.execute(query)
        return [(row[0], row[1]) for row in cursor.fetchall()]


def label(proposal_id: int) -> str:
    """The number as people say it."""
    return f"R-{proposal_id:06d}"
