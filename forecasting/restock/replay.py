"""A line's quantity once more, from what was kept with it: the same number to the last bit, or something is wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from forecasting.restock import transfers
from forecasting.restock.decision import Binding, Decision, bound
from forecasting.restock.inputs import Inputs, Kind, names
from forecasting.restock.policies import decided
from forecasting.restock.rounding import orderable

Kept = Mapping[str, Any]


def inputs_of(kept: Sequence[Kept]) -> Inputs:
    return Inputs(**{name: np.array([row[name] for row in kept], float) for name in names()})


def bought(kinds: Sequence[Kind], kept: Sequence[Kept]) -> list[dict[str, Any]]:
    """What to buy by each line's policy, less what comes from other stores."""
    out: list[dict[str, Any]] = [{} for _ in kept]
    for kind in set(kinds):
        places = [place for place, own in enumerate(kinds) if own is kind]
        rows = [kept[place] for place in places]
        inputs = inputs_of(rows)
        found = decided(kind, inputs)
        rest = rest_of(found, np.array([row["transferred"] for row in rows], float))
        quantity = orderable(rest, inputs.pack, inputs.moq)
        binding = bound(rest, quantity, inputs)
        for number, place in enumerate(places):
            out[place] = {
                **found.row(number),
                "quantity": float(quantity[number]),
                "binding": int(binding[number]),
            }
    return out


def rest_of(found: Decision, transferred: np.ndarray) -> np.ndarray:
    """(N,) units still wanted when so many come from other stores."""
    return np.asarray(np.maximum(found.wanted - transferred, 0.0))


def moved(kind: Kind, kept: Kept) -> dict[str, Any]:
    """What to take from another store: the overlap of its surplus and the need, as they lay beside each other."""
    found = decided(kind, inputs_of([kept])).row(0)
    wanted, given = np.array([kept["wanted_span"]], np.int64), np.array([kept["given_span"]], np.int64)
    units = int(transfers.overlap(wanted, given)[0])
    return {**found, "quantity": units / transfers.UNIT, "binding": int(Binding.TRANSFER)}


def spare(kept: Kept) -> float:
    """Units the giving store could spare when the line was made."""
    giver = kept["giver"]
    values = (np.array([giver[name]], float) for name in ("available", "position", "order_up_to"))
    return float(transfers.surplus(*values)[0] / transfers.UNIT)
