"""Every way this room says no."""

from __future__ import annotations

from inventory_project.kernel.errors import Conflict, NotFound, Unavailable


class NoForecast(NotFound):
    """There is none of this product in this store, or none the caller may see."""

    default_detail = "There is no forecast of this product in this store."


class RunNotFound(NotFound):
    default_detail = "There is no such run."


class NothingToForecast(Conflict):
    """No store has anything that was ever on a shelf."""

    code = "nothing_to_forecast"
    default_detail = "There is nothing to forecast yet: no product has stock or sales in any store."


class TooSlow(Unavailable):
    """A method that was asked for takes longer than a request may."""

    code = "too_slow"
    default_detail = "This method takes too long for this product. Choose another one."
