"""The only writer of restock policies."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from audit.changes import Noun
from forecasting.models import RestockPolicy
from forecasting.models.policies import LONGEST_COVER, LONGEST_CYCLE, LONGEST_REVIEW, PolicyScope
from inventory_project.kernel import records
from inventory_project.kernel.access import Access, Actor
from inventory_project.kernel.errors import AlreadyExists, InvalidInput, PermissionRefused

TARGETS: Mapping[str, tuple[str, ...]] = {
    PolicyScope.PRODUCT: ("store", "product"),
    PolicyScope.ABC_CLASS: ("abc_class",),
    PolicyScope.CATEGORY: ("category",),
    PolicyScope.STORE: ("store",),
    PolicyScope.ORGANIZATION: (),
}
"""What a policy of each scope names."""

COLUMNS = {"store": "store_id", "product": "product_id", "category": "category_id", "abc_class": "abc_class"}
TABLE = "forecasting_restockpolicy"


def _places(policy: RestockPolicy) -> dict[str, Any]:
    return {"store_id": policy.store_id, "product_id": policy.product_id}


POLICY = Noun(
    model=RestockPolicy,
    name="forecasting.restock_policy",
    fields=(
        "scope", "store_id", "product_id", "category_id", "abc_class", "kind", "service_level", "review_days",
        "review_weekday", "cycle_days", "factor", "least", "most", "least_days", "most_days", "lead_time_days",
    ),
    refusals={
        "restock_policy_once": (AlreadyExists, "scope", "There is a policy for this already: change it."),
        "restock_policy_weekday_once_a_week": (
            InvalidInput,
            "review_weekday",
            "A weekday, 0 (Monday) to 6, goes with review_days 7.",
        ),
        "restock_policy_review_sane": (InvalidInput, "review_days", f"1 to {LONGEST_REVIEW} days."),
        "restock_policy_cycle_sane": (InvalidInput, "cycle_days", f"1 to {LONGEST_CYCLE} days."),
        "restock_policy_least_below_most": (InvalidInput, "most", "The most must not be less than the least."),
        "restock_policy_cover_sane": (
            InvalidInput,
            "most_days",
            f"1 to {LONGEST_COVER} days, and not fewer than least_days.",
        ),
        f"{TABLE}_store_id_same_organization": (InvalidInput, "store", "No such store."),
        f"{TABLE}_product_id_same_organization": (InvalidInput, "product", "No such product."),
        f"{TABLE}_category_id_same_organization": (InvalidInput, "category", "No such category."),
    },
    places=_places,
)  # fmt: skip


def create(*, acting_as: Actor, values: Mapping[str, Any], access: Access) -> RestockPolicy:
    """Set a policy. Raises InvalidInput naming fields, AlreadyExists, PermissionRefused outside the caller's stores."""
    whole = {"abc_class": "", "store_id": None, "product_id": None, "category_id": None, **values}
    _check_target(whole)
    _check_reach(whole, access)
    return POLICY.create(whole, acting_as=acting_as)


def update(
    *,
    acting_as: Actor,
    record: RestockPolicy,
    values: Mapping[str, Any],
    access: Access,
    expected: records.Versions = None,
) -> RestockPolicy:
    """Change the rule and its numbers; what it is for stays. Raises what `create` raises, StaleVersion."""
    _check_reach({"store_id": record.store_id}, access)
    moved = [
        name for name, column in {"scope": "scope", **COLUMNS}.items()
        if column in values and values[column] != getattr(record, column)
    ]  # fmt: skip
    if moved:
        sentence = "What a policy is for cannot be changed: remove it and set another one."
        raise InvalidInput(fields={name: [sentence] for name in moved})
    return POLICY.change("updated", record, values, acting_as=acting_as, expected=expected)


def remove(*, acting_as: Actor, record: RestockPolicy, access: Access, expected: records.Versions = None) -> bool:
    """What it was for follows the next wider policy again. Lines made by it keep its numbers."""
    _check_reach({"store_id": record.store_id}, access)
    return POLICY.delete(record, acting_as=acting_as, expected=expected)


def _check_target(values: Mapping[str, Any]) -> None:
    named = TARGETS[values["scope"]]
    errors: dict[str, list[str]] = {}
    for name, column in COLUMNS.items():
        given = values[column] not in (None, "")
        if given and name not in named:
            errors[name] = [f"A policy of scope {values['scope']} does not name a {name}."]
        elif not given and name in named:
            errors[name] = [f"A policy of scope {values['scope']} needs this."]
    if errors:
        raise InvalidInput(fields=errors)


def _check_reach(values: Mapping[str, Any], access: Access) -> None:
    """Whoever is limited to some stores sets policies for those alone."""
    store_id = values["store_id"]
    if access.store_ids is None or (store_id is not None and access.allows_store(store_id)):
        return
    if store_id is not None:
        raise InvalidInput(fields={"store": ["No such store."]})
    raise PermissionRefused("This policy is for all stores; you may work in some. Set one for a store of yours.")
