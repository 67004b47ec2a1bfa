"""The tables of forecasting."""

from forecasting.models.alerts import Alert, AlertReview, RestockLevel
from forecasting.models.forecasts import Forecast, ForecastOutcome, ForecastPromise, GroupForecast
from forecasting.models.policies import RestockPolicy
from forecasting.models.proposals import OverrideOutcome, RestockLine, RestockProposal
from forecasting.models.runs import ForecastChunk, ForecastRun

__all__ = [
    "Alert",
    "AlertReview",
    "Forecast",
    "ForecastChunk",
    "ForecastOutcome",
    "ForecastPromise",
    "ForecastRun",
    "GroupForecast",
    "OverrideOutcome",
    "RestockLevel",
    "RestockLine",
    "RestockPolicy",
    "RestockProposal",
]
