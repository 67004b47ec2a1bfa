"""The tables of forecasting."""

from forecasting.models.forecasts import Forecast, ForecastOutcome, ForecastPromise, GroupForecast
from forecasting.models.runs import ForecastChunk, ForecastRun

__all__ = ["Forecast", "ForecastChunk", "ForecastOutcome", "ForecastPromise", "ForecastRun", "GroupForecast"]
