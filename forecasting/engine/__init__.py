"""Demand forecasting as a pure package: NumPy arrays in, arrays out. docs/forecasting.md explains the model."""

from forecasting.engine.calendar import Calendar
from forecasting.engine.errors import EngineInputError
from forecasting.engine.pooled import HALF_LIVES, fit_forecast
from forecasting.engine.results import Components, Flag, Forecast

__all__ = ["HALF_LIVES", "Calendar", "Components", "EngineInputError", "Flag", "Forecast", "fit_forecast"]
