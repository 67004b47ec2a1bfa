"""Every way this room says no."""

from __future__ import annotations

from inventory_project.kernel.errors import Conflict, NotFound, Unavailable


class NoForecast(NotFound):
    """There is none of this product in this store, or none the caller may see."""

    default_detail = "There is no forecast of this product in this store."


class RunNotFound(NotFound):
    default_detail = "There is no such run."


class TooSlow(Unavailable):
    """A method that was asked for takes longer than a request may."""

    code = "too_slow"
    default_detail = "This method takes too long for this product. Choose another one."


class NothingToPropose(Conflict):
    """What to order follows from a forecast."""

    code = "nothing_to_propose"
    default_detail = "There is no forecast yet to propose orders from. Ask for a forecast first."


class ForecastTooOld(Conflict):
    """Orders would be of days that are over."""

    code = "forecast_too_old"
    default_detail = "The forecast is too old to propose orders from. Ask for a new forecast first."


class LineNotFound(NotFound):
    default_detail = "There is no such line."


class ProposalNotFound(NotFound):
    default_detail = "There is no such proposal."


class LineDecided(Conflict):
    """Accepted already, or part of a proposal that a newer one has replaced."""

    code = "line_decided"
    default_detail = "This line can no longer be decided about."


class NumbersChanged(Conflict):
    """Stock moved since the proposal was made; `fields` has the quantities as they would be now."""

    code = "numbers_changed"
    default_detail = "Stock has changed since. Look at the new quantities, and accept again with fresh set to true."


class NothingToSimulate(Conflict):
    """A replay needs products that were forecast, and so their past."""

    code = "nothing_to_simulate"
    default_detail = "There is no forecast yet, so there is no past to replay. Ask for a forecast first."


class AlertNotFound(NotFound):
    default_detail = "There is no such alert."


class AlertOver(Conflict):
    """What it was raised for is over, or somebody has resolved it."""

    code = "alert_over"
    default_detail = "This alert is over."


class NothingToOrder(Conflict):
    """What is there and on its way, drafts included, is enough."""

    code = "nothing_to_order"
    default_detail = "Nothing is needed: what is there and on its way, drafts included, reaches the order-up-to level."
